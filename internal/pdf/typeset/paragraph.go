package typeset

import (
	"cmp"

	"wangjian/internal/linebreak"
)

// Align is how the lines of a text stand between its edges.
type Align int

// Alignments. Justify makes every line but the last flush.
const (
	Justify Align = iota
	Left
	Center
	Right
)

// shift is how far a text moves right in a line that has more room than it
// needs.
func (a Align) shift(spare float64) float64 {
	switch a {
	case Center:
		return float64(spare / 2)
	case Right:
		return spare
	}
	return 0
}

// Paragraph is a block of text: body, heading, list item, caption. Lengths are
// in points.
type Paragraph struct {
	Runs   []Run
	Align  Align
	Indent float64 // of the first line
	Left   float64 // of every line
	Inset  float64 // of every line's right end
	Marker []Run   // stands left of the first line, Hang wide: “1.”
	Hang   float64 // how far the text stands right of Left to make room for it; a wider marker takes its width
	Lead   float64 // height of a line; 0 is the grid's
	Space  float64 // above it, but not at the head of a page

	Heading          *Bookmark // makes it a heading of that level; Page and Y are filled
	Anchor           string    // what links jump to
	Within           bool      // a heading that what waits for the next page may go below
	KeepWithNext     bool      // stays on the page of the block after it, as headings do
	ByPhrase         bool      // a title: its lines end where the sense allows
	Tag              Tag       // what it is; empty is a paragraph, or a heading of its level
	KeepWithPrevious bool      // takes along the last lines of the paragraph before it
	Opens            bool      // begins the text of a document: a line of it stands alone on the first page rather than none

	lines  []*line
	marker *line
	hang   float64
	tail   float64 // room for what keeps with its last lines
}

func (p *Paragraph) grid() bool { return p.Lead == 0 }

func (p *Paragraph) lead(s *Setter) float64 {
	if p.grid() {
		return s.Sheet.Lead()
	}
	return p.Lead
}

func (p *Paragraph) prepare(s *Setter, width float64) {
	p.hang = p.Hang
	if len(p.Marker) > 0 {
		p.marker = s.single(p.Marker, p.grid())
		p.hang = max(p.hang, p.marker.natural+s.tracked(p.marker.glyphs[len(p.marker.glyphs)-1], p.grid()))
	}
	room := width - p.Left - p.hang - p.Inset
	gs := s.glyphs(p.Runs)
	switch {
	case p.ByPhrase:
		p.lines = s.byPhrase(gs, room, linebreak.EvenTitle)
	case p.Heading != nil && p.Align == Left:
		p.lines = s.heading(gs, room, p.Indent, p.grid())
	case p.Align == Justify:
		p.lines = s.fillFlush(gs, room, p.Indent, p.grid())
	default:
		p.lines = s.fill(gs, room, p.Indent, p.grid())
	}
	p.lines = above(p.lines, p.lead(s))
	// Breaks at the end would make a page with nothing on it.
	for n := len(p.lines) - 1; n > 0 && len(p.lines[n].glyphs) == 0; n-- {
		p.lines = p.lines[:n]
	}
}

func (p *Paragraph) keepsWithNext() bool { return p.KeepWithNext || p.Heading != nil }

func (p *Paragraph) keep(tail float64) { p.tail = tail }

func (p *Paragraph) company(s *Setter) float64 {
	if !p.KeepWithPrevious {
		return 0
	}
	return p.Space + float64(float64(len(p.lines))*p.lead(s))
}

// minHeight is the height of the smallest beginning that may stand at the foot of a
// page.
func (p *Paragraph) minHeight(f *flow) float64 {
	n := len(p.lines)
	if n > 0 && p.Opens && len(f.out.Pages) == 1 {
		return f.gap(p.Space, p.grid()) + f.roomFor(p.lines[:1], p.lead(f.setter))
	}
	if n >= 4 && !p.keepsWithNext() {
		n = 2 // fewer lines would leave a single one on either page
	}
	need := f.gap(p.Space, p.grid()) + f.roomFor(p.lines[:n], p.lead(f.setter))
	if n == len(p.lines) {
		need += p.tail
	}
	return need
}

