// Package push tells people by Web Push: their browser shows a notification, also when no page of ours is open.
//
// Way out: RFC 8030 to the push service that each browser names, encrypted for the browser alone (RFC 8291, aes128gcm)
// and signed by this server (VAPID, RFC 8292): the push service learns when and how much, not what. There is no way in.
// It knows devices, keys and payloads; it must not know when anybody is to be told.
package push

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/preview"
	"github.com/parley-im/parley/internal/store"
)

// Parts are what the mode works with.
type Parts struct {
	API           *api.API
	DB            *store.DB
	Conversations *conversation.Service
	People        *identity.Service
	Clock         func() time.Time // default time.Now
	Log           *slog.Logger
	// Allow names push services that are not on the public Internet, for tests.
	Allow []netip.AddrPort
	// Client sends to them. Default one that reaches only the public Internet.
	Client *http.Client
}

// Mode is the way out, and the devices.
type Mode struct {
	db            *store.DB
	conversations *conversation.Service
	people        *identity.Service
	clock         func() time.Time
	log           *slog.Logger
	client        *http.Client
	allow         []netip.AddrPort
	keys          keys
}

const sendWithin = 10 * time.Second

// New makes the server's keys if there are none, and registers the mode's operations.
func New(ctx context.Context, p Parts) (*Mode, error) {
	m := &Mode{db: p.DB, conversations: p.Conversations, people: p.People, clock: p.Clock, log: p.Log, client: p.Client, allow: p.Allow}
	if m.clock == nil {
		m.clock = time.Now
	}
	if m.client == nil {
		dialer := net.Dialer{Timeout: sendWithin, Control: preview.Guard(p.Allow)}
		m.client = &http.Client{
			Timeout:       sendWithin,
			Transport:     &http.Transport{DialContext: dialer.DialContext, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 16 << 10},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	var err error
	if m.keys, err = readKeys(ctx, p.DB); err != nil {
		return nil, err
	}
	m.offer(p.API)
	return m, nil
}

// Kind is push.
func (*Mode) Kind() parley.AddressKind { return parley.AddressPush }

// PublicKey is the key by which push services, and browsers, know this server.
func (m *Mode) PublicKey() string { return m.keys.Public }
