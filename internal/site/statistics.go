package site

import (
	"cmp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/pdf"
	"wangjian/internal/stats"
)

// annex is the statistical form of one round as it is printed.
type annex struct {
	CSV       string // the annex as a file
	Anchor    string
	Round     string
	Title     string
	Unit      string // 填报单位
	FiledOn   string // the day by which all of it was
	Published string
	Updated   string
	Basis     string
	Groups    []annexGroup
	Note      string
	Without   []string // which regions' forms the figures are without
	Columns   []annexColumn
	Filed     []fact // department, 填报单位 and 填报日期
	Held      []string
	Summary   *link // the whole campaign's summary of the round
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
	stats.AnnexLine
	annexCell             // its quantity
	Cells     []annexCell // of the columns behind its name
	Within    int         // how many 其中 rows begin with this one
	IsWithin  bool        // an 其中 row
}

// annexColumn is a column behind the names of the indicators.
type annexColumn struct {
	Name   string
	Figure bool
}

// annexCell is a line's cell in one of them.
type annexCell struct {
	Shown     string
	Numeric   bool
	Absent    bool
	Source    string // where the line is that says where the figure comes from
	Corrected string // where the correction of the figure is told
}

type statisticsData struct {
	Annexes   []annex // latest first
	Downloads []download
	Licence   *link
	Charts    []chartFigure
	Poster    *posterFigure
	// Corrections leads to the list of corrections, nil when there are none.
	Corrections *correctionsNote
	Editions    []edition // earlier and present ones of the figures, latest first
	Uncounted   []string  // rows that are 不计入合计
	Ledger      bool      // the reader may know who has not reported
}

// correctionsNote says on the page of the figures that some were corrected.
type correctionsNote struct {
	link
	Count, Edition int
	Last           string
}

// edition is one of the figures, with its files.
type edition struct {
	Number    int
	On        string
	CSV, JSON string
}

func (r *rendering) editions() (list []edition) {
	if r.campaign.History == nil {
		return nil
	}
	for _, e := range slices.Backward(r.campaign.History.Editions) {
		list = append(list, edition{e.Number, e.On.Chinese(), r.to(e.Path("csv")), r.to(e.Path("json"))})
	}
	return list
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
		keywords:    []string{"统计数据", "统计表", "数据下载", s.short()}, column: &column{s.say("统计数据"), "数据发布"}, changed: s.figures.Changed,
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
			var err error
			if data.Charts, err = r.placeAll(chart.ForStatistics(r.stats, r.campaign), nil); err != nil {
				return nil, err
			}
			data.Poster = r.posterFigure()
			if data.Downloads, err = r.downloads(); err != nil {
				return nil, err
			}
			data.Licence, data.Editions = r.licence(), r.editions()
			switch list := s.campaign.Corrections; {
			case len(list) > 0:
				data.Corrections = &correctionsNote{link{Text: r.say("数据更正"), Href: r.to(correctionsPath)}, len(list), s.campaign.Edition(), list[len(list)-1].On.Chinese()}
			case slices.ContainsFunc(s.view.Withdrawn(), isWritten):
				data.Corrections = &correctionsNote{link: link{Text: r.say("数据更正"), Href: r.to(correctionsPath)}}
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

// downloads lists the site's own files to take away, with their sizes.
func (r *rendering) downloads() (list []download, err error) {
	add := func(name, file, kind, about string) {
		size, failed := r.sizeOf(file)
		err = cmp.Or(err, failed)
		list = append(list, download{link{Text: name, Href: r.to(file)}, kind, about, size})
	}
	add(r.say("统计数据（Excel格式）"), "data/statistics.xlsx", "XLSX", r.say("可用Excel、WPS打开"))
	add(r.say("统计数据（CSV格式）"), "data/statistics.csv", "CSV", r.say("每行一项数据，含填报单位和数据来源"))
	add(r.say("统计数据（JSON格式）"), "data/statistics.json", "JSON", r.say("供程序读取"))
	for _, k := range pdf.Kinds {
		for _, f := range pdf.FormatsOf(r.campaign) {
			add(r.say(k.Name), f.Named(k.Path), strings.ToUpper(f.Name), r.say(k.Use))
		}
	}
	if len(r.campaign.ItemsOf(campaign.Cases)) > 0 {
		add(r.say("行政处罚决定信息摘要"), "data/penalties.csv", "CSV", r.say("每行一个案例"))
	}
	if len(r.byKind[campaign.Commitments]) > 0 {
		add(r.say("信用承诺"), "data/commitments.csv", "CSV", r.say("每行一份承诺"))
	}
	add(r.say("数据文件的说明"), "data/datapackage.json", "JSON", r.say("各列的含义，供 Data Package 工具读取"))
	return list, err
}

// licence says on what terms the data may be used; nil where the campaign does not.
func (r *rendering) licence() *link {
	terms := r.campaign.Licence
	if terms.URL == "" {
		return nil
	}
	href, _ := r.outward(terms.URL)
	return &link{Text: terms.Name, Href: href}
}

func (r *rendering) annex(round *campaign.Round) annex {
	filled := r.stats.Annex(round)
	a := annex{
		Anchor: round.Code, Round: round.Name, Title: r.campaign.Form.Name, Basis: string(round.Basis), Note: filled.Note, Without: filled.Without,
		CSV:       r.to("statistics/" + round.Code + ".csv"),
		Published: r.roundChange(round).String(), Updated: r.updatedOn(round.Release), Held: r.view.MarkRound(round),
		Summary: r.summaryLink(round),
	}
	if r.campaign.Lead != nil {
		a.Unit = r.campaign.Lead.Name + r.say("（汇总）")
	}
	for _, c := range stats.AnnexFields {
		a.Columns = append(a.Columns, annexColumn{r.say(c.Name), c.Figure})
	}
	var filed campaign.Date
	for _, b := range filled.Blocks {
		a.Groups = append(a.Groups, annexGroup{r.departmentLink(b.Department), b.Span(), r.annexLines(b.Heading), r.annexLines(b.Lines)})
		if b.Report != nil {
			if b.Report.FiledOn.After(filed) {
				filed = b.Report.FiledOn
			}
			a.Filed = append(a.Filed, fact{b.Department.Short, b.Report.Unit + "，" + b.Report.FiledOn.Chinese()})
		} else if r.view.ShowsLedger() {
			a.Filed = append(a.Filed, fact{b.Department.Short, r.absent()})
		}
	}
	a.FiledOn = filed.Chinese()
	return a
}

func (r *rendering) annexLines(lines []stats.AnnexLine) []annexLine {
	var list []annexLine
	for _, l := range lines {
		shown := annexLine{AnnexLine: l, annexCell: r.annexCell(l.AnnexCell, true), Within: l.Among(), IsWithin: l.Parent != nil}
		for _, c := range stats.AnnexFields {
			shown.Cells = append(shown.Cells, r.annexCell(c.Of(l), c.Figure))
		}
		list = append(list, shown)
	}
	return list
}

func (r *rendering) annexCell(c stats.AnnexCell, numeric bool) annexCell {
	cell := annexCell{Shown: c.Text, Numeric: numeric, Absent: c.Absent()}
	if c.Figure != nil {
		cell.Source, cell.Corrected = r.toSource(c.Figure), r.toCorrection(c.Figure)
	}
	if numeric && c.Text == stats.NotReported {
		cell.Shown = r.absent()
	}
	return cell
}
