package main

import (
	"image/color"
	"math"
	"math/rand/v2"
)

// drawMonitoring: the night's round before the wall of screens.
func drawMonitoring(c *canvas) {
	v := view{centre: 760, horizon: 395, focus: 1300, eye: 2.35}
	const wall = 9.0
	c.fill(rect(0, 0, c.w, c.h), hex(0x16202C))
	c.fill(v.floor(-7, 1, 7, wall, 0), hex(0x1C2937))
	c.fill(v.floor(-7, 1, 7, wall, 4.2), hex(0x131B25))
	for _, z := range []float64{5, 6.6, 8.2} { // strips of light in the ceiling
		c.fill(v.floor(-5.2, z, 5.2, z+0.10, 4.19), hex(0x4B6478))
	}
	for _, s := range []float64{-1, 1} {
		c.fill(v.side(s*5.6, 0, 1, 4.2, wall), hex(0x1A2532))
		for z := 4.5; z < wall; z += 0.9 {
			c.stroke(line(v.at(s*5.6, 0, z), v.at(s*5.6, 4.2, z)), 2, hex(0x24323F))
		}
	}
	c.fill(v.front(-5.6, 0, 5.6, 4.2, wall), hex(0x1E2B39))
	screenWall(c, v, wall-0.05)
	// Its light on the floor.
	c.fill(polygon(v.at(-4.6, 0, wall), v.at(4.6, 0, wall), v.at(5.2, 0, 6.8), v.at(-5.2, 0, 6.8)), alpha(hex(0x5E86A0), 0.16))

	deskRow(c, v, 6.6, []float64{-3.35, -1.75, -0.15, 1.45, 3.05}, 3, 0)
	deskRow(c, v, 4.4, []float64{-2.05, -0.65}, 2, 5)

	v.ground(c, 1.22, 5.0, 0.4, 0.2, 0.6)
	v.ground(c, 2.2, 4.8, 0.4, 0.2, 0.6)
	chief := v.stand(1.22, 5.0, 1.75)
	chief.back, chief.turn, chief.glance = true, -0.25, -0.05
	chief.wear = inspect
	chief.wear.top, chief.wear.trousers = hex(0x55738F), hex(0x33475A)
	chief.skin, chief.mane = skinWarm, hairInk
	chief.arms = [2]arm{
		{hand: pt{-0.26, 0.80}, bend: 1, behind: true},
		{hand: pt{0.135, 0.47}, bend: -1},
	}
	chief.draw(c)
	second := v.stand(2.2, 4.8, 1.66)
	second.turn, second.glance, second.slim, second.hair = -0.8, 0.1, true, tail
	second.wear, second.skin, second.mane = chief.wear, skinFair, hairInk
	second.arms = [2]arm{
		{hand: pt{-0.16, 0.62}, bend: 1, behind: true},
		{hand: pt{-0.15, 0.58}, bend: 1, hold: holdTablet},
	}
	second.draw(c)
}

