package conversation

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// SaveDraft keeps what by has begun to write in a conversation, or thread of it, for all their devices. An empty one
// removes it.
func (s *Service) SaveDraft(ctx context.Context, by parley.Person, d Draft) (parley.Draft, error) {
	draft := parley.Draft{Conversation: d.Conversation, Thread: d.Thread, Body: d.Body, Files: []parley.File{}, UpdatedAt: s.now()}
	if !utf8.ValidString(d.Body) || strings.ContainsRune(d.Body, 0) {
		return draft, parley.Invalid("body", "not_text", "must be UTF-8 text")
	}
	if len(d.Body) > parley.MaxBody || len(d.Files) > parley.MaxFiles {
		return draft, &parley.FieldError{Field: "body", Code: "too_long", Kind: parley.ErrLimited, Msg: fmt.Sprintf("at most %d bytes and %d files", parley.MaxBody, parley.MaxFiles)}
	}
	err := s.db.Write(ctx, d.Conversation, func(ctx context.Context, tx *store.Tx) error {
		if _, err := find(ctx, tx, by, d.Conversation); err != nil {
			return err
		}
		if d.Body == "" && len(d.Files) == 0 {
			return s.dropDraft(ctx, tx, by.ID, d.Conversation, d.Thread)
		}
		if d.Thread != 0 { // else there could be more drafts than messages
			if _, _, err := findMessage(ctx, tx, by, identity.SeeConversation, parley.Place{Conversation: d.Conversation, Seq: d.Thread}); err != nil {
				return &parley.FieldError{Field: "thread", Code: "unknown", Msg: "there is no such message to answer", Kind: invalidIfAbsent(err)}
			}
		}
		var err error
		if draft.Files, err = ownFiles(ctx, tx, by, d.Files); err != nil {
			return err
		}
		ids, err := json.Marshal(d.Files)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO draft (person_id, conversation_id, thread_seq, body, files, updated_at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (person_id, conversation_id, thread_seq) DO UPDATE SET body = excluded.body, files = excluded.files, updated_at = excluded.updated_at`,
			by.ID, d.Conversation, d.Thread, d.Body, string(ids), millis(draft.UpdatedAt))
		s.publishDraft(tx, by.ID, draft)
		return err
	})
	if err != nil {
		return draft, fmt.Errorf("save draft: %w", err)
	}
	return draft, nil
}

// dropDraft removes a draft if there is one, and tells the person's devices.
func (s *Service) dropDraft(ctx context.Context, tx *store.Tx, person, id parley.ID, thread int64) error {
	done, err := tx.Exec(ctx, `DELETE FROM draft WHERE person_id = ? AND conversation_id = ? AND thread_seq = ?`, person, id, thread)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err
	}
	s.publishDraft(tx, person, parley.Draft{Conversation: id, Thread: thread, Files: []parley.File{}, UpdatedAt: s.now()})
	return nil
}

func (s *Service) publishDraft(tx *store.Tx, person parley.ID, d parley.Draft) {
	tx.After(func() { s.live.Publish(Own(person), 0, parley.Event{Type: parley.EventDraft, Draft: &d}) })
}

// Drafts returns all that by has begun to write, the newest first.
func (s *Service) Drafts(ctx context.Context, by parley.Person) ([]parley.Draft, error) {
	var files [][]parley.ID
	list, err := store.All(ctx, s.db, func(row store.Scanner) (d parley.Draft, err error) {
		var updatedAt int64
		var ids string
		if err := row.Scan(&d.Conversation, &d.Thread, &d.Body, &ids, &updatedAt); err != nil {
			return d, err
		}
		d.UpdatedAt = instant(updatedAt)
		var of []parley.ID
		if err := json.Unmarshal([]byte(ids), &of); err != nil {
			return d, fmt.Errorf("files of draft: %w", err)
		}
		files = append(files, of)
		return d, nil
	}, `SELECT conversation_id, thread_seq, body, files, updated_at FROM draft WHERE person_id = ? ORDER BY updated_at DESC`, by.ID)
	if err != nil {
		return nil, fmt.Errorf("drafts: %w", err)
	}
	for i := range list {
		if list[i].Files, err = ownFiles(ctx, s.db, by, files[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}
