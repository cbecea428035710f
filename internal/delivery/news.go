package delivery

import (
	"context"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// item is a delivery as its person has it. A deputy who may not see the message is told that it is urgent, and why.
func item(r row, m parley.Message, seen bool) parley.Item {
	if !seen {
		m = parley.Message{
			ID: m.ID, Conversation: m.Conversation, Seq: m.Seq, Author: m.Author, Kind: m.Kind, Via: m.Via,
			Need: m.Need, By: m.By, Reason: m.Reason, CreatedAt: m.CreatedAt,
		}
	}
	return parley.Item{
		Message: m, Wants: r.wants, From: r.from, Because: r.because, At: r.createdAt, Until: instantOrNil(r.until), Note: r.note, Version: r.version,
	}
}

// sees says whether the person of a delivery may see its message: all but deputies were chosen for that.
func sees(r row) bool { return r.because != becauseDeputy }

func (s *Service) publishItem(tx *store.Tx, r row, m parley.Message) {
	e := item(r, m, sees(r))
	tx.After(func() {
		s.live.Publish(conversation.Own(r.person), 0, parley.Event{Type: parley.EventInbox, Item: &e})
	})
}

// itemAfter tells a person's apps of a delivery as it is now.
func (s *Service) itemAfter(ctx context.Context, tx *store.Tx, r row) {
	m, _, err := s.conversations.ForDelivery(ctx, r.message)
	if err != nil {
		s.log.Warn("delivery.item", "message", r.message, "error", err)
		return
	}
	s.publishItem(tx, r, m)
}

// tellApp tells of a delivery in the apps that are open: what is urgent with a sound.
func (s *Service) tellApp(tx *store.Tx, r row, again bool) {
	tx.After(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		m, _, err := s.conversations.ForDelivery(ctx, r.message)
		if err != nil {
			return
		}
		it := item(r, m, sees(r))
		e := parley.Event{Type: parley.EventNotice, Item: &it}
		if r.wants == parley.WantsAcknowledge {
			e = parley.Event{Type: parley.EventAlarm, Alarm: &parley.Alarm{Item: it, Again: again}}
		}
		s.live.Publish(conversation.Own(r.person), 0, e)
	})
}

// recallAfter takes back what was told of a delivery and is known now, where a way can do that. It is worth no retry.
func (s *Service) recallAfter(tx *store.Tx, r row) {
	if len(r.told()) == 0 {
		return
	}
	tx.After(func() {
		select {
		case s.recalls <- r:
		default: // more than can be taken back in time
		}
	})
}

const recallers = 4

// recallAll takes back what is seen elsewhere, until ctx ends.
func (s *Service) recallAll(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case r := <-s.recalls:
			ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
			for _, kind := range r.told() {
				s.recall(ctx, kind, r)
			}
			cancel()
		}
	}
}

func (s *Service) recall(ctx context.Context, kind parley.AddressKind, r row) {
	way, ok := s.ways[kind].(parley.Recaller)
	if !ok {
		return
	}
	addresses, err := s.ways[kind].Addresses(ctx, r.person)
	if err != nil {
		return
	}
	for _, a := range addresses {
		err := way.Recall(ctx, parley.Envelope{
			Person: r.person, To: a, What: parley.NoticeTell, Key: r.message.String() + "-recall",
			Notes: []parley.Note{{Message: r.message, Place: r.Place, Need: r.need}},
		})
		if err != nil {
			s.log.Info("delivery.not_recalled", "way", kind, "person", r.person, "error", err)
		}
	}
}
