package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/parley-im/parley/internal/web"
)

func built() *web.App {
	return web.New(fstest.MapFS{
		"dist/index.html":           {Data: []byte(`<meta name="csp-nonce" content="__CSP_NONCE__"><script type="module" src="/assets/a-1.js"></script>`)},
		"dist/assets/a-1.js":        {Data: []byte("plain")},
		"dist/assets/a-1.js.br":     {Data: []byte("brotli")},
		"dist/assets/a-1.js.gz":     {Data: []byte("gzip")},
		"dist/sw.js":                {Data: []byte("worker")},
		"dist/manifest.webmanifest": {Data: []byte("{}")},
		"dist/.gitkeep":             {Data: []byte{}},
	})
}

func get(t *testing.T, app http.Handler, target string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	app.ServeHTTP(w, r)
	return w
}

func TestEachPageHasItsOwnNonceInHeaderAndBody(t *testing.T) {
	app := built()
	seen := map[string]bool{}
	for _, target := range []string{"/", "/c/0123456789abc/7?thread=3", "/settings/looks", "/join/some-token"} {
		w := get(t, app, target)
		if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d, %q", target, w.Code, w.Header().Get("Cache-Control"))
		}
		found := regexp.MustCompile(`content="([\w-]{22})"`).FindStringSubmatch(w.Body.String())
		if found == nil {
			t.Fatalf("%s: no nonce in %s", target, w.Body)
		}
		if !strings.Contains(w.Header().Get("Content-Security-Policy"), "'nonce-"+found[1]+"'") {
			t.Errorf("%s: the header has another nonce", target)
		}
		if seen[found[1]] {
			t.Errorf("%s: the nonce was used before", target)
		}
		seen[found[1]] = true
	}
}

func TestThePolicyAllowsNoInlineScriptAndNoOtherHost(t *testing.T) {
	policy := get(t, built(), "/").Header().Get("Content-Security-Policy")
	for _, wanted := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, wanted) {
			t.Errorf("%q is not in %s", wanted, policy)
		}
	}
	for _, refused := range []string{"unsafe", "http:", "https:", "*"} {
		if strings.Contains(policy, refused) {
			t.Errorf("%q is in %s", refused, policy)
		}
	}
}

func TestEveryAnswerIsProtected(t *testing.T) {
	for _, target := range []string{"/", "/assets/a-1.js", "/nothing"} {
		h := get(t, built(), target).Header()
		for name, value := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if h.Get(name) != value {
				t.Errorf("%s: %s is %q", target, name, h.Get(name))
			}
		}
		if !strings.Contains(h.Get("Permissions-Policy"), "geolocation=()") {
			t.Errorf("%s: %q", target, h.Get("Permissions-Policy"))
		}
	}
}

func TestHashedFilesAreKeptForEverAndOthersAreAskedFor(t *testing.T) {
	if got := get(t, built(), "/assets/a-1.js").Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Error(got)
	}
	for _, target := range []string{"/sw.js", "/manifest.webmanifest"} {
		if got := get(t, built(), target).Header().Get("Cache-Control"); got != "no-cache" {
			t.Errorf("%s: %s", target, got)
		}
	}
}

func TestFilesComeInTheBestCodingThatIsAccepted(t *testing.T) {
	for accepted, want := range map[string]string{
		"":                       "plain",
		"gzip, deflate, br":      "brotli",
		"gzip":                   "gzip",
		"br;q=0, gzip;q=0.5":     "gzip",
		"identity, br;q=0":       "plain",
		"BR":                     "brotli",
		"br;q=nonsense, deflate": "plain",
	} {
		w := get(t, built(), "/assets/a-1.js", "Accept-Encoding", accepted)
		if w.Body.String() != want || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: got %q, Vary %q", accepted, w.Body, w.Header().Get("Vary"))
		}
		if got := w.Header().Get("Content-Type"); got != "text/javascript; charset=utf-8" {
			t.Errorf("%q: %s", accepted, got)
		}
	}
}

func TestWhatIsNotTheAppsIsNotFound(t *testing.T) {
	for _, target := range []string{
		"/nothing", "/cc", "/assets/", "/assets/gone.js", "/.gitkeep", "/assets/a-1.js.br", "/index.html", "/assets/../../x", "/api/v1/nothing",
	} {
		if w := get(t, built(), target); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	w := httptest.NewRecorder()
	built().ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", nil))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestAProgramBuiltWithoutTheAppSaysSo(t *testing.T) {
	w := get(t, web.New(fstest.MapFS{"dist/.gitkeep": {Data: []byte{}}}), "/")
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "make build") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// FuzzPaths: whatever is asked for, only the page, with a nonce, and the files of the build that are meant for browsers are
// served.
func FuzzPaths(f *testing.F) {
	for target, accept := range map[string]string{
		"/": "", "/c/x": "br", "/assets/a-1.js": "gzip;q=0, br;q=0.5", "/assets/a-1.js.br": "*", "/index.html": "", "//index.html": "", "/assets/../index.html": "br",
		"/.gitkeep": "", "/assets": "gzip", "/sw.js": "br;q=x", "/%2e%2e/web.go": "", "/assets\\a-1.js": "", "/\x00": "", "/manifest.webmanifest": "gzip, deflate",
	} {
		f.Add(target, accept)
	}
	app := built()
	served := map[string]bool{"plain": true, "brotli": true, "gzip": true, "worker": true, "{}": true}
	f.Fuzz(func(t *testing.T, target, accept string) {
		r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: target}, Header: http.Header{"Accept-Encoding": {accept}}}
		w := httptest.NewRecorder()
		app.ServeHTTP(w, r)
		body, coding := w.Body.String(), w.Header().Get("Content-Encoding")
		page := strings.HasPrefix(body, "<meta ")
		if w.Code != http.StatusOK && w.Code != http.StatusNotFound || w.Code == http.StatusOK && !page && !served[body] || strings.Contains(body, "__CSP_NONCE__") {
			t.Errorf("%q: %d %s", target, w.Code, body)
		}
		if (coding == "br") != (body == "brotli") || (coding == "gzip") != (body == "gzip") || coding != "" && !strings.Contains(strings.ToLower(accept), coding) {
			t.Errorf("%q, which takes %q, is sent %s as %q", target, accept, body, coding)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Code == http.StatusOK && w.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%q: %v", target, w.Header())
		}
	})
}
