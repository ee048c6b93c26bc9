package main

import (
	"image/color"
	"math"
)

// drawMeeting: the joint meeting of the departments hears the plan.
func drawMeeting(c *canvas) {
	v := view{centre: 800, horizon: 185, focus: 1250, eye: 2.6}
	meetingRoom(c, v)
	meetingScreen(c, v)

	lead := v.stand(3.12, 7.0, 1.74)
	lead.turn, lead.glance = -0.45, 0.1
	lead.wear, lead.skin, lead.mane = officer, skinFair, hairInk
	lead.arms = [2]arm{
		{hand: pt{-0.27, 0.80}, bend: 1},
		{hand: pt{0.06, 0.56}, bend: -1, hold: holdFolder},
	}
	v.ground(c, 3.12, 7.0, 0.4, 0.25, 0.3)
	lead.draw(c)

	far := farSide(v)
	for i := range far {
		meetingChair(c, v, far[i].x, 6.55)
		far[i].drawBody(c)
	}
	meetingTable(c, v)
	for i := range far {
		far[i].drawArms(c)
		namePlate(c, v, far[i].x+0.02, 5.72, far[i].name)
	}
	for _, p := range nearSide(v) {
		v.ground(c, p.x, 3.6, 0.45, 0.3, 0.35)
		p.draw(c)
		meetingChair(c, v, p.x, 3.55)
	}
}

type member struct {
	figure
	x    float64
	name string
}

func farSide(v view) []member {
	seats := []struct {
		name   string
		wear   outfit
		hair   hairStyle
		glance float64
		slim   bool
		grey   bool
	}{
		{"网信办", clerk, bob, 0.45, true, false},
		{"公安局", officer, cropped, 0.35, false, false},
		{"市场监管局", inspect, cropped, 0.25, false, true},
		{"商务局", clerk, tail, 0.2, true, false},
		{"邮政局", postal, cropped, 0.15, false, false},
	}
	out := make([]member, len(seats))
	for i, s := range seats {
		x := float64(i)*1.12 - 2.45
		f := v.stand(x, 6.4, 1.7)
		f.seated = true
		f.glance, f.wear, f.hair, f.slim = s.glance, s.wear, s.hair, s.slim
		f.skin, f.mane = []color.NRGBA{skinFair, skinWarm}[i%2], hairInk
		if s.grey {
			f.mane = hairGrey
		}
		f.arms = [2]arm{{hand: pt{-0.052, 0.385}, elbow: pt{-0.118, 0.425}}, {hand: pt{0.056, 0.385}, elbow: pt{0.122, 0.425}}}
		if i == 1 || i == 3 { // taking notes
			f.nod = 0.06
			f.arms[0].hand = pt{-0.03, 0.39}
		}
		out[i] = member{f, x, s.name}
	}
	return out
}

func nearSide(v view) []member {
	var out []member
	for i, x := range []float64{-1.63, -0.34, 0.98} {
		f := v.stand(x, 3.75, 1.7)
		f.back, f.seated = true, true
		f.wear = []outfit{inspect, clerk, customs}[i]
		f.hair = []hairStyle{cropped, bun, cropped}[i]
		f.slim = i == 1
		f.glance = []float64{0.3, 0.25, 0.2}[i]
		f.skin, f.mane = []color.NRGBA{skinWarm, skinFair, skinTan}[i], []color.NRGBA{hairInk, hairWarm, hairInk}[i]
		f.arms = [2]arm{
			{hand: pt{-0.06, 0.49}, elbow: pt{-0.138, 0.465}, behind: true},
			{hand: pt{0.06, 0.49}, elbow: pt{0.138, 0.465}, behind: true},
		}
		out = append(out, member{f, x, ""})
	}
	return out
}

