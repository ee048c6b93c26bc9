package main

// Things that more than one scene shows.

import (
	"image/color"
	"math"
)

// plant is a tall pot plant.
func plant(c *canvas, foot pt, h float64) {
	c.shadow(ellipse(foot, 0.22*h, 0.05*h), 0.05*h, alpha(ink, 0.4))
	top := foot.add(0, -0.28*h)
	for i := range 11 {
		k := float64(i) - 5
		a := -math.Pi/2 + k*0.24
		long := (0.70 - 0.035*math.Abs(k)) * h
		tip := top.add(math.Cos(a)*long*0.75, math.Sin(a)*long)
		c.fill(leaf(top, tip, 0.10*h), mix(mossDeep, moss, float64((i*5)%11)/10))
	}
	pot := polygon(foot.add(-0.13*h, -0.30*h), foot.add(0.13*h, -0.30*h), foot.add(0.10*h, 0), foot.add(-0.10*h, 0))
	c.fill(pot, hex(0xE4DCCD))
	c.inside(pot, func() { c.fill(rect(foot.x+0.03*h, foot.y-h, h, h), alpha(ink, 0.14)) })
	c.fill(rect(foot.x-0.14*h, foot.y-0.32*h, 0.28*h, 0.04*h), hex(0xD2C8B6))
}

// holdFolder puts an open folder into a hand.
func holdFolder(c *canvas, hand pt, u float64) {
	p := rect(hand.x-0.075*u, hand.y-0.07*u, 0.12*u, 0.10*u).rotated(hand, -0.12)
	c.lifted(p, hex(0x8B2822), 2, 3, 4, 0.3)
	c.fill(rect(hand.x-0.068*u, hand.y-0.064*u, 0.106*u, 0.085*u).rotated(hand, -0.12), paper)
}

// holdTablet puts a lit tablet into a hand.
func holdTablet(c *canvas, hand pt, u float64) {
	p := rect(hand.x-0.075*u, hand.y-0.095*u, 0.10*u, 0.125*u).rotated(hand, -0.3)
	c.fill(p, hex(0x0E151D))
	c.fill(rect(hand.x-0.069*u, hand.y-0.088*u, 0.088*u, 0.111*u).rotated(hand, -0.3), hex(0x8FB6CC))
}

// holdClipboard puts a clipboard with a form into a hand.
func holdClipboard(c *canvas, hand pt, u float64) {
	const tilt = 0.25
	r := func(x, y, w, h float64) path {
		return rect(hand.x+x*u, hand.y+y*u, w*u, h*u).rotated(hand, tilt)
	}
	c.lifted(r(-0.03, -0.10, 0.105, 0.14), hex(0x7B5B40), 2, 3, 4, 0.25)
	c.fill(r(-0.022, -0.088, 0.089, 0.122), paper)
	c.fill(r(0.005, -0.106, 0.035, 0.018), hex(0x8A979F))
	for i := range 4 {
		c.fill(r(-0.012, -0.068+float64(i)*0.022, []float64{0.068, 0.05, 0.062, 0.04}[i], 0.005), alpha(steel, 0.55))
	}
}

// leaf is a pointed oval between two points.
func leaf(a, b pt, wide float64) path {
	dx, dy := b.x-a.x, b.y-a.y
	d := math.Hypot(dx, dy)
	m := mixPt(a, b, 0.5)
	nx, ny := -dy/d*wide, dx/d*wide
	var p path
	p.moveTo(a)
	p.quadTo(m.add(nx, ny), b)
	p.quadTo(m.add(-nx, -ny), a)
	p.close()
	return p
}

// boards are the colours of cartons.
var boards = []color.NRGBA{hex(0xC99B66), hex(0xD8B07C), hex(0xB98B58), hex(0xE0DACD)}

// cardbox is a taped parcel in perspective.
func cardbox(c *canvas, v view, x, y, z, w, h, d float64, kind int) {
	col := boards[((kind%4)+4)%4]
	v.box(c, x, y, z, x+w, y+h, z+d, lighter(col, 0.18), col, darker(col, 0.22))
	m := x + w/2
	tape := alpha(hex(0xF1E6CF), 0.65)
	if y+h < v.eye {
		c.fill(v.floor(m-0.03, z, m+0.03, z+d, y+h), tape)
	}
	c.fill(v.front(m-0.03, y+h*0.72, m+0.03, y+h, z), tape)
	c.fill(v.front(x+w*0.56, y+h*0.16, x+w*0.9, y+h*0.52, z), paper)
	c.fill(v.front(x+w*0.60, y+h*0.36, x+w*0.82, y+h*0.42, z), alpha(steel, 0.6))
	c.fill(v.front(x+w*0.60, y+h*0.24, x+w*0.76, y+h*0.29, z), alpha(steel, 0.6))
}
