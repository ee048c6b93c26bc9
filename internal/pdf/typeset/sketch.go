package typeset

import (
	"fmt"
	"math"
	"strings"
)

// Sketch is a drawing of areas, lines and words, as a chart is, in lengths of
// its own. A [Picture] scales it into the page.
type Sketch struct {
	Width, Height float64
	Marks         []Mark // what is painted first stands first
	Source        string // file:line, for the message about a missing glyph
}

// Mark is one thing in a sketch: an [Area], a [Trace] or a [Label].
type Mark interface {
	// place puts the mark on a page.
	place(s *Setter, p *Page, f frame)
}

// Point is a place in a sketch or on a page.
type Point struct{ X, Y float64 }

// Area is a filled shape. Each ring is painted by itself by the non-zero rule,
// so a hole is a ring that goes out and back over a bridge.
type Area struct {
	Rings [][]Point
	Color Color
}

// Trace is a line with corners.
type Trace struct {
	Points []Point
	Closed bool
	Width  float64
	Color  Color
}

// Label is a line of text in a sketch, set in 黑体: its baseline at Y, and its
// left edge, middle or right edge at X.
type Label struct {
	Text  string
	Size  float64
	Color Color
	X, Y  float64
	Align Align
}

// labelRole is the typeface of what stands in a drawing.
const labelRole = Hei

func (a Area) String() string {
	var rings []string
	for _, r := range a.Rings {
		rings = append(rings, pointsText(r))
	}
	return "area " + a.Color.String() + " " + strings.Join(rings, " | ")
}

func (t Trace) String() string {
	closed := ""
	if t.Closed {
		closed = " closed"
	}
	return fmt.Sprintf("trace %s width %g%s %s", t.Color, t.Width, closed, pointsText(t.Points))
}

// String writes a colour as #rrggbb.
func (c Color) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

func pointsText(points []Point) string {
	var b strings.Builder
	for i, p := range points {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%.2f,%.2f", p.X, p.Y)
	}
	return b.String()
}

// frame is where a sketch stands on a page, and how much it is scaled.
type frame struct {
	x, y, width float64
	scale       float64
	source      string
	of          *Element
}

func (f frame) at(p Point) Point {
	return Point{f.x + float64(p.X*f.scale), f.y + float64(p.Y*f.scale)}
}

func (f frame) all(points []Point) []Point {
	out := make([]Point, len(points))
	for i, p := range points {
		out[i] = f.at(p)
	}
	return out
}

func (a Area) place(_ *Setter, p *Page, f frame) {
	placed := Area{Color: a.Color, Rings: make([][]Point, len(a.Rings))}
	for i, r := range a.Rings {
		placed.Rings[i] = f.all(r)
	}
	p.add(placed)
}

func (t Trace) place(_ *Setter, p *Page, f frame) {
	points, width := f.all(t.Points), math.Round(t.Width*f.scale*100)/100
	if len(points) == 2 {
		p.add(Rule{points[0].X, points[0].Y, points[1].X, points[1].Y, width, t.Color})
		return
	}
	p.add(Trace{points, t.Closed, width, t.Color})
}

// place sets the label. One that would leave the drawing is moved back in: the
// document's fonts may be a little wider than those it was drawn for.
func (l Label) place(s *Setter, p *Page, f frame) {
	set := s.single(l.runs(f.scale, f.source), false)
	set.of = f.of
	at := f.at(Point{l.X, l.Y})
	at.X = max(f.x, min(at.X-l.Align.shift(set.natural), f.x+f.width-set.natural))
	s.set(p, set, at.X, at.Y, opening{})
}

func (l Label) runs(scale float64, source string) []Run {
	size := math.Round(l.Size*scale*100) / 100
	return []Run{{Text: l.Text, Style: Style{Role: labelRole, Size: size, Color: l.Color}, Source: source}}
}

// prepare looks its characters up, so that a missing one is told before any
// page is made.
func (k *Sketch) prepare(s *Setter) {
	for _, m := range k.Marks {
		if l, ok := m.(Label); ok {
			s.glyphs(l.runs(1, k.Source))
		}
	}
}

func (k *Sketch) place(s *Setter, p *Page, of *Element, x, y, width float64) {
	f := frame{x, y, width, width / k.Width, k.Source, of}
	for _, m := range k.Marks {
		m.place(s, p, f)
	}
}
