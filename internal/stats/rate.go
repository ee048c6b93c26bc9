package stats

import (
	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
)

// Per is what a region's figures can be set against.
type Per struct {
	Name  string // 每万人
	Basis string // what it counts, in words
	size  int64
	of    func(*campaign.Region) int
}

// Pers lists what figures can be set against, where campaign.yaml has it.
var Pers = []Per{
	{"每万人", "常住人口", 10_000, func(r *campaign.Region) int { return r.Population }},
	{"每千户", "登记的网络经营主体", 1000, func(r *campaign.Region) int { return r.Shops }},
}

// leastPlaces is how many decimals a rate has at least.
const leastPlaces = 2

// Given reports whether every region has the number for a rate: rates of some
// could not be compared.
func (p Per) Given(regions []*campaign.Region) bool {
	for _, r := range regions {
		if p.of(r) == 0 {
			return false
		}
	}
	return len(regions) > 0
}

// Rate returns a region's figure set against its own number, rounded half away
// from zero to two decimals, and to as many more as it takes to tell it from
// nothing. A figure that is no number is returned as its word.
func (p Per) Rate(f *Figure) string {
	if !f.Quantity.IsNumber() {
		return f.Quantity.String()
	}
	scaled, base := f.Quantity.Decimal().Mul(decimal.NewFromInt(p.size)), decimal.NewFromInt(int64(p.of(f.Region)))
	for places := int32(leastPlaces); ; places++ {
		if rate := scaled.DivRound(base, places); !rate.IsZero() || scaled.IsZero() {
			return rate.StringFixed(places)
		}
	}
}

// CountyRound returns the latest round for which regions have reported to a
// department; nil for none.
func (t *Table) CountyRound(d *campaign.Department) *campaign.Round {
	for n := len(t.campaign.Rounds) - 1; n >= 0; n-- {
		for _, region := range t.campaign.Regions {
			if t.Report(t.campaign.Rounds[n], d, region) != nil {
				return t.campaign.Rounds[n]
			}
		}
	}
	return nil
}
