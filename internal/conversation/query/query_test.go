package query_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/parley-im/parley/internal/conversation/query"
)

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`blue "whale song" from:@ana in:#news has:link is:pinned before:2026-11-01`, `"""`, `from:"a b" x`, "on:2026-02-30", "\x00\xff", "in:##@@",
		"FROM:x:y:z", `from:"" in:@ "" "x`, "has:LINK is:", strings.Repeat("a ", 40),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := query.Parse(text, time.UTC)
		all := slices.Concat(q.Words, q.Phrases, q.From, q.In, q.Has, q.Is)
		if len(all) > query.MaxTerms {
			t.Errorf("%d terms", len(all))
		}
		for _, term := range all {
			if term == "" {
				t.Errorf("%q has an empty term: %+v", text, q)
			}
			// Nothing is looked for that was not typed.
			if utf8.ValidString(text) && !strings.Contains(strings.ToLower(text), strings.ToLower(term)) && !strings.Contains(term, "\u0130") {
				t.Errorf("%q has %q, which nobody typed", text, term)
			}
		}
		if q.Empty() && strings.Trim(text, "\" \t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000") != "" {
			t.Errorf("%q looks for nothing", text)
		}
		// What was found to be words is words, too, when it is typed by itself.
		if again := query.Parse(strings.Join(q.Words, " "), time.UTC); utf8.ValidString(text) && !strings.Contains(text, `"`) && !slices.Equal(again.Words, q.Words) {
			t.Errorf("%q: %q became %q", text, q.Words, again.Words)
		}
	})
}
