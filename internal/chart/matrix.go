package chart

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// matrix is rows against columns, a word or number in every cell over a tint.
// Each column is a grid of its own with its own scale, so that columns flow
// onto further lines where the width is short.
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
)

// draw gives the option and its height at 720.
func (m matrix) draw() ([]byte, int) {
	c := charts.NewHeatMap()
	common(&c.BaseConfiguration)
	c.XAxisList, c.YAxisList = nil, nil
	var extra []object
	for i, col := range m.columns {
		c.ExtendXAxis(opts.XAxis{Type: "category", GridIndex: i, Position: "top", Data: []string{}})
		c.ExtendYAxis(opts.YAxis{Type: "category", GridIndex: i, Inverse: opts.Bool(true), Data: []string{}})
		extra = append(extra, m.addColumn(c, i, col)...)
	}
	c.Validate()
	add := object{"series": extra, "legend": object{"show": false}}
	add["xAxis"], add["yAxis"] = m.axes()
	return finish(&c.BaseConfiguration, add, m.layout)
}

// axes gives the looks of the axes that no width changes. A column's row names
// are filled in where they show.
func (m matrix) axes() (xAxes, yAxes []object) {
	off := object{"show": false}
	label := func(line, margin int) object {
		return object{"interval": 0, "hideOverlap": false, "color": ink, "fontSize": cellSize, "lineHeight": line, "margin": margin}
	}
	for range m.columns {
		xAxes = append(xAxes, object{
			"axisLine": off, "axisTick": off, "splitLine": off, "splitArea": off, "axisLabel": label(headLine, 5),
		})
		yAxes = append(yAxes, object{
			"axisLine": off, "axisTick": off, "splitArea": off, "axisLabel": label(rowLine, 8),
			"splitLine": object{"show": true, "lineStyle": object{"color": rule}}, "data": make([]string, len(m.rows)),
		})
	}
	return xAxes, yAxes
}

// addColumn adds a column's numbers, and its gaps as words in a series of their
// own.
func (m matrix) addColumn(c *charts.HeatMap, index int, col column) []object {
	place := charts.WithHeatMapChartOpts(opts.HeatMapChart{XAxisIndex: index, YAxisIndex: index})
	var cells, words []object
	for row, k := range col.cells {
		label := object{"formatter": plain(k.text)}
		if k.number == "" {
			if k.text != "" {
				words = append(words, object{"value": []any{0, row, 0}, "label": label})
			}
			continue
		}
		opacity := float32(0)
		if k.step > 0 {
			opacity = tints[k.step-1]
		}
		cells = append(cells, object{
			"name": plain(k.tip), "value": []any{0, row, k.number}, "label": label, "itemStyle": object{"opacity": opacity},
		})
	}
	c.AddSeries(plain(col.head), nil, place, charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Color: ink, FontSize: cellSize}))
	extra := []object{{
		"data": list(cells), "cursor": "default", "emphasis": object{"disabled": true},
		"itemStyle": object{"color": colour3, "borderColor": paper, "borderWidth": 1},
		"label":     object{"opacity": 1}, // else the tint's
		"tooltip":   object{"formatter": "{a}\n{b}"},
	}}
	if len(words) > 0 {
		c.AddSeries("", nil, place, charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Color: inkSoft, FontSize: cellSize - 1}))
		extra = append(extra, object{
			"data": list(words), "silent": true, "tooltip": object{"show": false}, "itemStyle": object{"color": "transparent"},
		})
	}
	return extra
}

// list makes data replace what was there, never merge with it.
func list(data []object) []any {
	all := []any{}
	for _, d := range data {
		all = append(all, d)
	}
	return all
}

// layout lets the columns flow at a width. Positions across are in percent, so
// that the cells fill any width of the range.
func (m matrix) layout(w int) layout {
	labels := min(widest(m.rows, cellSize)+12, w*3/10)
	var rowNames []string
	most := 1
	for _, r := range m.rows {
		lines := wrap(plain(r), float64(labels-10), cellSize)
		most = max(most, len(lines))
		rowNames = append(rowNames, strings.Join(lines, "\n"))
	}
	height := max(cellHeight, most*rowLine+6) * len(m.rows)

	perLine := min(len(m.columns), max(1, (w-labels)/m.least))
	lines := (len(m.columns) + perLine - 1) / perLine
	perLine = (len(m.columns) + lines - 1) / lines
	each := float64(w-labels) / float64(perLine)

	y := 0
	var grids, xAxes, yAxes []object
	for first := 0; first < len(m.columns); first += perLine {
		line := m.columns[first:min(first+perLine, len(m.columns))]
		heads, headHeight := m.heads(line, each)
		y += headHeight
		for i := range line {
			grids = append(grids, object{
				"left": percent(float64(labels)+each*float64(i), w), "width": percent(each, w), "top": y, "height": height,
				"containLabel": false, "outerBoundsMode": "none",
			})
			xAxes = append(xAxes, object{"data": []string{heads[i]}})
			if i == 0 {
				yAxes = append(yAxes, object{"data": rowNames, "axisLabel": object{"show": true}})
			} else {
				yAxes = append(yAxes, object{"axisLabel": object{"show": false}})
			}
		}
		y += height + 16
	}
	notes := wrap(plain(m.note), float64(w), cellSize)
	title := object{
		"text": strings.Join(notes, "\n"), "left": 0, "top": y - 6, "padding": 0,
		"textStyle": object{"color": inkSoft, "fontSize": cellSize, "fontWeight": "normal", "lineHeight": noteHeight},
	}
	if m.note != "" {
		y += len(notes)*noteHeight - 2
	}
	return layout{y, object{"grid": grids, "xAxis": xAxes, "yAxis": yAxes, "title": []object{title}}}
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
