package main

import (
	"image/color"
	"math"
)

// drawCommunity: advice on consumers' rights comes to a housing estate.
func drawCommunity(c *canvas) {
	v := view{centre: 800, horizon: 520, focus: 1250, eye: 1.6}
	estate(c, v)
	tent(c, v)

	left := v.stand(-1.75, 5.9, 1.66)
	left.turn, left.glance, left.slim, left.hair = 0.1, -0.3, true, bob
	left.wear, left.skin, left.mane = helper, skinFair, hairInk
	left.arms = [2]arm{{hand: pt{-0.055, 0.50}, elbow: pt{-0.120, 0.605}}, {hand: pt{0.075, 0.50}, elbow: pt{0.128, 0.605}}}
	mid := v.stand(-0.55, 5.9, 1.74)
	mid.turn, mid.glance = 0.45, 0
	mid.wear, mid.skin, mid.mane = inspect, skinWarm, hairInk
	mid.arms = [2]arm{{hand: pt{-0.07, 0.51}, bend: 1}, {hand: pt{0.215, 0.63}, bend: -1, hold: holdLeaflet}}
	left.drawBody(c)
	mid.drawBody(c)
	counter(c, v)
	left.drawArms(c)
	mid.drawArms(c)

	standees(c, v)
	visitors(c, v)
}

func estate(c *canvas, v view) {
	c.grade(rect(0, 0, c.w, v.horizon+4), pt{800, 0}, pt{800, v.horizon}, hex(0xAFC5D2), hex(0xD8E2E4), hex(0xF4ECDF))
	tower := func(x, w, h, z float64, col color.NRGBA) {
		v.box(c, x, 0, z, x+w, h, z+9, col, col, darker(col, 0.10))
		c.fill(v.front(x-0.2, h, x+w+0.2, h+0.5, z), darker(col, 0.12))
		floors, bays := int(h/3), int(w/2.6)
		for i := range floors {
			for j := range bays {
				bx := x + (float64(j)+0.5)*w/float64(bays)
				by := 1.3 + float64(i)*3
				glass := mix(hex(0x8FA7B8), hex(0xB9CAD4), float64((i*3+j*5)%4)/4)
				c.fill(v.front(bx-0.7, by, bx+0.7, by+1.45, z), glass)
				c.stroke(line(v.at(bx, by, z), v.at(bx, by+1.45, z)), 1.6, alpha(paper, 0.7))
				if j%2 == 0 { // a balcony
					c.fill(v.front(bx-0.95, by-0.45, bx+0.95, by+0.32, z-0.1), lighter(col, 0.30))
					c.fill(v.front(bx-0.95, by+0.32, bx+0.95, by+0.40, z-0.1), darker(col, 0.18))
				}
			}
		}
	}
	tower(-34, 13, 20, 46, hex(0xC9CFD1))
	tower(6, 16, 22, 46, hex(0xC6CCCF))
	tower(-22, 14, 15.5, 31, hex(0xDCCDB6))
	tower(11, 15, 15.5, 31, hex(0xD9C3AC))
	// A hedge and trees before the homes.
	hedge := []pt{{0, v.horizon + 44}}
	for i := range 33 {
		hedge = append(hedge, pt{float64(i) * 50, v.horizon - 8 - 9*math.Abs(math.Sin(float64(i)*1.3))})
	}
	hedge = append(hedge, pt{1600, v.horizon + 44})
	c.fill(smooth(hedge...).closed(), mossDeep)
	c.grade(rect(0, v.horizon+36, c.w, c.h), pt{800, v.horizon}, pt{800, c.h}, hex(0xB7AFA2), hex(0xDAD3C6))
	c.fill(rect(0, v.horizon+30, c.w, 10), hex(0x9D968A))
	for z := 13.0; z > 2.6; z -= 0.8 {
		c.stroke(line(v.at(-20, 0, z), v.at(20, 0, z)), 1.4, alpha(steel, 0.16))
	}
	for x := -16.0; x <= 16; x += 0.8 {
		c.stroke(line(v.at(x, 0, 13), v.at(x, 0, 2.4)), 1.4, alpha(steel, 0.16))
	}
	tree(c, v.at(-6.8, 0, 13), 4.6*v.scale(13))
	tree(c, v.at(2.0, 0, 15), 4.2*v.scale(15))
	tree(c, v.at(7.3, 0, 12), 4.8*v.scale(12))
}

