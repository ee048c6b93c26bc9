package typeset

import (
	"slices"
	"strings"
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
	Height   float64 // the most that several names may take
	Source   string  // file of the text, for messages

	size  float64
	lines []*line
	tail  *line
	wide  float64 // of every name
}

// Of a masthead, in parts of its type's size.
const (
	mastLead = 1.3
	mastGap  = 0.5 // before what follows several names
)

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
	if m.Height > 0 {
		m.size = min(m.size, m.Height/(mastLead*float64(len(m.Names))))
	}
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
	return m.Drop + float64(m.size*(1+float64(mastLead*float64(len(m.lines)-1))))
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
		base := top + float64((float64(float64(i)*mastLead)+ascent)*m.size)
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
		base := top + float64((float64(float64(len(m.lines)-1)/2*mastLead)+ascent)*m.size)
		s.set(f.page, m.tail, middle+float64(across/2)-m.tail.natural, base, opening{})
	}
	f.y += m.minHeight(f)
}

// Signature is 署名 and 成文日期 of a document without a seal (7.3.5.2). It
// takes along the last lines of the text before it, so that it never stands on
// a page without text.
type Signature struct {
	plain
	Names []string // who issues it, the first in charge
	Date  string
	Style Style
	Space float64 // above it

	Source string // file of the text, for messages

	names   []*line // of all names
	above   float64 // width of the line above the date
	wrapped bool    // the last name takes several lines
	date    *line
}

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
}

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
	lines = s.byPhrase(s.glyphs([]Run{names}), room)
	for i, l := range lines {
		lines[i] = s.line(l.glyphs, grid)
	}
	return lines
}

func (g *Signature) company(s *Setter) float64 {
	return g.Space + float64(float64(len(g.names)+1)*s.Sheet.Lead())
}

func (g *Signature) minHeight(f *flow) float64 {
	return f.gap(g.Space, true) + float64(float64(len(g.names)+1)*f.setter.Sheet.Lead())
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
		s.set(f.page, l, right-l.natural, sheet.Top+f.y+baseline(sheet.Lead(), l), opening{})
		f.y += sheet.Lead()
	}
	s.set(f.page, g.date, date, sheet.Top+f.y+baseline(sheet.Lead(), g.date), opening{})
	f.y += sheet.Lead()
}
