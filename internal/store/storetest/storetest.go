// Package storetest runs tests on both databases: a SQLite file, and a fresh database of a throw-away PostgreSQL
// cluster that the test binary starts once and that ends with it, or of the one that PARLEY_TEST_POSTGRES names.
package storetest

import (
	"context"
	"log/slog"
	"testing"

	"github.com/parley-im/parley/internal/store"
)

// Each runs the test on each database, as subtests "sqlite" and "postgres".
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	EachOptions(t, func(t *testing.T, o store.Options) { test(t, Open(t, o)) })
}

// EachOptions is Each for tests that open the database themselves, perhaps more than once.
func EachOptions(t *testing.T, test func(t *testing.T, o store.Options)) {
	t.Helper()
	for _, dialect := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(string(dialect), func(t *testing.T) { test(t, Options(t, dialect)) })
	}
}

// Options returns those of an empty database, which is gone when the test ends. Events of the log are dropped.
func Options(t testing.TB, dialect store.Dialect) store.Options {
	t.Helper()
	o := store.Options{Dir: t.TempDir(), Logger: slog.New(slog.DiscardHandler)}
	if dialect == store.Postgres {
		o.URL = database(t)
	}
	return o
}

// Open opens the database until the test ends.
func Open(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
