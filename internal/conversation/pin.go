package conversation

import (
	"context"
	"fmt"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Pin keeps a message at hand for everybody in the conversation (on), or no longer.
func (s *Service) Pin(ctx context.Context, by parley.Person, at parley.Place, on bool) (parley.Message, error) {
	var m parley.Message
	err := s.db.Write(ctx, at.Conversation, func(ctx context.Context, tx *store.Tx) (err error) {
		_, m, err = findMessage(ctx, tx, by, identity.PinMessage, at)
		if err != nil || on == (m.PinnedAt != nil) {
			return err
		}
		m.PinnedAt, m.PinnedBy = nil, parley.None
		pinnedAt := int64(0)
		if on {
			t := now()
			m.PinnedAt, m.PinnedBy, pinnedAt = &t, by.ID, millis(t)
		}
		return s.change(ctx, tx, &m, `pinned_at = ?, pinned_by = ?`, pinnedAt, m.PinnedBy)
	})
	if err != nil {
		return parley.Message{}, fmt.Errorf("pin: %w", err)
	}
	return m, nil
}

// Pins returns the pinned messages of a conversation, the newest pin first, at most 100.
func (s *Service) Pins(ctx context.Context, by parley.Person, id parley.ID) ([]parley.Message, error) {
	if _, err := find(ctx, s.db, by, id); err != nil {
		return nil, err
	}
	return messages(ctx, s.db, `SELECT `+messageColumns+` FROM message m
		WHERE m.conversation_id = ? AND m.pinned_at > 0 ORDER BY m.pinned_at DESC LIMIT 100`, id)
}

// Save keeps a message for by to find again (on), or no longer. Nobody else sees it.
func (s *Service) Save(ctx context.Context, by parley.Person, id parley.ID, on bool) error {
	m, err := message(ctx, s.db, `SELECT `+messageColumns+` FROM message m WHERE m.id = ?`, id)
	if err == nil && on {
		_, _, err = findMessage(ctx, s.db, by, identity.SeeConversation, parley.Place{Conversation: m.Conversation, Seq: m.Seq})
	}
	if err != nil {
		return fmt.Errorf("save: %w", err)
	}
	return s.db.Write(ctx, m.Conversation, func(ctx context.Context, tx *store.Tx) (err error) {
		if on {
			_, err = tx.Exec(ctx, `INSERT INTO saved (person_id, message_id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, by.ID, id, millis(now()))
		} else {
			_, err = tx.Exec(ctx, `DELETE FROM saved WHERE person_id = ? AND message_id = ?`, by.ID, id)
		}
		tx.After(func() {
			s.live.Publish(Own(by.ID), 0, parley.Event{Type: parley.EventSaved, Saved: &parley.SavedMark{Message: id, Saved: on}})
		})
		return err
	})
}

// Saved returns what by has saved and may still see, the last saved first, at most 200.
func (s *Service) Saved(ctx context.Context, by parley.Person) ([]parley.Message, error) {
	return messages(ctx, s.db, `SELECT `+messageColumns+` FROM saved s
		JOIN message m ON m.id = s.message_id JOIN conversation c ON c.id = m.conversation_id
		WHERE s.person_id = ? AND (EXISTS (SELECT 1 FROM member x WHERE x.person_id = ? AND x.conversation_id = c.id)
			OR c.visibility = 'public' AND ?)
		ORDER BY s.created_at DESC, s.message_id DESC LIMIT 200`, by.ID, by.ID, by.Role != parley.Guest)
}

// SavedIDs returns the ids of what by has saved.
func (s *Service) SavedIDs(ctx context.Context, by parley.Person) ([]parley.ID, error) {
	return store.All(ctx, s.db, store.Value[parley.ID], `SELECT message_id FROM saved WHERE person_id = ? ORDER BY created_at DESC LIMIT 1000`, by.ID)
}
