package chat_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/job"
	"github.com/parley-im/parley/internal/mode/chat"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// house is a served Parley with an owner.
type house struct {
	t     testing.TB
	api   *api.API
	url   string
	owner *user
}

// each runs a test in a new house on each database.
func each(t *testing.T, test func(h *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { test(build(t, db)) })
}

func build(t testing.TB, db *store.DB, change ...func(*api.Options)) *house {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	h := &house{t: t, url: "http://localhost:" + port}
	quiet := slog.New(slog.DiscardHandler)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	blobs, err := blob.Open(t.Context(), "file://"+t.TempDir())
	must(err)
	people, err := identity.New(t.Context(), identity.Options{DB: db, URL: h.url, Logger: quiet, Blobs: blobs})
	must(err)
	node, err := realtime.New(realtime.Options{Epoch: db.Epoch(), Logger: quiet})
	must(err)
	conversations := conversation.New(conversation.Options{DB: db, Live: node, Rules: people, Blobs: blobs, MaxFile: 1 << 20, Logger: quiet})
	people.Hooks.Welcome = conversations.Welcome
	deliveries := delivery.New(delivery.Options{DB: db, Conversations: conversations, People: people, Jobs: job.New(db, quiet), Live: node, Logger: quiet})
	options := api.Options{Identity: people, URL: h.url, Logger: quiet, WriteBurst: 400}
	for _, f := range change {
		f(&options)
	}
	h.api, err = api.New(options)
	must(err)
	mode := chat.New(chat.Parts{API: h.api, Conversations: conversations, People: people, Delivery: deliveries, Node: node, DB: db, Blobs: blobs, Log: quiet})
	must(mode.Start(t.Context()))
	server.Config.Handler = h.api
	server.Start()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		must(mode.Stop(ctx))
		server.Close()
	})
	token, _, err := people.Setup(t.Context())
	must(err)
	h.owner = h.nobody()
	h.owner.enter("/setup", map[string]any{"token": token, "organisation": "Harbour"}, "olga")
	return h
}

// user is somebody with a browser (cookie) or a program (bearer).
type user struct {
	h      *house
	cookie string
	bearer string
	header http.Header
	me     parley.Person
}

func (h *house) nobody() *user { return &user{h: h, header: http.Header{}} }

func (u *user) enter(path string, more map[string]any, name string) {
	u.h.t.Helper()
	body := map[string]any{"name": name, "email": name + "@harbour.example", "password": "a quiet harbour at dawn", "zone": "Europe/Berlin", "language": "en"}
	for k, v := range more {
		body[k] = v
	}
	var in struct{ Me parley.Person }
	u.must(http.MethodPost, path, body, http.StatusCreated, &in)
	u.me = in.Me
}

// comes makes an account by an invitation of the owner's.
func (h *house) comes(role parley.Role, name string) *user {
	h.t.Helper()
	var inv struct{ URL string }
	h.owner.must(http.MethodPost, "/invitations", map[string]any{"role": role}, http.StatusCreated, &inv)
	_, token, _ := strings.Cut(inv.URL, "#")
	u := h.nobody()
	u.enter("/invitations/"+token+"/accept", nil, name)
	return u
}

// do sends a request below /api/v1, or to the path behind a !.
func (u *user) do(method, path string, body any) (*http.Response, []byte) {
	u.h.t.Helper()
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	case []byte:
		content = bytes.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			u.h.t.Fatal(err)
		}
		content = bytes.NewReader(text)
	}
	url := u.h.url + api.Base + path
	if outside, is := strings.CutPrefix(path, "!"); is {
		url = u.h.url + outside
	}
	r, err := http.NewRequestWithContext(context.Background(), method, url, content)
	if err != nil {
		u.h.t.Fatal(err)
	}
	if content != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, values := range u.header {
		r.Header[name] = values
	}
	if u.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+u.bearer)
	}
	if u.cookie != "" {
		r.AddCookie(&http.Cookie{Name: api.SessionCookie, Value: u.cookie})
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		u.h.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		u.h.t.Fatal(err)
	}
	for _, c := range answer.Cookies() {
		if c.Name == api.SessionCookie {
			u.cookie = c.Value
		}
	}
	return answer, text
}

func (u *user) must(method, path string, body any, status int, v any) {
	u.h.t.Helper()
	answer, text := u.do(method, path, body)
	if answer.StatusCode != status {
		u.h.t.Fatalf("%s %s: %d %s, want %d", method, path, answer.StatusCode, text, status)
	}
	if v != nil {
		if err := json.Unmarshal(text, v); err != nil {
			u.h.t.Fatalf("%s %s: %v: %s", method, path, err, text)
		}
	}
}

func (u *user) channel(visibility, name string, people ...*user) string {
	u.h.t.Helper()
	ids := []parley.ID{}
	for _, p := range people {
		ids = append(ids, p.me.ID)
	}
	var c parley.Conversation
	u.must(http.MethodPost, "/conversations", map[string]any{"kind": "channel", "visibility": visibility, "name": name, "people": ids}, http.StatusCreated, &c)
	return c.ID.String()
}

func (u *user) say(c, body string, files ...parley.ID) parley.Message {
	u.h.t.Helper()
	var m parley.Message
	u.must(http.MethodPost, "/conversations/"+c+"/messages", map[string]any{"body": body, "files": files}, http.StatusCreated, &m)
	return m
}
