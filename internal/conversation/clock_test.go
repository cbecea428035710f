package conversation_test

import (
	"context"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

func TestWhatIsBroughtInLaterStandsAtItsTimeAndIsFoundThere(t *testing.T) {
	each(t, func(w *world) {
		ctx := context.Background()
		ana := w.person("ana", parley.MemberRole)
		then := time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)
		past := conversation.New(conversation.Options{DB: w.db, Live: w.live, Rules: rules{}, Clock: func() time.Time { return then }})
		c, err := past.Create(ctx, ana, conversation.Beginning{Kind: parley.Channel, Visibility: parley.Public, Name: "history"})
		w.must(err)
		known := parley.Preview{URL: "https://example.org/", Title: "As it was"}
		old, err := past.Post(ctx, ana, conversation.Draft{Conversation: c.ID, Body: "pi https://example.org/", Via: parley.ViaApp, Previews: []parley.Preview{known}})
		w.must(err)
		w.say(ana, c.ID, "pi today")

		list := w.all(ana, c.ID)
		if m := list[1]; !m.CreatedAt.Equal(then) || !m.ID.Time().Equal(then) || len(m.Previews) != 1 || m.Previews[0] != known {
			t.Errorf("got %+v", m)
		}
		found, err := w.Search(ctx, ana, "pi before:2026-04-01", parley.None, 0)
		w.must(err)
		if len(found.Messages) != 1 || found.Messages[0].ID != old.ID {
			t.Errorf("found %+v", found.Messages)
		}
	})
}

func TestWhatIsSaidIsToldOnceInOrder(t *testing.T) {
	each(t, func(w *world) {
		var told []string
		w.Hooks.Said = func(m parley.Message) { told = append(told, string(m.Kind)+" "+m.Body) }
		ana := w.person("ana", parley.MemberRole)
		c := w.channel(ana, parley.Public, "news")
		first := w.say(ana, c, "one")
		w.say(ana, c, "two")
		_, err := w.React(context.Background(), ana, at(first), "👍", true)
		w.must(err)
		if len(told) != 3 || told[0] != "system " || told[1] != "text one" || told[2] != "text two" {
			t.Errorf("told %q", told)
		}
	})
}
