package typeset

import (
	"math"
	"strings"

	"wangjian/internal/linebreak"
)

// line is a piece of a paragraph that stands on one line.
type line struct {
	glyphs  []glyph
	natural float64 // width before it is stretched
	indent  float64
	last    bool // of its paragraph, or before a forced break
	start   int  // of its glyphs, where [Setter.fill] made it
	grid    bool // Chinese characters keep to the grid
	tied    bool // it stays with the line before it: a picture reaches up there
	of      *Element
}

// line makes a line of glyphs, the last of its text.
func (s *Setter) line(gs []glyph, grid bool) *line {
	return &line{glyphs: gs, natural: s.natural(gs, grid), last: true, grid: grid}
}

// single sets runs in one line.
func (s *Setter) single(runs []Run, grid bool) *line { return s.line(s.glyphs(runs), grid) }

// How far, in ems, one gap of a flush line may open or close. A reader sees
// more than [most] as a hole, and more than [pause] after a mark. [easy] is
// what a program that extracts the text still reads as one word.
const (
	most     = 0.25
	pause    = 0.45
	easy     = 0.11
	tightest = 0.036
)

// tracked is the space after a glyph before any stretching: Chinese
// characters keep to the grid, words have their own spacing.
func (s *Setter) tracked(g glyph, grid bool) float64 {
	if !grid || g.tight || g.r == ' ' {
		return 0
	}
	return s.Sheet.tracking(g.style.Size)
}

// fill breaks glyphs into lines of the given width, the first one indented.
// What may not start a line is pushed to the next one together with what
// stands before it, but for a mark that has room without its blank half.
func (s *Setter) fill(gs []glyph, width, indent float64, grid bool) []*line {
	narrow(gs, width-max(indent, 0))
	may := s.breaks(gs, runesOf(gs))
	var lines []*line
	for from := 0; from < len(gs); {
		if len(lines) > 0 {
			indent = 0
		}
		to := s.end(gs, may, from, width-indent, grid)
		piece, forced := gs[from:to], gs[to-1].r == '\n'
		if forced {
			piece = piece[:len(piece)-1]
		}
		l := s.piece(piece, from == 0, width-indent, grid)
		l.start, l.indent, l.last = from, indent, forced
		lines = append(lines, l)
		from = to
		for from < len(gs) && gs[from].r == ' ' && !l.last {
			from++
		}
	}
	if n := len(lines); n > 0 {
		lines[n-1].last = true
	}
	return lines
}

// end finds where the line that starts at from ends.
func (s *Setter) end(gs []glyph, may []bool, from int, width float64, grid bool) int {
	used, gap := 0.0, 0.0
	if from > 0 {
		used -= gs[from].saved(right)
	}
	fits := from
	for i := from; i < len(gs); i++ {
		g := gs[i]
		if g.r == '\n' {
			return i + 1
		}
		if i > from && may[i] {
			fits = i
		}
		used += gap + g.width
		gap = s.tracked(g, grid)
		if used > width+rounding && g.r != ' ' && i > from {
			if used-g.saved(left) <= width+rounding && (i+1 == len(gs) || may[i+1] || gs[i+1].r == '\n') {
				continue
			}
			if fits == from {
				return forced(gs, from, i)
			}
			return fits
		}
	}
	return len(gs)
}

// forced parts what may not be parted where it reaches the line's end: not
// within a number, and a long address after a slash or the like. A line does not
// end with a hyphen: readers and programs would take it for that of a parted word.
func forced(gs []glyph, from, end int) int {
	const back = 12 // characters that a line may lose
	text := runesOf(gs)
	for i := end; i > from && i > end-back; i-- {
		if (strings.ContainsRune("/?&=_", text[i-1]) || text[i] == '-') && linebreak.IsWord(text[i]) && !linebreak.InNumber(text, i) {
			return i
		}
	}
	for i := end; i > from; i-- {
		if !linebreak.InNumber(text, i) && text[i-1] != '-' {
			return i
		}
	}
	return end // a number that no type is small enough for
}

// smallestSize is the smallest type that a number is set in to stay on a line.
const smallestSize = 7.0

