package simulate

import (
	"fmt"
	"strings"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// line is one figure of every strategy.
type line struct {
	name string
	of   func(Figures) string
	key  bool // of those by which variations are compared
}

func percent(x float64) string { return fmt.Sprintf("%.1f %%", 100*x) }

// long writes a time as one would say it.
func long(d time.Duration) string {
	switch {
	case d == endless:
		return "never"
	case d < 100*time.Second:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < 100*time.Minute:
		return fmt.Sprintf("%.0f min", d.Minutes())
	case d < 48*time.Hour:
		return fmt.Sprintf("%.1f h", d.Hours())
	}
	return fmt.Sprintf("%.1f d", d.Hours()/24)
}

func lines() []line {
	half := func(t Times) string { return long(t.Quantile(0.5)) }
	most := func(t Times) string { return long(t.Quantile(0.95)) }
	answers := func(n parley.Need, say func(Times) string) func(Figures) string {
		return func(f Figures) string { return say(f.Answers[n]) }
	}
	of := func(n parley.Need, count func(Figures) int) func(Figures) string {
		return func(f Figures) string { return percent(share(count(f), len(f.Answers[n]))) }
	}
	acknowledged := func(d time.Duration) func(Figures) string {
		return func(f Figures) string { return percent(f.Answers[parley.Urgent].Within(d)) }
	}
	return []line{
		{"Interruptions, per person and day", func(f Figures) string { return fmt.Sprintf("%.2f", f.PerDay()) }, true},
		{"  outside own hours", func(f Figures) string { return percent(f.OutsideShare()) }, true},
		{"  but for mails", func(f Figures) string { return fmt.Sprintf("%.2f", share(f.Interruptions-f.Mails, f.PersonDays)) }, false},
		{"Whenever: answered, median", answers(parley.Whenever, half), false},
		{"  p95", answers(parley.Whenever, most), false},
		{"Normal: answered, median", answers(parley.Normal, half), true},
		{"  p95", answers(parley.Normal, most), false},
		{"  sent in their hours, median", func(f Figures) string { return half(f.Free) }, false},
		{"  sent outside them, median", func(f Figures) string { return half(f.NotFree) }, false},
		{"Answer by: answered, median", answers(parley.AnswerBy, half), false},
		{"  p95", answers(parley.AnswerBy, most), false},
		{"  deadline missed", of(parley.AnswerBy, func(f Figures) int { return f.Missed }), true},
		{"  missed, the sender not told", of(parley.AnswerBy, func(f Figures) int { return f.Unwarned }), false},
		{"Urgent: acknowledged, median", answers(parley.Urgent, half), false},
		{"  p95", answers(parley.Urgent, most), false},
		{"  within 5 min", acknowledged(5 * time.Minute), false},
		{"  within 10 min", acknowledged(10 * time.Minute), true},
		{"  within 30 min", acknowledged(30 * time.Minute), false},
		{"  reported to the sender", of(parley.Urgent, func(f Figures) int { return f.Reported }), false},
		{"  after 1 h neither", of(parley.Urgent, func(f Figures) int { return f.Silent }), false},
		{"  deputies asked, each", func(f Figures) string { return fmt.Sprintf("%.2f", share(f.Deputies, len(f.Answers[parley.Urgent]))) }, false},
	}
}

// Table writes the figures, a line each, a column for each strategy.
func (r Result) Table() string {
	text := r.line("", func(f Figures) string { return f.Strategy })
	for _, l := range lines() {
		text += r.line(l.name, l.of)
	}
	return text
}

func (r Result) line(name string, of func(Figures) string) string {
	text := fmt.Sprintf("%-33s", name)
	for _, f := range r.Figures {
		text += fmt.Sprintf(" %*s", max(len(f.Strategy), 10), of(f))
	}
	return text + "\n"
}

// Plot draws, of letters, what each strategy costs and how soon what is urgent is acknowledged.
func (r Result) Plot() string {
	const width = 50
	var b strings.Builder
	most := 0.0
	for _, f := range r.Figures {
		most = max(most, f.PerDay())
	}
	name := func(f Figures) { fmt.Fprintf(&b, "  %-22s", f.Strategy) }
	b.WriteString("Interruptions per person and day (█ in their hours, ░ outside)\n")
	for _, f := range r.Figures {
		name(f)
		all := f.PerDay() / most * width
		in, out := int(all*(1-f.OutsideShare())+0.5), int(all+0.5)
		fmt.Fprintf(&b, "%s%s %.2f\n", strings.Repeat("█", in), strings.Repeat("░", out-in), f.PerDay())
	}
	b.WriteString("\nUrgent: acknowledged within 5, 10 and 30 minutes (█ ▓ ░)\n")
	for _, f := range r.Figures {
		name(f)
		done := 0
		for i, d := range []time.Duration{5, 10, 30} {
			until := int(f.Answers[parley.Urgent].Within(d*time.Minute)*width + 0.5)
			b.WriteString(strings.Repeat([]string{"█", "▓", "░"}[i], until-done))
			done = until
		}
		fmt.Fprintf(&b, "%s %s\n", strings.Repeat("·", width-done), percent(f.Answers[parley.Urgent].Within(30*time.Minute)))
	}
	return b.String()
}
