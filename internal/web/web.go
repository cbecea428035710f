// Package web serves the built web app: the page, its hashed files, its icons. It knows what a browser must be told so
// that the page can do no more than it should; it must not know what the app says to the API.
package web

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// placeholder stands in index.html where each answer gets a nonce of its own.
const placeholder = "__CSP_NONCE__"

// page says which addresses are the app's own: these get the page, whatever else is unknown gets a 404.
var page = regexp.MustCompile(`^/($|(c|inbox|catch-up|people|saved|scheduled|search|browse|settings|admin|setup|join|recover|confirm|signin)(/|$))`)

// App serves the built app.
type App struct {
	files fs.FS
	index []byte // nil: not built
	made  time.Time
}

// New returns an App that serves dist: files under dist/ as the web app's build leaves them. Without an index.html in
// it, every page says how to build the app.
func New(files fs.FS) *App {
	app := &App{files: files, made: time.Now()}
	if dist, err := fs.Sub(files, "dist"); err == nil {
		app.files = dist
	}
	app.index, _ = fs.ReadFile(app.files, "index.html")
	return app
}

// ServeHTTP answers GET and HEAD for everything that no other part of the server wants.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	protect(w.Header())
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	switch {
	case page.MatchString(r.URL.Path):
		a.page(w, r)
	case name != "index.html" && a.file(w, r, name):
	default:
		http.Error(w, "There is nothing here.", http.StatusNotFound)
	}
}

func (a *App) page(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if a.index == nil {
		h.Set("Content-Security-Policy", "default-src 'none'")
		http.Error(w, "The web app has not been built into this program: run `make build`, or use the API under /api/v1.",
			http.StatusServiceUnavailable)
		return
	}
	nonce := newNonce()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy(nonce))
	body := bytes.ReplaceAll(a.index, []byte(placeholder), []byte(nonce))
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// newNonce returns 128 random bits.
func newNonce() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// policy allows what the app does and no more: scripts and requests of this server only, styles of its files and of
// the library that carries the nonce, pictures and sound of this server or made in the page.
func policy(nonce string) string {
	return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; " +
		"img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; " +
		"manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}

// protect sets what every answer carries.
func protect(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// file serves one file of the build, compressed when the browser takes that and the build has made it.
func (a *App) file(w http.ResponseWriter, r *http.Request, name string) bool {
	if !fs.ValidPath(name) || strings.HasPrefix(path.Base(name), ".") || strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz") {
		return false
	}
	info, err := fs.Stat(a.files, name)
	if err != nil || info.IsDir() {
		return false
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	if name == "sw.js" {
		h.Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'") // a worker follows its own policy
	}
	h.Set("Content-Type", contentType(name))
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") { // its name changes with its content
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	content, err := a.read(h, r.Header.Get("Accept-Encoding"), name)
	if err != nil {
		return false
	}
	http.ServeContent(w, r, name, a.made, bytes.NewReader(content))
	return true
}

func (a *App) read(h http.Header, accepted, name string) ([]byte, error) {
	for _, coding := range []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		content, err := fs.ReadFile(a.files, name+coding.suffix)
		if err != nil {
			continue
		}
		h.Set("Vary", "Accept-Encoding")
		if accepts(accepted, coding.name) {
			h.Set("Content-Encoding", coding.name)
			return content, nil
		}
	}
	return fs.ReadFile(a.files, name)
}

// accepts reads Accept-Encoding (RFC 9110 section 12.5.3) as far as needed: named, and not with q=0.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q, found := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		return !found || (err == nil && weight > 0)
	}
	return false
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}
