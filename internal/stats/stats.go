// Package stats works out every number that is published: county roll-ups,
// changes between rounds, shares. It is a pure function of a release.View, so
// nothing that is held back can show through a sum. All arithmetic is exact
// decimal.
package stats

import (
	"maps"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// Figure is one number with where it comes from.
type Figure struct {
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region // nil for the whole
	Own        bool             // 本级
	Row        *campaign.Row
	Quantity   campaign.Quantity // never 汇总: that is worked out
	Remark     string
	LastYear   campaign.Quantity
	Report     *campaign.Report
	At         campaign.Position // where the value, or its 汇总, is written
	Computed   bool              // the value is a 汇总
	Parts      []*Figure         // counties and 本级 of a whole, as far as they are shown
	Coverage   release.Coverage  // of a whole: which counties are in it
	// Corrections of the figure since it was first published, oldest first.
	Corrections []*campaign.Correction
}

// Text is the figure with its unit as published; 无 stands alone.
func (f *Figure) Text() string {
	if f.Quantity.IsNumber() {
		return f.Quantity.String() + f.Row.Unit
	}
	return f.Quantity.String()
}

// Book holds every figure of a view.
type Book struct {
	view     *release.View
	campaign *campaign.Campaign
	latest   *campaign.Round
	figures  map[column]*held[Figure]
}

// column is what a row says in a round.
type column struct {
	round *campaign.Round
	row   *campaign.Row
}

// held is what a department has, and what its regions have, by their places in
// the campaign. Ten thousand regions' figures are looked up in no map.
type held[T any] struct {
	whole, own *T
	regions    []*T
}

func (h *held[T]) of(region *campaign.Region) *T {
	switch {
	case h == nil:
		return nil
	case region == nil:
		return h.whole
	case region.Index < len(h.regions):
		return h.regions[region.Index]
	}
	return nil
}

func (h *held[T]) put(region *campaign.Region, of int, what *T) {
	if region == nil {
		h.whole = what
		return
	}
	if h.regions == nil {
		h.regions = make([]*T, of)
	}
	h.regions[region.Index] = what
}

// Of works out the figures of a view.
func Of(v *release.View) *Book {
	c := v.Campaign()
	b := &Book{view: v, campaign: c, latest: v.LatestRound(), figures: map[column]*held[Figure]{}}
	for _, r := range c.Reports {
		if r.Region != nil {
			b.enter(r, r.Entries, false, release.Coverage{})
		}
	}
	for _, r := range c.Reports {
		if r.Region == nil {
			b.enter(r, r.Own, true, release.Coverage{})
			b.enter(r, r.Entries, false, v.Coverage(r.Round, r.Department))
		}
	}
	return b
}

// Next returns the book of another view, such as that of the next reading of a
// campaign. Where the view has the same forms, corrections and gaps as b's, same
// is true, and the figures are the same ones; else, or where b is nil, they are
// worked out. They are shared: nobody changes them.
func (b *Book) Next(v *release.View) (next *Book, same bool) {
	c := v.Campaign()
	if b == nil || b.view.Audience() != v.Audience() || b.campaign.LedgerPublic != c.LedgerPublic || b.campaign.Openness != c.Openness ||
		!slices.Equal(b.campaign.Departments, c.Departments) || !slices.Equal(b.campaign.Regions, c.Regions) || !slices.Equal(b.campaign.Rounds, c.Rounds) ||
		!slices.Equal(b.campaign.Reports, c.Reports) || !slices.Equal(b.campaign.Corrections, c.Corrections) || !maps.Equal(b.campaign.Unreadable, c.Unreadable) {
		return Of(v), false
	}
	return &Book{view: v, campaign: c, latest: v.LatestRound(), figures: b.figures}, true
}

func (b *Book) enter(r *campaign.Report, entries campaign.Entries, own bool, from release.Coverage) {
	for _, row := range b.campaign.Form.RowsOf(r.Department) {
		e, ok := entries.Of(row)
		if !ok {
			continue
		}
		f := &Figure{
			Round: r.Round, Department: r.Department, Region: r.Region, Own: own, Row: row,
			Quantity: e.Quantity, Remark: e.Remark, LastYear: e.LastYear, Report: r, At: e.At,
			Corrections: b.campaign.CorrectionsOf(r.Round, row, r.Region, own), Coverage: from,
		}
		if r.Region == nil && !own {
			f.Parts = b.parts(r.Round, row)
			if e.Quantity.Kind == campaign.Sum {
				f.Computed = true
				f.Quantity = b.view.Sum(r.Round, row, nil)
				if from.Broken > 0 {
					f.Quantity = campaign.Quantity{} // a sum without them would be none
				}
			}
		}
		at := column{r.Round, row}
		if b.figures[at] == nil {
			b.figures[at] = new(held[Figure])
		}
		if own {
			b.figures[at].own = f
		} else {
			b.figures[at].put(r.Region, len(b.campaign.Regions), f)
		}
	}
}

// parts returns what a whole is made of.
func (b *Book) parts(round *campaign.Round, row *campaign.Row) []*Figure {
	parts := b.Counties(round, row)
	if own := b.Own(round, row); own != nil {
		parts = append(parts, own)
	}
	return parts
}

// unreadForm returns where a form that was handed in cannot be read.
func (b *Book) unreadForm(round *campaign.Round, d *campaign.Department, region *campaign.Region) (fault campaign.Position, ok bool) {
	if len(b.campaign.Unreadable) == 0 || b.Report(round, d, region) != nil {
		return campaign.Position{}, false
	}
	return b.campaign.Unread(campaign.ReportFile(round, d, region))
}

// SumOf adds figures up as [campaign.SumOf] does.
func SumOf(parts []*Figure) campaign.Quantity {
	quantities := make([]campaign.Quantity, len(parts))
	for n, p := range parts {
		quantities[n] = p.Quantity
	}
	return campaign.SumOf(quantities...)
}

// Latest is the round that a page means when it names none.
func (b *Book) Latest() *campaign.Round { return b.latest }

// Figure gives a figure of a round: the department's whole, or a region's. Nil
// when it was not reported or is not in the view.
func (b *Book) Figure(round *campaign.Round, row *campaign.Row, region *campaign.Region) *Figure {
	return b.figures[column{round, row}].of(region)
}

// Own gives a department's own part (本级) of a round's figure, or nil.
func (b *Book) Own(round *campaign.Round, row *campaign.Row) *Figure {
	if h := b.figures[column{round, row}]; h != nil {
		return h.own
	}
	return nil
}

// Counties gives the regions' figures of a row, in the regions' order; regions
// that have not reported are left out.
func (b *Book) Counties(round *campaign.Round, row *campaign.Row) []*Figure {
	h := b.figures[column{round, row}]
	if h == nil {
		return nil
	}
	list := make([]*Figure, 0, len(h.regions))
	for _, f := range h.regions {
		if f != nil {
			list = append(list, f)
		}
	}
	return list
}

// Report gives the form that a department, or one of its regions, handed in.
func (b *Book) Report(round *campaign.Round, d *campaign.Department, region *campaign.Region) *campaign.Report {
	return b.view.Report(round, d, region)
}

// Rounds gives the rounds for which a department has handed in its form.
func (b *Book) Rounds(d *campaign.Department) []*campaign.Round {
	return keepRounds(b.campaign.Rounds, func(r *campaign.Round) bool { return b.Report(r, d, nil) != nil })
}

// Tells reports whether the view has anything of a department: figures, or a
// narrative of its own or of a county.
func (b *Book) Tells(d *campaign.Department) bool {
	if len(b.campaign.Form.RowsOf(d)) > 0 && len(b.Rounds(d)) > 0 {
		return true
	}
	return slices.ContainsFunc(b.campaign.Items, func(i *campaign.Item) bool {
		return i.Kind == campaign.Narratives && i.Department == d
	})
}

// CountyDepartments gives the departments whose counties report, in order.
func (b *Book) CountyDepartments() []*campaign.Department {
	var list []*campaign.Department
	for _, d := range b.campaign.Departments {
		if slices.ContainsFunc(b.campaign.Reports, func(r *campaign.Report) bool { return r.Department == d && r.Region != nil }) || b.unreadCounty(d) {
			list = append(list, d)
		}
	}
	return list
}

// unreadCounty reports whether a county has handed in to a department what
// cannot be read.
func (b *Book) unreadCounty(d *campaign.Department) bool {
	for _, round := range b.campaign.Rounds {
		for _, region := range b.campaign.Regions {
			if _, broken := b.unreadForm(round, d, region); broken {
				return true
			}
		}
	}
	return false
}

func keepRounds(rounds []*campaign.Round, wanted func(*campaign.Round) bool) []*campaign.Round {
	var kept []*campaign.Round
	for _, r := range rounds {
		if wanted(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// KeyFigures gives the figures that stand for the whole campaign: what each
// department's form carries in its heading, else its first row; the lead
// department first.
func (b *Book) KeyFigures(round *campaign.Round) []*Figure {
	var lead, others []*Figure
	for _, d := range b.campaign.Departments {
		rows := b.campaign.Form.RowsOf(d)
		var chosen []*campaign.Row
		for _, row := range rows {
			if row.InHeading {
				chosen = append(chosen, row)
			}
		}
		if len(chosen) == 0 && len(rows) > 0 {
			chosen = rows[:1]
		}
		for _, row := range chosen {
			f := b.Figure(round, row, nil)
			switch {
			case f == nil:
			case d == b.campaign.Lead:
				lead = append(lead, f)
			default:
				others = append(others, f)
			}
		}
	}
	return append(lead, others...)
}
