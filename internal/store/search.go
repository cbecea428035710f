package store

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store/fulltext"
)

// Has says what a message has beside words; a sum of flags.
type Has uint

// What a message may have.
const (
	HasFile Has = 1 << iota
	HasImage
	HasLink
	HasReaction
	HasPin
	hasEnd
)

// Search is what to look for. A message is found when it has every word and phrase, every flag of Has, and was said
// in one of In, by one of From, between After and Before. No words: all such messages.
type Search struct {
	Words   []string    // as typed; one that is several ("e-mail") is a phrase
	Typing  bool        // the last of Words may be the begin of one
	Phrases []string    // words in this order
	In      []parley.ID // conversations, those that the reader may see; required: none finds nothing
	From    []parley.ID // people; none: anybody
	Has     Has
	After   time.Time // inclusive; zero: no bound
	Before  time.Time // exclusive; zero: no bound
	Limit   int       // default 20
	// BeforeID continues after the last id of the page before.
	BeforeID parley.ID
}

const (
	searchLimit = 20
	searchRooms = 100  // more conversations are not asked of the index, which would join the lists of all of them
	anyMessage  = "_m" // a token that every message has
)

// IndexMessage makes the message findable by its text, or findable by its new text, place and flags when it was
// indexed before. Searches see it after the commit.
func (tx *Tx) IndexMessage(ctx context.Context, id, conversationID, authorID parley.ID, text string, has ...Has) error {
	words := append(scope(conversationID, authorID, has), fulltext.Words(text)...)
	query, document := `INSERT OR REPLACE INTO message_search (rowid, words) VALUES (?, ?)`, strings.Join(words, " ")
	if tx.group.lane.db.dialect == Postgres {
		query = `INSERT INTO message_search (message_id, words) VALUES (?, CAST(? AS TSVECTOR))
			ON CONFLICT (message_id) DO UPDATE SET words = excluded.words`
		document = fulltext.Vector(words)
	}
	if err := tx.atLast(ctx, query, id, document); err != nil {
		return fmt.Errorf("index message %s: %w", id, err)
	}
	return nil
}

// UnindexMessage makes the message unfindable. It is no error if it was.
func (tx *Tx) UnindexMessage(ctx context.Context, id parley.ID) error {
	query := `DELETE FROM message_search WHERE rowid = ?`
	if tx.group.lane.db.dialect == Postgres {
		query = `DELETE FROM message_search WHERE message_id = ?`
	}
	if err := tx.atLast(ctx, query, id); err != nil {
		return fmt.Errorf("unindex message %s: %w", id, err)
	}
	return nil
}

// SearchMessages returns the ids of the messages found, newest first.
func (db *DB) SearchMessages(ctx context.Context, s Search) ([]parley.ID, error) {
	if len(s.In) == 0 {
		return nil, nil
	}
	if s.Limit <= 0 {
		s.Limit = searchLimit
	}
	first, last := idAt(s.After, 0), idAt(s.Before, math.MaxInt64)
	if s.BeforeID != parley.None {
		last = min(last, s.BeforeID)
	}
	search := db.searchSQLite
	if db.dialect == Postgres {
		search = db.searchPostgres
	}
	found, err := search(ctx, s, first, last)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

// visible keeps those of the newest hits that stand where may be seen, up to the limit.
func (s Search) visible(hits []hit) (found []parley.ID) {
	seen := make(map[parley.ID]bool, len(s.In))
	for _, id := range s.In {
		seen[id] = true
	}
	for _, h := range hits {
		if seen[h.in] && len(found) < s.Limit {
			found = append(found, h.id)
		}
	}
	return found
}

// hit is a message that matches, and the conversation that it is in.
type hit struct{ id, in parley.ID }

func scanHit(row Scanner) (h hit, err error) { return h, row.Scan(&h.id, &h.in) }

// idAt returns the first id of the instant, as an ID begins with its time.
func idAt(t time.Time, none parley.ID) parley.ID {
	if t.IsZero() {
		return none
	}
	const epoch = 1735689600000 // of parley.ID: 2025-01-01T00:00:00Z
	return parley.ID(max(t.UnixMilli()-epoch, 0) << 22)
}

// scope returns the tokens that say where a message stands. Words have no underscore, so nobody can type them.
func scope(conversation, author parley.ID, has []Has) []string {
	tokens := []string{anyMessage, "_c" + conversation.String(), "_a" + author.String()}
	var flags Has
	for _, h := range has {
		flags |= h
	}
	return append(tokens, flags.tokens()...)
}

func (h Has) tokens() (tokens []string) {
	for flag := Has(1); flag < hasEnd; flag <<= 1 {
		if h&flag != 0 {
			tokens = append(tokens, "_h"+strconv.Itoa(int(flag)))
		}
	}
	return tokens
}

// languages are how the two databases want to be asked.
var languages = map[Dialect]fulltext.Language{SQLite: fulltext.FTS5, Postgres: fulltext.TSQuery}

// terms writes what a message must have, but for its conversation.
func (s Search) terms(l fulltext.Language) []string {
	all := l.Terms(s.Phrases, s.Words, s.Typing)
	for _, t := range s.Has.tokens() {
		all = append(all, l.Phrase([]string{t}, false))
	}
	if len(s.From) > 0 {
		all = append(all, l.Any(marked("_a", s.From)))
	}
	return all
}

// anywhere writes what a message must have, wherever it is.
func (s Search) anywhere(d Dialect) string {
	l := languages[d]
	terms := s.terms(l)
	if len(terms) == 0 { // to join the list of all messages is dear, and an empty query finds none
		terms = append(terms, l.Phrase([]string{anyMessage}, false))
	}
	return l.All(terms)
}

// within writes what a message must have, and that it must be in one of the conversations.
func (s Search) within(d Dialect) string {
	l := languages[d]
	return l.All(append(s.terms(l), l.Any(marked("_c", s.In))))
}

func marked(mark string, ids []parley.ID) []string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = mark + id.String()
	}
	return words
}
