package main

import (
	"image/color"
	"math"
)

// drawPort: imported food is sampled at the inland port.
func drawPort(c *canvas) {
	v := view{centre: 760, horizon: 500, focus: 1250, eye: 1.7}
	harbour(c, v)
	gantry(c, v)
	stacks(c, v)
	openContainer(c, v)

	docker := v.stand(-2.75, 5.4, 1.72)
	docker.turn, docker.glance, docker.hat = 0.6, 0.1, hardHat
	docker.wear = outfit{cut: vest, top: ochre, sleeve: hex(0x52677C), accent: paper, trousers: hex(0x3D4753), shoes: hex(0x2A2622)}
	docker.skin, docker.mane = skinTan, hairInk
	docker.arms = [2]arm{{hand: pt{-0.06, 0.50}, bend: 1, behind: true}, {hand: pt{0.11, 0.60}, bend: -1, hold: holdClipboard}}
	v.ground(c, -2.75, 5.4, 0.34, 0.17, 0.34)
	docker.draw(c)

	pallet(c, v)
	second := v.stand(1.38, 4.85, 1.66)
	second.turn, second.glance, second.slim, second.hair, second.hat = -0.7, 0, true, bun, peakedCap
	second.wear, second.skin, second.mane = customs, skinFair, hairInk
	second.arms = [2]arm{{hand: pt{-0.17, 0.62}, bend: 1, behind: true}, {hand: pt{-0.155, 0.60}, bend: 1, hold: holdTablet}}
	v.ground(c, 1.38, 4.85, 0.34, 0.17, 0.34)
	second.draw(c)
	first := v.stand(0.28, 4.85, 1.76)
	first.turn, first.glance, first.hat, first.nod = -0.55, -0.2, peakedCap, -0.08
	first.wear, first.skin, first.mane = customs, skinWarm, hairInk
	first.wear.shirt = paper
	first.arms = [2]arm{
		{hand: pt{-0.20, 0.645}, bend: 1, behind: true, hold: holdSampleBag},
		{hand: pt{-0.14, 0.595}, bend: 1},
	}
	v.ground(c, 0.28, 4.85, 0.34, 0.17, 0.34)
	first.draw(c)
	sampleCase(c, v)
}

func harbour(c *canvas, v view) {
	c.grade(rect(0, 0, c.w, v.horizon+4), pt{800, 0}, pt{800, v.horizon}, hex(0x9FB8C8), hex(0xCFDCE0), hex(0xF3EADB))
	for _, cloud := range []struct{ x, y, w float64 }{{250, 120, 240}, {610, 205, 170}} {
		c.fill(roundRect(cloud.x, cloud.y, cloud.w, 24, 12), hex(0xD5DEE0))
		c.fill(roundRect(cloud.x+cloud.w*0.22, cloud.y-20, cloud.w*0.5, 30, 15), hex(0xD5DEE0))
	}
	hill := func(col color.NRGBA, points ...pt) {
		p := smooth(points...).with(line(pt{c.w, v.horizon + 6}, pt{0, v.horizon + 6})).joined()
		c.fill(p, col)
	}
	hill(hex(0xA9BBC4), pt{0, 430}, pt{180, 385}, pt{380, 432}, pt{620, 380}, pt{900, 436}, pt{1150, 400}, pt{1420, 440}, pt{1600, 408})
	hill(hex(0x8FA5AC), pt{0, 470}, pt{240, 440}, pt{520, 474}, pt{800, 446}, pt{1100, 478}, pt{1380, 452}, pt{1600, 470})
	c.grade(rect(0, v.horizon+2, c.w, c.h-v.horizon), pt{800, v.horizon}, pt{800, c.h}, hex(0xA8ACA9), hex(0xC8C5BC))
	c.fill(v.floor(2.83, 2.2, 2.97, 80, 0), alpha(honey, 0.9)) // a lane
	for _, z := range []float64{3.6, 5.2, 7.6, 11, 16, 24} {   // joints of the slabs
		c.stroke(line(v.at(-30, 0, z), v.at(30, 0, z)), 1.5, alpha(steel, 0.28))
	}
	// A pair of rails, for this port lies inland.
	for _, x := range []float64{-4.6, -3.2} {
		c.stroke(line(v.at(x, 0.02, 8.5), v.at(x, 0.02, 90)), 3, alpha(steel, 0.7))
	}
}

