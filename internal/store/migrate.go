package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math"
	"path"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the schema up to date: each migration in a transaction of its own, one node at a time.
func (db *DB) migrate(ctx context.Context) error { return db.migrateTo(ctx, math.MaxInt64) }

// migrateTo goes no further than version, for a backup of that age.
func (db *DB) migrateTo(ctx context.Context, version int64) error {
	steps, err := db.migrations()
	if err != nil {
		return err
	}
	options := []goose.ProviderOption{goose.WithGoMigrations(steps...), goose.WithDisableGlobalRegistry(true), goose.WithSlog(db.log)}
	dialect := goose.DialectSQLite3
	if db.dialect == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresTableLocker()
		if err != nil {
			return err
		}
		options = append(options, goose.WithLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, db.write, nil, options...)
	if err != nil {
		return err
	}
	_, err = provider.UpTo(ctx, version)
	return err
}

// migrations reads migrations/NNNN_name.sql, and NNNN_name.DIALECT.sql of this dialect.
func (db *DB) migrations() ([]*goose.Migration, error) {
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	var steps []*goose.Migration
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".sql")
		if only := strings.TrimPrefix(path.Ext(name), "."); only != "" && only != string(db.dialect) {
			continue
		}
		number, _, _ := strings.Cut(name, "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("migration %s: want NNNN_name.sql: %w", f.Name(), err)
		}
		text, err := migrations.ReadFile("migrations/" + f.Name())
		if err != nil {
			return nil, err
		}
		script := string(text)
		if db.dialect == SQLite {
			script = strings.ReplaceAll(script, "BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY")
		}
		steps = append(steps, goose.NewGoMigration(version, &goose.GoFunc{
			RunTx: func(ctx context.Context, tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, script)
				return err
			},
		}, nil))
	}
	return steps, nil
}

// SchemaName returns a short name that changes with any migration, for caches of databases that have it.
func SchemaName() string {
	h := sha256.New()
	err := fs.WalkDir(migrations, ".", func(path string, _ fs.DirEntry, err error) error {
		if text, readErr := migrations.ReadFile(path); readErr == nil {
			fmt.Fprintf(h, "%s %d %s", path, len(text), text)
		}
		return err
	})
	if err != nil {
		panic(err) // the files are part of the program
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
