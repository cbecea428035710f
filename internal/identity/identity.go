// Package identity is who is who: people, their addresses and the proof of them, sessions, passkeys, tokens, bots,
// invitations, groups, the organisation, and May: who may do what.
//
// It knows names, secrets and roles. It must not know what people say, nor how they are connected: whoever carries
// the news of a change registers Hooks.
//
// Secrets: passwords are kept as argon2id hashes, all tokens (sessions, access tokens, links) as SHA-256 of 256
// random bits. The limits of guessing stand in throttle.go.
package identity

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Options are what a Service works with. Only DB is required.
type Options struct {
	DB    *store.DB
	Blobs *blob.Store // for avatars; nil: there are none
	// URL is where people reach this server; links begin with it and passkeys are bound to its host.
	// Default http://localhost:8080.
	URL    string
	Clock  func() time.Time // default time.Now
	Logger *slog.Logger     // default slog.Default()
}

// Hooks are told what has changed, after it is durable. Each may be nil. They run in the order of the commits, must
// be quick and must not write. Set them before the first request.
type Hooks struct {
	// PersonChanged: new, or anything in their Person is different.
	PersonChanged func(parley.Person)
	// RoleChanged: what the person may see and do is different; PersonChanged tells the rest.
	RoleChanged func(person parley.ID)
	// GroupChanged: new or different; gone when it was deleted.
	GroupChanged func(g parley.PersonGroup, gone bool)
	// OrganisationChanged: one of its settings.
	OrganisationChanged func(parley.Organisation)
	// Revoked: these credentials are worth nothing any more: hang up. credential is the id of a session or an
	// access token; None means all of the person.
	Revoked func(person, credential parley.ID)
	// Welcome runs within the transaction that makes a person, so it may write: it brings them into the
	// conversations of their invitation, of which some may be gone. Without conversations, the owner has come.
	Welcome func(ctx context.Context, tx *store.Tx, p parley.Person, conversations []parley.ID) error
}

// Service has the verbs of this package.
type Service struct {
	Hooks Hooks

	db     *store.DB
	blobs  *blob.Store
	url    *url.URL
	clock  func() time.Time
	log    *slog.Logger
	hasher *hasher

	byAccount, byPlace *throttle

	callers  callerCache
	secret   []byte // for passkey challenges
	webauthn *webauthn.WebAuthn
	spent    spentChallenges
}

// New returns a Service. It makes the secret of this database if there is none yet.
func New(ctx context.Context, o Options) (*Service, error) {
	u, err := url.Parse(cmp.Or(o.URL, "http://localhost:8080"))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, parley.Invalid("url", "url", "must be the http or https address under which people reach this server")
	}
	s := &Service{
		db: o.DB, blobs: o.Blobs, url: u, clock: o.Clock, log: cmp.Or(o.Logger, slog.Default()), hasher: newHasher(),
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	s.callers.clock = s.clock
	s.byAccount = newThrottle(failuresOfAccount, longestOfAccount, s.clock)
	s.byPlace = newThrottle(failuresOfPlace, longestOfPlace, s.clock)
	if err := s.readSecret(ctx); err != nil {
		return nil, err
	}
	s.preparePasskeys()
	return s, nil
}

// URL returns the address of a path on this server.
func (s *Service) URL(path string) string { return s.url.JoinPath(path).String() }

// now is the instant that is written down: to the millisecond, as the database keeps it.
func (s *Service) now() time.Time { return s.clock().UTC().Truncate(time.Millisecond) }

func (s *Service) readSecret(ctx context.Context) error {
	const name = "secret"
	if err := store.Setting(ctx, s.db, name, &s.secret); !errors.Is(err, parley.ErrNotFound) {
		return err
	}
	var fresh [32]byte
	_, _ = rand.Read(fresh[:]) // never fails since Go 1.24
	err := s.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`,
			name, fmt.Sprintf("%q", base64.StdEncoding.EncodeToString(fresh[:])))
		return err
	})
	if err != nil {
		return fmt.Errorf("make the secret: %w", err)
	}
	return store.Setting(ctx, s.db, name, &s.secret)
}

// lockNames lets one transaction at a time, of all nodes, give away handles and the role of owner.
func lockNames(ctx context.Context, tx *store.Tx) error {
	_, err := tx.Exec(ctx, `UPDATE setting SET value = value WHERE name = 'secret'`)
	return err
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func instant(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// instantOrNil reads what the schema calls "0 means never".
func instantOrNil(ms int64) *time.Time {
	if ms == 0 {
		return nil
	}
	t := instant(ms)
	return &t
}

// changedOne says whether a statement changed exactly one row.
func changedOne(done interface{ RowsAffected() (int64, error) }, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n == 1, err
}
