package conversation

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/parley-im/parley/internal/conversation/query"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Found is a page of what a search found.
type Found struct {
	Messages []parley.Message `json:"messages" nullable:"false"`
	Words    []string         `json:"words" nullable:"false" doc:"To be marked in the texts"`
	Next     parley.ID        `json:"next,omitempty" doc:"Ask for before this for more; absent: that was all"`
}

const (
	searchPage  = 30
	maxSearch   = 100
	maxLookedAt = 5000 // found messages that one call holds against filters that the index does not know
)

// Search finds what by may see, the newest first. A query without anything to look for finds nothing.
func (s *Service) Search(ctx context.Context, by parley.Person, text string, before parley.ID, limit int) (Found, error) {
	if limit <= 0 {
		limit = searchPage
	}
	limit = min(limit, maxSearch)
	zone, err := time.LoadLocation(by.Zone)
	if err != nil {
		zone = time.UTC
	}
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", " "), " ") // PostgreSQL takes neither
	q := query.Parse(text, zone)
	wordless := func(s string) bool {
		return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
	}
	q.Words, q.Phrases = slices.DeleteFunc(q.Words, wordless), slices.DeleteFunc(q.Phrases, wordless) // the index has none of them
	found := Found{Messages: []parley.Message{}, Words: append(append([]string{}, q.Words...), q.Phrases...)}
	if q.Empty() {
		return found, nil
	}
	where := store.Search{Words: q.Words, Typing: !endsInSpace(text), Phrases: q.Phrases, After: q.After, Before: q.Before, BeforeID: before}
	if where.In, err = s.searchable(ctx, by, q.In); err != nil {
		return found, err
	}
	if where.From, err = s.named(ctx, by, q.From); err != nil {
		return found, err
	}
	if len(where.In) == 0 || len(q.From) > 0 && len(where.From) == 0 {
		return found, nil
	}
	for _, has := range q.Has {
		where.Has |= map[string]store.Has{"file": store.HasFile, "image": store.HasImage, "link": store.HasLink}[has]
	}
	ids, next, err := s.searchIDs(ctx, by, where, q, limit)
	if err != nil || len(ids) == 0 {
		return found, err
	}
	found.Next = next
	found.Messages, err = messages(ctx, s.db, `SELECT `+messageColumns+` FROM message m
		WHERE m.id IN (`+store.Marks(len(ids))+`) ORDER BY m.id DESC`, store.Args(ids)...)
	return found, err
}

func endsInSpace(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsSpace(r) || r == '"'
}

// searchIDs asks the index, and holds what it found against the filters that change too often to be in the index.
func (s *Service) searchIDs(ctx context.Context, by parley.Person, where store.Search, q query.Query, limit int) (ids []parley.ID, next parley.ID, err error) {
	var filter []string
	var args []any
	if slices.Contains(q.Has, "reaction") {
		filter = append(filter, `m.reactions > 0`)
	}
	for _, is := range q.Is {
		switch is {
		case "pinned":
			filter = append(filter, `m.pinned_at > 0`)
		case "thread":
			filter = append(filter, `(m.replies > 0 OR m.thread_seq > 0)`)
		case "saved":
			filter = append(filter, `EXISTS (SELECT 1 FROM saved s WHERE s.message_id = m.id AND s.person_id = ?)`)
			args = append(args, by.ID)
		}
	}
	where.Limit = limit + 1
	if len(filter) > 0 {
		where.Limit = 500
	}
	for looked := 0; ; looked += where.Limit {
		batch, err := s.db.SearchMessages(ctx, where)
		if err != nil {
			return nil, parley.None, fmt.Errorf("search: %w", err)
		}
		pass := batch
		if len(filter) > 0 && len(batch) > 0 {
			pass, err = store.All(ctx, s.db, store.Value[parley.ID], `SELECT m.id FROM message m WHERE m.id IN (`+store.Marks(len(batch))+`) AND `+
				strings.Join(filter, " AND ")+` ORDER BY m.id DESC`, append(store.Args(batch), args...)...)
			if err != nil {
				return nil, parley.None, fmt.Errorf("search: %w", err)
			}
		}
		ids = append(ids, pass...)
		if len(ids) > limit {
			return ids[:limit], ids[limit-1], nil
		}
		if len(batch) < where.Limit {
			return ids, parley.None, nil
		}
		where.BeforeID = batch[len(batch)-1]
		if looked >= maxLookedAt {
			return ids, where.BeforeID, nil
		}
	}
}

// searchable returns the conversations that by sees, or those of them that one of names means.
func (s *Service) searchable(ctx context.Context, by parley.Person, names []string) ([]parley.ID, error) {
	ids, err := store.All(ctx, s.db, store.Value[parley.ID], `SELECT c.id FROM conversation c
		LEFT JOIN member m ON m.conversation_id = c.id AND m.person_id = ?
		WHERE m.person_id IS NOT NULL OR (c.visibility = 'public' AND ?)`, by.ID, by.Role != parley.Guest)
	if err != nil || len(names) == 0 {
		return ids, err
	}
	var named []parley.ID
	for _, name := range names {
		if id, err := parley.ParseID(name); err == nil {
			named = append(named, id)
		}
		found, err := store.All(ctx, s.db, store.Value[parley.ID], `SELECT id FROM conversation WHERE lower(name) = ? AND kind = 'channel'
			UNION SELECT c.id FROM conversation c JOIN member a ON a.conversation_id = c.id JOIN person p ON p.id = a.person_id
				JOIN member b ON b.conversation_id = c.id AND b.person_id = ?
				WHERE c.kind = 'direct' AND p.handle = ?`, strings.ToLower(name), by.ID, strings.ToLower(name))
		if err != nil {
			return nil, err
		}
		named = append(named, found...)
	}
	return slices.DeleteFunc(ids, func(id parley.ID) bool { return !slices.Contains(named, id) }), nil
}

// named returns whom the handles mean; "me" is by.
func (s *Service) named(ctx context.Context, by parley.Person, handles []string) (ids []parley.ID, err error) {
	for _, h := range handles {
		if h == "me" {
			ids = append(ids, by.ID)
			continue
		}
		found, err := store.All(ctx, s.db, store.Value[parley.ID], `SELECT id FROM person WHERE handle = ?`, h)
		if err != nil {
			return nil, err
		}
		ids = append(ids, found...)
	}
	return ids, nil
}
