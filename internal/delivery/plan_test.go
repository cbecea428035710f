package delivery_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

const deputy parley.ID = 7

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

// week is from Monday to Friday.
func week(from, to string) (hours []parley.Hours) {
	for day := 1; day <= 5; day++ {
		hours = append(hours, parley.Hours{Day: day, From: from, To: to})
	}
	return hours
}

// bo works in Berlin, and has a ladder and an alarm.
func bo(more ...func(*delivery.Recipient)) delivery.Recipient {
	r := delivery.Recipient{
		Calendar: delivery.Calendar{Zone: zone("Europe/Berlin"), Hours: week("09:00", "17:00")},
		Ladder:   []delivery.Rung{{Way: "push"}, {Way: "email", After: 30 * time.Minute}, {Way: "sms", After: 4 * time.Hour}},
		Alarm:    []delivery.Rung{{Way: "push"}, {Way: "sms", After: 2 * time.Minute}, {Way: "phone", After: 4 * time.Minute}},
		Deputies: []parley.ID{deputy},
		Open:     true,
		AtNight:  true,
		Digest:   "email",
	}
	for _, change := range more {
		change(&r)
	}
	return r
}

func active(r *delivery.Recipient)    { r.Active = true }
func member(r *delivery.Recipient)    { r.Relation = delivery.Member }
func mentioned(r *delivery.Recipient) { r.Relation = delivery.Mentioned }
func shut(r *delivery.Recipient)      { r.Open = false }
func noWays(r *delivery.Recipient)    { r.Ladder, r.Alarm, r.Digest = nil, nil, "" }
func alone(r *delivery.Recipient)     { r.Deputies = nil }
func retired(r *delivery.Recipient) {
	r.Leave = []delivery.Span{{To: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)}}
}

// in is Berlin's clock of a day in 2026.
func in(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", "2026-"+text, zone("Europe/Berlin"))
	if err != nil {
		panic(err)
	}
	return t
}

// written is a plan as one reads it, in the recipient's own time.
func written(steps []delivery.Step, zone *time.Location) string {
	var b strings.Builder
	for _, s := range steps {
		whom := string(s.Way)
		if s.What == delivery.Ask {
			whom = "deputy"
		}
		fmt.Fprintf(&b, "%s %s", s.At.In(zone).Format("Mon 15:04:05"), s.What)
		for _, word := range []string{whom, "unless " + string(s.Unless), "(" + string(s.Why) + ")"} {
			if word != "" && word != "unless " {
				b.WriteString(" " + word)
			}
		}
		b.WriteString("\n")
	}
	return strings.ReplaceAll(b.String(), ":00 ", " ")
}

