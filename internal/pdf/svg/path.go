package svg

import (
	"fmt"
	"math"
	"strings"

	"wangjian/internal/pdf/typeset"
)

// ring is one stretch of an outline, its curves flattened.
type ring struct {
	points []typeset.Point
	closed bool
}

// chord is how long the pieces of a flattened curve are, in pixels at the most.
const chord = 1.5

// outline gives the corners of a shape where a map puts them.
func outline(e *element, m matrix) ([]ring, error) {
	switch e.name {
	case "path":
		return pathRings(e.attributes["d"], m)
	case "rect":
		v, err := e.all("x", "y", "width", "height", "rx", "ry")
		if err != nil || v[2] <= 0 || v[3] <= 0 {
			return nil, err
		}
		if v[4] > 0 || v[5] > 0 {
			return rounded(v, m), nil
		}
		return []ring{closedRing(m, v[0], v[1], v[0]+v[2], v[1], v[0]+v[2], v[1]+v[3], v[0], v[1]+v[3])}, nil
	case "circle", "ellipse":
		v, err := e.all("cx", "cy", "r", "rx", "ry")
		if err != nil {
			return nil, err
		}
		rx, ry := v[2]+v[3], v[2]+v[4]
		if rx <= 0 || ry <= 0 {
			return nil, nil
		}
		p := &pen{matrix: m}
		p.move(v[0]+rx, v[1])
		p.turn(v[0], v[1], rx, ry, 0, 0, 2*math.Pi)
		p.close()
		return p.rings, nil
	case "line":
		v, err := e.all("x1", "y1", "x2", "y2")
		if err != nil {
			return nil, err
		}
		r := closedRing(m, v...)
		r.closed = false
		return []ring{r}, nil
	case "polyline", "polygon":
		v, err := numbers(e.attributes["points"])
		if err != nil || len(v)%2 != 0 {
			return nil, fmt.Errorf("points=“%s”读不懂", e.attributes["points"])
		}
		if len(v) < 4 {
			return nil, nil
		}
		r := closedRing(m, v...)
		r.closed = e.name == "polygon"
		return []ring{r}, nil
	}
	return nil, fmt.Errorf("不认识的元素 <%s>", e.name)
}

func closedRing(m matrix, coordinates ...float64) ring {
	r := ring{closed: true}
	for i := 0; i+1 < len(coordinates); i += 2 {
		r.points = append(r.points, m.at(typeset.Point{X: coordinates[i], Y: coordinates[i+1]}))
	}
	return r
}

// rounded gives a rectangle with round corners.
func rounded(v []float64, m matrix) []ring {
	x, y, w, h, rx, ry := v[0], v[1], v[2], v[3], v[4], v[5]
	if rx == 0 {
		rx = ry
	}
	if ry == 0 {
		ry = rx
	}
	rx, ry = min(rx, w/2), min(ry, h/2)
	p := &pen{matrix: m}
	p.move(x+rx, y)
	p.line(x+w-rx, y)
	p.turn(x+w-rx, y+ry, rx, ry, 0, -math.Pi/2, math.Pi/2)
	p.line(x+w, y+h-ry)
	p.turn(x+w-rx, y+h-ry, rx, ry, 0, 0, math.Pi/2)
	p.line(x+rx, y+h)
	p.turn(x+rx, y+h-ry, rx, ry, 0, math.Pi/2, math.Pi/2)
	p.line(x, y+ry)
	p.turn(x+rx, y+ry, rx, ry, 0, math.Pi, math.Pi/2)
	p.close()
	return p.rings
}

// pen follows a path.
type pen struct {
	matrix         matrix
	rings          []ring
	x, y           float64 // where it is
	startX, startY float64
	lifted         bool // the next line starts a ring
}

func (p *pen) move(x, y float64) {
	p.x, p.y, p.startX, p.startY, p.lifted = x, y, x, y, true
}

func (p *pen) line(x, y float64) {
	if p.lifted {
		p.rings = append(p.rings, ring{points: []typeset.Point{p.matrix.at(typeset.Point{X: p.x, Y: p.y})}})
		p.lifted = false
	}
	p.x, p.y = x, y
	last := &p.rings[len(p.rings)-1]
	last.points = append(last.points, p.matrix.at(typeset.Point{X: x, Y: y}))
}

func (p *pen) close() {
	if n := len(p.rings); n > 0 && !p.lifted {
		p.rings[n-1].closed = true
	}
	p.move(p.startX, p.startY)
}

// pieces tells how many chords a curve of a length is cut into.
func (p *pen) pieces(length float64) int {
	const tie = 1e-6
	return int(max(4, min(96, math.Ceil(length*p.matrix.size()/chord-tie))))
}

