package svg

import (
	"math"

	"wangjian/internal/pdf/typeset"
)

// box is an upright rectangle.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) and(o box) box {
	return box{max(b.x0, o.x0), max(b.y0, o.y0), min(b.x1, o.x1), min(b.y1, o.y1)}
}

func (b box) empty() bool { return b.x0 >= b.x1 || b.y0 >= b.y1 }

func (b box) meets(o box) bool {
	return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1
}

func boundsOf(points []typeset.Point) box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range points {
		b = box{min(b.x0, p.X), min(b.y0, p.Y), max(b.x1, p.X), max(b.y1, p.Y)}
	}
	return b
}

// rectangle tells whether a ring is an upright rectangle.
func (r ring) rectangle() bool {
	b := boundsOf(r.points)
	if !r.closed || len(r.points) < 4 || b.empty() {
		return false
	}
	for i, p := range r.points {
		next := r.points[(i+1)%len(r.points)]
		if p.X != next.X && p.Y != next.Y || p.X != b.x0 && p.X != b.x1 || p.Y != b.y0 && p.Y != b.y1 {
			return false
		}
	}
	return math.Abs(math.Abs(area(r.points))-(b.x1-b.x0)*(b.y1-b.y0)) < 0.01
}

// area is the area within a polygon; less than nothing when its corners run
// the other way round.
func area(points []typeset.Point) float64 {
	sum := 0.0
	for i, p := range points {
		q := points[(i+1)%len(points)]
		sum += p.X*q.Y - q.X*p.Y
	}
	return sum / 2
}

// side is what lies on one side of a straight line: x·X + y·Y ≥ least.
type side struct{ x, y, least float64 }

func (s side) of(p typeset.Point) float64 { return s.x*p.X + s.y*p.Y - s.least }

// sides gives the four sides of a box.
func (b box) sides() []side {
	return []side{{1, 0, b.x0}, {-1, 0, -b.x1}, {0, 1, b.y0}, {0, -1, -b.y1}}
}

// sidesOf gives those of a convex polygon.
func sidesOf(points []typeset.Point) []side {
	way := 1.0
	if area(points) < 0 {
		way = -1
	}
	var list []side
	for i, p := range points {
		q := points[(i+1)%len(points)]
		if p != q {
			x, y := way*(p.Y-q.Y), way*(q.X-p.X)
			list = append(list, side{x, y, x*p.X + y*p.Y})
		}
	}
	return list
}

// cut keeps of a polygon what lies on all the sides (Sutherland and Hodgman).
// A polygon that falls apart stays one, with edges of no width.
func cut(points []typeset.Point, sides []side) []typeset.Point {
	for _, s := range sides {
		var kept []typeset.Point
		for i, p := range points {
			q := points[(i+1)%len(points)]
			dp, dq := s.of(p), s.of(q)
			if dp >= 0 {
				kept = append(kept, p)
			}
			if dp >= 0 != (dq >= 0) {
				kept = append(kept, between(p, q, dp/(dp-dq)))
			}
		}
		points = kept
	}
	return tidy(points)
}

func between(p, q typeset.Point, share float64) typeset.Point {
	return typeset.Point{X: snap(p.X + share*(q.X-p.X)), Y: snap(p.Y + share*(q.Y-p.Y))}
}

// tidy drops corners that repeat, and polygons too small to be seen.
func tidy(points []typeset.Point) []typeset.Point {
	const speck = 0.002 // square pixels
	var kept []typeset.Point
	for i, p := range points {
		if i == 0 || p != points[i-1] {
			kept = append(kept, p)
		}
	}
	if n := len(kept); n > 1 && kept[0] == kept[n-1] {
		kept = kept[:n-1]
	}
	if len(kept) < 3 || math.Abs(area(kept)) < speck {
		return nil
	}
	return kept
}

// cutLine keeps the parts of a line that lie in a box.
func cutLine(points []typeset.Point, b box) [][]typeset.Point {
	var parts [][]typeset.Point
	open := false
	for i := 0; i+1 < len(points); i++ {
		p, q, ok := b.piece(points[i], points[i+1])
		if !ok {
			open = false
			continue
		}
		if n := len(parts); open && parts[n-1][len(parts[n-1])-1] == p {
			parts[n-1] = append(parts[n-1], q)
		} else {
			parts = append(parts, []typeset.Point{p, q})
		}
		open = q == points[i+1]
	}
	return parts
}

// piece keeps the part of a straight line that lies in the box (Liang and
// Barsky).
func (b box) piece(p, q typeset.Point) (from, to typeset.Point, ok bool) {
	t0, t1 := 0.0, 1.0
	for _, s := range b.sides() {
		dp, dq := s.of(p), s.of(q)
		switch {
		case dp < 0 && dq < 0:
			return p, q, false
		case dp < 0:
			t0 = max(t0, dp/(dp-dq))
		case dq < 0:
			t1 = min(t1, dp/(dp-dq))
		}
	}
	if t0 >= t1 {
		return p, q, false
	}
	from, to = p, q
	if t0 > 0 {
		from = between(p, q, t0)
	}
	if t1 < 1 {
		to = between(p, q, t1)
	}
	return from, to, from != to
}
