package delivery

import (
	"context"
	"fmt"
	"time"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// budgetFor is the time in which a person has their budget of urgent messages.
const budgetFor = 24 * time.Hour

// spend takes an urgent message from by's budget.
func (s *Service) spend(ctx context.Context, tx *store.Tx, by parley.Person) error {
	rules, err := s.people.Organisation(ctx)
	if err != nil {
		return err
	}
	now := s.now()
	if _, err := tx.Exec(ctx, `DELETE FROM urgent WHERE person_id = ? AND sent_at <= ?`, by.ID, millis(now.Add(-budgetFor))); err != nil {
		return err
	}
	var sent int
	if err := tx.QueryRow(ctx, `SELECT count(*) FROM urgent WHERE person_id = ?`, by.ID).Scan(&sent); err != nil {
		return err
	}
	if sent >= rules.Urgent {
		return &parley.FieldError{Field: "need", Code: "budget", Kind: parley.ErrLimited, Msg: fmt.Sprintf("at most %d urgent messages in 24 hours", rules.Urgent)}
	}
	_, err = tx.Exec(ctx, `INSERT INTO urgent (person_id, sent_at) VALUES (?, ?)`, by.ID, millis(now))
	return err
}

// Budget returns how many urgent messages by has left.
func (s *Service) Budget(ctx context.Context, by parley.Person) (b parley.Budget, err error) {
	rules, err := s.people.Organisation(ctx)
	if err != nil {
		return b, err
	}
	var sent int
	var first int64
	now := s.now()
	err = s.db.QueryRow(ctx, `SELECT count(*), COALESCE(MIN(sent_at), 0) FROM urgent WHERE person_id = ? AND sent_at > ?`,
		by.ID, millis(now.Add(-budgetFor))).Scan(&sent, &first)
	b = parley.Budget{Left: max(0, rules.Urgent-sent), Of: rules.Urgent, Until: now}
	if first > 0 {
		b.Until = instant(first).Add(budgetFor)
	}
	return b, err
}

// mayAskEveryone refuses to want something of all of a large room from who may not mention them all.
func (s *Service) mayAskEveryone(ctx context.Context, by parley.Person, c parley.Conversation) error {
	rules, err := s.people.Organisation(ctx)
	if err != nil {
		return err
	}
	if identity.May(by, identity.MentionEveryone, identity.Object{Conversation: &c, Organisation: rules}) != nil {
		return &parley.FieldError{Field: "need", Code: "everyone", Kind: parley.ErrForbidden, Msg: fmt.Sprintf("to want something of all %d people is not yours here: mention those you mean", c.Members)}
	}
	return nil
}
