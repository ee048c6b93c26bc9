package main

import (
	"image/color"
	"math"
)

type hairStyle int

const (
	cropped hairStyle = iota
	bob
	bun
	tail
	bald
)

type hat int

const (
	bareHead hat = iota
	peakedCap
	hardHat
	helmet
	kitchenCap
	softCap
)

// skull returns the map from head measures (0,0 between the ears, y up) onto the
// sheet, and the head's own turn.
func (f *figure) skull() (func(x, y float64) pt, float64) {
	turn := clamp(f.turn+f.glance, -1, 1)
	centre := f.trunk(turn*0.014, 0.428)
	angle := f.lean*0.6 + f.nod
	sin, cos := math.Sincos(angle)
	return func(x, y float64) pt {
		x, y = x*f.height, y*f.height
		return centre.add(x*cos+y*sin, x*sin-y*cos)
	}, turn
}

func (f *figure) drawNeck(c *canvas) {
	to, _ := f.skull()
	u := f.height
	c.fill(taper(f.trunk(0, 0.318), to(0, -0.03), 0.031*u, 0.027*u), darker(f.skin, 0.14))
}

// contour is the head from the front, or in profile, or between the two.
func contour(to func(x, y float64) pt, turn, grow float64) path {
	front := []pt{
		{0, 0.066}, {0.033, 0.054}, {0.0485, 0.016}, {0.0445, -0.028}, {0.023, -0.060},
		{0, -0.067}, {-0.023, -0.060}, {-0.0445, -0.028}, {-0.0485, 0.016}, {-0.033, 0.054},
	}
	profile := []pt{
		{0.002, 0.066}, {0.036, 0.053}, {0.051, 0.018}, {0.050, -0.026}, {0.040, -0.058},
		{0.018, -0.065}, {-0.012, -0.054}, {-0.044, -0.032}, {-0.058, 0.012}, {-0.040, 0.052},
	}
	side := math.Copysign(1, turn)
	points := make([]pt, len(front))
	for i := range front {
		q := mixPt(front[i], profile[i], math.Abs(turn))
		points[i] = to(side*q.x*grow, q.y*grow)
	}
	return blob(points...)
}

func (f *figure) drawHead(c *canvas) {
	to, turn := f.skull()
	a, side := math.Abs(turn), math.Copysign(1, turn)
	u := f.height
	head := contour(to, turn, 1)
	ear := darker(f.skin, 0.12)
	covered := f.hair == bob || f.hair == tail && a < 0.3
	if a < 0.45 && !covered {
		for _, s := range [2]float64{-1, 1} {
			if f.back || s != side || a < 0.2 {
				c.fill(ellipse(to(s*0.049, -0.012), 0.010*u, 0.016*u), ear)
			}
		}
	}
	c.fill(head, f.skin)
	c.inside(head, func() {
		c.fill(ellipse(to(0.062, -0.035), 0.050*u, 0.085*u), alpha(redDeep, 0.10))
	})
	f.drawHair(c, to, turn)
	if !f.back && a >= 0.45 && !covered {
		c.fill(ellipse(to(-side*lerp(0.026, 0.006, a), -0.012), 0.010*u, 0.016*u), ear)
	}
	f.drawHat(c, to, turn)
}

func (f *figure) drawHairBehind(c *canvas) {
	to, turn := f.skull()
	side := math.Copysign(1, turn)
	a := math.Abs(turn)
	u := f.height
	dark := darker(f.mane, 0.12)
	switch f.hair {
	case bob:
		c.fill(blob(
			to(-0.052-0.006*a, 0.01), to(-0.058, -0.045), to(-0.05, -0.082),
			to(0, -0.088), to(0.05, -0.082), to(0.058, -0.045), to(0.052+0.006*a, 0.01), to(0, 0.06),
		).moved(-side*a*0.012*u, 0), dark)
	case bun:
		c.fill(circle(to(-side*lerp(0, 0.066, a), lerp(0.078, 0.03, a)), 0.029*u), dark)
	}
}

