package main

import (
	"image/color"
	"math"
)

// figure is a person, drawn without a face. Its measures are in body heights,
// x to the right and y up from the point between the feet.
type figure struct {
	foot   pt      // where it stands, on the sheet
	height float64 // in pixels
	turn   float64 // of the body: -1 looks left, 0 at the eye, 1 right
	glance float64 // of the head, added to turn
	nod    float64 // of the head, in radians, clockwise
	lean   float64 // of the trunk, in radians, to the right
	back   bool    // seen from behind
	slim   bool
	hip    pt     // of the trunk's lower end; standing when zero
	feet   [2]pt  // left and right on the sheet; together when both are zero
	seated bool   // facing the eye or away from it: the thighs point at the eye
	arms   [2]arm // left and right on the sheet
	wear   outfit
	hair   hairStyle
	mane   color.NRGBA // colour of the hair
	skin   color.NRGBA
	hat    hat
}

type arm struct {
	hand   pt      // where the hand is
	bend   float64 // side of the elbow: -1 or 1
	elbow  pt      // given where the arm is foreshortened, else found from bend
	behind bool    // drawn before the trunk
	hold   func(c *canvas, hand pt, u float64)
}

var (
	skinFair = hex(0xE8BE9C)
	skinWarm = hex(0xD9A882)
	skinTan  = hex(0xC18F6B)
	hairInk  = hex(0x2A2728)
	hairWarm = hex(0x43342D)
	hairGrey = hex(0xA9ABAD)
)

const (
	standing = 0.49
	upperArm = 0.158
	foreArm  = 0.138
	thigh    = 0.231
	shin     = 0.2265
)

// at maps body measures onto the sheet.
func (f *figure) at(x, y float64) pt {
	return pt{f.foot.x + x*f.height, f.foot.y - y*f.height}
}

// trunk maps a point of the upper body, x from its middle and y from the hip.
func (f *figure) trunk(x, y float64) pt {
	sin, cos := math.Sincos(f.lean)
	return f.at(f.hip.x+x*cos+y*sin, f.hip.y-x*sin+y*cos)
}

// breast maps a point on the front (or the back) of the clothes, which turns
// with the body.
func (f *figure) breast(x, y float64) pt {
	a := math.Abs(f.turn)
	shift := f.turn * 0.042
	if f.back {
		shift = -shift
	}
	return f.trunk(x*(1-0.68*a)+shift, y)
}

func (f *figure) draw(c *canvas) {
	f.drawBody(c)
	f.drawArms(c)
}

// drawBody draws all but the arms in front, which a table may part from it.
func (f *figure) drawBody(c *canvas) {
	if f.hip == (pt{}) {
		f.hip = pt{0, standing}
		if f.seated {
			f.hip.y = 0.27
		}
	}
	if f.feet == [2]pt{} {
		spread := lerp(0.058, 0.03, math.Abs(f.turn))
		f.feet = [2]pt{{-spread, 0}, {spread, 0}}
	}
	f.drawHairBehind(c)
	for i := range f.arms {
		if f.arms[i].behind {
			f.drawArm(c, i)
		}
	}
	f.drawLegs(c)
	f.drawNeck(c)
	f.drawTrunk(c)
	f.drawHead(c)
}

func (f *figure) drawArms(c *canvas) {
	for i := range f.arms {
		if !f.arms[i].behind {
			f.drawArm(c, i)
		}
	}
}

// joint finds the elbow or the knee of a limb from a to b.
func joint(a, b pt, first, second, bend float64) (pt, pt) {
	dx, dy := b.x-a.x, b.y-a.y
	d := math.Hypot(dx, dy)
	if reach := (first + second) * 0.999; d > reach {
		b = mixPt(a, b, reach/d)
		dx, dy, d = b.x-a.x, b.y-a.y, reach
	}
	along := (first*first - second*second + d*d) / (2 * d)
	off := math.Sqrt(math.Max(first*first-along*along, 0)) * bend
	return pt{a.x + dx/d*along - dy/d*off, a.y + dy/d*along + dx/d*off}, b
}

// outline is the trunk's contour down to the hem.
func (f *figure) outline() path {
	heights := []float64{0.352, 0.338, 0.302, 0.225, 0.115, 0, f.wear.hem()}
	front := []float64{0.030, 0.062, 0.108, 0.101, 0.087, 0.089, 0.091}
	if f.slim {
		front = []float64{0.027, 0.055, 0.095, 0.086, 0.070, 0.086, 0.090}
	}
	chest := []float64{0.026, 0.036, 0.050, 0.066, 0.060, 0.062, 0.064}
	spine := []float64{0.030, 0.046, 0.062, 0.068, 0.054, 0.066, 0.068}
	if flare := f.wear.flare(); flare > 0 {
		for _, w := range [][]float64{front, chest, spine} {
			w[6] += flare
		}
	}
	a := math.Abs(f.turn)
	lhs, rhs := spine, chest
	if f.turn < 0 {
		lhs, rhs = chest, spine
	}
	n := len(heights)
	points := make([]pt, 2*n)
	for i, y := range heights {
		points[n-1-i] = f.trunk(-lerp(front[i], lhs[i], a), y)
		points[n+i] = f.trunk(lerp(front[i], rhs[i], a), y)
	}
	return smooth(points...).closed()
}

