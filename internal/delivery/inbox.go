package delivery

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// maxItems is how many rows of an Inbox are given; who has more sees the rest when these are worked off.
const maxItems = 500

// Inbox is what wants something from a person.
type Inbox struct {
	Items []parley.Item `json:"items" nullable:"false" doc:"The most needed first"`
	Later []parley.Item `json:"later" nullable:"false" doc:"What is put off, the next first"`
	Held  parley.Held   `json:"held"`
}

// Inbox returns what wants something from by.
func (s *Service) Inbox(ctx context.Context, by parley.Person) (in Inbox, err error) {
	list, err := rows(ctx, s.db, `d.person_id = ? AND d.listed ORDER BY d.created_at, d.message_id LIMIT ?`, by.ID, maxItems)
	if err != nil {
		return in, err
	}
	items, err := s.items(ctx, by, list)
	if err != nil {
		return in, err
	}
	in.Items, in.Later = []parley.Item{}, []parley.Item{}
	for _, it := range items {
		if it.Until != nil {
			in.Later = append(in.Later, it)
		} else {
			in.Items = append(in.Items, it)
		}
	}
	slices.SortStableFunc(in.Items, byWant)
	slices.SortStableFunc(in.Later, func(a, b parley.Item) int { return a.Until.Compare(*b.Until) })
	in.Held, err = s.held(ctx, by.ID)
	return in, err
}

// byWant orders an Inbox: what is urgent, then what has a deadline, then the rest as it came.
func byWant(a, b parley.Item) int {
	class := func(it parley.Item) int {
		switch {
		case it.Wants == parley.WantsAcknowledge:
			return 0
		case it.Wants == parley.WantsReport && it.Message.Need == parley.Urgent:
			return 1
		case it.Wants == parley.WantsAnswer:
			return 2
		}
		return 3
	}
	if d := class(a) - class(b); d != 0 {
		return d
	}
	if a.Wants == parley.WantsAnswer && a.Message.By != nil && b.Message.By != nil {
		return a.Message.By.Compare(*b.Message.By)
	}
	return 0
}

// items are deliveries as their person has them, those that they may see.
func (s *Service) items(ctx context.Context, by parley.Person, list []row) ([]parley.Item, error) {
	var ids []parley.ID
	for _, r := range list {
		ids = append(ids, r.message)
	}
	visible, err := s.conversations.ByIDs(ctx, by, ids)
	if err != nil {
		return nil, err
	}
	var items []parley.Item
	for _, r := range list {
		if m, ok := visible[r.message]; ok {
			items = append(items, item(r, m, true))
			continue
		}
		if r.because != becauseDeputy {
			continue
		}
		m, _, err := s.conversations.ForDelivery(ctx, r.message)
		if err != nil {
			return nil, err
		}
		items = append(items, item(r, m, false))
	}
	return items, nil
}

// held counts what waits for a person's hours.
func (s *Service) held(ctx context.Context, person parley.ID) (h parley.Held, err error) {
	var until int64
	err = s.db.QueryRow(ctx, `SELECT count(*), COALESCE(MIN(due_at), 0) FROM delivery WHERE person_id = ? AND listed AND state = 'waiting' AND due_at > ?`,
		person, millis(s.now())).Scan(&h.Messages, &until)
	h.Until = instantOrNil(until)
	return h, err
}

// mine changes by's delivery of a message.
func (s *Service) mine(ctx context.Context, by parley.Person, message parley.ID, change func(ctx context.Context, tx *store.Tx, r *row) error) error {
	return s.db.Write(ctx, by.ID, func(ctx context.Context, tx *store.Tx) error {
		list, err := rows(ctx, tx, `d.message_id = ? AND d.person_id = ?`, message, by.ID)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fmt.Errorf("delivery of %s: %w", message, parley.ErrNotFound)
		}
		r := &list[0]
		if err := change(ctx, tx, r); err != nil {
			return err
		}
		ok, err := s.update(ctx, tx, r)
		if err != nil || !ok {
			return cmpErr(err, parley.ErrConflict)
		}
		if r.listed {
			s.itemAfter(ctx, tx, *r)
		} else {
			s.gone(tx, *r)
		}
		s.tallyAfter(tx, *r)
		return nil
	})
}

