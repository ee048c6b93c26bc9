package review

import (
	"slices"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// Real figures jump (a rise of 49 times was real), so outliers only ask for a
// second look.

var (
	farFactor = decimal.NewFromInt(10) // times the others' median, or the round before
	farLeast  = decimal.NewFromInt(50) // figures under this jump about
	farCounty = 5                      // regions that must have reported
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

var outlierRound = Rule{
	Code: "outlier-round", Level: campaign.Warning,
	Words: "数字比上一期多 10 倍以上，请核对。",
	Check: func(c *Context) {
		for _, report := range c.Campaign.Reports {
			for _, row := range c.Campaign.Form.RowsOf(report.Department) {
				f := c.Book.Figure(report.Round, row, report.Region)
				if f == nil || f.Computed {
					continue
				}
				change, err := c.Book.Change(f)
				if err != nil || !change.Previous.Quantity.Decimal().IsPositive() {
					continue
				}
				if now := f.Quantity.Decimal(); now.GreaterThanOrEqual(farLeast) && now.GreaterThan(change.Previous.Quantity.Decimal().Mul(farFactor)) {
					c.Reportf(f.At, "核对数字和单位；属实的不用改", "“%s”从%s的 %s 到%s的 %s，超过 10 倍",
						row.Name, change.Previous.Round.Name, change.Previous.Quantity, report.Round.Name, f.Quantity)
				}
			}
		}
	},
}

var batchesExceed = Rule{
	Code: "batches-exceed", Level: campaign.Warning,
	Words: "同一项目的批次数通常不大于件数，请核对（真有过批次更多的）。",
	Check: func(c *Context) {
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
