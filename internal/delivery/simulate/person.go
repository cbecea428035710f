package simulate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"time"

	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

// person is somebody made up: as much of them as the planner is told (Recipient), and what it cannot know.
type person struct {
	number int
	is     delivery.Recipient
	night  night
	focus  []delivery.Span // when they want to concentrate, in order
	open   []delivery.Span // when they have the app open, in order
	team   []int
	round  []int // of people who work on one thing
	work   delivery.Calendar
}

// night is when somebody sleeps, in minutes of their own day.
type night struct{ from, to int }

// Zones are where people are, the first for a small organisation. Among them are half an hour, three quarters of one,
// and clocks that change in either hemisphere.
var Zones = []string{
	"Europe/Berlin", "America/New_York", "Asia/Kolkata", "America/Los_Angeles", "Europe/London", "Asia/Singapore", "Australia/Sydney",
	"America/Sao_Paulo", "Asia/Tokyo", "Africa/Nairobi", "America/St_Johns", "Asia/Kathmandu", "Pacific/Auckland", "America/Mexico_City",
	"Asia/Dubai", "Africa/Lagos",
}

// begin is a Monday; within the 30 days from it the clocks change in Europe and in North America.
var begin = time.Date(2026, 10, 19, 0, 0, 0, 0, time.UTC)

// after is how long the last messages are followed.
const after = 21

const (
	teamSize  = 8
	roundSize = 20
)

// hire makes up the people.
func hire(c Config) ([]*person, error) {
	if c.People < 2 || c.Zones < 1 || c.Zones > len(Zones) || c.Days < 1 {
		return nil, fmt.Errorf("want at least 2 people, 1 to %d zones and 1 day: %w", len(Zones), parley.ErrInvalid)
	}
	zones := make([]*time.Location, c.Zones)
	for i := range zones {
		zone, err := time.LoadLocation(Zones[i])
		if err != nil {
			return nil, err
		}
		zones[i] = zone
	}
	people := make([]*person, c.People)
	for n := range people {
		r := row(c.Seed, ofPerson, n)
		home := n / teamSize % len(zones) // most of a team is in one zone
		if r.Float64() < 0.25 {
			home = r.IntN(len(zones))
		}
		people[n] = hired(r, n, zones[home], c)
	}
	mixed := row(c.Seed, ofRounds, 0).Perm(c.People)
	for from := 0; from < c.People; from += roundSize {
		round := mixed[from:min(from+roundSize, c.People)]
		for _, n := range round {
			people[n].round = round
		}
	}
	for n, p := range people {
		for mate := n / teamSize * teamSize; mate < min(n/teamSize*teamSize+teamSize, c.People); mate++ {
			p.team = append(p.team, mate)
		}
		r := row(c.Seed, ofDeputies, n)
		for range pick(r, 0.25, 0.6, 0.15) {
			if d := parley.ID(p.team[r.IntN(len(p.team))] + 1); int(d) != n+1 && !slices.Contains(p.is.Deputies, d) {
				p.is.Deputies = append(p.is.Deputies, d)
			}
		}
	}
	return people, nil
}

// pick returns the number of one of the shares.
func pick(r *rand.Rand, shares ...float64) int {
	u := r.Float64()
	for i, s := range shares {
		if u -= s; u < 0 {
			return i
		}
	}
	return len(shares) - 1
}

func hired(r *rand.Rand, number int, zone *time.Location, c Config) *person {
	some := func(share float64) bool { return r.Float64() < share }
	p := &person{number: number}
	p.is.Zone = zone
	p.is.Open, p.is.AtNight = some(c.Habits.Open), true
	p.is.Digest = parley.AddressKind(map[bool]string{true: "email"}[some(0.7)])
	push, sms, phone := some(0.92), some(0.5), some(0.4)
	rung := func(has bool, ladder *[]delivery.Rung, way parley.AddressKind, after time.Duration) {
		if has {
			*ladder = append(*ladder, delivery.Rung{Way: way, After: after})
		}
	}
	mail := time.Duration(0)
	if push {
		mail = 30 * time.Minute
	}
	rung(push, &p.is.Ladder, parley.AddressPush, 0)
	rung(!push || some(0.85), &p.is.Ladder, parley.AddressEmail, mail)
	rung(sms && some(0.3), &p.is.Ladder, parley.AddressSMS, 4*time.Hour)
	rung(push, &p.is.Alarm, parley.AddressPush, 0)
	rung(sms, &p.is.Alarm, parley.AddressSMS, 2*time.Minute)
	rung(phone, &p.is.Alarm, parley.AddressPhone, 4*time.Minute)
	rung(len(p.is.Alarm) == 0, &p.is.Alarm, parley.AddressEmail, 0)

	// Most work from nine to five, some earlier or later, some half of the day or three days a week.
	shift := []int{0, -2, 2}[pick(r, 0.7, 0.15, 0.15)]
	from, to, days := 9+shift, 17+shift, 5
	switch pick(r, 0.85, 0.08, 0.07) {
	case 1:
		to = from + 4
	case 2:
		days = 3
	}
	for day := 1; day <= days; day++ {
		p.is.Hours = append(p.is.Hours, parley.Hours{Day: day, From: clock(from * 60), To: clock(to * 60)})
	}
	p.night = night{from: (23+shift)*60 + r.IntN(60) - 30, to: (7+shift)*60 + r.IntN(60) - 30}
	if some(0.6) { // quiet hours are set by those who think of it
		for day := 1; day <= 7; day++ {
			p.is.Quiet = append(p.is.Quiet, parley.Hours{Day: day, From: "00:00", To: "07:00"}, parley.Hours{Day: day, From: "22:00", To: "24:00"})
		}
	}
	p.is.Off = []delivery.Date{{Year: 2026, Month: 11, Day: 2 + len(zone.String())%3}} // one holiday of each country
	if some(0.25) {
		leaves := begin.AddDate(0, 0, r.IntN(c.Days))
		p.is.Leave = []delivery.Span{{From: leaves, To: leaves.AddDate(0, 0, 3+r.IntN(8))}}
	}
	p.work = delivery.Calendar{Zone: zone, Hours: p.is.Hours, Off: p.is.Off, Leave: p.is.Leave}
	p.live(r, c)
	return p
}

