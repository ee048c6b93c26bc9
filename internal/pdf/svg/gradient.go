package svg

import (
	"fmt"

	"wangjian/internal/pdf/typeset"
)

// bands is how many steps a gradient is painted in.
const bands = 48

// gradient paints polygons in bands of changing colour. Each band reaches under
// the next, so that no hairline shows between them.
func (r *reader) gradient(g, shape *element, s scene, polygons [][]typeset.Point, opacity float64) error {
	from, to, err := axis(g, shape, s.matrix)
	if err != nil {
		return err
	}
	stops, err := stopsOf(g, opacity)
	if err != nil {
		return err
	}
	dx, dy := to.X-from.X, to.Y-from.Y
	long := dx*dx + dy*dy
	start := dx*from.X + dy*from.Y
	if long == 0 {
		r.paint(polygons, stops[len(stops)-1].ink.onPaper())
		return nil
	}
	for i := range bands {
		var sides []side
		if i > 0 {
			sides = append(sides, side{dx, dy, start + long*float64(i)/bands})
		}
		if i < bands-1 {
			sides = append(sides, side{-dx, -dy, -(start + long*(float64(i)+1.5)/bands)})
		}
		var parts [][]typeset.Point
		for _, p := range polygons {
			parts = append(parts, cut(p, sides))
		}
		r.paint(parts, colorAt(stops, (float64(i)+0.5)/bands))
	}
	return nil
}

// axis gives the line along which a gradient runs.
func axis(g, shape *element, m matrix) (from, to typeset.Point, err error) {
	v, err := g.all("x1", "y1", "x2", "y2")
	if err != nil {
		return from, to, err
	}
	if _, ok := g.attributes["x2"]; !ok {
		v[2] = 1
	}
	from, to = typeset.Point{X: v[0], Y: v[1]}, typeset.Point{X: v[2], Y: v[3]}
	if g.attributes["gradientUnits"] != "userSpaceOnUse" {
		own, err := outline(shape, identity)
		if err != nil {
			return from, to, err
		}
		var all []typeset.Point
		for _, r := range own {
			all = append(all, r.points...)
		}
		b := boundsOf(all)
		m = m.times(matrix{b.x1 - b.x0, 0, 0, b.y1 - b.y0, b.x0, b.y0})
	}
	return m.at(from), m.at(to), nil
}

type stop struct {
	at  float64
	ink ink
}

func stopsOf(g *element, opacity float64) ([]stop, error) {
	var stops []stop
	for _, c := range g.children {
		at, err := c.number("offset", 0)
		if err != nil {
			return nil, err
		}
		ink, err := c.ink("stop-color", "", "stop-opacity", opacity)
		if err != nil {
			return nil, err
		}
		stops = append(stops, stop{at, ink})
	}
	if len(stops) == 0 {
		return nil, fmt.Errorf("渐变 %s 没有颜色", g.attributes["id"])
	}
	return stops, nil
}

func colorAt(stops []stop, t float64) typeset.Color {
	before := stops[0]
	for _, next := range stops {
		if t <= next.at {
			if next.at == before.at {
				return next.ink.onPaper()
			}
			share := (t - before.at) / (next.at - before.at)
			a, b := before.ink.onPaper(), next.ink.onPaper()
			mix := func(a, b uint8) uint8 { return uint8(float64(a) + share*(float64(b)-float64(a)) + 0.5) }
			return typeset.Color{R: mix(a.R, b.R), G: mix(a.G, b.G), B: mix(a.B, b.B)}
		}
		before = next
	}
	return before.ink.onPaper()
}
