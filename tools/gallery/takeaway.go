package main

import (
	"image/color"
	"math"
)

// drawTakeaway: inspectors compare a takeaway shop's framed licences with
// what its platform shows.
func drawTakeaway(c *canvas) {
	v := view{centre: 800, horizon: 500, focus: 1250, eye: 1.55}
	pavement(c, v, 6)
	shopFront(c, v, 6)

	keeper := v.stand(-0.02, 5.15, 1.68)
	keeper.turn, keeper.glance, keeper.hat = 0.55, 0.15, kitchenCap
	keeper.wear = outfit{cut: apron, top: hex(0xB9A78E), accent: redDeep, trousers: hex(0x4A4F57), shoes: hex(0x2A2622)}
	keeper.skin, keeper.mane = skinWarm, hairInk
	keeper.arms = [2]arm{{hand: pt{-0.075, 0.49}, bend: 1, behind: true}, {hand: pt{0.135, 0.60}, bend: -1}}
	v.ground(c, -0.02, 5.15, 0.34, 0.17, 0.34)
	keeper.draw(c)

	first := v.stand(1.0, 4.75, 1.76)
	first.back, first.turn, first.glance = true, 0.35, 0.1
	first.wear, first.skin, first.mane, first.hat = inspect, skinWarm, hairInk, peakedCap
	first.arms = [2]arm{{hand: pt{-0.125, 0.45}, bend: 1}, {hand: pt{0.245, 0.83}, bend: -1, behind: true}}
	v.ground(c, 1.0, 4.75, 0.34, 0.17, 0.34)
	first.draw(c)

	second := v.stand(2.62, 4.6, 1.65)
	second.turn, second.glance, second.slim, second.hair = -0.75, -0.1, true, tail
	second.wear, second.skin, second.mane = inspect, skinFair, hairInk
	second.arms = [2]arm{{hand: pt{-0.165, 0.63}, bend: 1, behind: true}, {hand: pt{-0.155, 0.60}, bend: 1, hold: holdTablet}}
	v.ground(c, 2.62, 4.6, 0.34, 0.17, 0.34)
	second.draw(c)

	rider := v.stand(-0.80, 4.7, 1.73)
	rider.turn, rider.glance, rider.hat = 0.5, 0.2, helmet
	rider.wear = outfit{cut: plain, top: ochre, trousers: hex(0x37414D), shoes: hex(0x25272B)}
	rider.skin, rider.mane = skinTan, hairInk
	rider.arms = [2]arm{{hand: pt{-0.10, 0.50}, bend: 1}, {hand: pt{0.14, 0.58}, bend: -1, hold: holdBag}}
	v.ground(c, -0.80, 4.7, 0.34, 0.17, 0.34)
	rider.draw(c)
	scooter(c, v.at(-1.93, 0, 4.35), v.scale(4.35))
}

func pavement(c *canvas, v view, wall float64) {
	c.grade(rect(0, v.at(0, 0, wall).y, c.w, c.h), v.at(0, 0, wall), pt{800, c.h}, hex(0xB9B4AA), hex(0xD6D1C6))
	for z := wall; z > 2.9; z -= 0.6 {
		c.stroke(line(v.at(-9, 0, z), v.at(9, 0, z)), 1.6, alpha(steel, 0.22))
	}
	for x := -9.0; x <= 9; x += 0.6 {
		c.stroke(line(v.at(x, 0, wall), v.at(x, 0, 2.5)), 1.6, alpha(steel, 0.22))
	}
	c.shadow(v.floor(-9, wall-0.55, 9, wall, 0), 14, alpha(ink, 0.35))
}

