package conversation_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

var ctx = context.Background()

func TestAnEditKeepsWhatWasSaidBefore(t *testing.T) {
	each(t, func(w *world) {
		ana, bo := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole)
		c := w.channel(ana, parley.Public, "news", bo)
		m := w.say(ana, c, "the first apple")
		second, err := w.Edit(ctx, ana, at(m), "  the second pear @bo ")
		w.must(err)
		if second.Body != "the second pear @bo" || second.EditedAt == nil || second.Change <= m.Change || second.Seq != m.Seq || !strings.Contains(second.HTML, "second") {
			w.t.Errorf("edited to %+v", second)
		}
		if n := w.get(bo, c).Me.Mentions; n != 1 {
			w.t.Errorf("bo has %d mentions", n)
		}
		same, err := w.Edit(ctx, ana, at(m), "the second pear @bo")
		w.must(err)
		if same.Change != second.Change {
			w.t.Error("the same words are a change")
		}
		_, err = w.Edit(ctx, ana, at(m), "the third plum")
		w.must(err)
		if n := w.get(bo, c).Me.Mentions; n != 0 {
			w.t.Errorf("bo has %d mentions after they were taken back", n)
		}
		before, err := w.Revisions(ctx, bo, at(m))
		w.must(err)
		if len(before) != 2 || before[0].Body != "the first apple" || before[1].Body != "the second pear @bo" || !strings.Contains(before[0].HTML, "apple") || !before[0].WrittenAt.Equal(m.CreatedAt) {
			w.t.Errorf("revisions %+v", before)
		}
		w.finds(ana, "apple")
		w.finds(ana, "plum", m)

		_, err = w.Edit(ctx, bo, at(m), "not mine")
		w.refused(err, parley.ErrForbidden)
		for body, kind := range map[string]error{" ": parley.ErrInvalid, "a\x00b": parley.ErrInvalid, strings.Repeat("*", parley.MaxBody+1): parley.ErrLimited} {
			_, err = w.Edit(ctx, ana, at(m), body)
			w.refused(err, kind)
		}
		_, err = w.Edit(ctx, ana, parley.Place{Conversation: c, Seq: 1}, "rewrite history")
		w.refused(err, parley.ErrForbidden)
	})
}

func TestADeletedMessageLeavesNothingButItsPlace(t *testing.T) {
	each(t, func(w *world) {
		ana, bo, boss := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole), w.person("boss", parley.Owner)
		c := w.channel(ana, parley.Public, "news", bo)
		f := w.upload(ana, "plan.txt", "the plan")
		p, err := w.Post(ctx, ana, conversation.Draft{Conversation: c, Body: "secret @bo", Files: []parley.ID{f.ID}, Key: "k"})
		w.must(err)
		m := p.Message
		answer := w.answer(bo, m, "why?")
		_, err = w.Edit(ctx, ana, at(m), "secret again @bo @everyone")
		w.must(err)
		_, err = w.React(ctx, bo, at(m), "👍", true)
		w.must(err)
		_, err = w.Pin(ctx, bo, at(m), true)
		w.must(err)
		w.must(w.Save(ctx, bo, m.ID, true))
		w.refused(w.Delete(ctx, bo, at(m)), parley.ErrForbidden)

		w.must(w.Delete(ctx, ana, at(m)))
		got, err := w.Message(ctx, bo, at(m))
		w.must(err)
		if got.Body+got.HTML != "" || got.Files != nil || got.Reactions != nil || got.Mentions != nil || got.Everyone || got.PinnedAt != nil || got.EditedAt != nil ||
			got.DeletedAt == nil || got.DeletedBy != ana.ID || got.Replies != 1 || got.LastReplySeq != answer.Seq || got.Seq != m.Seq {
			w.t.Errorf("left is %+v", got)
		}
		if r, err := w.Revisions(ctx, bo, at(m)); err != nil || len(r) > 0 {
			w.t.Errorf("revisions %v, %v", r, err)
		}
		for _, query := range []string{"secret", "plan", "from:ana has:file", "from:ana in:news"} {
			w.finds(bo, query)
		}
		if saved, err := w.Saved(ctx, bo); err != nil || len(saved) > 0 {
			w.t.Errorf("saved %v, %v", saved, err)
		}
		if e := w.live.on("p:"+bo.ID.String(), parley.EventSaved); len(e) != 2 || e[1].Saved.Saved {
			w.t.Errorf("bo was told %v", e)
		}
		if _, err := w.Open(ctx, bo, f.ID, false); err == nil {
			w.t.Error("the file can still be read")
		}
		if n := w.get(bo, c).Me.Mentions; n != 0 {
			w.t.Errorf("bo has %d mentions", n)
		}
		again, err := w.Post(ctx, ana, conversation.Draft{Conversation: c, Body: "secret", Key: "k"})
		if err != nil || !again.Again || again.DeletedAt == nil {
			w.t.Errorf("its key makes %+v, %v", again, err)
		}
		for what, err := range map[string]error{
			"edit": second(w.Edit(ctx, ana, at(m), "back")), "react": second(w.React(ctx, bo, at(m), "👍", true)), "pin": second(w.Pin(ctx, bo, at(m), true)),
			"save": w.Save(ctx, bo, m.ID, true), "delete again": w.Delete(ctx, ana, at(m)), "move": second(w.Move(ctx, ana, at(m), w.channel(ana, parley.Private, "x"))),
		} {
			w.named(what, func() { w.refused(err, parley.ErrForbidden) })
		}
		w.must(w.Delete(ctx, boss, at(answer))) // who runs the organisation manages public channels
	})
}

