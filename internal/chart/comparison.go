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
	title        string // the rounds follow
	label        func(*campaign.Row) string
	byDepartment bool                               // the table names it
	summary      func([]*campaign.Row, span) string // what opens the summary
}

// compared adds to a plan how its comparison is drawn; none where words alone would
// be.
func (d data) compared(p plan, c comparison) []plan {
	s := d.span(c.rows)
	if s.latest == nil || !d.numeric(c.rows, s) {
		return nil
	}
	p.title = c.title + s.title()
	p.draw = func() Chart { return d.compare(c, s) }
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
	return d.compared(plan{code: overviewCode}, comparison{rows, "主要数据", label, true, d.keySentence})
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
	return d.compared(plan{code: kindsCode}, comparison{rows, d.campaign.Lead.Short + "：各工作重点数据", label, false, d.listed})
}

// comparisons are all of a department's rows.
func comparisons(d data) []plan {
	var list []plan
	for _, department := range d.campaign.Departments {
		c := comparison{d.campaign.Form.RowsOf(department), department.Short + "：各项数据", (*campaign.Row).Line, false, d.keySentence}
		list = append(list, d.compared(plan{code: department.Code + comparisonSuffix, department: department}, c)...)
	}
	return list
}

// priorities are the rows that tell about a 工作重点, of all departments.
func priorities(d data) []plan {
	var list []plan
	for _, p := range d.campaign.Priorities {
		c := comparison{title: p.Name + "：工作数据", label: (*campaign.Row).Line, summary: d.keySentence}
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

// numeric reports whether any of the rows has a number in the span; words alone
// make no chart.
func (d data) numeric(rows []*campaign.Row, s span) bool {
	for _, round := range s.rounds() {
		for _, row := range rows {
			if f := d.table.Figure(round, row, nil); f != nil && f.Quantity.IsNumber() {
				return true
			}
		}
	}
	return false
}

// compare draws a comparison over the rounds of a span. Its summary says how many
// of the rows rose and how to read the panels.
func (d data) compare(of comparison, s span) Chart {
	c := Chart{Unit: unitOf(of.rows), Summary: of.summary(of.rows, s)}
	c.Head, c.Rows = d.compareTable(of.rows, s, of.byDepartment)
	panels := d.panelsOf(of.rows, s, of.label)
	c.figure = bars{series: s.names(), panels: panels}

	var figures, all []*stats.Figure
	for _, row := range of.rows {
		if f := d.table.Figure(s.latest, row, nil); f != nil {
			figures = append(figures, f)
		}
		for _, r := range s.rounds() {
			all = append(all, d.table.Figure(r, row, nil))
		}
	}
	if up, comparable := d.risen(figures); comparable > 1 {
		c.Summary += s.rise(up, comparable, len(figures))
	}
	for _, note := range append(d.table.WithoutNotes(all...), d.scopes(s, figures...)...) {
		c.Summary += sentence(note)
	}
	scale := ""
	if len(panels) > 1 {
		scale = "不同单位分开作图、各有刻度"
	}
	c.Summary += sentence(s.basis(), scale)
	return c
}

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
		head = append(head, "说明")
	}
	for n, row := range rows {
		var cells []string
		if byDepartment {
			cells = append(cells, row.Department.Short)
		}
		cells = append(cells, row.Line(), row.Unit)
		for _, r := range s.rounds() {
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

// keySentence tells the first row's figure and its change, and those that share
// its department and stand in the heading beside it.
func (d data) keySentence(rows []*campaign.Row, s span) string {
	var parts []string
	var first *campaign.Row
	for _, row := range rows {
		f := d.table.Figure(s.latest, row, nil)
		if f == nil || !f.Quantity.IsNumber() || row.Parent != nil {
			continue
		}
		if first != nil && (row.Department != first.Department || !row.InHeading) {
			continue
		}
		if first == nil {
			first = row
			parts = append(parts, s.asOf(), row.Department.Short+row.Name+f.Text())
		} else {
			parts = append(parts, row.Name+f.Text())
		}
		parts = append(parts, d.changePhrase(f))
	}
	return sentence(parts...)
}

// mostListed bounds how many figures a summary lists; the table has them all.
const mostListed = 6

// listed tells the latest figures of some rows, in the form's order.
func (d data) listed(rows []*campaign.Row, s span) string {
	parts := []string{s.asOf()}
	for _, row := range rows {
		if f := d.table.Figure(s.latest, row, nil); f != nil && len(parts) <= mostListed {
			parts = append(parts, row.Name+f.Text())
		}
	}
	return sentence(parts...)
}

// first returns the row that stands for a department: the first of its heading,
// else the first of all.
func first(rows []*campaign.Row) *campaign.Row {
	return rows[max(0, slices.IndexFunc(rows, func(row *campaign.Row) bool { return row.InHeading }))]
}
