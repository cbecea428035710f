package identity

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"time"
	_ "time/tzdata" // zones are known also where the system has none

	"golang.org/x/text/language"

	"github.com/parley-im/parley/internal/parley"
)

const maxHours = 50 // stretches of a week

// zoneNames have the form of IANA's. Systems keep more beside them ("localtime", "posix/UTC"), which no browser knows.
var zoneNames = regexp.MustCompile(`^[A-Z][\w+-]*(/[A-Z][\w+-]*)*$`)

// CheckZone says whether zone is the name of an IANA time zone.
func CheckZone(zone string) error {
	if _, err := time.LoadLocation(zone); err != nil || !zoneNames.MatchString(zone) || zone == "Local" || zone == "Factory" {
		return parley.Invalid("zone", "zone", "must be the name of an IANA time zone, like Europe/Berlin")
	}
	return nil
}

// CleanLanguage returns the tag of a language (BCP 47) in its usual spelling: DE_de is de-DE.
func CleanLanguage(tag string) (string, error) {
	t, err := language.Parse(tag)
	if err != nil || tag == "" {
		return "", parley.Invalid("language", "language", "must be a language tag (BCP 47), like de or en-GB")
	}
	return t.String(), nil
}

// CleanHours returns the stretches of a week in order. None may end before it begins, or overlap another.
func CleanHours(hours []parley.Hours) ([]parley.Hours, error) {
	type stretch struct {
		parley.Hours
		from, to, index int
	}
	if len(hours) > maxHours {
		return nil, parley.Invalid("hours", "too_many", fmt.Sprintf("must be at most %d stretches", maxHours))
	}
	week := make([]stretch, len(hours))
	for i, h := range hours {
		at := func(part string) string { return fmt.Sprintf("hours[%d].%s", i, part) }
		from, okFrom := minutes(h.From)
		to, okTo := minutes(h.To)
		switch {
		case h.Day < 1 || h.Day > 7:
			return nil, parley.Invalid(at("day"), "day", "must be 1 (Monday) to 7")
		case !okFrom || from == 24*60:
			return nil, parley.Invalid(at("from"), "time", "must be a time from 00:00 to 23:59")
		case !okTo:
			return nil, parley.Invalid(at("to"), "time", "must be a time from 00:01 to 24:00")
		case from >= to:
			return nil, parley.Invalid(at("to"), "order", "must be later than from; over midnight makes two stretches")
		}
		week[i] = stretch{h, from, to, i}
	}
	slices.SortFunc(week, func(a, b stretch) int { return cmp.Or(a.Day-b.Day, a.from-b.from, a.index-b.index) })
	sorted := make([]parley.Hours, len(week))
	for i, s := range week {
		if i > 0 && week[i-1].Day == s.Day && week[i-1].to > s.from {
			return nil, parley.Invalid(fmt.Sprintf("hours[%d].from", s.index), "overlap", "must not overlap another stretch of the day")
		}
		sorted[i] = s.Hours
	}
	return sorted, nil
}

// minutes reads a wall-clock time as minutes since midnight; 24:00 is the day's end.
func minutes(s string) (int, bool) {
	if s == "24:00" {
		return 24 * 60, true
	}
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err == nil && len(s) == 5
}
