package chart

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// bars is small multiples of horizontal bars: a panel a unit, each with its own
// scale from zero, a line a row, a bar a round. Values stand at the bars' ends,
// so there is no axis to read. Labels stand left of the bars where there is
// room, else above them.
type bars struct {
	rounds []string // oldest first; the last is the one that counts
	panels []panel
}

type panel struct {
	head  string // over the panel: 单位：件
	unit  string
	whole decimal.Decimal // what a full bar stands for; the largest value when zero
	track bool            // shows the whole behind the bars
	aside bool            // not part of what the other panels show
	lines []line
}

type line struct {
	label string
	cells []cell // one a round
}

// cell is one bar: a number and its label, or a gap and its word.
type cell struct {
	number json.Number // "" for a gap
	text   string
	tip    string
}

// cellOf returns the bar of a figure; nil is a form that was not handed in.
func (d desk) cellOf(f *stats.Figure, unit string) cell {
	if f == nil {
		return cell{text: d.book.Absent()}
	}
	return barOf(f, unit)
}

// barOf returns the bar of a figure that is there.
func barOf(f *stats.Figure, unit string) cell {
	c := cell{text: f.Quantity.String(), tip: f.Quantity.String() + unit}
	if f.Quantity.IsNumber() {
		c.number = json.Number(f.Quantity.String())
	}
	return c
}

// panelsOf groups rows by unit, in the order in which the units come up.
func (d desk) panelsOf(rows []*campaign.Row, s span, label func(*campaign.Row) string) []panel {
	var panels []panel
	at := map[string]int{}
	for _, row := range rows {
		i, ok := at[row.Unit]
		if !ok {
			i = len(panels)
			at[row.Unit] = i
			panels = append(panels, panel{head: "单位：" + row.Unit, unit: row.Unit})
		}
		l := line{label: label(row)}
		for _, r := range s.rounds() {
			l.cells = append(l.cells, d.cellOf(d.book.Figure(r, row, nil), plain(row.Unit)))
		}
		panels[i].lines = append(panels[i].lines, l)
	}
	return panels
}

const (
	labelSize  = 13
	labelLine  = 18
	valueSize  = 12
	headHeight = 26
	panelGap   = 12
	keyHeight  = 32
)

// barHeight gives the thickness of a bar, barGap the space between two.
func (b bars) barHeight() int {
	if len(b.rounds) > 1 {
		return 12
	}
	return 14
}

// thickness gives what the bars of a line take.
func (b bars) thickness() int { return len(b.rounds)*(b.barHeight()+3) - 3 }

// barGap is the space after a bar as a share of it: 3 px after one of 12.
const (
	barGap      = "25%"
	barGapShare = 0.25
)

// draw gives the option and its height at 720.
func (b bars) draw() ([]byte, int) {
	c := charts.NewBar()
	common(&c.BaseConfiguration)
	c.XAxisList, c.YAxisList = nil, nil
	var extra []object
	for i, p := range b.panels {
		c.ExtendXAxis(opts.XAxis{Type: "value", GridIndex: i, Show: opts.Bool(false), Min: 0, Max: p.full()})
		c.ExtendYAxis(opts.YAxis{Type: "category", GridIndex: i, Inverse: opts.Bool(true), Data: []string{}})
		extra = append(extra, b.addPanel(c, i, p)...)
	}
	c.Validate()
	add := object{"series": extra}
	add["yAxis"], add["title"] = b.frame()
	if len(b.rounds) > 1 {
		add["legend"] = b.key()
	} else {
		add["legend"] = object{"show": false}
	}
	return finish(&c.BaseConfiguration, add, b.layout)
}

// frame gives the looks of the panels' axes and heads that no width changes.
func (b bars) frame() (yAxes, titles []object) {
	for _, p := range b.panels {
		yAxes = append(yAxes, object{
			"axisTick": object{"show": false}, "splitLine": object{"show": false}, "axisLine": object{"lineStyle": object{"color": rule}},
			"axisLabel": object{
				"interval": 0, "hideOverlap": false, "color": ink, "fontSize": labelSize, "lineHeight": labelLine,
				"align": "left",
			},
		})
		titles = append(titles, object{
			"text": plain(p.head), "left": 0, "padding": 0,
			"textStyle": object{"color": inkSoft, "fontSize": valueSize, "fontWeight": "normal", "overflow": "truncate"},
		})
	}
	return yAxes, titles
}

// full gives the exact number that a full bar stands for.
func (p panel) full() json.Number {
	most := p.whole
	for _, l := range p.lines {
		for _, c := range l.cells {
			if c.number != "" && p.whole.IsZero() {
				if v, err := decimal.NewFromString(c.number.String()); err == nil {
					most = decimal.Max(most, v)
				}
			}
		}
	}
	if most.IsZero() {
		return "1"
	}
	return json.Number(most.String())
}

