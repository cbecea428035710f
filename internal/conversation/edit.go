package conversation

import (
	"context"
	"fmt"
	"slices"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Edit changes what a message says; what it said before stays in its history.
func (s *Service) Edit(ctx context.Context, by parley.Person, at parley.Place, body string) (parley.Message, error) {
	body, err := checkBody(body)
	if err != nil {
		return parley.Message{}, fmt.Errorf("edit: %w", err)
	}
	doc, err := s.render(ctx, by, body)
	if err != nil {
		return parley.Message{}, fmt.Errorf("edit: %w", err)
	}
	var m parley.Message
	err = s.db.Write(ctx, at.Conversation, func(ctx context.Context, tx *store.Tx) (err error) {
		var c parley.Conversation
		if c, m, err = findMessage(ctx, tx, by, identity.EditMessage, at); err != nil || body == m.Body {
			return err
		}
		if body == "" && len(m.Files) == 0 {
			return parley.Invalid("body", "required", "there is nothing to say")
		}
		if doc.everyone && !m.Everyone && c.Members >= parley.LargeRoom {
			if err := s.mayMentionEveryone(ctx, by, c); err != nil {
				return err
			}
		}
		return s.rewrite(ctx, tx, c, &m, body, doc)
	})
	if err != nil {
		return parley.Message{}, fmt.Errorf("edit: %w", err)
	}
	return m, nil
}

func (s *Service) rewrite(ctx context.Context, tx *store.Tx, c parley.Conversation, m *parley.Message, body string, doc document) error {
	written := m.CreatedAt
	if m.EditedAt != nil {
		written = *m.EditedAt
	}
	_, err := tx.Exec(ctx, `INSERT INTO message_revision (message_id, n, body, written_at)
		SELECT ?, count(*) + 1, ?, ? FROM message_revision WHERE message_id = ?`, m.ID, m.Body, millis(written), m.ID)
	if err != nil {
		return fmt.Errorf("keep revision: %w", err)
	}
	everyone := doc.everyone != m.Everyone
	changed, err := remention(ctx, tx, *m, doc.people)
	if err != nil {
		return err
	}
	edited := s.now()
	m.Body, m.HTML, m.Mentions, m.Everyone, m.EditedAt = body, doc.HTML, doc.people, doc.everyone, &edited
	m.Previews = slices.DeleteFunc(m.Previews, func(p parley.Preview) bool { return !slices.Contains(doc.Links, p.URL) })
	if err := s.index(ctx, tx, *m, doc); err != nil {
		return err
	}
	if err := s.lookUpLinks(ctx, tx, *m, doc.Links); err != nil {
		return err
	}
	err = s.change(ctx, tx, m, `body = ?, html = ?, extra = ?, everyone = ?, links = ?, edited_at = ?`,
		m.Body, m.HTML, extraOf(*m).String(), m.Everyone, len(doc.Links) > 0, millis(edited))
	if err != nil {
		return err
	}
	return s.announceMentions(ctx, tx, c, m.Seq, changed, everyone)
}

// remention makes the mentions of m those of people, and returns for whom that is a change.
func remention(ctx context.Context, tx *store.Tx, m parley.Message, people []parley.ID) (changed []parley.ID, err error) {
	for _, p := range m.Mentions {
		if !slices.Contains(people, p) {
			changed = append(changed, p)
			if _, err := tx.Exec(ctx, `DELETE FROM mention WHERE person_id = ? AND conversation_id = ? AND seq = ?`, p, m.Conversation, m.Seq); err != nil {
				return nil, err
			}
		}
	}
	for _, p := range people {
		if !slices.Contains(m.Mentions, p) {
			changed = append(changed, p)
			if _, err := tx.Exec(ctx, `INSERT INTO mention (person_id, conversation_id, seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, p, m.Conversation, m.Seq); err != nil {
				return nil, err
			}
		}
	}
	return changed, nil
}

// announceMentions sends the conversation, as it will be, to those of people, or of all its members, who have not read
// the message that mentions them now, or no longer. In a large room, where that would be work for thousands, all who
// were mentioned as everyone learn it when they load the app again.
func (s *Service) announceMentions(ctx context.Context, tx *store.Tx, c parley.Conversation, seq int64, people []parley.ID, everyone bool) error {
	everyone = everyone && c.Members < parley.LargeRoom
	if len(people) == 0 && !everyone {
		return nil
	}
	unread, err := store.All(ctx, tx, store.Value[parley.ID], `SELECT person_id FROM member WHERE conversation_id = ? AND read_seq < ?`, c.ID, seq)
	if err != nil {
		return err
	}
	for _, p := range unread {
		if everyone || slices.Contains(people, p) {
			if err := s.announce(ctx, tx, p, c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// Revisions returns what a message said before its edits, the first first.
func (s *Service) Revisions(ctx context.Context, by parley.Person, at parley.Place) ([]parley.Revision, error) {
	_, m, err := findMessage(ctx, s.db, by, identity.SeeConversation, at)
	if err != nil {
		return nil, err
	}
	list, err := store.All(ctx, s.db, func(row store.Scanner) (r parley.Revision, err error) {
		var writtenAt int64
		err = row.Scan(&r.Body, &writtenAt)
		r.WrittenAt = instant(writtenAt)
		return r, err
	}, `SELECT body, written_at FROM message_revision WHERE message_id = ? ORDER BY n`, m.ID)
	for i := range list {
		doc, err := s.render(ctx, by, list[i].Body)
		if err != nil {
			return nil, err
		}
		list[i].HTML = doc.HTML
	}
	return list, err
}

// Delete takes back what a message said: its text, history, files, reactions and previews are gone. Its place
// stays, with who deleted it and when, so that the order has no hole.
func (s *Service) Delete(ctx context.Context, by parley.Person, at parley.Place) error {
	return s.db.Write(ctx, at.Conversation, func(ctx context.Context, tx *store.Tx) error {
		c, m, err := findMessage(ctx, tx, by, identity.DeleteMessage, at)
		if err != nil {
			return err
		}
		if err := s.delivery.Gone(ctx, tx, m); err != nil {
			return err
		}
		return s.erase(ctx, tx, by, c, m, false)
	})
}

// erase takes the content of m away and leaves its place.
func (s *Service) erase(ctx context.Context, tx *store.Tx, by parley.Person, c parley.Conversation, m parley.Message, withdrawn bool) error {
	if err := s.unsave(ctx, tx, m.ID); err != nil {
		return err
	}
	for _, table := range []string{"message_revision", "message_file", "reaction", "answer", "vote"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE message_id = ?`, m.ID); err != nil {
			return fmt.Errorf("delete from %s: %w", table, err)
		}
	}
	everyone := m.Everyone
	changed, err := remention(ctx, tx, m, nil)
	if err != nil {
		return err
	}
	if err := tx.UnindexMessage(ctx, m.ID); err != nil {
		return err
	}
	deleted := s.now()
	m = parley.Message{
		ID: m.ID, Conversation: m.Conversation, Seq: m.Seq, Thread: m.Thread, Author: m.Author, Kind: m.Kind, Via: m.Via, Key: m.Key,
		Replies: m.Replies, LastReplySeq: m.LastReplySeq, LastReplyAt: m.LastReplyAt,
		CreatedAt: m.CreatedAt, DeletedAt: &deleted, DeletedBy: by.ID, Withdrawn: withdrawn,
	}
	err = s.change(ctx, tx, &m, `body = '', html = '', extra = ?, everyone = FALSE, files = 0, links = FALSE, reactions = 0, answers = 0, need = '', answer_by = 0,
			edited_at = 0, pinned_at = 0, pinned_by = 0, deleted_at = ?`, extraOf(m).String(), millis(deleted))
	if err != nil {
		return err
	}
	return s.announceMentions(ctx, tx, c, m.Seq, changed, everyone)
}
