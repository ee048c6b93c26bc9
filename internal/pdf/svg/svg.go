// Package svg reads a chart's still drawing, the SVG text that ECharts gives,
// as a sketch that typeset puts on a page.
//
//	SVG text
//	  │   a tree of elements (tree.go)
//	elements
//	  │   shapes as corners on a plane: curves flattened, transforms applied
//	  │   (path.go, matrix.go)
//	outlines
//	  │   clipped (clip.go), filled with a colour, a gradient or a hatch
//	  │   (paint.go, hatch.go), stroked and dashed (stroke.go); words (text.go)
//	typeset.Sketch
//
// It reads what the drawings are made of and no more. Whatever else it meets,
// an element, an attribute or a value, is an error that names it: a drawing is
// never printed with something left out. Corners are rounded to thousandths of
// a pixel before anything is decided by them, so that a sketch is the same on
// every machine. Nothing in a sketch is transparent: see lay in paint.go.
package svg

import (
	"fmt"

	"wangjian/internal/pdf/typeset"
)

// Sketch reads a drawing. Its lengths are those of the drawing's viewBox.
func Sketch(text string) (*typeset.Sketch, error) {
	root, err := parse(text)
	if err != nil {
		return nil, fmt.Errorf("读取图形：%w", err)
	}
	r := &reader{defs: map[string]*element{}}
	view, err := r.open(root)
	if err == nil {
		err = r.children(root, view)
	}
	if err != nil {
		return nil, fmt.Errorf("读取图形：%w", err)
	}
	r.out.Width, r.out.Height = view.clip.x1, view.clip.y1
	return &r.out, nil
}

// reader turns elements into marks.
type reader struct {
	defs  map[string]*element
	out   typeset.Sketch
	laid  []laid // the areas of out, with what they take
	depth int    // of patterns within patterns
}

// mostMarks bounds a drawing. A chart of a thousand regions has some
// thousands.
const mostMarks = 200000

// scene is what an element finds where it stands.
type scene struct {
	matrix  matrix
	clip    box
	opacity float64
}

// open finds the drawing's size and the things that it defines.
func (r *reader) open(root *element) (scene, error) {
	if root.name != "svg" {
		return scene{}, fmt.Errorf("最外层是 <%s>，不是 <svg>", root.name)
	}
	view, err := numbers(root.attributes["viewBox"])
	if err != nil || len(view) != 4 || view[2] <= 0 || view[3] <= 0 {
		return scene{}, fmt.Errorf("viewBox=“%s”不是四个数", root.attributes["viewBox"])
	}
	root.walk(func(e *element) {
		if id := e.attributes["id"]; id != "" {
			r.defs[id] = e
		}
	})
	return scene{
		matrix: matrix{1, 0, 0, 1, -view[0], -view[1]},
		clip:   box{0, 0, view[2], view[3]}, opacity: 1,
	}, nil
}

func (r *reader) children(e *element, s scene) error {
	for _, c := range e.children {
		if len(r.out.Marks) > mostMarks {
			return fmt.Errorf("图形超过 %d 笔", mostMarks)
		}
		if err := r.element(c, s); err != nil {
			return err
		}
	}
	return nil
}

// element draws an element and what is in it.
func (r *reader) element(e *element, s scene) error {
	switch e.name {
	case "title", "desc":
		return nil
	case "defs":
		return checked(e)
	}
	known, ok := drawn[e.name]
	if !ok {
		return fmt.Errorf("不认识的元素 <%s>", e.name)
	}
	if err := e.only(known, "图形"); err != nil {
		return err
	}
	s, err := r.enter(e, s)
	if err != nil {
		return fmt.Errorf("<%s>：%w", e.name, err)
	}
	switch e.name {
	case "g":
		return r.children(e, s)
	case "text":
		err = r.text(e, s)
	default:
		err = r.shape(e, s)
	}
	if err != nil {
		return fmt.Errorf("<%s>：%w", e.name, err)
	}
	return nil
}

// enter applies what an element says of the place it stands in.
func (r *reader) enter(e *element, s scene) (scene, error) {
	own, err := transform(e.attributes["transform"])
	if err != nil {
		return s, err
	}
	s.matrix = s.matrix.times(own)
	opacity, err := e.number("opacity", 1)
	if err != nil {
		return s, err
	}
	s.opacity *= opacity
	if ref := e.attributes["clip-path"]; ref != "" && ref != "none" {
		window, err := r.window(ref, s.matrix)
		if err != nil {
			return s, err
		}
		s.clip = s.clip.and(window)
	}
	return s, nil
}

// window gives the rectangle that a clip path leaves open.
func (r *reader) window(ref string, m matrix) (box, error) {
	path := r.defs[target(ref)]
	if path == nil || path.name != "clipPath" || len(path.children) != 1 {
		return box{}, fmt.Errorf("clip-path=“%s”不是一个形状的裁剪", ref)
	}
	inner := path.children[0]
	own, err := transform(inner.attributes["transform"])
	if err != nil {
		return box{}, err
	}
	rings, err := outline(inner, m.times(own))
	if err != nil {
		return box{}, err
	}
	if len(rings) != 1 || !rings[0].rectangle() {
		return box{}, fmt.Errorf("裁剪的形状 <%s> 不是横平竖直的矩形", inner.name)
	}
	return boundsOf(rings[0].points), nil
}

// shape fills and strokes a shape.
func (r *reader) shape(e *element, s scene) error {
	rings, err := outline(e, s.matrix)
	if err != nil || len(rings) == 0 {
		return err
	}
	if err := r.fill(e, s, rings); err != nil {
		return err
	}
	return r.stroke(e, s, rings)
}
