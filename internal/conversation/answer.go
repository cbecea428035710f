package conversation

import (
	"context"
	"fmt"
	"slices"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Acknowledge says that by has taken note of a message that wants an answer or is urgent. To do so again changes nothing.
func (s *Service) Acknowledge(ctx context.Context, by parley.Person, at parley.Place) (parley.Message, error) {
	var m parley.Message
	err := s.db.Write(ctx, at.Conversation, func(ctx context.Context, tx *store.Tx) (err error) {
		if _, m, err = findMessage(ctx, tx, by, identity.React, at); err != nil {
			return err
		}
		if m.Decision != nil && m.Decision.ClosedAt == nil {
			return parley.Refuse(parley.ErrConflict, "vote", "something is to be decided: vote")
		}
		if !wantsAnswer(m) || m.Author == by.ID {
			return parley.Refuse(parley.ErrConflict, "not_asked", "nothing is to be acknowledged here")
		}
		before := len(m.Answers)
		if err := s.answer(ctx, tx, &m, parley.Answer{Person: by.ID, How: parley.Acknowledged, At: s.now()}); err != nil || len(m.Answers) == before {
			return err
		}
		return s.change(ctx, tx, &m, `answers = answers`)
	})
	if err != nil {
		return parley.Message{}, fmt.Errorf("acknowledge: %w", err)
	}
	return m, nil
}

func wantsAnswer(m parley.Message) bool {
	return m.Kind == parley.Text && m.DeletedAt == nil && (m.Need == parley.AnswerBy || m.Need == parley.Urgent)
}

// answer adds an answer to m, if it wants one and has none from that person. The change of m is its caller's to publish.
func (s *Service) answer(ctx context.Context, tx *store.Tx, m *parley.Message, a parley.Answer) error {
	if !wantsAnswer(*m) || m.Author == a.Person || slices.ContainsFunc(m.Answers, func(b parley.Answer) bool { return a.Person == b.Person }) {
		return nil
	}
	_, err := tx.Exec(ctx, `INSERT INTO answer (message_id, person_id, how, seq, created_at) VALUES (?, ?, ?, ?, ?)`,
		m.ID, a.Person, a.How, a.Seq, millis(a.At))
	if err != nil {
		return fmt.Errorf("answer %s: %w", m.ID, err)
	}
	if _, err := tx.Exec(ctx, `UPDATE message SET answers = answers + 1 WHERE id = ?`, m.ID); err != nil {
		return err
	}
	m.Answers = append(m.Answers, a)
	return s.delivery.Answered(ctx, tx, *m, a)
}

// answerOpen makes m, said in a direct conversation, the answer to all that waits for one of its author there.
func (s *Service) answerOpen(ctx context.Context, tx *store.Tx, m parley.Message) error {
	open, err := messages(ctx, tx, `SELECT `+messageColumns+` FROM message m WHERE m.conversation_id = ? AND m.need IN ('answer', 'urgent')
		AND m.author_id <> ? AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.message_id = m.id AND a.person_id = ?) ORDER BY m.seq LIMIT 100`,
		m.Conversation, m.Author, m.Author)
	if err != nil {
		return err
	}
	for _, asked := range open {
		if asked.Decision != nil {
			continue // that is answered by a vote
		}
		if err := s.answer(ctx, tx, &asked, parley.Answer{Person: m.Author, How: parley.Answered, At: m.CreatedAt, Seq: m.Seq}); err != nil {
			return err
		}
		if err := s.change(ctx, tx, &asked, `answers = answers`); err != nil {
			return err
		}
	}
	return nil
}

func addAnswers(ctx context.Context, r store.Reader, place map[parley.ID]*parley.Message, ids []any) error {
	if len(ids) == 0 {
		return nil
	}
	type row struct {
		message parley.ID
		parley.Answer
	}
	rows, err := store.All(ctx, r, func(s store.Scanner) (a row, err error) {
		var at int64
		err = s.Scan(&a.message, &a.Person, &a.How, &a.Seq, &at)
		a.At = instant(at)
		return a, err
	}, `SELECT message_id, person_id, how, seq, created_at FROM answer
		WHERE message_id IN (`+store.Marks(len(ids))+`) ORDER BY created_at, person_id`, ids...)
	for _, a := range rows {
		m := place[a.message]
		m.Answers = append(m.Answers, a.Answer)
	}
	return err
}
