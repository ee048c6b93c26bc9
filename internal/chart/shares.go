package chart

import (
	"github.com/shopspring/decimal"

	"wangjian/internal/stats"
)

// shares writes parts in percent of a whole, and records whether any of them is
// rounded, so that the chart can say so.
type shares struct {
	of      decimal.Decimal
	rounded bool
}

// text is a part in percent, — where the whole is zero.
func (s *shares) text(part decimal.Decimal) string {
	ratio, ok := stats.Percent(part, s.of)
	if !ok {
		return "—"
	}
	s.rounded = s.rounded || ratio.Rounded
	return ratio.String()
}

// head is the head of the column of shares.
func (s *shares) head(name string) string {
	if s.rounded {
		return name + "（四舍五入）"
	}
	return name
}

// note is a sentence for the chart's summary; "" where every share is exact.
func (s *shares) note() string {
	if s.rounded {
		return sentence("占比四舍五入", "相加不一定等于全部")
	}
	return ""
}
