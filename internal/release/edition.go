package release

import (
	"slices"

	"wangjian/internal/campaign"
)

// Edition is when some contents of a view came out: the date of a paper or file
// that holds them. It changes only when they do.
type Edition struct {
	Published campaign.Moment // the newest 发布日期
	Changed   campaign.Moment // the newest 更新日期 or 更正, where they are later
}

func (e *Edition) publish(at campaign.Moment) {
	if at.Compare(e.Published) > 0 {
		e.Published = at
	}
	e.change(at)
}

func (e *Edition) change(at campaign.Moment) {
	if at.Compare(e.Changed) > 0 {
		e.Changed = at
	}
}

// Edition returns the edition of some contents of the view.
//
// What is not out, which only the office sees, is of no edition: an item counts
// by its last sign-off, a round by the last form that came in, as far as they
// are not after the view's day. What holds nothing is of no edition either.
func (v *View) Edition(items []*campaign.Item, rounds []*campaign.Round, corrections []*campaign.Correction) Edition {
	var e Edition
	draft := func(day campaign.Date) {
		if !day.After(v.date) {
			e.publish(campaign.Moment{Date: day})
		}
	}
	out := func(r *campaign.Release) {
		e.publish(r.PublishedAt)
		e.change(v.campaign.History.ChangedAt(r))
	}
	for _, i := range items {
		if v.held[i] == nil {
			out(&i.Release)
			continue
		}
		for _, s := range i.Signoffs {
			draft(s.On)
		}
	}
	for _, r := range rounds {
		if v.isOut(r) {
			out(r.Release)
			continue
		}
		for _, report := range v.campaign.Reports {
			if report.Round == r {
				draft(report.FiledOn)
			}
		}
	}
	for _, x := range corrections {
		e.change(campaign.Moment{Date: x.On})
	}
	if e.Published.IsZero() {
		e.Published = e.Changed
	}
	return e
}

// LatestEdition is the edition of everything that the view holds.
func (v *View) LatestEdition() Edition {
	return v.Edition(v.campaign.Items, v.Reported(), v.campaign.Corrections)
}

// FiguresEdition is the edition of the figures.
func (v *View) FiguresEdition() Edition {
	return v.Edition(nil, v.Reported(), v.campaign.Corrections)
}

// ReportEdition is the edition of the report: of the newest narratives, the cases,
// the warnings, the gallery and the figures.
func (v *View) ReportEdition() Edition {
	newest := v.NewestNarratives()
	var held []*campaign.Item
	for _, i := range v.campaign.Items {
		switch {
		case v.IsTakenDown(i), i.Kind == campaign.Documents, i.Kind == campaign.Pages,
			i.Kind.InSections() && newest[NarratorOf(i)] != i:
			continue
		}
		held = append(held, i)
	}
	return v.Edition(held, v.Reported(), v.campaign.Corrections)
}

// DepartmentEdition is the edition of a department's summary: of its newest
// narrative, those of its counties, and its figures.
func (v *View) DepartmentEdition(d *campaign.Department) Edition {
	var held []*campaign.Item
	for _, i := range v.newestNarratives(func(i *campaign.Item) bool { return i.Department == d }) {
		held = append(held, i)
	}
	reported := map[*campaign.Round]bool{}
	for _, r := range v.campaign.Reports {
		if r.Department == d {
			reported[r.Round] = true
		}
	}
	rounds := slices.DeleteFunc(v.Reported(), func(r *campaign.Round) bool { return !reported[r] })
	corrections := slices.DeleteFunc(slices.Clone(v.campaign.Corrections), func(x *campaign.Correction) bool {
		return x.Department != d && (x.Department != nil || !reported[x.Round])
	})
	return v.Edition(held, rounds, corrections)
}

// Narrator is who a narrative is by; the zero value is the lead office, of which
// the summaries are.
type Narrator struct {
	Department *campaign.Department
	Region     *campaign.Region // nil for the department's own
}

