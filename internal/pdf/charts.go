package pdf

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/linebreak"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// Charts are the charts that papers print, and those that the report shows
// without being asked.
type Charts struct {
	Find func(code string) (*chart.Chart, error)
	Draw func(k *chart.Chart, width int) *chart.Drawing // at a width in px; nil prints charts as their tables
	// Paint makes a drawing a PNG, for papers that hold no drawings; nil has them
	// print charts as their tables.
	Paint func(*chart.Drawing) ([]byte, error)
	Key   string                            // of the key figures, or ""
	Map   string                            // of the counties, or ""
	Own   func(*campaign.Department) string // of a department's figures, or ""
	All   []string                          // that a whole report shows somewhere
}

// drawnWidth is how many px wide the charts of papers are drawn.
const drawnWidth = 720

// ChartsOf returns the charts of a view's figures.
func ChartsOf(b *stats.Table, c *campaign.Campaign) *Charts {
	return &Charts{
		Find: func(code string) (*chart.Chart, error) { return chart.Find(b, c, code) },
		Draw: (*chart.Chart).Draw,
		Key:  chart.KeyCode(b, c),
		Map:  chart.MapCode(b, c),
		Own:  func(d *campaign.Department) string { return chart.OwnCode(b, c, d) },
		All:  chart.ReportCodes(b, c),
	}
}

// smallestLabel is the smallest that type in a drawing may come out. A chart that
// is too high for it prints its table, which can go on over a page's end.
const smallestLabel = 7.0

// captionHeight is what a chart leaves of a page to its caption and its note.
const captionHeight = 6 * smallLead

// keyChart adds the chart of the key figures.
func (w *writer) keyChart() {
	if w.charts != nil && w.charts.Key != "" {
		w.chart(w.charts.Key, "")
	}
}

// mainCharts adds the charts that stand for the whole campaign where the text has not
// placed them.
func (w *writer) mainCharts() {
	if w.charts != nil {
		w.chartsBelow(1, w.charts.Key, w.charts.Map)
	}
}

// ownChart adds the chart of a department's figures where its narrative has
// not placed it.
func (w *writer) ownChart(d *campaign.Department) {
	if code := w.ownCode(d); code != "" {
		w.chart(code, "")
	}
}

// ownCode is the code of the chart of a department's figures, "" where there is
// none or it is placed already.
func (w *writer) ownCode(d *campaign.Department) string {
	if w.charts == nil || w.charts.Own == nil {
		return ""
	}
	code := w.charts.Own(d)
	if w.drawn[code] > 0 {
		return ""
	}
	return code
}

// otherCharts adds the charts of a whole report that stand nowhere else in it.
func (w *writer) otherCharts() {
	if w.charts != nil {
		w.chartsBelow(2, w.charts.All...)
	}
}

// chartsBelow adds those of the charts that stand nowhere in the paper, below a
// heading of a level; a code of "" is none.
func (w *writer) chartsBelow(level int, codes ...string) {
	headed := false
	for _, code := range codes {
		if code == "" || w.drawn[code] > 0 {
			continue
		}
		if !headed {
			w.heading(level, "统计图", "")
			headed = true
		}
		w.chart(code, "")
	}
}

// chart adds a chart of which only the code is known, as a drawing or as its
// table; source is where it is asked for. A chart is printed once: later places
// say where it stands.
func (w *writer) chart(code, source string) {
	if w.charts == nil {
		return
	}
	if number := w.drawn[code]; number > 0 {
		run := w.run(fmt.Sprintf("（见图%d。）", number), body)
		run.Link = chartAnchor(code)
		w.add(&typeset.Paragraph{Runs: []typeset.Run{run}, Indent: em2})
		return
	}
	k, err := w.charts.Find(code)
	if err != nil {
		w.fail(fmt.Errorf("%s：%w", join("：", source, "图“"+code+"”"), err))
		return
	}
	if w.charts.Draw == nil {
		w.chartTable(k)
		return
	}
	drawing := w.charts.Draw(k, drawnWidth)
	sketch := sketchOf(drawing)
	smallest := smallestType(sketch, typeset.A4.BlockHeight-captionHeight)
	if smallest < smallestLabel {
		w.chartTable(k)
		return
	}
	sketch.Source = w.source
	picture := &typeset.Picture{
		Sketch: sketch, Image: w.painted(drawing), Alt: join("：", k.Title, k.Summary), Caption: w.figure(k.Title), Anchor: chartAnchor(code),
		Space: tableSpace, Lead: smallLead, Floats: true, Smallest: min(1, smallestLabel/smallest),
	}
	if k.Summary != "" {
		picture.Note = w.runs("注："+k.Summary, small)
	}
	w.add(picture, gap)
	w.drawn[code] = w.figures
	if w.editable && len(k.Rows) > 0 {
		t := w.annexStyle(w.tableOf(withoutRemarks(k)))
		for _, rows := range [][]typeset.Row{t.Head, t.Rows} {
			for _, row := range rows {
				for i := range row {
					row[i].Runs[0].Style.Size = annexSize
				}
			}
		}
		w.add(t, gap)
	}
}

// withoutRemarks is a chart whose table has no remarks: its note stands above the table.
func withoutRemarks(k *chart.Chart) *chart.Chart {
	last := len(k.Head) - 1
	if last < 0 || k.Head[last] != chart.RemarkHead {
		return k
	}
	plain := *k
	plain.Head, plain.Rows = k.Head[:last], make([][]string, len(k.Rows))
	for i, row := range k.Rows {
		plain.Rows[i] = row[:last]
	}
	return &plain
}

