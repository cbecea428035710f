package conversation_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

func TestAThreadMovesAsAWhole(t *testing.T) {
	each(t, func(w *world) {
		ana, bo, cy := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole), w.person("cy", parley.MemberRole)
		from, to := w.channel(ana, parley.Public, "from", bo, cy), w.channel(ana, parley.Private, "to", bo)
		f := w.upload(ana, "plan.txt", "the plan")
		p, err := w.Post(ctx, ana, conversation.Draft{Conversation: from, Body: "root cherry @bo @cy", Files: []parley.ID{f.ID}, Key: "k"})
		w.must(err)
		root := p.Message
		between := w.say(cy, from, "between")
		first := w.answer(bo, root, "first plum")
		gone := w.answer(cy, root, "gone quince")
		last := w.answer(cy, root, "last peach @ana")
		w.must(w.Delete(ctx, cy, at(gone)))
		w.must(w.Save(ctx, cy, root.ID, true))
		w.must(w.Save(ctx, bo, root.ID, true))
		_, err = w.React(ctx, cy, at(root), "👍", true)
		w.must(err)
		_, err = w.Edit(ctx, ana, at(root), "root cherry again @bo @cy")
		w.must(err)
		w.say(ana, to, "before")

		w.refused(second(w.Move(ctx, ana, at(first), to)), parley.ErrInvalid)   // an answer alone
		w.refused(second(w.Move(ctx, bo, at(root), to)), parley.ErrForbidden)   // not bo's
		w.refused(second(w.Move(ctx, cy, at(between), to)), parley.ErrNotFound) // cy does not see where
		w.refused(second(w.Move(ctx, ana, at(root), from)), parley.ErrInvalid)  // it is there
		w.refused(second(w.Move(ctx, ana, at(root), parley.NewID())), parley.ErrNotFound)
		place, err := w.Move(ctx, ana, at(root), to)
		w.must(err)

		page, err := w.Messages(ctx, bo, to, conversation.Range{Thread: place.Seq})
		w.must(err)
		thread := page.Messages
		if len(thread) != 4 || thread[0].ID != root.ID || thread[0].Replies != 3 || thread[0].LastReplySeq != place.Seq+3 || len(thread[0].Files) != 1 || len(thread[0].Reactions) != 1 ||
			thread[1].ID != first.ID || thread[3].ID != last.ID || thread[3].Thread != place.Seq || !thread[3].CreatedAt.Equal(last.CreatedAt) || thread[3].Author != cy.ID {
			w.t.Errorf("the thread is %+v", thread)
		}
		if r, err := w.Revisions(ctx, bo, place); err != nil || len(r) != 1 {
			w.t.Errorf("history %v, %v", r, err)
		}
		for _, m := range w.all(cy, from) { // links lead on, numbers have no hole
			moved := m.Seq == root.Seq || m.Thread == root.Seq
			if moved != (m.Kind == parley.Moved) || moved && (m.Body+m.HTML != "" || m.MovedTo == nil || m.MovedTo.Conversation != to || len(m.Files) > 0) {
				w.t.Errorf("at %d stands %+v", m.Seq, m)
			}
		}
		w.finds(bo, "cherry in:to", thread[0])
		w.finds(bo, "cherry in:from")
		w.finds(cy, "cherry")
		w.finds(cy, "plan")
		w.finds(bo, "plum", thread[1])
		w.finds(bo, "quince")
		w.finds(bo, "from:cy in:to", thread[3]) // and nothing that was deleted
		// cy does not see it any more, whatever they have of it.
		w.refused(second(w.Message(ctx, cy, place)), parley.ErrNotFound)
		w.refused(second(w.Open(ctx, cy, f.ID, false)), parley.ErrNotFound)
		w.refused(w.Save(ctx, cy, root.ID, true), parley.ErrNotFound)
		if saved, err := w.Saved(ctx, cy); err != nil || len(saved) > 0 {
			w.t.Errorf("cy has saved %v, %v", saved, err)
		}
		if saved, err := w.Saved(ctx, bo); err != nil || len(saved) != 1 || saved[0].Conversation != to {
			w.t.Errorf("bo has saved %v, %v", saved, err)
		}
		// Mentions go along to who is there.
		if a, b := w.get(bo, from).Me.Mentions, w.get(bo, to).Me.Mentions; a != 0 || b != 1 {
			w.t.Errorf("bo has %d mentions there and %d here", a, b)
		}
		if n := w.get(cy, from).Me.Mentions; n != 0 {
			w.t.Errorf("cy has %d mentions", n)
		}
		again, err := w.Post(ctx, ana, conversation.Draft{Conversation: from, Body: "x", Key: "k"})
		if err != nil || again.ID != root.ID || again.Conversation != to {
			w.t.Errorf("its key leads to %+v, %v", again, err)
		}
		w.must(w.Leave(ctx, ana, to)) // bo succeeds
		w.refused(second(w.Post(ctx, ana, conversation.Draft{Conversation: from, Body: "x", Key: "k"})), parley.ErrConflict)
		w.must(w.Add(ctx, bo, to, []parley.ID{ana.ID}))
		w.must(w.SetPower(ctx, bo, to, ana.ID, parley.ConversationManager))
		back, err := w.Move(ctx, ana, place, from)
		w.must(err)
		if stub, err := w.Message(ctx, cy, at(root)); err != nil || stub.MovedTo.Conversation != to || back.Seq <= last.Seq {
			w.t.Errorf("%+v, %v", stub, err)
		}
		w.finds(cy, "cherry", parley.Message{Conversation: from, Seq: back.Seq})
	})
}