// screenWall is the big picture: no figures on it, for there are none yet.
func screenWall(c *canvas, v view, z float64) {
	const x0, x1, y0, y1 = -4.75, 4.75, 1.02, 3.78
	c.shadow(v.front(x0, y0, x1, y1, z), 46, alpha(hex(0x6E9CB8), 0.55))
	c.fill(v.front(x0-0.06, y0-0.06, x1+0.06, y1+0.06, z), hex(0x0C1219))
	c.grade(v.front(x0, y0, x1, y1, z), v.at(x0, y1, z), v.at(x1, y0, z), hex(0x18324A), hex(0x122637))
	// The joints of the panes.
	for i := 1; i < 6; i++ {
		x := lerp(x0, x1, float64(i)/6)
		c.stroke(line(v.at(x, y0, z), v.at(x, y1, z)), 1.2, alpha(hex(0x0C1219), 0.6))
	}
	c.stroke(line(v.at(x0, 2.4, z), v.at(x1, 2.4, z)), 1.2, alpha(hex(0x0C1219), 0.6))
	glow, dim := hex(0x9CC3DA), hex(0x3F6480)
	c.textOn(c.fonts.sans, "网络交易监测中心", middle, 0.235, hex(0xE6F0F5), v.wall(0, 3.56, z))
	c.fill(v.front(-4.5, 3.36, 4.5, 3.37, z), dim)

	// Left: what is looked for.
	panel := func(x, y, w, h float64, title string) {
		c.fill(v.front(x, y, x+w, y+h, z), alpha(hex(0x0E1C29), 0.55))
		c.fill(v.front(x, y+h-0.20, x+0.05, y+h-0.06, z), ochre)
		c.textOn(c.fonts.sans, title, left, 0.125, glow, v.wall(x+0.11, y+h-0.13, z))
	}
	panel(-4.55, 2.28, 2.05, 0.98, "关键词巡查")
	for i, w := range []float64{1.15, 0.95, 1.30, 0.62} {
		y := 2.88 - float64(i)*0.16
		c.fill(v.front(-4.42, y, -4.12, y+0.07, z), alpha(glow, 0.45))
		c.fill(v.front(-4.0, y, -2.65, y+0.07, z), alpha(dim, 0.4))
		c.fill(v.front(-4.0, y, -4.0+w, y+0.07, z), []color.NRGBA{glow, glow, redSoft, glow}[i])
	}
	panel(-4.55, 1.14, 2.05, 1.04, "监测趋势")
	rise := []float64{0.12, 0.20, 0.16, 0.34, 0.30, 0.46, 0.38, 0.55, 0.50}
	var points []pt
	for i, r := range rise {
		points = append(points, v.at(-4.38+float64(i)*0.215, 1.26+r, z))
	}
	area := smooth(points...).with(line(v.at(-2.66, 1.26, z), v.at(-4.38, 1.26, z))).joined()
	c.fill(area, alpha(glow, 0.18))
	c.stroke(smooth(points...), 3, glow)
	c.fill(circle(points[len(points)-2], 5), ochre)

	network(c, v, z)

	// Right: listings to be looked at, and where clues go.
	panel(2.5, 2.28, 2.05, 0.98, "商品信息复核")
	for i := range 8 {
		x, y := 2.62+float64(i%4)*0.47, 2.70-float64(i/4)*0.34
		c.fill(v.front(x, y, x+0.40, y+0.28, z), alpha(dim, 0.75))
		c.fill(v.front(x+0.05, y+0.10, x+0.20, y+0.24, z), alpha(glow, 0.6))
		c.fill(v.front(x+0.05, y+0.04, x+0.34, y+0.065, z), alpha(glow, 0.35))
		if i == 2 || i == 5 {
			c.stroke(v.front(x, y, x+0.40, y+0.28, z), 3, redSoft)
			c.fill(circle(v.at(x+0.36, y+0.25, z), 6), redSoft)
		}
	}
	panel(2.5, 1.14, 2.05, 1.04, "线索移交")
	for i, name := range []string{"市场监管", "公安", "网信", "邮政"} {
		y := 1.78 - float64(i)*0.165
		c.textOn(c.fonts.sans, name, left, 0.10, hex(0xC9DCE6), v.wall(2.64, y, z))
		c.fill(v.front(3.22, y-0.03, 4.42, y+0.03, z), alpha(dim, 0.45))
		c.fill(v.front(3.22, y-0.03, 3.22+[]float64{1.0, 0.7, 0.55, 0.4}[i], y+0.03, z), alpha(ochre, 0.9))
	}
}

// network is the middle of the wall: shops, platforms and the threads between
// them, two of them suspicious.
func network(c *canvas, v view, z float64) {
	r := rand.New(rand.NewPCG(2022, 9))
	mid := pt{0, 2.25}
	var hubs []pt
	for i := range 5 {
		a := float64(i)*2*math.Pi/5 + 0.5
		hubs = append(hubs, pt{mid.x + math.Cos(a)*1.15, mid.y + math.Sin(a)*0.62})
	}
	glow := hex(0x9CC3DA)
	for _, k := range []float64{0.45, 0.75, 1.05} {
		p := v.at(mid.x, mid.y, z)
		c.stroke(ellipse(p, 1.85*k*v.scale(z), 1.0*k*v.scale(z)), 1.5, alpha(glow, 0.16))
	}
	on := func(p pt) pt { return v.at(p.x, p.y, z) }
	for i, h := range hubs {
		c.stroke(line(on(mid), on(h)), 2.5, alpha(glow, 0.55))
		for k := range 7 {
			a := float64(k)*2*math.Pi/7 + r.Float64()*0.5
			d := 0.30 + r.Float64()*0.16
			leafAt := pt{h.x + math.Cos(a)*d*1.15, h.y + math.Sin(a)*d*0.8}
			col := alpha(glow, 0.75)
			if i == 1 && k < 3 || i == 3 && k == 4 {
				col = redSoft
			}
			c.stroke(line(on(h), on(leafAt)), 1.5, alpha(col, 0.5))
			c.fill(circle(on(leafAt), 4.5), col)
		}
	}
	for i, h := range hubs {
		col := glow
		if i == 1 {
			col = redSoft
			c.fill(circle(on(h), 26), alpha(redSoft, 0.22))
		}
		c.fill(circle(on(h), 13), hex(0x142838))
		c.stroke(circle(on(h), 13), 3, col)
		c.fill(circle(on(h), 5), col)
	}
	c.fill(circle(on(mid), 24), hex(0x142838))
	c.stroke(circle(on(mid), 24), 3.5, ochre)
	c.fill(circle(on(mid), 9), ochre)
}