func tree(c *canvas, foot pt, h float64) {
	c.shadow(ellipse(foot, 0.30*h, 0.03*h), 0.03*h, alpha(ink, 0.35))
	c.fill(taper(foot, foot.add(0, -0.5*h), 0.032*h, 0.018*h), umber)
	for _, b := range [2]float64{-1, 1} {
		c.stroke(line(foot.add(0, -0.36*h), foot.add(b*0.10*h, -0.52*h)), 0.018*h, umber)
	}
	crown := []struct{ x, y, r float64 }{{0, 0.74, 0.24}, {-0.18, 0.62, 0.17}, {0.19, 0.60, 0.17}, {0.03, 0.54, 0.16}}
	for _, b := range crown {
		c.fill(circle(foot.add(b.x*h, -b.y*h), b.r*h), hex(0x6A7D64))
	}
	for _, b := range crown {
		c.fill(circle(foot.add((b.x-0.035)*h, -(b.y+0.035)*h), b.r*0.74*h), hex(0x7E9076))
	}
}

func tent(c *canvas, v view) {
	const x0, x1, z0, z1, eaves = -3.05, 0.75, 5.0, 7.2, 2.35
	c.shadow(v.floor(x0, z0, x1+0.2, z1, 0), 26, alpha(ink, 0.35))
	for _, x := range [2]float64{x0 + 0.05, x1 - 0.05} {
		c.fill(v.front(x-0.03, 0, x+0.03, eaves, z1), hex(0x9AA6AE))
	}
	// Its back wall is a sheet with words.
	c.grade(v.front(x0+0.1, 0.3, x1-0.1, eaves, z1), v.at(x0, 2, z1), v.at(x1, 1, z1), hex(0xF3EBDD), hex(0xE5D9C5))
	c.text(c.fonts.serif, "诚信经营　放心消费", v.at((x0+x1)/2, 2.00, z1), 42, middle, redDeep)
	apex := v.at((x0+x1)/2, 3.35, 6.1)
	a, b := v.at(x0-0.1, eaves, z0), v.at(x1+0.1, eaves, z0)
	ab, bb := v.at(x0-0.1, eaves, z1), v.at(x1+0.1, eaves, z1)
	c.fill(polygon(ab, bb, bb.add(0, 20), ab.add(0, 20)), darker(redDeep, 0.3))
	c.fill(polygon(a, apex, ab), redDeep)
	c.fill(polygon(b, apex, bb), darker(redDeep, 0.12))
	c.grade(polygon(a, b, apex), apex, mixPt(a, b, 0.5), hex(0xC04A3B), red)
	c.fill(polygon(mixPt(a, b, 0.5), b, apex), alpha(ink, 0.08))
	// The valance.
	const n = 12
	drop := 0.20 * v.scale(z0)
	for i := range n {
		l, r := mixPt(a, b, float64(i)/n), mixPt(a, b, float64(i+1)/n)
		flap := line(l, r, r.add(0, drop*0.5))
		flap.cubicTo(r.add(0, drop*1.2), l.add(0, drop*1.2), l.add(0, drop*0.5))
		flap.close()
		c.fill(flap, []color.NRGBA{redDeep, paper}[i%2])
	}
	for _, x := range [2]float64{x0 - 0.02, x1 + 0.02} {
		c.fill(v.front(x-0.035, 0, x+0.035, eaves-0.02, z0), hex(0xB6C0C6))
		c.fill(v.front(x+0.01, 0, x+0.035, eaves-0.02, z0), hex(0x94A1AA))
		c.fill(v.front(x-0.10, 0, x+0.10, 0.05, z0), hex(0x7C8993))
	}
}

