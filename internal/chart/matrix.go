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

const (
	cellSize   = 12
	cellHeight = 24
	headLine   = 15
	rowLine    = 16
	noteHeight = 18
	lineGap    = 10 // at the least, above the heads of a further line
)

// flow is how columns stand at a width: so many beside each other, and, where
// there are more, below these on further lines. All is one grid of equal bands;
// above the rows of a line are the bands of its heads.
type flow struct {
	labels  int     // px of the row names
	each    float64 // px of a column
	band    int     // px of a row
	perLine int
	rows    []string // names, broken into lines
	heads   []string // of the columns, broken into lines
	above   []int    // the bands of each line's heads
}

// draw gives the option and its height at 720.
func (m matrix) draw() ([]byte, int) {
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
		"axisLabel": object{"interval": 0, "hideOverlap": false, "color": ink, "fontSize": cellSize, "lineHeight": rowLine, "margin": 8},
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
		opacity := float32(0)
		if step > 0 {
			opacity = tints[step-1]
		}
		c.AddSeries("", nil, text(ink, cellSize, cellText))
		all = append(all, object{
			"data": data, "cursor": "default", "emphasis": object{"disabled": true},
			"itemStyle": object{"color": colour3, "borderColor": paper, "borderWidth": 1, "opacity": opacity},
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
		"label": object{"position": "insideBottom", "distance": 5, "lineHeight": headLine},
	})
	merge(all[len(all)-1], silent)
	return all
}

// flows gives the flows that the widths ask for, each kind of places once.
func (m matrix) flows() []flow {
	var kinds []flow
	for _, w := range widths {
		if f := m.flow(w); m.kind(kinds, f) < 0 {
			kinds = append(kinds, f)
		}
	}
	return kinds
}

// kind gives which of some flows puts the cells where f does, or -1.
func (m matrix) kind(kinds []flow, f flow) int {
	return slices.IndexFunc(kinds, func(k flow) bool { return k.perLine == f.perLine && slices.Equal(k.above, f.above) })
}

// place gives where a cell stands.
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
		lines := wrap(plain(r), float64(f.labels-10), cellSize)
		most = max(most, len(lines))
		f.rows = append(f.rows, strings.Join(lines, "\n"))
	}
	f.band = max(cellHeight, most*rowLine+6)
	f.perLine = min(len(m.columns), max(1, (w-f.labels)/m.least))
	lines := (len(m.columns) + f.perLine - 1) / f.perLine
	f.perLine = (len(m.columns) + lines - 1) / lines
	f.each = float64(w-f.labels) / float64(f.perLine)
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

// layout places the grid at a width, and in it the cells of so many series.
// Positions across are in percent, so that they fill any width of the range.
func (m matrix) layout(w, cellSeries int) layout {
	f := m.flow(w)
	kind := m.kind(m.flows(), f)
	cells := object{"encode": object{"x": datumPlaces + 2*kind, "y": datumPlaces + 2*kind + 1, "value": datumNumber, "itemName": datumTip}}
	series := slices.Repeat([]object{cells}, cellSeries)
	names, heads := []string{}, []any{}
	for line, above := range f.above {
		for band := range above {
			for x := range f.perLine {
				text := ""
				if at := line*f.perLine + x; band == above-1 && at < len(f.heads) {
					text = f.heads[at]
				}
				heads = append(heads, []any{x, len(names), text, 0})
			}
			names = append(names, "")
		}
		for y := range f.rows {
			for at := (line + 1) * f.perLine; at > len(m.columns); at-- { // no lines where there is no column
				heads = append(heads, []any{f.perLine - at + len(m.columns), len(names) + y, "", 0})
			}
		}
		names = append(names, f.rows...)
	}
	// A dimension cannot be a place and a value.
	series = append(series, object{"data": heads, "encode": object{"x": 0, "y": 1, "value": 3}})
	height := len(names) * f.band
	y := height + 16
	notes := wrap(plain(m.note), float64(w), cellSize)
	title := object{
		"text": strings.Join(notes, "\n"), "left": 0, "top": y - 6, "padding": 0,
		"textStyle": object{"color": inkSoft, "fontSize": cellSize, "fontWeight": "normal", "lineHeight": noteHeight},
	}
	if m.note != "" {
		y += len(notes)*noteHeight - 2
	}
	return layout{y, object{
		"grid": []object{{
			"left": percent(float64(f.labels), w), "right": 0, "top": 0, "height": height,
			"containLabel": false, "outerBoundsMode": "none",
		}},
		"xAxis": []object{{"data": make([]string, f.perLine)}}, "yAxis": []object{{"data": names}},
		"series": series, "title": []object{title},
	}}
}

// heads breaks the columns' names and gives the room that they need.
func (m matrix) heads(line []column, each float64) (heads []string, height int) {
	most := 1
	for _, col := range line {
		lines := wrap(plain(col.head), each-2, cellSize)
		if unit := plain(col.unit); unit != "" {
			last := &lines[len(lines)-1]
			if textWidth(*last+unit, cellSize) <= each-2 {
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

// percent writes a share of the width as ECharts takes it.
func percent(px float64, w int) string { return fmt.Sprintf("%.3f%%", px*100/float64(w)) }
