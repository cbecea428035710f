package delivery

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/parley-im/parley/internal/job"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// mornings is the one job that looks, each quarter of an hour, whose day has begun, and sends them what they have not seen.
type mornings struct{}

// Kind is mornings.
func (mornings) Kind() string { return "mornings" }

const (
	morningEvery = 15 * time.Minute
	morningLate  = 3 * time.Hour // a summary that could not go out by then waits for the next day
	maxSummary   = 30            // messages in a summary
)

// beginMornings makes the job if there is none.
func (s *Service) beginMornings(ctx context.Context) error {
	return s.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		var has bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM job WHERE kind = 'mornings' AND failed_at = 0)`).Scan(&has); err != nil || has {
			return err
		}
		return s.jobs.Insert(ctx, tx, mornings{}, s.clock().Truncate(morningEvery).Add(morningEvery))
	})
}

func (s *Service) mornings(ctx context.Context, _ mornings) error {
	next := job.Again(s.clock().Truncate(morningEvery).Add(morningEvery))
	if s.ways[parley.AddressEmail] == nil {
		return next
	}
	ids, err := store.All(ctx, s.db, store.Value[parley.ID], `SELECT id FROM person WHERE kind = 'human' AND deactivated_at = 0 ORDER BY id`)
	if err != nil {
		return err
	}
	people, err := s.someones(ctx, s.db, ids)
	if err != nil {
		return err
	}
	now := s.now()
	for _, id := range ids {
		p := people[id]
		if p == nil || !p.reach.Digest || !p.ways[parley.AddressEmail] {
			continue
		}
		c := p.calendar()
		day := c.day(dateOf(now.In(c.Zone)))
		if len(day) == 0 || day[0].From.After(now) || now.Sub(day[0].From) > morningLate {
			continue
		}
		if err := s.summarise(ctx, p, day[0].From); err != nil {
			s.log.Warn("delivery.summary", "person", id, "error", err) // the next run tries again
		}
	}
	return next
}

// summarise sends a person what they have not seen, once for each beginning of a day.
func (s *Service) summarise(ctx context.Context, p *someone, begin time.Time) error {
	var last int64
	err := s.db.QueryRow(ctx, `SELECT summarised_at FROM reach WHERE person_id = ?`, p.id).Scan(&last)
	if err != nil && !errors.Is(err, parley.ErrNotFound) {
		return err
	}
	if last >= millis(begin) {
		return nil
	}
	notes, err := s.unseen(ctx, p.id, last, millis(begin))
	if err != nil {
		return err
	}
	if len(notes) > 0 {
		err := s.tell(ctx, p, parley.AddressEmail, parley.Envelope{
			Person: p.id, What: parley.NoticeSummarise, Notes: notes, Key: fmt.Sprintf("%s-summary-%d", p.id, millis(begin)),
		})
		if err != nil && passing(err) {
			return err
		}
	}
	return s.db.Write(ctx, p.id, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO reach (person_id, settings, summarised_at) VALUES (?, '', ?)
			ON CONFLICT (person_id) DO UPDATE SET summarised_at = excluded.summarised_at`, p.id, millis(begin))
		return err
	})
}

// unseen are the newest message of each conversation in which something is unread that was said since the last summary
// and before this one's day began, the latest first.
func (s *Service) unseen(ctx context.Context, person parley.ID, since, until int64) ([]parley.Note, error) {
	return store.All(ctx, s.db, func(row store.Scanner) (n parley.Note, err error) {
		var by int64
		n.Why = string(ForDigest)
		err = row.Scan(&n.Message, &n.Conversation, &n.Seq, &n.Thread, &n.Need, &by)
		n.By = instant(by)
		if n.Need == "" {
			n.Need = parley.Normal
		}
		return n, err
	}, `SELECT m.id, m.conversation_id, m.seq, m.thread_seq, m.need, m.answer_by FROM member x
		JOIN message m ON m.conversation_id = x.conversation_id AND m.seq = (
			SELECT MAX(y.seq) FROM message y WHERE y.conversation_id = x.conversation_id AND y.kind = 'text' AND y.deleted_at = 0 AND y.author_id <> x.person_id
				AND y.created_at <= ?)
		WHERE x.person_id = ? AND NOT x.muted AND x.level <> 'nothing' AND m.seq > x.read_seq AND m.created_at > ?
		ORDER BY m.created_at DESC LIMIT ?`, until, person, since, maxSummary)
}