func (f *figure) drawHair(c *canvas, to func(x, y float64) pt, turn float64) {
	if f.hair == bald {
		return
	}
	a, side := math.Abs(turn), math.Copysign(1, turn)
	u := f.height
	outer := contour(to, turn, 1.075)
	if f.back {
		c.fill(outer, f.mane)
		switch f.hair {
		case cropped:
			c.inside(outer, func() {
				c.fill(ellipse(to(0, -0.082), 0.034*u, 0.030*u), darker(f.skin, 0.14))
			})
		case bob:
			c.fill(blob(to(-0.054, 0.01), to(-0.06, -0.05), to(-0.05, -0.084), to(0, -0.09),
				to(0.05, -0.084), to(0.06, -0.05), to(0.054, 0.01), to(0, 0.06)), f.mane)
		case bun:
			c.fill(circle(to(0, 0.02), 0.033*u), darker(f.mane, 0.2))
		case tail:
			c.fill(taper(to(0, 0), to(0.004, -0.13), 0.024*u, 0.012*u), darker(f.mane, 0.2))
		}
		return
	}
	temple, nape := lerp(-0.014, 0.004, a), lerp(-0.014, -0.052, a)
	if f.hair == bob || f.hair == tail {
		temple, nape = lerp(-0.035, 0.0, a), lerp(-0.035, -0.062, a)
	}
	scalp := polygon(to(-side*0.1, 0.1), to(side*0.1, 0.1), to(side*0.1, temple), to(-side*0.02*a, lerp(temple, temple-0.014, a)), to(-side*0.1, nape))
	open := ellipse(to(side*lerp(0.004, 0.032, a), -0.026), lerp(0.0415, 0.040, a)*u, lerp(0.062, 0.060, a)*u)
	c.inside(outer, func() {
		lo, hi := outer.bounds()
		around := rect(lo.x-u, lo.y-u, hi.x-lo.x+2*u, hi.y-lo.y+2*u)
		c.inside(scalp, func() { c.fillHoles(around.with(open), f.mane) })
	})
	if f.hair == tail && a > 0.3 {
		c.fill(blob(to(-side*0.05, 0.025), to(-side*0.088, 0.0), to(-side*0.098, -0.06), to(-side*0.085, -0.10), to(-side*0.075, -0.05), to(-side*0.052, 0)), f.mane)
	}
	if f.hair == bob {
		for _, s := range [2]float64{-1, 1} {
			if a > 0.4 && s == side {
				continue
			}
			c.fill(blob(to(s*0.040-side*a*0.014, 0.02), to(s*0.054-side*a*0.014, 0.01), to(s*0.058-side*a*0.012, -0.045),
				to(s*0.048-side*a*0.012, -0.082), to(s*0.040-side*a*0.02, -0.05)), f.mane)
		}
	}
}

func (f *figure) drawHat(c *canvas, to func(x, y float64) pt, turn float64) {
	a, side := math.Abs(turn), math.Copysign(1, turn)
	if f.back {
		side = -side
	}
	// q turns with the head.
	q := func(x, y float64) pt { return to(x+side*a*0.006, y) }
	dome := func(col color.NRGBA, w, h, base float64) path {
		p := blob(q(-w, base), q(-w*0.93, base+h*0.5), q(-w*0.55, base+h*0.9), q(0, base+h),
			q(w*0.55, base+h*0.9), q(w*0.93, base+h*0.5), q(w, base), q(0, base-0.004))
		c.fill(p, col)
		c.inside(p, func() {
			c.fill(ellipse(q(0.055, base), 0.04*f.height, 0.09*f.height), alpha(ink, 0.14))
		})
		return p
	}
	peak := func(col color.NRGBA, y, drop float64) {
		if f.back {
			return
		}
		in, out := lerp(-0.046, 0.014, a), lerp(0.046, 0.094, a)
		mid := (in + out) / 2
		c.fill(smooth(to(side*in, y+0.004), to(side*mid, y-lerp(drop, drop*0.5, a)), to(side*out, lerp(y+0.004, y-drop, a))).with(
			line(to(side*lerp(out, 0.05, a), y+0.014), to(side*in, y+0.014))).joined(), col)
	}
	switch f.hat {
	case peakedCap:
		crown := blob(q(-0.054, 0.042), q(-0.080, 0.068), q(-0.060, 0.089), q(0, 0.101+0.004*a),
			q(0.060, 0.089), q(0.080, 0.068), q(0.054, 0.042), q(0, 0.036))
		c.fill(crown, f.wear.hatColour())
		c.inside(crown, func() {
			c.fill(ellipse(q(0.075, 0.06), 0.045*f.height, 0.07*f.height), alpha(ink, 0.25))
		})
		band := blob(q(-0.055, 0.024), q(-0.057, 0.046), q(0, 0.042), q(0.057, 0.046), q(0.055, 0.024), q(0, 0.018))
		c.fill(band, darker(f.wear.hatColour(), 0.55))
		c.stroke(smooth(q(-0.055, 0.047), q(0, 0.042), q(0.055, 0.047)), 0.004*f.height, alpha(honey, 0.8))
		peak(hex(0x141B24), 0.016, 0.022)
	case hardHat:
		dome(paper, 0.058, 0.062, 0.022)
		c.stroke(line(q(-0.066, 0.022), q(0.066, 0.022)), 0.011*f.height, darker(paper, 0.12))
		peak(darker(paper, 0.1), 0.016, 0.010)
	case helmet:
		dome(ochre, 0.062, 0.074, 0.008)
		if !f.back {
			c.fill(blob(q(side*lerp(-0.048, 0.006, a), 0.022), q(side*lerp(0, 0.045, a), 0.030), q(side*lerp(0.048, 0.066, a), 0.022),
				q(side*lerp(0.044, 0.06, a), -0.006), q(side*lerp(0, 0.04, a), -0.004), q(side*lerp(-0.044, 0.012, a), -0.006)), alpha(ink, 0.72))
		}
	case kitchenCap:
		dome(paper, 0.058, 0.052, 0.028)
		c.stroke(line(q(-0.054, 0.030), q(0.054, 0.030)), 0.014*f.height, darker(paper, 0.1))
	case softCap:
		dome(f.wear.hatColour(), 0.055, 0.052, 0.026)
		peak(darker(f.wear.hatColour(), 0.3), 0.020, 0.014)
	}
}
