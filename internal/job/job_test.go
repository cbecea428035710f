package job_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/job"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

type greet struct{ Who string }

func (greet) Kind() string { return "greet" }

func queue(t *testing.T, db *store.DB, worker func(ctx context.Context, g greet) error) *job.Queue {
	q := job.New(db, slog.New(slog.DiscardHandler))
	q.Backoff = func(int) time.Duration { return time.Millisecond }
	job.Register(q, worker)
	t.Cleanup(func() {
		if err := q.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return q
}

func insert(t *testing.T, db *store.DB, q *job.Queue, at time.Time, who ...string) {
	t.Helper()
	if err := db.Write(t.Context(), 1, func(ctx context.Context, tx *store.Tx) error {
		for _, w := range who {
			if err := q.Insert(ctx, tx, greet{w}, at); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func left(t *testing.T, db *store.DB, where string) (n int) {
	t.Helper()
	if err := db.QueryRow(t.Context(), `SELECT count(*) FROM job WHERE `+where).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestJobs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		greeted := make(chan string, 1000)
		q := queue(t, db, func(_ context.Context, g greet) error {
			greeted <- g.Who
			return nil
		})
		insert(t, db, q, time.Time{}, "before the start")
		q.Start()
		if who := <-greeted; who != "before the start" {
			t.Errorf("greeted %s", who)
		}
		undone := db.Write(t.Context(), 1, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(q.Insert(ctx, tx, greet{"undone"}, time.Time{}), parley.ErrForbidden)
		})
		if !errors.Is(undone, parley.ErrForbidden) {
			t.Fatal(undone)
		}
		due := time.Now().Add(150 * time.Millisecond)
		insert(t, db, q, due, "later")
		insert(t, db, q, time.Now().Add(time.Hour), "much later")
		insert(t, db, q, time.Time{}, "now")
		if who := <-greeted; who != "now" {
			t.Errorf("greeted %s", who)
		}
		if who := <-greeted; who != "later" || time.Now().Before(due.Truncate(time.Millisecond)) {
			t.Errorf("greeted %s, %s too early", who, time.Until(due))
		}
		var many, got []string
		for i := range 200 {
			many = append(many, fmt.Sprintf("%03d", i))
		}
		insert(t, db, q, time.Time{}, many...)
		for range many {
			got = append(got, <-greeted)
		}
		slices.Sort(got)
		if !slices.Equal(got, many) {
			t.Errorf("greeted %v", got)
		}
		if err := q.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := left(t, db, `TRUE`); n != 1 { // the one of an hour from now
			t.Errorf("%d jobs are left", n)
		}
	})
}

func TestAFailingJobIsRunAgainAndAtLastGivenUp(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		done := make(chan string, 10)
		var flaky, hopeless, again atomic.Int64
		q := queue(t, db, func(_ context.Context, g greet) error {
			switch g.Who {
			case "flaky":
				if flaky.Add(1) < 3 {
					panic("not yet")
				}
			case "hopeless":
				if hopeless.Add(1) == 4 {
					done <- g.Who
				}
				return errors.New("no")
			case "final":
				done <- g.Who
				return parley.ErrInvalid
			case "again":
				if again.Add(1) < 10 {
					return fmt.Errorf("wait: %w", job.Again(time.Now()))
				}
			}
			done <- g.Who
			return nil
		})
		q.Attempts = 4
		q.Start()
		insert(t, db, q, time.Time{}, "flaky", "hopeless", "final", "again")
		for range 4 {
			<-done
		}
		if err := q.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := left(t, db, `failed_at > 0 AND NOT running AND error <> ''`); n != 2 {
			t.Errorf("%d jobs were given up, want two", n)
		}
		if n := left(t, db, `failed_at > 0 AND attempts = 4`); n != 1 {
			t.Error("the hopeless one was not given up after four attempts")
		}
		if n := left(t, db, `failed_at = 0`); n != 0 {
			t.Errorf("%d jobs are left", n)
		}
	})
}

func TestAnInterruptedJobIsRunAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		begun := make(chan struct{})
		q := queue(t, db, func(ctx context.Context, _ greet) error {
			close(begun)
			<-ctx.Done()
			return ctx.Err()
		})
		q.Start()
		insert(t, db, q, time.Time{}, "slow")
		<-begun
		hurry, cancel := context.WithCancel(t.Context())
		cancel()
		if err := q.Stop(hurry); !errors.Is(err, context.Canceled) {
			t.Fatalf("stop: %v", err)
		}
		if n := left(t, db, `attempts = 0 AND NOT running`); n != 1 {
			t.Error("to be interrupted is a failure")
		}
		finished := make(chan struct{})
		next := queue(t, db, func(context.Context, greet) error { close(finished); return nil })
		next.Start()
		<-finished
	})
}

func TestTwoNodesShareTheJobs(t *testing.T) {
	o := storetest.Options(t, store.Postgres)
	first := storetest.Open(t, o)
	o.Dir = t.TempDir()
	second := storetest.Open(t, o)
	greeted := make(chan string, 1000)
	worker := func(_ context.Context, g greet) error { greeted <- g.Who; return nil }
	a, b := queue(t, first, worker), queue(t, second, worker)
	b.Poll, b.Workers = time.Millisecond, 3
	a.Start()
	b.Start()
	seen := map[string]int{}
	for i := range 40 {
		insert(t, first, a, time.Time{}, fmt.Sprint(i, "a"), fmt.Sprint(i, "b"), fmt.Sprint(i, "c"))
	}
	for range 120 {
		seen[<-greeted]++
	}
	if err := errors.Join(a.Stop(t.Context()), b.Stop(t.Context())); err != nil {
		t.Fatal(err)
	}
	if len(seen) != 120 || len(greeted) != 0 || left(t, first, `TRUE`) != 0 {
		t.Errorf("%d jobs were run, %d of them twice, %d left", len(seen), len(greeted), left(t, first, `TRUE`))
	}
}
