package chart

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// span is the rounds that a chart sets side by side, oldest first: the latest of
// which there are figures, and those before it as far back as each can be
// compared with the next.
type span struct {
	rounds         []*campaign.Round
	latest, before *campaign.Round // the last two; before is nil where there is nothing to compare
}

// span picks the rounds for some rows. Rounds of different 口径 are not set
// side by side.
func (d data) span(rows []*campaign.Row) span {
	var s span
	for _, r := range slices.Backward(d.campaign.Rounds) {
		has := d.has(r, rows)
		switch {
		case len(s.rounds) == 0 && has:
			s.latest = r
		case len(s.rounds) == 0:
			continue
		case !has || s.rounds[0].Previous != r || s.latest.Basis != r.Basis:
			return s
		case s.before == nil:
			s.before = r
		}
		s.rounds = slices.Insert(s.rounds, 0, r)
	}
	return s
}

// has reports whether any of the rows is reported as a whole in a round.
func (d data) has(round *campaign.Round, rows []*campaign.Row) bool {
	return slices.ContainsFunc(rows, func(row *campaign.Row) bool { return d.table.Figure(round, row, nil) != nil })
}

// names returns the rounds' names, oldest first.
func (s span) names() []string {
	var names []string
	for _, r := range s.rounds {
		names = append(names, r.Name)
	}
	return names
}

// asOf opens a sentence about the latest round's figures.
func (s span) asOf() string {
	if s.latest.Basis == campaign.Cumulative {
		return "截至" + s.latest.Name
	}
	return s.latest.Name
}

// basis says what the figures count.
func (s span) basis() string {
	if s.latest.Basis == campaign.Cumulative {
		return "数字为行动开始以来的累计数"
	}
	return "数字为各期当期数"
}

// changeHead heads the column of changes.
func (s span) changeHead() string {
	if s.latest.Basis == campaign.Cumulative {
		return "较" + s.before.Name + "增加"
	}
	return "较" + s.before.Name + "增幅"
}

// changeText is a change as the table has it, — where there is none.
func (d data) changeText(f *stats.Figure) string {
	if f == nil {
		return "—"
	}
	change, err := d.table.Change(f)
	if err != nil {
		return "—"
	}
	return change.Text()
}

// changePhrase is a change in words: 较中期增加264件. Empty where there is none.
func (d data) changePhrase(f *stats.Figure) string {
	change, err := d.table.Change(f)
	if err != nil {
		return ""
	}
	with := "较"
	if change.Amount.IsZero() {
		with = "与"
	}
	return with + change.Previous.Round.Name + change.Words()
}

// risen counts the figures that went up since the round before, and those that
// can be compared at all.
func (d data) risen(figures []*stats.Figure) (up, comparable int) {
	for _, f := range figures {
		change, err := d.table.Change(f)
		if err != nil {
			continue
		}
		comparable++
		if change.Amount.IsPositive() {
			up++
		}
	}
	return up, comparable
}

// rise says how many of some figures of a 当期 round went up; a 累计 figure cannot
// go down, and nothing is said of it.
func (s span) rise(up, of, figures int) string {
	if s.latest.Basis == campaign.Cumulative || of < 2 {
		return ""
	}
	with := "与" + s.before.Name + "相比，"
	if of < figures {
		with += "可比的"
	}
	switch up {
	case of:
		return fmt.Sprintf("%s%d项都上升。", with, of)
	case 0:
		return fmt.Sprintf("%s%d项都没有上升。", with, of)
	}
	return fmt.Sprintf("%s%d项中%d项上升。", with, of, up)
}

// cellText is a figure as a table cell, without its unit.
func (d data) cellText(f *stats.Figure) string {
	if f == nil {
		return d.table.Absent()
	}
	return f.Quantity.String()
}

// remark says of a row's figures which regions they are without, and which
// their change is of.
func (d data) remark(s span, row *campaign.Row) string {
	var figures []*stats.Figure
	for _, r := range s.rounds {
		figures = append(figures, d.table.Figure(r, row, nil))
	}
	return strings.Join(append(d.table.WithoutNotes(figures...), d.scopes(s, figures[len(figures)-1])...), "；")
}

// scopes says which regions the changes of the latest round's figures are of.
func (d data) scopes(s span, figures ...*stats.Figure) []string {
	if s.before == nil {
		return nil
	}
	return d.table.ScopeNotes(figures...)
}
