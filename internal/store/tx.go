package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
)

// Tx is one write within a transaction that other writes may share. It belongs to the goroutine that runs the
// function given to Write, and ends with it.
//
// After an error of a statement (other than that there is no row) the write is undone, so return it; use ON CONFLICT
// where a conflict is expected.
//
// Its methods take a context for symmetry with DB, but do not end with it: a statement interrupted half way would
// undo the neighbours' writes.
type Tx struct {
	group  *group
	after  []func()
	last   []statement // to run when all writes of the group have run
	failed error       // the first error of a statement: the write is undone even if its function returns nil
	broken error       // the first error after which the whole transaction is lost
}

// Exec runs a statement that returns no rows.
func (tx *Tx) Exec(_ context.Context, query string, args ...any) (sql.Result, error) {
	stmt, text, err := tx.group.statement(query)
	if err != nil {
		return nil, tx.note(err)
	}
	var result sql.Result
	if stmt != nil {
		result, err = stmt.ExecContext(tx.group.ctx, args...)
	} else {
		result, err = tx.group.tx.ExecContext(tx.group.ctx, text, args...)
	}
	return result, tx.note(err)
}

// Query returns rows, which must be closed before the next statement; All does that.
func (tx *Tx) Query(_ context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, text, err := tx.group.statement(query)
	if err != nil {
		return nil, tx.note(err)
	}
	var rows *sql.Rows
	if stmt != nil {
		rows, err = stmt.QueryContext(tx.group.ctx, args...)
	} else {
		rows, err = tx.group.tx.QueryContext(tx.group.ctx, text, args...)
	}
	return rows, tx.note(err)
}

// QueryRow returns the first row; for INSERT and UPDATE ... RETURNING too.
func (tx *Tx) QueryRow(_ context.Context, query string, args ...any) *Row {
	stmt, text, err := tx.group.statement(query)
	switch {
	case err != nil:
		return &Row{err: err, tx: tx}
	case stmt != nil:
		return &Row{row: stmt.QueryRowContext(tx.group.ctx, args...), tx: tx}
	}
	return &Row{row: tx.group.tx.QueryRowContext(tx.group.ctx, text, args...), tx: tx}
}

// After runs f when the transaction is on the disk, and before Write returns. Functions of one lane run one after the
// other in the order of their commits: what f publishes is in order. It must be quick, and must not write.
func (tx *Tx) After(f func()) { tx.after = append(tx.after, f) }

// statement is a query with its values.
type statement struct {
	query string
	args  []any
}

// atLast runs a statement of the search index. FTS5 writes a segment of its index at each savepoint, and merges them
// ever after, so on SQLite the statements wait until the savepoints of the group are gone.
func (tx *Tx) atLast(ctx context.Context, query string, args ...any) error {
	if tx.group.lane.db.dialect == SQLite {
		tx.last = append(tx.last, statement{query, args})
		return nil
	}
	_, err := tx.Exec(ctx, query, args...)
	return err
}

// SQL returns the transaction for libraries that want one. It must not be committed or rolled back.
func (tx *Tx) SQL() *sql.Tx { return tx.group.tx }

// note remembers errors of statements, whatever the caller makes of them: after one PostgreSQL refuses all others, and
// SQLite shall not be more lenient.
func (tx *Tx) note(err error) error {
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		tx.failed = cmp.Or(tx.failed, err)
		if isFull(err) || isAway(err) || isRace(err) {
			tx.broken = cmp.Or(tx.broken, err)
		}
	}
	return kind(err)
}