func counter(c *canvas, v view) {
	const x0, x1, z0, z1, y = -2.45, 0.15, 5.15, 5.7, 0.78
	cloth := v.front(x0, 0.06, x1, y, z0)
	c.grade(cloth, v.at(x0, 0, z0), v.at(x1, 0, z0), hex(0xBC4336), hex(0xA3332A))
	for x := x0 + 0.22; x < x1; x += 0.26 {
		c.fill(polygon(v.at(x, y, z0), v.at(x+0.04, 0.06, z0), v.at(x-0.05, 0.06, z0)), alpha(redDeep, 0.35))
	}
	c.fill(v.floor(x0-0.03, z0-0.03, x1+0.03, z1, y), hex(0xD3584A))
	c.spaced(c.fonts.serif, "消费维权宣传进社区", v.at((x0+x1)/2, 0.46, z0), 50, 0.06, middle, paper)
	for i, x := range []float64{-2.2, -1.98, -0.32, -0.12} {
		for k := range 3 {
			p := float64(k) * 0.012
			c.fill(v.floor(x, 5.28+p, x+0.18, 5.52+p, y+0.006*float64(k+1)), []color.NRGBA{linen, haze, paper}[k])
		}
		c.fill(v.floor(x+0.02, 5.44, x+0.16, 5.50, y+0.03), []color.NRGBA{red, steel, ochre, red}[i])
	}
	at := v.at(-1.12, y, 5.4)
	k := v.scale(5.4)
	c.fill(polygon(at.add(-0.19*k, 0), at.add(0.19*k, 0), at.add(0.16*k, -0.24*k), at.add(-0.16*k, -0.24*k)), haze)
	c.text(c.fonts.sans, "咨询台", at.add(0, -0.115*k), 0.092*k, middle, inkSoft)
}

func holdLeaflet(c *canvas, hand pt, u float64) {
	r := func(x, y, w, h float64) path { return rect(hand.x+x*u, hand.y+y*u, w*u, h*u).rotated(hand, 0.15) }
	c.lifted(r(0.0, -0.085, 0.075, 0.10), paper, 2, 3, 4, 0.25)
	c.fill(r(0.008, -0.077, 0.059, 0.026), red)
	for i := range 3 {
		c.fill(r(0.010, -0.040+float64(i)*0.016, 0.052, 0.005), alpha(steel, 0.6))
	}
}

// standees are the two display boards at the right.
func standees(c *canvas, v view) {
	for i, s := range []struct {
		x, z   float64
		title  string
		lines  []string
		ground color.NRGBA
	}{
		{1.42, 7.4, "12315", []string{"消费投诉举报", "保留凭证", "依法维权"}, hex(0x2C5470)},
		{2.42, 7.4, "理性消费", []string{"核对资质", "看清规则", "谨慎付款"}, hex(0xB57B2C)},
	} {
		const w, h = 0.84, 1.92
		c.shadow(ellipse(v.at(s.x+w/2, 0, s.z), 0.5*v.scale(s.z), 12), 9, alpha(ink, 0.4))
		c.stroke(line(v.at(s.x+w/2, 0.1, s.z), v.at(s.x+w/2-0.2, 0, s.z-0.3)), 6, hex(0x59656E))
		c.stroke(line(v.at(s.x+w/2, 0.1, s.z), v.at(s.x+w/2+0.2, 0, s.z-0.3)), 6, hex(0x59656E))
		board := v.front(s.x, 0.12, s.x+w, h, s.z)
		c.lifted(board, paper, 4, 6, 8, 0.25)
		c.fill(v.front(s.x, h-0.58, s.x+w, h, s.z), s.ground)
		k := v.scale(s.z)
		size := []float64{0.255, 0.185}[i] * k
		c.text(c.fonts.sans, s.title, v.at(s.x+w/2, h-0.29, s.z), size, middle, paper)
		for n, words := range s.lines {
			y := h - 0.80 - float64(n)*0.25
			c.text(c.fonts.sans, words, v.at(s.x+w/2, y, s.z), 0.122*k, middle, inkSoft)
		}
		c.fill(v.front(s.x, 0.12, s.x+w, 0.28, s.z), s.ground)
	}
}

