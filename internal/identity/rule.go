package identity

import (
	"context"
	"fmt"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// PersonChange is what may be changed of somebody else. Nil fields stay as they are.
type PersonChange struct {
	Role        *parley.Role `json:"role,omitempty" enum:"owner,admin,member,guest"`
	Deactivated *bool        `json:"deactivated,omitempty" doc:"Signs them out everywhere; what they said stays"`
	Name        *string      `json:"name,omitempty"`
	Title       *string      `json:"title,omitempty"`
}

// ChangePerson changes another person as far as by may.
func (s *Service) ChangePerson(ctx context.Context, by parley.Person, id parley.ID, change PersonChange) (parley.Person, error) {
	set, err := Profile{Name: change.Name, Title: change.Title}.columns()
	if err != nil {
		return parley.Person{}, err
	}
	return s.changePerson(ctx, id, func(ctx context.Context, tx *store.Tx) (columns, error) {
		if err := lockNames(ctx, tx); err != nil {
			return nil, err
		}
		by, err := s.findPerson(ctx, tx, by.ID) // as they are now, not when they signed in
		if err != nil {
			return nil, err
		}
		p, err := s.seePerson(ctx, tx, by, id)
		if err != nil {
			return nil, err
		}
		o := Object{Person: &p, Met: true}
		if o.LastOwner, err = isLastOwner(ctx, tx, p); err != nil {
			return nil, err
		}
		set := set[:len(set):len(set)]
		if len(set) > 0 {
			if err := May(by, EditPerson, o); err != nil {
				return nil, err
			}
		}
		if change.Role != nil && *change.Role != p.Role {
			o.Role = *change.Role
			if rank(o.Role) == 0 {
				return nil, parley.Invalid("role", "unknown", "must be owner, admin, member or guest")
			}
			if err := May(by, ChangeRole, o); err != nil {
				return nil, err
			}
			set = append(set, column{"role", o.Role})
			tx.After(func() {
				if s.Hooks.RoleChanged != nil {
					s.Hooks.RoleChanged(id)
				}
			})
		}
		if change.Deactivated != nil && *change.Deactivated != (p.DeactivatedAt != nil) {
			if err := May(by, Deactivate, o); err != nil {
				return nil, err
			}
			at := int64(0)
			if *change.Deactivated {
				at = millis(s.now())
				if err := s.revokeAll(ctx, tx, id); err != nil {
					return nil, err
				}
			}
			set = append(set, column{"deactivated_at", at})
		}
		return set, nil
	})
}

// isLastOwner says whether p is the only owner who is active.
func isLastOwner(ctx context.Context, r store.Reader, p parley.Person) (bool, error) {
	if p.Role != parley.Owner || p.DeactivatedAt != nil {
		return false, nil
	}
	n, err := owners(ctx, r)
	return n <= 1, err
}

func owners(ctx context.Context, r store.Reader) (n int, err error) {
	err = r.QueryRow(ctx, `SELECT COUNT(*) FROM person WHERE role = 'owner' AND kind = 'human' AND deactivated_at = 0`).Scan(&n)
	return n, err
}

// revokeAll takes every way in from a person: sessions, tokens, a recovery link, and the invitations that they gave.
func (s *Service) revokeAll(ctx context.Context, tx *store.Tx, id parley.ID) error {
	for _, query := range []string{`DELETE FROM session WHERE person_id = ?`, `DELETE FROM access_token WHERE person_id = ?`, `DELETE FROM recovery WHERE person_id = ?`} {
		if _, err := tx.Exec(ctx, query, id); err != nil {
			return fmt.Errorf("sign %s out: %w", id, err)
		}
	}
	if _, err := tx.Exec(ctx, `UPDATE invitation SET revoked_at = ? WHERE revoked_at = 0 AND created_by = ?`, millis(s.now()), id); err != nil {
		return fmt.Errorf("revoke the invitations of %s: %w", id, err)
	}
	s.tellRevoked(tx, id, parley.None)
	return nil
}

func (s *Service) tellRevoked(tx *store.Tx, person, credential parley.ID) {
	tx.After(func() {
		s.callers.forget()
		if s.Hooks.Revoked != nil {
			s.Hooks.Revoked(person, credential)
		}
	})
}
