package typeset

import (
	"slices"

	"wangjian/internal/linebreak"
)

// grid is a table's cells in their places.
type grid struct {
	rows    int
	cells   []*placed // by row, then column
	minimum []float64 // height of a row at the least
}

// placed is a cell with the rows and columns that it covers.
type placed struct {
	Cell
	row0, row1, col0, col1 int
	extent                 *extent // once it has been measured
	lines                  []*line
	element                *Element
	shown                  int // lines already set on pages before
}

// extent is the width of a text, of its longest line where none but forced breaks are
// made, of its longest piece that may not be parted, and of its longest number.
type extent struct{ all, whole, piece, number float64 }

// newGrid puts every cell in its place: the next one of its row that no cell
// above reaches into.
func newGrid(rows []Row, columns int) grid {
	g := grid{rows: len(rows), minimum: make([]float64, len(rows))}
	taken := make([][]bool, len(rows))
	for i := range taken {
		taken[i] = make([]bool, columns)
	}
	for r, row := range rows {
		col := 0
		for _, cell := range row {
			for col < columns && taken[r][col] {
				col++
			}
			if col == columns {
				break
			}
			p := &placed{
				Cell: cell, row0: r, row1: min(r+max(cell.RowSpan, 1), len(rows)),
				col0: col, col1: min(col+max(cell.ColSpan, 1), columns),
			}
			for x := col + 1; x < p.col1; x++ {
				if taken[r][x] {
					p.col1 = x // a cell from above is in the way
				}
			}
			for y := p.row0; y < p.row1; y++ {
				for x := p.col0; x < p.col1; x++ {
					taken[y][x] = true
				}
			}
			g.cells = append(g.cells, p)
			col = p.col1
		}
	}
	return g
}

// sized returns how wide the cell's text is.
func (p *placed) sized(s *Setter) *extent {
	if p.extent != nil {
		return p.extent
	}
	gs := s.glyphs(p.Runs)
	text := runesOf(gs)
	may := s.breaks(gs, text)
	e := &extent{}
	p.extent = e
	line, part, digits := 0.0, 0.0, 0.0
	for i, g := range gs {
		if g.r == '\n' {
			line, part, digits = 0, 0, 0
			continue
		}
		if may[i] {
			part = 0
		}
		if !linebreak.InNumber(text, i) {
			digits = 0
		}
		e.all += g.width
		line += g.width
		part += g.width
		digits += g.width
		e.whole, e.piece = max(e.whole, line), max(e.piece, part)
		if linebreak.IsNumeral(g.r) || linebreak.InNumber(text, i) {
			e.number = max(e.number, digits)
		}
	}
	return e
}

func (p *placed) prepare(s *Setter, t *Table) {
	width := -2 * padX
	for i := p.col0; i < p.col1; i++ {
		width += t.widths[i]
	}
	if gs := s.glyphs(p.Runs); p.Align == Center {
		p.lines = s.byPhrases(gs, width)
	} else {
		p.lines = s.fill(gs, width, 0, false)
	}
	p.lines = above(p.lines, t.Lead)
}

// notes lists the footnotes marked in a row.
func (g *grid) notes(row int) []*Note {
	var list []*Note
	for _, c := range g.cells {
		if c.row0 != row {
			continue
		}
		for _, l := range c.lines {
			list = append(list, l.notes()...)
		}
	}
	return list
}

// split cuts a row in two. The first half takes the given number of lines of
// each of its cells and is at least as high as told; cells over several rows
// reach over both halves.
func (g *grid) split(row, lines int, height float64) {
	var cells []*placed
	for _, c := range g.cells {
		switch {
		case c.row0 > row:
			c.row0++
			c.row1++
		case c.row0 == row && c.row1 == row+1:
			n := min(lines, len(c.lines))
			rest := *c
			rest.row0, rest.row1, rest.lines = row+1, row+2, c.lines[n:]
			c.lines = c.lines[:n]
			cells = append(cells, c, &rest)
			continue
		case c.row1 > row:
			c.row1++
		}
		cells = append(cells, c)
	}
	g.cells = cells
	g.rows++
	g.minimum = slices.Insert(g.minimum, row+1, 0)
	g.minimum[row] = height
}

// belong puts the cells into the structure, row by row.
func (g *grid) belong(table *Element, columns []Column, head bool) {
	rows := make([]*Element, g.rows)
	for i := range rows {
		rows[i] = table.kid(TagRow)
	}
	for _, c := range g.cells {
		e := rows[c.row0].kid(TagCell)
		e.ColSpan, e.RowSpan = c.col1-c.col0, c.row1-c.row0
		switch {
		case head:
			e.Tag, e.Scope = TagHead, "Column"
		case columns[c.col0].Heads:
			e.Tag, e.Scope = TagHead, "Row"
		}
		c.element = e
	}
}

// decorate makes what the cells show from now on a decoration.
func (g *grid) decorate() {
	for _, c := range g.cells {
		c.element = nil
	}
}