// gantry is the crane far off, astride of the rails.
func gantry(c *canvas, v view) {
	const z, x0, x1, h = 30.0, -13.5, 6.5, 11.5
	col, dim := hex(0xB4523F), hex(0x8B4A3E)
	w := 0.55
	for _, x := range []float64{x0, x1} {
		c.fill(polygon(v.at(x-w, 0, z), v.at(x-w+0.5, 0, z), v.at(x+0.25, h, z), v.at(x-0.25, h, z)), col)
		c.fill(polygon(v.at(x+w-0.5, 0, z), v.at(x+w, 0, z), v.at(x+0.25, h, z), v.at(x-0.25, h, z)), dim)
		c.fill(v.front(x-0.9, 0, x+0.9, 0.5, z), dim)
	}
	c.fill(v.front(x0-3, h, x1+3, h+1.1, z), col)
	c.fill(v.front(x0-3, h, x1+3, h+0.3, z), dim)
	for x := x0 - 3; x < x1+2; x += 1.15 {
		c.stroke(line(v.at(x, h+0.3, z), v.at(x+0.57, h+1.1, z), v.at(x+1.15, h+0.3, z)), 1.6, alpha(paper, 0.4))
	}
	// The trolley, its ropes and a container in the air.
	const tx = -3.2
	c.fill(v.front(tx-1.1, h-0.7, tx+1.1, h, z), inkSoft)
	for _, dx := range []float64{-1.9, -0.6, 0.6, 1.9} {
		c.stroke(line(v.at(tx+dx*0.45, h-0.7, z), v.at(tx+dx, 7.4, z)), 1.6, alpha(ink, 0.7))
	}
	c.fill(v.front(tx-2.4, 7.0, tx+2.4, 7.4, z), ochre)
	container(c, v, tx-3, 4.5, z, 6, 2.5, hex(0x5C7F96))
}

// container is the long side of a container that faces the eye.
func container(c *canvas, v view, x, y, z, w, h float64, col color.NRGBA) {
	c.fill(v.front(x, y, x+w, y+h, z), col)
	n := math.Round(w / 0.3)
	for i := 1.0; i < n; i++ {
		dx := w / n * i
		c.fill(v.front(x+dx-0.05, y+0.14, x+dx+0.05, y+h-0.14, z), darker(col, 0.13))
	}
	c.fill(v.front(x, y, x+w, y+0.12, z), darker(col, 0.25))
	c.fill(v.front(x, y+h-0.12, x+w, y+h, z), darker(col, 0.12))
}

// stacks are the containers in rows at both sides.
func stacks(c *canvas, v view) {
	tones := []color.NRGBA{hex(0xB4523F), hex(0x5C7F96), hex(0xC99546), hex(0x6F8168), hex(0x8B99A4), hex(0x9A4438)}
	for _, s := range []struct {
		x, z float64
		high int
		seed int
	}{{-15.5, 24, 2, 1}, {9.5, 24, 3, 2}, {7.6, 15, 3, 0}, {5.4, 9.4, 3, 3}} {
		for level := range s.high {
			col := tones[(s.seed+level*2)%len(tones)]
			y := float64(level) * 2.6
			long, deep := 2.44, 6.1
			v.box(c, s.x, y, s.z, s.x+long, y+2.55, s.z+deep, lighter(col, 0.2), col, darker(col, 0.22))
			// The ribs of its long side, and the doors' bars.
			if s.x > 0 {
				for d := 0.3; d < deep; d += 0.38 {
					c.stroke(line(v.at(s.x, y+0.15, s.z+d), v.at(s.x, y+2.4, s.z+d)), math.Max(1, 0.05*v.scale(s.z+d)), darker(col, 0.34))
				}
			}
			k := v.scale(s.z)
			c.stroke(line(v.at(s.x+long/2, y+0.1, s.z), v.at(s.x+long/2, y+2.45, s.z)), 0.03*k, darker(col, 0.4))
			for _, dx := range []float64{0.5, 0.95, 1.5, 1.95} {
				c.stroke(line(v.at(s.x+dx, y+0.12, s.z), v.at(s.x+dx, y+2.43, s.z)), 0.035*k, lighter(col, 0.25))
			}
			c.stroke(v.front(s.x+0.03, y+0.03, s.x+long-0.03, y+2.52, s.z), 0.05*k, darker(col, 0.18))
		}
	}
}

