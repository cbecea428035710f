package demo

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"github.com/parley-im/parley/internal/canvas"
)

// chart is a few curves over hours.
type chart struct {
	title, unit string
	comma       bool // 2,8 instead of 2.8
	from, to    float64
	curves      []curve
}

type curve struct {
	name  string
	color color.NRGBA
	at    func(hour float64) float64
}

const (
	chartWidth, chartHeight                      = 1200, 680
	chartLeft, chartRight, chartTop, chartBottom = 90.0, 1160.0, 96.0, 600.0
)

func drawChart(k chart) ([]byte, error) {
	c, err := canvas.New(chartWidth, chartHeight, 20, 28)
	if err != nil {
		return nil, err
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range k.curves {
		for h := k.from; h <= k.to; h++ {
			low, high = math.Min(low, v.at(h)), math.Max(high, v.at(h))
		}
	}
	low, high = math.Floor(low*2)/2, math.Ceil(high*2)/2
	x := func(h float64) float64 { return chartLeft + (h-k.from)/(k.to-k.from)*(chartRight-chartLeft) }
	y := func(v float64) float64 { return chartBottom - (v-low)/(high-low)*(chartBottom-chartTop) }
	c.Write(chartLeft-50, 56, 28, canvas.Ink, k.title)
	for v := low; v <= high+1e-9; v += (high - low) / 5 {
		c.Line(canvas.Faint, 1.5, canvas.Point{chartLeft, y(v)}, canvas.Point{chartRight, y(v)})
		label := fmt.Sprintf("%.1f %s", v, k.unit)
		if k.comma {
			label = strings.ReplaceAll(label, ".", ",")
		}
		c.WriteTo(chartLeft-12, y(v)+7, 20, canvas.Ink, label)
	}
	step := (k.to - k.from) / 6
	for h := k.from; h <= k.to+1e-9; h += step {
		c.Line(canvas.Faint, 1.5, canvas.Point{x(h), chartTop}, canvas.Point{x(h), chartBottom})
		c.Write(x(h)-10, chartBottom+34, 20, canvas.Ink, fmt.Sprintf("%+.0f h", h))
	}
	for i, v := range k.curves {
		var points []canvas.Point
		for p := 0; p <= 400; p++ {
			h := k.from + (k.to-k.from)*float64(p)/400
			points = append(points, canvas.Point{x(h), y(v.at(h))})
		}
		c.Line(v.color, 4, points...)
		at := chartTop + 34 + 34*float64(i)
		c.Line(v.color, 4, canvas.Point{chartRight - 400, at - 7}, canvas.Point{chartRight - 360, at - 7})
		c.Write(chartRight-348, at, 20, canvas.Ink, v.name)
	}
	return c.PNG()
}

// drawBaffles is Hana's section of the culvert, seen from above: the slow lane zig-zags behind the baffles.
func drawBaffles() ([]byte, error) {
	c, err := canvas.New(chartWidth, chartHeight, 20, 28)
	if err != nil {
		return nil, err
	}
	water, steel, path := color.NRGBA{0xd5, 0xe7, 0xec, 0xff}, color.NRGBA{0x5c, 0x64, 0x6b, 0xff}, color.NRGBA{0xb4, 0x6a, 0x4a, 0xff}
	c.Write(60, 70, 28, canvas.Ink, "Culvert, seen from above: baffles 15 cm, every 1.2 m, alternating")
	c.Fill(water, canvas.Point{60, 180}, canvas.Point{1140, 180}, canvas.Point{1140, 480}, canvas.Point{60, 480})
	c.Line(steel, 8, canvas.Point{60, 180}, canvas.Point{1140, 180})
	c.Line(steel, 8, canvas.Point{60, 480}, canvas.Point{1140, 480})
	var fish []canvas.Point
	for i := range 8 {
		x := 140 + 130*float64(i)
		if i%2 == 0 {
			c.Line(steel, 12, canvas.Point{x, 180}, canvas.Point{x + 30, 300})
		} else {
			c.Line(steel, 12, canvas.Point{x, 480}, canvas.Point{x + 30, 360})
		}
	}
	for p := 0; p <= 300; p++ {
		t := float64(p) / 300
		fish = append(fish, canvas.Point{1120 - 1040*t, 330 + 74*math.Cos(math.Pi*(1040*(1-t)-75)/130)})
	}
	c.Line(path, 4, fish...)
	c.Fill(path, canvas.Point{66, 330}, canvas.Point{94, 316}, canvas.Point{94, 346})
	c.Write(60, 545, 20, canvas.Ink, "flow")
	c.Line(canvas.Ink, 3, canvas.Point{120, 538}, canvas.Point{300, 538})
	c.Fill(canvas.Ink, canvas.Point{318, 538}, canvas.Point{298, 528}, canvas.Point{298, 548})
	c.WriteTo(chartRight-20, 545, 20, path, "the slow lane, 0.3 m/s")
	return c.PNG()
}
