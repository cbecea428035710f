package delivery

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

const (
	atOnce     = 64               // messages that are planned together
	recipients = 100              // of one message at a time: a transaction of them takes a few milliseconds
	lookAgain  = 10 * time.Second // for marks of a node that died
)

// mark is a message to be planned, and up to which recipient that was done.
type mark struct{ message, after parley.ID }

// planAll plans what is said, soon after it is said, until ctx ends.
func (s *Service) planAll(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-timer.C:
		}
		for {
			n, err := s.planSome(ctx)
			if err != nil && ctx.Err() == nil {
				s.log.Error("delivery.plan", "error", err)
			}
			if n == 0 || err != nil {
				break
			}
		}
		timer.Reset(lookAgain)
	}
}

// planSome plans some of what is marked, and returns how much that was.
func (s *Service) planSome(ctx context.Context) (int, error) {
	marks, err := store.All(ctx, s.db, func(row store.Scanner) (m mark, err error) {
		err = row.Scan(&m.message, &m.after)
		return m, err
	}, `SELECT message_id, after_person FROM unplanned ORDER BY message_id LIMIT ?`, atOnce)
	if err != nil || len(marks) == 0 {
		return 0, err
	}
	var batches []batch
	for _, m := range marks {
		b, err := s.prepare(ctx, m)
		if err != nil {
			return 0, fmt.Errorf("plan %s: %w", m.message, err)
		}
		batches = append(batches, b)
		if len(b.rows) > recipients/2 {
			break // a large room has a transaction of its own
		}
	}
	return len(batches), s.db.Write(ctx, marks[0].message, func(ctx context.Context, tx *store.Tx) error {
		dues := map[int64]bool{}
		for _, b := range batches {
			if err := s.commit(ctx, tx, b, dues); err != nil {
				return err
			}
		}
		for due := range dues {
			if err := s.jobs.Insert(ctx, tx, deliver{due}, instant(due)); err != nil {
				return err
			}
		}
		return nil
	})
}

// batch is some of a message's deliveries, ready to be written.
type batch struct {
	mark
	said *said
	rows []row
	next parley.ID // the recipients up to this one are in it; None: all
}

// prepare plans the next recipients of a message. It writes nothing: what changes meanwhile is seen by commit.
func (s *Service) prepare(ctx context.Context, mk mark) (b batch, err error) {
	b.mark = mk
	m, kind, err := s.conversations.ForDelivery(ctx, mk.message)
	if errors.Is(err, parley.ErrNotFound) || err == nil && (m.DeletedAt != nil || m.Kind != parley.Text) {
		return b, nil // it is gone: so is the mark, then
	}
	if err != nil {
		return b, err
	}
	b.said = &said{Message: m, kind: kind}
	if b.said.thread, err = speakers(ctx, s.db, m.Conversation, m.Thread); err != nil {
		return b, err
	}
	list, err := members(ctx, s.db, m.Conversation, mk.after, recipients)
	if err != nil {
		return b, err
	}
	if len(list) == recipients {
		b.next = list[len(list)-1].person
	}
	ids := make([]parley.ID, len(list))
	for i, one := range list {
		ids[i] = one.person
	}
	people, err := s.someones(ctx, s.db, ids)
	if err != nil {
		return b, err
	}
	now := s.now()
	for _, one := range list {
		p := people[one.person]
		if p == nil || !p.human || one.person == m.Author {
			continue
		}
		because, relation, wants, ok := b.said.to(one, p.reach.Levels)
		if !ok {
			continue
		}
		r := newRow(m, p, because, wants, s.planFor(m, p, relation, now), now)
		r.createdAt = m.CreatedAt
		b.rows = append(b.rows, r)
	}
	return b, nil
}

func newRow(m parley.Message, p *someone, because string, wants parley.Wants, plan []Step, now time.Time) row {
	r := row{
		message: m.ID, person: p.id, author: m.Author, Place: parley.Place{Conversation: m.Conversation, Seq: m.Seq},
		need: m.Need, wants: wants, because: because, state: parley.DeliveryWaiting, stateAt: now, steps: keep(plan), listed: true, createdAt: now,
	}
	if m.By != nil {
		r.by = *m.By
	}
	if slices.ContainsFunc(r.steps, func(st step) bool { return st.What == string(Show) }) {
		r.state = parley.DeliveryTold
	}
	return r
}

