package chart

import (
	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// KeyCode gives the code of the chart of the campaign's key figures, or ""
// where there are none.
func KeyCode(b *stats.Book, c *campaign.Campaign) string {
	return codeOf(overview(desk{b, c}), overviewCode)
}

// OwnCode gives the code of the chart of all figures of a department, or ""
// where it has none.
func OwnCode(b *stats.Book, c *campaign.Campaign, d *campaign.Department) string {
	return codeOf(comparisons(desk{b, c}), d.Code+comparisonSuffix)
}

// codeOf gives the code if one of the plans has it.
func codeOf(plans []plan, code string) string {
	for _, p := range plans {
		if p.code == code {
			return code
		}
	}
	return ""
}
