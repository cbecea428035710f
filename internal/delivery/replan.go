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

// replan is the job to plan anew what is under way to a person whose rules have changed.
type replan struct {
	Person parley.ID `json:"person"`
}

// Kind is replan.
func (replan) Kind() string { return "replan" }

func (s *Service) replanLater(ctx context.Context, tx *store.Tx, person parley.ID) error {
	var open bool
	if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM delivery WHERE person_id = ? AND due_at > 0)
		OR EXISTS (SELECT 1 FROM scheduled WHERE work)`, person).Scan(&open); err != nil || !open {
		return err
	}
	return s.jobs.Insert(ctx, tx, replan{person}, time.Time{})
}

// PersonChanged plans anew what is under way to a person whose zone or hours may be others now.
func (s *Service) PersonChanged(ctx context.Context, person parley.ID) error {
	return s.db.Write(ctx, person, func(ctx context.Context, tx *store.Tx) error { return s.replanLater(ctx, tx, person) })
}

func (s *Service) replan(ctx context.Context, job replan) error {
	if err := s.moveScheduled(ctx, job.Person); err != nil {
		return err
	}
	list, err := rows(ctx, s.db, `d.person_id = ? AND d.due_at > 0`, job.Person)
	if err != nil || len(list) == 0 {
		return err
	}
	people, err := s.someones(ctx, s.db, []parley.ID{job.Person})
	if err != nil || people[job.Person] == nil {
		return err
	}
	var failed error
	for _, r := range list {
		failed = errors.Join(failed, s.planAnew(ctx, &r, people[job.Person]))
	}
	return failed
}

// planAnew replaces what is still to be done. What was done stays: nobody is told again by a way that has told them.
func (s *Service) planAnew(ctx context.Context, r *row, p *someone) error {
	m, kind, err := s.conversations.ForDelivery(ctx, r.message)
	if err != nil {
		return ignoreGone(err)
	}
	about := m
	relation := Mentioned
	switch {
	case r.wants == parley.WantsReminder, r.wants == parley.WantsReport && m.Need != parley.Urgent:
		about.Need, about.By = "", nil
	case kind != parley.Channel:
		relation = Direct
	}
	fresh := keep(s.planFor(about, p, relation, s.now()))
	told := r.told()
	inApp := slices.ContainsFunc(r.steps, func(st step) bool { return st.State == stepDone && st.Way == parley.AddressApp })
	fresh = slices.DeleteFunc(fresh, func(st step) bool {
		switch What(st.What) {
		case Tell, Bundle:
			if Reason(st.Why) == ForDeadline {
				return false
			}
			return slices.Contains(told, st.Way) || inApp && st.Way == parley.AddressApp && r.need != parley.Urgent
		case Show:
			return true
		case Ask, Report:
			return r.wants == parley.WantsReport || r.because == becauseDeputy
		}
		return false
	})
	steps := slices.DeleteFunc(slices.Clone(r.steps), func(st step) bool { return st.State == stepDue })
	r.steps = append(steps, fresh...)
	return s.db.Write(ctx, r.person, func(ctx context.Context, tx *store.Tx) error {
		if r.state == parley.DeliverySeen {
			r.came(Seen)
		}
		ok, err := s.update(ctx, tx, r)
		if err == nil && !ok {
			err = fmt.Errorf("delivery of %s to %s has changed: %w", r.message, r.person, parley.ErrConflict) // once more
		}
		return err
	})
}