func deskRow(c *canvas, v view, z float64, seats []float64, staffed, seed int) {
	x0, x1 := seats[0]-0.8, seats[len(seats)-1]+0.8
	const y = 0.74
	c.shadow(v.floor(x0, z-0.5, x1, z+0.9, 0), 18, alpha(hex(0x05080C), 0.6))
	v.box(c, x0, 0, z+0.15, x1, y, z+0.95, hex(0x34475A), hex(0x22303E), hex(0x1D2935))
	c.fill(v.front(x0, y-0.04, x1, y, z+0.15), hex(0x46596B))
	for i, x := range seats {
		for k, dx := range []float64{-0.34, 0.34} {
			monitor(c, v, x+dx, y, z+0.75, (i+k+seed)%3)
		}
		c.fill(v.floor(x-0.25, z+0.25, x+0.25, z+0.42, y+0.01), hex(0x1B2733))
	}
	for i, x := range seats {
		if i < staffed {
			watcher(v, x, z-0.12, i+seed).draw(c)
		}
		k := v.scale(z - 0.3)
		chair := roundRect(v.at(x-0.25, 0, z-0.3).x, v.at(0, 0.92, z-0.3).y, 0.5*k, 0.46*k, 0.10*k)
		c.fill(chair, hex(0x111A23))
		c.stroke(roundRect(v.at(x-0.20, 0, z-0.3).x, v.at(0, 0.87, z-0.3).y, 0.40*k, 0.36*k, 0.08*k), 2, hex(0x263646))
		c.fill(v.front(x-0.03, 0.06, x+0.03, 0.46, z-0.3), hex(0x0E151D))
		c.fill(v.front(x-0.28, 0.0, x+0.28, 0.05, z-0.3), hex(0x0E151D))
	}
}

// watcher is one of those at the desks, seen from behind.
func watcher(v view, x, z float64, i int) *figure {
	f := v.stand(x, z, 1.68)
	f.back, f.seated = true, true
	f.slim = i%2 == 0
	f.hair = []hairStyle{bun, cropped, tail, cropped, bob}[i%5]
	f.glance = []float64{0.2, -0.1, 0.15, -0.2, -0.1}[i%5]
	tops := []color.NRGBA{hex(0x55708A), hex(0x8FA5B5), hex(0x6C8095), hex(0x4A637B), hex(0x9A8466)}
	f.wear = outfit{cut: plain, top: tops[i%5], trousers: ink, shoes: ink}
	f.skin, f.mane = skinWarm, hex(0x11161C)
	f.arms = [2]arm{
		{hand: pt{-0.06, 0.49}, elbow: pt{-0.132, 0.465}, behind: true},
		{hand: pt{0.06, 0.49}, elbow: pt{0.132, 0.465}, behind: true},
	}
	return &f
}

func monitor(c *canvas, v view, x, y, z float64, kind int) {
	c.fill(v.front(x-0.02, y, x+0.02, y+0.15, z), hex(0x0E151D))
	c.fill(v.front(x-0.31, y+0.10, x+0.31, y+0.50, z), hex(0x0E151D))
	glass := v.front(x-0.29, y+0.12, x+0.29, y+0.48, z)
	c.grade(glass, v.at(x, y+0.5, z), v.at(x, y+0.1, z), hex(0x3C6683), hex(0x2A4B63))
	pale := alpha(hex(0xD6E6EE), 0.75)
	switch kind {
	case 0:
		for i := range 4 {
			h := []float64{0.08, 0.17, 0.12, 0.22}[i]
			bx := x - 0.20 + float64(i)*0.11
			c.fill(v.front(bx, y+0.17, bx+0.06, y+0.17+h, z), pale)
		}
	case 1:
		for i := range 5 {
			ly := y + 0.42 - float64(i)*0.06
			c.fill(v.front(x-0.23, ly, x-0.23+[]float64{0.40, 0.30, 0.44, 0.22, 0.36}[i], ly+0.02, z), pale)
		}
	case 2:
		for i := range 6 {
			bx, by := x-0.24+float64(i%3)*0.17, y+0.31-float64(i/3)*0.15
			col := pale
			if i == 4 {
				col = redSoft
			}
			c.fill(v.front(bx, by, bx+0.13, by+0.12, z), col)
		}
	}
}
