package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// Write runs fn in a transaction and returns when what it wrote is on the disk, or was undone because fn returned an
// error. Writes of many callers share one commit; each is undone alone. lane is the id of the conversation (or other
// thing) that is written: functions given to Tx.After run in the order of commits within it.
//
// fn may run more than once, when the database asks for another try; it must not wait for anything but the database,
// nor call Write. When ctx ends before fn begins, Write returns its error; once begun, the write is not interrupted.
func (db *DB) Write(ctx context.Context, lane parley.ID, fn func(ctx context.Context, tx *Tx) error) error {
	return db.Enqueue(ctx, lane, fn)()
}

// Enqueue is Write in two halves: writes that one goroutine has queued for the same lane are done in that order, and
// many can be under way before the first is waited for. wait must be called, once.
func (db *DB) Enqueue(ctx context.Context, lane parley.ID, fn func(ctx context.Context, tx *Tx) error) (wait func() error) {
	if ctx.Value(withinWrite{}) != nil {
		panic("store: Write within Write")
	}
	w := &write{ctx: ctx, lane: lane, fn: fn, done: make(chan struct{})}
	// Fibonacci hashing: the low bits of an ID count, the high ones are time.
	l := db.lanes[uint64(lane)*0x9e3779b97f4a7c15>>32%uint64(len(db.lanes))]
	if err := l.add(w); err != nil {
		return func() error { return err }
	}
	return w.wait
}

func (w *write) wait() error {
	select {
	case <-w.done:
	case <-w.ctx.Done():
		if w.taken.CompareAndSwap(false, true) { // not begun: the lane will pass over it
			return context.Cause(w.ctx)
		}
		<-w.done
	}
	if w.panicked != nil {
		panic(w.panicked)
	}
	return w.err
}

type withinWrite struct{}

// write is one call of Write on its way.
type write struct {
	ctx      context.Context
	lane     parley.ID
	fn       func(context.Context, *Tx) error
	taken    atomic.Bool
	done     chan struct{}
	err      error
	panicked any // with the stack of where it happened
	after    []func()
}

func (w *write) answer(err error) {
	w.err = err
	close(w.done)
}

// lane takes all writes that are queued, in turn, and commits them together.
type lane struct {
	db       *DB
	prepared *statements // of the one connection that writes; nil on PostgreSQL, where pgx keeps them

	mu     sync.Mutex
	queue  []*write
	closed bool
	wake   chan struct{}
}

func newLane(db *DB) *lane { return &lane{db: db, wake: make(chan struct{}, 1)} }

func (l *lane) add(w *write) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return fmt.Errorf("the database is closing: %w", parley.ErrUnavailable)
	}
	l.queue = append(l.queue, w)
	l.signal()
	return nil
}

func (l *lane) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.signal()
}

func (l *lane) signal() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// run commits until the lane is closed and its queue empty.
func (l *lane) run() {
	for range l.wake {
		for {
			ws, closed := l.take()
			if len(ws) == 0 {
				if closed {
					return
				}
				break
			}
			l.commit(ws)
		}
	}
}

// take removes the next group from the queue, without those whose callers went away.
func (l *lane) take() (ws []*write, closed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := min(len(l.queue), l.db.options.Group)
	for _, w := range l.queue[:n] {
		if w.taken.CompareAndSwap(false, true) {
			ws = append(ws, w)
		}
	}
	l.queue = slices.Delete(l.queue, 0, n)
	return ws, l.closed && len(l.queue) == 0
}

// commit answers every write of the group. A write that broke the transaction for all is answered alone, and the
// others tried again without it.
func (l *lane) commit(ws []*write) {
	// Two nodes that write the same conversations take their rows in the same order, so they do not wait for each
	// other in a circle. The order within a conversation stays.
	if l.db.dialect == Postgres {
		slices.SortStableFunc(ws, func(a, b *write) int { return cmp.Compare(a.lane, b.lane) })
	}
	for try := 1; len(ws) > 0; {
		rest, err := l.commitOnce(ws)
		if err == nil {
			return
		}
		switch broken, isBroken := errors.AsType[*brokenBy](err); {
		case isRace(err) && try < tries:
			time.Sleep(rand.N(time.Duration(try) * 2 * time.Millisecond)) //nolint:gosec // so that the two do not meet again; no secret
			try++
			ws = rest
		case isBroken && len(rest) > 1:
			ws = slices.DeleteFunc(rest, func(w *write) bool { return w == broken.write })
			broken.write.answer(kind(broken.err))
		default:
			for _, w := range rest {
				w.answer(kind(err))
			}
			return
		}
	}
}

// tries is how often a group is run that lost a race against another node.
const tries = 10
