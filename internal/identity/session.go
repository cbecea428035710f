package identity

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// How long things last.
const (
	SessionLife = 90 * 24 * time.Hour // from its last use
	touchEvery  = 5 * time.Minute     // the last use is written down at most so often
	callerLife  = 5 * time.Second     // how long a check of credentials holds; another node's revocation takes as long
	maxSessions = 100                 // of one person; the one unused for longest goes
)

// Caller is who asks, and by which credentials: a session or an access token.
type Caller struct {
	Person  parley.Person
	Session parley.ID
	Token   parley.ID
}

// Session is one device on which a person is signed in.
type Session struct {
	ID         parley.ID `json:"id"`
	UserAgent  string    `json:"user_agent"`
	IP         string    `json:"ip"`
	CreatedAt  time.Time `json:"created_at"`
	LastUsedAt time.Time `json:"last_used_at" doc:"Exact to five minutes"`
	Current    bool      `json:"current" doc:"The one that asks"`
}

// Authenticate returns whose token it is: of a session, or an access token. The error wraps ErrUnknown when it is
// nobody's, has expired or was revoked, or when the person is deactivated.
func (s *Service) Authenticate(ctx context.Context, token string) (Caller, error) {
	if token == "" || len(token) > 200 {
		return Caller{}, fmt.Errorf("no token: %w", parley.ErrUnknown)
	}
	key := fingerprint(token)
	if c, ok := s.callers.get(key); ok {
		return c, nil
	}
	generation := s.callers.generation()
	table := "session"
	if strings.HasPrefix(token, TokenPrefix) {
		table = "access_token"
	}
	var id parley.ID
	var used, expires int64
	p, err := store.One(ctx, s.db, func(row store.Scanner) (parley.Person, error) {
		return s.personScan(row, &id, &used, &expires)
	}, `SELECT t.id, t.last_used_at, t.expires_at, `+personColumns+` FROM `+table+` t JOIN person p ON p.id = t.person_id WHERE t.token_hash = ?`, key)
	now := s.now()
	switch {
	case errors.Is(err, parley.ErrNotFound):
		return Caller{}, fmt.Errorf("token: %w", parley.ErrUnknown)
	case err != nil:
		return Caller{}, fmt.Errorf("look for token: %w", err)
	case expires != 0 && expires <= millis(now):
		return Caller{}, fmt.Errorf("token has expired: %w", parley.ErrUnknown)
	case p.DeactivatedAt != nil:
		return Caller{}, fmt.Errorf("account is deactivated: %w", parley.ErrUnknown)
	}
	c := Caller{Person: p, Session: id}
	if table == "access_token" {
		c = Caller{Person: p, Token: id}
	}
	s.callers.put(key, c, generation)
	if now.Sub(instant(used)) >= touchEvery {
		s.touch(ctx, c, now)
	}
	return c, nil
}

