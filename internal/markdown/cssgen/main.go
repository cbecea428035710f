// Command cssgen writes the style sheet for coloured code, light and dark, to standard output: two of Chroma's styles,
// each colour moved towards black or white until it has the contrast that WCAG 2.2 section 1.4.3 asks of text.
package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/styles"
)

const enough = 4.6 // 4.5:1, and room for rounding

func main() {
	w := bufio.NewWriter(os.Stdout)
	fmt.Fprintln(w, "/* Written by internal/markdown/cssgen (go generate ./internal/markdown); do not edit. */")
	write(w, "github", ":root:not([data-mantine-color-scheme=\"dark\"]) .chroma", chroma.NewColour(0xf6, 0xf8, 0xfa), chroma.NewColour(0x1f, 0x23, 0x28))
	write(w, "github-dark", ":root[data-mantine-color-scheme=\"dark\"] .chroma", chroma.NewColour(0x16, 0x1b, 0x22), chroma.NewColour(0xe6, 0xed, 0xf3))
	if err := w.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// write writes one style's rules. Colours are for text on the background; ink is for what has none of its own.
func write(w *bufio.Writer, style, scope string, background, ink chroma.Colour) {
	fmt.Fprintf(w, "\n/* %s */\n%s {\n  background: %s;\n  color: %s;\n", style, scope, background, ink)
	s := styles.Get(style)
	var kinds []chroma.TokenType
	for t, class := range chroma.StandardTypes {
		if t > 0 && class != "" {
			kinds = append(kinds, t)
		}
	}
	slices.Sort(kinds)
	selectors := map[string][]string{} // by rule
	var rules []string                 // in the order of the kinds
	for _, t := range kinds {
		e := s.Get(t)
		rule := ""
		if e.Colour.IsSet() && e.Colour != s.Get(chroma.Text).Colour {
			rule += "    color: " + legible(e.Colour, background, ink).String() + ";\n"
		}
		if e.Bold == chroma.Yes {
			rule += "    font-weight: 600;\n"
		}
		if e.Italic == chroma.Yes {
			rule += "    font-style: italic;\n"
		}
		if rule == "" {
			continue
		}
		if selectors[rule] == nil {
			rules = append(rules, rule)
		}
		selectors[rule] = append(selectors[rule], "."+chroma.StandardTypes[t])
	}
	for _, rule := range rules {
		fmt.Fprintf(w, "\n  & :is(%s) {\n%s  }\n", strings.Join(selectors[rule], ", "), rule)
	}
	fmt.Fprintln(w, "}")
}

// legible mixes c with ink, in steps of a twentieth, until it stands out from the background.
func legible(c, background, ink chroma.Colour) chroma.Colour {
	mixed := c
	for part := 0.0; contrast(mixed, background) < enough && part <= 1; part += 0.05 {
		mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*(1-part) + float64(b)*part)) }
		mixed = chroma.NewColour(mix(c.Red(), ink.Red()), mix(c.Green(), ink.Green()), mix(c.Blue(), ink.Blue()))
	}
	return mixed
}

// contrast is WCAG's ratio of two colours, 1 to 21.
func contrast(a, b chroma.Colour) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

func luminance(c chroma.Colour) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.Red()) + 0.7152*linear(c.Green()) + 0.0722*linear(c.Blue())
}
