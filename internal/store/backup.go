package store

import (
	"archive/tar"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/klauspost/compress/zstd"
)

// A backup is a tar, compressed with Zstandard: manifest.json; parley.db, or tables/NAME in PostgreSQL's COPY text for
// each table in the order in which they can be filled; and the files of the folder blobs.
const (
	manifestName = "manifest.json"
	tablesName   = "tables/"
	blobsName    = "blobs"
)

type manifest struct {
	Format  int       `json:"format"` // 1
	Dialect Dialect   `json:"dialect"`
	Version int64     `json:"version"` // of the schema
	At      time.Time `json:"at"`
}

// Backup writes all that is in the database at one instant, at or after the call, and the files of the data folder's
// blobs, while others go on writing. It needs as much free space in the data folder as the database takes. Blobs that
// are kept elsewhere (S3) are not part of it.
func (db *DB) Backup(ctx context.Context, w io.Writer) (err error) {
	work, err := os.MkdirTemp(db.options.Dir, ".backup-")
	if err != nil {
		return kind(fmt.Errorf("backup: %w", err))
	}
	defer os.RemoveAll(work) //nolint:errcheck // the next start's problem at most
	z, err := zstd.NewWriter(w)
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	m := manifest{Format: 1, Dialect: db.dialect, At: time.Now().UTC()}
	if err := db.QueryRow(ctx, `SELECT max(version_id) FROM goose_db_version`).Scan(&m.Version); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	err = t.WriteHeader(&tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(text)), ModTime: m.At})
	if err == nil {
		_, err = t.Write(text)
	}
	if err == nil {
		if db.dialect == Postgres {
			err = db.dumpTables(ctx, t, work)
		} else {
			err = db.copyFile(ctx, t, filepath.Join(work, sqliteName))
		}
	}
	if err == nil {
		err = addBlobs(ctx, t, db.options.Dir) // after the rows that name them, so that none is missing
	}
	if err := errors.Join(err, t.Close(), z.Close()); err != nil {
		return fmt.Errorf("backup: %w", kind(err))
	}
	return nil
}

// BackupBeside is Backup for a process of its own, beside the server that has the data folder open.
func BackupBeside(ctx context.Context, w io.Writer, o Options) error {
	db, err := Beside(ctx, o)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return errors.Join(db.Backup(ctx, w), db.Close())
}

// copyFile adds a copy that SQLite makes within one read transaction. It has a connection of its own, as it takes long.
func (db *DB) copyFile(ctx context.Context, t *tar.Writer, to string) error {
	pool, err := sql.Open("sqlite", sqliteDSN(filepath.Join(db.options.Dir, sqliteName), false))
	if err != nil {
		return err
	}
	defer pool.Close() //nolint:errcheck // it only read
	if _, err := pool.ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return err
	}
	return addFile(t, to, sqliteName)
}

// dumpTables adds each table, all of one snapshot. A file stands between, as a tar wants to know sizes first.
func (db *DB) dumpTables(ctx context.Context, t *tar.Writer, work string) error {
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // it only read
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback() // it only read
	rows, err := tx.QueryContext(ctx, ourTables)
	tables, err := Collect(rows, err, func(rows *sql.Rows) (t [2]string, err error) {
		err = rows.Scan(&t[0], &t[1])
		return t, err
	})
	if err != nil {
		return err
	}
	path := filepath.Join(work, "table")
	for _, table := range tables {
		err := conn.Raw(func(c any) error {
			f, err := os.Create(path)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(f, table[1]) // columns
			if err == nil {
				_, err = c.(*stdlib.Conn).Conn().PgConn().CopyTo(ctx, f, fmt.Sprintf("COPY %s (%s) TO STDOUT", table[0], table[1]))
			}
			return errors.Join(err, f.Close())
		})
		if err == nil {
			err = addFile(t, path, tablesName+table[0])
		}
		if err != nil {
			return fmt.Errorf("table %s: %w", table[0], err)
		}
	}
	return nil
}

// ourTables lists tables and their columns. What a table refers to was made before it.
const ourTables = `SELECT quote_ident(c.relname), string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
	WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname NOT LIKE 'goose%'
		AND a.attnum > 0 AND NOT a.attisdropped
	GROUP BY c.oid, c.relname ORDER BY c.oid`

func addFile(t *tar.Writer, path, name string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), ModTime: info.ModTime()}); err != nil {
		return err
	}
	_, err = io.CopyN(t, f, info.Size())
	return err
}

// addBlobs adds the files of the folder blobs. They never change, but may go.
func addBlobs(ctx context.Context, t *tar.Writer, dir string) error {
	return filepath.WalkDir(filepath.Join(dir, blobsName), func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			var name string
			if name, err = filepath.Rel(dir, path); err == nil {
				err = addFile(t, path, filepath.ToSlash(name))
			}
		}
		if errors.Is(err, fs.ErrNotExist) {
			return ctx.Err()
		}
		return errors.Join(err, ctx.Err())
	})
}
