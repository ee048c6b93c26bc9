package review

import (
	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

var sumMatches = Rule{
	Code: "sum", Level: campaign.Error,
	Words: "有县（市、区）报表的，部门填的数字等于各地之和加本级。",
	Figures: func(c *Context) {
		eachWhole(c, func(report *campaign.Report, f *stats.Figure) {
			if f.Computed || f.Quantity.Kind == campaign.Blank || counties(f) == 0 || partUnknown(c, f) {
				return
			}
			sum := stats.SumOf(f.Parts)
			if sum.Equal(f.Quantity) {
				return
			}
			c.Once(partsKey(report, f.Row))
			difference := "两者不同"
			if sum.IsNumber() && f.Quantity.IsNumber() {
				difference = "相差 " + f.Quantity.Decimal().Sub(sum.Decimal()).String()
			}
			c.Reportf(f.At, "核对县（市、区）报表和“本级”，或改填 汇总 由程序相加",
				"“%s”填的是 %s，各地之和加本级是 %s，%s", f.Row.Name, f.Quantity, sum, difference)
		})
	},
}

// partUnknown tells whether one of a sum's parts could not be read.
func partUnknown(c *Context, f *stats.Figure) bool {
	for _, p := range f.Parts {
		if p.Quantity.Kind == campaign.Blank || p.Quantity.Kind == campaign.Sum {
			return true
		}
	}
	for _, region := range c.Campaign.Regions {
		file := campaign.ReportFile(f.Round, f.Department, region)
		if c.Campaign.IsDoubtful(file) && c.Book.Figure(f.Round, f.Row, region) == nil {
			return true
		}
	}
	return false
}
