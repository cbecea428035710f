package delivery

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// What follows is conversation.Delivery: it runs in the transactions of what people do.

var _ conversation.Delivery = (*Service)(nil)

// Said marks a message to be planned, unless it is nobody's in particular and nobody wants to be told of all.
func (s *Service) Said(ctx context.Context, tx *store.Tx, by parley.Person, c parley.Conversation, m parley.Message) error {
	if m.Need == parley.Whenever {
		return nil
	}
	if m.Need == parley.Urgent {
		if err := s.spend(ctx, tx, by); err != nil {
			return err
		}
	}
	if m.Need != "" && c.Kind == parley.Channel && len(m.Mentions) == 0 && c.Members >= parley.LargeRoom && m.Thread == 0 {
		if err := s.mayAskEveryone(ctx, by, c); err != nil {
			return err
		}
	}
	if c.Kind == parley.Channel && m.Need == "" && m.Thread == 0 && len(m.Mentions) == 0 && !m.Everyone {
		if some, err := s.someWantAll(ctx, c.ID); err != nil || !some {
			return err
		}
	}
	if _, err := tx.Exec(ctx, `INSERT INTO unplanned (message_id) VALUES (?)`, m.ID); err != nil {
		return fmt.Errorf("mark %s to be planned: %w", m.ID, err)
	}
	tx.After(s.signal)
	return nil
}

func (s *Service) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Read makes needless what was to be done until it is seen, and takes from the Inbox what only wanted a look. Who reads
// less than before gets that back.
func (s *Service) Read(ctx context.Context, tx *store.Tx, person, id parley.ID, seq int64) error {
	list, err := rows(ctx, tx, `d.person_id = ? AND d.conversation_id = ? AND d.seq <= ? AND (d.listed OR d.due_at > 0) AND d.state IN ('waiting', 'told')`,
		person, id, seq)
	if err != nil {
		return err
	}
	for _, r := range list {
		if r.wants == parley.WantsReminder || r.wants == parley.WantsReport {
			continue
		}
		r.came(Seen)
		r.enter(parley.DeliverySeen, s.now())
		wasListed := r.listed
		r.listed = r.listed && r.wants != parley.WantsLook
		if _, err := s.update(ctx, tx, &r); err != nil {
			return err
		}
		if wasListed && !r.listed {
			s.gone(tx, r)
		}
		s.recallAfter(tx, r)
		s.tallyAfter(tx, r)
	}
	return s.unread(ctx, tx, person, id, seq)
}

func (s *Service) unread(ctx context.Context, tx *store.Tx, person, id parley.ID, seq int64) error {
	list, err := rows(ctx, tx, `d.person_id = ? AND d.conversation_id = ? AND d.seq > ? AND d.state = 'seen' AND d.wants = 'look' AND NOT d.listed`, person, id, seq)
	if err != nil {
		return err
	}
	for _, r := range list {
		r.listed = true
		r.enter(parley.DeliveryTold, s.now())
		if _, err := s.update(ctx, tx, &r); err != nil {
			return err
		}
		s.itemAfter(ctx, tx, r)
	}
	return nil
}

// Answered ends all that was to be done until somebody answers.
func (s *Service) Answered(ctx context.Context, tx *store.Tx, m parley.Message, a parley.Answer) error {
	list, err := rows(ctx, tx, `d.message_id = ? AND (d.person_id = ? OR d.from_id = ? OR d.person_id IN (
			SELECT x.from_id FROM delivery x WHERE x.message_id = ? AND x.person_id = ? AND x.because IN ('deputy', 'handed_over')))`,
		m.ID, a.Person, a.Person, m.ID, a.Person)
	if err != nil {
		return err
	}
	state := parley.DeliveryAnswered
	if a.How == parley.Acknowledged {
		state = parley.DeliveryAcknowledged
	}
	for _, r := range list {
		if r.finished() {
			continue
		}
		r.came(Answered)
		wasListed := r.listed
		r.listed, r.until = false, 0
		if r.wants != parley.WantsReport && (r.person == a.Person || r.because != becauseDeputy) {
			r.enter(state, a.At) // a deputy is needed no more, but has not answered
		}
		if _, err := s.update(ctx, tx, &r); err != nil {
			return err
		}
		if wasListed {
			s.gone(tx, r)
		}
		s.recallAfter(tx, r)
		s.tallyAfter(tx, r)
	}
	return nil
}

