package store

import (
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"
	"time"
)

// group is one transaction of the database that several writes share, each within a savepoint.
type group struct {
	lane  *lane
	ctx   context.Context
	tx    *sql.Tx
	bound map[string]*sql.Stmt // statements bound to tx
	fresh []string             // texts to keep prepared from now on
}

// groupTimeout bounds a group on PostgreSQL, whose host may vanish.
const groupTimeout = 30 * time.Second

// brokenBy says which write ended the transaction of all.
type brokenBy struct {
	write *write
	err   error
}

func (b *brokenBy) Error() string { return b.err.Error() }
func (b *brokenBy) Unwrap() error { return b.err }

// commitOnce runs the writes in one transaction. Writes that failed alone are answered, and the others too once the
// commit is on the disk. With an error nothing was written and rest is not answered.
func (l *lane) commitOnce(ws []*write) (rest []*write, err error) {
	g := &group{lane: l, ctx: context.Background(), bound: map[string]*sql.Stmt{}}
	if l.db.dialect == Postgres {
		var cancel context.CancelFunc
		g.ctx, cancel = context.WithTimeout(g.ctx, groupTimeout)
		defer cancel()
	}
	if g.tx, err = l.db.write.BeginTx(g.ctx, nil); err != nil {
		return ws, err
	}
	ended := false
	defer func() {
		if !ended {
			_ = g.tx.Rollback() // err says why
		}
	}()

	failed := map[*write]error{}
	var done []*write
	var last []*Tx
	for _, w := range ws {
		w.after, w.panicked = nil, nil
		tx, err := g.run(w, len(ws) > 1)
		switch {
		case tx.broken != nil:
			return ws, &brokenBy{w, tx.broken}
		case err != nil || w.panicked != nil:
			failed[w] = err
		default:
			w.after = tx.after
			done = append(done, w)
			last = append(last, tx)
		}
	}
	for i, tx := range last {
		for _, s := range tx.last {
			if _, err := tx.Exec(g.ctx, s.query, s.args...); err != nil {
				return ws, &brokenBy{done[i], err}
			}
		}
	}
	if len(done) > 0 {
		if err := g.tx.Commit(); err != nil {
			return ws, err
		}
	} else if err := g.tx.Rollback(); err != nil {
		return ws, err
	}
	ended = true
	g.keep()
	for _, w := range done {
		for _, f := range w.after {
			l.hook(f)
		}
	}
	for _, w := range ws {
		w.answer(kind(failed[w]))
	}
	return nil, nil
}

// run runs one write. An error undoes it alone; tx.broken is the error that undoes them all.
func (g *group) run(w *write, shared bool) (tx *Tx, err error) {
	tx = &Tx{group: g}
	ctx := context.WithValue(context.WithoutCancel(w.ctx), withinWrite{}, true)
	if shared {
		if _, tx.broken = tx.Exec(ctx, "SAVEPOINT one"); tx.broken != nil {
			return tx, tx.broken
		}
	}
	err = func() (err error) {
		defer func() {
			if p := recover(); p != nil {
				w.panicked = fmt.Sprintf("%v\n\nin the function given to store.Write:\n%s", p, debug.Stack())
			}
		}()
		return w.fn(ctx, tx)
	}()
	if err == nil && tx.failed != nil {
		err = tx.failed
	}
	if tx.broken != nil || !shared {
		return tx, err
	}
	end := "RELEASE SAVEPOINT one"
	if err != nil || w.panicked != nil {
		end = "ROLLBACK TO SAVEPOINT one"
	}
	if _, endErr := tx.Exec(ctx, end); endErr != nil {
		tx.broken = endErr
	}
	return tx, err
}

// statement returns the prepared statement for the query on SQLite, or its text.
func (g *group) statement(query string) (*sql.Stmt, string, error) {
	if g.lane.prepared == nil {
		return nil, g.lane.db.dollars(query), nil
	}
	if stmt := g.bound[query]; stmt != nil {
		return stmt, query, nil
	}
	if !keep(query) {
		return nil, query, nil
	}
	stmt := g.lane.prepared.peek(query)
	if stmt != nil {
		stmt = g.tx.StmtContext(g.ctx, stmt)
	} else {
		// The one connection is ours now, so the pool can prepare it for later only after the commit.
		var err error
		if stmt, err = g.tx.PrepareContext(g.ctx, query); err != nil {
			return nil, query, err
		}
		g.fresh = append(g.fresh, query)
	}
	g.bound[query] = stmt
	return stmt, query, nil
}

// keep prepares what was new in this group for the next ones. What fails here is prepared then.
func (g *group) keep() {
	for _, query := range g.fresh {
		_, _ = g.lane.prepared.get(g.ctx, query)
	}
}

// hook runs a function given to After. The write is committed, so a panic in it must not look like a failed write.
func (l *lane) hook(f func()) {
	defer func() {
		if p := recover(); p != nil {
			l.db.log.Error("store_after_panic", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	f()
}
