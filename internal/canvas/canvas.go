// Package canvas is paper to draw charts on: text, lines and filled shapes, anti-aliased, and a PNG of it.
//
// It knows pixels. It must not know what is drawn.
package canvas

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The colours that charts share.
var (
	Paper = color.NRGBA{0xfb, 0xfa, 0xf7, 0xff}
	Ink   = color.NRGBA{0x2c, 0x33, 0x3a, 0xff}
	Faint = color.NRGBA{0xdd, 0xdc, 0xd6, 0xff}
)

// Point is a place, in pixels from the left and from the top.
type Point [2]float64

// Canvas is paper to draw on.
type Canvas struct {
	*image.RGBA
	faces map[float64]font.Face
}

// New returns empty paper, and letters of some sizes in pixels.
func New(width, height int, sizes ...float64) (*Canvas, error) {
	c := &Canvas{image.NewRGBA(image.Rect(0, 0, width, height)), map[float64]font.Face{}}
	draw.Draw(c, c.Bounds(), image.NewUniform(Paper), image.Point{}, draw.Src)
	letters, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	for _, size := range sizes {
		if c.faces[size], err = opentype.NewFace(letters, &opentype.FaceOptions{Size: size, DPI: 72}); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// PNG returns what was drawn.
func (c *Canvas) PNG() ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, c.RGBA)
	return b.Bytes(), err
}

// Write sets text, in one of the sizes of New, on a line that begins at x, y.
func (c *Canvas) Write(x, y, size float64, of color.NRGBA, text string) {
	c.drawer(x, y, size, of).DrawString(text)
}

// WriteTo sets text on a line that ends at x, y.
func (c *Canvas) WriteTo(x, y, size float64, of color.NRGBA, text string) {
	d := c.drawer(x, y, size, of)
	d.Dot.X -= d.MeasureString(text)
	d.DrawString(text)
}

func (c *Canvas) drawer(x, y, size float64, of color.NRGBA) *font.Drawer {
	return &font.Drawer{Dst: c, Src: image.NewUniform(of), Face: c.faces[size], Dot: fixed.P(int(x), int(y))}
}

// Fill fills what the points enclose.
func (c *Canvas) Fill(of color.NRGBA, points ...Point) {
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

// Line draws through the points.
func (c *Canvas) Line(of color.NRGBA, width float64, points ...Point) {
	there, back := make([]Point, 0, 2*len(points)), make([]Point, 0, len(points))
	for i, p := range points {
		before, after := points[max(0, i-1)], points[min(len(points)-1, i+1)]
		dx, dy := after[0]-before[0], after[1]-before[1]
		n := math.Hypot(dx, dy)
		ox, oy := -dy/n*width/2, dx/n*width/2
		there = append(there, Point{p[0] + ox, p[1] + oy})
		back = append(back, Point{p[0] - ox, p[1] - oy})
	}
	for i := len(back) - 1; i >= 0; i-- {
		there = append(there, back[i])
	}
	c.Fill(of, there...)
}
