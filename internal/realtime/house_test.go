package realtime_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/centrifugal/centrifuge-go"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
)

const epoch = "test-epoch"

// table is a message table in memory: each message once, with its newest change. Nodes share it as they share a database.
type table struct {
	mu      sync.Mutex
	changes map[parley.ID]uint64
	rows    map[parley.ID]map[int64]parley.Message // by conversation and seq
	reads   int
	err     error

	// commit order and publish order are the same, as with hooks after a commit.
	publish sync.Map // conversation -> *sync.Mutex
}

func newTable() *table {
	return &table{changes: map[parley.ID]uint64{}, rows: map[parley.ID]map[int64]parley.Message{}}
}

// write changes message seq of a conversation (0: a new one) and returns its new state.
func (t *table) write(c parley.ID, seq int64, body string) parley.Message {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.rows[c] == nil {
		t.rows[c] = map[int64]parley.Message{}
	}
	if seq == 0 {
		seq = int64(len(t.rows[c]) + 1)
	}
	t.changes[c]++
	m := parley.Message{Conversation: c, Seq: seq, Change: int64(t.changes[c]), Body: body}
	t.rows[c][seq] = m
	return m
}

// post writes and publishes on a node.
func (t *table) post(n *realtime.Node, c parley.ID, seq int64, body string) parley.Message {
	lock, _ := t.publish.LoadOrStore(c, &sync.Mutex{})
	lock.(*sync.Mutex).Lock()
	defer lock.(*sync.Mutex).Unlock()
	m := t.write(c, seq, body)
	n.Publish(realtime.ConversationChannel(c), uint64(m.Change), parley.Event{Type: parley.EventMessage, Message: &m})
	return m
}

func (t *table) Since(_ context.Context, c parley.ID, offset uint64, limit int) ([]realtime.Publication, uint64, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reads++
	if t.err != nil {
		return nil, 0, t.err
	}
	var list []parley.Message
	if limit > 0 {
		for _, m := range t.rows[c] {
			if uint64(m.Change) > offset {
				list = append(list, m)
			}
		}
	}
	slices.SortFunc(list, func(a, b parley.Message) int { return int(a.Change - b.Change) })
	list = list[:min(len(list), limit)]
	pubs := make([]realtime.Publication, len(list))
	for i := range list {
		data, _ := json.Marshal(parley.Event{Type: parley.EventMessage, Message: &list[i]})
		pubs[i] = realtime.Publication{Offset: uint64(list[i].Change), Data: data}
	}
	return pubs, t.changes[c], nil
}

func (t *table) state(c parley.ID) map[int64]parley.Message {
	t.mu.Lock()
	defer t.mu.Unlock()
	m := map[int64]parley.Message{}
	for k, v := range t.rows[c] {
		m[k] = v
	}
	return m
}

// who signs everybody in who says so: "Person: <id>", "Session: <id>", "Guest: yes".
func who(r *http.Request) (realtime.Caller, error) {
	p, err := parley.ParseID(r.Header.Get("Person"))
	if err != nil || p == parley.None {
		return realtime.Caller{}, parley.ErrUnknown
	}
	s, _ := parley.ParseID(r.Header.Get("Session"))
	return realtime.Caller{Person: p, Session: s, Guest: r.Header.Get("Guest") != ""}, nil
}

func house(h realtime.History) realtime.House {
	return realtime.House{
		History:     h,
		FromRequest: who,
		Authorize:   func(context.Context, realtime.Caller, parley.ID) error { return nil },
		Members:     func(context.Context, parley.ID) ([]parley.ID, error) { return nil, nil },
		Visible: func(_ context.Context, _ realtime.Caller, people []parley.ID) ([]parley.ID, error) {
			return people, nil
		},
	}
}

type server struct {
	*realtime.Node
	http *httptest.Server
	url  string
	log  news
}

// news is a log of which only is told that something was written.
type news chan struct{}

func (n news) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelInfo }
func (n news) WithAttrs([]slog.Attr) slog.Handler           { return n }
func (n news) WithGroup(string) slog.Handler                { return n }
func (n news) Handle(context.Context, slog.Record) error {
	select {
	case n <- struct{}{}:
	default:
	}
	return nil
}

func start(t testing.TB, o realtime.Options, h realtime.House, also ...func(*realtime.Node)) *server {
	t.Helper()
	o.Epoch = epoch
	s := &server{log: make(news, 1)}
	o.Logger = slog.New(s.log)
	n, err := realtime.New(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range also {
		f(n)
	}
	if err := n.Start(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	s.Node, s.http = n, httptest.NewServer(n.Handler())
	s.url = "ws" + strings.TrimPrefix(s.http.URL, "http")
	t.Cleanup(func() { s.stop(t) })
	return s
}

// joins waits until the node hears the others, or no longer does.
func (s *server) joins(t testing.TB, is bool) {
	t.Helper()
	waitFor(t, s.log, "to join or leave the others", func() bool { return s.Joined() == is })
}

func (s *server) stop(t testing.TB) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.Stop(ctx); err != nil {
		t.Errorf("stop: %v", err)
	}
	s.http.Close()
}

// client is a person's app: it keeps of each message the state with the greatest change.
type client struct {
	*centrifuge.Client
	person parley.ID

	mu     sync.Mutex
	events []parley.Event // of own streams
	closed uint32         // code with which it was told not to come back
	moved  chan struct{}
}

func connect(t testing.TB, url string, person parley.ID, header ...string) *client {
	t.Helper()
	c := &client{person: person, moved: make(chan struct{}, 1)}
	h := http.Header{"Person": {person.String()}}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	c.Client = centrifuge.NewJsonClient(url, centrifuge.Config{
		Header: h, MinReconnectDelay: 10 * time.Millisecond, MaxReconnectDelay: 100 * time.Millisecond, HandshakeTimeout: 10 * time.Second,
		ReadTimeout: 20 * time.Second,
	})
	c.OnPublication(func(e centrifuge.ServerPublicationEvent) {
		var event parley.Event
		if err := json.Unmarshal(e.Data, &event); err != nil {
			t.Errorf("event %q: %v", e.Data, err)
		}
		c.mu.Lock()
		c.events = append(c.events, event)
		c.mu.Unlock()
		c.signal()
	})
	c.OnDisconnected(func(e centrifuge.DisconnectedEvent) {
		c.mu.Lock()
		c.closed = e.Code
		c.mu.Unlock()
		c.signal()
	})
	c.OnConnected(func(centrifuge.ConnectedEvent) { c.signal() })
	t.Cleanup(c.Close)
	if err := c.Connect(); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *client) signal() {
	select {
	case c.moved <- struct{}{}:
	default:
	}
}

// until waits for what the client's own events bring about.
func (c *client) until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	waitFor(t, c.moved, what, func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return ok()
	})
}

