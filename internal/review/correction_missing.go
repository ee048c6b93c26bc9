package review

import (
	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// correctionMissing compares with what is published, where --against names it.
// A figure of a round or county that comes new is no correction.
var correctionMissing = Rule{
	Code: "correction-missing", Level: campaign.Error,
	Words: "已经公布的数改了或者没有了，要在 data/corrections.yaml 里写更正（用 --against 与已发布的 data/statistics.json 比）。",
	Check: func(c *Context) {
		eachChanged(c, func(p campaign.PublishedFigure, was campaign.Target, f *stats.Figure, entries []*campaign.Correction) {
			if len(entries) > 0 {
				return
			}
			if f != nil {
				c.Reportf(f.At, "核对；确要更正，在 data/corrections.yaml 的“更正:”下加一条："+draftFor(c, f, p.Quantity),
					"%s公布的是 %s，现在是 %s", heading(p.Round, p.Department, p.Region, p.Row), p.Quantity, f.Quantity)
				return
			}
			reportGone(c, p, was)
		})
	},
}

// eachChanged visits the published figures that are another now, or no longer
// there: with the figure as it is, nil when there is none, and the entries that
// are about it.
func eachChanged(c *Context, visit func(p campaign.PublishedFigure, was campaign.Target, f *stats.Figure, entries []*campaign.Correction)) {
	if c.Published == nil {
		return
	}
	for _, p := range c.Published.Figures {
		was, own, ok := c.Campaign.FindPublished(p)
		if !ok {
			visit(p, campaign.Target{}, nil, nil)
			continue
		}
		if c.Campaign.IsDoubtful(campaign.ReportFile(was.Round, was.Department, was.Region)) || c.Campaign.IsDoubtful("data/form.yaml") || c.Campaign.IsDoubtful("data/corrections.yaml") {
			continue
		}
		if (was.Region != nil || own) && !c.Public.ShowsRegions() {
			continue // 地区公开 says that they are no longer public
		}
		var f *stats.Figure
		if was.Row != nil && isOut(c, was.Round) {
			if own {
				f = c.Out.Own(was.Round, was.Row)
			} else {
				f = c.Out.Figure(was.Round, was.Row, was.Region)
			}
		}
		if f != nil && f.Quantity.Equal(p.Quantity) {
			continue
		}
		visit(p, was, f, entriesAbout(c.Campaign, p, was, own))
	}
}

// entriesAbout gives the entries about a published figure, also where its row
// is no longer in the form.
func entriesAbout(c *campaign.Campaign, p campaign.PublishedFigure, was campaign.Target, own bool) []*campaign.Correction {
	if was.Row != nil {
		return c.CorrectionsOf(was.Round, was.Row, was.Region, own)
	}
	gone := &campaign.Row{Department: was.Department}
	var list []*campaign.Correction
	for _, x := range c.Corrections {
		y := *x
		if x.Row == nil && x.Item == p.Row {
			y.Row = gone
		}
		if y.Covers(was.Round, gone, was.Region, own) {
			list = append(list, x)
		}
	}
	return list
}

// reportGone tells that a published figure is gone: once for a round or a form
// that is gone whole.
func reportGone(c *Context, p campaign.PublishedFigure, was campaign.Target) {
	if was.Round == nil {
		if c.Once("gone " + p.Round + "/" + p.Department + "/" + p.Region) {
			c.Reportf(campaign.InFile("data/campaign.yaml"), "名称改了的，把原来的名称写进别名", "公布过的%s，在 data/campaign.yaml 里没有了", heading(p.Round, p.Department, p.Region, p.Row))
		}
		return
	}
	const hint = "核对；确要撤下，在 data/corrections.yaml 的“更正:”下加一条："
	withdrawn := [2]string{"现值", campaign.Withdrawn}
	round, department := [2]string{"期次", p.Round}, [2]string{"部门", p.Department}
	switch report := c.Out.Report(was.Round, was.Department, was.Region); {
	case !isOut(c, was.Round):
		if c.Once("gone " + was.Round.Code) {
			c.Reportf(was.Round.At, hint+draft(c.Date, round, withdrawn), "%s的数据公布过，现在没有公开", p.Round)
		}
	case report == nil:
		file := campaign.ReportFile(was.Round, was.Department, was.Region)
		if c.Once("gone " + file) {
			c.Reportf(campaign.InFile(file), hint+draft(c.Date, round, department, [2]string{"地区", p.Region}, withdrawn), "%s公布过的报表没有了", p.Round)
		}
	default:
		name := p.Row
		if was.Row != nil {
			name = c.Campaign.Form.Key(was.Row)
		}
		c.Reportf(campaign.InFile(report.File), hint+draft(c.Date, round, department, [2]string{"地区", p.Region}, [2]string{"项目", name}, [2]string{"原值", p.Quantity.String()}, withdrawn),
			"%s公布的是 %s，现在没有了", heading(p.Round, p.Department, p.Region, p.Row), p.Quantity)
	}
}
