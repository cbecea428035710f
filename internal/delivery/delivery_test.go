package delivery_test

import (
	"errors"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

func TestSomebodyAwayInTheirHoursIsToldAtOnceAndByTheNextWayWhenTheyDoNotLook(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		m := w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "lunch?"})
		if n := len(w.push.to(bo)); n != 0 {
			t.Errorf("told %d times while it can be taken back", n)
		}
		w.pass(delivery.Hold)
		if got := w.push.to(bo); len(got) != 1 || got[0].What != parley.NoticeTell || got[0].Notes[0].Message != m.ID {
			t.Fatalf("told %+v", got)
		}
		if in := w.inbox(bo); len(in.Items) != 1 || in.Items[0].Wants != parley.WantsLook || in.Items[0].Message.Body != "lunch?" {
			t.Errorf("inbox %+v", in)
		}
		w.pass(29 * time.Minute)
		if n := len(w.email.to(bo)); n != 0 {
			t.Errorf("mailed %d times before half an hour", n)
		}
		w.pass(2 * time.Minute)
		if n := len(w.email.to(bo)); n != 1 {
			t.Errorf("mailed %d times after half an hour", n)
		}
		w.read(bo, m)
		if in := w.inbox(bo); len(in.Items) != 0 {
			t.Errorf("still in the inbox: %+v", in)
		}
		if d := w.delivered(ada, m, bo); d.State != parley.DeliverySeen || d.Next != nil {
			t.Errorf("delivery %+v", d)
		}
	})
}

func TestWhoLooksIsNotToldByTheNextWay(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		m := w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "lunch?"})
		w.pass(time.Minute)
		w.read(bo, m)
		w.pass(24 * time.Hour)
		if len(w.push.to(bo)) != 1 || len(w.email.to(bo)) != 0 {
			t.Errorf("pushed %d, mailed %d", len(w.push.to(bo)), len(w.email.to(bo)))
		}
	})
}

func TestOutsideTheirHoursNothingIsToldUntilTheyBeginAndThenAllAtOnce(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "America/Los_Angeles")
		dm := w.direct(ada, bo)
		w.say(ada, conversation.Draft{Conversation: dm, Body: "one"})
		w.pass(time.Minute)
		w.say(ada, conversation.Draft{Conversation: dm, Body: "two"})
		begin := time.Date(2026, 11, 23, 17, 0, 0, 0, time.UTC) // nine in Los Angeles
		in := w.inbox(bo)
		if in.Held.Messages != 2 || in.Held.Until == nil || !in.Held.Until.Equal(begin) {
			t.Errorf("held %+v", in.Held)
		}
		w.until(begin.Add(-time.Second))
		if n := len(w.push.to(bo)); n != 0 {
			t.Errorf("told %d times at night", n)
		}
		w.until(begin.Add(time.Second))
		got := w.push.to(bo)
		if len(got) != 1 || got[0].What != parley.NoticeBundle || len(got[0].Notes) != 2 || !got[0].at.Equal(begin) {
			t.Errorf("told %+v", got)
		}
	})
}

func TestAnUrgentMessageClimbsUntilSomebodyHasIt(t *testing.T) {
	each(t, func(w *world) {
		ada, bo, cleo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin"), w.person("cleo", "Europe/Berlin")
		_, err := w.ChangeReach(t.Context(), bo, delivery.ReachChange{Deputies: &[]parley.ID{cleo.ID}})
		w.must(err)
		m := w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "the shop is down", Need: parley.Urgent, Reason: "customers cannot pay"})
		if got := w.push.to(bo); len(got) != 1 || !got[0].Urgent {
			t.Fatalf("not told at once: %+v", got)
		}
		if got := w.live.on(bo, parley.EventInbox); len(got) != 1 || got[0].Item.Wants != parley.WantsAcknowledge {
			t.Errorf("his apps heard %+v", got)
		}
		w.pass(2 * time.Minute)
		if len(w.email.to(bo)) != 1 {
			t.Error("not told by the next way")
		}
		w.pass(6 * time.Minute)
		in := w.inbox(cleo)
		if len(in.Items) != 1 || in.Items[0].Because != "deputy" || in.Items[0].From != bo.ID || in.Items[0].Message.Body != "" || in.Items[0].Message.Reason != "customers cannot pay" {
			t.Fatalf("the deputy has %+v", in.Items)
		}
		w.must(w.Acknowledge(t.Context(), cleo, m.ID))
		w.pass(time.Hour)
		if in := w.inbox(ada); len(in.Items) != 0 {
			t.Errorf("reported although somebody has it: %+v", in.Items)
		}
		if d := w.delivered(ada, m, bo); d.Next != nil {
			t.Errorf("still going: %+v", d)
		}
	})
}