// painted is a drawing as a picture, for papers that hold no drawings; nil for others.
func (w *writer) painted(d *chart.Drawing) *typeset.Image {
	if w.setter != nil || w.charts.Paint == nil {
		return nil // pages have the sketch
	}
	png, err := w.charts.Paint(d)
	if err != nil {
		w.fail(err)
		return nil
	}
	return &typeset.Image{PNG: png, Width: d.Width, Height: d.Height}
}

func chartAnchor(code string) string { return "图:" + code }

// chartTable adds a chart as its title and its table.
func (w *writer) chartTable(k *chart.Chart) {
	if len(k.Rows) == 0 {
		return
	}
	w.captioned(k.Title, w.tableOf(k))
}

func (w *writer) tableOf(k *chart.Chart) *typeset.Table {
	var rows []typeset.Row
	for _, r := range k.Rows {
		rows = append(rows, w.textRow(r...))
	}
	letters := "L"
	for n := 1; n < len(k.Head); n++ {
		counts := func(r []string) bool { return n < len(r) && r[n] != "" && linebreak.IsDigit(rune(r[n][0])) }
		if slices.ContainsFunc(k.Rows, counts) {
			letters += "r"
		} else {
			letters += "l"
		}
	}
	return w.table(columns(letters), w.headRow(k.Head...), rows)
}

// smallestType is the size of the smallest type of a drawing that is brought
// down to a page's width and a height.
func smallestType(s *typeset.Sketch, height float64) float64 {
	scale := min(typeset.A4.BlockWidth/s.Width, height/s.Height)
	smallest := math.Inf(1)
	for _, m := range s.Marks {
		if l, ok := m.(typeset.Label); ok {
			smallest = min(smallest, l.Size*scale)
		}
	}
	return smallest
}

// sketchOf returns a chart's drawing to typeset, in the inks of a printed
// document.
func sketchOf(d *chart.Drawing) *typeset.Sketch {
	s := &typeset.Sketch{Width: float64(d.Width), Height: float64(d.Height)}
	add := func(m ...typeset.Mark) { s.Marks = append(s.Marks, m...) }
	for _, m := range d.Marks {
		switch m := m.(type) {
		case chart.Box:
			corners := points([]chart.Place{{X: m.X, Y: m.Y}, {X: m.X + m.W, Y: m.Y}, {X: m.X + m.W, Y: m.Y + m.H}, {X: m.X, Y: m.Y + m.H}})
			add(typeset.Area{Rings: [][]typeset.Point{corners}, Color: inkOf(m.Color)})
		case chart.Line:
			add(typeset.Trace{Points: points([]chart.Place{m.From, m.To}), Width: float64(m.Width), Color: inkOf(m.Color)})
		case chart.Dot:
			radius := chart.Length(m.Radius) * chart.Px
			add(typeset.Area{Rings: [][]typeset.Point{points(chart.Round(m.At, radius))}, Color: inkOf(m.Color)})
			if m.Ring {
				add(typeset.Area{Rings: [][]typeset.Point{points(chart.Round(m.At, radius-chart.RingWidth*chart.Px))}, Color: white})
			}
		case chart.Shape:
			add(typeset.Area{Rings: [][]typeset.Point{points(m.Points)}, Color: inkOf(m.Color)})
		case chart.Label:
			at := points([]chart.Place{{X: m.At.X, Y: m.At.Y + chart.Px*drop/1000*chart.Length(m.Size)}})[0]
			add(typeset.Label{
				Text: strings.Join(strings.Fields(m.Text), " "), Size: float64(m.Size), Color: inkOf(m.Color), X: at.X, Y: at.Y, Align: aligns[m.Align],
			})
		}
	}
	return s
}

// drop is how far below its middle the baseline of Chinese type lies, in
// thousandths of its size.
const drop = 370

var aligns = [...]typeset.Align{chart.Start: typeset.Left, chart.Middle: typeset.Center, chart.End: typeset.Right}

func points(places []chart.Place) []typeset.Point {
	list := make([]typeset.Point, len(places))
	for i, p := range places {
		list[i] = typeset.Point{X: float64(p.X) / float64(chart.Px), Y: float64(p.Y) / float64(chart.Px)}
	}
	return list
}

var white = typeset.Color{R: 255, G: 255, B: 255}

// inkOf returns the printed colour of one of the palette, #rrggbb.
func inkOf(color string) typeset.Color {
	v, _ := strconv.ParseUint(color[1:], 16, 32) // the palette's own
	return ofPrinter(typeset.Color{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v)})
}

// ofPrinter prints a colour that is nearly a grey as that grey, and the darkest
// as black: printers make them of black alone, so that small type and hairlines
// have no coloured edges. Other colours stay; a tint is as coloured as what it
// is a tint of.
func ofPrinter(c typeset.Color) typeset.Color {
	const darkest = 64
	high, low := int(max(c.R, c.G, c.B)), int(min(c.R, c.G, c.B))
	if 10*(high-low) >= 3*(255-low) {
		return c
	}
	grey := (299*int(c.R) + 587*int(c.G) + 114*int(c.B) + 500) / 1000
	if grey < darkest {
		return typeset.Black
	}
	return typeset.Color{R: uint8(grey), G: uint8(grey), B: uint8(grey)}
}
