package main

import (
	"image"
	"image/color"
	"math"

	"github.com/fogleman/gg"
)

// The palette: ink, warm red, paper, blue-grey and ochre, each in a few tones.
var (
	ink      = hex(0x1E2A38)
	inkSoft  = hex(0x2F3E50)
	steel    = hex(0x4A6075)
	blueGrey = hex(0x7C93A8)
	mist     = hex(0xB4C4D0)
	haze     = hex(0xD9E2E8)
	paper    = hex(0xF5F0E7)
	linen    = hex(0xE9DFCF)
	sand     = hex(0xD6C4A8)
	clay     = hex(0xA98A67)
	umber    = hex(0x6E5844)
	ochre    = hex(0xD69B3C)
	honey    = hex(0xEBC77E)
	red      = hex(0xB63A2E)
	redDeep  = hex(0x8B2822)
	redSoft  = hex(0xD4705E)
	moss     = hex(0x6F8168)
	mossDeep = hex(0x4F6153)
)

func hex(v uint32) color.NRGBA {
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

func alpha(c color.NRGBA, a float64) color.NRGBA {
	c.A = uint8(math.Round(clamp(a, 0, 1) * 255))
	return c
}

func mix(a, b color.NRGBA, t float64) color.NRGBA {
	f := func(x, y uint8) uint8 { return uint8(math.Round(lerp(float64(x), float64(y), t))) }
	return color.NRGBA{f(a.R, b.R), f(a.G, b.G), f(a.B, b.B), f(a.A, b.A)}
}

func darker(c color.NRGBA, t float64) color.NRGBA  { return mix(c, alpha(ink, float64(c.A)/255), t) }
func lighter(c color.NRGBA, t float64) color.NRGBA { return mix(c, hex(0xFFFFFF), t) }

// canvas is the sheet that a scene is drawn on.
type canvas struct {
	dc    *gg.Context
	w, h  float64
	fonts *fonts
	clips []path
}

// newCanvas returns a sheet without a hole in it.
func newCanvas(w, h int, f *fonts) *canvas {
	c := &canvas{dc: gg.NewContext(w, h), w: float64(w), h: float64(h), fonts: f}
	c.fill(rect(0, 0, c.w, c.h), linen) // else the seams between shapes would show black
	return c
}

func (c *canvas) image() *image.RGBA { return c.dc.Image().(*image.RGBA) }

func (c *canvas) fill(p path, col color.NRGBA) {
	c.dc.SetColor(col)
	p.draw(c.dc)
	c.dc.Fill()
}

// fillHoles fills with the even-odd rule, so that inner outlines are holes.
func (c *canvas) fillHoles(p path, col color.NRGBA) {
	c.dc.SetFillRuleEvenOdd()
	c.fill(p, col)
	c.dc.SetFillRuleWinding()
}

// grade fills with a gradient from one point to the other.
func (c *canvas) grade(p path, from, to pt, stops ...color.NRGBA) {
	g := gg.NewLinearGradient(from.x, from.y, to.x, to.y)
	for i, s := range stops {
		g.AddColorStop(float64(i)/float64(len(stops)-1), s)
	}
	c.dc.SetFillStyle(g)
	p.draw(c.dc)
	c.dc.Fill()
}

func (c *canvas) stroke(p path, width float64, col color.NRGBA) {
	c.dc.SetLineCapRound()
	c.dc.SetLineJoinRound()
	c.dc.SetLineWidth(width)
	c.dc.SetColor(col)
	p.draw(c.dc)
	c.dc.Stroke()
}

// inside runs draw with everything outside of p covered.
func (c *canvas) inside(p path, draw func()) {
	c.clips = append(c.clips, p)
	c.clip()
	draw()
	c.clips = c.clips[:len(c.clips)-1]
	c.clip()
}

// clip makes gg's mask anew, for gg cannot put an outer one back.
func (c *canvas) clip() {
	c.dc.ResetClip()
	for _, p := range c.clips {
		p.draw(c.dc)
		c.dc.Clip()
	}
}

// shadow lays a blurred copy of p on the sheet.
func (c *canvas) shadow(p path, blur float64, col color.NRGBA) {
	lo, hi := p.bounds()
	margin := math.Ceil(blur * 2)
	x0 := int(math.Max(math.Floor(lo.x-margin), 0))
	y0 := int(math.Max(math.Floor(lo.y-margin), 0))
	x1 := int(math.Min(math.Ceil(hi.x+margin), c.w))
	y1 := int(math.Min(math.Ceil(hi.y+margin), c.h))
	if x1 <= x0 || y1 <= y0 {
		return
	}
	pad := int(margin) // the blur must see what lies just outside of the sheet
	w, h := x1-x0+2*pad, y1-y0+2*pad
	tmp := gg.NewContext(w, h)
	tmp.SetColor(color.White)
	p.moved(float64(pad-x0), float64(pad-y0)).draw(tmp)
	tmp.Fill()
	src := tmp.Image().(*image.RGBA)
	mask := make([]float64, w*h)
	for i := range mask {
		mask[i] = float64(src.Pix[i*4+3]) / 255
	}
	for range 3 {
		boxBlur(mask, w, h, blur/2)
	}
	dst := c.image()
	a := float64(col.A) / 255
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			k := mask[(y-y0+pad)*w+x-x0+pad] * a
			if k <= 0 {
				continue
			}
			o := dst.PixOffset(x, y)
			for j, v := range [3]uint8{col.R, col.G, col.B} {
				dst.Pix[o+j] = uint8(math.Round(lerp(float64(dst.Pix[o+j]), float64(v), k)))
			}
		}
	}
}

func boxBlur(m []float64, w, h int, radius float64) {
	r := max(int(math.Round(radius)), 1)
	tmp := make([]float64, max(w, h))
	pass := func(start, step, n int) {
		sum := 0.0
		at := func(i int) float64 { return m[start+min(max(i, 0), n-1)*step] }
		for i := -r; i <= r; i++ {
			sum += at(i)
		}
		for i := range n {
			tmp[i] = sum / float64(2*r+1)
			sum += at(i+r+1) - at(i-r)
		}
		for i := range n {
			m[start+i*step] = tmp[i]
		}
	}
	for y := range h {
		pass(y*w, 1, w)
	}
	for x := range w {
		pass(x, w, h)
	}
}

// lifted fills p above a soft shadow of its own.
func (c *canvas) lifted(p path, col color.NRGBA, dx, dy, blur, strength float64) {
	c.shadow(p.moved(dx, dy), blur, alpha(ink, strength))
	c.fill(p, col)
}

// mark puts the small label into the lower right corner that says that the
// picture is an example.
func (c *canvas) mark(words string) {
	size := c.h * 0.0225
	w := c.fonts.sans.width(words, size) + size*1.3
	h := size * 1.8
	x, y := c.w-w-c.h*0.022, c.h-h-c.h*0.022
	c.fill(roundRect(x, y, w, h, h/2), alpha(paper, 0.92))
	c.text(c.fonts.sans, words, pt{x + w/2, y + h*0.5}, size, middle, inkSoft)
}
