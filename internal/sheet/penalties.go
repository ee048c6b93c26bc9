package sheet

import (
	"io"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// PenaltiesPath is where the summaries of all published penalties go.
const PenaltiesPath = "data/penalties.csv"

// penalties returns the summaries of the view's cases: the items of
// 总局令第45号 in their order, under the names that campaign.yaml has for them.
// A case that is taken down is in no view, and so not here; the office's file
// leaves it out as well.
func penalties(v *release.View) []release.File {
	cases := v.Campaign().ItemsOf(campaign.Cases)
	if len(cases) == 0 {
		return nil
	}
	return []release.File{v.File(PenaltiesPath, func(w io.Writer) error { return writePenalties(w, v, cases) })}
}

func writePenalties(w io.Writer, v *release.View, cases []*campaign.Item) error {
	var rows [][]string
	for _, i := range cases {
		c := i.Case
		if c.Stopped != nil && !c.Stopped.On.After(v.Date()) {
			continue
		}
		rows = append(rows, []string{c.DecisionNumber, c.Party, c.Violation, c.Penalty, c.Authority, c.DecidedOn.String()})
	}
	return writeTable(w, penaltyColumns(v.Campaign()), rows)
}

// penaltyColumns names the columns as the publicity system does.
func penaltyColumns(c *campaign.Campaign) []string {
	var names []string
	for _, item := range campaign.SummaryItems {
		name := c.Publicity.Columns[item]
		if name == "" {
			name = item
		}
		names = append(names, name)
	}
	return names
}