// openContainer stands open at the left, its doors out, its cartons in sight.
func openContainer(c *canvas, v view) {
	const x0, x1, z, h = -4.75, -2.31, 7.2, 2.6
	col := hex(0x47677F)
	c.shadow(v.floor(x0-0.9, z-0.6, x1+0.9, z+1, 0), 20, alpha(ink, 0.4))
	c.fill(v.side(x1, 0.1, z, h, z+9), darker(col, 0.25))
	for d := 0.3; d < 9; d += 0.38 {
		c.stroke(line(v.at(x1, 0.2, z+d), v.at(x1, h-0.1, z+d)), math.Max(1, 0.05*v.scale(z+d)), darker(col, 0.4))
	}
	c.fill(v.front(x0, 0.1, x1, h, z), col)
	inside := v.front(x0+0.10, 0.22, x1-0.10, h-0.12, z)
	c.fill(inside, hex(0x1D2730))
	c.inside(inside, func() {
		kind := 0
		for row := range 4 {
			for i := range 5 {
				cardbox(c, v, x0+0.14+float64(i)*0.435, 0.24+float64(row)*0.46, z+0.5+0.35*float64((i+row)%2), 0.425, 0.45, 0.5, kind%2)
				kind++
			}
			kind++
		}
		c.grade(v.front(x0, 1.4, x1, h, z), v.at(0, h, z), v.at(0, 1.4, z), alpha(hex(0x10171E), 0.75), alpha(hex(0x10171E), 0))
	})
	// The doors, swung out towards the eye.
	for _, d := range []struct{ hinge, tip float64 }{{x0, x0 - 0.85}, {x1, x1 + 0.78}} {
		door := polygon(v.at(d.hinge, 0.12, z), v.at(d.tip, 0.12, z-0.75), v.at(d.tip, h-0.02, z-0.75), v.at(d.hinge, h-0.02, z))
		c.fill(door, lighter(col, 0.08))
		for _, t := range []float64{0.3, 0.68} {
			a := lerp(d.hinge, d.tip, t)
			c.stroke(line(v.at(a, 0.2, z-0.75*t), v.at(a, h-0.1, z-0.75*t)), 5, lighter(col, 0.4))
		}
		c.stroke(door, 3, darker(col, 0.25))
	}
	// The sign of the place.
	c.fill(v.front(2.58, 0, 2.64, 2.6, 8), hex(0x5A6771))
	c.fill(v.front(4.42, 0, 4.48, 2.6, 8), hex(0x5A6771))
	c.lifted(v.front(2.43, 1.98, 4.63, 2.68, 8), hex(0x2C5470), 4, 6, 8, 0.25)
	c.text(c.fonts.sans, "进口食品查验区", v.at(3.53, 2.33, 8), 41, middle, paper)
}

func pallet(c *canvas, v view) {
	const x, z = -2.15, 4.35
	c.shadow(v.floor(x-0.1, z-0.1, x+1.75, z+1.1, 0), 16, alpha(ink, 0.45))
	for _, dz := range []float64{1.0, 0.5, 0} {
		for _, dx := range []float64{0, 0.72, 1.44} {
			v.box(c, x+dx, 0, z+dz, x+dx+0.16, 0.10, z+dz+0.1, clay, hex(0x8A6A48), umber)
		}
	}
	v.box(c, x, 0.10, z, x+1.6, 0.14, z+1.1, hex(0xC3A27A), hex(0xA98257), hex(0x8A6A48))
	for _, at := range []struct {
		dx, y, dz float64
		kind      int
	}{{0, 0.14, 0.55, 1}, {0.54, 0.14, 0.55, 0}, {1.08, 0.14, 0.55, 1}, {0, 0.50, 0.55, 0}, {0.54, 0.50, 0.55, 1}, {0, 0.14, 0, 0}, {0.54, 0.14, 0, 1}, {1.08, 0.14, 0, 0}, {0.0, 0.50, 0.0, 1}} {
		cardbox(c, v, x+at.dx, at.y, z+at.dz, 0.52, 0.35, 0.52, at.kind)
	}
	// An open carton of tins and bottles on top.
	ox, oy, oz := x+0.56, 0.50, z+0.03
	openTins(c, v, ox, oy, oz)
}

