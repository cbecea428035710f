package conversation

import (
	"context"
	"errors"
	"fmt"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// MaxAdded is how many people one call may add to a conversation.
const MaxAdded = 500

// Members returns who is in the conversation, who came first first. How far they have read is there for those
// who show it, and in direct and group conversations only: in a channel it would be counting heads.
func (s *Service) Members(ctx context.Context, by parley.Person, id parley.ID) ([]parley.Member, error) {
	c, err := find(ctx, s.db, by, id)
	if err != nil {
		return nil, err
	}
	shown := c.Kind != parley.Channel
	return store.All(ctx, s.db, func(row store.Scanner) (m parley.Member, err error) {
		var readSeq, readAt, joinedAt int64
		var preferences string
		if err := row.Scan(&m.Person, &m.Role, &readSeq, &readAt, &joinedAt, &preferences); err != nil {
			return m, err
		}
		m.JoinedAt = instant(joinedAt)
		if shown && showsReceipts(preferences) {
			m.ReadSeq, m.ReadAt = readSeq, instantOrNil(readAt)
		}
		return m, nil
	}, `SELECT m.person_id, m.role, m.read_seq, m.read_at, m.joined_at, p.preferences
		FROM member m JOIN person p ON p.id = m.person_id
		WHERE m.conversation_id = ? ORDER BY m.joined_at, m.person_id`, id)
}

// MemberIDs returns who is in a conversation, for those who carry its messages further.
func (s *Service) MemberIDs(ctx context.Context, id parley.ID) ([]parley.ID, error) {
	return s.memberIDs(ctx, s.db, id)
}

func (s *Service) memberIDs(ctx context.Context, r store.Reader, id parley.ID) ([]parley.ID, error) {
	return store.All(ctx, r, store.Value[parley.ID], `SELECT person_id FROM member WHERE conversation_id = ?`, id)
}

// Join makes by a member of a public channel. It is no error to be one already.
func (s *Service) Join(ctx context.Context, by parley.Person, id parley.ID) (parley.Conversation, error) {
	err := s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
		c, err := find(ctx, tx, by, id)
		if err != nil || c.Me != nil {
			return err
		}
		if err := may(by, identity.JoinConversation, c); err != nil {
			return err
		}
		return s.enter(ctx, tx, c, by, []parley.ID{by.ID}, parley.Happened{What: "joined"})
	})
	if err != nil {
		return parley.Conversation{}, err
	}
	return s.Get(ctx, by, id)
}

// Add makes people members of a channel. Who is one already stays as they are.
func (s *Service) Add(ctx context.Context, by parley.Person, id parley.ID, people []parley.ID) error {
	if len(people) > MaxAdded {
		return &parley.FieldError{Field: "people", Code: "too_many", Msg: fmt.Sprintf("at most %d at once", MaxAdded), Kind: parley.ErrLimited}
	}
	return s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
		c, err := findFor(ctx, tx, by, identity.AddPeople, id)
		if err != nil {
			return err
		}
		if err := acquainted(ctx, tx, by, people); err != nil {
			return err
		}
		return s.enter(ctx, tx, c, by, people, parley.Happened{What: "added"})
	})
}

// Leave ends by's membership. Direct and group conversations cannot be left, only muted.
func (s *Service) Leave(ctx context.Context, by parley.Person, id parley.ID) error {
	return s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
		c, err := findFor(ctx, tx, by, identity.LeaveConversation, id)
		if err != nil {
			return err
		}
		return s.exit(ctx, tx, c, by, by.ID, parley.Happened{What: "left"})
	})
}

// Remove ends the membership of somebody else.
func (s *Service) Remove(ctx context.Context, by parley.Person, id, person parley.ID) error {
	if person == by.ID {
		return s.Leave(ctx, by, id)
	}
	return s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
		c, err := findFor(ctx, tx, by, identity.RemovePeople, id)
		if err != nil {
			return err
		}
		return s.exit(ctx, tx, c, by, person, parley.Happened{What: "removed", People: []parley.ID{person}})
	})
}

