package chart

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// bars is small multiples of rows: a panel a unit, each with its own scale from
// zero. A row is a bar where there is one series, a dumbbell where there are two,
// a line over more. Values stand at the marks, so there is no axis to read.
// Labels stand left of the marks where there is room, else above them.
type bars struct {
	series []string // such as rounds, oldest first; the last one is drawn strongest
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

// cell is one mark: a number and its label, or a gap and its word.
type cell struct {
	number json.Number // "" for a gap
	text   string
	tip    string
}

// cellOf returns the mark of a figure; nil is a form that was not handed in.
func (d data) cellOf(f *stats.Figure, unit string) cell {
	if f == nil {
		return cell{text: d.table.Absent()}
	}
	return barOf(f, unit)
}

// barOf returns the mark of a figure that is there.
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
		for _, r := range s.rounds {
			l.cells = append(l.cells, d.cellOf(d.table.Figure(r, row, nil), plain(row.Unit)))
		}
		panels[i].lines = append(panels[i].lines, l)
	}
	return panels
}

// compares reports whether there is something to see: two marks on one scale.
func (b bars) compares() bool {
	return slices.ContainsFunc(b.panels, func(p panel) bool {
		numbers := 0
		for _, l := range p.lines {
			for _, c := range l.cells {
				if c.number != "" {
					numbers++
				}
			}
		}
		return numbers > 1
	})
}

func (b bars) data() []datum {
	var list []datum
	for _, p := range b.panels {
		for _, l := range p.lines {
			for r, c := range l.cells {
				d := datum{tip: l.label + "\n" + b.series[r] + "：" + c.text, number: c.number}
				if c.number != "" {
					d.tip = l.label + "\n" + b.series[r] + "：" + c.tip
				}
				list = append(list, d)
			}
		}
	}
	return list
}

// smallestType is the least px of type in a drawing.
const smallestType = 12

const (
	labelSize  = 13
	labelLine  = 18
	valueSize  = smallestType
	headHeight = 26
	panelGap   = 12
	valueGap   = 5 // between a mark and what it stands for
	dotRadius  = 6
	barThick   = 14
	linkThick  = 4  // of what joins the dots of a dumbbell
	plotHeight = 34 // of a line over rounds
	plotAbove  = 18 // for the values over it
	plotBelow  = 20 // the rounds' names, below a panel
)

// thickness returns what the marks of a row take.
func (b bars) thickness() int {
	if len(b.series) > 2 {
		return plotAbove + plotHeight
	}
	return barThick
}

// full returns the exact number that the end of the scale stands for.
func (p panel) full() decimal.Decimal {
	most := p.whole
	for _, l := range p.lines {
		most = decimal.Max(most, l.most())
	}
	if most.IsZero() {
		return decimal.NewFromInt(1)
	}
	return most
}

func (l line) most() (most decimal.Decimal) {
	for _, c := range l.cells {
		if c.number != "" {
			most = decimal.Max(most, c.value())
		}
	}
	return most
}

func (c cell) value() decimal.Decimal { return decimal.RequireFromString(c.number.String()) }

// ends returns which cells of a dumbbell have their value on the left and on the
// right: the larger number is on the right; a gap keeps its side.
func (l line) ends() (left, right int) {
	if l.cells[0].number != "" && l.cells[1].number != "" && l.cells[0].value().GreaterThan(l.cells[1].value()) {
		return 1, 0
	}
	return 0, 1
}

// columns are the widths that labels take, and what is said on either side of
// the marks; labels is 0 where they stand above the marks.
type columns struct {
	labels, left, right int
	spelled             bool // the values stand with the labels: there is no room beside the marks
}

// leastPlot is the least px of a scale.
const leastPlot = 40

func (b bars) columns(w int) columns {
	var labels, left, right []string
	for _, p := range b.panels {
		for _, l := range p.lines {
			labels = append(labels, l.label)
			switch len(l.cells) {
			case 1:
				right = append(right, l.cells[0].text)
			case 2:
				from, to := l.ends()
				left, right = append(left, l.cells[from].text), append(right, l.cells[to].text)
			default:
				for _, c := range l.cells {
					left = append(left, c.text)
				}
			}
		}
	}
	c := columns{right: widest(right, valueSize) + 10}
	switch {
	case len(b.series) == 2:
		c.left = widest(left, valueSize) + dotRadius + valueGap + 2
		c.right += dotRadius
	case len(b.series) > 2:
		c.left = widest(left, valueSize)/2 + dotRadius
		c.right = c.left
	}
	least := leastPlot
	if len(b.series) > 2 {
		least = max(least, widest(left, valueSize)+8) // the first and the last beside each other
	}
	if w-c.left-c.right < least {
		return columns{left: dotRadius, right: dotRadius, spelled: true}
	}
	want := widest(labels, labelSize) + 12
	most := w * 2 / 5
	if want > most && w < 600 || w-min(want, most)-c.left-c.right < 60 {
		return c
	}
	c.labels = min(want, most)
	return c
}

// placed is where the panels of a chart stand at a width, in px.
type placed struct {
	width, height int
	key           key
	box           int // of a panel; less than the width where they stand in two columns
	columns       columns
	panels        []placedPanel
}

type placedPanel struct {
	left, head int      // of the panel's head
	top        int      // of its rows
	labels     []string // broken into lines
	band       int      // a row's height
	room       int      // above the marks for a label, 0 where labels stand beside them
}

// place places the panels at a width: below each other, or, where there are
// several and room for it, in two columns with labels above the marks.
func (b bars) place(w int) placed {
	l := placed{width: w, box: w}
	above := 0
	if len(b.series) == 2 {
		l.key = placeKey([]keyItem{{b.series[0], colour2, ring}, {b.series[1], colour1, disc}}, w)
		above = l.key.height + 8
	}
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
		k := placedPanel{left: lefts[at], head: above + bottoms[at]}
		k.top = k.head + headHeight
		if l.columns.labels == 0 {
			k.top -= 6 // the row begins with room above its label
		}
		var most int
		k.labels, most = b.labels(p, l.columns, l.box)
		k.band, k.room = b.band(l.columns, most)
		l.panels = append(l.panels, k)
		bottoms[at] = k.top + k.band*len(p.lines) + panelGap - above
		if len(b.series) > 2 {
			bottoms[at] += plotBelow
		}
	}
	l.height = above + slices.Max(bottoms)
	return l
}

// columnGap stands between two columns of panels.
const columnGap = 36

// labels breaks a panel's labels for their column and returns the most lines.
func (b bars) labels(p panel, cols columns, w int) (labels []string, most int) {
	limit := w
	if cols.labels > 0 {
		limit = cols.labels - 10
	}
	for _, l := range p.lines {
		lines := wrap(plain(l.label), px(limit), labelSize)
		if cols.spelled {
			for n, c := range l.cells {
				lines = append(lines, wrap(plain(b.series[n]+"："+c.text), px(limit), labelSize)...)
			}
		}
		most = max(most, len(lines))
		labels = append(labels, strings.Join(lines, "\n"))
	}
	return labels, most
}

// band returns the height of a row and the space for a label above the marks.
func (b bars) band(cols columns, lines int) (band, room int) {
	if cols.labels > 0 {
		return max(b.thickness(), lines*labelLine-4) + 10, 0
	}
	room = lines*labelLine + labelGap
	return room + b.thickness() + 12, room
}

// labelGap stands between a label and the marks below it.
const labelGap = 4
