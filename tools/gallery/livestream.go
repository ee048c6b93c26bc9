package main

import (
	"image/color"
	"math"
)

// drawLivestream: guidance on the spot at a livestreaming base.
func drawLivestream(c *canvas) {
	v := view{centre: 740, horizon: 440, focus: 1250, eye: 1.65}
	studio(c, v, 7)
	stage(c, v)

	host := v.stand(-1.62, 6.05, 1.66)
	host.turn, host.glance, host.slim, host.hair = 0.15, 0.15, true, bob
	host.wear = outfit{cut: cardigan, top: redSoft, shirt: paper, trousers: steel, shoes: ink}
	host.skin, host.mane = skinFair, hairWarm
	host.arms = [2]arm{
		{hand: pt{-0.16, 0.53}, bend: 1},
		{hand: pt{0.165, 0.735}, bend: -1, hold: func(c *canvas, p pt, u float64) { orange(c, p.add(0.012*u, -0.052*u), 0.046*u) }},
	}
	host.drawBody(c)
	stageTable(c, v)
	host.drawArms(c)

	softBox(c, v)
	ringLight(c, v.at(-0.42, 0, 4.5), v.scale(4.5))

	manager := v.stand(0.78, 4.25, 1.66)
	manager.turn, manager.slim, manager.hair = 0.7, true, bun
	manager.wear = outfit{cut: jacket, top: hex(0xC9B193), shirt: paper, accent: hex(0xE8DECF), trousers: hex(0x4B4F58), shoes: hex(0x2A2622)}
	manager.skin, manager.mane = skinWarm, hairInk
	manager.arms = [2]arm{{hand: pt{0.19, 0.60}, bend: -1, behind: true}, {hand: pt{0.17, 0.57}, bend: -1, hold: holdClipboard}}
	v.ground(c, 0.78, 4.25, 0.34, 0.17, 0.34)
	manager.draw(c)

	second := v.stand(2.44, 4.35, 1.64)
	second.turn, second.glance, second.slim, second.hair = -0.65, 0, true, bob
	second.wear, second.skin, second.mane = officer, skinFair, hairInk
	second.arms = [2]arm{{hand: pt{-0.14, 0.60}, bend: 1, behind: true}, {hand: pt{-0.12, 0.58}, bend: 1, hold: holdNotebook}}
	v.ground(c, 2.44, 4.35, 0.34, 0.17, 0.34)
	second.draw(c)

	first := v.stand(1.74, 4.12, 1.76)
	first.turn, first.glance, first.hat = -0.7, -0.1, peakedCap
	first.wear, first.skin, first.mane = inspect, skinWarm, hairInk
	first.arms = [2]arm{{hand: pt{-0.235, 0.655}, bend: 1, behind: true}, {hand: pt{0.035, 0.465}, bend: -1}}
	v.ground(c, 1.74, 4.12, 0.34, 0.17, 0.34)
	first.draw(c)
}

