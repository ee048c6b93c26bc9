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
	rounds []string // the series of bars, such as rounds, oldest first; the last one is drawn strongest
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
	if len(b.rounds) > 1 {
		return 12
	}
	return 14
}

// thickness returns what the bars of a line take.
func (b bars) thickness() int { return len(b.rounds)*(b.barHeight()+3) - 3 }

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
	if len(b.rounds) > 1 {
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
// bars, then for each round its bars and, stacked at the same place, the words
// of its gaps. It returns what go-echarts has no field for.
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

// stripes mark the round before apart from the latest without colour.
var stripes = object{
	"symbol": "rect", "color": paper, "dashArrayX": []int{1, 0}, "dashArrayY": []int{stripeWidth, stripePitch - stripeWidth}, "rotation": -0.7854,
}

// data returns a round's bar of a line, and the word in its place where there is
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
		"show": true, "data": names, "left": 0, "top": 0, "padding": 0, "itemGap": keyGap, "itemWidth": keyWidth, "itemHeight": keyThick,
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
		rows += len(wrap(n, px(w-keyText), labelSize))
	}
	if total <= w {
		return keyHeight, object{"orient": "horizontal"}
	}
	style := object{"width": w - keyText, "overflow": "breakAll", "lineHeight": labelLine}
	return rows*labelLine + 10*len(b.rounds) + 8, object{"orient": "vertical", "itemGap": keyLineGap, "textStyle": style}
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

// placed is where the panels of a chart stand at a width, in px.
type placed struct {
	width, height int
	top           int // what the legend takes
	key           object
	box           int // of a panel; less than the width where they stand in two columns
	columns       columns
	panels        []placedPanel
}

type placedPanel struct {
	left, head int      // of the panel's head
	top        int      // of its bars
	labels     []string // broken into lines
	band       int      // a line's height
	room       int      // above the bars for a label, 0 where labels stand beside them
}

