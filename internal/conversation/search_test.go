package conversation_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

func TestSearchByEachFilter(t *testing.T) {
	each(t, func(w *world) {
		ana, bo, guest := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole), w.person("guest", parley.Guest)
		open, secret := w.channel(ana, parley.Public, "Open House", bo), w.channel(bo, parley.Private, "secret", ana)
		mine := w.channel(ana, parley.Private, "mine")
		direct := w.create(ana, conversation.Beginning{Kind: parley.Direct, People: []parley.ID{bo.ID}})
		blue, hush, link := w.say(ana, open, "the blue whale sings"), w.say(bo, secret, "the whale is secret"), w.say(bo, open, "look https://example.org/whale")
		answer := w.answer(bo, blue, "which whale?")
		own, told := w.say(ana, mine, "a whale of my own, Größe naïve"), w.say(bo, direct, "whale, between us")
		for query, want := range map[string][]parley.Message{
			"whale":                   {told, own, answer, link, hush, blue},
			"WHALE blue":              {blue},
			"wha":                     {told, own, answer, link, hush, blue}, // typing
			"wha ":                    {},
			`"blue whale"`:            {blue},
			`"whale blue"`:            {},
			"whale from:@bo":          {told, answer, link, hush},
			"from:me whale":           {own, blue},
			"from:bo from:ana blue":   {blue},
			"from:nobody whale":       {},
			`in:"open house" whale`:   {answer, link, blue},
			"in:#secret":              {hush},
			"in:@bo":                  {told},
			"in:" + secret.String():   {hush},
			"in:nowhere whale":        {},
			"has:link":                {link},
			"is:thread":               {answer, blue},
			"is:pinned":               {},
			"before:2020-01-01 whale": {},
			"after:2020-01-01 blue":   {blue},
			"on:" + time.Now().In(berlin(w)).Format(time.DateOnly) + " blue": {blue},
			"grosse naive":  {own},
			"has:nonsense":  {},
			"":              {},
			"   ":           {},
			`"`:             {},
			"from:":         {},
			"from:ana\x00":  {own, blue},
			"whale\x00blue": {blue},
			"\xff\xfe":      {},
			"' OR 1=1 --":   {},
			"a:* NOT (b)":   {},
			"%":             {},
		} {
			w.named(query, func() { w.finds(ana, query, want...) })
		}
		w.finds(guest, "whale")
		w.finds(guest, "from:bo")
		w.finds(w.person("eve", parley.Owner), "whale", answer, link, blue) // what is public, and nothing else
		w.finds(w.person("eva", parley.Owner), "in:"+secret.String())
		w.must(w.Remove(ctx, bo, secret, ana.ID))
		w.finds(ana, "secret")
	})
}

func berlin(w *world) *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	w.must(err)
	return zone
}

func TestPagesOfASearchHaveNoGapAndNothingTwice(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", parley.MemberRole)
		c := w.channel(ana, parley.Private, "c")
		var all, pinned []parley.ID
		for i := range 47 {
			m := w.say(ana, c, "needle %d", i)
			all = append(all, m.ID)
			if i%4 == 0 {
				_, err := w.Pin(ctx, ana, at(m), true)
				w.must(err)
				pinned = append(pinned, m.ID)
			}
		}
		for query, want := range map[string][]parley.ID{"needle": all, "needle is:pinned": pinned, "in:c": all} {
			for _, limit := range []int{1, 7, 47, 1000} {
				if limit == 1 && query != "needle is:pinned" {
					continue
				}
				var got []parley.ID
				for before := parley.None; ; {
					found, err := w.Search(ctx, ana, query, before, limit)
					w.must(err)
					for _, m := range found.Messages {
						got = append(got, m.ID)
					}
					if before = found.Next; before == parley.None {
						break
					}
				}
				slices.Reverse(got)
				if !slices.Equal(got, want) {
					w.t.Errorf("%s by %d: %d of %d", query, limit, len(got), len(want))
				}
			}
		}
	})
}

// What is parsed is fuzzed where it is parsed (conversation/query, store/fulltext); here both databases take it.
func TestAnythingCanBeSearchedFor(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", parley.MemberRole)
		c := w.channel(ana, parley.Private, "c")
		for _, text := range append(hostileQueries, strings.Repeat("word ", 1000), strings.Repeat("from:x ", 1000)) {
			if _, err := w.Search(ctx, ana, text, parley.None, 10); err != nil {
				w.t.Errorf("%q: %v", text, err)
			}
		}
		piece := rapid.OneOf(rapid.SampledFrom([]string{
			`"`, "'", ":", "*", "<->", "AND", "NOT", "NEAR(", ")", "(", "^", "-", "&", "|", "!", "from:", "in:", "has:file", "is:saved", "\\", "_", "_m",
			"%", ";--", "日本語", "straße", "Ω", "e\u0301", "\u202e", "\x00", " ",
		}), rapid.StringN(0, 6, 12))
		rapid.Check(w.t, func(t *rapid.T) {
			text := strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "text"), "")
			if _, err := w.Search(ctx, ana, text, parley.None, 10); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		})
		// What somebody said is found by each of its words.
		for _, body := range []string{"Straße, über-all", "日本語のテスト", "don't AND won't", "naïve café №42", "Ελληνικά привет"} {
			m := w.say(ana, c, "%s", body)
			for _, word := range strings.Fields(body) {
				found, err := w.Search(ctx, ana, word+" ", parley.None, 10)
				w.must(err)
				if !slices.ContainsFunc(found.Messages, func(f parley.Message) bool { return f.ID == m.ID }) {
					w.t.Errorf("%q is not found by %q", body, word)
				}
			}
		}
	})
}

var hostileQueries = []string{
	`blue "whale song" from:@ana in:#news has:link is:pinned before:2026-11-01`, `"""`, `from:"a b" x`, "on:2026-02-30", "\x00\xff", "in:##@@", "FROM:x:y:z",
	`" OR 1=1 --`, `a" AND "b`, "'", "a <-> b:*", "NEAR(a b)", "{a b}:c", "col:word", "^a", "a*", "(", ")", "AND", "NOT", "_m", "_c0", "before:0000-00-00 after:9999-12-31",
}
