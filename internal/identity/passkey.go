package identity

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Limits of passkeys (WebAuthn level 3).
const (
	ceremonyLife = 5 * time.Minute // between the question and its answer
	maxPasskeys  = 20              // of one person
)

// Passkey is a key on a person's device, or in their password store, that opens their account.
type Passkey struct {
	ID         parley.ID  `json:"id"`
	Name       string     `json:"name"`
	CreatedAt  time.Time  `json:"created_at"`
	LastUsedAt *time.Time `json:"last_used_at,omitempty"`
}

// preparePasskeys binds passkeys to the host of our URL. Where that cannot be, as under the number of a host, they are
// unavailable.
func (s *Service) preparePasskeys() {
	origin := s.url.Scheme + "://" + s.url.Host
	w, err := webauthn.New(&webauthn.Config{
		RPID: s.url.Hostname(), RPDisplayName: "Parley", RPOrigins: []string{origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationPreferred,
		},
	})
	if err != nil {
		s.log.Warn("identity.no_passkeys", "url", origin, "error", err)
		return
	}
	s.webauthn = w
}

// passkeys returns what checks them.
func (s *Service) passkeys() (*webauthn.WebAuthn, error) {
	if s.webauthn == nil {
		return nil, parley.Refuse(parley.ErrUnavailable, "no_passkeys", "passkeys need a server that has a host name")
	}
	return s.webauthn, nil
}

// holder is a person as WebAuthn sees them. The user handle is the person's id, which tells nothing about them.
type holder struct {
	me          Me
	credentials []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return []byte(h.me.ID.String()) }
