// Package job runs work later: durable, because a job is a row; transactional, because the row is written by the
// transaction that wants the work; at least once, because a process may die between the work and its note of it.
//
// It knows when jobs are due, who runs them, and when to try again. It must not know what they do: each kind's
// worker belongs to the package that inserts it, and must bear being run twice.
//
//	type remind struct{ Message parley.ID }
//	func (remind) Kind() string { return "remind" }
//
//	q := job.New(db, logger)
//	job.Register(q, func(ctx context.Context, r remind) error { ... })
//	q.Start()
//	db.Write(ctx, lane, func(ctx context.Context, tx *store.Tx) error {
//		return q.Insert(ctx, tx, remind{id}, tomorrow)
//	})
package job

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Args is what a job is to do, kept as JSON. Kind names the worker; it is stored, so it must stay.
type Args interface{ Kind() string }

// Queue keeps jobs and runs them. Its limits may be changed before Start.
type Queue struct {
	// Workers is how many jobs run at once. Default 32.
	Workers int
	// Timeout is how long one run of a job may take. Default one minute. When a node dies, its jobs are run by
	// another after twice this time; on SQLite, where there is no other, at the next start.
	Timeout time.Duration
	// Attempts is how often a failing job is run before it is given up. Default 25: with Backoff about three days.
	Attempts int
	// Backoff is how long to wait after the nth failure. Default n to the fourth seconds, at most six hours, with a tenth of jitter.
	Backoff func(n int) time.Duration
	// Poll is how often to look for jobs of other nodes that died. Default ten seconds; not at all on SQLite.
	Poll time.Duration
	// Clock is the time by which jobs are due. Default time.Now; who sets another one tells of its leaps by Look.
	Clock func() time.Time

	db      *store.DB
	log     *slog.Logger
	workers map[string]func(context.Context, []byte) error
	wake    chan struct{}
	freed   chan struct{}
	cancel  context.CancelFunc // ends the loop
	abort   context.CancelFunc // ends the workers
	loop    sync.WaitGroup
	running sync.WaitGroup
}

// New returns a queue in the database. Register workers, then Start it.
func New(db *store.DB, logger *slog.Logger) *Queue {
	return &Queue{
		Workers: 32, Timeout: time.Minute, Attempts: 25, Backoff: backoff, Poll: 10 * time.Second, Clock: time.Now,
		db: db, log: logger, workers: map[string]func(context.Context, []byte) error{}, wake: make(chan struct{}, 1),
	}
}

func backoff(n int) time.Duration {
	d := min(time.Duration(n*n*n*n)*time.Second, 6*time.Hour)
	return d + rand.N(d/10+1) //nolint:gosec // jitter needs no secrecy
}

// Register says who does the jobs of T's kind, before Start. The worker's context ends with the job's time, and when
// the queue is stopped in a hurry. An error has the job run again later, unless it wraps parley.ErrInvalid, which is
// final; Again runs it later without being a failure.
func Register[T Args](q *Queue, worker func(ctx context.Context, args T) error) {
	var zero T
	q.workers[zero.Kind()] = func(ctx context.Context, text []byte) error {
		var args T
		if err := json.Unmarshal(text, &args); err != nil {
			return fmt.Errorf("read arguments: %w: %w", parley.ErrInvalid, err)
		}
		return worker(ctx, args)
	}
}

// Again is returned by a worker (perhaps wrapped) that wants its job to be run at that time, once more.
type Again time.Time

func (a Again) Error() string { return "again at " + time.Time(a).UTC().Format(time.RFC3339) }

// Insert adds a job to be run at that time, or at once when it is past or zero, if the transaction is committed.
func (q *Queue) Insert(ctx context.Context, tx *store.Tx, args Args, at time.Time) error {
	text, err := json.Marshal(args)
	if err != nil {
		return fmt.Errorf("insert job %s: %w", args.Kind(), err)
	}
	now := q.Clock()
	if at.Before(now) {
		at = now
	}
	if _, err := tx.Exec(ctx, `INSERT INTO job (id, kind, args, due_at, created_at) VALUES (?, ?, ?, ?, ?)`,
		parley.NewID(), args.Kind(), string(text), at.UnixMilli(), now.UnixMilli()); err != nil {
		return fmt.Errorf("insert job %s: %w", args.Kind(), err)
	}
	tx.After(q.signal)
	return nil
}

// Look has the queue look at once what is due: its clock has leapt.
func (q *Queue) Look() { q.signal() }

func (q *Queue) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}
