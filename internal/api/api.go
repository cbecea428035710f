// Package api is the door for programs: HTTP under /api/v1, described by OpenAPI.
//
// It knows who asks (sessions by cookie, access tokens by header), what they are told when it fails (problem+json),
// how often they may ask, and what is measured and logged. It registers the operations on people and the
// organisation itself; modes register theirs with Get, Post, Put, Patch and Delete. It must not know what is said.
//
// The order of a request's way: log and metrics, panics, headers, cross-site check, then the mux; each operation then
// asks for the caller and the limit before its input is read.
package api

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/parley-im/parley/internal/identity"
)

// Base is where the operations are.
const Base = "/api/v1"

// MaxBody is how many bytes of JSON an operation takes.
const MaxBody = 1 << 20

// Options are what an API works with. Identity is required.
type Options struct {
	Identity *identity.Service
	// URL is where people reach this server. With https, cookies are for https alone. Default http://localhost:8080.
	URL     string
	Version string // of Parley, for the OpenAPI document
	// TrustedProxies are those whose X-Forwarded-For is believed. Default none: the client is who is connected.
	TrustedProxies []netip.Prefix
	// Writes is how many changes a second one person, or one address of nobody, may make on average, and WriteBurst
	// at once. Default 20 and 200. Below 0: without limit, for measurements.
	Writes     float64
	WriteBurst int
	// MetricsToken lets who presents it as a Bearer token read /metrics. Without one, only this machine may.
	MetricsToken string
	// Metrics is where they are registered. Default a registry of its own.
	Metrics *prometheus.Registry
	// Ready says whether requests can be served; /readyz answers 503 when it fails. Default: always.
	Ready  func(context.Context) error
	Logger *slog.Logger // default slog.Default()
}

// API is the door.
type API struct {
	// Mux takes the routes that are not operations: files, pages, the socket.
	Mux *http.ServeMux

	huma     huma.API
	identity *identity.Service
	options  Options
	log      *slog.Logger
	secure   bool
	writes   *Limiter
	metrics  metrics
	handler  http.Handler

	document sync.Once
	openapi  []byte
	page     []byte
}

// New returns an API with the operations on people and the organisation, and the pages that describe it.
func New(o Options) (*API, error) {
	u, err := url.Parse(cmp.Or(o.URL, "http://localhost:8080"))
	if err != nil {
		return nil, err
	}
	if o.Metrics == nil {
		o.Metrics = prometheus.NewRegistry()
	}
	a := &API{
		Mux: http.NewServeMux(), identity: o.Identity, options: o, log: cmp.Or(o.Logger, slog.Default()),
		secure: u.Scheme == "https", writes: NewLimiter(cmp.Or(o.Writes, 20), cmp.Or(o.WriteBurst, 200)),
	}
	a.metrics = newMetrics(o.Metrics)
	a.huma = humago.New(a.Mux, a.config())
	a.huma.UseMiddleware(a.admitOperation)
	a.routes()
	a.registerSignIn()
	a.registerMe()
	a.registerPeople()
	a.registerOrganisation()

	sameSite := http.NewCrossOriginProtection()
	if err := sameSite.AddTrustedOrigin(u.Scheme + "://" + u.Host); err != nil {
		return nil, err
	}
	a.handler = a.observe(a.recovering(a.headers(a.sameSite(sameSite, a.Mux))))
	return a, nil
}

// ServeHTTP serves everything that is on the Mux.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// Version is that of Parley.
func (a *API) Version() string { return cmp.Or(a.options.Version, "dev") }

// Huma is for what the functions of this package do not offer.
func (a *API) Huma() huma.API { return a.huma }

func (a *API) config() huma.Config {
	c := huma.DefaultConfig("Parley", a.Version())
	c.Info.Description = "One conversation, any tempo. Sign in by cookie (POST " + Base + "/sessions), or send an access token: " +
		"Authorization: Bearer parley_... Failures are application/problem+json (RFC 9457) with the kinds invalid, unknown, forbidden, " +
		"not-found, conflict, limited and unavailable. Instants are RFC 3339 in UTC, ids strings of 13 characters."
	c.CreateHooks = nil // no $schema in bodies
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: SessionCookie},
		"token":   {Type: "http", Scheme: "bearer"},
	}
	c.Security = []map[string][]string{{"session": {}}, {"token": {}}}
	return c
}

func (a *API) routes() {
	a.Mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	a.Mux.HandleFunc("GET /readyz", a.ready)
	a.Mux.HandleFunc("GET /metrics", a.serveMetrics)
	a.Mux.HandleFunc("GET "+Base+"/openapi.json", a.serveOpenAPI)
	a.Mux.HandleFunc("GET /api/docs", a.serveDocs)
	a.Mux.HandleFunc("GET /api/docs.css", serveDocsStyle)
	a.Mux.Handle("GET /avatars/{hash}", a.SignedIn(http.HandlerFunc(a.serveAvatar)))
	a.Mux.Handle("GET "+Base+"/people/{id}/avatar", a.SignedIn(http.HandlerFunc(a.redirectToAvatar)))
	a.Mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) { a.Fail(w, r, errNoSuchPath) })
}

// headers are set on every answer; what serves pages sets its own Content-Security-Policy over it.
func (a *API) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		if strings.HasPrefix(r.URL.Path, "/api/") {
			h.Set("Cache-Control", "no-store")
			h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
		}
		next.ServeHTTP(w, r)
	})
}

// sameSite refuses changes that a page of another site asks of a visitor's browser. Requests that bring a Bearer
// token are exempt: no browser adds one by itself, and their cookies are not looked at.
func (a *API) sameSite(p *http.CrossOriginProtection, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, bearer := bearerToken(r); !bearer {
			if err := p.Check(r); err != nil {
				a.Fail(w, r, errCrossSite)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}