func studio(c *canvas, v view, wall float64) {
	const half, high = 5.2, 3.8
	c.grade(v.floor(-half, 1, half, wall, 0), v.at(0, 0, wall), pt{740, c.h}, hex(0xA9876A), hex(0xC5A586))
	for x := -half; x <= half; x += 0.4 {
		c.stroke(line(v.at(x, 0, wall), v.at(x, 0, 2)), 1.6, alpha(umber, 0.25))
	}
	c.fill(v.floor(-half, 1, half, wall, high), hex(0x2B3641))
	c.grade(v.front(-half, 0, half, high, wall), v.at(-half, 2, wall), v.at(half, 2, wall), hex(0xC7D1D8), hex(0xDFE4E6))
	c.fill(v.side(half, 0, 1, high, wall), hex(0xB4C0C8))
	c.fill(v.side(-half, 0, 1, high, wall), hex(0xAAB7C0))
	c.fill(v.front(-half, 0, half, 0.10, wall), hex(0x8C9AA5))
	// The rig under the ceiling, with its lamps.
	for _, y := range []float64{3.56, 3.40} {
		c.stroke(line(v.at(-half, y, 6.2), v.at(half, y, 6.2)), 5, hex(0x46525D))
	}
	for i := range 26 {
		x := -half + float64(i)*0.4
		dy := []float64{3.40, 3.56}
		c.stroke(line(v.at(x, dy[i%2], 6.2), v.at(x+0.4, dy[(i+1)%2], 6.2)), 3, hex(0x46525D))
	}
	for _, x := range []float64{-3.0, -1.7, -0.3} {
		p := v.at(x, 3.39, 6.2)
		c.fill(polygon(p.add(-55, 150), p.add(55, 150), p.add(17, 30), p.add(-17, 30)), alpha(hex(0xFFF1D2), 0.16))
		c.fill(roundRect(p.x-22, p.y, 44, 34, 8), hex(0x232C35))
		c.fill(ellipse(p.add(0, 34), 18, 5), hex(0xFFF1D2))
	}
	guidanceBoard(c, v, wall-0.04)
	plant(c, v.at(0.34, 0, 6.75), 1.0*v.scale(6.75))
}

// guidanceBoard hangs on the wall and shows what a platform must show.
func guidanceBoard(c *canvas, v view, z float64) {
	const x0, x1, y0, y1 = 0.72, 3.98, 2.0, 3.22
	c.lifted(v.front(x0, y0, x1, y1, z), paper, 4, 8, 12, 0.28)
	c.fill(v.front(x0, y1-0.30, x1, y1, z), redDeep)
	c.spaced(c.fonts.sans, "直播平台信息公示", v.at((x0+x1)/2, y1-0.15, z), 30, 0.12, middle, paper)
	for i, name := range []string{"亮照", "亮标", "亮规则"} {
		x := x0 + 0.14 + float64(i)*1.02
		c.fill(v.front(x, y0+0.14, x+0.93, y1-0.43, z), []color.NRGBA{haze, hex(0xF0E3C9), hex(0xF0DAD3)}[i])
		m := v.at(x+0.465, y1-0.64, z)
		icon := []color.NRGBA{steel, ochre, red}[i]
		switch i {
		case 0:
			c.fill(roundRect(m.x-24, m.y-18, 48, 36, 4), icon)
			c.fill(rect(m.x-16, m.y-9, 32, 4), paper)
			c.fill(rect(m.x-16, m.y, 20, 4), paper)
			c.fill(circle(m.add(13, 7), 5), paper)
		case 1:
			c.fill(polygon(m.add(-24, -16), m.add(8, -16), m.add(25, 0), m.add(8, 16), m.add(-24, 16)), icon)
			c.fill(circle(m.add(8, 0), 5), paper)
		case 2:
			c.fill(roundRect(m.x-19, m.y-22, 38, 44, 4), icon)
			for k := range 3 {
				c.fill(rect(m.x-12, m.y-13+float64(k)*11, []float64{24, 18, 24}[k], 4), paper)
			}
		}
		c.text(c.fonts.sans, name, v.at(x+0.465, y0+0.29, z), 29, middle, inkSoft)
	}
}

