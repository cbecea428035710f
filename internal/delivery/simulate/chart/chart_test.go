package chart_test

import (
	"bytes"
	"image/png"
	"testing"

	"github.com/parley-im/parley/internal/canvas"
	"github.com/parley-im/parley/internal/delivery/simulate"
	"github.com/parley-im/parley/internal/delivery/simulate/chart"
)

func TestAChartHasSomethingInEachQuarter(t *testing.T) {
	r, err := simulate.Run(simulate.Config{People: 20, Zones: 2, Days: 3, Seed: 1, Habits: simulate.Usual()})
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := chart.Draw(r)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	var inked [4]int
	middle := picture.Bounds().Max.Div(2)
	r0, g0, b0, _ := canvas.Paper.RGBA()
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			quarter := 2*(y/middle.Y) + x/middle.X
			if r, g, b, _ := picture.At(x, y).RGBA(); r != r0 || g != g0 || b != b0 {
				inked[quarter]++
			}
		}
	}
	for quarter, n := range inked {
		if n < 5000 {
			t.Errorf("quarter %d has %d pixels that are not paper", quarter, n)
		}
	}
}
