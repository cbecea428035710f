package email

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"sync"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/parley-im/parley/internal/parley"
)

// Limits towards the smart host.
const (
	maxLines = 4                // connections at once
	maxMails = 100              // mails over one connection
	idleFor  = 15 * time.Second // how long a connection is kept open for the next mail
	sendTime = 50 * time.Second // for one mail with everything before it: less than a job has
	dialTime = 15 * time.Second // of that, until one is connected and signed in
)

// security is how a connection to the smart host is kept from others' eyes.
type security int

const (
	startTLS  security = iota // asked for before anything else is said; without it nothing is
	tlsAtOnce                 // from the first byte
	unsafe                    // not at all, as whoever runs the server has asked
)

// smarthost is the mail server that takes our mails, and the connections to it.
type smarthost struct {
	address        string // host:port
	security       security
	user, password string // "": one need not sign in there
	tls            *tls.Config
	hello          string // what we call ourselves
	idleFor        time.Duration

	slots chan struct{} // one for each connection in use
	over  chan struct{} // closed when no more mails are taken

	mu     sync.Mutex
	idle   []*line        // open and not in use, the one used last is the last
	ending sync.WaitGroup // of idle lines that are being ended
}

// parseSmarthost reads the setting. Its errors never repeat it: it has a password. root names a file of certificates, or
// is empty; hello is the name of this server.
func parseSmarthost(text, root, hello string) (*smarthost, error) {
	wrong := func(msg string) error { return parley.Invalid("email-smarthost", "url", msg) }
	u, err := url.Parse(text)
	if err != nil {
		return nil, wrong("must be a URL like smtp://user:password@host:587; write what is special in user and password as %40 (@), %2F (/), %3A (:), %23 (#), %3F (?), %25 (%)")
	}
	h := &smarthost{hello: helloName(hello), idleFor: idleFor, slots: make(chan struct{}, maxLines), over: make(chan struct{})}
	port := "587"
	switch u.Scheme {
	case "smtp":
	case "smtps":
		h.security, port = tlsAtOnce, "465"
	default:
		return nil, wrong("must begin with smtp:// (STARTTLS) or smtps:// (TLS from the start)")
	}
	if u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.Fragment != "" || u.Opaque != "" {
		return nil, wrong("must be smtp://user:password@host:port with nothing behind it; a / or # in user or password is written %2F or %23")
	}
	if u.Port() != "" {
		port = u.Port()
	}
	h.address = net.JoinHostPort(u.Hostname(), port)
	for name, values := range u.Query() {
		if name != "tls" || len(values) != 1 || values[0] != "off" || u.Scheme != "smtp" {
			return nil, wrong("may have ?tls=off behind smtp://..., and nothing else")
		}
		h.security = unsafe
	}
	if u.User != nil {
		h.user = u.User.Username()
		h.password, _ = u.User.Password()
		if h.user == "" || h.password == "" {
			return nil, wrong("must have both user and password, or neither")
		}
		if h.security == unsafe && !isLoopback(u.Hostname()) {
			return nil, wrong("would show the password to everybody on the way: leave ?tls=off out, or user and password")
		}
	}
	h.tls = &tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12}
	if root != "" {
		pem, err := os.ReadFile(root)
		if err != nil {
			return nil, fmt.Errorf("roots of the smart host: %w: %w", parley.ErrInvalid, err)
		}
		h.tls.RootCAs = x509.NewCertPool()
		if !h.tls.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("roots of the smart host: %s has no certificate (PEM): %w", root, parley.ErrInvalid)
		}
	}
	return h, nil
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// helloName is how a host names itself in EHLO: an address goes into brackets (RFC 5321 section 4.1.3).
func helloName(host string) string {
	ip, err := netip.ParseAddr(host)
	switch {
	case err != nil:
		return host
	case ip.Is6():
		return "[IPv6:" + ip.String() + "]"
	}
	return "[" + ip.String() + "]"
}

