package release

import "wangjian/internal/campaign"

// forms are the forms of a view's rounds by where they were handed in. A view
// that withholds the regions' forms has them here nevertheless, to add them up:
// what leaves this file is sums and counts, and names for those who may know.
type forms struct {
	regions []*campaign.Region // those that are asked to report
	at      map[place]*filed
}

type place struct {
	round      *campaign.Round
	department *campaign.Department
}

type filed struct {
	shown   *campaign.Report // the department's, as the audience sees it
	own     campaign.Entries
	regions []*campaign.Report // by Region.Index, nil where none has reported
}

func newForms(c *campaign.Campaign) *forms {
	f := &forms{regions: c.Regions, at: map[place]*filed{}}
	for _, r := range c.Reports {
		at := place{r.Round, r.Department}
		if f.at[at] == nil {
			f.at[at] = &filed{}
		}
		if r.Region == nil {
			f.at[at].shown, f.at[at].own = r, r.Own
			continue
		}
		if f.at[at].regions == nil {
			f.at[at].regions = make([]*campaign.Report, len(c.Regions))
		}
		f.at[at].regions[r.Region.Index] = r
	}
	return f
}

// Unwritten is what stands where a unit has written nothing of what it owes; "" for those
// who may not know, who are shown no place for it either.
func (v *View) Unwritten() string {
	if v.ShowsLedger() {
		return "未报送"
	}
	return ""
}

// ShowsLedger reports whether the audience may know who has not reported, and
// who was late.
func (v *View) ShowsLedger() bool { return v.audience == ForOffice || v.campaign.LedgerPublic }

// ShowsRegions reports whether the audience sees anything of a single region.
func (v *View) ShowsRegions() bool {
	return v.audience == ForOffice || v.campaign.Openness != campaign.TotalsOnly
}

// Report returns the form that a department, or one of its regions, handed in
// for a round; nil where there is none or the audience does not see it.
func (v *View) Report(round *campaign.Round, d *campaign.Department, region *campaign.Region) *campaign.Report {
	switch f := v.forms.at[place{round, d}]; {
	case f == nil:
		return nil
	case region == nil:
		return f.shown
	case region.Index < len(f.regions) && v.ShowsRegions():
		return f.regions[region.Index]
	}
	return nil
}

// Coverage is which regions' forms a department's whole of a round is put
// together from, beside its own part.
type Coverage struct {
	Due, Filed int // both 0 where no region reports
	Broken     int // forms that are there and cannot be read
	// Missing, Late and Unread are empty for an audience that may not know them.
	Missing, Late, Unread []*campaign.Region
	Tier                  campaign.Tier // by which regions are named
}

// Lacking counts the regions that are not in the whole.
func (c Coverage) Lacking() int { return c.Due - c.Filed }

// Coverage returns who has reported to a department in a round.
func (v *View) Coverage(round *campaign.Round, d *campaign.Department) Coverage {
	f := v.forms.at[place{round, d}]
	if (f == nil || f.regions == nil) && len(v.campaign.Unreadable) == 0 {
		return Coverage{}
	}
	c := Coverage{Due: len(v.forms.regions), Tier: v.campaign.Tier}
	for n, region := range v.forms.regions {
		if f.has(n) {
			c.Filed++
			if f.regions[n].Late() {
				c.Late = append(c.Late, region)
			}
			continue
		}
		if _, broken := v.campaign.Unread(campaign.ReportFile(round, d, region)); broken {
			c.Broken++
			c.Unread = append(c.Unread, region)
			continue
		}
		c.Missing = append(c.Missing, region)
	}
	if c.Filed+c.Broken == 0 {
		return Coverage{}
	}
	if !v.ShowsLedger() {
		c.Missing, c.Late, c.Unread = nil, nil, nil
	}
	return c
}

// Common counts the regions that have reported to a department in both rounds;
// same reports whether they are all that have reported in either.
func (v *View) Common(a, b *campaign.Round, d *campaign.Department) (both int, same bool) {
	one, other := v.forms.at[place{a, d}], v.forms.at[place{b, d}]
	same = true
	for n := range v.forms.regions {
		inOne, inOther := one.has(n), other.has(n)
		if inOne && inOther {
			both++
		}
		same = same && inOne == inOther
	}
	return both, same
}

func (f *filed) has(region int) bool {
	return f != nil && f.regions != nil && f.regions[region] != nil
}

// Sum adds up what the regions reported in a row, and the department's own
// part. Where a round is given as with, only regions that have reported in that
// one too are added. 无 adds nothing, a sum of nothing but 无 is 无, and a sum of
// nothing at all is zero.
func (v *View) Sum(round *campaign.Round, row *campaign.Row, with *campaign.Round) campaign.Quantity {
	f := v.forms.at[place{round, row.Department}]
	if f == nil {
		return campaign.SumOf()
	}
	var parts []campaign.Quantity
	for n, r := range f.regions {
		if r == nil || with != nil && !v.forms.at[place{with, row.Department}].has(n) {
			continue
		}
		if e, ok := r.Entries.Of(row); ok {
			parts = append(parts, e.Quantity)
		}
	}
	if e, ok := f.own.Of(row); ok {
		parts = append(parts, e.Quantity)
	}
	return campaign.SumOf(parts...)
}

// withholdRegions takes out of a public campaign all that is told of single
// regions. A department's own part goes too: with it a sum of few regions tells
// theirs.
func (v *View) withholdRegions(public *campaign.Campaign) {
	var reports []*campaign.Report
	for _, r := range public.Reports {
		if r.Region != nil {
			continue
		}
		if r.Own != nil {
			whole := *r
			whole.Own = nil
			r = &whole
			v.forms.at[place{r.Round, r.Department}].shown = r
		}
		reports = append(reports, r)
	}
	var corrections []*campaign.Correction
	for _, x := range public.Corrections {
		if x.Region == nil && !x.Own {
			corrections = append(corrections, x)
		}
	}
	public.Reports, public.Corrections, public.Regions = reports, corrections, nil
}
