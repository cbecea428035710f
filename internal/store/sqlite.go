package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const sqliteName = "parley.db"

// openSQLite opens one connection that writes and a pool that reads. In WAL mode neither waits for the other.
func (db *DB) openSQLite(ctx context.Context) error {
	db.dialect = SQLite
	path := filepath.Join(db.options.Dir, sqliteName)
	var err error
	if db.write, err = sql.Open("sqlite", sqliteDSN(path, false)); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	if err := db.write.PingContext(ctx); err != nil { // makes the file and its WAL before a reader looks for them
		return err
	}
	if db.read, err = sql.Open("sqlite", sqliteDSN(path, true)); err != nil {
		return err
	}
	readers := db.options.Readers
	if readers == 0 {
		readers = 4
	}
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	db.reads.pool = db.read
	l := newLane(db)
	l.prepared = &statements{pool: db.write}
	db.lanes = []*lane{l}
	return db.read.PingContext(ctx)
}

func sqliteDSN(path string, readOnly bool) string {
	pragmas := []string{
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"temp_store(MEMORY)", "journal_size_limit(67108864)",
	}
	q := url.Values{"_txlock": {"immediate"}}
	if readOnly {
		pragmas = []string{"busy_timeout(10000)", "query_only(1)", "temp_store(MEMORY)"}
		q = url.Values{}
	}
	q["_pragma"] = pragmas
	return fmt.Sprintf("file:%s?%s", (&url.URL{Path: path}).EscapedPath(), q.Encode())
}
