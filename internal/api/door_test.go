package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// aHouse returns a house on SQLite with an owner, for what does not depend on the database.
func aHouse(t testing.TB, change ...func(*api.Options)) (*house, *guest) {
	h := open(t, storetest.Open(t, storetest.Options(t, store.SQLite)), change...)
	return h, h.found()
}

func TestOtherSitesMayNotAsk(t *testing.T) {
	h, owner := aHouse(t)
	for name, header := range map[string]http.Header{
		"fetch metadata": {"Sec-Fetch-Site": {"cross-site"}},
		"same site":      {"Sec-Fetch-Site": {"same-site"}},
		"origin":         {"Origin": {"https://evil.example"}},
		"null origin":    {"Origin": {"null"}},
	} {
		g := &guest{h: h, cookie: owner.cookie, header: header}
		if p := g.refused(http.MethodPut, "/me/status", map[string]any{"text": "pwned"}, 403); p.Code != "cross_site" {
			t.Errorf("%s: %+v", name, p)
		}
		g.refused(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": password}, 403)
		g.must(http.MethodGet, "/me", nil, 200, nil) // reading is the browser's business
	}
	for name, header := range map[string]http.Header{
		"own origin":  {"Origin": {h.url}, "Sec-Fetch-Site": {"same-origin"}},
		"old browser": {"Origin": {h.url}},
		"no browser":  {},
	} {
		g := &guest{h: h, cookie: owner.cookie, header: header}
		if answer, text := g.do(http.MethodPut, "/me/status", map[string]any{"text": "fine"}); answer.StatusCode != 200 {
			t.Errorf("%s: %s", name, text)
		}
	}
	var token struct{ Token string }
	owner.must(http.MethodPost, "/tokens", map[string]any{"name": "script"}, 201, &token)
	script := &guest{h: h, bearer: token.Token, header: http.Header{"Origin": {"https://tool.example"}}}
	script.must(http.MethodPut, "/me/status", map[string]any{"text": "by a tool"}, 200, nil)
}

func TestThePublicAddressMayAskThroughAProxy(t *testing.T) {
	h, owner := aHouse(t, func(o *api.Options) { o.URL = "https://parley.example" })
	for origin, want := range map[string]int{
		"https://parley.example": 200, "http://parley.example": 403, "https://evil.parley.example": 403, "https://parley.example.evil.example": 403,
	} {
		g := &guest{h: h, cookie: owner.cookie, header: http.Header{"Origin": {origin}}}
		if answer, text := g.do(http.MethodPut, "/me/status", map[string]any{"text": "fine"}); answer.StatusCode != want {
			t.Errorf("%s: %d %s", origin, answer.StatusCode, text)
		}
	}
	// Credentials of another scheme, which a browser adds by itself, exempt nobody.
	g := &guest{h: h, cookie: owner.cookie, header: http.Header{"Origin": {"https://evil.example"}, "Authorization": {"Basic eDp5"}}}
	g.refused(http.MethodPut, "/me/status", map[string]any{"text": "pwned"}, 403)
}

func TestEveryAnswerHasItsHeaders(t *testing.T) {
	h, owner := aHouse(t)
	for _, path := range []string{"/me", "/nothing", "/people/xyz"} {
		answer, _ := owner.do(http.MethodGet, path, nil)
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
			"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := answer.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if answer.StatusCode >= 400 && answer.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: a problem is %s", path, answer.Header.Get("Content-Type"))
		}
	}
	answer, _ := h.stranger().do(http.MethodGet, "/me", nil)
	if answer.Header.Get("WWW-Authenticate") != "Bearer" {
		t.Errorf("401 says %v", answer.Header)
	}
	h.stranger().refused(http.MethodGet, "!/api/v2/me", nil, 404)
	h.stranger().refused(http.MethodTrace, "/me", nil, 404)
	owner.refused(http.MethodDelete, "/me", nil, 404)
}

