package chart

import (
	"encoding/json"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// bars is small multiples of horizontal bars: a panel a unit, each with its own
// scale from zero, a line a row, a bar a series. Values stand at the bars' ends,
// so there is no axis to read. Labels stand left of the bars where there is
// room, else above them.
type bars struct {
	series []string // of bars, such as rounds, oldest first; the last one is drawn strongest
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
	cells []cell // one a series
}

// cell is one bar: a number and its label, or a gap and its word.
type cell struct {
	number json.Number // "" for a gap
	text   string
	tip    string
}

// cellOf returns the bar of a figure; nil is a form that was not handed in.
func (d data) cellOf(f *stats.Figure, unit string) cell {
	if f == nil {
		return cell{text: d.table.Absent()}
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
func (d data) panelsOf(rows []*campaign.Row, s span, label func(*campaign.Row) string) []panel {
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
			l.cells = append(l.cells, d.cellOf(d.table.Figure(r, row, nil), plain(row.Unit)))
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
	keyWidth   = 20 // of a bar in the legend
	keyThick   = 11
	keyGap     = 18 // between two of them
	keyLineGap = 6  // where they stand below each other
	keyText    = 30 // what their words leave of a line
	valueGap   = 5  // between a bar and what it stands for

	trackOpacity = 40 // percent
)

// barHeight returns the thickness of a bar, barGap the space between two.
func (b bars) barHeight() int {
	if len(b.series) > 1 {
		return 12
	}
	return 14
}

// thickness returns what the bars of a line take.
func (b bars) thickness() int { return len(b.series)*(b.barHeight()+3) - 3 }

// barGap is the space after a bar as a share of it: 3 px after one of 12.
const (
	barGap      = "25%"
	barGapShare = 0.25
)

func (b bars) option() []byte {
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
	if len(b.series) > 1 {
		add["legend"] = b.key()
	} else {
		add["legend"] = object{"show": false}
	}
	return finish(&c.BaseConfiguration, add, b.layout)
}

// frame returns the looks of the panels' axes and heads that no width changes.
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

// full returns the exact number that a full bar stands for.
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
// bars, then for each series its bars and, stacked at the same place, the words
// of its gaps. It returns what go-echarts has no field for.
func (b bars) addPanel(c *charts.Bar, index int, p panel) []object {
	place := func(stack string) charts.SeriesOpts {
		return charts.WithBarChartOpts(opts.BarChart{XAxisIndex: index, YAxisIndex: index, Stack: stack, BarGap: barGap})
	}
	quiet := object{"silent": true, "tooltip": object{"show": false}, "itemStyle": object{"color": "transparent"}}
	c.AddSeries("", []opts.BarData{}, place("spacer"))
	extra := []object{quiet}
	for r, name := range b.series {
		latest := r == len(b.series)-1
		var data, gaps []opts.BarData
		gap := false
		for _, l := range p.lines {
			value, word := b.data(l, r)
			gap = gap || word.Label != nil
			data, gaps = append(data, value), append(gaps, word)
		}
		weight, color := "bold", ink
		if !latest || p.aside {
			weight, color = "normal", inkSoft
		}
		stack := fmt.Sprintf("%d/%d", index, r) // ECharts stacks across grids
		label := opts.Label{Show: opts.Bool(true), Position: "right", Color: color, FontSize: valueSize, FontWeight: weight}
		c.AddSeries(plain(name), data, place(stack), charts.WithItemStyleOpts(opts.ItemStyle{Color: b.color(p, r)}), charts.WithLabelOpts(label))
		more := object{
			"cursor": "default", "emphasis": object{"disabled": true}, "label": object{"distance": valueGap}, "barWidth": b.barHeight(),
		}
		if !latest {
			more["itemStyle"] = object{"decal": stripes}
		}
		if p.track && latest {
			more["showBackground"] = true
			more["backgroundStyle"] = object{"color": rule, "opacity": float64(trackOpacity) / 100}
		}
		extra = append(extra, more)
		if gap {
			label.FontWeight, label.Color = "normal", inkSoft
			c.AddSeries("", gaps, place(stack), charts.WithLabelOpts(label))
			words := tree(quiet)
			words["label"] = object{"distance": valueGap}
			words["barWidth"] = b.barHeight()
			extra = append(extra, words)
		}
	}
	return extra
}

// stripes mark the other series apart from the last without colour.
var stripes = object{
	"symbol": "rect", "color": paper, "dashArrayX": []int{1, 0}, "dashArrayY": []int{stripeWidth, stripePitch - stripeWidth}, "rotation": -0.7854,
}

// data returns a line's bar of a series, and the word in its place where there is
// no number. The word stands at zero in a series of its own: the figure's own
// series has a gap there.
func (b bars) data(l line, series int) (value, word opts.BarData) {
	c := l.cells[series]
	label := &opts.Label{Show: opts.Bool(true), Formatter: plain(c.text)}
	if c.number == "" {
		return opts.BarData{Value: "-"}, opts.BarData{Value: 0, Label: label}
	}
	tip := plain(l.label) + "\n" + plain(b.series[series]) + "：" + c.tip
	return opts.BarData{Name: tip, Value: c.number, Label: label}, opts.BarData{Value: "-"}
}

// key is the legend: which bar is of which series.
func (b bars) key() object {
	var names []string
	for _, n := range b.series {
		names = append(names, plain(n))
	}
	return object{
		"show": true, "data": names, "left": 0, "top": 0, "padding": 0, "itemGap": keyGap, "itemWidth": keyWidth, "itemHeight": keyThick,
		"icon": "rect", "selectedMode": false, "textStyle": object{"color": ink, "fontSize": labelSize},
	}
}

// layout is the panels' place at a width as the option has it.
func (b bars) layout(w int) layout {
	l := b.place(w)
	var grids, yAxes, titles, series []object
	for i, p := range b.panels {
		k := l.panels[i]
		titles = append(titles, object{"top": k.head, "left": percent(k.left, w), "textStyle": object{"width": l.box}})
		grids = append(grids, l.grid(k))
		yAxes = append(yAxes, object{
			"data": k.labels, "axisLine": object{"show": l.columns.labels > 0}, "axisLabel": b.axisLabel(l.columns, k.room),
		})
		spacer := 0.1 // zero means automatic
		if k.room > 0 {
			spacer = float64(k.room) / (1 + barGapShare)
		}
		series = append(series, object{"barWidth": spacer})
		for range b.seriesOf(p) - 1 {
			series = append(series, object{})
		}
	}
	patch := object{"grid": grids, "yAxis": yAxes, "title": titles, "series": series}
	if l.key != nil {
		patch["legend"] = l.key
	}
	return layout{l.height, patch}
}

// grid places a panel's bars. One column has fixed margins and grows with the
// width; two share it in percent.
func (l placed) grid(k placedPanel) object {
	g := object{"top": k.top, "height": k.band * len(k.labels), "containLabel": false, "outerBoundsMode": "none"}
	if l.box == l.width {
		g["left"], g["right"] = l.columns.labels, l.columns.values
	} else {
		g["left"], g["width"] = percent(k.left, l.width), percent(l.box-l.columns.values, l.width)
	}
	return g
}

// axisLabel places the labels: left of the bars, or above them, where the
// spacer and its gap have made room.
func (b bars) axisLabel(cols columns, room int) object {
	if cols.labels > 0 {
		return object{"inside": false, "margin": cols.labels, "padding": 0, "verticalAlign": "middle"}
	}
	return object{"inside": true, "margin": 0, "padding": []int{0, 0, b.lift(room), 0}, "verticalAlign": "bottom"}
}

// seriesOf counts the series of a panel.
func (b bars) seriesOf(p panel) int {
	n := 1
	for r := range b.series {
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
