package pdf

import (
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// annex writes the statistical form as the notice's annex prints it, once for
// every round, each on a page of its own, and the counties' figures after it.
func (w *writer) annex() {
	rounds := w.rounds()
	if len(rounds) == 0 || len(w.campaign.Form.Rows) == 0 {
		return
	}
	w.part("统计表")
	for n, r := range rounds {
		if n > 0 {
			w.add(typeset.Break{})
		}
		w.from(r.At)
		w.heading(2, r.Name+"统计表", "")
		w.heldMark(w.heldRound(r))
		w.form(r)
		w.countyTables(r)
	}
	w.otherCharts()
}

// heldRound gives the reasons for which a round is not public.
func (w *writer) heldRound(r *campaign.Round) []string {
	if w.view.Audience() != release.ForOffice {
		return nil
	}
	for _, h := range w.view.Held() {
		if h.Round == r {
			return h.Reasons
		}
	}
	return nil
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
		Runs:  w.runs(first(form.Name, "统计表"), typeset.Style{Role: typeset.Song, Size: formSize}),
		Align: typeset.Center, Lead: formSize * 1.5, Space: 4, BySense: true, Keep: true,
	})
	w.add(&typeset.Paragraph{Runs: w.runs(w.filledBy(r), annexText), Align: typeset.Center, Lead: annexLead + 4, Keep: true})
	sheet := annexSheet{w, r, depthOf(form)}
	t := sheet.table()
	var figures []*stats.Figure
	for _, row := range form.Rows {
		figures = append(figures, w.book.Figure(r, row, nil))
	}
	note := form.Note
	for _, without := range w.book.WithoutNotes(figures...) {
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
		if report := w.book.Report(r, w.campaign.Lead, nil); report != nil {
			unit = first(report.Unit, unit)
		}
	}
	var day campaign.Date
	for _, d := range w.campaign.Departments {
		if report := w.book.Report(r, d, nil); report != nil && report.FiledOn.After(day) {
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

// depthOf is how deep 其中 goes in a form: 0 where there is none.
func depthOf(form *campaign.Form) int {
	deepest := 0
	for _, row := range form.Rows {
		deepest = max(deepest, depth(row))
	}
	return deepest
}

func depth(row *campaign.Row) int {
	n := 0
	for p := row.Parent; p != nil; p = p.Parent {
		n++
	}
	return n
}

// annexSheet is the form of one round as a table: department, a narrow column
// for every depth of 其中, item, quantity, remark.
type annexSheet struct {
	*writer
	round *campaign.Round
	depth int
}

func (a annexSheet) table() *typeset.Table {
	const narrow = 0.05
	columns := []typeset.Column{{Share: 0.16, Align: typeset.Center, Heads: true}}
	for range a.depth {
		columns = append(columns, typeset.Column{Share: narrow, Align: typeset.Center, Heads: true})
	}
	columns = append(columns,
		typeset.Column{Share: 0.55 - float64(narrow*float64(a.depth)), Align: typeset.Left, Heads: true},
		typeset.Column{Share: 0.11, Align: typeset.Center},
		typeset.Column{Share: 0.18, Align: typeset.Left},
	)
	cell := func(text string, span int) typeset.Cell {
		return typeset.Cell{Runs: a.runs(text, annexHead), ColSpan: span, Align: typeset.Center}
	}
	head := []typeset.Row{{cell("项　　目", 2+a.depth), cell("数量", 1), cell("备注", 1)}}
	t := a.writer.table(columns, head, a.rows())
	t.Size, t.Lead, t.Pad, t.Tight, t.Space = annexSize, annexLead, annexPads[0], annexPads[1:], 2
	return t
}

// rows gives the form's rows in the order of print.
func (a annexSheet) rows() []typeset.Row {
	var rows []typeset.Row
	all := a.campaign.Form.Rows
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].Department == all[0].Department {
			n++
		}
		rows = append(rows, a.departmentRows(all[0].Department, all[:n])...)
		all = all[n:]
	}
	return rows
}

