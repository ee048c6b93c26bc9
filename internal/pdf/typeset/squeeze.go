package typeset

import "slices"

// A mark of punctuation stands in half of a square and leaves the other half blank. Side
// by side, marks would tear a hole into the line; at its start an opening one would
// make it look indented, and at its end a closing one takes room that a character
// needs. There they are set without the blank half (标点挤压).

// ink is the half of its square that a mark stands in.
type ink int

const (
	neither ink = iota
	left        // it closes: the blank follows it
	right       // it opens: the blank goes before it
)

var sides = func() map[rune]ink {
	list := map[rune]ink{}
	for _, r := range "，。、；：！？．’”）》〉」』】〕〗］｝" {
		list[r] = left
	}
	for _, r := range "‘“（《〈「『【〔〖［｛" {
		list[r] = right
	}
	return list
}()

func side(r rune) ink { return sides[r] }

// squeeze sets marks without their blank halves where two stand side by side: of what
// closes the half behind it, of what opens after another that opens the half before it.
// The blank between a closing mark and an opening one is half a square then.
func squeeze(gs []glyph) {
	for i := 0; i+1 < len(gs); i++ {
		switch a, b := &gs[i], &gs[i+1]; {
		case side(a.r) == left && side(b.r) != neither:
			a.halve()
		case side(a.r) == right && side(b.r) == right:
			b.halve()
		}
	}
}

// saved is how much narrower a mark becomes at a line's start, if it opens, or at its
// end, if it closes; 0 for any other character.
func (g *glyph) saved(at ink) float64 {
	if g.half == nil || side(g.r) != at {
		return 0
	}
	return g.width / 2
}

// halve takes the blank half of a mark away.
func (g *glyph) halve() {
	if g.half != nil {
		g.measured, g.width = g.half, g.width/2
	}
}

// piece makes a line of a piece of a text. An opening mark at the start of any line but
// the first has no blank before it, and where the line is too long for the width, a
// closing one at its end none after it.
func (s *Setter) piece(gs []glyph, first bool, width float64, grid bool) *line {
	gs = trimSpaces(gs)
	if len(gs) == 0 {
		return s.line(gs, grid)
	}
	last := len(gs) - 1
	head, tail := 0.0, gs[last].saved(left)
	if !first {
		head = gs[0].saved(right)
	}
	natural := s.natural(gs, grid) - head
	if natural <= width+rounding {
		tail = 0
	}
	if head > 0 || tail > 0 {
		gs = slices.Clone(gs)
	}
	if head > 0 {
		gs[0].halve()
	}
	if tail > 0 {
		gs[last].halve()
	}
	return &line{glyphs: gs, natural: natural - tail, last: true, grid: grid}
}

// rounding is what a line may be wider than its room.
const rounding = 0.01
