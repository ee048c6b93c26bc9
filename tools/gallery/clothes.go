package main

import (
	"image/color"
	"math"
)

type cut int

const (
	plain    cut = iota
	jacket       // open collar over shirt and tie
	fieldTop     // long-sleeved working uniform with a closed collar
	vest         // a reflective vest over a long-sleeved top
	labCoat
	apron
	cardigan
	dress
)

// outfit is what a figure wears.
type outfit struct {
	cut      cut
	top      color.NRGBA
	sleeve   color.NRGBA // like top when it is not given
	shirt    color.NRGBA
	accent   color.NRGBA // tie, vest strips, apron
	trousers color.NRGBA
	shoes    color.NRGBA
	hatCol   color.NRGBA
	short    bool // sleeves
	bareLegs bool
}

// hem is the trunk's lower edge, in body heights above the hip.
func (o outfit) hem() float64 {
	switch o.cut {
	case labCoat:
		return -0.20
	case dress:
		return -0.23
	case jacket:
		return -0.055
	}
	return -0.025
}

// flare is how much wider the hem is than the hip.
func (o outfit) flare() float64 {
	switch o.cut {
	case dress:
		return 0.045
	case labCoat:
		return 0.012
	}
	return 0
}

func (o outfit) hatColour() color.NRGBA {
	if o.hatCol.A == 0 {
		return o.top
	}
	return o.hatCol
}

// The uniforms are the kind that inspectors wear, without any badge.
var (
	officer = outfit{cut: jacket, top: inkSoft, shirt: hex(0xC9D8E3), accent: hex(0x243040), trousers: hex(0x273444), shoes: hex(0x151B23)}
	inspect = outfit{cut: fieldTop, top: hex(0x39506A), accent: hex(0x2A3B4F), trousers: hex(0x2B394A), shoes: hex(0x151B23)}
	postal  = outfit{cut: fieldTop, top: hex(0x4E6A5E), accent: hex(0x3B5147), trousers: hex(0x34443E), shoes: hex(0x171E1C)}
	customs = outfit{cut: jacket, top: hex(0x26303D), shirt: paper, accent: hex(0x2B3644), trousers: hex(0x222B37), shoes: hex(0x12171E)}
	clerk   = outfit{cut: jacket, top: hex(0x5E6E7E), shirt: paper, accent: redDeep, trousers: hex(0x46535F), shoes: hex(0x221E1C)}
	helper  = outfit{cut: vest, top: red, sleeve: hex(0xE4DED2), accent: honey, trousers: hex(0x4A5563), shoes: hex(0x2A2A2E)}
)