// addPanel adds a panel's series: a spacer that makes room for labels above the
// bars, then for each round its bars and, stacked at the same place, the words
// of its gaps. It gives what go-echarts has no field for.
func (b bars) addPanel(c *charts.Bar, index int, p panel) []object {
	place := func(stack string) charts.SeriesOpts {
		return charts.WithBarChartOpts(opts.BarChart{XAxisIndex: index, YAxisIndex: index, Stack: stack, BarGap: barGap})
	}
	quiet := object{"silent": true, "tooltip": object{"show": false}, "itemStyle": object{"color": "transparent"}}
	c.AddSeries("", []opts.BarData{}, place("spacer"))
	extra := []object{quiet}
	for r, name := range b.rounds {
		latest := r == len(b.rounds)-1
		var data, gaps []opts.BarData
		gap := false
		for _, l := range p.lines {
			value, word := b.data(l, r)
			gap = gap || word.Label != nil
			data, gaps = append(data, value), append(gaps, word)
		}
		style, weight, color := opts.ItemStyle{Color: colour1}, "bold", ink
		if !latest || p.aside {
			style, weight, color = opts.ItemStyle{Color: colour2}, "normal", inkSoft
		}
		stack := fmt.Sprintf("%d/%d", index, r) // ECharts stacks across grids
		label := opts.Label{Show: opts.Bool(true), Position: "right", Color: color, FontSize: valueSize, FontWeight: weight}
		c.AddSeries(plain(name), data, place(stack), charts.WithItemStyleOpts(style), charts.WithLabelOpts(label))
		more := object{
			"cursor": "default", "emphasis": object{"disabled": true}, "label": object{"distance": 5}, "barWidth": b.barHeight(),
		}
		if !latest {
			more["itemStyle"] = object{"decal": stripes}
		}
		if p.track && latest {
			more["showBackground"] = true
			more["backgroundStyle"] = object{"color": rule, "opacity": 0.4}
		}
		extra = append(extra, more)
		if gap {
			label.FontWeight, label.Color = "normal", inkSoft
			c.AddSeries("", gaps, place(stack), charts.WithLabelOpts(label))
			words := tree(quiet)
			words["label"] = object{"distance": 5}
			words["barWidth"] = b.barHeight()
			extra = append(extra, words)
		}
	}
	return extra
}

// stripes mark the round before apart from the latest without colour.
var stripes = object{
	"symbol": "rect", "color": paper, "dashArrayX": []int{1, 0}, "dashArrayY": []int{2, 4}, "rotation": -0.7854,
}

// data gives a round's bar of a line, and the word in its place where there is
// no number. The word stands at zero in a series of its own: the figure's own
// series has a gap there.
func (b bars) data(l line, round int) (value, word opts.BarData) {
	c := l.cells[round]
	label := &opts.Label{Show: opts.Bool(true), Formatter: plain(c.text)}
	if c.number == "" {
		return opts.BarData{Value: "-"}, opts.BarData{Value: 0, Label: label}
	}
	tip := plain(l.label) + "\n" + plain(b.rounds[round]) + "：" + c.tip
	return opts.BarData{Name: tip, Value: c.number, Label: label}, opts.BarData{Value: "-"}
}

// key is the legend: which bar is which round.
func (b bars) key() object {
	var names []string
	for _, n := range b.rounds {
		names = append(names, plain(n))
	}
	return object{
		"show": true, "data": names, "left": 0, "top": 0, "padding": 0, "itemGap": 18, "itemWidth": 20, "itemHeight": 11,
		"icon": "rect", "selectedMode": false, "textStyle": object{"color": ink, "fontSize": labelSize},
	}
}

// keyLayout fits the legend into a width.
func (b bars) keyLayout(w int) (int, object) {
	if len(b.rounds) < 2 {
		return 0, nil
	}
	total, rows := 0, 0
	for _, n := range b.rounds {
		total += 44 + widest([]string{n}, labelSize)
		rows += len(wrap(n, float64(w-30), labelSize))
	}
	if total <= w {
		return keyHeight, object{"orient": "horizontal"}
	}
	style := object{"width": w - 30, "overflow": "breakAll", "lineHeight": labelLine}
	return rows*labelLine + 10*len(b.rounds) + 8, object{"orient": "vertical", "itemGap": 6, "textStyle": style}
}

// columns are the widths that labels and values take; labels is 0 where they
// stand above the bars.
type columns struct{ labels, values int }

