package pdf

import (
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// countyTables writes a round's figures county by county, a table for every
// department whose counties report: counties by indicators. One with many
// indicators turns the page.
func (w *writer) countyTables(r *campaign.Round) {
	headed := false
	for _, d := range w.campaign.Departments {
		if !slices.ContainsFunc(w.campaign.Regions, func(region *campaign.Region) bool { return w.stats.Report(r, d, region) != nil }) {
			continue
		}
		if !headed {
			headed = true
			w.from(r.At)
			w.heading(2, r.Name+"分地区统计表", "")
		}
		w.from(d.At)
		w.captioned(d.Short+r.Name+"分地区数据", countySheet{w, r, d, w.campaign.Form.RowsOf(d)}.counties())
		w.add(gap)
	}
}

// A table of many indicators takes smaller type before it is divided.
const (
	manyIndicators = 10
	narrowSize     = 9.0 // 小5号
	narrowLead     = 11.0
)

// countySheet is a department's figures of one round, county by county.
type countySheet struct {
	*writer
	round      *campaign.Round
	department *campaign.Department
	indicators []*campaign.Row
}

func (c countySheet) counties() *typeset.Table {
	levels := 1
	for _, row := range c.indicators {
		if row.Parent != nil {
			levels = 2
		}
	}
	head := make([]typeset.Row, levels)
	head[0] = append(head[0], c.headCell("地区", 1, levels))
	for _, row := range c.indicators {
		if row.Parent != nil {
			head[1] = append(head[1], c.headCell(row.Label(), 1, 1))
			continue
		}
		head[0] = append(head[0], c.headCell(row.Label(), 1, levels))
		if len(row.Children) > 0 {
			head[0] = append(head[0], c.headCell("其中", len(row.Children), 1))
		}
	}
	rows := []typeset.Row{c.row("合计", true, func(row *campaign.Row) *stats.Figure { return c.stats.Figure(c.round, row, nil) })}
	if slices.ContainsFunc(c.indicators, func(row *campaign.Row) bool { return c.stats.Own(c.round, row) != nil }) {
		rows = append(rows, c.row("本级", false, func(row *campaign.Row) *stats.Figure { return c.stats.Own(c.round, row) }))
	}
	for _, region := range c.campaign.Regions {
		missing := c.stats.Report(c.round, c.department, region) == nil
		rows = append(rows, c.row(region.Short, missing, func(row *campaign.Row) *stats.Figure { return c.stats.Figure(c.round, row, region) }))
	}
	t := c.annexStyle(c.table(columns("L"+strings.Repeat("r", len(c.indicators))), head, rows))
	t.Continued = c.runs(continuedMark, annexHead)
	if len(c.indicators) > manyIndicators {
		t.Size, t.Lead = narrowSize, narrowLead
		for _, row := range append(head, rows...) {
			for i := range row {
				for k := range row[i].Runs {
					row[i].Runs[k].Style.Size = narrowSize
				}
			}
		}
	}
	return t
}

// row gives the figures of one region. Where nothing came in, unreported says
// so in every column; else a dash stands for an item that is not told apart.
func (c countySheet) row(name string, unreported bool, figure func(*campaign.Row) *stats.Figure) typeset.Row {
	cells := typeset.Row{{Runs: c.runs(name, annexText)}}
	for _, row := range c.indicators {
		text := "—"
		if f := figure(row); f != nil {
			c.from(f.At)
			text = f.Quantity.String()
		} else if unreported {
			text = c.stats.Absent()
		}
		cells = append(cells, typeset.Cell{Runs: c.runs(text, annexText)})
	}
	return cells
}
