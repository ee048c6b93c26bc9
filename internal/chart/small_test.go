package chart

import (
	"fmt"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// small is a campaign made by hand: what a test needs and nothing else.
type small struct {
	*campaign.Campaign
	t *testing.T
}

func newSmall(t *testing.T, departments, regions, rounds []string) *small {
	t.Helper()
	c := &campaign.Campaign{Name: "试验行动", Short: "试验"}
	for i, name := range departments {
		c.Departments = append(c.Departments, &campaign.Department{Named: named(fmt.Sprintf("bm%d", i+1), name), Index: i})
	}
	for i, name := range regions {
		c.Regions = append(c.Regions, &campaign.Region{Named: named(fmt.Sprintf("dq%d", i+1), name), Index: i})
	}
	for i, name := range rounds {
		r := &campaign.Round{Named: named(fmt.Sprintf("qc%d", i+1), name), Basis: campaign.Cumulative, Index: i, Deadline: campaign.Date{Year: 2023, Month: i + 3, Day: 20}}
		if i > 0 {
			r.Previous = c.Rounds[i-1]
		}
		c.Rounds = append(c.Rounds, r)
	}
	if len(c.Departments) > 0 {
		c.Lead = c.Departments[0]
	}
	return &small{c, t}
}

func named(code, name string) campaign.Named {
	return campaign.Named{Code: code, Name: name, Short: name}
}

// row adds a row to a department's form.
func (s *small) row(department int, name, unit string) *campaign.Row {
	r := &campaign.Row{Department: s.Departments[department], Name: name, Unit: unit, Decimals: -1, Index: len(s.Form.Rows)}
	s.Form.Rows = append(s.Form.Rows, r)
	return r
}

// under adds a 其中 row.
func (s *small) under(parent *campaign.Row, name string) *campaign.Row {
	r := s.row(parent.Department.Index, name, parent.Unit)
	r.Parent = parent
	parent.Children = append(parent.Children, r)
	return r
}

// report fills in a department's form for a round; region is -1 for the whole.
func (s *small) report(round, department, region int, values map[*campaign.Row]string) {
	r := &campaign.Report{Round: s.Rounds[round], Department: s.Departments[department], Entries: campaign.Entries{}}
	if region >= 0 {
		r.Region = s.Regions[region]
	}
	for row, text := range values {
		q, err := campaign.ParseQuantity(text)
		if err != nil {
			s.t.Fatal(err)
		}
		r.Entries.Set(row, campaign.Entry{Quantity: q})
	}
	s.Reports = append(s.Reports, r)
}

// book works out the figures.
func (s *small) book() *stats.Table {
	return stats.Of(release.Whole(s.Campaign, campaign.Date{Year: 2023, Month: 6, Day: 1}, nil))
}

// find draws a chart that must be there.
func (s *small) find(code string) *Chart {
	s.t.Helper()
	c, err := Find(s.book(), s.Campaign, code)
	if err != nil {
		s.t.Fatalf("%s: %v", code, err)
	}
	return c
}

// none checks that a chart is not there.
func (s *small) none(code string) {
	s.t.Helper()
	if c, err := Find(s.book(), s.Campaign, code); err == nil {
		s.t.Errorf("%s was drawn: %s", code, c.Title)
	}
}
