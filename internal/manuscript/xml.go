package manuscript

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"

	"wangjian/internal/intake"
)

// space is a namespace that the reader knows, whichever of its addresses a
// file uses.
type space uint8

const (
	unknownSpace space = iota
	noSpace
	wordSpace
	relationSpace
	mathSpace
	drawingSpace // DrawingML, all of its parts
	chartSpace
	diagramSpace
	compatSpace
	vmlSpace
	officeSpace
	shapeSpace // Word's shapes, groups and canvases
	w14Space
)

// spaces has the transitional and the strict address of each.
var spaces = map[string]space{
	"": noSpace,
	"http://schemas.openxmlformats.org/package/2006/relationships":           noSpace,
	"http://schemas.openxmlformats.org/package/2006/content-types":           noSpace,
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":           wordSpace,
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                       wordSpace,
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":    relationSpace,
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                relationSpace,
	"http://schemas.openxmlformats.org/officeDocument/2006/math":             mathSpace,
	"http://purl.oclc.org/ooxml/officeDocument/math":                         mathSpace,
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": drawingSpace,
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":             drawingSpace,
	"http://schemas.openxmlformats.org/drawingml/2006/main":                  drawingSpace,
	"http://purl.oclc.org/ooxml/drawingml/main":                              drawingSpace,
	"http://schemas.openxmlformats.org/drawingml/2006/picture":               drawingSpace,
	"http://purl.oclc.org/ooxml/drawingml/picture":                           drawingSpace,
	"http://schemas.openxmlformats.org/drawingml/2006/chart":                 chartSpace,
	"http://purl.oclc.org/ooxml/drawingml/chart":                             chartSpace,
	"http://schemas.openxmlformats.org/drawingml/2006/diagram":               diagramSpace,
	"http://purl.oclc.org/ooxml/drawingml/diagram":                           diagramSpace,
	"http://schemas.openxmlformats.org/markup-compatibility/2006":            compatSpace,
	"urn:schemas-microsoft-com:vml":                                          vmlSpace,
	"urn:schemas-microsoft-com:office:office":                                officeSpace,
	"http://schemas.microsoft.com/office/word/2010/wordprocessingShape":      shapeSpace,
	"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup":      shapeSpace,
	"http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas":     shapeSpace,
	"http://schemas.microsoft.com/office/word/2010/wordml":                   w14Space,
}

// element is a piece of a part's XML. Text is kept of the elements that hold
// words.
type element struct {
	space    space
	name     string
	attrs    []attribute
	text     strings.Builder
	children []*element
}

type attribute struct {
	space       space
	name, value string
}

// tag is an element's name.
type tag struct {
	space space
	name  string
}

// is reports whether the element is WordprocessingML's of that name.
func (e *element) is(name string) bool { return e.space == wordSpace && e.name == name }

// attr returns an attribute by its name alone; "" where it is not there.
func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// says reports whether an attribute is on.
func (e *element) says(name string) bool { return e.attr(name) == "1" || e.attr(name) == "true" }

// relation returns the id of a relationship, such as r:embed.
func (e *element) relation(name string) string {
	for _, a := range e.attrs {
		if a.space == relationSpace && a.name == name {
			return a.value
		}
	}
	return ""
}

// child returns the first child of that name in WordprocessingML, or nil.
func (e *element) child(name string) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.is(name) {
			return c
		}
	}
	return nil
}

// val returns the w:val of a child; "" where there is none.
func (e *element) val(name string) string {
	if c := e.child(name); c != nil {
		return c.attr("val")
	}
	return ""
}

// walk visits the elements below, and not those below one for which visit
// returns false.
func (e *element) walk(visit func(*element) bool) {
	for _, c := range e.children {
		if visit(c) {
			c.walk(visit)
		}
	}
}

// find returns the first element below of that space and name.
func (e *element) find(s space, name string) *element {
	var found *element
	e.walk(func(c *element) bool {
		if found == nil && c.space == s && c.name == name {
			found = c
		}
		return found == nil
	})
	return found
}

// words returns all the text below, in order, without the codes of fields.
func (e *element) words() string {
	var b strings.Builder
	b.WriteString(e.text.String())
	e.walk(func(c *element) bool {
		if c.name != "instrText" {
			b.WriteString(c.text.String())
		}
		return true
	})
	return b.String()
}

// Bounds of one part's XML.
const (
	maxDepth    = 160
	maxElements = 500_000
)

// errWhole ends the reading of a part behind its root.
var errWhole = errors.New("the root has ended")

func (a *archive) tree(part string) (*element, error) {
	raw, err := a.read(part)
	if err != nil {
		return nil, err
	}
	open := []*element{{}} // one within another, around the root nothing
	left := maxElements
	err = intake.Scan(raw, maxDepth, func(start xml.StartElement) error {
		if left--; left < 0 {
			return intake.ErrTooBig
		}
		e, above := newElement(start), open[len(open)-1]
		above.children = append(above.children, e)
		open = append(open, e)
		return nil
	}, func(text string) {
		switch e := open[len(open)-1]; e.name {
		case "t", "instrText", "delText":
			e.text.WriteString(text)
		}
	}, func(string) error {
		if open = open[:len(open)-1]; len(open) == 1 {
			return errWhole
		}
		return nil
	})
	if !errors.Is(err, errWhole) {
		return nil, partError(part, err)
	}
	return open[0].children[0], nil
}

func newElement(start xml.StartElement) *element {
	e := &element{space: spaces[start.Name.Space], name: start.Name.Local}
	for _, a := range start.Attr {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			e.attrs = append(e.attrs, attribute{spaces[a.Name.Space], a.Name.Local, a.Value})
		}
	}
	return e
}

// partError says what is wrong with a part's XML.
func partError(part string, err error) error {
	switch {
	case errors.Is(err, intake.ErrDoctype):
		return fmt.Errorf("%s 里有不允许的 DOCTYPE", part)
	case errors.Is(err, intake.ErrTooBig):
		return fmt.Errorf("%s 的内容多得或套得不正常", part)
	}
	return fmt.Errorf("%s 的内容已损坏", part)
}
