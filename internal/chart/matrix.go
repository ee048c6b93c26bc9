package chart

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// matrix is rows against columns, a word or number in every cell over a tint.
// Columns flow onto further lines where the width is short.
type matrix struct {
	rows    []string
	columns []column
	least   int    // px that a column takes at the least
	note    string // how to read it, below
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
	step   int // of the tints, 1 the lightest; 0 for none
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

func (m matrix) option() []byte {
	c := charts.NewHeatMap()
	common(&c.BaseConfiguration)
	c.XAxisList, c.YAxisList = nil, nil
	c.ExtendXAxis(opts.XAxis{Type: "category", Show: opts.Bool(false), Data: []string{}})
	c.ExtendYAxis(opts.YAxis{Type: "category", Inverse: opts.Bool(true), Data: []string{}})
	series := m.addSeries(c)
	c.Validate()
	off := object{"show": false}
	add := object{"series": series, "legend": off, "yAxis": []object{{
		"axisLine": off, "axisTick": off, "splitArea": off,
		"axisLabel": object{"interval": 0, "hideOverlap": false, "color": ink, "fontSize": cellSize, "lineHeight": rowLine, "margin": rowGap},
		"splitLine": object{"show": true, "lineStyle": object{"color": rule}},
	}}}
	return finish(&c.BaseConfiguration, add, func(w int) layout { return m.layout(w, len(series)-1) })
}

// Where the parts of a datum stand. A cell's place follows, as x and y, once
// for each way that the columns can flow.
const (
	datumNumber = iota
	datumText
	datumTip
	datumPlaces
)

// addSeries adds the cells: a series for each tint, one for the words of gaps,
// and one for the heads, which differ with the width. What all cells of a series
// have alike stands in the series: a cell with an option of its own costs
// ECharts many times as much.
func (m matrix) addSeries(c *charts.HeatMap) []object {
	tinted := make([][]any, len(tints)+1)
	words := []any{}
	flows := m.flows()
	for column, col := range m.columns {
		for row, k := range col.cells {
			datum := []any{k.number, plain(k.text), plain(col.head) + "\n" + plain(k.tip)}
			if k.number == "" {
				datum[datumNumber], datum[datumTip] = 0, ""
			}
			for _, f := range flows {
				x, y := f.place(column, row)
				datum = append(datum, x, y)
			}
			switch {
			case k.number != "":
				tinted[k.step] = append(tinted[k.step], datum)
			case k.text != "":
				words = append(words, datum)
			}
		}
	}
	var all []object
	text := func(color string, size float32, at string) charts.SeriesOpts {
		return charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Color: color, FontSize: size, Formatter: at})
	}
	cellText := fmt.Sprintf("{@[%d]}", datumText)
	for step, data := range tinted {
		if len(data) == 0 {
			continue
		}
		c.AddSeries("", nil, text(ink, cellSize, cellText))
		all = append(all, object{
			"data": data, "cursor": "default", "emphasis": object{"disabled": true},
			"itemStyle": object{"color": colour3, "borderColor": paper, "borderWidth": 1, "opacity": float64(opacityOf(step)) / 100},
			"label":     object{"opacity": 1}, // else the tint's
		})
	}
	silent := object{"silent": true, "tooltip": object{"show": false}}
	if len(words) > 0 {
		c.AddSeries("", nil, text(inkSoft, cellSize-1, cellText))
		all = append(all, object{"data": words, "itemStyle": object{"color": "transparent"}})
		merge(all[len(all)-1], silent)
	}
	c.AddSeries("", nil, text(ink, cellSize, "{@[2]}"))
	all = append(all, object{
		"data": []any{}, "itemStyle": object{"color": paper},
		"label": object{"position": "insideBottom", "distance": headGap, "lineHeight": headLine},
	})
	merge(all[len(all)-1], silent)
	return all
}

// flows returns the flows that the widths ask for, each kind of places once.
func (m matrix) flows() []flow {
	var kinds []flow
	for _, w := range widths {
		if f := m.flow(w); m.kind(kinds, f) < 0 {
			kinds = append(kinds, f)
		}
	}
	return kinds
}

