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
	d := Draft{Body: body}
	doc, err := s.render(ctx, body)
	if err != nil {
		return parley.Message{}, err
	}
	var m parley.Message
	err = s.db.Write(ctx, at.Conversation, func(ctx context.Context, tx *store.Tx) error {
		var c parley.Conversation
		if c, m, err = findMessage(ctx, tx, by, identity.EditMessage, at); err != nil {
			return err
		}
		for _, f := range m.Files {
			d.Files = append(d.Files, f.ID)
		}
		if err := d.check(); err != nil || d.Body == m.Body {
			return err
		}
		if doc.everyone && !m.Everyone && c.Members >= parley.LargeRoom {
			if err := s.mayMentionEveryone(ctx, by, c); err != nil {
				return err
			}
		}
		return s.rewrite(ctx, tx, &m, d.Body, doc)
	})
	if err != nil {
		return parley.Message{}, fmt.Errorf("edit: %w", err)
	}
	return m, nil
}

func (s *Service) rewrite(ctx context.Context, tx *store.Tx, m *parley.Message, body string, doc document) error {
	written := m.CreatedAt
	if m.EditedAt != nil {
		written = *m.EditedAt
	}
	_, err := tx.Exec(ctx, `INSERT INTO message_revision (message_id, n, body, written_at)
		SELECT ?, count(*) + 1, ?, ? FROM message_revision WHERE message_id = ?`, m.ID, m.Body, millis(written), m.ID)
	if err != nil {
		return fmt.Errorf("keep revision: %w", err)
	}
	if err := remention(ctx, tx, *m, doc.people); err != nil {
		return err
	}
	edited := now()
	m.Body, m.HTML, m.Mentions, m.Everyone, m.EditedAt = body, doc.HTML, doc.people, doc.everyone, &edited
	m.Previews = slices.DeleteFunc(m.Previews, func(p parley.Preview) bool { return !slices.Contains(doc.Links, p.URL) })
	if err := s.index(ctx, tx, *m, doc); err != nil {
		return err
	}
	if err := s.lookUpLinks(ctx, tx, *m, doc.Links); err != nil {
		return err
	}
	return s.change(ctx, tx, m, `body = ?, html = ?, extra = ?, everyone = ?, links = ?, edited_at = ?`,
		m.Body, m.HTML, extraOf(*m).String(), m.Everyone, len(doc.Links) > 0, millis(edited))
}

// remention makes the mentions of m those of people.
func remention(ctx context.Context, tx *store.Tx, m parley.Message, people []parley.ID) error {
	for _, p := range m.Mentions {
		if !slices.Contains(people, p) {
			if _, err := tx.Exec(ctx, `DELETE FROM mention WHERE person_id = ? AND conversation_id = ? AND seq = ?`, p, m.Conversation, m.Seq); err != nil {
				return err
			}
		}
	}
	for _, p := range people {
		if !slices.Contains(m.Mentions, p) {
			if _, err := tx.Exec(ctx, `INSERT INTO mention (person_id, conversation_id, seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, p, m.Conversation, m.Seq); err != nil {
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
		doc, err := s.render(ctx, list[i].Body)
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
		_, m, err := findMessage(ctx, tx, by, identity.DeleteMessage, at)
		if err != nil {
			return err
		}
		for _, table := range []string{"message_revision", "message_file", "reaction", "saved"} {
			if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE message_id = ?`, m.ID); err != nil {
				return fmt.Errorf("delete from %s: %w", table, err)
			}
		}
		if err := remention(ctx, tx, m, nil); err != nil {
			return err
		}
		if err := tx.UnindexMessage(ctx, m.ID); err != nil {
			return err
		}
		deleted := now()
		m = parley.Message{
			ID: m.ID, Conversation: m.Conversation, Seq: m.Seq, Thread: m.Thread, Author: m.Author, Kind: m.Kind, Via: m.Via, Key: m.Key,
			Replies: m.Replies, LastReplySeq: m.LastReplySeq, LastReplyAt: m.LastReplyAt,
			CreatedAt: m.CreatedAt, DeletedAt: &deleted, DeletedBy: by.ID,
		}
		return s.change(ctx, tx, &m, `body = '', html = '', extra = ?, everyone = FALSE, files = 0, links = FALSE, reactions = 0,
			edited_at = 0, pinned_at = 0, pinned_by = 0, deleted_at = ?`, extraOf(m).String(), millis(deleted))
	})
}
