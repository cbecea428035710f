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
			t := s.now()
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
	err := s.db.Write(ctx, by.ID, func(ctx context.Context, tx *store.Tx) error {
		query, args := `DELETE FROM saved WHERE person_id = ? AND message_id = ?`, []any{by.ID, id}
		if on {
			m, err := message(ctx, tx, `SELECT `+messageColumns+` FROM message m WHERE m.id = ?`, id)
			if err != nil {
				return err
			}
			if _, err := find(ctx, tx, by, m.Conversation); err != nil {
				return err
			}
			if m.Kind != parley.Text || m.DeletedAt != nil {
				return parley.Refuse(parley.ErrForbidden, "save", "only what somebody said, and has not been deleted")
			}
			query, args = `INSERT INTO saved (person_id, message_id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, append(args, millis(s.now()))
		}
		done, err := tx.Exec(ctx, query, args...)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err
		}
		s.publishSaved(tx, by.ID, id, on)
		return nil
	})
	if err != nil {
		return fmt.Errorf("save: %w", err)
	}
	return nil
}

// unsave takes a message from all who saved it.
func (s *Service) unsave(ctx context.Context, tx *store.Tx, id parley.ID) error {
	people, err := store.All(ctx, tx, store.Value[parley.ID], `DELETE FROM saved WHERE message_id = ? RETURNING person_id`, id)
	for _, p := range people {
		s.publishSaved(tx, p, id, false)
	}
	return err
}

func (s *Service) publishSaved(tx *store.Tx, person, message parley.ID, on bool) {
	tx.After(func() {
		s.live.Publish(Own(person), 0, parley.Event{Type: parley.EventSaved, Saved: &parley.SavedMark{Message: message, Saved: on}})
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
