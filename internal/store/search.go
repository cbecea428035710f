package store

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parley-im/parley/internal/parley"
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
	searchWords = 32 // at most, the first ones; more only cost
)

// IndexMessage makes the message findable by its text, or findable by its new text, place and flags when it was
// indexed before.
func (tx *Tx) IndexMessage(ctx context.Context, id, conversationID, authorID parley.ID, text string, has ...Has) error {
	words := append(scope(conversationID, authorID, has), tokens(text)...)
	query, document := `INSERT OR REPLACE INTO message_search (rowid, words) VALUES (?, ?)`, strings.Join(words, " ")
	if tx.group.lane.db.dialect == Postgres {
		query = `INSERT INTO message_search (message_id, words) VALUES (?, CAST(? AS TSVECTOR))
			ON CONFLICT (message_id) DO UPDATE SET words = excluded.words`
		document = vector(words)
	}
	if _, err := tx.Exec(ctx, query, id, document); err != nil {
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
	if _, err := tx.Exec(ctx, query, id); err != nil {
		return fmt.Errorf("unindex message %s: %w", id, err)
	}
	return nil
}

// SearchMessages returns the ids of the messages found, newest first.
func (db *DB) SearchMessages(ctx context.Context, s Search) ([]parley.ID, error) {
	if len(s.In) == 0 {
		return nil, nil
	}
	first, last := idAt(s.After, 0), idAt(s.Before, math.MaxInt64)
	if s.BeforeID != parley.None {
		last = min(last, s.BeforeID)
	}
	if s.Limit <= 0 {
		s.Limit = searchLimit
	}
	query := `SELECT rowid FROM message_search WHERE message_search MATCH ? AND rowid >= ? AND rowid < ?
		ORDER BY rowid DESC LIMIT ?`
	if db.dialect == Postgres {
		query = `SELECT message_id FROM message_search WHERE words @@ CAST(? AS TSQUERY) AND message_id >= ? AND message_id < ?
			ORDER BY message_id DESC LIMIT ?`
	}
	ids, err := All(ctx, db, Value[parley.ID], query, s.match(db.dialect), first, last, s.Limit)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return ids, nil
}

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
	tokens := []string{"_c" + conversation.String(), "_a" + author.String()}
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

// vector writes tokens as a tsvector (postgresql.org/docs/current/datatype-textsearch.html): 'word':1,5 'other':2.
func vector(tokens []string) string {
	const lastPosition, positions = 16383, 255 // PostgreSQL keeps no more
	at := map[string][]string{}
	for i, t := range tokens {
		if len(at[t]) < positions {
			at[t] = append(at[t], strconv.Itoa(min(i+1, lastPosition)))
		}
	}
	var b strings.Builder
	for t, places := range at {
		fmt.Fprintf(&b, "'%s':%s ", t, strings.Join(places, ","))
	}
	return b.String()
}

// match writes the search in the language of the dialect.
func (s Search) match(d Dialect) string {
	and, or, next := " AND ", " OR ", " "
	term := func(words []string, prefix bool) string { // FTS5: "a b" *
		t := `"` + strings.Join(words, next) + `"`
		if prefix {
			t += " *"
		}
		return t
	}
	if d == Postgres {
		and, or, next = " & ", " | ", "' <-> '"
		term = func(words []string, prefix bool) string { // tsquery: ('a' <-> 'b':*)
			t := `'` + strings.Join(words, next) + `'`
			if prefix {
				t += ":*"
			}
			return "(" + t + ")"
		}
	}
	var all []string
	for i, w := range slices.Concat(s.Phrases, s.Words) {
		t := tokens(w)
		if len(t) == 0 || i >= searchWords {
			continue
		}
		all = append(all, term(t, s.Typing && i == len(s.Phrases)+len(s.Words)-1))
	}
	for _, t := range s.Has.tokens() {
		all = append(all, term([]string{t}, false))
	}
	any := func(letter string, ids []parley.ID) string {
		var one []string
		for _, id := range ids {
			one = append(one, term([]string{letter + id.String()}, false))
		}
		return "(" + strings.Join(one, or) + ")"
	}
	if len(s.From) > 0 {
		all = append(all, any("_a", s.From))
	}
	return strings.Join(append(all, any("_c", s.In)), and)
}
