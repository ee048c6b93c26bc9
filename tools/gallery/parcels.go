package main

import (
	"image/color"
	"math"
	"math/rand/v2"
)

// drawParcels: parcels are opened and looked at in a sorting hall.
func drawParcels(c *canvas) {
	v := view{centre: 930, horizon: 400, focus: 1220, eye: 2.0}
	sortingHall(c, v)
	r := rand.New(rand.NewPCG(2022, 10))
	belt(c, v, 3.3, 4.4, 6.0, 24, r)
	belt(c, v, -0.25, 0.95, 5.2, 24, r)

	hand := v.stand(1.66, 6.1, 1.72)
	hand.turn, hand.glance, hand.hat = -0.85, -0.1, softCap
	hand.wear = outfit{cut: vest, top: ochre, sleeve: hex(0x5C7186), accent: paper, trousers: hex(0x3A434E), shoes: hex(0x22262B), hatCol: hex(0x5C7186)}
	hand.skin, hand.mane = skinTan, hairInk
	carton := func(c *canvas, p pt, u float64) {
		parcel(c, p.add(-0.05*u, 0.055*u), 0.20*u, 0.13*u, 0)
	}
	hand.arms = [2]arm{{hand: pt{-0.19, 0.60}, bend: 1, behind: true}, {hand: pt{-0.165, 0.585}, bend: 1, hold: carton}}
	v.ground(c, 1.66, 6.1, 0.36, 0.2, 0.4)
	hand.draw(c)

	c.textOn(c.fonts.sans, "查验区", middle, 0.46, alpha(paper, 0.75), v.table(0.72, 0, 4.28))
	cages(c, v, r)
	inspectionGroup(c, v)
}

func sortingHall(c *canvas, v view) {
	const half, high, back = 9.0, 6.4, 26.0
	c.grade(v.floor(-half, 1.5, half, back, 0), v.at(0, 0, back), pt{900, c.h}, hex(0x9DA7AC), hex(0xBDC2C1))
	c.grade(v.floor(-half, 1.5, half, back, high), pt{900, 0}, v.at(0, high, back), hex(0x55646F), hex(0x8B9AA3))
	c.fill(v.side(-half, 0, 1.5, high, back), hex(0xA9B5BC))
	c.fill(v.side(half, 0, 1.5, high, back), hex(0x98A6AE))
	c.grade(v.front(-half, 0, half, high, back), v.at(0, high, back), v.at(0, 0, back), hex(0xC9D2D6), hex(0xB3BDC2))
	for _, x := range []float64{-6, -2, 2, 6} { // doors of the docks
		c.fill(v.front(x-1.4, 0, x+1.4, 3.2, back), hex(0xE9EEEE))
		c.fill(v.front(x-1.2, 0, x+1.2, 3.0, back), hex(0xF6F4EC))
	}
	for z := 24.0; z > 5; z -= 4 { // bays: high windows, columns, trusses
		for _, s := range []float64{-1, 1} {
			c.fill(v.side(s*half, 3.6, z-3.3, 5.2, z-0.3), hex(0xDDE8EA))
			c.stroke(line(v.at(s*half, 4.4, z-3.3), v.at(s*half, 4.4, z-0.3)), 2, hex(0xA9B5BC))
		}
		k := v.scale(z)
		for _, s := range []float64{-1, 1} {
			c.fill(v.front(s*half-0.16, 0, s*half+0.16, high, z), hex(0x6F7E88))
		}
		c.stroke(line(v.at(-half, high-0.1, z), v.at(half, high-0.1, z)), 0.14*k, hex(0x66757F))
		c.stroke(line(v.at(-half, high-0.9, z), v.at(half, high-0.9, z)), 0.10*k, hex(0x66757F))
		for x := -half; x < half; x += 1.8 {
			c.stroke(line(v.at(x, high-0.9, z), v.at(x+0.9, high-0.1, z), v.at(x+1.8, high-0.9, z)), 0.06*k, hex(0x66757F))
		}
		for _, x := range []float64{-5, 0.4, 5} { // lamps
			c.fill(v.front(x-0.7, high-1.12, x+0.7, high-0.98, z-0.5), hex(0xFFFBEF))
		}
	}
	for _, x := range []float64{-0.62, 2.3} { // lanes
		c.fill(v.floor(x-0.05, 2, x+0.05, back, 0.001), alpha(ochre, 0.85))
	}
}

