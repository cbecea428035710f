// Package query reads what people type to search. It knows words, phrases and filters, and must not know where they
// are looked for; so it can be fuzzed without a database.
package query

import (
	"strings"
	"time"
	"unicode"
)

// Query is what somebody searches for: words and phrases that a message must have, and where it must be from.
type Query struct {
	Words   []string
	Phrases []string
	From    []string  // handles
	In      []string  // names of conversations, or the handle of the other person
	Has     []string  // link, file, image, reaction
	Is      []string  // pinned, saved, thread
	Before  time.Time // zero: no bound
	After   time.Time
}

// MaxTerms is how many words and filters of a query count; the rest is passed over.
const MaxTerms = 32

// Parse reads what somebody typed: words, "phrases", and filters such as from:@ana or before:2026-11-01, whose
// days are those of the zone. It takes anything: what is no filter is a word.
func Parse(text string, zone *time.Location) Query {
	var q Query
	for n, term := range terms(text) {
		if n == MaxTerms {
			break
		}
		if phrase, ok := strings.CutPrefix(term, `"`); ok {
			if phrase = strings.TrimSuffix(phrase, `"`); phrase != "" {
				q.Phrases = append(q.Phrases, phrase)
			}
			continue
		}
		if !q.filter(term, zone) {
			q.Words = append(q.Words, term)
		}
	}
	return q
}

// Empty says whether there is nothing to look for.
func (q Query) Empty() bool {
	return len(q.Words)+len(q.Phrases)+len(q.From)+len(q.In)+len(q.Has)+len(q.Is) == 0 && q.Before.IsZero() && q.After.IsZero()
}

// filter takes term as a filter, or says that it is none.
func (q *Query) filter(term string, zone *time.Location) bool {
	name, value, ok := strings.Cut(term, ":")
	value = strings.Trim(value, `"`)
	name = strings.ToLower(name)
	switch name {
	case "from":
		value = strings.ToLower(strings.TrimPrefix(value, "@"))
	case "in":
		value = strings.TrimLeft(value, "#@")
	}
	if !ok || value == "" {
		return false
	}
	switch name {
	case "from":
		q.From = append(q.From, value)
	case "in":
		q.In = append(q.In, value)
	case "has":
		switch value = strings.ToLower(value); value {
		case "link", "file", "image", "reaction":
			q.Has = append(q.Has, value)
		default:
			return false
		}
	case "is":
		switch value = strings.ToLower(value); value {
		case "pinned", "saved", "thread":
			q.Is = append(q.Is, value)
		default:
			return false
		}
	case "before", "after", "on":
		day, err := time.ParseInLocation(time.DateOnly, value, zone)
		if err != nil {
			return false
		}
		next := day.AddDate(0, 0, 1)
		switch name {
		case "before":
			q.Before = day
		case "after":
			q.After = next
		default:
			q.After, q.Before = day, next
		}
	default:
		return false
	}
	return true
}

// terms cuts text at spaces that are not within quotes.
func terms(text string) []string {
	var list []string
	var b strings.Builder
	quoted := false
	for _, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
			b.WriteRune(r)
		case unicode.IsSpace(r) && !quoted:
			if b.Len() > 0 {
				list = append(list, b.String())
				b.Reset()
			}
		default:
			b.WriteRune(r)
		}
	}
	if b.Len() > 0 {
		list = append(list, b.String())
	}
	return list
}
