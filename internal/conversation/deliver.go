package conversation

import (
	"context"
	"fmt"
	"slices"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// What follows is for internal/delivery and the ways out.

// ForDelivery returns a message, wherever it is, and the kind of its conversation. It asks nobody's permission.
func (s *Service) ForDelivery(ctx context.Context, id parley.ID) (parley.Message, parley.ConversationKind, error) {
	m, err := message(ctx, s.db, `SELECT `+messageColumns+` FROM message m WHERE m.id = ?`, id)
	if err != nil {
		return m, "", fmt.Errorf("message %s: %w", id, err)
	}
	var kind parley.ConversationKind
	err = s.db.QueryRow(ctx, `SELECT kind FROM conversation WHERE id = ?`, m.Conversation).Scan(&kind)
	return m, kind, err
}

// ByIDs returns those of the messages that by may see, by their ids.
func (s *Service) ByIDs(ctx context.Context, by parley.Person, ids []parley.ID) (map[parley.ID]parley.Message, error) {
	found := make(map[parley.ID]parley.Message, len(ids))
	for part := range slices.Chunk(ids, 500) {
		list, err := messages(ctx, s.db, `SELECT `+messageColumns+` FROM message m JOIN conversation c ON c.id = m.conversation_id
			WHERE m.id IN (`+store.Marks(len(part))+`) AND (EXISTS (SELECT 1 FROM member x WHERE x.person_id = ? AND x.conversation_id = c.id)
				OR c.visibility = 'public' AND ?)`, append(store.Args(part), by.ID, by.Role != parley.Guest)...)
		if err != nil {
			return nil, fmt.Errorf("messages: %w", err)
		}
		for _, m := range list {
			found[m.ID] = m
		}
	}
	return found, nil
}

// MessageByID returns a message that by may see, wherever it is.
func (s *Service) MessageByID(ctx context.Context, by parley.Person, id parley.ID) (parley.Message, error) {
	found, err := s.ByIDs(ctx, by, []parley.ID{id})
	if err != nil {
		return parley.Message{}, err
	}
	m, ok := found[id]
	if !ok {
		return m, fmt.Errorf("message %s: %w", id, parley.ErrNotFound)
	}
	return m, nil
}

// AcknowledgeFor acknowledges a message for somebody who was asked to, also when they may not see it.
func (s *Service) AcknowledgeFor(ctx context.Context, by parley.Person, id parley.ID) error {
	m, _, err := s.ForDelivery(ctx, id)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, m.Conversation, func(ctx context.Context, tx *store.Tx) error {
		m, err := message(ctx, tx, `SELECT `+messageColumns+` FROM message m WHERE m.id = ?`, id)
		if err != nil {
			return err
		}
		before := len(m.Answers)
		if err := s.answer(ctx, tx, &m, parley.Answer{Person: by.ID, How: parley.Acknowledged, At: s.now()}); err != nil || len(m.Answers) == before {
			return err
		}
		return s.change(ctx, tx, &m, `answers = answers`)
	})
}

// Mentioned returns whom a body of by's would mention.
func (s *Service) Mentioned(ctx context.Context, by parley.Person, body string) (people []parley.ID, everyone bool, err error) {
	if body, err = checkBody(body); err != nil {
		return nil, false, err
	}
	doc, err := s.render(ctx, by, body)
	return doc.people, doc.everyone, err
}

// Check refuses a draft that could not be posted now, as far as that can be known before.
func (s *Service) Check(ctx context.Context, by parley.Person, d Draft) error {
	if err := d.check(); err != nil {
		return err
	}
	_, err := findFor(ctx, s.db, by, identity.PostMessage, d.Conversation)
	if err == nil {
		_, err = ownFiles(ctx, s.db, by, d.Files)
	}
	return err
}

// Uploaded returns the files of a person by their ids.
func (s *Service) Uploaded(ctx context.Context, r store.Reader, person parley.ID, ids []parley.ID) ([]parley.File, error) {
	files, err := ownFiles(ctx, r, parley.Person{ID: person}, ids)
	if files == nil {
		files = []parley.File{}
	}
	return files, err
}