func TestWhatIsAnEmoji(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", parley.MemberRole)
		m := w.say(ana, w.channel(ana, parley.Private, "x"), "hm")
		for emoji, is := range map[string]bool{
			"👍": true, "👍🏽": true, "❤️": true, "❤": true, "🇩🇪": true, "🏴󠁧󠁢󠁳󠁣󠁴󠁿": true, "👩‍👩‍👧‍👦": true, "👩🏾‍🚀": true, "🏳️‍🌈": true, "#️⃣": true, "1️⃣": true,
			"✅": true, "⁉️": true, "‼️": true, "〰️": true, "➕": true, "↔️": true, "⌛": true, "Ⓜ️": true, "㊗️": true, "🫨": true, "❤️‍🔥": true, "▶️": true, "™️": true, "◾": true,
			"": false, "a": false, "1": false, "#": false, "12": false, "👍👍": false, "ok": false, ":+1:": false, " 👍": false, "👍 ": false, "👍a": false, "🇩": false, "🇩🇪🇫🇷": false,
			"\u200d": false, "\ufe0f": false, "🏽": false, "<b>": false, "é": false, "漢": false, "\x00": false, "\xff": false, "👍\u202e": false, "\u20e3": false,
			"👩‍": false, "!": false, "?️": false, ".": false, "1\u200d": false, "👍" + strings.Repeat("\ufe0f", 3): false, strings.Repeat("👩‍", 20) + "👩": false,
		} {
			_, err := w.React(ctx, ana, at(m), emoji, true)
			if is && err != nil {
				w.t.Errorf("%q: %v", emoji, err)
			} else if !is {
				if w.refused(err, parley.ErrInvalid); err == nil {
					w.t.Errorf("%q is one", emoji)
				}
			}
			_, _ = w.React(ctx, ana, at(m), emoji, false)
		}
	})
}

func TestReactionsAreCountedOnce(t *testing.T) {
	each(t, func(w *world) {
		ana, bo, cy := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole), w.person("cy", parley.MemberRole)
		c := w.channel(ana, parley.Public, "x", bo)
		m := w.say(ana, c, "hm")
		for range 2 {
			_, err := w.React(ctx, ana, at(m), "👍", true)
			w.must(err)
		}
		got, err := w.React(ctx, bo, at(m), "👍", true)
		w.must(err)
		if len(got.Reactions) != 1 || !slices.Equal(got.Reactions[0].People, []parley.ID{ana.ID, bo.ID}) {
			w.t.Errorf("reactions %v", got.Reactions)
		}
		w.finds(ana, "has:reaction", m)
		for range 2 {
			_, err = w.React(ctx, ana, at(m), "👍", false)
			w.must(err)
		}
		got, err = w.React(ctx, bo, at(m), "👍", false)
		w.must(err)
		if len(got.Reactions) != 0 || got.Change != m.Change+4 {
			w.t.Errorf("left is %+v", got)
		}
		w.finds(ana, "has:reaction")
		_, err = w.React(ctx, cy, at(m), "👍", true)
		w.refused(err, parley.ErrForbidden) // sees it, and is no member
		for i := range parley.MaxReactions {
			_, err = w.React(ctx, ana, at(m), string(rune(0x1f600+i)), true)
			w.must(err)
		}
		_, err = w.React(ctx, bo, at(m), "👍", true)
		w.refused(err, parley.ErrLimited)
		_, err = w.React(ctx, bo, at(m), string(rune(0x1f600)), true)
		w.must(err)
	})
}

