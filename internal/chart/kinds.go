package chart

import (
	"wangjian/internal/campaign"
)

const kindsCode = "anjian"

// caseKinds sets the cases of the 工作重点 side by side: the lead department's
// rows that tell about one and count what its first row counts. They divide
// nothing as the form is laid out, so no share of a whole is claimed; a form
// with fewer than two such rows has no such chart.
func caseKinds(d desk) []plan {
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
	s := d.span(rows)
	if len(about) < 2 || s.latest == nil || !d.numeric(rows, s) {
		return nil
	}
	return []plan{{code: kindsCode, title: d.campaign.Lead.Short + "：各工作重点数据" + s.title(), draw: func() Chart {
		c := d.compare(rows, s, func(row *campaign.Row) string { return row.Name }, false)
		c.Summary = d.listed(rows, s) + c.Summary
		return c
	}}}
}

// mostListed bounds how many figures a summary lists; the table has them all.
const mostListed = 6

// listed tells the latest figures of some rows, in the form's order.
func (d desk) listed(rows []*campaign.Row, s span) string {
	parts := []string{s.asOf()}
	for _, row := range rows {
		if f := d.book.Figure(s.latest, row, nil); f != nil && len(parts) <= mostListed {
			parts = append(parts, row.Name+f.Text())
		}
	}
	return sentence(parts...)
}

// first returns the row that stands for a department: the first of its heading,
// else the first of all.
func first(rows []*campaign.Row) *campaign.Row {
	for _, row := range rows {
		if row.InHeading {
			return row
		}
	}
	return rows[0]
}
