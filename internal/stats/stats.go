// Package stats works out every number that is published: county roll-ups,
// changes between rounds, shares. It is a pure function of a release.View, so
// nothing that is held back can show through a sum. All arithmetic is exact
// decimal.
package stats

import (
	"slices"

	"github.com/shopspring/decimal"

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
	Parts      []*Figure         // counties and 本级 of a whole that has counties
	Missing    []*campaign.Region
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

type key struct {
	round  *campaign.Round
	row    *campaign.Row
	region *campaign.Region
	own    bool
}

// Book holds every figure of a view.
type Book struct {
	campaign *campaign.Campaign
	latest   *campaign.Round
	reports  map[reportKey]*campaign.Report
	figures  map[key]*Figure
}

type reportKey struct {
	round      *campaign.Round
	department *campaign.Department
	region     *campaign.Region
}

// Of works out the figures of a view.
func Of(v *release.View) *Book {
	c := v.Campaign()
	b := &Book{campaign: c, latest: v.LatestRound(), reports: map[reportKey]*campaign.Report{}, figures: map[key]*Figure{}}
	for _, r := range c.Reports {
		b.reports[reportKey{r.Round, r.Department, r.Region}] = r
	}
	for _, r := range c.Reports {
		if r.Region != nil {
			b.enter(r, r.Entries, false)
		}
	}
	for _, r := range c.Reports {
		if r.Region == nil {
			b.enter(r, r.Own, true)
			b.enter(r, r.Entries, false)
		}
	}
	return b
}

func (b *Book) enter(r *campaign.Report, entries campaign.Entries, own bool) {
	for _, row := range b.campaign.Form.RowsOf(r.Department) {
		e, ok := entries.Of(row)
		if !ok {
			continue
		}
		f := &Figure{
			Round: r.Round, Department: r.Department, Region: r.Region, Own: own, Row: row,
			Quantity: e.Quantity, Remark: e.Remark, LastYear: e.LastYear, Report: r, At: e.At,
			Corrections: b.campaign.CorrectionsOf(r.Round, row, r.Region, own),
		}
		if r.Region == nil && !own {
			f.Parts, f.Missing = b.parts(r, row)
			if e.Quantity.Kind == campaign.Sum {
				f.Computed = true
				f.Quantity = SumOf(f.Parts)
			}
		}
		b.figures[key{r.Round, row, r.Region, own}] = f
	}
}

// parts gives what a whole is made of, and which regions are missing from it;
// nothing where no county reports to the department in the round.
func (b *Book) parts(r *campaign.Report, row *campaign.Row) (parts []*Figure, missing []*campaign.Region) {
	for _, region := range b.campaign.Regions {
		if b.reports[reportKey{r.Round, r.Department, region}] == nil {
			missing = append(missing, region)
		} else if f := b.figures[key{r.Round, row, region, false}]; f != nil {
			parts = append(parts, f)
		}
	}
	if len(parts) == 0 {
		missing = nil
	}
	if own := b.figures[key{r.Round, row, nil, true}]; own != nil {
		parts = append(parts, own)
	}
	return parts, missing
}

// SumOf adds figures up. 无 adds nothing, a sum of nothing but 无 is 无, and a
// sum of nothing at all is zero.
func SumOf(parts []*Figure) campaign.Quantity {
	if len(parts) == 0 {
		return campaign.Number(decimal.Zero)
	}
	var sum campaign.Quantity
	for _, p := range parts {
		sum = sum.Add(p.Quantity)
	}
	if sum.Kind == campaign.Sum || sum.Kind == campaign.Blank {
		return campaign.Number(decimal.Zero)
	}
	return sum
}

// Latest is the round that a page means when it names none.
func (b *Book) Latest() *campaign.Round { return b.latest }

// Figure gives a figure of a round: the department's whole, or a region's. Nil
// when it was not reported or is not in the view.
func (b *Book) Figure(round *campaign.Round, row *campaign.Row, region *campaign.Region) *Figure {
	return b.figures[key{round, row, region, false}]
}

// Own gives a department's own part (本级) of a round's figure, or nil.
func (b *Book) Own(round *campaign.Round, row *campaign.Row) *Figure {
	return b.figures[key{round, row, nil, true}]
}

// Counties gives the regions' figures of a row, in the regions' order; regions
// that have not reported are left out.
func (b *Book) Counties(round *campaign.Round, row *campaign.Row) []*Figure {
	var list []*Figure
	for _, region := range b.campaign.Regions {
		if f := b.Figure(round, row, region); f != nil {
			list = append(list, f)
		}
	}
	return list
}

// Report gives the form that a department, or one of its regions, handed in.
func (b *Book) Report(round *campaign.Round, d *campaign.Department, region *campaign.Region) *campaign.Report {
	return b.reports[reportKey{round, d, region}]
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
		if slices.ContainsFunc(b.campaign.Reports, func(r *campaign.Report) bool { return r.Department == d && r.Region != nil }) {
			list = append(list, d)
		}
	}
	return list
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
