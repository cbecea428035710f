package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// series are repeated measurements of one thing.
type series []float64

func (s series) sorted() series {
	c := slices.Clone(s)
	slices.Sort(c)
	return c
}

// at returns the value below which the share p of all lies (nearest rank).
func (s series) at(p float64) float64 {
	if len(s) == 0 {
		return 0
	}
	c := s.sorted()
	return c[min(int(p*float64(len(c))), len(c)-1)]
}

func (s series) median() float64 { return s.at(0.5) }

// spread writes the least and the greatest.
func (s series) spread(write func(float64) string) string {
	if len(s) < 2 {
		return ""
	}
	c := s.sorted()
	return write(c[0]) + " to " + write(c[len(c)-1])
}

// thousands writes 118000 as 118,000.
func thousands(v float64) string {
	digits := strconv.FormatInt(int64(v+0.5), 10)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// ms writes a time in milliseconds with three digits that count.
func ms(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f ms", v)
	case v >= 10:
		return fmt.Sprintf("%.1f ms", v)
	}
	return fmt.Sprintf("%.2f ms", v)
}

func micros(v float64) string { return thousands(v) + " us" }

func perSecond(v float64) string { return thousands(v) + "/s" }

func mebibytes(v float64) string { return fmt.Sprintf("%.0f MB", v/(1<<20)) }

func kibibytes(v float64) string { return fmt.Sprintf("%.1f KiB", v/1024) }

func seconds(v float64) string { return fmt.Sprintf("%.2f s", v) }

func inMillis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
