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

// byPhrase breaks a title into as few lines as it needs.
func (s *Setter) byPhrase(gs []glyph, width float64) []*line {
	const longest = 300 // characters of a title; the search grows with their square
	if len(gs) > longest || slices.ContainsFunc(gs, func(g glyph) bool { return g.r == '\n' }) {
		return s.fill(gs, width, 0, false)
	}
	fewest := len(s.fill(gs, width, 0, false))
	from := s.phraseBreaks(gs, width, fewest)
	if from == nil {
		return s.fill(gs, width, 0, false)
	}
	lines := make([]*line, fewest)
	for k, i := fewest, len(gs); k > 0; k-- {
		j := from[k][i]
		lines[k-1] = s.piece(gs[j:i], j == 0, width, false)
		i = j
	}
	return lines
}

// phraseBreaks returns where the kth line starts that ends at i, for the best
// way to set a title in so many lines; nil where there is none.
func (s *Setter) phraseBreaks(gs []glyph, width float64, fewest int) (from [][]int) {
	text := runesOf(gs)
	may := s.breaks(gs, text)
	total := s.natural(gs, false)
	// best[k][i] is the least cost of setting the first i characters in k lines.
	best := make([][]int64, fewest+1)
	from = make([][]int, fewest+1)
	for k := range best {
		best[k] = make([]int64, len(gs)+1)
		from[k] = make([]int, len(gs)+1)
		for i := range best[k] {
			best[k][i] = never
		}
	}
	best[0][0] = 0
	mean := total / float64(fewest)
	for k := 1; k <= fewest; k++ {
		for i := 1; i <= len(gs); i++ {
			if i < len(gs) && !may[i] {
				continue
			}
			for j := i - 1; j >= 0; j-- {
				if best[k-1][j] == never {
					continue
				}
				if s.piece(gs[j:i], j == 0, width, false).natural > width+rounding {
					break
				}
				uneven := (s.natural(trimSpaces(gs[j:i]), false) - mean) / gs[0].style.Size
				cost := best[k-1][j] + int64(math.Round((float64(0.1*uneven*uneven)+linebreak.Discord(text, i))*costUnit))
				if cost < best[k][i] {
					best[k][i], from[k][i] = cost, j
				}
			}
		}
	}
	if fewest == 0 || best[fewest][len(gs)] == never {
		return nil
	}
	return from
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
