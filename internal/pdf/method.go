package pdf

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// method says how the figures were counted and where they come from: by unit
// and day for everyone, by file and line for the office.
func (w *writer) method() {
	rounds := w.view.Reported()
	if len(rounds) == 0 {
		return
	}
	w.part("数据口径与来源", "")
	w.heading(2, "期次和口径", "")
	w.roundTable(rounds)
	w.heading(2, "计算方法", "")
	for _, text := range w.rulesOfCounting(rounds) {
		w.paragraph(text, body)
	}
	w.heading(2, "数据来源", "")
	w.paragraph("数字由各部门填报，报告中的数字均取自下列报表，没有另行录入。", body)
	for _, r := range rounds {
		w.sourceTable(r)
	}
	if w.view.Audience() == release.ForOffice {
		w.heading(2, "逐项来源", "")
		w.paragraph("来源为数字所在的文件和行；汇总的数字指写“汇总”的一行。", body)
		for _, r := range rounds {
			w.lineTable(r)
		}
	}
}

func (w *writer) roundTable(rounds []*campaign.Round) {
	var rows []typeset.Row
	for _, r := range rounds {
		published := "未公开"
		if r.Release != nil && len(w.view.MarkRound(r)) == 0 {
			published = r.Release.PublishedAt.Date.Chinese()
			if days := w.updatedOn(r.Release); days != "" {
				published += "\n（" + days + "更新）"
			}
		}
		meaning := "行动开始以来"
		if r.Basis == campaign.Current {
			meaning = "上一期截止以后"
		}
		rows = append(rows, w.rowOf(r.At, r.Name, r.Deadline.Chinese(), string(r.Basis)+"："+meaning, published))
	}
	w.add(w.table(columns("Cccc"), w.headRow("期次", "报送截止", "口径", "公布日期"), rows), gap)
}

// rulesOfCounting says in words the rules that the figures at hand follow.
func (w *writer) rulesOfCounting(rounds []*campaign.Round) []string {
	texts := []string{
		"“无”表示没有这一项，“0”表示有这一项而数为零，" + w.absentWords() + "，三者不相混。",
		"数量照填报的写法印出，不四舍五入；不同计量单位之间不换算、不相加。",
	}
	if names := shortNames(w.stats.RollUps()); len(names) > 0 {
		text := strings.Join(names, "、") + w.campaign.Tier.Say("的数字包括县（市、区）报送数和部门本级数，由程序相加或核对相等；有不在其内的县（市、区），统计表下注明。")
		if len(rounds) > 1 {
			text += w.campaign.Tier.Say("两期报送的县（市、区）不同的，变化只按两期都报的计，并注明。")
		}
		texts = append(texts, text)
	}
	for _, basis := range []campaign.Basis{campaign.Cumulative, campaign.Current} {
		compared := slices.ContainsFunc(rounds, func(r *campaign.Round) bool {
			before := w.stats.Before(r)
			return r.Basis == basis && before != nil && before.Basis == basis
		})
		switch {
		case compared && basis == campaign.Cumulative:
			texts = append(texts, "“增加”是累计口径的本期数减去上一期数。")
		case compared:
			texts = append(texts, "“增幅”是当期口径的本期数比上一期数增减的百分比，保留一位小数，四舍五入，会印成0.0%或100.0%而实际不是的多保留几位；上一期为零或“无”的不计算。")
		}
	}
	var uncounted []string
	among := false
	for _, row := range w.campaign.Form.Rows {
		among = among || row.Parent != nil
		if row.Uncounted {
			uncounted = append(uncounted, "“"+row.Name+"”")
		}
	}
	if among {
		text := "“其中”各项是所属项目的一部分，不另行计入。"
		if len(uncounted) > 0 {
			text += strings.Join(uncounted, "、") + "与其他项目有交叉，不计入合计。"
		}
		texts = append(texts, text)
	}
	if w.campaign.Form.Note != "" {
		texts = append(texts, "统计表注："+w.campaign.Form.Note)
	}
	return texts
}

// absentWords says what the word that stands where there is no figure means.
func (w *writer) absentWords() string {
	if w.stats.Absent() == stats.NotReported {
		return "“" + stats.NotReported + "”表示没有填报"
	}
	return "“" + stats.NoFigure + "”表示没有公布的数"
}

func shortNames(departments []*campaign.Department) []string {
	return namesOf(departments, func(d *campaign.Department) string { return d.Short })
}

// namesOf lists what things are called.
func namesOf[T any](things []T, name func(T) string) []string {
	var names []string
	for _, t := range things {
		names = append(names, name(t))
	}
	return names
}

// sourceTable lists the forms of a round: who filled them in, and when.
func (w *writer) sourceTable(r *campaign.Round) {
	var rows []typeset.Row
	for _, d := range w.campaign.Departments {
		report := w.stats.Report(r, d, nil)
		if report == nil {
			continue
		}
		count := stats.NoFigure
		if counties := w.stats.Coverage(r, d).Filed; counties > 0 {
			count = fmt.Sprintf("%d个", counties)
		}
		rows = append(rows, w.rowOf(campaign.InFile(campaign.ReportFile(r, d, nil)), d.Short, report.Unit, report.FiledOn.Chinese(), fmt.Sprintf("%d项", len(w.campaign.Form.RowsOf(d))), count))
	}
	if len(rows) > 0 {
		w.captioned(r.Name+"报表", withoutDashes(w.table(columns("Llccc"), w.headRow("部门", "填报单位", "填报日期", "项目", w.campaign.Tier.Say("报送的县（市、区）")), rows)))
	}
}

// lineTable lists every figure of a round with its file and line.
func (w *writer) lineTable(r *campaign.Round) {
	var rows []typeset.Row
	for _, row := range w.campaign.Form.Rows {
		if f := w.stats.Figure(r, row, nil); f != nil {
			rows = append(rows, w.rowOf(f.At, row.Department.Short, row.Name, f.Text(), f.At.Source()))
		}
	}
	if len(rows) > 0 {
		w.captioned(r.Name+"各项数字的来源", w.table(columns("Llrl", 0.16, 0.29, 0.165, 0.385), w.headRow("部门", "项目", "数量", "来源"), rows))
	}
}

// ledger tells the office who has handed in what, and when.
func (w *writer) ledger() {
	if w.view.Audience() != release.ForOffice || len(w.campaign.Rounds) == 0 {
		return
	}
	w.part("报送情况", "")
	for _, round := range w.campaign.Rounds {
		w.from(round.At)
		w.heading(2, round.Name+"（"+round.Deadline.Chinese()+"截止）", "")
		var rows []typeset.Row
		var notes []string
		for _, l := range w.stats.Ledger(round, w.view.Date()) {
			filed := stats.NoFigure
			if !l.FiledOn.IsZero() {
				filed = l.FiledOn.Chinese()
			}
			if !l.ArrivedOn.IsZero() {
				filed = l.ArrivedOn.Chinese() + "收到"
			}
			counties := stats.NoFigure
			if l.CountiesDue > 0 {
				counties = fmt.Sprintf("%d/%d", l.Counties, l.CountiesDue)
				notes = append(notes, countyNotes(l)...)
			}
			rows = append(rows, w.textRow(l.Department.Short, string(l.Form), filed, string(l.Narrative), counties))
		}
		w.add(withoutDashes(w.table(columns("Lcccc"), w.headRow("部门", "统计表", "填报日期", "工作总结", w.campaign.Tier.LowerUnits()), rows)))
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