func waitFor(t testing.TB, moved <-chan struct{}, what string, ok func() bool) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for !ok() {
		select {
		case <-moved:
		case <-deadline:
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

func (c *client) connected(t testing.TB) *client {
	t.Helper()
	waitFor(t, c.moved, "to be connected", func() bool { return c.State() == centrifuge.StateConnected })
	return c
}

// listener is one subscription to a conversation.
type listener struct {
	*centrifuge.Subscription
	mu         sync.Mutex
	state      map[int64]parley.Message
	offsets    []uint64
	last       uint64
	disorder   int // publications that did not follow the one before
	subscribed int
	recovered  int
	refetch    int // times it was told to fetch
	resubs     int
	ephemeral  []parley.Event
	ended      uint32
	err        error
	moved      chan struct{}
}

// listen subscribes; what it must fetch, it fetches from the table, which stands for the HTTP API.
func (c *client) listen(t testing.TB, tab *table, conversation parley.ID) *listener {
	t.Helper()
	l := &listener{state: map[int64]parley.Message{}, moved: make(chan struct{}, 1)}
	sub, err := c.NewSubscription(realtime.ConversationChannel(conversation), centrifuge.SubscriptionConfig{
		Recoverable: true, Positioned: true, MinResubscribeDelay: 5 * time.Millisecond, MaxResubscribeDelay: 50 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	l.Subscription = sub
	sub.OnSubscribing(func(e centrifuge.SubscribingEvent) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if e.Code == 2500 {
			l.resubs++
		}
	})
	sub.OnSubscribed(func(e centrifuge.SubscribedEvent) {
		var fetched map[int64]parley.Message
		if !e.Recovered {
			fetched = tab.state(conversation) // after the position, so nothing is missed
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		l.subscribed++
		if e.Recovered {
			l.recovered++
			if e.StreamPosition.Offset != l.last {
				l.disorder++
			}
		} else {
			if e.WasRecovering {
				l.refetch++
			}
			l.last = e.StreamPosition.Offset
			for _, m := range fetched {
				l.applyLocked(m)
			}
		}
		l.signal()
	})
	sub.OnPublication(func(e centrifuge.PublicationEvent) {
		var event parley.Event
		if err := json.Unmarshal(e.Data, &event); err != nil {
			t.Errorf("publication %q: %v", e.Data, err)
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		defer l.signal()
		if e.Offset == 0 {
			l.ephemeral = append(l.ephemeral, event)
			return
		}
		if e.Offset != l.last+1 {
			l.disorder++
		}
		l.last = e.Offset
		l.offsets = append(l.offsets, e.Offset)
		if event.Message != nil {
			l.applyLocked(*event.Message)
		}
	})
	sub.OnUnsubscribed(func(e centrifuge.UnsubscribedEvent) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.ended = e.Code
		l.signal()
	})
	sub.OnError(func(e centrifuge.SubscriptionErrorEvent) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.err = e.Error
		l.signal()
	})
	if err := sub.Subscribe(); err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *listener) applyLocked(m parley.Message) {
	if l.state[m.Seq].Change < m.Change {
		l.state[m.Seq] = m
	}
}

func (l *listener) signal() {
	select {
	case l.moved <- struct{}{}:
	default:
	}
}

func (l *listener) until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	waitFor(t, l.moved, what, func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return ok()
	})
}

// has waits until the listener has heard of all changes, and compares what it has with the table.
func (l *listener) has(t testing.TB, tab *table, conversation parley.ID) {
	t.Helper()
	tab.mu.Lock()
	top := tab.changes[conversation]
	tab.mu.Unlock()
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("%s: %s, at %d of %d, %d publications, subscribed %d times, error %v", conversation, l.State(), l.last, top, len(l.offsets), l.subscribed, l.err)
		}
	})
	l.until(t, "all changes", func() bool { return l.subscribed > 0 && l.last >= top })
	l.mu.Lock()
	defer l.mu.Unlock()
	want := tab.state(conversation)
	if len(want) != len(l.state) {
		t.Fatalf("has %d messages, want %d", len(l.state), len(want))
	}
	for seq, m := range want {
		if l.state[seq].Change != m.Change || l.state[seq].Body != m.Body {
			t.Fatalf("message %d: has %+v, want %+v", seq, l.state[seq], m)
		}
	}
	if l.disorder > 0 {
		t.Fatalf("%d publications out of order", l.disorder)
	}
}

func (t *table) fail(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.err = err
}