func TestPlan(t *testing.T) {
	whenever, normal, urgent := delivery.Message{Need: parley.Whenever}, delivery.Message{Need: parley.Normal}, delivery.Message{Need: parley.Urgent}
	by := func(text string) delivery.Message { return delivery.Message{Need: parley.AnswerBy, By: in(text)} }
	tests := map[string]struct {
		message delivery.Message
		to      delivery.Recipient
		now     time.Time
		want    string
	}{
		// 25 November 2026 is a Wednesday.
		"whenever to somebody active is shown without a sound": {whenever, bo(active), in("11-25 10:00"), `
			Wed 10:00 show app (active)
			Thu 09:00 summarise email unless seen (digest)`},
		"whenever to somebody away waits for the summary of their next day": {whenever, bo(), in("11-25 10:00"), `
			Thu 09:00 summarise email unless seen (digest)`},
		"whenever at night waits for the summary of the morning": {whenever, bo(), in("11-25 03:00"), `
			Wed 09:00 summarise email unless seen (digest)`},
		"whenever to somebody without summaries waits to be found": {whenever, bo(noWays), in("11-25 10:00"), ``},

		"normal to somebody active is told in the app, and by mail if it stays unseen": {normal, bo(active), in("11-25 10:00"), `
			Wed 10:00 tell app unless seen (active)
			Wed 10:30 tell email unless seen (unseen)
			Wed 14:00 tell sms unless seen (unseen)`},
		"normal to somebody away in their hours climbs the ladder": {normal, bo(mentioned), in("11-25 10:00"), `
			Wed 10:00 tell push unless seen (away)
			Wed 10:30 tell email unless seen (unseen)
			Wed 14:00 tell sms unless seen (unseen)`},
		"normal at night waits for nine o'clock, with all that was held back": {normal, bo(), in("11-25 03:00"), `
			Wed 09:00 bundle push unless seen (hours)
			Wed 09:30 bundle email unless seen (unseen)
			Wed 13:00 bundle sms unless seen (unseen)`},
		"normal at night does not disturb who is active either": {normal, bo(active), in("11-25 03:00"), `
			Wed 09:00 bundle push unless seen (hours)
			Wed 09:30 bundle email unless seen (unseen)
			Wed 13:00 bundle sms unless seen (unseen)`},
		"normal in focus waits for its end": {normal, bo(func(r *delivery.Recipient) { r.Focus = in("11-25 11:15") }), in("11-25 10:00"), `
			Wed 11:15 bundle push unless seen (hours)
			Wed 11:45 bundle email unless seen (unseen)
			Wed 15:15 bundle sms unless seen (unseen)`},
		"normal late in the day goes on the next morning": {normal, bo(), in("11-25 16:45"), `
			Wed 16:45 tell push unless seen (away)
			Thu 09:15 tell email unless seen (unseen)
			Thu 12:45 tell sms unless seen (unseen)`},
		"normal on a Friday evening waits for Monday": {normal, bo(), in("11-27 18:00"), `
			Mon 09:00 bundle push unless seen (hours)
			Mon 09:30 bundle email unless seen (unseen)
			Mon 13:00 bundle sms unless seen (unseen)`},
		"normal on the night the clocks go back waits for nine o'clock local time": {normal, bo(func(r *delivery.Recipient) {
			r.Hours = []parley.Hours{{Day: 7, From: "09:00", To: "17:00"}}
		}), in("10-24 23:00"), `
			Sun 09:00 bundle push unless seen (hours)
			Sun 09:30 bundle email unless seen (unseen)
			Sun 13:00 bundle sms unless seen (unseen)`},
		"normal to one who is a member only is shown without a sound": {normal, bo(active, member), in("11-25 10:00"), `
			Wed 10:00 show app (active)
			Thu 09:00 summarise email unless seen (digest)`},
		"normal to one without hours in sight is reported": {normal, bo(retired), in("11-25 10:00"), `
			Wed 10:00 report unless seen (no_hours)`},

		"an answer is asked for again when half and nine tenths of their time have passed": {by("11-25 15:00"), bo(active), in("11-25 10:00"), `
			Wed 10:00 tell app unless seen (active)
			Wed 12:30 tell email unless answered (deadline)
			Wed 14:30 tell sms unless answered (deadline)
			Wed 15:00 report unless answered (missed)`},
		"their time is counted in their hours": {by("11-26 11:00"), bo(), in("11-25 15:00"), `
			Wed 15:00 tell push unless seen (away)
			Thu 09:00 tell email unless answered (deadline)
			Thu 10:36 tell sms unless answered (deadline)
			Thu 11:00 report unless answered (missed)`},
		"an answer wanted before their hours begin is reported at once": {by("11-25 08:00"), bo(), in("11-25 03:00"), `
			Wed 03:00 report unless answered (missed)
			Wed 09:00 bundle push unless seen (hours)`},
		"an answer that was wanted before now is reported at once": {by("11-25 09:30"), bo(), in("11-25 10:00"), `
			Wed 10:00 tell push unless seen (away)
			Wed 10:00 report unless answered (missed)`},
		"an answer is wanted of a member, too": {by("11-25 12:00"), bo(member), in("11-25 10:00"), `
			Wed 10:00 tell push unless seen (away)
			Wed 11:00 tell email unless answered (deadline)
			Wed 11:48 tell sms unless answered (deadline)
			Wed 12:00 report unless answered (missed)`},

		"urgent to somebody asleep rings after four minutes if they let it through": {urgent, bo(), in("11-25 03:00"), `
			Wed 03:00 tell push unless acknowledged (urgent)
			Wed 03:02 tell sms unless acknowledged (not_acked)
			Wed 03:04 tell phone unless acknowledged (not_acked)
			Wed 03:08 ask deputy unless acknowledged (nobody)
			Wed 03:16 report unless acknowledged (nobody)`},
		"urgent to somebody active is said again every two minutes": {urgent, bo(active, alone), in("11-25 10:00"), `
			Wed 10:00 tell push unless acknowledged (away)
			Wed 10:00 tell app unless acknowledged (active)
			Wed 10:02 tell sms unless acknowledged (not_acked)
			Wed 10:02 tell app unless acknowledged (not_acked)
			Wed 10:04 tell phone unless acknowledged (not_acked)
			Wed 10:04 tell app unless acknowledged (not_acked)
			Wed 10:06 tell app unless acknowledged (not_acked)
			Wed 10:08 report unless acknowledged (nobody)`},
		"urgent to somebody who lets nothing through goes to the deputy at once": {urgent, bo(shut), in("11-25 03:00"), `
			Wed 03:00 ask deputy unless acknowledged (closed)
			Wed 03:08 report unless acknowledged (closed)
			Wed 09:00 bundle push unless acknowledged (hours)`},
		"urgent in their hours needs nobody's leave": {urgent, bo(shut, alone), in("11-25 10:00"), `
			Wed 10:00 tell push unless acknowledged (away)
			Wed 10:02 tell sms unless acknowledged (not_acked)
			Wed 10:04 tell phone unless acknowledged (not_acked)
			Wed 10:08 report unless acknowledged (nobody)`},
		"urgent to one who cannot be told is reported at once": {urgent, bo(noWays, alone), in("11-25 10:00"), `
			Wed 10:00 report unless acknowledged (no_way)`},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			want := strings.ReplaceAll(strings.TrimPrefix(c.want, "\n"), "\t", "")
			got := strings.TrimSuffix(written(delivery.Plan(c.message, c.to, c.now), c.to.Zone), "\n")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