func (f *figure) drawLegs(c *canvas) {
	a := math.Abs(f.turn)
	order := [2]int{1, 0}
	if f.turn < 0 {
		order = [2]int{0, 1}
	}
	for k, i := range order {
		side := float64(i*2 - 1)
		from := pt{f.hip.x + side*lerp(0.041, 0.012, a), f.hip.y}
		knee, foot := joint(from, f.feet[i].add(0, 0.035), thigh, shin, math.Copysign(1, f.turn))
		if f.seated {
			knee, foot = from.add(side*0.018, -0.02), f.feet[i].add(0, 0.035)
		}
		col := f.wear.trousers
		if (a > 0.4 && k == 0) || (a <= 0.4 && i == 1) {
			col = darker(col, 0.16)
		}
		f.drawShoe(c, foot, i)
		u := f.height
		h, kn, ft := f.at(from.x, from.y), f.at(knee.x, knee.y), f.at(foot.x, foot.y)
		if f.wear.bareLegs {
			c.fill(taper(kn, ft, 0.033*u, 0.021*u), darker(f.skin, 0.06))
			c.fill(taper(h, kn, 0.050*u, 0.034*u), darker(f.skin, 0.06))
			continue
		}
		c.fill(taper(h, kn, 0.053*u, 0.043*u), col)
		c.fill(taper(kn, ft, 0.044*u, 0.035*u), col)
	}
}

func (f *figure) drawShoe(c *canvas, ankle pt, i int) {
	u := f.height
	p := f.at(ankle.x, ankle.y-0.035)
	toe := f.turn
	if math.Abs(toe) < 0.2 {
		toe = float64(i*2-1) * 0.25
	}
	long := lerp(0.034, 0.082, math.Abs(toe)) * u
	dir := math.Copysign(1, toe)
	heel := 0.036 * u
	c.fill(smooth(
		p.add(-dir*heel, 0), p.add(-dir*heel, -0.026*u), p.add(0, -0.042*u),
		p.add(dir*long*0.6, -0.027*u), p.add(dir*long, -0.012*u), p.add(dir*long, 0),
	).closed(), f.wear.shoes)
}

func (f *figure) drawTrunk(c *canvas) {
	body := f.outline()
	c.fill(body, f.wear.top)
	c.inside(body, func() {
		f.drawClothes(c)
		// The light comes from the upper left.
		lo, hi := body.bounds()
		x := lerp(lo.x, hi.x, 0.66)
		c.fill(smooth(
			pt{x + 0.01*f.height, lo.y}, pt{x - 0.012*f.height, lerp(lo.y, hi.y, 0.35)},
			pt{x + 0.008*f.height, lerp(lo.y, hi.y, 0.7)}, pt{x - 0.01*f.height, hi.y},
		).with(line(pt{hi.x, hi.y}, pt{hi.x, lo.y})).joined(), alpha(ink, 0.13))
	})
}

func (f *figure) drawArm(c *canvas, i int) {
	a := f.arms[i]
	if a.hand == (pt{}) {
		return
	}
	u := f.height
	side := float64(i*2 - 1)
	t := math.Abs(f.turn)
	wide := 0.091
	if f.slim {
		wide = 0.079
	}
	sh := f.trunk(side*lerp(wide, 0.012, t), 0.278)
	shoulder := pt{(sh.x - f.foot.x) / u, (f.foot.y - sh.y) / u}
	elbow, wrist := joint(shoulder, a.hand, upperArm, foreArm, a.bend)
	if a.elbow != (pt{}) {
		elbow, wrist = a.elbow, a.hand
	}
	s, e, w := sh, f.at(elbow.x, elbow.y), f.at(wrist.x, wrist.y)

	sleeve := f.wear.sleeve
	if sleeve.A == 0 {
		sleeve = f.wear.top
	}
	if a.behind {
		sleeve = darker(sleeve, 0.2)
	} else if i == 1 && t < 0.5 {
		sleeve = darker(sleeve, 0.07)
	}
	if !a.behind { // a narrow shade that parts the arm from the trunk
		c.inside(f.outline(), func() {
			d := 0.007 * u
			shade := darker(f.wear.top, 0.3)
			c.fill(taper(s.add(d, d), e.add(d, d), 0.038*u, 0.032*u), shade)
			c.fill(taper(e.add(d, d), w.add(d, d), 0.032*u, 0.024*u), shade)
		})
	}
	if a.hold != nil {
		a.hold(c, w, u)
	}
	hand := mixPt(e, w, 1.13)
	angle := math.Atan2(w.y-e.y, w.x-e.x)
	c.fill(ellipse(hand, 0.027*u, 0.0185*u).rotated(hand, angle), f.skin)
	if f.wear.short {
		mid := mixPt(s, e, 0.72)
		c.fill(taper(s, e, 0.030*u, 0.026*u), f.skin)
		c.fill(taper(e, w, 0.026*u, 0.019*u), f.skin)
		c.fill(taper(s, mid, 0.039*u, 0.038*u), sleeve)
		return
	}
	c.fill(taper(e, mixPt(e, w, 1.02), 0.029*u, 0.0215*u), darker(sleeve, 0.22))
	c.fill(taper(s, e, 0.037*u, 0.030*u), sleeve)
	c.fill(taper(e, mixPt(e, w, 0.94), 0.030*u, 0.0225*u), sleeve)
}
