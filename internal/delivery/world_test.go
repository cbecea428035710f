package delivery_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/job"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// world is an organisation on a real database, with a clock that the test moves, and ways that write down what they told.
type world struct {
	*delivery.Service
	ctx           context.Context
	t             testing.TB // nil in a process of its own
	db            *store.DB
	jobs          *job.Queue
	conversations *conversation.Service
	people        *identity.Service
	live          *apps
	push, email   *way
	now           time.Time // zero: the machine's
	moved         func()    // after each move of the clock
}

// Monday is the begin of each story: 2026-11-23, ten o'clock in Berlin.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { test(newWorld(t, db, monday)) })
}

func newWorld(t testing.TB, db *store.DB, now time.Time) *world {
	w := &world{t: t, ctx: context.Background(), db: db, now: now, moved: func() {}, live: &apps{using: map[parley.ID]bool{}}}
	clock := func() time.Time {
		if w.now.IsZero() {
			return time.Now()
		}
		return w.now
	}
	quiet := slog.New(slog.DiscardHandler)
	var err error
	w.people, err = identity.New(w.ctx, identity.Options{DB: db, Clock: clock, Logger: quiet})
	w.must(err)
	w.jobs = job.New(db, quiet)
	w.jobs.Clock = clock
	w.conversations = conversation.New(conversation.Options{DB: db, Live: w.live, Rules: w.people, Jobs: w.jobs, Clock: clock, Logger: quiet})
	w.Service = delivery.New(delivery.Options{DB: db, Conversations: w.conversations, People: w.people, Jobs: w.jobs, Live: w.live, Clock: clock, Logger: quiet})
	w.push, w.email = &way{w: w, kind: parley.AddressPush}, &way{w: w, kind: parley.AddressEmail}
	w.Use(w.push)
	w.Use(w.email)
	return w
}

func (w *world) must(err error) {
	switch {
	case err == nil:
	case w.t == nil:
		panic(err)
	default:
		w.t.Fatal(err)
	}
}

// settle plans what was said and does what is due now.
func (w *world) settle() {
	for range 100 {
		w.must(w.PlanAll(w.ctx))
		w.must(w.jobs.Drain(w.ctx))
		var left int
		w.must(w.db.QueryRow(w.ctx, `SELECT count(*) FROM unplanned`).Scan(&left))
		if left == 0 {
			return
		}
	}
	w.must(errors.New("there is no end to what is due"))
}

// until lets time pass: at each instant at which something is due it is done then.
func (w *world) until(at time.Time) {
	w.settle()
	for {
		due, err := store.All(w.ctx, w.db, store.Value[int64], `SELECT due_at FROM job WHERE failed_at = 0 AND due_at <= ? ORDER BY due_at LIMIT 1`, at.UnixMilli())
		w.must(err)
		if len(due) == 0 {
			w.now = at
			w.moved()
			return
		}
		if next := time.UnixMilli(due[0]).UTC(); next.After(w.now) {
			w.now = next
			w.moved()
		}
		w.settle()
	}
}

func (w *world) pass(d time.Duration) { w.until(w.now.Add(d)) }

// person makes somebody with working hours 9 to 17 in a zone; "": at any time.
func (w *world) person(name, zone string) parley.Person {
	p := parley.Person{ID: parley.NewID(), Handle: name, Name: name, Kind: parley.Human, Role: parley.MemberRole, Zone: cmp.Or(zone, "UTC"), Language: "en"}
	hours := `[]`
	if zone != "" {
		hours = `[{"day":1,"from":"09:00","to":"17:00"},{"day":2,"from":"09:00","to":"17:00"},{"day":3,"from":"09:00","to":"17:00"},{"day":4,"from":"09:00","to":"17:00"},{"day":5,"from":"09:00","to":"17:00"}]`
	}
	w.must(w.db.Write(w.ctx, p.ID, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO person (id, handle, name, kind, role, zone, language, hours, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			p.ID, p.Handle, p.Name, p.Kind, p.Role, p.Zone, p.Language, hours, w.now.UnixMilli())
		return err
	}))
	return p
}

func (w *world) create(by parley.Person, b conversation.Beginning) parley.ID {
	c, err := w.conversations.Create(w.ctx, by, b)
	w.must(err)
	return c.ID
}

func (w *world) direct(a, b parley.Person) parley.ID {
	return w.create(a, conversation.Beginning{Kind: parley.Direct, People: []parley.ID{b.ID}})
}

