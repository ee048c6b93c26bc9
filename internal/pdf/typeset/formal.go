package typeset

import (
	"slices"
	"strings"

	"wangjian/internal/linebreak"
)

// The parts of a formal document that stand where GB/T 9704-2012 says, not
// where the text before them ends.

// ascent is the part of a Chinese character's square that stands above the
// baseline. The standard measures from the edges of these squares.
const ascent = 0.88

// Masthead is 发文机关标志 (7.2.4): the names of who issues a document in large
// type, in the middle of the page. Several names stand below one another, each
// as wide as the widest, and what follows them stands at the right of all.
type Masthead struct {
	plain
	Names    []string
	Suffix   string  // 文件, or nothing
	Style    Style   // its size is the largest; names that are too wide get less
	Smallest float64 // size of a single name; a longer one takes more lines
	Drop     float64 // from the place at hand to the upper edge of the characters
	Source   string  // file of the text, for messages

	size  float64
	lines []*line
	tail  *line
	wide  float64 // of every name
}

// Of a masthead, in parts of its type's size.
const (
	mastLead  = 1.3
	mastTight = 1.1 // of more names than the page has room for otherwise
	mastMany  = 4   // are fewer than that
	mastGap   = 0.5 // before what follows several names
)

func (m *Masthead) lead() float64 {
	if len(m.Names) > mastMany {
		return mastTight
	}
	return mastLead
}

func (m *Masthead) prepare(s *Setter, width float64) {
	m.lines = nil
	if len(m.Names) == 1 {
		m.single(s, width)
		return
	}
	widest := 0.0
	for _, name := range m.Names {
		widest = max(widest, s.Width(name, m.Style)/m.Style.Size)
	}
	across := widest
	if m.Suffix != "" {
		across += mastGap + s.Width(m.Suffix, m.Style)/m.Style.Size
	}
	m.size = min(m.Style.Size, width/across)
	m.wide = widest * m.size
	for _, name := range m.Names {
		m.lines = append(m.lines, s.single([]Run{m.run(name)}, false))
	}
	if m.Suffix != "" {
		m.tail = s.single([]Run{m.run(m.Suffix)}, false)
	}
}

func (m *Masthead) single(s *Setter, width float64) {
	text := m.Names[0] + m.Suffix
	m.size = m.Style.Size
	if wide := s.Width(text, m.Style); wide > width {
		m.size = max(m.Smallest, m.size*width/wide)
	}
	m.lines = s.wrapped(m.run(text), width, false)
}

func (m *Masthead) run(text string) Run {
	style := m.Style
	style.Size = m.size
	return Run{Text: text, Style: style, Source: m.Source}
}

func (m *Masthead) minHeight(*flow) float64 {
	return m.Drop + float64(m.size*(1+float64(m.lead()*float64(len(m.lines)-1))))
}

func (m *Masthead) place(f *flow) {
	f.makeRoom(m)
	s, sheet := f.setter, f.setter.Sheet
	middle, top := sheet.Left+float64(sheet.BlockWidth/2), sheet.Top+f.y+m.Drop
	across := m.wide
	if m.tail != nil {
		across += float64(mastGap*m.size) + m.tail.natural
	}
	f.belong(TagParagraph, append(m.lines, m.tail)...)
	for i, l := range m.lines {
		base := top + float64((float64(float64(i)*m.lead())+ascent)*m.size)
		x, open := middle-float64(across/2), opening{}
		if len(m.Names) == 1 {
			x = middle - float64(l.natural/2)
		} else if gaps := len(l.glyphs) - 1; gaps > 0 {
			each := (m.wide - l.natural) / float64(gaps)
			open = opening{each, each}
		}
		s.set(f.page, l, x, base, open)
	}
	if m.tail != nil {
		base := top + float64((float64(float64(len(m.lines)-1)/2*m.lead())+ascent)*m.size)
		s.set(f.page, m.tail, middle+float64(across/2)-m.tail.natural, base, opening{})
	}
	f.y += m.minHeight(f)
}

