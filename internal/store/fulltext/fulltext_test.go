package fulltext_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/parley-im/parley/internal/store/fulltext"
)

// The phrases of both languages; no more of their grammar is ever written.
var phrases = map[*regexp.Regexp]fulltext.Language{
	regexp.MustCompile(`^"([\pL\p{Nd}]+(?: [\pL\p{Nd}]+)*)"( \*)?$`):           fulltext.FTS5,
	regexp.MustCompile(`^\('([\pL\p{Nd}]+(?:' <-> '[\pL\p{Nd}]+)*)'(:\*)?\)$`): fulltext.TSQuery,
}

func FuzzTerms(f *testing.F) {
	for _, s := range []string{
		"Straße e-mail", `" OR "1"="1`, "a' <-> 'b':*", "日本語", "\x00\xff", "İstanbul ſ K", "NEAR(a b, 3) AND NOT c*", "_m _c0", "e\u0301\u202e", strings.Repeat("ab ", 40), "ﷺ ½ ² ①",
	} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, typing bool) {
		words := fulltext.Words(text)
		for _, w := range words {
			if len(w) > 80 || !utf8.ValidString(w) || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
				t.Fatalf("%q has the word %q", text, w)
			}
		}
		for grammar, l := range phrases {
			typed := strings.Fields(text)
			all := l.Terms([]string{text}, typed, typing)
			if len(all) > fulltext.MaxTerms {
				t.Errorf("%d terms", len(all))
			}
			for _, term := range all {
				m := grammar.FindStringSubmatch(term)
				if m == nil {
					t.Fatalf("%q asks for %s", text, term)
				}
				for _, w := range strings.FieldsFunc(m[1], func(r rune) bool { return strings.ContainsRune("' <->", r) }) {
					if !slices.Contains(words, w) && !contains(typed, w) {
						t.Errorf("%q asks for %q", text, w)
					}
				}
				if m[2] != "" && (!typing || term != all[len(all)-1]) {
					t.Errorf("%q asks for what begins as in %s", text, term)
				}
			}
		}
		seen := 0
		for entry := range strings.FieldsSeq(fulltext.Vector(words)) {
			w, places, ok := strings.Cut(entry, ":")
			if !ok || len(w) < 3 || !slices.Contains(words, strings.Trim(w, "'")) {
				t.Fatalf("%q has the entry %s", text, entry)
			}
			last := 0
			for place := range strings.SplitSeq(places, ",") {
				n, err := strconv.Atoi(place)
				if err != nil || n <= last || n <= len(words) && "'"+words[n-1]+"'" != w {
					t.Fatalf("%q has %s at %s, %v", text, w, place, err)
				}
				last = n
				seen++
			}
		}
		if len(words) < 255 && seen != len(words) {
			t.Errorf("%q has %d words and %d places", text, len(words), seen)
		}
	})
}

// contains says whether w is a word of one of texts by itself: a long one is cut elsewhere when it stands alone.
func contains(texts []string, w string) bool {
	return slices.ContainsFunc(texts, func(text string) bool { return slices.Contains(fulltext.Words(text), w) })
}
