package chart

import (
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// The codes of the charts that set rows side by side. Departments have codes of
// their own, so those of the 工作重点 have an opening.
const (
	overviewCode     = "zongti"
	kindsCode        = "anjian"
	priorityPrefix   = "zhongdian-"
	comparisonSuffix = "-bijiao"
)

// comparison is rows set side by side over the rounds, in the form's order, a
// panel a unit.
type comparison struct {
	rows         []*campaign.Row
	subject      string // opens the title
	label        func(*campaign.Row) string
	byDepartment bool                                 // the table names it
	finding      func([]*campaign.Row, span) []string // goes on in the title
}

// compared adds to a plan how its comparison is drawn; none where there is
// nothing to compare.
func (d data) compared(p plan, c comparison) []plan {
	s := d.span(c.rows)
	if s.latest == nil {
		return nil
	}
	figure := bars{series: s.names(), panels: d.panelsOf(c.rows, s, c.label)}
	if !figure.compares() {
		return nil
	}
	finding := c.finding(c.rows, s)
	if len(finding) == 0 {
		finding = []string{"各项数据"}
	}
	p.title = c.subject + "：" + s.asOf() + strings.Join(finding, "，")
	p.draw = func() Chart { return d.compare(c, s, figure) }
	return []plan{p}
}

// overview is the campaign's key figures, both rounds.
func overview(d data) []plan {
	var rows []*campaign.Row
	for _, round := range slices.Backward(d.campaign.Rounds) {
		for _, f := range d.table.KeyFigures(round) {
			if !slices.Contains(rows, f.Row) {
				rows = append(rows, f.Row)
			}
		}
	}
	label := func(row *campaign.Row) string { return row.Department.Short + "：" + row.Name }
	return d.compared(plan{code: overviewCode}, comparison{rows, "主要数据", label, true, d.twoFigures})
}

// caseKinds sets the cases of the 工作重点 side by side: the lead department's
// rows that tell about one and count what its first row counts. They divide
// nothing as the form is laid out, so no share of a whole is claimed; a form
// with fewer than two such rows has no such chart.
func caseKinds(d data) []plan {
	if d.campaign.Lead == nil {
		return nil
	}
	all := d.campaign.Form.RowsOf(d.campaign.Lead)
	if len(all) == 0 {
		return nil
	}
	counted := first(all).Unit
	var rows []*campaign.Row
	about := map[*campaign.Priority]bool{}
	for _, row := range all {
		if row.Priority != nil && row.Parent == nil && !row.Uncounted && row.Unit == counted {
			rows = append(rows, row)
			about[row.Priority] = true
		}
	}
	if len(about) < 2 {
		return nil
	}
	label := func(row *campaign.Row) string { return row.Name }
	return d.compared(plan{code: kindsCode}, comparison{rows, d.campaign.Lead.Short + "各工作重点", label, false, d.largest})
}

// comparisons are all of a department's rows.
func comparisons(d data) []plan {
	var list []plan
	for _, department := range d.campaign.Departments {
		c := comparison{d.campaign.Form.RowsOf(department), department.Short, (*campaign.Row).Line, false, d.ownFigures}
		list = append(list, d.compared(plan{code: department.Code + comparisonSuffix, department: department}, c)...)
	}
	return list
}

// priorities are the rows that tell about a 工作重点, of all departments.
func priorities(d data) []plan {
	var list []plan
	for _, p := range d.campaign.Priorities {
		c := comparison{subject: p.Name, label: (*campaign.Row).Line, finding: d.keyFigures}
		for _, row := range d.campaign.Form.Rows {
			if row.Priority == p || row.Priority == nil && row.Parent != nil && row.Parent.Priority == p {
				c.rows = append(c.rows, row)
				c.byDepartment = c.byDepartment || row.Department != c.rows[0].Department
			}
		}
		if c.byDepartment {
			c.label = func(row *campaign.Row) string { return row.Department.Short + "：" + row.Line() }
		}
		list = append(list, d.compared(plan{code: priorityPrefix + p.Code, priority: p}, c)...)
	}
	return list
}

// compare draws a comparison over the rounds of a span. Its summary says how to
// read the panels.
func (d data) compare(of comparison, s span, figure bars) Chart {
	c := Chart{figure: figure}
	c.Head, c.Rows = d.compareTable(of.rows, s, of.byDepartment)

	var figures, all []*stats.Figure
	for _, row := range of.rows {
		if f := d.table.Figure(s.latest, row, nil); f != nil {
			figures = append(figures, f)
		}
		for _, r := range s.rounds {
			all = append(all, d.table.Figure(r, row, nil))
		}
	}
	up, comparable := d.risen(figures)
	c.Summary = s.rise(up, comparable, len(figures))
	for _, note := range append(d.table.WithoutNotes(all...), d.scopes(s, figures...)...) {
		c.Summary += sentence(note)
	}
	c.Summary += sentence(s.basis(), figure.scale())
	return c
}

// RemarkHead heads the last column of a table, where it says of a figure what the chart's
// summary says of all.
const RemarkHead = "说明"

// compareTable is the rows with both rounds and the change.
func (d data) compareTable(rows []*campaign.Row, s span, byDepartment bool) (head []string, body [][]string) {
	if byDepartment {
		head = append(head, "部门")
	}
	head = append(append(head, "项目", "单位"), s.names()...)
	if s.before != nil {
		head = append(head, s.changeHead())
	}
	remarks := make([]string, len(rows))
	for n, row := range rows {
		remarks[n] = d.remark(s, row)
	}
	remarked := strings.Join(remarks, "") != ""
	if remarked {
		head = append(head, RemarkHead)
	}
	for n, row := range rows {
		var cells []string
		if byDepartment {
			cells = append(cells, row.Department.Short)
		}
		cells = append(cells, row.Line(), row.Unit)
		for _, r := range s.rounds {
			cells = append(cells, d.cellText(d.table.Figure(r, row, nil)))
		}
		if s.before != nil {
			cells = append(cells, d.changeText(d.table.Figure(s.latest, row, nil)))
		}
		if remarked {
			cells = append(cells, remarks[n])
		}
		body = append(body, cells)
	}
	return head, body
}

// keyFigures tells whose the first row is, and what ownFigures tells.
func (d data) keyFigures(rows []*campaign.Row, s span) []string {
	parts := d.ownFigures(rows, s)
	if len(parts) > 0 {
		parts[0] = rows[0].Department.Short + parts[0]
	}
	return parts
}

// ownFigures tells the first row's figure and its change, and those that share
// its department and stand in the heading beside it.
func (d data) ownFigures(rows []*campaign.Row, s span) (parts []string) {
	var first *campaign.Row
	for _, row := range rows {
		f := d.number(row, s)
		if f == nil || row.Parent != nil || first != nil && (row.Department != first.Department || !row.InHeading) {
			continue
		}
		if first == nil {
			first = row
		}
		parts = append(parts, row.Name+f.Text())
		if change := d.changePhrase(f); change != "" {
			parts = append(parts, change)
		}
	}
	return parts
}

// number returns the latest figure of a row; nil where that is no number.
func (d data) number(row *campaign.Row, s span) *stats.Figure {
	if f := d.table.Figure(s.latest, row, nil); f != nil && f.Quantity.IsNumber() {
		return f
	}
	return nil
}

// twoFigures tells the first figures of two departments.
func (d data) twoFigures(rows []*campaign.Row, s span) (parts []string) {
	var told []*campaign.Department
	for _, row := range rows {
		if f := d.number(row, s); f != nil && len(told) < 2 && !slices.Contains(told, row.Department) {
			told = append(told, row.Department)
			parts = append(parts, row.Department.Short+row.Name+f.Text())
		}
	}
	return parts
}

// largest tells which of some rows of one unit has the largest figure, and which
// share it.
func (d data) largest(rows []*campaign.Row, s span) []string {
	var top *stats.Figure
	var names []string
	for _, row := range rows {
		f := d.number(row, s)
		switch {
		case f == nil || top != nil && f.Quantity.Decimal().LessThan(top.Quantity.Decimal()):
		case top != nil && f.Quantity.Equal(top.Quantity):
			names = append(names, row.Name)
		default:
			top, names = f, []string{row.Name}
		}
	}
	switch {
	case top == nil:
		return nil
	case len(names) == 1:
		return []string{names[0] + top.Text(), "为最多"}
	}
	return []string{strings.Join(names, "、") + "并列最多", "均为" + top.Text()}
}

// scale says how to read the lengths.
func (b bars) scale() string {
	switch {
	case len(b.series) > 2:
		return "每条线各有刻度，从零起"
	case len(b.panels) > 1:
		return "不同单位分开作图、各有刻度"
	}
	return ""
}

// mostListed bounds how many figures a summary lists; the table has them all.
const mostListed = 6

// first returns the row that stands for a department: the first of its heading,
// else the first of all.
func first(rows []*campaign.Row) *campaign.Row {
	return rows[max(0, slices.IndexFunc(rows, func(row *campaign.Row) bool { return row.InHeading }))]
}
