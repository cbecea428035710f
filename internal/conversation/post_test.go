package conversation_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

func TestMessagesAreNumberedWithoutGapsWhoeverPosts(t *testing.T) {
	each(t, func(w *world) {
		ana, bo := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole)
		c := w.channel(ana, parley.Public, "news", bo)
		var all sync.WaitGroup
		for _, p := range []parley.Person{ana, bo} {
			for i := range 40 {
				all.Go(func() {
					_, err := w.Post(context.Background(), p, conversation.Draft{Conversation: c, Body: fmt.Sprint(p.Name, i), Via: parley.ViaApp})
					if err != nil {
						w.t.Error(err)
					}
				})
			}
		}
		all.Wait()
		for i, m := range w.all(ana, c) {
			if m.Seq != int64(i+1) {
				w.t.Fatalf("message %d has seq %d", i, m.Seq)
			}
		}
		if got := w.get(bo, c); got.LastSeq != 81 { // and one that tells of its creation
			w.t.Errorf("last seq is %d", got.LastSeq)
		}
	})
}

func TestAKeyUsedAgainGivesTheFirstMessageAgain(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", parley.MemberRole)
		c := w.channel(ana, parley.Private, "notes")
		d := conversation.Draft{Conversation: c, Body: "once", Key: "k1", Via: parley.ViaApp}
		first, err := w.Post(context.Background(), ana, d)
		w.must(err)
		d.Body = "other words"
		again, err := w.Post(context.Background(), ana, d)
		w.must(err)
		if first.Again || !again.Again || again.ID != first.ID || again.Body != "once" {
			w.t.Errorf("first %+v, again %+v", first, again)
		}
		bo := w.person("bo", parley.MemberRole)
		w.must(w.Add(context.Background(), ana, c, []parley.ID{bo.ID}))
		other, err := w.Post(context.Background(), bo, d)
		if err != nil || other.Again {
			w.t.Errorf("another person's key is their own: %+v, %v", other, err)
		}
		for p, posted := range map[parley.ID]conversation.Posted{ana.ID: first, bo.ID: other} {
			if again, err := w.Post(context.Background(), parley.Person{ID: p, Role: parley.MemberRole}, d); err != nil || again.ID != posted.ID {
				w.t.Errorf("a key that both have used gives %+v, want %+v, %v", again, posted, err)
			}
		}
	})
}

func TestABodyMayBeAsLongAsItSays(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", parley.MemberRole)
		c := w.channel(ana, parley.Private, "notes")
		longest := strings.Repeat("é", parley.MaxBody/2)
		m := w.say(ana, c, "%s", longest)
		if m.Body != longest {
			w.t.Errorf("%d bytes are kept", len(m.Body))
		}
		w.refused(second(w.Post(context.Background(), ana, conversation.Draft{Conversation: c, Body: longest + "x"})), parley.ErrLimited)
		w.refused(second(w.Edit(context.Background(), ana, at(m), longest+"x")), parley.ErrLimited)
	})
}

