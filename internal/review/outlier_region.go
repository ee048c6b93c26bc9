package review

import (
	"slices"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

var outlierCounty = Rule{
	Code: "outlier-region", Level: campaign.Warning,
	Words: "一个县（市、区）的数字超过其他各地中位数的 10 倍，请核对。",
	Check: func(c *Context) {
		for _, round := range c.Campaign.Rounds {
			for _, row := range c.Campaign.Form.Rows {
				figures := c.Book.Counties(round, row)
				for _, f := range figures {
					median, ok := medianOfOthers(figures, f)
					if ok && f.Quantity.Decimal().GreaterThanOrEqual(farLeast) && f.Quantity.Decimal().GreaterThan(median.Mul(farFactor)) {
						c.Reportf(f.At, "核对数字和单位；属实的不用改", "“%s”%s填的是 %s，其他各地的中位数是 %s", row.Name, f.Region.Name, f.Quantity, median)
					}
				}
			}
		}
	},
}

// medianOfOthers gives the middle of the other regions' numbers; ok is false
// where too few have reported or it is zero.
func medianOfOthers(figures []*stats.Figure, one *stats.Figure) (median decimal.Decimal, ok bool) {
	var others []decimal.Decimal
	for _, f := range figures {
		if f != one && f.Quantity.IsNumber() {
			others = append(others, f.Quantity.Decimal())
		}
	}
	if len(others) < farCounty {
		return median, false
	}
	slices.SortFunc(others, decimal.Decimal.Compare)
	median = others[len(others)/2]
	if len(others)%2 == 0 {
		median = median.Add(others[len(others)/2-1]).Div(decimal.NewFromInt(2))
	}
	return median, median.IsPositive()
}
