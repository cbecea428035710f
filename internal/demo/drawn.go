package demo

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
	"time"

	xdraw "golang.org/x/image/draw"
)

// drawn makes the file of that name. Nothing here comes from anywhere else: pictures are painted, numbers calculated.
func drawn(name string, now time.Time) ([]byte, error) {
	switch name {
	case "lapa-hydrograph.png":
		return drawChart(chart{title: "Ribeira da Lapa, lower gauge: one storm, before and after", unit: "m", from: 0, to: 48, curves: []curve{
			{"2023: peak after 6.5 h", color.NRGBA{0xb4, 0x6a, 0x4a, 0xff}, func(h float64) float64 { return 0.4 + 1.75*flood(h, 6.5, 2.4) }},
			{"this year: peak after 11 h", color.NRGBA{0x1f, 0x6f, 0x8b, 0xff}, func(h float64) float64 { return 0.4 + 1.1*flood(h, 11, 2.1) }},
		}})
	case "havel-pegel.png":
		return drawChart(chart{title: "Havel bei Havelberg: Wasserstand (m über Pegelnull)", unit: "m", comma: true, from: -120, to: 24, curves: []curve{
			{"gemessen, dann vorhergesagt", color.NRGBA{0x1f, 0x6f, 0x8b, 0xff}, func(h float64) float64 { return 2.42 + 0.53/(1+math.Exp(-(h+52)/19)) }},
			{"mittleres Hochwasser", color.NRGBA{0x8a, 0x8f, 0x98, 0xff}, func(float64) float64 { return 3.3 }},
		}})
	case "baffles.png":
		return drawBaffles()
	case "lapa-levels.csv":
		return table("hours,level_2023_m,level_now_m", 49, func(i int) string {
			h := float64(i)
			return fmt.Sprintf("%d,%.2f,%.2f", i, 0.4+1.75*flood(h, 6.5, 2.4), 0.4+1.1*flood(h, 11, 2.1))
		}), nil
	case "calibration.csv":
		return table("bucket,salt_g,volume_l,conductivity_us_cm", 5, func(i int) string {
			return fmt.Sprintf("%d,%d,%.2f,%d", i+1, 20, []float64{9.98, 10.01, 9.69, 10, 10.02}[i], []int{4012, 4006, 4131, 4009, 4004}[i])
		}), nil
	case "pegelstandorte.csv":
		return []byte("Pegel;Flurstück;Breite;Länge;Bemerkung\n7;112/4;52,8271;12,0768;Brücke, rechter Pfeiler\n" +
			"8;98/1;52,8402;12,0911;alter Steg\n9;87/2;52,8533;12,1024;Dossemündung, hinter der Weide\n"), nil
	case "gauge5.txt":
		return table("gauge 5, raw, every 31 minutes", 48, func(i int) string {
			t := now.Add(time.Duration(i-48) * 31 * time.Minute).UTC().Format("2006-01-02 15:04")
			return fmt.Sprintf("%s  %.3f m", t, 0.912+0.02*math.Sin(2*math.Pi*float64(i)*31/60/12.4)+0.002*noise(float64(i)*9.7, 3))
		}), nil
	}
	if s, ok := strings.CutSuffix(name, ".jpg"); ok {
		if light, ok := places[s]; ok {
			return paint(1120, 700, light)
		}
	}
	return nil, fmt.Errorf("nobody draws %q", name)
}

// flood is a flood wave of height 1 that peaks at hour peak.
func flood(h, peak, sharp float64) float64 {
	if h <= 0 {
		return 0
	}
	x := h / peak
	return math.Pow(x*math.Exp(1-x), sharp)
}

func table(head string, rows int, row func(int) string) []byte {
	var b bytes.Buffer
	fmt.Fprintln(&b, head)
	for i := range rows {
		fmt.Fprintln(&b, row(i))
	}
	return b.Bytes()
}

// places are the landscapes that somebody sends, by the file's name.
var places = map[string]landscape{
	"lapa-morning":      {hue: 32, kind: "river", seed: 11, mist: 0.75},
	"lapa-pool":         {hue: 165, kind: "river", seed: 5, mist: 0.15},
	"kirichwa-planting": {hue: 95, kind: "hills", seed: 23, mist: 0.2},
	"workshop-wall":     {hue: 45, kind: "wall", seed: 8},
	"outlet":            {hue: 200, kind: "river", seed: 31, mist: 0.3},
}

