package svg

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// element is one element of the drawing with what stands in it.
type element struct {
	name       string
	attributes map[string]string
	order      []string // of the attributes, as written
	children   []*element
	text       string
}

// What the elements may say. Attributes that only help to read or find a
// drawing on a page stand in aside.
var (
	everywhere = []string{"id", "transform", "opacity", "clip-path", "fill", "fill-opacity", "fill-rule"}
	stroked    = append([]string{
		"stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset",
		"stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
	}, everywhere...)

	drawn = map[string][]string{
		"g":        {"id", "transform", "opacity", "clip-path"},
		"path":     append([]string{"d"}, stroked...),
		"rect":     append([]string{"x", "y", "width", "height", "rx", "ry"}, stroked...),
		"circle":   append([]string{"cx", "cy", "r"}, stroked...),
		"ellipse":  append([]string{"cx", "cy", "rx", "ry"}, stroked...),
		"line":     append([]string{"x1", "y1", "x2", "y2"}, stroked...),
		"polyline": append([]string{"points"}, stroked...),
		"polygon":  append([]string{"points"}, stroked...),
		"text": append([]string{
			"x", "y", "text-anchor", "dominant-baseline", "font-size", "font-weight",
		}, everywhere...),
	}
	defined = map[string][]string{
		"defs":           {"id"},
		"clipPath":       {"id"},
		"pattern":        {"id", "x", "y", "width", "height", "patternUnits", "patternTransform"},
		"linearGradient": {"id", "x1", "y1", "x2", "y2", "gradientUnits"},
		"stop":           {"offset", "stop-color", "stop-opacity"},
	}
	aside = []string{"class", "xml:space", "xmlns"}
)

// deepest bounds how far elements stand within one another.
const deepest = 100

// parse reads the elements.
func parse(text string) (*element, error) {
	decoder := xml.NewDecoder(strings.NewReader(text))
	document := &element{}
	open := []*element{document}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			e := newElement(t)
			top.children = append(top.children, e)
			if open = append(open, e); len(open) > deepest {
				return nil, errors.New("元素套得太深")
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.text += string(t)
		}
	}
	if len(document.children) != 1 {
		return nil, errors.New("没有图形")
	}
	return document.children[0], nil
}

func newElement(t xml.StartElement) *element {
	e := &element{name: t.Name.Local, attributes: map[string]string{}}
	for _, a := range t.Attr {
		name := a.Name.Local
		if a.Name.Space != "" {
			name = "xml:" + name
		}
		e.attributes[name] = a.Value
		e.order = append(e.order, name)
	}
	return e
}

// walk visits an element and all below it.
func (e *element) walk(visit func(*element)) {
	visit(e)
	for _, c := range e.children {
		c.walk(visit)
	}
}

// only refuses attributes that are not among the known.
func (e *element) only(known []string, what string) error {
	for _, name := range e.order {
		if !slices.Contains(known, name) && !slices.Contains(aside, name) {
			return fmt.Errorf("<%s> 有不认识的%s属性 %s=“%s”", e.name, what, name, e.attributes[name])
		}
	}
	return nil
}

// checked refuses what is not known in definitions, used or not.
func checked(e *element) error {
	known, ok := defined[e.name]
	if !ok {
		known, ok = drawn[e.name]
	}
	if !ok {
		return fmt.Errorf("不认识的元素 <%s>", e.name)
	}
	if err := e.only(known, "定义"); err != nil {
		return err
	}
	for _, c := range e.children {
		if err := checked(c); err != nil {
			return err
		}
	}
	return nil
}

// number reads a length or share: 12, 12px, 50%.
func (e *element) number(name string, missing float64) (float64, error) {
	text, ok := e.attributes[name]
	if !ok {
		return missing, nil
	}
	digits, share := strings.CutSuffix(strings.TrimSuffix(text, "px"), "%")
	v, err := plain(digits)
	if err != nil {
		return 0, fmt.Errorf("%s=“%s”不是数", name, text)
	}
	if share {
		v /= 100
	}
	return v, nil
}

// all reads several lengths; one that is missing is 0.
func (e *element) all(names ...string) ([]float64, error) {
	list := make([]float64, len(names))
	for i, name := range names {
		var err error
		if list[i], err = e.number(name, 0); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// target gives the id in url(#id), or "".
func target(ref string) string {
	id, ok := strings.CutPrefix(strings.TrimSpace(ref), "url(#")
	if !ok {
		return ""
	}
	return strings.TrimSuffix(id, ")")
}
