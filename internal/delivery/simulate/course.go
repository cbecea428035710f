package simulate

import (
	"time"

	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

// course is how everything goes under one strategy.
type course struct {
	plan   func(delivery.Message, delivery.Recipient, time.Time) []delivery.Step
	habits *Habits
	chance chance
	people []*person

	Figures
	bundled map[bundle]bool
}

// bundle is a notice of several things, which counts once.
type bundle struct {
	to  int
	at  int64
	way parley.AddressKind
}

// fate is what becomes of one message to one recipient.
type fate struct {
	*message
	to       *person
	relation delivery.Relation
	notices  uint64

	seen, answered time.Time  // never, if not
	acknowledged   *time.Time // by the recipient or a deputy
	reported       time.Time
	deputies       int
	delay          time.Duration // from being told to the answer
}

func (c *course) follow(m *message) {
	m.everybody(func(to int, relation delivery.Relation) {
		acknowledged := never
		f := c.begin(m, c.people[to], relation, &acknowledged)
		c.walk(&f, c.plan(m.Message, c.people[to].recipient(relation, m.at), m.at))
		c.count(&f)
	})
}

// begin is the fate of a message that nobody is told of: it is found when the app is opened.
func (c *course) begin(m *message, to *person, relation delivery.Relation, acknowledged *time.Time) fate {
	f := fate{message: m, to: to, relation: relation, seen: never, answered: never, acknowledged: acknowledged, reported: never}
	f.delay = c.habits.Reply.At(c.chance.of(ofReply, m.number, uint64(to.number)))
	at, already := to.opens(m.at)
	if already {
		at = at.Add(c.habits.Glance.At(c.chance.of(ofGlance, m.number, uint64(to.number))))
	}
	c.sees(&f, at, at)
	return f
}

// walk carries out a plan.
func (c *course) walk(f *fate, plan []delivery.Step) {
	for _, s := range plan {
		s = f.held(s)
		if f.already(s.Unless, s.At) {
			continue
		}
		switch s.What {
		case delivery.Tell, delivery.Bundle, delivery.Summarise:
			c.interrupt(f.to, s, f.Need == parley.Urgent)
			f.notices++
			told, seen := c.habits.looks(c.chance, f.to, notice{s.Way, s.At, f.Need == parley.Urgent, f.number, f.notices})
			c.sees(f, told, seen)
			if s.Why == delivery.ForDeadline {
				c.heeds(f, seen)
			}
		case delivery.Ask:
			f.deputies++
			c.ask(f, c.people[s.Deputy-1], s.At)
		case delivery.Report:
			f.reported = s.At
		case delivery.Show: // seen when the app is open, as everything
		}
	}
}

// held is a step as it is after the recipient has begun to concentrate, which the plan could not know: whoever carries
// plans out holds back what is not urgent.
func (f *fate) held(s delivery.Step) delivery.Step {
	escalates := f.Need == parley.Urgent && s.What == delivery.Tell
	if s.What == delivery.Ask || s.What == delivery.Report || escalates || !f.at.Before(s.At) {
		return s
	}
	if focus, busy := within(f.to.focus, s.At); busy {
		if at, ok := f.to.recipient(f.relation, s.At).Next(focus.To); ok {
			s.At, s.What = at, delivery.Bundle
		}
	}
	return s
}

// already says whether a fact is true at an instant.
func (f *fate) already(fact delivery.Fact, at time.Time) bool {
	since := never
	switch fact {
	case delivery.Seen:
		since = f.seen
	case delivery.Answered:
		since = f.answered
	case delivery.Acknowledged:
		since = *f.acknowledged
	case delivery.Never:
	}
	return !at.Before(since)
}

// sees is what somebody does who could have known of a message since one time and looks at it at another. What is urgent
// they acknowledge. Everything else they answer after a while, which begins in working hours; outside of them for few.
func (c *course) sees(f *fate, told, at time.Time) {
	if !at.Before(f.seen) {
		return
	}
	f.seen = at
	if f.Need == parley.Urgent {
		*f.acknowledged = earlier(*f.acknowledged, at)
		return
	}
	c.answer(f, told, at, f.delay)
}

// answer is what they do then: after a delay that begins when they could have known of it, or at work.
func (c *course) answer(f *fate, told, at time.Time, delay time.Duration) {
	if !c.willing(f, at) {
		next, ok := f.to.work.Next(at)
		if !ok {
			return
		}
		told, at = next, next
	}
	f.answered = earlier(f.answered, later(at, told.Add(delay)))
}

// heeds is what somebody does who is reminded: they begin anew.
func (c *course) heeds(f *fate, at time.Time) {
	c.answer(f, at, at, c.habits.Reply.At(c.chance.of(ofHeed, f.number, uint64(f.to.number), f.notices)))
}

func (c *course) willing(f *fate, at time.Time) bool {
	if f.to.works(at) {
		return true
	}
	share := c.habits.Evening
	for _, l := range f.to.is.Leave {
		if !at.Before(l.From) && at.Before(l.To) {
			share = c.habits.OnLeave
		}
	}
	return c.chance.of(ofEvening, f.number, uint64(f.to.number)) < share
}

// ask lets a deputy have an urgent message as if it were theirs, without deputies and report of their own.
func (c *course) ask(f *fate, deputy *person, at time.Time) {
	m := *f.message
	m.at = at
	own := c.begin(&m, deputy, delivery.Direct, f.acknowledged)
	r := deputy.recipient(delivery.Direct, at)
	r.Deputies = nil
	plan := c.plan(m.Message, r, at)
	for i, s := range plan {
		if s.What == delivery.Report {
			plan = append(plan[:i:i], plan[i+1:]...)
			break
		}
	}
	c.walk(&own, plan)
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