func TestMentioningEveryoneCannotBeSmuggledIntoALargeRoom(t *testing.T) {
	each(t, func(w *world) {
		boss := w.person("boss", parley.Admin)
		var people []parley.Person
		for i := range parley.LargeRoom {
			people = append(people, w.person(fmt.Sprint("p", i), parley.MemberRole))
		}
		large, small := w.channel(boss, parley.Public, "large", people...), w.channel(people[0], parley.Private, "small")
		loud, quiet := w.say(people[0], small, "@everyone coffee"), w.say(people[0], small, "coffee")
		w.refused(second(w.Move(ctx, people[0], at(loud), large)), parley.ErrForbidden)
		place, err := w.Move(ctx, people[0], at(quiet), large)
		w.must(err)
		w.refused(second(w.Edit(ctx, people[0], place, "@everyone coffee")), parley.ErrForbidden)
		if n := w.get(people[1], large).Me.Mentions; n != 0 {
			w.t.Errorf("%d mentions", n)
		}
	})
}

func TestMovesInOppositeDirectionsDoNotWaitForEachOther(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", parley.MemberRole)
		a, b := w.channel(ana, parley.Private, "a"), w.channel(ana, parley.Private, "b")
		var there, back []parley.Message
		for i := range 12 {
			there, back = append(there, w.say(ana, a, "a%d", i)), append(back, w.say(ana, b, "b%d", i))
		}
		other := conversation.New(conversation.Options{DB: w.db, Live: &listener{}, Rules: rules{}})
		var all sync.WaitGroup
		for i := range there {
			all.Go(func() {
				if _, err := w.Move(context.Background(), ana, at(there[i]), b); err != nil {
					w.t.Error(err)
				}
			})
			all.Go(func() {
				if _, err := other.Move(context.Background(), ana, at(back[i]), a); err != nil {
					w.t.Error(err)
				}
			})
			all.Go(func() { w.say(ana, a, "meanwhile") })
		}
		all.Wait()
		for _, c := range []parley.ID{a, b} {
			kinds, changes := map[parley.MessageKind]int{}, map[int64]bool{}
			for i, m := range w.all(ana, c) {
				if m.Seq != int64(i+1) || changes[m.Change] {
					w.t.Fatalf("%d stands at %d with change %d", m.Seq, i+1, m.Change)
				}
				changes[m.Change] = true
				kinds[m.Kind]++
			}
			if kinds[parley.Moved] != 12 || kinds[parley.Text] < 12 {
				w.t.Errorf("there are %v", kinds)
			}
		}
	})
}
