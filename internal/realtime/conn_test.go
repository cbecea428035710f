package realtime_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/centrifugal/centrifuge-go"
	"github.com/gorilla/websocket"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
)

func TestWhatOneMayNotReadDoesNotExist(t *testing.T) {
	tab, hidden, forbidden := newTable(), parley.NewID(), parley.NewID()
	h := house(tab)
	h.Authorize = func(_ context.Context, _ realtime.Caller, c parley.ID) error {
		if c == forbidden {
			return fmt.Errorf("read: %w", parley.ErrForbidden)
		}
		return fmt.Errorf("read: %w", parley.ErrNotFound)
	}
	s := start(t, realtime.Options{}, h)
	c := connect(t, s.url, parley.NewID())
	for _, channel := range []string{
		realtime.ConversationChannel(hidden), realtime.ConversationChannel(forbidden), realtime.PersonChannel(parley.NewID()),
		realtime.MembersChannel + "x", "c:", "c:" + strings.ToUpper(hidden.String()), "c:0", "x:y",
	} {
		sub, err := c.NewSubscription(channel)
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan uint32, 1)
		sub.OnUnsubscribed(func(e centrifuge.UnsubscribedEvent) { ended <- e.Code })
		sub.OnSubscribed(func(centrifuge.SubscribedEvent) { ended <- 0 })
		_ = sub.Subscribe()
		if code := <-ended; code != 103 {
			t.Errorf("%s: %d", channel, code)
		}
	}
}

func TestAGuestDoesNotHearOfTheOrganisation(t *testing.T) {
	s := start(t, realtime.Options{}, house(newTable()))
	member, guest := connect(t, s.url, parley.NewID()).connected(t), connect(t, s.url, parley.NewID(), "Guest", "yes").connected(t)
	s.Publish(realtime.MembersChannel, 0, parley.Event{Type: parley.EventOrganisation})
	s.Publish(realtime.PersonChannel(guest.person), 0, parley.Event{Type: parley.EventGone})
	member.until(t, "news of the organisation", func() bool { return len(member.events) == 1 })
	guest.until(t, "own news", func() bool { return len(guest.events) == 1 && guest.events[0].Type == parley.EventGone })
}

func TestWhoIsNotSignedInIsNotConnected(t *testing.T) {
	h := house(newTable())
	bot := parley.NewID()
	h.FromToken = func(_ context.Context, token string) (realtime.Caller, error) {
		if token != "parley_good" {
			return realtime.Caller{}, parley.ErrUnknown
		}
		return realtime.Caller{Person: bot}, nil
	}
	s := start(t, realtime.Options{}, h)
	c := connect(t, s.url, parley.None)
	c.until(t, "refusal", func() bool { return c.closed == 1001 })
	for token, want := range map[string]bool{"parley_good": true, "parley_bad": false} {
		b := centrifuge.NewJsonClient(s.url, centrifuge.Config{Data: []byte(`{"token":"` + token + `"}`)})
		t.Cleanup(b.Close)
		got := make(chan bool, 1)
		b.OnConnected(func(centrifuge.ConnectedEvent) { got <- true })
		b.OnDisconnected(func(centrifuge.DisconnectedEvent) { got <- false })
		_ = b.Connect()
		if in := <-got; in != want {
			t.Errorf("%s: connected %v", token, in)
		}
	}
}

func TestSigningOutWhileConnectingIsNotMissed(t *testing.T) {
	ana, session := parley.NewID(), parley.NewID()
	h := house(newTable())
	var s *server
	h.FromRequest = func(r *http.Request) (realtime.Caller, error) {
		c, err := who(r)
		s.SignOut(ana, session) // after the credentials were found good, before the connection is known
		return c, err
	}
	s = start(t, realtime.Options{}, h)
	c := connect(t, s.url, ana, "Session", session.String())
	c.until(t, "to be signed out", func() bool { return c.closed == 4501 })
}

func TestASessionThatEndsByItselfIsClosed(t *testing.T) {
	h := house(newTable())
	asked := 0
	h.FromRequest = func(r *http.Request) (realtime.Caller, error) {
		if asked++; asked > 1 {
			return realtime.Caller{}, parley.ErrUnknown
		}
		c, err := who(r)
		c.ExpiresAt = time.Now().Add(time.Second)
		return c, err
	}
	s := start(t, realtime.Options{}, h)
	c := connect(t, s.url, parley.NewID())
	c.until(t, "to be refused on coming back", func() bool { return c.closed == 1001 })
}

func TestTheDoorHasLimits(t *testing.T) {
	s := start(t, realtime.Options{PerAddress: 3, Origins: []string{"https://app.example.org"}}, house(newTable()))
	dial := func(person parley.ID, origin string) (*websocket.Conn, int) {
		h := http.Header{"Person": {person.String()}}
		if origin != "" {
			h.Set("Origin", origin)
		}
		c, r, err := websocket.DefaultDialer.Dial(s.url, h)
		if err != nil {
			return nil, r.StatusCode
		}
		t.Cleanup(func() { _ = c.Close() })
		return c, 101
	}
	for origin, want := range map[string]int{"": 101, s.http.URL: 101, "https://app.example.org": 101, "https://evil.example.org": 403, "null": 403} {
		c, got := dial(parley.NewID(), origin)
		if got != want {
			t.Errorf("origin %q: %d", origin, got)
		}
		if c != nil {
			_ = c.Close()
		}
	}
	ana := parley.NewID()
	var last *websocket.Conn
	again(t, "closed sockets to be given back", func() bool { last, _ = dial(ana, ""); return last != nil })
	again(t, "three", func() bool { _, code := dial(ana, ""); return code == 503 })
	_ = last.Close()
	again(t, "room again", func() bool { _, code := dial(ana, ""); return code == 101 })

	few := start(t, realtime.Options{PerPerson: 1}, house(newTable()))
	connect(t, few.url, ana).connected(t)
	second := connect(t, few.url, ana)
	second.until(t, "refusal", func() bool { return second.closed == 3504 })
}