func (p *Paragraph) place(f *flow) {
	if len(p.lines) == 0 {
		return
	}
	lead := p.lead(f.setter)
	p.belong(f)
	f.skip(p.Space, p.grid())
	for from := 0; from < len(p.lines); {
		n := p.fitting(f, p.lines[from:], lead)
		if n == 0 {
			if !f.atHead() {
				p.turnPage(f)
				continue
			}
			n = 1 // a line whose notes fill a page
		}
		if p.keepsWithNext() && from == 0 {
			f.begin()
		}
		for _, l := range p.lines[from : from+n] {
			p.set(f, l, from == 0 && l == p.lines[0], lead)
		}
		from += n
		if from < len(p.lines) {
			p.turnPage(f)
		}
	}
	if p.keepsWithNext() {
		f.heads.end = len(f.page.Ops)
	}
}

// turnPage goes on with the paragraph on the next page, on the grid below what waited for
// that page.
func (p *Paragraph) turnPage(f *flow) {
	f.newPage()
	f.skip(0, p.grid())
}

// belong puts the paragraph into the structure.
func (p *Paragraph) belong(f *flow) {
	label := f.label()
	tag := p.Tag
	switch {
	case tag != "":
	case p.Heading != nil:
		tag = HeadingTag(p.Heading.Level)
	default:
		tag = TagParagraph
	}
	e := f.belong(tag, p.lines...)
	if p.marker != nil {
		if p.marker.of = label; label == nil {
			p.marker.of = e
		}
	}
}

// fitting is how many of the remaining lines go on this page, so that no
// single line is left here or there.
func (p *Paragraph) fitting(f *flow, rest []*line, lead float64) int {
	n := p.fewer(f, rest, lead)
	for n > 0 && n < len(rest) && rest[n].tied {
		n--
	}
	return n
}

// fewer is the same without a look at pictures.
func (p *Paragraph) fewer(f *flow, rest []*line, lead float64) int {
	n := len(rest)
	for n > 0 && f.roomFor(rest[:n], lead) > f.room() {
		n--
	}
	if p.Opens && len(f.out.Pages) == 1 && n > 0 {
		if n == len(rest) && n > 1 && f.roomFor(rest, lead)+p.tail > f.room() {
			n--
		}
		return n
	}
	if n == len(rest) {
		if p.tail == 0 || f.roomFor(rest, lead)+p.tail <= f.room() {
			return n
		}
		// What keeps with it goes to the next page, and two lines with it.
		n = max(0, n-1)
	}
	if p.keepsWithNext() && !f.headed {
		return 0
	}
	if n > 0 && n == len(rest)-1 {
		n--
	}
	if n == 1 && len(rest) == len(p.lines) && !f.atHead() {
		n = 0
	}
	return n
}

// set puts one line on the page.
func (p *Paragraph) set(f *flow, l *line, first bool, lead float64) {
	s, sheet := f.setter, f.setter.Sheet
	left := sheet.Left + p.Left + p.hang
	width := sheet.BlockWidth - p.Left - p.hang - p.Inset
	top := sheet.Top + f.y
	if first {
		if p.Anchor != "" || p.Heading != nil {
			f.mark(p.Anchor, p.Heading, top)
		}
		if p.marker != nil {
			s.set(f.page, p.marker, left-p.hang, top+baseline(lead, l), opening{})
		}
	}
	open := opening{}
	if p.Align == Justify && !l.last {
		open = l.stretch(width)
	}
	s.put(f.page, l, left+l.indent+p.Align.shift(width-l.indent-l.natural), top, lead, open)
	f.take(lead, l.notes())
}

// baseline is where Chinese type of a line stands within its height; marks of
// footnotes count only where they are alone.
func baseline(lead float64, l *line) float64 {
	size, raised := 0.0, 0.0
	for i := range l.glyphs {
		if st := l.glyphs[i].style; st.Rise == 0 {
			size = max(size, st.Size)
		} else {
			raised = max(raised, st.Size)
		}
	}
	size = cmp.Or(size, raised)
	return float64(lead/2) + float64(0.38*size)
}