// place places the panels at a width: below each other, or, where there are
// several and room for it, in two columns with labels above the bars.
func (b bars) place(w int) placed {
	l := placed{width: w, box: w}
	l.top, l.key = b.keyLayout(w)
	lefts := []int{0}
	if w >= 600 && len(b.panels) > 1 && !b.panels[0].track {
		l.box = (w - columnGap) / 2
		lefts = []int{0, l.box + columnGap}
	}
	l.columns = b.columns(l.box)
	if len(lefts) > 1 {
		l.columns.labels = 0
	}
	bottoms := make([]int, len(lefts))
	for _, p := range b.panels {
		at := slices.Index(bottoms, slices.Min(bottoms))
		k := placedPanel{left: lefts[at], head: l.top + bottoms[at]}
		k.top = k.head + headHeight
		if l.columns.labels == 0 {
			k.top -= 6 // the line begins with room above its label
		}
		var most int
		k.labels, most = b.labels(p, l.columns, l.box)
		k.band, k.room = b.band(l.columns, most)
		l.panels = append(l.panels, k)
		bottoms[at] = k.top + k.band*len(p.lines) + panelGap - l.top
	}
	l.height = l.top + slices.Max(bottoms)
	return l
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

// columnGap stands between two columns of panels.
const columnGap = 36

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

// labels breaks a panel's labels for their column and returns the most lines.
func (b bars) labels(p panel, cols columns, w int) (labels []string, most int) {
	limit := w
	if cols.labels > 0 {
		limit = cols.labels - 10
	}
	for _, l := range p.lines {
		lines := wrap(plain(l.label), px(limit), labelSize)
		most = max(most, len(lines))
		labels = append(labels, strings.Join(lines, "\n"))
	}
	return labels, most
}

// band returns the height of a line and the space for a label above the bars.
func (b bars) band(cols columns, lines int) (band, room int) {
	if cols.labels > 0 {
		gap := 14
		if len(b.rounds) == 1 {
			gap = 8
		}
		return max(b.thickness(), lines*labelLine-4) + gap, 0
	}
	room = lines*labelLine + labelGap
	return room + b.thickness() + 12, room
}

// labelGap stands between a label and the bars below it.
const labelGap = 4

// lift is how far above the middle of its line a label above the bars ends, to
// the px.
func (b bars) lift(room int) int {
	return int(math.Round(float64(b.thickness()-room+labelGap) / 2))
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

// draw draws the panels as ECharts does: first what the labels stand on, then
// the bars of each round, then what is said at their ends, then the legend and
// the heads.
func (b bars) draw(w int) *Drawing {
	l := b.place(rangeOf(w))
	d := &Drawing{Width: w, Height: l.height}
	grids := make([]placedGrid, len(b.panels))
	for i := range b.panels {
		grids[i] = b.gridAt(l, i, w)
		b.drawAxis(d, l, i, grids[i])
	}
	for i := range b.panels {
		b.drawLabels(d, l, i, grids[i])
	}
	for _, draw := range []func(*Drawing, panel, int, placedGrid){b.drawRound, b.drawValues} {
		for i, p := range b.panels {
			for r := range b.rounds {
				draw(d, p, r, grids[i])
			}
		}
	}
	if l.key != nil {
		b.drawKey(d, l)
	}
	for i, p := range b.panels {
		k := l.panels[i]
		d.add(Label{
			Text: truncated(plain(p.head), px(l.box), valueSize), Size: valueSize, Color: inkSoft,
			At: Place{stretched(k.left, l.width, w), px(k.head) + px(valueSize)/2},
		})
	}
	return d
}

// placedGrid is where a panel's bars stand in a drawing.
type placedGrid struct {
	left, width, top Length
	band             Length
	first            Length // of a band, above its first bar
	full             decimal.Decimal
}

// gridAt places a panel's bars in a drawing that may be wider than what it is
// laid out for.
func (b bars) gridAt(l placed, panel, w int) placedGrid {
	k := l.panels[panel]
	g := placedGrid{top: px(k.top), band: px(k.band), full: decimal.RequireFromString(b.panels[panel].full().String())}
	if l.box == l.width {
		g.left, g.width = px(l.columns.labels), px(w-l.columns.labels-l.columns.values)
	} else {
		g.left, g.width = stretched(k.left, l.width, w), stretched(l.box-l.columns.values, l.width, w)
	}
	// Room for a label and the bars stand in the middle; where there is none,
	// ECharts leaves a bar of 1 px and what is between two.
	room := px(k.room)
	if k.room == 0 {
		room = px(1) + px(1)/4
	}
	g.first = (g.band + room - px(b.thickness())) / 2
	return g
}

// bar returns where the bar of a value stands; nothing is as wide as zero.
func (g placedGrid) bar(b bars, line, round int, value json.Number) Box {
	box := Box{X: g.left, Y: g.top + Length(line)*g.band + g.first + px(round*(b.barHeight()+3)), H: px(b.barHeight()), Opacity: 100}
	if v, err := decimal.NewFromString(value.String()); err == nil {
		box.W = Length(v.Mul(decimal.NewFromInt(int64(g.width))).DivRound(g.full, 0).IntPart())
	}
	return box
}

// drawAxis draws the line that bars begin at; below labels there is none.
func (b bars) drawAxis(d *Drawing, l placed, panel int, g placedGrid) {
	if l.columns.labels > 0 {
		x := hair(g.left)
		d.add(Line{From: Place{x, g.top}, To: Place{x, g.top + Length(len(l.panels[panel].labels))*g.band}, Color: rule})
	}
}

func (b bars) drawLabels(d *Drawing, l placed, panel int, g placedGrid) {
	k := l.panels[panel]
	label := Label{Size: labelSize, Color: ink, At: Place{X: g.left}}
	if l.columns.labels > 0 {
		label.At.X = 0
	}
	for i, text := range k.labels {
		lines := strings.Split(text, "\n")
		above := px(labelLine*len(lines)) / 2 // of the middle of the line
		if l.columns.labels == 0 {
			above = px(b.lift(k.room) + labelLine*len(lines))
		}
		label.At.Y = g.top + Length(i)*g.band + g.band/2 - above + px(labelLine)/2
		d.lines(label, lines, labelLine)
	}
}

func (b bars) drawRound(d *Drawing, p panel, round int, g placedGrid) {
	latest := round == len(b.rounds)-1
	if p.track && latest {
		for i := range p.lines {
			track := g.bar(b, i, round, "0")
			track.W, track.Color, track.Opacity = g.width, rule, trackOpacity
			d.add(track)
		}
	}
	for i, l := range p.lines {
		if box := g.bar(b, i, round, l.cells[round].number); box.W > 0 {
			box.Color, box.Striped = b.color(p, round), !latest
			d.add(box)
		}
	}
}

// drawValues says what the bars of a round stand for, and why there is none.
func (b bars) drawValues(d *Drawing, p panel, round int, g placedGrid) {
	label := Label{Size: valueSize, Bold: true, Color: ink}
	if round < len(b.rounds)-1 || p.aside {
		label.Bold, label.Color = false, inkSoft
	}
	for _, gaps := range []bool{false, true} {
		for i, l := range p.lines {
			c := l.cells[round]
			if (c.number == "") != gaps {
				continue
			}
			box := g.bar(b, i, round, c.number)
			label.Text, label.At = plain(c.text), Place{box.X + box.W + px(valueGap), box.Y + box.H/2}
			d.add(label)
		}
		label.Bold, label.Color = false, inkSoft
	}
}

// color is that of a round's bars.
func (b bars) color(p panel, round int) string {
	if round < len(b.rounds)-1 || p.aside {
		return colour2
	}
	return colour1
}

// drawKey says which bar is which round: beside each other, or below.
func (b bars) drawKey(d *Drawing, l placed) {
	var x, y Length
	for r, name := range b.rounds {
		lines, height := []string{plain(name)}, px(labelSize)
		below := l.key["orient"] == "vertical"
		if below {
			lines = wrap(plain(name), px(l.width-keyText), labelSize)
			height = px(labelLine * len(lines))
		}
		d.add(Box{
			X: x, Y: y + height/2 - px(keyThick)/2, W: px(keyWidth), H: px(keyThick),
			Color: b.color(b.panels[0], r), Opacity: 100, Striped: r < len(b.rounds)-1, Alone: true,
		})
		label := Label{Size: labelSize, Color: ink, At: Place{x + px(keyWidth+5), y + height/Length(2*len(lines))}}
		d.lines(label, lines, labelLine)
		if below {
			y += height + px(keyLineGap)
		} else {
			x = label.At.X + snugWidth(lines[0], labelSize) + px(keyGap)
		}
	}
}
