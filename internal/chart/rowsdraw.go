package chart

import (
	"strings"

	"github.com/shopspring/decimal"
)

func (b bars) draw(w int) *Drawing {
	l := b.place(w)
	d := &Drawing{Width: w, Height: l.height}
	l.key.draw(d, 0)
	first := 1 // the panel's first datum
	for i, p := range b.panels {
		k := l.panels[i]
		d.add(Label{Text: truncated(plain(p.head), px(l.box), valueSize), Size: valueSize, Color: inkSoft, At: Place{px(k.left), px(k.head) + px(valueSize)/2}})
		g := b.gridAt(l, i)
		g.drawLabels(d)
		for n, line := range p.lines {
			at := first + n*len(b.series)
			switch len(b.series) {
			case 1:
				b.drawBar(d, g, n, at)
			case 2:
				drawDumbbell(d, g, n, line, at)
			default:
				drawLine(d, g, n, line, at)
			}
		}
		if len(b.series) > 2 {
			b.drawRounds(d, g)
		}
		first += len(p.lines) * len(b.series)
	}
	return d
}

// grid is where a panel's rows stand in a drawing.
type grid struct {
	panel
	placed      placedPanel
	edge        Length // where the panel begins
	left, width Length // of the scale
	columns     columns
	marks       Length // from the top of a row to its marks
	full        decimal.Decimal
}

func (b bars) gridAt(l placed, i int) grid {
	k := l.panels[i]
	g := grid{panel: b.panels[i], placed: k, edge: px(k.left), columns: l.columns, full: b.panels[i].full()}
	g.left = px(k.left + l.columns.labels + l.columns.left)
	g.width = px(l.box - l.columns.labels - l.columns.left - l.columns.right)
	g.marks = px(k.band+k.room-b.thickness()) / 2
	return g
}

// top is where a row begins.
func (g grid) top(row int) Length { return px(g.placed.top + row*g.placed.band) }

// share returns the part of a length that a number is of another.
func share(n, of decimal.Decimal, length Length) Length {
	return Length(n.Mul(decimal.NewFromInt(int64(length))).DivRound(of, 0).IntPart())
}

func (g grid) drawLabels(d *Drawing) {
	for n, text := range g.placed.labels {
		lines := strings.Split(text, "\n")
		y := g.top(n) + px(g.placed.band-labelLine*len(lines))/2
		if g.columns.labels == 0 {
			y = g.top(n) + g.marks - px(labelGap+labelLine*len(lines))
		}
		d.lines(Label{Size: labelSize, Color: ink, At: Place{g.edge, y + px(labelLine)/2}}, lines, labelLine)
	}
}

// value adds the label of a cell: the last series' is strong.
func (g grid) value(d *Drawing, datum int, c cell, strong bool, at Place, align Align) {
	if g.columns.spelled {
		return
	}
	l := Label{Text: plain(c.text), Size: valueSize, Color: inkSoft, At: at, Align: align}
	if strong && !g.aside && c.number != "" {
		l.Bold, l.Color = true, ink
	}
	d.of(datum, l)
}

// drawBar draws a row of one series. A single number has no other to be compared
// with, so it has no bar.
func (b bars) drawBar(d *Drawing, g grid, row, datum int) {
	c := g.lines[row].cells[0]
	y := g.top(row) + g.marks
	alone := len(g.lines) == 1 && g.whole.IsZero()
	if g.columns.labels > 0 && !alone {
		x := hair(g.left)
		d.add(Line{From: Place{x, g.top(row)}, To: Place{x, g.top(row + 1)}, Width: 1, Color: rule})
	}
	if g.track {
		d.add(Box{g.left, y, g.width, px(barThick), rule})
	}
	bar := Box{g.left, y, 0, px(barThick), colour1}
	if g.aside {
		bar.Color = colour2
	}
	if c.number != "" && !alone {
		if bar.W = share(c.value(), g.full, g.width); bar.W > 0 {
			d.of(datum, bar)
		}
	}
	g.value(d, datum, c, true, Place{g.left + bar.W + px(valueGap), y + px(barThick)/2}, Start)
}

