package main

import (
	"image/color"
	"math"
)

// drawToys: children's goods are sampled, sealed and sent to the laboratory.
func drawToys(c *canvas) {
	v := view{centre: 800, horizon: 315, focus: 1450, eye: 1.95}
	toyShop(c, v, 5.4)

	keeper := v.stand(-1.06, 3.75, 1.64)
	keeper.turn, keeper.glance, keeper.slim, keeper.hair = 0.45, 0.1, true, bun
	keeper.wear = outfit{cut: apron, top: hex(0xE6D8BF), accent: hex(0xC98A3A), trousers: steel, shoes: ink}
	keeper.skin, keeper.mane = skinFair, hairWarm
	keeper.arms = [2]arm{{hand: pt{-0.02, 0.53}, elbow: pt{-0.115, 0.625}}, {hand: pt{0.155, 0.54}, elbow: pt{0.085, 0.63}}}
	keeper.draw(c)

	writer := v.stand(1.36, 3.75, 1.70)
	writer.turn, writer.glance, writer.nod = -0.4, -0.1, -0.06
	writer.wear, writer.skin, writer.mane = inspect, skinWarm, hairInk
	writer.arms = [2]arm{
		{hand: pt{-0.105, 0.595}, elbow: pt{-0.130, 0.665}, hold: holdClipboard},
		{hand: pt{-0.015, 0.625}, elbow: pt{0.092, 0.640}, hold: holdPen},
	}
	writer.draw(c)

	sealer := v.stand(0.04, 3.6, 1.68)
	sealer.slim, sealer.hair, sealer.nod = true, tail, 0.02
	sealer.wear, sealer.mane = inspect, hairInk
	sealer.skin = skinFair
	sealer.arms = [2]arm{
		{hand: pt{-0.107, 0.545}, elbow: pt{-0.146, 0.635}},
		{hand: pt{0.107, 0.545}, elbow: pt{0.146, 0.635}},
	}
	sealer.drawBody(c)

	samplingTable(c, v)
	sealedSample(c, v, 0.04, 0.80, 3.08)
	sealer.drawArms(c)
	gloves(c, &sealer)
}

// gloves covers the hands of the one who seals the sample.
func gloves(c *canvas, f *figure) {
	u := f.height
	for i, a := range f.arms {
		w := f.at(a.hand.x, a.hand.y)
		e := f.at(a.elbow.x, a.elbow.y)
		hand := mixPt(e, w, 1.13)
		angle := math.Atan2(w.y-e.y, w.x-e.x)
		c.fill(ellipse(hand, 0.029*u, 0.021*u).rotated(hand, angle), hex(0xDCE6EA))
		c.fill(taper(mixPt(e, w, 0.92), w, 0.024*u, 0.020*u), darker(hex(0xDCE6EA), 0.05+0.07*float64(i)))
	}
}

func holdPen(c *canvas, hand pt, u float64) {
	c.stroke(line(hand.add(-0.035*u, 0.022*u), hand.add(0.02*u, -0.045*u)), 0.009*u, ink)
}

func toyShop(c *canvas, v view, z float64) {
	c.grade(v.front(-5, -1, 5, 4, z), v.at(-4, 3, z), v.at(4, 1, z), hex(0xE9DFCF), hex(0xDACDB8))
	c.lifted(v.front(-1.35, 2.60, 1.35, 3.0, z-0.03), redDeep, 0, 6, 8, 0.25)
	c.spaced(c.fonts.sans, "儿童用品专区", v.at(0, 2.80, z-0.03), 42, 0.18, middle, paper)
	for shelf, x0 := range []float64{-3.35, -1.1, 1.15} {
		const w = 2.2
		c.lifted(v.front(x0, 0, x0+w, 2.44, z-0.02), hex(0xC7A679), 4, 6, 10, 0.2)
		for level, y := range []float64{0.96, 1.45, 1.94} {
			c.fill(v.front(x0+0.07, y, x0+w-0.07, y+0.43, z-0.02), hex(0x9C7A52))
			c.grade(v.front(x0+0.07, y+0.25, x0+w-0.07, y+0.43, z-0.02), v.at(0, y+0.43, z), v.at(0, y+0.25, z), alpha(ink, 0.28), alpha(ink, 0))
			for i := range 4 {
				at := v.at(x0+0.32+float64(i)*0.52, y, z-0.02)
				shelfToy(c, at, 0.30*v.scale(z), (i*3+level*2+shelf*4)%7)
			}
		}
	}
}