// touch writes down that credentials were used. That it fails (the disk is full) keeps nobody out.
func (s *Service) touch(ctx context.Context, c Caller, now time.Time) {
	err := s.db.Write(context.WithoutCancel(ctx), c.Person.ID, func(ctx context.Context, tx *store.Tx) error {
		var err error
		if c.Session != parley.None {
			_, err = tx.Exec(ctx, `UPDATE session SET last_used_at = ?, expires_at = ? WHERE id = ?`, millis(now), millis(now.Add(SessionLife)), c.Session)
		} else {
			_, err = tx.Exec(ctx, `UPDATE access_token SET last_used_at = ? WHERE id = ?`, millis(now), c.Token)
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE person SET last_seen_at = ? WHERE id = ?`, millis(now), c.Person.ID)
		return err
	})
	if err != nil {
		s.log.Warn("identity.touch", "person", c.Person.ID, "error", err)
	}
}

// SignIn makes a session for who knows the password. ErrUnknown does not say what was wrong, and takes as long for
// an account that does not exist; LimitedError when it was tried too often.
func (s *Service) SignIn(ctx context.Context, email, password string, c Client) (Entry, error) {
	account, err := CleanEmail(email)
	if err != nil {
		account = "" // nobody's; it still counts and takes time
	}
	from := place(c.IP)
	if err := s.byPlace.attempt(from); err != nil {
		return Entry{}, err
	}
	if err := s.byAccount.attempt(account); err != nil {
		s.byPlace.refund(from)
		return Entry{}, err
	}
	var id parley.ID
	var hash string
	err = s.db.QueryRow(ctx, `SELECT p.id, w.hash FROM address a JOIN person p ON p.id = a.person_id JOIN password w ON w.person_id = p.id
		WHERE a.kind = 'email' AND a.value = ? AND p.deactivated_at = 0`, account).Scan(&id, &hash)
	if err != nil && !errors.Is(err, parley.ErrNotFound) {
		s.byPlace.refund(from)
		s.byAccount.refund(account)
		return Entry{}, fmt.Errorf("look for account: %w", err)
	}
	match, err := s.hasher.matches(ctx, password, hash)
	if err != nil {
		s.byPlace.refund(from)
		s.byAccount.refund(account)
		return Entry{}, err
	}
	if !match {
		return Entry{}, parley.Refuse(parley.ErrUnknown, "wrong_password", "the e-mail address or the password is wrong")
	}
	s.byAccount.forgive(account)
	s.byPlace.refund(from) // not forgiven: who guesses at others could sign in as themselves in between
	return s.open(ctx, id, c)
}

// Admit makes a session for a person whose proof somebody else has looked at: the caller answers for it.
func (s *Service) Admit(ctx context.Context, id parley.ID, c Client) (Entry, error) {
	return s.open(ctx, id, c)
}

// open makes a session for a person who has shown who they are.
func (s *Service) open(ctx context.Context, id parley.ID, c Client) (e Entry, err error) {
	err = s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) (err error) {
		e.Token, e.Session, err = s.makeSession(ctx, tx, id, c)
		return err
	})
	if err != nil {
		return Entry{}, fmt.Errorf("open session: %w", err)
	}
	e.Me, err = s.Me(ctx, id)
	return e, err
}

func (s *Service) makeSession(ctx context.Context, tx *store.Tx, person parley.ID, c Client) (token string, id parley.ID, err error) {
	now := s.now()
	if _, err := tx.Exec(ctx, `DELETE FROM session WHERE person_id = ? AND (expires_at <= ? OR id NOT IN (
		SELECT id FROM session WHERE person_id = ? ORDER BY last_used_at DESC, id DESC LIMIT ?))`, person, millis(now), person, maxSessions-1); err != nil {
		return "", 0, err
	}
	token, id = randomToken(), parley.NewID()
	_, err = tx.Exec(ctx, `INSERT INTO session (id, token_hash, person_id, user_agent, ip, created_at, last_used_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		id, fingerprint(token), person, printable(c.UserAgent, 300), printable(c.IP, 64), millis(now), millis(now), millis(now.Add(SessionLife)))
	return token, id, err
}

// printable returns at most n bytes of s without what cannot be shown or stored.
func printable(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if hidden(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	for len(s) > n {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}

// Sessions returns where the caller is signed in, the last used first.
func (s *Service) Sessions(ctx context.Context, c Caller) ([]Session, error) {
	all, err := store.All(ctx, s.db, func(row store.Scanner) (x Session, err error) {
		var created, used int64
		err = row.Scan(&x.ID, &x.UserAgent, &x.IP, &created, &used)
		x.CreatedAt, x.LastUsedAt, x.Current = instant(created), instant(used), x.ID == c.Session
		return x, err
	}, `SELECT id, user_agent, ip, created_at, last_used_at FROM session WHERE person_id = ? AND expires_at > ?
		ORDER BY last_used_at DESC, id DESC`, c.Person.ID, millis(s.now()))
	if all == nil {
		all = []Session{}
	}
	return all, err
}

// SignOut ends one session of a person. ErrNotFound: they have no such session.
func (s *Service) SignOut(ctx context.Context, person, session parley.ID) error {
	return s.db.Write(ctx, person, func(ctx context.Context, tx *store.Tx) error {
		done, err := changedOne(tx.Exec(ctx, `DELETE FROM session WHERE id = ? AND person_id = ?`, session, person))
		if err != nil {
			return err
		}
		if !done {
			return fmt.Errorf("session %s: %w", session, parley.ErrNotFound)
		}
		s.tellRevoked(tx, person, session)
		return nil
	})
}

// SignOutOthers ends all sessions of a person but one.
func (s *Service) SignOutOthers(ctx context.Context, person, but parley.ID) error {
	return s.db.Write(ctx, person, func(ctx context.Context, tx *store.Tx) error {
		return s.endOthers(ctx, tx, person, but)
	})
}

func (s *Service) endOthers(ctx context.Context, tx *store.Tx, person, but parley.ID) error {
	others, err := store.All(ctx, tx, store.Value[parley.ID], `DELETE FROM session WHERE person_id = ? AND id <> ? RETURNING id`, person, but)
	if err != nil {
		return fmt.Errorf("end other sessions: %w", err)
	}
	for _, id := range others {
		s.tellRevoked(tx, person, id)
	}
	return nil
}

// callerCache remembers for a moment whose token it was. Any change of a person or a credential empties it.
type callerCache struct {
	clock func() time.Time
	mu    sync.RWMutex
	known map[string]knownCaller
	turn  uint64
}

type knownCaller struct {
	Caller
	until time.Time
}

const callersKept = 20_000

func (c *callerCache) get(key string) (Caller, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	k, ok := c.known[key]
	return k.Caller, ok && c.clock().Before(k.until)
}

// generation is what put must be given: what was read before a change must not be kept after it.
func (c *callerCache) generation() uint64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.turn
}

func (c *callerCache) put(key string, caller Caller, generation uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.turn != generation {
		return
	}
	if c.known == nil || len(c.known) >= callersKept {
		c.known = map[string]knownCaller{}
	}
	c.known[key] = knownCaller{caller, c.clock().Add(callerLife)}
}

func (c *callerCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.turn++
	clear(c.known)
}

// Seen writes down that a person was at their app.
func (s *Service) Seen(ctx context.Context, person parley.ID, at time.Time) error {
	return s.db.Write(ctx, person, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE person SET last_seen_at = ? WHERE id = ? AND last_seen_at < ?`, millis(at), person, millis(at))
		return err
	})
}
