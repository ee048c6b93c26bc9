package review

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/prose"
)

// regionFigure looks for what no reference tells: a region's number written out
// in a public text. It can be another number, so a person decides.
var regionFigure = Rule{
	Code: "region-figure", Level: campaign.Warning,
	Words: "地区公开是只公布合计的，公开的文字里不写单个" + campaign.LowerUnits + "的数。",
	Check: func(c *Context) {
		if c.Public.ShowsRegions() {
			return
		}
		figures := regionFigures(c.Campaign)
		for _, i := range c.Public.Campaign().Items {
			for n := range i.Body.Sentences {
				s := &i.Body.Sentences[n]
				for _, number := range prose.Numbers(s.Text) {
					if f, ok := figures.told(s.Text, number); ok {
						c.Reportf(s.Place(number.From), "改写合计，或删去；不是这个数的不用改", "“%s%s”与%s报的数相同，单个%s的数没有公开",
							strings.TrimSuffix(s.Text[number.From:number.To], "万"), f.row.Unit, f.region.Short, campaign.LowerUnits)
					}
				}
			}
		}
	},
}

// reported is a number of a region's form.
type reported struct {
	region *campaign.Region
	row    *campaign.Row
}

// reportedNumbers are the regions' numbers by their value.
type reportedNumbers map[string][]reported

func regionFigures(c *campaign.Campaign) reportedNumbers {
	figures := reportedNumbers{}
	for _, r := range c.Reports {
		if r.Region == nil {
			continue
		}
		for _, e := range r.Entries {
			n := e.Quantity.Decimal()
			if strings.HasPrefix(e.Row.Unit, "万") {
				n = n.Mul(tenThousand)
			}
			if !n.IsZero() {
				figures[n.String()] = append(figures[n.String()], reported{r.Region, e.Row})
			}
		}
	}
	return figures
}

// told returns the region's number that a number of a sentence is: of the same
// value and unit, with the region named in the sentence.
func (r reportedNumbers) told(sentence string, n prose.Number) (reported, bool) {
	rest := strings.TrimLeft(sentence[n.To:], " ")
	for _, f := range r[n.Value.String()] {
		if strings.HasPrefix(rest, strings.TrimPrefix(f.row.Unit, "万")) && strings.Contains(sentence, f.region.Short) {
			return f, true
		}
	}
	return reported{}, false
}
