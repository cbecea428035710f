package job

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// one is a job that this process runs.
type one struct {
	id       parley.ID
	kind     string
	args     string
	attempts int
	dueAt    int64
}

func scan(row store.Scanner) (j one, err error) {
	err = row.Scan(&j.id, &j.kind, &j.args, &j.attempts, &j.dueAt)
	return j, err
}

// Start begins to run jobs, until Stop.
func (q *Queue) Start() {
	var loop, work context.Context
	loop, q.cancel = context.WithCancel(context.Background())
	work, q.abort = context.WithCancel(context.Background())
	q.freed = make(chan struct{}, q.Workers)
	for range q.Workers {
		q.freed <- struct{}{}
	}
	q.loop.Go(func() { q.run(loop, work) })
}

// Stop begins no more jobs and waits for those that run. When ctx ends first, it ends them; they are run again at
// the next start.
func (q *Queue) Stop(ctx context.Context) error {
	if q.cancel == nil {
		return nil
	}
	q.cancel()
	q.loop.Wait()
	done := make(chan struct{})
	go func() { q.running.Wait(); close(done) }()
	select {
	case <-done:
		q.abort()
		return nil
	case <-ctx.Done():
		q.abort()
		<-done
		return fmt.Errorf("jobs were interrupted: %w", ctx.Err())
	}
}

// run hands out jobs as they become due, sleeping until the next one is.
func (q *Queue) run(ctx, work context.Context) {
	if len(q.workers) == 0 {
		return
	}
	if q.db.Dialect() == store.SQLite { // nobody else can be running them
		q.retry(ctx, func() error {
			return q.write(ctx, `UPDATE job SET running = FALSE, due_at = ? WHERE running`, q.Clock().UnixMilli())
		})
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-q.wake:
		case <-timer.C:
		}
		var next time.Duration
		q.retry(ctx, func() (err error) {
			next, err = q.handOut(ctx, work)
			return err
		})
		timer.Reset(next)
	}
}

// Drain does what is due by the clock, one job after the other, and what becomes due by that; for tests and for who has no
// loop running. It returns when nothing is due.
func (q *Queue) Drain(ctx context.Context) error {
	for {
		jobs, _, err := q.take(ctx, 1)
		if err != nil || len(jobs) == 0 {
			return err
		}
		q.work(ctx, jobs[0])
	}
}

// handOut begins what is due, as long as there are workers, and returns how long until it should be called again.
func (q *Queue) handOut(ctx, work context.Context) (next time.Duration, err error) {
	for {
		free := 0
		select { // wait for one worker, take all that are free
		case <-q.freed:
			free = 1
		case <-ctx.Done():
			return 0, ctx.Err()
		}
		for more := true; more; {
			select {
			case <-q.freed:
				free++
			default:
				more = false
			}
		}
		jobs, next, err := q.take(ctx, free)
		for range free - len(jobs) {
			q.freed <- struct{}{}
		}
		for _, j := range jobs {
			q.running.Go(func() {
				defer func() { q.freed <- struct{}{} }()
				q.work(work, j)
			})
		}
		if err != nil || len(jobs) < free {
			return next, err
		}
	}
}

// take marks up to n due jobs as running, and says when the next one is due.
func (q *Queue) take(ctx context.Context, n int) (jobs []one, next time.Duration, err error) {
	next = 24 * time.Hour
	if q.db.Dialect() == store.Postgres {
		next = q.Poll
	}
	kinds := store.Args(slices.Sorted(maps.Keys(q.workers)))
	marks := store.Marks(len(kinds))
	now := q.Clock().UnixMilli()
	due, err := store.All(ctx, q.db, store.Value[int64], `SELECT due_at FROM job
		WHERE failed_at = 0 AND kind IN (`+marks+`) ORDER BY due_at LIMIT 1`, kinds...)
	if err != nil || len(due) == 0 {
		return nil, next, err
	}
	if wait := time.Duration(due[0]-now) * time.Millisecond; wait > 0 {
		return nil, min(wait, next), nil
	}
	args := slices.Concat([]any{now + 2*q.Timeout.Milliseconds(), now, now}, kinds, []any{n})
	err = q.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) (err error) {
		// Both conditions: PostgreSQL looks at the outer one again after it waited for another node.
		jobs, err = store.All(ctx, tx, scan, `UPDATE job SET running = TRUE, due_at = ?
			WHERE failed_at = 0 AND due_at <= ? AND id IN (
				SELECT id FROM job WHERE failed_at = 0 AND due_at <= ? AND kind IN (`+marks+`) ORDER BY due_at, id LIMIT ?)
			RETURNING id, kind, args, attempts, due_at`, args...)
		return err
	})
	if err != nil {
		return nil, next, err
	}
	slices.SortFunc(jobs, func(a, b one) int { return int(a.id - b.id) })
	return jobs, 0, nil
}

// work runs the job and notes what became of it.
func (q *Queue) work(ctx context.Context, j one) {
	err := q.call(ctx, j)
	now := q.Clock()
	query, args := `DELETE FROM job WHERE id = ? AND due_at = ?`, []any{j.id, j.dueAt}
	again, isAgain := errors.AsType[Again](err)
	switch {
	case err == nil:
	case isAgain:
		query = `UPDATE job SET running = FALSE, due_at = ?, attempts = 0 WHERE id = ? AND due_at = ?`
		args = []any{time.Time(again).UnixMilli(), j.id, j.dueAt}
	case ctx.Err() != nil: // stopped
		query, args = `UPDATE job SET running = FALSE, due_at = ? WHERE id = ? AND due_at = ?`, []any{now.UnixMilli(), j.id, j.dueAt}
	case errors.Is(err, parley.ErrInvalid), j.attempts+1 >= q.Attempts:
		q.log.Error("job_given_up", "kind", j.kind, "job", j.id, "attempts", j.attempts+1, "err", err)
		query = `UPDATE job SET running = FALSE, failed_at = ?, attempts = attempts + 1, error = ? WHERE id = ? AND due_at = ?`
		args = []any{now.UnixMilli(), err.Error(), j.id, j.dueAt}
	default:
		wait := q.Backoff(j.attempts + 1)
		q.log.Warn("job_failed", "kind", j.kind, "job", j.id, "attempts", j.attempts+1, "again", wait, "err", err)
		query = `UPDATE job SET running = FALSE, due_at = ?, attempts = attempts + 1, error = ? WHERE id = ? AND due_at = ?`
		args = []any{now.Add(wait).UnixMilli(), err.Error(), j.id, j.dueAt}
	}
	// The work is done whether or not we are stopping: try until it is noted, or leave it to the next start.
	noted, cancel := context.WithTimeout(context.WithoutCancel(ctx), q.Timeout)
	defer cancel()
	q.retry(noted, func() error { return q.write(noted, query, args...) })
	if err != nil {
		q.signal() // it may be due sooner than what the loop sleeps for
	}
}

// call runs the worker within its time. A panic is an error of this job, not the end of the process.
func (q *Queue) call(ctx context.Context, j one) (err error) {
	ctx, cancel := context.WithTimeout(ctx, q.Timeout)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return q.workers[j.kind](ctx, []byte(j.args))
}

func (q *Queue) write(ctx context.Context, query string, args ...any) error {
	return q.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	})
}

// retry calls f until it succeeds or ctx ends: the database may be away or full for a while.
func (q *Queue) retry(ctx context.Context, f func() error) {
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 10*time.Second) {
		err := f()
		if err == nil || ctx.Err() != nil {
			return
		}
		q.log.Error("job_queue_waits", "err", err, "wait", wait)
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}