func (f *figure) drawClothes(c *canvas) {
	u := f.height
	b := f.breast
	o := f.wear
	seam := alpha(ink, 0.28)
	thin := 0.0045 * u
	side := math.Abs(f.turn) > 0.75
	if f.back {
		f.drawBack(c)
		return
	}
	collar := func(col color.NRGBA, depth float64) {
		c.fill(polygon(b(-0.034, 0.37), b(0, 0.335-depth), b(-0.022, 0.30-depth*0.6), b(-0.052, 0.345)), col)
		c.fill(polygon(b(0.034, 0.37), b(0, 0.335-depth), b(0.022, 0.30-depth*0.6), b(0.052, 0.345)), darker(col, 0.08))
	}
	switch o.cut {
	case jacket:
		c.fill(polygon(b(-0.036, 0.37), b(0.036, 0.37), b(0.002, 0.17)), o.shirt)
		c.fill(polygon(b(-0.009, 0.335), b(0.009, 0.335), b(0.012, 0.21), b(0, 0.18), b(-0.012, 0.21)), o.accent)
		c.fill(polygon(b(-0.011, 0.345), b(0.011, 0.345), b(0.008, 0.318), b(-0.008, 0.318)), darker(o.accent, 0.3))
		lapel := lighter(o.top, 0.09)
		for _, s := range [2]float64{-1, 1} {
			c.fill(polygon(b(s*0.030, 0.37), b(s*0.056, 0.335), b(s*0.050, 0.285), b(s*0.034, 0.275), b(0.002, 0.165)), lapel)
			if !side {
				c.stroke(line(b(s*0.035, 0.075), b(s*0.072, 0.080)), thin*1.3, seam)
			}
		}
		c.stroke(line(b(0.002, 0.165), b(0.004, -0.1)), thin, seam)
		for _, y := range [2]float64{0.135, 0.075} {
			c.fill(circle(b(0.012, y), 0.0055*u), alpha(honey, 0.75))
		}
		f.drawEpaulettes(c, lighter(o.top, 0.2))
	case fieldTop:
		collar(darker(o.top, 0.18), 0)
		c.stroke(line(b(0, 0.335), b(0, -0.1)), thin, seam)
		if !side {
			for _, s := range [2]float64{-1, 1} {
				c.stroke(line(b(s*0.028, 0.235), b(s*0.072, 0.235), b(s*0.070, 0.185), b(s*0.030, 0.185), b(s*0.028, 0.235)), thin*0.8, seam)
				c.stroke(line(b(s*0.028, 0.222), b(s*0.072, 0.222)), thin*0.8, seam)
			}
		}
		c.fill(polygon(f.trunk(-0.2, 0.028), f.trunk(0.2, 0.028), f.trunk(0.2, 0.002), f.trunk(-0.2, 0.002)), darker(o.accent, 0.35))
		c.fill(polygon(b(-0.016, 0.029), b(0.016, 0.029), b(0.016, 0.001), b(-0.016, 0.001)), alpha(honey, 0.8))
		f.drawEpaulettes(c, lighter(o.top, 0.22))
	case vest:
		c.fill(polygon(b(-0.036, 0.38), b(0.036, 0.38), b(0.0, 0.21)), o.sleeve)
		c.stroke(line(b(0, 0.21), b(0, -0.1)), thin, seam)
		c.stroke(line(b(-0.036, 0.37), b(0, 0.21), b(0.036, 0.37)), thin*1.6, darker(o.top, 0.25))
		for _, y := range [2]float64{0.135, 0.055} {
			c.fill(polygon(f.trunk(-0.2, y), f.trunk(0.2, y), f.trunk(0.2, y-0.020), f.trunk(-0.2, y-0.020)), o.accent)
		}
	case labCoat:
		c.fill(polygon(b(-0.034, 0.38), b(0.034, 0.38), b(0.0, 0.23)), o.shirt)
		for _, s := range [2]float64{-1, 1} {
			c.fill(polygon(b(s*0.030, 0.38), b(s*0.058, 0.335), b(s*0.046, 0.27), b(0, 0.215)), darker(o.top, 0.06))
			c.stroke(line(b(s*0.034, 0.03), b(s*0.076, 0.035), b(s*0.076, -0.04)), thin, alpha(ink, 0.18))
		}
		c.stroke(line(b(0, 0.215), b(0, -0.3)), thin, alpha(ink, 0.22))
	case apron:
		collar(lighter(o.top, 0.2), 0)
		c.fill(blob(b(-0.050, 0.245), b(0.050, 0.245), b(0.068, 0.12), b(0.092, 0.06), b(0.092, -0.12), b(-0.092, -0.12), b(-0.092, 0.06), b(-0.068, 0.12)), o.accent)
		c.stroke(line(b(-0.047, 0.245), b(-0.036, 0.36)), 0.010*u, o.accent)
		c.stroke(line(b(0.047, 0.245), b(0.036, 0.36)), 0.010*u, o.accent)
		c.stroke(line(b(-0.035, 0.10), b(0.035, 0.10)), thin, seam)
	case cardigan:
		c.fill(polygon(b(-0.036, 0.38), b(0.036, 0.38), b(0.030, -0.1), b(-0.030, -0.1)), o.shirt)
		for _, s := range [2]float64{-1, 1} {
			c.stroke(line(b(s*0.037, 0.37), b(s*0.024, 0.25), b(s*0.032, -0.1)), 0.012*u, darker(o.top, 0.14))
		}
	case dress:
		c.fill(ellipse(b(0, 0.365), 0.040*u, 0.030*u), darker(f.skin, 0.06))
		c.fill(polygon(f.trunk(-0.2, 0.118), f.trunk(0.2, 0.118), f.trunk(0.2, 0.098), f.trunk(-0.2, 0.098)), darker(o.top, 0.2))
	case plain:
		c.stroke(smooth(b(-0.040, 0.365), b(0, 0.325), b(0.040, 0.365)), 0.012*u, darker(o.top, 0.2))
	}
}

// drawEpaulettes lays the plain shoulder straps.
func (f *figure) drawEpaulettes(c *canvas, col color.NRGBA) {
	if math.Abs(f.turn) > 0.75 {
		return
	}
	for _, s := range [2]float64{-1, 1} {
		b := f.breast
		c.fill(polygon(b(s*0.060, 0.345), b(s*0.112, 0.315), b(s*0.110, 0.292), b(s*0.058, 0.322)), col)
	}
}

func (f *figure) drawBack(c *canvas) {
	u := f.height
	b := f.breast
	o := f.wear
	collar := darker(o.top, 0.15)
	if o.cut == jacket {
		collar = lighter(o.top, 0.09)
		f.drawEpaulettes(c, lighter(o.top, 0.2))
	}
	c.fill(polygon(b(-0.050, 0.36), b(0.050, 0.36), b(0.044, 0.330), b(0, 0.322), b(-0.044, 0.330)), collar)
	switch o.cut {
	case vest:
		for _, y := range [2]float64{0.135, 0.055} {
			c.fill(polygon(f.trunk(-0.2, y), f.trunk(0.2, y), f.trunk(0.2, y-0.020), f.trunk(-0.2, y-0.020)), o.accent)
		}
	case apron:
		c.stroke(line(b(-0.09, 0.09), b(0.09, 0.09)), 0.012*u, o.accent)
	case fieldTop:
		c.stroke(smooth(b(-0.10, 0.245), b(0, 0.235), b(0.10, 0.245)), 0.0045*u, alpha(ink, 0.25))
		c.fill(polygon(f.trunk(-0.2, 0.028), f.trunk(0.2, 0.028), f.trunk(0.2, 0.002), f.trunk(-0.2, 0.002)), darker(o.accent, 0.35))
		f.drawEpaulettes(c, lighter(o.top, 0.22))
	default:
		c.stroke(line(b(0, 0.32), b(0, -0.1)), 0.0045*u, alpha(ink, 0.22))
	}
}
