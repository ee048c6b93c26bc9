package typeset

import (
	"math"
	"slices"
)

// A flush paragraph is broken as a whole. A number with its unit may push four
// characters to the next line; set line by line, that line would be torn open.
// So the lines before give up a character each, and no line shows it.

// Costs are reckoned in whole numbers, so that two ways that are equally good
// are so on every processor.
const (
	costUnit = 1e8
	runt     = 0.004 * costUnit // a last line of a single character
	torn     = 0.05 * costUnit  // a gap opened beyond [easy]
	closing  = 2.5              // a gap that is closed counts as one so much wider open
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
		set := s.flushLines(piece, width, indent, grid)
		if set == nil {
			set = s.fill(piece, width, indent, grid)
		}
		if len(piece) == 0 {
			set = []*line{{indent: indent, last: true}}
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
	may := s.units.breaks(gs)
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
		l := &line{}
		if start == 0 {
			l.indent = indent
		}
		room := width - l.indent
		used, gap := 0.0, 0.0
		for i := start; i < len(gs); i++ {
			used += gap + gs[i].width
			gap = s.tracked(gs[i], grid)
			if used > room*(1+tightest) && gs[i].r != ' ' {
				break
			}
			end := i + 1
			if end < len(gs) && !may[end] {
				continue
			}
			cost := best[start]
			if end == len(gs) && used <= room+0.01 {
				if end-start <= 2 && start > 0 {
					cost += runt
				}
			} else {
				if used*(1+most) < room {
					continue
				}
				l.glyphs = trimSpaces(gs[start:end])
				l.natural = s.natural(l.glyphs, grid)
				loose, ok := l.looseness(width)
				if !ok {
					continue
				}
				cost += loose
			}
			if cost < best[end] {
				best[end], from[end] = cost, start
			}
		}
	}
	if best[len(gs)] == never {
		return nil
	}
	var lines []*line
	for end := len(gs); end > 0; end = from[end] {
		l := &line{glyphs: trimSpaces(gs[from[end]:end])}
		l.natural = s.natural(l.glyphs, grid)
		lines = append(lines, l)
	}
	slices.Reverse(lines)
	lines[0].indent = indent
	lines[len(lines)-1].last = true
	return lines
}

// looseness is what a line costs that is made flush: the square of how far its
// gaps open, in ems. ok is false where that is too far.
func (l *line) looseness(width float64) (cost int64, ok bool) {
	if len(l.glyphs) == 0 {
		return 0, false
	}
	extra := width - l.indent - l.natural
	per := l.stretch(width).rest
	if per == 0 && (extra > 0.01 || extra < -0.01) {
		return 0, false
	}
	ems := per / l.glyphs[0].style.Size
	if ems < 0 {
		ems *= closing
	}
	cost = int64(math.Round(ems * ems * costUnit))
	if ems > easy+0.001 {
		cost += torn
	}
	return cost, true
}