// planFor is the plan of m for a person, with the time in which it can be taken back.
func (s *Service) planFor(m parley.Message, p *someone, relation Relation, now time.Time) []Step {
	about := Message{Need: m.Need}
	if about.Need == "" {
		about.Need = parley.Normal
	}
	if m.By != nil {
		about.By = *m.By
	}
	plan := Plan(about, p.recipient(relation, m.Author), now)
	if m.Decision != nil { // it closes itself, and its outcome is told
		plan = slices.DeleteFunc(plan, func(st Step) bool { return st.What == Report })
	}
	if m.Need == parley.Urgent {
		return plan
	}
	held := m.CreatedAt.Add(Hold)
	for i := range plan {
		if plan[i].What == Tell && plan[i].Way != parley.AddressApp && plan[i].At.Before(held) {
			plan[i].At = held
		}
	}
	return plan
}

// commit writes what was prepared, as far as it is still true.
func (s *Service) commit(ctx context.Context, tx *store.Tx, b batch, dues map[int64]bool) error {
	query, args := `DELETE FROM unplanned WHERE message_id = ? AND after_person = ?`, []any{b.message, b.after}
	if b.next != parley.None {
		query, args = `UPDATE unplanned SET after_person = ? WHERE message_id = ? AND after_person = ?`, append([]any{b.next}, args...)
	}
	done, err := tx.Exec(ctx, query, args...)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err // another node was first, or it is gone
	}
	if len(b.rows) == 0 {
		return nil
	}
	facts, err := factsOf(ctx, tx, b.rows)
	if err != nil {
		return err
	}
	for i := range b.rows {
		r := &b.rows[i]
		s.apply(r, facts[r.person])
		fresh, err := s.insert(ctx, tx, r)
		if err != nil {
			return err
		}
		if !fresh {
			continue
		}
		if r.dueAt > 0 {
			dues[r.dueAt] = true
		}
		if r.listed {
			s.itemAfter(ctx, tx, *r)
		}
	}
	s.tallyAfter(tx, b.rows[0])
	return nil
}

// known are the facts of one person about one message.
type known struct {
	seen   bool
	answer *parley.Answer
}

// factsOf reads what the people of rows, all of one message, have seen and answered.
func factsOf(ctx context.Context, r store.Reader, list []row) (map[parley.ID]known, error) {
	facts := make(map[parley.ID]known, len(list))
	people := make([]any, len(list))
	for i, one := range list {
		people[i] = one.person
	}
	seen, err := store.All(ctx, r, store.Value[parley.ID], `SELECT person_id FROM member WHERE conversation_id = ? AND read_seq >= ?
		AND person_id IN (`+store.Marks(len(people))+`)`, append([]any{list[0].Conversation, list[0].Seq}, people...)...)
	if err != nil {
		return nil, err
	}
	for _, p := range seen {
		facts[p] = known{seen: true}
	}
	if list[0].need != parley.AnswerBy && list[0].need != parley.Urgent {
		return facts, nil
	}
	answers, err := store.All(ctx, r, func(row store.Scanner) (a parley.Answer, err error) {
		var at int64
		err = row.Scan(&a.Person, &a.How, &at)
		a.At = instant(at)
		return a, err
	}, `SELECT person_id, how, created_at FROM answer WHERE message_id = ?`, list[0].message)
	for _, a := range answers {
		k := facts[a.Person]
		k.answer = &a
		facts[a.Person] = k
	}
	return facts, err
}

// apply has a delivery know the facts.
func (s *Service) apply(r *row, k known) {
	if r.wants == parley.WantsReminder || r.wants == parley.WantsReport || r.finished() {
		return
	}
	if k.seen && (r.state == parley.DeliveryWaiting || r.state == parley.DeliveryTold) {
		r.came(Seen)
		r.enter(parley.DeliverySeen, s.now())
		r.listed = r.listed && r.wants != parley.WantsLook
	}
	if a := k.answer; a != nil {
		r.came(Answered)
		r.listed, r.until = false, 0
		r.enter(parley.DeliveryAnswered, a.At)
		if a.How == parley.Acknowledged {
			r.state = parley.DeliveryAcknowledged
		}
	}
}
