package conversation

import (
	"context"
	"fmt"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Change is what is to be different in a conversation; nil stays as it is.
type Change struct {
	Name       *string
	Purpose    *string
	Visibility *parley.Visibility
	Archived   *bool
}

// Update changes a channel. Each change is told in it.
func (s *Service) Update(ctx context.Context, by parley.Person, id parley.ID, change Change) (parley.Conversation, error) {
	err := s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
		c, err := findFor(ctx, tx, by, identity.ArchiveConversation, id)
		if err != nil {
			return err
		}
		happened, err := s.apply(ctx, change, &c, by)
		if err != nil || len(happened) == 0 {
			return err
		}
		at := s.now()
		archivedAt := int64(0)
		if c.ArchivedAt != nil {
			archivedAt = millis(*c.ArchivedAt)
		}
		_, err = tx.Exec(ctx, `UPDATE conversation SET name = ?, purpose = ?, visibility = ?, archived_at = ?, version = version + 1
			WHERE id = ?`, c.Name, c.Purpose, c.Visibility, archivedAt, id)
		if err != nil {
			return fmt.Errorf("change %s: %w", id, err)
		}
		for _, h := range happened {
			if err := s.tell(ctx, tx, id, by.ID, h, at); err != nil {
				return err
			}
		}
		if change.Visibility != nil && c.Visibility == parley.Private {
			if err := s.shutOut(ctx, tx, id); err != nil {
				return err
			}
		}
		members, err := s.memberIDs(ctx, tx, id)
		if err != nil {
			return err
		}
		return s.announceMembers(ctx, tx, id, members...)
	})
	if err != nil {
		return parley.Conversation{}, err
	}
	return s.Get(ctx, by, id)
}

// shutOut ends the listening of all who are no members: the conversation is not public any more.
func (s *Service) shutOut(ctx context.Context, tx *store.Tx, id parley.ID) error {
	strangers, err := store.All(ctx, tx, store.Value[parley.ID], `SELECT p.id FROM person p WHERE p.deactivated_at = 0 AND p.role <> 'guest'
		AND NOT EXISTS (SELECT 1 FROM member m WHERE m.person_id = p.id AND m.conversation_id = ?)`, id)
	if err == nil && len(strangers) > 0 {
		tx.After(func() { s.live.MembersChanged(id, strangers...) })
	}
	return err
}

// apply puts the change into c and returns what it tells. An archived channel must be opened again before anything
// else of it can be changed, and is archived after all else.
func (s *Service) apply(ctx context.Context, change Change, c *parley.Conversation, by parley.Person) (happened []parley.Happened, err error) {
	if change.Archived != nil && !*change.Archived && c.ArchivedAt != nil {
		c.ArchivedAt = nil
		happened = append(happened, parley.Happened{What: "unarchived"})
	}
	if change.Name != nil || change.Purpose != nil || change.Visibility != nil {
		if err := may(by, identity.ManageConversation, *c); err != nil {
			return nil, err
		}
	}
	if change.Name != nil {
		name, err := checkName(*change.Name)
		if err != nil {
			return nil, err
		}
		if name != c.Name {
			c.Name = name
			happened = append(happened, parley.Happened{What: "renamed", Name: name})
		}
	}
	if change.Purpose != nil {
		purpose, err := checkPurpose(*change.Purpose)
		if err != nil {
			return nil, err
		}
		if purpose != c.Purpose {
			c.Purpose = purpose
			happened = append(happened, parley.Happened{What: "purpose", Name: purpose})
		}
	}
	if change.Visibility != nil && *change.Visibility != c.Visibility {
		what := map[parley.Visibility]string{parley.Public: "published", parley.Private: "closed"}[*change.Visibility]
		if what == "" {
			return nil, parley.Invalid("visibility", "unknown", "must be public or private")
		}
		if err := s.mayCreate(ctx, by, Beginning{Kind: parley.Channel, Visibility: *change.Visibility}); err != nil {
			return nil, err
		}
		c.Visibility = *change.Visibility
		happened = append(happened, parley.Happened{What: what})
	}
	if change.Archived != nil && *change.Archived && c.ArchivedAt == nil {
		at := s.now()
		c.ArchivedAt = &at
		happened = append(happened, parley.Happened{What: "archived"})
	}
	return happened, nil
}

