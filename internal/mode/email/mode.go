// Package email is mail. So far it goes out only: a message, or several that were held back, becomes a mail to a proven
// address of its recipient, by a smart host that passes it on.
//
// Way out: SMTP (RFC 5321) as a submission client (RFC 6409) with STARTTLS (RFC 3207) or TLS from the start (RFC 8314),
// AUTH (RFC 4954) and SMTPUTF8 (RFC 6531); mails of RFC 5322 and MIME, which say that a program wrote them (RFC 3834) and
// of which list they are (RFC 2919, RFC 2369). It knows how a mail is built and what a smart host answers. It must
// not know who is told of what, nor when.
//
// A mail carries the key of its delivery as Message-ID: should the process die between the smart host's last answer and
// the note of it, the mail goes out again under the same ID, which mail programs show once.
package email

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// Parts are what the mode works with.
type Parts struct {
	API           *api.API
	Conversations *conversation.Service
	People        *identity.Service
	Settings      config.Email
	URL           string           // where people reach this server; links begin with it
	Clock         func() time.Time // default time.Now
	Log           *slog.Logger     // default slog.Default()
}

// Mode writes mails and hands them to the smart host. It is a parley.Transport.
type Mode struct {
	conversations *conversation.Service
	people        *identity.Service
	url           *url.URL
	from          string // the address that mails come from
	name          string // beside an author's; "": the organisation's
	host          *smarthost
	clock         func() time.Time
	log           *slog.Logger
}

// New registers the mode's operations. The error says which setting is wrong. Without a smart host the mode has no
// address of anybody, and delivers nothing.
func New(p Parts) (*Mode, error) {
	base, err := url.Parse(p.URL)
	if err != nil || base.Hostname() == "" {
		return nil, parley.Invalid("url", "url", "must be the address under which people reach this server")
	}
	m := &Mode{conversations: p.Conversations, people: p.People, url: base, name: p.Settings.Name, clock: p.Clock, log: p.Log}
	if m.clock == nil {
		m.clock = time.Now
	}
	if m.log == nil {
		m.log = slog.Default()
	}
	if err := m.set(p.Settings); err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	m.offerProof(p.API)
	return m, nil
}

// set reads the settings.
func (m *Mode) set(s config.Email) (err error) {
	switch {
	case s.Smarthost == "" && s.From == "":
		return nil
	case s.Smarthost == "":
		return parley.Invalid("email-smarthost", "required", "is needed when there is an address to send from (--email-from)")
	case s.From == "":
		return parley.Invalid("email-from", "required", "is needed: the address that mail comes from, like parley@example.org")
	}
	if m.from, err = identity.CleanEmail(s.From); err != nil || !isASCII(m.from) {
		return parley.Invalid("email-from", "email", "must be a mail address in ASCII, and nothing else: parley@example.org")
	}
	m.host, err = parseSmarthost(s.Smarthost, s.Root, m.url.Hostname())
	return err
}

// Configured says whether mail can go out.
func (m *Mode) Configured() bool { return m.host != nil }

// Kind is parley.AddressEmail.
func (m *Mode) Kind() parley.AddressKind { return parley.AddressEmail }

// Addresses returns where mail reaches a person: the addresses that they have proven.
func (m *Mode) Addresses(ctx context.Context, person parley.ID) ([]parley.Address, error) {
	if !m.Configured() {
		return nil, nil
	}
	all, err := m.people.Addresses(ctx, person, parley.AddressEmail)
	var proven []parley.Address
	for _, a := range all {
		if a.Proof != "" {
			proven = append(proven, a)
		}
	}
	return proven, err
}

// Start does nothing: the smart host is called when there is a mail for it.
func (m *Mode) Start(context.Context) error { return nil }

// Stop waits for the mails that are under way, and says goodbye to the smart host.
func (m *Mode) Stop(ctx context.Context) error {
	if m.host == nil {
		return nil
	}
	return m.host.close(ctx)
}

// link is the address of a path of the app.
func (m *Mode) link(path string) string { return m.url.JoinPath(path).String() }