// departmentRows gives a department's part of the form, its name merged over
// its rows.
func (a annexSheet) departmentRows(d *campaign.Department, all []*campaign.Row) []typeset.Row {
	printed := slices.DeleteFunc(slices.Clone(all), func(r *campaign.Row) bool { return r.InHeading })
	a.from(d.At)
	name := typeset.Cell{Runs: a.departmentCell(d, all), RowSpan: max(1, len(printed)), Align: typeset.Center}
	if len(printed) == 0 {
		blank := typeset.Cell{Runs: a.runs("", annexText), ColSpan: a.depth + 1}
		return []typeset.Row{{name, blank, {}, {}}}
	}
	var rows []typeset.Row
	for i, row := range printed {
		var cells typeset.Row
		if i == 0 {
			cells = append(cells, name)
		}
		rows = append(rows, append(cells, a.rowCells(row, printed)...))
	}
	return rows
}

// departmentCell is the merged cell at the left: the name, and the figures
// that the form prints in it.
func (a annexSheet) departmentCell(d *campaign.Department, rows []*campaign.Row) []typeset.Run {
	runs := a.runs(d.Short, annexHead)
	var figures []string
	for _, row := range rows {
		if row.InHeading {
			figures = append(figures, row.Name+a.headingFigure(row))
		}
	}
	if len(figures) > 0 {
		runs = append(runs, a.run("\n"+strings.Join(figures, "；\n")+"。", annexText))
	}
	return runs
}

// headingFigure fills the gap that the form leaves in a department's cell.
func (a annexSheet) headingFigure(row *campaign.Row) string {
	f := a.book.Figure(a.round, row, nil)
	if f == nil || f.Quantity.Kind == campaign.Blank {
		return a.absence(row, f)
	}
	a.from(f.At)
	return f.Text()
}

// absence stands where there is no figure. A sum has none where a part of it
// cannot be read.
func (a annexSheet) absence(row *campaign.Row, f *stats.Figure) string {
	if f != nil && a.book.Absent() == stats.NotReported {
		return string(stats.Unread)
	}
	return a.book.Absence(a.round, row.Department, nil)
}

// rowCells gives the cells of a row but the department's: the 其中 cells that
// start here, the item over the columns left, quantity and remark.
func (a annexSheet) rowCells(row *campaign.Row, printed []*campaign.Row) typeset.Row {
	a.from(row.At)
	var cells typeset.Row
	if row.Parent != nil && firstChild(row, printed) {
		cells = append(cells, typeset.Cell{Runs: a.runs("其\n中", annexText), RowSpan: below(row.Parent, printed), Align: typeset.Center})
	}
	cells = append(cells, typeset.Cell{Runs: a.runs(row.Label(), annexText), ColSpan: a.depth - depth(row) + 1, Align: typeset.Left})
	f := a.book.Figure(a.round, row, nil)
	quantity, note := a.absence(row, f), ""
	if f != nil && f.Quantity.Kind != campaign.Blank {
		a.from(f.At)
		quantity, note = f.Quantity.String(), f.Note()
	}
	return append(cells,
		typeset.Cell{Runs: a.runs(quantity, annexText)},
		typeset.Cell{Runs: a.runs(note, annexText)},
	)
}

// firstChild tells whether a row is the first of its parent's 其中 rows.
func firstChild(row *campaign.Row, printed []*campaign.Row) bool {
	for _, r := range printed {
		if r.Parent == row.Parent {
			return r == row
		}
	}
	return false
}

// below counts the rows that hang below a parent, at any depth.
func below(parent *campaign.Row, printed []*campaign.Row) int {
	n := 0
	for _, r := range printed {
		for p := r.Parent; p != nil; p = p.Parent {
			if p == parent {
				n++
				break
			}
		}
	}
	return n
}
