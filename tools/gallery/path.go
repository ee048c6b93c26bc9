package main

import (
	"math"

	"github.com/fogleman/gg"
)

// pt is a point of the picture, in pixels from its top left corner, or a
// point of a local space that is still to be mapped there.
type pt struct{ x, y float64 }

func (p pt) add(x, y float64) pt { return pt{p.x + x, p.y + y} }

func lerp(a, b, t float64) float64 { return a + (b-a)*t }

func mixPt(a, b pt, t float64) pt { return pt{lerp(a.x, b.x, t), lerp(a.y, b.y, t)} }

func clamp(v, lo, hi float64) float64 { return math.Max(lo, math.Min(hi, v)) }

// segment is a piece of an outline: its kind is the number of its points,
// but for a closing one, which has none.
type segment struct {
	kind byte // 'M', 'L', 'Q', 'C' or 'Z'
	p    [3]pt
}

// path is an outline that can be built anywhere, mapped into perspective and
// then filled or stroked.
type path struct{ segs []segment }

func (p *path) moveTo(a pt)        { p.segs = append(p.segs, segment{'M', [3]pt{a}}) }
func (p *path) lineTo(a pt)        { p.segs = append(p.segs, segment{'L', [3]pt{a}}) }
func (p *path) quadTo(a, b pt)     { p.segs = append(p.segs, segment{'Q', [3]pt{a, b}}) }
func (p *path) cubicTo(a, b, c pt) { p.segs = append(p.segs, segment{'C', [3]pt{a, b, c}}) }
func (p *path) close()             { p.segs = append(p.segs, segment{'Z', [3]pt{}}) }

// mapped returns the outline seen through f, point by point.
func (p path) mapped(f func(pt) pt) path {
	out := path{make([]segment, len(p.segs))}
	for i, s := range p.segs {
		out.segs[i].kind = s.kind
		for j, q := range s.p {
			out.segs[i].p[j] = f(q)
		}
	}
	return out
}

func (p path) moved(dx, dy float64) path {
	return p.mapped(func(q pt) pt { return q.add(dx, dy) })
}

func (p path) rotated(about pt, angle float64) path {
	sin, cos := math.Sincos(angle)
	return p.mapped(func(q pt) pt {
		x, y := q.x-about.x, q.y-about.y
		return pt{about.x + x*cos - y*sin, about.y + x*sin + y*cos}
	})
}

// with returns one path of several outlines.
func (p path) with(more ...path) path {
	out := path{append([]segment(nil), p.segs...)}
	for _, m := range more {
		out.segs = append(out.segs, m.segs...)
	}
	return out
}

func (p path) draw(dc *gg.Context) {
	for _, s := range p.segs {
		switch s.kind {
		case 'M':
			dc.MoveTo(s.p[0].x, s.p[0].y)
		case 'L':
			dc.LineTo(s.p[0].x, s.p[0].y)
		case 'Q':
			dc.QuadraticTo(s.p[0].x, s.p[0].y, s.p[1].x, s.p[1].y)
		case 'C':
			dc.CubicTo(s.p[0].x, s.p[0].y, s.p[1].x, s.p[1].y, s.p[2].x, s.p[2].y)
		case 'Z':
			dc.ClosePath()
		}
	}
}

// bounds is a box that holds the outline and its control points.
func (p path) bounds() (lo, hi pt) {
	lo, hi = pt{math.Inf(1), math.Inf(1)}, pt{math.Inf(-1), math.Inf(-1)}
	counts := map[byte]int{'M': 1, 'L': 1, 'Q': 2, 'C': 3}
	for _, s := range p.segs {
		for _, q := range s.p[:counts[s.kind]] {
			lo = pt{math.Min(lo.x, q.x), math.Min(lo.y, q.y)}
			hi = pt{math.Max(hi.x, q.x), math.Max(hi.y, q.y)}
		}
	}
	return lo, hi
}

// polygon is a closed outline with straight sides.
func polygon(points ...pt) path {
	var p path
	p.moveTo(points[0])
	for _, q := range points[1:] {
		p.lineTo(q)
	}
	p.close()
	return p
}

// line is an open outline with straight sides.
func line(points ...pt) path {
	p := polygon(points...)
	p.segs = p.segs[:len(p.segs)-1]
	return p
}

func rect(x, y, w, h float64) path {
	return polygon(pt{x, y}, pt{x + w, y}, pt{x + w, y + h}, pt{x, y + h})
}