// kind returns which of some flows puts the cells where f does, or -1.
func (m matrix) kind(kinds []flow, f flow) int {
	return slices.IndexFunc(kinds, func(k flow) bool { return k.perLine == f.perLine && slices.Equal(k.above, f.above) })
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

// notes breaks the note below the grid, and returns the height with it.
func (m matrix) notes(w, height int) (lines []string, whole int) {
	lines = wrap(plain(m.note), px(w), cellSize)
	if m.note == "" {
		return lines, height + 16
	}
	return lines, height + 14 + len(lines)*noteHeight
}

// noteGap stands between the grid and the note.
const noteGap = 10

// layout places the grid at a width, and in it the cells of so many series.
// Positions across are in percent, so that they fill any width of the range.
func (m matrix) layout(w, cellSeries int) layout {
	f := m.flow(w)
	kind := m.kind(m.flows(), f)
	cells := object{"encode": object{"x": datumPlaces + 2*kind, "y": datumPlaces + 2*kind + 1, "value": datumNumber, "itemName": datumTip}}
	series := slices.Repeat([]object{cells}, cellSeries)
	names, heads := m.bands(f)
	data := []any{}
	for _, h := range heads {
		data = append(data, []any{h.x, h.y, h.text, 0})
	}
	// A dimension cannot be a place and a value.
	series = append(series, object{"data": data, "encode": object{"x": 0, "y": 1, "value": 3}})
	height := len(names) * f.band
	notes, whole := m.notes(w, height)
	title := object{
		"text": strings.Join(notes, "\n"), "left": 0, "top": height + noteGap, "padding": 0,
		"textStyle": object{"color": inkSoft, "fontSize": cellSize, "fontWeight": "normal", "lineHeight": noteHeight},
	}
	return layout{whole, object{
		"grid": []object{{
			"left": percent(f.labels, w), "right": 0, "top": 0, "height": height,
			"containLabel": false, "outerBoundsMode": "none",
		}},
		"xAxis": []object{{"data": make([]string, f.perLine)}}, "yAxis": []object{{"data": names}},
		"series": series, "title": []object{title},
	}}
}

// heads breaks the columns' names and returns the space that they need.
func (m matrix) heads(line []column, each Length) (heads []string, height int) {
	most := 1
	for _, col := range line {
		lines := wrap(plain(col.head), each-px(2), cellSize)
		if unit := plain(col.unit); unit != "" {
			last := &lines[len(lines)-1]
			if textWidth(*last+unit, cellSize) <= each-px(2) {
				*last += unit
			} else {
				lines = append(lines, wrap(unit, each, cellSize)...)
			}
		}
		most = max(most, len(lines))
		heads = append(heads, strings.Join(lines, "\n"))
	}
	return heads, most*headLine + 10
}

// draw draws the grid as ECharts does: hairlines, the names of the rows, the
// tints, then all that is said in the cells.
func (m matrix) draw(w int) *Drawing {
	at := rangeOf(w)
	f := m.flow(at)
	names, heads := m.bands(f)
	notes, height := m.notes(at, len(names)*f.band)
	d := &Drawing{Width: w, Height: height}
	left := stretched(f.labels, at, w)
	g := matrixGrid{left, (px(w) - left), f.perLine, px(f.band)}
	for i := 1; i <= len(names); i++ {
		y := hair(px(i * f.band))
		d.add(Line{From: Place{left, y}, To: Place{px(w), y}, Color: rule})
	}
	for i, name := range names {
		lines := strings.Split(name, "\n")
		l := Label{Size: cellSize, Color: ink, Align: End, At: Place{left - px(rowGap), g.middle(0, i).Y - px((len(lines)-1)*rowLine)/2}}
		d.lines(l, lines, rowLine)
	}
	for step := 1; step <= len(tints); step++ {
		for _, k := range m.cells(f, step) {
			box := g.box(k.x, k.y)
			box.Color, box.Opacity, box.Edge = colour3, opacityOf(step), true
			d.add(box)
		}
	}
	for _, h := range heads {
		box := g.box(h.x, h.y)
		box.Color, box.Opacity = paper, 100
		d.add(box)
	}
	for step := range len(tints) + 1 {
		for _, k := range m.cells(f, step) {
			d.add(Label{Text: k.text, At: g.middle(k.x, k.y), Align: Middle, Size: cellSize, Color: ink})
		}
	}
	for _, k := range m.cells(f, gap) {
		d.add(Label{Text: k.text, At: g.middle(k.x, k.y), Align: Middle, Size: cellSize - 1, Color: inkSoft})
	}
	for _, h := range heads {
		lines := strings.Split(h.text, "\n")
		box := g.box(h.x, h.y)
		foot := Place{g.middle(h.x, h.y).X, box.Y + box.H - px(headGap+headLine*len(lines)) + px(headLine)/2}
		d.lines(Label{At: foot, Align: Middle, Size: cellSize, Color: ink}, lines, headLine)
	}
	d.lines(Label{At: Place{0, px(len(names)*f.band+noteGap) + px(noteHeight)/2}, Size: cellSize, Color: inkSoft}, notes, noteHeight)
	return d
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

// box returns a cell, which reaches a little over its neighbours so that nothing
// shows between two, and not over the edges of the drawing.
func (g matrixGrid) box(x, y int) Box {
	const over = Px / 4
	from, to := g.left+g.width.times(x, g.perLine), g.left+g.width.times(x+1, g.perLine)
	from, to = from-over, min(to+over, g.left+g.width)
	top := max(0, Length(y)*g.band-over)
	return Box{X: from, Y: top, W: to - from, H: Length(y+1)*g.band + over - top}
}

// gap stands for the words of gaps where a step is asked for.
const gap = -1

// cells returns what is said in the cells of a step, column by column, and where.
func (m matrix) cells(f flow, step int) []head {
	var list []head
	for column, col := range m.columns {
		for row, k := range col.cells {
			own := k.step
			if k.number == "" {
				own = gap
			}
			if own == step && k.text != "" {
				x, y := f.place(column, row)
				list = append(list, head{x, y, plain(k.text)})
			}
		}
	}
	return list
}
