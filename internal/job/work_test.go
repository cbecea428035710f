package job_test

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/job"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// drain does what is due by the queue's clock.
func drain(t *testing.T, q *job.Queue) {
	t.Helper()
	if err := q.Drain(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAJobThatHangsIsRunByAnotherAfterTwiceItsTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Now()
		clock := func() time.Time { return now }
		ran := 0
		other := queue(t, db, func(context.Context, greet) error { ran++; return errors.New("not yet") })
		other.Clock, other.Backoff = clock, func(int) time.Duration { return time.Hour }
		hangs := queue(t, db, func(context.Context, greet) error {
			for _, after := range []time.Duration{0, other.Timeout, other.Timeout - time.Millisecond} {
				now = now.Add(after)
				if drain(t, other); ran != 0 {
					t.Errorf("it is run twice at once, %s before its time", 2*other.Timeout-after)
				}
			}
			now = now.Add(time.Millisecond)
			drain(t, other)
			return nil
		})
		hangs.Clock = clock
		insert(t, db, hangs, time.Time{}, "once")
		drain(t, hangs)
		if ran != 1 {
			t.Errorf("the other has run it %d times", ran)
		}
		// It is the other's by now, who shall try again: what the one that hung notes at last does not count.
		if n := left(t, db, `attempts = 1 AND failed_at = 0 AND NOT running`); n != 1 {
			t.Error("the note of the one that hung counts")
		}
	})
}

func TestWhatRanWhenTheServerDiedIsRunAtTheNextStart(t *testing.T) {
	db := storetest.Open(t, storetest.Options(t, store.SQLite))
	done := make(chan struct{})
	q := queue(t, db, func(context.Context, greet) error { close(done); return nil })
	insert(t, db, q, time.Time{}, "cut off")
	if err := db.Write(t.Context(), 1, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE job SET running = TRUE, due_at = ?`, time.Now().Add(time.Hour).UnixMilli())
		return err
	}); err != nil {
		t.Fatal(err)
	}
	q.Start()
	<-done
}

func TestAJobEndsWithItsTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := queue(t, db, func(ctx context.Context, _ greet) error {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(20 * time.Second):
				return nil
			}
		})
		q.Timeout = 300 * time.Millisecond
		q.Backoff = func(int) time.Duration { return time.Hour }
		insert(t, db, q, time.Time{}, "slow")
		drain(t, q)
		if n := left(t, db, `attempts = 1 AND failed_at = 0 AND NOT running`); n != 1 {
			t.Error("that it took too long is no failure")
		}
	})
}

func TestOnlyFailuresInARowCount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Now()
		ran := 0
		q := queue(t, db, func(context.Context, greet) error {
			switch ran++; ran {
			case 4:
				return job.Again(now.Add(time.Hour))
			case 8:
				return nil
			}
			return errors.New("not yet")
		})
		q.Attempts, q.Clock = 4, func() time.Time { return now }
		insert(t, db, q, time.Time{}, "thrice and thrice")
		for i := range 8 {
			if drain(t, q); ran != i+1 {
				t.Fatalf("run %d times, want %d", ran, i+1)
			}
			if ran == 4 {
				now = now.Add(time.Hour - time.Millisecond)
				if drain(t, q); ran != 4 {
					t.Error("it is run again before it wanted to be")
				}
			}
			now = now.Add(time.Millisecond)
		}
		if n := left(t, db, `TRUE`); n != 0 {
			t.Errorf("%d jobs are left", n)
		}
	})
}

func TestNoMoreJobsRunAtOnceThanThereAreWorkers(t *testing.T) {
	db := storetest.Open(t, storetest.Options(t, store.SQLite))
	var now, most atomic.Int64
	begun, release, done := make(chan struct{}, 8), make(chan struct{}), make(chan struct{}, 8)
	q := queue(t, db, func(context.Context, greet) error {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		begun <- struct{}{}
		<-release
		now.Add(-1)
		done <- struct{}{}
		return nil
	})
	q.Workers = 2
	insert(t, db, q, time.Time{}, "a", "b", "c", "d", "e", "f", "g", "h")
	q.Start()
	<-begun
	<-begun
	close(release)
	for range 8 {
		<-done
	}
	if n := most.Load(); n != 2 {
		t.Errorf("%d ran at once, want 2", n)
	}
}

func TestAJobIsTriedForThreeDays(t *testing.T) {
	q := job.New(nil, slog.New(slog.DiscardHandler))
	all := time.Duration(0)
	for n := 1; n < q.Attempts; n++ {
		least := min(time.Duration(n*n*n*n)*time.Second, 6*time.Hour)
		wait := q.Backoff(n)
		if wait < least || wait > least+least/10 {
			t.Errorf("after failure %d it waits %s", n, wait)
		}
		all += wait
	}
	if all < 72*time.Hour || all > 100*time.Hour {
		t.Errorf("given up after %s", all)
	}
}
