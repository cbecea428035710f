package simulate

import (
	"slices"
	"time"

	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

// Figures are what one strategy costs and brings.
type Figures struct {
	Strategy   string
	PersonDays int

	Interruptions int     // sounds, pushes, texts, calls, mails that reach somebody; a bundle or a summary is one
	Outside       int     // of them: when the person, by their own rules, may not be disturbed
	NotUrgent     int     // of those outside: not for something urgent
	Mails         int     // of all
	Hours         [24]int // of all, by the hour of the person's own day

	Answers map[parley.Need]Times // from sending to the answer; of Urgent: to the acknowledgement, by whomever
	Free    Times                 // the same of Normal, sent when the recipient may be disturbed
	NotFree Times                 // and when not

	Missed   int // of AnswerBy: no answer by then
	Unwarned int // of those missed: the sender was not told at the time or before
	Reported int // of Urgent: reported to the sender as unacknowledged
	Silent   int // of Urgent: neither acknowledged nor reported after an hour
	Deputies int // asked
}

// PerDay returns the interruptions per person and day.
func (f Figures) PerDay() float64 { return share(f.Interruptions, f.PersonDays) }

// ByHour returns those in one hour of the day.
func (f Figures) ByHour(hour int) float64 { return share(f.Hours[hour], f.PersonDays) }

// OutsideShare returns the share of interruptions that were outside own hours.
func (f Figures) OutsideShare() float64 { return share(f.Outside, f.Interruptions) }

// Times are how long each of some things took, in order; what never came is never.
type Times []time.Duration

const endless = time.Duration(1<<63 - 1)

// Quantile returns the time that a share q of all does not exceed.
func (t Times) Quantile(q float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	return t[min(int(q*float64(len(t))), len(t)-1)]
}

// Within returns the share that took at most d.
func (t Times) Within(d time.Duration) float64 {
	n, _ := slices.BinarySearch(t, d+1)
	return share(n, len(t))
}

// interrupt counts a notice that reaches somebody.
func (c *course) interrupt(p *person, s delivery.Step, urgent bool) {
	if s.What != delivery.Tell {
		b := bundle{p.number, s.At.Unix(), s.Way}
		if c.bundled[b] {
			return
		}
		c.bundled[b] = true
	}
	c.Interruptions++
	if s.Way == parley.AddressEmail {
		c.Mails++
	}
	c.Hours[s.At.In(p.is.Zone).Hour()]++
	if !p.free(s.At) {
		c.Outside++
		if !urgent {
			c.NotUrgent++
		}
	}
}

// count takes a fate into account, if an answer was wanted.
func (c *course) count(f *fate) {
	if f.relation == delivery.Member {
		return
	}
	end := f.answered
	if f.Need == parley.Urgent {
		end = *f.acknowledged
	}
	took := endless
	if end.Before(never) {
		took = end.Sub(f.at)
	}
	c.Answers[f.Need] = append(c.Answers[f.Need], took)
	switch f.Need {
	case parley.Normal:
		if f.to.free(f.at) {
			c.Free = append(c.Free, took)
		} else {
			c.NotFree = append(c.NotFree, took)
		}
	case parley.AnswerBy:
		if f.answered.After(f.By) {
			c.Missed++
			if f.reported.After(f.By) {
				c.Unwarned++
			}
		}
	case parley.Urgent:
		c.Deputies += f.deputies
		if f.reported.Before(never) {
			c.Reported++
		}
		if hour := f.at.Add(time.Hour); end.After(hour) && f.reported.After(hour) {
			c.Silent++
		}
	case parley.Whenever:
	}
}

// sum puts the times in order.
func (f *Figures) sum() {
	for _, t := range f.Answers {
		slices.Sort(t)
	}
	slices.Sort(f.Free)
	slices.Sort(f.NotFree)
}

func share(part, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(part) / float64(of)
}