// Signature is 署名 and 成文日期 of a document without a seal, with the 附注 below
// them (7.3.5.2, 7.3.6). It takes along the last lines of the text before it, so
// that it never stands on a page without text; where many sign, its lines are set
// closer so that they leave room for those (7.3.5.5).
type Signature struct {
	plain
	Names []string // who issues it, the first in charge
	Date  string
	Note  string // in parentheses
	Style Style
	Space float64 // above it
	Above float64 // height of what stands between the text and it

	Source string // file of the text, for messages

	names   []*line // of all names
	lead    float64
	above   float64 // width of the line above the date
	wrapped bool    // the last name takes several lines
	date    *line
	note    *Paragraph
}

const (
	closest   = 1.15 // how close its lines may be set, in parts of their type's size
	textAbove = 4    // lines of text that find room above it: a heading's, and two
)

// prepare sets the names. One that is too long for a line wraps: a list after the
// marks between its names, any other by phrase.
func (g *Signature) prepare(s *Setter, width float64) {
	g.names = nil
	room := width - float64(4*s.Sheet.Pitch()) // two characters at either side
	for _, name := range g.Names {
		lines := s.wrapped(g.run(name), room, true)
		g.names = append(g.names, lines...)
		g.above, g.wrapped = lines[len(lines)-1].natural, len(lines) > 1
	}
	g.date = s.single([]Run{g.run(g.Date)}, true)
	g.note = &Paragraph{Runs: []Run{g.run(g.Note)}, Indent: float64(2 * s.Sheet.Pitch())}
	if g.note.prepare(s, width); g.Note == "" {
		g.note.lines = nil
	}
	height := s.Sheet.BlockHeight - g.Space - g.Above - float64(textAbove*s.Sheet.Lead())
	g.lead = max(closest*g.Style.Size, min(s.Sheet.Lead(), height/float64(g.count())))
	g.note.Lead = g.lead
}

// count is how many lines it has.
func (g *Signature) count() int { return len(g.names) + 1 + len(g.note.lines) }

func (g *Signature) run(text string) Run { return Run{Text: text, Style: g.Style, Source: g.Source} }

// wrapped breaks a list of names into lines after the marks between the names,
// and by phrase where a name alone is too long for a line.
func (s *Setter) wrapped(names Run, room float64, grid bool) []*line {
	var lines []*line
	set := func(text string) *line {
		run := names
		run.Text = text
		return s.single([]Run{run}, grid)
	}
	text := ""
	for _, one := range strings.SplitAfter(names.Text, "、") {
		if set(text+one).natural > room && text != "" {
			lines = append(lines, set(text))
			text = ""
		}
		text += one
	}
	lines = append(lines, set(text))
	if !slices.ContainsFunc(lines, func(l *line) bool { return l.natural > room }) {
		return lines
	}
	lines = s.byPhrase(s.glyphs([]Run{names}), room, linebreak.EvenTitle)
	for i, l := range lines {
		lines[i] = s.line(l.glyphs, grid)
	}
	return lines
}

func (g *Signature) company(*Setter) float64 {
	return g.Space + float64(float64(g.count())*g.lead)
}

func (g *Signature) minHeight(f *flow) float64 {
	return f.gap(g.Space, true) + float64(float64(g.count())*g.lead)
}

func (g *Signature) place(f *flow) {
	f.makeRoom(g)
	f.skip(g.Space, true)
	s, sheet := f.setter, f.setter.Sheet
	two := 2 * sheet.Pitch()
	right := sheet.Left + sheet.BlockWidth - two
	// The date starts two characters right of the line above it; where it is the
	// longer one, it keeps two characters from the edge and a name of one line
	// moves left.
	date := right - g.date.natural
	switch {
	case len(g.names) == 0 || g.wrapped && g.date.natural > g.above:
	case g.date.natural > g.above:
		right -= g.date.natural - g.above + two
	default:
		date = right - g.above + two
	}
	for _, l := range append(g.names, g.date) {
		f.belong(TagParagraph, l)
	}
	for _, l := range g.names {
		s.set(f.page, l, right-l.natural, sheet.Top+f.y+baseline(g.lead, l), opening{})
		f.y += g.lead
	}
	s.set(f.page, g.date, date, sheet.Top+f.y+baseline(g.lead, g.date), opening{})
	f.y += g.lead
	g.note.place(f)
}

