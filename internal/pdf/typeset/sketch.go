package typeset

import (
	"fmt"
	"math"
	"slices"
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
type Mark any

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

// prepare looks its characters up, so that a missing one is told before any
// page is made.
func (k *Sketch) prepare(s *Setter) {
	for _, m := range k.Marks {
		if l, ok := m.(Label); ok {
			s.glyphs(l.runs(1, k.Source))
		}
	}
}

// place scales the sketch to a width and puts it on a page.
func (k *Sketch) place(s *Setter, p *Page, of *Element, left, top, width float64) {
	scale := width / k.Width
	at := func(x, y *float64) { *x, *y = left+float64(*x*scale), top+float64(*y*scale) }
	for _, m := range k.Marks {
		switch m := m.(type) {
		case Area:
			m.Rings = slices.Clone(m.Rings)
			for i, ring := range m.Rings {
				m.Rings[i] = slices.Clone(ring)
			}
			p.add(moved(m, at))
		case Trace:
			m.Points, m.Width = slices.Clone(m.Points), math.Round(m.Width*scale*100)/100
			moved(m, at)
			if ends := m.Points; len(ends) == 2 {
				p.add(Rule{ends[0].X, ends[0].Y, ends[1].X, ends[1].Y, m.Width, m.Color})
			} else {
				p.add(m)
			}
		case Label:
			// One that would leave the drawing is moved back in: the document's
			// fonts may be a little wider than those it was drawn for.
			l := s.single(m.runs(scale, k.Source), false)
			l.of = of
			at(&m.X, &m.Y)
			s.set(p, l, max(left, min(m.X-m.Align.shift(l.natural), left+width-l.natural)), m.Y, opening{})
		}
	}
}

func (l Label) runs(scale float64, source string) []Run {
	size := math.Round(l.Size*scale*100) / 100
	return []Run{{Text: l.Text, Style: Style{Role: labelRole, Size: size, Color: l.Color}, Source: source}}
}
