package chart

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

const countiesSuffix = campaign.CountiesChart

// mostRegions bounds what is drawn of regions: the table has them all.
const mostRegions = 60

// counties compare the regions in the row that stands for a department, in the
// latest round that has county forms.
func counties(d data) []plan {
	var list []plan
	for _, department := range d.campaign.Departments {
		rows := d.campaign.Form.RowsOf(department)
		round := d.table.CountyRound(department)
		if round == nil || len(rows) == 0 || len(d.campaign.Regions) < 2 {
			continue
		}
		row := first(rows)
		if row.Uncounted || !d.anyCounty(round, row) {
			continue
		}
		list = append(list, plan{
			code: department.Code + countiesSuffix, department: department, byRegion: true,
			title: department.Short + "：" + d.countyFinding(round, row),
			draw:  func() Chart { return d.compareCounties(round, row) },
		})
	}
	return list
}

// countyFinding tells the regions' sum and, where they are ranked, who has most.
func (d data) countyFinding(round *campaign.Round, row *campaign.Row) string {
	parts := []string{round.Name + "各地" + d.campaign.Form.Key(row) + "合计" + stats.SumOf(d.table.Counties(round, row)).String() + row.Unit}
	top, highest, count := highestOf(d.countyFigures(round, row))
	if !d.table.Ranks() || top.Quantity.Decimal().IsZero() || len(highest) == count {
		return parts[0]
	}
	switch {
	case len(highest) > 3:
		parts = append(parts, fmt.Sprintf("%d个并列最多", len(highest)), "均为"+top.Text())
	case len(highest) > 1:
		parts = append(parts, strings.Join(highest, "、")+"并列最多", "均为"+top.Text())
	default:
		parts = append(parts, highest[0]+top.Text()+"最多")
	}
	return strings.Join(parts, "，")
}

// anyCounty reports whether any region has a number in a row.
func (d data) anyCounty(round *campaign.Round, row *campaign.Row) bool {
	return slices.ContainsFunc(d.table.Counties(round, row), func(f *stats.Figure) bool { return f.Quantity.IsNumber() })
}

// countyFigure is a region's figure; figure is nil where it has not reported.
type countyFigure struct {
	region *campaign.Region
	figure *stats.Figure
}

// countyFigures returns all regions in the campaign's order. Where regions are
// ranked they stand by value, highest first; equal ones, 无 and those that have
// not reported keep the order.
func (d data) countyFigures(round *campaign.Round, row *campaign.Row) []countyFigure {
	var list []countyFigure
	for _, region := range d.campaign.Regions {
		list = append(list, countyFigure{region, d.table.Figure(round, row, region)})
	}
	if d.table.Ranks() {
		byValue(list)
	}
	return list
}

func byValue(list []countyFigure) {
	class := func(c countyFigure) int {
		switch {
		case c.figure == nil:
			return 2
		case !c.figure.Quantity.IsNumber():
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b countyFigure) int {
		if ca, cb := class(a), class(b); ca != 0 || cb != 0 {
			return ca - cb
		}
		return b.figure.Quantity.Decimal().Cmp(a.figure.Quantity.Decimal())
	})
}

func (d data) compareCounties(round *campaign.Round, row *campaign.Row) Chart {
	c := Chart{Head: []string{"地区", round.Name + "（" + row.Unit + "）", ""}}
	list := d.countyFigures(round, row)
	sum := stats.SumOf(d.table.Counties(round, row))
	shares := &shares{of: sum.Decimal()}
	share := func(f *stats.Figure) string {
		if f == nil || !f.Quantity.IsNumber() {
			return "—"
		}
		return shares.text(f.Quantity.Decimal())
	}
	for _, county := range list {
		c.Rows = append(c.Rows, []string{county.region.Short, d.cellText(county.figure), share(county.figure)})
		c.Regions = append(c.Regions, county.region)
	}
	from := d.table.Coverage(round, row.Department)
	total := func(name string, q campaign.Quantity, covers bool) {
		if lacks := stats.Lacks(from); covers && lacks != "" {
			name += "（" + lacks + "）"
		}
		c.Rows = append(c.Rows, []string{name, q.String(), "—"})
	}
	total("各地合计", sum, true)
	own, whole := d.table.Own(round, row), d.table.Figure(round, row, nil)
	if own != nil {
		total("本级", own.Quantity, false)
	}
	if whole != nil {
		total("总数", whole.Quantity, true)
	}
	c.figure = d.mapOf(round, row, list)
	c.Summary = sentence(reported(round, from), unnamed(from))
	c.Summary += d.among(list, from, share)
	if own != nil && own.Quantity.IsNumber() {
		c.Summary += sentence("本级另有" + own.Text())
	}
	c.Summary += missingSentence(from)
	if len(list) > mostRegions {
		c.Summary += sentence(fmt.Sprintf("图中列出前%d个%s", mostRegions, from.Tier.LowerUnits()), "其余见数据表")
	}
	c.Summary += shares.note()
	c.Head[2] = shares.head("占各地合计")
	return c
}

// reported opens a sentence about a round's regions.
func reported(round *campaign.Round, from release.Coverage) string {
	return fmt.Sprintf("%s%d个%s中%d个已报", round.Name, from.Due, from.Tier.LowerUnits(), from.Filed)
}

// inReported opens a sentence about who has most, where some have not reported.
func inReported(from release.Coverage) string {
	if from.Lacking() == 0 {
		return ""
	}
	return fmt.Sprintf("在已报的%d个中，", from.Filed)
}

// unnamed says how many regions a sum is without, to those who may not know
// which.
func unnamed(from release.Coverage) string {
	if len(from.Missing) > 0 {
		return ""
	}
	return stats.Lacks(from)
}

// missingSentence names the regions that have not reported, where that may be
// known, or counts them where they are many.
func missingSentence(from release.Coverage) string {
	switch n := len(from.Missing); {
	case n == 0:
		return ""
	case n > 3:
		return sentence(fmt.Sprintf("%d个%s%s", n, from.Tier.LowerUnits(), stats.NotReported))
	}
	return sentence(stats.Names(from.Missing) + stats.NotReported)
}

// among says how the regions stand to each other, where they are ranked.
func (d data) among(list []countyFigure, from release.Coverage, share func(*stats.Figure) string) string {
	top, highest, count := highestOf(list)
	switch {
	case len(highest) == count && count > 1:
		return sentence("已报的各地均为" + top.Text())
	case !d.table.Ranks():
		return ""
	}
	switch {
	case top.Quantity.Decimal().IsZero():
		return sentence("已报的各地为0或无")
	case len(highest) > 1:
		return sentence(inReported(from) + strings.Join(highest, "、") + "并列最多")
	}
	parts := []string{inReported(from) + highest[0] + "最多"}
	if s := share(top); s != "—" {
		parts = append(parts, "占各地合计的"+s)
	}
	return sentence(parts...)
}

// highestOf returns the highest figure, the regions that have it, and how many
// have reported.
func highestOf(list []countyFigure) (top *stats.Figure, highest []string, count int) {
	for _, county := range list {
		if f := county.figure; f != nil && f.Quantity.IsNumber() && (top == nil || f.Quantity.Decimal().GreaterThan(top.Quantity.Decimal())) {
			top = f
		}
	}
	for _, county := range list {
		if county.figure == nil {
			continue
		}
		count++
		if county.figure.Quantity.Equal(top.Quantity) {
			highest = append(highest, county.region.Short)
		}
	}
	return top, highest, count
}
