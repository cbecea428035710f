package store

import (
	"archive/tar"
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/klauspost/compress/zstd"

	"github.com/parley-im/parley/internal/parley"
)

// Restore reads a backup into the data folder, which must be empty, and into the PostgreSQL database of o.URL, which
// must have no rows, if it was made from PostgreSQL. The restored database gets an epoch of its own. Other targets are refused (parley.ErrConflict), as is a backup of
// the other database (parley.ErrInvalid). After an error nothing is left in the folder, nor rows in the database.
func Restore(ctx context.Context, r io.Reader, o Options) (err error) {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	entries, err := os.ReadDir(o.Dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("restore: %w", err)
	}
	entries = slices.DeleteFunc(entries, func(e os.DirEntry) bool { return e.Name() == lockName })
	if len(entries) > 0 {
		return fmt.Errorf("restore into %s: it is not empty: %w", o.Dir, parley.ErrConflict)
	}
	lock, err := lockFolder(o.Dir)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer lock.Close()
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("restore: %w", err), root.RemoveAll(blobsName), root.RemoveAll(sqliteName),
				root.RemoveAll(sqliteName+"-wal"), root.RemoveAll(sqliteName+"-shm"))
		}
		err = kind(errors.Join(err, root.Close()))
	}()
	z, err := zstd.NewReader(r)
	if err != nil {
		return err
	}
	defer z.Close()
	t := tar.NewReader(z)
	m, err := readManifest(t)
	if err != nil {
		return err
	}
	if (m.Dialect == Postgres) != (o.URL != "") {
		return parley.Invalid("database", "other_dialect", fmt.Sprintf("the backup was made from %s and can only be read back into it", m.Dialect))
	}
	rows := func(string, io.Reader) error {
		return fmt.Errorf("a table within a copy of SQLite: %w", parley.ErrInvalid)
	}
	if m.Dialect == Postgres {
		tables, err := openTables(ctx, o, m.Version)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, tables.close(err)) }()
		rows = func(name string, r io.Reader) error { return tables.fill(ctx, name, r) }
	}
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			if m.Dialect == SQLite {
				return forgetEpoch(ctx, filepath.Join(o.Dir, sqliteName))
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("read backup: %w", err)
		}
		switch {
		case strings.HasPrefix(h.Name, tablesName):
			err = rows(strings.TrimPrefix(h.Name, tablesName), t)
		case h.Name == sqliteName && m.Dialect == SQLite, strings.HasPrefix(h.Name, blobsName+"/"):
			err = writeFile(root, h.Name, t)
		default:
			err = fmt.Errorf("unknown part: %w", parley.ErrInvalid)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", h.Name, err)
		}
	}
}

func readManifest(t *tar.Reader) (m manifest, err error) {
	h, err := t.Next()
	if err != nil || h.Name != manifestName {
		return m, fmt.Errorf("this is not a backup of Parley: %w", parley.ErrInvalid)
	}
	if err := json.NewDecoder(io.LimitReader(t, 1<<16)).Decode(&m); err != nil || m.Format != 1 {
		return m, fmt.Errorf("a backup of an unknown format: %w", parley.ErrInvalid)
	}
	return m, nil
}

// writeFile writes within root only, whatever the name says, and on to the disk.
func writeFile(root *os.Root, name string, r io.Reader) error {
	if err := root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := root.OpenFile(filepath.FromSlash(name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Sync(), f.Close())
}

// dropEpoch has the next start make a new epoch: the streams went back to the time of the backup, and a client that has
// seen what came after it must not believe that it goes on from there.
const dropEpoch = `DELETE FROM setting WHERE name = 'epoch'`

func forgetEpoch(ctx context.Context, path string) error {
	pool, err := sql.Open("sqlite", sqliteDSN(path, false))
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, dropEpoch)
	return errors.Join(err, pool.Close())
}

// tables fills the tables of a PostgreSQL database in one transaction.
type tables struct {
	db   *DB
	conn *sql.Conn
	tx   *sql.Tx
}

func openTables(ctx context.Context, o Options, version int64) (*tables, error) {
	t := &tables{db: &DB{options: o, log: o.Logger}}
	err := t.db.openPostgres(ctx)
	if err == nil {
		err = t.db.migrateTo(ctx, version)
	}
	if err == nil {
		t.conn, err = t.db.write.Conn(ctx)
	}
	if err == nil {
		t.tx, err = t.conn.BeginTx(ctx, nil)
	}
	if err == nil {
		_, err = t.tx.ExecContext(ctx, `DELETE FROM setting`) // the epoch of a database that was opened and not used
	}
	if err != nil {
		return nil, errors.Join(err, t.db.Close())
	}
	return t, nil
}

func (t *tables) fill(ctx context.Context, name string, r io.Reader) error {
	lines := bufio.NewReader(r)
	columns, err := lines.ReadString('\n')
	if err != nil {
		return err
	}
	var used bool
	if err := t.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+name+`)`).Scan(&used); err != nil {
		return err
	}
	if used {
		return fmt.Errorf("the table has rows already: %w", parley.ErrConflict)
	}
	return t.conn.Raw(func(c any) error {
		_, err := c.(*stdlib.Conn).Conn().PgConn().CopyFrom(ctx, lines, fmt.Sprintf("COPY %s (%s) FROM STDIN", name, columns))
		return err
	})
}

// close commits if all went well.
func (t *tables) close(err error) error {
	if err == nil {
		_, err = t.tx.Exec(dropEpoch)
		err = errors.Join(err, t.tx.Commit())
	} else {
		_ = t.tx.Rollback()
		err = nil
	}
	return errors.Join(err, t.conn.Close(), t.db.Close())
}