// landscape is a calm picture: a sky, perhaps a sun or moon, ranges of hills, perhaps a river that mirrors them.
type landscape struct {
	hue  float64 // degrees
	kind string  // hills, river, sun, night, bird, wall
	seed float64
	mist float64 // 0 to 1
}

// drawFace paints what a person shows instead of a photo, from words such as "205 river".
func drawFace(words string) ([]byte, error) {
	l := landscape{mist: 0.35}
	if _, err := fmt.Sscanf(words, "%f %s", &l.hue, &l.kind); err != nil {
		return nil, fmt.Errorf("picture %q: %w", words, err)
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(words))
	l.seed = float64(h.Sum32() % 97)
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, l.image(256, 256))
	return b.Bytes(), err
}

// paint paints a landscape as a photo would come. It is painted in half the size, which is soft and quick.
func paint(w, h int, l landscape) ([]byte, error) {
	small, large := l.image(w/2, h/2), image.NewNRGBA(image.Rect(0, 0, w, h))
	xdraw.ApproxBiLinear.Scale(large, large.Bounds(), small, small.Bounds(), xdraw.Src, nil)
	var b bytes.Buffer
	err := jpeg.Encode(&b, large, &jpeg.Options{Quality: 86})
	return b.Bytes(), err
}

// painting is a landscape on its way to the paper, with what many pixels share.
type painting struct {
	landscape
	w, h  int
	tops  [4][]float64 // where each range of hills begins, by column
	hills [4][3]float64
	sky   [][3]float64 // by row
}

func (l landscape) image(w, h int) *image.NRGBA {
	p := painting{landscape: l, w: w, h: h, sky: make([][3]float64, h)}
	night := l.kind == "night"
	for row := range p.sky {
		y := (float64(row) + 0.5) / float64(h)
		lightness, saturation := 0.80+0.14*y, 0.42
		if night {
			lightness, saturation = 0.16+0.22*y, 0.45
		}
		r, g, b := hsl(l.hue+18*(1-y), saturation, lightness)
		p.sky[row] = [3]float64{r, g, b}
	}
	for i := range p.tops {
		near := float64(i) / 3
		light := 0.66 - 0.40*near
		if night {
			light = 0.24 - 0.15*near
		}
		r, g, b := hsl(l.hue+26-14*near, 0.26+0.10*near, light)
		p.hills[i], p.tops[i] = [3]float64{r, g, b}, make([]float64, w)
		for column := range w {
			x := float64(column) / float64(h)
			p.tops[i][column] = 0.44 + 0.13*near + 0.085*(1-0.3*near)*noise(x*(2.2+1.3*near)+l.seed*3+float64(i)*17, l.seed) +
				0.012*noise(x*14+float64(i)*5, l.seed+1)
		}
	}
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for py := range h {
		for px := range w {
			r, g, b := p.at((float64(px)+0.5)/float64(h), (float64(py)+0.5)/float64(h))
			m.SetNRGBA(px, py, color.NRGBA{level(r), level(g), level(b), 0xff})
		}
	}
	return m
}

// at is the colour at x, y, in heights of the picture.
func (p *painting) at(x, y float64) (r, g, b float64) {
	const horizon = 0.62
	if p.kind == "wall" {
		return p.wall(x, y)
	}
	if p.kind == "river" && y > horizon { // water mirrors what is above it, stretched, rippled and darker
		ripple := 0.1 * noise(y*90+x*2, p.seed+2) * (y - horizon + 0.05)
		r, g, b = p.land(x+ripple, horizon-(y-horizon)*1.25)
		return r*0.82 + 0.02, g*0.85 + 0.03, b*0.88 + 0.05
	}
	return p.land(x, y)
}