// Mine is what a member sets for themselves; nil stays as it is.
type Mine struct {
	Level   *parley.Level
	Muted   *bool
	Section *string
}

// SetMine changes how by has the conversation.
func (s *Service) SetMine(ctx context.Context, by parley.Person, id parley.ID, mine Mine) (parley.Conversation, error) {
	err := s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
		c, err := s.member(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if mine.Level != nil {
			switch *mine.Level {
			case parley.LevelDefault, parley.LevelAll, parley.LevelMentions, parley.LevelNothing:
				c.Me.Level = *mine.Level
			default:
				return parley.Invalid("level", "unknown", "must be all, mentions, nothing or empty")
			}
		}
		if mine.Muted != nil {
			c.Me.Muted = *mine.Muted
		}
		if mine.Section != nil {
			if c.Me.Section, err = identity.CleanText("section", *mine.Section, parley.MaxName); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `UPDATE member SET level = ?, muted = ?, section = ?, version = version + 1
			WHERE person_id = ? AND conversation_id = ?`, c.Me.Level, c.Me.Muted, c.Me.Section, by.ID, id)
		if err != nil {
			return err
		}
		return s.announce(ctx, tx, by.ID, id)
	})
	if err != nil {
		return parley.Conversation{}, err
	}
	return s.Get(ctx, by, id)
}

// Read sets how far by has read: forward as they read, or back to keep something unread. It is bounded by what
// there is.
func (s *Service) Read(ctx context.Context, by parley.Person, id parley.ID, seq int64) (parley.Conversation, error) {
	err := s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
		c, err := s.member(ctx, tx, by, id)
		if err != nil {
			return err
		}
		seq = max(0, min(seq, c.LastSeq))
		if seq == c.Me.ReadSeq {
			return nil
		}
		_, err = tx.Exec(ctx, `UPDATE member SET read_seq = ?, read_at = ?, version = version + 1
			WHERE person_id = ? AND conversation_id = ?`, seq, millis(s.now()), by.ID, id)
		if err != nil {
			return err
		}
		if err := s.publishRead(ctx, tx, by, c, seq); err != nil {
			return err
		}
		if err := s.delivery.Read(ctx, tx, by.ID, id, seq); err != nil {
			return err
		}
		return s.announce(ctx, tx, by.ID, id)
	})
	if err != nil {
		return parley.Conversation{}, err
	}
	return s.Get(ctx, by, id)
}

// publishRead tells the others of a direct or group conversation how far by has read, if by shows it.
func (s *Service) publishRead(ctx context.Context, tx *store.Tx, by parley.Person, c parley.Conversation, seq int64) error {
	if c.Kind == parley.Channel {
		return nil
	}
	var preferences string
	if err := tx.QueryRow(ctx, `SELECT preferences FROM person WHERE id = ?`, by.ID).Scan(&preferences); err != nil {
		return err
	}
	if showsReceipts(preferences) {
		tx.After(func() {
			s.live.Publish(Stream(c.ID), 0, parley.Event{Type: parley.EventRead, Read: &parley.ReadMark{Person: by.ID, Seq: seq}})
		})
	}
	return nil
}

// member is find for a member; to others the membership does not exist.
func (s *Service) member(ctx context.Context, tx *store.Tx, by parley.Person, id parley.ID) (parley.Conversation, error) {
	c, err := find(ctx, tx, by, id)
	if err == nil && c.Me == nil {
		err = fmt.Errorf("membership of %s in %s: %w", by.ID, id, parley.ErrNotFound)
	}
	return c, err
}
