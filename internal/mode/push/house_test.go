package push_test

import (
	"bytes"
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/mode/push"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// house is a Parley with the mode, and a push service that its browsers use.
type house struct {
	*push.Mode
	t             *testing.T
	db            *store.DB
	api           *api.API
	people        *identity.Service
	conversations *conversation.Service
	service       *service
	owner         *user
	now           time.Time // zero: the machine's
}

func each(t *testing.T, test func(h *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { test(build(t, db)) })
}

type silent struct{}

func (silent) Publish(string, uint64, parley.Event)   {}
func (silent) Touch(parley.Activity, []parley.ID)     {}
func (silent) MembersChanged(parley.ID, ...parley.ID) {}

func build(t *testing.T, db *store.DB) *house {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	h := &house{t: t, db: db, service: open(t)}
	var err error
	h.people, err = identity.New(t.Context(), identity.Options{DB: db, URL: "https://parley.harbour.example", Logger: quiet})
	h.must(err)
	h.conversations = conversation.New(conversation.Options{DB: db, Live: silent{}, Rules: h.people, Logger: quiet})
	h.people.Hooks.Welcome = h.conversations.Welcome
	h.api, err = api.New(api.Options{Identity: h.people, URL: "https://parley.harbour.example", Logger: quiet})
	h.must(err)
	h.Mode, err = push.New(t.Context(), push.Parts{
		API: h.api, DB: db, Conversations: h.conversations, People: h.people, Log: quiet, Client: h.service.Client(),
		Clock: func() time.Time {
			if h.now.IsZero() {
				return time.Now()
			}
			return h.now
		},
	})
	h.must(err)
	token, _, err := h.people.Setup(t.Context())
	h.must(err)
	h.owner = h.enter("/setup", map[string]any{"token": token, "organisation": "Harbour"}, "olga", "en")
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// user is somebody signed in with a browser.
type user struct {
	h      *house
	cookie string
	me     parley.Person
}

func (h *house) enter(path string, more map[string]any, name, language string) *user {
	h.t.Helper()
	body := map[string]any{"name": strings.ToUpper(name[:1]) + name[1:], "email": name + "@harbour.example", "password": "a quiet harbour at dawn", "zone": "Europe/Berlin", "language": language}
	for k, v := range more {
		body[k] = v
	}
	u := &user{h: h}
	var in struct{ Me parley.Person }
	u.do(http.MethodPost, path, body, http.StatusCreated, &in)
	u.me = in.Me
	return u
}

// comes makes an account by an invitation of the owner's.
func (h *house) comes(name, language string) *user {
	h.t.Helper()
	var inv struct{ URL string }
	h.owner.do(http.MethodPost, "/invitations", map[string]any{"role": "member"}, http.StatusCreated, &inv)
	_, token, _ := strings.Cut(inv.URL, "#")
	return h.enter("/invitations/"+token+"/accept", nil, name, language)
}

// again signs the same person in with another browser.
func (u *user) again() *user {
	u.h.t.Helper()
	other := &user{h: u.h, me: u.me}
	other.do(http.MethodPost, "/sessions", map[string]any{"email": u.me.Handle + "@harbour.example", "password": "a quiet harbour at dawn"}, http.StatusCreated, nil)
	return other
}

func (u *user) do(method, path string, body any, status int, v any) {
	u.h.t.Helper()
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		u.h.must(err)
		content = bytes.NewReader(text)
	}
	r := httptest.NewRequest(method, "https://parley.harbour.example"+api.Base+path, content)
	r.Header.Set("Content-Type", "application/json")
	if u.cookie != "" {
		r.AddCookie(&http.Cookie{Name: api.SessionCookie, Value: u.cookie})
	}
	w := httptest.NewRecorder()
	u.h.api.ServeHTTP(w, r)
	if w.Code != status {
		u.h.t.Fatalf("%s %s: %d %s, want %d", method, path, w.Code, w.Body, status)
	}
	for _, c := range w.Result().Cookies() {
		if c.Name == api.SessionCookie {
			u.cookie = c.Value
		}
	}
	if v != nil {
		u.h.must(json.Unmarshal(w.Body.Bytes(), v))
	}
}

// browser is one that has subscribed: it has the keys to read what it is told.
type browser struct {
	push.Device
	key  *ecdh.PrivateKey
	auth []byte
	path string // at the push service
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{key: key, auth: make([]byte, 16), path: "/push/" + rand.Text()}
	_, _ = rand.Read(b.auth)
	return b
}

func (b *browser) subscription(service string) map[string]any {
	return map[string]any{"endpoint": service + b.path, "name": "Chromium", "keys": map[string]any{
		"p256dh": base64.RawURLEncoding.EncodeToString(b.key.PublicKey().Bytes()), "auth": base64.RawURLEncoding.EncodeToString(b.auth),
	}}
}

// subscribe has a new browser of u's be told.
func (u *user) subscribe() *browser {
	u.h.t.Helper()
	b := newBrowser(u.h.t)
	u.do(http.MethodPost, "/push", b.subscription(u.h.service.URL), http.StatusCreated, &b.Device)
	u.h.service.know(b)
	return b
}

func (u *user) devices() (key string, list []push.Device) {
	u.h.t.Helper()
	var answer struct {
		Key     string
		Devices []push.Device
	}
	u.do(http.MethodGet, "/push", nil, http.StatusOK, &answer)
	return answer.Key, answer.Devices
}

// tell delivers an envelope about a message to all devices of a person.
func (h *house) tell(u *user, what parley.Notice, urgent bool, list ...parley.Message) error {
	h.t.Helper()
	e := parley.Envelope{Person: u.me.ID, What: what, Urgent: urgent, Key: "k"}
	for _, m := range list {
		e.Notes = append(e.Notes, parley.Note{Message: m.ID, Place: parley.Place{Conversation: m.Conversation, Seq: m.Seq}, Need: m.Need, Why: "away"})
	}
	return h.deliver(u, e)
}

func (h *house) deliver(u *user, e parley.Envelope) (failed error) {
	addresses, err := h.Addresses(context.Background(), u.me.ID)
	h.must(err)
	for _, a := range addresses {
		e.To = a
		if _, err := h.Deliver(context.Background(), e); err != nil {
			failed = err
		}
	}
	return failed
}

func (h *house) direct(a, b *user) parley.ID {
	c, err := h.conversations.Create(context.Background(), a.me, conversation.Beginning{Kind: parley.Direct, People: []parley.ID{b.me.ID}})
	h.must(err)
	return c.ID
}

func (h *house) say(u *user, d conversation.Draft) parley.Message {
	h.t.Helper()
	d.Via = parley.ViaApp
	m, err := h.conversations.Post(context.Background(), u.me, d)
	h.must(err)
	return m.Message
}

// api2 is another interface to the same house, for a second mode.
func (h *house) api2() *api.API {
	a, err := api.New(api.Options{Identity: h.people, URL: "https://parley.harbour.example", Logger: slog.New(slog.DiscardHandler)})
	h.must(err)
	return a
}
