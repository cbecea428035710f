package identity

import (
	"context"
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
		var id parley.ID
		if err := tx.QueryRow(ctx, `SELECT person_id FROM address WHERE kind = 'email' AND value = ?`, email).Scan(&id); err != nil {
			return fmt.Errorf("account %s: %w", email, err)
		}
		if err := setPassword(ctx, tx, id, hash, s.now()); err != nil {
			return err
		}
		return s.endOthers(ctx, tx, id, parley.None)
	})
}
