package conversation

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Beginning is what somebody wants to begin.
type Beginning struct {
	Kind       parley.ConversationKind
	Visibility parley.Visibility // of a channel; direct and group are private
	Name       string            // of a channel
	Purpose    string
	People     []parley.ID // beside who creates it
}

// Create begins a conversation. Of direct and group conversations there is one for the same people: who asks for
// them again gets the one there is.
func (s *Service) Create(ctx context.Context, by parley.Person, n Beginning) (parley.Conversation, error) {
	n, people, err := n.check(by)
	if err != nil {
		return parley.Conversation{}, err
	}
	id := parley.NewID()
	key := peopleKey(people)
	if n.Kind == parley.Channel {
		key = sql.NullString{}
	}
	err = s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
		if key.Valid {
			err := tx.QueryRow(ctx, `SELECT id FROM conversation WHERE people_key = ?`, key).Scan(&id)
			if !errors.Is(err, parley.ErrNotFound) {
				return err
			}
		}
		if err := s.mayCreate(ctx, by, n); err != nil {
			return err
		}
		if err := acquainted(ctx, tx, by, people); err != nil {
			return err
		}
		return s.insert(ctx, tx, by, id, key, n, people)
	})
	if errors.Is(err, parley.ErrConflict) && key.Valid { // somebody made the same at the same time on another node
		err = s.db.QueryRow(ctx, `SELECT id FROM conversation WHERE people_key = ?`, key).Scan(&id)
	}
	if err != nil {
		return parley.Conversation{}, err
	}
	return s.Get(ctx, by, id)
}

// mayCreate asks for the right to create a channel. Direct and group conversations need none beyond knowing the people.
func (s *Service) mayCreate(ctx context.Context, by parley.Person, n Beginning) error {
	verb := identity.CreatePrivateChannel
	switch {
	case n.Kind != parley.Channel:
		return nil
	case n.Visibility == parley.Public:
		verb = identity.CreatePublicChannel
	}
	rules, err := s.rules.Organisation(ctx)
	if err != nil {
		return err
	}
	return identity.May(by, verb, identity.Object{Organisation: rules})
}

func (s *Service) insert(ctx context.Context, tx *store.Tx, by parley.Person, id parley.ID, key sql.NullString, n Beginning, people []parley.ID) error {
	at := s.now()
	_, err := tx.Exec(ctx, `INSERT INTO conversation (id, kind, visibility, name, purpose, people_key, created_by, created_at, last_at, members)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, n.Kind, n.Visibility, n.Name, n.Purpose, key, by.ID, millis(at), millis(at), len(people))
	if err != nil {
		return fmt.Errorf("create conversation: %w", err)
	}
	for i, p := range people {
		power := parley.ConversationMember
		if p == by.ID {
			power = parley.ConversationManager
		}
		_, err := tx.Exec(ctx, `INSERT INTO member (person_id, conversation_id, role, joined_at) VALUES (?, ?, ?, ?)`,
			p, id, power, millis(at.Add(time.Duration(i)*time.Millisecond)))
		if err != nil {
			return fmt.Errorf("add %s to %s: %w", p, id, err)
		}
	}
	if n.Kind == parley.Channel {
		if err := s.tell(ctx, tx, id, by.ID, parley.Happened{What: "created", Name: n.Name}, at); err != nil {
			return err
		}
	}
	return s.announceMembers(ctx, tx, id, people...)
}

// check returns n in its normal form and everybody who will be in it, its creator first.
func (n Beginning) check(by parley.Person) (Beginning, []parley.ID, error) {
	people := []parley.ID{by.ID}
	for i, p := range n.People {
		if p == parley.None {
			return n, nil, parley.Invalid(fmt.Sprintf("people[%d]", i), "required", "an id is missing")
		}
		if !slices.Contains(people, p) {
			people = append(people, p)
		}
	}
	var err error
	if n.Purpose, err = checkPurpose(n.Purpose); err != nil {
		return n, nil, err
	}
	switch n.Kind {
	case parley.Channel:
		if n.Visibility != parley.Public && n.Visibility != parley.Private {
			return n, nil, parley.Invalid("visibility", "unknown", "must be public or private")
		}
		if len(people) > MaxAdded {
			return n, nil, parley.Invalid("people", "too_many", fmt.Sprintf("at most %d at once", MaxAdded))
		}
		n.Name, err = checkName(n.Name)
		return n, people, err
	case parley.Direct, parley.Group:
		if len(people) > parley.MaxGroupPeople {
			return n, nil, parley.Invalid("people", "too_many", fmt.Sprintf("a group has at most %d people: make a channel", parley.MaxGroupPeople))
		}
		n.Name, n.Visibility, n.Kind = "", parley.Private, parley.Group
		if len(people) <= 2 {
			n.Kind = parley.Direct
		}
		return n, people, nil
	}
	return n, nil, parley.Invalid("kind", "unknown", "must be direct, group or channel")
}

// peopleKey is the same for the same people in any order.
func peopleKey(people []parley.ID) sql.NullString {
	sorted := slices.Sorted(slices.Values(people))
	words := make([]string, len(sorted))
	for i, p := range sorted {
		words[i] = p.String()
	}
	return sql.NullString{String: strings.Join(words, " "), Valid: true}
}

func checkName(name string) (string, error) {
	name, err := identity.CleanText("name", name, parley.MaxName)
	name = strings.TrimLeft(name, "# ")
	if err == nil && name == "" {
		err = parley.Invalid("name", "required", "a channel needs a name")
	}
	return name, err
}

func checkPurpose(purpose string) (string, error) {
	if utf8.RuneCountInString(purpose) > parley.MaxPurpose {
		return "", parley.Invalid("purpose", "too_long", fmt.Sprintf("at most %d characters", parley.MaxPurpose))
	}
	return identity.CleanText("purpose", purpose, parley.MaxPurpose)
}
