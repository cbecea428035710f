package canvas_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/parley-im/parley/internal/canvas"
)

// inked returns the smallest frame around what is not paper any more.
func inked(t *testing.T, draw func(*canvas.Canvas)) (frame image.Rectangle) {
	t.Helper()
	c, err := canvas.New(300, 100, 20)
	if err != nil {
		t.Fatal(err)
	}
	draw(c)
	drawn, err := c.PNG()
	if err != nil {
		t.Fatal(err)
	}
	read, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	paper := color.RGBAModel.Convert(canvas.Paper)
	for y := range 100 {
		for x := range 300 {
			if color.RGBAModel.Convert(read.At(x, y)) != paper {
				frame = frame.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return frame
}

func TestWhatIsDrawnIsWhereItWasPut(t *testing.T) {
	tests := map[string]struct {
		draw    func(*canvas.Canvas)
		within  image.Rectangle
		atLeast image.Point // how wide and high
	}{
		"text begins at its point":  {func(c *canvas.Canvas) { c.Write(100, 50, 20, canvas.Ink, "Hallo") }, image.Rect(99, 30, 180, 51), image.Pt(30, 10)},
		"text ends at its point":    {func(c *canvas.Canvas) { c.WriteTo(200, 50, 20, canvas.Ink, "Hallo") }, image.Rect(120, 30, 201, 51), image.Pt(30, 10)},
		"a line is as wide as told": {func(c *canvas.Canvas) { c.Line(canvas.Ink, 4, canvas.Point{50, 50}, canvas.Point{250, 50}) }, image.Rect(50, 48, 250, 52), image.Pt(200, 4)},
		"a shape is filled": {func(c *canvas.Canvas) {
			c.Fill(canvas.Ink, canvas.Point{10, 10}, canvas.Point{30, 10}, canvas.Point{30, 30}, canvas.Point{10, 30})
		}, image.Rect(10, 10, 30, 30), image.Pt(20, 20)},
		"empty paper is empty": {func(*canvas.Canvas) {}, image.Rectangle{}, image.Point{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := inked(t, test.draw)
			if !got.In(test.within) || got.Dx() < test.atLeast.X || got.Dy() < test.atLeast.Y {
				t.Errorf("drawn in %v, want within %v and at least %v", got, test.within, test.atLeast)
			}
		})
	}
}