// drawDumbbell draws a row of two series: what was before as a ring, what is now
// as a disc, joined. A gap's word stands on its side of the other one.
func drawDumbbell(d *Drawing, g grid, row int, l line, datum int) {
	y := g.top(row) + g.marks + px(barThick)/2
	x := [2]Length{g.left, g.left}
	for n, c := range l.cells {
		if c.number != "" {
			x[n] = g.left + share(c.value(), g.full, g.width)
		}
	}
	for n, c := range l.cells {
		if c.number == "" {
			x[n] = x[1-n]
		}
	}
	from, to := l.ends()
	d.add(Line{From: Place{g.left, hair(y)}, To: Place{g.left + g.width, hair(y)}, Width: 1, Color: rule})
	if x[from] < x[to] {
		d.add(Box{x[from], y - px(linkThick)/2, x[to] - x[from], px(linkThick), colour2})
	}
	for n, c := range l.cells {
		if c.number != "" {
			d.of(datum+n, Dot{At: Place{x[n], y}, Radius: dotRadius, Color: []string{colour2, colour1}[n], Ring: n == 0})
		}
	}
	for _, end := range []struct {
		cell  int
		align Align
		away  int
	}{{from, End, -1}, {to, Start, 1}} {
		g.value(d, datum+end.cell, l.cells[end.cell], end.cell == 1, Place{x[end.cell] + px(end.away*(dotRadius+valueGap)), y}, end.align)
	}
}

// drawLine draws a row of more series as a line on a scale of its own, from zero.
func drawLine(d *Drawing, g grid, row int, l line, datum int) {
	floor := g.top(row) + g.marks + px(plotAbove+plotHeight-dotRadius)
	full := l.most()
	if full.IsZero() {
		full = decimal.NewFromInt(1)
	}
	var places []Place
	var texts []string
	for n, c := range l.cells {
		at := Place{g.across(n, len(l.cells)), floor}
		if c.number != "" {
			at.Y -= share(c.value(), full, px(plotHeight-2*dotRadius))
		}
		places, texts = append(places, at), append(texts, c.text)
	}
	d.add(Line{From: Place{g.left, hair(floor)}, To: Place{g.left + g.width, hair(floor)}, Width: 1, Color: rule})
	for n := range places[1:] {
		if l.cells[n].number != "" && l.cells[n+1].number != "" {
			d.add(Line{From: places[n], To: places[n+1], Width: 2, Color: colour1})
		}
	}
	last := len(places) - 1
	all := g.fit(texts, valueSize, len(places))
	for n, c := range l.cells {
		if c.number != "" {
			d.of(datum+n, Dot{At: places[n], Radius: dotRadius - 2, Color: colour1})
		}
		if all || n == 0 || n == last {
			g.value(d, datum+n, c, n == last, Place{places[n].X, places[n].Y - px(dotRadius+valueSize/2)}, Middle)
		}
	}
}

// across returns where the nth of some series stands.
func (g grid) across(n, of int) Length { return g.left + g.width.times(n, of-1) }

// fit reports whether texts fit beside each other, each over its series.
func (g grid) fit(texts []string, size, series int) bool {
	return px(widest(texts, size)+8) <= g.width/Length(series-1)
}

// drawRounds names the series below a panel: all of them, or the first and the
// last.
func (b bars) drawRounds(d *Drawing, g grid) {
	y := g.top(len(g.lines)) + px(plotBelow)/2
	name := func(text string, at Length, align Align) {
		limit := (g.width + px(g.columns.left+g.columns.right)) / 2
		d.add(Label{Text: truncated(plain(text), limit-px(6), valueSize), Size: valueSize, Color: inkSoft, At: Place{at, y}, Align: align})
	}
	last := len(b.series) - 1
	edge := px(g.columns.left)
	name(b.series[0], g.left-edge, Start)
	name(b.series[last], g.left+g.width+edge, End)
	if !g.fit(b.series, valueSize, len(b.series)) {
		return
	}
	for n := 1; n < last; n++ {
		name(b.series[n], g.across(n, len(b.series)), Middle)
	}
}
