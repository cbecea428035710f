package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// write adds a message, with as much of it as search looks at.
func write(ctx context.Context, tx *store.Tx, id, in, by parley.ID, text string, has store.Has) error {
	_, err := tx.Exec(ctx, `INSERT INTO message (id, conversation_id, seq, change, author_id, kind, via, body, html, created_at)
		VALUES (?, ?, ?, ?, ?, 'text', 'app', ?, '', 0)`, id, in, id, id, by, text)
	return errors.Join(err, tx.IndexMessage(ctx, id, in, by, text, has))
}

func TestSearch(t *testing.T) {
	const general, random, secret, ann, bob = 1, 2, 3, 4, 5
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	at := func(days int) parley.ID {
		return parley.ID((day.UnixMilli() - 1735689600000 + int64(days)*86400000) << 22)
	}
	messages := []struct {
		in, by parley.ID
		text   string
		has    store.Has
	}{
		{general, ann, "Der Café-Automat in der Straße ist kaputt", 0},
		{general, bob, "I sent an e-mail about the budget for spring", store.HasLink},
		{random, ann, "the spring budget, again!", store.HasFile | store.HasImage},
		{secret, bob, "budget cuts (secret)", 0},
		{random, bob, "今日は天気がいい", 0},
		{general, ann, "_c0000000000002 OR \"unbalanced AND * NEAR( ' : & | ! <->", 0},
		{random, ann, "Łódź and Ærø, ﬁne", store.HasLink | store.HasFile},
	}
	all := []parley.ID{general, random}
	many := []parley.ID{general, random}
	for i := range 150 {
		many = append(many, parley.ID(1000+i))
	}
	searches := map[string]struct {
		search store.Search
		want   []int
	}{
		"nothing may be seen":                   {store.Search{Words: []string{"budget"}}, nil},
		"a word, newest first":                  {store.Search{Words: []string{"budget"}, In: all}, []int{2, 1}},
		"only what one may see":                 {store.Search{Words: []string{"budget"}, In: []parley.ID{secret}}, []int{3}},
		"all words":                             {store.Search{Words: []string{"Budget", "AGAIN"}, In: all}, []int{2}},
		"a phrase":                              {store.Search{Phrases: []string{"spring budget"}, In: all}, []int{2}},
		"a begin is not a word":                 {store.Search{Words: []string{"budg"}, In: all}, nil},
		"a begin while typing":                  {store.Search{Words: []string{"spring", "budg"}, Typing: true, In: all}, []int{2, 1}},
		"one letter while typing is too little": {store.Search{Words: []string{"budget", "x"}, Typing: true, In: all}, []int{2, 1}},
		"one who is in many conversations":      {store.Search{Words: []string{"budget"}, In: many}, []int{2, 1}},
		"all that one in many may see":          {store.Search{In: many}, []int{6, 5, 4, 2, 1, 0}},
		"a page of one who is in many":          {store.Search{In: many, Limit: 2, BeforeID: at(6)}, []int{5, 4}},
		"without diacritics":                    {store.Search{Words: []string{"cafe", "strasse"}, In: all}, []int{0}},
		"letters that do not decompose":         {store.Search{Words: []string{"lodz", "aero", "fine"}, In: all}, []int{6}},
		"a word that is two":                    {store.Search{Words: []string{"e-mail"}, In: all}, []int{1}},
		"a script without spaces":               {store.Search{Words: []string{"天気"}, In: all}, []int{4}},
		"characters in another order":           {store.Search{Words: []string{"気天"}, In: all}, nil},
		"from":                                  {store.Search{Words: []string{"budget"}, From: []parley.ID{bob}, In: all}, []int{1}},
		"has":                                   {store.Search{Has: store.HasFile | store.HasLink, In: all}, []int{6}},
		"no words at all":                       {store.Search{In: []parley.ID{random}}, []int{6, 4, 2}},
		"after, inclusive":                      {store.Search{In: all, After: day.AddDate(0, 0, 5)}, []int{6, 5}},
		"before, exclusive":                     {store.Search{In: all, Before: day.AddDate(0, 0, 2)}, []int{1, 0}},
		"the next page":                         {store.Search{In: all, Limit: 2, BeforeID: at(5)}, []int{4, 2}},
		"operators are only words":              {store.Search{Words: []string{`"AND*`, "NEAR(", "'unbalanced'"}, In: all}, []int{5}},
		"the mark of a conversation is no word": {store.Search{Words: []string{"_c" + parley.ID(secret).String()}, In: all}, nil},
		"only signs":                            {store.Search{Words: []string{"!!!"}, In: []parley.ID{secret}}, []int{3}},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		change := func(f func(ctx context.Context, tx *store.Tx) error) {
			t.Helper()
			if err := db.Write(t.Context(), 1, f); err != nil {
				t.Fatal(err)
			}
		}
		change(func(ctx context.Context, tx *store.Tx) error {
			for i, m := range messages {
				if err := write(ctx, tx, at(i), m.in, m.by, m.text, m.has); err != nil {
					return err
				}
			}
			return nil
		})
		expect := func(t *testing.T, s store.Search, want []int) {
			t.Helper()
			got, err := db.SearchMessages(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			var ids []parley.ID
			for _, i := range want {
				ids = append(ids, at(i))
			}
			if diff := cmp.Diff(ids, got); diff != "" {
				t.Error(diff)
			}
		}
		for name, s := range searches {
			t.Run(name, func(t *testing.T) { expect(t, s.search, s.want) })
		}
		t.Run("an edited message has its new words only", func(t *testing.T) {
			change(func(ctx context.Context, tx *store.Tx) error {
				return tx.IndexMessage(ctx, at(2), general, ann, "moved and edited", 0)
			})
			expect(t, store.Search{Words: []string{"budget"}, In: all}, []int{1})
			expect(t, store.Search{Words: []string{"moved"}, In: []parley.ID{general}}, []int{2})
			expect(t, store.Search{Words: []string{"moved"}, In: []parley.ID{random}}, nil)
		})
		t.Run("a deleted message is not found", func(t *testing.T) {
			change(func(ctx context.Context, tx *store.Tx) error { return tx.UnindexMessage(ctx, at(1)) })
			expect(t, store.Search{Words: []string{"budget"}, In: all}, nil)
		})
	})
}