func meetingRoom(c *canvas, v view) {
	const back, half, high = 8.5, 4.45, 3.2
	// Floor, ceiling and walls.
	c.grade(v.floor(-half, 1, half, back, 0), v.at(0, 0, back), pt{800, c.h}, hex(0xB79F80), hex(0xCDB797))
	c.grade(v.floor(-half, 1, half, back, high), pt{800, 0}, v.at(0, high, back), hex(0xD8D3C8), hex(0xEFEBE2))
	c.grade(v.front(-half, 0, half, high, back), v.at(-half, 2, back), v.at(half, 2, back), hex(0xE9E2D5), hex(0xD9D0C0))
	c.fill(v.side(half, 0, 1, high, back), hex(0xC4B9A6))
	c.fill(v.side(-half, 0, 1, high, back), hex(0xD5CDBE))
	for _, x := range []float64{-2.6, 0, 2.6} { // lights
		for _, z := range []float64{4.6, 6.6} {
			c.fill(v.floor(x-0.75, z, x+0.75, z+0.55, high-0.01), hex(0xFFFDF6))
		}
	}
	// Wainscot and skirting.
	c.fill(v.front(-half, 0, half, 1.0, back), hex(0xBFA583))
	c.fill(v.front(-half, 1.0, half, 1.05, back), hex(0x9F8462))
	for x := -half; x <= half; x += 0.625 {
		c.stroke(line(v.at(x, 0, back), v.at(x, 1.0, back)), 1.5, alpha(umber, 0.25))
	}
	c.fill(v.side(half, 0, 1, 1.0, back), hex(0xA68C6B))
	c.fill(v.side(-half, 0, 1, 1.0, back), hex(0xB49A78))
	// A window in the left wall, a door in the right one.
	c.fill(v.side(-half, 1.15, 5, 2.75, 8.15), paper)
	c.grade(v.side(-half, 1.22, 5, 2.68, 8.05), v.at(-half, 2.7, 7), v.at(-half, 1.2, 7), hex(0xBFD3DE), hex(0xE8EFEF))
	c.stroke(line(v.at(-half, 1.2, 7.2), v.at(-half, 2.7, 7.2)), 6, paper)
	c.fill(v.side(half, 0, 6.6, 2.2, 7.6), hex(0x8F7456))
	c.fill(v.side(half, 0, 6.68, 2.13, 7.52), hex(0x9E8262))
	// Light that falls through it.
	c.fill(polygon(v.at(-half, 0.02, 8.2), v.at(-half, 0.02, 6.4), v.at(-3.2, 0.02, 5.4), v.at(-3.0, 0.02, 7.2)), alpha(hex(0xFFF6E2), 0.35))
	plant(c, v.at(-3.75, 0, 8.0), 1.75*v.scale(7.9))
}

func meetingScreen(c *canvas, v view) {
	const z = 8.45
	frame := v.front(-2.75, 1.18, 2.0, 2.98, z)
	c.lifted(frame, ink, 0, 10, 16, 0.25)
	c.grade(v.front(-2.69, 1.24, 1.94, 2.92, z), v.at(-2.7, 2.9, z), v.at(1.9, 1.2, z), hex(0x8E2A25), hex(0xB5402F))
	c.textOn(c.fonts.sans, "赣州2022网络市场监管专项行动", middle, 0.205, alpha(paper, 0.92), v.wall(-0.375, 2.63, z))
	c.textOn(c.fonts.serif, "联席会议部署会", middle, 0.46, paper, v.wall(-0.375, 2.14, z))
	c.fill(v.front(-1.0, 1.755, 0.25, 1.765, z), alpha(honey, 0.9))
	c.textOn(c.fonts.sans, "网剑行动　部门协同", middle, 0.15, alpha(honey, 0.95), v.wall(-0.375, 1.56, z))
}

