package realtime

import (
	"testing"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// day is a presence and a clock that tests move.
type day struct {
	*presence
	now    time.Time
	hidden map[parley.ID]bool
}

func newDay() *day {
	return &day{
		presence: newPresence(presenceTimes{Idle: 5 * time.Minute, Grace: 15 * time.Second, Seen: time.Minute, Remote: 75 * time.Second}),
		now:      time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), hidden: map[parley.ID]bool{},
	}
}

func (d *day) after(t time.Duration) presenceNews {
	d.now = d.now.Add(t)
	return d.tick(d.now, func(id parley.ID) bool { return d.hidden[id] })
}

func TestPresence(t *testing.T) {
	const ana, ben = parley.ID(1), parley.ID(2)
	one := func(t *testing.T, d *day, id parley.ID, want parley.Presence) {
		t.Helper()
		if got := d.of([]parley.ID{id})[id]; got != want {
			t.Fatalf("%s: %s, want %s", id, got, want)
		}
	}
	cases := map[string]func(*testing.T, *day){
		"nobody has been seen of whom nothing is known": func(t *testing.T, d *day) { one(t, d, ben, parley.Offline) },
		"who has just connected is active, and away five minutes later": func(t *testing.T, d *day) {
			d.connect(ana, "x", d.now)
			d.after(time.Second)
			one(t, d, ana, parley.Active)
			d.after(4 * time.Minute)
			one(t, d, ana, parley.Active)
			d.after(time.Minute)
			one(t, d, ana, parley.Away)
			d.use(ana, "x", true, d.now)
			d.after(time.Second)
			one(t, d, ana, parley.Active)
		},
		"one used app of several is enough": func(t *testing.T, d *day) {
			d.connect(ana, "x", d.now)
			d.connect(ana, "y", d.now)
			d.use(ana, "x", false, d.now)
			d.after(time.Second)
			one(t, d, ana, parley.Active)
			d.use(ana, "y", false, d.now)
			d.after(time.Second)
			one(t, d, ana, parley.Away)
		},
		"a reload is not seen, going is": func(t *testing.T, d *day) {
			d.connect(ana, "x", d.now)
			d.watch("w", []parley.ID{ana})
			if n := d.after(time.Second); n.tell["w"][ana] != parley.Active {
				t.Fatal("not told of coming", n)
			}
			d.disconnect(ana, "x", d.now)
			if n := d.after(14 * time.Second); len(n.tell) != 0 {
				t.Fatal("told within the grace", n)
			}
			d.connect(ana, "y", d.now)
			if n := d.after(time.Minute); len(n.tell) != 0 {
				t.Fatal("told of a reload", n)
			}
			d.disconnect(ana, "y", d.now)
			if n := d.after(15 * time.Second); n.tell["w"][ana] != parley.Offline {
				t.Fatal("not told of going", n)
			}
			if len(d.here) != 0 || len(d.shown) != 0 {
				t.Fatal("kept", d.here, d.shown)
			}
		},
		"the last watch counts, and none is left after the connection": func(t *testing.T, d *day) {
			d.watch("w", []parley.ID{ana})
			d.watch("w", []parley.ID{ben})
			d.connect(ana, "x", d.now)
			d.connect(ben, "y", d.now)
			if n := d.after(time.Second); len(n.tell["w"]) != 1 || n.tell["w"][ben] != parley.Active {
				t.Fatal(n)
			}
			d.disconnect(ana, "w", d.now)
			if len(d.watches) != 0 || len(d.watchers) != 0 {
				t.Fatal("kept", d.watches, d.watchers)
			}
		},
		"who hides is offline, to other nodes too, and is seen again": func(t *testing.T, d *day) {
			d.connect(ana, "x", d.now)
			d.hidden[ana] = true
			if n := d.after(time.Second); len(n.announce) != 0 {
				t.Fatal("announced", n)
			}
			one(t, d, ana, parley.Offline)
			d.hidden[ana] = false
			d.after(time.Second)
			one(t, d, ana, parley.Active)
		},
		"another node's people are as it says, and offline when it is silent": func(t *testing.T, d *day) {
			d.hear("b", map[parley.ID]parley.Presence{ana: parley.Away, ben: parley.Active}, true, d.now)
			d.after(time.Second)
			one(t, d, ana, parley.Away)
			d.connect(ana, "x", d.now)
			d.after(time.Second)
			one(t, d, ana, parley.Active) // the best of both
			d.hear("b", map[parley.ID]parley.Presence{ben: parley.Offline}, false, d.now)
			d.after(time.Second)
			one(t, d, ben, parley.Offline)
			d.hear("b", map[parley.ID]parley.Presence{ben: parley.Active}, false, d.now)
			d.after(74 * time.Second)
			one(t, d, ben, parley.Active)
			d.after(time.Second)
			one(t, d, ben, parley.Offline)
			one(t, d, ana, parley.Active)
		},
		"a node that stops leaves its people the grace": func(t *testing.T, d *day) {
			d.hear("b", map[parley.ID]parley.Presence{ben: parley.Active}, true, d.now)
			d.after(time.Second)
			d.leave("b", d.now)
			d.after(14 * time.Second)
			one(t, d, ben, parley.Active)
			d.after(time.Second)
			one(t, d, ben, parley.Offline)
		},
		"last seen is reported once a minute, and on going": func(t *testing.T, d *day) {
			d.connect(ana, "x", d.now)
			if n := d.after(time.Second); len(n.seen) != 1 {
				t.Fatal("not on coming", n)
			}
			reports := 0
			for range 60 {
				d.use(ana, "x", true, d.now)
				reports += len(d.after(time.Second).seen)
			}
			if reports != 1 {
				t.Fatal("in a minute", reports)
			}
			used := d.now
			d.use(ana, "x", true, used)
			d.disconnect(ana, "x", d.now)
			if n := d.after(15 * time.Second); !n.seen[ana].Equal(used) {
				t.Fatal("on going", n)
			}
		},
	}
	for name, f := range cases {
		t.Run(name, func(t *testing.T) { f(t, newDay()) })
	}
}

func FuzzMessageOfANode(f *testing.F) {
	f.Add(encodePublication(7, "c:x", 3, []byte(`{"type":"message"}`)))
	b, _ := encodeNotice(7, notice{Kind: noticeActivity, Activity: &parley.Activity{}, People: []parley.ID{1}})
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := decodeWire(b)
		if err != nil || h.notice != nil {
			return
		}
		if again := encodePublication(h.from, h.item.channel, h.item.offset, h.item.data); string(again) != string(b) {
			t.Fatalf("%x is %x", b, again)
		}
	})
}