func TestPostsThatAreRefused(t *testing.T) {
	each(t, func(w *world) {
		ana, eve, guest := w.person("ana", parley.MemberRole), w.person("eve", parley.Owner), w.person("guest", parley.Guest)
		secret := w.channel(ana, parley.Private, "secret")
		open := w.channel(ana, parley.Public, "open")
		root := w.say(ana, open, "root")
		answer := w.answer(ana, root, "answer")
		for name, c := range map[string]struct {
			by   parley.Person
			d    conversation.Draft
			kind error
		}{
			"nothing to say":                      {ana, conversation.Draft{Conversation: open, Body: " \n "}, parley.ErrInvalid},
			"not text":                            {ana, conversation.Draft{Conversation: open, Body: "a\xff"}, parley.ErrInvalid},
			"NUL":                                 {ana, conversation.Draft{Conversation: open, Body: "a\x00b"}, parley.ErrInvalid},
			"too long":                            {ana, conversation.Draft{Conversation: open, Body: strings.Repeat("x", parley.MaxBody+1)}, parley.ErrLimited},
			"a conversation that is not":          {ana, conversation.Draft{Conversation: parley.NewID(), Body: "x"}, parley.ErrNotFound},
			"a private one of others, even owner": {eve, conversation.Draft{Conversation: secret, Body: "x"}, parley.ErrNotFound},
			"a public one without being a member": {eve, conversation.Draft{Conversation: open, Body: "x"}, parley.ErrForbidden},
			"a public one by a guest":             {guest, conversation.Draft{Conversation: open, Body: "x"}, parley.ErrNotFound},
			"an answer to nothing":                {ana, conversation.Draft{Conversation: open, Thread: 99, Body: "x"}, parley.ErrInvalid},
			"an answer to an answer":              {ana, conversation.Draft{Conversation: open, Thread: answer.Seq, Body: "x"}, parley.ErrInvalid},
			"an answer to what only happened":     {ana, conversation.Draft{Conversation: open, Thread: 1, Body: "x"}, parley.ErrInvalid},
			"somebody's file":                     {ana, conversation.Draft{Conversation: open, Files: []parley.ID{parley.NewID()}}, parley.ErrInvalid},
		} {
			t.Run(name, func(*testing.T) {
				_, err := w.Post(context.Background(), c.by, c.d)
				w.refused(err, c.kind)
			})
		}
		if got := w.get(ana, open); got.LastSeq != 3 {
			w.t.Errorf("something was written all the same: last seq %d", got.LastSeq)
		}
	})
}

func TestAThreadIsCountedInItsRoot(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", parley.MemberRole)
		c := w.channel(ana, parley.Private, "plan")
		root := w.say(ana, c, "Shall we?")
		w.say(ana, c, "something else")
		last := w.answer(ana, root, "Yes")
		p, err := w.Messages(context.Background(), ana, c, conversation.Range{Thread: root.Seq})
		w.must(err)
		if len(p.Messages) != 2 || p.Messages[0].Replies != 1 || p.Messages[0].LastReplySeq != last.Seq || p.Messages[1].Thread != root.Seq {
			w.t.Errorf("thread is %+v", p.Messages)
		}
		if list := w.all(ana, c); len(list) != 4 || list[3].ID != last.ID {
			w.t.Errorf("the answer does not stand in the one timeline")
		}
	})
}

func TestMentionsAreCountedUntilTheyAreRead(t *testing.T) {
	each(t, func(w *world) {
		ana, bo := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole)
		c := w.channel(ana, parley.Public, "news", bo)
		w.say(ana, c, "nobody")
		m := w.say(ana, c, "hello @bo and @nobody, `@bo`")
		w.say(ana, c, "@everyone look")
		if len(m.Mentions) != 1 || m.Mentions[0] != bo.ID {
			w.t.Errorf("mentions %v", m.Mentions)
		}
		if me := w.get(bo, c).Me; me.Mentions != 2 || me.ReadSeq != 1 {
			w.t.Errorf("bo has %+v", me)
		}
		if me := w.get(ana, c).Me; me.Mentions != 0 || me.ReadSeq != 4 {
			w.t.Errorf("ana has %+v", me)
		}
		_, err := w.Read(context.Background(), bo, c, m.Seq)
		w.must(err)
		if me := w.get(bo, c).Me; me.Mentions != 1 {
			w.t.Errorf("after reading: %+v", me)
		}
		_, err = w.Read(context.Background(), bo, c, 0)
		w.must(err)
		if me := w.get(bo, c).Me; me.Mentions != 2 || me.ReadSeq != 0 {
			w.t.Errorf("after marking unread: %+v", me)
		}
	})
}

func TestMentioningEveryoneOfALargeRoomNeedsTheRight(t *testing.T) {
	each(t, func(w *world) {
		boss := w.person("boss", parley.Admin)
		people := []parley.Person{}
		for i := range parley.LargeRoom {
			people = append(people, w.person(fmt.Sprint("p", i), parley.MemberRole))
		}
		c := w.channel(boss, parley.Public, "all", people...)
		_, err := w.Post(context.Background(), people[0], conversation.Draft{Conversation: c, Body: "@everyone coffee"})
		w.refused(err, parley.ErrForbidden)
		w.say(people[0], c, "not really `@everyone`")
		w.say(boss, c, "@here fire drill")
	})
}
