package chart

import (
	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// plan is a chart that can be drawn, and the pages that it belongs to.
type plan struct {
	code, title string
	department  *campaign.Department // whose figures it shows; nil for the campaign's
	priority    *campaign.Priority   // whose page shows it
	byRegion    bool                 // compares regions
	single      bool                 // one of many alike: placed by its code only
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
	counties,     // <部门>-diqu, <部门>-diqu-<n>
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
