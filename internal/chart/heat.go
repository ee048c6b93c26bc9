package chart

import (
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

const heatSuffix = campaign.HeatChart

// heat sets the regions against all of a department's rows: the numbers
// themselves, each column tinted on its own scale. Past mostRegions regions nobody
// reads it, and there is none.
func heat(d data) []plan {
	var list []plan
	for _, department := range d.campaign.Departments {
		round := d.table.CountyRound(department)
		if round == nil || len(d.campaign.Regions) < 2 || len(d.campaign.Regions) > mostRegions {
			continue
		}
		var rows []*campaign.Row
		for _, row := range d.campaign.Form.RowsOf(department) {
			if d.anyCounty(round, row) {
				rows = append(rows, row)
			}
		}
		if len(rows) < 2 {
			continue
		}
		list = append(list, plan{
			code: department.Code + heatSuffix, title: department.Short + "：" + d.heatFinding(department, round, len(rows)),
			department: department, byRegion: true,
			draw: func() Chart { return d.heatOf(department, round, rows) },
		})
	}
	return list
}

func (d data) heatFinding(department *campaign.Department, round *campaign.Round, rows int) string {
	return fmt.Sprintf("%s%d个%s的%d项数据", round.Name, d.table.Coverage(round, department).Filed, d.table.Coverage(round, department).Tier.LowerUnits(), rows)
}

func (d data) heatOf(department *campaign.Department, round *campaign.Round, rows []*campaign.Row) Chart {
	c := Chart{Head: []string{"地区"}}
	m := matrix{key: heatKey, note: "每列按本列最大值分四档着色，不同列之间不比深浅。", least: 30}
	var most []decimal.Decimal
	for _, row := range rows {
		c.Head = append(c.Head, row.Label())
		m.columns = append(m.columns, column{head: row.Line(), unit: "（" + row.Unit + "）"})
		most = append(most, d.most(round, row))
	}
	for _, region := range d.campaign.Regions {
		m.rows = append(m.rows, region.Short)
	}
	c.Rows = m.fill(func(row, column int) mark {
		region := d.campaign.Regions[row]
		k := d.heatMark(d.table.Figure(round, rows[column], region), most[column])
		if k.tip = region.Short + "：" + k.text; k.number != "" {
			k.tip += rows[column].Unit
		}
		m.least = max(m.least, widest([]string{k.text}, cellSize)+8)
		return k
	})
	c.figure = m
	c.Summary = d.heatSummary(round, rows, d.table.Coverage(round, department))
	return c
}

// most returns the largest number of a row among the regions.
func (d data) most(round *campaign.Round, row *campaign.Row) decimal.Decimal {
	var most decimal.Decimal
	for _, f := range d.table.Counties(round, row) {
		most = decimal.Max(most, f.Quantity.Decimal())
	}
	return most
}

// heatKey says what the tiers are of.
var heatKey = []keyItem{
	{text: "0", color: paper}, {text: "至最大值的四分之一", color: tints[0]}, {text: "至一半", color: tints[1]},
	{text: "至四分之三", color: tints[2]}, {text: "至最大值", color: tints[3]},
}

func (d data) heatMark(f *stats.Figure, most decimal.Decimal) mark {
	k := mark{text: d.cellText(f)}
	if f != nil && f.Quantity.IsNumber() {
		k.number, k.step = json.Number(f.Quantity.String()), tierOf(f.Quantity.Decimal(), most)
	}
	return k
}

var four = decimal.NewFromInt(4)

// tierOf returns the quarter of the largest number that one reaches into, 0 for
// zero.
func tierOf(n, most decimal.Decimal) int {
	tier := 0
	for n.Sign() > 0 && tier < len(tints) && n.Mul(four).GreaterThan(most.Mul(decimal.NewFromInt(int64(tier)))) {
		tier++
	}
	return tier
}

func (d data) heatSummary(round *campaign.Round, rows []*campaign.Row, from release.Coverage) string {
	text := sentence(reported(round, from), unnamed(from)) + missingSentence(from)
	if !d.table.Ranks() {
		return text + sentence("按地区次序排列", "不是名次")
	}
	alone, shared := map[*campaign.Region]int{}, map[*campaign.Region]int{}
	for _, row := range rows {
		most := d.most(round, row)
		var top []*campaign.Region
		for _, f := range d.table.Counties(round, row) {
			if most.Sign() > 0 && f.Quantity.IsNumber() && f.Quantity.Decimal().Equal(most) {
				top = append(top, f.Region)
			}
		}
		for _, region := range top {
			if len(top) == 1 {
				alone[region]++
			} else {
				shared[region]++
			}
		}
	}
	most := 0
	for _, n := range alone {
		most = max(most, n)
	}
	for _, region := range d.campaign.Regions {
		if most == 0 || alone[region] < most {
			continue
		}
		said := inReported(from) + fmt.Sprintf("%s有%d项为各地最多", region.Short, most)
		if n := shared[region]; n > 0 {
			said += fmt.Sprintf("，另有%d项并列最多", n)
		}
		text += sentence(said)
	}
	return text + sentence("按地区次序排列")
}