func TestAnUrgentMessageThatNobodyHasComesBackToItsSender(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		m := w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "help", Need: parley.Urgent, Reason: "fire"})
		w.pass(time.Hour)
		in := w.inbox(ada)
		if len(in.Items) != 1 || in.Items[0].Wants != parley.WantsReport || in.Items[0].From != bo.ID {
			t.Fatalf("ada has %+v", in.Items)
		}
		if d := w.delivered(ada, m, bo); d.State != parley.DeliveryMissed {
			t.Errorf("delivery %+v", d)
		}
		if got := w.push.to(ada); len(got) != 1 || got[0].What != parley.NoticeReport || got[0].Notes[0].About != bo.ID || got[0].Notes[0].Why != string(delivery.ForNobody) {
			t.Errorf("ada was told %+v", got)
		}
	})
}

func TestWhoSetsNothingIsNotWoken(t *testing.T) {
	each(t, func(w *world) {
		w.now = time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "help", Need: parley.Urgent, Reason: "fire"})
		w.pass(4 * time.Hour) // seven
		if n := len(w.push.to(bo)) + len(w.email.to(bo)); n != 0 {
			t.Errorf("told %d times at night", n)
		}
		if in := w.inbox(ada); len(in.Items) != 1 {
			t.Errorf("ada does not know: %+v", in.Items)
		}
		w.pass(4 * time.Hour)
		if len(w.push.to(bo)) == 0 {
			t.Error("not told in the morning")
		}
	})
}

func TestUrgentMessagesHaveABudget(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		d := conversation.Draft{Conversation: w.direct(ada, bo), Body: "help", Need: parley.Urgent, Reason: "fire"}
		for range 3 {
			w.say(ada, d)
		}
		_, err := w.conversations.Post(t.Context(), ada, d)
		var field *parley.FieldError
		if !errors.Is(err, parley.ErrLimited) || !errors.As(err, &field) || field.Code != "budget" {
			t.Errorf("the fourth: %v", err)
		}
		w.pass(24 * time.Hour)
		w.say(ada, d)
	})
}

func TestAnAnswerIsRemindedOfAndReportedWhenItDoesNotCome(t *testing.T) {
	each(t, func(w *world) {
		ada, bo, cy := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin"), w.person("cy", "Europe/Berlin")
		room := w.channel(ada, bo, cy)
		m := w.say(ada, conversation.Draft{Conversation: room, Body: "which of the two?", Need: parley.AnswerBy, By: w.now.Add(4 * time.Hour)})
		w.pass(time.Minute)
		if asked, err := w.Asked(t.Context(), ada); err != nil || len(asked) != 1 || asked[0].Total != 2 || asked[0].Answered != 0 {
			t.Fatalf("asked %+v %v", asked, err)
		}
		w.say(bo, conversation.Draft{Conversation: room, Thread: m.Seq, Body: "the first"})
		w.pass(5 * time.Hour)
		if n := len(w.push.to(bo)); n != 1 {
			t.Errorf("bo, who has answered, was told %d times", n)
		}
		if n := len(w.push.to(cy)) + len(w.email.to(cy)); n != 3 {
			t.Errorf("cy was told %d times, want at once, at half and at nine tenths", n)
		}
		in := w.inbox(ada)
		if len(in.Items) != 2 { // the answer in her thread, and the report
			t.Errorf("ada has %+v", in.Items)
		}
		got, err := w.conversations.Message(t.Context(), ada, parley.Place{Conversation: room, Seq: m.Seq})
		if err != nil || len(got.Answers) != 1 || got.Answers[0].Person != bo.ID || got.Answers[0].How != parley.Answered {
			t.Errorf("answers %+v %v", got.Answers, err)
		}
	})
}

func TestAMessageCanBeTakenBackUntilItHasReachedSomebody(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		dm := w.direct(ada, bo)
		first := w.say(ada, conversation.Draft{Conversation: dm, Body: "oops"})
		w.pass(delivery.Hold - time.Second)
		draft, err := w.conversations.Withdraw(t.Context(), ada, parley.Place{Conversation: dm, Seq: first.Seq})
		if err != nil || draft.Body != "oops" {
			t.Fatalf("withdraw: %+v %v", draft, err)
		}
		w.pass(time.Hour)
		if n := len(w.push.to(bo)) + len(w.email.to(bo)); n != 0 || len(w.inbox(bo).Items) != 0 {
			t.Errorf("told %d times, inbox %+v", n, w.inbox(bo))
		}
		second := w.say(ada, conversation.Draft{Conversation: dm, Body: "hello"})
		w.pass(time.Minute)
		if _, err := w.conversations.Withdraw(t.Context(), ada, parley.Place{Conversation: dm, Seq: second.Seq}); !errors.Is(err, parley.ErrConflict) {
			t.Errorf("taken back although bo was told: %v", err)
		}
	})
}

func TestWhenTheirRulesChangeWhatIsOnItsWayIsPlannedAnew(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "when you can"})
		_, err := w.Focus(t.Context(), bo, w.now.Add(2*time.Hour))
		w.must(err)
		w.pass(119 * time.Minute)
		if n := len(w.push.to(bo)); n != 0 {
			t.Errorf("told %d times in focus", n)
		}
		w.pass(2 * time.Minute)
		if n := len(w.push.to(bo)); n != 1 {
			t.Errorf("told %d times after it", n)
		}
	})
}