func meetingTable(c *canvas, v view) {
	const x0, x1, z0, z1, y = -2.75, 2.6, 4.25, 6.12, 0.75
	c.shadow(v.floor(x0, z0-0.3, x1, z1, 0), 26, alpha(ink, 0.35))
	c.fill(v.front(x0+0.05, 0.08, x1-0.05, y-0.05, z0+0.12), hex(0x6B4B36))
	c.fill(v.front(x0, y-0.07, x1, y, z0), hex(0x7E5A40))
	c.grade(v.floor(x0, z0, x1, z1, y), v.at(0, y, z1), v.at(0, y, z0), hex(0xA77B57), hex(0x96694A))
	c.grade(v.floor(x0+0.7, z0+0.62, x1-0.7, z1-0.62, y), v.at(0, y, z1), v.at(0, y, z0), hex(0xB98D66), hex(0xA57752))
	// A row of low plants along the middle.
	for i := range 7 {
		x := -1.95 + float64(i)*0.6
		leafBowl(c, v, x, y, 5.2)
	}
	for i := range 5 {
		x := float64(i)*1.12 - 2.45
		sheet := v.floor(x-0.17, 5.84, x+0.13, 6.02, y+0.004)
		c.fill(sheet, paper)
		cup(c, v, x+0.46, y, 5.82)
	}
	for _, x := range []float64{-2.0, -0.42, 1.2} {
		c.fill(v.floor(x+0.30, 4.42, x+0.62, 4.78, y+0.004), paper)
		for k := range 4 {
			z := 4.72 - float64(k)*0.07
			c.stroke(line(v.at(x+0.34, y, z), v.at(x+0.56, y, z)), 1.6, alpha(steel, 0.5))
		}
		cup(c, v, x-0.5, y, 4.62)
	}
}

func leafBowl(c *canvas, v view, x, y, z float64) {
	k := v.scale(z)
	p := v.at(x, y, z)
	for i := range 7 {
		a := -math.Pi/2 + (float64(i)-3)*0.42
		tip := p.add(math.Cos(a)*0.23*k, math.Sin(a)*0.17*k)
		col := mix(moss, mossDeep, float64(i%3)*0.5)
		c.fill(leaf(p, tip, 0.05*k), col)
	}
}

func cup(c *canvas, v view, x, y, z float64) {
	k := v.scale(z)
	p := v.at(x, y, z)
	c.fill(ellipse(p.add(0.03*k, 0), 0.07*k, 0.02*k), alpha(ink, 0.18))
	c.fill(roundRect(p.x-0.042*k, p.y-0.10*k, 0.084*k, 0.105*k, 0.014*k), paper)
	c.fill(roundRect(p.x+0.008*k, p.y-0.10*k, 0.034*k, 0.105*k, 0.014*k), darker(paper, 0.10))
	c.fill(ellipse(p.add(0, -0.105*k), 0.046*k, 0.014*k), darker(paper, 0.05))
	c.fill(circle(p.add(0, -0.122*k), 0.012*k), darker(paper, 0.12))
}

func namePlate(c *canvas, v view, x, z float64, name string) {
	const y, w, h = 0.75, 0.50, 0.17
	plate := v.front(x-w/2, y, x+w/2, y+h, z)
	c.lifted(plate, paper, 3, 4, 5, 0.3)
	c.fill(v.front(x-w/2, y, x+w/2, y+0.022, z), red)
	size := math.Min(0.115, w*0.86/c.fonts.serif.width(name, 1))
	c.textOn(c.fonts.serif, name, middle, size, redDeep, v.wall(x, y+0.098, z))
}

func meetingChair(c *canvas, v view, x, z float64) {
	k := v.scale(z)
	top := 0.98
	if z < 5 {
		top = 0.88
	}
	back := roundRect(v.at(x-0.27, 0, z).x, v.at(0, top, z).y, 0.54*k, (top-0.42)*k, 0.09*k)
	if z < 5 { // seen from behind, with its foot
		c.fill(v.front(x-0.03, 0.05, x+0.03, 0.5, z), hex(0x2A2520))
		c.fill(v.front(x-0.30, 0.0, x+0.30, 0.06, z), hex(0x2A2520))
		c.fill(roundRect(v.at(x-0.29, 0, z).x, v.at(0, 0.50, z).y, 0.58*k, 0.12*k, 0.05*k), hex(0x3A322B))
	}
	c.grade(back, v.at(x-0.27, 0, z), v.at(x+0.27, 0, z), hex(0x574A3E), hex(0x40362E))
	inset := roundRect(v.at(x-0.22, 0, z).x, v.at(0, top-0.05, z).y, 0.44*k, (top-0.52)*k, 0.07*k)
	c.stroke(inset, 0.008*k, alpha(sand, 0.25))
}