// Ends is a line with a text at either end, as the number of a document beside who
// signs it (7.2.6), and who prints it beside the day (7.4.3). The left one wraps
// where the two have no room side by side.
type Ends struct {
	Left, Right []Run
	Inset       float64 // from both edges
	Lead        float64 // 0 is the grid's

	left  []*line
	right *line
}

func (e *Ends) prepare(s *Setter, width float64) {
	if e.Lead == 0 {
		e.Lead = s.Sheet.Lead()
	}
	e.left, e.right = nil, s.single(e.Right, false)
	if len(e.Left) > 0 {
		e.left = s.fill(s.glyphs(e.Left), max(width-2*e.Inset-e.right.natural-float64(2*s.Sheet.Pitch()), width/3), 0, false)
	}
}

func (*Ends) keepsWithNext() bool       { return true }
func (e *Ends) minHeight(*flow) float64 { return float64(float64(max(len(e.left), 1)) * e.Lead) }

func (e *Ends) place(f *flow) {
	f.makeRoom(e)
	s, sheet := f.setter, f.setter.Sheet
	f.belong(TagParagraph, e.left...)
	for i := range max(len(e.left), 1) {
		if i < len(e.left) {
			s.set(f.page, e.left[i], sheet.Left+e.Inset, sheet.Top+f.y+baseline(e.Lead, e.left[i]), opening{})
		}
		if i == len(e.left)-1 || len(e.left) == 0 {
			f.belong(TagParagraph, e.right)
			s.set(f.page, e.right, sheet.Left+sheet.BlockWidth-e.Inset-e.right.natural, sheet.Top+f.y+baseline(e.Lead, e.right), opening{})
		}
		f.y += e.Lead
	}
}

// Colophon is 版记 (7.4): who gets copies and who prints the document, between
// rules at the foot of the last page that is an even one; that of a letter has no rules
// and is on its last page (10.1).
type Colophon struct {
	plain
	Plain  bool // of a letter
	Copies []*Paragraph
	Print  *Ends // nil for none
}

// Widths of its rules: the first and the last, and those between.
const (
	colophonRule  = 0.35 * Millimetre
	colophonInner = 0.25 * Millimetre
)

func (c *Colophon) prepare(s *Setter, width float64) {
	for _, p := range c.Copies {
		p.prepare(s, width)
	}
	if c.Print != nil {
		c.Print.prepare(s, width)
	}
}

func (c *Colophon) minHeight(f *flow) float64 {
	height := 0.0
	for _, p := range c.Copies {
		height += float64(float64(len(p.lines)) * p.lead(f.setter))
	}
	if c.Print != nil {
		height += c.Print.minHeight(f)
	}
	return height
}

func (c *Colophon) place(f *flow) {
	height, text := c.minHeight(f), f.page
	lead := f.setter.Sheet.Lead()
	for len(f.foot) > 0 || !c.Plain && len(f.out.Pages)%2 == 1 || !f.atHead() && height+lead > f.room() {
		f.newPage()
	}
	if n := len(f.out.Pages); n > 2 && f.page != text && f.out.Pages[n-2] != text {
		f.out.Pages[n-2].Bare, f.page.Bare = true, true
	}
	at := max(0, f.setter.Sheet.BlockHeight-height)
	f.sunk, f.y = at-f.y, at
	c.rule(f, colophonRule)
	for _, p := range c.Copies {
		p.place(f)
	}
	if c.Print != nil {
		if len(c.Copies) > 0 {
			c.rule(f, colophonInner)
		}
		c.Print.place(f)
	}
	c.rule(f, colophonRule)
}

func (c *Colophon) rule(f *flow, width float64) {
	if c.Plain {
		return
	}
	sheet := f.setter.Sheet
	f.page.into(nil)
	f.page.add(Rule{sheet.Left, sheet.Top + f.y, sheet.Left + sheet.BlockWidth, sheet.Top + f.y, width, Black})
}
