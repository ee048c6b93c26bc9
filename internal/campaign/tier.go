package campaign

import "strings"

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

// LowerUnits is what the regions of a tier are called together.
func (t Tier) LowerUnits() string { return t.Say("县（市、区）") }

// Say returns what the program says of a city's campaign as it is said of one of
// this tier.
func (t Tier) Say(words string) string {
	if r := tierWords[t]; r != nil {
		return r.Replace(words)
	}
	return words
}

var tierWords = map[Tier]*strings.Replacer{
	Province: strings.NewReplacer("县（市、区）", "市（州）", "全市", "全省", "市级", "省级", "市本级", "省本级"),
	County:   strings.NewReplacer("县（市、区）", "乡镇（街道）", "全市", "全县", "市级", "县级", "市本级", "县本级"),
}
