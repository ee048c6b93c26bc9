package pdf

import (
	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// summaryPapers gives each department's own summary, as far as the view has
// anything of it.
func summaryPapers(v *release.View, b *stats.Table) []*Paper {
	var list []*Paper
	for _, d := range v.Campaign().Departments {
		if b.Tells(d) {
			list = append(list, Summary(v, d))
		}
	}
	return list
}

// SummaryPath is where a department's summary is published.
func SummaryPath(d *campaign.Department) string { return "departments/" + d.Code + "/report.pdf" }

// Summary is one department's summary: its four sections, its figures, and
// what its counties say.
func Summary(v *release.View, d *campaign.Department) *Paper {
	c := v.Campaign()
	return &Paper{
		Path: SummaryPath(d), Title: c.Name + "工作总结", Head: d.Short + "　" + first(c.Short, c.Name) + "工作总结",
		author: d.Name, subject: c.Short, short: true, edition: v.DepartmentEdition(d),
		body: func(w *writer) {
			n := w.newest(d, nil)
			w.from(d.At)
			w.documentTitle(c.Name + "工作总结")
			w.add(typeset.Gap{Height: smallLead / 2})
			w.centred(d.Name, remark)
			if when := publicationOf(w.paper.edition); when != "" && w.view.Audience() == release.ForPublic {
				w.centred("（"+when+"）", remark)
			}
			w.add(typeset.Gap{Height: typeset.A4.Lead()})
			if n != nil {
				w.narrative(n, 1)
			} else {
				w.paragraph(w.noNarrative(d), remark)
			}
			w.ownFigures(d)
			w.countyNarratives(d, 2, func() { w.heading(1, "县（市、区）工作情况", "") })
		},
	}
}

// ownFigures adds a department's figures and their chart where its narrative
// has not placed them.
func (w *writer) ownFigures(d *campaign.Department) {
	table := !w.tabled[d] && len(w.stats.Rounds(d)) > 0 && len(w.campaign.Form.RowsOf(d)) > 0
	if !table && w.ownCode(d) == "" {
		return
	}
	w.from(d.At)
	w.heading(1, "统计数据", "")
	if table {
		w.departmentTable(d)
	}
	w.ownChart(d)
}
