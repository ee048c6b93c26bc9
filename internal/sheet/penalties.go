package sheet

import (
	"encoding/csv"
	"io"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// PenaltiesPath is where the summaries of all published penalties go.
const PenaltiesPath = "data/penalties.csv"

// penalties gives the summaries of the view's cases: the items of
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
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(penaltyColumns(v.Campaign())); err != nil {
		return err
	}
	for _, i := range cases {
		c := i.Case
		if c.Stopped != nil && !c.Stopped.On.After(v.Date()) {
			continue
		}
		row := []string{c.DecisionNumber, c.Party, c.Violation, c.Penalty, c.Authority, c.DecidedOn.String()}
		for n := range row {
			row[n] = inert(row[n])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
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