func TestASlowReaderIsCutOffAndTheOthersAreNot(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	s := start(t, realtime.Options{QueueSize: 64 << 10, WriteTimeout: 200 * time.Millisecond}, house(tab))
	slow := dialRaw(t, s.url, parley.NewID())
	slow.send(t, `{"id":2,"subscribe":{"channel":"`+realtime.ConversationChannel(room)+`"}}`)
	slow.reply(t)
	l := connect(t, s.url, parley.NewID()).listen(t, tab, room)
	l.until(t, "subscription", func() bool { return l.subscribed == 1 })
	body := strings.Repeat("x", 30<<10)
	for i := range 400 { // 12 MB, more than the kernel keeps for who does not read
		tab.post(s.Node, room, int64(i%5), body)
		l.until(t, "that one", func() bool { return l.last > uint64(i) })
	}
	l.has(t, tab, room)
	_ = slow.SetReadDeadline(time.Now().Add(20 * time.Second))
	for {
		if _, _, err := slow.ReadMessage(); err != nil {
			var timeout interface{ Timeout() bool }
			if errors.As(err, &timeout) && timeout.Timeout() {
				t.Fatal("not cut off")
			}
			return
		}
	}
}

func TestHostileFramesHurtNobodyElse(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	s := start(t, realtime.Options{PerAddress: -1}, house(tab), func(n *realtime.Node) {
		n.Handle("echo", func(_ context.Context, _ realtime.Caller, data []byte, answer func(any, error)) {
			answer(string(data), nil)
		})
	})
	good := connect(t, s.url, parley.NewID()).listen(t, tab, room)
	good.until(t, "subscription", func() bool { return good.subscribed == 1 })
	channel := realtime.ConversationChannel(room)
	seeds := []string{
		`{"id":1,"connect":{}}`, `{"id":2,"subscribe":{"channel":"` + channel + `","recover":true,"offset":18446744073709551615,"epoch":"x"}}`,
		`{"id":2,"subscribe":{"channel":"` + channel + `","recover":true,"offset":-1}}`, `{"id":3,"publish":{"channel":"` + channel + `","data":{}}}`,
		`{"id":3,"history":{"channel":"` + channel + `","limit":-1}}`, `{"id":3,"presence":{"channel":"` + channel + `"}}`,
		`{"id":3,"subscribe":{"channel":"` + channel + `","type":1}}`, `{"id":3,"subscribe":{"channel":"` + channel + `","type":4}}`,
		`{"id":3,"sub_refresh":{"channel":"` + channel + `","token":"x"}}`, `{"id":4,"refresh":{"token":"x"}}`, `{"send":{"data":{}}}`,
		`{"id":5,"rpc":{"method":"watch","data":{"people":[]}}}`, `{"id":5,"rpc":{"method":"active","data":null}}`, `{"id":5,"rpc":{"method":"echo"}}`,
		`{"id":5,"rpc":{"method":"watch","data":"x"}}`, `{"id":6,"unsubscribe":{"channel":"` + channel + `"}}`, `{"id":4294967295,"ping":{}}`,
		`{}`, "\n", `[`, `{"id":"x"}`, strings.Repeat(`{"id":9,"ping":{}}`+"\n", 200), strings.Repeat("[", 5000),
	}
	for range 500 {
		c, _, err := websocket.DefaultDialer.Dial(s.url, http.Header{"Person": {parley.NewID().String()}})
		if err != nil {
			t.Fatal(err)
		}
		if rand.IntN(4) > 0 {
			_ = c.WriteMessage(websocket.TextMessage, []byte(seeds[0]))
		}
		for range rand.IntN(12) {
			b := []byte(seeds[rand.IntN(len(seeds))])
			for range rand.IntN(3) {
				b[rand.IntN(len(b))] = byte(rand.IntN(256))
			}
			_ = c.WriteMessage(1+rand.IntN(2), b)
		}
		switch rand.IntN(3) {
		case 0:
			_, _ = c.NetConn().Write([]byte{0xff, 0xff, 0, 1, 2}) // no frame at all
		case 1:
			_ = c.WriteMessage(websocket.TextMessage, make([]byte, 200<<10)) // too large
		}
		_ = c.Close()
	}
	tab.post(s.Node, room, 0, "still here")
	good.has(t, tab, room)
}

func TestStopLeavesNoGoroutineBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	r := ownRedis(t)
	tab, room := newTable(), parley.NewID()
	s := start(t, realtime.Options{RedisURL: r.url}, house(tab))
	var clients []*client
	for range 20 {
		c := connect(t, s.url, parley.NewID())
		l := c.listen(t, tab, room)
		l.until(t, "subscription", func() bool { return l.subscribed == 1 })
		clients = append(clients, c)
	}
	silent, _, err := websocket.DefaultDialer.Dial(s.url, nil) // never says who it is, and does not listen
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	s.stop(t)
	t.Logf("stopped in %v", time.Since(begin))
	_ = silent.Close()
	for _, c := range clients {
		if c.closed != 0 {
			t.Errorf("told not to come back: %d", c.closed)
		}
		c.Close()
	}
	r.stop()
	again(t, "all goroutines to end", func() bool {
		runtime.Gosched()
		return runtime.NumGoroutine() <= before+2
	})
}

// again tries until it is so: for what can be asked and tells nobody when it happens.
func again(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for begin := time.Now(); !ok(); {
		if time.Since(begin) > 20*time.Second {
			t.Fatalf("tried in vain: %s", what)
		}
	}
}
