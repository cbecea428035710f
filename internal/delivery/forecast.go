package delivery

import (
	"context"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

const (
	maxForecast = 20   // people who are told of one by one
	maxCounted  = 5000 // people who are counted
)

// Forecast tells how d would reach its recipients if it were posted now.
func (s *Service) Forecast(ctx context.Context, by parley.Person, d conversation.Draft) (f parley.Forecast, err error) {
	f.People = []parley.ForecastFor{}
	c, err := s.conversations.Get(ctx, by, d.Conversation)
	if err != nil {
		return f, err
	}
	now := s.now()
	m := said{Message: parley.Message{Conversation: c.ID, Thread: d.Thread, Author: by.ID, Need: d.Need, CreatedAt: now.Add(-Hold)}, kind: c.Kind}
	if m.Need == parley.Normal {
		m.Need = ""
	}
	if m.Need == parley.AnswerBy && !d.By.IsZero() {
		m.By = &d.By
	}
	if m.Mentions, m.Everyone, err = s.conversations.Mentioned(ctx, by, d.Body); err != nil {
		return f, err
	}
	if m.thread, err = speakers(ctx, s.db, c.ID, d.Thread); err != nil {
		return f, err
	}
	list, err := members(ctx, s.db, c.ID, parley.None, maxCounted)
	if err != nil {
		return f, err
	}
	list = slices.DeleteFunc(list, func(o membership) bool { return o.person == by.ID })
	ids := make([]parley.ID, len(list))
	for i, o := range list {
		ids[i] = o.person
	}
	people, err := s.someones(ctx, s.db, ids)
	if err != nil {
		return f, err
	}
	for _, o := range list {
		if p := people[o.person]; p != nil && p.human {
			s.foresee(&f, &m, o, p, now)
		}
	}
	slices.SortStableFunc(f.People, func(a, b parley.ForecastFor) int {
		switch {
		case a.At == nil || b.At == nil:
			return boolInt(a.At == nil) - boolInt(b.At == nil)
		default:
			return a.At.Compare(*b.At)
		}
	})
	f.People = f.People[:min(len(f.People), maxForecast)]
	if d.Need == parley.Urgent || len(list) <= maxForecast {
		budget, err := s.Budget(ctx, by)
		if err != nil {
			return f, err
		}
		f.Budget = &budget
	}
	return f, nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// foresee adds one recipient to a forecast.
func (s *Service) foresee(f *parley.Forecast, m *said, o membership, p *someone, now time.Time) {
	_, relation, _, told := m.to(o, p.reach.Levels)
	to := parley.ForecastFor{Person: p.id, Why: string(ForMember)}
	if !told {
		relation = Member
		plain := m.Message
		plain.Need = ""
		s.first(&to, s.planFor(plain, p, relation, now))
	} else {
		s.first(&to, s.planFor(m.Message, p, relation, now))
	}
	if m.Need != parley.Urgent {
		urgent := m.Message
		urgent.Need, urgent.By = parley.Urgent, nil
		for _, st := range s.planFor(urgent, p, relation, now) {
			if st.What == Tell {
				at := st.At
				to.Urgent = &at
				break
			}
		}
	}
	if l := p.reach.Leave; l != nil && !now.Before(l.From) && now.Before(l.To) {
		to.Leave = l
	}
	f.Total++
	switch {
	case to.At == nil:
		f.Quiet++
	case to.At.Sub(now) <= Hold:
		f.Now++
	default:
		f.Later++
		if f.Last == nil || to.At.After(*f.Last) {
			f.Last = to.At
		}
	}
	if told || m.kind != parley.Channel || len(f.People) < maxForecast {
		f.People = append(f.People, to)
	}
}

// first puts into a forecast when, and by which way, a plan first comes to the person.
func (s *Service) first(to *parley.ForecastFor, plan []Step) {
	for _, st := range plan {
		switch st.What {
		case Show, Tell, Bundle, Summarise:
			at := st.At
			to.At, to.Way, to.Why = &at, st.Way, string(st.Why)
			return
		case Report, Ask:
			to.Why = string(st.Why)
		}
	}
}
