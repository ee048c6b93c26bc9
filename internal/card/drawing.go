package card

import (
	"fmt"
	"strconv"

	"wangjian/internal/chart"
)

// drawingScale is how many dots a px of a drawing has.
const drawingScale = 2

// Drawing paints a drawing as PNG.
func (p *Painter) Drawing(d *chart.Drawing) ([]byte, error) {
	said := fmt.Sprintf("%d %d %#v", d.Width, d.Height, d.Marks)
	f, err := p.fonts()
	if err != nil {
		return nil, fmt.Errorf("画图：%w", err)
	}
	return p.cached(f, "drawing", said, func() ([]byte, error) {
		c := newCanvas(d.Width*drawingScale, d.Height*drawingScale, f)
		c.box(0, 0, d.Width*drawingScale, d.Height*drawingScale, white)
		for _, m := range d.Marks {
			c.mark(m)
		}
		picture, err := c.encode()
		if err != nil {
			return nil, fmt.Errorf("画图：%w", err)
		}
		return picture, nil
	})
}

// dots turns a length to dots.
func dots(l chart.Length) int {
	n := 2*int(l)*drawingScale + int(chart.Px)
	return n / (2 * int(chart.Px))
}

func colourOf(text string) colour {
	n, _ := strconv.ParseUint(text[1:], 16, 32)
	return colour(n)
}

func (c *canvas) mark(m chart.Mark) {
	switch m := m.(type) {
	case chart.Box:
		x, y := dots(m.X), dots(m.Y)
		c.box(x, y, dots(m.X+m.W)-x, dots(m.Y+m.H)-y, colourOf(m.Color))
	case chart.Line:
		c.line(m)
	case chart.Dot:
		r := chart.Length(m.Radius) * chart.Px
		c.shape(chart.Round(m.At, r), colourOf(m.Color))
		if m.Ring {
			c.shape(chart.Round(m.At, r-chart.RingWidth*chart.Px), white)
		}
	case chart.Shape:
		c.shape(m.Points, colourOf(m.Color))
	case chart.Label:
		c.label(m)
	}
}

// line paints a line as the band that it is.
func (c *canvas) line(l chart.Line) {
	half := chart.Length(l.Width) * chart.Px / 2
	dx, dy := chart.Length(0), half
	if abs(int(l.To.Y-l.From.Y)) > abs(int(l.To.X-l.From.X)) {
		dx, dy = half, 0
	}
	at := func(p chart.Place, sign chart.Length) chart.Place {
		return chart.Place{X: p.X + sign*dx, Y: p.Y + sign*dy}
	}
	c.shape([]chart.Place{at(l.From, -1), at(l.To, -1), at(l.To, 1), at(l.From, 1)}, colourOf(l.Color))
}

// samples is how many lines and columns of a dot are looked at for a shape.
const samples = 4

// shape fills a polygon, each dot as far as it lies in it.
func (c *canvas) shape(points []chart.Place, fill colour) {
	left, top := points[0].X, points[0].Y
	right, bottom := left, top
	for _, p := range points {
		left, right = min(left, p.X), max(right, p.X)
		top, bottom = min(top, p.Y), max(bottom, p.Y)
	}
	step := chart.Px / drawingScale
	for y := dots(top) - 1; y <= dots(bottom); y++ {
		for x := dots(left) - 1; x <= dots(right); x++ {
			covered := 0
			for n := range samples * samples {
				at := chart.Place{
					X: chart.Length(x)*step + chart.Length(2*(n%samples)+1)*step/(2*samples),
					Y: chart.Length(y)*step + chart.Length(2*(n/samples)+1)*step/(2*samples),
				}
				if within(points, at) {
					covered++
				}
			}
			if covered > 0 {
				c.dot(x, y, covered*(shades-1)/(samples*samples), fill)
			}
		}
	}
}

// within reports whether a point lies in a polygon: an odd number of sides pass
// to its left.
func within(points []chart.Place, at chart.Place) bool {
	inside := false
	for n, to := range points {
		from := points[(n+len(points)-1)%len(points)]
		if (from.Y > at.Y) == (to.Y > at.Y) {
			continue
		}
		side := int(at.X-from.X)*int(to.Y-from.Y) - int(at.Y-from.Y)*int(to.X-from.X)
		if (side > 0) == (to.Y > from.Y) && side != 0 {
			inside = !inside
		}
	}
	return inside
}

// dot paints one dot in a shade between what is there and a colour.
func (c *canvas) dot(x, y, shade int, fill colour) {
	b := c.image.Rect
	if x < 0 || y < 0 || x >= b.Dx() || y >= b.Dy() || shade == 0 {
		return
	}
	at := c.image.PixOffset(x, y)
	if shade == shades-1 {
		c.image.Pix[at] = c.ramp(fill, fill)
		return
	}
	ground := c.ground(x, y)
	c.image.Pix[at] = c.ramp(ground, fill) + uint8(shade)
}

// ground is the colour of a dot; of a shade that of its ground.
func (c *canvas) ground(x, y int) colour {
	at := c.image.Pix[c.image.PixOffset(min(max(x, 0), c.image.Rect.Dx()-1), min(max(y, 0), c.image.Rect.Dy()-1))]
	return c.grounds[at]
}

func (c *canvas) label(l chart.Label) {
	s := style{size: l.Size * drawingScale, letters: colourOf(l.Color)}
	x, y := dots(l.At.X), dots(l.At.Y)
	wide := c.width(l.Text, s)
	switch l.Align {
	case chart.Middle:
		x -= wide / 2
	case chart.End:
		x -= wide
	}
	s.ground = c.ground(x+wide/2, y)
	c.text(x, y+s.size*37/100, l.Text, s)
}

func abs(n int) int { return max(n, -n) }