func TestBodies(t *testing.T) {
	h, owner := aHouse(t)
	owner.refused(http.MethodPatch, "/me", `{"name":"`+strings.Repeat("x", 1<<20)+`"}`, 413)
	owner.refused(http.MethodPatch, "/me", `{"name":"Olga"`, 400)
	owner.refused(http.MethodPatch, "/me", "", 400)
	owner.refused(http.MethodPatch, "/me", strings.Repeat("[", 1<<16), 400)
	owner.refused(http.MethodGet, "/people/1234", nil, 422)
	owner.refused(http.MethodGet, "/people/uuuuuuuuuuuuu", nil, 422)
	g := h.stranger()
	p := g.refused(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": password, "remember": "my secret"}, 422)
	if text, _ := json.Marshal(p); strings.Contains(string(text), password) || strings.Contains(string(text), "my secret") {
		t.Errorf("a refusal repeats secrets: %s", text)
	}
}

func TestWritesAreLimited(t *testing.T) {
	h, owner := aHouse(t, func(o *api.Options) { o.Writes, o.WriteBurst = 0.001, 5 })
	status := func(g *guest) int {
		answer, _ := g.do(http.MethodPut, "/me/status", map[string]any{"text": "x"})
		if answer.StatusCode == 429 && answer.Header.Get("Retry-After") == "" {
			t.Error("429 without Retry-After")
		}
		return answer.StatusCode
	}
	for i := range 7 {
		if got, want := status(owner), map[bool]int{true: 200, false: 429}[i < 5]; got != want {
			t.Errorf("write %d: %d, want %d", i+1, got, want)
		}
	}
	owner.must(http.MethodGet, "/me", nil, 200, nil)
	_ = h

	_, free := aHouse(t, func(o *api.Options) { o.Writes = -1 })
	for range 250 {
		if got := status(free); got != 200 {
			t.Fatalf("without limit: %d", got)
		}
	}
}

func TestFailuresOfOursTellTheirNameAlone(t *testing.T) {
	h, owner := aHouse(t)
	secret := errors.New(`dial tcp 10.0.0.7: password "hunter2" refused`)
	api.Get(h.api, "/fail", "Fail", func(context.Context, *struct{}) (string, error) { return "", fmt.Errorf("read the thing: %w", secret) })
	api.Get(h.api, "/panic", "Panic", func(context.Context, *struct{}) (string, error) { panic("hunter2") })
	api.Get(h.api, "/wrapped", "Wrap", func(context.Context, *struct{}) (string, error) {
		return "", fmt.Errorf("write: %w: %w", parley.ErrConflict, errors.New("UNIQUE constraint failed: hunter2"))
	})
	h.api.Mux.HandleFunc("GET /bare", func(http.ResponseWriter, *http.Request) { panic(secret) })
	for _, path := range []string{"/fail", "/panic", "!/bare"} {
		answer, text := owner.do(http.MethodGet, path, nil)
		var p api.Problem
		if err := json.Unmarshal(text, &p); err != nil || answer.StatusCode != 500 || p.Type != api.ProblemType+"unexpected" || strings.Contains(string(text), "hunter2") {
			t.Errorf("%s: %d %s", path, answer.StatusCode, text)
		}
		id := strings.TrimPrefix(p.Instance, "urn:parley:failure:")
		if id == "" || !strings.Contains(h.log.String(), id) {
			t.Errorf("%s: %q is not in the log", path, p.Instance)
		}
	}
	if !strings.Contains(h.log.String(), "hunter2") {
		t.Error("the log does not say what it was")
	}
	p := owner.refused(http.MethodGet, "/wrapped", nil, 409)
	if text, _ := json.Marshal(p); strings.Contains(string(text), "hunter2") {
		t.Errorf("a conflict tells of the database: %s", text)
	}
	owner.must(http.MethodGet, "/me", nil, 200, nil) // the house still stands
}

func TestOperationsThatDoNotReadTheirPathStopTheStart(t *testing.T) {
	h, _ := aHouse(t)
	defer func() {
		if recover() == nil {
			t.Error("nobody noticed")
		}
	}()
	api.Get(h.api, "/things/{id}", "A thing", func(context.Context, *struct{}) (string, error) { return "", nil })
}

func TestErrorKinds(t *testing.T) {
	for err, want := range map[error]uint32{
		parley.ErrInvalid: 1022, parley.ErrUnknown: 1001, parley.ErrForbidden: 1003, parley.ErrNotFound: 1004, parley.ErrConflict: 1009,
		parley.ErrLimited: 1029, parley.ErrUnavailable: 1053, errors.New("hunter2"): 1050, context.DeadlineExceeded: 1053,
		&identity.LimitedError{After: time.Second}: 1029,
	} {
		code, msg := api.Code(fmt.Errorf("while doing something: %w", err))
		if code != want || msg == "" || strings.Contains(msg, "hunter2") || strings.Contains(msg, "something") {
			t.Errorf("%v: %d %q", err, code, msg)
		}
	}
	if code, msg := api.Code(parley.Invalid("body", "too_long", "must be shorter")); code != 1022 || msg != "body: must be shorter" {
		t.Errorf("a field: %d %q", code, msg)
	}
}

func FuzzProblemsTellNothingButTheirWords(f *testing.F) {
	for _, text := range []string{"hunter2-secret", "a\x00b-secret", "%w%s-secret"} {
		f.Add(text, 3)
	}
	kinds := []error{parley.ErrInvalid, parley.ErrForbidden, parley.ErrNotFound, parley.ErrConflict, parley.ErrLimited, parley.ErrUnavailable, parley.ErrUnknown, nil}
	f.Fuzz(func(t *testing.T, text string, n int) {
		if len(text) < 8 {
			return
		}
		inner := errors.New("~" + text + "~")
		err := inner
		if kind := kinds[(n%len(kinds)+len(kinds))%len(kinds)]; kind != nil {
			err = fmt.Errorf("doing: %w: %w", kind, inner)
		}
		if code, msg := api.Code(err); code < 1000 || strings.Contains(msg, "~"+text+"~") {
			t.Errorf("%q tells %q", text, msg)
		}
	})
}

func TestProbesAndMetrics(t *testing.T) {
	var ready error
	h, owner := aHouse(t, func(o *api.Options) { o.Ready = func(context.Context) error { return ready } })
	text := func(g *guest, path string, status int) string {
		t.Helper()
		answer, body := g.do(http.MethodGet, path, nil)
		if answer.StatusCode != status {
			t.Errorf("%s: %d, want %d", path, answer.StatusCode, status)
		}
		return string(body)
	}
	if got := text(h.stranger(), "!/healthz", 200) + text(h.stranger(), "!/readyz", 200); got != "ok\nready\n" {
		t.Errorf("probes say %q", got)
	}
	ready = errors.New("the disk at 10.0.0.7 is full")
	if got := text(h.stranger(), "!/readyz", 503); strings.Contains(got, "10.0.0.7") {
		t.Errorf("not ready tells %s", got)
	}
	owner.must(http.MethodGet, "/people/"+owner.me.ID.String(), nil, 200, nil)
	got := text(h.stranger(), "!/metrics", 200)
	for _, want := range []string{
		`parley_http_requests_total{route="GET /api/v1/people/{id}",status="200"} 1`, `parley_http_request_duration_seconds_count{route="POST /api/v1/setup"} 1`,
		"parley_http_requests_in_flight 1", "go_goroutines",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("metrics lack %s", want)
		}
	}
	proxied := h.stranger()
	proxied.header["X-Forwarded-For"] = []string{"203.0.113.9"}
	text(proxied, "!/metrics", 404)

	h, _ = aHouse(t, func(o *api.Options) { o.MetricsToken = "scrape me" })
	g := h.stranger()
	text(g, "!/metrics", 404)
	g.bearer = "scrape"
	text(g, "!/metrics", 404)
	g.bearer = "scrape me"
	text(g, "!/metrics", 200)
}

