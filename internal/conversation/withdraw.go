package conversation

import (
	"context"
	"fmt"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Withdraw takes back what by has said before it has reached anybody, as if it had not been said: nothing is shown in
// its place. It returns what it said, so that it can be written anew. ErrConflict: it has been answered or read, or
// somebody was told.
func (s *Service) Withdraw(ctx context.Context, by parley.Person, at parley.Place) (parley.Draft, error) {
	var draft parley.Draft
	err := s.db.Write(ctx, at.Conversation, func(ctx context.Context, tx *store.Tx) error {
		c, m, err := findMessage(ctx, tx, by, identity.EditMessage, at)
		if err != nil {
			return err
		}
		if m.Replies > 0 || len(m.Reactions) > 0 || len(m.Answers) > 0 {
			return parley.Refuse(parley.ErrConflict, "answered", "somebody has answered it: it can be deleted, but was said")
		}
		if err := s.delivery.Withdraw(ctx, tx, m); err != nil {
			return err
		}
		draft = parley.Draft{Conversation: m.Conversation, Thread: m.Thread, Body: m.Body, Files: m.Files, UpdatedAt: s.now()}
		if draft.Files == nil {
			draft.Files = []parley.File{}
		}
		if err := s.unreply(ctx, tx, m); err != nil {
			return err
		}
		if err := s.erase(ctx, tx, by, c, m, true); err != nil {
			return err
		}
		// Who had read all that was said before has nothing left to read.
		readers, err := store.All(ctx, tx, store.Value[parley.ID], `UPDATE member SET read_seq = ?, version = version + 1
			WHERE conversation_id = ? AND read_seq = ? RETURNING person_id`, m.Seq, m.Conversation, m.Seq-1)
		if err != nil || c.Members >= parley.LargeRoom {
			return err
		}
		for _, p := range readers {
			if err := s.announce(ctx, tx, p, c.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return draft, fmt.Errorf("withdraw: %w", err)
	}
	return draft, nil
}

// unreply takes m out of the count of its thread's root.
func (s *Service) unreply(ctx context.Context, tx *store.Tx, m parley.Message) error {
	if m.Thread == 0 {
		return nil
	}
	root, err := message(ctx, tx, `SELECT `+messageColumns+` FROM message m WHERE m.conversation_id = ? AND m.seq = ?`, m.Conversation, m.Thread)
	if err != nil {
		return err
	}
	root.Replies--
	return s.change(ctx, tx, &root, `replies = replies - 1`)
}
