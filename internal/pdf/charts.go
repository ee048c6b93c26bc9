package pdf

import (
	"fmt"
	"math"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/pdf/typeset"
)

// Charts gives the data of the chart that a {{图:代号}} in an item places: its
// title, its unit and its table.
type Charts func(code string, item *campaign.Item) (title, unit string, head []string, rows [][]string, err error)

// Stills gives charts as drawings, and says which charts the report shows
// without being asked.
type Stills struct {
	// Draw gives a chart; the item is the one that places it, or nil.
	Draw func(code string, item *campaign.Item) (Still, error)
	// Key is the code of the chart of the key figures, or "".
	Key string
	// Own gives the code of the chart of a department's figures, or "".
	Own func(*campaign.Department) string
	// All are the codes of the charts that a whole report shows somewhere.
	All []string
}

// Still is a drawn chart.
type Still struct {
	Drawing              *chart.Drawing
	Title, Unit, Summary string
}

// leastType is the smallest that type in a drawing may come out. A chart that
// is too high for it prints its table, which can go on over a page's end.
const leastType = 5.0

// captionRoom is what a chart leaves of a page to its caption and its note.
const captionRoom = 6 * smallLead

// keyChart adds the chart of the key figures.
func (w *writer) keyChart() {
	if w.stills != nil && w.stills.Key != "" {
		w.chart(w.stills.Key, nil, "")
	}
}

// ownChart adds the chart of a department's figures where its narrative has
// not placed it.
func (w *writer) ownChart(d *campaign.Department) {
	if code := w.ownCode(d); code != "" {
		w.chart(code, nil, "")
	}
}

// ownCode is the code of the chart of a department's figures, "" where there is
// none or it is placed already.
func (w *writer) ownCode(d *campaign.Department) string {
	if w.stills == nil || w.stills.Own == nil {
		return ""
	}
	code := w.stills.Own(d)
	if w.drawn[code] > 0 {
		return ""
	}
	return code
}

// otherCharts adds the charts of a whole report that stand nowhere else in it.
func (w *writer) otherCharts() {
	if w.stills == nil {
		return
	}
	begun := false
	for _, code := range w.stills.All {
		if w.drawn[code] > 0 {
			continue
		}
		if !begun {
			w.heading(2, "统计图", "")
			begun = true
		}
		w.chart(code, nil, "")
	}
}

// chart adds a chart of which only the code is known, as a drawing or as its
// table; source is where it is asked for. A chart is printed once: later places
// say where it stands.
func (w *writer) chart(code string, item *campaign.Item, source string) {
	if w.stills == nil {
		w.chartTable(code, item, source)
		return
	}
	if number := w.drawn[code]; number > 0 {
		run := w.run(fmt.Sprintf("（见图%d。）", number), body)
		run.Link = chartAnchor(code)
		w.add(&typeset.Paragraph{Runs: []typeset.Run{run}, Indent: em2})
		return
	}
	still, err := w.stills.Draw(code, item)
	if err != nil {
		w.failChart(code, source, err)
		return
	}
	sketch := sketchOf(still.Drawing)
	if !legible(sketch) && w.charts != nil {
		w.chartTable(code, item, source)
		return
	}
	sketch.Source = w.source
	picture := &typeset.Picture{
		Sketch: sketch, Alt: join("：", still.Title, still.Summary), Caption: w.figure(chartTitle(still.Title, still.Unit)), Anchor: chartAnchor(code),
		Space: tableSpace, Lead: smallLead, Floats: true, Least: leastScale(sketch),
	}
	if still.Summary != "" {
		picture.Note = w.runs("注："+still.Summary, small)
	}
	w.add(picture, gap)
	w.drawn[code] = w.figures
}

func chartAnchor(code string) string { return "图:" + code }

func chartTitle(title, unit string) string {
	if unit == "" {
		return title
	}
	return title + "（单位：" + unit + "）"
}

func (w *writer) failChart(code, source string, err error) {
	w.fail(fmt.Errorf("%s：%w", join("：", source, "图“"+code+"”"), err))
}

// legible tells whether the smallest type of a drawing can be read when the
// drawing is brought down to a page.
func legible(s *typeset.Sketch) bool { return smallestType(s) >= leastType }

// smallestType is the size of the smallest type of a drawing on its page.
func smallestType(s *typeset.Sketch) float64 {
	sheet := typeset.A4
	scale := min(sheet.BlockWidth/s.Width, (sheet.BlockHeight-captionRoom)/s.Height)
	least := math.Inf(1)
	for _, m := range s.Marks {
		if l, ok := m.(typeset.Label); ok {
			least = min(least, l.Size*scale)
		}
	}
	return least
}

// leastScale is how small a chart may be made to fill a page, so that it stays
// a chart and can be read.
func leastScale(s *typeset.Sketch) float64 {
	const least = 0.72
	return min(1, max(least, leastType/smallestType(s)))
}

// chartTable adds a chart as its title and its table.
func (w *writer) chartTable(code string, item *campaign.Item, source string) {
	if w.charts == nil {
		return
	}
	title, unit, head, rows, err := w.charts(code, item)
	if err != nil {
		w.failChart(code, source, err)
		return
	}
	if len(rows) == 0 {
		return
	}
	columns := make([]typeset.Column, len(head))
	for i := range columns {
		columns[i].Align = typeset.Right
		if i == 0 {
			columns[i].Align, columns[i].Heads = typeset.Left, true
		}
	}
	var lines []typeset.Row
	for _, r := range rows {
		lines = append(lines, w.textRow(r...))
	}
	w.caption(chartTitle(title, unit))
	t := w.table(columns, w.headRow(head...), lines)
	t.Space = 2
	w.add(t, gap)
}
