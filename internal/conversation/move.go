package conversation

import (
	"context"
	"fmt"
	"slices"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// MaxMoved is how many messages one move may take along.
const MaxMoved = 500

// Move takes a message, and the thread of which it is the root, to the end of another conversation. The messages
// keep their ids, authors and times; where each stood, a message of kind moved says where it went, so that the order
// has no hole and links lead on. It returns the new place.
func (s *Service) Move(ctx context.Context, by parley.Person, at parley.Place, to parley.ID) (parley.Place, error) {
	if at.Conversation == to {
		return at, parley.Invalid("conversation", "same", "is where the message is already")
	}
	var place parley.Place
	err := s.db.Write(ctx, at.Conversation, func(ctx context.Context, tx *store.Tx) error {
		// Two moves in opposite directions take the two rows in the same order, so that neither waits for the other.
		for _, id := range []parley.ID{min(at.Conversation, to), max(at.Conversation, to)} {
			if _, err := tx.Exec(ctx, `UPDATE conversation SET version = version + 1 WHERE id = ?`, id); err != nil {
				return err
			}
		}
		source, root, err := findMessage(ctx, tx, by, identity.MoveMessage, at)
		if err != nil {
			return err
		}
		if root.Thread > 0 {
			return parley.Invalid("seq", "not_a_root", "an answer goes where its thread goes")
		}
		target, err := findFor(ctx, tx, by, identity.PostMessage, to)
		if err != nil {
			return err
		}
		thread, err := messages(ctx, tx, `SELECT `+messageColumns+` FROM message m
			WHERE m.conversation_id = ? AND m.thread_seq = ? ORDER BY m.seq LIMIT ?`, at.Conversation, at.Seq, MaxMoved)
		if err != nil {
			return err
		}
		if len(thread) == MaxMoved {
			return &parley.FieldError{Code: "too_many", Kind: parley.ErrLimited, Msg: fmt.Sprintf("a thread of at least %d answers stays where it is", MaxMoved)}
		}
		list := append([]parley.Message{root}, thread...)
		if target.Members >= parley.LargeRoom && slices.ContainsFunc(list, func(m parley.Message) bool { return m.Everyone }) {
			if err := s.mayMentionEveryone(ctx, by, target); err != nil {
				return err
			}
		}
		before := slices.Clone(list)
		moved, err := s.moveAll(ctx, tx, by, list, target)
		if err != nil {
			return err
		}
		place = parley.Place{Conversation: to, Seq: moved}
		if err := s.announceMoved(ctx, tx, source, before); err != nil {
			return err
		}
		return s.announceMoved(ctx, tx, target, list)
	})
	if err != nil {
		return place, fmt.Errorf("move: %w", err)
	}
	return place, nil
}

// moveAll moves a root and its answers, and returns the root's new seq.
func (s *Service) moveAll(ctx context.Context, tx *store.Tx, by parley.Person, list []parley.Message, target parley.Conversation) (int64, error) {
	rootSeq, movedAt := int64(0), millis(s.now())
	for i := range list {
		m := &list[i]
		old := *m
		m.Conversation, m.Thread, m.PinnedAt, m.PinnedBy = target.ID, rootSeq, nil, parley.None
		err := tx.QueryRow(ctx, `UPDATE conversation SET last_seq = last_seq + 1, last_change = last_change + 1, last_at = ?
			WHERE id = ? RETURNING last_seq, last_change`, movedAt, target.ID).Scan(&m.Seq, &m.Change)
		if err != nil {
			return 0, err
		}
		if i == 0 {
			rootSeq = m.Seq
		}
		if m.LastReplySeq > 0 {
			m.LastReplySeq = m.Seq + int64(len(list)) - 1 // the answers follow it without a gap
		}
		_, err = tx.Exec(ctx, `UPDATE message SET conversation_id = ?, seq = ?, change = ?, thread_seq = ?, last_reply_seq = ?, pinned_at = 0, pinned_by = 0
			WHERE id = ?`, m.Conversation, m.Seq, m.Change, m.Thread, m.LastReplySeq, m.ID)
		if err != nil {
			return 0, fmt.Errorf("move %s: %w", m.ID, err)
		}
		if _, err := tx.Exec(ctx, `DELETE FROM mention WHERE conversation_id = ? AND seq = ?`, old.Conversation, old.Seq); err != nil {
			return 0, err
		}
		for _, p := range m.Mentions {
			if _, err := tx.Exec(ctx, `INSERT INTO mention (person_id, conversation_id, seq)
				SELECT person_id, conversation_id, ? FROM member WHERE person_id = ? AND conversation_id = ?`, m.Seq, p, m.Conversation); err != nil {
				return 0, err
			}
		}
		if err := s.reindex(ctx, tx, *m); err != nil {
			return 0, err
		}
		if err := s.leaveStub(ctx, tx, old, parley.Place{Conversation: m.Conversation, Seq: m.Seq}); err != nil {
			return 0, err
		}
		if err := s.delivery.Moved(ctx, tx, *m); err != nil {
			return 0, err
		}
		s.publish(tx, *m)
	}
	last := list[len(list)-1]
	// Who moves has read it, as if they had posted it: if nothing unread stands before.
	read, err := tx.Exec(ctx, `UPDATE member SET read_seq = ?, version = version + 1 WHERE person_id = ? AND conversation_id = ? AND read_seq >= ?`,
		last.Seq, by.ID, target.ID, target.LastSeq)
	if err != nil {
		return 0, err
	}
	if n, err := read.RowsAffected(); err != nil {
		return 0, err
	} else if n > 0 {
		if err := s.publishRead(ctx, tx, by, target, last.Seq); err != nil {
			return 0, err
		}
	}
	activity := parley.Activity{Conversation: target.ID, LastSeq: last.Seq, LastChange: last.Change, LastAt: movedAt, Author: by.ID}
	tx.After(func() { s.live.Touch(activity, nil) })
	return rootSeq, nil
}

// announceMoved tells the members of one of the two conversations whom the messages mention, or did.
func (s *Service) announceMoved(ctx context.Context, tx *store.Tx, c parley.Conversation, list []parley.Message) error {
	var people []parley.ID
	everyone := false
	for _, m := range list {
		people = append(people, m.Mentions...)
		everyone = everyone || m.Everyone
	}
	return s.announceMentions(ctx, tx, c, list[len(list)-1].Seq, people, everyone)
}

// leaveStub writes what stands where old was.
func (s *Service) leaveStub(ctx context.Context, tx *store.Tx, old parley.Message, to parley.Place) error {
	stub := parley.Message{
		ID: parley.NewID(), Conversation: old.Conversation, Seq: old.Seq, Thread: old.Thread, Author: old.Author,
		Kind: parley.Moved, Via: old.Via, MovedTo: &to, CreatedAt: old.CreatedAt,
	}
	err := tx.QueryRow(ctx, `UPDATE conversation SET last_change = last_change + 1 WHERE id = ? RETURNING last_change`, stub.Conversation).Scan(&stub.Change)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO message (id, conversation_id, seq, change, thread_seq, author_id, kind, via, body, html, extra, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', ?, ?)`, stub.ID, stub.Conversation, stub.Seq, stub.Change, stub.Thread, stub.Author,
		stub.Kind, stub.Via, extraOf(stub).String(), millis(stub.CreatedAt))
	if err != nil {
		return fmt.Errorf("leave stub: %w", err)
	}
	s.publish(tx, stub)
	return nil
}

// reindex makes m findable in the conversation in which it is now.
func (s *Service) reindex(ctx context.Context, tx *store.Tx, m parley.Message) error {
	doc, err := s.render(ctx, parley.Person{Role: parley.MemberRole}, m.Body) // for its words: nobody is shown it
	if err != nil {
		return err
	}
	return s.index(ctx, tx, m, doc)
}
