package delivery

import (
	"context"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Trace is how far a message has come.
type Trace struct {
	Deliveries []parley.Delivery            `json:"deliveries" nullable:"false" doc:"To its author: all, at most 200, those that are open first. To others: their own"`
	Total      int                          `json:"total"`
	Tally      map[parley.DeliveryState]int `json:"tally" doc:"How many are in each state"`
}

const maxTrace = 200

// Trace returns how far a message has come, and why: all of it for its author, and for others what concerns them.
func (s *Service) Trace(ctx context.Context, by parley.Person, at parley.Place) (t Trace, err error) {
	m, err := s.conversations.Message(ctx, by, at)
	if err != nil {
		return t, err
	}
	t.Deliveries, t.Tally = []parley.Delivery{}, map[parley.DeliveryState]int{}
	where, args := `d.message_id = ? AND d.person_id = ?`, []any{m.ID, by.ID}
	if m.Author == by.ID {
		where, args = `d.message_id = ? AND d.wants NOT IN ('reminder', 'report') ORDER BY d.because = 'deputy', d.due_at = 0, d.due_at, d.state_at DESC, d.person_id LIMIT ?`, []any{m.ID, maxTrace}
	}
	list, err := rows(ctx, s.db, where, args...)
	if err != nil {
		return t, err
	}
	for _, r := range list {
		t.Deliveries = append(t.Deliveries, r.delivery())
	}
	if m.Author != by.ID {
		t.Total = len(list)
		return t, nil
	}
	if t.Tally, err = s.tally(ctx, m.ID); err != nil {
		return t, err
	}
	for _, n := range t.Tally {
		t.Total += n
	}
	return t, nil
}

const (
	maxAsked   = 100
	maxWaiting = 50
)

// Asked returns by's messages that wait on others, the newest first.
func (s *Service) Asked(ctx context.Context, by parley.Person) ([]parley.Asked, error) {
	ids, err := store.All(ctx, s.db, store.Value[parley.ID], `SELECT message_id FROM delivery WHERE author_id = ? AND wants IN ('answer', 'acknowledge')
		GROUP BY message_id HAVING SUM(CASE WHEN state IN ('answered', 'acknowledged', 'withdrawn') THEN 0 ELSE 1 END) > 0
		ORDER BY message_id DESC LIMIT ?`, by.ID, maxAsked)
	if err != nil {
		return nil, err
	}
	return s.asked(ctx, by, ids)
}

func (s *Service) asked(ctx context.Context, by parley.Person, ids []parley.ID) ([]parley.Asked, error) {
	list := []parley.Asked{}
	visible, err := s.conversations.ByIDs(ctx, by, ids)
	if err != nil {
		return nil, err
	}
	type one struct {
		message, person parley.ID
		state           parley.DeliveryState
	}
	all, err := store.All(ctx, s.db, func(row store.Scanner) (o one, err error) {
		err = row.Scan(&o.message, &o.person, &o.state)
		return o, err
	}, `SELECT message_id, person_id, state FROM delivery WHERE message_id IN (`+store.Marks(len(ids))+`) AND wants IN ('answer', 'acknowledge')
		AND because <> 'deputy' ORDER BY message_id, person_id`, store.Args(ids)...)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		m, ok := visible[id]
		if !ok {
			continue
		}
		a := parley.Asked{Message: m, Waiting: []parley.ID{}}
		for _, o := range all {
			if o.message != id || o.state == parley.DeliveryWithdrawn {
				continue
			}
			a.Total++
			switch o.state {
			case parley.DeliveryAnswered, parley.DeliveryAcknowledged:
				a.Answered++
				continue
			case parley.DeliveryWaiting, parley.DeliveryTold, parley.DeliveryMissed:
				a.Unseen++
			}
			if len(a.Waiting) < maxWaiting {
				a.Waiting = append(a.Waiting, o.person)
			}
		}
		list = append(list, a)
	}
	return list, nil
}
