package chart

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode"
)

// Length is a length or a place in a drawing, so many to a [Px]. Places are
// worked out in whole numbers only, so that a drawing is the same on every
// processor: some fuse a multiplication with an addition.
type Length int

// Px is one px. Browsers place glyphs by quarters of a px: with coarser units
// more of them would be set on the other side of one than ECharts sets them.
const Px Length = 10_000

// px returns whole px.
func px(n int) Length { return Length(n) * Px }

// String writes px with the decimals that it takes.
func (l Length) String() string {
	sign, n := "", int(l)
	if n < 0 {
		sign, n = "-", -n
	}
	whole, rest := n/int(Px), n%int(Px)
	if rest == 0 {
		return sign + strconv.Itoa(whole)
	}
	return sign + strconv.Itoa(whole) + "." + strings.TrimRight(fmt.Sprintf("%04d", rest), "0")
}

// times returns a length times of/by, rounded half up.
func (l Length) times(of, by int) Length {
	n := 2*int(l)*of + by
	q := n / (2 * by)
	if n%(2*by) < 0 {
		q--
	}
	return Length(q)
}

// Drawing is a chart laid out at a width: its marks in the order in which they
// are painted, nothing of it beyond its edges.
type Drawing struct {
	Width, Height int // px
	Marks         []Mark
	data          []int // beside Marks: the number of the datum that each shows, 0 for none
	datum         int   // of the marks that are added
}

// Mark is one thing in a drawing: a [Box], a [Line], a [Dot], a [Shape] or a
// [Label].
type Mark interface{ svg(p *pen) }

// Place is a point, from the drawing's upper left corner.
type Place struct{ X, Y Length }

// Box is a filled rectangle.
type Box struct {
	X, Y, W, H Length
	Color      string // of the palette
}

// Line is a straight line.
type Line struct {
	From, To Place
	Width    int // px
	Color    string
}

// Dot is a disc, or a ring of [RingWidth] px in it.
type Dot struct {
	At     Place
	Radius int // px
	Color  string
	Ring   bool
}

// RingWidth is how wide the line of a ring is, in px.
const RingWidth = 2

// cosines are those of the eighths of a right angle, in ten thousandths.
var cosines = [9]int{10000, 9808, 9239, 8315, 7071, 5556, 3827, 1951, 0}

// Round returns the corners of a polygon that stands for a circle, where
// circles cannot be painted.
func Round(at Place, radius Length) []Place {
	var corners []Place
	for n := range 32 {
		quarter, k := n/8, n%8
		x, y := radius.times(cosines[k], 10000), radius.times(cosines[8-k], 10000)
		for range quarter {
			x, y = -y, x
		}
		corners = append(corners, Place{at.X + x, at.Y + y})
	}
	return corners
}

// Shape is a filled polygon.
type Shape struct {
	Points []Place
	Color  string
}

// Label is a line of text. Its middle stands at At.Y; At.X is where it begins,
// its middle or its end.
type Label struct {
	Text  string
	At    Place
	Align Align
	Size  int // px
	Bold  bool
	Color string
}

// Align tells what of a label its place is.
type Align int

const (
	Start Align = iota
	Middle
	End
)

// add paints marks over those that are there.
func (d *Drawing) add(marks ...Mark) {
	for _, m := range marks {
		d.Marks, d.data = append(d.Marks, m), append(d.data, d.datum)
	}
}

// of adds the marks of a datum.
func (d *Drawing) of(datum int, marks ...Mark) {
	d.datum = datum
	d.add(marks...)
	d.datum = 0
}

// lines adds lines of text below each other, the middle of the first at a
// label's place.
func (d *Drawing) lines(l Label, texts []string, apart int) {
	for _, l.Text = range texts {
		if l.Text != "" {
			d.add(l)
		}
		l.At.Y += px(apart)
	}
}

// hair returns where the middle of a line of 1 px stands, so that it is sharp on
// a screen.
func hair(at Length) Length {
	half := (at + Px/4) / (Px / 2)
	return (half/2*2 + 1) * (Px / 2)
}

