// Package chart draws what a simulation has found.
package chart

import (
	"fmt"
	"image/color"
	"math"
	"time"

	"github.com/parley-im/parley/internal/canvas"
	"github.com/parley-im/parley/internal/delivery/simulate"
	"github.com/parley-im/parley/internal/parley"
)

const (
	width, height = 1600, 1180
	title, text   = 26.0, 19.0
)

// Colours that also those can tell apart who do not see all (Okabe and Ito 2008), by place among the strategies.
var colours = []color.NRGBA{
	{0x00, 0x72, 0xb2, 0xff}, {0xd5, 0x5e, 0x00, 0xff}, {0xcc, 0x79, 0xa7, 0xff}, {0x00, 0x9e, 0x73, 0xff}, {0x8a, 0x84, 0x78, 0xff},
}

// frame is where one of the four charts stands: its axes, without what is written beside them.
type frame struct{ left, top, right, bottom float64 }

func place(column, row int) frame {
	left, top := 80+float64(column)*780, 110+float64(row)*590
	return frame{left, top, left + 680, top + 410}
}

// Draw returns a PNG.
func Draw(r simulate.Result) ([]byte, error) {
	c, err := canvas.New(width, height, title, text)
	if err != nil {
		return nil, err
	}
	bars(c, place(0, 0), r.Figures)
	curves(c, place(1, 0), r.Figures, axes{
		title: "... by the hour of their own day", last: 24, most: dearest(r.Figures),
		x: func(at float64) string { return fmt.Sprintf("%02.0f:00", at) }, every: 4,
		y: func(v float64) string { return fmt.Sprintf("%.2f", v) },
		of: func(f simulate.Figures, at float64) float64 {
			return f.ByHour(min(int(at), 23))
		},
	})
	percent := func(v float64) string { return fmt.Sprintf("%.0f %%", 100*v) }
	curves(c, place(0, 1), r.Figures, axes{
		title: "Urgent: acknowledged within", last: 60, most: 1, every: 10, y: percent,
		x: func(at float64) string { return fmt.Sprintf("%.0f min", at) },
		of: func(f simulate.Figures, at float64) float64 {
			return f.Answers[parley.Urgent].Within(time.Duration(at * float64(time.Minute)))
		},
	})
	marks := []string{"1 min", "6 min", "36 min", "3.6 h", "22 h", "5.4 d"} // powers of six
	curves(c, place(1, 1), r.Figures, axes{
		title: "Normal: answered within", last: 5, most: 1, every: 1, y: percent,
		x: func(at float64) string { return marks[int(at)] },
		of: func(f simulate.Figures, at float64) float64 {
			return f.Answers[parley.Normal].Within(time.Duration(math.Pow(6, at) * float64(time.Minute)))
		},
	})
	return c.PNG()
}

// dearest is the greatest number of interruptions in an hour, and a little, so that it is a round one.
func dearest(figures []simulate.Figures) (most float64) {
	for _, f := range figures {
		for hour := range 24 {
			most = max(most, f.ByHour(hour))
		}
	}
	return math.Ceil(2*most) / 2
}

// bars shows interruptions, those outside own hours paler; the names are the legend of all charts.
func bars(c *canvas.Canvas, at frame, figures []simulate.Figures) {
	c.Write(at.left-40, at.top-40, title, canvas.Ink, "Interruptions per person and day (pale: outside their own hours)")
	most := 0.0
	for _, f := range figures {
		most = max(most, f.PerDay())
	}
	step := (at.bottom - at.top) / float64(len(figures))
	for i, f := range figures {
		top, full := at.top+float64(i)*step+34, (at.right-at.left-80)/most
		in, all := at.left-40+f.PerDay()*(1-f.OutsideShare())*full, at.left-40+f.PerDay()*full
		box := func(from, to float64, of color.NRGBA) {
			c.Fill(of, canvas.Point{from, top}, canvas.Point{to, top}, canvas.Point{to, top + 34}, canvas.Point{from, top + 34})
		}
		pale := colours[i%len(colours)]
		pale.A = 0x60
		c.Write(at.left-40, top-10, text, canvas.Ink, f.Strategy)
		box(at.left-40, in, colours[i%len(colours)])
		box(in, all, pale)
		c.Write(all+12, top+24, text, canvas.Ink, fmt.Sprintf("%.1f", f.PerDay()))
	}
}

// axes is what a chart of curves shows.
type axes struct {
	title             string
	last, most, every float64 // of the axis to the right; its marks
	x, y              func(float64) string
	of                func(simulate.Figures, float64) float64
}

func curves(c *canvas.Canvas, at frame, figures []simulate.Figures, a axes) {
	x := func(v float64) float64 { return at.left + v/a.last*(at.right-at.left) }
	y := func(v float64) float64 { return at.bottom - v/a.most*(at.bottom-at.top) }
	c.Write(at.left-40, at.top-40, title, canvas.Ink, a.title)
	for i := range 6 {
		v := a.most * float64(i) / 5
		c.Line(canvas.Faint, 1.5, canvas.Point{at.left, y(v)}, canvas.Point{at.right, y(v)})
		c.WriteTo(at.left-10, y(v)+7, text, canvas.Ink, a.y(v))
	}
	for v := 0.0; v <= a.last; v += a.every {
		c.Line(canvas.Faint, 1.5, canvas.Point{x(v), at.top}, canvas.Point{x(v), at.bottom})
		c.Write(x(v)-24, at.bottom+32, text, canvas.Ink, a.x(v))
	}
	for i := len(figures) - 1; i >= 0; i-- { // the first above the others
		var points []canvas.Point
		for p := 0; p <= 240; p++ {
			v := a.last * float64(p) / 240
			points = append(points, canvas.Point{x(v), y(a.of(figures[i], v))})
		}
		c.Line(colours[i%len(colours)], 4, points...)
	}
}