func shopFront(c *canvas, v view, z float64) {
	c.grade(v.front(-5, 0, 5, 5, z), v.at(-4, 3, z), v.at(4, 1, z), hex(0xEFE6D8), hex(0xDDD0BC))
	// The pier at the right is of brick.
	c.fill(v.front(1.02, 0, 5, 2.62, z), hex(0xC9B295))
	for row := range 22 {
		y := float64(row) * 0.12
		c.stroke(line(v.at(1.02, y, z), v.at(5, y, z)), 1.2, alpha(umber, 0.16))
		for x := 1.02 + float64(row%2)*0.15; x < 5; x += 0.30 {
			c.stroke(line(v.at(x, y, z), v.at(x, math.Min(y+0.12, 2.62), z)), 1.2, alpha(umber, 0.16))
		}
	}
	kitchen(c, v, z)
	// Tiles under the counter.
	c.fill(v.front(-3.35, 0, 1.02, 0.96, z), hex(0xC3CED6))
	for x := -3.35; x < 1.0; x += 0.24 {
		c.stroke(line(v.at(x, 0, z), v.at(x, 0.96, z)), 1.4, alpha(paper, 0.55))
	}
	for _, y := range []float64{0.24, 0.48, 0.72} {
		c.stroke(line(v.at(-3.35, y, z), v.at(1.02, y, z)), 1.4, alpha(paper, 0.55))
	}
	c.shadow(v.front(-3.4, 0.70, 1.02, 0.95, z), 10, alpha(ink, 0.35))
	v.box(c, -3.42, 0.94, z-0.35, 1.06, 1.01, z, hex(0xB58A5E), hex(0x8A6442), hex(0x6F4F34))
	for i, x := range []float64{-2.9, -2.62, -0.62, -0.33} {
		takeawayBag(c, v.at(x, 1.01, z-0.2), v.scale(z-0.2)*[]float64{0.30, 0.24, 0.27, 0.32}[i], i%2 == 0)
	}
	awning(c, v, z)
	// The name over the door.
	board := v.front(-3.55, 3.02, 1.16, 3.62, z-0.12)
	c.lifted(board, inkSoft, 0, 8, 12, 0.3)
	c.fill(v.front(-3.55, 3.02, 1.16, 3.05, z-0.12), ochre)
	c.spaced(c.fonts.serif, "便民快餐店", v.at(-1.2, 3.33, z-0.12), 78, 0.22, middle, paper)
	licences(c, v, z)
	// The storey above, and a pot on the right.
	upper := v.front(1.95, 3.02, 3.35, 5, z)
	c.fill(v.front(1.87, 2.94, 3.43, 5, z), hex(0xF4EEE3))
	c.grade(upper, v.at(2, 4, z), v.at(3.2, 3, z), hex(0x8FA5B5), hex(0xB9C9D3))
	c.inside(upper, func() {
		c.fill(polygon(v.at(2.1, 5, z), v.at(2.6, 5, z), v.at(2.2, 3, z), v.at(1.7, 3, z)), alpha(paper, 0.25))
	})
	c.stroke(line(v.at(2.65, 3, z), v.at(2.65, 5, z)), 8, hex(0xF4EEE3))
	c.fill(v.front(1.55, 2.78, 4.6, 2.84, z), hex(0xB39A7B))
	plant(c, v.at(3.55, 0, z-0.25), 1.1*v.scale(z-0.25))
}

func kitchen(c *canvas, v view, z float64) {
	opening := v.front(-3.25, 0.98, 0.85, 2.66, z)
	c.fill(v.front(-3.35, 0.9, 0.95, 2.74, z), hex(0x7B5B40))
	c.grade(opening, v.at(-3, 2.6, z), v.at(0, 1, z), hex(0x5B4A3C), hex(0x7A604A))
	c.inside(opening, func() {
		const back = 8.2
		c.grade(v.front(-6, 0.5, 3, 3.4, back), v.at(0, 3, back), v.at(0, 1, back), hex(0x9C7E5F), hex(0xC0A07A))
		for y := 0.9; y < 3; y += 0.22 {
			c.stroke(line(v.at(-6, y, back), v.at(3, y, back)), 1.2, alpha(paper, 0.18))
		}
		for x := -6.0; x < 3; x += 0.22 {
			c.stroke(line(v.at(x, 0.5, back), v.at(x, 3.4, back)), 1.2, alpha(paper, 0.18))
		}
		// A hood and hanging pans.
		hood := polygon(v.at(-3.6, 2.35, 7.6), v.at(-1.5, 2.35, 7.6), v.at(-1.9, 3.2, 7.9), v.at(-3.2, 3.2, 7.9))
		c.fill(hood, hex(0xA9B4BC))
		c.fill(v.front(-3.6, 2.27, -1.5, 2.37, 7.6), hex(0x8997A1))
		c.stroke(line(v.at(-1.1, 2.42, 7.9), v.at(0.9, 2.42, 7.9)), 5, hex(0x4A4039))
		for i := range 5 {
			p := v.at(-0.9+float64(i)*0.38, 2.42, 7.9)
			r := []float64{19, 23, 17, 21, 18}[i]
			c.stroke(line(p, p.add(0, 30)), 4, hex(0x4A4039))
			c.fill(circle(p.add(0, 30+r), r), []color.NRGBA{hex(0x55616B), hex(0x8C5A3A), hex(0x6B7680), hex(0x55616B), hex(0x8C5A3A)}[i])
		}
		// Shelf with jars.
		c.fill(v.front(-0.9, 1.74, 1.2, 1.79, 8.1), hex(0x6B4D36))
		for i := range 9 {
			x := -0.82 + float64(i)*0.21
			h := 0.16 + 0.05*float64((i*7)%3)
			col := []color.NRGBA{ochre, redSoft, paper, moss, blueGrey}[(i*3)%5]
			c.fill(v.front(x, 1.79, x+0.15, 1.79+h, 8.1), darker(col, 0.15))
			c.fill(v.front(x, 1.79+h, x+0.15, 1.83+h, 8.1), hex(0x5B4636))
		}
		// Stove and wok with steam.
		v.box(c, -3.6, 0.5, 7.2, -1.2, 1.12, 7.9, hex(0x9AA6AF), hex(0x76838D), hex(0x5E6A73))
		for _, dx := range []float64{0, 0.28} {
			p := v.at(-2.68+dx, 1.3, 7.3)
			var s path
			s.moveTo(p)
			s.cubicTo(p.add(-26, -50), p.add(34, -80), p.add(2, -135))
			c.stroke(s, 11, alpha(paper, 0.16))
		}
		cook := v.stand(-1.82, 7.05, 1.7)
		cook.turn, cook.hat, cook.nod = -0.5, kitchenCap, 0
		cook.wear = outfit{cut: apron, top: hex(0xEDE6DA), accent: hex(0x5C7186), trousers: steel, shoes: ink}
		cook.skin, cook.mane = skinFair, hairInk
		cook.arms = [2]arm{{hand: pt{-0.16, 0.63}, bend: 1, behind: true}, {hand: pt{-0.17, 0.665}, bend: 1, hold: holdLadle}}
		cook.draw(c)
		wok := smooth(v.at(-2.95, 1.17, 6.95), v.at(-2.75, 1.06, 6.95), v.at(-2.35, 1.06, 6.95), v.at(-2.15, 1.17, 6.95)).closed()
		c.fill(wok, hex(0x2C2A29))
		// Lamps in the window.
		for _, x := range []float64{-2.2, -0.35} {
			p := v.at(x, 2.30, 6.4)
			c.shadow(circle(p.add(0, 14), 46), 40, alpha(hex(0xFFE3AE), 0.55))
			c.stroke(line(p.add(0, -120), p.add(0, -14)), 2.5, hex(0x3A3029))
			c.fill(smooth(p.add(-32, 12), p.add(-20, -12), p.add(0, -19), p.add(20, -12), p.add(32, 12)).closed(), hex(0x39464F))
			c.fill(ellipse(p.add(0, 12), 31, 6), hex(0xFFEFC9))
		}
	})
	c.stroke(line(v.at(-1.2, 0.98, z), v.at(-1.2, 2.66, z)), 8, hex(0x7B5B40))
}

