package main

import "math"

// Flags of a point in the table glyf.
const (
	onCurve  = 0x01
	xShort   = 0x02
	yShort   = 0x04
	repeated = 0x08
	xSame    = 0x10 // or, of a short one: positive
	ySame    = 0x20
	overlaps = 0x40
)

// vertex is a point of an outline, on the curve or a control point of it.
type vertex struct {
	point
	on bool
}

// contour is a closed curve: straight lines between points on the curve, and
// quadratic curves with a control point each; between two control points, one on
// the curve is implied half way.
type contour []vertex

// simple reads a glyph that has an outline of its own. Its ok is false for others.
func simple(data []byte) (list []contour, overlap, ok bool) {
	if len(data) < 10 || int16(be.Uint16(data)) <= 0 {
		return nil, false, false
	}
	count := int(be.Uint16(data))
	ends := data[10:]
	total := int(be.Uint16(ends[2*count-2:])) + 1
	data = ends[2*count:]
	data = data[2+int(be.Uint16(data)):]
	flags := make([]byte, 0, total)
	for len(flags) < total {
		flag, times := data[0], 1
		data = data[1:]
		if flag&repeated != 0 {
			times, data = 1+int(data[0]), data[1:]
		}
		for range times {
			flags = append(flags, flag)
		}
	}
	read := func(short, same byte) []float64 {
		values, at := make([]float64, total), 0
		for i, flag := range flags {
			switch {
			case flag&short != 0:
				d := int(data[0])
				data = data[1:]
				if flag&same == 0 {
					d = -d
				}
				at += d
			case flag&same == 0:
				at += int(int16(be.Uint16(data)))
				data = data[2:]
			}
			values[i] = float64(at)
		}
		return values
	}
	xs := read(xShort, xSame)
	ys := read(yShort, ySame)
	start := 0
	for i := range count {
		end := int(be.Uint16(ends[2*i:])) + 1
		c := make(contour, 0, end-start)
		for k := start; k < end; k++ {
			c = append(c, vertex{point{xs[k], ys[k]}, flags[k]&onCurve != 0})
		}
		list, start = append(list, c), end
	}
	return list, flags[0]&overlaps != 0, true
}

// written is a glyph of contours whose points are at whole numbers, without
// instructions.
func written(list []contour, overlap bool) []byte {
	xMin, yMin, xMax, yMax := box(list)
	out := be.AppendUint16(nil, uint16(len(list)))
	for _, n := range []int{xMin, yMin, xMax, yMax} {
		out = be.AppendUint16(out, uint16(n))
	}
	end := -1
	for _, c := range list {
		end += len(c)
		out = be.AppendUint16(out, uint16(end))
	}
	out = be.AppendUint16(out, 0)
	var flags, xs, ys []byte
	delta := func(values []byte, d int, short, same byte) ([]byte, byte) {
		switch {
		case d == 0:
			return values, same
		case -256 < d && d < 0:
			return append(values, byte(-d)), short
		case 0 < d && d < 256:
			return append(values, byte(d)), short | same
		}
		return be.AppendUint16(values, uint16(d)), 0
	}
	var last vertex
	for _, c := range list {
		for _, v := range c {
			var flag, x, y byte
			if v.on {
				flag = onCurve
			}
			xs, x = delta(xs, int(v.x-last.x), xShort, xSame)
			ys, y = delta(ys, int(v.y-last.y), yShort, ySame)
			if overlap && len(flags) == 0 {
				flag |= overlaps
			}
			flags, last = append(flags, flag|x|y), v
		}
	}
	for i := 0; i < len(flags); {
		n := i + 1
		for n < len(flags) && flags[n] == flags[i] && n-i < 256 {
			n++
		}
		if n-i > 2 {
			out = append(out, flags[i]|repeated, byte(n-i-1))
		} else {
			out = append(out, flags[i:n]...)
		}
		i = n
	}
	return append(append(out, xs...), ys...)
}

// box is the least rectangle of whole units with the outline in it.
func box(list []contour) (xMin, yMin, xMax, yMax int) {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, c := range list {
		nodes := nodes(c)
		for i, v := range nodes {
			reached := []point{v.point}
			if v.curved {
				end := nodes[(i+1)%len(nodes)].point
				back, bent := v.minus(v.control), v.plus(end).minus(v.control.times(2))
				// Where the curve turns back.
				for _, t := range []float64{back.x / bent.x, back.y / bent.y} {
					if t > 0 && t < 1 {
						reached = append(reached, quad(v.point, v.control, end, t))
					}
				}
			}
			for _, p := range reached {
				low = point{min(low.x, p.x), min(low.y, p.y)}
				high = point{max(high.x, p.x), max(high.y, p.y)}
			}
		}
	}
	return int(math.Floor(low.x)), int(math.Floor(low.y)), int(math.Ceil(high.x)), int(math.Ceil(high.y))
}
