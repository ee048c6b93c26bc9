package picture

import "image"

// shrink scales a picture down: to its half by the mean of four pixels, to any other
// size with the Catmull-Rom kernel, widened to the area that a new pixel covers. It
// reckons in whole numbers: floating point may come out differently on another
// processor, and what is published must not. A photo is scaled in its planes, of
// which two have a quarter of the pixels.
func shrink(in image.Image, w, h int) image.Image {
	size := in.Bounds().Size()
	if in, ok := in.(*image.YCbCr); ok {
		out := image.NewYCbCr(image.Rect(0, 0, w, h), in.SubsampleRatio)
		half := func(n int) int { return (n + 1) / 2 }
		scalePlane(out.Y, in.Y, in.YStride, size.X, size.Y, w, h, 1)
		scalePlane(out.Cb, in.Cb, in.CStride, half(size.X), half(size.Y), half(w), half(h), 1)
		scalePlane(out.Cr, in.Cr, in.CStride, half(size.X), half(size.Y), half(w), half(h), 1)
		return out
	}
	rgba := in.(*image.RGBA)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	scalePlane(out.Pix, rgba.Pix, rgba.Stride, size.X, size.Y, w, h, 4)
	for at := 0; at < len(out.Pix); at += 4 { // premultiplied: no colour is more than its opacity
		p := out.Pix[at : at+4]
		p[0], p[1], p[2] = min(p[0], p[3]), min(p[1], p[3]), min(p[2], p[3])
	}
	return out
}

// scalePlane scales bytes that lie step to a pixel.
func scalePlane(to, from []uint8, stride, fromW, fromH, w, h, step int) {
	if fromW == 2*w && (fromH+1)/2 == h {
		halvePlane(to, from, stride, fromH, w, h, step)
		return
	}
	shrinkPlane(to, from, stride, fromW, fromH, w, h, step)
}

// halvePlane makes each pixel the mean of four, halves rounded up. The last line of an
// odd number stands for the one below it too.
func halvePlane(to, from []uint8, stride, fromH, w, h, step int) {
	for y := range h {
		upper := from[2*y*stride:][:2*w*step]
		lower := from[min(2*y+1, fromH-1)*stride:][:2*w*step]
		out := to[y*w*step:][:w*step]
		for at := range out {
			left := at + at/step*step
			right := left + step
			out[at] = uint8((int(upper[left]) + int(upper[right]) + int(lower[left]) + int(lower[right]) + 2) / 4)
		}
	}
}

// shrinkPlane scales with the kernel: a line is mixed from those that it covers, then
// its pixels from one another.
func shrinkPlane(to, from []uint8, stride, fromW, fromH, w, h, step int) {
	across := kernels(fromW, w)
	sums, line := make([]int32, fromW*step), make([]uint8, fromW*step)
	row := func(y int) []uint8 { return from[y*stride:][:len(sums)] }
	for y, k := range kernels(fromH, h) {
		for i := range sums {
			sums[i] = whole / 2
		}
		at, rest := k.first, k.weights
		for ; len(rest) >= 4; at, rest = at+4, rest[4:] { // four at once touch the sums less often
			a, b, c, d := row(at), row(at+1), row(at+2), row(at+3)
			wa, wb, wc, wd := rest[0], rest[1], rest[2], rest[3]
			for i := range sums {
				sums[i] += wa*int32(a[i]) + wb*int32(b[i]) + wc*int32(c[i]) + wd*int32(d[i])
			}
		}
		for j, weight := range rest {
			for i, v := range row(at + j) {
				sums[i] += weight * int32(v)
			}
		}
		for i, v := range sums {
			line[i] = clamp(v)
		}
		out := to[y*w*step:][:w*step]
		if step == 1 {
			for at := range out {
				k := &across[at]
				var sum int32 = whole / 2
				part := line[k.first:][:len(k.weights)]
				for j, weight := range k.weights {
					sum += weight * int32(part[j])
				}
				out[at] = clamp(sum)
			}
			continue
		}
		for at := range out {
			k := &across[at/step]
			var sum int32 = whole / 2
			part := line[k.first*step+at%step:]
			for j, weight := range k.weights {
				sum += weight * int32(part[j*step])
			}
			out[at] = clamp(sum)
		}
	}
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
		first := max(0, int((centre-2*width+int64(to))/(2*int64(to))))
		last := min(from-1, int((centre+2*width-int64(to))/(2*int64(to))))
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

func clamp(sum int32) uint8 { return uint8(min(max(sum/whole, 0), 255)) }
