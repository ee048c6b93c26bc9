package svg

import (
	"errors"
	"fmt"
	"math"

	"wangjian/internal/pdf/typeset"
)

// tile is one field of a pattern, which repeats across and down.
type tile struct {
	matrix        matrix // from the tile's plane to the drawing's
	width, height float64
}

// mostTiles keeps a pattern that is far too fine from filling the page.
const mostTiles = 20000

// mostPieces bounds what all the marks of a pattern cover of a shape.
const mostPieces = 100000

// hatch fills polygons with a pattern: every mark of its tile, repeated and cut
// to the polygons. A mark that goes through the whole tile is a line through
// all of them, and is cut once.
func (r *reader) hatch(pattern *element, s scene, polygons [][]typeset.Point, opacity float64) error {
	t, err := tileOf(pattern, s.matrix)
	if err != nil {
		return err
	}
	// What a pattern draws is gathered on a plane of its own.
	plane := &reader{defs: r.defs, depth: r.depth + 1}
	if plane.depth > 1 {
		return fmt.Errorf("花纹 %s 套着花纹", pattern.attributes["id"])
	}
	within := scene{matrix: identity, clip: box{0, 0, t.width, t.height}, opacity: opacity}
	if err := plane.children(pattern, within); err != nil {
		return err
	}
	for _, m := range plane.out.Marks {
		area, ok := m.(typeset.Area)
		if !ok {
			return fmt.Errorf("花纹 %s 里有填色形状以外的东西", pattern.attributes["id"])
		}
		var pieces [][]typeset.Point
		for _, mark := range area.Rings {
			more, err := t.repeat(mark, polygons)
			if err != nil {
				return fmt.Errorf("花纹 %s：%w", pattern.attributes["id"], err)
			}
			if pieces = append(pieces, more...); len(pieces) > mostPieces {
				return fmt.Errorf("花纹 %s 太密，印不出来", pattern.attributes["id"])
			}
		}
		r.paint(pieces, area.Color)
	}
	return nil
}

func tileOf(pattern *element, m matrix) (tile, error) {
	if units := pattern.attributes["patternUnits"]; units != "userSpaceOnUse" {
		return tile{}, fmt.Errorf("不认识的 patternUnits=“%s”", units)
	}
	v, err := pattern.all("x", "y", "width", "height")
	if err != nil {
		return tile{}, err
	}
	if v[2] <= 0 || v[3] <= 0 {
		return tile{}, fmt.Errorf("花纹 %s 没有大小", pattern.attributes["id"])
	}
	own, err := transform(pattern.attributes["patternTransform"])
	return tile{m.times(own).times(matrix{1, 0, 0, 1, v[0], v[1]}), v[2], v[3]}, err
}

// repeat gives what a mark covers of some polygons.
func (t tile) repeat(mark []typeset.Point, polygons [][]typeset.Point) ([][]typeset.Point, error) {
	if !convex(mark) {
		return nil, errors.New("形状有凹处")
	}
	back, ok := t.matrix.inverse()
	if !ok {
		return nil, errors.New("patternTransform 没有面积")
	}
	var pieces [][]typeset.Point
	for _, polygon := range polygons {
		if len(polygon) == 0 {
			continue
		}
		over := make([]typeset.Point, len(polygon))
		for i, p := range polygon {
			over[i] = back.at(p)
		}
		b := boundsOf(over)
		columns, rows := span(b.x0, b.x1, t.width), span(b.y0, b.y1, t.height)
		shape := mark
		if m := boundsOf(mark); (ring{mark, true}).rectangle() {
			if m.x0 <= 0 && m.x1 >= t.width { // a line across
				shape, columns = corners(b.x0-1, m.y0, b.x1+1, m.y1), []float64{0}
			} else if m.y0 <= 0 && m.y1 >= t.height {
				shape, rows = corners(m.x0, b.y0-1, m.x1, b.y1+1), []float64{0}
			}
		}
		if len(columns)*len(rows) > mostTiles {
			return nil, errors.New("太密，印不出来")
		}
		for _, y := range rows {
			for _, x := range columns {
				copied := make([]typeset.Point, len(shape))
				for i, p := range shape {
					copied[i] = t.matrix.at(typeset.Point{X: p.X + x, Y: p.Y + y})
				}
				if piece := cut(polygon, sidesOf(copied)); piece != nil {
					pieces = append(pieces, piece)
				}
				if len(pieces) > mostPieces {
					return nil, errors.New("太密，印不出来")
				}
			}
		}
	}
	return pieces, nil
}

func corners(x0, y0, x1, y1 float64) []typeset.Point {
	return []typeset.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}}
}

// span gives where the tiles begin that reach from one place to another.
func span(from, to, step float64) []float64 {
	var list []float64
	last := math.Floor(to / step)
	for i := math.Floor(from / step); i <= last && len(list) <= mostTiles; i++ {
		list = append(list, i*step)
	}
	return list
}

func convex(points []typeset.Point) bool {
	left, right := false, false
	for i, p := range points {
		q, r := points[(i+1)%len(points)], points[(i+2)%len(points)]
		bend := (q.X-p.X)*(r.Y-q.Y) - (q.Y-p.Y)*(r.X-q.X)
		left, right = left || bend < -0.001, right || bend > 0.001
	}
	return !left || !right
}
