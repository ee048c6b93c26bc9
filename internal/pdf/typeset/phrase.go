package typeset

import (
	"math"
	"slices"

	"wangjian/internal/linebreak"
)

// Titles are broken by phrase (GB/T 9704-2012, 7.3.1): not where a line happens
// to be full, but where a reader would draw breath, in lines of about one
// length.

// runesOf returns the characters of glyphs.
func runesOf(gs []glyph) []rune {
	text := make([]rune, len(gs))
	for i, g := range gs {
		text[i] = g.r
	}
	return text
}

// breaks returns before which glyphs a line may break: not before the mark of a
// note.
func (s *Setter) breaks(gs []glyph, text []rune) []bool {
	may := s.units.Breaks(text)
	for i, g := range gs {
		may[i] = may[i] && g.run.Note == nil
	}
	return may
}

// byPhrase breaks a title into as few lines as it needs, of about one length; even says how
// nearly (linebreak.EvenTitle).
func (s *Setter) byPhrase(gs []glyph, width, even float64) []*line {
	if len(gs) == 0 || len(gs) > linebreak.LongestTitle || slices.ContainsFunc(gs, func(g glyph) bool { return g.r == '\n' }) {
		return s.fill(gs, width, 0, false)
	}
	fewest := len(s.fill(gs, width, 0, false))
	text := runesOf(gs)
	starts := linebreak.Title(text, s.breaks(gs, text), fewest, gs[0].style.Size, even, func(from, to int) float64 {
		return s.natural(trimSpaces(gs[from:to]), false)
	}, func(from, to int) bool {
		return s.piece(gs[from:to], from == 0, width, false).natural <= width+rounding
	})
	if starts == nil {
		return s.fill(gs, width, 0, false)
	}
	lines := make([]*line, fewest)
	for k, from := range starts {
		to := len(gs)
		if k+1 < len(starts) {
			to = starts[k+1]
		}
		lines[k] = s.piece(gs[from:to], from == 0, width, false)
	}
	return lines
}

// byPhrases breaks a text that may have lines of its own, as the head of a column does,
// each of them by phrase.
func (s *Setter) byPhrases(gs []glyph, width float64) (lines []*line) {
	for {
		end := slices.IndexFunc(gs, func(g glyph) bool { return g.r == '\n' })
		if end < 0 {
			return append(lines, s.byPhrase(gs, width, linebreak.EvenTitle)...)
		}
		lines = append(lines, s.byPhrase(gs[:end], width, linebreak.EvenTitle)...)
		gs = gs[end+1:]
	}
}

// heading breaks the text of a heading that stands at the left: its lines are
// full, but the last of them holds some words, and the one before ends where
// the sense allows.
func (s *Setter) heading(gs []glyph, width, indent float64, grid bool) []*line {
	const (
		back  = 8 // characters that a line may lose
		widow = 5 // fewer of them are not left alone in the last line
	)
	lines := s.fill(gs, width, indent, grid)
	n := len(lines)
	if n < 2 || slices.ContainsFunc(gs, func(g glyph) bool { return g.r == '\n' }) {
		return lines
	}
	start, from := lines[n-2].start, lines[n-1].start
	text := runesOf(gs)
	may := s.breaks(gs, text)
	best, lowest := from, math.Inf(1)
	for i := from; i > start && i >= from-back; i-- {
		if !may[i] || s.piece(gs[i:], false, width, grid).natural > width {
			continue
		}
		cost := linebreak.Discord(text, i) + float64(0.5*float64(from-i))
		if left := len(gs) - i; left < widow {
			cost += float64(10 * float64(widow-left))
		}
		if cost < lowest {
			best, lowest = i, cost
		}
	}
	set := func(l *line, from, to int) {
		p := s.piece(gs[from:to], from == 0, width-l.indent, grid)
		l.glyphs, l.natural = p.glyphs, p.natural
	}
	set(lines[n-2], start, best)
	set(lines[n-1], best, len(gs))
	return lines
}
