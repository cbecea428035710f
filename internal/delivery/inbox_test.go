package delivery_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

func TestAnInboxIsOrderedByNeedAndTimeLeft(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		room, dm := w.channel(ada, bo), w.direct(ada, bo)
		w.say(ada, conversation.Draft{Conversation: dm, Body: "hello"})
		w.say(ada, conversation.Draft{Conversation: room, Body: "said to nobody"})
		w.say(ada, conversation.Draft{Conversation: room, Body: "in no hurry, @bo", Need: parley.Whenever})
		w.say(ada, conversation.Draft{Conversation: room, Body: "by tomorrow", Need: parley.AnswerBy, By: w.now.Add(24 * time.Hour)})
		w.say(ada, conversation.Draft{Conversation: room, Body: "by noon, @bo", Need: parley.AnswerBy, By: w.now.Add(2 * time.Hour)})
		w.say(ada, conversation.Draft{Conversation: room, Body: "now, @bo", Need: parley.Urgent, Reason: "fire"})
		var got []string
		for _, it := range w.inbox(bo).Items {
			got = append(got, it.Message.Body)
		}
		want := []string{"now, @bo", "by noon, @bo", "by tomorrow", "hello"}
		if len(got) != len(want) {
			t.Fatalf("inbox %q, want %q", got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("inbox %q, want %q", got, want)
			}
		}
	})
}

func TestWhatIsHandedOverIsTheOthers(t *testing.T) {
	each(t, func(w *world) {
		ada, bo, cy, dee := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin"), w.person("cy", "Europe/Berlin"), w.person("dee", "Europe/Berlin")
		room := w.channel(ada, bo, cy)
		m := w.say(ada, conversation.Draft{Conversation: room, Body: "@bo which?", Need: parley.AnswerBy, By: w.now.Add(4 * time.Hour)})
		if err := w.HandOver(t.Context(), bo, m.ID, dee.ID, ""); !errors.Is(err, parley.ErrInvalid) {
			t.Errorf("handed to who is no member: %v", err)
		}
		w.must(w.HandOver(t.Context(), bo, m.ID, cy.ID, "you know this better"))
		in := w.inbox(cy)
		if len(in.Items) != 1 || in.Items[0].From != bo.ID || in.Items[0].Note != "you know this better" || in.Items[0].Wants != parley.WantsAnswer {
			t.Fatalf("cy has %+v", in.Items)
		}
		if in := w.inbox(bo); len(in.Items) != 0 {
			t.Errorf("bo still has %+v", in.Items)
		}
		asked := func(waiting ...parley.ID) {
			t.Helper()
			list, err := w.Asked(t.Context(), ada)
			w.must(err)
			var got []parley.ID
			for _, a := range list {
				got = append(got, a.Waiting...)
			}
			if !slices.Equal(got, waiting) {
				t.Errorf("ada waits for %v, want %v", got, waiting)
			}
		}
		asked(cy.ID)
		w.pass(3 * time.Hour)
		if len(w.push.to(cy)) == 0 {
			t.Error("cy was not told")
		}
		w.say(cy, conversation.Draft{Conversation: room, Thread: m.Seq, Body: "the first"})
		asked()
		w.pass(2 * time.Hour)
		if len(w.push.to(bo)) != 0 {
			t.Errorf("bo was told %+v", w.push.to(bo))
		}
	})
}

func TestWhatIsUrgentIsAcknowledgedNotDone(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		m := w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "now", Need: parley.Urgent, Reason: "fire"})
		if err := w.Done(t.Context(), bo, m.ID); !errors.Is(err, parley.ErrConflict) {
			t.Errorf("done: %v", err)
		}
		got, err := w.conversations.Acknowledge(t.Context(), bo, parley.Place{Conversation: m.Conversation, Seq: m.Seq})
		if err != nil || len(got.Answers) != 1 || got.Answers[0].How != parley.Acknowledged {
			t.Fatalf("acknowledge: %+v %v", got.Answers, err)
		}
		w.pass(time.Hour)
		if len(w.inbox(bo).Items)+len(w.inbox(ada).Items) != 0 || len(w.email.to(bo)) != 0 {
			t.Error("it goes on although it was acknowledged")
		}
		if d := w.delivered(ada, m, bo); d.State != parley.DeliveryAcknowledged {
			t.Errorf("delivery %+v", d)
		}
	})
}

func TestWhoSaysSomethingHasReadWhatStoodBefore(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		room := w.channel(ada, bo)
		w.say(ada, conversation.Draft{Conversation: room, Body: "@bo look"})
		w.say(bo, conversation.Draft{Conversation: room, Body: "I have"})
		if in := w.inbox(bo); len(in.Items) != 0 {
			t.Errorf("inbox %+v", in.Items)
		}
		w.pass(time.Hour)
		if len(w.push.to(bo))+len(w.email.to(bo)) != 0 {
			t.Error("told of what he has answered")
		}
	})
}

func TestWhoMarksAsUnreadHasItInTheirInboxAgain(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		m := w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "hello"})
		w.read(bo, m)
		if in := w.inbox(bo); len(in.Items) != 0 {
			t.Fatalf("inbox %+v", in)
		}
		_, err := w.conversations.Read(t.Context(), bo, m.Conversation, m.Seq-1)
		w.must(err)
		if in := w.inbox(bo); len(in.Items) != 1 {
			t.Errorf("inbox %+v", in)
		}
	})
}

