package pdf

import "image"

// shrink scales a picture down by the area that each new pixel covers. It
// reckons in whole numbers: floating point may come out differently on another
// processor, and the report's bytes must not.
func shrink(in *image.RGBA, w, h int) *image.RGBA {
	size := in.Bounds().Size()
	narrow := image.NewRGBA(image.Rect(0, 0, w, size.Y))
	across := coverage(size.X, w)
	for y := range size.Y {
		from := in.Pix[y*in.Stride:]
		to := narrow.Pix[y*narrow.Stride:]
		for x, c := range across {
			mix(to[4*x:4*x+4], from[4*c.first:], 4, c.weights)
		}
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y, c := range coverage(size.Y, h) {
		from := narrow.Pix[c.first*narrow.Stride:]
		to := out.Pix[y*out.Stride:]
		for x := range w {
			mix(to[4*x:4*x+4], from[4*x:], narrow.Stride, c.weights)
		}
	}
	return out
}

// whole is the sum of the weights of one new pixel.
const whole = 1 << 12

// covered is what a new pixel is mixed from.
type covered struct {
	first   int
	weights []uint32
}

// coverage tells which old pixels of a line each new one covers, and how much
// of each.
func coverage(from, to int) []covered {
	list := make([]covered, to)
	for i := range list {
		// The new pixel reaches from start to end, in parts of 1/to of an old one.
		start, end := i*from, (i+1)*from
		c := covered{first: start / to}
		rest := uint32(whole)
		for at := c.first; at*to < end; at++ {
			part := min(end, (at+1)*to) - max(start, at*to)
			weight := uint32(part * whole / from)
			c.weights = append(c.weights, weight)
			rest -= weight
		}
		c.weights[len(c.weights)/2] += rest
		list[i] = c
	}
	return list
}

// mix adds up weighted pixels that lie step bytes apart. Pictures on paper are
// opaque.
func mix(to, from []uint8, step int, weights []uint32) {
	var r, g, b uint32 = whole / 2, whole / 2, whole / 2
	at := 0
	for _, w := range weights {
		p := from[at : at+3 : at+3]
		r += w * uint32(p[0])
		g += w * uint32(p[1])
		b += w * uint32(p[2])
		at += step
	}
	to[0], to[1], to[2], to[3] = uint8(r/whole), uint8(g/whole), uint8(b/whole), 255
}