func TestTheDocumentAndItsPage(t *testing.T) {
	h, owner := aHouse(t)
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Summary     string
			Responses   map[string]any
		}
		Components struct{ Schemas map[string]any }
	}
	h.stranger().must(http.MethodGet, "/openapi.json", nil, 200, &doc)
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || doc.Paths["/api/v1/me"]["get"].OperationID != "get-me" || doc.Components.Schemas["Person"] == nil {
		t.Errorf("the document: %+v", doc)
	}
	seen := map[string]bool{}
	for path, item := range doc.Paths {
		for method, op := range item {
			if op.Summary == "" || op.OperationID == "" || seen[op.OperationID] {
				t.Errorf("%s %s: %+v", method, path, op)
			}
			seen[op.OperationID] = true
		}
	}
	answer, page := owner.do(http.MethodGet, "!/api/docs", nil)
	text := string(page)
	if answer.StatusCode != 200 || !strings.Contains(text, "Somebody whom you may see") || !strings.Contains(text, "/api/v1/people/{id}") || !strings.Contains(text, `id="type-Person"`) {
		t.Errorf("the page: %d\n%.2000s", answer.StatusCode, text)
	}
	for _, never := range []string{"<script", "style=", "http://", "https://", "//cdn", "ZgotmplZ"} {
		if strings.Contains(strings.ReplaceAll(text, api.ProblemType, ""), never) {
			t.Errorf("the page has %s", never)
		}
	}
	if csp := answer.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "style-src 'self'") || strings.Contains(csp, "unsafe") {
		t.Errorf("its policy is %s", csp)
	}
	if answer, _ := owner.do(http.MethodGet, "!/api/docs.css", nil); answer.StatusCode != 200 || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/css") {
		t.Errorf("the style: %d %v", answer.StatusCode, answer.Header)
	}
}