func openTins(c *canvas, v view, x, y, z float64) {
	const w, h, d = 0.60, 0.28, 0.46
	col := boards[1]
	k := v.scale(z)
	c.fill(v.floor(x, z, x+w, z+d, y+h), darker(col, 0.5))
	for row := range 2 {
		for i := range 5 {
			p := v.at(x+0.075+float64(i)*0.112, y+h, z+d-0.10-float64(row)*0.2)
			body := []color.NRGBA{redDeep, hex(0x3F5A45), redDeep, ochre, hex(0x3F5A45)}[(i+row)%5]
			c.fill(roundRect(p.x-0.042*k, p.y-0.10*k, 0.084*k, 0.18*k, 0.02*k), body)
			c.fill(roundRect(p.x-0.019*k, p.y-0.19*k, 0.038*k, 0.10*k, 0.01*k), darker(body, 0.2))
			c.fill(rect(p.x-0.019*k, p.y-0.195*k, 0.038*k, 0.032*k), honey)
		}
	}
	c.fill(v.front(x, y, x+w, y+h, z), col)
	c.fill(polygon(v.at(x, y+h, z), v.at(x+w, y+h, z), v.at(x+w-0.02, y+h-0.13, z-0.06), v.at(x+0.02, y+h-0.13, z-0.06)), lighter(col, 0.18))
	c.fill(polygon(v.at(x, y+h, z), v.at(x, y+h, z+d), v.at(x-0.14, y+h+0.05, z+d), v.at(x-0.14, y+h+0.05, z)), lighter(col, 0.2))
	c.fill(polygon(v.at(x+w, y+h, z), v.at(x+w, y+h, z+d), v.at(x+w+0.14, y+h+0.05, z+d), v.at(x+w+0.14, y+h+0.05, z)), lighter(col, 0.1))
}

// holdSampleBag puts a clear bag with a bottle into a hand.
func holdSampleBag(c *canvas, hand pt, u float64) {
	x, y := hand.x-0.01*u, hand.y
	c.fill(roundRect(x-0.016*u, y+0.034*u, 0.032*u, 0.075*u, 0.008*u), redDeep)
	c.fill(roundRect(x-0.048*u, y-0.004*u, 0.096*u, 0.125*u, 0.012*u), alpha(hex(0xEAF2F5), 0.55))
	c.fill(rect(x-0.040*u, y+0.078*u, 0.05*u, 0.026*u), paper)
	c.fill(rect(x-0.048*u, y-0.006*u, 0.096*u, 0.018*u), red)
}

// sampleCase is the open metal case on a folding stand at the right.
func sampleCase(c *canvas, v view) {
	const x0, x1, z, y = 1.95, 2.9, 4.5, 0.72
	c.shadow(v.floor(x0-0.05, z-0.1, x1+0.1, z+0.6, 0), 14, alpha(ink, 0.4))
	for _, s := range [2]float64{0, 0.5} {
		c.stroke(line(v.at(x0+0.08, 0, z+s), v.at(x1-0.08, y, z+s)), 6, hex(0x55626C))
		c.stroke(line(v.at(x1-0.08, 0, z+s), v.at(x0+0.08, y, z+s)), 6, hex(0x47535D))
	}
	v.box(c, x0, y, z, x1, y+0.04, z+0.5, hex(0xD5DBDD), hex(0xA2AFB7), hex(0x8A98A1))
	lid := v.front(x0+0.12, y+0.20, x1-0.12, y+0.60, z+0.5)
	c.fill(lid, hex(0x7D8C97))
	c.fill(v.front(x0+0.16, y+0.24, x1-0.16, y+0.56, z+0.5), hex(0x39444E))
	c.text(c.fonts.sans, "采样箱", v.at((x0+x1)/2, y+0.41, z+0.5), 26, middle, hex(0xD5DBDD))
	k := v.scale(z + 0.25)
	for i := range 6 {
		p := v.at(x0+0.20+float64(i)*0.105, y+0.20, z+0.25)
		col := []color.NRGBA{ochre, red, blueGrey, ochre, blueGrey, red}[i]
		c.fill(roundRect(p.x-0.034*k, p.y-0.055*k, 0.068*k, 0.10*k, 0.012*k), hex(0xEAF2F5))
		c.fill(rect(p.x-0.026*k, p.y-0.085*k, 0.052*k, 0.034*k), col)
	}
	v.box(c, x0+0.12, y+0.04, z+0.05, x1-0.12, y+0.20, z+0.12, hex(0xA9B5BC), hex(0x8796A1), hex(0x75848F))
}
