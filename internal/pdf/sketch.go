package pdf

import (
	"strconv"
	"strings"

	"wangjian/internal/chart"
	"wangjian/internal/pdf/typeset"
)

// sketchOf returns a chart's drawing to typeset, in the inks of a printed
// document. What is kept for decades may know no transparency (PDF/A-1), so a
// mark that lets the paper through has the colour that it gives on white.
func sketchOf(d *chart.Drawing) *typeset.Sketch {
	s := &typeset.Sketch{Width: float64(d.Width), Height: float64(d.Height)}
	add := func(m ...typeset.Mark) { s.Marks = append(s.Marks, m...) }
	for _, m := range d.Marks {
		switch m := m.(type) {
		case chart.Box:
			corners := points([]chart.Place{{X: m.X, Y: m.Y}, {X: m.X + m.W, Y: m.Y}, {X: m.X + m.W, Y: m.Y + m.H}, {X: m.X, Y: m.Y + m.H}})
			add(typeset.Area{Rings: [][]typeset.Point{corners}, Color: inkOf(m.Color, m.Opacity)})
			if m.Edge {
				add(typeset.Trace{Points: corners, Closed: true, Width: 1, Color: white})
			}
			if m.Striped {
				stripes := typeset.Area{Color: white}
				for _, ring := range m.Stripes() {
					stripes.Rings = append(stripes.Rings, points(ring))
				}
				add(stripes)
			}
		case chart.Line:
			add(typeset.Trace{Points: points([]chart.Place{m.From, m.To}), Width: 1, Color: inkOf(m.Color, 100)})
		case chart.Shape:
			add(typeset.Area{Rings: [][]typeset.Point{points(m.Points)}, Color: inkOf(m.Color, 100)})
		case chart.Label:
			at := points([]chart.Place{{X: m.At.X, Y: m.At.Y + chart.Px*drop/1000*chart.Length(m.Size)}})[0]
			add(typeset.Label{
				Text: strings.Join(strings.Fields(m.Text), " "), Size: float64(m.Size), Color: inkOf(m.Color, 100), X: at.X, Y: at.Y, Align: aligns[m.Align],
			})
		}
	}
	return s
}

// drop is how far below its middle the baseline of Chinese type lies, in
// thousandths of its size.
const drop = 370

var aligns = [...]typeset.Align{chart.Start: typeset.Left, chart.Middle: typeset.Center, chart.End: typeset.Right}

func points(places []chart.Place) []typeset.Point {
	list := make([]typeset.Point, len(places))
	for i, p := range places {
		list[i] = typeset.Point{X: float64(p.X) / float64(chart.Px), Y: float64(p.Y) / float64(chart.Px)}
	}
	return list
}

var white = typeset.Color{R: 255, G: 255, B: 255}

// inkOf returns the printed colour of one of the palette, #rrggbb, that covers so
// many percent of white paper.
func inkOf(color string, opacity int) typeset.Color {
	v, _ := strconv.ParseUint(color[1:], 16, 32) // the palette's own
	mix := func(own uint64) uint8 { return uint8((255*(100-opacity) + int(own)*opacity + 50) / 100) }
	return ofPrinter(typeset.Color{R: mix(v >> 16), G: mix(v >> 8 & 255), B: mix(v & 255)})
}

// ofPrinter prints a colour that is nearly a grey as that grey, and the darkest
// as black: printers make them of black alone, so that small type and hairlines
// have no coloured edges. Other colours stay; a tint is as coloured as what it
// is a tint of.
func ofPrinter(c typeset.Color) typeset.Color {
	const darkest = 64
	most, least := int(max(c.R, c.G, c.B)), int(min(c.R, c.G, c.B))
	if 10*(most-least) >= 3*(255-least) {
		return c
	}
	grey := (299*int(c.R) + 587*int(c.G) + 114*int(c.B) + 500) / 1000
	if grey < darkest {
		return typeset.Black
	}
	return typeset.Color{R: uint8(grey), G: uint8(grey), B: uint8(grey)}
}
