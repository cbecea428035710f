package fulltext

import (
	"fmt"
	"strconv"
	"strings"
)

// Language is how a database wants to be asked. Words are those of Words, or names of ours that begin with an
// underscore: letters, digits and underscores, none of which means anything in either language.
type Language struct {
	open, between, end, close, begin string // of a phrase: "a b" * or ('a' <-> 'b':*)
	and, or                          string
}

// The two languages.
var (
	// FTS5 is SQLite's (sqlite.org/fts5.html, section 3).
	FTS5 = Language{open: `"`, between: " ", end: `"`, begin: " *", and: " AND ", or: " OR "}
	// TSQuery is PostgreSQL's (postgresql.org/docs/current/datatype-textsearch.html).
	TSQuery = Language{open: "('", between: "' <-> '", end: "'", begin: ":*", close: ")", and: " & ", or: " | "}
)

// Phrase asks for these words in this order, of which the last may be the begin of one.
func (l Language) Phrase(words []string, begin bool) string {
	p := l.open + strings.Join(words, l.between) + l.end
	if begin {
		p += l.begin
	}
	return p + l.close
}

// Any asks for one of these words.
func (l Language) Any(words []string) string {
	one := make([]string, len(words))
	for i, w := range words {
		one[i] = l.Phrase([]string{w}, false)
	}
	return "(" + strings.Join(one, l.or) + ")"
}

// All asks for all of these.
func (l Language) All(terms []string) string { return strings.Join(terms, l.and) }

// MaxTerms is how many words and phrases of a search count, the first ones; more only cost.
const MaxTerms = 32

// Terms asks for each phrase and each word as somebody has typed it: a word that is several ("e-mail") is a phrase.
// While they are typing, the last may be the begin of a word; one letter begins nearly every message and is left out.
func (l Language) Terms(phrases, typed []string, typing bool) (all []string) {
	for i, text := range append(phrases[:len(phrases):len(phrases)], typed...) {
		words := Words(text)
		begin := typing && i == len(phrases)+len(typed)-1
		if len(words) == 0 || i >= MaxTerms || begin && len(words) == 1 && len(words[0]) == 1 {
			continue
		}
		all = append(all, l.Phrase(words, begin))
	}
	return all
}

// Vector writes words as a tsvector: 'word':1,5 'other':2.
func Vector(words []string) string {
	const lastPosition, positions = 16383, 255 // PostgreSQL keeps no more
	at := map[string][]string{}
	for i, w := range words {
		if len(at[w]) < positions {
			at[w] = append(at[w], strconv.Itoa(min(i+1, lastPosition)))
		}
	}
	var b strings.Builder
	for w, places := range at {
		fmt.Fprintf(&b, "'%s':%s ", w, strings.Join(places, ","))
	}
	return b.String()
}
