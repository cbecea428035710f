package delivery

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

const maxReminders = 200 // of one person

// How often a reminder comes again.
const (
	everyDay     = "day"
	everyWorkday = "workday"
	everyWeek    = "week"
	everyMonth   = "month"
)

// remind is the job of a reminder.
type remind struct {
	ID parley.ID `json:"id"`
	At int64     `json:"at"`
}

// Kind is remind.
func (remind) Kind() string { return "remind" }

// Remind brings a message that by may see back into their Inbox at a time, and again as every says: at the same wall
// clock in their zone.
func (s *Service) Remind(ctx context.Context, by parley.Person, place parley.Place, at time.Time, every, note string) (r parley.Reminder, err error) {
	if r.Message, err = s.conversations.Message(ctx, by, place); err != nil {
		return r, err
	}
	if r.Message.Kind != parley.Text || r.Message.DeletedAt != nil {
		return r, parley.Refuse(parley.ErrForbidden, "remind", "only of what somebody said, and has not been deleted")
	}
	if at, err = s.laterFor(ctx, by, at, false); err != nil {
		return r, err
	}
	if every != "" && !slices.Contains([]string{everyDay, everyWorkday, everyWeek, everyMonth}, every) {
		return r, parley.Invalid("every", "unknown", "must be day, workday, week, month or empty")
	}
	if note, err = identity.CleanText("note", note, parley.MaxReason); err != nil {
		return r, err
	}
	zone, err := zoneOf(by.Zone)
	if err != nil {
		zone = time.UTC
	}
	r.ID, r.At, r.Every, r.Note = parley.NewID(), at, every, note
	err = s.db.Write(ctx, by.ID, func(ctx context.Context, tx *store.Tx) error {
		var n int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM reminder WHERE person_id = ?`, by.ID).Scan(&n); err != nil {
			return err
		}
		if n >= maxReminders {
			return parley.Refuse(parley.ErrLimited, "too_many", fmt.Sprintf("at most %d reminders", maxReminders))
		}
		_, err := tx.Exec(ctx, `INSERT INTO reminder (id, person_id, message_id, at, every, clock, note) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			r.ID, by.ID, r.Message.ID, millis(at), every, at.In(zone).Format("2006-01-02T15:04"), note)
		if err != nil {
			return err
		}
		s.remindersAfter(tx, by.ID)
		return s.jobs.Insert(ctx, tx, remind{r.ID, millis(at)}, at)
	})
	return r, err
}

func (s *Service) remindersAfter(tx *store.Tx, person parley.ID) {
	tx.After(func() { s.live.Publish(conversation.Own(person), 0, parley.Event{Type: parley.EventReminders}) })
}

// Reminders returns what by will be reminded of, the next first.
func (s *Service) Reminders(ctx context.Context, by parley.Person) ([]parley.Reminder, error) {
	list, err := store.All(ctx, s.db, func(row store.Scanner) (r parley.Reminder, err error) {
		var at int64
		err = row.Scan(&r.ID, &r.Message.ID, &at, &r.Every, &r.Note)
		r.At = instant(at)
		return r, err
	}, `SELECT id, message_id, at, every, note FROM reminder WHERE person_id = ? ORDER BY at, id`, by.ID)
	if err != nil {
		return nil, err
	}
	var ids []parley.ID
	for _, r := range list {
		ids = append(ids, r.Message.ID)
	}
	visible, err := s.conversations.ByIDs(ctx, by, ids)
	if err != nil {
		return nil, err
	}
	all := []parley.Reminder{}
	for _, r := range list {
		if m, ok := visible[r.Message.ID]; ok {
			r.Message = m
			all = append(all, r)
		}
	}
	return all, nil
}

// Forget ends a reminder.
func (s *Service) Forget(ctx context.Context, by parley.Person, id parley.ID) error {
	return s.db.Write(ctx, by.ID, func(ctx context.Context, tx *store.Tx) error {
		done, err := tx.Exec(ctx, `DELETE FROM reminder WHERE id = ? AND person_id = ?`, id, by.ID)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return cmpErr(err, fmt.Errorf("reminder %s: %w", id, parley.ErrNotFound))
		}
		s.remindersAfter(tx, by.ID)
		return nil
	})
}

