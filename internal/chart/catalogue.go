package chart

import (
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// plan is a chart that can be drawn, and the pages that it belongs to.
type plan struct {
	code, title string
	department  *campaign.Department // whose figures it shows; nil for the campaign's
	priority    *campaign.Priority   // whose page shows it
	byRegion    bool                 // compares regions
	draw        func() Chart
}

func (p plan) chart() *Chart {
	c := p.draw()
	c.Code, c.Title, c.ByRegion = p.code, p.title, p.byRegion
	return &c
}

// data is what a chart is drawn from.
type data struct {
	table    *stats.Table
	campaign *campaign.Campaign
}

// catalogue lists the kinds of chart. Each returns the plans that the data
// supports: what is planned can be drawn.
var catalogue = []func(data) []plan{
	overview,     // zongti
	caseKinds,    // anjian
	priorities,   // zhongdian-<工作重点>
	comparisons,  // <部门>-bijiao
	compositions, // <部门>-zucheng
	counties,     // <部门>-diqu
	heat,         // <部门>-reli
	duties,       // zeren
	timeline,     // jindu
}

func plans(b *stats.Table, c *campaign.Campaign) []plan {
	var all []plan
	for _, kind := range catalogue {
		all = append(all, kind(data{b, c})...)
	}
	return all
}

// KeyCode returns the code of the chart of the campaign's key figures, or ""
// where there are none.
func KeyCode(b *stats.Table, c *campaign.Campaign) string {
	return codeOf(overview(data{b, c}), overviewCode)
}

// OwnCode returns the code of the chart of all figures of a department, or ""
// where it has none.
func OwnCode(b *stats.Table, c *campaign.Campaign, d *campaign.Department) string {
	return codeOf(comparisons(data{b, c}), d.Code+comparisonSuffix)
}

// ReportCodes returns the codes of the charts that a whole report shows.
func ReportCodes(b *stats.Table, c *campaign.Campaign) []string {
	var codes []string
	for _, p := range plans(b, c) {
		codes = append(codes, p.code)
	}
	return codes
}

// Shows returns the department whose figures a chart shows; nil for one that shows
// those of several, or that the campaign does not have.
func Shows(b *stats.Table, c *campaign.Campaign, code string) *campaign.Department {
	all := plans(b, c)
	if n := slices.IndexFunc(all, func(p plan) bool { return p.code == code }); n >= 0 {
		return all[n].department
	}
	return nil
}

// codeOf returns the code if one of the plans has it.
func codeOf(plans []plan, code string) string {
	if slices.ContainsFunc(plans, func(p plan) bool { return p.code == code }) {
		return code
	}
	return ""
}
