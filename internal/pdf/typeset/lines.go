package typeset

// line is a piece of a paragraph that stands on one line.
type line struct {
	glyphs  []glyph
	natural float64 // width before it is stretched
	indent  float64
	last    bool // of its paragraph, or before a forced break
}

// How far, in ems, one gap of a flush line may open or close. A reader sees
// more than [most] as a hole. [easy] is what a program that extracts the text
// still reads as one word.
const (
	most     = 0.25
	easy     = 0.11
	tightest = 0.036
)

// tracked gives the space after a glyph before any stretching: Chinese
// characters keep to the grid, words have their own spacing.
func (s *Setter) tracked(g glyph, grid bool) float64 {
	if !grid || g.tight || g.r == ' ' {
		return 0
	}
	return s.Sheet.tracking(g.style.Size)
}

// fill breaks glyphs into lines of the given width, the first one indented.
// What may not start a line is pushed to the next one together with what
// stands before it; nothing is squeezed, since squeezed marks are read as
// separate lines.
func (s *Setter) fill(gs []glyph, width, indent float64, grid bool) []*line {
	may := s.units.breaks(gs)
	var lines []*line
	for from := 0; from < len(gs); {
		l := &line{}
		if len(lines) == 0 {
			l.indent = indent
		}
		to := s.end(gs, may, from, width-l.indent, grid)
		piece := gs[from:to]
		if n := len(piece); piece[n-1].r == '\n' {
			piece, l.last = piece[:n-1], true
		}
		l.glyphs = trimSpaces(piece)
		l.natural = s.natural(l.glyphs, grid)
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
	const rounding = 0.01
	used, gap := 0.0, 0.0
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
			if fits == from {
				return i // nothing in it may be parted: part it anyway
			}
			return fits
		}
	}
	return len(gs)
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

// opening is what the open gaps of a line take, or give up, to make it flush;
// those where a reader rests anyway, after a mark, may take more.
type opening struct{ gap, rest float64 }

// stretch gives the opening that makes the line flush with the given width;
// none where the line stays ragged.
func (l *line) stretch(width float64) opening {
	gaps, rests := 0, 0
	for i := 0; i+1 < len(l.glyphs); i++ {
		if l.opens(i) {
			gaps++
			if l.restsAt(i) {
				rests++
			}
		}
	}
	extra := width - l.indent - l.natural
	if gaps == 0 {
		return opening{}
	}
	em := l.glyphs[0].style.Size
	per := extra / float64(gaps)
	switch {
	case per > most*em || per < -tightest*em-0.001:
		return opening{}
	case per > easy*em && rests > 0:
		left := extra - easy*em*float64(gaps)
		return opening{easy * em, easy*em + left/float64(rests)}
	}
	return opening{per, per}
}

// after is the room after the i-th glyph.
func (s *Setter) after(l *line, i int, o opening, grid bool) float64 {
	room := s.tracked(l.glyphs[i], grid)
	switch {
	case i == len(l.glyphs)-1 || !l.opens(i):
		return room
	case l.restsAt(i):
		return room + o.rest
	}
	return room + o.gap
}

// restsAt tells whether the i-th glyph is a mark with a blank half.
func (l *line) restsAt(i int) bool { return restMarks[l.glyphs[i].r] }

var restMarks = setOf("，。、；：！？")

// opens tells whether there may be more space after the i-th glyph: anywhere
// but inside a word or number, and between a number and its unit.
func (l *line) opens(i int) bool {
	a, b := l.glyphs[i], l.glyphs[i+1]
	if isDigit(a.r) && !notFirst[b.r] && !notLast[b.r] && b.r != ' ' {
		return false
	}
	return !a.tight || !b.tight
}

// set puts the line on a page, its left edge at x and its baseline at y.
func (s *Setter) set(p *Page, l *line, x, y float64, o opening, grid bool) {
	var text []rune
	var first glyph
	start, spacing := x, 0.0
	flush := func() {
		if len(text) > 0 {
			p.add(Text{Font: first.font, Size: first.style.Size, Color: first.style.Color, X: start, Y: y - first.style.Rise, Spacing: spacing, Text: string(text)})
			text = text[:0]
		}
	}
	for i, g := range l.glyphs {
		after := s.after(l, i, o, grid)
		if i == len(l.glyphs)-1 && len(text) > 0 {
			after = spacing // it follows nothing: no run of its own for that
		}
		if len(text) == 0 || g.font != first.font || *g.style != *first.style || after != spacing {
			flush()
			first, start, spacing = g, x, after
		}
		r := g.r
		if r == '\u00a0' {
			r = ' '
		}
		text = append(text, r)
		x += g.width + after
	}
	flush()
}

// marks puts what a line carries beside its text: the links, and the strokes
// through deleted text.
func (s *Setter) marks(p *Page, l *line, x, top, height, base float64, o opening, grid bool) {
	type span struct {
		from, to float64
		run      *Run
	}
	var spans []span
	for i, g := range l.glyphs {
		to := x + g.width
		if n := len(spans); g.run.Link != "" || g.style.Strike {
			if n > 0 && spans[n-1].run == g.run {
				spans[n-1].to = to
			} else {
				spans = append(spans, span{x, to, g.run})
			}
		}
		x = to + s.after(l, i, o, grid)
	}
	for _, sp := range spans {
		if sp.run.Link != "" {
			p.add(Link{sp.run.Link, sp.from, top, sp.to - sp.from, height})
		}
		if sp.run.Style.Strike {
			y := base - 0.33*sp.run.Style.Size
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
