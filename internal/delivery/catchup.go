package delivery

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

const (
	maxCatchUp  = 100  // conversations
	maxSettled  = 50   //
	catchUpScan = 3000 // of a conversation's unread messages, the newest, are looked at
	worthFirst  = 5    // messages of a conversation that are worth reading first
	maxChanges  = 10
	maxSpeakers = 10
)

// CatchUp returns what has happened since a time; zero: since by last worked, as their hours say, a day ago for who has
// none.
func (s *Service) CatchUp(ctx context.Context, by parley.Person, since time.Time) (u parley.CatchUp, err error) {
	now := s.now()
	if since.IsZero() {
		people, err := s.someones(ctx, s.db, []parley.ID{by.ID})
		if err != nil || people[by.ID] == nil {
			return u, cmpErr(err, parley.ErrNotFound)
		}
		c := people[by.ID].calendar()
		c.Focus = time.Time{}
		var ok bool
		if since, ok = c.Evening(now); !ok || len(c.Hours) == 0 {
			since = now.Add(-24 * time.Hour)
		}
	}
	u.Since, u.Conversations = since.UTC(), []parley.CaughtUpWith{}
	inbox, err := s.Inbox(ctx, by)
	if err != nil {
		return u, err
	}
	u.Waiting = inbox.Items
	settled, err := store.All(ctx, s.db, store.Value[parley.ID], `SELECT message_id FROM delivery WHERE (author_id = ? OR person_id = ?)
		AND wants IN ('answer', 'acknowledge') AND state IN ('answered', 'acknowledged') AND state_at >= ?
		GROUP BY message_id ORDER BY MAX(state_at) DESC LIMIT ?`, by.ID, by.ID, millis(since), maxSettled)
	if err != nil {
		return u, err
	}
	if u.Settled, err = s.asked(ctx, by, settled); err != nil {
		return u, err
	}
	mine, err := s.conversations.Mine(ctx, by)
	if err != nil {
		return u, err
	}
	for _, c := range mine {
		if c.Me == nil || c.Me.Muted || c.Me.Level == parley.LevelNothing || c.LastAt == nil || c.LastAt.Before(since) || len(u.Conversations) == maxCatchUp {
			continue
		}
		with, err := s.catchUpWith(ctx, by, c, since)
		if err != nil {
			return u, err
		}
		if with.Unread > 0 || len(with.Changes) > 0 {
			u.Conversations = append(u.Conversations, with)
		}
	}
	weight := func(c parley.CaughtUpWith) int { return min(c.Mentions, 1)*2 + min(len(c.Changes), 1) }
	slices.SortStableFunc(u.Conversations, func(a, b parley.CaughtUpWith) int {
		return cmp.Or(weight(b)-weight(a), cmp.Compare(b.Unread, a.Unread))
	})
	return u, nil
}

func (s *Service) catchUpWith(ctx context.Context, by parley.Person, c parley.Conversation, since time.Time) (w parley.CaughtUpWith, err error) {
	w = parley.CaughtUpWith{
		Conversation: c.ID, Unread: max(0, c.LastSeq-c.Me.ReadSeq), Mentions: c.Me.Mentions, First: min(c.Me.ReadSeq+1, c.LastSeq), Last: c.LastSeq,
		People: []parley.ID{}, Changes: []parley.Message{}, Messages: []parley.Message{},
	}
	from := max(c.Me.ReadSeq, c.LastSeq-catchUpScan)
	people, err := store.All(ctx, s.db, store.Value[parley.ID], `SELECT author_id FROM message WHERE conversation_id = ? AND seq > ? AND kind = 'text' AND deleted_at = 0
		GROUP BY author_id ORDER BY count(*) DESC, author_id LIMIT ?`, c.ID, from, maxSpeakers)
	if err != nil {
		return w, err
	}
	w.People = append(w.People, people...)
	changes, err := store.All(ctx, s.db, store.Value[parley.ID], `SELECT id FROM message WHERE conversation_id = ? AND seq > ? AND created_at >= ?
		AND (kind = 'system' AND author_id <> ? OR pinned_at >= ?) ORDER BY seq DESC LIMIT ?`,
		c.ID, c.LastSeq-catchUpScan, millis(since), by.ID, millis(since), maxChanges)
	if err != nil {
		return w, err
	}
	worth, err := store.All(ctx, s.db, store.Value[parley.ID], `SELECT m.id FROM message m LEFT JOIN mention t ON t.conversation_id = m.conversation_id AND t.seq = m.seq AND t.person_id = ?
		WHERE m.conversation_id = ? AND m.seq > ? AND m.kind = 'text' AND m.deleted_at = 0 AND m.author_id <> ?
		ORDER BY CASE WHEN t.seq IS NOT NULL THEN 0 WHEN m.need IN ('answer', 'urgent') OR m.everyone THEN 1 ELSE 2 END,
			m.reactions * 2 + m.replies DESC, m.seq LIMIT ?`, by.ID, c.ID, from, by.ID, worthFirst)
	if err != nil {
		return w, err
	}
	visible, err := s.conversations.ByIDs(ctx, by, slices.Concat(changes, worth))
	if err != nil {
		return w, err
	}
	in := func(ids []parley.ID) []parley.Message {
		list := []parley.Message{}
		for _, id := range ids {
			if m, ok := visible[id]; ok {
				list = append(list, m)
			}
		}
		slices.SortFunc(list, func(a, b parley.Message) int { return cmp.Compare(a.Seq, b.Seq) })
		return list
	}
	w.Changes, w.Messages = in(changes), in(worth)
	return w, nil
}
