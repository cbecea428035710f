package simulate

import (
	"time"

	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

// Strategy is a way to bring messages to people. Each speaks in the planner's steps, so that one walk carries out all.
type Strategy struct {
	Name string
	Plan func(delivery.Message, delivery.Recipient, time.Time) []delivery.Step
}

// Strategies returns the planner, and what it is compared with.
func Strategies() []Strategy {
	return []Strategy{
		{"Parley", delivery.Plan},
		{"All at once", atOnce},
		{"Teams urgent", teams},
		{"Mattermost persistent", mattermost},
		{"Mail, 3 a day", batches},
	}
}

func tell(r delivery.Recipient, at time.Time, unless delivery.Fact) delivery.Step {
	way := parley.AddressEmail
	if len(r.Ladder) > 0 {
		way = r.Ladder[0].Way
	}
	return delivery.Step{At: at, What: delivery.Tell, Way: way, Unless: unless}
}

// atOnce tells everybody, whatever it is and when.
func atOnce(_ delivery.Message, r delivery.Recipient, now time.Time) []delivery.Step {
	return []delivery.Step{tell(r, now, delivery.Never)}
}

// teams is Microsoft Teams: what is urgent is said every two minutes for twenty, until it is read, also to who is not to
// be disturbed; what is said to nobody in particular makes no sound, as it is set at first.
func teams(m delivery.Message, r delivery.Recipient, now time.Time) []delivery.Step {
	switch {
	case m.Need == parley.Urgent:
		return again(r, now, 2*time.Minute, 20*time.Minute, delivery.Seen)
	case r.Relation == delivery.Member:
		return nil
	}
	return atOnce(m, r, now)
}

// mattermost is Mattermost with persistent notifications: what is urgent is said every five minutes for thirty, until it
// is acknowledged. Who is not to be disturbed hears nothing of anything, and nothing is kept for them.
func mattermost(m delivery.Message, r delivery.Recipient, now time.Time) (steps []delivery.Step) {
	disturb := delivery.Calendar{Zone: r.Zone, Quiet: r.Quiet, Leave: r.Leave, Focus: r.Focus}
	var all []delivery.Step
	switch {
	case m.Need == parley.Urgent:
		all = again(r, now, 5*time.Minute, 30*time.Minute, delivery.Acknowledged)
	case r.Relation != delivery.Member:
		all = atOnce(m, r, now)
	}
	for _, s := range all {
		if disturb.Free(s.At) {
			steps = append(steps, s)
		}
	}
	return steps
}

func again(r delivery.Recipient, now time.Time, every, long time.Duration, unless delivery.Fact) (steps []delivery.Step) {
	for passed := time.Duration(0); passed <= long; passed += every {
		s := tell(r, now.Add(passed), unless)
		if s.Way == parley.AddressEmail && passed > 0 { // without the app on a phone there is one mail
			break
		}
		steps = append(steps, s)
	}
	return steps
}

// batches is a mail with everything unseen at nine, one and five of each day.
func batches(_ delivery.Message, r delivery.Recipient, now time.Time) []delivery.Step {
	local := now.In(r.Zone)
	for hour := 9; ; hour += 4 {
		if hour > 17 {
			hour = 24 + 9
		}
		if at := time.Date(local.Year(), local.Month(), local.Day(), hour, 0, 0, 0, r.Zone); at.After(now) {
			return []delivery.Step{{At: at, What: delivery.Bundle, Way: parley.AddressEmail, Unless: delivery.Seen}}
		}
	}
}