func holdLadle(c *canvas, hand pt, u float64) {
	c.stroke(line(hand.add(0.03*u, -0.02*u), hand.add(-0.10*u, 0.055*u)), 0.014*u, hex(0x4A4039))
}

func holdBag(c *canvas, hand pt, u float64) { takeawayBag(c, hand.add(0.012*u, 0.155*u), 0.13*u, true) }

// takeawayBag is a paper bag that stands on at and is w wide.
func takeawayBag(c *canvas, at pt, w float64, light bool) {
	col := hex(0xD9BD92)
	if light {
		col = hex(0xEADBC2)
	}
	h := w * 1.15
	c.stroke(arc(at.add(0, -h), w*0.17, math.Pi, 2*math.Pi), w*0.05, darker(col, 0.4))
	bag := rect(at.x-w/2, at.y-h, w, h)
	c.fill(bag, col)
	c.fill(polygon(at.add(w*0.5, -h), at.add(w*0.5, 0), at.add(w*0.24, 0), at.add(w*0.33, -h)), darker(col, 0.13))
	c.fill(rect(at.x-w/2, at.y-h, w, h*0.12), darker(col, 0.10))
	c.fill(circle(at.add(-w*0.08, -h*0.42), w*0.15), alpha(redDeep, 0.75))
}

func awning(c *canvas, v view, z float64) {
	const x0, x1, n = -3.55, 1.15, 14
	c.shadow(v.front(x0+0.1, 2.25, x1-0.1, 2.55, z), 16, alpha(ink, 0.4))
	for i := range n {
		a, b := lerp(x0, x1, float64(i)/n), lerp(x0, x1, float64(i+1)/n)
		col, under := red, redDeep
		if i%2 == 1 {
			col, under = paper, linen
		}
		lo, hi := v.at(a, 2.50, z-0.75), v.at(b, 2.50, z-0.75)
		c.grade(polygon(v.at(a, 3.0, z), v.at(b, 3.0, z), hi, lo), v.at(a, 3.0, z), lo, darker(col, 0.12), col)
		drop := v.at(a, 2.38, z-0.75).y - lo.y
		flap := line(lo.add(0, -0.5), hi.add(0, -0.5), hi.add(0, drop*0.4))
		flap.cubicTo(hi.add(0, drop*1.25), lo.add(0, drop*1.25), lo.add(0, drop*0.4))
		flap.close()
		c.fill(flap, under)
	}
}