// live makes up when somebody concentrates and when they have the app open.
func (p *person) live(r *rand.Rand, c Config) {
	focuses := r.Float64() < 0.5
	first := begin.In(p.is.Zone)
	for n := -1; n <= c.Days+after; n++ {
		day := func(minute int) time.Time {
			return time.Date(first.Year(), first.Month(), first.Day()+n, 0, minute, 0, 0, p.is.Zone)
		}
		from, to := p.hours(day(12 * 60))
		switch works := p.works(day((from + to) / 2)); {
		case works && focuses && r.Float64() < 0.5:
			at := from + r.IntN(max(1, to-from-90))
			p.focus = append(p.focus, delivery.Span{From: day(at), To: day(at + 90)})
			fallthrough
		case works:
			p.sessions(r, day(from), day(to), c.Habits.Between)
			if r.Float64() < 0.25 {
				p.session(r, day(to+30+r.IntN(180)))
			}
		case r.Float64() < 0.15: // a look at a weekend, at a holiday or on leave
			p.session(r, day((p.night.to+p.night.from)/2+r.IntN(240)-120))
		}
	}
	slices.SortFunc(p.open, func(a, b delivery.Span) int { return a.From.Compare(b.From) })
	end := time.Time{}
	p.open = slices.DeleteFunc(p.open, func(s delivery.Span) bool { // what begins while the app is open
		over := s.From.Before(end)
		end = later(end, s.To)
		return over
	})
}

// hours are those of a day's weekday, in minutes; of a day without any, those of Monday.
func (p *person) hours(t time.Time) (from, to int) {
	of := p.is.Hours[0]
	for _, h := range p.is.Hours {
		if h.Day == (int(t.Weekday())+6)%7+1 {
			of = h
		}
	}
	return minutes(of.From), minutes(of.To)
}

func (p *person) sessions(r *rand.Rand, from, to time.Time, between time.Duration) {
	for t := from.Add(wait(r, between/4)); t.Before(to); t = t.Add(wait(r, between)) {
		if _, busy := within(p.focus, t); !busy {
			t = p.session(r, t)
		}
	}
}

func (p *person) session(r *rand.Rand, from time.Time) (end time.Time) {
	end = from.Add(2*time.Minute + wait(r, 10*time.Minute))
	p.open = append(p.open, delivery.Span{From: from, To: end})
	return end
}

// wait is how long one waits for what comes by chance, once in a mean time.
func wait(r *rand.Rand, mean time.Duration) time.Duration {
	return time.Duration(float64(mean) * -math.Log(1-r.Float64()))
}

// recipient is the person as the planner gets to know them at an instant.
func (p *person) recipient(relation delivery.Relation, t time.Time) delivery.Recipient {
	r := p.is
	r.Relation = relation
	_, r.Active = within(p.open, t)
	if s, busy := within(p.focus, t); busy {
		r.Focus = s.To
	}
	return r
}

// free says whether the person may be disturbed, by their own rules.
func (p *person) free(t time.Time) bool { return p.recipient(delivery.Direct, t).Free(t) }

func (p *person) works(t time.Time) bool { return p.work.Free(t) }

// opens returns the time from which on a message of t is in an open app, and whether it is open already.
func (p *person) opens(t time.Time) (at time.Time, already bool) {
	i := sort.Search(len(p.open), func(i int) bool { return p.open[i].To.After(t) })
	if i == len(p.open) {
		return never, false
	}
	if p.open[i].From.After(t) {
		return p.open[i].From, false
	}
	return t, true
}

// sleeps says whether the person is asleep, and until when.
func (p *person) sleeps(t time.Time) (until time.Time, asleep bool) {
	local := t.In(p.is.Zone)
	minute := local.Hour()*60 + local.Minute()
	since := (minute - p.night.from + 48*60) % (24 * 60)
	long := (p.night.to - p.night.from + 48*60) % (24 * 60)
	return t.Add(time.Duration(long-since) * time.Minute), since < long
}

// within finds the span that has t among those in order that do not overlap.
func within(spans []delivery.Span, t time.Time) (delivery.Span, bool) {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].To.After(t) })
	if i == len(spans) || spans[i].From.After(t) {
		return delivery.Span{}, false
	}
	return spans[i], true
}

func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

func minutes(clock string) int {
	var h, m int
	_, _ = fmt.Sscanf(clock, "%d:%d", &h, &m)
	return h*60 + m
}