func (s *Service) remind(ctx context.Context, job remind) error {
	var person, message parley.ID
	var every, clock, note string
	err := s.db.QueryRow(ctx, `SELECT person_id, message_id, every, clock, note FROM reminder WHERE id = ? AND at = ?`, job.ID, job.At).
		Scan(&person, &message, &every, &clock, &note)
	if err != nil {
		return ignoreGone(err)
	}
	by, err := s.people.Find(ctx, person)
	if err != nil {
		return err
	}
	visible, err := s.conversations.ByIDs(ctx, by, []parley.ID{message})
	if err != nil {
		return err
	}
	people, err := s.someones(ctx, s.db, []parley.ID{person})
	if err != nil {
		return err
	}
	p, now := people[person], s.now()
	m, ok := visible[message]
	if !ok || p == nil || !p.human { // nothing to be reminded of any more
		return ignoreGone(s.Forget(ctx, by, job.ID))
	}
	plain := parley.Message{ID: m.ID, Author: m.Author, CreatedAt: now.Add(-Hold)}
	fresh := newRow(m, p, becauseReminder, parley.WantsReminder, s.planFor(plain, p, Direct, now), now)
	fresh.note, fresh.state = note, parley.DeliveryWaiting
	for i := range fresh.steps {
		fresh.steps[i].Why = string(ForReminder)
		if st := &fresh.steps[i]; st.What == string(Show) { // a reminder is told
			st.What, st.State, st.DoneAt = string(Tell), stepDue, nil
		}
	}
	return s.db.Write(ctx, person, func(ctx context.Context, tx *store.Tx) error {
		if err := s.nextReminder(ctx, tx, job, p, every, clock, now); err != nil {
			return err
		}
		s.remindersAfter(tx, person)
		old, err := rows(ctx, tx, `d.message_id = ? AND d.person_id = ?`, message, person)
		if err != nil {
			return err
		}
		if len(old) == 0 {
			return s.addRow(ctx, tx, &fresh, m)
		}
		o := &old[0]
		if o.finished() || o.wants == parley.WantsLook || o.wants == parley.WantsReminder {
			o.wants, o.because, o.note = fresh.wants, fresh.because, fresh.note
		}
		o.listed, o.until, o.createdAt = true, 0, now
		o.steps = append(o.steps, fresh.steps...)
		if _, err := s.update(ctx, tx, o); err != nil {
			return err
		}
		s.publishItem(tx, *o, m)
		return nil
	})
}

// nextReminder sets a reminder to its next time, or ends it.
func (s *Service) nextReminder(ctx context.Context, tx *store.Tx, job remind, p *someone, every, clock string, now time.Time) error {
	if every == "" {
		_, err := tx.Exec(ctx, `DELETE FROM reminder WHERE id = ?`, job.ID)
		return err
	}
	next, err := Next(every, clock, p.calendar(), now)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE reminder SET at = ? WHERE id = ?`, millis(next), job.ID); err != nil {
		return err
	}
	return s.jobs.Insert(ctx, tx, remind{job.ID, millis(next)}, next)
}

var errEvery = errors.New("no such rule")

// Next returns the first time after now that a rule gives: at the wall clock of the first (2006-01-02T15:04), on each
// day, each day on which the calendar has free time, the same weekday, or the same day of the month, or its last.
func Next(every, clock string, c Calendar, now time.Time) (time.Time, error) {
	first, err := time.Parse("2006-01-02T15:04", clock)
	if err != nil {
		return time.Time{}, fmt.Errorf("%w: %w", err, parley.ErrInvalid)
	}
	today, minute := dateOf(now.In(c.Zone)), first.Hour()*60+first.Minute()
	begin := dateOf(first)
	for n := range horizon {
		d := today.add(n)
		if at := d.at(minute, c.Zone); !at.After(now) {
			continue
		}
		ok := false
		switch every {
		case everyDay:
			ok = true
		case everyWorkday:
			ok = len(c.day(d)) > 0
		case everyWeek:
			ok = d.weekday() == begin.weekday()
		case everyMonth:
			ok = d.Day == begin.Day || d.Day < begin.Day && d.add(1).Month != d.Month
		default:
			return time.Time{}, fmt.Errorf("every %q: %w: %w", every, errEvery, parley.ErrInvalid)
		}
		if ok {
			return d.at(minute, c.Zone), nil
		}
	}
	return time.Time{}, fmt.Errorf("no day for every %s: %w", every, parley.ErrInvalid)
}
