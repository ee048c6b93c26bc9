package typeset

import (
	"fmt"
	"math"
	"strings"
)

// Color is a colour of ink.
type Color struct{ R, G, B uint8 }

// The inks of an official document.
var (
	Black = Color{}
	Red   = Color{200, 16, 20}
	Grey  = Color{90, 90, 90}
)

// Op is one thing on a page. A page's ops stand in reading order.
type Op interface{ String() string }

// Text is a run of characters in one font, set from X along the baseline Y
// with Spacing after every character.
type Text struct {
	Font    Font
	Size    float64
	Color   Color
	X, Y    float64
	Spacing float64
	Text    string
	Down    bool   // set downwards, for a page that is read turned
	Source  string // file:line that it comes from, or ""
}

// Rule is a straight line.
type Rule struct {
	X1, Y1, X2, Y2 float64
	Width          float64
	Color          Color
}

// Drawing is a picture in its frame.
type Drawing struct {
	Image      *Image
	X, Y, W, H float64
	Alt        string
}

// JPEG returns the picture's file for the width of the frame.
func (d Drawing) JPEG() ([]byte, error) { return d.Image.JPEG(d.W) }

// Link is a part of the page that jumps to an anchor of the document, or opens an
// address.
type Link struct {
	Anchor     string
	URI        string
	X, Y, W, H float64
	Element    *Element // the link that it is a part of
	Text       string   // what it says
}

// Anchor is a place that links and bookmarks jump to.
type Anchor struct {
	Name string
	Y    float64
}

func (t Text) String() string {
	color := ""
	if t.Color != Black {
		color = " " + t.Color.String()
	}
	if t.Down {
		color += " down"
	}
	return fmt.Sprintf("text %s %g%s at %.2f,%.2f%+.3f %q", t.Font.Name(), t.Size, color, t.X, t.Y, t.Spacing, t.Text)
}

func (r Rule) String() string {
	return fmt.Sprintf("rule %.2f,%.2f to %.2f,%.2f width %g", r.X1, r.Y1, r.X2, r.Y2, r.Width)
}

func (d Drawing) String() string {
	return fmt.Sprintf("picture %.2f×%.2f at %.2f,%.2f %q", d.W, d.H, d.X, d.Y, d.Alt)
}

func (l Link) String() string {
	return fmt.Sprintf("link %s %.2f×%.2f at %.2f,%.2f", l.Anchor+l.URI, l.W, l.H, l.X, l.Y)
}

func (a Anchor) String() string { return fmt.Sprintf("anchor %s at %.2f", a.Name, a.Y) }

// Page is one side of a sheet.
type Page struct {
	Ops    []Op
	Turned bool     // the sheet is read with its left edge on top; see [Sheet.Turned]
	Bare   bool     // it has no number: the page of a colophon after an empty one
	filled float64  // how much of the text block is
	high   float64  // of the text block
	within *Element // what the last operations belong to
}

// add puts operations on the page, their measures rounded to what a PDF holds.
func (p *Page) add(ops ...Op) {
	for _, op := range ops {
		p.Ops = append(p.Ops, rounded(op))
	}
}

// moved changes the places of an operation.
func moved(op Op, to func(x, y *float64)) Op {
	all := func(points []Point) {
		for i := range points {
			to(&points[i].X, &points[i].Y)
		}
	}
	switch op := op.(type) {
	case Text:
		to(&op.X, &op.Y)
		return op
	case Rule:
		to(&op.X1, &op.Y1)
		to(&op.X2, &op.Y2)
		return op
	case Drawing:
		to(&op.X, &op.Y)
		return op
	case Link:
		to(&op.X, &op.Y)
		return op
	case Anchor:
		to(new(float64), &op.Y)
		return op
	case Area:
		for _, ring := range op.Rings {
			all(ring)
		}
	case Trace:
		all(op.Points)
	}
	return op
}

// rounded keeps hundredths of a point. Processors may differ in the last bits
// of a sum; the little that is added keeps halves from going either way.
func rounded(op Op) Op {
	const tie = 1e-6
	to := func(parts float64, lengths ...*float64) {
		for _, l := range lengths {
			*l = math.Round(float64(*l*parts)+tie) / parts
		}
	}
	switch op := moved(op, func(x, y *float64) { to(100, x, y) }).(type) {
	case Text:
		to(1000, &op.Spacing)
		return op
	case Drawing:
		to(100, &op.W, &op.H)
		return op
	case Link:
		to(100, &op.W, &op.H)
		return op
	default:
		return op
	}
}

// String lists the operations, one a line.
func (p *Page) String() string {
	var b strings.Builder
	for _, op := range p.Ops {
		b.WriteString(op.String())
		b.WriteByte('\n')
	}
	return b.String()
}

// Bookmark is a heading as the contents and the outline list it.
type Bookmark struct {
	Level  int // 1 is the highest
	Title  string
	Number string // with which its title and its text begin; "" for none
	Count  int    // what that counts; 0 for none
	Anchor string
	Page   int // index of the page it stands on
	Y      float64
}