func TestPinsAndSavedMessages(t *testing.T) {
	each(t, func(w *world) {
		ana, bo, guest := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole), w.person("guest", parley.Guest)
		c := w.channel(ana, parley.Public, "x", bo)
		secret := w.say(ana, w.channel(ana, parley.Private, "secret"), "hush")
		one, two := w.say(ana, c, "one"), w.say(ana, c, "two")
		for _, m := range []parley.Message{one, two, two} {
			pinned, err := w.Pin(ctx, bo, at(m), true)
			w.must(err)
			if pinned.PinnedBy != bo.ID {
				w.t.Errorf("pinned by %s", pinned.PinnedBy)
			}
		}
		_, err := w.Pin(ctx, ana, at(one), false)
		w.must(err)
		pins, err := w.Pins(ctx, ana, c)
		w.must(err)
		if len(pins) != 1 || pins[0].ID != two.ID {
			w.t.Errorf("pins %v", pins)
		}
		w.finds(ana, "is:pinned", two)
		_, err = w.Pins(ctx, guest, c)
		w.refused(err, parley.ErrNotFound)

		for range 2 {
			w.must(w.Save(ctx, bo, two.ID, true))
		}
		w.must(w.Save(ctx, bo, one.ID, true))
		w.finds(bo, "is:saved", two, one)
		w.finds(ana, "is:saved")
		if saved, err := w.Saved(ctx, bo); err != nil || len(saved) != 2 {
			w.t.Errorf("saved %v, %v", saved, err)
		}
		// What one may not see cannot be saved, and whether there is such a message is not told by unsaving it.
		w.refused(w.Save(ctx, bo, secret.ID, true), parley.ErrNotFound)
		w.refused(w.Save(ctx, bo, parley.NewID(), true), parley.ErrNotFound)
		w.must(w.Save(ctx, bo, secret.ID, false))
		w.must(w.Save(ctx, bo, parley.NewID(), false))
		if n := len(w.live.on("p:"+bo.ID.String(), parley.EventSaved)); n != 2 {
			w.t.Errorf("told %d times", n)
		}
		// Gone from sight, it is not shown; and comes back with it.
		private, public := parley.Private, parley.Public
		w.must(w.Leave(ctx, bo, c))
		_, err = w.Update(ctx, ana, c, conversation.Change{Visibility: &private})
		w.must(err)
		if saved, err := w.Saved(ctx, bo); err != nil || len(saved) != 0 {
			w.t.Errorf("saved %v, %v", saved, err)
		}
		w.finds(bo, "is:saved")
		if !slices.Contains(w.live.gone[c], bo.ID) {
			w.t.Error("who is no member goes on listening to what has become private")
		}
		_, err = w.Update(ctx, ana, c, conversation.Change{Visibility: &public})
		w.must(err)
		w.must(w.Save(ctx, bo, one.ID, false))
		if saved, err := w.Saved(ctx, bo); err != nil || len(saved) != 1 {
			w.t.Errorf("saved %v, %v", saved, err)
		}
	})
}

