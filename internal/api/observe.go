package api

import (
	"bufio"
	"context"
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/parley-im/parley/internal/parley"
)

type metrics struct {
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	running  prometheus.Gauge
}

func newMetrics(r *prometheus.Registry) metrics {
	m := metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "parley_http_requests_total", Help: "Requests answered, by route and status.",
		}, []string{"route", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "parley_http_request_duration_seconds", Help: "Time to answer, by route; without connections that became sockets.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "parley_http_requests_in_flight", Help: "Requests being answered, open sockets among them.",
		}),
	}
	r.MustRegister(m.requests, m.duration, m.running)
	for _, c := range []prometheus.Collector{collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})} {
		_ = r.Register(c) // another part may have done so
	}
	return m
}

// observe counts, times and logs each request by the route it matched: paths can have secrets in them.
func (a *API) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		q := a.ask(r)
		r = r.WithContext(context.WithValue(r.Context(), askingKey{}, q))
		rec := &recorder{ResponseWriter: w}
		a.metrics.running.Inc()
		defer func() {
			a.metrics.running.Dec()
			took, route := time.Since(began), r.Pattern // which the mux has set
			if route == "" {
				route = "none"
			}
			status := rec.status
			if status == 0 {
				status = http.StatusOK
			}
			a.metrics.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
			if !rec.hijacked {
				a.metrics.duration.WithLabelValues(route).Observe(took.Seconds())
			}
			level := slog.LevelInfo
			if status < 400 && !strings.Contains(route, "/api/") {
				level = slog.LevelDebug // pages and probes
			}
			if a.log.Enabled(r.Context(), level) {
				a.log.LogAttrs(r.Context(), level, "http.request", slog.String("method", r.Method), slog.String("route", route),
					slog.Int("status", status), slog.Int64("bytes", rec.bytes), slog.Duration("took", took),
					slog.String("ip", q.client.IP), slog.String("person", q.caller.Person.ID.String()))
			}
		}()
		next.ServeHTTP(rec, r)
	})
}

// recovering answers 500 where a handler panics.
func (a *API) recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			what := recover()
			if what == nil {
				return
			}
			if what == http.ErrAbortHandler { //nolint:errorlint // net/http compares it so
				panic(what)
			}
			a.log.ErrorContext(r.Context(), "http.panic", "panic", fmt.Sprint(what), "stack", string(debug.Stack()))
			if rec, ok := w.(*recorder); ok && rec.status == 0 && !rec.hijacked {
				a.Fail(w, r, fmt.Errorf("panic: %v", what))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// recorder remembers how a request was answered.
type recorder struct {
	http.ResponseWriter
	status   int
	bytes    int64
	hijacked bool
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= 200 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// ReadFrom keeps the kernel's way of sending files (sendfile).
func (r *recorder) ReadFrom(from io.Reader) (int64, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := io.Copy(r.ResponseWriter, from)
	r.bytes += n
	return n, err
}

// Flush and Hijack are for servers of streams and sockets that do not know http.ResponseController.
func (r *recorder) Flush() { _ = http.NewResponseController(r.ResponseWriter).Flush() }

// Hijack gives the connection away.
func (r *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(r.ResponseWriter).Hijack()
	if err == nil {
		r.hijacked, r.status = true, http.StatusSwitchingProtocols
	}
	return conn, rw, err
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (a *API) ready(w http.ResponseWriter, r *http.Request) {
	if a.options.Ready != nil {
		if err := a.options.Ready(r.Context()); err != nil {
			a.Fail(w, r, fmt.Errorf("not ready: %w: %w", parley.ErrUnavailable, err))
			return
		}
	}
	_, _ = w.Write([]byte("ready\n"))
}

// serveMetrics is for who has the token, or for this machine: but not for what a proxy on it passes on.
func (a *API) serveMetrics(w http.ResponseWriter, r *http.Request) {
	allowed := false
	if want := a.options.MetricsToken; want != "" {
		token, _ := bearerToken(r)
		allowed = subtle.ConstantTimeCompare([]byte(token), []byte(want)) == 1
	} else if r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == "" {
		from, err := netip.ParseAddrPort(r.RemoteAddr)
		allowed = err == nil && from.Addr().Unmap().IsLoopback()
	}
	if !allowed {
		a.Fail(w, r, errNoSuchPath)
		return
	}
	promhttp.HandlerFor(a.options.Metrics, promhttp.HandlerOpts{}).ServeHTTP(w, r)
}
