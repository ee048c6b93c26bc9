package chart

import (
	"math"
	"slices"
	"strings"
)

// keyLayout fits the legend into a width.
func (b bars) keyLayout(w int) (int, object) {
	if len(b.series) < 2 {
		return 0, nil
	}
	total, rows := 0, 0
	for _, n := range b.series {
		total += 44 + widest([]string{n}, labelSize)
		rows += len(wrap(n, px(w-keyText), labelSize))
	}
	if total <= w {
		return keyHeight, object{"orient": "horizontal"}
	}
	style := object{"width": w - keyText, "overflow": "breakAll", "lineHeight": labelLine}
	return rows*labelLine + 10*len(b.series) + 8, object{"orient": "vertical", "itemGap": keyLineGap, "textStyle": style}
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
		most = max(most, len(lines))
		labels = append(labels, strings.Join(lines, "\n"))
	}
	return labels, most
}

// band returns the height of a line and the space for a label above the bars.
func (b bars) band(cols columns, lines int) (band, room int) {
	if cols.labels > 0 {
		gap := 14
		if len(b.series) == 1 {
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
