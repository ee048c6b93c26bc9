package review

import (
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// A change stands behind a word that it goes with; any other word before a
// figure is none of its business.
func TestWordsBeforeChanges(t *testing.T) {
	for _, c := range []struct {
		before      string
		aspect      campaign.Aspect
		value       string
		contradicts bool
	}{
		{"较中期填报新增", campaign.Movement, "-7", true},
		{"比上期增加了", campaign.Movement, "6", true},
		{"比上期减少 **", campaign.Movement, "0", true},
		{"同比下降", campaign.Growth, "12.5", true},
		{"同比下降", campaign.Growth, "-3.5", true},
		{"同比增长", campaign.Growth, "-3.5", true},
		{"同比增长", campaign.Growth, "0.0", true},
		{"比中期减少", campaign.Increase, "12", true},
		{"比中期新增", campaign.Increase, "12", false},
		{"比中期新增", campaign.Increase, "0", false},
		{"同比增长约", campaign.Growth, "12.5", false},
		{"比上次变化", campaign.Growth, "-12.5", false},
		{"比中期", campaign.Movement, "-7", false},
		{"（新增）", campaign.Movement, "7", false},
		{"新增案件", campaign.Movement, "7", false},
		{"| 新增 | ", campaign.Movement, "7", false},
		{"新增", campaign.Plain, "231", false},
		{"", campaign.Movement, "7", false},
	} {
		err := misread(campaign.Reference{Aspect: c.aspect, Before: c.before}, stats.Citation{Text: "x", Value: c.value})
		if (err != nil) != c.contradicts {
			t.Errorf("%s{{…｜%s}} %s: %v", c.before, c.aspect, c.value, err)
		}
	}
}
