package email_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/job"
	"github.com/parley-im/parley/internal/mode/email"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

const (
	url      = "https://parley.harbour.example"
	password = "a quiet harbour at dawn"
)

// dawn is when the tests begin: a Wednesday morning in Berlin.
var dawn = time.Date(2026, 11, 25, 8, 3, 0, 0, time.UTC)

// clock is set by the test.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// house is an organisation whose mail goes to a smart host.
type house struct {
	t             testing.TB
	db            *store.DB
	api           *api.API
	people        *identity.Service
	conversations *conversation.Service
	mail          *email.Mode
	clock         *clock
	ada, bo       parley.Person // Ada owns it and speaks English, Bo German
}

// quiet is where changes go that nobody watches.
type quiet struct{}

func (quiet) Publish(string, uint64, parley.Event)        {}
func (quiet) Touch(parley.Activity, []parley.ID)          {}
func (quiet) MembersChanged(parley.ID, ...parley.ID)      {}
func (quiet) Using(people []parley.ID) map[parley.ID]bool { return nil }

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// each runs a test in a new house on each database.
func each(t *testing.T, settings config.Email, test func(h *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { test(build(t, db, settings)) })
}

func build(t testing.TB, db *store.DB, settings config.Email) *house {
	t.Helper()
	ctx, silent := t.Context(), slog.New(slog.DiscardHandler)
	h := &house{t: t, db: db, clock: &clock{now: dawn}}
	blobs := must[*blob.Store](t)(blob.Open(ctx, "file://"+t.TempDir()))
	h.people = must[*identity.Service](t)(identity.New(ctx, identity.Options{DB: db, URL: url, Logger: silent, Blobs: blobs, Clock: h.clock.Now}))
	h.conversations = conversation.New(conversation.Options{DB: db, Live: quiet{}, Rules: h.people, Blobs: blobs, Jobs: job.New(db, silent), Clock: h.clock.Now, Logger: silent})
	h.people.Hooks.Welcome = h.conversations.Welcome
	h.api = must[*api.API](t)(api.New(api.Options{Identity: h.people, URL: url, Logger: silent, WriteBurst: 400}))
	h.mail = must[*email.Mode](t)(email.New(email.Parts{
		API: h.api, Conversations: h.conversations, People: h.people, Settings: settings, URL: url, Clock: h.clock.Now, Log: silent,
	}))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := h.mail.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	token, _, err := h.people.Setup(ctx)
	if err != nil {
		t.Fatal(err)
	}
	h.ada = must[identity.Entry](t)(h.people.Found(ctx, token, "Harbour", account("Ada Lovelace", "ada@harbour.example", "Europe/Berlin", "en"), identity.Client{})).Me.Person
	h.bo = h.comes("Bo Ek", "bo@ek.example", "Europe/Berlin", "de-AT")
	return h
}

func account(name, address, zone, language string) identity.Account {
	return identity.Account{Name: name, Email: address, Password: password, Zone: zone, Language: language}
}

// comes makes an account by an invitation of Ada's.
func (h *house) comes(name, address, zone, language string) parley.Person {
	h.t.Helper()
	_, link, err := h.people.Invite(h.t.Context(), h.ada, identity.InvitationOrder{Role: parley.MemberRole})
	if err != nil {
		h.t.Fatal(err)
	}
	_, token, _ := strings.Cut(link, "#")
	return must[identity.Entry](h.t)(h.people.Accept(h.t.Context(), token, account(name, address, zone, language), identity.Client{})).Me.Person
}

// proven proves the address of somebody and returns it.
func (h *house) proven(p parley.Person) parley.Address {
	h.t.Helper()
	ctx := h.t.Context()
	proof := must[identity.EmailProof](h.t)(h.people.MakeEmailProof(ctx, p.ID))
	_, token, _ := strings.Cut(proof.Link, "#")
	if err := h.people.ProveEmail(ctx, token, identity.Client{}); err != nil {
		h.t.Fatal(err)
	}
	list := must[[]parley.Address](h.t)(h.mail.Addresses(ctx, p.ID))
	if len(list) != 1 {
		h.t.Fatalf("proven are %+v", list)
	}
	return list[0]
}

// direct is the conversation of two.
func (h *house) direct(a, b parley.Person) parley.ID {
	h.t.Helper()
	return must[parley.Conversation](h.t)(h.conversations.Create(h.t.Context(), a, conversation.Beginning{Kind: parley.Direct, People: []parley.ID{b.ID}})).ID
}

func (h *house) channel(name string, people ...parley.Person) parley.ID {
	h.t.Helper()
	b := conversation.Beginning{Kind: parley.Channel, Visibility: parley.Private, Name: name}
	for _, p := range people {
		b.People = append(b.People, p.ID)
	}
	return must[parley.Conversation](h.t)(h.conversations.Create(h.t.Context(), h.ada, b)).ID
}
