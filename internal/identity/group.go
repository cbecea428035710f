package identity

import (
	"context"
	"fmt"
	"slices"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

const maxGroupMembers = 1000

// GroupChange is what a group shall be. Nil fields stay as they are; a new group needs handle and name.
type GroupChange struct {
	Handle  *string      `json:"handle,omitempty"`
	Name    *string      `json:"name,omitempty"`
	Members *[]parley.ID `json:"members,omitempty"`
}

// Groups returns all groups in the order of their handles; guests see none.
func (s *Service) Groups(ctx context.Context, by parley.Person) ([]parley.PersonGroup, error) {
	groups := []parley.PersonGroup{}
	if May(by, SeeEveryone, Object{}) != nil {
		return groups, nil
	}
	at := map[parley.ID]int{}
	_, err := store.All(ctx, s.db, func(row store.Scanner) (none struct{}, err error) {
		g := parley.PersonGroup{Members: []parley.ID{}}
		err = row.Scan(&g.ID, &g.Handle, &g.Name)
		at[g.ID] = len(groups)
		groups = append(groups, g)
		return none, err
	}, `SELECT id, handle, name FROM person_group ORDER BY handle`)
	if err != nil {
		return nil, fmt.Errorf("groups: %w", err)
	}
	_, err = store.All(ctx, s.db, func(row store.Scanner) (none struct{}, err error) {
		var group, person parley.ID
		err = row.Scan(&group, &person)
		if i, ok := at[group]; ok {
			groups[i].Members = append(groups[i].Members, person)
		}
		return none, err
	}, `SELECT group_id, person_id FROM person_group_member ORDER BY group_id, person_id`)
	return groups, err
}

// MakeGroup makes a group of people who can be mentioned together.
func (s *Service) MakeGroup(ctx context.Context, by parley.Person, order GroupChange) (parley.PersonGroup, error) {
	switch {
	case order.Handle == nil:
		return parley.PersonGroup{}, parley.Invalid("handle", "required", "must not be empty")
	case order.Name == nil:
		return parley.PersonGroup{}, parley.Invalid("name", "required", "must not be empty")
	}
	return s.writeGroup(ctx, by, parley.NewID(), true, order)
}

// ChangeGroup changes a group.
func (s *Service) ChangeGroup(ctx context.Context, by parley.Person, id parley.ID, change GroupChange) (parley.PersonGroup, error) {
	return s.writeGroup(ctx, by, id, false, change)
}

func (s *Service) writeGroup(ctx context.Context, by parley.Person, id parley.ID, fresh bool, change GroupChange) (g parley.PersonGroup, err error) {
	if err := May(by, ManageGroups, Object{}); err != nil {
		return g, err
	}
	var name string
	if change.Name != nil {
		if name, err = CleanName("name", *change.Name); err != nil {
			return g, err
		}
	}
	if change.Handle != nil {
		if err := CheckHandle(*change.Handle); err != nil {
			return g, err
		}
	}
	err = s.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		if fresh {
			g = parley.PersonGroup{ID: id, Members: []parley.ID{}}
		} else if g, err = findGroup(ctx, tx, id); err != nil {
			return err
		}
		if change.Handle != nil {
			if err := s.claimHandle(ctx, tx, *change.Handle, id); err != nil {
				return err
			}
			g.Handle = *change.Handle
		}
		if change.Name != nil {
			g.Name = name
		}
		_, err := tx.Exec(ctx, `INSERT INTO person_group (id, handle, name, created_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET handle = excluded.handle, name = excluded.name`, g.ID, g.Handle, g.Name, millis(s.now()))
		if err != nil {
			return fmt.Errorf("write group: %w", err)
		}
		if change.Members != nil {
			if g.Members, err = setGroupMembers(ctx, tx, id, *change.Members); err != nil {
				return err
			}
		}
		s.tellOfGroup(tx, g, false)
		return nil
	})
	return g, err
}

func (s *Service) tellOfGroup(tx *store.Tx, g parley.PersonGroup, gone bool) {
	if s.Hooks.GroupChanged != nil {
		tx.After(func() { s.Hooks.GroupChanged(g, gone) })
	}
}

func findGroup(ctx context.Context, tx *store.Tx, id parley.ID) (parley.PersonGroup, error) {
	g := parley.PersonGroup{ID: id}
	if err := tx.QueryRow(ctx, `SELECT handle, name FROM person_group WHERE id = ?`, id).Scan(&g.Handle, &g.Name); err != nil {
		return g, fmt.Errorf("group %s: %w", id, err)
	}
	var err error
	g.Members, err = store.All(ctx, tx, store.Value[parley.ID], `SELECT person_id FROM person_group_member WHERE group_id = ? ORDER BY person_id`, id)
	if g.Members == nil {
		g.Members = []parley.ID{}
	}
	return g, err
}

func setGroupMembers(ctx context.Context, tx *store.Tx, id parley.ID, members []parley.ID) ([]parley.ID, error) {
	members = slices.Compact(slices.Sorted(slices.Values(members)))
	if len(members) > maxGroupMembers {
		return nil, parley.Invalid("members", "too_many", fmt.Sprintf("must be at most %d people", maxGroupMembers))
	}
	if _, err := tx.Exec(ctx, `DELETE FROM person_group_member WHERE group_id = ?`, id); err != nil {
		return nil, err
	}
	for _, p := range members {
		known, err := changedOne(tx.Exec(ctx, `INSERT INTO person_group_member (group_id, person_id) SELECT ?, id FROM person WHERE id = ?`, id, p))
		if err != nil {
			return nil, fmt.Errorf("group member: %w", err)
		}
		if !known {
			return nil, parley.Invalid("members", "person", fmt.Sprintf("%s is nobody", p))
		}
	}
	return append([]parley.ID{}, members...), nil
}

// DeleteGroup deletes a group; its people stay.
func (s *Service) DeleteGroup(ctx context.Context, by parley.Person, id parley.ID) error {
	if err := May(by, ManageGroups, Object{}); err != nil {
		return err
	}
	return s.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		g, err := findGroup(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, query := range []string{`DELETE FROM person_group_member WHERE group_id = ?`, `DELETE FROM person_group WHERE id = ?`} {
			if _, err := tx.Exec(ctx, query, id); err != nil {
				return fmt.Errorf("delete group: %w", err)
			}
		}
		s.tellOfGroup(tx, g, true)
		return nil
	})
}
