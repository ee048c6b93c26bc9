package pdf

import (
	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// departments writes the narratives, department by department, each followed
// by the department's chart and the narratives of its counties.
func (w *writer) departments() {
	if len(w.campaign.ItemsOf(campaign.Narratives)) == 0 {
		return
	}
	w.part("各部门工作情况")
	for _, d := range w.campaign.Departments {
		w.department(d)
	}
}

func (w *writer) department(d *campaign.Department) {
	n := w.newest(d, nil)
	w.from(d.At)
	if n == nil {
		w.heading(2, d.Name, "")
		w.paragraph(w.noNarrative(), remark)
	} else {
		w.narrative(2, d.Name, n)
	}
	w.ownChart(d)
	for _, region := range w.campaign.Regions {
		if n := w.newest(d, region); n != nil {
			w.from(region.At)
			w.narrative(3, region.Name+"工作情况", n)
		}
	}
}

// noNarrative stands in the place of a narrative. The public does not learn
// whether it is missing or held back, so it is not told that it is missing.
func (w *writer) noNarrative() string {
	if w.view.Audience() == release.ForOffice {
		return "未报送工作总结。"
	}
	return "暂无公开的工作总结。"
}

// narrative writes one narrative below a heading of the given level.
func (w *writer) narrative(level int, title string, n *campaign.Item) {
	w.heading(level, title, anchorOf(n))
	w.heldMark(w.view.Mark(n))
	if latest := w.view.LatestRound(); latest != nil && n.Round != nil && n.Round != latest {
		w.paragraph("（以下为"+n.Round.Name+"工作总结。）", remark)
	}
	w.item(n, level+1)
}

// newest gives a department's or county's narrative of the latest round, else
// the newest one that there is.
func (w *writer) newest(d *campaign.Department, region *campaign.Region) *campaign.Item {
	latest := w.view.LatestRound()
	var newest *campaign.Item
	for _, i := range w.campaign.ItemsOf(campaign.Narratives) {
		if i.Department != d || i.Region != region || i.Round == nil {
			continue
		}
		if i.Round == latest {
			return i
		}
		if newest == nil || i.Round.Index > newest.Round.Index {
			newest = i
		}
	}
	return newest
}
