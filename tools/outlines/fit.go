package main

import (
	"math"
	"slices"
)

// fitter draws contours anew with few points.
type fitter struct {
	grid float64 // coordinates are multiples of it, in units
	err  float64 // how far the new outline may be from the old one, in units
}

const (
	// straight is the part of the error that a line may have that several pieces of
	// the old outline become: stems stay even.
	straight = 0.7
	// bend is how far, in radians, a smooth outline may go from its old direction
	// where two pieces meet.
	bend = 0.12
	// most is how many control points a piece may have.
	most = 6
	// spacing of the points that measure the old outline, in units.
	spacing = 12
)

func (f fitter) snap(p point) point {
	return point{math.Round(p.x/f.grid) * f.grid, math.Round(p.y/f.grid) * f.grid}
}

// A piece of a new contour begins at a point on the outline: a line without control
// points, or curves with one each, which meet half way between them.
type piece struct {
	old      []point // the part of the old outline that it stands for
	first    int     // its node there
	start    point
	controls []point
	corner   bool  // the start is a corner
	in, out  point // old directions at the start
	err      float64
}

// bits is about how many bits a point takes after another one in a compressed font.
func bits(a, b point) float64 {
	step := func(d float64) float64 {
		switch d = math.Abs(d); {
		case d == 0:
			return 0.5
		case d < 256:
			return 6.5
		}
		return 12
	}
	return 3.5 + step(b.x-a.x) + step(b.y-a.y)
}

// contour returns the contour with fewer points; ok is false where there is none.
func (f fitter) contour(c contour) (fitted contour, ok bool) {
	list := nodes(c)
	if len(list) < 2 {
		return nil, false
	}
	o := outlineOf(list, spacing)
	if first := slices.Index(o.corner, true); first > 0 {
		o = outlineOf(slices.Concat(list[first:], list[:first]), spacing)
	}
	pieces := f.pieces(&o)
	if len(pieces) == 0 {
		return nil, false
	}
	f.polish(pieces)
	for _, p := range pieces {
		if n := len(fitted); n == 0 || fitted[n-1].point != p.start || !fitted[n-1].on {
			fitted = append(fitted, vertex{p.start, true})
		}
		for _, q := range p.controls {
			fitted = append(fitted, vertex{q, false})
		}
	}
	if last := fitted[len(fitted)-1]; last == fitted[0] {
		fitted = fitted[:len(fitted)-1]
	}
	return withoutImplied(fitted), len(fitted) > 2
}

// withoutImplied leaves out the points on the outline that are half way between
// control points, but for the first.
func withoutImplied(c contour) (out contour) {
	for i, v := range c {
		a, b := c[(i+len(c)-1)%len(c)], c[(i+1)%len(c)]
		if i == 0 || !v.on || a.on || b.on || between(a.point, b.point, 0.5) != v.point {
			out = append(out, v)
		}
	}
	return out
}

// pieces cuts an outline at those of its nodes, and at all of its corners, from
// which pieces that fit take the fewest bits.
func (f fitter) pieces(o *outline) []*piece {
	last := len(o.nodes) - 1
	cost := make([]float64, last+1)
	best := make([]*piece, last+1) // to each node
	for j := 1; j <= last; j++ {
		cost[j] = math.Inf(1)
	}
	for i := range last {
		const enough = 4 // nodes that cannot be reached
		for j, least, missed := i+1, 0, 0; j <= last && missed < enough; j++ {
			if p := f.piece(o, i, j, least); p != nil {
				least, missed = max(0, len(p.controls)-1), 0
				total, at := cost[i]+p.err/f.err, p.start
				for _, q := range append(slices.Clone(p.controls), f.snap(o.path[o.nodes[j]])) {
					total, at = total+bits(at, q), q
				}
				if total < cost[j] {
					cost[j], best[j] = total, p
				}
			} else {
				missed++
			}
			if o.corner[j] {
				break
			}
		}
	}
	var list []*piece
	for j := last; j > 0; j = best[j].first {
		if best[j] == nil {
			return nil
		}
		list = append(list, best[j])
	}
	slices.Reverse(list)
	return list
}

// piece fits the part from node i to node j with as few control points as do, but
// not fewer than least; nil where none fits.
func (f fitter) piece(o *outline, i, j, least int) *piece {
	p := &piece{old: o.path[o.nodes[i] : o.nodes[j]+1], first: i, corner: o.corner[i], in: o.in[i], out: o.out[i]}
	p.start = f.snap(p.old[0])
	end := f.snap(p.old[len(p.old)-1])
	within := f.err
	if j > i+1 {
		within *= straight
	}
	if p.err = apart(p.old, []point{p.start, end}, within); least == 0 && p.err <= within {
		return p
	}
	if p.start == end {
		return nil
	}
	for n := max(1, least); n <= most; n++ {
		if p.controls, p.err = f.spline(p.old, p.start, end, n); p.controls == nil {
			continue
		}
		if j == i+1 || p.leaves(p.start, p.controls[0]) && (o.corner[j] || turn(o.in[j], end.minus(p.controls[n-1])) < bend) {
			return p
		}
	}
	return nil
}

// leaves reports whether a piece goes from its start towards q as the old outline
// did.
func (p *piece) leaves(start, q point) bool { return p.corner || turn(p.out, q.minus(start)) < bend }

