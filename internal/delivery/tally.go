package delivery

import (
	"context"
	"sync"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// tallies are the messages whose authors are still to be told how far they have come: once a moment, not once for each
// of thousands who read.
type tallies struct {
	wake chan struct{}

	mu      sync.Mutex
	pending map[parley.ID]row // by message
}

const tallyEvery = 250 * time.Millisecond

func (s *Service) tallyAfter(tx *store.Tx, r row) {
	tx.After(func() {
		s.tallies.mu.Lock()
		defer s.tallies.mu.Unlock()
		if s.tallies.pending == nil {
			s.tallies.pending = map[parley.ID]row{}
		}
		s.tallies.pending[r.message] = r
		select {
		case s.tallies.wake <- struct{}{}:
		default:
		}
	})
}

// tellAuthors tells authors how far their messages have come, until ctx ends.
func (s *Service) tellAuthors(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.tallies.wake:
		}
		s.tallies.mu.Lock()
		pending := s.tallies.pending
		s.tallies.pending = nil
		s.tallies.mu.Unlock()
		for message, r := range pending {
			tally, err := s.tally(ctx, message)
			if err != nil {
				if ctx.Err() == nil {
					s.log.Warn("delivery.tally", "message", message, "error", err)
				}
				continue
			}
			s.live.Publish(conversation.Own(r.author), 0, parley.Event{Type: parley.EventDelivery, Delivery: &parley.DeliveryNews{
				Message: message, Place: r.Place, Tally: tally,
			}})
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(tallyEvery):
		}
	}
}

// tally counts the deliveries of a message by state: to those to whom it was said.
func (s *Service) tally(ctx context.Context, message parley.ID) (map[parley.DeliveryState]int, error) {
	tally := map[parley.DeliveryState]int{}
	type count struct {
		state parley.DeliveryState
		n     int
	}
	list, err := store.All(ctx, s.db, func(row store.Scanner) (c count, err error) {
		err = row.Scan(&c.state, &c.n)
		return c, err
	}, `SELECT state, count(*) FROM delivery WHERE message_id = ? AND wants NOT IN ('reminder', 'report') AND because <> 'deputy' GROUP BY state`, message)
	for _, c := range list {
		tally[c.state] = c.n
	}
	return tally, err
}
