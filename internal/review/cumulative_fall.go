package review

import (
	"wangjian/internal/campaign"
)

var cumulativeFalls = Rule{
	Code: "cumulative-fall", Level: campaign.Warning,
	Words: "累计口径的数字不应当比上一期小。",
	Figures: func(c *Context) {
		for _, report := range c.Campaign.Reports {
			for _, row := range c.Campaign.Form.RowsOf(report.Department) {
				f := c.Book.Figure(report.Round, row, report.Region)
				if f == nil || f.Quantity.Kind == campaign.Blank {
					continue
				}
				change, err := c.Book.Change(f)
				if err == nil && change.Basis == campaign.Cumulative && change.Amount.IsNegative() {
					c.Reportf(f.At, "核对两期数字；确是核减的，在备注里说明原因",
						"“%s”%s%s是 %s，比%s的 %s 还小", row.Name, change.Scope(), report.Round.Name, change.Now, change.Previous.Round.Name, change.Before)
				}
			}
		}
	},
}
