package pdf

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// overview writes what the campaign is and what it came to.
func (w *writer) overview() {
	c := w.campaign
	w.part("总体情况", "")
	w.from(campaign.InFile("data/campaign.yaml"))
	w.paragraph(w.introduction(), body)
	if text := w.basisOfFigures(); text != "" {
		w.paragraph(text, body)
	}
	w.keyFigures()
	if len(c.Phases) > 0 {
		w.heading(2, "行动阶段", "")
		w.phases()
	}
	if len(c.Priorities) > 0 {
		w.heading(2, "工作重点", "")
		w.priorities()
	}
}

// introduction tells in two sentences who does what, and since when.
func (w *writer) introduction() string {
	c := w.campaign
	var b strings.Builder
	b.WriteString(c.Name)
	lead, n := "", len(c.Departments)
	if c.Lead != nil {
		lead = "由" + c.Lead.Name + "牵头"
	}
	switch {
	case n > 1 && lead != "":
		fmt.Fprintf(&b, "%s，%d个部门共同开展", lead, n)
	case n > 1:
		fmt.Fprintf(&b, "由%d个部门共同开展", n)
	case n == 1:
		b.WriteString("由" + c.Departments[0].Name + "开展")
	}
	b.WriteString("。")
	if c.DocumentNumber != "" {
		b.WriteString("行动依据" + c.DocumentNumber + "文件部署")
		if !c.IssuedOn.IsZero() {
			b.WriteString("，文件于" + c.IssuedOn.Chinese() + "印发")
		}
		b.WriteString("。")
	}
	if from, to := w.campaign.Term(); !from.IsZero() {
		fmt.Fprintf(&b, "行动自%s起，至%s止", from.Chinese(), to.Chinese())
		if n := len(c.Phases); n > 1 {
			fmt.Fprintf(&b, "，分%d个阶段推进", n)
		}
		if n := len(c.Priorities); n > 1 {
			fmt.Fprintf(&b, "，突出%d项工作重点", n)
		}
		b.WriteString("。")
	}
	return b.String()
}

// basisOfFigures tells which rounds the report holds and how they count.
func (w *writer) basisOfFigures() string {
	rounds := w.view.Reported()
	if len(rounds) == 0 {
		return ""
	}
	names := namesOf(rounds, func(r *campaign.Round) string { return r.Name })
	latest := rounds[len(rounds)-1]
	text := "本报告收录" + strings.Join(names, "、") + "数据"
	if len(rounds) > 1 {
		text = fmt.Sprintf("本报告收录%s共%d期数据，最新一期为%s", strings.Join(names, "、"), len(rounds), latest.Name)
	}
	text += fmt.Sprintf("，报送截止日期为%s。", latest.Deadline.Chinese())
	if latest.Basis == campaign.Cumulative {
		return text + latest.Name + "数据按累计口径统计，从行动开始时算起。"
	}
	return text + latest.Name + "数据按当期口径统计，从上一期之后算起。"
}

// keyFigures adds the table of the figures that stand for the campaign.
func (w *writer) keyFigures() {
	r := w.latest()
	if r == nil {
		return
	}
	figures := w.stats.KeyFigures(r)
	if len(figures) == 0 {
		return
	}
	w.heading(2, "主要数据", "")
	letters, titles, texts := w.keyTable(r, figures)
	var rows []typeset.Row
	for n, f := range figures {
		rows = append(rows, w.rowOf(f.At, texts[n]...))
	}
	w.captioned(keyCaption(r), w.table(columns(letters), w.headRow(titles...), rows),
		slices.Concat([]string{"来源为报送统计表的部门，各部门的全部项目见统计表"}, w.stats.WithoutNotes(figures...), w.stats.ScopeNotes(figures...))...)
	w.keyChart()
}

func keyCaption(r *campaign.Round) string {
	return fmt.Sprintf("主要数据（%s，截至%s%s）", r.Name, r.Deadline.Chinese(), r.Basis)
}

// keyTable returns the columns, the heads and the cells of a table of key figures: without
// changes where there are none.
func (w *writer) keyTable(r *campaign.Round, figures []*stats.Figure) (letters string, titles []string, rows [][]string) {
	letters, titles = "Lrcc", []string{"指标", "数量", "单位", "来源"}
	const at = 3
	changes := w.changed(figures)
	if changes {
		letters, titles = "Lrcrc", slices.Insert(titles, at, w.changeTitle(r))
	}
	for _, f := range figures {
		texts := []string{f.Row.Name, f.Quantity.String(), f.Row.Unit, f.Department.Short}
		if changes {
			texts = slices.Insert(texts, at, w.changeText(f))
		}
		rows = append(rows, texts)
	}
	return letters, titles, rows
}

func (w *writer) phases() {
	var rows []typeset.Row
	for _, p := range w.campaign.Phases {
		rows = append(rows, w.rowOf(p.At, p.Name, p.From.Chinese()+"\n至"+p.To.Chinese(), p.Summary))
	}
	w.add(w.table(columns("Ccl", 0.16, 0.24, 0.60), w.headRow("阶段", "时间", "主要安排"), rows), gap)
}

func (w *writer) priorities() {
	for _, p := range w.campaign.Priorities {
		w.from(p.At)
		w.heading(3, p.Name, "")
		runs := w.runs(p.Summary, body)
		if units := shortNames(p.Units); len(units) > 0 {
			runs = append(runs, w.run("（责任单位："+strings.Join(units, "、")+"）", remark))
		}
		w.add(&typeset.Paragraph{Runs: runs, Indent: em2})
	}
	w.from(campaign.Position{})
}
