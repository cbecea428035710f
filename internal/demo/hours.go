package demo

import (
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// atWork returns t if somebody with those hours works then, else the last moment before at which they did: a little
// before the end of that stretch, so that not everybody speaks on the stroke. Who has no hours always works.
func atWork(hours []parley.Hours, zone *time.Location, t time.Time, little time.Duration) time.Time {
	if len(hours) == 0 {
		return t
	}
	local := t.In(zone)
	for back := range 8 {
		day := time.Date(local.Year(), local.Month(), local.Day()-back, 0, 0, 0, 0, zone)
		var best time.Time
		for _, h := range hours {
			if h.Day != weekday(day) {
				continue
			}
			from, to := wallClock(day, h.From), wallClock(day, h.To)
			switch {
			case t.Before(from):
			case t.Before(to):
				return t
			default:
				if at := to.Add(-little); at.After(best) && !at.Before(from) {
					best = at
				}
			}
		}
		if !best.IsZero() {
			return best
		}
	}
	return t
}

// working says whether somebody with those hours works at t, and until when.
func working(hours []parley.Hours, zone *time.Location, t time.Time) (until time.Time, ok bool) {
	day := t.In(zone)
	for _, h := range hours {
		if h.Day == weekday(day) && !t.Before(wallClock(day, h.From)) && t.Before(wallClock(day, h.To)) {
			return wallClock(day, h.To), true
		}
	}
	return time.Time{}, false
}

// weekday is that of ISO 8601: Monday is 1.
func weekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// wallClock is a wall-clock time such as 09:30 on that day.
func wallClock(day time.Time, s string) time.Time {
	if s == "24:00" {
		return time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, day.Location())
	}
	t, err := time.Parse("15:04", s)
	if err != nil {
		return day
	}
	return time.Date(day.Year(), day.Month(), day.Day(), t.Hour(), t.Minute(), 0, 0, day.Location())
}
