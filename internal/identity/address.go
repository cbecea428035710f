package identity

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// EmailProofLife is how long a link that proves a mail address can be used.
const EmailProofLife = 24 * time.Hour

// How long one waits for another such link: it doubles with each, and a day without one makes it short again. Nobody
// shall be able to fill somebody else's mailbox by it.
const (
	emailProofWait    = time.Minute
	emailProofLongest = 4 * time.Hour
	emailProofCalm    = 24 * time.Hour
)

// ByLink is the proof of a mail address whose owner has opened a link that was sent to it.
const ByLink = "link"

// EmailProof is a link that proves a mail address. It goes to that address and nowhere else.
type EmailProof struct {
	Email     string
	Link      string
	ExpiresAt time.Time
}

// EmailProofOffer is what such a link tells who holds it.
type EmailProofOffer struct {
	Organisation string `json:"organisation"`
	Name         string `json:"name" doc:"Whose account it is"`
	Email        string `json:"email" doc:"The address that is theirs"`
}

// Addresses returns the addresses of a person of one kind, with their proofs.
func (s *Service) Addresses(ctx context.Context, person parley.ID, kind parley.AddressKind) ([]parley.Address, error) {
	list, err := store.All(ctx, s.db, func(row store.Scanner) (a parley.Address, err error) {
		var proven int64
		err = row.Scan(&a.Kind, &a.Value, &a.Proof, &proven)
		a.ProvenAt = instantOrNil(proven)
		return a, err
	}, `SELECT kind, value, proof, proven_at FROM address WHERE person_id = ? AND kind = ? ORDER BY value`, person, kind)
	if err != nil {
		return nil, fmt.Errorf("addresses of %s: %w", person, err)
	}
	return list, nil
}

// MakeEmailProof makes the link that proves the mail address of a person; all former ones are void. ErrConflict: it is
// proven, or there is none. *LimitedError: one was made a moment ago.
func (s *Service) MakeEmailProof(ctx context.Context, person parley.ID) (p EmailProof, err error) {
	token, now := randomToken(), s.now()
	p = EmailProof{Link: s.URL("/confirm") + "#" + token, ExpiresAt: now.Add(EmailProofLife)}
	err = s.db.Write(ctx, person, func(ctx context.Context, tx *store.Tx) error {
		var proof string
		err := tx.QueryRow(ctx, `SELECT value, proof FROM address WHERE person_id = ? AND kind = 'email'`, person).Scan(&p.Email, &proof)
		switch {
		case errors.Is(err, parley.ErrNotFound):
			return parley.Refuse(parley.ErrConflict, "no_email", "you have no mail address")
		case err != nil:
			return err
		case proof != "":
			return parley.Refuse(parley.ErrConflict, "proven", "it is confirmed already")
		}
		var made, madeAt int64
		err = tx.QueryRow(ctx, `SELECT made, made_at FROM email_proof WHERE person_id = ?`, person).Scan(&made, &madeAt)
		if err != nil && !errors.Is(err, parley.ErrNotFound) {
			return err
		}
		ago := now.Sub(instant(madeAt))
		if wait := emailProofLongest; made > 0 {
			wait = min(wait, emailProofWait<<min(made-1, 20))
			if ago < wait {
				return &LimitedError{After: wait - ago}
			}
		}
		if ago > emailProofCalm {
			made = 0
		}
		_, err = tx.Exec(ctx, `INSERT INTO email_proof (person_id, email, token_hash, made, made_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (person_id) DO UPDATE SET email = excluded.email, token_hash = excluded.token_hash, made = excluded.made,
			made_at = excluded.made_at, expires_at = excluded.expires_at`,
			person, p.Email, fingerprint(token), made+1, millis(now), millis(p.ExpiresAt))
		return err
	})
	if err != nil {
		return EmailProof{}, fmt.Errorf("make the proof of a mail address: %w", err)
	}
	return p, nil
}

// OfferEmailProof returns which address a link proves, and whose. ErrNotFound: it never was, or was used or replaced, or
// has expired, or the person has another address by now.
func (s *Service) OfferEmailProof(ctx context.Context, token string, c Client) (o EmailProofOffer, err error) {
	err = s.knock(c, func() error {
		id, email, err := s.readEmailProof(ctx, s.db, token)
		if err != nil {
			return err
		}
		p, err := s.findPerson(ctx, s.db, id)
		if err != nil {
			return err
		}
		organisation, err := s.Organisation(ctx)
		o = EmailProofOffer{Organisation: organisation.Name, Name: p.Name, Email: email}
		return err
	})
	return o, err
}

// ProveEmail spends a link: the address it was sent to is proven. It opens nothing, so it asks nobody who they are.
func (s *Service) ProveEmail(ctx context.Context, token string, c Client) error {
	var id parley.ID
	err := s.knock(c, func() error {
		return s.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) (err error) {
			var email string
			if id, email, err = s.readEmailProof(ctx, tx, token); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `UPDATE address SET proof = ?, proven_at = ? WHERE kind = 'email' AND value = ? AND person_id = ?`,
				ByLink, millis(s.now()), email, id); err != nil {
				return err
			}
			_, err = tx.Exec(ctx, `DELETE FROM email_proof WHERE person_id = ?`, id)
			return err
		})
	})
	if err == nil {
		s.log.Info("identity.email_proven", "person", id)
	}
	return err
}

// readEmailProof returns whose address a link proves, if it is theirs still.
func (s *Service) readEmailProof(ctx context.Context, r store.Reader, token string) (id parley.ID, email string, err error) {
	err = r.QueryRow(ctx, `SELECT e.person_id, e.email FROM email_proof e
		JOIN address a ON a.kind = 'email' AND a.value = e.email AND a.person_id = e.person_id
		JOIN person p ON p.id = e.person_id AND p.deactivated_at = 0
		WHERE e.token_hash = ? AND e.expires_at > ?`, fingerprint(token), millis(s.now())).Scan(&id, &email)
	if errors.Is(err, parley.ErrNotFound) {
		err = parley.Refuse(parley.ErrNotFound, "email_proof", "this link is not valid, or not any more")
	}
	return id, email, err
}
