package review

import (
	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// eachWhole visits the departments' whole figures of every round.
func eachWhole(c *Context, visit func(report *campaign.Report, f *stats.Figure)) {
	for _, report := range c.Campaign.Reports {
		if report.Region != nil {
			continue
		}
		for _, row := range c.Campaign.Form.RowsOf(report.Department) {
			if f := c.Book.Figure(report.Round, row, nil); f != nil {
				visit(report, f)
			}
		}
	}
}

// counties tells how many of a figure's parts are counties'.
func counties(f *stats.Figure) int {
	n := 0
	for _, p := range f.Parts {
		if p.Region != nil {
			n++
		}
	}
	return n
}
