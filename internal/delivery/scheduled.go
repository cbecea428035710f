package delivery

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

const (
	maxScheduled  = 100 // of one person
	maxWorkPeople = 20  // whose hours are looked at for "when they start work"
)

// Later says when something is to be sent: at a time, or when the others start work.
type Later struct {
	At   time.Time
	Work bool
}

// sendScheduled is the job to send a message that was to be sent later.
type sendScheduled struct {
	ID parley.ID `json:"id"`
	At int64     `json:"at"`
}

// Kind is send_scheduled.
func (sendScheduled) Kind() string { return "send_scheduled" }

const scheduledColumns = `id, conversation_id, thread_seq, body, files, need, answer_by, reason, work, at, error, created_at`

// scheduledRow is a message that is sent later, with the ids of its files.
type scheduledRow struct {
	parley.Scheduled
	files []parley.ID
}

func scanScheduled(row store.Scanner) (r scheduledRow, err error) {
	var files string
	var by, at, created int64
	if err := row.Scan(&r.ID, &r.Conversation, &r.Thread, &r.Body, &files, &r.Need, &by, &r.Reason, &r.Work, &at, &r.Error, &created); err != nil {
		return r, err
	}
	r.By, r.At, r.CreatedAt = instantOrNil(by), instant(at), instant(created)
	return r, json.Unmarshal([]byte(files), &r.files)
}

// draft is what is posted when the time has come. Its key lets it be posted once.
func (r scheduledRow) draft() conversation.Draft {
	d := conversation.Draft{
		Conversation: r.Conversation, Thread: r.Thread, Body: r.Body, Files: r.files, Via: parley.ViaApp, Key: "later-" + r.ID.String(),
		Need: r.Need, Reason: r.Reason,
	}
	if r.By != nil {
		d.By = *r.By
	}
	return d
}

