package conversation

import (
	"context"
	"fmt"
	"slices"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// Range says which messages of a conversation are wanted. Of Before, After and Around at most one is above 0;
// none means the newest.
type Range struct {
	Before, After, Around int64 // seq
	Thread                int64 // seq of a root: only it and its answers; 0: all
	Limit                 int   // 0: parley.PageSize; at most parley.MaxPageSize
}

// Page is a stretch of a conversation, in order.
type Page struct {
	Messages   []parley.Message `json:"messages" nullable:"false"`
	LastSeq    int64            `json:"last_seq"`
	LastChange int64            `json:"last_change" doc:"The state is at least as new as this offset of the stream"`
	Members    int              `json:"members" doc:"How many are in the conversation"`
	First      bool             `json:"first" doc:"There is nothing before"`
	Last       bool             `json:"last" doc:"There is nothing after"`
}

// Messages returns a page of a conversation.
func (s *Service) Messages(ctx context.Context, by parley.Person, id parley.ID, r Range) (Page, error) {
	c, err := find(ctx, s.db, by, id)
	if err != nil {
		return Page{}, err
	}
	if r.Limit <= 0 {
		r.Limit = parley.PageSize
	}
	r.Limit = min(r.Limit, parley.MaxPageSize)
	p := Page{LastSeq: c.LastSeq, LastChange: c.LastChange, Members: c.Members}
	switch {
	case r.After > 0:
		p.Messages, p.Last, err = s.after(ctx, id, r.Thread, r.After, r.Limit)
	case r.Around > 0:
		half := r.Limit / 2
		var before []parley.Message
		if before, p.First, err = s.before(ctx, id, r.Thread, r.Around, half); err != nil {
			break
		}
		p.Messages, p.Last, err = s.after(ctx, id, r.Thread, r.Around-1, r.Limit-half)
		p.Messages = append(before, p.Messages...)
	default:
		p.Last = r.Before <= 0
		if p.Last {
			r.Before = c.LastSeq + 1
		}
		p.Messages, p.First, err = s.before(ctx, id, r.Thread, r.Before, r.Limit)
	}
	if err != nil {
		return Page{}, fmt.Errorf("page of %s: %w", id, err)
	}
	return p, nil
}

// inThread limits a query to a thread, or not at all: seq of the root and thread_seq of its answers.
func inThread(thread int64) (string, []any) {
	if thread <= 0 {
		return "", nil
	}
	return ` AND (m.thread_seq = ? OR m.seq = ?)`, []any{thread, thread}
}

// before returns up to n messages before seq, and whether there are no more.
func (s *Service) before(ctx context.Context, id parley.ID, thread, seq int64, n int) ([]parley.Message, bool, error) {
	where, args := inThread(thread)
	list, err := messages(ctx, s.db, `SELECT `+messageColumns+` FROM message m
		WHERE m.conversation_id = ? AND m.seq < ?`+where+` ORDER BY m.seq DESC LIMIT ?`,
		append(append([]any{id, seq}, args...), n+1)...)
	end := len(list) <= n
	list = list[:min(n, len(list))]
	slices.Reverse(list)
	return list, end, err
}

// after returns up to n messages after seq, and whether there are no more.
func (s *Service) after(ctx context.Context, id parley.ID, thread, seq int64, n int) ([]parley.Message, bool, error) {
	where, args := inThread(thread)
	list, err := messages(ctx, s.db, `SELECT `+messageColumns+` FROM message m
		WHERE m.conversation_id = ? AND m.seq > ?`+where+` ORDER BY m.seq LIMIT ?`,
		append(append([]any{id, seq}, args...), n+1)...)
	end := len(list) <= n
	return list[:min(n, len(list))], end, err
}

// Message returns one message.
func (s *Service) Message(ctx context.Context, by parley.Person, at parley.Place) (parley.Message, error) {
	_, m, err := findMessage(ctx, s.db, by, identity.SeeConversation, at)
	return m, err
}
