package site

import (
	"fmt"
	"html/template"
	"net/url"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
	layout "wangjian/layouts"
)

// sourceTable says of every figure of a form who reported it and when, and how
// it was arrived at: a figure anywhere on the site leads to a line of its own.
type sourceTable struct {
	Caption      string
	Office       bool // shows the file and line
	Units        []sourceUnit
	ByDepartment bool // of several departments
}

// sourceUnit is the reports to one department, which is named where there are
// several.
type sourceUnit struct {
	Department string
	Reports    []sourceReport
}

// sourceReport is a form of one round.
type sourceReport struct {
	Round, Basis  string
	Unit, FiledOn string // 填报单位, 填报日期
	Late          bool   // for the office: filed after the deadline
	Origin        string // the bundle that it came in; "" for none
	Lines         []sourceLine
}

type sourceLine struct {
	Anchor    string
	Name      string
	Unit      string
	Within    bool
	Figure    string
	How       template.HTML
	Source    string // file:line, for the office
	Corrected string // where the correction of the figure is told
	Was       string // what the figure was before
}

// sourceAnchor is the id of the line that says where a figure comes from, unlike
// any heading's for its underscore; no code has a full stop.
func (r *rendering) sourceAnchor(f *stats.Figure) string {
	return fmt.Sprintf("_laiyuan-%s-%d-%s", f.Department.Code, f.Row.Index, f.Round.Code)
}

// toSource links to the line that says where a figure comes from.
func (r *rendering) toSource(f *stats.Figure) string {
	if f == nil {
		return ""
	}
	page := departmentPath(f.Department)
	if f.Region != nil {
		page = regionPath(f.Region)
	}
	anchor := "#" + url.PathEscape(r.sourceAnchor(f))
	if page == r.page.path {
		return r.origin(anchor, f.At)
	}
	return r.origin(r.to(page)+anchor, f.At)
}

// sources lists the reports of departments' forms, or of what a county reported
// to them; nil where there are none.
func (r *rendering) sources(departments []*campaign.Department, region *campaign.Region) *sourceTable {
	t := sourceTable{Caption: r.say("数字来源"), Office: r.toOffice(), ByDepartment: len(departments) > 1}
	if len(departments) == 1 {
		t.Caption = departments[0].Short + t.Caption
	}
	if region != nil {
		t.Caption = region.Short + "·" + t.Caption
	}
	for _, d := range departments {
		var unit sourceUnit
		for _, round := range r.rounds {
			report := r.sourceReport(d, round, region)
			if len(report.Lines) > 0 {
				unit.Reports = append(unit.Reports, report)
			}
		}
		if t.ByDepartment {
			unit.Department = d.Short
		}
		if len(unit.Reports) > 0 {
			t.Units = append(t.Units, unit)
		}
	}
	if len(t.Units) == 0 {
		return nil
	}
	return &t
}

func (r *rendering) sourceReport(d *campaign.Department, round *campaign.Round, region *campaign.Region) sourceReport {
	report := sourceReport{Round: round.Name, Basis: r.basisWords(round)}
	for _, row := range r.rowsOf[d] {
		f := r.stats.Figure(round, row, region)
		if f == nil {
			continue
		}
		report.Unit, report.FiledOn, report.Origin = f.Report.Unit, f.Report.FiledOn.String(), r.originOf(f.Report)
		line := sourceLine{
			Anchor: r.sourceAnchor(f), Name: row.Name, Unit: row.Unit, Within: row.Parent != nil, Figure: f.Text(),
			How: layout.Whole(r.howArrived(f), r.units), Corrected: r.toCorrection(f), Was: f.Corrected(),
		}
		if r.toOffice() {
			line.Source, report.Late = f.At.Source(), f.Report.Late()
		}
		report.Lines = append(report.Lines, line)
	}
	return report
}

// originOf says which bundle a report came in; "" where it came in none.
func (s *site) originOf(report *campaign.Report) string {
	o := report.Origin
	if o == nil {
		return ""
	}
	edition := ""
	if o.Edition > 0 {
		edition = s.sayf("，公布数据第%d版", o.Edition)
	}
	return s.sayf("%s报送材料（%s编成%s，校验值%s）", o.Campaign, o.AsOf, edition, o.Digest[:min(len(o.Digest), len("sha256:")+12)])
}

func (s *site) basisWords(round *campaign.Round) string {
	if round.Basis == campaign.Current {
		return s.say("当期：上一期截止以后")
	}
	return s.say("累计：行动开始以来")
}

// howArrived says in words how a figure came about: reported as it is, or put
// together from the counties' and the department's own; and what its change is
// of.
func (r *rendering) howArrived(f *stats.Figure) string {
	how := r.putTogether(f)
	if lacks := stats.Lacks(f.Coverage); lacks != "" {
		how += "；" + lacks
	}
	if f.Region != nil { // no figure of a county is put together
		return how
	}
	if change, err := r.stats.Change(f); err == nil && change.Regions > 0 {
		how += r.sayf("；比%s的变化", change.Previous.Round.Name) + change.Scope()
	}
	return how
}

func (r *rendering) putTogether(f *stats.Figure) string {
	if f.Coverage.Filed == 0 {
		if f.Computed {
			return r.say("由程序取自本级的数")
		}
		return r.say("填报数")
	}
	if !r.view.ShowsRegions() {
		if f.Computed {
			return r.sayf("由程序相加：%d个地区和本级", f.Coverage.Filed)
		}
		return r.sayf("填报数，与%d个地区和本级之和相符", f.Coverage.Filed)
	}
	parts := stats.Figure{Row: f.Row, Quantity: stats.SumOf(r.stats.Counties(f.Round, f.Row))}
	text := r.sayf("%d个地区合计%s", f.Coverage.Filed, parts.Text())
	if own := r.stats.Own(f.Round, f.Row); own != nil {
		text += r.say("，本级") + own.Text()
	}
	if f.Computed {
		return r.say("由程序相加：") + text
	}
	return r.say("填报数，与各地区和本级之和相符：") + text
}
