package conversation_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// world is an organisation with people in it, and what went to the live streams.
type world struct {
	*conversation.Service
	t    testing.TB
	db   *store.DB
	live *listener
}

// each runs a test in a new world on each database.
func each(t *testing.T, test func(w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { test(newWorld(t, db)) })
}

func newWorld(t testing.TB, db *store.DB) *world {
	w := &world{t: t, db: db, live: &listener{}}
	blobs, err := blob.Open(context.Background(), "file://"+t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w.Service = conversation.New(conversation.Options{DB: db, Live: w.live, Rules: rules{}, Blobs: blobs, MaxFile: 1 << 20})
	return w
}

type rules struct{}

func (rules) Organisation(context.Context) (parley.Organisation, error) {
	return parley.Organisation{Name: "Test", CreateChannels: parley.MemberRole, MentionEveryone: parley.Admin, Invite: parley.MemberRole}, nil
}

// listener keeps all that was published, in order.
type listener struct {
	mu     sync.Mutex
	events []published
	news   chan struct{}             // closed at the next event
	gone   map[parley.ID][]parley.ID // by conversation: who may have lost the sight of it
}

// published is one event, or what is told of a conversation that has moved on.
type published struct {
	channel string
	offset  uint64
	parley.Event
	moved     *parley.Activity
	mentioned []parley.ID
}

func (l *listener) Publish(channel string, offset uint64, e parley.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events = append(l.events, published{channel: channel, offset: offset, Event: e})
	if l.news != nil {
		close(l.news)
		l.news = nil
	}
}

// arrived is closed when something is published from now on.
func (l *listener) arrived() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.news == nil {
		l.news = make(chan struct{})
	}
	return l.news
}

func (l *listener) Touch(a parley.Activity, mentioned []parley.ID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events = append(l.events, published{moved: &a, mentioned: mentioned})
}

func (l *listener) MembersChanged(c parley.ID, gone ...parley.ID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.gone == nil {
		l.gone = map[parley.ID][]parley.ID{}
	}
	l.gone[c] = append(l.gone[c], gone...)
}

func (l *listener) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events = nil
}

// since returns what was published after the first n, and counts it.
func (l *listener) since(n *int) []published {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := l.events[*n:]
	*n = len(l.events)
	return list
}

// on returns the events of one channel and type.
func (l *listener) on(channel string, kind parley.EventType) (list []published) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.events {
		if e.channel == channel && e.Type == kind {
			list = append(list, e)
		}
	}
	return list
}

// person makes somebody whose handle is their name.
func (w *world) person(name string, role parley.Role) parley.Person {
	w.t.Helper()
	p := parley.Person{ID: parley.NewID(), Handle: name, Name: name, Kind: parley.Human, Role: role, Zone: "Europe/Berlin", Language: "en"}
	err := w.db.Write(context.Background(), p.ID, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO person (id, handle, name, kind, role, zone, language, hours, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, '[]', ?)`,
			p.ID, p.Handle, p.Name, p.Kind, p.Role, p.Zone, p.Language, time.Now().UnixMilli())
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// channel makes a channel of by with people in it.
func (w *world) channel(by parley.Person, visibility parley.Visibility, name string, people ...parley.Person) parley.ID {
	w.t.Helper()
	return w.create(by, conversation.Beginning{Kind: parley.Channel, Visibility: visibility, Name: name, People: ids(people)})
}

func (w *world) create(by parley.Person, b conversation.Beginning) parley.ID {
	w.t.Helper()
	c, err := w.Create(context.Background(), by, b)
	if err != nil {
		w.t.Fatal(err)
	}
	return c.ID
}

// say posts and must succeed.
func (w *world) say(by parley.Person, in parley.ID, format string, args ...any) parley.Message {
	w.t.Helper()
	p, err := w.Post(context.Background(), by, conversation.Draft{Conversation: in, Body: fmt.Sprintf(format, args...), Via: parley.ViaApp})
	if err != nil {
		w.t.Fatal(err)
	}
	return p.Message
}

// answer posts in a thread and must succeed.
func (w *world) answer(by parley.Person, root parley.Message, body string) parley.Message {
	w.t.Helper()
	p, err := w.Post(context.Background(), by, conversation.Draft{Conversation: root.Conversation, Thread: root.Seq, Body: body, Via: parley.ViaApp})
	if err != nil {
		w.t.Fatal(err)
	}
	return p.Message
}

// all returns every message of a conversation, in order.
func (w *world) all(by parley.Person, in parley.ID) []parley.Message {
	w.t.Helper()
	var list []parley.Message
	for {
		after := int64(0)
		if len(list) > 0 {
			after = list[len(list)-1].Seq
		}
		r := conversation.Range{After: after, Limit: parley.MaxPageSize}
		if after == 0 {
			r = conversation.Range{Around: 1, Limit: parley.MaxPageSize}
		}
		p, err := w.Messages(context.Background(), by, in, r)
		if err != nil {
			w.t.Fatal(err)
		}
		list = append(list, p.Messages...)
		if p.Last {
			return list
		}
	}
}

func (w *world) get(by parley.Person, id parley.ID) parley.Conversation {
	w.t.Helper()
	c, err := w.Get(context.Background(), by, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// refused checks that err is of a kind.
func (w *world) refused(err, kind error) {
	w.t.Helper()
	if !errors.Is(err, kind) {
		w.t.Errorf("got %v, want an error of kind %q", err, kind)
	}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func ids(people []parley.Person) (list []parley.ID) {
	for _, p := range people {
		list = append(list, p.ID)
	}
	return list
}

func at(m parley.Message) parley.Place { return parley.Place{Conversation: m.Conversation, Seq: m.Seq} }

func instantOf(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// upload keeps a file of by's.
func (w *world) upload(by parley.Person, name, content string) parley.File {
	w.t.Helper()
	f, err := w.Upload(context.Background(), by, name, strings.NewReader(content))
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

// finds checks that a search finds exactly these, the newest first.
func (w *world) finds(by parley.Person, query string, want ...parley.Message) {
	w.t.Helper()
	found, err := w.Search(context.Background(), by, query, parley.None, 0)
	if err != nil {
		w.t.Fatal(err)
	}
	var got, expected []string
	for _, m := range found.Messages {
		got = append(got, m.Body)
	}
	for _, m := range want {
		m, err = w.Message(context.Background(), by, at(m))
		w.must(err)
		expected = append(expected, m.Body)
	}
	if strings.Join(got, "|") != strings.Join(expected, "|") {
		w.t.Errorf("%s finds %q, want %q", query, got, expected)
	}
}

// named runs a case and says which failed.
func (w *world) named(name string, f func()) {
	w.t.Helper()
	before := w.t.Failed()
	f()
	if !before && w.t.Failed() {
		w.t.Errorf("that was: %s", name)
	}
}
