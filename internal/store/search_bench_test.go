//go:build bench

package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

const (
	benchMessages      = 1_000_000
	benchConversations = 1000
	benchForsaken      = 150 // more of them, where three in ten messages of the first half year are, and none since
	benchPeople        = 500
	benchWords         = 50_000
)

// BenchmarkSearch searches a million messages, whose words, conversations and authors are drawn by Zipf's law. It
// reports the p50 and p95 of each kind of search. The index is filled once, in PARLEY_BENCH_DIR or the temporary folder:
//
//	go test -tags bench -run '^$' -bench Search -timeout 60m ./internal/store
func BenchmarkSearch(b *testing.B) {
	dir := filepath.Join(os.Getenv("PARLEY_BENCH_DIR"), "parley-bench-search")
	if os.Getenv("PARLEY_BENCH_DIR") == "" {
		dir = filepath.Join(os.TempDir(), "parley-bench-search")
	}
	b.Run("sqlite", func(b *testing.B) {
		benchSearch(b, storetest.Open(b, store.Options{Dir: dir}))
	})
	b.Run("postgres", func(b *testing.B) {
		benchSearch(b, storetest.Open(b, storetest.Options(b, store.Postgres)))
	})
}

func benchSearch(b *testing.B, db *store.DB) {
	fillSearch(b, db)
	some := func(from, n int) (ids []parley.ID) {
		for i := range n {
			ids = append(ids, parley.ID(from+i+1))
		}
		return ids
	}
	words := func(from, n, count int) (all []string) {
		for range count {
			all = append(all, word(from+rand.IntN(n)))
		}
		return all
	}
	typing := func(letters int) store.Search {
		return store.Search{Words: []string{word(rand.IntN(1000))[:letters]}, Typing: true}
	}
	// Words and conversations of low numbers are the common ones.
	for _, in := range []struct {
		name string
		ids  []parley.ID
	}{
		{"3 quiet rooms", some(900, 3)},
		{"40 rooms", some(200, 40)},
		{"200 rooms", some(0, 200)},
		{"all 1000 rooms", some(0, 1000)},
		{"150 quiet rooms", some(850, 150)},
		{"150 forsaken rooms", some(benchConversations, benchForsaken)},
	} {
		for _, kind := range []struct {
			name   string
			search func() store.Search
		}{
			{"common word", func() store.Search { return store.Search{Words: words(0, 20, 1)} }},
			{"usual word", func() store.Search { return store.Search{Words: words(100, 900, 1)} }},
			{"usual words", func() store.Search { return store.Search{Words: words(100, 900, 2)} }},
			{"rare word", func() store.Search { return store.Search{Words: words(20_000, 20_000, 1)} }},
			{"phrase of common words", func() store.Search { return store.Search{Phrases: []string{strings.Join(words(0, 20, 2), " ")}} }},
			{"typing 1 letter", func() store.Search { return typing(1) }},
			{"typing 2 letters", func() store.Search { return typing(2) }},
			{"typing 4 letters", func() store.Search { return typing(4) }},
			{"no words", func() store.Search { return store.Search{} }},
		} {
			b.Run(in.name+"/"+kind.name, func(b *testing.B) {
				var took []time.Duration
				for b.Loop() {
					search := kind.search()
					search.In = in.ids
					begin := time.Now()
					if _, err := db.SearchMessages(b.Context(), search); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(begin))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
				b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			})
		}
	}
}

// word returns the nth word: letters that look drawn, six and more.
func word(n int) string {
	const letters = "etaoinshrdlu"
	var s strings.Builder
	for x := uint32(n+7) * 2654435761; s.Len() < 5+n%4; x = x*1664525 + 1013904223 {
		s.WriteByte(letters[x>>16%uint32(len(letters))])
	}
	return s.String() + fmt.Sprint(n%7)
}

func fillSearch(b *testing.B, db *store.DB) {
	b.Helper()
	var filled int
	if store.Setting(b.Context(), db, "bench", &filled) == nil && filled == benchMessages {
		return
	}
	r := rand.New(rand.NewPCG(1, 2))
	words := rand.NewZipf(r, 1.1, 5, benchWords-1)
	rooms := rand.NewZipf(r, 1.1, 5, benchConversations-1)
	begin := time.Now()
	const batch = 2000
	for n := 0; n < benchMessages; n += batch {
		if err := db.Write(b.Context(), 1, func(ctx context.Context, tx *store.Tx) error {
			for i := range batch {
				var text strings.Builder
				for range 3 + r.IntN(20) {
					text.WriteString(word(int(words.Uint64())) + " ")
				}
				id := parley.ID(int64(n+i+1) * 30_000 << 22) // one each thirty seconds: a year
				room := parley.ID(rooms.Uint64() + 1)
				if n < benchMessages/2 && r.IntN(10) < 3 {
					room = parley.ID(benchConversations + r.IntN(benchForsaken) + 1)
				}
				err := write(ctx, tx, id, room, parley.ID(r.IntN(benchPeople)+1), text.String(), store.Has(r.IntN(2)))
				if err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("indexed %d messages in %s, %s each", benchMessages, time.Since(begin).Round(time.Second), time.Since(begin)/benchMessages)
	if db.Dialect() == store.Postgres { // as autovacuum would
		if err := db.Write(b.Context(), 1, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `ANALYZE message_search`)
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
	if err := set(b.Context(), db, "bench", benchMessages); err != nil {
		b.Fatal(err)
	}
}
