package identity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// RecoveryLife is how long a recovery link can be used.
const RecoveryLife = 24 * time.Hour

// Recovery is a link by which somebody who has lost every way into their account gets a new one. It works once, and
// a newer one replaces it.
type Recovery struct {
	Person    parley.ID `json:"person"`
	ExpiresAt time.Time `json:"expires_at"`
}

// RecoveryOffer is what a recovery link tells who holds it.
type RecoveryOffer struct {
	Organisation string `json:"organisation"`
	Name         string `json:"name" doc:"Whose account it is"`
	Email        string `json:"email" doc:"With which they sign in"`
}

// WayIn is what somebody recovers their account with: a new password, or a passkey.
type WayIn struct {
	Password   string          `json:"password,omitempty" doc:"At least 10 characters"`
	Name       string          `json:"name,omitempty" doc:"Of the passkey"`
	Credential json.RawMessage `json:"credential,omitempty" doc:"RegistrationResponseJSON, instead of a password"`
}

// MakeRecovery makes the recovery link of a person and returns it; it is not kept. All former ones are void.
func (s *Service) MakeRecovery(ctx context.Context, by parley.Person, id parley.ID) (r Recovery, link string, err error) {
	err = s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
		by, err := s.findPerson(ctx, tx, by.ID) // as they are now, not when they signed in
		if err != nil {
			return err
		}
		p, err := s.seePerson(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := May(by, Recover, Object{Person: &p, Met: true}); err != nil {
			return err
		}
		r, link, err = s.insertRecovery(ctx, tx, id, by.ID)
		return err
	})
	if err != nil {
		return Recovery{}, "", fmt.Errorf("make a recovery link: %w", err)
	}
	s.log.Info("identity.recovery_made", "person", id, "by", by.ID)
	return r, link, nil
}

// MakeRecoveryOf is MakeRecovery for who has the machine: it asks nobody. The server of this database may run.
func (s *Service) MakeRecoveryOf(ctx context.Context, email string) (r Recovery, link string, err error) {
	if email, err = CleanEmail(email); err != nil {
		return Recovery{}, "", err
	}
	err = s.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		id, err := personOf(ctx, tx, email)
		if err != nil {
			return err
		}
		r, link, err = s.insertRecovery(ctx, tx, id, parley.None)
		return err
	})
	return r, link, err
}

func (s *Service) insertRecovery(ctx context.Context, tx *store.Tx, id, by parley.ID) (Recovery, string, error) {
	token, now := randomToken(), s.now()
	r := Recovery{Person: id, ExpiresAt: now.Add(RecoveryLife)}
	_, err := tx.Exec(ctx, `INSERT INTO recovery (person_id, token_hash, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (person_id) DO UPDATE SET token_hash = excluded.token_hash, created_by = excluded.created_by,
		created_at = excluded.created_at, expires_at = excluded.expires_at`, id, fingerprint(token), by, millis(now), millis(r.ExpiresAt))
	return r, s.URL("/recover") + "#" + token, err
}