func (b bars) columns(w int) columns {
	var labels, values []string
	for _, p := range b.panels {
		for _, l := range p.lines {
			labels = append(labels, l.label)
			for _, c := range l.cells {
				values = append(values, c.text)
			}
		}
	}
	c := columns{values: widest(values, valueSize) + 10}
	want := widest(labels, labelSize) + 12
	most := w * 2 / 5
	if want > most && w < 600 || w-min(want, most)-c.values < 60 {
		return c
	}
	c.labels = min(want, most)
	return c
}

// layout places the panels at a width: below each other, or, where there are
// several and room for it, in two columns with labels above the bars.
func (b bars) layout(w int) layout {
	top, key := b.keyLayout(w)
	box, lefts := w, []int{0}
	if w >= 600 && len(b.panels) > 1 && !b.panels[0].track {
		box = (w - columnGap) / 2
		lefts = []int{0, box + columnGap}
	}
	cols := b.columns(box)
	if len(lefts) > 1 {
		cols.labels = 0
	}
	bottoms := make([]int, len(lefts))
	var grids, yAxes, titles, series []object
	for _, p := range b.panels {
		at := slices.Index(bottoms, slices.Min(bottoms))
		y := top + bottoms[at]
		left := percent(float64(lefts[at]), w)
		titles = append(titles, object{"top": y, "left": left, "textStyle": object{"width": box}})
		y += headHeight
		if cols.labels == 0 {
			y -= 6 // the line begins with room above its label
		}
		labels, most := b.labels(p, cols, box)
		band, spacer := b.band(cols, most)
		grids = append(grids, b.grid(cols, w, lefts[at], box, y, band*len(p.lines)))
		yAxes = append(yAxes, object{
			"data": labels, "axisLine": object{"show": cols.labels > 0}, "axisLabel": b.axisLabel(cols, spacer),
		})
		series = append(series, object{"barWidth": spacer})
		for range b.seriesOf(p) - 1 {
			series = append(series, object{})
		}
		bottoms[at] = y + band*len(p.lines) + panelGap - top
	}
	patch := object{"grid": grids, "yAxis": yAxes, "title": titles, "series": series}
	if key != nil {
		patch["legend"] = key
	}
	return layout{top + slices.Max(bottoms), patch}
}

// columnGap stands between two columns of panels.
const columnGap = 36

// grid places a panel's bars. One column has fixed margins and grows with the
// width; two share it in percent.
func (b bars) grid(cols columns, w, left, box, top, height int) object {
	g := object{"top": top, "height": height, "containLabel": false, "outerBoundsMode": "none"}
	if box == w {
		g["left"], g["right"] = cols.labels, cols.values
	} else {
		g["left"], g["width"] = percent(float64(left), w), percent(float64(box-cols.values), w)
	}
	return g
}

// labels breaks a panel's labels for their column and gives the most lines.
func (b bars) labels(p panel, cols columns, w int) (labels []string, most int) {
	limit := w
	if cols.labels > 0 {
		limit = cols.labels - 10
	}
	for _, l := range p.lines {
		lines := wrap(plain(l.label), float64(limit), labelSize)
		most = max(most, len(lines))
		labels = append(labels, strings.Join(lines, "\n"))
	}
	return labels, most
}

// band gives the height of a line and, in px of bar width, the room for a label
// above the bars (a hair where labels stand beside them: zero means automatic).
func (b bars) band(cols columns, lines int) (band int, spacer float64) {
	if cols.labels > 0 {
		gap := 14
		if len(b.rounds) == 1 {
			gap = 8
		}
		return max(b.thickness(), lines*labelLine-4) + gap, 0.1
	}
	room := lines*labelLine + labelGap
	return room + b.thickness() + 12, float64(room) / (1 + barGapShare)
}

// labelGap stands between a label and the bars below it.
const labelGap = 4

// axisLabel places the labels: left of the bars, or above them, where the
// spacer and its gap have made room.
func (b bars) axisLabel(cols columns, spacer float64) object {
	if cols.labels > 0 {
		return object{"inside": false, "margin": cols.labels, "padding": 0, "verticalAlign": "middle"}
	}
	lift := (float64(b.thickness())-spacer*(1+barGapShare))/2 + labelGap/2
	return object{"inside": true, "margin": 0, "padding": []int{0, 0, int(math.Round(lift)), 0}, "verticalAlign": "bottom"}
}

// seriesOf counts the series of a panel.
func (b bars) seriesOf(p panel) int {
	n := 1
	for r := range b.rounds {
		n++
		for _, l := range p.lines {
			if l.cells[r].number == "" {
				n++
				break
			}
		}
	}
	return n
}
