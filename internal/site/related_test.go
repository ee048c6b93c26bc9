package site

import (
	"testing"

	"wangjian/internal/campaign"
)

// TestRelatedWarnings: a warning is about the priorities whose cases share a
// keyword with it, or whose name it has for one, and about no other.
func TestRelatedWarnings(t *testing.T) {
	toys := &campaign.Priority{Named: campaign.Named{Code: "wanju", Name: "整治玩具"}}
	food := &campaign.Priority{Named: campaign.Named{Code: "shipin", Name: "整治食品"}, Index: 1}
	about := func(keywords ...string) *campaign.Item {
		return &campaign.Item{Kind: campaign.Warnings, Keywords: keywords}
	}
	shared, named, both, neither := about("纽扣电池"), about("整治食品"), about("整治食品", "纽扣电池"), about("快递")
	s := &site{
		campaign:     &campaign.Campaign{Priorities: []*campaign.Priority{toys, food}},
		casesOf:      map[*campaign.Priority][]*campaign.Item{toys: {{Keywords: []string{"玩具", "纽扣电池"}}}},
		byKind:       map[campaign.Kind][]*campaign.Item{campaign.Warnings: {shared, named, both, neither}},
		warningsOf:   map[*campaign.Priority][]*campaign.Item{},
		prioritiesOf: map[*campaign.Item][]*campaign.Priority{},
	}
	s.relateWarnings()
	for _, c := range []struct {
		name    string
		warning *campaign.Item
		want    []*campaign.Priority
	}{{"shared keyword", shared, []*campaign.Priority{toys}}, {"name", named, []*campaign.Priority{food}}, {"both", both, []*campaign.Priority{toys, food}}, {"neither", neither, nil}} {
		got := s.prioritiesOf[c.warning]
		if len(got) != len(c.want) {
			t.Errorf("%s: %d priorities, want %d", c.name, len(got), len(c.want))
			continue
		}
		for n := range got {
			if got[n] != c.want[n] {
				t.Errorf("%s: %s", c.name, got[n].Name)
			}
		}
	}
	if len(s.warningsOf[toys]) != 2 || len(s.warningsOf[food]) != 2 {
		t.Errorf("%d and %d warnings", len(s.warningsOf[toys]), len(s.warningsOf[food]))
	}
}
