// Package stats works out every number that is published: county roll-ups,
// changes between rounds, shares. It is a pure function of a release.View, so
// nothing that is held back can show through a sum. All arithmetic is exact
// decimal.
package stats

import (
	"maps"
	"slices"
	"sync"

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
	// Absent says why there is no figure where one is due; "" for a figure.
	Absent string
}

// Reference is how a text refers to the figure in its own round.
func (f *Figure) Reference(form *campaign.Form) string {
	where := f.Department.Short
	if f.Region != nil {
		where += "@" + f.Region.Short
	}
	return "{{" + where + "/" + form.Key(f.Row) + "}}"
}

// Text is the figure with its unit as published; 无 stands alone.
func (f *Figure) Text() string {
	if f.Quantity.IsNumber() {
		return f.Quantity.String() + f.Row.Unit
	}
	return f.Quantity.String()
}

// Name names the figure as it is published.
func (f *Figure) Name() campaign.FigureName {
	return campaign.NameOf(f.Round, f.Row, f.Region, f.Own)
}

// Table holds every figure of a view.
type Table struct {
	view     *release.View
	campaign *campaign.Campaign
	latest   *campaign.Round
	figures  map[figureKey]*values[Figure]
	digests  *sync.Map // of the figures, by department: [sha256.Size]byte
}

// figureKey is a row in a round.
type figureKey struct {
	round *campaign.Round
	row   *campaign.Row
}

// values are what a department has, and what its regions have, by their places in
// the campaign. Ten thousand regions' figures are looked up in no map.
type values[T any] struct {
	whole, own *T
	regions    []*T
}

func (v *values[T]) of(region *campaign.Region) *T {
	switch {
	case v == nil:
		return nil
	case region == nil:
		return v.whole
	case region.Index < len(v.regions):
		return v.regions[region.Index]
	}
	return nil
}

func (v *values[T]) put(region *campaign.Region, of int, what *T) {
	if region == nil {
		v.whole = what
		return
	}
	if v.regions == nil {
		v.regions = make([]*T, of)
	}
	v.regions[region.Index] = what
}

// Of works out the figures of a view.
func Of(v *release.View) *Table {
	c := v.Campaign()
	t := &Table{view: v, campaign: c, latest: v.LatestRound(), figures: map[figureKey]*values[Figure]{}, digests: new(sync.Map)}
	for _, r := range c.Reports {
		if r.Region != nil {
			t.enter(r, r.Entries, false, release.Coverage{})
		}
	}
	for _, r := range c.Reports {
		if r.Region == nil {
			t.enter(r, r.Own, true, release.Coverage{})
			t.enter(r, r.Entries, false, v.Coverage(r.Round, r.Department))
		}
	}
	return t
}

// Next returns the table of another view, such as that of the next reading of a
// campaign. Where the view has the same forms, corrections and gaps as t's, same
// is true, and the figures are the same ones; else, or where t is nil, they are
// worked out. They are shared: nobody changes them.
func (t *Table) Next(v *release.View) (next *Table, same bool) {
	c := v.Campaign()
	if t == nil || t.view.Audience() != v.Audience() || t.campaign.LedgerPublic != c.LedgerPublic || t.campaign.Openness != c.Openness ||
		!slices.Equal(t.campaign.Departments, c.Departments) || !slices.Equal(t.campaign.Regions, c.Regions) || !slices.Equal(t.campaign.Rounds, c.Rounds) ||
		!slices.Equal(t.campaign.Reports, c.Reports) || !slices.Equal(t.campaign.Corrections, c.Corrections) || !maps.Equal(t.campaign.Unreadable, c.Unreadable) {
		return Of(v), false
	}
	return &Table{view: v, campaign: c, latest: v.LatestRound(), figures: t.figures, digests: t.digests}, true
}

func (t *Table) enter(r *campaign.Report, entries campaign.Entries, own bool, from release.Coverage) {
	for _, row := range t.campaign.Form.RowsOf(r.Department) {
		e, ok := entries.Of(row)
		if !ok {
			continue
		}
		f := &Figure{
			Round: r.Round, Department: r.Department, Region: r.Region, Own: own, Row: row,
			Quantity: e.Quantity, Remark: e.Remark, LastYear: e.LastYear, Report: r, At: e.At,
			Corrections: t.campaign.CorrectionsOf(r.Round, row, r.Region, own), Coverage: from,
		}
		if r.Region == nil && !own {
			f.Parts = t.parts(r.Round, row)
			if e.Quantity.Kind == campaign.Sum {
				f.Computed = true
				f.Quantity = t.view.Sum(r.Round, row, nil)
				if from.Broken > 0 {
					f.Quantity = campaign.Quantity{} // a sum without them would be none
				}
			}
		}
		at := figureKey{r.Round, row}
		if t.figures[at] == nil {
			t.figures[at] = new(values[Figure])
		}
		if own {
			t.figures[at].own = f
		} else {
			t.figures[at].put(r.Region, len(t.campaign.Regions), f)
		}
	}
}

// parts returns what a whole is made of.
func (t *Table) parts(round *campaign.Round, row *campaign.Row) []*Figure {
	parts := t.Counties(round, row)
	if own := t.Own(round, row); own != nil {
		parts = append(parts, own)
	}
	return parts
}

// unreadForm returns where a form that was handed in cannot be read.
func (t *Table) unreadForm(round *campaign.Round, d *campaign.Department, region *campaign.Region) (fault campaign.Position, ok bool) {
	if len(t.campaign.Unreadable) == 0 || t.Report(round, d, region) != nil {
		return campaign.Position{}, false
	}
	return t.campaign.Unread(campaign.ReportFile(round, d, region))
}

