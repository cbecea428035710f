package realtime_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
)

func TestActivityIsBundledAndEndsWithTheNewest(t *testing.T) {
	room, ana, ben, eve := parley.NewID(), parley.NewID(), parley.NewID(), parley.NewID()
	h := house(newTable())
	var mu sync.Mutex
	members := []parley.ID{ana, ben}
	h.Members = func(context.Context, parley.ID) ([]parley.ID, error) {
		mu.Lock()
		defer mu.Unlock()
		return members, nil
	}
	s := start(t, realtime.Options{Bundle: 20 * time.Millisecond}, h)
	a, b, e := connect(t, s.url, ana).connected(t), connect(t, s.url, ben).connected(t), connect(t, s.url, eve).connected(t)
	begin := time.Now()
	for i := range int64(2000) {
		var mentioned []parley.ID
		if i == 1000 {
			mentioned = []parley.ID{ben}
		}
		s.Touch(parley.Activity{Conversation: room, LastSeq: i + 1, LastChange: i + 1}, mentioned)
	}
	newest := func(c *client) bool {
		return len(c.events) > 0 && c.events[len(c.events)-1].Activity.LastSeq == 2000
	}
	a.until(t, "the newest", func() bool { return newest(a) })
	b.until(t, "the newest", func() bool { return newest(b) })
	most := int(time.Since(begin)/(20*time.Millisecond)) + 2
	count := func(c *client) (mentions int) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if len(c.events) > most {
			t.Errorf("%d events, at most %d were to come", len(c.events), most)
		}
		for _, e := range c.events {
			if e.Activity.Mentioned {
				mentions++
			}
		}
		return mentions
	}
	if ma, mb := count(a), count(b); ma != 0 || mb != 1 {
		t.Errorf("mentioned %d and %d times", ma, mb)
	}
	mu.Lock()
	members = []parley.ID{eve}
	mu.Unlock()
	s.MembersChanged(room, ana)
	s.Touch(parley.Activity{Conversation: room, LastSeq: 2001, LastChange: 2001}, nil)
	e.until(t, "activity of the room that was entered", func() bool { return len(e.events) == 1 })
	a.mu.Lock()
	defer a.mu.Unlock()
	if !newest(a) {
		t.Error("who has left hears of it")
	}
}

func TestActivityOfOneNodeReachesMembersOnAnother(t *testing.T) {
	room, ana := parley.NewID(), parley.NewID()
	h := house(newTable())
	h.Members = func(context.Context, parley.ID) ([]parley.ID, error) { return []parley.ID{ana}, nil }
	a, b := two(t, needRedis(t), realtime.Options{}, h)
	c := connect(t, b.url, ana).connected(t)
	a.Touch(parley.Activity{Conversation: room, LastSeq: 1, LastChange: 1}, []parley.ID{ana})
	c.until(t, "activity", func() bool { return len(c.events) == 1 && c.events[0].Activity.Mentioned })
}

// BenchmarkPostsInARoom measures what a room's members cost its posts: ns/op is Publish and Touch as seen by who posts.
func BenchmarkPostsInARoom(b *testing.B) {
	for _, size := range []int{1, 1000} {
		b.Run(map[int]string{1: "one present", 1000: "thousand present of 5000"}[size], func(b *testing.B) {
			tab, room := newTable(), parley.NewID()
			var members []parley.ID
			for range 5000 {
				members = append(members, parley.NewID())
			}
			h := house(tab)
			h.Members = func(context.Context, parley.ID) ([]parley.ID, error) { return members, nil }
			s := start(b, realtime.Options{PerAddress: -1}, h)
			for i := range size {
				dialRaw(b, s.url, members[i])
			}
			pace := time.NewTicker(time.Millisecond) // 1,000 a second
			defer pace.Stop()
			var spent time.Duration
			change := int64(0)
			for b.Loop() {
				<-pace.C
				change++
				begin := time.Now()
				s.Publish(realtime.ConversationChannel(room), uint64(change), parley.Event{Type: parley.EventMessage, Message: &parley.Message{Change: change}})
				s.Touch(parley.Activity{Conversation: room, LastSeq: change, LastChange: change}, nil)
				spent += time.Since(begin)
			}
			b.ReportMetric(float64(spent.Nanoseconds())/float64(change), "ns/post")
		})
	}
}
