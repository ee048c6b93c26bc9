package typeset

import (
	"cmp"
	"slices"
)

// Widths of a table's rules.
const (
	frameWidth = 0.9
	ruleInside = 0.45
)

// draw sets rows from up to to on the page at hand. A cell that goes on over
// the page's end shows there what has room and the rest on the next page; once
// all of it is shown, later pages repeat it if they can.
func (t *Table) draw(f *flow, g *grid, from, to int) {
	if from == to {
		return
	}
	heights := t.heights(g, from, to)
	tops := []float64{f.setter.Sheet.Top + f.y}
	for _, h := range heights {
		tops = append(tops, tops[len(tops)-1]+h)
	}
	lefts := []float64{f.setter.Sheet.Left + t.Left}
	for _, w := range t.widths {
		lefts = append(lefts, lefts[len(lefts)-1]+w)
	}
	var across, down []stroke
	notes := make([][]*Note, len(heights))
	for _, c := range inOrder(g.cells) {
		if c.row1 <= from || c.row0 >= to {
			continue
		}
		top, bottom := tops[max(c.row0, from)-from], tops[min(c.row1, to)-from]
		row := max(c.row0, from) - from
		notes[row] = append(notes[row], t.text(f, c, lefts[c.col0], lefts[c.col1], top, bottom)...)
		across = append(across, stroke{bottom, lefts[c.col0], lefts[c.col1]})
		down = append(down, stroke{lefts[c.col1], top, bottom})
	}
	left, right, top, bottom := lefts[0], lefts[len(lefts)-1], tops[0], tops[len(tops)-1]
	for _, s := range join(across, bottom) {
		f.page.add(Rule{s.from, s.at, s.to, s.at, ruleInside, Black})
	}
	for _, s := range join(down, right) {
		f.page.add(Rule{s.at, s.from, s.at, s.to, ruleInside, Black})
	}
	f.page.add(
		Rule{left, top, right, top, frameWidth, Black}, Rule{left, bottom, right, bottom, frameWidth, Black},
		Rule{left, top, left, bottom, frameWidth, Black}, Rule{right, top, right, bottom, frameWidth, Black},
	)
	for i, h := range heights {
		f.take(h, notes[i])
	}
}

// belong puts the table into the structure.
func (t *Table) belong(f *flow) {
	before := f.last
	table := f.element(TagTable)
	f.adopt(table, before)
	t.head.belong(table, t.Columns, true)
	t.body.belong(table, t.Columns, false)
}

func inOrder(cells []*placed) []*placed {
	sorted := slices.Clone(cells)
	slices.SortStableFunc(sorted, func(a, b *placed) int {
		return cmp.Or(cmp.Compare(a.row0, b.row0), cmp.Compare(a.col0, b.col0))
	})
	return sorted
}

// text sets the lines of a cell in the middle of its room and lists the notes
// that they mark.
func (t *Table) text(f *flow, c *placed, left, right, top, bottom float64) (notes []*Note) {
	room := int((bottom - top - 2*t.Pad + slack) / t.Lead)
	lines, of := c.lines[c.shown:], c.element
	switch {
	case c.shown > 0 && len(lines) == 0:
		of = nil // all of it has been shown
		if lines = c.lines; len(lines) > room {
			return nil
		}
	case len(lines) > room:
		lines = lines[:max(room, 0)]
	}
	c.shown = min(c.shown+len(lines), len(c.lines))
	align := c.Align
	if align == Justify {
		align = t.Columns[c.col0].Align
	}
	y := float64((top+bottom)/2) - float64(float64(len(lines))*t.Lead/2)
	for _, l := range lines {
		l.of = of
		f.setter.put(f.page, l, left+padX+align.shift(right-left-2*padX-l.natural), y, t.Lead, opening{})
		notes = append(notes, l.notes()...)
		y += t.Lead
	}
	return notes
}

// stroke is a rule between cells.
type stroke struct{ at, from, to float64 }

// join joins the rules that lie in one line, and leaves out those on the frame's
// edge.
func join(strokes []stroke, edge float64) []stroke {
	slices.SortFunc(strokes, func(a, b stroke) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.from, b.from))
	})
	var joined []stroke
	for _, s := range strokes {
		if s.at > edge-slack {
			continue
		}
		if n := len(joined); n > 0 && s.at-joined[n-1].at < slack && s.from-joined[n-1].to < slack {
			joined[n-1].to = max(joined[n-1].to, s.to)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}
