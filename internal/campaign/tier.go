package campaign

// Tier is whose campaign it is: 层级. The words for the whole, for its own offices
// and for what lies below follow from it.
type Tier string

const (
	Province Tier = "省"
	City     Tier = "市" // what is meant where nothing is said
	County   Tier = "县"
)

// Tiers lists what a campaign may say.
var Tiers = []string{string(Province), string(City), string(County)}

// LowerUnits is what the regions of a level are called together.
func (l Tier) LowerUnits() string {
	switch l {
	case Province:
		return "市（州）"
	case County:
		return "乡镇（街道）"
	}
	return "县（市、区）"
}
