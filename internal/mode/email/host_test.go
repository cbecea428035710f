package email_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/parley-im/parley/internal/config"
)

// host is a smart host of the test's own, which does at each command what the test says.
type host struct {
	address string
	root    string // file with its certificate

	mu    sync.Mutex
	say   func(command string) error // nil: takes everything
	mails []mailed
	lines int         // connections, all in all
	now   int         // that are open
	most  int         // that were open at once
	seen  chan string // commands, as they come
}

// mailed is a mail that was taken.
type mailed struct {
	from, to string
	options  smtp.MailOptions
	text     string
	hello    string
	secure   bool
}

// hosting are the ways in which a host can be.
type hosting struct {
	noTLS   bool // does not offer STARTTLS
	atOnce  bool // TLS from the first byte
	noUTF8  bool // does not offer SMTPUTF8
	another bool // its certificate is that of another host
	users   map[string]string
	login   bool // offers AUTH LOGIN only
}

func serveHost(t testing.TB, how hosting) *host {
	t.Helper()
	h := &host{seen: make(chan string, 10_000)}
	name := "localhost"
	if how.another {
		name = "elsewhere.example"
	}
	certificate := h.certify(t, name)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l = counting{l, h}
	h.address = strings.Replace(l.Addr().String(), "127.0.0.1", "localhost", 1)
	s := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		if how.users == nil {
			return &session{host: h, conn: c}, nil
		}
		return &signing{session{host: h, conn: c}, how}, nil
	}))
	s.Domain, s.ErrorLog = "host.example", log.New(io.Discard, "", 0)
	s.EnableSMTPUTF8, s.AllowInsecureAuth = !how.noUTF8, true
	secure := &tls.Config{Certificates: []tls.Certificate{certificate}}
	if how.atOnce {
		l = tls.NewListener(l, secure)
	} else if !how.noTLS {
		s.TLSConfig = secure
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Serve(l)
	}()
	t.Cleanup(func() { _ = s.Close(); <-done })
	return h
}

func (h *host) certify(t testing.TB, name string) tls.Certificate {
	t.Helper()
	key := must[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der := must[[]byte](t)(x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key))
	h.root = filepath.Join(t.TempDir(), "root.pem")
	if err := os.WriteFile(h.root, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// settings are those of a house that sends by this host: "smtp" or "smtps", who signs in, and what stands behind.
func (h *host) settings(scheme, user, behind string) config.Email {
	if user != "" {
		user += "@"
	}
	return config.Email{Smarthost: scheme + "://" + user + h.address + behind, From: "parley@harbour.example", Root: h.root}
}

// answers has the host answer commands by f.
func (h *host) answers(f func(command string) error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.say = f
}

func (h *host) heard(command string) error {
	h.seen <- command
	h.mu.Lock()
	say := h.say
	h.mu.Unlock()
	if say == nil {
		return nil
	}
	return say(command)
}

func (h *host) got() []mailed {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.mails
}

func (h *host) counts() (lines, most int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.lines, h.most
}

// counting counts the connections of a host.
type counting struct {
	net.Listener
	host *host
}

func (l counting) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.host.mu.Lock()
	defer l.host.mu.Unlock()
	l.host.lines++
	l.host.now++
	l.host.most = max(l.host.most, l.host.now)
	return &counted{Conn: c, host: l.host}, nil
}

type counted struct {
	net.Conn
	host *host
	once sync.Once
}

func (c *counted) Close() error {
	c.once.Do(func() {
		c.host.mu.Lock()
		c.host.now--
		c.host.mu.Unlock()
		c.host.seen <- "gone"
	})
	return c.Conn.Close()
}

// errHangUp has the host hang up.
var errHangUp = errors.New("hang up")

// session is one connection.
type session struct {
	host *host
	conn *smtp.Conn
	mail mailed
}

func (s *session) do(command string) error {
	err := s.host.heard(command)
	if errors.Is(err, errHangUp) {
		_ = s.conn.Close()
	}
	return err
}

func (s *session) Mail(from string, options *smtp.MailOptions) error {
	_, secure := s.conn.TLSConnectionState()
	s.mail = mailed{from: from, options: *options, hello: s.conn.Hostname(), secure: secure}
	return s.do("MAIL")
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.to = to
	return s.do("RCPT")
}

func (s *session) Data(r io.Reader) error {
	if err := s.do("DATA"); err != nil {
		return err
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mail.text = string(text)
	if err := s.do("."); err != nil {
		return err
	}
	s.host.mu.Lock()
	defer s.host.mu.Unlock()
	s.host.mails = append(s.host.mails, s.mail)
	return nil
}

func (s *session) Reset() {}

func (s *session) Logout() error { return nil }

// signing is a session that wants user and password.
type signing struct {
	session
	how hosting
}

func (s *signing) AuthMechanisms() []string {
	if s.how.login {
		return []string{sasl.Login}
	}
	return []string{"SCRAM-SHA-256", sasl.Plain}
}

func (s *signing) Auth(mech string) (sasl.Server, error) {
	check := func(user, password string) error {
		if err := s.do("AUTH"); err != nil {
			return err
		}
		if s.how.users[user] != password || password == "" {
			return smtp.ErrAuthFailed
		}
		return nil
	}
	if mech == sasl.Login {
		return &loginServer{check: check}, nil
	}
	return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
}

// loginServer is AUTH LOGIN as servers do it: the user comes at once or is asked for, then the password.
type loginServer struct {
	check func(user, password string) error
	user  *string
}

func (s *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case response == nil:
		return []byte("Username:"), false, nil
	case s.user == nil:
		user := string(response)
		s.user = &user
		return []byte("Password:"), false, nil
	}
	return nil, true, s.check(*s.user, string(response))
}
