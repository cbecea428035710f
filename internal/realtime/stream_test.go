package realtime_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
)

func TestAListenerHearsEveryChangeInOrder(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	s := start(t, realtime.Options{}, house(tab))
	l := connect(t, s.url, parley.NewID()).listen(t, tab, room)
	l.until(t, "subscription", func() bool { return l.subscribed == 1 })
	for i := range 100 {
		tab.post(s.Node, room, int64(i%7), fmt.Sprint("body ", i)) // new ones and changes of old ones
	}
	l.has(t, tab, room)
	if len(l.offsets) != 100 || l.resubs != 0 {
		t.Fatalf("%d publications, %d times subscribed anew", len(l.offsets), l.resubs)
	}
}

func TestAnEphemeralEventReachesListenersAndIsForgotten(t *testing.T) {
	tab, room, ana := newTable(), parley.NewID(), parley.NewID()
	s := start(t, realtime.Options{}, house(tab))
	l := connect(t, s.url, ana).listen(t, tab, room)
	l.until(t, "subscription", func() bool { return l.subscribed == 1 })
	s.Publish(realtime.ConversationChannel(room), 0, parley.Event{Type: parley.EventTyping, Typing: &parley.Typing{Person: ana}})
	l.until(t, "typing", func() bool { return len(l.ephemeral) == 1 && l.ephemeral[0].Typing.Person == ana })
}

// gate is an address whose server can go away and come back, as another one.
type gate struct {
	http.Handler
	mu sync.Mutex
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	h := g.Handler
	g.mu.Unlock()
	if h == nil {
		http.Error(w, "away", http.StatusBadGateway)
		return
	}
	h.ServeHTTP(w, r)
}

func (g *gate) set(h http.Handler) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.Handler = h
}

func TestARestartOfTheServerLosesNothing(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	g := &gate{}
	front := httptest.NewServer(g)
	defer front.Close()
	first := start(t, realtime.Options{}, house(tab))
	g.set(first.Handler())
	l := connect(t, "ws"+front.URL[4:], parley.NewID()).listen(t, tab, room)
	l.until(t, "subscription", func() bool { return l.subscribed == 1 })
	for range 3 {
		tab.post(first.Node, room, 0, "before")
	}
	l.has(t, tab, room)
	g.set(nil)
	first.stop(t)
	tab.write(room, 0, "while away")
	tab.write(room, 2, "edited while away")
	tab.write(room, 2, "edited again while away") // so that the row's offset is not the next one
	second := start(t, realtime.Options{}, house(tab))
	g.set(second.Handler())
	l.until(t, "recovery", func() bool { return l.recovered == 1 })
	tab.post(second.Node, room, 0, "after")
	l.has(t, tab, room)
	if l.refetch != 0 || l.last != 7 {
		t.Fatalf("refetched %d times, at offset %d", l.refetch, l.last)
	}
}

func TestWhoWasAwayForTooManyChangesIsToldToFetch(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	s := start(t, realtime.Options{Recovery: 10}, house(tab))
	l := connect(t, s.url, parley.NewID()).listen(t, tab, room)
	l.until(t, "subscription", func() bool { return l.subscribed == 1 })
	if err := l.Unsubscribe(); err != nil {
		t.Fatal(err)
	}
	for range 11 {
		tab.post(s.Node, room, 0, "missed")
	}
	if err := l.Subscribe(); err != nil {
		t.Fatal(err)
	}
	l.until(t, "second subscription", func() bool { return l.subscribed == 2 })
	l.has(t, tab, room)
	if l.refetch+l.recovered > 1 {
		t.Fatalf("refetched %d, recovered %d", l.refetch, l.recovered)
	}
}

func TestWhatWasNotPublishedComesFromHistory(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	s := start(t, realtime.Options{}, house(tab))
	l := connect(t, s.url, parley.NewID()).listen(t, tab, room)
	l.until(t, "subscription", func() bool { return l.subscribed == 1 })
	for i := range 50 {
		if i%5 == 4 {
			tab.post(s.Node, room, int64(i%3), "told")
		} else {
			tab.write(room, int64(i%3), "not told")
		}
	}
	l.has(t, tab, room)
	if l.resubs != 0 {
		t.Fatalf("%d times subscribed anew", l.resubs)
	}
}

func TestPublicationsOutOfOrderArePutRight(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	s := start(t, realtime.Options{}, house(tab))
	l := connect(t, s.url, parley.NewID()).listen(t, tab, room)
	l.until(t, "subscription", func() bool { return l.subscribed == 1 })
	for range 50 {
		var late []parley.Message
		for range 4 {
			late = append(late, tab.write(room, 0, "shuffled"))
		}
		rand.Shuffle(len(late), func(i, j int) { late[i], late[j] = late[j], late[i] })
		for _, m := range late {
			s.Publish(realtime.ConversationChannel(room), uint64(m.Change), parley.Event{Type: parley.EventMessage, Message: &m})
		}
	}
	l.has(t, tab, room)
	if len(l.offsets) != 200 || l.resubs != 0 {
		t.Fatalf("%d publications, %d times subscribed anew", len(l.offsets), l.resubs)
	}
}

