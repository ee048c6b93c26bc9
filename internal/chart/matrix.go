package chart

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// matrix is rows against columns, a word or number in every cell over a tint.
// Columns flow onto further lines where the width is short.
type matrix struct {
	rows    []string
	columns []column
	least   int       // px that a column takes at the least
	key     []keyItem // of the tints, below
	note    string    // how to read it, below that
	muted   bool      // tints alone: the names of the columns are numbers
}

type column struct {
	head  string
	unit  string // in brackets behind the head
	cells []mark
}

// mark is one cell. A gap has a word and no number.
type mark struct {
	number json.Number // "" for a gap
	text   string
	tip    string
	step   int // the tier, 1 the lightest; 0 for none
}

// fill sets every cell, and returns the rows of the table with the same texts.
func (m *matrix) fill(cell func(row, column int) mark) [][]string {
	table := make([][]string, len(m.rows))
	for row, name := range m.rows {
		table[row] = []string{name}
		for n := range m.columns {
			k := cell(row, n)
			m.columns[n].cells = append(m.columns[n].cells, k)
			table[row] = append(table[row], k.text)
		}
	}
	return table
}

const (
	cellSize   = 12
	cellHeight = 24
	headLine   = 15
	rowLine    = 16
	noteHeight = 18
	rowGap     = 8  // between a row's name and its cells
	headGap    = 5  // between a column's name and its cells
	lineGap    = 10 // at the least, above the heads of a further line
)

// flow is how columns stand at a width: so many beside each other, and, where
// there are more, below these on further lines. All is one grid of equal bands;
// above the rows of a line are the bands of its heads.
type flow struct {
	labels  int    // px of the row names
	each    Length // of a column
	band    int    // px of a row
	perLine int
	rows    []string // names, broken into lines
	heads   []string // of the columns, broken into lines
	above   []int    // the bands of each line's heads
}

func (m matrix) data() []datum {
	var list []datum
	for _, col := range m.columns {
		for _, k := range col.cells {
			if k.text != "" {
				list = append(list, datum{tip: col.head + "\n" + k.tip, number: k.number})
			}
		}
	}
	return list
}

// place returns where a cell stands.
func (f flow) place(column, row int) (x, y int) {
	line := column / f.perLine
	y = line*len(f.rows) + row
	for _, above := range f.above[:line+1] {
		y += above
	}
	return column % f.perLine, y
}

// flow lets the columns flow at a width.
func (m matrix) flow(w int) flow {
	f := flow{labels: min(widest(m.rows, cellSize)+12, w*3/10)}
	most := 1
	for _, r := range m.rows {
		lines := wrap(plain(r), px(f.labels-10), cellSize)
		most = max(most, len(lines))
		f.rows = append(f.rows, strings.Join(lines, "\n"))
	}
	f.band = max(cellHeight, most*rowLine+6)
	f.perLine = min(len(m.columns), max(1, (w-f.labels)/m.least))
	lines := (len(m.columns) + f.perLine - 1) / f.perLine
	f.perLine = (len(m.columns) + lines - 1) / lines
	f.each = px(w-f.labels) / Length(f.perLine)
	for first := 0; first < len(m.columns); first += f.perLine {
		heads, height := m.heads(m.columns[first:min(first+f.perLine, len(m.columns))], f.each)
		f.heads = append(f.heads, heads...)
		if first > 0 {
			height += lineGap
		}
		f.above = append(f.above, (height+f.band-1)/f.band)
	}
	return f
}

// head is a cell above the rows or beside them, of the paper's colour so that no
// hairline shows; it may name a column.
type head struct {
	x, y int
	text string
}

// bands returns the names of the bands, "" above the rows, and what stands in
// these.
func (m matrix) bands(f flow) (names []string, heads []head) {
	for line, above := range f.above {
		for band := range above {
			for x := range f.perLine {
				text := ""
				if at := line*f.perLine + x; band == above-1 && at < len(f.heads) {
					text = f.heads[at]
				}
				heads = append(heads, head{x, len(names), text})
			}
			names = append(names, "")
		}
		for y := range f.rows {
			for at := (line + 1) * f.perLine; at > len(m.columns); at-- { // no lines where there is no column
				heads = append(heads, head{f.perLine - at + len(m.columns), len(names) + y, ""})
			}
		}
		names = append(names, f.rows...)
	}
	return names, heads
}

