package pdf

import (
	"cmp"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

const departmentsTitle = "各部门工作总结"

// departments writes the narratives, department by department, each followed
// by the department's chart and the narratives of its counties.
func (w *writer) departments() {
	if len(w.campaign.ItemsOf(campaign.Narratives)) == 0 {
		return
	}
	w.part(departmentsTitle, "")
	for _, d := range w.campaign.Departments {
		w.department(d)
	}
}

func (w *writer) department(d *campaign.Department) {
	n := w.newest(d, nil)
	w.from(d.At)
	if n == nil {
		if w.noNarrative(d) == "" && w.ownCode(d) == "" && !w.countiesTell(d) {
			return
		}
		w.heading(2, d.Name, "")
		w.withoutNarrative(d)
	} else {
		w.heading(2, d.Name, anchorOf(n))
		w.narrative(n, 3)
	}
	w.ownChart(d)
	w.countyNarratives(d, 3, nil)
}

// countiesTell reports whether a county of a department has a narrative.
func (w *writer) countiesTell(d *campaign.Department) bool {
	return slices.ContainsFunc(w.campaign.Regions, func(r *campaign.Region) bool { return w.newest(d, r) != nil })
}

// countyNarratives adds the narratives of a department's counties below headings
// of the given level; before is called once if there are any.
func (w *writer) countyNarratives(d *campaign.Department, level int, before func()) {
	for _, region := range w.campaign.Regions {
		n := w.newest(d, region)
		if n == nil {
			continue
		}
		if before != nil {
			before()
			before = nil
		}
		w.from(region.At)
		w.heading(level, region.Name+"工作情况", anchorOf(n))
		w.narrative(n, level+1)
	}
}

// noNarrative stands in the place of a narrative. Those who do not learn whether it is
// missing or held back are not told that it is missing: "".
func (w *writer) noNarrative(d *campaign.Department) string {
	word := w.view.Unwritten()
	if word == "" {
		return ""
	}
	if latest := w.view.LatestRound(); latest != nil {
		if _, broken := w.campaign.Unread(campaign.NarrativeFile(latest, d)); broken {
			return "工作总结" + string(stats.Unread) + "。"
		}
	}
	return word + "工作总结。"
}

func (w *writer) withoutNarrative(d *campaign.Department) {
	if text := w.noNarrative(d); text != "" {
		w.paragraph(text, remark)
	}
}

// narrative writes a narrative, its sections as headings of the given level.
func (w *writer) narrative(n *campaign.Item, level int) {
	w.about(n)
	w.item(n, level)
}

// about says below a narrative's heading why it is not public, and of which round
// it is where that is not the latest.
func (w *writer) about(n *campaign.Item) {
	w.heldMark(w.view.Mark(n))
	if latest := w.view.LatestRound(); latest != nil && n.Round != nil && n.Round != latest {
		w.byline("（以下为"+n.Round.Name+"工作总结。）", remark)
	}
}

// newest returns the narrative of a department or county that papers hold, without
// a department the whole campaign's summary; nil for none.
func (w *writer) newest(d *campaign.Department, region *campaign.Region) *campaign.Item {
	if w.narratives == nil {
		w.narratives = w.view.NewestNarratives()
	}
	return w.narratives[release.Narrator{Department: d, Region: region}]
}

// Summary is one department's summary: its four sections, its figures, and
// what its counties say.
func Summary(v *release.View, d *campaign.Department) *Paper {
	c := v.Campaign()
	return &Paper{
		Path: "departments/" + d.Code + "/" + DepartmentFile, Title: c.Name + "工作总结", Head: d.Short + "　" + cmp.Or(c.Short, c.Name) + "工作总结",
		author: d.Name, subject: c.Short, short: true, Edition: v.DepartmentEdition(d), narrow: true, department: d,
		items: func(v *release.View) (list []*campaign.Item) {
			for whose, n := range v.NewestNarratives() {
				if whose.Department == d {
					list = append(list, n)
				}
			}
			return list
		},
		body: func(w *writer) {
			n := w.newest(d, nil)
			w.from(d.At)
			w.documentTitle(c.Name + "工作总结")
			w.add(typeset.Gap{Height: smallLead / 2})
			w.centred(d.Name, remark)
			if when := publicationOf(w.paper.Edition); when != "" && w.view.Audience() == release.ForPublic {
				w.centred("（"+when+"）", remark)
			}
			w.add(typeset.Gap{Height: typeset.A4.Lead()})
			if n != nil {
				w.narrative(n, 1)
			} else {
				w.withoutNarrative(d)
			}
			w.ownFigures(d)
			w.countyNarratives(d, 2, func() { w.heading(1, w.campaign.Tier.Say("县（市、区）工作情况"), "") })
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
