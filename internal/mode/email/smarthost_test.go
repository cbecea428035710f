package email_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/mode/email"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// sender is a house in which there is something to tell Bo.
type sender struct {
	*house
	envelope parley.Envelope
}

func newSender(t testing.TB, settings config.Email) *sender {
	t.Helper()
	s := &sender{house: build(t, storetest.Open(t, storetest.Options(t, store.SQLite)), settings)}
	to := s.proven(s.bo)
	m := s.say(s.ada, conversation.Draft{Conversation: s.direct(s.ada, s.bo), Body: "Hallo\n.\nBo"})
	s.envelope = parley.Envelope{Person: s.bo.ID, To: to, What: parley.NoticeTell, Notes: []parley.Note{note(m, "away")}, Key: "one"}
	return s
}

// deliver delivers under a key.
func (s *sender) deliver(key string) (parley.Receipt, error) {
	e := s.envelope
	e.Key = key
	return s.mail.Deliver(s.t.Context(), e)
}

func (s *sender) delivers(key string) {
	s.t.Helper()
	if r, err := s.deliver(key); err != nil || r.State != "sent" {
		s.t.Fatalf("%s: %+v, %v", key, r, err)
	}
}

// refused delivers and wants that kind of error.
func (s *sender) refused(key string, kind error) parley.Receipt {
	s.t.Helper()
	r, err := s.deliver(key)
	if !errors.Is(err, kind) || r.State != "failed" {
		s.t.Fatalf("%s: %+v, %v, want %v", key, r, err, kind)
	}
	if strings.Contains(err.Error(), "s3cret") {
		s.t.Errorf("the error has the password: %v", err)
	}
	return r
}

func TestMailGoesOutByEachKindOfSmartHost(t *testing.T) {
	users := map[string]string{"parley@host": "s3cret/ of:ours"}
	const user = "parley%40host:s3cret%2F%20of%3Aours"
	for name, c := range map[string]struct {
		hosting
		scheme, user, behind string
	}{
		"STARTTLS":              {scheme: "smtp"},
		"STARTTLS, signed in":   {hosting{users: users}, "smtp", user, ""},
		"STARTTLS, AUTH LOGIN":  {hosting{users: users, login: true}, "smtp", user, ""},
		"TLS at once":           {hosting{atOnce: true}, "smtps", "", ""},
		"TLS at once, signed":   {hosting{atOnce: true, users: users}, "smtps", user, "/"},
		"open":                  {hosting{noTLS: true}, "smtp", "", "?tls=off"},
		"open, signed in":       {hosting{noTLS: true, users: users}, "smtp", user, "/?tls=off"},
		"open, though it could": {hosting{}, "smtp", "", "?tls=off"},
	} {
		t.Run(name, func(t *testing.T) {
			h := serveHost(t, c.hosting)
			s := newSender(t, h.settings(c.scheme, c.user, c.behind))
			s.delivers("one")
			s.delivers("one")
			got := h.got()
			if len(got) != 2 {
				t.Fatalf("it got %d mails", len(got))
			}
			m := got[0]
			if m.from != "parley@harbour.example" || m.to != "bo@ek.example" || m.hello != "parley.harbour.example" || m.options.UTF8 ||
				m.secure != (c.behind != "?tls=off" && c.behind != "/?tls=off") {
				t.Errorf("it got %+v", m)
			}
			if !strings.Contains(m.text, "\r\n  .\r\n") || m.text != got[1].text {
				t.Errorf("the mail is not what was sent, or another the second time:\n%s", m.text)
			}
			if lines, _ := h.counts(); lines != 1 {
				t.Errorf("%d connections for two mails", lines)
			}
		})
	}
}

