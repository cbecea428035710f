package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

func set(ctx context.Context, db *store.DB, name string, value any) error {
	return db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error { return tx.SetSetting(ctx, name, value) })
}

func TestSettings(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		if err := set(ctx, db, "organisation", map[string]any{"name": "Straße? $1 'a' \"b\""}); err != nil {
			t.Fatal(err)
		}
		if err := set(ctx, db, "limit", 7); err != nil {
			t.Fatal(err)
		}
		if err := set(ctx, db, "limit", 8); err != nil {
			t.Fatal(err)
		}
		var organisation map[string]any
		var limit int
		if err := errors.Join(store.Setting(ctx, db, "organisation", &organisation), store.Setting(ctx, db, "limit", &limit)); err != nil {
			t.Fatal(err)
		}
		if organisation["name"] != "Straße? $1 'a' \"b\"" || limit != 8 {
			t.Errorf("read %v, %d", organisation, limit)
		}
		if err := store.Setting(ctx, db, "absent", &limit); !errors.Is(err, parley.ErrNotFound) || limit != 8 {
			t.Errorf("absent setting: %v", err)
		}
	})
}

func TestTheEpochStaysWithItsDatabase(t *testing.T) {
	storetest.EachOptions(t, func(t *testing.T, o store.Options) {
		db, err := store.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		first := db.Epoch()
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if again := storetest.Open(t, o).Epoch(); again != first || len(first) < 16 {
			t.Errorf("epoch %q, then %q", first, again)
		}
		if other := storetest.Open(t, storetest.Options(t, store.SQLite)).Epoch(); other == first {
			t.Error("two databases have one epoch")
		}
	})
}

func TestASecondProcessIsRefused(t *testing.T) {
	storetest.EachOptions(t, func(t *testing.T, o store.Options) {
		storetest.Open(t, o)
		_, err := store.Open(t.Context(), o)
		if !errors.Is(err, parley.ErrConflict) {
			t.Fatalf("second open: %v", err)
		}
	})
}

func TestAWriteThatFailsIsUndoneAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		ours := errors.New("ours")
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				defer func() {
					if p := recover(); (p != nil) != (i%4 == 3) {
						t.Errorf("write %d: panic %v", i, p)
					}
				}()
				err := db.Write(ctx, parley.ID(i), func(ctx context.Context, tx *store.Tx) error {
					if err := tx.SetSetting(ctx, fmt.Sprintf("n%03d", i), i); err != nil {
						return err
					}
					switch i % 4 {
					case 1:
						return ours
					case 2: // the error of a statement, swallowed
						_, _ = tx.Exec(ctx, `INSERT INTO setting (name, value) VALUES (?, '')`, fmt.Sprintf("n%03d", i))
					case 3:
						panic("ours")
					}
					return nil
				})
				if want := []error{nil, ours, parley.ErrConflict, nil}[i%4]; !errors.Is(err, want) {
					t.Errorf("write %d: %v, want %v", i, err, want)
				}
			})
		}
		wg.Wait()
		names, err := store.All(ctx, db, store.Value[string], `SELECT name FROM setting WHERE name LIKE 'n%' ORDER BY name`)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for i := 0; i < 200; i += 4 {
			want = append(want, fmt.Sprintf("n%03d", i))
		}
		if diff := cmp.Diff(want, names); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAfterRunsInTheOrderOfCommitsWithinALane(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		if err := set(ctx, db, "count", 0); err != nil {
			t.Fatal(err)
		}
		var seen []int // only the lane appends; Write's return is the barrier
		var wg sync.WaitGroup
		for i := range 300 {
			wg.Go(func() {
				if err := db.Write(ctx, 42, func(ctx context.Context, tx *store.Tx) error {
					var n int
					if err := store.Setting(ctx, tx, "count", &n); err != nil {
						return err
					}
					tx.After(func() { seen = append(seen, n) })
					if i%5 == 0 {
						return parley.ErrForbidden
					}
					return tx.SetSetting(ctx, "count", n+1)
				}); err != nil && !errors.Is(err, parley.ErrForbidden) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		var want []int
		for i := range 240 {
			want = append(want, i)
		}
		if diff := cmp.Diff(want, seen); diff != "" {
			t.Error(diff)
		}
	})
}

func TestQuestionMarksWithinQuotesAndCommentsAreText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var quoted, value string
		err := db.QueryRow(t.Context(), `SELECT /* really? */ 'it''s ?' AS "what?", -- is it?
			CAST(? AS TEXT)`, "yes?").Scan(&quoted, &value)
		if err != nil || quoted != "it's ?" || value != "yes?" {
			t.Errorf("%q, %q, %v", quoted, value, err)
		}
	})
}

func TestAWriteWhoseCallerIsGoneDoesNotBegin(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		gone, cancel := context.WithCancel(t.Context())
		begun, finish := make(chan struct{}), make(chan struct{})
		first, second := make(chan error, 1), make(chan error, 1)
		go func() {
			first <- db.Write(gone, 1, func(ctx context.Context, tx *store.Tx) error {
				close(begun)
				<-finish
				return tx.SetSetting(ctx, "first", true)
			})
		}()
		<-begun
		go func() {
			second <- db.Write(gone, 1, func(ctx context.Context, tx *store.Tx) error {
				return tx.SetSetting(ctx, "second", true)
			})
		}()
		cancel()
		if err := <-second; !errors.Is(err, context.Canceled) {
			t.Errorf("the write that had not begun: %v", err)
		}
		close(finish)
		if err := <-first; err != nil {
			t.Errorf("the write that had begun: %v", err)
		}
		var v bool
		if err := store.Setting(t.Context(), db, "first", &v); err != nil {
			t.Error(err)
		}
		if err := store.Setting(t.Context(), db, "second", &v); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("second: %v", err)
		}
	})
}

func TestAClosedDatabaseIsUnavailable(t *testing.T) {
	storetest.EachOptions(t, func(t *testing.T, o store.Options) {
		db, err := store.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if err := set(t.Context(), db, "late", 1); !errors.Is(err, parley.ErrUnavailable) {
			t.Errorf("write: %v", err)
		}
	})
}
