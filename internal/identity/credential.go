package identity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// ChangePassword sets the caller's password; who has one must know it. All their other sessions end.
func (s *Service) ChangePassword(ctx context.Context, c Caller, current, fresh string) error {
	me, err := s.Me(ctx, c.Person.ID)
	if err != nil {
		return err
	}
	if err := CheckPassword(fresh, me.Name, me.Handle, me.Email); err != nil {
		if f, ok := errors.AsType[*parley.FieldError](err); ok {
			f.Field = "new"
		}
		return err
	}
	if me.HasPassword {
		if err := s.proveCurrent(ctx, me, current); err != nil {
			return err
		}
	}
	hash, err := s.hasher.hash(ctx, fresh)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, me.ID, func(ctx context.Context, tx *store.Tx) error {
		if err := setPassword(ctx, tx, me.ID, hash, s.now()); err != nil {
			return err
		}
		if err := voidRecovery(ctx, tx, me.ID); err != nil {
			return err
		}
		return s.endOthers(ctx, tx, me.ID, c.Session)
	})
}

// proveCurrent makes guessing at the password of an open session as slow as at the door.
func (s *Service) proveCurrent(ctx context.Context, me Me, current string) error {
	key := me.ID.String()
	if err := s.byAccount.attempt(key); err != nil {
		return err
	}
	var hash string
	if err := s.db.QueryRow(ctx, `SELECT hash FROM password WHERE person_id = ?`, me.ID).Scan(&hash); err != nil {
		return fmt.Errorf("password: %w", err)
	}
	match, err := s.hasher.matches(ctx, current, hash)
	if err != nil {
		return err
	}
	if !match {
		return &parley.FieldError{Field: "current", Code: "wrong", Msg: "is not your password", Kind: parley.ErrForbidden}
	}
	s.byAccount.forgive(key)
	return nil
}

// Proof is how somebody who is signed in shows once more who they are: by their password, or a passkey.
type Proof struct {
	Current    string          `json:"current,omitempty" doc:"Your password"`
	Credential json.RawMessage `json:"credential,omitempty" doc:"AuthenticationResponseJSON to the options of /sessions/passkey/begin, instead of a password"`
}

// ChangeEmail gives the caller another mail address to sign in with. Nobody has proven it yet.
func (s *Service) ChangeEmail(ctx context.Context, c Caller, email string, proof Proof) (Me, error) {
	email, err := CleanEmail(email)
	if err != nil {
		return Me{}, err
	}
	me, err := s.Me(ctx, c.Person.ID)
	if err != nil {
		return Me{}, err
	}
	switch {
	case len(proof.Credential) > 0:
		err = s.provePasskey(ctx, me, proof.Credential)
	case me.HasPassword:
		err = s.proveCurrent(ctx, me, proof.Current)
	default:
		err = parley.Refuse(parley.ErrForbidden, "passkey_needed", "you have no password: confirm it with your passkey")
	}
	if err != nil {
		return Me{}, err
	}
	err = s.db.Write(ctx, me.ID, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM address WHERE person_id = ? AND kind = 'email'`, me.ID); err != nil {
			return err
		}
		return addAddress(ctx, tx, me.ID, email)
	})
	if err != nil {
		return Me{}, fmt.Errorf("change mail address: %w", err)
	}
	s.log.Info("identity.email_changed", "person", me.ID)
	me.Email = email
	return me, nil
}

// provePasskey makes sure that a passkey is the caller's own.
func (s *Service) provePasskey(ctx context.Context, me Me, credential json.RawMessage) error {
	key := me.ID.String()
	if err := s.byAccount.attempt(key); err != nil {
		return err
	}
	id, err := s.checkPasskey(ctx, credential)
	if err == nil && id != me.ID || errors.Is(err, parley.ErrUnknown) {
		return &parley.FieldError{Field: "credential", Code: "wrong", Msg: "is not your passkey", Kind: parley.ErrForbidden}
	}
	if err == nil {
		s.byAccount.forgive(key)
	}
	return err
}

// personOf returns who has an e-mail address.
func personOf(ctx context.Context, tx *store.Tx, email string) (id parley.ID, err error) {
	if err = tx.QueryRow(ctx, `SELECT person_id FROM address WHERE kind = 'email' AND value = ?`, email).Scan(&id); err != nil {
		err = fmt.Errorf("account %s: %w", email, err)
	}
	return id, err
}

// ResetPassword sets the password of the account with that e-mail address and signs it out everywhere. It is for who
// has the machine: it asks nobody.
func (s *Service) ResetPassword(ctx context.Context, email, password string) error {
	email, err := CleanEmail(email)
	if err != nil {
		return err
	}
	if err := CheckPassword(password, email); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		id, err := personOf(ctx, tx, email)
		if err != nil {
			return err
		}
		if err := setPassword(ctx, tx, id, hash, s.now()); err != nil {
			return err
		}
		if err := voidRecovery(ctx, tx, id); err != nil {
			return err
		}
		return s.endOthers(ctx, tx, id, parley.None)
	})
}
