package chart

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

const overviewCode = "zongti"

// overview is the campaign's key figures, both rounds, a panel a unit.
func overview(d desk) []plan {
	var rows []*campaign.Row
	seen := map[*campaign.Row]bool{}
	for i := len(d.campaign.Rounds) - 1; i >= 0; i-- {
		for _, f := range d.book.KeyFigures(d.campaign.Rounds[i]) {
			if !seen[f.Row] {
				seen[f.Row] = true
				rows = append(rows, f.Row)
			}
		}
	}
	s := d.span(rows)
	if s.latest == nil || !d.numeric(rows, s) {
		return nil
	}
	return []plan{{code: overviewCode, title: "主要数据" + s.title(), draw: func() Chart {
		label := func(row *campaign.Row) string { return row.Department.Short + "：" + row.Name }
		c := d.compare(rows, s, label, true)
		c.Summary = d.keySentence(rows, s) + c.Summary
		return c
	}}}
}

// numeric reports whether any of the rows has a number in the span; words alone
// make no chart.
func (d desk) numeric(rows []*campaign.Row, s span) bool {
	for _, round := range s.rounds() {
		for _, row := range rows {
			if f := d.book.Figure(round, row, nil); f != nil && f.Quantity.IsNumber() {
				return true
			}
		}
	}
	return false
}

// compare sets rows side by side over the rounds of a span. Its summary says
// how many of them rose and how to read the panels.
func (d desk) compare(rows []*campaign.Row, s span, label func(*campaign.Row) string, byDepartment bool) Chart {
	c := Chart{Unit: unitOf(rows)}
	c.Head, c.Rows = d.compareTable(rows, s, byDepartment)
	panels := d.panelsOf(rows, s, label)
	c.figure = bars{rounds: s.names(), panels: panels}

	var figures, all []*stats.Figure
	for _, row := range rows {
		if f := d.book.Figure(s.latest, row, nil); f != nil {
			figures = append(figures, f)
		}
		for _, r := range s.rounds() {
			all = append(all, d.book.Figure(r, row, nil))
		}
	}
	if up, comparable := d.risen(figures); comparable > 1 {
		c.Summary += s.rise(up, comparable, len(figures))
	}
	for _, note := range append(d.book.WithoutNotes(all...), d.scopes(s, figures...)...) {
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
func (d desk) compareTable(rows []*campaign.Row, s span, byDepartment bool) (head []string, body [][]string) {
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
			cells = append(cells, d.cellText(d.book.Figure(r, row, nil)))
		}
		if s.before != nil {
			cells = append(cells, d.changeText(d.book.Figure(s.latest, row, nil)))
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
func (d desk) keySentence(rows []*campaign.Row, s span) string {
	var parts []string
	var first *campaign.Row
	for _, row := range rows {
		f := d.book.Figure(s.latest, row, nil)
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
