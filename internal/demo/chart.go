package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
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

var (
	paper = color.NRGBA{0xfb, 0xfa, 0xf7, 0xff}
	ink   = color.NRGBA{0x2c, 0x33, 0x3a, 0xff}
	faint = color.NRGBA{0xdd, 0xdc, 0xd6, 0xff}
)

// canvas is paper to draw on.
type canvas struct {
	*image.RGBA
	faces map[float64]font.Face
}

func newCanvas() (*canvas, error) {
	c := &canvas{image.NewRGBA(image.Rect(0, 0, chartWidth, chartHeight)), map[float64]font.Face{}}
	draw.Draw(c, c.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	letters, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	for _, size := range []float64{20, 28} {
		if c.faces[size], err = opentype.NewFace(letters, &opentype.FaceOptions{Size: size, DPI: 72}); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *canvas) png() ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, c.RGBA)
	return b.Bytes(), err
}

// write sets text with its left end, or its right when size is below 0, at x, y.
func (c *canvas) write(x, y, size float64, of color.NRGBA, text string) {
	d := font.Drawer{Dst: c, Src: image.NewUniform(of), Face: c.faces[math.Abs(size)]}
	d.Dot = fixed.P(int(x), int(y))
	if size < 0 {
		d.Dot.X -= d.MeasureString(text)
	}
	d.DrawString(text)
}

// fill fills what the points enclose.
func (c *canvas) fill(of color.NRGBA, points ...[2]float64) {
	around := image.Rectangle{}
	for _, p := range points {
		around = around.Union(image.Rect(int(p[0])-1, int(p[1])-1, int(p[0])+2, int(p[1])+2))
	}
	around = around.Intersect(c.Bounds())
	r := vector.NewRasterizer(around.Dx(), around.Dy())
	for i, p := range points {
		x, y := float32(p[0]-float64(around.Min.X)), float32(p[1]-float64(around.Min.Y))
		if i == 0 {
			r.MoveTo(x, y)
			continue
		}
		r.LineTo(x, y)
	}
	r.ClosePath()
	r.Draw(c.RGBA, around, image.NewUniform(of), image.Point{})
}

// line draws through the points.
func (c *canvas) line(of color.NRGBA, width float64, points ...[2]float64) {
	there, back := make([][2]float64, 0, 2*len(points)), make([][2]float64, 0, len(points))
	for i, p := range points {
		before, after := points[max(0, i-1)], points[min(len(points)-1, i+1)]
		dx, dy := after[0]-before[0], after[1]-before[1]
		n := math.Hypot(dx, dy)
		ox, oy := -dy/n*width/2, dx/n*width/2
		there = append(there, [2]float64{p[0] + ox, p[1] + oy})
		back = append(back, [2]float64{p[0] - ox, p[1] - oy})
	}
	for i := len(back) - 1; i >= 0; i-- {
		there = append(there, back[i])
	}
	c.fill(of, there...)
}

func drawChart(k chart) ([]byte, error) {
	c, err := newCanvas()
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
	c.write(chartLeft-50, 56, 28, ink, k.title)
	for v := low; v <= high+1e-9; v += (high - low) / 5 {
		c.line(faint, 1.5, [2]float64{chartLeft, y(v)}, [2]float64{chartRight, y(v)})
		label := fmt.Sprintf("%.1f %s", v, k.unit)
		if k.comma {
			label = strings.ReplaceAll(label, ".", ",")
		}
		c.write(chartLeft-12, y(v)+7, -20, ink, label)
	}
	step := (k.to - k.from) / 6
	for h := k.from; h <= k.to+1e-9; h += step {
		c.line(faint, 1.5, [2]float64{x(h), chartTop}, [2]float64{x(h), chartBottom})
		c.write(x(h)-10, chartBottom+34, 20, ink, fmt.Sprintf("%+.0f h", h))
	}
	for i, v := range k.curves {
		var points [][2]float64
		for p := 0; p <= 400; p++ {
			h := k.from + (k.to-k.from)*float64(p)/400
			points = append(points, [2]float64{x(h), y(v.at(h))})
		}
		c.line(v.color, 4, points...)
		at := chartTop + 34 + 34*float64(i)
		c.line(v.color, 4, [2]float64{chartRight - 400, at - 7}, [2]float64{chartRight - 360, at - 7})
		c.write(chartRight-348, at, 20, ink, v.name)
	}
	return c.png()
}

// drawBaffles is Hana's section of the culvert, seen from above: the slow lane zig-zags behind the baffles.
func drawBaffles() ([]byte, error) {
	c, err := newCanvas()
	if err != nil {
		return nil, err
	}
	water, steel, path := color.NRGBA{0xd5, 0xe7, 0xec, 0xff}, color.NRGBA{0x5c, 0x64, 0x6b, 0xff}, color.NRGBA{0xb4, 0x6a, 0x4a, 0xff}
	c.write(60, 70, 28, ink, "Culvert, seen from above: baffles 15 cm, every 1.2 m, alternating")
	c.fill(water, [2]float64{60, 180}, [2]float64{1140, 180}, [2]float64{1140, 480}, [2]float64{60, 480})
	c.line(steel, 8, [2]float64{60, 180}, [2]float64{1140, 180})
	c.line(steel, 8, [2]float64{60, 480}, [2]float64{1140, 480})
	var fish [][2]float64
	for i := range 8 {
		x := 140 + 130*float64(i)
		if i%2 == 0 {
			c.line(steel, 12, [2]float64{x, 180}, [2]float64{x + 30, 300})
		} else {
			c.line(steel, 12, [2]float64{x, 480}, [2]float64{x + 30, 360})
		}
	}
	for p := 0; p <= 300; p++ {
		t := float64(p) / 300
		fish = append(fish, [2]float64{1120 - 1040*t, 330 + 74*math.Cos(math.Pi*(1040*(1-t)-75)/130)})
	}
	c.line(path, 4, fish...)
	c.fill(path, [2]float64{66, 330}, [2]float64{94, 316}, [2]float64{94, 346})
	c.write(60, 545, 20, ink, "flow")
	c.line(ink, 3, [2]float64{120, 538}, [2]float64{300, 538})
	c.fill(ink, [2]float64{318, 538}, [2]float64{298, 528}, [2]float64{298, 548})
	c.write(chartRight-20, 545, -20, path, "the slow lane, 0.3 m/s")
	return c.png()
}
