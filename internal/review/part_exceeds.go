package review

import (
	"wangjian/internal/campaign"
)

var partsEach = Rule{
	Code: "part-exceeds", Level: campaign.Error,
	Words: "“其中”的每一行都不大于它所属的总数（不计入合计的行除外）。",
	Figures: func(c *Context) {
		eachDivision(c, func(key string, total campaign.Entry, parent *campaign.Row, parts campaign.Entries) {
			for _, row := range parent.Children {
				part, ok := parts.Of(row)
				if !ok || row.Uncounted || !part.Quantity.Decimal().GreaterThan(total.Quantity.Decimal()) || !c.Once(key) {
					continue
				}
				c.Reportf(part.At, "核对这一行和总数", "其中“%s”是 %s，大于总数“%s”的 %s", row.Name, part.Quantity, parent.Name, total.Quantity)
			}
		})
	},
}
