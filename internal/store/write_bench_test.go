//go:build bench

package store_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// BenchmarkWrite posts and indexes messages, each durable before the next of its sender; on PostgreSQL the
// throw-away cluster does not sync.
func BenchmarkWrite(b *testing.B) {
	const text = "Shall we meet on Thursday afternoon about the budget for spring, or is that too late for Lisbon?"
	for _, dialect := range []store.Dialect{store.SQLite, store.Postgres} {
		for name, senders := range map[string]int{"one sender": 1, "256 senders": 128} { // per core of two
			for _, indexed := range []bool{false, true} {
				what := "/row"
				if indexed {
					what = "/row and index"
				}
				b.Run(string(dialect)+"/"+name+what, func(b *testing.B) {
					db := storetest.Open(b, storetest.Options(b, dialect))
					if senders > 1 {
						b.SetParallelism(senders)
					} else {
						b.SetParallelism(1)
					}
					var seq, sender atomic.Int64
					send := func(in parley.ID) {
						n := seq.Add(1)
						if err := db.Write(b.Context(), in, func(ctx context.Context, tx *store.Tx) error {
							if indexed {
								return write(ctx, tx, parley.ID(n), in, 1, text, 0)
							}
							_, err := tx.Exec(ctx, `INSERT INTO mention (person_id, conversation_id, seq) VALUES (1, 1, ?)`, n)
							return err
						}); err != nil {
							b.Error(err)
						}
					}
					if senders == 1 {
						for b.Loop() {
							send(1)
						}
					} else {
						b.RunParallel(func(pb *testing.PB) {
							in := parley.ID(sender.Add(1)%50 + 1)
							for pb.Next() {
								send(in)
							}
						})
					}
					b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
				})
			}
		}
	}
}
