package chart

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

const heatSuffix = "-reli"

// heat sets the regions against all of a department's rows: the numbers
// themselves, each column tinted on its own scale. Past mostBars regions nobody
// reads it, and there is none.
func heat(d desk) []plan {
	var list []plan
	for _, department := range d.campaign.Departments {
		round := d.countyRound(department)
		if round == nil || len(d.campaign.Regions) < 2 || len(d.campaign.Regions) > mostBars {
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
			code: department.Code + heatSuffix, title: department.Short + "：各地各项数据（" + round.Name + "）",
			department: department, byRegion: true,
			draw: func() Chart { return d.heatOf(department, round, rows) },
		})
	}
	return list
}

func (d desk) heatOf(department *campaign.Department, round *campaign.Round, rows []*campaign.Row) Chart {
	c := Chart{Unit: unitOf(rows), Head: []string{"地区"}}
	m := matrix{note: "每列按本列最大值分四档着色，不同列之间不比深浅。", least: 30}
	for _, row := range rows {
		c.Head = append(c.Head, row.Label())
		col := column{head: rowLabel(row), unit: "（" + row.Unit + "）"}
		most := d.most(round, row)
		for _, region := range d.campaign.Regions {
			k := heatMark(d.book.Figure(round, row, region), most)
			k.tip = region.Short + "：" + k.text + row.Unit
			col.cells = append(col.cells, k)
			m.least = max(m.least, widest([]string{k.text}, cellSize)+8)
		}
		m.columns = append(m.columns, col)
	}
	var missing []string
	for _, region := range d.campaign.Regions {
		m.rows = append(m.rows, region.Short)
		cells := []string{region.Short}
		for _, row := range rows {
			cells = append(cells, cellText(d.book.Figure(round, row, region)))
		}
		c.Rows = append(c.Rows, cells)
		if d.book.Report(round, department, region) == nil {
			missing = append(missing, region.Short)
		}
	}
	c.figure = m
	c.Summary = d.heatSummary(round, rows, missing)
	return c
}

// most gives the largest number of a row among the regions.
func (d desk) most(round *campaign.Round, row *campaign.Row) decimal.Decimal {
	var most decimal.Decimal
	for _, f := range d.book.Counties(round, row) {
		most = decimal.Max(most, f.Quantity.Decimal())
	}
	return most
}

var four = decimal.NewFromInt(4)

// heatMark gives a cell: its step is the quarter of the column's largest number
// that it reaches into, none for zero.
func heatMark(f *stats.Figure, most decimal.Decimal) mark {
	k := mark{text: cellText(f)}
	if f == nil || !f.Quantity.IsNumber() {
		return k
	}
	k.number = json.Number(f.Quantity.String())
	n := f.Quantity.Decimal().Mul(four)
	for n.Sign() > 0 && k.step < len(tints) && n.GreaterThan(most.Mul(decimal.NewFromInt(int64(k.step)))) {
		k.step++
	}
	return k
}

func (d desk) heatSummary(round *campaign.Round, rows []*campaign.Row, missing []string) string {
	wins := map[*campaign.Region]int{}
	for _, row := range rows {
		most := d.most(round, row)
		for _, f := range d.book.Counties(round, row) {
			if most.Sign() > 0 && f.Quantity.IsNumber() && f.Quantity.Decimal().Equal(most) {
				wins[f.Region]++
			}
		}
	}
	most := 0
	var top []string
	for _, region := range d.campaign.Regions {
		if wins[region] > most {
			most, top = wins[region], nil
		}
		if wins[region] > 0 && wins[region] == most {
			top = append(top, region.Short)
		}
	}
	text := sentence(fmt.Sprintf("%s%d个地区的%d项数据", round.Name, len(d.campaign.Regions)-len(missing), len(rows)))
	switch {
	case len(top) == 1:
		text += sentence(fmt.Sprintf("%s有%d项为各地最多", top[0], most))
	case len(top) > 1 && len(top) <= 3:
		text += sentence(fmt.Sprintf("%s各有%d项为各地最多", strings.Join(top, "、"), most))
	}
	text += missingSentence(missing)
	return text
}