// What the smart host says before a mail begins is no fault of the mail, whatever its number.
func TestASmartHostThatCannotBeUsedMayBeLater(t *testing.T) {
	users := map[string]string{"ours": "s3cret"}
	for name, c := range map[string]struct {
		hosting
		scheme, user string
		noRoot       bool
		want         string
	}{
		"offers no STARTTLS":        {hosting: hosting{noTLS: true}, scheme: "smtp", want: "STARTTLS"},
		"is another":                {hosting: hosting{another: true}, scheme: "smtp", want: "elsewhere.example"},
		"is another, TLS at once":   {hosting: hosting{another: true, atOnce: true}, scheme: "smtps", want: "elsewhere.example"},
		"is known to nobody":        {scheme: "smtp", noRoot: true, want: "unknown authority"},
		"does not know us":          {hosting: hosting{users: users}, scheme: "smtp", user: "ours:wrong", want: "sign in"},
		"has no way to sign in":     {scheme: "smtp", user: "ours:s3cret", want: "PLAIN or LOGIN"},
		"speaks no TLS at all":      {hosting: hosting{noTLS: true}, scheme: "smtps", want: "tls"},
		"would have TLS from first": {hosting: hosting{atOnce: true}, scheme: "smtp", want: "deadline"},
	} {
		t.Run(name, func(t *testing.T) {
			h := serveHost(t, c.hosting)
			settings := h.settings(c.scheme, c.user, "")
			if c.noRoot {
				settings.Root = ""
			}
			s := newSender(t, settings)
			ctx := t.Context()
			if c.want == "deadline" { // both wait for the other to begin
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, 200*time.Millisecond)
				defer cancel()
			}
			r, err := s.mail.Deliver(ctx, s.envelope)
			if !errors.Is(err, parley.ErrUnavailable) || errors.Is(err, parley.ErrInvalid) || !strings.Contains(err.Error(), c.want) || r.State != "failed" {
				t.Errorf("%+v, %v", r, err)
			}
			if len(h.got()) != 0 {
				t.Error("it got a mail")
			}
		})
	}
	t.Run("is not there", func(t *testing.T) {
		newSender(t, nowhere).refused("one", parley.ErrUnavailable)
	})
}

func TestWhatTheSmartHostAnswersDecidesWhetherItIsTriedAgain(t *testing.T) {
	h := serveHost(t, hosting{})
	s := newSender(t, h.settings("smtp", "", ""))
	answer := func(at string, code int, words string) {
		h.answers(func(command string) error {
			if command == at {
				return &smtp.SMTPError{Code: code, EnhancedCode: smtp.NoEnhancedCode, Message: words}
			}
			return nil
		})
	}
	for _, at := range []string{"MAIL", "RCPT", "DATA", "."} {
		for code, kind := range map[int]error{450: parley.ErrUnavailable, 452: parley.ErrUnavailable, 550: parley.ErrInvalid, 552: parley.ErrInvalid} {
			words := fmt.Sprintf("not now at %s", at)
			answer(at, code, words)
			if r := s.refused(fmt.Sprint(at, code), kind); r.Reason != fmt.Sprintf("%d %s", code, words) {
				t.Errorf("%s, %d: the receipt says %q", at, code, r.Reason)
			}
			h.answers(nil)
			s.delivers(fmt.Sprint("after ", at, code))
		}
	}
	if lines, _ := h.counts(); lines != 1 {
		t.Errorf("%d connections, though none was broken", lines)
	}
	// 421 ends the connection; the next mail has a new one.
	answer("RCPT", 421, "closing down")
	s.refused("closing", parley.ErrUnavailable)
	h.answers(nil)
	s.delivers("after 421")
	if lines, _ := h.counts(); lines != 2 {
		t.Errorf("%d connections after 421", lines)
	}
	// Words from outside are one line, and no longer than they may be.
	answer("RCPT", 550, "first\nsecond \x1b[31m"+strings.Repeat("long ", 200))
	if r := s.refused("words", parley.ErrInvalid); strings.ContainsAny(r.Reason, "\n\x1b") || len(r.Reason) > 310 || !strings.HasPrefix(r.Reason, "550 first second") {
		t.Errorf("the receipt says %q", r.Reason)
	}
}

