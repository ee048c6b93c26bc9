package site

import (
	"fmt"
	"net/url"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// sourceTable says of every figure of a form who reported it and when, and how
// it was arrived at. A figure anywhere on the site leads to its line here.
type sourceTable struct {
	Caption string
	Office  bool // shows the file and line
	Lines   []sourceLine
}

type sourceLine struct {
	Anchor        string
	Name          string // row with its unit; "" when the line above has it
	Within        bool
	Rows          int // lines that the name spans
	Round, Basis  string
	Figure        string
	Unit, FiledOn string // 填报单位, 填报日期
	Late          bool   // for the office: filed after the deadline
	How           string
	Source        string // file:line, for the office
	Corrected     string // where the correction of the figure is told
	Was           string // what the figure was before
}

// sourceAnchor is the id of a figure's line, unlike any heading's for its
// underscore.
func sourceAnchor(f *stats.Figure) string {
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
	anchor := "#" + url.PathEscape(sourceAnchor(f))
	if page == r.page.path {
		return r.origin(anchor, f.At)
	}
	return r.origin(r.to(page)+anchor, f.At)
}

// sources lists the figures of a department's form, or of what a county
// reported to it; nil where there are none.
func (r *rendering) sources(d *campaign.Department, region *campaign.Region) *sourceTable {
	t := sourceTable{Caption: d.Short + r.say("数字来源"), Office: r.view.Audience() == release.ForOffice}
	if region != nil {
		t.Caption = region.Short + "·" + t.Caption
	}
	for _, row := range r.rowsOf[d] {
		first := len(t.Lines)
		for _, round := range r.rounds {
			f := r.stats.Figure(round, row, region)
			if f == nil {
				continue
			}
			line := sourceLine{
				Anchor: sourceAnchor(f), Within: row.Parent != nil, Round: round.Name, Basis: r.basisWords(round),
				Figure: f.Text(), Unit: f.Report.Unit, FiledOn: f.Report.FiledOn.String(), How: r.howArrived(f),
				Corrected: r.toCorrection(f), Was: f.Corrected(),
			}
			if t.Office {
				line.Source, line.Late = f.At.Source(), f.Report.Late()
			}
			t.Lines = append(t.Lines, line)
		}
		if len(t.Lines) > first {
			t.Lines[first].Name = row.Label()
			t.Lines[first].Rows = len(t.Lines) - first
		}
	}
	if len(t.Lines) == 0 {
		return nil
	}
	return &t
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
