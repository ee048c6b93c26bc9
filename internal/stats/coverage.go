package stats

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// NotReported stands where a unit's form is missing, for readers who may know
// that; no word of it stands for others.
const (
	NotReported = "未报"
	NoFigure    = "—"
)

// Absent returns the word that stands where there is no figure.
func (t *Table) Absent() string {
	if t.view.ShowsLedger() {
		return NotReported
	}
	return NoFigure
}

// Ranks reports whether the regions are put in order by their figures, and the
// highest is named. Otherwise they stand in the campaign's order.
func (t *Table) Ranks() bool { return t.campaign.Openness == campaign.Ranked }

// Coverage returns who has reported to a department in a round.
func (t *Table) Coverage(round *campaign.Round, d *campaign.Department) release.Coverage {
	return t.view.Coverage(round, d)
}

// RollUps returns the departments whose counties report, in order, also where
// nothing of a single county is shown.
func (t *Table) RollUps() []*campaign.Department {
	return slices.DeleteFunc(slices.Clone(t.campaign.Departments), func(d *campaign.Department) bool {
		return !slices.ContainsFunc(t.campaign.Rounds, func(r *campaign.Round) bool { return t.view.Coverage(r, d).Due > 0 })
	})
}

// Lacks says which regions a whole is without: by name to those who may know,
// by number to others. Empty where none is.
func Lacks(c release.Coverage) string {
	switch {
	case c.Lacking() == 0:
		return ""
	case len(c.Missing)+len(c.Unread) == 0:
		return fmt.Sprintf("未含%d个%s", c.Lacking(), c.Tier.LowerUnits())
	}
	return "未含" + Names(slices.Concat(c.Missing, c.Unread))
}

// Names lists regions.
func Names(regions []*campaign.Region) string {
	names := make([]string, len(regions))
	for n, r := range regions {
		names[n] = r.Short
	}
	return strings.Join(names, "、")
}

// WithoutNotes says, each thing once, which of some figures are without
// regions' forms: 公安局的终期数未含1个县（市、区）.
func (t *Table) WithoutNotes(figures ...*Figure) []string {
	return notes(figures, func(f *Figure) string {
		if lacks := Lacks(f.Coverage); lacks != "" {
			return f.Round.Name + "数" + lacks
		}
		return ""
	})
}

// ScopeNotes says, each thing once, which changes of some figures are of the
// regions alone that are in both rounds.
func (t *Table) ScopeNotes(figures ...*Figure) []string {
	return notes(figures, func(f *Figure) string {
		if change, err := t.Change(f); err == nil && change.Regions > 0 {
			return f.Round.Name + "比" + change.Previous.Round.Name + "的变化" + change.Scope()
		}
		return ""
	})
}

// notes collects what there is to say of figures; departments of which the same
// is said share a note.
func notes(figures []*Figure, of func(*Figure) string) []string {
	var said []string
	departments := map[string][]string{}
	for _, f := range figures {
		if f == nil {
			continue
		}
		note := of(f)
		if note == "" || slices.Contains(departments[note], f.Department.Short) {
			continue
		}
		if departments[note] == nil {
			said = append(said, note)
		}
		departments[note] = append(departments[note], f.Department.Short)
	}
	for n, note := range said {
		said[n] = strings.Join(departments[note], "、") + "的" + note
	}
	return said
}

// base returns what a change is worked out from: the two figures or, where they
// are put together from the forms of other regions, what the regions that are
// in both come to with the own parts, and how many these are.
func (t *Table) base(f, p *Figure) (now, before campaign.Quantity, regions int, err error) {
	now, before = f.Quantity, p.Quantity
	unread := f.Coverage.Broken+p.Coverage.Broken > 0 // the figures themselves are blank
	if f.Region != nil || f.Own || f.Coverage.Due+p.Coverage.Due == 0 || unread {
		return now, before, 0, nil
	}
	for _, x := range [][2]*Figure{{f, p}, {p, f}} {
		if whole, parts := x[0], x[1]; whole.Coverage.Due == 0 {
			if !whole.Computed && parts.Coverage.Lacking() == 0 {
				return now, before, 0, nil
			}
			return now, before, 0, unlike("%s没有分%s的数，%s%s，不能相比", whole.Round.Name, t.campaign.Tier.LowerUnits(), parts.Round.Name, covered(parts))
		}
	}
	both, same := t.view.Common(f.Round, p.Round, f.Department)
	switch {
	case same:
		return now, before, 0, nil
	case both == 0:
		return now, before, 0, unlike("%s和%s报的不是同样的%s，不能相比", p.Round.Name, f.Round.Name, t.campaign.Tier.LowerUnits())
	}
	return t.view.Sum(f.Round, f.Row, p.Round), t.view.Sum(p.Round, f.Row, f.Round), both, nil
}

// covered says how many regions a whole is put together from.
func covered(f *Figure) string {
	if lacks := Lacks(f.Coverage); lacks != "" {
		return lacks
	}
	return fmt.Sprintf("含%d个%s", f.Coverage.Filed, f.Coverage.Tier.LowerUnits())
}

// Unlike is the error for a change between sums that have no regions in common.
type Unlike struct{ words string }

func (u *Unlike) Error() string { return u.words }

func unlike(format string, args ...any) error { return &Unlike{fmt.Sprintf(format, args...)} }