func roundRect(x, y, w, h, r float64) path {
	const k = 0.5523
	r = math.Min(r, math.Min(w, h)/2)
	var p path
	p.moveTo(pt{x + r, y})
	p.lineTo(pt{x + w - r, y})
	p.cubicTo(pt{x + w - r + k*r, y}, pt{x + w, y + r - k*r}, pt{x + w, y + r})
	p.lineTo(pt{x + w, y + h - r})
	p.cubicTo(pt{x + w, y + h - r + k*r}, pt{x + w - r + k*r, y + h}, pt{x + w - r, y + h})
	p.lineTo(pt{x + r, y + h})
	p.cubicTo(pt{x + r - k*r, y + h}, pt{x, y + h - r + k*r}, pt{x, y + h - r})
	p.lineTo(pt{x, y + r})
	p.cubicTo(pt{x, y + r - k*r}, pt{x + r - k*r, y}, pt{x + r, y})
	p.close()
	return p
}

func ellipse(c pt, rx, ry float64) path {
	const k = 0.5523
	var p path
	p.moveTo(pt{c.x + rx, c.y})
	p.cubicTo(pt{c.x + rx, c.y + k*ry}, pt{c.x + k*rx, c.y + ry}, pt{c.x, c.y + ry})
	p.cubicTo(pt{c.x - k*rx, c.y + ry}, pt{c.x - rx, c.y + k*ry}, pt{c.x - rx, c.y})
	p.cubicTo(pt{c.x - rx, c.y - k*ry}, pt{c.x - k*rx, c.y - ry}, pt{c.x, c.y - ry})
	p.cubicTo(pt{c.x + k*rx, c.y - ry}, pt{c.x + rx, c.y - k*ry}, pt{c.x + rx, c.y})
	p.close()
	return p
}

func circle(c pt, r float64) path { return ellipse(c, r, r) }

// arc is an open piece of a circle, its angles clockwise from the right.
func arc(c pt, r, from, to float64) path {
	n := int(math.Ceil(math.Abs(to-from)/0.1)) + 1
	points := make([]pt, n)
	for i := range points {
		sin, cos := math.Sincos(lerp(from, to, float64(i)/float64(n-1)))
		points[i] = pt{c.x + r*cos, c.y + r*sin}
	}
	return line(points...)
}

// blob is a closed smooth outline through the points (Catmull-Rom).
func blob(points ...pt) path {
	n := len(points)
	var p path
	p.moveTo(points[0])
	for i := range points {
		a, b, c, d := points[(i+n-1)%n], points[i], points[(i+1)%n], points[(i+2)%n]
		p.cubicTo(pt{b.x + (c.x-a.x)/6, b.y + (c.y-a.y)/6}, pt{c.x - (d.x-b.x)/6, c.y - (d.y-b.y)/6}, c)
	}
	p.close()
	return p
}

// smooth is an open smooth line through the points; its ends may be closed
// with a straight side.
func smooth(points ...pt) path {
	n := len(points)
	var p path
	p.moveTo(points[0])
	for i := range n - 1 {
		a, b, c, d := points[max(i-1, 0)], points[i], points[i+1], points[min(i+2, n-1)]
		p.cubicTo(pt{b.x + (c.x-a.x)/6, b.y + (c.y-a.y)/6}, pt{c.x - (d.x-b.x)/6, c.y - (d.y-b.y)/6}, c)
	}
	return p
}

// closed returns the outline with a straight last side.
func (p path) closed() path {
	out := p.with()
	out.close()
	return out
}

// joined makes one outline of several open lines that follow each other.
func (p path) joined() path {
	out := p.with()
	for i := 1; i < len(out.segs); i++ {
		if out.segs[i].kind == 'M' {
			out.segs[i].kind = 'L'
		}
	}
	return out.closed()
}

// taper is a rod with round ends that is ra thick at a and rb at b.
func taper(a, b pt, ra, rb float64) path {
	d := math.Hypot(b.x-a.x, b.y-a.y)
	if d <= math.Abs(ra-rb) {
		if ra > rb {
			return circle(a, ra)
		}
		return circle(b, rb)
	}
	angle := math.Atan2(b.y-a.y, b.x-a.x)
	lean := math.Acos((ra - rb) / d)
	var points []pt
	round := func(c pt, r, from, to float64) {
		const steps = 12
		for i := 0; i <= steps; i++ {
			sin, cos := math.Sincos(lerp(from, to, float64(i)/steps))
			points = append(points, pt{c.x + r*cos, c.y + r*sin})
		}
	}
	round(b, rb, angle-lean, angle+lean)
	round(a, ra, angle+lean, angle+2*math.Pi-lean)
	return polygon(points...)
}
