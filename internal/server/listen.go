package server

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/parley"
)

// listen opens the port: plain, or with a certificate from files.
func listen(c *config.Config, log *slog.Logger) (net.Listener, error) {
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w: %w", c.Listen, parley.ErrUnavailable, err)
	}
	if c.TLS.Cert == "" && c.TLS.Key == "" {
		return l, nil
	}
	pair := &keyPair{cert: c.TLS.Cert, key: c.TLS.Key, log: log}
	if _, err := pair.get(nil); err != nil {
		_ = l.Close()
		return nil, err
	}
	return tls.NewListener(l, &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: pair.get, NextProtos: []string{"h2", "http/1.1"}}), nil
}

// keyPair is a certificate in files. It is read again when they change, so that a renewal needs no restart.
type keyPair struct {
	cert, key string
	log       *slog.Logger

	mu      sync.Mutex
	loaded  *tls.Certificate
	changed time.Time // when the file of loaded was
	refused time.Time // likewise, of what could not be read
	checked time.Time
}

// get returns the certificate; of a new one that cannot be read, the old one.
func (p *keyPair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.loaded != nil && time.Since(p.checked) < time.Second {
		return p.loaded, nil
	}
	p.checked = time.Now()
	info, err := os.Stat(p.cert)
	if err == nil && p.loaded != nil && info.ModTime().Equal(p.changed) {
		return p.loaded, nil
	}
	pair, err := tls.LoadX509KeyPair(p.cert, p.key)
	switch {
	case err == nil && info != nil:
		p.loaded, p.changed = &pair, info.ModTime()
	case p.loaded == nil:
		return nil, fmt.Errorf("certificate %s: %w: %w", p.cert, parley.ErrInvalid, err)
	case info != nil && !info.ModTime().Equal(p.refused): // once for each; the key may follow in a moment
		p.refused = info.ModTime()
		p.log.Warn("server.certificate_not_read", "file", p.cert, "error", err)
	}
	return p.loaded, nil
}