// SetPower says what a member may do in the conversation.
func (s *Service) SetPower(ctx context.Context, by parley.Person, id, person parley.ID, power parley.MemberPower) error {
	if power != parley.ConversationManager && power != parley.ConversationMember {
		return parley.Invalid("role", "unknown", "must be manager or member")
	}
	return s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
		c, err := findFor(ctx, tx, by, identity.ManageConversation, id)
		if err != nil {
			return err
		}
		if power == parley.ConversationMember {
			if others, err := s.managers(ctx, tx, id, person); err != nil {
				return err
			} else if others == 0 {
				return parley.Refuse(parley.ErrConflict, "last_manager", "a channel needs a manager: name another first")
			}
		}
		done, err := tx.Exec(ctx, `UPDATE member SET role = ?, version = version + 1 WHERE conversation_id = ? AND person_id = ?`, power, id, person)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return fmt.Errorf("member %s of %s: %w", person, id, parley.ErrNotFound)
		}
		return s.announceMembers(ctx, tx, c.ID, person)
	})
}

// enter adds the people who are not in the conversation yet, with all that was said before as read.
func (s *Service) enter(ctx context.Context, tx *store.Tx, c parley.Conversation, by parley.Person, people []parley.ID, happened parley.Happened) error {
	at := s.now()
	var fresh []parley.ID
	for _, p := range people {
		done, err := tx.Exec(ctx, `INSERT INTO member (person_id, conversation_id, read_seq, joined_at) VALUES (?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, p, c.ID, c.LastSeq, millis(at))
		if err != nil {
			return fmt.Errorf("add %s to %s: %w", p, c.ID, err)
		}
		if n, err := done.RowsAffected(); err != nil {
			return err
		} else if n > 0 {
			fresh = append(fresh, p)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	if happened.What == "added" {
		happened.People = fresh
	}
	if err := s.count(ctx, tx, c.ID, len(fresh)); err != nil {
		return err
	}
	if err := s.tell(ctx, tx, c.ID, by.ID, happened, at); err != nil {
		return err
	}
	return s.announceMembers(ctx, tx, c.ID, fresh...)
}

func (s *Service) exit(ctx context.Context, tx *store.Tx, c parley.Conversation, by parley.Person, person parley.ID, happened parley.Happened) error {
	done, err := tx.Exec(ctx, `DELETE FROM member WHERE conversation_id = ? AND person_id = ?`, c.ID, person)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return fmt.Errorf("member %s of %s: %w", person, c.ID, parley.ErrNotFound)
	}
	for _, table := range []string{"draft", "mention"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE person_id = ? AND conversation_id = ?`, person, c.ID); err != nil {
			return err
		}
	}
	if err := s.count(ctx, tx, c.ID, -1); err != nil {
		return err
	}
	if err := s.succeed(ctx, tx, c.ID); err != nil {
		return err
	}
	if err := s.membersChanged(ctx, tx, c.ID, person); err != nil {
		return err
	}
	if err := s.delivery.Left(ctx, tx, person, c.ID); err != nil {
		return err
	}
	tx.After(func() { s.live.Publish(Own(person), 0, parley.Event{Type: parley.EventGone, Gone: c.ID}) })
	return s.tell(ctx, tx, c.ID, by.ID, happened, s.now())
}

// managers counts who manages a conversation beside one person.
func (s *Service) managers(ctx context.Context, r store.Reader, id, but parley.ID) (n int, err error) {
	err = r.QueryRow(ctx, `SELECT count(*) FROM member WHERE conversation_id = ? AND role = 'manager' AND person_id <> ?`, id, but).Scan(&n)
	return n, err
}

