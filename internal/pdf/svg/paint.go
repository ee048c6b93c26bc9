package svg

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"wangjian/internal/pdf/typeset"
)

// ink is a colour and how much it covers.
type ink struct {
	color typeset.Color
	cover float64
}

// inkOf reads a colour; none covers nothing.
func inkOf(text string) (ink, error) {
	switch text {
	case "none":
		return ink{}, nil
	case "": // SVG's own default
		return ink{cover: 1}, nil
	}
	if len(text) == 7 && text[0] == '#' {
		if v, err := strconv.ParseUint(text[1:], 16, 32); err == nil {
			return ink{typeset.Color{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v)}, 1}, nil
		}
	}
	return ink{}, fmt.Errorf("不认识的颜色“%s”", text)
}

// on gives the opaque colour that an ink has on another.
func (i ink) on(below typeset.Color) typeset.Color {
	mix := func(own, below uint8) uint8 {
		return uint8(math.Round(float64(below) + (float64(own)-float64(below))*i.cover + 1e-6))
	}
	return typeset.Color{R: mix(i.color.R, below.R), G: mix(i.color.G, below.G), B: mix(i.color.B, below.B)}
}

// onPaper gives the opaque colour that an ink has on white.
func (i ink) onPaper() typeset.Color { return i.on(typeset.Color{R: 255, G: 255, B: 255}) }

// ink gives an element's ink of an attribute and of the one that thins it.
func (e *element) ink(attribute, missing, thinned string, opacity float64) (ink, error) {
	text, ok := e.attributes[attribute]
	if !ok {
		text = missing
	}
	i, err := inkOf(text)
	if err != nil {
		return i, err
	}
	own, err := e.number(thinned, 1)
	i.cover *= min(1, max(0, own*opacity))
	return i, err
}

// fill paints what a shape encloses.
func (r *reader) fill(e *element, s scene, rings []ring) error {
	polygons, err := polygonsOf(rings, e.attributes["fill-rule"])
	if err != nil {
		return err
	}
	for i := range polygons {
		polygons[i] = cut(polygons[i], s.clip.sides())
	}
	if id := target(e.attributes["fill"]); id != "" {
		thin, err := e.number("fill-opacity", 1)
		if err != nil {
			return err
		}
		switch paint := r.defs[id]; {
		case paint != nil && paint.name == "pattern":
			return r.hatch(paint, s, polygons, thin*s.opacity)
		case paint != nil && paint.name == "linearGradient":
			return r.gradient(paint, e, s, polygons, thin*s.opacity)
		}
		return fmt.Errorf("fill=“%s”指向不认识的填充", e.attributes["fill"])
	}
	ink, err := e.ink("fill", "", "fill-opacity", s.opacity)
	if err != nil || ink.cover == 0 {
		return err
	}
	return r.lay(polygons, ink)
}

// lay paints polygons with an ink. What is kept for decades may know no
// transparency (PDF/A-1), so an ink that lets another through is laid down
// opaque: as what it gives on white and, where it lies on areas that are there
// already, as what it gives on each of them.
func (r *reader) lay(polygons [][]typeset.Point, i ink) error {
	below := r.laid
	r.paint(polygons, i.onPaper())
	if i.cover == 1 {
		return nil
	}
	boxes := boxesOf(polygons)
	for _, area := range below {
		var both [][]typeset.Point
		for k, ring := range area.Rings {
			for n, p := range polygons {
				if !boxes[n].meets(area.boxes[k]) {
					continue // of a thousand cells, most
				}
				o, err := overlap(p, ring)
				if err != nil {
					return err
				}
				both = append(both, o)
			}
		}
		if len(both) > 0 {
			r.paint(both, i.on(area.Color))
		}
	}
	return nil
}

// laid is an area with the boxes around its rings.
type laid struct {
	typeset.Area
	boxes []box
}

func boxesOf(rings [][]typeset.Point) []box {
	boxes := make([]box, len(rings))
	for i, r := range rings {
		boxes[i] = boundsOf(r)
	}
	return boxes
}

// overlap gives what two polygons whose boxes meet share.
func overlap(a, b []typeset.Point) ([]typeset.Point, error) {
	switch {
	case convex(b):
		return cut(a, sidesOf(b)), nil
	case convex(a):
		return cut(b, sidesOf(a)), nil
	}
	return nil, errors.New("半透明的形状压在另一个形状上，两个都有凹处")
}

// paint adds an area of the polygons that are there.
func (r *reader) paint(polygons [][]typeset.Point, color typeset.Color) {
	polygons = slices.DeleteFunc(slices.Clone(polygons), func(p []typeset.Point) bool { return len(p) == 0 })
	if len(polygons) > 0 {
		area := typeset.Area{Rings: polygons, Color: color}
		r.out.Marks = append(r.out.Marks, area)
		r.laid = append(r.laid, laid{area, boxesOf(polygons)})
	}
}

// polygonsOf makes polygons of a shape's rings. Rings that may lie in each
// other become one, joined by bridges, so that holes stay holes.
func polygonsOf(rings []ring, rule string) ([][]typeset.Point, error) {
	var groups [][][]typeset.Point
	for _, r := range rings {
		group := [][]typeset.Point{r.points}
		var apart [][][]typeset.Point
		for _, g := range groups {
			if slices.ContainsFunc(g, func(p []typeset.Point) bool { return boundsOf(p).meets(boundsOf(r.points)) }) {
				group = append(slices.Clone(g), group...)
			} else {
				apart = append(apart, g)
			}
		}
		groups = append(apart, group)
	}
	var polygons [][]typeset.Point
	for _, g := range groups {
		switch rule {
		case "", "nonzero":
		case "evenodd":
			alternate(g)
		default:
			return nil, fmt.Errorf("不认识的 fill-rule=“%s”", rule)
		}
		polygons = append(polygons, bridged(g))
	}
	return polygons, nil
}

func bridged(rings [][]typeset.Point) []typeset.Point {
	if len(rings) == 1 {
		return rings[0]
	}
	start := rings[0][0]
	var all []typeset.Point
	for _, r := range rings {
		all = append(append(append(all, r...), r[0]), start)
	}
	return all
}

// alternate lets rings run the other way round the deeper they lie, so that
// every second one is a hole by the non-zero rule too.
func alternate(rings [][]typeset.Point) {
	deep := make([]bool, len(rings))
	for i, r := range rings {
		for j, o := range rings {
			if i != j && within(r[0], o) {
				deep[i] = !deep[i]
			}
		}
	}
	for i, r := range rings {
		if area(r) < 0 != deep[i] {
			rings[i] = slices.Clone(r)
			slices.Reverse(rings[i])
		}
	}
}

// within tells whether a point lies in a polygon.
func within(p typeset.Point, polygon []typeset.Point) bool {
	in := false
	for i, a := range polygon {
		b := polygon[(i+1)%len(polygon)]
		if a.Y > p.Y != (b.Y > p.Y) && p.X < a.X+(p.Y-a.Y)*(b.X-a.X)/(b.Y-a.Y) {
			in = !in
		}
	}
	return in
}