func TestAConnectionThatBreaksIsNoLoss(t *testing.T) {
	h := serveHost(t, hosting{})
	s := newSender(t, h.settings("smtp", "", ""))
	for _, at := range []string{"MAIL", "RCPT", "DATA", "."} {
		h.answers(func(command string) error {
			if command == at {
				return errHangUp
			}
			return nil
		})
		s.refused("breaks at "+at, parley.ErrUnavailable)
		h.answers(nil)
		s.delivers("breaks at " + at)
	}
	// The same Message-ID each time: whoever got it twice sees it once.
	e := s.envelope
	e.Key = "twice"
	h.answers(func(string) error { return nil })
	for range 2 {
		if _, err := s.mail.Deliver(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	got := h.got()
	if a, b := messageID(got[len(got)-1].text), messageID(got[len(got)-2].text); a != b || a == "" {
		t.Errorf("the same mail as %q and %q", a, b)
	}
	if a, b := messageID(got[0].text), messageID(got[1].text); a == b {
		t.Errorf("different mails as %q", a)
	}
}

func messageID(mail string) string {
	_, rest, _ := strings.Cut(mail, "Message-Id: ")
	id, _, _ := strings.Cut(rest, "\r\n")
	return id
}

func TestAConnectionIsKeptForAWhile(t *testing.T) {
	h := serveHost(t, hosting{})
	s := newSender(t, h.settings("smtp", "", ""))
	s.mail.KeepIdleFor(100 * time.Millisecond)
	s.delivers("one")
	for command := range h.seen { // it is left alone, and ends by itself
		if command == "gone" {
			break
		}
	}
	s.delivers("two")
	if lines, _ := h.counts(); lines != 2 {
		t.Errorf("%d connections", lines)
	}
}

func TestABurstNeedsFewConnections(t *testing.T) {
	h := serveHost(t, hosting{})
	s := newSender(t, h.settings("smtp", "", ""))
	const mails = 150
	var done sync.WaitGroup
	for i := range mails {
		done.Go(func() {
			if _, err := s.deliver(fmt.Sprint(i)); err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	lines, most := h.counts()
	if len(h.got()) != mails || most > email.MaxLines {
		t.Errorf("%d mails over %d connections at once", len(h.got()), most)
	}
	if lines > 2*email.MaxLines {
		t.Errorf("%d connections for %d mails", lines, mails)
	}
}

func TestWhoWaitsForASlowSmartHostCanGiveUp(t *testing.T) {
	for _, at := range []string{"MAIL", "DATA", "."} {
		h := serveHost(t, hosting{})
		s := newSender(t, h.settings("smtp", "", ""))
		ctx, giveUp := context.WithCancel(t.Context())
		free := make(chan struct{})
		h.answers(func(command string) error {
			if command == at {
				giveUp()
				<-free
			}
			return nil
		})
		_, err := s.mail.Deliver(ctx, s.envelope)
		close(free)
		if !errors.Is(err, parley.ErrUnavailable) || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", at, err)
		}
	}
	// One that greets nobody.
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s := newSender(t, config.Email{Smarthost: "smtp://" + l.Addr().String(), From: "parley@harbour.example"})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := s.mail.Deliver(ctx, s.envelope); !errors.Is(err, parley.ErrUnavailable) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("silence: %v", err)
	}
}

func TestAStopWaitsForWhatIsUnderWay(t *testing.T) {
	h := serveHost(t, hosting{})
	s := newSender(t, h.settings("smtp", "", ""))
	begun, free := make(chan struct{}), make(chan struct{})
	h.answers(func(command string) error {
		if command == "." {
			close(begun)
			<-free
		}
		return nil
	})
	sent := make(chan error, 1)
	go func() {
		_, err := s.deliver("one")
		sent <- err
	}()
	<-begun
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := s.mail.Stop(short); !errors.Is(err, parley.ErrUnavailable) {
		t.Errorf("a stop in a hurry: %v", err)
	}
	s.refused("too late", parley.ErrUnavailable)
	close(free)
	if err := <-sent; err != nil || len(h.got()) != 1 {
		t.Errorf("what was under way: %v, %d mails", err, len(h.got()))
	}
	if err := s.mail.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	for late := time.After(5 * time.Second); ; { // nothing is kept for a next mail
		select {
		case command := <-h.seen:
			if command == "gone" {
				return
			}
		case <-late:
			t.Fatal("the connection outlives the stop")
		}
	}
}

func TestAddressesOutsideASCII(t *testing.T) {
	for name, c := range map[string]struct {
		hosting
		kind error
	}{"can": {hosting{}, nil}, "cannot": {hosting{noUTF8: true}, parley.ErrInvalid}} {
		t.Run(name, func(t *testing.T) {
			h := serveHost(t, c.hosting)
			s := newSender(t, h.settings("smtp", "", ""))
			zoe := s.comes("Zoë", "zoë@ek.example", "Europe/Berlin", "en")
			s.envelope.Person, s.envelope.To = zoe.ID, s.proven(zoe)
			m := s.say(s.ada, conversation.Draft{Conversation: s.direct(s.ada, zoe), Body: "Hello"})
			s.envelope.Notes = []parley.Note{note(m, "away")}
			r, err := s.deliver("one")
			if !errors.Is(err, c.kind) {
				t.Fatalf("%+v, %v", r, err)
			}
			if c.kind != nil {
				if !strings.Contains(r.Reason, "SMTPUTF8") {
					t.Errorf("the receipt says %q", r.Reason)
				}
				return
			}
			if got := h.got(); len(got) != 1 || got[0].to != "zoë@ek.example" || !got[0].options.UTF8 {
				t.Errorf("it got %+v", got)
			}
		})
	}
}

func TestSettingsThatCannotBeMeantAreRefused(t *testing.T) {
	try := func(s config.Email) error {
		_, err := email.New(email.Parts{Settings: s, URL: url})
		return err
	}
	const from = "parley@harbour.example"
	for host, want := range map[string]string{
		"smtp://user:s3cret@host:port":          "%40",
		"smtp://us/er:s3cret@host":              "%2F",
		"host:587":                              "smtp://",
		"http://host":                           "smtp://",
		"smtp://":                               "user:password@host:port",
		"smtp://host/path":                      "nothing behind it",
		"smtp://host#x":                         "nothing behind it",
		"smtp://host?tls=on":                    "?tls=off",
		"smtp://host?tls=off&tls=off":           "?tls=off",
		"smtps://host?tls=off":                  "?tls=off",
		"smtp://user@host":                      "both user and password",
		"smtp://:s3cret@host":                   "both user and password",
		"smtp://user:s3cret@host?tls=off":       "show the password",
		"smtp://user:s3cret@192.0.2.1/?tls=off": "show the password",
	} {
		err := try(config.Email{Smarthost: host, From: from})
		if !errors.Is(err, parley.ErrInvalid) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "email-smarthost") {
			t.Errorf("%s: %v", host, err)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the password is in %v", host, err)
		}
	}
	for from, want := range map[string]string{"": "email-from", "parley": "email-from", "Parley <parley@x.example>": "email-from", "zoë@x.example": "email-from", "a@b.example\r\nBcc: c@d.example": "email-from"} {
		if err := try(config.Email{Smarthost: "smtp://host", From: from}); !errors.Is(err, parley.ErrInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("from %q: %v", from, err)
		}
	}
	if err := try(config.Email{From: from}); !errors.Is(err, parley.ErrInvalid) || !strings.Contains(err.Error(), "email-smarthost") {
		t.Errorf("without a host: %v", err)
	}
	for _, root := range []string{"testdata/none.pem", "smarthost_test.go"} {
		if err := try(config.Email{Smarthost: "smtp://host", From: from, Root: root}); !errors.Is(err, parley.ErrInvalid) || !strings.Contains(err.Error(), "roots") {
			t.Errorf("root %s: %v", root, err)
		}
	}
}
