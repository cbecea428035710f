//go:build bench

package delivery_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// BenchmarkRoom says something to all of a room of 5,000, of whom 4,000 are away, and measures what that does to the
// posts in other rooms: how long they take alone, and while the 4,999 deliveries are planned and written.
//
//	go test -tags bench -run '^$' -bench Room -benchtime 5x ./internal/delivery
func BenchmarkRoom(b *testing.B) {
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		b.Run(string(d), func(b *testing.B) { benchRoom(b, storetest.Open(b, storetest.Options(b, d))) })
	}
}

func benchRoom(b *testing.B, db *store.DB) {
	w := newWorld(b, db, time.Time{})
	ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
	room, other := w.channel(ada), w.channel(bo)
	zones := []string{"Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Asia/Kathmandu", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "UTC"}
	hours := `[{"day":1,"from":"09:00","to":"17:00"},{"day":2,"from":"09:00","to":"17:00"},{"day":3,"from":"09:00","to":"17:00"}]`
	w.must(db.Write(w.ctx, room, func(ctx context.Context, tx *store.Tx) error {
		for i := range 4999 {
			id := parley.NewID()
			if _, err := tx.Exec(ctx, `INSERT INTO person (id, handle, name, kind, role, zone, language, hours, created_at) VALUES (?, ?, ?, 'human', 'member', ?, 'en', ?, 0)`,
				id, fmt.Sprint("p", i), "P", zones[i%len(zones)], hours); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `INSERT INTO member (person_id, conversation_id, joined_at) VALUES (?, ?, 0)`, id, room); err != nil {
				return err
			}
			w.live.using[id] = i%5 == 0
		}
		_, err := tx.Exec(ctx, `UPDATE conversation SET members = 5000 WHERE id = ?`, room)
		return err
	}))
	ada.Role = parley.Owner
	w.must(w.Start(w.ctx))
	b.Cleanup(func() { w.must(w.Stop(w.ctx)) })

	post := func(n int, stop func() bool) (took []time.Duration) {
		for i := 0; i < n || n == 0 && !stop(); i++ {
			begin := time.Now()
			_, err := w.conversations.Post(w.ctx, bo, conversation.Draft{Conversation: other, Body: "and on it goes", Via: parley.ViaApp})
			w.must(err)
			took = append(took, time.Since(begin))
		}
		return took
	}
	planned := func() bool {
		var left bool
		w.must(db.QueryRow(w.ctx, `SELECT EXISTS (SELECT 1 FROM unplanned)`).Scan(&left))
		return !left
	}
	alone := post(2000, nil)
	var beside []time.Duration
	var planning time.Duration
	for b.Loop() {
		begin := time.Now()
		_, err := w.conversations.Post(w.ctx, ada, conversation.Draft{Conversation: room, Body: "@everyone look", Via: parley.ViaApp})
		w.must(err)
		beside = append(beside, post(0, planned)...)
		planning += time.Since(begin)
	}
	report := func(name string, took []time.Duration) {
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, name+"-p50-ms")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, name+"-p99-ms")
	}
	report("alone", alone)
	report("beside", beside)
	b.ReportMetric(float64(planning.Milliseconds())/float64(b.N), "planning-ms")
	b.ReportMetric(float64(len(beside))/float64(b.N), "posts-beside")
	var rows int
	w.must(db.QueryRow(w.ctx, `SELECT count(*) FROM delivery`).Scan(&rows))
	b.ReportMetric(float64(rows)/float64(b.N), "deliveries")
}