// voidRecovery makes a person's recovery link worthless, if there is one.
func voidRecovery(ctx context.Context, tx *store.Tx, id parley.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM recovery WHERE person_id = ?`, id)
	return err
}

// OfferRecovery returns whose account a recovery link opens. ErrNotFound: it never was, or was used, replaced or
// withdrawn, or has expired; or who made it may not any more, or whose it is was deactivated.
func (s *Service) OfferRecovery(ctx context.Context, token string, c Client) (o RecoveryOffer, err error) {
	err = s.knock(c, func() error {
		me, err := s.recovering(ctx, token)
		if err != nil {
			return err
		}
		organisation, err := s.Organisation(ctx)
		o = RecoveryOffer{Organisation: organisation.Name, Name: me.Name, Email: me.Email}
		return err
	})
	return o, err
}

// BeginRecoveryPasskey is BeginPasskey for who holds a recovery link.
func (s *Service) BeginRecoveryPasskey(ctx context.Context, token string, c Client) (options json.RawMessage, err error) {
	err = s.knock(c, func() error {
		me, err := s.recovering(ctx, token)
		if err == nil {
			options, err = s.BeginPasskey(ctx, me.ID)
		}
		return err
	})
	return options, err
}

// Recover spends a recovery link: the account has the new way in and a session for who came by it; all its other
// sessions, and the password that was forgotten, are over. What was wrong with the new way in leaves the link as it is.
func (s *Service) Recover(ctx context.Context, token string, way WayIn, c Client) (e Entry, err error) {
	var me Me
	err = s.knock(c, func() error {
		if me, err = s.recovering(ctx, token); err != nil {
			return err
		}
		set, err := s.newWayIn(ctx, me, way)
		if err != nil {
			return err
		}
		return s.db.Write(ctx, me.ID, func(ctx context.Context, tx *store.Tx) error {
			if _, err := s.readRecovery(ctx, tx, `DELETE FROM recovery WHERE `+validRecovery+` RETURNING person_id, created_by`, token); err != nil {
				return err
			}
			if err := set(ctx, tx); err != nil {
				return err
			}
			if err := s.endOthers(ctx, tx, me.ID, parley.None); err != nil {
				return err
			}
			e.Token, e.Session, err = s.makeSession(ctx, tx, me.ID, c)
			return err
		})
	})
	if err != nil {
		return Entry{}, err
	}
	s.byAccount.forgive(me.Email)
	s.log.Info("identity.recovered", "person", me.ID, "passkey", len(way.Credential) > 0, "ip", c.IP)
	e.Me, err = s.Me(ctx, me.ID)
	return e, err
}

// newWayIn checks a way in and returns what keeps it.
func (s *Service) newWayIn(ctx context.Context, me Me, way WayIn) (func(context.Context, *store.Tx) error, error) {
	if len(way.Credential) > 0 {
		_, keep, err := s.newPasskey(ctx, me.ID, way.Name, way.Credential)
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.Exec(ctx, `DELETE FROM password WHERE person_id = ?`, me.ID); err != nil {
				return err
			}
			return keep(ctx, tx)
		}, nil
	}
	if err := CheckPassword(way.Password, me.Name, me.Handle, me.Email); err != nil {
		return nil, err
	}
	hash, err := s.hasher.hash(ctx, way.Password)
	return func(ctx context.Context, tx *store.Tx) error { return setPassword(ctx, tx, me.ID, hash, s.now()) }, err
}

const validRecovery = `token_hash = ? AND expires_at > ?`

// recovering returns whose account a recovery link opens.
func (s *Service) recovering(ctx context.Context, token string) (Me, error) {
	id, err := s.readRecovery(ctx, s.db, `SELECT person_id, created_by FROM recovery WHERE `+validRecovery, token)
	if err != nil {
		return Me{}, err
	}
	return s.Me(ctx, id)
}

// readRecovery runs a query for a valid link, and asks anew whether who made it may: either may have changed since.
func (s *Service) readRecovery(ctx context.Context, r store.Reader, query, token string) (id parley.ID, err error) {
	invalid := parley.Refuse(parley.ErrNotFound, "recovery", "this recovery link is not valid, or not any more")
	var by parley.ID
	err = r.QueryRow(ctx, query, fingerprint(token), millis(s.now())).Scan(&id, &by)
	if errors.Is(err, parley.ErrNotFound) {
		return id, invalid
	} else if err != nil {
		return id, fmt.Errorf("look for recovery link: %w", err)
	}
	p, err := s.findPerson(ctx, r, id)
	if err != nil {
		return id, err
	}
	if by == parley.None { // who has the machine may do anything, but nobody comes in who is deactivated
		if p.DeactivatedAt != nil {
			err = invalid
		}
		return id, err
	}
	maker, err := s.findPerson(ctx, r, by)
	if err == nil && May(maker, Recover, Object{Person: &p, Met: true}) != nil {
		err = invalid
	}
	return id, err
}

// knock makes guessing at links as slow as at passwords: a link that is not valid counts against where it came from.
func (s *Service) knock(c Client, try func() error) error {
	from := place(c.IP)
	if err := s.byPlace.attempt(from); err != nil {
		return err
	}
	err := try()
	if !errors.Is(err, parley.ErrNotFound) {
		s.byPlace.refund(from)
	}
	return err
}
