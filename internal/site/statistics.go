package site

import (
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// annex is the statistical form of one round as it is printed.
type annex struct {
	CSV       string // the annex as a file
	Anchor    string
	Round     string
	Title     string
	Unit      string // 填报单位
	Published string
	Updated   string
	Basis     string
	Groups    []annexGroup
	Note      string
	Without   []string // which regions' forms the figures are without
	Filed     []fact   // department, 填报单位 and 填报日期
	Held      []string
}

// annexGroup is a department's part of the form: one cell that spans its rows
// and holds the figures of the heading.
type annexGroup struct {
	Department link
	Span       int
	Heading    []annexLine
	Lines      []annexLine
}

// annexLine is a row of the form.
type annexLine struct {
	Source                       string // where the line is that says where the figure comes from
	Corrected                    string // where the correction of the figure is told
	Name, Unit, Quantity, Remark string
	Absent                       bool
	Within                       int  // how many 其中 rows begin with this one
	IsWithin                     bool // an 其中 row
}

type statisticsData struct {
	Annexes   []annex // latest first
	Downloads []download
	Charts    []chartFigure
	// Corrections leads to the list of corrections, nil when there are none.
	Corrections *correctionsNote
	Uncounted   []string // rows that are 不计入合计
	Ledger      bool     // the reader may know who has not reported
}

// correctionsNote says on the page of the figures that some were corrected.
type correctionsNote struct {
	link
	Count, Edition int
	Last           string
}

// download is a file to take away.
type download struct {
	link
	Kind, About, Size string
}

func statisticsPages(s *site) []*page {
	p := &page{
		path: "statistics/index.html", template: "statistics", title: s.say("统计数据"), section: "statistics/index.html",
		description: s.short() + s.say("统计表，逐期公布，附数据下载。"),
		keywords:    []string{"统计数据", "统计表", "数据下载", s.short()}, column: &column{s.say("统计数据"), "数据发布"}, changed: s.dataChange(),
	}
	if len(s.rounds) > 0 {
		p.menu = s.say("统计数据")
	} else {
		p.unlisted = true
	}
	p.data = func(r *rendering) (any, error) {
		data := statisticsData{Ledger: s.view.ShowsLedger()}
		for _, round := range slices.Backward(s.rounds) {
			data.Annexes = append(data.Annexes, r.annex(round))
		}
		if len(s.rounds) > 0 {
			charts, err := r.statisticsCharts()
			if err != nil {
				return nil, err
			}
			data.Charts = charts
			data.Downloads = r.downloads()
			if list := s.campaign.Corrections; len(list) > 0 {
				data.Corrections = &correctionsNote{link{Text: r.say("数据更正"), Href: r.to(correctionsPath)}, len(list), s.campaign.Edition(), list[len(list)-1].On.Chinese()}
			}
		}
		for _, row := range s.campaign.Form.Rows {
			if row.Uncounted && !slices.Contains(data.Uncounted, row.Name) {
				data.Uncounted = append(data.Uncounted, row.Name)
			}
		}
		return data, nil
	}
	return []*page{p}
}

func (r *rendering) downloads() []download {
	list := []download{
		{link{Text: r.say("统计数据表格"), Href: r.to("data/statistics.xlsx")}, "XLSX", r.say("用 Excel、WPS 打开"), ""},
		{link{Text: r.say("统计数据（逗号分隔）"), Href: r.to("data/statistics.csv")}, "CSV", r.say("一行一个数，含填报单位和来源"), ""},
		{link{Text: r.say("统计数据（机器可读）"), Href: r.to("data/statistics.json")}, "JSON", r.say("供程序读取"), ""},
		{link{Text: r.say("专项行动报告"), Href: r.to("report.pdf")}, "PDF", r.say("供打印和存档"), ""},
	}
	if len(r.campaign.ItemsOf(campaign.Cases)) > 0 {
		list = append(list, download{link{Text: r.say("行政处罚决定信息摘要"), Href: r.to("data/penalties.csv")}, "CSV", r.say("一行一个案例"), ""})
	}
	return list
}

func (r *rendering) annex(round *campaign.Round) annex {
	form := r.campaign.Form
	a := annex{
		Anchor: round.Code, Round: round.Name, Title: form.Name, Basis: string(round.Basis), Note: form.Note,
		CSV:       r.to("statistics/" + round.Code + ".csv"),
		Published: r.roundChange(round).String(), Updated: updatedOn(round), Held: r.heldRounds[round],
	}
	var figures []*stats.Figure
	for _, row := range form.Rows {
		figures = append(figures, r.book.Figure(round, row, nil))
	}
	a.Without = r.book.WithoutNotes(figures...)
	if r.campaign.Lead != nil {
		a.Unit = r.campaign.Lead.Name + r.say("（汇总）")
	}
	var order []*campaign.Department
	for _, row := range form.Rows {
		if !slices.Contains(order, row.Department) {
			order = append(order, row.Department)
		}
	}
	for _, d := range order {
		a.Groups = append(a.Groups, r.annexGroup(round, d))
		if report := r.book.Report(round, d, nil); report != nil {
			a.Filed = append(a.Filed, fact{d.Short, report.Unit + "，" + report.FiledOn.Chinese()})
		} else if r.view.ShowsLedger() {
			a.Filed = append(a.Filed, fact{d.Short, r.absent()})
		}
	}
	return a
}

func (r *rendering) annexGroup(round *campaign.Round, d *campaign.Department) annexGroup {
	g := annexGroup{Department: *departmentLink(r, d)}
	for _, row := range r.rowsOf[d] {
		line := annexLine{Name: row.Name, Unit: row.Unit, IsWithin: row.Parent != nil}
		if f := r.book.Figure(round, row, nil); f != nil {
			line.Quantity, line.Remark, line.Source = f.Quantity.String(), f.Note(), r.toSource(f)
			line.Corrected = r.toCorrection(f)
		} else {
			line.Quantity, line.Absent = r.absent(), true
		}
		if row.InHeading {
			g.Heading = append(g.Heading, line)
			continue
		}
		if row.Parent != nil && row.Parent.Children[0] == row {
			line.Within = len(row.Parent.Children)
		}
		g.Lines = append(g.Lines, line)
	}
	g.Span = max(1, len(g.Lines))
	return g
}