// NarratorOf returns who a narrative is by.
func NarratorOf(i *campaign.Item) Narrator { return Narrator{i.Department, i.Region} }

// NewestNarratives returns of each department and county the narrative of the
// latest round, else the newest that there is, and the summary of the latest
// round, if any: papers hold no others.
func (v *View) NewestNarratives() map[Narrator]*campaign.Item {
	return v.newestNarratives(func(*campaign.Item) bool { return true })
}

func (v *View) newestNarratives(wanted func(*campaign.Item) bool) map[Narrator]*campaign.Item {
	latest, newest := v.LatestRound(), map[Narrator]*campaign.Item{}
	for _, i := range v.campaign.Items {
		if !i.Kind.InSections() || i.Round == nil || !wanted(i) || v.IsTakenDown(i) {
			continue
		}
		if i.Kind == campaign.Summaries && latest != nil && i.Round.Index < latest.Index {
			continue
		}
		is := newest[NarratorOf(i)]
		if is == nil || is.Round != latest && (i.Round == latest || i.Round.Index > is.Round.Index) {
			newest[NarratorOf(i)] = i
		}
	}
	return newest
}

// Reported lists the rounds of which the view holds figures, oldest first.
func (v *View) Reported() []*campaign.Round {
	reported := map[*campaign.Round]bool{}
	for _, r := range v.campaign.Reports {
		reported[r.Round] = true
	}
	return slices.DeleteFunc(slices.Clone(v.campaign.Rounds), func(r *campaign.Round) bool { return !reported[r] })
}

// MarkRound returns the reasons for which the figures of a round of a whole view
// are not public, and MarkRegions those for which none of a single county is;
// none when they are.
func (v *View) MarkRound(r *campaign.Round) []string {
	return v.marked(func(h Held) bool { return h.Round == r })
}
func (v *View) MarkRegions() []string {
	return v.marked(func(h Held) bool { return h.Round == nil && h.Item == nil })
}

func (v *View) marked(is func(Held) bool) []string {
	if n := slices.IndexFunc(v.heldOut, is); n >= 0 && v.audience != ForPublic {
		return v.heldOut[n].Reasons
	}
	return nil
}

// isOut reports whether a round's figures are public.
func (v *View) isOut(r *campaign.Round) bool { return r.Release != nil && v.MarkRound(r) == nil }

// Stamp is the time that a published site says it is of: the view's day, with
// the minute of the last publication of that day. At any two times between which
// nothing comes out the stamp is the same, and a view of the stamp shows what
// this one shows, so that a site can be made again from it.
func (v *View) Stamp() campaign.Moment {
	stamp := campaign.Moment{Date: v.date}
	take := func(r *campaign.Release) {
		if r.PublishedAt.Date == v.date && r.PublishedAt.Compare(stamp) > 0 {
			stamp = r.PublishedAt
		}
	}
	for _, i := range v.campaign.Items {
		if v.held[i] == nil {
			take(&i.Release)
		}
	}
	for _, r := range v.campaign.Rounds {
		if v.isOut(r) {
			take(r.Release)
		}
	}
	return stamp
}

// Unchanged returns the time around now in which a campaign shows the same:
// within one day, and between two of its 发布日期.
func Unchanged(c *campaign.Campaign, now campaign.Moment) campaign.Span {
	s := campaign.Span{From: campaign.Moment{Date: now.Date}, Until: campaign.Moment{Date: now.AddDays(1)}}
	take := func(r *campaign.Release) {
		switch at := r.PublishedAt; {
		case at.Compare(now) > 0 && at.Compare(s.Until) < 0:
			s.Until = at
		case at.Compare(now) <= 0 && at.Compare(s.From) > 0:
			s.From = at
		}
	}
	for _, r := range c.Rounds {
		if r.Release != nil {
			take(r.Release)
		}
	}
	for _, i := range c.Items {
		take(&i.Release)
	}
	return s
}