func TestDraftsAreKeptUntilTheyArePosted(t *testing.T) {
	each(t, func(w *world) {
		ana, bo := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole)
		c := w.channel(ana, parley.Private, "x")
		root := w.say(ana, c, "root")
		f := w.upload(ana, "a.txt", "a")
		for _, d := range []conversation.Draft{
			{Conversation: c, Body: " begun"},
			{Conversation: c, Body: " begun and gone on ", Files: []parley.ID{f.ID}},
			{Conversation: c, Thread: root.Seq, Body: "in the thread"},
		} {
			_, err := w.SaveDraft(ctx, ana, d)
			w.must(err)
		}
		drafts, err := w.Drafts(ctx, ana)
		w.must(err)
		slices.SortFunc(drafts, func(a, b parley.Draft) int { return int(a.Thread - b.Thread) })
		if len(drafts) != 2 || drafts[0].Body != " begun and gone on " || len(drafts[0].Files) != 1 || drafts[1].Thread != root.Seq {
			w.t.Errorf("drafts %+v", drafts)
		}
		if e := w.live.on("p:"+ana.ID.String(), parley.EventDraft); len(e) != 3 {
			w.t.Errorf("told %d times", len(e))
		}
		for name, c := range map[string]struct {
			d    conversation.Draft
			kind error
		}{
			"not to be seen":      {conversation.Draft{Conversation: w.channel(bo, parley.Private, "bo's"), Body: "x"}, parley.ErrNotFound},
			"somebody's file":     {conversation.Draft{Conversation: c, Files: []parley.ID{w.upload(bo, "b", "b").ID}}, parley.ErrInvalid},
			"a thread that is no": {conversation.Draft{Conversation: c, Thread: 99, Body: "x"}, parley.ErrInvalid},
			"a thread below 0":    {conversation.Draft{Conversation: c, Thread: -1, Body: "x"}, parley.ErrInvalid},
			"NUL":                 {conversation.Draft{Conversation: c, Body: "a\x00"}, parley.ErrInvalid},
			"too long":            {conversation.Draft{Conversation: c, Body: strings.Repeat("x", parley.MaxBody+1)}, parley.ErrLimited},
		} {
			w.named(name, func() {
				_, err := w.SaveDraft(ctx, ana, c.d)
				w.refused(err, c.kind)
			})
		}
		w.say(ana, c, "posted")
		if drafts, err = w.Drafts(ctx, ana); err != nil || len(drafts) != 1 || drafts[0].Thread == 0 {
			w.t.Errorf("after posting: %+v, %v", drafts, err)
		}
		w.answer(ana, root, "posted too")
		if drafts, err = w.Drafts(ctx, ana); err != nil || len(drafts) != 0 {
			w.t.Errorf("after answering: %+v, %v", drafts, err)
		}
	})
}

func TestAPageEndsWhereTheConversationEnds(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", parley.MemberRole)
		c := w.channel(ana, parley.Private, "long") // seq 1 tells so
		root := w.say(ana, c, "2")
		for i := range 8 { // 3 to 10
			if i%2 == 0 {
				w.answer(ana, root, "answer")
			} else {
				w.say(ana, c, "word")
			}
		}
		for _, c2 := range []struct {
			r           conversation.Range
			seqs        string
			first, last bool
		}{
			{conversation.Range{}, "[1 2 3 4 5 6 7 8 9 10]", true, true},
			{conversation.Range{Limit: 3}, "[8 9 10]", false, true},
			{conversation.Range{Limit: 10}, "[1 2 3 4 5 6 7 8 9 10]", true, true},
			{conversation.Range{Before: 4}, "[1 2 3]", true, false},
			{conversation.Range{Before: 4, Limit: 3}, "[1 2 3]", true, false},
			{conversation.Range{Before: 4, Limit: 2}, "[2 3]", false, false},
			{conversation.Range{Before: 1}, "[]", true, false},
			{conversation.Range{Before: 99, Limit: 2}, "[9 10]", false, false},
			{conversation.Range{After: 8}, "[9 10]", false, true},
			{conversation.Range{After: 8, Limit: 2}, "[9 10]", false, true},
			{conversation.Range{After: 8, Limit: 1}, "[9]", false, false},
			{conversation.Range{After: 10}, "[]", false, true},
			{conversation.Range{After: 99}, "[]", false, true},
			{conversation.Range{Around: 5, Limit: 4}, "[3 4 5 6]", false, false},
			{conversation.Range{Around: 1, Limit: 4}, "[1 2]", true, false},
			{conversation.Range{Around: 10, Limit: 4}, "[8 9 10]", false, true},
			{conversation.Range{Around: 5, Limit: 1}, "[5]", false, false},
			{conversation.Range{Around: 99, Limit: 4}, "[9 10]", false, true},
			{conversation.Range{Thread: 2}, "[2 3 5 7 9]", true, true},
			{conversation.Range{Thread: 2, Limit: 2}, "[7 9]", false, true},
			{conversation.Range{Thread: 2, Before: 7, Limit: 2}, "[3 5]", false, false},
			{conversation.Range{Thread: 2, After: 3, Limit: 3}, "[5 7 9]", false, true},
			{conversation.Range{Thread: 4}, "[4]", true, true},
			{conversation.Range{Thread: 77}, "[]", true, true},
		} {
			p, err := w.Messages(ctx, ana, c, c2.r)
			w.must(err)
			seqs := []int64{}
			for _, m := range p.Messages {
				seqs = append(seqs, m.Seq)
			}
			if fmt.Sprint(seqs) != c2.seqs || p.First != c2.first || p.Last != c2.last || p.LastSeq != 10 {
				w.t.Errorf("%+v: %v, first %v, last %v; want %s, %v, %v", c2.r, seqs, p.First, p.Last, c2.seqs, c2.first, c2.last)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }
