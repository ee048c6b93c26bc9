package chart

import (
	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// KeyCode returns the code of the chart of the campaign's key figures, or ""
// where there are none.
func KeyCode(b *stats.Table, c *campaign.Campaign) string {
	return codeOf(overview(data{b, c}), overviewCode)
}

// OwnCode returns the code of the chart of all figures of a department, or ""
// where it has none.
func OwnCode(b *stats.Table, c *campaign.Campaign, d *campaign.Department) string {
	return codeOf(comparisons(data{b, c}), d.Code+comparisonSuffix)
}

// ReportCodes returns the codes of the charts that a whole report shows: all of
// the catalogue but those of a single row over the counties, which only a text
// asks for; of these the lead department's, as the home page has it.
func ReportCodes(b *stats.Table, c *campaign.Campaign) []string {
	var codes []string
	for _, p := range plans(b, c) {
		if !p.single || c.Lead != nil && p.code == c.Lead.Code+countiesSuffix {
			codes = append(codes, p.code)
		}
	}
	return codes
}

// codeOf returns the code if one of the plans has it.
func codeOf(plans []plan, code string) string {
	for _, p := range plans {
		if p.code == code {
			return code
		}
	}
	return ""
}