// Done takes a message from by's Inbox, and they are not told of it again. Who waits for their answer still hears when
// none comes; what is urgent is acknowledged instead.
func (s *Service) Done(ctx context.Context, by parley.Person, message parley.ID) error {
	return s.mine(ctx, by, message, func(_ context.Context, tx *store.Tx, r *row) error {
		if r.wants == parley.WantsAcknowledge && !r.finished() {
			return parley.Refuse(parley.ErrConflict, "acknowledge", "it is urgent: acknowledge it, or hand it over")
		}
		r.listed, r.until = false, 0
		for i := range r.steps {
			if st := &r.steps[i]; st.State == stepDue && (What(st.What) == Tell || What(st.What) == Bundle) {
				st.State = stepNeedless
			}
		}
		s.look(tx, r)
		return nil
	})
}

// look has the person have seen it.
func (s *Service) look(tx *store.Tx, r *row) {
	r.came(Seen)
	if r.state == parley.DeliveryWaiting || r.state == parley.DeliveryTold {
		r.enter(parley.DeliverySeen, s.now())
	}
	s.recallAfter(tx, *r)
}

// Undone brings a message back into by's Inbox.
func (s *Service) Undone(ctx context.Context, by parley.Person, message parley.ID) error {
	return s.mine(ctx, by, message, func(_ context.Context, _ *store.Tx, r *row) error {
		if r.state == parley.DeliveryWithdrawn {
			return parley.Refuse(parley.ErrConflict, "withdrawn", "it was taken back")
		}
		r.listed, r.until = true, 0
		return nil
	})
}

// maxLater is how far ahead something may be put off, reminded of, or sent.
const maxLater = 2 * 366 * 24 * time.Hour

// later checks a time for which something is put off; work is the person's next morning.
func (s *Service) laterFor(ctx context.Context, by parley.Person, at time.Time, work bool) (time.Time, error) {
	now := s.now()
	if work {
		people, err := s.someones(ctx, s.db, []parley.ID{by.ID})
		if err != nil || people[by.ID] == nil {
			return at, cmpErr(err, parley.ErrNotFound)
		}
		morning, ok := people[by.ID].calendar().Morning(now)
		if !ok {
			return at, parley.Invalid("work", "no_hours", "there are no hours in sight")
		}
		at = morning
	}
	at = at.UTC().Truncate(time.Second)
	switch {
	case !at.After(now):
		return at, parley.Invalid("at", "past", "must be in the future")
	case at.Sub(now) > maxLater:
		return at, parley.Invalid("at", "too_long", "must be within two years")
	}
	return at, nil
}

// Snooze puts a message off: it comes back, and is told, at that time, or when by starts work.
func (s *Service) Snooze(ctx context.Context, by parley.Person, message parley.ID, at time.Time, work bool) error {
	at, err := s.laterFor(ctx, by, at, work)
	if err != nil {
		return err
	}
	return s.mine(ctx, by, message, func(ctx context.Context, tx *store.Tx, r *row) error {
		r.listed, r.until = true, millis(at)
		s.look(tx, r)
		return s.jobs.Insert(ctx, tx, deliver{r.until}, at)
	})
}

// wakeUp brings back what was put off until an instant.
func (s *Service) wakeUp(ctx context.Context, at int64) error {
	list, err := rows(ctx, s.db, `d.until = ?`, at)
	if err != nil || len(list) == 0 {
		return err
	}
	for _, r := range list {
		m, _, err := s.conversations.ForDelivery(ctx, r.message)
		if err != nil {
			return err
		}
		if err := s.again(ctx, &r, m); err != nil {
			return err
		}
	}
	return nil
}

