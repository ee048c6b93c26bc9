package pdf

import (
	"fmt"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// ledger tells the office who has handed in what, and when.
func (w *writer) ledger() {
	if w.view.Audience() != release.ForOffice || len(w.campaign.Rounds) == 0 {
		return
	}
	w.part("报送情况")
	for _, round := range w.campaign.Rounds {
		w.from(round.At)
		w.heading(2, round.Name+"（"+round.Deadline.Chinese()+"截止）", "")
		var rows []typeset.Row
		var notes []string
		for _, l := range w.stats.Ledger(round, w.view.Date()) {
			filed := "—"
			if !l.FiledOn.IsZero() {
				filed = l.FiledOn.Chinese()
			}
			counties := "—"
			if l.CountiesDue > 0 {
				counties = fmt.Sprintf("%d/%d", l.Counties, l.CountiesDue)
				notes = append(notes, countyNotes(l)...)
			}
			rows = append(rows, w.textRow(l.Department.Short, string(l.Form), filed, string(l.Narrative), counties))
		}
		w.add(w.table(columns("Lcccc"), w.headRow("部门", "统计表", "填报日期", "工作总结", "县（市、区）"), rows))
		for _, note := range notes {
			w.small(note)
		}
		w.add(gap)
	}
	w.from(campaign.Position{})
}

// countyNotes names the counties that are missing, were late or cannot be read.
func countyNotes(l stats.LedgerLine) []string {
	var notes []string
	for _, part := range []struct {
		word    string
		regions []*campaign.Region
	}{{string(stats.NotFiled), l.MissingRegions}, {string(stats.LateFile), l.LateRegions}, {string(stats.Unread), l.UnreadRegions}} {
		names := namesOf(part.regions, func(r *campaign.Region) string { return r.Short })
		if len(names) > 0 {
			notes = append(notes, l.Department.Short+part.word+"："+strings.Join(names, "、")+"。")
		}
	}
	return notes
}