func (p *painting) land(x, y float64) (r, g, b float64) {
	wide := float64(p.w) / float64(p.h)
	c := p.sky[min(p.h-1, max(0, int(y*float64(p.h))))]
	r, g, b = c[0], c[1], c[2]
	sx, sy, radius := wide*(0.3+0.4*math.Mod(p.seed*0.37, 1)), 0.30, 0.095
	if p.kind == "sun" {
		sx, sy, radius = wide/2, 0.36, 0.17
	}
	if d := math.Hypot(x-sx, y-sy); d < 0.6 {
		disc, glow := edge(radius-d), 0.25*math.Exp(-d*d*14)
		light := disc*0.9 + glow*(1-disc)
		r, g, b = mix(r, 1, light), mix(g, 0.97, light), mix(b, 0.88, light*0.9)
	}
	if p.kind == "bird" {
		if wing := bird(x/wide, y); wing > 0 {
			return mix(r, 0.16, wing), mix(g, 0.22, wing), mix(b, 0.32, wing)
		}
	}
	column := min(p.w-1, max(0, int(x*float64(p.h))))
	for i := range p.tops {
		top := p.tops[i][column]
		if cover := edge(y - top); cover > 0 {
			mist, hill := math.Min(0.6, (y-top)*p.mist), p.hills[i]
			r, g, b = mix(r, mix(hill[0], c[0], mist), cover), mix(g, mix(hill[1], c[1], mist), cover), mix(b, mix(hill[2], c[2], mist), cover)
		}
	}
	return r, g, b
}

// wall is paper notes on a pale wall.
func (l landscape) wall(x, y float64) (r, g, b float64) {
	r, g, b = hsl(l.hue, 0.15, 0.90-0.06*y)
	col, row := math.Floor(x/0.16), math.Floor(y/0.18)
	n := noise(col*3.7+row*11.3, l.seed)
	if n < -0.45 {
		return r, g, b
	}
	fx, fy := math.Mod(x, 0.16)-0.08+0.014*n, math.Mod(y, 0.18)-0.09-0.012*n
	fx, fy = fx+fy*0.12*n, fy-fx*0.12*n
	if in := edge(0.055-math.Abs(fx)) * edge(0.06-math.Abs(fy)); in > 0 {
		pr, pg, pb := hsl(l.hue+float64(int(col*5+row*3)%5)*36, 0.55, 0.80)
		line := 0.0
		for k := -0.03; k <= 0.03; k += 0.02 {
			line = math.Max(line, edge(0.0022-math.Abs(fy-k-0.002*noise(fx*160, col)))*edge(0.036-math.Abs(fx)))
		}
		r, g, b = mix(r, mix(pr, 0.3, line*0.7), in), mix(g, mix(pg, 0.3, line*0.7), in), mix(b, mix(pb, 0.34, line*0.7), in)
	}
	return r, g, b
}

// bird is a wading bird, from a few curves: 1 where it is.
func bird(x, y float64) float64 {
	body := edge(1 - math.Hypot((x-0.47)/0.13, (y-0.50)/0.065))
	neck := edge(0.016-math.Abs(x-(0.575+0.03*math.Sin((y-0.30)*16)))) * edge(y-0.27) * edge(0.48-y)
	head := edge(1 - math.Hypot((x-0.60)/0.036, (y-0.265)/0.024))
	bill := edge(0.010-math.Abs(y-0.268)-(x-0.62)*0.06) * edge(x-0.61) * edge(0.75-x)
	legs := math.Max(edge(0.006-math.Abs(x-0.455)), edge(0.006-math.Abs(x-0.495))) * edge(y-0.54) * edge(0.80-y)
	return math.Max(math.Max(body, neck), math.Max(math.Max(head, bill), legs))
}

// noise is smooth in t, about -1 to 1, and the same for the same seed.
func noise(t, seed float64) float64 {
	return (math.Sin(t*1.3+seed) + math.Sin(t*2.1+seed*2.7)*0.6 + math.Sin(t*3.7+seed*1.9)*0.35) / 1.95
}

// edge is 0 outside, 1 inside, with a soft step of some thousandths.
func edge(d float64) float64 { return math.Min(1, math.Max(0, d*260+0.5)) }

func mix(a, b, t float64) float64 { return a + (b-a)*t }

func level(v float64) uint8 { return uint8(255 * math.Min(1, math.Max(0, v))) }

// hsl is a colour by hue (degrees), saturation and lightness.
func hsl(h, s, l float64) (r, g, b float64) {
	f := func(n float64) float64 {
		k := math.Mod(n+h/30+24, 12)
		return l - s*math.Min(l, 1-l)*math.Max(-1, math.Min(math.Min(k-3, 9-k), 1))
	}
	return f(0), f(8), f(4)
}
