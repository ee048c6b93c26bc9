package main

import (
	"image/color"
	"math"
)

// The signs of the clip's diagram: each is drawn within a circle of radius s
// about at.

// shield is the campaign's plain sign, a shield with a tick.
func shield(c *canvas, at pt, s float64, col color.NRGBA) {
	var p path
	p.moveTo(at.add(0, -s))
	p.cubicTo(at.add(0.3*s, -0.75*s), at.add(0.6*s, -0.68*s), at.add(0.85*s, -0.68*s))
	p.cubicTo(at.add(0.9*s, 0.2*s), at.add(0.55*s, 0.75*s), at.add(0, s))
	p.cubicTo(at.add(-0.55*s, 0.75*s), at.add(-0.9*s, 0.2*s), at.add(-0.85*s, -0.68*s))
	p.cubicTo(at.add(-0.6*s, -0.68*s), at.add(-0.3*s, -0.75*s), at.add(0, -s))
	p.close()
	c.fill(p, col)
	c.stroke(line(at.add(-0.36*s, 0), at.add(-0.08*s, 0.28*s), at.add(0.40*s, -0.26*s)), 0.17*s, redDeep)
}

// searchIcon is a screen under a magnifying glass.
func searchIcon(c *canvas, at pt, s float64, col color.NRGBA) {
	c.fill(roundRect(at.x-0.60*s, at.y-0.50*s, 1.10*s, 0.76*s, 0.07*s), col)
	c.fill(rect(at.x-0.52*s, at.y-0.42*s, 0.94*s, 0.60*s), lighter(col, 0.82))
	c.fill(rect(at.x-0.14*s, at.y+0.26*s, 0.18*s, 0.16*s), col)
	c.fill(roundRect(at.x-0.32*s, at.y+0.40*s, 0.54*s, 0.08*s, 0.04*s), col)
	for i := range 3 {
		c.fill(rect(at.x-0.44*s, at.y-0.33*s+float64(i)*0.17*s, []float64{0.46, 0.34, 0.26}[i]*s, 0.07*s), lighter(col, 0.35))
	}
	lens := at.add(0.28*s, 0.08*s)
	c.stroke(line(lens.add(0.15*s, 0.15*s), lens.add(0.34*s, 0.34*s)), 0.12*s, col)
	c.fill(circle(lens, 0.24*s), hex(0xFFFDF8))
	c.stroke(circle(lens, 0.22*s), 0.085*s, col)
	c.fill(circle(lens, 0.08*s), redSoft)
}

// handoverIcon is a sheet that goes from one folder to another.
func handoverIcon(c *canvas, at pt, s float64, col color.NRGBA) {
	sheet := polygon(at.add(-0.34*s, -0.58*s), at.add(0.16*s, -0.58*s), at.add(0.36*s, -0.38*s), at.add(0.36*s, 0.30*s), at.add(-0.34*s, 0.30*s))
	c.fill(sheet, lighter(col, 0.78))
	c.stroke(sheet, 0.06*s, col)
	c.fill(polygon(at.add(0.16*s, -0.58*s), at.add(0.36*s, -0.38*s), at.add(0.16*s, -0.38*s)), col)
	for i := range 3 {
		c.fill(rect(at.x-0.22*s, at.y-0.30*s+float64(i)*0.17*s, []float64{0.30, 0.44, 0.36}[i]*s, 0.065*s), lighter(col, 0.25))
	}
	y := at.y + 0.46*s
	c.stroke(line(pt{at.x - 0.52*s, y}, pt{at.x + 0.36*s, y}), 0.10*s, col)
	c.fill(polygon(pt{at.x + 0.62*s, y}, pt{at.x + 0.32*s, y - 0.17*s}, pt{at.x + 0.32*s, y + 0.17*s}), col)
}

// shopIcon is a shop front with a check mark.
func shopIcon(c *canvas, at pt, s float64, col color.NRGBA) {
	c.fill(rect(at.x-0.48*s, at.y-0.16*s, 0.96*s, 0.62*s), lighter(col, 0.80))
	c.fill(rect(at.x-0.36*s, at.y, 0.34*s, 0.46*s), lighter(col, 0.35))
	c.fill(rect(at.x+0.08*s, at.y, 0.30*s, 0.24*s), lighter(col, 0.35))
	c.fill(rect(at.x-0.60*s, at.y+0.44*s, 1.20*s, 0.08*s), col)
	const n = 5
	for i := range n {
		l, r := at.x-0.60*s+float64(i)*0.24*s, at.x-0.60*s+float64(i+1)*0.24*s
		tone := col
		if i%2 == 1 {
			tone = lighter(col, 0.6)
		}
		l0, r0 := at.x+(l-at.x)*0.84, at.x+(r-at.x)*0.84
		c.fill(polygon(pt{l0, at.y - 0.50*s}, pt{r0, at.y - 0.50*s}, pt{r, at.y - 0.18*s}, pt{l, at.y - 0.18*s}), tone)
		c.fill(arc(pt{(l + r) / 2, at.y - 0.19*s}, 0.12*s, 0, math.Pi).closed(), tone)
	}
	badge := at.add(0.42*s, 0.36*s)
	c.fill(circle(badge, 0.27*s), hex(0xFFFDF8))
	c.fill(circle(badge, 0.22*s), col)
	c.stroke(line(badge.add(-0.10*s, 0), badge.add(-0.02*s, 0.08*s), badge.add(0.11*s, -0.08*s)), 0.055*s, paper)
}

// noticeIcon is a notice board on two feet.
func noticeIcon(c *canvas, at pt, s float64, col color.NRGBA) {
	for _, d := range [2]float64{-0.40, 0.40} {
		c.stroke(line(at.add(d*s, 0.2*s), at.add(d*s, 0.56*s)), 0.085*s, col)
	}
	c.fill(roundRect(at.x-0.62*s, at.y-0.54*s, 1.24*s, 0.86*s, 0.06*s), col)
	c.fill(rect(at.x-0.53*s, at.y-0.45*s, 1.06*s, 0.68*s), lighter(col, 0.84))
	c.fill(rect(at.x-0.53*s, at.y-0.45*s, 1.06*s, 0.16*s), ochre)
	for i := range 2 {
		x := at.x - 0.44*s + float64(i)*0.48*s
		c.fill(rect(x, at.y-0.21*s, 0.40*s, 0.36*s), hex(0xFFFDF8))
		for k := range 3 {
			c.fill(rect(x+0.06*s, at.y-0.14*s+float64(k)*0.09*s, []float64{0.28, 0.2, 0.24}[k]*s, 0.035*s), alpha(col, 0.6))
		}
	}
}
