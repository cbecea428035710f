package delivery

import (
	"iter"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// Span is the time from From until before To.
type Span struct{ From, To time.Time }

func (s Span) contains(t time.Time) bool { return !t.Before(s.From) && t.Before(s.To) }

// Date is a day of the calendar, wherever it is.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Calendar says when a person may be disturbed by what is not urgent: in their working hours, and not in their quiet
// hours, on their days off, on leave or in focus. Hours are wall clock in Zone and become instants when they are used, so
// that they stay at nine o'clock when the clocks change.
type Calendar struct {
	Zone  *time.Location
	Hours []parley.Hours // of each week; none: at any time
	Quiet []parley.Hours // of each week; over midnight it is two
	Off   []Date         // holidays
	Leave []Span         // out of office
	Focus time.Time      // until then; zero: not in focus
}

// horizon is how far ahead hours are looked for: who has none in a year has none.
const horizon = 366

// Free says whether the person may be disturbed at t.
func (c Calendar) Free(t time.Time) bool {
	for s := range c.free(t) {
		return s.contains(t)
	}
	return false
}

// InQuiet says whether t is in the person's quiet hours.
func (c Calendar) InQuiet(t time.Time) bool {
	d := dateOf(t.In(c.Zone))
	for _, q := range c.Quiet {
		s := Span{d.at(minutes(q.From), c.Zone), d.at(minutes(q.To), c.Zone)}
		if q.Day == d.weekday() && s.contains(t) {
			return true
		}
	}
	return false
}

// Next returns the first instant from t on at which the person may be disturbed, and false when there is none in a year.
func (c Calendar) Next(t time.Time) (time.Time, bool) {
	for s := range c.free(t) {
		return later(s.From, t), true
	}
	return time.Time{}, false
}

// Morning returns the start of the person's next day of free time, and false when there is none in a year.
func (c Calendar) Morning(t time.Time) (time.Time, bool) {
	for n := range horizon {
		if free := c.day(dateOf(t.In(c.Zone)).add(n)); len(free) > 0 && free[0].From.After(t) {
			return free[0].From, true
		}
	}
	return time.Time{}, false
}

// Evening returns the end of the last day of free time before the day of t, and false when there was none in a year.
func (c Calendar) Evening(t time.Time) (time.Time, bool) {
	for n := 1; n <= horizon; n++ {
		if free := c.day(dateOf(t.In(c.Zone)).add(-n)); len(free) > 0 {
			return free[len(free)-1].To, true
		}
	}
	return time.Time{}, false
}

// Between returns how long the person may be disturbed between two instants.
func (c Calendar) Between(from, to time.Time) (sum time.Duration) {
	for s := range c.free(from) {
		if !s.From.Before(to) {
			break
		}
		sum += earlier(s.To, to).Sub(later(s.From, from))
	}
	return sum
}

// After returns the instant at which so much of the person's free time has passed since t, and false when that is not
// within a year.
func (c Calendar) After(t time.Time, passed time.Duration) (time.Time, bool) {
	for s := range c.free(t) {
		begin := later(s.From, t)
		here := s.To.Sub(begin)
		if passed < here {
			return begin.Add(passed), true
		}
		passed -= here
	}
	return time.Time{}, false
}

// free yields, in order, the spans that end after t.
func (c Calendar) free(t time.Time) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		first := dateOf(t.In(c.Zone))
		for n := range horizon {
			for _, s := range c.day(first.add(n)) {
				if s.To.After(t) && !yield(s) {
					return
				}
			}
		}
	}
}

// day returns the free spans of one day, in order.
func (c Calendar) day(d Date) (free []Span) {
	if slices.Contains(c.Off, d) || dateOf(d.at(12*60, c.Zone)) != d { // a day that was left out: Apia, 30 December 2011
		return nil
	}
	if len(c.Hours) == 0 {
		free = []Span{{d.at(0, c.Zone), d.at(24*60, c.Zone)}}
	}
	weekday := d.weekday()
	for _, h := range c.Hours {
		if h.Day == weekday {
			free = append(free, Span{d.at(minutes(h.From), c.Zone), d.at(minutes(h.To), c.Zone)})
		}
	}
	for _, q := range c.Quiet {
		if q.Day == weekday {
			free = without(free, Span{d.at(minutes(q.From), c.Zone), d.at(minutes(q.To), c.Zone)})
		}
	}
	for _, l := range c.Leave {
		free = without(free, l)
	}
	if !c.Focus.IsZero() {
		free = without(free, Span{To: c.Focus})
	}
	free = slices.DeleteFunc(free, func(s Span) bool { return !s.From.Before(s.To) }) // an hour that the clocks have skipped
	slices.SortFunc(free, func(a, b Span) int { return a.From.Compare(b.From) })
	return free
}

// without takes a span out of others.
func without(spans []Span, out Span) []Span {
	left := make([]Span, 0, len(spans)+1)
	for _, s := range spans {
		if !out.From.Before(s.To) || !s.From.Before(out.To) {
			left = append(left, s)
			continue
		}
		if s.From.Before(out.From) {
			left = append(left, Span{s.From, out.From})
		}
		if out.To.Before(s.To) {
			left = append(left, Span{out.To, s.To})
		}
	}
	return left
}

func dateOf(t time.Time) Date { return Date{t.Year(), t.Month(), t.Day()} }

func (d Date) utc(minute int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, minute, 0, 0, time.UTC)
}

func (d Date) add(days int) Date {
	return dateOf(d.utc(0).AddDate(0, 0, days))
}

// weekday is that of ISO 8601: Monday is 1.
func (d Date) weekday() int { return (int(d.utc(0).Weekday())+6)%7 + 1 }

// at returns the instant of a wall-clock time. One that occurs twice is the first; one that the clocks skip is read with
// the offset before they did, so it is as much later as they jumped (RFC 5545 section 3.3.5). time.Date leaves open which.
func (d Date) at(minute int, zone *time.Location) time.Time {
	wall := d.utc(minute)
	_, before := wall.AddDate(0, 0, -1).In(zone).Zone()
	_, after := wall.AddDate(0, 0, 1).In(zone).Zone()
	t := wall.Add(-time.Duration(before) * time.Second).In(zone)
	if before == after {
		return t
	}
	if _, offset := t.Zone(); offset == before {
		return t
	}
	if u := wall.Add(-time.Duration(after) * time.Second).In(zone); offsetOf(u) == after {
		return u
	}
	return t
}

func offsetOf(t time.Time) int {
	_, offset := t.Zone()
	return offset
}

// minutes reads a time of parley.Hours, which identity has checked, as minutes since midnight.
func minutes(clock string) int {
	if len(clock) != 5 {
		return 0
	}
	n := func(i int) int { return int(clock[i] - '0') }
	return (n(0)*10+n(1))*60 + n(3)*10 + n(4)
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
