package api_test

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
	"sync"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

const password = "a quiet harbour at dawn"

// house is a server with nobody in it.
type house struct {
	t      testing.TB
	db     *store.DB
	people *identity.Service
	api    *api.API
	url    string
	log    *journal
	clock  *clock
}

// journal keeps what was logged.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

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

func open(t testing.TB, db *store.DB, change ...func(*api.Options)) *house {
	t.Helper()
	return openWith(t, db, identity.Options{}, change...)
}

func openWith(t testing.TB, db *store.DB, o identity.Options, change ...func(*api.Options)) *house {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, db: db, url: "http://localhost:" + port, log: &journal{}, clock: &clock{now: time.Now()}}
	logger := slog.New(slog.NewJSONHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o.DB, o.URL, o.Clock, o.Logger = db, h.url, h.clock.Now, logger
	h.people, err = identity.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	options := api.Options{Identity: h.people, URL: h.url, Logger: logger}
	for _, f := range change {
		f(&options)
	}
	if h.api, err = api.New(options); err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = h.api
	server.Start()
	t.Cleanup(server.Close)
	return h
}

// each runs a test on both databases, in a house with an owner.
func each(t *testing.T, test func(t *testing.T, h *house, owner *guest)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		test(t, h, h.found())
	})
}

// guest is somebody with a browser.
type guest struct {
	h      *house
	cookie string
	bearer string
	header http.Header
	me     parley.Person
}

func (h *house) stranger() *guest { return &guest{h: h, header: http.Header{}} }

// found makes the owner by the link of the first start.
func (h *house) found() *guest {
	h.t.Helper()
	token, needed, err := h.people.Setup(h.t.Context())
	if err != nil || !needed {
		h.t.Fatalf("setup: needed %v, %v", needed, err)
	}
	g := h.stranger()
	g.enter("/setup", map[string]any{
		"token": token, "organisation": "Harbour", "name": "Olga Owner", "email": "olga@harbour.example", "password": password,
		"zone": "Europe/Berlin", "language": "de", "hours": []any{map[string]any{"day": 1, "from": "09:00", "to": "17:00"}},
	})
	return g
}

// enter posts an account and takes the cookie.
func (g *guest) enter(path string, body any) {
	g.h.t.Helper()
	var answer struct{ Me parley.Person }
	g.must(http.MethodPost, path, body, http.StatusCreated, &answer)
	if g.cookie == "" || answer.Me.ID == parley.None {
		g.h.t.Fatalf("POST %s: no session for %+v", path, answer.Me)
	}
	g.me = answer.Me
}

// invited makes an account of that role by an invitation of g.
func (g *guest) invited(role parley.Role, name string) *guest {
	g.h.t.Helper()
	var inv struct{ URL string }
	g.must(http.MethodPost, "/invitations", map[string]any{"role": role}, http.StatusCreated, &inv)
	fresh := g.h.stranger()
	fresh.enter("/invitations/"+fragment(inv.URL)+"/accept", account(name))
	return fresh
}

func account(name string) map[string]any {
	return map[string]any{
		"name": name, "email": strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@harbour.example",
		"password": password, "zone": "Asia/Tokyo", "language": "en",
	}
}

func fragment(url string) string {
	_, token, _ := strings.Cut(url, "#")
	return token
}

// do sends a request below /api/v1, or to the path behind a !.
func (g *guest) do(method, path string, body any) (*http.Response, []byte) {
	g.h.t.Helper()
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			g.h.t.Fatal(err)
		}
		content = bytes.NewReader(text)
	}
	if path = "/" + strings.TrimLeft(path, "/"); !strings.HasPrefix(path, "/!") {
		path = api.Base + path
	}
	r, err := http.NewRequestWithContext(context.Background(), method, g.h.url+strings.TrimPrefix(path, "/!"), content)
	if err != nil {
		g.h.t.Fatal(err)
	}
	for name, values := range g.header {
		r.Header[name] = values
	}
	if content != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if g.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+g.bearer)
	}
	if g.cookie != "" {
		r.AddCookie(&http.Cookie{Name: api.SessionCookie, Value: g.cookie})
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		g.h.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		g.h.t.Fatal(err)
	}
	for _, c := range answer.Cookies() {
		if c.Name == api.SessionCookie {
			g.cookie = c.Value
		}
	}
	return answer, text
}

// must sends a request that has to be answered with status, and reads the body into v.
func (g *guest) must(method, path string, body any, status int, v any) {
	g.h.t.Helper()
	answer, text := g.do(method, path, body)
	if answer.StatusCode != status {
		g.h.t.Fatalf("%s %s: %d %s, want %d\n%s", method, path, answer.StatusCode, text, status, g.h.log)
	}
	if v != nil {
		if err := json.Unmarshal(text, v); err != nil {
			g.h.t.Fatalf("%s %s: %v: %s", method, path, err, text)
		}
	}
}

// refused sends a request that has to fail with that status, and returns the problem.
func (g *guest) refused(method, path string, body any, status int) api.Problem {
	g.h.t.Helper()
	var p api.Problem
	g.must(method, path, body, status, &p)
	if p.Status != status || !strings.HasPrefix(p.Type, api.ProblemType) || p.Detail == "" {
		g.h.t.Errorf("%s %s: no proper problem: %+v", method, path, p)
	}
	return p
}
