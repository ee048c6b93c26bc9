package portal

import (
	"slices"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// Comparison is one indicator over all sites.
type Comparison struct {
	Code, Department, Name, Parent, Unit string
	Round, Basis                         string // of all figures that are compared
	Lines                                []Line // one a site, in their order
	Compared                             int    // lines with a figure
	Remarks                              bool   // some line has a remark
}

// Line is a site's figure, or why there is none to compare.
type Line struct {
	Site     *Site
	Quantity string // as published; "" where it is not compared
	Remark   string // 备注, as published: what a sum is without, what was corrected
	Bar      string // its length in percent of the longest; "" for none
	Why      string // 没有这一项, 单位不同（条） …
}

// terms are what has to agree.
type terms struct{ unit, basis, round string }

// found is a site's newest figure of a code.
type found struct {
	Figure
	terms
}

// Compare puts each indicator side by side: of each site the figure of the last round
// that has one. Unit, basis and round of most sites count; of equally many, those of
// the first.
func Compare(sites []*Site) (list []Comparison) {
	newest := make([]map[string]found, len(sites))
	var codes []string
	for n, s := range sites {
		newest[n] = map[string]found{}
		for _, r := range s.Rounds {
			for _, f := range s.Figures {
				if f.Round == r.Name && r.Published != "" {
					if !slices.Contains(codes, f.Code) {
						codes = append(codes, f.Code)
					}
					newest[n][f.Code] = found{f, terms{f.Unit, r.Basis, r.Name}}
				}
			}
		}
	}
	for _, code := range codes {
		list = append(list, compare(sites, newest, code))
	}
	return list
}

func compare(sites []*Site, newest []map[string]found, code string) Comparison {
	var of terms
	most := 0
	for _, site := range newest {
		f, ok := site[code]
		count := 0
		for _, other := range newest {
			if g, is := other[code]; ok && is && g.terms == f.terms {
				count++
			}
		}
		if count > most {
			most, of = count, f.terms
		}
	}
	c := Comparison{Code: code, Unit: of.unit, Basis: of.basis, Round: of.round}
	longest := decimal.Zero
	for n, s := range sites {
		line := Line{Site: s}
		f, ok := newest[n][code]
		switch {
		case !ok:
			line.Why = "没有公布这一项"
		case f.unit != of.unit:
			line.Why = "单位不同（" + f.unit + "），不能比"
		case f.basis != of.basis:
			line.Why = "口径不同（" + f.basis + "），不能比"
		case f.round != of.round:
			line.Why = "期次不同（" + f.round + "），不能比"
		default:
			c.Department, c.Name, c.Parent = f.Department, f.Name, f.Parent
			line.Quantity, line.Remark = f.Quantity, f.Remark
			c.Remarks = c.Remarks || f.Remark != ""
			c.Compared++
			if q, err := campaign.ParseQuantity(f.Quantity); err == nil && q.IsNumber() && q.Decimal().GreaterThan(longest) {
				longest = q.Decimal()
			}
		}
		c.Lines = append(c.Lines, line)
	}
	for n, line := range c.Lines {
		if q, err := campaign.ParseQuantity(line.Quantity); err == nil && q.IsNumber() {
			if width, ok := stats.Percent(q.Decimal(), longest); ok {
				c.Lines[n].Bar = width.Percent.String()
			}
		}
	}
	return c
}