// comes reports whether the piece before comes from q as the old outline did.
func (p *piece) comes(q point) bool { return p.corner || turn(p.in, p.start.minus(q)) < bend }

// spline fits n control points between two ends; nil where the error is too great.
func (f fitter) spline(old []point, a, b point, n int) (controls []point, err float64) {
	at := make([]float64, len(old)) // parameters: the number of a curve and t on it
	for k := 1; k < len(old); k++ {
		at[k] = at[k-1] + old[k].minus(old[k-1]).length()
	}
	for k, total := 0, at[len(at)-1]; k < len(at); k++ {
		at[k] *= float64(n) / total
	}
	c, least := make([]point, n), math.Inf(1)
	for round := range 8 {
		if !solve(old, at, a, b, c) {
			break
		}
		nearest(old, at, a, b, c)
		e := 0.0
		for k, p := range old {
			curve := min(n-1, int(at[k]))
			p0, p1, p2 := curveOf(a, b, c, curve)
			e = max(e, quad(p0, p1, p2, at[k]-float64(curve)).minus(p).length())
		}
		if e < least {
			least, controls = e, append(controls[:0], c...)
		}
		// Good enough, or hopeless: the error shrinks less and less.
		if e < 0.6*f.err || round == 2 && e > 3*f.err || round == 4 && e > 2*f.err {
			break
		}
	}
	if least > 1.2*f.err {
		return nil, 0
	}
	for k, q := range controls {
		controls[k] = f.snap(q)
	}
	err = apart(old, flat(a, b, controls), math.Inf(1))
	if err > 2*f.err {
		return nil, 0 // wild between the points
	}
	for was := math.Inf(1); err > f.err && err < was; {
		was = err
		for k, q := range controls {
			for _, d := range []point{{f.grid, 0}, {-f.grid, 0}, {0, f.grid}, {0, -f.grid}} {
				at := controls[k]
				controls[k] = q.plus(d)
				if e := apart(old, flat(a, b, controls), err); e < err {
					err = e
				} else {
					controls[k] = at
				}
			}
		}
	}
	if err > f.err {
		return nil, 0
	}
	return controls, err
}

// curveOf is one of the curves between two ends.
func curveOf(a, b point, controls []point, k int) (p0, p1, p2 point) {
	p0, p1, p2 = a, controls[k], b
	if k > 0 {
		p0 = between(controls[k-1], p1, 0.5)
	}
	if k < len(controls)-1 {
		p2 = between(p1, controls[k+1], 0.5)
	}
	return p0, p1, p2
}

// flat is the polyline of the curves between two ends.
func flat(a, b point, controls []point) (path []point) {
	if len(controls) == 0 {
		return []point{a, b}
	}
	for k := range controls {
		p0, p1, p2 := curveOf(a, b, controls, k)
		path = appendQuad(path, p0, p1, p2, math.Inf(1))
	}
	return append(path, b)
}

// solve finds the controls with the least squares of distances between points and
// the curves at their parameters.
func solve(points []point, at []float64, a, b point, controls []point) bool {
	n := len(controls)
	var m [most][most]float64
	var right [most]point
	for k, p := range points {
		c := min(n-1, int(at[k]))
		t := at[k] - float64(c)
		w0, w1, w2 := (1-t)*(1-t), 2*t*(1-t), t*t
		var row [most]float64
		row[c] = w1
		if c > 0 {
			row[c-1], row[c] = w0/2, row[c]+w0/2
		} else {
			p = p.minus(a.times(w0))
		}
		if c < n-1 {
			row[c], row[c+1] = row[c]+w2/2, w2/2
		} else {
			p = p.minus(b.times(w2))
		}
		for i := max(0, c-1); i <= min(n-1, c+1); i++ {
			for j := max(0, c-1); j <= min(n-1, c+1); j++ {
				m[i][j] += row[i] * row[j]
			}
			right[i] = right[i].plus(p.times(row[i]))
		}
	}
	for i := range n {
		if m[i][i] < 1e-6 {
			return false
		}
		for r := i + 1; r < n; r++ {
			k := m[r][i] / m[i][i]
			for j := i; j < n; j++ {
				m[r][j] -= k * m[i][j]
			}
			right[r] = right[r].minus(right[i].times(k))
		}
	}
	for i := n - 1; i >= 0; i-- {
		for j := i + 1; j < n; j++ {
			right[i] = right[i].minus(controls[j].times(m[i][j]))
		}
		controls[i] = right[i].times(1 / m[i][i])
	}
	return true
}

// nearest moves each parameter to the nearest place of the curves, in order.
func nearest(points []point, at []float64, a, b point, controls []point) {
	n := len(controls)
	for k := 1; k < len(points)-1; k++ {
		for range 2 {
			c := min(n-1, int(at[k]))
			t := at[k] - float64(c)
			p0, p1, p2 := curveOf(a, b, controls, c)
			d := quad(p0, p1, p2, t).minus(points[k])
			first := p1.minus(p0).times(2 * (1 - t)).plus(p2.minus(p1).times(2 * t))
			second := p0.plus(p2).minus(p1.times(2)).times(2)
			slope := first.dot(first) + max(0, d.dot(second)) + 1e-9
			at[k] = max(0, min(float64(n), at[k]-max(-0.3, min(0.3, d.dot(first)/slope))))
		}
		at[k] = max(at[k], at[k-1])
	}
}