// heads breaks the columns' names and returns the space that they need. Where a unit
// is too wide with its brackets, units on lines of their own have narrow ones.
func (m matrix) heads(line []column, each Length) (heads []string, height int) {
	most := 1
	narrow := slices.ContainsFunc(line, func(c column) bool { return textWidth(plain(c.unit), cellSize) > each })
	for _, col := range line {
		lines := wrap(plain(col.head), each-px(2), cellSize)
		if unit := plain(col.unit); unit != "" {
			last := &lines[len(lines)-1]
			if textWidth(*last+unit, cellSize) <= each-px(2) {
				*last += unit
			} else {
				if narrow {
					unit = "(" + strings.Trim(unit, "（）") + ")"
				}
				lines = append(lines, wrap(unit, each, cellSize)...)
			}
		}
		most = max(most, len(lines))
		heads = append(heads, strings.Join(lines, "\n"))
	}
	return heads, most*headLine + 10
}

func (m matrix) draw(w int) *Drawing {
	f := m.flow(w)
	if len(f.above) > mostFlows && len(m.key) > 0 && !m.muted {
		return m.mute().draw(w)
	}
	names, heads := m.bands(f)
	d := &Drawing{Width: w}
	left := px(f.labels)
	g := matrixGrid{left, px(w) - left, f.perLine, px(f.band)}
	for i := 1; i <= len(names); i++ {
		y := hair(px(i * f.band))
		d.add(Line{From: Place{left, y}, To: Place{px(w), y}, Width: 1, Color: rule})
	}
	for i, name := range names {
		lines := strings.Split(name, "\n")
		l := Label{Size: cellSize, Color: ink, Align: End, At: Place{left - px(rowGap), g.middle(0, i).Y - px((len(lines)-1)*rowLine)/2}}
		d.lines(l, lines, rowLine)
	}
	for _, h := range heads {
		box := g.box(h.x, h.y)
		box.Color = paper
		d.add(box)
		lines := strings.Split(h.text, "\n")
		foot := Place{g.middle(h.x, h.y).X, box.Y + box.H - px(headGap+headLine*len(lines)) + px(headLine)/2}
		d.lines(Label{At: foot, Align: Middle, Size: cellSize, Color: ink}, lines, headLine)
	}
	m.drawCells(d, f, g)
	d.Height = len(names)*f.band + noteGap
	if len(m.key) > 0 {
		k := placeKey(m.key, w)
		k.draw(d, d.Height)
		d.Height += k.height
	}
	notes := wrap(plain(m.note), px(w), cellSize)
	d.lines(Label{At: Place{0, px(d.Height) + px(noteHeight)/2}, Size: cellSize, Color: inkSoft}, notes, noteHeight)
	d.Height += len(notes)*noteHeight + 4
	return d
}

// mostFlows is how many times the rows of a map of tints stand below each other
// before its numbers are left to the table.
const mostFlows = 2

// mute returns the matrix without its numbers, for a narrow page: the columns are
// numbered, and their names stand below.
func (m matrix) mute() matrix {
	columns := slices.Clone(m.columns)
	names := make([]string, len(columns))
	for n, col := range columns {
		number := strconv.Itoa(n + 1)
		names[n] = number + "：" + col.head + col.unit
		columns[n].head, columns[n].unit = number, ""
	}
	m.columns, m.muted, m.least = columns, true, widest([]string{strconv.Itoa(len(columns))}, cellSize)+2
	m.note = "各列为 " + strings.Join(names, "；") + "。数见数据表。" + m.note
	return m
}

// noteGap stands between the grid and what is said below it.
const noteGap = 10

func (m matrix) drawCells(d *Drawing, f flow, g matrixGrid) {
	datum := 0
	for column, col := range m.columns {
		for row, k := range col.cells {
			if k.text == "" {
				continue
			}
			datum++
			x, y := f.place(column, row)
			said := Label{Text: plain(k.text), At: g.middle(x, y), Align: Middle, Size: cellSize, Color: inkSoft}
			if k.number != "" {
				said.Color = ink
			}
			if k.step > 0 {
				box := g.box(x, y)
				d.of(datum, Box{box.X + Px, box.Y + Px, box.W - Px, box.H - Px, tintOf(k.step)})
			}
			if !m.muted || k.number == "" && widest([]string{k.text}, cellSize) <= m.least {
				d.of(datum, said)
			}
		}
	}
}

// matrixGrid is where the cells stand in a drawing.
type matrixGrid struct {
	left, width Length
	perLine     int
	band        Length
}

// middle returns the middle of a cell.
func (g matrixGrid) middle(x, y int) Place {
	return Place{g.left + g.width.times(2*x+1, 2*g.perLine), Length(y)*g.band + g.band/2}
}

func (g matrixGrid) box(x, y int) Box {
	from, to := g.left+g.width.times(x, g.perLine), g.left+g.width.times(x+1, g.perLine)
	return Box{X: from, Y: Length(y) * g.band, W: to - from, H: g.band}
}
