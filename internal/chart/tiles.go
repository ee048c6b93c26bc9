package chart

import (
	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
)

// tiles is a map of squares: a region's name and figure in each, in the tint of
// its tier. It claims no borders. Where a name or a figure does not fit its tile
// at a width, the regions stand there as bars.
type tiles struct {
	list   []tile
	key    []keyItem
	series string
	unit   string
}

type tile struct {
	mark
	name        string
	column, row int
}

// mapOf returns the map of the regions' figures in a row, or, where not every
// region has its place, bars in the order of a list.
func (d data) mapOf(round *campaign.Round, row *campaign.Row, list []countyFigure) figure {
	m := tiles{series: round.Name, unit: row.Unit}
	most, whole := d.most(round, row), true
	placed := len(list) <= mostRegions
	for _, county := range list {
		t := tile{mark: d.heatMark(county.figure, most), name: county.region.Short, column: county.region.Column, row: county.region.Row}
		t.tip = t.name + "：" + t.text
		if t.number != "" {
			t.tip += plain(row.Unit)
			whole = whole && county.figure.Quantity.Decimals() == 0
		}
		placed = placed && t.column > 0
		m.list = append(m.list, t)
	}
	m.key = tierKey(most, whole, row.Unit)
	if !placed {
		return m.bars()
	}
	return m
}

// tierKey says which numbers each tint stands for; most is the largest.
func tierKey(most decimal.Decimal, whole bool, unit string) []keyItem {
	items := []keyItem{{text: "0", color: paper}}
	from := decimal.Zero
	for tier := 1; tier <= len(tints) && most.Sign() > 0; tier++ {
		to := most.Mul(decimal.NewFromInt(int64(tier))).Div(four)
		text := "大于" + from.String() + "至" + to.String()
		if whole {
			least, last := from.Floor().Add(decimal.NewFromInt(1)), to.Floor()
			from = to
			if least.GreaterThan(last) {
				continue
			}
			if text = least.String() + "至" + last.String(); least.Equal(last) {
				text = least.String()
			}
		}
		from = to
		items = append(items, keyItem{text: text + unit, color: tintOf(tier)})
	}
	return items
}

func (m tiles) data() []datum {
	var list []datum
	for _, t := range m.list {
		list = append(list, datum{tip: t.tip, number: t.number})
	}
	return list
}

// bars returns the same data as bars.
func (m tiles) bars() bars {
	p := panel{head: "单位：" + m.unit, unit: m.unit}
	for _, t := range m.list[:min(len(m.list), mostRegions)] {
		p.lines = append(p.lines, line{label: t.name, cells: []cell{{number: t.number, text: t.text, tip: t.text + plain(m.unit)}}})
	}
	return bars{series: []string{m.series}, panels: []panel{p}}
}

const (
	tileGap    = 4
	tileMost   = 104 // px of a side
	tileEdge   = 2   // beside what is said
	nameLine   = 15
	figureSize = 14
	figureLine = 19
)

// placedTiles is where a map stands at a width.
type placedTiles struct {
	left, wide, high int // px of the first tile's left edge, and of every tile
	column, row      int // of the upper left corner
	rows             int
	figure           int // px of the figures' type
	names            [][]string
}

// place fits the map into a width; false where something does not fit its tile.
func (m tiles) place(w int) (l placedTiles, ok bool) {
	first, last := m.list[0], m.list[0]
	for _, t := range m.list {
		first.column, first.row = min(first.column, t.column), min(first.row, t.row)
		last.column, last.row = max(last.column, t.column), max(last.row, t.row)
	}
	columns := last.column - first.column + 1
	l = placedTiles{column: first.column, row: first.row, rows: last.row - first.row + 1, figure: figureSize}
	l.wide = min(tileMost, (w-tileGap*(columns-1))/columns)
	l.left = (w - columns*l.wide - (columns-1)*tileGap) / 2
	room := l.wide - 2*tileEdge
	var figures []string
	most := 0
	for _, t := range m.list {
		if room < smallestType {
			return l, false
		}
		lines := wrap(plain(t.name), px(room), smallestType)
		most = max(most, len(lines))
		l.names = append(l.names, lines)
		figures = append(figures, t.text)
		if widest(lines, smallestType) > room {
			return l, false
		}
	}
	if widest(figures, l.figure) > room {
		l.figure = smallestType
	}
	l.high = most*nameLine + figureLine + 10
	return l, most <= 3 && widest(figures, l.figure) <= room
}

func (m tiles) draw(w int) *Drawing {
	l, ok := m.place(w)
	if !ok {
		return m.bars().draw(w)
	}
	d := &Drawing{Width: w}
	for n, t := range m.list {
		x := px(l.left + (t.column-l.column)*(l.wide+tileGap))
		y := px((t.row - l.row) * (l.high + tileGap))
		said := Label{Align: Middle, Size: smallestType, Color: ink, At: Place{x + px(l.wide)/2, y + px(5) + px(nameLine)/2}}
		d.datum = n + 1
		d.frame(Box{x, y, px(l.wide), px(l.high), tintOf(t.step)})
		d.lines(said, l.names[n], nameLine)
		said.At.Y = y + px(l.high-5) - px(figureLine)/2
		said.Text, said.Size, said.Bold = plain(t.text), l.figure, true
		if t.number == "" {
			said.Bold, said.Color = false, inkSoft
		}
		d.add(said)
		d.datum = 0
	}
	d.Height = l.rows*(l.high+tileGap) + 8
	k := placeKey(m.key, w)
	k.draw(d, d.Height)
	d.Height += k.height
	return d
}