// again tells of a message anew, as if it had just been said.
func (s *Service) again(ctx context.Context, r *row, m parley.Message) error {
	people, err := s.someones(ctx, s.db, []parley.ID{r.person})
	if err != nil || people[r.person] == nil {
		return err
	}
	now := s.now()
	plain := parley.Message{ID: m.ID, Author: m.Author, CreatedAt: now.Add(-Hold)}
	fresh := keep(s.planFor(plain, people[r.person], Direct, now))
	fresh = slices.DeleteFunc(fresh, func(st step) bool { return st.What == string(Report) })
	for i := range fresh {
		fresh[i].Why = string(ForReminder)
	}
	r.until, r.listed, r.createdAt = 0, true, now
	if r.wants == parley.WantsLook { // it may have been seen: now it is there until it is done
		r.wants = parley.WantsReminder
	}
	r.steps = append(r.steps, fresh...)
	if !r.finished() {
		r.enter(parley.DeliveryWaiting, now)
	}
	return s.db.Write(ctx, r.person, func(ctx context.Context, tx *store.Tx) error {
		ok, err := s.update(ctx, tx, r)
		if err == nil && ok {
			s.publishItem(tx, *r, m)
		}
		return err
	})
}

// HandOver gives to somebody else of the conversation what a message wants of by.
func (s *Service) HandOver(ctx context.Context, by parley.Person, message, to parley.ID, note string) error {
	note, err := identity.CleanText("note", note, parley.MaxReason)
	if err != nil {
		return err
	}
	if list, err := rows(ctx, s.db, `d.message_id = ? AND d.person_id = ? AND d.listed`, message, by.ID); err != nil || len(list) == 0 {
		return cmpErr(err, fmt.Errorf("delivery of %s: %w", message, parley.ErrNotFound))
	}
	m, kind, err := s.conversations.ForDelivery(ctx, message)
	if err != nil {
		return err
	}
	if to == by.ID || to == m.Author {
		return parley.Invalid("person", "self", "must be somebody else")
	}
	people, err := s.someones(ctx, s.db, []parley.ID{to})
	if err != nil {
		return err
	}
	p := people[to]
	if p == nil || !p.human || s.conversations.MayListen(ctx, parley.Person{ID: to, Role: parley.Guest}, m.Conversation) != nil {
		return parley.Invalid("person", "not_a_member", "must be a member of the conversation")
	}
	return s.mine(ctx, by, message, func(ctx context.Context, tx *store.Tx, r *row) error {
		if r.wants == parley.WantsReminder || r.wants == parley.WantsReport {
			return parley.Refuse(parley.ErrConflict, "own", "that is nobody else's")
		}
		relation := Mentioned
		if kind != parley.Channel {
			relation = Direct
		}
		now := s.now()
		fresh := newRow(m, p, becauseHanded, r.wants, s.planFor(m, p, relation, now), now)
		fresh.from, fresh.note = by.ID, note
		old, err := rows(ctx, tx, `d.message_id = ? AND d.person_id = ?`, message, to)
		if err != nil {
			return err
		}
		if len(old) == 0 {
			err = s.addRow(ctx, tx, &fresh, m)
		} else {
			o := &old[0]
			if o.finished() {
				return parley.Refuse(parley.ErrConflict, "answered", "they have answered it already")
			}
			o.because, o.from, o.note, o.wants, o.listed, o.until = becauseHanded, by.ID, note, r.wants, true, 0
			o.steps = append(o.steps, fresh.steps...)
			if _, err = s.update(ctx, tx, o); err == nil {
				s.publishItem(tx, *o, m)
			}
		}
		if err != nil {
			return err
		}
		r.listed, r.until, r.wants = false, 0, parley.WantsLook // the rest is the other's now
		r.came(Answered)
		s.look(tx, r)
		return nil
	})
}

// Acknowledge says that by has taken note of a message that stands in their Inbox, also of one that they were asked of
// in another's place and may not see.
func (s *Service) Acknowledge(ctx context.Context, by parley.Person, message parley.ID) error {
	list, err := rows(ctx, s.db, `d.message_id = ? AND d.person_id = ?`, message, by.ID)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fmt.Errorf("delivery of %s: %w", message, parley.ErrNotFound)
	}
	return s.conversations.AcknowledgeFor(ctx, by, message)
}