// shelfToy is one of the small things on the shelves, about s wide.
func shelfToy(c *canvas, at pt, s float64, kind int) {
	switch kind {
	case 0:
		bear(c, at, s*1.1, hex(0xC79A66))
	case 1:
		ball := circle(at.add(0, -0.45*s), 0.45*s)
		c.fill(ball, redSoft)
		c.inside(ball, func() {
			c.fill(rect(at.x-s, at.y-0.56*s, 2*s, 0.22*s), paper)
			c.fill(circle(at.add(0.35*s, -0.2*s), 0.45*s), alpha(ink, 0.10))
		})
	case 2:
		for i, col := range []color.NRGBA{steel, ochre, moss} {
			c.fill(rect(at.x-0.45*s+float64(i%2)*0.48*s, at.y-0.42*s-float64(i/2)*0.42*s, 0.42*s, 0.42*s), col)
		}
	case 3:
		c.fill(rect(at.x-0.45*s, at.y-0.95*s, 0.9*s, 0.95*s), haze)
		c.fill(rect(at.x-0.45*s, at.y-0.95*s, 0.9*s, 0.26*s), steel)
		c.fill(circle(at.add(0, -0.36*s), 0.22*s), ochre)
	case 4:
		for i, col := range []color.NRGBA{redDeep, ochre, steel, moss, red} {
			h := []float64{0.9, 0.78, 0.95, 0.7, 0.86}[i] * s
			c.fill(rect(at.x-0.45*s+float64(i)*0.18*s, at.y-h, 0.155*s, h), col)
		}
	case 5:
		rings(c, at, s*0.95)
	case 6:
		toyCar(c, at, s*1.05, steel)
	}
}

// bear is a soft toy, without a face like the people.
func bear(c *canvas, at pt, s float64, col color.NRGBA) {
	dark, pale := darker(col, 0.14), lighter(col, 0.35)
	for _, d := range [2]float64{-1, 1} {
		c.fill(circle(at.add(d*0.22*s, -0.94*s), 0.10*s), dark)
		c.fill(ellipse(at.add(d*0.26*s, -0.10*s), 0.14*s, 0.11*s), dark)
		c.fill(ellipse(at.add(d*0.31*s, -0.42*s), 0.09*s, 0.15*s).rotated(at.add(d*0.31*s, -0.42*s), -d*0.5), dark)
	}
	c.fill(ellipse(at.add(0, -0.32*s), 0.28*s, 0.32*s), col)
	c.fill(ellipse(at.add(0, -0.29*s), 0.17*s, 0.20*s), pale)
	c.fill(ellipse(at.add(0, -0.76*s), 0.26*s, 0.23*s), col)
	c.fill(ellipse(at.add(0, -0.70*s), 0.11*s, 0.085*s), pale)
	c.fill(polygon(at.add(-0.14*s, -0.60*s), at.add(0, -0.545*s), at.add(-0.14*s, -0.49*s)), red)
	c.fill(polygon(at.add(0.14*s, -0.60*s), at.add(0, -0.545*s), at.add(0.14*s, -0.49*s)), red)
}

// rings are the wooden ones on a peg.
func rings(c *canvas, at pt, s float64) {
	c.fill(roundRect(at.x-0.04*s, at.y-1.02*s, 0.08*s, 0.9*s, 0.04*s), hex(0xD8BE94))
	c.fill(roundRect(at.x-0.44*s, at.y-0.10*s, 0.88*s, 0.10*s, 0.03*s), hex(0xB9925F))
	for i, col := range []color.NRGBA{red, ochre, moss, steel} {
		w := (0.80 - 0.15*float64(i)) * s
		y := at.y - 0.10*s - float64(i+1)*0.19*s
		c.fill(roundRect(at.x-w/2, y, w, 0.185*s, 0.09*s), col)
		c.fill(roundRect(at.x+w*0.18, y, w*0.32, 0.185*s, 0.09*s), darker(col, 0.16))
	}
}