// belt is a conveyor that runs away from the eye.
func belt(c *canvas, v view, x0, x1, z0, z1 float64, r *rand.Rand) {
	const y = 0.86
	c.shadow(v.floor(x0-0.1, z0-0.2, x1+0.15, z1, 0), 12, alpha(ink, 0.35))
	for z := z1; z >= z0; z -= 1.6 {
		for _, x := range []float64{x0 + 0.06, x1 - 0.06} {
			c.fill(v.front(x-0.05, 0, x+0.05, y, z), hex(0x47535D))
		}
	}
	v.box(c, x0, y-0.16, z0, x1, y, z1, hex(0x37424C), hex(0x4F6C86), hex(0x43607A))
	c.fill(v.floor(x0, z0, x0+0.09, z1, y), hex(0x6886A0))
	c.fill(v.floor(x1-0.09, z0, x1, z1, y), hex(0x6886A0))
	for z := z0 + 0.35; z < z1; z += 0.5 {
		c.stroke(line(v.at(x0+0.1, y, z), v.at(x1-0.1, y, z)), math.Max(0.8, 0.012*v.scale(z)), alpha(hex(0x1F2831), 0.55))
	}
	type load struct{ z, w, h, d, shift float64 }
	var loads []load
	for z := z0 + 0.7; z < z1-1; z += 0.95 + r.Float64()*0.6 {
		loads = append(loads, load{z, 0.34 + r.Float64()*0.3, 0.18 + r.Float64()*0.26, 0.34 + r.Float64()*0.25, (r.Float64() - 0.5) * 0.3})
	}
	for i := len(loads) - 1; i >= 0; i-- {
		l := loads[i]
		m := (x0+x1)/2 + l.shift
		cardbox(c, v, m-l.w/2, y, l.z, l.w, l.h, l.d, i)
	}
}

// parcel is a taped parcel seen straight on; at is its lower middle.
func parcel(c *canvas, at pt, w, h float64, kind int) {
	col := boards[kind%4]
	c.fill(rect(at.x-w/2, at.y-h, w, h), col)
	c.fill(rect(at.x+w*0.3, at.y-h, w*0.2, h), darker(col, 0.12))
	c.fill(rect(at.x-w*0.06, at.y-h, w*0.12, h*0.35), alpha(hex(0xF1E6CF), 0.65))
	c.fill(rect(at.x-w*0.42, at.y-h*0.48, w*0.34, h*0.32), paper)
}

// cages are the wheeled ones at the left, full of parcels.
func cages(c *canvas, v view, r *rand.Rand) {
	for _, z := range []float64{11.2, 9.2, 7.2} {
		const x0, x1 = -5.6, -4.2
		d := 1.2
		c.shadow(v.floor(x0, z-0.1, x1+0.2, z+d, 0), 10, alpha(ink, 0.4))
		v.box(c, x0, 0.14, z, x1, 0.24, z+d, steel, inkSoft, inkSoft)
		y := 0.24
		for row := range 4 {
			h := 0.30 + r.Float64()*0.08
			x := x0 + 0.05
			for i := 0; x < x1-0.3; i++ {
				w := 0.40 + r.Float64()*0.16
				if x+w > x1-0.05 {
					w = x1 - 0.05 - x
				}
				cardbox(c, v, x, y, z+0.06, w-0.02, h, d-0.2, row+i+int(z))
				x += w
			}
			y += h
		}
		bar := hex(0x55636E)
		for x := x0; x <= x1+0.01; x += 0.175 {
			c.stroke(line(v.at(x, 0.2, z), v.at(x, 1.9, z)), 2.2, alpha(bar, 0.9))
		}
		for _, y := range []float64{0.24, 0.8, 1.35, 1.9} {
			c.stroke(line(v.at(x0, y, z), v.at(x1, y, z)), 3, bar)
			c.stroke(line(v.at(x1, y, z), v.at(x1, y, z+d)), 3, bar)
		}
		c.stroke(line(v.at(x1, 0.2, z), v.at(x1, 1.9, z)), 5, bar)
		c.stroke(line(v.at(x0, 0.2, z), v.at(x0, 1.9, z)), 5, bar)
		c.stroke(line(v.at(x1, 0.2, z+d), v.at(x1, 1.9, z+d)), 4, bar)
		for _, x := range []float64{x0 + 0.12, x1 - 0.12} {
			c.fill(circle(v.at(x, 0.07, z), 0.07*v.scale(z)), ink)
		}
	}
}