func stage(c *canvas, v view) {
	const z = 6.7
	c.shadow(v.front(-3.75, 0, 0.02, 2.72, z), 16, alpha(ink, 0.3))
	back := v.front(-3.8, 0, 0, 2.74, z)
	c.grade(back, v.at(-3.8, 2.7, z), v.at(0, 0, z), hex(0xF0D9AE), hex(0xDDB06B))
	c.inside(back, func() {
		c.fill(circle(v.at(-1.9, 1.24, z), 0.97*v.scale(z)), hex(0xF7E8CB))
		// Hills and an orange grove, cut in paper.
		c.fill(smooth(v.at(-4, 0.85, z), v.at(-3.1, 1.15, z), v.at(-2.2, 0.80, z), v.at(-1.2, 1.22, z), v.at(-0.4, 0.9, z), v.at(0.2, 1.15, z)).with(line(v.at(0.2, 0, z), v.at(-4, 0, z))).joined(), hex(0xA7B193))
		c.fill(smooth(v.at(-4, 0.62, z), v.at(-2.9, 0.78, z), v.at(-1.7, 0.56, z), v.at(-0.6, 0.86, z), v.at(0.2, 0.7, z)).with(line(v.at(0.2, 0, z), v.at(-4, 0, z))).joined(), moss)
	})
	c.spaced(c.fonts.serif, "赣南脐橙专场", v.at(-1.9, 2.44, z), 46, 0.14, middle, redDeep)
	// Shelves at both sides.
	for _, x := range []float64{-3.66, -0.92} {
		for i, y := range []float64{1.02, 1.52} {
			c.fill(v.front(x, y, x+0.78, y+0.045, z-0.02), hex(0x9A6B40))
			for k := range 3 {
				at := v.at(x+0.15+float64(k)*0.24, y+0.045, z-0.02)
				switch (k + i) % 3 {
				case 0:
					jar(c, at, 0.17*v.scale(z), ochre)
				case 1:
					giftBox(c, at, 0.20*v.scale(z), redSoft)
				default:
					orange(c, at.add(0, -0.075*v.scale(z)), 0.075*v.scale(z))
				}
			}
		}
	}
}

func stageTable(c *canvas, v view) {
	const x0, x1, z0, z1, y = -3.05, -0.2, 5.2, 5.85, 0.80
	c.shadow(v.floor(x0, z0-0.15, x1, z1, 0), 14, alpha(ink, 0.4))
	c.grade(v.front(x0, 0, x1, y, z0), v.at(x0, 0, z0), v.at(x1, 0, z0), hex(0x8B5A36), hex(0x75492B))
	for x := x0 + 0.19; x < x1; x += 0.19 {
		c.stroke(line(v.at(x, 0, z0), v.at(x, y, z0)), 1.6, alpha(ink, 0.18))
	}
	v.box(c, x0-0.06, y-0.06, z0-0.05, x1+0.06, y, z1, hex(0xC08B58), hex(0x9B6A40), hex(0x875A34))
	k := v.scale(5.4)
	// A crate and a heap of oranges, jars and gift boxes.
	for row := range 3 {
		for i := range 5 - row {
			at := v.at(-2.78+float64(i)*0.135+float64(row)*0.0675, y+0.10+float64(row)*0.105, 5.5)
			orange(c, at, 0.072*k)
		}
	}
	v.box(c, -2.95, y, 5.25, -2.08, y+0.16, 5.42, hex(0xD9B27C), hex(0xC4965C), hex(0xA97E49))
	c.text(c.fonts.sans, "产地直发", v.at(-2.515, y+0.085, 5.25), 24, middle, hex(0x6B4424))
	for i, x := range []float64{-1.13, -0.93, -0.73} {
		jar(c, v.at(x, y, 5.4), 0.17*k, []color.NRGBA{ochre, honey, ochre}[i])
	}
	giftBox(c, v.at(-0.43, y, 5.42), 0.30*k, red)
}

func orange(c *canvas, at pt, r float64) {
	body := circle(at, r)
	c.fill(body, hex(0xE0892F))
	c.inside(body, func() {
		c.fill(circle(at.add(-0.25*r, -0.25*r), r), hex(0xEB9F45))
	})
	c.fill(leaf(at.add(0, -0.85*r), at.add(0.75*r, -1.15*r), 0.24*r), moss)
}

func jar(c *canvas, at pt, w float64, col color.NRGBA) {
	h := w * 1.35
	c.fill(roundRect(at.x-w/2, at.y-h, w, h, w*0.16), darker(col, 0.05))
	c.fill(roundRect(at.x+w*0.18, at.y-h, w*0.32, h, w*0.16), darker(col, 0.2))
	c.fill(rect(at.x-w/2, at.y-h*0.66, w, h*0.36), paper)
	c.fill(roundRect(at.x-w*0.42, at.y-h*1.14, w*0.84, h*0.2, w*0.05), hex(0x5B4636))
}