func toyCar(c *canvas, at pt, s float64, col color.NRGBA) {
	c.fill(blob(at.add(-0.5*s, -0.14*s), at.add(-0.48*s, -0.32*s), at.add(-0.25*s, -0.38*s), at.add(-0.12*s, -0.58*s), at.add(0.2*s, -0.58*s), at.add(0.32*s, -0.38*s), at.add(0.5*s, -0.32*s), at.add(0.5*s, -0.14*s)), col)
	c.fill(polygon(at.add(-0.17*s, -0.37*s), at.add(-0.08*s, -0.52*s), at.add(0.03*s, -0.52*s), at.add(0.03*s, -0.37*s)), haze)
	c.fill(polygon(at.add(0.08*s, -0.37*s), at.add(0.08*s, -0.52*s), at.add(0.18*s, -0.52*s), at.add(0.25*s, -0.37*s)), haze)
	for _, d := range [2]float64{-0.28, 0.28} {
		c.fill(circle(at.add(d*s, -0.13*s), 0.13*s), hex(0x262C33))
		c.fill(circle(at.add(d*s, -0.13*s), 0.055*s), sand)
	}
}

func samplingTable(c *canvas, v view) {
	const x0, x1, z0, z1, y = -2.3, 2.3, 2.62, 3.42, 0.80
	c.fill(v.front(x0-1, -0.5, x1+1, y, z0), hex(0x5B6F82))
	c.grade(v.front(x0-1, -0.5, x1+1, y-0.05, z0), v.at(0, y, z0), v.at(0, 0.25, z0), hex(0x5F7488), hex(0x4A5D70))
	for x := -2.2; x < 2.3; x += 0.44 { // folds of the cloth
		c.fill(polygon(v.at(x, y, z0), v.at(x+0.05, 0, z0), v.at(x-0.07, 0, z0)), alpha(ink, 0.10))
	}
	c.grade(v.floor(x0-1, z0, x1+1, z1, y), v.at(0, y, z1), v.at(0, y, z0), hex(0x8DA1B1), hex(0x7C92A4))
	c.fill(v.front(x0-1, y-0.02, x1+1, y, z0), hex(0x9FB1BF))

	k := v.scale(2.95)
	put := func(x, z, r float64) pt {
		p := v.at(x, y, z)
		c.shadow(ellipse(p.add(0.1*r*k, 0), r*k, 0.22*r*k), 7, alpha(ink, 0.4))
		return p
	}
	bear(c, put(-1.40, 3.05, 0.16), 0.36*k, hex(0xC1935F))
	rings(c, put(-1.08, 3.06, 0.17), 0.30*k)
	toyCar(c, put(-0.44, 3.22, 0.16), 0.30*k, red)
	blocks(c, v, -1.02, y, 2.74)
	pencilCase(c, v, -0.62, y, 2.72)

	samplingForm(c, v, 0.34, y, 2.69)
	sealedSample(c, v, 0.62, y, 3.18)
	sealedSample(c, v, 0.91, y, 3.10)
	v.box(c, 1.03, y, 2.72, 1.44, y+0.22, 3.0, hex(0xD7E0E5), hex(0xB5C4CE), hex(0x9DAEBA))
	c.fill(v.front(1.03, y+0.185, 1.44, y+0.22, 2.72), hex(0x93A6B4))
	c.text(c.fonts.sans, "样品箱", v.at(1.235, y+0.092, 2.72), 38, middle, inkSoft)
}

func blocks(c *canvas, v view, x, y, z float64) {
	for i, b := range []struct {
		dx, dy, dz float64
		col        color.NRGBA
	}{{0, 0, 0.10, ochre}, {0.15, 0, 0.08, moss}, {0.05, 0, -0.02, steel}, {0.09, 0.11, 0.06, redSoft}} {
		s := 0.105
		v.box(c, x+b.dx, y+b.dy, z+b.dz, x+b.dx+s, y+b.dy+s, z+b.dz+s, lighter(b.col, 0.22), b.col, darker(b.col, 0.2))
		if i == 2 {
			c.fill(circle(v.at(x+b.dx+s/2, y+s/2, z+b.dz), 0.028*v.scale(z)), lighter(b.col, 0.5))
		}
	}
}

