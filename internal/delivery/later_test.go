package delivery_test

import (
	"errors"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

func TestAMessageIsSentLaterOnceAndByItsTime(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "America/Los_Angeles")
		dm := w.direct(ada, bo)
		at := w.now.Add(2 * time.Hour)
		kept, err := w.Schedule(t.Context(), ada, conversation.Draft{Conversation: dm, Body: "later"}, delivery.Later{At: at})
		w.must(err)
		work, err := w.Schedule(t.Context(), ada, conversation.Draft{Conversation: dm, Body: "good morning"}, delivery.Later{Work: true})
		w.must(err)
		if want := time.Date(2026, 11, 23, 17, 0, 0, 0, time.UTC); !work.At.Equal(want) {
			t.Errorf("when he starts work is %s, want %s", work.At, want)
		}
		list, err := w.Scheduled(t.Context(), ada)
		if err != nil || len(list) != 2 || list[0].ID != kept.ID {
			t.Fatalf("scheduled %+v %v", list, err)
		}
		w.until(at.Add(-time.Second))
		if got := w.messages(ada, dm); len(got) != 0 {
			t.Errorf("said too early: %v", got)
		}
		w.until(at.Add(time.Second))
		if got := w.messages(ada, dm); len(got) != 1 || got[0].Body != "later" || !got[0].CreatedAt.Equal(at) {
			t.Errorf("said %+v", got)
		}
		w.move(bo, "Asia/Tokyo") // he has moved: his day begins at midnight UTC
		w.settle()
		list, err = w.Scheduled(t.Context(), ada)
		if want := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC); err != nil || len(list) != 1 || !list[0].At.Equal(want) {
			t.Errorf("after he moved: %+v %v", list, err)
		}
		w.must(w.Unschedule(t.Context(), ada, work.ID))
		w.pass(48 * time.Hour)
		if got := w.messages(ada, dm); len(got) != 1 {
			t.Errorf("said although thrown away: %v", got)
		}
	})
}

func TestWhatCannotBeSentWaitsForItsAuthor(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		room := w.channel(ada, bo)
		_, err := w.Schedule(t.Context(), bo, conversation.Draft{Conversation: room, Body: "later"}, delivery.Later{At: w.now.Add(time.Hour)})
		w.must(err)
		w.must(w.conversations.Remove(t.Context(), ada, room, bo.ID))
		w.pass(2 * time.Hour)
		list, err := w.Scheduled(t.Context(), bo)
		if err != nil || len(list) != 1 || list[0].Error == "" {
			t.Errorf("scheduled %+v %v", list, err)
		}
	})
}

func TestWhatIsPutOffComesBackAndIsToldAgain(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		m := w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "the lease?"})
		w.pass(time.Minute)
		w.read(bo, m) // what was read can be put off, too
		w.must(w.Undone(t.Context(), bo, m.ID))
		w.must(w.Snooze(t.Context(), bo, m.ID, time.Time{}, true))
		in := w.inbox(bo)
		if len(in.Items) != 0 || len(in.Later) != 1 || !in.Later[0].Until.Equal(time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)) {
			t.Fatalf("inbox %+v", in)
		}
		w.pass(time.Hour)
		if n := len(w.email.to(bo)); n != 0 {
			t.Errorf("mailed %d times while it is put off", n)
		}
		w.until(time.Date(2026, 11, 24, 8, 1, 0, 0, time.UTC))
		if in := w.inbox(bo); len(in.Items) != 1 || len(in.Later) != 0 {
			t.Errorf("the next morning %+v", in)
		}
		if n := len(w.push.to(bo)); n != 2 {
			t.Errorf("told %d times in all", n)
		}
		w.must(w.Done(t.Context(), bo, m.ID))
		w.must(w.Undone(t.Context(), bo, m.ID))
		if in := w.inbox(bo); len(in.Items) != 1 {
			t.Errorf("brought back: %+v", in)
		}
	})
}

func TestAReminderComesAtItsTimeAndAgain(t *testing.T) {
	each(t, func(w *world) {
		ada := w.person("ada", "Europe/Berlin")
		room := w.channel(ada)
		m := w.say(ada, conversation.Draft{Conversation: room, Body: "the report is due each week"})
		place := parley.Place{Conversation: room, Seq: m.Seq}
		r, err := w.Remind(t.Context(), ada, place, w.now.Add(time.Hour), "workday", "report!")
		w.must(err)
		w.pass(61 * time.Minute)
		in := w.inbox(ada)
		if len(in.Items) != 1 || in.Items[0].Wants != parley.WantsReminder || in.Items[0].Note != "report!" {
			t.Fatalf("inbox %+v", in)
		}
		if got := w.push.to(ada); len(got) != 1 || got[0].What != parley.NoticeRemind {
			t.Errorf("told %+v", got)
		}
		w.must(w.Done(t.Context(), ada, m.ID))
		w.until(monday.AddDate(0, 0, 7)) // four more workdays; Saturday and Sunday are none
		if n := len(w.push.to(ada)); n != 5 {
			t.Errorf("told %d times in a week", n)
		}
		list, err := w.Reminders(t.Context(), ada)
		if want := monday.AddDate(0, 0, 7).Add(time.Hour); err != nil || len(list) != 1 || !list[0].At.Equal(want) {
			t.Errorf("reminders %+v %v", list, err)
		}
		w.must(w.Forget(t.Context(), ada, r.ID))
		w.pass(48 * time.Hour)
		if n := len(w.push.to(ada)); n != 5 {
			t.Errorf("told %d times although it was ended", n)
		}
	})
}

func TestNextKeepsTheWallClock(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	week := []parley.Hours{{Day: 1, From: "09:00", To: "17:00"}, {Day: 4, From: "09:00", To: "17:00"}}
	for _, c := range []struct{ every, clock, now, want string }{
		{"day", "2026-03-27T09:00", "2026-03-28T09:00", "2026-03-29T09:00"}, // over the night in which the clocks change
		{"day", "2026-10-24T02:30", "2026-10-24T12:00", "2026-10-25T02:30"}, // the first of the two
		{"week", "2026-11-25T08:00", "2026-11-25T08:00", "2026-12-02T08:00"},
		{"workday", "2026-11-23T08:00", "2026-11-23T10:00", "2026-11-26T08:00"},
		{"month", "2026-01-31T10:00", "2026-01-31T10:00", "2026-02-28T10:00"},
		{"month", "2026-01-31T10:00", "2026-02-28T10:00", "2026-03-31T10:00"},
	} {
		at := func(s string) time.Time {
			t.Helper()
			v, err := time.ParseInLocation("2006-01-02T15:04", s, berlin)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		got, err := delivery.Next(c.every, c.clock, delivery.Calendar{Zone: berlin, Hours: week}, at(c.now))
		if err != nil || got.In(berlin).Format("2006-01-02T15:04") != c.want {
			t.Errorf("every %s from %s, after %s: %s %v, want %s", c.every, c.clock, c.now, got.In(berlin), err, c.want)
		}
	}
	if _, err := delivery.Next("year", "2026-01-31T10:00", delivery.Calendar{Zone: berlin}, monday); !errors.Is(err, parley.ErrInvalid) {
		t.Errorf("every year: %v", err)
	}
}
