package pdf

import (
	"cmp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// annex writes the statistical form as the notice's annex prints it, once for
// every round, each on a page of its own, and the counties' figures after it.
func (w *writer) annex() {
	rounds := w.view.Reported()
	if len(rounds) == 0 || len(w.campaign.Form.Rows) == 0 {
		return
	}
	w.part("统计表", "")
	for n, r := range rounds {
		if n > 0 {
			w.add(typeset.Break{})
		}
		w.from(r.At)
		w.heading(2, r.Name+"统计表", "")
		w.heldMark(w.view.MarkRound(r))
		w.form(r)
		w.countyTables(r)
	}
	w.otherCharts()
}

// latestForm writes the form of the latest round alone, without the counties' figures.
func (w *writer) latestForm() {
	r := w.latest()
	if r == nil || len(w.campaign.Form.Rows) == 0 {
		return
	}
	w.part(r.Name+"统计表", "")
	w.heldMark(w.view.MarkRound(r))
	w.form(r)
}

// The type of the form is smaller than that of other tables, so that it stays
// on one page as long as it can.
const (
	annexSize = 10.5 // 5号
	annexLead = 13.0
)

var (
	annexText = typeset.Style{Role: typeset.Fang, Size: annexSize}
	annexHead = typeset.Style{Role: typeset.Hei, Size: annexSize}
	annexPads = []float64{3, 2.5, 2, 1.5, 1}
)

func (w *writer) form(r *campaign.Round) {
	form := &w.campaign.Form
	w.from(form.At)
	w.add(&typeset.Paragraph{
		Runs:  w.runs(cmp.Or(form.Name, "统计表"), typeset.Style{Role: typeset.Song, Size: formSize}),
		Align: typeset.Center, Lead: formSize * 1.5, Space: 4, ByPhrase: true, KeepWithNext: true,
	})
	w.add(&typeset.Paragraph{Runs: w.runs(w.filledBy(r), annexText), Align: typeset.Center, Lead: annexLead + 4, KeepWithNext: true})
	a := w.stats.Annex(r)
	t := w.annexTable(a)
	note := a.Note
	for _, without := range a.Without {
		if note != "" && !strings.HasSuffix(note, "。") {
			note += "。"
		}
		note += without + "。"
	}
	if note != "" {
		w.from(form.At)
		t.Note = &typeset.Paragraph{Runs: w.runs("注："+note, annexText), Lead: annexLead, Space: 3}
	}
	w.add(t)
	w.from(campaign.Position{})
}

// filledBy is the line above the form: who put it together, and up to which
// day forms came in.
func (w *writer) filledBy(r *campaign.Round) string {
	unit := ""
	if w.campaign.Lead != nil {
		unit = w.campaign.Lead.Name
		if report := w.stats.Report(r, w.campaign.Lead, nil); report != nil {
			unit = cmp.Or(report.Unit, unit)
		}
	}
	var day campaign.Date
	for _, d := range w.campaign.Departments {
		if report := w.stats.Report(r, d, nil); report != nil && report.FiledOn.After(day) {
			day = report.FiledOn
		}
	}
	date := ""
	if !day.IsZero() {
		date = "填报日期：" + day.Chinese()
	}
	if unit != "" {
		unit = "填报单位：" + unit
	}
	return join("　　　　", unit, date)
}

// annexTable lays the form of one round out as a table: department, a narrow
// column for 其中, item, and those of stats.AnnexFields. The item has what
// width they leave.
func (w *writer) annexTable(a stats.Annex) *typeset.Table {
	const department, narrow = 0.16, 0.05
	form, items := columns("CL", department, 1-department), 1 // how many columns the items have
	if a.Among {
		form, items = columns("CCL", department, narrow, 1-department-narrow), 2
	}
	head := typeset.Row{w.headCell("项　　目", 1+items, 1)}
	for _, column := range stats.AnnexFields {
		letter := "l"
		if column.Figure {
			letter = "c"
		}
		form[items].Share -= column.Share
		form = append(form, columns(letter, column.Share)...)
		head = append(head, w.headCell(column.Name, 1, 1))
	}
	var rows []typeset.Row
	for _, b := range a.Blocks {
		w.from(b.Department.At)
		name := typeset.Cell{Runs: w.departmentCell(b), RowSpan: b.Span(), Align: typeset.Center}
		if len(b.Lines) == 0 {
			rows = append(rows, append(typeset.Row{name, {Runs: w.runs("", annexText), ColSpan: items}}, make(typeset.Row, len(stats.AnnexFields))...))
		}
		for n, line := range b.Lines {
			var cells typeset.Row
			if n == 0 {
				cells = append(cells, name)
			}
			rows = append(rows, append(cells, w.annexCells(line, items)...))
		}
	}
	return w.annexStyle(w.table(form, []typeset.Row{head}, rows))
}

// annexStyle sets a table in the style of the form.
func (w *writer) annexStyle(t *typeset.Table) *typeset.Table {
	t.Size, t.Lead, t.Pad, t.Tight, t.Space = annexSize, annexLead, annexPads[0], annexPads[1:], 2
	return t
}

func (w *writer) headCell(text string, columns, rows int) typeset.Cell {
	return typeset.Cell{Runs: w.runs(text, annexHead), ColSpan: columns, RowSpan: rows, Align: typeset.Center}
}

// departmentCell is the merged cell at the left: the name, and the figures
// that the form prints in it.
func (w *writer) departmentCell(b stats.AnnexBlock) []typeset.Run {
	runs := w.runs(b.Department.Short, annexHead)
	var figures []string
	for _, line := range b.Heading {
		w.fromLine(line)
		figures = append(figures, line.Name+line.WithUnit())
	}
	if len(figures) > 0 {
		runs = append(runs, w.run("\n"+strings.Join(figures, "；\n")+"。", annexText))
	}
	return runs
}

func (w *writer) fromLine(line stats.AnnexLine) {
	if !line.Absent() {
		w.from(line.Figure.At)
	}
}

// annexCells returns the cells of a line but the department's: the 其中 cell
// where one starts here, the item over the columns left, and the others.
func (w *writer) annexCells(line stats.AnnexLine, items int) typeset.Row {
	w.from(line.At)
	var cells typeset.Row
	if n := line.Among(); n > 0 {
		cells = append(cells, typeset.Cell{Runs: w.runs("其\n中", annexText), RowSpan: n, Align: typeset.Center})
	}
	if line.Parent != nil {
		items = 1
	}
	cells = append(cells, typeset.Cell{Runs: w.runs(line.Label(), annexText), ColSpan: items, Align: typeset.Left})
	w.fromLine(line)
	for _, column := range stats.AnnexFields {
		cells = append(cells, typeset.Cell{Runs: w.runs(column.Of(line).Text, annexText)})
	}
	return cells
}

// countyTables writes a round's figures county by county, a table for every
// department whose counties report: counties by indicators. One with many
// indicators turns the page.
func (w *writer) countyTables(r *campaign.Round) {
	headed := false
	for _, d := range w.campaign.Departments {
		if !slices.ContainsFunc(w.campaign.Regions, func(region *campaign.Region) bool { return w.stats.Report(r, d, region) != nil }) {
			continue
		}
		if !headed {
			headed = true
			w.from(r.At)
			w.heading(2, r.Name+"分地区统计表", "")
		}
		w.from(d.At)
		w.captioned(d.Short+r.Name+"分地区数据", countySheet{w, r, d, w.campaign.Form.RowsOf(d)}.counties())
	}
}

// A table of many indicators takes smaller type before it is divided.
const (
	manyIndicators = 10
	narrowSize     = 9.0 // 小5号
	narrowLead     = 11.0
	narrowPad      = 0.6
)

// countySheet is a department's figures of one round, county by county.
type countySheet struct {
	*writer
	round      *campaign.Round
	department *campaign.Department
	indicators []*campaign.Row
}

func (c countySheet) counties() *typeset.Table {
	levels := 1
	for _, row := range c.indicators {
		if row.Parent != nil {
			levels = 2
		}
	}
	head := make([]typeset.Row, levels)
	head[0] = append(head[0], c.headCell("地区", 1, levels))
	for _, row := range c.indicators {
		if row.Parent != nil {
			head[1] = append(head[1], c.headCell(row.Label(), 1, 1))
			continue
		}
		head[0] = append(head[0], c.headCell(row.Label(), 1, levels))
		if len(row.Children) > 0 {
			head[0] = append(head[0], c.headCell("其中", len(row.Children), 1))
		}
	}
	rows := []typeset.Row{c.row("合计", true, func(row *campaign.Row) *stats.Figure { return c.stats.Figure(c.round, row, nil) })}
	if slices.ContainsFunc(c.indicators, func(row *campaign.Row) bool { return c.stats.Own(c.round, row) != nil }) {
		rows = append(rows, c.row("本级", false, func(row *campaign.Row) *stats.Figure { return c.stats.Own(c.round, row) }))
	}
	for _, region := range c.campaign.Regions {
		missing := c.stats.Report(c.round, c.department, region) == nil
		rows = append(rows, c.row(region.Short, missing, func(row *campaign.Row) *stats.Figure { return c.stats.Figure(c.round, row, region) }))
	}
	t := c.annexStyle(c.table(columns("L"+strings.Repeat("r", len(c.indicators))), head, rows))
	t.Continued = c.runs(continuedMark, annexHead)
	if len(c.indicators) > manyIndicators {
		t.Size, t.Lead, t.Tight = narrowSize, narrowLead, append(annexPads[1:len(annexPads):len(annexPads)], narrowPad)
		for _, row := range append(head, rows...) {
			for i := range row {
				for k := range row[i].Runs {
					row[i].Runs[k].Style.Size = narrowSize
				}
			}
		}
	}
	return t
}

// row returns the figures of one region. Where nothing came in, unreported says
// so in every column; else a dash stands for an item that is not told apart.
func (c countySheet) row(name string, unreported bool, figure func(*campaign.Row) *stats.Figure) typeset.Row {
	cells := typeset.Row{{Runs: c.runs(name, annexText)}}
	for _, row := range c.indicators {
		text := "—"
		if f := figure(row); f != nil {
			c.from(f.At)
			text = f.Quantity.String()
		} else if unreported {
			text = c.stats.Absent()
		}
		cells = append(cells, typeset.Cell{Runs: c.runs(text, annexText)})
	}
	return cells
}
