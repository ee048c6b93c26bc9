package typeset

import (
	"math"
	"slices"
)

// A flush paragraph is broken as a whole. A number with its unit may push four
// characters to the next line; set line by line, that line would be torn open.
// So the lines before lose a character each, and no line shows it.

// Costs are reckoned in whole numbers, so that two ways that are equally good
// are so on every processor.
const (
	costUnit = 1e8
	runt     = 0.02 * costUnit // a last line of a single character
	torn     = 0.05 * costUnit // a gap opened beyond [easy]
	closing  = 2.5             // a gap that is closed counts as one so much wider open
	never    = math.MaxInt64
)

// fillFlush breaks glyphs into lines that are to be made flush. Where that
// cannot be done within [most], it breaks them as fill does.
func (s *Setter) fillFlush(gs []glyph, width, indent float64, grid bool) []*line {
	var lines []*line
	for len(gs) > 0 {
		end := slices.IndexFunc(gs, func(g glyph) bool { return g.r == '\n' })
		piece := gs
		if end >= 0 {
			piece, gs = gs[:end], gs[end+1:]
		} else {
			gs = nil
		}
		if len(lines) > 0 {
			indent = 0
		}
		narrow(piece, width-max(indent, 0))
		set := s.flushLines(piece, width, indent, grid)
		if set == nil {
			set = s.fill(piece, width, indent, grid)
		}
		if len(piece) == 0 {
			set = []*line{{indent: indent, last: true, grid: grid}}
		}
		lines = append(lines, set...)
	}
	return lines
}

// flushLines finds the breaks that tear the lines open the least; nil when
// there are none that keep within bounds.
func (s *Setter) flushLines(gs []glyph, width, indent float64, grid bool) []*line {
	if len(gs) == 0 {
		return nil
	}
	may := s.breaks(gs, runesOf(gs))
	r := s.rulerOf(gs, grid)
	best := make([]int64, len(gs)+1) // least cost of the lines up to here
	from := make([]int, len(gs)+1)   // where the last of them starts
	for i := range best {
		best[i] = never
	}
	best[0] = 0
	for start := 0; start < len(gs); start++ {
		if best[start] == never {
			continue
		}
		room := width
		if start == 0 {
			room -= indent
		}
		for end := start + 1; end <= len(gs); end++ {
			natural := r.width(start, end)
			if natural > room+rounding {
				natural -= r.tail[end]
			}
			if natural > room*(1+tightest) {
				break
			}
			if end < len(gs) && !may[end] {
				continue
			}
			if cost, ok := r.cost(start, end, len(gs), room, natural); ok && best[start]+cost < best[end] {
				best[end], from[end] = best[start]+cost, start
			}
		}
	}
	if best[len(gs)] == never {
		return nil
	}
	return s.linesFrom(from, gs, width, indent, grid)
}

// cost is what a line costs; ok is false where it cannot be set.
func (r *ruler) cost(start, end, whole int, room, natural float64) (cost int64, ok bool) {
	switch {
	case end == whole && natural <= room+rounding:
		if end-start <= 2 && start > 0 {
			return runt, true
		}
		return 0, true
	case end < whole && natural*(1+most) < room:
		return 0, false
	}
	return r.looseness(start, end, room-natural)
}

// linesFrom sets the lines whose starts were found, by their ends.
func (s *Setter) linesFrom(from []int, gs []glyph, width, indent float64, grid bool) []*line {
	var lines []*line
	for end := len(gs); end > 0; end = from[end] {
		start, room := from[end], width
		if start == 0 {
			room -= indent
		}
		lines = append(lines, s.piece(gs[start:end], start == 0, room, grid))
		lines[len(lines)-1].last = false
	}
	slices.Reverse(lines)
	lines[0].indent = indent
	// A last line that is too long is made flush too: it is closed up.
	last := lines[len(lines)-1]
	last.last = last.natural <= width-last.indent+rounding
	return lines
}

// ruler measures any piece of a paragraph at once: sums up to each glyph.
type ruler struct {
	em         float64
	at         []float64 // where a glyph starts
	last       []float64 // room after a glyph, which is lost at a line's end
	gaps, rest []int     // gaps that may open, before a glyph
	trimmed    []int     // end of a piece without its trailing spaces
	head, tail []float64 // what a line saves that starts with a glyph, or ends before it
}

func (s *Setter) rulerOf(gs []glyph, grid bool) ruler {
	n := len(gs)
	r := ruler{gs[0].style.Size, make([]float64, n+1), make([]float64, n+1), make([]int, n+1), make([]int, n+1), make([]int, n+1), make([]float64, n+1), make([]float64, n+1)}
	for i, g := range gs {
		r.last[i+1] = s.tracked(g, grid)
		r.at[i+1] = r.at[i] + g.width + r.last[i+1]
		if i > 0 {
			gap, rest := gapAfter(gs, i-1)
			r.gaps[i] = r.gaps[i-1] + gap
			r.rest[i] = r.rest[i-1] + rest
		}
		r.trimmed[i+1], r.tail[i+1] = i+1, g.saved(left)
		if g.r == ' ' {
			r.trimmed[i+1], r.tail[i+1] = r.trimmed[i], r.tail[i]
		}
		if i > 0 {
			r.head[i] = g.saved(right)
		}
	}
	return r
}

// width is the natural width of a piece set as a line, its last mark whole.
func (r *ruler) width(start, end int) float64 {
	end = max(r.trimmed[end], start)
	if end == start {
		return 0
	}
	return r.at[end] - r.last[end] - r.at[start] - r.head[start]
}

// looseness is what a line costs that is made flush: the square of how far its
// gaps open on the average, in ems. ok is false where that is too far.
func (r *ruler) looseness(start, end int, extra float64) (cost int64, ok bool) {
	end = r.trimmed[end]
	if end <= start {
		return 0, false
	}
	gaps := r.gaps[end-1] - r.gaps[start]
	if _, ok := open(extra, gaps, r.rest[end-1]-r.rest[start], r.em); !ok {
		return 0, false
	}
	if gaps == 0 {
		return 0, true
	}
	ems := extra / float64(gaps) / r.em
	if ems < 0 {
		ems *= closing
	}
	cost = int64(math.Round(ems * ems * costUnit))
	if ems > easy+0.001 {
		cost += torn
	}
	return cost, true
}