func (h holder) WebAuthnName() string                       { return h.me.Email }
func (h holder) WebAuthnDisplayName() string                { return h.me.Name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

func (s *Service) holder(ctx context.Context, id parley.ID) (h holder, err error) {
	if h.me, err = s.Me(ctx, id); err != nil {
		return h, err
	}
	h.credentials, err = store.All(ctx, s.db, func(row store.Scanner) (c webauthn.Credential, err error) {
		var record string
		if err := row.Scan(&record); err != nil {
			return c, err
		}
		return c, json.Unmarshal([]byte(record), &c)
	}, `SELECT record FROM passkey WHERE person_id = ?`, id)
	return h, err
}

// BeginPasskey returns the options with which the browser makes a passkey (PublicKeyCredentialCreationOptionsJSON).
func (s *Service) BeginPasskey(ctx context.Context, id parley.ID) (json.RawMessage, error) {
	h, err := s.holder(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(h.credentials) >= maxPasskeys {
		return nil, parley.Refuse(parley.ErrConflict, "too_many", fmt.Sprintf("you have %d passkeys, which is as many as can be", maxPasskeys))
	}
	keys, err := s.passkeys()
	if err != nil {
		return nil, err
	}
	creation, _, err := keys.BeginRegistration(h,
		webauthn.WithExclusions(webauthn.Credentials(h.credentials).CredentialDescriptors()),
		func(o *protocol.PublicKeyCredentialCreationOptions) error {
			o.Challenge, o.Timeout = s.challenge(id), int(ceremonyLife.Milliseconds())
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	return json.Marshal(creation.Response)
}

// AddPasskey keeps the passkey that the browser has made (RegistrationResponseJSON).
func (s *Service) AddPasskey(ctx context.Context, id parley.ID, name string, credential json.RawMessage) (Passkey, error) {
	p, keep, err := s.newPasskey(ctx, id, name, credential)
	if err != nil {
		return Passkey{}, err
	}
	if err := s.db.Write(ctx, id, keep); err != nil {
		return Passkey{}, fmt.Errorf("add passkey: %w", err)
	}
	return p, nil
}

// newPasskey checks the answer to BeginPasskey and returns what keeps it.
func (s *Service) newPasskey(ctx context.Context, id parley.ID, name string, credential json.RawMessage) (p Passkey, keep func(context.Context, *store.Tx) error, err error) {
	if name == "" {
		name = "Passkey"
	}
	if name, err = CleanName("name", name); err != nil {
		return p, nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(credential)
	if err != nil {
		return p, nil, refused(err)
	}
	challenge, err := s.spend(parsed.Response.CollectedClientData.Challenge, id)
	if err != nil {
		return p, nil, err
	}
	h, err := s.holder(ctx, id)
	if err != nil {
		return p, nil, err
	}
	keys, err := s.passkeys()
	if err != nil {
		return p, nil, err
	}
	made, err := keys.CreateCredential(h, webauthn.SessionData{
		Challenge: challenge, UserID: h.WebAuthnID(), UserVerification: protocol.VerificationPreferred,
		CredParams: webauthn.CredentialParametersDefault(),
	}, parsed)
	if err != nil {
		return p, nil, refused(err)
	}
	record, err := json.Marshal(made)
	if err != nil {
		return p, nil, err
	}
	p = Passkey{ID: parley.NewID(), Name: name, CreatedAt: s.now()}
	return p, func(ctx context.Context, tx *store.Tx) error {
		fresh, err := changedOne(tx.Exec(ctx, `INSERT INTO passkey (id, credential, person_id, name, record, created_at)
			VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, p.ID, credentialName(made.ID), id, name, string(record), millis(p.CreatedAt)))
		if err == nil && !fresh {
			err = parley.Refuse(parley.ErrConflict, "known", "this passkey is known already")
		}
		return err
	}, nil
}

// Passkeys returns those of a person, the oldest first.
func (s *Service) Passkeys(ctx context.Context, id parley.ID) ([]Passkey, error) {
	all, err := store.All(ctx, s.db, func(row store.Scanner) (p Passkey, err error) {
		var created, used int64
		err = row.Scan(&p.ID, &p.Name, &created, &used)
		p.CreatedAt, p.LastUsedAt = instant(created), instantOrNil(used)
		return p, err
	}, `SELECT id, name, created_at, last_used_at FROM passkey WHERE person_id = ? ORDER BY id`, id)
	if all == nil {
		all = []Passkey{}
	}
	return all, err
}

// RemovePasskey forgets one. ErrConflict: it is the only way in that the person has.
func (s *Service) RemovePasskey(ctx context.Context, person, id parley.ID) error {
	return s.db.Write(ctx, person, func(ctx context.Context, tx *store.Tx) error {
		done, err := changedOne(tx.Exec(ctx, `DELETE FROM passkey WHERE id = ? AND person_id = ?`, id, person))
		if err != nil {
			return err
		}
		if !done {
			return fmt.Errorf("passkey %s: %w", id, parley.ErrNotFound)
		}
		var ways int
		if err := tx.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM passkey WHERE person_id = ?) + (SELECT COUNT(*) FROM password WHERE person_id = ?)`, person, person).Scan(&ways); err != nil {
			return err
		}
		if ways == 0 {
			return parley.Refuse(parley.ErrConflict, "only_way_in", "this is your only way in: set a password first")
		}
		return nil
	})
}

// BeginSignIn returns the options with which the browser asks for a passkey (PublicKeyCredentialRequestOptionsJSON).
func (s *Service) BeginSignIn() (json.RawMessage, error) {
	keys, err := s.passkeys()
	if err != nil {
		return nil, err
	}
	assertion, _, err := keys.BeginDiscoverableLogin(func(o *protocol.PublicKeyCredentialRequestOptions) error {
		o.Challenge, o.Timeout = s.challenge(parley.None), int(ceremonyLife.Milliseconds())
		o.UserVerification = protocol.VerificationPreferred
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	return json.Marshal(assertion.Response)
}

// SignInWithPasskey makes a session for who has answered with a passkey (AuthenticationResponseJSON).
func (s *Service) SignInWithPasskey(ctx context.Context, credential json.RawMessage, c Client) (Entry, error) {
	from := place(c.IP)
	if err := s.byPlace.attempt(from); err != nil {
		return Entry{}, err
	}
	id, err := s.checkPasskey(ctx, credential)
	if err != nil {
		return Entry{}, err
	}
	s.byPlace.refund(from)
	return s.open(ctx, id, c)
}

func (s *Service) checkPasskey(ctx context.Context, credential json.RawMessage) (parley.ID, error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(credential)
	if err != nil {
		return parley.None, refused(err)
	}
	challenge, err := s.spend(parsed.Response.CollectedClientData.Challenge, parley.None)
	if err != nil {
		return parley.None, err
	}
	unknown := parley.Refuse(parley.ErrUnknown, "passkey", "this passkey opens no account here")
	id, err := parley.ParseID(string(parsed.Response.UserHandle))
	if err != nil || id == parley.None {
		return parley.None, unknown
	}
	h, err := s.holder(ctx, id)
	if errors.Is(err, parley.ErrNotFound) {
		return parley.None, unknown
	} else if err != nil {
		return parley.None, err
	}
	keys, err := s.passkeys()
	if err != nil {
		return parley.None, err
	}
	used, err := keys.ValidateDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) {
		if !bytes.Equal(handle, h.WebAuthnID()) {
			return nil, unknown
		}
		return h, nil
	}, webauthn.SessionData{Challenge: challenge, UserVerification: protocol.VerificationPreferred}, parsed)
	if err != nil || used.Authenticator.CloneWarning || h.me.DeactivatedAt != nil {
		return parley.None, unknown
	}
	record, err := json.Marshal(used)
	if err != nil {
		return parley.None, err
	}
	err = s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE passkey SET record = ?, last_used_at = ? WHERE credential = ? AND person_id = ?`,
			string(record), millis(s.now()), credentialName(used.ID), id)
		return err
	})
	return id, err
}

func credentialName(id []byte) string { return base64.RawURLEncoding.EncodeToString(id) }

func refused(err error) error {
	if e, ok := errors.AsType[*protocol.Error](err); ok {
		err = errors.New(e.Details)
	}
	return &parley.FieldError{Field: "credential", Code: "passkey", Msg: "was not accepted: " + printable(err.Error(), 200)}
}

// A challenge carries its own proof, so that no node has to remember whom it asked: 16 random bytes, when it ends
// (8 bytes, seconds since 1970), and 16 bytes of HMAC-SHA-256 over both and for whom it was made.
const challengeSize = 40

func (s *Service) challenge(person parley.ID) []byte {
	c := make([]byte, 24, challengeSize)
	_, _ = rand.Read(c[:16]) // never fails since Go 1.24
	binary.BigEndian.PutUint64(c[16:], uint64(s.clock().Add(ceremonyLife).Unix()))
	return append(c, s.challengeProof(c, person)...)
}

func (s *Service) challengeProof(c []byte, person parley.ID) []byte {
	mac := hmac.New(sha256.New, s.secret)
	fmt.Fprintf(mac, "passkey challenge of %q\n%s", person, c[:24])
	return mac.Sum(nil)[:challengeSize-24]
}

// spend checks a challenge that came back, and lets it come once.
func (s *Service) spend(challenge string, person parley.ID) (string, error) {
	c, err := base64.RawURLEncoding.DecodeString(challenge)
	if err != nil || len(c) != challengeSize || !hmac.Equal(c[24:], s.challengeProof(c, person)) {
		return "", refused(errors.New("the challenge is not ours"))
	}
	until := time.Unix(int64(binary.BigEndian.Uint64(c[16:])), 0)
	if !s.clock().Before(until) || !s.spent.add(challenge, until, s.clock()) {
		return "", refused(errors.New("the challenge is over: begin again"))
	}
	return challenge, nil
}

// spentChallenges are those that have been answered and could be answered again. Each node remembers its own: to
// repeat an answer elsewhere, one must have read it within TLS.
type spentChallenges struct {
	mu    sync.Mutex
	until map[string]time.Time
}

func (s *spentChallenges) add(challenge string, until, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.until == nil {
		s.until = map[string]time.Time{}
	}
	if len(s.until) >= 10_000 {
		for c, end := range s.until {
			if !now.Before(end) {
				delete(s.until, c)
			}
		}
	}
	if _, again := s.until[challenge]; again {
		return false
	}
	s.until[challenge] = until
	return true
}
