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
}

// Mark is one thing in a drawing: a [Box], a [Line], a [Shape] or a [Label].
type Mark interface{ svg(p *pen) }

// Place is a point, from the drawing's upper left corner.
type Place struct{ X, Y Length }

// Box is a filled rectangle.
type Box struct {
	X, Y, W, H Length
	Color      string // of the palette
	Opacity    int    // in percent, of the edge too
	Edge       bool   // a line of 1 px around it in the colour of the paper
	Striped    bool   // stripes over it in the colour of the paper, see [Box.Stripes]
	Alone      bool   // its stripes begin at its own corner
}

// Line is a straight line of 1 px.
type Line struct {
	From, To Place
	Color    string
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
func (d *Drawing) add(marks ...Mark) { d.Marks = append(d.Marks, marks...) }

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

// The stripes of a box run upwards to the right, at half a right angle: of every
// stripePitch px across them, stripeWidth are covered. They begin where the
// drawing does, so that those of neighbours are in line, or where the box does.
const (
	stripePitch = 6
	stripeWidth = 2
)

// Stripes returns what the stripes of a box cover of it. Along a stripe x+y is
// constant: it is stripePitch times the root of 2, times a whole number.
func (b Box) Stripes() [][]Place {
	const root = 14142 // of 2, in Px
	if b.Alone {
		own := Box{W: b.W, H: b.H}.Stripes()
		for _, ring := range own {
			for i := range ring {
				ring[i] = Place{ring[i].X + b.X, ring[i].Y + b.Y}
			}
		}
		return own
	}
	var list [][]Place
	for n := (b.X + b.Y) / (stripePitch * root); ; n++ {
		from := n * stripePitch * root
		if from >= b.X+b.Y+b.W+b.H {
			return list
		}
		if points := b.between(from, from+stripeWidth*root); len(points) > 2 {
			list = append(list, points)
		}
	}
}

// between returns the part of a box where x+y is between two lengths.
func (b Box) between(from, to Length) []Place {
	var points []Place
	corners := []Place{{b.X, b.Y}, {b.X + b.W, b.Y}, {b.X + b.W, b.Y + b.H}, {b.X, b.Y + b.H}}
	add := func(p Place) {
		if len(points) == 0 || points[len(points)-1] != p && points[0] != p {
			points = append(points, p)
		}
	}
	for i, p := range corners {
		q := corners[(i+1)%len(corners)]
		start, end := p.X+p.Y, q.X+q.Y
		if from <= start && start <= to {
			add(p)
		}
		cuts := []Length{from, to}
		if end < start {
			cuts = []Length{to, from}
		}
		for _, at := range cuts {
			if min(start, end) < at && at < max(start, end) {
				if p.Y == q.Y {
					add(Place{at - p.Y, p.Y})
				} else {
					add(Place{p.X, at - p.X})
				}
			}
		}
	}
	return points
}

// SVG writes a drawing as an element of a class, with what a reader who does
// not see it is told. Its colours are the palette's own, with classes by which
// the page exchanges them. Ids begin with id. Text that XML cannot hold is an
// error.
func (d *Drawing) SVG(class, id, title, desc string) (string, error) {
	p := &pen{stripes: id + "-1"}
	fmt.Fprintf(p, `<svg class="%s" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img">`, class, d.Width, d.Height)
	p.WriteString("<title>" + p.text(title) + "</title><desc>" + p.text(desc) + "</desc>")
	for _, m := range d.Marks {
		m.svg(p)
	}
	if p.striped {
		fmt.Fprintf(p, `<defs><pattern id="%s" width="1" height="%d" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">`, p.stripes, stripePitch)
		fmt.Fprintf(p, `<path d="M0 0h1v%dh-1z"%s/></pattern></defs>`, stripeWidth, colored("fill", paper))
	}
	p.WriteString("</svg>")
	return p.String(), p.err
}

// pen writes a drawing as SVG.
type pen struct {
	strings.Builder
	stripes string // the id of the pattern
	striped bool
	err     error
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
	path := fmt.Sprintf(`<path d="M%s %sh%sv%sh-%[3]sz"`, b.X, b.Y, b.W, b.H)
	p.WriteString(path)
	opacity := ""
	if b.Opacity < 100 {
		opacity = fmt.Sprintf(`-opacity="%s"`, Px*Length(b.Opacity)/100)
	}
	if b.Edge {
		fmt.Fprintf(p, ` class="fill-%s stroke-paper" fill="%s" stroke="%s"`, Token(b.Color), b.Color, paper)
	} else {
		p.WriteString(colored("fill", b.Color))
	}
	switch {
	case opacity != "" && b.Edge:
		p.WriteString(" fill" + opacity + " stroke" + opacity)
	case opacity != "":
		p.WriteString(" fill" + opacity)
	}
	p.WriteString("/>")
	if b.Striped {
		p.striped = true
		if b.Alone {
			path = fmt.Sprintf(`<path transform="translate(%s %s)" d="M0 0h%sv%sh-%[3]sz"`, b.X, b.Y, b.W, b.H)
		}
		p.WriteString(path + ` fill="url(#` + p.stripes + `)"/>`)
	}
}

func (l Line) svg(p *pen) {
	fmt.Fprintf(p, `<path d="M%s %sL%s %s" fill="none"%s/>`, l.From.X, l.From.Y, l.To.X, l.To.Y, colored("stroke", l.Color))
}

func (s Shape) svg(p *pen) {
	with := "M"
	p.WriteString(`<path d="`)
	for _, at := range s.Points {
		fmt.Fprintf(p, "%s%s %s", with, at.X, at.Y)
		with = "L"
	}
	p.WriteString(`z"` + colored("fill", s.Color) + "/>")
}

func (l Label) svg(p *pen) {
	fmt.Fprintf(p, `<text x="%s" y="%s" dominant-baseline="central" font-size="%d"`, l.At.X, l.At.Y, l.Size)
	if l.Align != Start {
		fmt.Fprintf(p, ` text-anchor="%s"`, [...]string{"start", "middle", "end"}[l.Align])
	}
	if l.Bold {
		p.WriteString(` font-weight="bold"`)
	}
	p.WriteString(colored("fill", l.Color) + ">" + p.text(l.Text) + "</text>")
}