func TestWhatOneMayNotSeeIsInNoInbox(t *testing.T) {
	each(t, func(w *world) {
		ada, bo, cy := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin"), w.person("cy", "Europe/Berlin")
		room := w.channel(ada, bo)
		m := w.say(ada, conversation.Draft{Conversation: room, Body: "@bo look"})
		w.must(w.conversations.Remove(t.Context(), ada, room, bo.ID))
		w.pass(time.Hour)
		if in := w.inbox(bo); len(in.Items) != 0 || len(w.push.to(bo)) != 0 {
			t.Errorf("bo has %+v, was told %+v", in.Items, w.push.to(bo))
		}
		place := parley.Place{Conversation: room, Seq: m.Seq}
		for what, err := range map[string]error{
			"trace":       second(w.Trace(t.Context(), cy, place)),
			"done":        w.Done(t.Context(), cy, m.ID),
			"snooze":      w.Snooze(t.Context(), cy, m.ID, w.now.Add(time.Hour), false),
			"hand over":   w.HandOver(t.Context(), cy, m.ID, bo.ID, ""),
			"acknowledge": w.Acknowledge(t.Context(), cy, m.ID),
			"remind":      second(w.Remind(t.Context(), cy, place, w.now.Add(time.Hour), "", "")),
			"forecast":    second(w.Forecast(t.Context(), cy, conversation.Draft{Conversation: room, Body: "x"})),
			"schedule":    second(w.Schedule(t.Context(), cy, conversation.Draft{Conversation: room, Body: "x"}, delivery.Later{At: w.now.Add(time.Hour)})),
		} {
			if !errors.Is(err, parley.ErrNotFound) {
				t.Errorf("%s of what cy may not see: %v", what, err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestAForecastSaysWhatThenHappens(t *testing.T) {
	each(t, func(w *world) {
		ada, bo, cy, dee := w.person("ada", "Europe/Berlin"), w.person("bo", "America/Los_Angeles"), w.person("cy", "Europe/Berlin"), w.person("dee", "Europe/Berlin")
		w.live.using[cy.ID] = true
		room := w.channel(ada, bo, cy, dee)
		f, err := w.Forecast(t.Context(), ada, conversation.Draft{Conversation: room, Body: "@bo @cy look"})
		w.must(err)
		if f.Total != 3 || f.Now != 1 || f.Later != 2 || f.Quiet != 0 { // dee finds it in her summary
			t.Errorf("forecast %+v", f)
		}
		begin := time.Date(2026, 11, 23, 17, 0, 0, 0, time.UTC)
		for _, p := range f.People {
			switch p.Person {
			case bo.ID:
				if !p.At.Equal(begin) || p.Way != parley.AddressPush || p.Urgent != nil { // it is one at night there
					t.Errorf("bo %+v", p)
				}
			case cy.ID:
				if !p.At.Equal(w.now) || p.Way != parley.AddressApp {
					t.Errorf("cy %+v", p)
				}
			}
		}
		w.say(ada, conversation.Draft{Conversation: room, Body: "@bo @cy look"})
		w.until(begin.Add(time.Minute))
		if got := w.push.to(bo); len(got) != 1 || !got[0].at.Equal(begin) {
			t.Errorf("bo was told %+v", got)
		}
		if got := w.live.on(cy, parley.EventNotice); len(got) != 1 {
			t.Errorf("cy was told %+v", got)
		}
	})
}

func TestSomebodyBackFromLeaveCatchesUp(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		room, dm := w.channel(ada, bo), w.direct(ada, bo)
		begin := w.now
		_, err := w.ChangeReach(t.Context(), bo, delivery.ReachChange{Leave: &parley.Leave{From: w.now, To: w.now.AddDate(0, 0, 7)}})
		w.must(err)
		for range 3 {
			w.say(ada, conversation.Draft{Conversation: room, Body: "this and that"})
			w.pass(24 * time.Hour)
		}
		w.say(ada, conversation.Draft{Conversation: room, Body: "@bo this is for you"})
		w.say(ada, conversation.Draft{Conversation: dm, Body: "welcome back"})
		if n := len(w.push.to(bo)) + len(w.email.to(bo)); n != 0 {
			t.Errorf("told %d times on leave", n)
		}
		w.until(begin.AddDate(0, 0, 7).Add(time.Minute))
		u, err := w.CatchUp(t.Context(), bo, time.Time{})
		w.must(err)
		if !u.Since.Equal(begin) {
			t.Errorf("since %s, want %s: when he went", u.Since, begin)
		}
		if len(u.Waiting) != 2 || len(u.Conversations) != 2 || u.Conversations[0].Conversation != room || u.Conversations[0].Unread != 4 ||
			u.Conversations[0].Messages[len(u.Conversations[0].Messages)-1].Body != "@bo this is for you" {
			t.Errorf("catch up %+v", u)
		}
		if got := w.push.to(bo); len(got) != 1 || len(got[0].Notes) != 2 {
			t.Errorf("back at work he was told %+v", got)
		}
	})
}

func TestWhatWasNotSeenComesAsOneSummaryInTheMorning(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		room := w.channel(ada, bo)
		w.must(w.BeginMornings(t.Context()))
		w.say(ada, conversation.Draft{Conversation: room, Body: "one"})
		w.say(ada, conversation.Draft{Conversation: room, Body: "two"})
		w.until(time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC))
		var summaries []told
		for _, m := range w.email.to(bo) {
			if m.What == parley.NoticeSummarise {
				summaries = append(summaries, m)
			}
		}
		if len(summaries) != 1 || len(summaries[0].Notes) != 1 || summaries[0].at.Hour() != 8 {
			t.Errorf("summaries %+v", summaries)
		}
	})
}