func pencilCase(c *canvas, v view, x, y, z float64) {
	v.box(c, x, y, z, x+0.42, y+0.07, z+0.16, hex(0xE5B65E), ochre, darker(ochre, 0.2))
	c.stroke(line(v.at(x+0.02, y+0.072, z+0.08), v.at(x+0.40, y+0.072, z+0.08)), 2.5, alpha(umber, 0.7))
	for i, col := range []color.NRGBA{red, moss, steel} {
		a, b := v.at(x+0.02+float64(i)*0.09, y, z-0.03-float64(i)*0.012), v.at(x+0.26+float64(i)*0.09, y, z-0.015+float64(i)*0.01)
		c.stroke(line(a, b), 6, col)
		c.stroke(line(b, mixPt(a, b, 1.08)), 4, hex(0xE7CFA6))
	}
}

// samplingForm lies on the table, in perspective, with its pen.
func samplingForm(c *canvas, v view, x, y, z float64) {
	sheet := v.floor(x-0.19, z-0.05, x+0.17, z+0.36, y+0.002)
	c.lifted(sheet, paper, 3, 4, 5, 0.28)
	on := func(dx, dz float64) func(pt) pt { return v.table(x+dx, y+0.003, z+dz) }
	c.textOn(c.fonts.serif, "抽样单", middle, 0.085, inkSoft, on(-0.01, 0.30))
	for i := range 5 {
		dz := 0.235 - float64(i)*0.055
		c.stroke(line(v.at(x-0.155, y, z+dz), v.at(x+0.135, y, z+dz)), 1.8, alpha(steel, 0.6))
	}
	c.stroke(line(v.at(x-0.06, y, z+0.235), v.at(x-0.06, y, z+0.015)), 1.8, alpha(steel, 0.6))
	c.stroke(line(v.at(x+0.02, y+0.01, z+0.02), v.at(x+0.20, y+0.01, z+0.13)), 7, ink)
}

// sealedSample is a clear bag with a toy in it and a seal across its neck.
func sealedSample(c *canvas, v view, x, y, z float64) {
	k := v.scale(z)
	p := v.at(x, y, z)
	c.shadow(ellipse(p.add(0.02*k, 0), 0.16*k, 0.035*k), 6, alpha(ink, 0.4))
	bag := blob(p.add(-0.135*k, 0), p.add(-0.15*k, -0.16*k), p.add(-0.125*k, -0.31*k), p.add(0, -0.325*k), p.add(0.125*k, -0.31*k), p.add(0.15*k, -0.16*k), p.add(0.135*k, 0), p.add(0, 0.008*k))
	c.fill(bag, alpha(hex(0xEAF1F4), 0.50))
	switch {
	case x < 0.5:
		bear(c, p.add(0, -0.01*k), 0.20*k, hex(0xC1935F))
	case x < 0.8:
		toyCar(c, p.add(0, -0.03*k), 0.19*k, ochre)
	default:
		rings(c, p.add(0, -0.02*k), 0.17*k)
	}
	c.fill(bag, alpha(hex(0xF4F8FA), 0.28))
	c.stroke(smooth(p.add(-0.11*k, -0.05*k), p.add(-0.118*k, -0.15*k), p.add(-0.10*k, -0.215*k)), 0.010*k, alpha(hex(0xFFFFFF), 0.8))
	seal := rect(p.x-0.135*k, p.y-0.315*k, 0.27*k, 0.075*k)
	c.fill(seal, paper)
	c.fill(rect(p.x-0.135*k, p.y-0.315*k, 0.27*k, 0.012*k), red)
	c.fill(rect(p.x-0.135*k, p.y-0.252*k, 0.27*k, 0.012*k), red)
	c.text(c.fonts.sans, "抽样封条", p.add(0, -0.2775*k), 0.048*k, middle, redDeep)
}
