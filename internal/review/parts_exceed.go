package review

import (
	"wangjian/internal/campaign"
)

var partsTogether = Rule{
	Code: "parts-exceed", Level: campaign.Error,
	Words: "“其中”各行相加不大于总数；不计入合计的行不加。",
	Figures: func(c *Context) {
		eachDivision(c, func(key string, total campaign.Entry, parent *campaign.Row, parts campaign.Entries) {
			var sum campaign.Quantity
			for _, row := range parent.Children {
				if part, ok := parts.Of(row); ok && !row.Uncounted {
					sum = sum.Add(part.Quantity)
				}
			}
			if sum.Decimal().GreaterThan(total.Quantity.Decimal()) && c.Once(key) {
				c.Reportf(total.At, "核对各行；互相重叠的行在 data/form.yaml 里写“不计入合计: true”",
					"“%s”是 %s，而其中各行相加是 %s，多出 %s", parent.Name, total.Quantity, sum, sum.Decimal().Sub(total.Quantity.Decimal()))
			}
		})
	},
}