// above adds empty lines above those with a picture that is higher than they are.
func above(lines []*line, lead float64) []*line {
	var out []*line
	for _, l := range lines {
		high := 0.0
		for _, g := range l.glyphs {
			high = max(high, g.high)
		}
		tied := false
		for have := baseline(lead, l); have < high; have += lead {
			out = append(out, &line{grid: l.grid, tied: tied})
			tied = true
		}
		l.tied = tied
		out = append(out, l)
	}
	return out
}

// narrow sets a number that is wider than a line in smaller type, and makes a picture
// smaller that is.
func narrow(gs []glyph, width float64) {
	for i := range gs {
		if g := &gs[i]; g.high > 0 && g.width > width {
			g.width, g.high = width, g.high*width/g.width
		}
	}
	text := runesOf(gs)
	for from := 0; from < len(gs); {
		to, wide := from+1, gs[from].width
		for to < len(gs) && linebreak.InNumber(text, to) {
			wide += gs[to].width
			to++
		}
		if wide > width && (to-from > 1 || linebreak.IsNumeral(gs[from].r)) {
			shrink(gs[from:to], width/wide)
		}
		from = to
	}
}

// shrink sets glyphs in type that much smaller.
func shrink(gs []glyph, by float64) {
	smaller := map[*Style]*Style{}
	for i := range gs {
		g := &gs[i]
		style := smaller[g.style]
		if style == nil {
			copied := *g.style
			copied.Size = min(copied.Size, max(smallestSize, math.Floor(copied.Size*by*10)/10))
			style = &copied
			smaller[g.style] = style
		}
		g.width = g.width * style.Size / g.style.Size
		g.style = style
	}
}

func trimSpaces(gs []glyph) []glyph {
	for len(gs) > 0 && gs[len(gs)-1].r == ' ' {
		gs = gs[:len(gs)-1]
	}
	return gs
}

func (s *Setter) natural(gs []glyph, grid bool) float64 {
	width := 0.0
	for i, g := range gs {
		width += g.width
		if i < len(gs)-1 {
			width += s.tracked(g, grid)
		}
	}
	return width
}

// opening is what the open gaps of a line take, or lose, to make it flush;
// those where a reader rests anyway, after a mark, may take more.
type opening struct{ gap, rest float64 }

// stretch is the opening that makes the line flush with the given width;
// none where the line stays ragged.
func (l *line) stretch(width float64) opening {
	gaps, rests := 0, 0
	for i := 0; i+1 < len(l.glyphs); i++ {
		open, rest := gapAfter(l.glyphs, i)
		gaps += open
		rests += rest
	}
	if gaps == 0 {
		return opening{}
	}
	o, _ := open(width-l.indent-l.natural, gaps, rests, l.glyphs[0].style.Size)
	return o
}

// open shares room among gaps, some of which are rests; ok is false where it
// is too much to take or to lose, and the line stays as it is.
func open(extra float64, gaps, rests int, em float64) (o opening, ok bool) {
	if gaps == 0 {
		return opening{}, math.Abs(extra) < 0.01
	}
	per := extra / float64(gaps)
	switch {
	case per > most*em || per < float64(-tightest*em)-0.001:
		return opening{}, false
	case per > easy*em && rests > 0:
		left := extra - float64(easy*em*float64(gaps))
		if rest := float64(easy*em) + left/float64(rests); rest <= pause*em {
			return opening{easy * em, rest}, true
		}
	}
	return opening{per, per}, true
}

// gapAfter says with 1 or 0 whether the gap after the i-th glyph may open, and
// whether it is a rest: a mark with a blank half stands before it, and no other
// mark after it. No gap opens inside a word or number, or between a number and
// its unit.
func gapAfter(gs []glyph, i int) (gap, rest int) {
	a, b := gs[i], gs[i+1]
	switch {
	case a.tight && b.tight:
		return 0, 0
	case linebreak.IsDigit(a.r) && !linebreak.NotFirst(b.r) && !linebreak.NotLast(b.r) && b.r != ' ':
		return 0, 0
	case strings.ContainsRune(restMarks, a.r) && !linebreak.NotFirst(b.r):
		return 1, 1
	}
	return 1, 0
}