// send hands a mail to the smart host. The error wraps ErrInvalid when it will not have it, ErrUnavailable when it may
// later; refusal has its words.
func (h *smarthost) send(ctx context.Context, from, to string, mail []byte) error {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-h.over:
	case <-ctx.Done():
		return fmt.Errorf("wait for the smart host: %w: %w", parley.ErrUnavailable, ctx.Err())
	}
	if h.isOver() {
		return fmt.Errorf("mail is stopping: %w", parley.ErrUnavailable)
	}
	l, err := h.line(ctx)
	if err != nil { // whatever it is, it is between us and the smart host, and no fault of this mail
		return fmt.Errorf("reach the smart host: %w: %w", parley.ErrUnavailable, because(ctx, err))
	}
	if err := l.carry(ctx, from, to, mail); err != nil {
		h.keepAfter(ctx, l, err)
		kind := parley.ErrUnavailable
		if answer, ok := errors.AsType[*smtp.SMTPError](err); ok && answer.Code >= 500 || errors.Is(err, errNeedsUTF8) {
			kind = parley.ErrInvalid
		}
		return fmt.Errorf("hand a mail to the smart host: %w: %w", kind, because(ctx, err))
	}
	h.keep(l)
	return nil
}

// because adds why a connection was closed under somebody's hands.
func because(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return err
}

// refusal returns the words with which the smart host has refused a mail; "" when it has not.
func refusal(err error) string {
	if answer, ok := errors.AsType[*smtp.SMTPError](err); ok {
		return fmt.Sprintf("%d %s", answer.Code, oneLine(answer.Message, maxRefusal))
	}
	if errors.Is(err, errNeedsUTF8) {
		return errNeedsUTF8.Error()
	}
	return ""
}

// maxRefusal is how many characters of the smart host's words are kept.
const maxRefusal = 300

// line returns a connection on which a mail can be begun: a kept one that still answers, or a new one.
func (h *smarthost) line(ctx context.Context) (*line, error) {
	for {
		l := h.takeIdle()
		if l == nil {
			return h.dial(ctx)
		}
		if l.answers(ctx) {
			return l, nil
		}
		l.hangUp()
	}
}

// takeIdle takes the connection that was used last.
func (h *smarthost) takeIdle() *line {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := len(h.idle)
	if n == 0 {
		return nil
	}
	l := h.idle[n-1]
	h.idle = h.idle[:n-1]
	l.timer.Stop() // too late, it finds that the line is not idle
	return l
}

// keepAfter keeps a connection over which a mail was refused, when it is fit for another.
func (h *smarthost) keepAfter(ctx context.Context, l *line, err error) {
	if answer, ok := errors.AsType[*smtp.SMTPError](err); (ok && answer.Code != 421 || errors.Is(err, errNeedsUTF8)) && l.reset(ctx) {
		h.keep(l)
		return
	}
	l.hangUp()
}

// keep leaves a connection open for a while.
func (h *smarthost) keep(l *line) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.isOver() || l.mails >= maxMails {
		h.end(l)
		return
	}
	h.idle = append(h.idle, l)
	l.timer = time.AfterFunc(h.idleFor, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		for i := range h.idle {
			if h.idle[i] == l {
				h.idle = append(h.idle[:i], h.idle[i+1:]...)
				h.end(l)
				return
			}
		}
	})
}

// end says goodbye beside what else is done. The lock is held.
func (h *smarthost) end(l *line) { h.ending.Go(l.quit) }

// close waits for what is under way, and ends all connections.
func (h *smarthost) close(ctx context.Context) error {
	h.mu.Lock()
	if !h.isOver() {
		close(h.over)
	}
	for _, l := range h.idle {
		l.timer.Stop()
		h.end(l)
	}
	h.idle = nil
	h.mu.Unlock()
	for range cap(h.slots) { // whoever sends has one
		select {
		case h.slots <- struct{}{}:
			defer func() { <-h.slots }()
		case <-ctx.Done():
			return fmt.Errorf("mails are still under way: %w: %w", parley.ErrUnavailable, ctx.Err())
		}
	}
	h.ending.Wait() // as long as a goodbye takes
	return nil
}

func (h *smarthost) isOver() bool {
	select {
	case <-h.over:
		return true
	default:
		return false
	}
}
