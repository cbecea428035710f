// Package store keeps everything in one database, SQLite or PostgreSQL, behind one *DB.
//
// It knows transactions and their group commit, migrations, full-text search, settings, backup, and the differences
// of the two databases. It must not know what a message means: the SQL of a verb stands next to the verb, in the
// package that owns it.
//
// Queries are written by hand, with ? for each value, in the SQL that both databases understand.
//
//	err := db.Write(ctx, conversationID, func(ctx context.Context, tx *store.Tx) error {
//		_, err := tx.Exec(ctx, `UPDATE conversation SET name = ? WHERE id = ?`, name, conversationID)
//		return err
//	})
//	people, err := store.All(ctx, db, scanPerson, `SELECT id, name FROM person WHERE kind = ?`, "human")
package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/parley-im/parley/internal/parley"
)

// Options say where the data is. Only Dir is required.
type Options struct {
	// Dir is the data folder. It is made if it is not there, and locked: a second process is refused, also when
	// the database itself is elsewhere.
	Dir string
	// URL names the database: empty for the SQLite file parley.db in Dir, or postgres://user@host/name.
	URL string
	// Logger gets what no caller can be told. Default slog.Default().
	Logger *slog.Logger
	// Readers is how many connections read at once. Default: 4 on SQLite; on PostgreSQL 12, of which Lanes write.
	Readers int
	// Lanes is how many groups of writes commit at once on PostgreSQL. SQLite has one writer. Default 8.
	Lanes int
	// Group is how many writes share one commit at most. Default 256.
	Group int
}

// Dialect is which database it is.
type Dialect string

// The two databases.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// DB is an open database. All methods may be called by many goroutines.
type DB struct {
	options Options
	dialect Dialect
	log     *slog.Logger
	folder  *os.File // holds the lock

	read  *sql.DB
	write *sql.DB // the same as read on PostgreSQL
	reads statements
	texts sync.Map // query with ? to query with $1

	lanes   []*lane
	running sync.WaitGroup
	epoch   string
}

// Open locks the data folder, opens the database and brings its schema up to date. The error wraps
// parley.ErrConflict when another process has the folder, parley.ErrUnavailable when the database cannot be reached.
func Open(ctx context.Context, o Options) (_ *DB, err error) {
	o.Logger = cmp.Or(o.Logger, slog.Default())
	o.Group = cmp.Or(o.Group, 256)
	db := &DB{options: o, log: o.Logger}
	defer func() {
		if err != nil {
			_ = db.Close()
		}
	}()
	if db.folder, err = lockFolder(o.Dir); err != nil {
		return nil, err
	}
	switch {
	case o.URL == "":
		err = db.openSQLite(ctx)
	case strings.HasPrefix(o.URL, "postgres://"), strings.HasPrefix(o.URL, "postgresql://"):
		err = db.openPostgres(ctx)
	default:
		err = parley.Invalid("database", "unknown_scheme", "want postgres://..., or nothing for SQLite in the data folder")
	}
	if err != nil {
		return nil, fmt.Errorf("open database: %w", kind(err))
	}
	if err = db.migrate(ctx); err != nil {
		return nil, fmt.Errorf("migrate database: %w", kind(err))
	}
	for _, l := range db.lanes {
		db.running.Go(l.run)
	}
	if err = db.readEpoch(ctx); err != nil {
		return nil, err
	}
	return db, nil
}

// Beside opens a database that a server may have open in another process: it neither locks the folder nor changes the
// schema. What is written here is durable and nobody is told of it: write only what the server reads anew when it
// needs it.
func Beside(ctx context.Context, o Options) (_ *DB, err error) {
	o.Logger = cmp.Or(o.Logger, slog.Default())
	o.Group = cmp.Or(o.Group, 256)
	db := &DB{options: o, log: o.Logger}
	if o.URL != "" {
		err = db.openPostgres(ctx)
	} else if _, err = os.Stat(filepath.Join(o.Dir, sqliteName)); err != nil {
		err = fmt.Errorf("no database in %s: %w", o.Dir, parley.ErrNotFound)
	} else {
		err = db.openSQLite(ctx)
	}
	if err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("open database: %w", kind(err))
	}
	for _, l := range db.lanes {
		db.running.Go(l.run)
	}
	return db, nil
}

// Close lets the writes that are queued finish, refuses later ones, and closes the database.
func (db *DB) Close() error {
	for _, l := range db.lanes {
		l.close()
	}
	db.running.Wait()
	var errs []error
	for _, pool := range []*sql.DB{db.read, db.write} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	if db.folder != nil {
		errs = append(errs, db.folder.Close())
	}
	return errors.Join(errs...)
}

// Dialect returns which database it is.
func (db *DB) Dialect() Dialect { return db.dialect }

// Dir returns the data folder.
func (db *DB) Dir() string { return db.options.Dir }

// Epoch returns the random name of this database, made when it was made. Positions in the realtime streams are
// worth nothing under another epoch.
func (db *DB) Epoch() string { return db.epoch }
