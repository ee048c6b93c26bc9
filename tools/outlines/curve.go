package main

import "math"

type point struct{ x, y float64 }

func (p point) plus(q point) point    { return point{p.x + q.x, p.y + q.y} }
func (p point) minus(q point) point   { return point{p.x - q.x, p.y - q.y} }
func (p point) times(k float64) point { return point{p.x * k, p.y * k} }
func (p point) dot(q point) float64   { return p.x*q.x + p.y*q.y }
func (p point) cross(q point) float64 { return p.x*q.y - p.y*q.x }
func (p point) length() float64       { return math.Sqrt(p.dot(p)) }

// between is the point at t of the way from p to q.
func between(p, q point, t float64) point { return p.plus(q.minus(p).times(t)) }

// quad is the point at t of a quadratic curve from a to c.
func quad(a, b, c point, t float64) point {
	return between(between(a, b, t), between(b, c, t), t)
}

// turn is the angle between two directions, in radians.
func turn(p, q point) float64 { return math.Abs(math.Atan2(p.cross(q), p.dot(q))) }

// flatness is how far, in units, a curve may be from the polyline that measures it.
const flatness = 0.1

// appendQuad adds points of a curve to a path, its end not among them: as many as
// flatness asks for, and at least so many that none is further than apart from the
// next.
func appendQuad(path []point, a, b, c point, apart float64) []point {
	steps := math.Sqrt(a.plus(c).minus(b.times(2)).length() / 4 / flatness)
	steps = max(1, math.Ceil(steps), math.Ceil((b.minus(a).length()+c.minus(b).length())/apart))
	for k := range int(steps) {
		path = append(path, quad(a, b, c, float64(k)/steps))
	}
	return path
}

// apart is the greatest distance of a point of either polyline from the other one;
// infinite where it is greater than enough.
func apart(a, b []point, enough float64) float64 {
	worst := reach(a, b, 0, enough*enough)
	return math.Sqrt(reach(b, a, worst, enough*enough))
}

// reach is the square of the greatest distance of points from a polyline, or worst
// where that is greater, or infinity beyond enough. It begins to look for a point
// where the last one was near, and does not look further where that cannot matter.
func reach(points, path []point, worst, enough float64) float64 {
	near := 0
	for _, p := range points {
		least := math.Inf(1)
		for k, i := 0, near; k < len(path)-1 && least > worst; k, i = k+1, i+1 {
			if i >= len(path)-1 {
				i -= len(path) - 1
			}
			a, b := path[i], path[i+1]
			dx, dy, x, y := b.x-a.x, b.y-a.y, p.x-a.x, p.y-a.y
			n, t := dx*dx+dy*dy, dx*x+dy*y
			switch {
			case t <= 0:
			case t >= n:
				x, y = x-dx, y-dy
			default:
				t /= n
				x, y = x-t*dx, y-t*dy
			}
			if d := x*x + y*y; d < least {
				least, near = d, i
			}
		}
		if least > enough {
			return math.Inf(1)
		}
		worst = max(worst, least)
	}
	return worst
}

// node is a point on the outline, with the line or curve from it to the next one.
type node struct {
	point
	control point
	curved  bool
}

// nodes are the points of a contour that are on the outline, the implied ones too.
func nodes(c contour) []node {
	start := 0
	for start < len(c) && !c[start].on {
		start++
	}
	if start == len(c) {
		c = append(contour{{between(c[len(c)-1].point, c[0].point, 0.5), true}}, c...)
		start = 0
	}
	var list []node
	for k := range c {
		v, next := c[(start+k)%len(c)], c[(start+k+1)%len(c)]
		switch {
		case v.on && next.on:
			if v.point != next.point {
				list = append(list, node{point: v.point})
			}
		case v.on:
			list = append(list, node{v.point, next.point, true})
		case !next.on:
			list = append(list, node{between(v.point, next.point, 0.5), next.point, true})
		}
	}
	return list
}

// outline is a closed contour as a polyline, from its first node back to it.
type outline struct {
	path   []point
	nodes  []int   // their places in the path, and at last the end of the path
	in     []point // directions in which the path comes to the nodes
	out    []point // and leaves them
	corner []bool
}

// sharp is the turn, in radians, from which on a node is a corner.
const sharp = 0.6

// outlineOf follows the nodes; points of the path are at most so far from each other.
func outlineOf(list []node, far float64) outline {
	var o outline
	n := len(list)
	if n == 0 {
		return o
	}
	for i, v := range list {
		prev, next := list[(i+n-1)%n], list[(i+1)%n]
		o.nodes = append(o.nodes, len(o.path))
		middle := between(v.point, next.point, 0.5)
		if v.curved {
			middle = v.control
		}
		o.path = appendQuad(o.path, v.point, middle, next.point, far)
		in, out := v.minus(prev.point), next.minus(v.point)
		if prev.curved && v.point != prev.control {
			in = v.minus(prev.control)
		}
		if v.curved && v.control != v.point {
			out = v.control.minus(v.point)
		}
		o.in, o.out = append(o.in, in), append(o.out, out)
		o.corner = append(o.corner, turn(in, out) > sharp)
	}
	o.path, o.nodes = append(o.path, o.path[0]), append(o.nodes, len(o.path))
	o.in, o.out, o.corner = append(o.in, o.in[0]), append(o.out, o.out[0]), append(o.corner, o.corner[0])
	return o
}
