package review

import (
	"wangjian/internal/campaign"
)

var batchesExceed = Rule{
	Code: "batches-exceed", Level: campaign.Warning,
	Words: "同一项目的批次数通常不大于件数，请核对（真有过批次更多的）。",
	Figures: func(c *Context) {
		for _, report := range c.Campaign.Reports {
			for _, batches := range c.Campaign.Form.RowsOf(report.Department) {
				if batches.Unit != "批次" {
					continue
				}
				for _, items := range c.Campaign.Form.RowsOf(report.Department) {
					if items.Name != batches.Name || items.Unit != "件" {
						continue
					}
					b, i := c.Book.Figure(report.Round, batches, report.Region), c.Book.Figure(report.Round, items, report.Region)
					if b != nil && i != nil && b.Quantity.IsNumber() && i.Quantity.IsNumber() && b.Quantity.Decimal().GreaterThan(i.Quantity.Decimal()) {
						c.Reportf(b.At, "核对是否填反；属实的不用改", "“%s”有 %s批次，却只有 %s件", batches.Name, b.Quantity, i.Quantity)
					}
				}
			}
		}
	},
}
