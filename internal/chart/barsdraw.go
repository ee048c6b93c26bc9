package chart

import (
	"encoding/json"
	"strings"

	"github.com/shopspring/decimal"
)

// draw draws the panels as ECharts does: first what the labels stand on, then
// the bars of each series, then what is said at their ends, then the legend and
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
	for _, draw := range []func(*Drawing, panel, int, placedGrid){b.drawSeries, b.drawValues} {
		for i, p := range b.panels {
			for r := range b.series {
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
func (g placedGrid) bar(b bars, line, series int, value json.Number) Box {
	box := Box{X: g.left, Y: g.top + Length(line)*g.band + g.first + px(series*(b.barHeight()+3)), H: px(b.barHeight()), Opacity: 100}
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

func (b bars) drawSeries(d *Drawing, p panel, series int, g placedGrid) {
	latest := series == len(b.series)-1
	if p.track && latest {
		for i := range p.lines {
			track := g.bar(b, i, series, "0")
			track.W, track.Color, track.Opacity = g.width, rule, trackOpacity
			d.add(track)
		}
	}
	for i, l := range p.lines {
		if box := g.bar(b, i, series, l.cells[series].number); box.W > 0 {
			box.Color, box.Striped = b.color(p, series), !latest
			d.add(box)
		}
	}
}

// drawValues says what the bars of a series stand for, and why there is none.
func (b bars) drawValues(d *Drawing, p panel, series int, g placedGrid) {
	label := Label{Size: valueSize, Bold: true, Color: ink}
	if series < len(b.series)-1 || p.aside {
		label.Bold, label.Color = false, inkSoft
	}
	for _, gaps := range []bool{false, true} {
		for i, l := range p.lines {
			c := l.cells[series]
			if (c.number == "") != gaps {
				continue
			}
			box := g.bar(b, i, series, c.number)
			label.Text, label.At = plain(c.text), Place{box.X + box.W + px(valueGap), box.Y + box.H/2}
			d.add(label)
		}
		label.Bold, label.Color = false, inkSoft
	}
}

// color is that of a series' bars.
func (b bars) color(p panel, series int) string {
	if series < len(b.series)-1 || p.aside {
		return colour2
	}
	return colour1
}

// drawKey says which bar is of which series: beside each other, or below.
func (b bars) drawKey(d *Drawing, l placed) {
	var x, y Length
	for r, name := range b.series {
		lines, height := []string{plain(name)}, px(labelSize)
		below := l.key["orient"] == "vertical"
		if below {
			lines = wrap(plain(name), px(l.width-keyText), labelSize)
			height = px(labelLine * len(lines))
		}
		d.add(Box{
			X: x, Y: y + height/2 - px(keyThick)/2, W: px(keyWidth), H: px(keyThick),
			Color: b.color(b.panels[0], r), Opacity: 100, Striped: r < len(b.series)-1, Alone: true,
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
