package delivery_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

// Zones with half and three quarters of an hour, on both sides of the date line, whose clocks change by one hour, two
// or a half, in both hemispheres, or not at all; Apia once left out a day.
var zones = []*time.Location{
	time.UTC, zone("Europe/Berlin"), zone("America/New_York"), zone("America/St_Johns"), zone("America/Sao_Paulo"), zone("Asia/Kolkata"),
	zone("Asia/Kathmandu"), zone("Asia/Tehran"), zone("Australia/Lord_Howe"), zone("Africa/Casablanca"), zone("Antarctica/Troll"),
	zone("Pacific/Chatham"), zone("Pacific/Kiritimati"), zone("Pacific/Apia"), zone("Pacific/Pago_Pago"), zone("Europe/Lisbon"),
}

// drawn is a case that is made from its number, so that one that fails can be looked at again.
type drawn struct {
	by  time.Time
	to  delivery.Recipient
	now time.Time
}

func draw(number uint64) drawn {
	r := rand.New(rand.NewPCG(number, 3))
	some := func(chance int) bool { return r.IntN(100) < chance }
	now := time.Date(2011, 12, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.Int64N(int64(20 * 365 * 24 * time.Hour))))
	soon := func(most time.Duration) time.Time {
		return now.Add(time.Duration(r.Int64N(int64(2*most)) - int64(most)/2))
	}
	clock := func(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }
	stretches := func(chance int) (week []parley.Hours) {
		for day := 1; day <= 7; day++ {
			if some(chance) {
				from := r.IntN(24 * 60)
				week = append(week, parley.Hours{Day: day, From: clock(from), To: clock(from + 1 + r.IntN(24*60-from))})
			}
		}
		return week
	}
	ladder := func() (rungs []delivery.Rung) {
		after := time.Duration(0)
		for _, way := range []parley.AddressKind{"push", "email", "sms", "phone"} {
			if some(60) {
				rungs = append(rungs, delivery.Rung{Way: way, After: after})
				after += time.Duration(r.IntN(3600)) * time.Second
			}
		}
		return rungs
	}
	d := drawn{now: now, by: soon(5 * 24 * time.Hour)}
	d.to = delivery.Recipient{
		Relation: delivery.Relation(r.IntN(3)), Active: some(40), Ladder: ladder(), Alarm: ladder(), Open: some(60), AtNight: true,
		Calendar: delivery.Calendar{Zone: zones[r.IntN(len(zones))]},
	}
	if some(85) {
		d.to.Hours = week("09:00", "17:00")
	}
	if some(40) {
		d.to.Hours = stretches(70)
	}
	if some(40) {
		d.to.Quiet = stretches(60)
	}
	if some(20) {
		d.to.Quiet = append(d.to.Quiet, parley.Hours{Day: 1 + r.IntN(7), From: "22:00", To: "24:00"}, parley.Hours{Day: 1 + r.IntN(7), From: "00:00", To: "07:00"})
	}
	for range r.IntN(4) {
		t := soon(4 * 24 * time.Hour)
		d.to.Off = append(d.to.Off, delivery.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()})
	}
	if some(20) {
		from := soon(3 * 24 * time.Hour)
		d.to.Leave = []delivery.Span{{From: from, To: from.Add(time.Duration(r.IntN(20*24)) * time.Hour)}}
	}
	if some(20) {
		d.to.Focus = soon(8 * time.Hour)
	}
	for n := range r.IntN(3) {
		d.to.Deputies = append(d.to.Deputies, parley.ID(n+1))
	}
	if some(70) {
		d.to.Digest = "email"
	}
	return d
}

