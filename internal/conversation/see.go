package conversation

import (
	"context"
	"fmt"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// conversationOf reads a conversation as a person (first argument) has it.
const conversationOf = `SELECT ` + conversationColumns + `
	FROM conversation c LEFT JOIN member m ON m.conversation_id = c.id AND m.person_id = ?
	WHERE c.id = ?`

// find returns the conversation as by sees it, or ErrNotFound when they may not.
func find(ctx context.Context, r store.Reader, by parley.Person, id parley.ID) (parley.Conversation, error) {
	c, err := store.One(ctx, r, scanConversation, conversationOf, by.ID, id)
	if err != nil {
		return c, fmt.Errorf("conversation %s: %w", id, err)
	}
	return c, may(by, identity.SeeConversation, c)
}

// findFor is find for somebody who wants to do something there.
func findFor(ctx context.Context, r store.Reader, by parley.Person, verb identity.Verb, id parley.ID) (parley.Conversation, error) {
	c, err := find(ctx, r, by, id)
	if err != nil {
		return c, err
	}
	return c, may(by, verb, c)
}

// findMessage returns a message and its conversation as by sees them, when they may do that to the message.
func findMessage(ctx context.Context, r store.Reader, by parley.Person, verb identity.Verb, at parley.Place) (parley.Conversation, parley.Message, error) {
	c, err := find(ctx, r, by, at.Conversation)
	if err != nil {
		return c, parley.Message{}, err
	}
	m, err := message(ctx, r, `SELECT `+messageColumns+` FROM message m WHERE m.conversation_id = ? AND m.seq = ?`, at.Conversation, at.Seq)
	if err != nil {
		return c, m, fmt.Errorf("%s/%d: %w", at.Conversation, at.Seq, err)
	}
	if err := identity.May(by, verb, identity.Object{Conversation: &c, Message: &m}); err != nil {
		return c, m, fmt.Errorf("%s %s/%d: %w", verb, at.Conversation, at.Seq, err)
	}
	return c, m, nil
}

func may(by parley.Person, verb identity.Verb, c parley.Conversation) error {
	if err := identity.May(by, verb, identity.Object{Conversation: &c}); err != nil {
		return fmt.Errorf("%s %s: %w", verb, c.ID, err)
	}
	return nil
}

// Get returns one conversation as by sees it.
func (s *Service) Get(ctx context.Context, by parley.Person, id parley.ID) (parley.Conversation, error) {
	c, err := find(ctx, s.db, by, id)
	if err != nil {
		return c, err
	}
	list := []parley.Conversation{c}
	if err := s.complete(ctx, s.db, by, list); err != nil {
		return c, err
	}
	return list[0], nil
}

// Mine returns the conversations that by is a member of, the one that moved last first.
func (s *Service) Mine(ctx context.Context, by parley.Person) ([]parley.Conversation, error) {
	list, err := store.All(ctx, s.db, scanConversation, `SELECT `+conversationColumns+`
		FROM member m JOIN conversation c ON c.id = m.conversation_id
		WHERE m.person_id = ? ORDER BY c.last_at DESC, c.id DESC`, by.ID)
	if err != nil {
		return nil, fmt.Errorf("conversations of %s: %w", by.ID, err)
	}
	return list, s.complete(ctx, s.db, by, list)
}

// Browse returns the public channels that by is not in and could join, the liveliest first, at most 200.
func (s *Service) Browse(ctx context.Context, by parley.Person) ([]parley.Conversation, error) {
	if identity.May(by, identity.BrowseConversations, identity.Object{}) != nil {
		return []parley.Conversation{}, nil
	}
	return store.All(ctx, s.db, scanConversation, `SELECT `+conversationColumns+`
		FROM conversation c LEFT JOIN member m ON m.conversation_id = c.id AND m.person_id = ?
		WHERE c.visibility = 'public' AND c.kind = 'channel' AND c.archived_at = 0 AND m.person_id IS NULL
		ORDER BY c.members DESC, c.last_at DESC LIMIT 200`, by.ID)
}

// complete adds to conversations what the list shows beside their rows: the people of the small ones, and how
// many unread messages mention the reader.
func (s *Service) complete(ctx context.Context, r store.Reader, by parley.Person, list []parley.Conversation) error {
	place := make(map[parley.ID]*parley.Conversation, len(list))
	unread := false
	var small []any
	for i := range list {
		c := &list[i]
		place[c.ID] = c
		unread = unread || c.Me != nil && c.Me.ReadSeq < c.LastSeq
		if c.Kind != parley.Channel {
			small = append(small, c.ID)
		}
	}
	if len(small) > 0 {
		type pair struct{ conversation, person parley.ID }
		people, err := store.All(ctx, r, func(row store.Scanner) (p pair, err error) {
			err = row.Scan(&p.conversation, &p.person)
			return p, err
		}, `SELECT conversation_id, person_id FROM member WHERE conversation_id IN (`+store.Marks(len(small))+`) ORDER BY joined_at, person_id`, small...)
		if err != nil {
			return fmt.Errorf("people of conversations: %w", err)
		}
		for _, p := range people {
			place[p.conversation].People = append(place[p.conversation].People, p.person)
		}
	}
	if !unread {
		return nil
	}
	type tally struct {
		conversation parley.ID
		n            int
	}
	tallies, err := store.All(ctx, r, func(row store.Scanner) (t tally, err error) {
		err = row.Scan(&t.conversation, &t.n)
		return t, err
	}, `SELECT x.conversation_id, count(*) FROM (
			SELECT t.conversation_id, t.seq FROM mention t
			JOIN member m ON m.person_id = t.person_id AND m.conversation_id = t.conversation_id
			WHERE t.person_id = ? AND t.seq > m.read_seq
			UNION
			SELECT e.conversation_id, e.seq FROM member m
			JOIN message e ON e.conversation_id = m.conversation_id AND e.seq > m.read_seq AND e.everyone
			WHERE m.person_id = ? AND e.author_id <> ?
		) x GROUP BY x.conversation_id`, by.ID, by.ID, by.ID)
	if err != nil {
		return fmt.Errorf("mentions of %s: %w", by.ID, err)
	}
	for _, t := range tallies {
		if c := place[t.conversation]; c != nil && c.Me != nil {
			c.Me.Mentions = t.n
		}
	}
	return nil
}
