package delivery

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Why a message is somebody's, as parley.Item.Because says it.
const (
	becauseDirect    = "direct"
	becauseMentioned = "mentioned"
	becauseThread    = "thread"
	becauseMember    = "member"
	becauseDeputy    = "deputy"
	becauseHanded    = "handed_over"
	becauseReminder  = "reminder"
	becauseReport    = "report"
)

// membership is one member of a conversation to whom something might be delivered.
type membership struct {
	person  parley.ID
	level   parley.Level
	muted   bool
	readSeq int64
}

// members returns up to n members of a conversation, in the order of their ids, those after a person.
func members(ctx context.Context, r store.Reader, id, after parley.ID, n int) ([]membership, error) {
	return store.All(ctx, r, func(row store.Scanner) (m membership, err error) {
		err = row.Scan(&m.person, &m.level, &m.muted, &m.readSeq)
		return m, err
	}, `SELECT person_id, level, muted, read_seq FROM member WHERE conversation_id = ? AND person_id > ? ORDER BY person_id LIMIT ?`, id, after, n)
}

// said is a message with what its recipients depend on.
type said struct {
	parley.Message
	kind   parley.ConversationKind
	thread []parley.ID // who has written in its thread, and the root's author
}

// speakers returns who has written in a thread, the root's author too.
func speakers(ctx context.Context, r store.Reader, id parley.ID, thread int64) ([]parley.ID, error) {
	if thread == 0 {
		return nil, nil
	}
	list, err := store.All(ctx, r, store.Value[parley.ID], `SELECT author_id FROM message WHERE conversation_id = ? AND seq = ? AND kind = 'text'
		UNION SELECT author_id FROM message WHERE conversation_id = ? AND thread_seq = ? AND kind = 'text'`, id, thread, id, thread)
	if err != nil {
		return nil, fmt.Errorf("thread %d of %s: %w", thread, id, err)
	}
	return list, nil
}

// to says what the message has to do with a member, and what it wants of them; false: it is not delivered, only there.
func (m *said) to(member membership, levels parley.Levels) (because string, relation Relation, wants parley.Wants, ok bool) {
	named := m.Everyone || slices.Contains(m.Mentions, member.person)
	switch {
	case m.kind != parley.Channel:
		because, relation = becauseDirect, Direct
	case named:
		because, relation = becauseMentioned, Mentioned
	case slices.Contains(m.thread, member.person):
		because, relation = becauseThread, Mentioned
	default:
		because, relation = becauseMember, Member
	}
	wants = parley.WantsLook
	addressed := relation != Member || !m.Everyone && len(m.Mentions) == 0 && m.Thread == 0
	switch m.Need {
	case parley.Urgent:
		wants = parley.WantsAcknowledge
	case parley.AnswerBy:
		wants = parley.WantsAnswer
	case parley.Whenever:
		return because, relation, wants, false
	}
	if wants != parley.WantsLook {
		if addressed {
			return because, min(relation, Mentioned), wants, true
		}
		return because, relation, parley.WantsLook, false
	}
	level := member.level
	if level == parley.LevelDefault {
		level = map[parley.ConversationKind]parley.Level{
			parley.Direct: levels.Direct, parley.Group: levels.Group, parley.Channel: levels.Channel,
		}[m.kind]
	}
	switch {
	case member.muted || level == parley.LevelNothing:
		return because, relation, wants, false
	case level == parley.LevelAll:
		return because, min(relation, Mentioned), wants, true
	case m.kind != parley.Channel: // mentions
		return because, relation, wants, named
	}
	return because, relation, wants, relation != Member
}

// eager remembers for a moment in which channels somebody wants to be told of everything, so that a post in the others
// costs nothing.
type eager struct {
	clock func() time.Time

	mu    sync.Mutex
	known map[parley.ID]eagerIn
}

type eagerIn struct {
	some  bool
	until time.Time
}

// eagerFor is how long it may take until who has just chosen so is told.
const eagerFor = 10 * time.Second

func (s *Service) someWantAll(ctx context.Context, id parley.ID) (bool, error) {
	e, now := &s.eager, s.clock()
	e.mu.Lock()
	known, ok := e.known[id]
	e.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.some, nil
	}
	var some bool
	err := s.db.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM member m LEFT JOIN reach x ON x.person_id = m.person_id
		WHERE m.conversation_id = ? AND (m.level = 'all' OR m.level = '' AND x.settings LIKE '%"channel":"all"%'))`, id).Scan(&some)
	if err != nil {
		return true, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.known == nil || len(e.known) > 50_000 {
		e.known = map[parley.ID]eagerIn{}
	}
	e.known[id] = eagerIn{some, now.Add(eagerFor)}
	return some, nil
}

func (s *Service) forgetEager() {
	s.eager.mu.Lock()
	defer s.eager.mu.Unlock()
	clear(s.eager.known)
}
