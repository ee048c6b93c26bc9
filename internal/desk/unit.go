package desk

import (
	"path"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/forms"
	"wangjian/internal/inbox"
	"wangjian/internal/project"
	"wangjian/internal/stats"
)

// unitView is all that there is of one unit in one round.
type unitView struct {
	Name, Round     string
	Deadline        campaign.Date
	Date            campaign.Date
	Form, Narrative filing
	FormPart        unitPart
	NarrativePart   unitPart
	Lower           string         // 县（市、区）
	Counties        []progressLine // of a department
	Originals       []original
	RegisterFault   string
	Findings        []campaign.Finding
	Reminder        *forms.Reminder
	Letter          string // its address
	Sheet           string // address of the figures
	Others          []unitRound
}

// unitPart is a file that a unit has handed in, or should.
type unitPart struct {
	File  string            // "" where nothing is there
	At    campaign.Position // of the fault, where it cannot be read
	Facts [][2]string       // 填报单位, 填报日期, 收到日期
}

// unitRound is the same unit in another round.
type unitRound struct{ Name, Address string }

// original is a file as it came.
type original struct {
	inbox.Entry
	Name    string // its sender's
	Address string
}

// showUnit shows a unit: what it handed in, when, the originals, what is wrong with
// it, and its reminder.
func showUnit(r *request) (answer, error) {
	l, err := r.settled()
	if err != nil {
		return nil, err
	}
	u, err := r.askedUnit(l)
	if err != nil {
		return nil, err
	}
	c := l.Campaign
	pairs := unitPairs(u.Round, u.Department, u.Region)
	v := unitView{
		Name: forms.UnitName(c, u.Department, u.Region), Round: u.Round.Name, Deadline: u.Round.Deadline, Date: l.Date,
		Lower: c.Tier.LowerUnits(), Form: formFiling(u), Narrative: narrativeFiling(u),
		FormPart: formPart(u), NarrativePart: narrativePart(u),
		Sheet: address("data", "round", u.Round.Code, "sheet", sheetOf(u.Region, u.Department)),
	}
	files := []string{campaign.ReportFile(u.Round, u.Department, u.Region), u.NarrativeFile(), v.FormPart.File, v.NarrativePart.File}
	for _, f := range l.Findings {
		if slices.Contains(files, f.At.File) {
			v.Findings = append(v.Findings, f)
		}
	}
	if v.Originals, err = originalsOf(l, files...); err != nil {
		v.RegisterFault = "收件/登记.yaml 读不出：" + err.Error()
	}
	for _, m := range reminders(l, u.Round) {
		if m.Department == u.Department && m.Region == u.Region {
			v.Reminder, v.Letter = &m, address("progress/reminder", pairs...)
		}
	}
	for _, other := range datedRounds(l) {
		if other != u.Round {
			v.Others = append(v.Others, unitRound{other.Name, unitAddress(other, u.Department, u.Region)})
		}
	}
	if u.Region == nil {
		v.Counties = countyLines(l, u)
	}
	return page{"progress-unit", v}, nil
}

// originalsOf lists the originals that some of the campaign's files were made of.
func originalsOf(l *project.Loaded, files ...string) (list []original, err error) {
	entries, err := inbox.Originals(l.Files)
	for _, e := range entries {
		if e.Became != "" && slices.Contains(files, e.Became) {
			list = append(list, originalOf(e))
		}
	}
	return list, err
}

func originalOf(e inbox.Entry) original {
	o := original{Entry: e, Name: e.Sender, Address: address("incoming/original", "file", e.File)}
	if o.Name == "" {
		o.Name = path.Base(e.File)
	}
	return o
}

func countyLines(l *project.Loaded, of unit) (list []progressLine) {
	for _, u := range units(l, of.Round) {
		if u.Department == of.Department && u.Region != nil {
			list = append(list, lineOf(l, forms.UnitName(l.Campaign, u.Department, u.Region), []unit{u}))
		}
	}
	return list
}

func formPart(u unit) (p unitPart) {
	switch {
	case u.Report != nil:
		p.File = u.Report.File
		p.Facts = [][2]string{{"填报单位", u.Report.Unit}, {"填报日期", u.Report.FiledOn.Chinese()}}
		if on := u.Report.ArrivedOn; !on.IsZero() {
			p.Facts = append(p.Facts, [2]string{"收到", on.Chinese()})
		}
	case u.Form == stats.Unread:
		p.File, p.At = u.FormFault.File, u.FormFault
	}
	return p
}

func narrativePart(u unit) (p unitPart) {
	switch {
	case u.Text != nil:
		p.File = u.Text.File
		p.Facts = [][2]string{{"公开方式", u.Text.Disclosure}}
		if !u.told.IsZero() {
			p.Facts = append(p.Facts, [2]string{"收到", u.told.Chinese()})
		}
	case u.Narrative == stats.Unread:
		p.File, p.At = u.NarrativeFault.File, u.NarrativeFault
	}
	return p
}
