// Package demo is a living sample: an organisation with three weeks of conversations, people who go on talking while
// one looks, and a page to enter as any of them side by side.
//
// It is served only by `parley demo`, which anybody may enter who reaches it. It stands beside internal/server, above
// identity and conversation, and says everything with their verbs. It knows its own content files and must not be
// known by any other part.
//
// Side by side: each person has a host name of their own (ana.localhost), which browsers resolve to this machine, so
// that each has cookies of their own. Requests stay within one origin; there is nothing to allow across them.
package demo

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/clock"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Parts are those of the server in which the sample lives.
type Parts struct {
	URL           string
	API           *api.API
	People        *identity.Service
	Conversations *conversation.Service
	Blobs         *blob.Store
	DB            *store.DB
	Web           http.Handler // the web app
	Clock         *clock.Clock // of the server; default one that nobody else has
	Log           *slog.Logger // default slog.Default()
	// Pace is the shortest pause between two messages that arrive while one looks; the longest is four times that.
	// Default 5 seconds.
	Pace time.Duration
}

// Demo is the sample in a server.
type Demo struct {
	parts Parts
	log   *slog.Logger
	order []*person // who can be entered
	by    map[string]*person
	hook  string // address of the webhook that the alarms use

	mu      sync.Mutex
	entered map[string]bool // whom a visitor plays

	director director
	stop     context.CancelFunc
	running  sync.WaitGroup
}

// marker is the setting of a database that holds a whole sample.
const marker = "demo"

// New fills the database with the sample, if it is empty, and registers the pages. It is to be called before the
// server starts. ErrConflict: the database holds something else.
func New(ctx context.Context, parts Parts) (*Demo, error) {
	d := &Demo{parts: parts, log: cmp.Or(parts.Log, slog.Default()), by: map[string]*person{}, entered: map[string]bool{}}
	parts.Pace = cmp.Or(parts.Pace, 5*time.Second)
	d.parts.Log, d.parts.Pace = d.log, parts.Pace
	if parts.Clock == nil {
		d.parts.Clock = &clock.Clock{}
	}
	organisation, all, err := readPeople()
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		d.by[p.Handle] = p
		if p.Kind == parley.Human && p.members == nil {
			d.order = append(d.order, p)
		}
	}
	var whole bool
	switch err := store.Setting(ctx, parts.DB, marker, &whole); {
	case errors.Is(err, parley.ErrNotFound):
		s := &seeder{parts: d.parts, now: d.parts.Clock.Now(), by: d.by, channels: map[string]parley.ID{}}
		if err := s.seed(ctx, organisation, all); err != nil {
			return nil, fmt.Errorf("make the sample: %w", err)
		}
	case err != nil:
		return nil, err
	}
	if err := d.recognise(ctx); err != nil {
		return nil, err
	}
	if err := d.direct(ctx); err != nil {
		return nil, err
	}
	if !whole {
		err = parts.DB.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error { return tx.SetSetting(ctx, marker, true) })
	}
	d.offerPages()
	return d, err
}

// recognise finds the people of the content files in the database.
func (d *Demo) recognise(ctx context.Context) error {
	there, err := d.parts.People.People(ctx, parley.Person{ID: 1, Kind: parley.Human, Role: parley.Owner})
	if err != nil {
		return err
	}
	for _, p := range there {
		if known := d.by[p.Handle]; known != nil {
			known.Person = p
		}
	}
	for _, p := range d.order {
		if p.ID == parley.None {
			return fmt.Errorf("there is no %s any more: %w", p.Handle, parley.ErrConflict)
		}
	}
	return nil
}

// direct prepares the director: the channels, the words, the webhook of the alarms.
func (d *Demo) direct(ctx context.Context) (err error) {
	d.director = director{d: d, channels: map[string]parley.ID{}, said: make(chan parley.Message, 64), pace: d.parts.Pace}
	if d.director.exchanges, err = readExchanges(); err != nil {
		return err
	}
	if d.director.answers, err = readAnswers(); err != nil {
		return err
	}
	for _, p := range d.order {
		mine, err := d.parts.Conversations.Mine(ctx, p.Person)
		if err != nil {
			return err
		}
		for _, c := range mine {
			if c.Kind == parley.Channel {
				d.director.channels[c.Name] = c.ID
			}
		}
	}
	for _, e := range d.director.exchanges {
		if d.director.channels[e.in] == parley.None {
			return fmt.Errorf("live.md: there is no #%s: %w", e.in, parley.ErrConflict)
		}
	}
	d.parts.Conversations.Hooks.Said = d.director.hear
	return d.makeHook(ctx, d.director.channels["sensors"])
}

// makeHook makes the incoming webhook of #sensors, as its manager would, and a first alarm comes by it.
func (d *Demo) makeHook(ctx context.Context, in parley.ID) error {
	e, err := d.parts.People.Admit(ctx, d.by["jonas"].ID, identity.Client{UserAgent: "Parley demo"})
	if err != nil {
		return err
	}
	defer d.parts.People.SignOut(ctx, e.Me.ID, e.Session) //nolint:errcheck // it ends by itself
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, d.parts.URL+api.Base+"/conversations/"+in.String()+"/webhooks",
		bytes.NewReader([]byte(`{"name": "Alarms"}`)))
	if err != nil {
		return err
	}
	q.Header.Set("Content-Type", "application/json")
	q.AddCookie(&http.Cookie{Name: api.SessionCookie, Value: e.Token})
	var w answer
	d.parts.API.ServeHTTP(&w, q)
	var made struct {
		URL string `json:"url"`
	}
	if err := json.Unmarshal(w.body.Bytes(), &made); err != nil || made.URL == "" {
		return fmt.Errorf("make a webhook: %d %s", w.status, w.body.String())
	}
	d.hook = made.URL
	return d.director.alert(ctx, `{"username": "Alertmanager", "icon_emoji": ":bell:", "text": "*[RESOLVED] GaugeSilent* Upper Kirichwa, footbridge",`+
		`"attachments": [{"color": "good", "text": "Answers again. Battery 4.02 V, signal good."}]}`)
}

// Start lets the people talk until Stop, or until ctx ends.
func (d *Demo) Start(ctx context.Context) {
	var life context.Context
	life, d.stop = context.WithCancel(ctx)
	d.running.Go(func() { d.director.play(life) })
	d.running.Go(func() { d.director.answer(life) })
}

// Stop lets them fall silent, and returns when they have.
func (d *Demo) Stop() {
	if d.stop != nil {
		d.stop()
	}
	d.running.Wait()
}

// played says whether a visitor has entered as that person: from then on nobody else speaks for them.
func (d *Demo) played(handle string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.entered[handle]
}

// answer is what the server answers to a request from within.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header {
	if a.header == nil {
		a.header = http.Header{}
	}
	return a.header
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) { a.status = cmp.Or(a.status, status) }

// Write implements http.ResponseWriter.
func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}
