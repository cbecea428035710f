package store

import (
	"context"
	"database/sql"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// openPostgres opens one pool for readers and for the lanes that write.
func (db *DB) openPostgres(ctx context.Context) error {
	db.dialect = Postgres
	pool, err := sql.Open("pgx", db.options.URL)
	if err != nil {
		return err
	}
	db.read, db.write = pool, pool
	lanes, conns := db.options.Lanes, db.options.Readers
	if lanes == 0 {
		lanes = 8
	}
	if conns == 0 {
		conns = lanes + 4
	}
	pool.SetMaxOpenConns(max(conns, lanes+1))
	pool.SetMaxIdleConns(max(conns, lanes+1))
	for range lanes {
		db.lanes = append(db.lanes, newLane(db))
	}
	return pool.PingContext(ctx)
}