const restMarks = "，。、；：！？"

// after is the space after the i-th glyph.
func (s *Setter) after(l *line, i int, o opening) float64 {
	room := s.tracked(l.glyphs[i], l.grid)
	if i == len(l.glyphs)-1 {
		return room
	}
	switch gap, rest := gapAfter(l.glyphs, i); {
	case rest > 0:
		return room + o.rest
	case gap > 0:
		return room + o.gap
	}
	return room
}

// set puts the line on a page, its left edge at x and its baseline at y. A run
// of text has one font, one style and one spacing, and a word or number is
// never cut by a run's end.
func (s *Setter) set(p *Page, l *line, x, y float64, o opening) {
	gs := l.glyphs
	for from := 0; from < len(gs); {
		first := gs[from]
		if first.high > 0 {
			l.picture(p, &first, x, y)
			x += first.width + s.after(l, from, o)
			from++
			continue
		}
		text := []rune{printed(first.r)}
		start, spacing := x, 0.0
		to := from + 1
		for ; ; to++ {
			gap := s.after(l, to-1, o)
			x += gs[to-1].width + gap
			if to == len(gs) {
				break
			}
			last, next := gs[to-1], gs[to]
			if len(text) == 1 {
				spacing = gap
			}
			if next.font != first.font || *next.style != *first.style || gap != spacing || gap != 0 && last.tight != next.tight || apart(&last, &next) {
				break
			}
			text = append(text, printed(next.r))
		}
		if len(text) == 1 {
			spacing = 0
		}
		p.into(l.owner(&first))
		p.add(Text{Font: first.font, Size: first.style.Size, Color: first.style.Color, X: start, Y: y - first.style.Rise, Spacing: spacing, Text: string(text), Source: first.run.Source})
		from = to
	}
}

// picture puts a picture that stands in the line, on its baseline.
func (l *line) picture(p *Page, g *glyph, x, y float64) {
	box := Box{x, y - g.high, g.width, g.high}
	var figure *Element
	if l.of != nil {
		figure = l.of.kid(TagFigure)
		figure.Alt, figure.Box = g.run.Text, box
	}
	p.into(figure)
	p.add(Drawing{g.run.Image, box.X, box.Y, box.W, box.H, g.run.Text})
}

// put sets a line of the given height with what it carries beside its text.
func (s *Setter) put(p *Page, l *line, x, top, height float64, o opening) {
	base := top + baseline(height, l)
	s.set(p, l, x, base, o)
	s.marks(p, l, x, top, height, base, o)
}

// printed is the character that stands for one that only guides layout.
func printed(r rune) rune {
	if r == '\u00a0' {
		return ' '
	}
	return r
}

// marks puts what a line carries beside its text: the links, and the strokes
// through deleted text.
func (s *Setter) marks(p *Page, l *line, x, top, height, base float64, o opening) {
	type span struct {
		from, to float64
		run      *Run
	}
	var spans []span
	for i, g := range l.glyphs {
		to := x + g.width
		if n := len(spans); g.run.leads() || g.style.Strike {
			if n > 0 && spans[n-1].run == g.run {
				spans[n-1].to = to
			} else {
				spans = append(spans, span{x, to, g.run})
			}
		}
		x = to + s.after(l, i, o)
	}
	for _, sp := range spans {
		if sp.run.leads() {
			p.add(Link{sp.run.Link, sp.run.URI, sp.from, top, sp.to - sp.from, height, sp.run.element, textOf([]Run{*sp.run})})
		}
		if sp.run.Style.Strike {
			y := base - float64(0.33*sp.run.Style.Size)
			p.add(Rule{sp.from, y, sp.to, y, 0.6, sp.run.Style.Color})
		}
	}
}

// notes lists the footnotes that the line marks.
func (l *line) notes() []*Note {
	var list []*Note
	for _, g := range l.glyphs {
		if n := g.run.Note; n != nil && (len(list) == 0 || list[len(list)-1] != n) {
			list = append(list, n)
		}
	}
	return list
}
