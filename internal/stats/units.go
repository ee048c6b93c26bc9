package stats

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// Unit says how one unit, a department or one of its regions, stands with a round.
type Unit struct {
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region // nil for the department itself
	Now        campaign.Date    // as of which

	Form      Standing
	Report    *campaign.Report  // nil where there is none that can be read
	FormFault campaign.Position // where one that is there cannot be read

	Narrative      Standing       // "" for a region without one: it owes none
	Text           *campaign.Item // nil where there is none that can be read
	NarrativeFault campaign.Position

	// DaysLate is how late the form came, by its arrival; for what is missing, how
	// late it is by now.
	DaysLate int
}

// Owes reports whether something of a unit is missing past the deadline.
func (u Unit) Owes() bool { return u.Form == NotFiled || u.Narrative == NotFiled }

// ArrivedOn is the day that lateness follows; zero where there is no form.
func (u Unit) ArrivedOn() campaign.Date {
	if u.Report == nil {
		return campaign.Date{}
	}
	return cmp.Or(u.Report.ArrivedOn, u.Report.FiledOn)
}

// Units says for a round how every unit stands as of a day: each department, behind
// it the regions that report to it. Like the [Table.Ledger] it is for the office.
func (t *Table) Units(round *campaign.Round, date campaign.Date) (list []Unit) {
	if !t.view.ShowsLedger() {
		return nil
	}
	counties := t.CountyDepartments()
	for _, d := range t.campaign.Departments {
		list = append(list, t.unit(round, d, nil, date))
		if slices.Contains(counties, d) {
			for _, region := range t.campaign.Regions {
				list = append(list, t.unit(round, d, region, date))
			}
		}
	}
	return list
}

func (t *Table) unit(round *campaign.Round, d *campaign.Department, region *campaign.Region, date campaign.Date) Unit {
	missing := NotDue
	if date.After(round.Deadline) {
		missing = NotFiled
	}
	u := Unit{Round: round, Department: d, Region: region, Now: date, Form: missing, Narrative: missing, Report: t.Report(round, d, region), Text: t.campaign.Narrative(round, d, region)}
	unreadForm, broken := t.unreadForm(round, d, region)
	switch {
	case u.Report != nil && u.Report.Late():
		u.Form, u.DaysLate = LateFile, round.Deadline.DaysUntil(u.ArrivedOn())
	case u.Report != nil:
		u.Form = Filed
	case broken:
		u.Form, u.FormFault = Unread, unreadForm
	case len(t.campaign.Form.RowsOf(d)) == 0:
		u.Form = NoForm
	}
	unreadText, broken := t.campaign.Unread(u.NarrativeFile())
	switch {
	case u.Text != nil:
		u.Narrative = Filed
	case broken:
		u.Narrative, u.NarrativeFault = Unread, unreadText
	case region != nil:
		u.Narrative = ""
	}
	if u.Owes() && u.DaysLate == 0 {
		u.DaysLate = round.Deadline.DaysUntil(date)
	}
	return u
}

// NarrativeFile is where the unit's narrative belongs.
func (u Unit) NarrativeFile() string {
	file := campaign.NarrativeFile(u.Round, u.Department)
	if u.Region != nil {
		file = strings.TrimSuffix(file, ".md") + "/" + u.Region.Code + ".md"
	}
	return file
}

// Progress is a round's ledger in sum.
type Progress struct {
	Round         *campaign.Round
	Filed, Due    int // forms of departments
	Told, Tellers int // narratives of departments
	Gaps          []Gap
	Summary       Standing // of the whole campaign's summary
}

// Gap is one sort of what is late, missing or unreadable, with the units.
type Gap struct {
	What  string // 逾期报表, 未报统计表 …
	Units []string
}

// Progress adds a round's ledger up.
func (t *Table) Progress(round *campaign.Round, date campaign.Date) Progress {
	p := Progress{Round: round, Summary: t.Summary(round, date)}
	var late, forms, narratives, counties, brokenForms, brokenNarratives, brokenCounties []string
	for _, l := range t.Ledger(round, date) {
		name := l.Department.Short
		switch p.Due++; l.Form {
		case Filed:
			p.Filed++
		case LateFile:
			p.Filed++
			late = append(late, name+"（"+l.when()+"）")
		case NotFiled, NotDue:
			forms = append(forms, name)
		case Unread:
			brokenForms = append(brokenForms, name)
		default:
			p.Due--
		}
		switch p.Tellers++; l.Narrative {
		case Filed:
			p.Told++
		case Unread:
			brokenNarratives = append(brokenNarratives, name)
		default:
			narratives = append(narratives, name)
		}
		if len(l.MissingRegions) > 0 {
			counties = append(counties, fmt.Sprintf("%s %d/%d，缺%s", name, l.Counties, l.CountiesDue, fullNames(l.MissingRegions)))
		}
		if len(l.UnreadRegions) > 0 {
			brokenCounties = append(brokenCounties, name+" "+fullNames(l.UnreadRegions))
		}
	}
	for _, g := range []Gap{
		{"逾期报表", late}, {"未报统计表", forms}, {"未报总结", narratives}, {t.campaign.Tier.LowerUnits(), counties},
		{"统计表" + string(Unread), brokenForms}, {"总结" + string(Unread), brokenNarratives}, {t.campaign.Tier.LowerUnits() + string(Unread), brokenCounties},
	} {
		if len(g.Units) > 0 {
			p.Gaps = append(p.Gaps, g)
		}
	}
	return p
}

// when says on which day a form came.
func (l LedgerLine) when() string {
	if l.ArrivedOn.IsZero() {
		return l.FiledOn.String()
	}
	return l.ArrivedOn.String() + " 收到"
}

func fullNames(regions []*campaign.Region) string {
	names := make([]string, len(regions))
	for n, r := range regions {
		names[n] = r.Name
	}
	return strings.Join(names, "、")
}