// What is rare and old is found as what is common and new is, in whichever way the database looks for it.
func TestSearchFarBack(t *testing.T) {
	const general, random, ann, messages = 1, 2, 3, 33000 // more than is looked at first
	id := func(n int) parley.ID { return parley.ID(n << 22) }
	many := []parley.ID{general}
	for i := range 150 {
		many = append(many, parley.ID(1000+i))
	}
	quiet := many[1:]
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if err := db.Write(t.Context(), messages, func(ctx context.Context, tx *store.Tx) error {
			for n := 1; n <= messages; n++ {
				text, in := "tide table", parley.ID(general)
				switch {
				case n == 7 || n == 8:
					text = "needle in the hay"
				case n == 9:
					text, in = "needle elsewhere", random
				case n >= 10 && n <= 12: // a common word, but not where somebody in quiet ones may look
					in = many[n-9]
				case n == 13:
					text, in = "low water", many[4]
				case n == 32990: // does not fill a page
					in = many[5]
				case n%4000 == 0:
					text = "seldom tide"
				}
				if err := write(ctx, tx, id(n), in, ann, text, 0); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		expect := func(t *testing.T, search store.Search, in []parley.ID, numbers []int) {
			t.Helper()
			search.In = in
			got, err := db.SearchMessages(t.Context(), search)
			if err != nil {
				t.Fatal(err)
			}
			var want []parley.ID
			for _, n := range numbers {
				want = append(want, id(n))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		}
		for name, c := range map[string]struct {
			search store.Search
			want   []int
		}{
			"a common word":                    {store.Search{Words: []string{"tide"}, Limit: 3}, []int{33000, 32999, 32998}},
			"a rare word at the very begin":    {store.Search{Words: []string{"needle"}, Limit: 3}, []int{8, 7}},
			"a page of a rare word":            {store.Search{Words: []string{"needle"}, Limit: 1}, []int{8}},
			"a word that fills a page far off": {store.Search{Words: []string{"seldom"}, Limit: 8}, []int{32000, 28000, 24000, 20000, 16000, 12000, 8000, 4000}},
			"the next page of it":              {store.Search{Words: []string{"seldom"}, Limit: 8, BeforeID: id(12000)}, []int{8000, 4000}},
		} {
			for who, in := range map[string][]parley.ID{"in one": {general}, "in many": many} {
				t.Run(name+" for somebody "+who, func(t *testing.T) {
					expect(t, c.search, in, c.want)
				})
			}
		}
		for name, c := range map[string]struct {
			search store.Search
			want   []int
		}{
			"all":                {store.Search{}, []int{32990, 13, 12, 11, 10}},
			"a word":             {store.Search{Words: []string{"tide"}}, []int{32990, 12, 11, 10}},
			"a word, from then":  {store.Search{Words: []string{"tide"}, After: id(11).Time()}, []int{32990, 12, 11}},
			"a page":             {store.Search{Words: []string{"tide"}, Limit: 2}, []int{32990, 12}},
			"the next page":      {store.Search{Words: []string{"tide"}, Limit: 2, BeforeID: id(32990)}, []int{12, 11}},
			"the last page":      {store.Search{Words: []string{"tide"}, Limit: 2, BeforeID: id(11)}, []int{10}},
			"a phrase":           {store.Search{Phrases: []string{"tide table"}, Limit: 2}, []int{32990, 12}},
			"a word that is not": {store.Search{Words: []string{"needle"}}, nil},
			"not in that order":  {store.Search{Phrases: []string{"table tide"}}, nil},
		} {
			t.Run(name+" for somebody in many quiet ones", func(t *testing.T) { expect(t, c.search, quiet, c.want) })
		}
	})
}
