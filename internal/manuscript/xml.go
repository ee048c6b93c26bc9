package manuscript

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"

	"wangjian/internal/ooxml"
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
	text     string
	children []*element
}

type attribute struct {
	space       space
	name, value string
}

// is tells whether the element is WordprocessingML's of that name.
func (e *element) is(name string) bool { return e.space == wordSpace && e.name == name }

// attr gives an attribute by its name alone; "" where it is not there.
func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// relation gives the id of a relationship, such as r:embed.
func (e *element) relation(name string) string {
	for _, a := range e.attrs {
		if a.space == relationSpace && a.name == name {
			return a.value
		}
	}
	return ""
}

// child gives the first child of that name in WordprocessingML, or nil.
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

// val gives the w:val of a child; "" where there is none.
func (e *element) val(name string) string {
	if c := e.child(name); c != nil {
		return c.attr("val")
	}
	return ""
}

// walk visits the elements below, and not those below one for which visit
// gives false.
func (e *element) walk(visit func(*element) bool) {
	for _, c := range e.children {
		if visit(c) {
			c.walk(visit)
		}
	}
}

// find gives the first element below of that space and name.
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

// words gives all the text below, in order, without the codes of fields.
func (e *element) words() string {
	var b strings.Builder
	b.WriteString(e.text)
	e.walk(func(c *element) bool {
		if c.name != "instrText" {
			b.WriteString(c.text)
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

// xmlReader reads a part piece by piece.
type xmlReader struct {
	part    string
	decoder *xml.Decoder
	left    int
	watch   func(*element) // sees every element that is read whole
}

// parse starts to read a part.
func (a *archive) parse(part string) (*xmlReader, error) {
	raw, err := a.read(part, maxPart)
	if err != nil {
		return nil, err
	}
	return &xmlReader{part: part, decoder: ooxml.Decoder(raw), left: maxElements}, nil
}

var errEnd = errors.New("到头了")

// start gives the next start tag; errEnd where the element that it would be in
// ends first.
func (x *xmlReader) start() (xml.StartElement, error) {
	for {
		token, err := x.token()
		if err != nil {
			return xml.StartElement{}, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			return t, nil
		case xml.EndElement:
			return xml.StartElement{}, errEnd
		}
	}
}

func (x *xmlReader) token() (xml.Token, error) {
	token, err := x.decoder.Token()
	if err != nil {
		return nil, fmt.Errorf("%s 的内容已损坏", x.part)
	}
	if _, ok := token.(xml.Directive); ok {
		// A DOCTYPE: no office program writes one, and entities are defined in it.
		return nil, fmt.Errorf("%s 里有不允许的 DOCTYPE", x.part)
	}
	return token, nil
}

// element reads the whole of the element that a start tag opens.
func (x *xmlReader) element(start xml.StartElement) (*element, error) {
	return x.elementAt(start, 0)
}

func (x *xmlReader) elementAt(start xml.StartElement, depth int) (*element, error) {
	if x.left--; x.left < 0 || depth > maxDepth {
		return nil, fmt.Errorf("%s 的内容多得或套得不正常", x.part)
	}
	e := &element{space: spaces[start.Name.Space], name: start.Name.Local}
	for _, a := range start.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
			continue
		}
		e.attrs = append(e.attrs, attribute{spaces[a.Name.Space], a.Name.Local, a.Value})
	}
	var text []byte
	for {
		token, err := x.token()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			c, err := x.elementAt(t, depth+1)
			if err != nil {
				return nil, err
			}
			e.children = append(e.children, c)
		case xml.CharData:
			if holdsWords(e) {
				text = append(text, t...)
			}
		case xml.EndElement:
			e.text = string(text)
			if x.watch != nil {
				x.watch(e)
			}
			return e, nil
		}
	}
}

func holdsWords(e *element) bool {
	switch e.name {
	case "t", "instrText", "delText":
		return true
	}
	return false
}

// skip reads past an element without keeping it.
func (x *xmlReader) skip() error {
	if err := x.decoder.Skip(); err != nil {
		return fmt.Errorf("%s 的内容已损坏", x.part)
	}
	return nil
}
