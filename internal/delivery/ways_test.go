package delivery_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

func TestAWayThatIsAwayIsTriedAgain(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		w.push.fail = fmt.Errorf("push service: %w", parley.ErrUnavailable)
		m := w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "hello"})
		w.pass(5 * time.Minute)
		if len(w.push.to(bo)) != 0 {
			t.Fatal("told by a way that is away")
		}
		w.push.fail = nil
		w.pass(10 * time.Minute)
		if n := len(w.push.to(bo)); n != 1 {
			t.Errorf("told %d times when it was back", n)
		}
		if d := w.delivered(ada, m, bo); d.State != parley.DeliveryTold {
			t.Errorf("delivery %+v", d)
		}
	})
}

func TestAWayThatIsAwayForLongIsGivenUpAndNotTriedAtNight(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		w.email.none = map[parley.ID]bool{bo.ID: true}
		w.push.fail = fmt.Errorf("push service: %w", parley.ErrUnavailable)
		m := w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "hello"})
		w.until(monday.Add(10 * time.Hour)) // in the evening
		w.push.fail = nil
		w.pass(10 * time.Hour)
		if n := len(w.push.to(bo)); n != 0 {
			t.Errorf("told %d times at night", n)
		}
		w.push.fail = fmt.Errorf("push service: %w", parley.ErrUnavailable)
		w.pass(48 * time.Hour)
		if steps := w.delivered(ada, m, bo).Steps; len(steps) != 1 || steps[0].State != "failed" {
			t.Errorf("steps %+v", steps)
		}
	})
}

func TestWhenAWayRefusesTheNextIsTriedAtOnce(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		w.push.fail = fmt.Errorf("gone: %w", parley.ErrInvalid)
		m := w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "hello"})
		w.pass(time.Minute)
		if n := len(w.email.to(bo)); n != 1 {
			t.Errorf("mailed %d times within a minute", n)
		}
		steps := w.delivered(ada, m, bo).Steps
		if len(steps) != 2 || steps[0].State != "failed" || steps[1].State != "done" {
			t.Errorf("steps %+v", steps)
		}
	})
}

func TestWhoHasNoWayBesideTheAppFindsItThere(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		w.push.none, w.email.none = map[parley.ID]bool{bo.ID: true}, map[parley.ID]bool{bo.ID: true}
		w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "hello"})
		w.pass(time.Hour)
		if in := w.inbox(bo); len(in.Items) != 1 {
			t.Errorf("inbox %+v", in)
		}
	})
}

func TestWhoUsesTheAppIsToldThereAndByTheNextWayOnlyWhenTheyDoNotLook(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		w.live.using[bo.ID] = true
		w.say(ada, conversation.Draft{Conversation: w.direct(ada, bo), Body: "hello"})
		if got := w.live.on(bo, parley.EventNotice); len(got) != 1 {
			t.Errorf("heard %+v", got)
		}
		w.pass(29 * time.Minute)
		if n := len(w.push.to(bo)) + len(w.email.to(bo)); n != 0 {
			t.Errorf("told %d times beside the app", n)
		}
		w.pass(2 * time.Minute)
		if n := len(w.email.to(bo)); n != 1 {
			t.Errorf("mailed %d times", n)
		}
	})
}

func TestLevelsDecideWhatIsDelivered(t *testing.T) {
	each(t, func(w *world) {
		ada, bo := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin")
		room := w.channel(ada, bo)
		for _, c := range []struct {
			level parley.Level
			muted bool
			body  string
			need  parley.Need
			want  int
		}{
			{parley.LevelDefault, false, "to nobody", "", 0},
			{parley.LevelDefault, false, "@bo", "", 1},
			{parley.LevelDefault, false, "@everyone", "", 1},
			{parley.LevelAll, false, "to nobody", "", 1},
			{parley.LevelNothing, false, "@bo", "", 0},
			{parley.LevelAll, true, "@bo", "", 0},
			{parley.LevelNothing, true, "@bo now", parley.Urgent, 1},
		} {
			_, err := w.conversations.SetMine(t.Context(), bo, room, conversation.Mine{Level: &c.level, Muted: &c.muted})
			w.must(err)
			w.pass(time.Minute) // what a channel's members want is remembered for a moment
			before := len(w.inbox(bo).Items)
			m := w.say(ada, conversation.Draft{Conversation: room, Body: c.body, Need: c.need, Reason: "r"})
			if got := len(w.inbox(bo).Items) - before; got != c.want {
				t.Errorf("level %q, muted %v, %q %s: %d deliveries, want %d", c.level, c.muted, c.body, c.need, got, c.want)
			}
			w.read(bo, m)
		}
	})
}
