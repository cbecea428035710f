package simulate

import (
	"strings"
	"time"
)

// variation is an assumption that is another one.
type variation struct {
	name   string
	change func(*Config)
}

// variations are of the assumptions that matter most, to both sides.
func variations() []variation {
	return []variation{
		{"as assumed", func(*Config) {}},
		{"nobody answers in the evening", func(c *Config) { c.Habits.Evening = 0 }},
		{"three of four do", func(c *Config) { c.Habits.Evening = 0.75 }},
		{"the app is opened each 20 min", func(c *Config) { c.Habits.Between = 20 * time.Minute }},
		{"each 2 h", func(c *Config) { c.Habits.Between = 2 * time.Hour }},
		{"one call of ten wakes", func(c *Config) { c.Habits.Wakes = 0.1 }},
		{"nine of ten do", func(c *Config) { c.Habits.Wakes = 0.9 }},
		{"three of ten let urgent through", func(c *Config) { c.Habits.Open = 0.3 }},
		{"all let urgent through", func(c *Config) { c.Habits.Open = 1 }},
		{"all are in one zone", func(c *Config) { c.Zones = 1 }},
	}
}

// Vary runs the simulation under other assumptions, one after the other, and writes the figures that matter most, each
// with a line for every assumption.
func Vary(c Config) (string, error) {
	var results []Result
	for _, v := range variations() {
		varied := c
		v.change(&varied)
		r, err := Run(varied)
		if err != nil {
			return "", err
		}
		results = append(results, r)
	}
	var b strings.Builder
	whole := "" // what the lines below another are about
	for _, l := range lines() {
		if name, part := strings.CutPrefix(l.name, "  "); part {
			l.name = whole + ": " + name
		} else {
			whole = name[:strings.IndexAny(name, ":,")]
		}
		if !l.key {
			continue
		}
		b.WriteString(results[0].line(l.name, func(f Figures) string { return f.Strategy }))
		for i, r := range results {
			b.WriteString(r.line("  "+variations()[i].name, l.of))
		}
		b.WriteString("\n")
	}
	return b.String(), nil
}
