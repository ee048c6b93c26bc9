package main

import "math"

// polish moves the points of a contour, one at a time, to where they take fewer
// bits or fit better.
func (f fitter) polish(list []*piece) {
	n := len(list)
	if n < 2 {
		return
	}
	const rounds = 3
	for range rounds {
		moved := false
		for k, p := range list {
			prev, next := list[(k+n-1)%n], list[(k+1)%n]
			before, after := prev.start, next.start
			if len(prev.controls) > 0 {
				before = prev.controls[len(prev.controls)-1]
			}
			if len(p.controls) > 0 {
				after = p.controls[0]
			}
			both := func() float64 { return f.score(prev, p) + f.score(p, next) }
			moved = f.move(&p.start, before, after, both) || moved
			for c := range p.controls {
				before, after := p.start, next.start
				if c > 0 {
					before = p.controls[c-1]
				}
				if c+1 < len(p.controls) {
					after = p.controls[c+1]
				}
				moved = f.move(&p.controls[c], before, after, func() float64 { return f.score(p, next) }) || moved
			}
		}
		if !moved {
			return
		}
	}
}

// move tries the places beside a point, and those in line with its neighbours.
func (f fitter) move(p *point, before, after point, score func() float64) (moved bool) {
	at := *p
	least := score()
	if math.IsInf(least, 1) {
		return false // as it was fitted, a part is too short to be judged
	}
	best := at
	for _, to := range []point{{at.x + f.grid, at.y}, {at.x - f.grid, at.y}, {at.x, at.y + f.grid}, {at.x, at.y - f.grid},
		{before.x, at.y}, {after.x, at.y}, {at.x, before.y}, {at.x, after.y}} {
		const far = 4 // errors that a control point may be off
		if to == at || to.minus(at).length() > far*f.err {
			continue
		}
		*p = to
		if s := score(); s < least-1e-9 {
			least, best = s, to
		}
	}
	*p = best
	return best != at
}

// score is about how many bits a piece takes, and a little for its error; infinite
// where it does not fit.
func (f fitter) score(p, next *piece) float64 {
	within := f.err
	if len(p.controls) == 0 {
		within *= straight
	}
	first, last := next.start, p.start
	if len(p.controls) > 0 {
		first, last = p.controls[0], p.controls[len(p.controls)-1]
	}
	if p.start == next.start || !p.leaves(p.start, first) || !next.comes(last) {
		return math.Inf(1)
	}
	err := apart(p.old, flat(p.start, next.start, p.controls), within)
	if err > within {
		return math.Inf(1)
	}
	const forError = 2 // bits
	total, at := forError*err/f.err, p.start
	for _, q := range p.controls {
		total, at = total+bits(at, q), q
	}
	return total + bits(at, next.start)
}
