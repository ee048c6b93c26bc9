package review

import (
	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// The two rules on 其中 hold in every file: a department's, a county's, and in
// 本级 between the keys that are there. Rows that are 不计入合计 overlap the
// others and are compared with nothing.

func partsKey(report *campaign.Report, row *campaign.Row) string {
	if row.Parent != nil {
		row = row.Parent
	}
	return "parts " + report.Round.Code + " " + row.Department.Code + " " + row.Label()
}

// eachDivision visits every total with the 其中 rows under it: as written in
// the counties' forms and in 本级 first, then the departments' wholes with
// their sums worked out. A whole is left alone where one of its parts was
// already found wrong, so that one fault is told once.
func eachDivision(c *Context, visit func(key string, total campaign.Entry, parent *campaign.Row, parts campaign.Entries)) {
	written := func(report *campaign.Report, cells campaign.Entries, suffix string) {
		for _, row := range c.Campaign.Form.RowsOf(report.Department) {
			total, ok := cells.Of(row)
			if len(row.Children) == 0 || !ok || total.Quantity.Kind == campaign.Blank || total.Quantity.Kind == campaign.Sum {
				continue
			}
			key := partsKey(report, row)
			visit(key+suffix, total, row, cells)
			if c.Said(key + suffix) {
				c.Once(key)
			}
		}
	}
	for _, report := range c.Campaign.Reports {
		if report.Region != nil {
			written(report, report.Entries, " "+report.Region.Code)
		} else {
			written(report, report.Own, " 本级")
		}
	}
	eachWhole(c, func(report *campaign.Report, f *stats.Figure) {
		if len(f.Row.Children) == 0 || c.Said(partsKey(report, f.Row)) || f.Quantity.Kind == campaign.Blank {
			return
		}
		cells := campaign.Entries{}
		for _, row := range f.Row.Children {
			if part := c.Book.Figure(report.Round, row, nil); part != nil {
				cells.Set(row, campaign.Entry{Quantity: part.Quantity, At: part.At})
			}
		}
		visit(partsKey(report, f.Row), campaign.Entry{Quantity: f.Quantity, At: f.At}, f.Row, cells)
	})
}
