package review

import (
	"wangjian/internal/campaign"
)

var outlierRound = Rule{
	Code: "outlier-round", Level: campaign.Warning,
	Words: "数字比上一期多 10 倍以上，请核对。",
	Figures: func(c *Context) {
		for _, report := range c.Campaign.Reports {
			for _, row := range c.Campaign.Form.RowsOf(report.Department) {
				f := c.Book.Figure(report.Round, row, report.Region)
				if f == nil || f.Computed {
					continue
				}
				change, err := c.Book.Change(f)
				if err != nil || !change.Before.Decimal().IsPositive() {
					continue
				}
				if now := change.Now.Decimal(); now.GreaterThanOrEqual(farLeast) && now.GreaterThan(change.Before.Decimal().Mul(farFactor)) {
					c.Reportf(f.At, "核对数字和单位；属实的不用改", "“%s”%s从%s的 %s 到%s的 %s，超过 10 倍",
						row.Name, change.Scope(), change.Previous.Round.Name, change.Before, report.Round.Name, change.Now)
				}
			}
		}
	},
}