// Schedule keeps d to be sent later.
func (s *Service) Schedule(ctx context.Context, by parley.Person, d conversation.Draft, when Later) (parley.Scheduled, error) {
	r := scheduledRow{Scheduled: parley.Scheduled{ID: parley.NewID(), Conversation: d.Conversation, Thread: d.Thread, Body: d.Body, Need: d.Need, Reason: d.Reason, CreatedAt: s.now()}, files: d.Files}
	if !d.By.IsZero() {
		by := d.By.UTC()
		r.By = &by
	}
	return s.keepScheduled(ctx, by, r, when, func(ctx context.Context, tx *store.Tx, at int64) error {
		var n int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM scheduled WHERE person_id = ?`, by.ID).Scan(&n); err != nil {
			return err
		}
		if n >= maxScheduled {
			return parley.Refuse(parley.ErrLimited, "too_many", fmt.Sprintf("at most %d messages wait to be sent", maxScheduled))
		}
		files, err := json.Marshal(append([]parley.ID{}, r.files...))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO scheduled (id, person_id, conversation_id, thread_seq, body, files, need, answer_by, reason, work, at, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, r.ID, by.ID, r.Conversation, r.Thread, r.Body, string(files), r.Need, millisOf(r.By), r.Reason,
			when.Work, at, millis(r.CreatedAt))
		return err
	})
}

func millisOf(t *time.Time) int64 {
	if t == nil {
		return 0
	}
	return millis(*t)
}

// keepScheduled checks a message that is sent later, as posting it will, and writes it with its job.
func (s *Service) keepScheduled(ctx context.Context, by parley.Person, r scheduledRow, when Later, write func(ctx context.Context, tx *store.Tx, at int64) error) (parley.Scheduled, error) {
	if err := s.conversations.Check(ctx, by, r.draft()); err != nil {
		return r.Scheduled, err
	}
	var err error
	if when.Work {
		if when.At, err = s.whenTheyWork(ctx, by, r.Conversation); err != nil {
			return r.Scheduled, err
		}
	}
	if r.At, err = s.laterFor(ctx, by, when.At, false); err != nil {
		return r.Scheduled, err
	}
	if r.By != nil && !r.By.After(r.At) {
		return r.Scheduled, parley.Invalid("by", "before", "must be later than when it is sent")
	}
	r.Work, r.Error = when.Work, ""
	err = s.db.Write(ctx, by.ID, func(ctx context.Context, tx *store.Tx) error {
		if err := write(ctx, tx, millis(r.At)); err != nil {
			return err
		}
		if err := s.jobs.Insert(ctx, tx, sendScheduled{r.ID, millis(r.At)}, r.At); err != nil {
			return err
		}
		return s.publishScheduled(ctx, tx, by.ID, &r)
	})
	return r.Scheduled, err
}

// publishScheduled completes r and tells the person's apps of it.
func (s *Service) publishScheduled(ctx context.Context, r store.Reader, person parley.ID, row *scheduledRow) (err error) {
	if row.Files, err = s.conversations.Uploaded(ctx, r, person, row.files); err != nil {
		return err
	}
	if tx, ok := r.(*store.Tx); ok {
		told := row.Scheduled
		tx.After(func() {
			s.live.Publish(conversation.Own(person), 0, parley.Event{Type: parley.EventScheduled, Scheduled: &told})
		})
	}
	return nil
}

// whenTheyWork is when the others of a conversation start work next: the last of them.
func (s *Service) whenTheyWork(ctx context.Context, by parley.Person, id parley.ID) (at time.Time, err error) {
	list, err := members(ctx, s.db, id, parley.None, maxWorkPeople+2)
	if err != nil {
		return at, err
	}
	var ids []parley.ID
	for _, o := range list {
		if o.person != by.ID || len(list) == 1 {
			ids = append(ids, o.person)
		}
	}
	if len(ids) > maxWorkPeople {
		return at, parley.Invalid("work", "too_many", fmt.Sprintf("is possible with up to %d others", maxWorkPeople))
	}
	people, err := s.someones(ctx, s.db, ids)
	if err != nil {
		return at, err
	}
	now := s.now()
	for _, p := range people {
		c := p.calendar()
		c.Focus = time.Time{}
		if morning, ok := c.Morning(now); ok && p.human {
			at = later(at, morning)
		}
	}
	if at.IsZero() {
		return at, parley.Invalid("work", "no_hours", "nobody has hours in sight")
	}
	return at, nil
}

// Scheduled returns what by has written to be sent later, the next first.
func (s *Service) Scheduled(ctx context.Context, by parley.Person) ([]parley.Scheduled, error) {
	list, err := store.All(ctx, s.db, scanScheduled, `SELECT `+scheduledColumns+` FROM scheduled WHERE person_id = ? ORDER BY at, id`, by.ID)
	if err != nil {
		return nil, err
	}
	all := []parley.Scheduled{}
	for i := range list {
		if err := s.publishScheduled(ctx, s.db, by.ID, &list[i]); err != nil {
			return nil, err
		}
		all = append(all, list[i].Scheduled)
	}
	return all, nil
}

func (s *Service) scheduledOf(ctx context.Context, r store.Reader, person, id parley.ID) (scheduledRow, error) {
	row, err := store.One(ctx, r, scanScheduled, `SELECT `+scheduledColumns+` FROM scheduled WHERE id = ? AND person_id = ?`, id, person)
	if err != nil {
		err = fmt.Errorf("scheduled %s: %w", id, err)
	}
	return row, err
}

// ScheduledChange is what is to be different of a message that is sent later; nil stays as it is.
type ScheduledChange struct {
	Body   *string
	Need   *parley.Need
	By     *time.Time
	Reason *string
	When   *Later
}

// ChangeScheduled changes a message that is sent later.
func (s *Service) ChangeScheduled(ctx context.Context, by parley.Person, id parley.ID, change ScheduledChange) (parley.Scheduled, error) {
	r, err := s.scheduledOf(ctx, s.db, by.ID, id)
	if err != nil {
		return r.Scheduled, err
	}
	when := Later{At: r.At, Work: r.Work}
	if change.When != nil {
		when = *change.When
	}
	if change.Body != nil {
		r.Body = *change.Body
	}
	if change.Need != nil {
		r.Need = *change.Need
	}
	if change.By != nil {
		r.By = change.By
	}
	if change.Reason != nil {
		r.Reason = *change.Reason
	}
	return s.keepScheduled(ctx, by, r, when, func(ctx context.Context, tx *store.Tx, at int64) error {
		done, err := tx.Exec(ctx, `UPDATE scheduled SET body = ?, need = ?, answer_by = ?, reason = ?, work = ?, at = ?, error = '' WHERE id = ? AND person_id = ?`,
			r.Body, r.Need, millisOf(r.By), r.Reason, when.Work, at, id, by.ID)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return cmpErr(err, parley.ErrNotFound) // sent meanwhile
		}
		return nil
	})
}

// Unschedule throws away a message that was to be sent later.
func (s *Service) Unschedule(ctx context.Context, by parley.Person, id parley.ID) error {
	return s.dropScheduled(ctx, by.ID, id)
}

func (s *Service) dropScheduled(ctx context.Context, person, id parley.ID) error {
	return s.db.Write(ctx, person, func(ctx context.Context, tx *store.Tx) error {
		done, err := tx.Exec(ctx, `DELETE FROM scheduled WHERE id = ? AND person_id = ?`, id, person)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return cmpErr(err, fmt.Errorf("scheduled %s: %w", id, parley.ErrNotFound))
		}
		tx.After(func() {
			s.live.Publish(conversation.Own(person), 0, parley.Event{Type: parley.EventScheduledGone, Gone: id})
		})
		return nil
	})
}

// SendNow sends at once what was to be sent later.
func (s *Service) SendNow(ctx context.Context, by parley.Person, id parley.ID) (parley.Message, error) {
	r, err := s.scheduledOf(ctx, s.db, by.ID, id)
	if err != nil {
		return parley.Message{}, err
	}
	posted, err := s.conversations.Post(ctx, by, r.draft())
	if err != nil {
		return posted.Message, err
	}
	return posted.Message, ignoreGone(s.dropScheduled(ctx, by.ID, id))
}

func (s *Service) sendScheduled(ctx context.Context, job sendScheduled) error {
	var person parley.ID
	err := s.db.QueryRow(ctx, `SELECT person_id FROM scheduled WHERE id = ? AND at = ?`, job.ID, job.At).Scan(&person)
	if err != nil {
		return ignoreGone(err) // sent, thrown away, or at another time
	}
	by, err := s.people.Find(ctx, person)
	if err != nil {
		return err
	}
	if _, err = s.SendNow(ctx, by, job.ID); err == nil || errors.Is(err, parley.ErrUnavailable) {
		return err
	}
	code := "refused"
	var field *parley.FieldError
	if errors.As(err, &field) {
		code = field.Code
	} else if errors.Is(err, parley.ErrNotFound) {
		code = "not_found"
	} else if !errors.Is(err, parley.ErrForbidden) && !errors.Is(err, parley.ErrInvalid) && !errors.Is(err, parley.ErrLimited) {
		return err
	}
	return s.db.Write(ctx, person, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE scheduled SET error = ? WHERE id = ?`, code, job.ID); err != nil {
			return err
		}
		r, err := s.scheduledOf(ctx, tx, person, job.ID)
		if err != nil {
			return ignoreGone(err)
		}
		return s.publishScheduled(ctx, tx, person, &r)
	})
}

// moveScheduled follows the hours of a person to whom something is sent when they start work.
func (s *Service) moveScheduled(ctx context.Context, person parley.ID) error {
	type waiting struct{ id, person, conversation parley.ID }
	list, err := store.All(ctx, s.db, func(row store.Scanner) (w waiting, err error) {
		err = row.Scan(&w.id, &w.person, &w.conversation)
		return w, err
	}, `SELECT c.id, c.person_id, c.conversation_id FROM scheduled c JOIN member m ON m.conversation_id = c.conversation_id
		WHERE m.person_id = ? AND c.work AND c.error = ''`, person)
	if err != nil {
		return err
	}
	for _, w := range list {
		by, err := s.people.Find(ctx, w.person)
		if err != nil {
			return err
		}
		_, err = s.ChangeScheduled(ctx, by, w.id, ScheduledChange{When: &Later{Work: true}})
		if err != nil && !errors.Is(err, parley.ErrInvalid) && !errors.Is(err, parley.ErrNotFound) {
			return err
		}
	}
	return nil
}