func giftBox(c *canvas, at pt, w float64, col color.NRGBA) {
	h := w * 0.82
	c.fill(rect(at.x-w/2, at.y-h, w, h), col)
	c.fill(rect(at.x+w*0.26, at.y-h, w*0.24, h), darker(col, 0.16))
	c.fill(rect(at.x-w*0.54, at.y-h*1.02, w*1.08, h*0.24), darker(col, 0.1))
	c.fill(rect(at.x-w*0.08, at.y-h*1.02, w*0.16, h*1.02), honey)
}

// softBox is the big lamp at the stage's left.
func softBox(c *canvas, v view) {
	k := v.scale(4.7)
	foot := v.at(-2.62, 0, 4.7)
	tripod(c, foot, k, 1.9)
	top := foot.add(0, -1.98*k)
	c.fill(polygon(top.add(-0.06*k, -0.10*k), top.add(-0.06*k, 0.12*k), top.add(0.24*k, 0.40*k), top.add(0.34*k, -0.34*k)), hex(0x1F2831))
	face := polygon(top.add(0.24*k, 0.40*k), top.add(0.34*k, -0.34*k), top.add(0.46*k, -0.30*k), top.add(0.36*k, 0.44*k))
	c.shadow(face, 40, alpha(hex(0xFFF4DC), 0.8))
	c.fill(face, hex(0xFFFAEE))
}

func tripod(c *canvas, foot pt, k, high float64) {
	dark := hex(0x232C35)
	for _, dx := range []float64{-0.30, 0.30, 0.06} {
		c.stroke(line(foot.add(0, -0.55*k), foot.add(dx*k, 0.02*k)), 0.022*k, dark)
	}
	c.stroke(line(foot.add(0, -0.30*k), foot.add(0, -high*k)), 0.026*k, dark)
}

// ringLight stands before the host with the phone in its middle.
func ringLight(c *canvas, foot pt, k float64) {
	c.shadow(ellipse(foot, 0.34*k, 0.06*k), 0.05*k, alpha(ink, 0.4))
	tripod(c, foot, k, 1.22)
	centre := foot.add(0, -1.47*k)
	c.shadow(circle(centre, 0.30*k), 36, alpha(hex(0xFFF4DC), 0.55))
	c.stroke(circle(centre, 0.255*k), 0.062*k, hex(0x39444E))
	c.stroke(circle(centre, 0.255*k), 0.030*k, hex(0xFFF7E6))
	phone := roundRect(centre.x-0.075*k, centre.y-0.15*k, 0.15*k, 0.30*k, 0.02*k)
	c.fill(phone, hex(0x161D25))
	c.fill(roundRect(centre.x-0.055*k, centre.y-0.13*k, 0.05*k, 0.075*k, 0.015*k), hex(0x2E3944))
	c.fill(circle(centre.add(-0.030*k, -0.105*k), 0.013*k), hex(0x0B1016))
	c.stroke(line(centre.add(0, 0.15*k), centre.add(0, 0.30*k)), 0.022*k, hex(0x232C35))
}

// holdNotebook puts a notebook and a pen into a hand.
func holdNotebook(c *canvas, hand pt, u float64) {
	c.lifted(rect(hand.x-0.055*u, hand.y-0.06*u, 0.085*u, 0.085*u).rotated(hand, -0.35), redDeep, 2, 3, 4, 0.25)
	c.fill(rect(hand.x-0.050*u, hand.y-0.056*u, 0.075*u, 0.075*u).rotated(hand, -0.35), paper)
	c.stroke(line(hand.add(-0.05*u, -0.08*u), hand.add(-0.005*u, -0.03*u)).rotated(hand, math.Pi/20), 0.009*u, inkSoft)
}
