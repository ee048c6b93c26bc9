package chart

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

const countiesSuffix = "-diqu"

// mostBars bounds a comparison of regions: a reader can follow some sixty bars;
// the table has them all.
const mostBars = 60

// counties compare the regions in one row of the latest round that has county
// forms: one chart for the row that stands for the department, and one for each
// other counted row under its number in the form.
func counties(d desk) []plan {
	var list []plan
	for _, department := range d.campaign.Departments {
		rows := d.campaign.Form.RowsOf(department)
		round := d.countyRound(department)
		if round == nil || len(rows) == 0 || len(d.campaign.Regions) < 2 {
			continue
		}
		standing := first(rows)
		add := func(row *campaign.Row) {
			if row.Uncounted || !d.anyCounty(round, row) {
				return
			}
			p := plan{code: department.Code + countiesSuffix, department: department, byRegion: true, priority: row.Priority}
			if row != standing {
				p.code = fmt.Sprintf("%s-%d", p.code, slices.Index(rows, row)+1)
				p.single = true
			}
			p.title = department.Short + "：各地" + d.campaign.Form.Key(row) + "（" + round.Name + "）"
			p.draw = func() Chart { return d.compareCounties(round, row) }
			list = append(list, p)
		}
		add(standing)
		for _, row := range rows {
			if row != standing {
				add(row)
			}
		}
	}
	return list
}

// countyRound gives the latest round for which a department's regions have
// reported.
func (d desk) countyRound(department *campaign.Department) *campaign.Round {
	for _, round := range slices.Backward(d.campaign.Rounds) {
		for _, region := range d.campaign.Regions {
			if d.book.Report(round, department, region) != nil {
				return round
			}
		}
	}
	return nil
}

// anyCounty tells whether any region has a number in a row.
func (d desk) anyCounty(round *campaign.Round, row *campaign.Row) bool {
	return slices.ContainsFunc(d.book.Counties(round, row), func(f *stats.Figure) bool { return f.Quantity.IsNumber() })
}

// countyFigure is a region's figure; figure is nil where it has not reported.
type countyFigure struct {
	region *campaign.Region
	figure *stats.Figure
}

// countyFigures gives all regions by value, highest first; equal ones, 无 and
// those that have not reported keep the regions' order.
func (d desk) countyFigures(round *campaign.Round, row *campaign.Row) []countyFigure {
	var list []countyFigure
	for _, region := range d.campaign.Regions {
		list = append(list, countyFigure{region, d.book.Figure(round, row, region)})
	}
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
	return list
}

func (d desk) compareCounties(round *campaign.Round, row *campaign.Row) Chart {
	c := Chart{Unit: row.Unit, Head: []string{"地区", round.Name + "（" + row.Unit + "）", ""}}
	list := d.countyFigures(round, row)
	sum := stats.SumOf(d.book.Counties(round, row))
	shares := &shares{of: sum.Decimal()}
	share := func(f *stats.Figure) string {
		if f == nil || !f.Quantity.IsNumber() {
			return "—"
		}
		return shares.text(f.Quantity.Decimal())
	}
	p := panel{head: "单位：" + row.Unit, unit: row.Unit}
	for i, county := range list {
		c.Rows = append(c.Rows, []string{county.region.Short, cellText(county.figure), share(county.figure)})
		if i < mostBars {
			p.lines = append(p.lines, line{label: county.region.Short, cells: []cell{cellOf(county.figure, plain(row.Unit))}})
		}
	}
	c.Rows = append(c.Rows, []string{"各地合计", sum.String(), "—"})
	own, whole := d.book.Own(round, row), d.book.Figure(round, row, nil)
	if own != nil {
		c.Rows = append(c.Rows, []string{"本级", own.Quantity.String(), "—"})
	}
	if whole != nil {
		c.Rows = append(c.Rows, []string{"总数", whole.Quantity.String(), "—"})
	}
	c.figure = bars{rounds: []string{round.Name}, panels: []panel{p}}
	c.Summary = d.countySummary(round, row, list, sum, share(list[0].figure), own) + shares.note()
	c.Head[2] = shares.head("占各地合计")
	return c
}

func (d desk) countySummary(round *campaign.Round, row *campaign.Row, list []countyFigure, sum campaign.Quantity, topShare string, own *stats.Figure) string {
	var missing, highest []string
	top := list[0].figure
	for _, county := range list {
		switch {
		case county.figure == nil:
			missing = append(missing, county.region.Short)
		case county.figure.Quantity.Equal(top.Quantity):
			highest = append(highest, county.region.Short)
		}
	}
	reported := len(list) - len(missing)
	text := sentence(fmt.Sprintf("%s%d个地区中%d个已报", round.Name, len(list), reported), "各地"+row.Name+"合计"+sum.String()+row.Unit)
	switch {
	case len(highest) == reported && reported > 1:
		text += sentence("已报的地区均为" + top.Text())
	case len(highest) > 3:
		text += sentence(fmt.Sprintf("%d个地区并列最多，均为%s", len(highest), top.Text()))
	case len(highest) > 1:
		text += sentence(strings.Join(highest, "、")+"并列最多", "均为"+top.Text())
	default:
		parts := []string{highest[0] + "最多", "为" + top.Text()}
		if topShare != "—" {
			parts = append(parts, "占各地合计的"+topShare)
		}
		text += sentence(parts...)
	}
	if own != nil && own.Quantity.IsNumber() {
		text += sentence("本级另有" + own.Text())
	}
	text += missingSentence(missing)
	if len(list) > mostBars {
		text += sentence(fmt.Sprintf("图中列出前%d个地区", mostBars), "其余见数据表")
	}
	return text
}

// missingSentence names the regions that have not reported, or counts them
// where they are many.
func missingSentence(regions []string) string {
	switch {
	case len(regions) == 0:
		return ""
	case len(regions) > 3:
		return sentence(fmt.Sprintf("%d个地区%s", len(regions), notReported))
	}
	return sentence(strings.Join(regions, "、") + notReported)
}