func TestManyPublishersAndListenersWhoComeAndGo(t *testing.T) {
	tab := newTable()
	s := start(t, realtime.Options{}, house(tab))
	rooms := []parley.ID{parley.NewID(), parley.NewID(), parley.NewID()}
	var posting sync.WaitGroup
	enough := make(chan struct{})
	for i := range 6 {
		posting.Go(func() {
			pace := time.NewTicker(time.Millisecond)
			defer pace.Stop()
			for j := 0; ; j++ {
				select {
				case <-enough:
					return
				case <-pace.C:
				}
				for k := range 1 + rand.IntN(3) {
					tab.post(s.Node, rooms[(i+j+k)%len(rooms)], rand.Int64N(20), fmt.Sprint(i, "/", j))
				}
			}
		})
	}
	followers := make([]*follower, 24)
	var following sync.WaitGroup
	for i := range followers {
		f := newFollower(s.url, tab, rooms[i%len(rooms)])
		followers[i] = f
		following.Go(func() {
			err := f.come()
			for range 12 {
				if err != nil {
					break
				}
				switch enough := f.heard + rand.IntN(50); rand.IntN(3) {
				case 0:
					if err = f.unsubscribe(); err == nil {
						err = f.subscribe()
					}
				case 1:
					f.vanish()
					err = f.come()
				default:
					err = f.listen(func() bool { return f.heard >= enough })
				}
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	following.Wait()
	close(enough)
	posting.Wait()
	recovered := 0
	for _, f := range followers {
		if err := f.complete(); err != nil {
			t.Error(err)
		}
		recovered += f.recovered
		f.vanish()
	}
	if recovered == 0 {
		t.Error("nobody came back")
	}
}

func TestAThousandClientsThatComeBackShareFewReadings(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	g := &gate{}
	front := httptest.NewServer(g)
	defer front.Close()
	first := start(t, realtime.Options{PerAddress: -1}, house(tab))
	g.set(first.Handler())
	const n = 1000
	var got atomic.Int64
	var clients [n]*listener
	var all sync.WaitGroup
	limit := make(chan struct{}, 64)
	for i := range n {
		all.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			l := connect(t, "ws"+front.URL[4:], parley.NewID()).listen(t, tab, room)
			l.until(t, "subscription", func() bool { return l.subscribed == 1 })
			clients[i] = l
			got.Add(1)
		})
	}
	all.Wait()
	g.set(nil)
	first.stop(t)
	for range 20 {
		tab.write(room, 0, "missed")
	}
	tab.mu.Lock()
	tab.reads = 0
	tab.mu.Unlock()
	second := start(t, realtime.Options{PerAddress: -1}, house(tab))
	begin := time.Now()
	g.set(second.Handler())
	for _, l := range clients {
		l.has(t, tab, room)
		if l.refetch > 0 {
			t.Fatal("told to fetch")
		}
	}
	tab.mu.Lock()
	defer tab.mu.Unlock()
	t.Logf("%d clients had their 20 missed changes after %v, by %d readings", n, time.Since(begin), tab.reads)
	if tab.reads > n {
		t.Errorf("%d readings", tab.reads)
	}
}

func TestWhoMissedMoreThanAQueueHoldsIsToldToFetch(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	s := start(t, realtime.Options{QueueSize: 64 << 10}, house(tab))
	l := connect(t, s.url, parley.NewID()).listen(t, tab, room)
	l.until(t, "subscription", func() bool { return l.subscribed == 1 })
	_ = l.Unsubscribe()
	for range 5 {
		tab.write(room, 0, strings.Repeat("x", 30<<10))
	}
	_ = l.Subscribe()
	l.until(t, "second subscription", func() bool { return l.subscribed == 2 })
	l.has(t, tab, room)
}

func TestAListenerWhoComesWhileHistoryCannotBeReadTriesAgain(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	s := start(t, realtime.Options{}, house(tab))
	tab.fail(parley.ErrUnavailable)
	l := connect(t, s.url, parley.NewID()).listen(t, tab, room)
	l.until(t, "a temporary error", func() bool { return l.err != nil })
	tab.fail(nil)
	l.until(t, "subscription", func() bool { return l.subscribed == 1 })
	tab.write(room, 0, "not told")
	tab.fail(parley.ErrUnavailable)
	tab.post(s.Node, room, 0, "told, but the one before cannot be read")
	tab.fail(nil)
	l.has(t, tab, room) // by the next try, a second later
}

func TestOnOneNodeNothingHasToBeReadAgain(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	registry := prometheus.NewRegistry()
	s := start(t, realtime.Options{Metrics: registry}, house(tab))
	l := connect(t, s.url, parley.NewID()).listen(t, tab, room)
	l.until(t, "subscription", func() bool { return l.subscribed == 1 })
	for i := range 2000 {
		tab.post(s.Node, room, int64(i%40), "in order")
		if i%7 == 0 { // in one batch or in several
			l.until(t, "that one", func() bool { return l.last > uint64(i) })
		}
	}
	l.has(t, tab, room)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == "parley_realtime_gaps_total" {
			t.Errorf("holes were found: %v", f)
		}
	}
}
