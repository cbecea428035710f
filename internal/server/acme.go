package server

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/caddyserver/certmagic"
	"go.uber.org/zap"

	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/parley"
)

// acme gets certificates and renews them (RFC 8555). The authority asks back at the two ports that people use anyway:
// tls-alpn-01 (RFC 8737) where the app is, http-01 where everything else is sent on to it.
type acme struct {
	domains []string
	magic   *certmagic.Config
	cache   *certmagic.Cache
	issuer  *certmagic.ACMEIssuer
	app     net.Listener // with a certificate as soon as there is one
	plain   net.Listener // without one
	http    *http.Server
	log     *slog.Logger
}

// newACME opens both ports; nothing is answered and nobody is asked before start.
func newACME(ctx context.Context, c *config.Config, log *slog.Logger) (*acme, error) {
	a := &acme{domains: c.TLS.ACME, log: log}
	template := certmagic.ACMEIssuer{CA: c.TLS.Directory, Email: c.TLS.Email, Agreed: true, Logger: zap.NewNop()}
	if c.TLS.Root != "" {
		pem, err := os.ReadFile(c.TLS.Root)
		if err != nil {
			return nil, fmt.Errorf("roots of the certificate authority: %w: %w", parley.ErrInvalid, err)
		}
		template.TrustedRoots = x509.NewCertPool()
		if !template.TrustedRoots.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("roots of the certificate authority: %s has no certificate (PEM): %w", c.TLS.Root, parley.ErrInvalid)
		}
	}
	var err error
	if a.app, err = net.Listen("tcp", c.TLS.HTTPS); err == nil {
		a.plain, err = net.Listen("tcp", c.TLS.HTTP)
	}
	if err != nil {
		a.close()
		return nil, fmt.Errorf("listen for https and http: %w: %w", parley.ErrUnavailable, err)
	}
	// Where the library would listen by itself; it sees that somebody does.
	template.AltTLSALPNPort, template.AltHTTPPort = port(a.app), port(a.plain)
	template.ListenHost, _, _ = net.SplitHostPort(c.TLS.HTTP) // listened to, so it can be split

	// What it logs are its events (below): its own lines have another form than ours.
	a.cache = certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert: func(certmagic.Certificate) (*certmagic.Config, error) { return a.magic, nil },
		Logger:           zap.NewNop(),
	})
	a.magic = certmagic.New(a.cache, certmagic.Config{
		Storage: &certmagic.FileStorage{Path: filepath.Join(c.Data, "acme")}, OnEvent: a.event, Logger: zap.NewNop(),
	})
	a.issuer = certmagic.NewACMEIssuer(a.magic, template)
	a.magic.Issuers = []certmagic.Issuer{a.issuer}
	for _, domain := range a.domains {
		_, _ = a.magic.CacheManagedCertificate(ctx, domain) // what was kept serves from the first moment; the rest is got later
	}
	secure := a.magic.TLSConfig()
	secure.MinVersion = tls.VersionTLS12
	secure.NextProtos = append([]string{"h2", "http/1.1"}, secure.NextProtos...)
	a.app = tls.NewListener(a.app, secure)
	return a, nil
}

func port(l net.Listener) int {
	_, text, _ := net.SplitHostPort(l.Addr().String()) // of a listener
	n, _ := strconv.Atoi(text)
	return n
}

// start sends who comes by http on to url, and gets what certificates are missing, again and again until it has them.
func (a *acme) start(ctx context.Context, url string) error {
	onwards := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "Use "+url, http.StatusForbidden) // what was sent was not secret
			return
		}
		http.Redirect(w, r, url+r.URL.RequestURI(), http.StatusMovedPermanently)
	})
	a.http = &http.Server{
		Handler: a.issuer.HTTPChallengeHandler(onwards), ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
	}
	go func() {
		if err := a.http.Serve(a.plain); !errors.Is(err, http.ErrServerClosed) {
			a.log.Error("acme.http_ended", "error", err)
		}
	}()
	if err := a.magic.ManageAsync(ctx, a.domains); err != nil {
		return fmt.Errorf("certificates for %v: %w: %w", a.domains, parley.ErrInvalid, err)
	}
	return nil
}

// event writes to the log what happened to a certificate.
func (a *acme) event(ctx context.Context, name string, data map[string]any) error {
	switch name {
	case "cert_obtained":
		a.log.InfoContext(ctx, "acme.certificate_obtained", "domain", data["identifier"], "renewal", data["renewal"])
	case "cert_failed":
		a.log.ErrorContext(ctx, "acme.certificate_failed", "domain", data["identifier"], "error", data["error"])
	}
	return nil
}

// stop ends the renewals and the port of http; the app's port is its server's.
func (a *acme) stop(ctx context.Context) error {
	a.cache.Stop()
	if a.http == nil {
		return nil
	}
	return a.http.Shutdown(ctx)
}

func (a *acme) close() {
	for _, l := range []net.Listener{a.app, a.plain} {
		if l != nil {
			_ = l.Close() // nothing was served yet
		}
	}
}