// curve draws a cubic curve.
func (p *pen) curve(x1, y1, x2, y2, x3, y3 float64) {
	x0, y0 := p.x, p.y
	n := p.pieces(math.Hypot(x1-x0, y1-y0) + math.Hypot(x2-x1, y2-y1) + math.Hypot(x3-x2, y3-y2))
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		p.line(a*x0+b*x1+c*x2+d*x3, a*y0+b*y1+c*y2+d*y3)
	}
	p.line(x3, y3)
}

// turn draws a part of an ellipse about cx, cy, whose axes are turned by tilt.
func (p *pen) turn(cx, cy, rx, ry, tilt, from, by float64) {
	sin, cos := math.Sincos(tilt)
	n := p.pieces(math.Abs(by) * max(rx, ry))
	for i := 1; i <= n; i++ {
		s, c := math.Sincos(from + by*float64(i)/float64(n))
		p.line(cx+cos*rx*c-sin*ry*s, cy+sin*rx*c+cos*ry*s)
	}
}

// arc draws the arc of an ellipse to a point as SVG tells it (SVG 1.1, F.6).
func (p *pen) arc(rx, ry, degrees float64, large, sweep bool, x, y float64) {
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 || p.x == x && p.y == y {
		p.line(x, y)
		return
	}
	tilt := degrees * math.Pi / 180
	sin, cos := math.Sincos(tilt)
	dx, dy := (p.x-x)/2, (p.y-y)/2
	u, v := (cos*dx+sin*dy)/rx, (cos*dy-sin*dx)/ry // on a circle of radius 1
	if far := math.Hypot(u, v); far > 1 {
		rx, ry, u, v = rx*far, ry*far, u/far, v/far
	}
	k := math.Sqrt(max(0, 1/(u*u+v*v)-1))
	if large == sweep {
		k = -k
	}
	cu, cv := k*v, -k*u // the circle's middle
	from := math.Atan2(v-cv, u-cu)
	by := math.Atan2(-v-cv, -u-cu) - from
	switch {
	case sweep && by < 0:
		by += 2 * math.Pi
	case !sweep && by > 0:
		by -= 2 * math.Pi
	}
	cx, cy := cos*rx*cu-sin*ry*cv+(p.x+x)/2, sin*rx*cu+cos*ry*cv+(p.y+y)/2
	p.turn(cx, cy, rx, ry, tilt, from, by)
}

// arguments tells how many numbers a command takes.
var arguments = map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'A': 7, 'Z': 0}

// pathRings follows the commands of a path.
func pathRings(d string, m matrix) ([]ring, error) {
	p := &pen{matrix: m, lifted: true}
	var command byte
	for rest := d; ; {
		rest = strings.TrimLeft(rest, " ,\t\n\r")
		if rest == "" {
			return p.rings, nil
		}
		if c := rest[0]; c >= 'A' {
			command, rest = c, rest[1:]
		} else if command == 0 || command&^0x20 == 'Z' {
			return nil, fmt.Errorf("路径“%s”缺少命令", d)
		}
		count, ok := arguments[command&^0x20]
		if !ok {
			return nil, fmt.Errorf("路径里有不认识的命令 %c", command)
		}
		args := make([]float64, count)
		for i := range args {
			if args[i], rest, ok = leading(rest, count == 7 && (i == 3 || i == 4)); !ok {
				return nil, fmt.Errorf("路径命令 %c 缺少数值", command)
			}
		}
		p.follow(command, args)
		switch command { // more points after a move are lines
		case 'M':
			command = 'L'
		case 'm':
			command = 'l'
		}
	}
}

func (p *pen) follow(command byte, v []float64) {
	var dx, dy float64
	if command >= 'a' {
		dx, dy = p.x, p.y
	}
	switch command &^ 0x20 {
	case 'M':
		p.move(v[0]+dx, v[1]+dy)
	case 'L':
		p.line(v[0]+dx, v[1]+dy)
	case 'H':
		p.line(v[0]+dx, p.y)
	case 'V':
		p.line(p.x, v[0]+dy)
	case 'C':
		p.curve(v[0]+dx, v[1]+dy, v[2]+dx, v[3]+dy, v[4]+dx, v[5]+dy)
	case 'A':
		p.arc(v[0], v[1], v[2], v[3] != 0, v[4] != 0, v[5]+dx, v[6]+dy)
	case 'Z':
		p.close()
	}
}

// leading takes a number, or a flag of one digit, off the front of a text.
func leading(text string, flag bool) (v float64, rest string, ok bool) {
	text = strings.TrimLeft(text, " ,\t\n\r")
	end, point, power := 0, false, false
scan:
	for ; end < len(text); end++ {
		switch c := text[end]; {
		case c >= '0' && c <= '9':
			if flag {
				end++
				break scan
			}
		case c == '.' && !point && !power:
			point = true
		case (c == 'e' || c == 'E') && end > 0 && !power:
			power = true
		case (c == '-' || c == '+') && (end == 0 || text[end-1] == 'e' || text[end-1] == 'E'):
		default:
			break scan
		}
	}
	v, err := plain(text[:end])
	return v, text[end:], err == nil
}
