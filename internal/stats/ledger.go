package stats

import (
	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// Standing says how a unit stands with one round's form or narrative.
type Standing string

// The standings of the ledger. Blank, zero and 无 are figures, not standings:
// a unit without rows owes no form.
const (
	Filed    Standing = "已报"
	LateFile Standing = "逾期"
	NotFiled Standing = "未报"
	Unread   Standing = "报了但读不出" // it is there, and a fault has to be mended first
	NotDue   Standing = "未到期"
	NoForm   Standing = "无统计项目"
)

// LedgerLine is one department's line of a round's ledger.
type LedgerLine struct {
	Department     *campaign.Department
	Form           Standing
	FiledOn        campaign.Date
	ArrivedOn      campaign.Date // the office alone knows it
	Narrative      Standing
	Counties       int // regions that have reported
	CountiesDue    int // regions that should; 0 where none reports
	MissingRegions []*campaign.Region
	LateRegions    []*campaign.Region
	UnreadRegions  []*campaign.Region // neither among the reported nor the missing
}

// absence says to those who may know why a unit has no figures in a round that
// is over: it has not reported, or what it reported cannot be read.
func (t *Table) absence(round *campaign.Round, d *campaign.Department, region *campaign.Region) string {
	if _, broken := t.unreadForm(round, d, region); broken && t.view.ShowsLedger() {
		return string(Unread)
	}
	return t.Absent()
}

// Summary says how the lead office stands with its own summary of a round. It owes
// one of the last round, once that is over; "" for one that is neither there nor
// owed.
func (t *Table) Summary(round *campaign.Round, date campaign.Date) Standing {
	_, broken := t.campaign.Unread(campaign.SummaryFile(round))
	switch {
	case broken:
		return Unread
	case t.campaign.SummaryOf(round) != nil:
		return Filed
	case round.Index == len(t.campaign.Rounds)-1 && date.After(round.Deadline):
		return NotFiled
	}
	return ""
}

// Ledger says for a round who has reported, when, and who is late, as of
// date. It is for the office unless campaign.yaml says 台账公开: others learn
// nothing from it.
func (t *Table) Ledger(round *campaign.Round, date campaign.Date) []LedgerLine {
	if !t.view.ShowsLedger() {
		return nil
	}
	missing := NotDue
	if date.After(round.Deadline) {
		missing = NotFiled
	}
	var lines []LedgerLine
	for _, d := range t.campaign.Departments {
		l := LedgerLine{Department: d, Form: missing, Narrative: missing}
		_, unreadForm := t.unreadForm(round, d, nil)
		switch r := t.Report(round, d, nil); {
		case r != nil && r.Late():
			l.Form, l.FiledOn = LateFile, r.FiledOn
		case r != nil:
			l.Form, l.FiledOn = Filed, r.FiledOn
		case unreadForm:
			l.Form = Unread
		case len(t.campaign.Form.RowsOf(d)) == 0:
			l.Form = NoForm
		}
		if n := t.campaign.Narrative(round, d, nil); n != nil {
			l.Narrative = Filed
		} else if _, broken := t.campaign.Unread(campaign.NarrativeFile(round, d)); broken {
			l.Narrative = Unread
		}
		if r := t.Report(round, d, nil); r != nil && t.view.Audience() == release.ForOffice {
			l.ArrivedOn = r.ArrivedOn
		}
		regions := t.view.Coverage(round, d)
		l.Counties, l.CountiesDue = regions.Filed, regions.Due
		l.MissingRegions, l.LateRegions, l.UnreadRegions = regions.Missing, regions.Late, regions.Unread
		lines = append(lines, l)
	}
	return lines
}
