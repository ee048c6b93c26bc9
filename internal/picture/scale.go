package picture

import "image"

// shrink scales a picture down with the Catmull-Rom kernel, widened to the area
// that a new pixel covers. It reckons in whole numbers: floating point may come
// out differently on another processor, and what is published must not.
func shrink(in *image.RGBA, w, h int) *image.RGBA {
	size := in.Bounds().Size()
	narrow := image.NewRGBA(image.Rect(0, 0, w, size.Y))
	across := kernels(size.X, w)
	for y := range size.Y {
		from := in.Pix[y*in.Stride:]
		to := narrow.Pix[y*narrow.Stride:]
		for x, k := range across {
			mix(to[4*x:4*x+4], from[4*k.first:], 4, k.weights)
		}
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y, k := range kernels(size.Y, h) {
		from := narrow.Pix[k.first*narrow.Stride:]
		to := out.Pix[y*out.Stride:]
		for x := range w {
			mix(to[4*x:4*x+4], from[4*x:], narrow.Stride, k.weights)
		}
	}
	return out
}

// whole is the sum of the weights of one new pixel.
const whole = 1 << 14

// kernel is what a new pixel is mixed from.
type kernel struct {
	first   int
	weights []int32
}

// kernels tells which old pixels of a line each new one is mixed from, and how
// much of each, when from pixels become to, which are not more.
func kernels(from, to int) []kernel {
	list := make([]kernel, to)
	for i := range list {
		// In halves of an old pixel, times to: the new pixel's centre is
		// (2i+1)·from, the old one's (2j+1)·to, and a new pixel is 2·from wide.
		centre, width := int64(2*i+1)*int64(from), int64(2*from)
		first := max(0, int((centre-2*width)/(2*int64(to))))
		last := min(from-1, int((centre+2*width)/(2*int64(to))))
		k := kernel{first: first}
		var sum int64
		var raw []int64
		for j := first; j <= last; j++ {
			distance := int64(2*j+1)*int64(to) - centre
			weight := catmullRom(max(distance, -distance) * unit / width)
			raw = append(raw, weight)
			sum += weight
		}
		rest, heaviest := int32(whole), 0
		for j, weight := range raw {
			k.weights = append(k.weights, int32(weight*whole/sum))
			rest -= k.weights[j]
			if weight > raw[heaviest] {
				heaviest = j
			}
		}
		k.weights[heaviest] += rest
		list[i] = k
	}
	return list
}

// unit is the distance 1 of the kernel.
const unit = 1 << 16

// catmullRom is the kernel at a distance t ≥ 0, in parts of unit.
func catmullRom(t int64) int64 {
	square := t * t / unit
	cube := square * t / unit
	switch {
	case t < unit:
		return (3*cube-5*square)/2 + unit
	case t < 2*unit:
		return (5*square-cube)/2 - 4*t + 2*unit
	}
	return 0
}

// mix adds up weighted pixels that lie step bytes apart. The pixels are
// premultiplied: no colour may be more than its opacity.
func mix(to, from []uint8, step int, weights []int32) {
	var r, g, b, a int32 = whole / 2, whole / 2, whole / 2, whole / 2
	at := 0
	for _, w := range weights {
		p := from[at : at+4 : at+4]
		r += w * int32(p[0])
		g += w * int32(p[1])
		b += w * int32(p[2])
		a += w * int32(p[3])
		at += step
	}
	a = clamp(a/whole, 255)
	to[0], to[1], to[2], to[3] = uint8(clamp(r/whole, a)), uint8(clamp(g/whole, a)), uint8(clamp(b/whole, a)), uint8(a)
}

func clamp(v, most int32) int32 { return min(max(v, 0), most) }
