package svg

import (
	"fmt"
	"math"

	"wangjian/internal/pdf/typeset"
)

// stroke draws the line around a shape. How its corners are joined is left to
// the PDF, which does it as SVG does by default.
func (r *reader) stroke(e *element, s scene, rings []ring) error {
	ink, err := e.ink("stroke", "none", "stroke-opacity", s.opacity)
	if err != nil {
		return err
	}
	v, err := e.number("stroke-width", 1)
	if err != nil {
		return err
	}
	width := snap(v * s.matrix.size())
	if ink.cover == 0 || width <= 0 {
		return nil
	}
	dashes, err := dashesOf(e, s.matrix.size())
	if err != nil {
		return err
	}
	for _, g := range rings {
		line := g.points
		if len(line) < 2 {
			continue
		}
		if g.closed {
			if b := boundsOf(line); len(dashes.lengths) == 0 && b.and(s.clip) == b {
				r.out.Marks = append(r.out.Marks, typeset.Trace{Points: line, Closed: true, Width: width, Color: ink.onPaper()})
				continue
			}
			line = append(line[:len(line):len(line)], line[0])
		}
		for _, dash := range dashes.cut(line) {
			dash, err := r.cap(e, dash, g.closed, width, s.clip, ink)
			if err != nil {
				return err
			}
			for _, part := range cutLine(dash, s.clip) {
				r.out.Marks = append(r.out.Marks, typeset.Trace{Points: part, Width: width, Color: ink.onPaper()})
			}
		}
	}
	return nil
}

// cap ends a line as it asks for: square ends reach further, round ends are
// discs. On a thin line neither shows.
func (r *reader) cap(e *element, line []typeset.Point, closed bool, width float64, clip box, ink ink) ([]typeset.Point, error) {
	const thin = 2
	style := e.attributes["stroke-linecap"]
	switch style {
	case "", "butt", "round", "square":
	default:
		return nil, fmt.Errorf("不认识的 stroke-linecap=“%s”", style)
	}
	if style == "" || style == "butt" || width < thin || closed {
		return line, nil
	}
	n := len(line)
	if style == "square" {
		out := append([]typeset.Point(nil), line...)
		out[0], out[n-1] = beyond(line[1], line[0], width/2), beyond(line[n-2], line[n-1], width/2)
		return out, nil
	}
	for _, end := range []typeset.Point{line[0], line[n-1]} {
		p := &pen{matrix: identity}
		p.move(end.X+width/2, end.Y)
		p.turn(end.X, end.Y, width/2, width/2, 0, 0, 2*math.Pi)
		if err := r.lay([][]typeset.Point{cut(p.rings[0].points, clip.sides())}, ink); err != nil {
			return nil, err
		}
	}
	return line, nil
}

// beyond gives the point that lies further on, behind to as seen from from.
func beyond(from, to typeset.Point, by float64) typeset.Point {
	length := math.Hypot(to.X-from.X, to.Y-from.Y)
	if length == 0 {
		return to
	}
	return between(from, to, 1+by/length)
}

// dashes are the lengths, by turns drawn and left out, of a broken line.
type dashes struct {
	lengths []float64
	offset  float64
}

func dashesOf(e *element, size float64) (dashes, error) {
	text := e.attributes["stroke-dasharray"]
	if text == "" || text == "none" {
		return dashes{}, nil
	}
	var d dashes
	list, err := numbers(text)
	if err != nil {
		return d, fmt.Errorf("stroke-dasharray=“%s”读不懂", text)
	}
	if len(list)%2 == 1 {
		list = append(list, list...)
	}
	sum := 0.0
	for _, l := range list {
		if l < 0 {
			return d, fmt.Errorf("stroke-dasharray=“%s”读不懂", text)
		}
		d.lengths = append(d.lengths, l*size)
		sum += l * size
	}
	if sum < 0.1 {
		return dashes{}, nil // too fine to be seen: a line
	}
	offset, err := e.number("stroke-dashoffset", 0)
	if d.offset = math.Mod(offset*size, sum); d.offset < 0 {
		d.offset += sum
	}
	return d, err
}

// cut gives the pieces of a line that are drawn.
func (d dashes) cut(line []typeset.Point) [][]typeset.Point {
	if len(d.lengths) == 0 {
		return [][]typeset.Point{line}
	}
	const tie = 1e-6
	at, left := 0, d.lengths[0]
	for skip := d.offset; skip > 0; {
		if skip < left-tie {
			left -= skip
			break
		}
		skip -= left
		at = (at + 1) % len(d.lengths)
		left = d.lengths[at]
	}
	var pieces [][]typeset.Point
	piece := []typeset.Point{line[0]}
	end := func() {
		if at%2 == 0 && len(piece) > 1 {
			pieces = append(pieces, piece)
		}
	}
	for i := 0; i+1 < len(line); i++ {
		p, q := line[i], line[i+1]
		length, done := math.Hypot(q.X-p.X, q.Y-p.Y), 0.0
		for length-done > left+tie {
			done += left
			corner := between(p, q, done/length)
			piece = append(piece, corner)
			end()
			piece = []typeset.Point{corner}
			at = (at + 1) % len(d.lengths)
			left = d.lengths[at]
		}
		left -= length - done
		piece = append(piece, q)
	}
	end()
	return pieces
}
