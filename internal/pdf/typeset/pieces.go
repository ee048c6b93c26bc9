package typeset

import (
	"math"
	"strings"
)

// plain is what most blocks have in common: no text of their own to break, no
// height, and no tie to the next.
type plain struct{}

func (plain) prepare(*Setter, float64) {}
func (plain) keepsWithNext() bool      { return false }
func (plain) minHeight(*flow) float64  { return 0 }

// Break starts a new page, unless the page at hand is still empty, or filled
// less than Filled: there it leaves a line, so that no page holds a line or two
// and nothing else.
type Break struct {
	plain
	Filled float64
}

func (b Break) place(f *flow) {
	switch {
	case f.atHead():
	case f.y < b.Filled:
		f.skip(f.setter.Sheet.Lead(), true)
	default:
		f.newPage()
	}
}

// Space moves down: by By, then to To if that is still above it. It is kept at
// the head of a page too.
type Space struct {
	plain
	By, To float64
}

func (Space) keepsWithNext() bool       { return true }
func (b Space) minHeight(*flow) float64 { return b.By }
func (b Space) place(f *flow)           { f.y = max(f.y+b.By, b.To) }

// Gap is some room between two blocks. It is lost at the end of a page.
type Gap struct {
	plain
	Height float64
}

func (Gap) keepsWithNext() bool       { return true }
func (b Gap) minHeight(*flow) float64 { return b.Height }
func (b Gap) place(f *flow) {
	if !f.atHead() {
		f.y += b.Height
	}
}

// Stroke is a rule across the text block, in the middle of its height.
type Stroke struct {
	plain
	Width  float64 // of the line
	Height float64
	Inset  float64 // at both ends
	Shift  float64 // to the right
	Color  Color
}

func (b Stroke) minHeight(*flow) float64 { return b.Height }
func (b Stroke) place(f *flow) {
	f.makeRoom(b)
	sheet := f.setter.Sheet
	y := sheet.Top + f.y + float64(b.Height/2)
	left := sheet.Left + b.Shift
	f.page.add(Rule{left + b.Inset, y, left + sheet.BlockWidth - b.Inset, y, b.Width, b.Color})
	f.y += b.Height
}

// Leader is a line of a table of contents: text, dots, number. It is one line
// of text to whoever extracts it, however long the text is.
type Leader struct {
	plain
	Runs   []Run
	Level  int // 1 is the highest
	Number string
	Dots   Style // of the dots and the number
	Indent float64
	Hang   float64 // further indent of the lines after the first
	Lead   float64
	Anchor string // that the line jumps to

	lines []*line
}

const (
	dotSpacing = 1.0 // between the dots; more would be read as spaces
	leaderGap  = 4.0 // left and right of the dots
)

func (b *Leader) prepare(s *Setter, width float64) {
	const fewestDots = 2 // ems
	room := s.Width(b.Number, b.Dots) + fewestDots*b.Dots.Size
	b.lines = s.fill(s.glyphs(b.Runs), width-b.Indent-b.Hang-room, -b.Hang, false)
	s.glyphs([]Run{{Text: ".", Style: b.Dots}})
}

func (b *Leader) minHeight(*flow) float64 { return float64(float64(len(b.lines)) * b.Lead) }

func (b *Leader) place(f *flow) {
	f.makeRoom(b)
	s, sheet := f.setter, f.setter.Sheet
	left, right := sheet.Left+b.Indent, sheet.Left+sheet.BlockWidth
	top := sheet.Top + f.y
	link := f.entry(b.Level).kid(TagReference).kid(TagLink)
	for i, l := range b.lines {
		l.of = link
		base := sheet.Top + f.y + baseline(b.Lead, l)
		x := left + b.Hang + l.indent
		s.set(f.page, l, x, base, opening{})
		if i == len(b.lines)-1 {
			b.leader(s, f.page, link, x+l.natural, right, base)
		}
		f.y += b.Lead
	}
	f.page.add(Link{b.Anchor, "", left, top, right - left, float64(len(b.lines)) * b.Lead, link, textOf(b.Runs)})
}

// leader sets the dots and the number, both flush right.
func (b *Leader) leader(s *Setter, p *Page, link *Element, from, right, base float64) {
	number := right - s.Width(b.Number, b.Dots)
	dot := s.measure(b.Dots.Role, '.', "")
	step := float64(dot.advance)*b.Dots.Size/1000 + dotSpacing
	dots := int(math.Floor((number - leaderGap - from - leaderGap) / step))
	text := Text{Font: dot.font, Size: b.Dots.Size, Color: b.Dots.Color, Y: base}
	if dots > 0 {
		text.X, text.Spacing = number-leaderGap-float64(float64(dots)*step), dotSpacing
		text.Text = strings.Repeat(".", dots)
		p.into(nil)
		p.add(text)
	}
	l := s.single([]Run{{Text: b.Number, Style: b.Dots}}, false)
	l.of = link
	s.set(p, l, number, base, opening{})
}
