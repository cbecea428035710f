package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/parley-im/parley/internal/parley"
)

// kind wraps an error of the database with the kind that callers tell apart. Other errors stay as they are.
func kind(err error) error {
	if err == nil {
		return nil
	}
	for _, known := range []error{
		parley.ErrInvalid, parley.ErrForbidden, parley.ErrNotFound, parley.ErrConflict, parley.ErrLimited,
		parley.ErrUnavailable, parley.ErrUnknown, context.Canceled, context.DeadlineExceeded,
	} {
		if errors.Is(err, known) {
			return err
		}
	}
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("%w: %w", parley.ErrNotFound, err)
	case isUnique(err):
		return fmt.Errorf("%w: %w", parley.ErrConflict, err)
	case isFull(err):
		return fmt.Errorf("the disk of the database is full or failing: %w: %w", parley.ErrUnavailable, err)
	case isRace(err):
		return fmt.Errorf("others kept writing the same: %w: %w", parley.ErrUnavailable, err)
	case isAway(err):
		return fmt.Errorf("the database cannot be reached: %w: %w", parley.ErrUnavailable, err)
	}
	return err
}

func sqliteCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}

func postgresCode(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}

func isUnique(err error) bool {
	switch sqliteCode(err) {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return true
	}
	return postgresCode(err) == "23505"
}

// isFull: after these SQLite may have rolled back the whole transaction by itself (sqlite.org/lang_transaction.html,
// "Response To Errors Within A Transaction").
func isFull(err error) bool {
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return true
	}
	switch postgresCode(err) {
	case "53100", "53200", "58030": // disk_full, out_of_memory, io_error
		return true
	}
	return errors.Is(err, syscall.ENOSPC)
}

func isAway(err error) bool {
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_PROTOCOL:
		return true
	}
	switch code := postgresCode(err); {
	case len(code) != 5:
	case code[:2] == "08", code[:2] == "53", code[:2] == "57", code == "25006":
		return true // connection, resources, operator (shutdown), a replica that does not write
	default:
		return false
	}
	_, network := errors.AsType[net.Error](err)
	_, connect := errors.AsType[*pgconn.ConnectError](err)
	return network || connect || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || pgconn.SafeToRetry(err)
}

// isRace: PostgreSQL chose this transaction as the one that must try again.
func isRace(err error) bool {
	code := postgresCode(err)
	return code == "40001" || code == "40P01"
}