// SumOf adds figures up as [campaign.SumOf] does.
func SumOf(parts []*Figure) campaign.Quantity {
	quantities := make([]campaign.Quantity, len(parts))
	for n, p := range parts {
		quantities[n] = p.Quantity
	}
	return campaign.SumOf(quantities...)
}

// Latest is the round that a page means when it names none: see
// [release.View.LatestRound], also for a campaign without figures.
func (t *Table) Latest() *campaign.Round { return t.latest }

// Figure returns a figure of a round: the department's whole, or a region's. Nil
// when it was not reported or is not in the view.
func (t *Table) Figure(round *campaign.Round, row *campaign.Row, region *campaign.Region) *Figure {
	return t.figures[figureKey{round, row}].of(region)
}

// Own returns a department's own part (本级) of a round's figure, or nil.
func (t *Table) Own(round *campaign.Round, row *campaign.Row) *Figure {
	if v := t.figures[figureKey{round, row}]; v != nil {
		return v.own
	}
	return nil
}

// Counties returns the regions' figures of a row, in the regions' order; regions
// that have not reported are left out.
func (t *Table) Counties(round *campaign.Round, row *campaign.Row) []*Figure {
	v := t.figures[figureKey{round, row}]
	if v == nil {
		return nil
	}
	list := make([]*Figure, 0, len(v.regions))
	for _, f := range v.regions {
		if f != nil {
			list = append(list, f)
		}
	}
	return list
}

// Figures lists every figure as it is published: by round, row of the form, and
// then the whole, 本级 and the regions.
func (t *Table) Figures() (list []*Figure) {
	for _, round := range t.campaign.Rounds {
		for _, row := range t.campaign.Form.Rows {
			for _, f := range []*Figure{t.Figure(round, row, nil), t.Own(round, row)} {
				if f != nil {
					list = append(list, f)
				}
			}
			list = append(list, t.Counties(round, row)...)
		}
	}
	return list
}

// Due is Figures with what is due and was not reported, where the audience may
// know: those have no Report.
func (t *Table) Due() (list []*Figure) {
	if !t.view.ShowsLedger() {
		return t.Figures()
	}
	for _, round := range t.view.Reported() {
		for _, row := range t.campaign.Form.Rows {
			list = t.orAbsent(list, round, row, nil)
			if own := t.Own(round, row); own != nil {
				list = append(list, own)
			}
			if !t.view.ShowsRegions() || t.Coverage(round, row.Department).Due == 0 {
				continue
			}
			for _, region := range t.campaign.Regions {
				list = t.orAbsent(list, round, row, region)
			}
		}
	}
	return list
}

// orAbsent adds a figure, or that there is none once its round is over.
func (t *Table) orAbsent(list []*Figure, round *campaign.Round, row *campaign.Row, region *campaign.Region) []*Figure {
	f := t.Figure(round, row, region)
	switch {
	case f != nil:
		return append(list, f)
	case !t.view.Date().After(round.Deadline):
		return list
	}
	absent := t.absence(round, row.Department, region)
	return append(list, &Figure{Round: round, Department: row.Department, Region: region, Row: row, Absent: absent})
}

// Report returns the form that a department, or one of its regions, handed in.
func (t *Table) Report(round *campaign.Round, d *campaign.Department, region *campaign.Region) *campaign.Report {
	return t.view.Report(round, d, region)
}

// Rounds returns the rounds for which a department has handed in its form.
func (t *Table) Rounds(d *campaign.Department) []*campaign.Round {
	return slices.DeleteFunc(slices.Clone(t.campaign.Rounds), func(r *campaign.Round) bool { return t.Report(r, d, nil) == nil })
}

// Tells reports whether the view has anything of a department: figures, or a
// narrative of its own or of a county.
func (t *Table) Tells(d *campaign.Department) bool {
	if len(t.campaign.Form.RowsOf(d)) > 0 && len(t.Rounds(d)) > 0 {
		return true
	}
	return slices.ContainsFunc(t.campaign.Items, func(i *campaign.Item) bool {
		return i.Kind == campaign.Narratives && i.Department == d
	})
}

// CountyDepartments returns the departments whose counties report, in order.
func (t *Table) CountyDepartments() []*campaign.Department {
	return slices.DeleteFunc(slices.Clone(t.campaign.Departments), func(d *campaign.Department) bool {
		return !slices.ContainsFunc(t.campaign.Reports, func(r *campaign.Report) bool { return r.Department == d && r.Region != nil }) && !t.unreadCounty(d)
	})
}

// unreadCounty reports whether a county has handed in to a department what
// cannot be read.
func (t *Table) unreadCounty(d *campaign.Department) bool {
	for _, round := range t.campaign.Rounds {
		for _, region := range t.campaign.Regions {
			if _, broken := t.unreadForm(round, d, region); broken {
				return true
			}
		}
	}
	return false
}

// KeyFigures returns the figures that stand for the whole campaign: what each
// department's form carries in its heading, else its first row; the lead
// department first.
func (t *Table) KeyFigures(round *campaign.Round) []*Figure {
	var lead, others []*Figure
	for _, d := range t.campaign.Departments {
		for _, row := range t.campaign.Form.MainRows(d) {
			f := t.Figure(round, row, nil)
			switch {
			case f == nil:
			case d == t.campaign.Lead:
				lead = append(lead, f)
			default:
				others = append(others, f)
			}
		}
	}
	return append(lead, others...)
}