func inspectionGroup(c *canvas, v view) {
	// The officer behind the table opens a parcel.
	post := v.stand(-1.95, 4.85, 1.75)
	post.turn, post.glance, post.hat, post.nod = 0.3, 0.1, peakedCap, 0.05
	post.wear, post.skin, post.mane = postal, skinWarm, hairInk
	post.arms = [2]arm{{hand: pt{-0.06, 0.565}, bend: 1}, {hand: pt{0.145, 0.60}, bend: -1}}
	post.drawBody(c)
	police := v.stand(-0.86, 4.8, 1.66)
	police.turn, police.glance, police.slim, police.hair = -0.55, 0, true, tail
	police.wear, police.skin, police.mane = officer, skinFair, hairInk
	police.arms = [2]arm{{hand: pt{-0.17, 0.62}, bend: 1, behind: true}, {hand: pt{-0.13, 0.60}, bend: 1, hold: holdClipboard}}
	police.draw(c)

	const x0, x1, z0, z1, y = -3.15, -0.95, 3.75, 4.5, 0.80
	c.shadow(v.floor(x0, z0-0.1, x1+0.1, z1, 0), 18, alpha(ink, 0.45))
	for _, x := range []float64{x0 + 0.06, x1 - 0.06} {
		c.fill(v.front(x-0.04, 0, x+0.04, y, z1-0.05), hex(0x3C4852))
		c.fill(v.front(x-0.045, 0, x+0.045, y, z0+0.05), hex(0x4B5863))
	}
	c.fill(v.front(x0+0.1, 0.20, x1-0.1, 0.25, z0+0.1), hex(0x4B5863))
	v.box(c, x0, y-0.06, z0, x1, y, z1, hex(0xDCE3E5), hex(0xAEBBC3), hex(0x93A2AC))
	cardbox(c, v, -3.02, y, 3.98, 0.46, 0.30, 0.34, 1)
	cardbox(c, v, -2.96, y+0.30, 4.02, 0.34, 0.20, 0.26, 3)
	openParcel(c, v, -2.12, y, 4.0)
	// What came out of it, in a tray.
	v.box(c, -1.46, y, 3.9, -1.06, y+0.035, 4.25, hex(0x8FA3B3), hex(0x71889A), hex(0x647A8B))
	for i, x := range []float64{-1.41, -1.27, -1.17} {
		v.box(c, x, y+0.035, 4.0, x+0.085, y+0.035+[]float64{0.13, 0.09, 0.16}[i], 4.08, lighter([]color.NRGBA{red, ochre, steel}[i], 0.2), []color.NRGBA{red, ochre, steel}[i], darker([]color.NRGBA{red, ochre, steel}[i], 0.2))
	}
	post.drawArms(c)
}

// openParcel is an open carton with its flaps out and its filling in sight.
func openParcel(c *canvas, v view, x, y, z float64) {
	const w, h, d = 0.56, 0.26, 0.40
	col := boards[0]
	c.fill(v.floor(x, z, x+w, z+d, y+h), darker(col, 0.5))
	inner := v.floor(x+0.02, z+0.02, x+w-0.02, z+d-0.02, y+h)
	c.inside(inner, func() {
		for i := range 9 {
			c.fill(circle(v.at(x+0.06+float64(i%5)*0.11, y+h-0.01, z+0.08+float64(i/5)*0.17), 0.075*v.scale(z)), mix(haze, paper, float64(i%3)/2))
		}
	})
	c.fill(v.front(x, y, x+w, y+h, z), col)
	flap := lighter(col, 0.18)
	c.fill(polygon(v.at(x, y+h, z), v.at(x, y+h, z+d), v.at(x-0.17, y+h+0.05, z+d), v.at(x-0.17, y+h+0.05, z)), flap)
	c.fill(polygon(v.at(x+w, y+h, z), v.at(x+w, y+h, z+d), v.at(x+w+0.17, y+h+0.06, z+d), v.at(x+w+0.17, y+h+0.06, z)), darker(flap, 0.08))
	c.fill(polygon(v.at(x, y+h, z), v.at(x+w, y+h, z), v.at(x+w-0.02, y+h-0.15, z-0.07), v.at(x+0.02, y+h-0.15, z-0.07)), lighter(col, 0.1))
}
