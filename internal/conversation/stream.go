package conversation

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
)

// Since returns the newest state of each message that changed after offset, in the order of their changes, at most
// limit (0: none, only the newest offset), and the newest offset of the stream. It is how clients that were away
// catch up: the table of messages is the history of the stream, and each row says at which change it became what it
// is. It asks nobody's permission: that was done when the stream was opened.
func (s *Service) Since(ctx context.Context, id parley.ID, offset uint64, limit int) ([]realtime.Publication, uint64, error) {
	var latest uint64
	if err := s.db.QueryRow(ctx, `SELECT last_change FROM conversation WHERE id = ?`, id).Scan(&latest); err != nil {
		return nil, 0, fmt.Errorf("stream of %s: %w", id, err)
	}
	if limit == 0 || offset >= latest {
		return nil, latest, nil
	}
	list, err := messages(ctx, s.db, `SELECT `+messageColumns+` FROM message m
		WHERE m.conversation_id = ? AND m.change > ? ORDER BY m.change LIMIT ?`, id, int64(offset), limit)
	if err != nil {
		return nil, 0, fmt.Errorf("stream of %s: %w", id, err)
	}
	pubs := make([]realtime.Publication, len(list))
	for i := range list {
		data, err := json.Marshal(parley.Event{Type: parley.EventMessage, Message: &list[i]})
		if err != nil {
			return nil, 0, err
		}
		pubs[i] = realtime.Publication{Offset: uint64(list[i].Change), Data: data}
		latest = max(latest, pubs[i].Offset)
	}
	return pubs, latest, nil
}

// MayListen says whether a person may have a conversation's stream: whether they see it.
func (s *Service) MayListen(ctx context.Context, by parley.Person, id parley.ID) error {
	_, err := find(ctx, s.db, by, id)
	return err
}

// Typing tells those who have the conversation open that by is writing.
func (s *Service) Typing(ctx context.Context, by parley.Person, id parley.ID, thread int64) error {
	if _, err := findFor(ctx, s.db, by, identity.PostMessage, id); err != nil {
		return err
	}
	s.live.Publish(Stream(id), 0, parley.Event{Type: parley.EventTyping, Typing: &parley.Typing{Person: by.ID, Thread: thread}})
	return nil
}

// showsReceipts reads from a person's preferences whether others see how far they have read.
func showsReceipts(preferences string) bool {
	var p struct {
		ReadReceipts *bool `json:"read_receipts"`
	}
	return json.Unmarshal([]byte(preferences), &p) == nil && (p.ReadReceipts == nil || *p.ReadReceipts)
}

var _ realtime.History = (*Service)(nil)