// succeed makes who has been a member longest the manager of a channel whose last manager has gone: no guest and no bot
// while there is anybody else.
func (s *Service) succeed(ctx context.Context, tx *store.Tx, id parley.ID) error {
	if left, err := s.managers(ctx, tx, id, parley.None); err != nil || left > 0 {
		return err
	}
	var heir parley.ID
	err := tx.QueryRow(ctx, `SELECT m.person_id FROM member m JOIN person p ON p.id = m.person_id
		WHERE m.conversation_id = ? AND p.deactivated_at = 0
		ORDER BY CASE WHEN p.kind = 'bot' THEN 2 WHEN p.role = 'guest' THEN 1 ELSE 0 END, m.joined_at, m.person_id LIMIT 1`, id).Scan(&heir)
	if errors.Is(err, parley.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE member SET role = 'manager', version = version + 1 WHERE conversation_id = ? AND person_id = ?`, id, heir); err != nil {
		return err
	}
	return s.announce(ctx, tx, heir, id)
}

func (s *Service) count(ctx context.Context, tx *store.Tx, id parley.ID, more int) error {
	_, err := tx.Exec(ctx, `UPDATE conversation SET members = members + ?, version = version + 1 WHERE id = ?`, more, id)
	return err
}

// announceMembers tells the conversation's listeners that its members changed, and the people named that the
// conversation is new to them or changed for them.
func (s *Service) announceMembers(ctx context.Context, tx *store.Tx, id parley.ID, changed ...parley.ID) error {
	if err := s.membersChanged(ctx, tx, id); err != nil {
		return err
	}
	for _, p := range changed {
		if err := s.announce(ctx, tx, p, id); err != nil {
			return err
		}
	}
	return nil
}

// membersChanged tells the conversation's listeners that others are in it now; the people named are no longer.
func (s *Service) membersChanged(ctx context.Context, tx *store.Tx, id parley.ID, gone ...parley.ID) error {
	event := parley.Event{Type: parley.EventMembers}
	if err := tx.QueryRow(ctx, `SELECT members FROM conversation WHERE id = ?`, id).Scan(&event.Members); err != nil {
		return fmt.Errorf("members of %s: %w", id, err)
	}
	tx.After(func() {
		s.live.MembersChanged(id, gone...)
		s.live.Publish(Stream(id), 0, event)
	})
	return nil
}

// announce sends a person the conversation as they see it when this transaction is done.
func (s *Service) announce(ctx context.Context, tx *store.Tx, person, id parley.ID) error {
	reader := parley.Person{ID: person}
	c, err := store.One(ctx, tx, scanConversation, conversationOf, person, id)
	if err != nil {
		return fmt.Errorf("announce %s to %s: %w", id, person, err)
	}
	list := []parley.Conversation{c}
	if err := s.complete(ctx, tx, reader, list); err != nil {
		return err
	}
	tx.After(func() {
		s.live.Publish(Own(person), 0, parley.Event{Type: parley.EventConversation, Conversation: &list[0]})
	})
	return nil
}

// acquainted refuses people who do not exist for by: unknown, deactivated, or, to a guest, strangers.
func acquainted(ctx context.Context, r store.Reader, by parley.Person, people []parley.ID) error {
	for i, id := range people {
		var known bool
		err := r.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM person WHERE id = ? AND deactivated_at = 0)
			AND (? OR EXISTS (SELECT 1 FROM member a JOIN member b ON a.conversation_id = b.conversation_id
				WHERE a.person_id = ? AND b.person_id = ?))`, id, by.Role != parley.Guest || id == by.ID, by.ID, id).Scan(&known)
		if err != nil {
			return fmt.Errorf("person %s: %w", id, err)
		}
		if !known {
			return parley.Invalid(fmt.Sprintf("people[%d]", i), "unknown_person", "there is no such person")
		}
	}
	return nil
}

// GuestsWith returns the guests who share a conversation with a person.
func (s *Service) GuestsWith(ctx context.Context, person parley.ID) ([]parley.ID, error) {
	return store.All(ctx, s.db, store.Value[parley.ID], `SELECT DISTINCT b.person_id FROM member a
		JOIN member b ON b.conversation_id = a.conversation_id JOIN person p ON p.id = b.person_id
		WHERE a.person_id = ? AND p.role = 'guest' AND b.person_id <> ?`, person, person)
}
