package campaign

import "strings"

// Openness is what the public sees of the regions' figures: 地区公开.
type Openness string

const (
	// InOrder: in the campaign's order, and nothing is said of who has most.
	InOrder Openness = "次序"
	// Ranked: sorted by number, with the highest named.
	Ranked Openness = "排序"
	// TotalsOnly: sums, and nothing of a single region.
	TotalsOnly Openness = "只公布合计"
)

// LowerUnits is what the campaign's regions are called together.
const LowerUnits = "县（市、区）"

// The codes of charts that compare regions are a department's code and one of
// these; behind CountiesChart a row's number can follow.
const (
	CountiesChart = "-diqu"
	HeatChart     = "-reli"
)

// OfRegions reports whether a reference asks for figures of single regions.
func (c *Campaign) OfRegions(r Reference) bool {
	if r.Kind != ChartReference {
		return r.Region != ""
	}
	for _, d := range c.Departments {
		suffix, ok := strings.CutPrefix(r.Chart, d.Code)
		if !ok {
			continue
		}
		row, counties := strings.CutPrefix(suffix, CountiesChart)
		if suffix == HeatChart || counties && strings.Trim(row, "-0123456789") == "" {
			return true
		}
	}
	return false
}