// mayBeDisturbed reads a person's rules off their wall clock, as they would: another way than that of the calendar, which
// makes instants of the rules. On a day on which the clocks change, wall clocks are no measure.
func mayBeDisturbed(c delivery.Calendar, t time.Time) (may, known bool) {
	local := t.In(c.Zone)
	offset := func(hours int) int {
		_, o := local.Add(time.Duration(hours) * time.Hour).Zone()
		return o
	}
	if offset(-26) != offset(26) || offset(-26) != offset(0) {
		return false, false
	}
	day := delivery.Date{Year: local.Year(), Month: local.Month(), Day: local.Day()}
	clock := local.Format("15:04:05.999999999")
	within := func(week []parley.Hours) bool {
		return slices.ContainsFunc(week, func(h parley.Hours) bool {
			return h.Day == (int(local.Weekday())+6)%7+1 && clock >= h.From+":00" && (h.To == "24:00" || clock < h.To+":00")
		})
	}
	may = (len(c.Hours) == 0 || within(c.Hours)) && !within(c.Quiet) && !slices.Contains(c.Off, day) && !t.Before(c.Focus)
	for _, l := range c.Leave {
		may = may && (t.Before(l.From) || !t.Before(l.To))
	}
	return may, true
}

func disturbs(s delivery.Step) bool {
	return s.What == delivery.Tell || s.What == delivery.Bundle || s.What == delivery.Summarise
}

// broken says which promise the plans for a case break.
func (d drawn) broken() string {
	var first [4]time.Time // of what disturbs, by need
	for n, need := range []parley.Need{parley.Urgent, parley.AnswerBy, parley.Normal, parley.Whenever} {
		m := delivery.Message{Need: need, By: d.by}
		plan := delivery.Plan(m, d.to, d.now)
		if !reflect.DeepEqual(plan, delivery.Plan(m, d.to, d.now)) {
			return fmt.Sprintf("%s: planned twice, there are two plans", need)
		}
		first[n] = time.Unix(1<<40, 0)
		report := -1
		for i, s := range plan {
			may, known := mayBeDisturbed(d.to.Calendar, s.At)
			escalates := need == parley.Urgent && s.What == delivery.Tell
			switch {
			case s.At.Before(d.now):
				return fmt.Sprintf("%s: step %d is in the past", need, i)
			case i > 0 && s.At.Before(plan[i-1].At):
				return fmt.Sprintf("%s: step %d is out of order", need, i)
			case disturbs(s) && !escalates && known && !may:
				return fmt.Sprintf("%s: step %d is outside their hours", need, i)
			case escalates && known && !may && !d.to.Open:
				return fmt.Sprintf("%s: step %d breaks through where nothing may", need, i)
			case s.What == delivery.Report && report >= 0:
				return fmt.Sprintf("%s: reported twice", need)
			}
			if s.What == delivery.Report {
				report = i
			}
			if disturbs(s) && s.At.Before(first[n]) {
				first[n] = s.At
			}
		}
		switch {
		case need == parley.Urgent && (report < 0 || plan[report].Unless != delivery.Acknowledged):
			return "urgent: nobody would hear that it failed"
		case need == parley.Urgent && slices.ContainsFunc(plan[report+1:], func(s delivery.Step) bool { return s.What != delivery.Bundle }):
			return "urgent: it is given up before everything was tried"
		case need == parley.AnswerBy && (report < 0 || plan[report].At.After(d.by) && plan[report].At.After(d.now)):
			return "answer: the sender hears too late that there is none"
		case n > 0 && first[n].Before(first[n-1]) && (n > 1 || d.to.Open && reachable(d.to)):
			return fmt.Sprintf("more need came later: %s at %s", need, first[n])
		}
	}
	return ""
}

// reachable says that there is a way by which an alarm can come.
func reachable(r delivery.Recipient) bool { return r.Active || len(r.Alarm) > 0 }

// plans is how many cases are tried: PARLEY_PLANS, or a million.
func plans(t *testing.T) uint64 {
	if text := os.Getenv("PARLEY_PLANS"); text != "" {
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	return 1_000_000
}

func TestPlansKeepTheirPromises(t *testing.T) {
	n, workers := plans(t), uint64(runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for number := w; number < n && !t.Failed(); number += workers {
				if what := draw(number).broken(); what != "" {
					t.Errorf("case %d: %s", number, what)
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkPlan(b *testing.B) {
	var cases []drawn
	for n := range uint64(4096) {
		cases = append(cases, draw(n))
	}
	needs := []parley.Need{parley.Urgent, parley.AnswerBy, parley.Normal, parley.Whenever}
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		d := cases[n%len(cases)]
		delivery.Plan(delivery.Message{Need: needs[n%4], By: d.by}, d.to, d.now)
	}
}