// SVG writes a drawing as an element of a class, with what a reader who does
// not see it is told. Its colours are the palette's own, with classes by which
// the page exchanges them; a mark of a datum has its number as data-n. Text that
// XML cannot hold is an error. The marks of a datum lead to its link, "" for none.
func (d *Drawing) SVG(class, title, desc string, links []string) (string, error) {
	p := new(pen)
	fmt.Fprintf(p, `<svg class="%s" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"`, class, d.Width, d.Height)
	if links == nil {
		p.WriteString(` role="img"`) // what can be followed is no picture
	}
	p.WriteByte('>')
	p.WriteString("<title>" + p.text(title) + "</title><desc>" + p.text(desc) + "</desc>")
	for n, m := range d.Marks {
		p.begin(d.data[n], links)
		m.svg(p)
	}
	p.begin(0, links)
	p.WriteString("</svg>")
	return p.String(), p.err
}

// pen writes a drawing as SVG.
type pen struct {
	strings.Builder
	of    int    // the datum whose marks come
	datum string // the same as an attribute
	link  bool   // a link is open
	err   error
}

// begin goes over to the marks of a datum, 0 for none.
func (p *pen) begin(datum int, links []string) {
	if datum == p.of {
		return
	}
	if p.link {
		p.WriteString("</a>")
	}
	p.of, p.datum, p.link = datum, "", false
	if datum == 0 {
		return
	}
	p.datum = fmt.Sprintf(` data-n="%d"`, datum)
	if datum <= len(links) && links[datum-1] != "" {
		p.link = true
		p.WriteString(`<a href="` + html.EscapeString(links[datum-1]) + `">`)
	}
}

// text makes a text safe, and notes what cannot be shown.
func (p *pen) text(s string) string {
	if at := strings.IndexFunc(s, forbidden); at >= 0 && p.err == nil {
		p.err = fmt.Errorf("文字里有不能显示的字符 %U", []rune(s[at:])[0])
	}
	return html.EscapeString(s)
}

// forbidden tells the characters that XML cannot hold.
func forbidden(r rune) bool {
	return r == unicode.ReplacementChar || r == 0xFFFE || r == 0xFFFF || unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r'
}

// colored returns a colour as an attribute, and the class that stands for it.
func colored(attribute, color string) string {
	return fmt.Sprintf(` class="%s-%s" %[1]s="%[3]s"`, attribute, Token(color), color)
}

func (b Box) svg(p *pen) {
	fmt.Fprintf(p, `<path%s d="M%s %sh%sv%sh-%[4]sz"%[6]s/>`, p.datum, b.X, b.Y, b.W, b.H, colored("fill", b.Color))
}

func (l Line) svg(p *pen) {
	fmt.Fprintf(p, `<path%s d="M%s %sL%s %s" fill="none"`, p.datum, l.From.X, l.From.Y, l.To.X, l.To.Y)
	if l.Width > 1 {
		fmt.Fprintf(p, ` stroke-width="%d"`, l.Width)
	}
	p.WriteString(colored("stroke", l.Color) + "/>")
}

func (d Dot) svg(p *pen) {
	if !d.Ring {
		fmt.Fprintf(p, `<circle%s cx="%s" cy="%s" r="%d"%s/>`, p.datum, d.At.X, d.At.Y, d.Radius, colored("fill", d.Color))
		return
	}
	fmt.Fprintf(p, `<circle%s cx="%s" cy="%s" r="%d" class="fill-%s stroke-%s" fill="%s" stroke="%s" stroke-width="%d"/>`,
		p.datum, d.At.X, d.At.Y, d.Radius-RingWidth/2, Token(paper), Token(d.Color), paper, d.Color, RingWidth)
}

func (s Shape) svg(p *pen) {
	with := "M"
	p.WriteString(`<path` + p.datum + ` d="`)
	for _, at := range s.Points {
		fmt.Fprintf(p, "%s%s %s", with, at.X, at.Y)
		with = "L"
	}
	p.WriteString(`z"` + colored("fill", s.Color) + "/>")
}

func (l Label) svg(p *pen) {
	fmt.Fprintf(p, `<text%s x="%s" y="%s" dominant-baseline="central" font-size="%d"`, p.datum, l.At.X, l.At.Y, l.Size)
	if l.Align != Start {
		fmt.Fprintf(p, ` text-anchor="%s"`, [...]string{"start", "middle", "end"}[l.Align])
	}
	if l.Bold {
		p.WriteString(` font-weight="bold"`)
	}
	p.WriteString(colored("fill", l.Color) + ">" + p.text(l.Text) + "</text>")
}