func licences(c *canvas, v view, z float64) {
	board := v.front(1.30, 0.98, 3.05, 2.36, z-0.03)
	c.lifted(board, hex(0x39506A), 5, 8, 12, 0.3)
	c.fill(v.front(1.30, 2.10, 3.05, 2.36, z-0.03), redDeep)
	c.spaced(c.fonts.sans, "证照公示栏", v.at(2.175, 2.23, z-0.03), 31, 0.16, middle, paper)
	frame := func(x, y, w, h float64, title string) {
		c.lifted(v.front(x, y, x+w, y+h, z-0.05), hex(0x9A7B4B), 3, 4, 6, 0.3)
		c.fill(v.front(x+0.035, y+0.035, x+w-0.035, y+h-0.035, z-0.05), hex(0xFBF6EA))
		m := v.at(x+w/2, y+h-0.125, z-0.05)
		c.text(c.fonts.serif, title, m, math.Min(25, 0.84*w*v.scale(z)/c.fonts.serif.width(title, 1)), middle, redDeep)
		for i := range 5 {
			ly := y + h - 0.24 - float64(i)*0.075
			if ly < y+0.12 {
				break
			}
			c.fill(v.front(x+0.09, ly, x+0.09+(w-0.18)*[]float64{0.9, 0.62, 0.8, 0.5, 0.7}[i], ly+0.016, z-0.05), alpha(steel, 0.5))
		}
		c.stroke(circle(v.at(x+w-0.15, y+0.14, z-0.05), 13), 2.5, alpha(red, 0.75))
	}
	frame(1.40, 1.42, 0.74, 0.58, "营业执照")
	frame(2.22, 1.42, 0.74, 0.58, "食品经营许可证")
	c.fill(v.front(1.40, 1.06, 2.96, 1.34, z-0.04), hex(0xE9EEF1))
	c.text(c.fonts.sans, "线上线下信息一致", v.at(2.43, 1.20, z-0.04), 25, middle, inkSoft)
}

// scooter is a delivery scooter that looks left; p is the ground under its
// middle, k the pixels of a metre.
func scooter(c *canvas, p pt, k float64) {
	at := func(x, y float64) pt { return p.add(x*k, -y*k) }
	c.shadow(ellipse(at(0, 0), 0.92*k, 0.07*k), 0.06*k, alpha(ink, 0.55))
	for _, x := range []float64{-0.60, 0.60} {
		c.fill(circle(at(x, 0.24), 0.24*k), hex(0x20262D))
		c.fill(circle(at(x, 0.24), 0.15*k), hex(0x8A979F))
		c.fill(circle(at(x, 0.24), 0.05*k), hex(0x353F48))
	}
	c.stroke(line(at(-0.60, 0.24), at(-0.42, 0.98)), 0.06*k, hex(0x49545E))
	c.stroke(line(at(-0.42, 0.98), at(-0.30, 1.02)), 0.045*k, hex(0x20262D))
	c.stroke(line(at(-0.44, 0.98), at(-0.52, 1.16)), 0.018*k, hex(0x20262D))
	c.fill(ellipse(at(-0.53, 1.19), 0.035*k, 0.05*k), hex(0x20262D))
	body := hex(0x5C7186)
	c.fill(blob(at(-0.52, 0.93), at(-0.38, 0.90), at(-0.30, 0.50), at(-0.24, 0.34), at(0.10, 0.32), at(0.14, 0.22), at(-0.38, 0.22), at(-0.46, 0.45)), body)
	c.fill(blob(at(-0.78, 0.47), at(-0.60, 0.55), at(-0.42, 0.47), at(-0.36, 0.36), at(-0.60, 0.50), at(-0.80, 0.40)), darker(body, 0.2))
	c.fill(blob(at(0.02, 0.34), at(0.10, 0.66), at(0.35, 0.70), at(0.82, 0.66), at(0.84, 0.52), at(0.55, 0.50), at(0.36, 0.26), at(0.12, 0.22)), darker(body, 0.12))
	c.fill(blob(at(-0.02, 0.70), at(0.06, 0.78), at(0.50, 0.80), at(0.78, 0.76), at(0.80, 0.69), at(0.40, 0.66), at(0.06, 0.65)), hex(0x2B2724))
	c.fill(ellipse(at(-0.50, 0.80), 0.05*k, 0.06*k), hex(0xFFEFC9))
	box := rect(at(0.26, 0).x, at(0, 1.36).y, 0.62*k, 0.57*k)
	c.lifted(box, ochre, 4, 6, 8, 0.25)
	c.fill(rect(at(0.70, 0).x, at(0, 1.36).y, 0.18*k, 0.57*k), darker(ochre, 0.14))
	c.fill(rect(at(0.24, 0).x, at(0, 1.38).y, 0.66*k, 0.09*k), darker(ochre, 0.3))
	c.text(c.fonts.sans, "外卖", at(0.49, 1.03), 0.17*k, middle, paper)
}
