// Package delivery decides when, and by which way, a message reaches each of its recipients, and carries that out: Plan
// says what is to be done, and is pure; whoever carries a plan out stops where a step's Unless has come true.
//
// It knows needs, hours, ladders and steps. It must not know what a message says, nor how a way out works.
package delivery

import (
	"slices"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// Message is as much of a message as its delivery depends on.
type Message struct {
	Need parley.Need
	By   time.Time // when an answer is wanted; of need AnswerBy
}

// Relation says what a message has to do with a recipient.
type Relation int

// The relations, from the closest.
const (
	Direct    Relation = iota // said to them
	Mentioned                 // by name, or by a group that they are in
	Member                    // of the conversation, nothing more
)

// Recipient is as much of a person as a delivery depends on. Its settings are the person's own, within what the
// organisation allows.
type Recipient struct {
	Relation
	Calendar

	Active bool // an app is open and used

	// Ladder has the person's ways beside the app, in the order in which they are tried for what is not urgent: how long
	// what was said may be unseen before each. Only ways with a proven address are here.
	Ladder []Rung
	// Alarm is the same for what is urgent.
	Alarm []Rung
	// Deputies are asked, one after the other, when an urgent message finds nobody.
	Deputies []parley.ID
	// Open says that what is urgent from this sender may break through hours and focus; AtNight, through quiet hours too.
	Open, AtNight bool
	// Digest is the way by which a summary of the unseen comes at the start of the day; "": none.
	Digest parley.AddressKind
}

// Rung is one way of a ladder.
type Rung struct {
	Way   parley.AddressKind
	After time.Duration
}

// Step is one thing to be done.
type Step struct {
	At     time.Time
	What   What
	Way    parley.AddressKind // of Tell, Remind and Summarise
	Deputy parley.ID          // of Ask
	Unless Fact
	Why    Reason
}

// What a step does.
type What string

// The things that a step may do.
const (
	Show      What = "show"      // in an open app, without a sound
	Tell      What = "tell"      // by the way; in the app with a sound if it is urgent
	Bundle    What = "bundle"    // with everything else that was held back until then
	Summarise What = "summarise" // with everything unseen
	Ask       What = "ask"       // somebody else, as if the message were theirs
	Report    What = "report"    // to the sender: it has come to nobody, or will not in time
)

// Fact is what makes a step needless. Each includes those after it: who has answered has seen.
type Fact string

// The facts, from the weakest.
const (
	Never        Fact = ""
	Seen         Fact = "seen"
	Answered     Fact = "answered"
	Acknowledged Fact = "acknowledged" // or answered
)

// Reason is why a step is when and what it is, for whoever asks "why did I get this now".
type Reason string

// The reasons.
const (
	ForActive   Reason = "active"    // their app was open
	ForAway     Reason = "away"      // in their hours, no app open
	ForUnseen   Reason = "unseen"    // it was not seen by the way before
	ForHours    Reason = "hours"     // held back until their hours
	ForDigest   Reason = "digest"    // said to nobody in particular, or for whenever
	ForDeadline Reason = "deadline"  // an answer is wanted, and half or nine tenths of their time for it have passed
	ForMissed   Reason = "missed"    // the time has come, or comes before their hours do
	ForUrgent   Reason = "urgent"    // broke through, as they allow
	ForClosed   Reason = "closed"    // urgent, but they let nothing through now
	ForNobody   Reason = "nobody"    // nobody has acknowledged it
	ForNoWay    Reason = "no_way"    // there is no way to tell them
	ForNoHours  Reason = "no_hours"  // they have no hours in sight
	ForReminder Reason = "reminder"  // they wanted it back now
	ForMember   Reason = "member"    // it is theirs to find: nobody is told
	AgainUrgent Reason = "not_acked" // said again, as it was not acknowledged
)

const (
	// Again is how often an urgent message is said again in an app that is open.
	Again = 2 * time.Minute
	// Patience is how long the last way of an alarm has, and each deputy, before the next is tried.
	Patience = 4 * time.Minute
	// noAlarm is how long an urgent message has at least, before others are asked.
	noAlarm = 8 * time.Minute
)

// Plan returns the steps by which m reaches r, in order of time. It reads no clock: now is the moment of planning, and no
// step is before it. What is not urgent disturbs nobody outside their hours. For an urgent message, and for one that
// wants an answer, a report to the sender is among the steps: it ends acknowledged or answered, or the sender hears.
func Plan(m Message, r Recipient, now time.Time) []Step {
	var steps []Step
	switch {
	case m.Need == parley.Urgent:
		steps = urgent(r, now)
	case m.Need == parley.AnswerBy:
		steps = answer(m.By, r, now)
	case m.Need == parley.Whenever || r.Relation == Member:
		steps = silent(r, now)
	default:
		steps = normal(r, now)
	}
	slices.SortStableFunc(steps, func(a, b Step) int { return a.At.Compare(b.At) })
	return steps
}

// silent is what waits to be found: shown where an app is open, and in the next summary.
func silent(r Recipient, now time.Time) (steps []Step) {
	if r.Active {
		steps = append(steps, Step{At: now, What: Show, Way: parley.AddressApp, Why: ForActive})
	}
	if at, ok := r.Morning(now); ok && r.Digest != "" {
		steps = append(steps, Step{At: at, What: Summarise, Way: r.Digest, Unless: Seen, Why: ForDigest})
	}
	return steps
}

// normal is told at once in the person's hours, and with everything else at their beginning.
func normal(r Recipient, now time.Time) []Step {
	at, ok := r.Next(now)
	switch {
	case !ok:
		return []Step{{At: now, What: Report, Unless: Seen, Why: ForNoHours}}
	case len(r.Ladder) == 0 && (at.After(now) || !r.Active):
		return silent(r, now)
	case at.After(now):
		return r.climb(at, Bundle, Seen, ForHours)
	case r.Active:
		app := Step{At: now, What: Tell, Way: parley.AddressApp, Unless: Seen, Why: ForActive}
		return append([]Step{app}, r.climb(now, Tell, Seen, ForAway)[min(1, len(r.Ladder)):]...) // the app is in the place of the first way
	}
	return r.climb(now, Tell, Seen, ForAway)
}

// climb goes up the ladder from an instant on. How long something is unseen counts in the person's hours alone, so that
// a morning does not begin with all ways at once.
func (r Recipient) climb(from time.Time, what What, unless Fact, why Reason) (steps []Step) {
	for i, rung := range r.Ladder {
		at, ok := r.After(from, rung.After)
		if !ok {
			break
		}
		if i > 0 {
			why = ForUnseen
		}
		steps = append(steps, Step{At: at, What: what, Way: rung.Way, Unless: unless, Why: why})
	}
	return steps
}

// answer is told as what is normal, whomever it was said to, and again when half and when nine tenths of the person's
// time for it have passed, by one more way each time.
func answer(by time.Time, r Recipient, now time.Time) []Step {
	at, ok := r.Next(now)
	var steps []Step
	switch {
	case len(r.Ladder) == 0 && (!ok || at.After(now) || !r.Active):
		steps = silent(r, now)
	case ok && at.After(now):
		steps = []Step{{At: at, What: Bundle, Way: r.way(0), Unless: Seen, Why: ForHours}}
	case ok && r.Active:
		steps = []Step{{At: now, What: Tell, Way: parley.AddressApp, Unless: Seen, Why: ForActive}}
	case ok:
		steps = []Step{{At: now, What: Tell, Way: r.way(0), Unless: Seen, Why: ForAway}}
	}
	if !ok || !at.Before(by) { // their hours come too late: the sender can still do something else
		return append(steps, Step{At: now, What: Report, Unless: Answered, Why: ForMissed})
	}
	left := r.Between(now, by)
	for i, passed := range []time.Duration{left / 2, left - left/10} {
		when, ok := r.After(now, passed)
		if ok && when.Before(by) {
			steps = append(steps, Step{At: when, What: Tell, Way: r.way(i + 1), Unless: Answered, Why: ForDeadline})
		}
	}
	return append(steps, Step{At: by, What: Report, Unless: Answered, Why: ForMissed})
}

// way is the nth way of the ladder, or its last; who has none has the app.
func (r Recipient) way(n int) parley.AddressKind {
	if len(r.Ladder) == 0 {
		return parley.AddressApp
	}
	return r.Ladder[min(n, len(r.Ladder)-1)].Way
}

// urgent climbs until somebody has it, as long as they let it through.
func urgent(r Recipient, now time.Time) (steps []Step) {
	may := func(t time.Time) bool {
		return r.Free(t) || r.Open && (r.AtNight || !r.InQuiet(t))
	}
	if !may(now) {
		return closed(r, now)
	}
	why := ForUrgent
	if r.Free(now) {
		why = ForAway
	}
	end := now.Add(noAlarm)
	for i, rung := range r.Alarm {
		at := now.Add(rung.After)
		if !may(at) {
			break
		}
		if i > 0 {
			why = AgainUrgent
		}
		end = later(end, at.Add(Patience))
		steps = append(steps, Step{At: at, What: Tell, Way: rung.Way, Unless: Acknowledged, Why: why})
	}
	if r.Active {
		for at, why := now, ForActive; at.Before(end) && may(at); at, why = at.Add(Again), AgainUrgent {
			steps = append(steps, Step{At: at, What: Tell, Way: parley.AddressApp, Unless: Acknowledged, Why: why})
		}
	}
	if len(steps) == 0 {
		return r.askOthers(now, ForNoWay) // nothing can be waited for
	}
	return append(steps, r.askOthers(end, ForNobody)...)
}

// closed is urgent for one who lets nothing through now: others are asked at once, and they hear of it in their hours.
func closed(r Recipient, now time.Time) []Step {
	steps := r.askOthers(now, ForClosed)
	if at, ok := r.Next(now); ok {
		steps = append(steps, Step{At: at, What: Bundle, Way: r.way(0), Unless: Acknowledged, Why: ForHours})
	}
	return steps
}

// askOthers asks the deputies one after the other, and tells the sender when none is left.
func (r Recipient) askOthers(at time.Time, why Reason) (steps []Step) {
	for _, deputy := range r.Deputies {
		steps = append(steps, Step{At: at, What: Ask, Deputy: deputy, Unless: Acknowledged, Why: why})
		at = at.Add(2 * Patience)
	}
	return append(steps, Step{At: at, What: Report, Unless: Acknowledged, Why: why})
}