// Decided ends what was to be done until somebody votes.
func (s *Service) Decided(ctx context.Context, tx *store.Tx, m parley.Message) error {
	list, err := rows(ctx, tx, `d.message_id = ? AND (d.listed OR d.due_at > 0)`, m.ID)
	if err != nil {
		return err
	}
	for _, r := range list {
		if r.wants != parley.WantsAnswer {
			continue
		}
		r.came(Answered)
		wasListed := r.listed
		r.listed, r.until = false, 0
		if !r.finished() {
			r.enter(parley.DeliveryMissed, s.now())
		}
		if _, err := s.update(ctx, tx, &r); err != nil {
			return err
		}
		if wasListed {
			s.gone(tx, r)
		}
		s.tallyAfter(tx, r)
	}
	return nil
}

// Withdraw ends all deliveries of a message that has reached nobody yet: within the hold nobody beside those whose app
// is open; after it, as long as nobody was told and nobody has read it.
func (s *Service) Withdraw(ctx context.Context, tx *store.Tx, m parley.Message) error {
	list, err := rows(ctx, tx, `d.message_id = ?`, m.ID)
	if err != nil {
		return err
	}
	late := parley.Refuse(parley.ErrConflict, "delivered", "it has reached somebody: it can be deleted, but was said")
	if slices.ContainsFunc(list, func(r row) bool { return len(r.told()) > 0 }) {
		return late
	}
	if s.now().Sub(m.CreatedAt) > Hold {
		var read bool
		err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM member WHERE conversation_id = ? AND read_seq >= ? AND person_id <> ?)`,
			m.Conversation, m.Seq, m.Author).Scan(&read)
		if err != nil || read {
			return errors.Join(err, late)
		}
	}
	return s.end(ctx, tx, m, list)
}

// Gone ends all deliveries of a message that was deleted.
func (s *Service) Gone(ctx context.Context, tx *store.Tx, m parley.Message) error {
	list, err := rows(ctx, tx, `d.message_id = ?`, m.ID)
	if err != nil {
		return err
	}
	return s.end(ctx, tx, m, list)
}

func (s *Service) end(ctx context.Context, tx *store.Tx, m parley.Message, list []row) error {
	for _, query := range []string{`DELETE FROM unplanned WHERE message_id = ?`, `DELETE FROM reminder WHERE message_id = ?`} {
		if _, err := tx.Exec(ctx, query, m.ID); err != nil {
			return err
		}
	}
	for _, r := range list {
		for i := range r.steps {
			if r.steps[i].State == stepDue {
				r.steps[i].State = stepNeedless
			}
		}
		wasListed := r.listed
		r.listed, r.until = false, 0
		r.enter(parley.DeliveryWithdrawn, s.now())
		if _, err := s.update(ctx, tx, &r); err != nil {
			return err
		}
		if wasListed {
			s.gone(tx, r)
		}
		s.recallAfter(tx, r)
	}
	return nil
}

// Moved has the deliveries of a message go where it went.
func (s *Service) Moved(ctx context.Context, tx *store.Tx, m parley.Message) error {
	_, err := tx.Exec(ctx, `UPDATE delivery SET conversation_id = ?, seq = ?, version = version + 1 WHERE message_id = ?`, m.Conversation, m.Seq, m.ID)
	if err != nil {
		return fmt.Errorf("move deliveries of %s: %w", m.ID, err)
	}
	return nil
}

// Left ends a person's deliveries in a conversation that is not theirs any more.
func (s *Service) Left(ctx context.Context, tx *store.Tx, person, id parley.ID) error {
	list, err := rows(ctx, tx, `d.person_id = ? AND d.conversation_id = ? AND (d.listed OR d.due_at > 0)`, person, id)
	if err != nil {
		return err
	}
	for _, r := range list {
		for i := range r.steps {
			if r.steps[i].State == stepDue {
				r.steps[i].State = stepNeedless
			}
		}
		r.listed, r.until = false, 0
		if _, err := s.update(ctx, tx, &r); err != nil {
			return err
		}
		s.gone(tx, r)
	}
	return nil
}
