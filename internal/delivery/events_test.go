package delivery_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// A client that applies the events of its own stream has what it would get by fetching its Inbox again, whatever people do.
func TestEventsAppliedToAnInboxGiveWhatARefetchGives(t *testing.T) {
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(string(d), func(t *testing.T) {
			w := newWorld(t, storetest.Open(t, storetest.Options(t, d)), monday)
			n := 0
			rapid.Check(t, func(rt *rapid.T) {
				n++
				newStory(w, rt, n).tell()
			})
		})
	}
}

// story is a random run of what people do with what wants something of them.
type story struct {
	*world
	rt     *rapid.T
	people []parley.Person
	rooms  []parley.ID
	said   []parley.Message
}

func newStory(w *world, rt *rapid.T, n int) *story {
	s := &story{world: w, rt: rt}
	w.live.events = nil
	for _, name := range []string{"ada", "bo", "cy"} {
		s.people = append(s.people, w.person(fmt.Sprint(name, n), "Europe/Berlin"))
	}
	a, b, c := s.people[0], s.people[1], s.people[2]
	s.rooms = []parley.ID{w.channel(a, b, c), w.direct(a, b), w.create(b, conversation.Beginning{Kind: parley.Group, People: []parley.ID{a.ID, c.ID}})}
	return s
}

func (s *story) pick(n int, what string) int { return rapid.IntRange(0, n-1).Draw(s.rt, what) }

func (s *story) tell() {
	for range rapid.IntRange(5, 40).Draw(s.rt, "steps") {
		s.step()
		s.settle()
	}
	for _, p := range s.people {
		s.compare(p)
	}
}

// step does one thing that somebody might; what is refused changes nothing.
func (s *story) step() {
	by := s.people[s.pick(len(s.people), "who")]
	ctx := s.ctx
	if len(s.said) == 0 || s.pick(3, "say") == 0 {
		d := conversation.Draft{Conversation: s.rooms[s.pick(len(s.rooms), "where")], Body: "well, @" + s.people[s.pick(3, "whom")].Handle, Via: parley.ViaApp}
		switch s.pick(4, "need") {
		case 0:
			d.Need, d.By = parley.AnswerBy, s.now.Add(time.Duration(1+s.pick(30, "hours"))*time.Hour)
		case 1:
			d.Need, d.Reason = parley.Urgent, "fire"
		case 2:
			d.Body = "well"
		}
		if len(s.said) > 0 && s.pick(3, "thread") == 0 {
			if root := s.said[s.pick(len(s.said), "root")]; root.Conversation == d.Conversation && root.Thread == 0 {
				d.Thread = root.Seq
			}
		}
		if posted, err := s.conversations.Post(ctx, by, d); err == nil {
			s.said = append(s.said, posted.Message)
		}
		return
	}
	m := s.said[s.pick(len(s.said), "what")]
	at := parley.Place{Conversation: m.Conversation, Seq: m.Seq}
	switch s.pick(11, "verb") {
	case 0, 1:
		_, _ = s.conversations.Read(ctx, by, m.Conversation, m.Seq-int64(s.pick(2, "back")))
	case 2:
		_, _ = s.conversations.Acknowledge(ctx, by, at)
	case 3:
		_ = s.Done(ctx, by, m.ID)
	case 4:
		_ = s.Undone(ctx, by, m.ID)
	case 5:
		_ = s.Snooze(ctx, by, m.ID, s.now.Add(time.Duration(1+s.pick(48, "later"))*time.Hour), false)
	case 6:
		_ = s.HandOver(ctx, by, m.ID, s.people[s.pick(3, "to")].ID, "please")
	case 7:
		_, _ = s.conversations.Withdraw(ctx, by, at)
	case 8:
		_ = s.conversations.Delete(ctx, by, at)
	case 9:
		_, _ = s.Remind(ctx, by, at, s.now.Add(time.Hour), "", "remember")
	case 10:
		s.pass(time.Duration(1+s.pick(20, "pass")) * time.Hour)
	}
}

// seen is as much of an item as a client decides by.
type seen struct {
	Wants, Because, Note, Body string
	From                       parley.ID
	Until                      int64
}

func seenOf(it parley.Item) seen {
	v := seen{Wants: string(it.Wants), Because: it.Because, Note: it.Note, Body: it.Message.Body, From: it.From}
	if it.Until != nil {
		v.Until = it.Until.UnixMilli()
	}
	return v
}

func (s *story) compare(p parley.Person) {
	s.t.Helper()
	app, versions := map[parley.ID]seen{}, map[parley.ID]int64{}
	for _, e := range s.live.all(p) {
		switch e.Type {
		case parley.EventInbox:
			if id := e.Item.Message.ID; e.Item.Version >= versions[id] {
				app[id], versions[id] = seenOf(*e.Item), e.Item.Version
			}
		case parley.EventInboxGone:
			delete(app, e.Gone)
		}
	}
	in := s.inbox(p)
	fetched := map[parley.ID]seen{}
	for _, it := range append(in.Items, in.Later...) {
		fetched[it.Message.ID] = seenOf(it)
	}
	if diff := cmp.Diff(fetched, app); diff != "" {
		s.rt.Fatalf("%s: events give other than a refetch (-fetched +events):\n%s", p.Handle, diff)
	}
}