func visitors(c *canvas, v view) {
	// An old man with a stick takes a leaflet.
	elder := v.stand(0.46, 4.95, 1.62)
	elder.turn, elder.glance, elder.lean = -0.75, -0.1, -0.05
	elder.wear = outfit{cut: cardigan, top: hex(0x8A7A66), shirt: linen, trousers: hex(0x4D535B), shoes: hex(0x2A2622)}
	elder.skin, elder.mane = skinWarm, hairGrey
	elder.arms = [2]arm{
		{hand: pt{-0.225, 0.63}, bend: 1, behind: true},
		{hand: pt{-0.055, 0.50}, bend: 1, hold: holdStick},
	}
	v.ground(c, 0.46, 4.95, 0.34, 0.17, 0.34)
	elder.draw(c)

	// A mother and her child read the boards' advice.
	mother := v.stand(2.66, 4.8, 1.64)
	mother.back, mother.turn, mother.glance, mother.slim, mother.hair = true, 0.15, 0.1, true, tail
	mother.wear = outfit{cut: dress, top: hex(0x53708A), trousers: hex(0x53708A), shoes: hex(0x2A2622), bareLegs: true}
	mother.skin, mother.mane = skinFair, hairWarm
	mother.arms = [2]arm{{hand: pt{-0.15, 0.45}, bend: 1}, {hand: pt{0.125, 0.46}, bend: -1, hold: holdShopping}}
	child := v.stand(2.27, 4.75, 1.12)
	child.back, child.turn, child.slim = true, -0.1, true
	child.wear = outfit{cut: plain, top: honey, trousers: hex(0x5C6B7A), shoes: hex(0x7B3B33)}
	child.skin, child.mane = skinFair, hairInk
	child.arms = [2]arm{{hand: pt{-0.135, 0.46}, bend: 1}, {hand: pt{0.17, 0.67}, bend: -1}}
	v.ground(c, 2.66, 4.8, 0.34, 0.17, 0.3)
	v.ground(c, 2.27, 4.75, 0.26, 0.14, 0.3)
	mother.draw(c)
	child.draw(c)
	schoolBag(c, &child)

	// Another visitor at the counter's left, seen from behind.
	woman := v.stand(-2.2, 4.55, 1.60)
	woman.back, woman.turn, woman.glance, woman.slim, woman.hair = true, 0.4, 0.1, true, bob
	woman.wear = outfit{cut: plain, top: hex(0x7D8A68), trousers: hex(0x56504A), shoes: hex(0x2A2622)}
	woman.skin, woman.mane = skinWarm, hairGrey
	woman.arms = [2]arm{{hand: pt{-0.115, 0.46}, bend: 1, hold: holdShopping}, {hand: pt{0.16, 0.60}, bend: -1, behind: true}}
	v.ground(c, -2.2, 4.55, 0.34, 0.17, 0.34)
	woman.draw(c)
}

func holdStick(c *canvas, hand pt, u float64) {
	c.stroke(line(hand.add(0, 0), hand.add(-0.045*u, 0.49*u)), 0.014*u, umber)
	c.stroke(arc(hand.add(0.022*u, 0), 0.022*u, math.Pi, 1.75*math.Pi), 0.016*u, umber)
}

func holdShopping(c *canvas, hand pt, u float64) {
	c.stroke(arc(hand.add(0, 0.075*u), 0.04*u, math.Pi, 2*math.Pi), 0.008*u, umber)
	c.fill(polygon(hand.add(-0.058*u, 0.07*u), hand.add(0.058*u, 0.07*u), hand.add(0.068*u, 0.20*u), hand.add(-0.068*u, 0.20*u)), linen)
	c.fill(polygon(hand.add(0.025*u, 0.07*u), hand.add(0.058*u, 0.07*u), hand.add(0.068*u, 0.20*u), hand.add(0.03*u, 0.20*u)), darker(linen, 0.12))
}

func schoolBag(c *canvas, f *figure) {
	a, b := f.trunk(-0.075, 0.315), f.trunk(0.075, 0.045)
	c.lifted(roundRect(a.x, a.y, b.x-a.x, b.y-a.y, 0.045*f.height), redSoft, 2, 3, 4, 0.25)
	c.fill(roundRect(a.x+0.02*f.height, lerp(a.y, b.y, 0.55), b.x-a.x-0.04*f.height, (b.y-a.y)*0.34, 0.02*f.height), red)
}