func (w *world) channel(by parley.Person, people ...parley.Person) parley.ID {
	ids := []parley.ID{}
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	return w.create(by, conversation.Beginning{Kind: parley.Channel, Visibility: parley.Private, Name: fmt.Sprint("room ", parley.NewID()), People: ids})
}

// say posts and plans.
func (w *world) say(by parley.Person, d conversation.Draft) parley.Message {
	d.Via = parley.ViaApp
	posted, err := w.conversations.Post(w.ctx, by, d)
	w.must(err)
	w.settle()
	return posted.Message
}

func (w *world) read(by parley.Person, m parley.Message) {
	_, err := w.conversations.Read(w.ctx, by, m.Conversation, m.Seq)
	w.must(err)
}

// delivered is how m is with a person, as its author sees it.
func (w *world) delivered(author parley.Person, m parley.Message, to parley.Person) parley.Delivery {
	t, err := w.Trace(w.ctx, author, parley.Place{Conversation: m.Conversation, Seq: m.Seq})
	w.must(err)
	for _, d := range t.Deliveries {
		if d.Person == to.ID {
			return d
		}
	}
	return parley.Delivery{}
}

func (w *world) inbox(of parley.Person) delivery.Inbox {
	in, err := w.Inbox(w.ctx, of)
	w.must(err)
	return in
}

// apps are the open apps: who uses one, and what was published.
type apps struct {
	mu     sync.Mutex
	using  map[parley.ID]bool
	events []published
	then   func() // after each event
}

type published struct {
	channel string
	parley.Event
}

func (a *apps) Publish(channel string, _ uint64, e parley.Event) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.events = append(a.events, published{channel, e})
	if a.then != nil {
		a.then()
	}
}
func (a *apps) Touch(parley.Activity, []parley.ID)          {}
func (a *apps) MembersChanged(parley.ID, ...parley.ID)      {}
func (a *apps) Using(people []parley.ID) map[parley.ID]bool { return a.using }

// all returns the events for a person, in order.
func (a *apps) all(p parley.Person) (list []parley.Event) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, e := range a.events {
		if e.channel == conversation.Own(p.ID) {
			list = append(list, e.Event)
		}
	}
	return list
}

// on returns the events of a type for a person.
func (a *apps) on(p parley.Person, kind parley.EventType) (list []parley.Event) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, e := range a.events {
		if e.channel == conversation.Own(p.ID) && e.Type == kind {
			list = append(list, e.Event)
		}
	}
	return list
}

// way is a way to reach people that writes down what it told, and when.
type way struct {
	w    *world
	kind parley.AddressKind
	mu   sync.Mutex
	told []told
	none map[parley.ID]bool // who cannot be reached by it
	fail error
	then func(told) // after each
	when func()     // before each
}

type told struct {
	at time.Time
	parley.Envelope
}

func (y *way) Kind() parley.AddressKind { return y.kind }

func (y *way) Addresses(_ context.Context, person parley.ID) ([]parley.Address, error) {
	if y.none[person] {
		return nil, nil
	}
	return []parley.Address{{Kind: y.kind, Value: person.String(), Proof: "test"}}, nil
}

func (y *way) Deliver(_ context.Context, e parley.Envelope) (parley.Receipt, error) {
	y.mu.Lock()
	defer y.mu.Unlock()
	if y.fail != nil {
		return parley.Receipt{}, y.fail
	}
	if y.when != nil {
		y.when()
	}
	y.told = append(y.told, told{y.w.now, e})
	if y.then != nil {
		y.then(y.told[len(y.told)-1])
	}
	return parley.Receipt{State: "sent"}, nil
}

// to returns what was told to a person.
func (y *way) to(p parley.Person) []told {
	y.mu.Lock()
	defer y.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(y.told), func(t told) bool { return t.Person != p.ID })
}

// messages returns what was said in a conversation.
func (w *world) messages(by parley.Person, id parley.ID) (list []parley.Message) {
	page, err := w.conversations.Messages(w.ctx, by, id, conversation.Range{})
	w.must(err)
	return slices.DeleteFunc(page.Messages, func(m parley.Message) bool { return m.Kind != parley.Text })
}

// move has a person live in another zone.
func (w *world) move(p parley.Person, zone string) {
	_, err := w.people.ChangeProfile(w.ctx, p.ID, identity.Profile{Zone: &zone})
	w.must(err)
	w.must(w.PersonChanged(w.ctx, p.ID))
}
