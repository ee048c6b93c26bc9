package typeset

import (
	"math"
	"slices"
)

// A table that is too wide even for a turned page is divided: every part has
// the columns that head the rows, and as many of the others as it has room
// for. No column is ever cut off.

// mostEms is how wide a single piece of text may make a column before it is
// broken anyway: an address. Numbers are not broken.
const mostEms = 8

// needed is the width below which the table's columns would tear words apart.
func (t *Table) needed(s *Setter) float64 {
	sum := 0.0
	for _, w := range t.slimmest(s) {
		sum += w
	}
	return sum
}

// slimmest returns the width that each column needs at the least. A column with a
// share needs what makes its share enough.
func (t *Table) slimmest(s *Setter) []float64 {
	_, pieces, must := t.needs(s)
	for i := range pieces {
		pieces[i] = max(min(pieces[i], float64(mostEms*t.Size)+2*padX), must[i])
	}
	// Head cells over several columns need their longest piece from all of them.
	for _, c := range t.head.cells {
		if n := c.col1 - c.col0; n > 1 {
			piece := c.sized(s).piece
			have := 0.0
			for i := c.col0; i < c.col1; i++ {
				have += pieces[i]
			}
			if more := min(piece, mostEms*t.Size) + 2*padX - have; more > 0 {
				for i := c.col0; i < c.col1; i++ {
					pieces[i] += more / float64(n)
				}
			}
		}
	}
	return pieces
}

// divide returns the parts of a table that are each at most so wide.
func (t *Table) divide(s *Setter, width float64) []*Table {
	slimmest := t.slimmest(s)
	var heads []int
	room := width
	for i, c := range t.Columns {
		if (c.Heads || i == 0) && len(heads) == i && room-slimmest[i] > width/2 {
			heads = append(heads, i)
			room -= slimmest[i]
		}
	}
	// As few parts as it takes, and as equal as they can be.
	rest := 0.0
	for _, w := range slimmest[len(heads):] {
		rest += w
	}
	var parts []*Table
	for next := len(heads); next < len(t.Columns); {
		columns := slices.Clone(heads)
		share := rest / math.Ceil(rest/room)
		for left := room; next < len(t.Columns); next++ {
			w := slimmest[next]
			if len(columns) > len(heads) && (w > left || room-left+float64(w/2) > share) {
				break
			}
			left -= w
			rest -= w
			columns = append(columns, next)
		}
		part := *t
		part.Left, part.goesOn = 0, len(parts) > 0
		part.Columns = nil
		for _, i := range columns {
			c := t.Columns[i]
			c.Share = 0
			part.Columns = append(part.Columns, c)
		}
		part.Head, part.Rows = t.head.only(columns), t.body.only(columns)
		part.Note = nil
		parts = append(parts, &part)
	}
	if n := len(parts); n > 0 {
		parts[n-1].Note = t.Note
		if n > 1 {
			parts[0].Tight = nil
		}
	}
	return parts
}

// only returns the rows with some columns. A cell over several columns stays over
// those of them that are there.
func (g *grid) only(columns []int) []Row {
	rows := make([]Row, g.rows)
	for _, c := range inOrder(g.cells) {
		cell := c.Cell
		cell.ColSpan, cell.RowSpan = 0, c.row1-c.row0
		for _, i := range columns {
			if i >= c.col0 && i < c.col1 {
				cell.ColSpan++
			}
		}
		if cell.ColSpan > 0 {
			rows[c.row0] = append(rows[c.row0], cell)
		}
	}
	return rows
}
