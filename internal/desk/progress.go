package desk

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/forms"
	"wangjian/internal/inbox"
	"wangjian/internal/project"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// progressScreen shows who has handed in what: rounds × units, and what falls due.
func progressScreen() *screen {
	return &screen{
		name: "progress", title: "进度", words: "谁报了、谁逾期、谁没有报，催报，近期要办的事。",
		data: progressData,
		parts: map[string]act{
			"unit": showUnit, "csv": progressCSV, "print": progressPrint,
			"reminder": sendReminder, "reminders": sendReminders, "due": duePage, "calendar": sendCalendar,
		},
		waits: func(r *request) waiting {
			if r.loaded.Campaign.SettingsUnread() {
				return waiting{}
			}
			owing := 0
			for _, round := range datedRounds(r.loaded) {
				for _, u := range r.loaded.Book.Units(round, r.loaded.Date) {
					if u.Owes() || u.Form == stats.Unread || u.Narrative == stats.Unread {
						owing++
					}
				}
			}
			if owing == 0 {
				return waiting{}
			}
			return waiting{Count: owing, Words: fmt.Sprintf("过了截止日，%d 个单位没有报齐，或报了读不出", owing), Act: "看是谁，催报"}
		},
	}
}

// settled returns the campaign as it was read last. Its error says that nothing can
// be told before the settings are mended.
func (r *request) settled() (*project.Loaded, error) {
	if r.loaded == nil {
		_, err := r.work.last()
		return nil, err
	}
	if r.loaded.Campaign.SettingsUnread() {
		return nil, settingsFault(r.loaded.Findings)
	}
	return r.loaded, nil
}

// settingsFault are the errors in the campaign's own files.
type settingsFault []campaign.Finding

func (settingsFault) Error() string {
	return "data/campaign.yaml 或 data/form.yaml 读不出，还说不出谁报了、谁没有报。先改好下面的地方"
}

func (f settingsFault) Findings() []campaign.Finding { return f }

// datedRounds are the rounds that a unit can be late with.
func datedRounds(l *project.Loaded) []*campaign.Round {
	return slices.DeleteFunc(slices.Clone(l.Campaign.Rounds), func(r *campaign.Round) bool { return r.Deadline.IsZero() })
}

// filing is how one thing stands, as a cell shows it.
type filing struct {
	Word  string
	Class string // of its style; the word says it as well
	Note  string // 11月27日收到，逾期 2 天
}

// filingClasses key the styles.
var filingClasses = map[stats.Standing]string{
	stats.Filed: "filed", stats.LateFile: "late", stats.NotFiled: "missing", stats.Unread: "unread", stats.NotDue: "waiting", stats.NoForm: "none",
}

func formFiling(u unit) filing {
	s := filing{Word: string(u.Form), Class: filingClasses[u.Form]}
	switch u.Form {
	case stats.LateFile:
		s.Note = fmt.Sprintf("%s到，逾期 %d 天", brief(u.ArrivedOn()), u.DaysLate)
	case stats.Filed:
		s.Note = brief(u.ArrivedOn())
	case stats.NotFiled:
		s.Note = fmt.Sprintf("已过 %d 天", u.DaysLate)
	}
	return s
}

// unit is a unit in a round, with the day that the register has for its narrative.
type unit struct {
	stats.Unit
	told campaign.Date
}

// units says how every unit stands. A narrative does not say when it came: the register
// of what was received does.
func units(l *project.Loaded, round *campaign.Round) (list []unit) {
	arrived := map[string]campaign.Date{}
	entries, _ := inbox.Originals(l.Files) // a fault in it is one of the campaign's findings
	for _, e := range entries {
		if on, err := campaign.ParseDate(e.On); err == nil && (arrived[e.Became].IsZero() || on.Before(arrived[e.Became])) {
			arrived[e.Became] = on
		}
	}
	for _, u := range l.Book.Units(round, l.Date) {
		one := unit{u, arrived[u.NarrativeFile()]}
		if u.Narrative == stats.Filed && !round.Deadline.IsZero() && one.told.After(round.Deadline) {
			one.Narrative = stats.LateFile
		}
		list = append(list, one)
	}
	return list
}

// reminders are those of a round, but for the department that sends them.
func reminders(l *project.Loaded, round *campaign.Round) []forms.Reminder {
	return slices.DeleteFunc(forms.Remind(l.Campaign, l.Book, round, l.Date), func(m forms.Reminder) bool {
		return m.Department == l.Campaign.Lead && m.Region == nil
	})
}

func narrativeFiling(u unit) filing {
	if u.Narrative == "" {
		return filing{Word: "不用报", Class: "none"}
	}
	s := filing{Word: string(u.Narrative), Class: filingClasses[u.Narrative]}
	switch u.Narrative {
	case stats.LateFile:
		s.Note = fmt.Sprintf("%s到，逾期 %d 天", brief(u.told), u.Round.Deadline.DaysUntil(u.told))
	case stats.Filed:
		s.Note = brief(u.told)
	case stats.NotFiled:
		s.Note = fmt.Sprintf("已过 %d 天", u.Round.Deadline.DaysUntil(u.Now))
	}
	return s
}

// brief is a day of the campaign's year as people say it.
func brief(d campaign.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d月%d日", d.Month, d.Day)
}

// progressView is what the page and its print show.
type progressView struct {
	Date    campaign.Date
	Lower   string // 县（市、区）
	Rounds  []progressRound
	Filter  progressFilter
	Lines   []progressLine
	Shown   []*campaign.Round // the columns
	Hidden  int               // lines that the filter leaves out
	Letters []letterLink
}

// To is the address of a screen or part of one with the same filter.
func (v progressView) To(part string) string {
	f, counties := v.Filter, ""
	if f.Counties {
		counties = "1"
	}
	return address(part, "round", f.Round, "state", f.State, "q", f.Text, "counties", counties)
}

// progressRound is a round in sum.
type progressRound struct {
	stats.Progress
	Days    int // until the deadline; negative past it
	Past    int // days past it
	Broken  []forms.Unread
	Owes    int    // reminders
	Summary string // of the campaign's own summary, where it is owed
	File    string // where it is written
}

// progressFilter is which lines and columns are shown.
type progressFilter struct {
	Round, State, Text string
	Counties           bool
	Choices            []string // the states that can be asked for
	Names              []*campaign.Round
}

// progressLine is a unit's line.
type progressLine struct {
	Name     string
	County   bool
	Cells    []progressCell
	Counties string // 18/20, of a department
}

type progressCell struct {
	Form, Narrative filing
	Address         string
	Counties        string // 18/20
}

// letterLink is a reminder to be had.
type letterLink struct {
	forms.Reminder
	Address string
}

var filterStates = []stats.Standing{stats.LateFile, stats.NotFiled, stats.Unread, stats.NotDue, stats.Filed}

func (r *request) progressFilter(l *project.Loaded) progressFilter {
	f := progressFilter{Round: r.value("round"), State: r.value("state"), Text: r.value("q"), Counties: r.value("counties") != "", Names: datedRounds(l)}
	for _, s := range filterStates {
		f.Choices = append(f.Choices, string(s))
	}
	return f
}

// admits reports whether a unit's line is to be shown.
func (f progressFilter) admits(name string, units []unit) bool {
	if f.Text != "" && !strings.Contains(name, f.Text) {
		return false
	}
	return f.State == "" || slices.ContainsFunc(units, func(u unit) bool { return string(u.Form) == f.State || string(u.Narrative) == f.State })
}

func progressData(r *request) (any, error) {
	l, err := r.settled()
	if err != nil {
		return nil, err
	}
	return newProgress(l, r.progressFilter(l)), nil
}

// newProgress works out the page.
func newProgress(l *project.Loaded, f progressFilter) progressView {
	v := progressView{Date: l.Date, Lower: l.Campaign.Tier.LowerUnits(), Filter: f}
	byRound := map[*campaign.Round][]unit{}
	for _, round := range f.Names {
		units := units(l, round)
		byRound[round] = units
		v.Rounds = append(v.Rounds, roundInSum(l, round))
		if f.Round == "" || f.Round == round.Code {
			v.Shown = append(v.Shown, round)
			for _, m := range reminders(l, round) {
				v.Letters = append(v.Letters, letterLink{m, unitAddress(round, m.Department, m.Region) + "#reminder"})
			}
		}
	}
	if len(v.Shown) == 0 {
		return v
	}
	for n, first := range byRound[v.Shown[0]] {
		var units []unit
		for _, round := range v.Shown {
			units = append(units, byRound[round][n])
		}
		name := forms.UnitName(l.Campaign, first.Department, first.Region)
		asked := f.State != "" || f.Text != ""
		if first.Region != nil && !f.Counties && !asked || !f.admits(name+first.Department.Short, units) {
			v.Hidden++
			continue
		}
		v.Lines = append(v.Lines, lineOf(l, name, units))
	}
	return v
}

func roundInSum(l *project.Loaded, round *campaign.Round) progressRound {
	p := progressRound{Progress: l.Book.Progress(round, l.Date), Days: l.Date.DaysUntil(round.Deadline)}
	p.Past = -p.Days
	p.Owes = len(reminders(l, round))
	for _, u := range forms.UnreadOf(l.Campaign) {
		if u.Round == round {
			p.Broken = append(p.Broken, u)
		}
	}
	if s := p.Progress.Summary; s == stats.NotFiled || s == stats.Unread {
		p.Summary, p.File = string(s), campaign.SummaryFile(round)
	}
	return p
}

func lineOf(l *project.Loaded, name string, units []unit) progressLine {
	line := progressLine{Name: name, County: units[0].Region != nil}
	for _, u := range units {
		cell := progressCell{Form: formFiling(u), Narrative: narrativeFiling(u), Address: unitAddress(u.Round, u.Department, u.Region)}
		if c := l.Book.Coverage(u.Round, u.Department); u.Region == nil && c.Due > 0 {
			cell.Counties = fmt.Sprintf("%d/%d", c.Filed, c.Due)
		}
		line.Cells = append(line.Cells, cell)
	}
	return line
}

func progressPrint(r *request) (answer, error) {
	l, err := r.settled()
	if err != nil {
		return nil, err
	}
	f := r.progressFilter(l)
	f.Counties = true
	return page{"progress-print", newProgress(l, f)}, nil
}

// progressCSV is the whole as a table for Excel: a line for each unit and round.
func progressCSV(r *request) (answer, error) {
	l, err := r.settled()
	if err != nil {
		return nil, err
	}
	f := r.progressFilter(l)
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.Write([]string{"期次", "截止", "部门", "地区", "单位", "统计表", "填报日期", "收到日期", "逾期天数", "总结", "文件"})
	for _, round := range f.Names {
		if f.Round != "" && f.Round != round.Code {
			continue
		}
		for _, u := range units(l, round) {
			name, region, filed, arrived, late, file := forms.UnitName(l.Campaign, u.Department, u.Region), "", "", "", "", ""
			if !f.admits(name+u.Department.Short, []unit{u}) {
				continue
			}
			if u.Region != nil {
				region = u.Region.Short
			}
			if u.Report != nil {
				filed, arrived, file = u.Report.FiledOn.String(), u.Report.ArrivedOn.String(), u.Report.File
			}
			if u.DaysLate > 0 {
				late = strconv.Itoa(u.DaysLate)
			}
			w.Write([]string{round.Name, round.Deadline.String(), u.Department.Short, region, name, string(u.Form), filed, arrived, late, narrativeFiling(u).Word, file})
		}
	}
	w.Flush()
	return download{"进度_" + l.Date.String() + ".csv", "text/csv; charset=utf-8", b.Bytes()}, w.Error()
}

// asked finds the unit that an address names.
func (r *request) askedUnit(l *project.Loaded) (unit, error) {
	c := l.Campaign
	round, d := c.FindRound(r.value("round")), c.FindDepartment(r.value("unit"))
	var region *campaign.Region
	if name := r.value("region"); name != "" {
		if region = c.FindRegion(name); region == nil {
			return unit{}, errNotThere
		}
	}
	if round == nil || d == nil {
		return unit{}, errNotThere
	}
	for _, u := range units(l, round) {
		if u.Department == d && u.Region == region {
			return u, nil
		}
	}
	return unit{}, errNotThere
}

func unitAddress(round *campaign.Round, d *campaign.Department, region *campaign.Region) string {
	return address("progress/unit", unitPairs(round, d, region)...)
}

func unitPairs(round *campaign.Round, d *campaign.Department, region *campaign.Region) []string {
	pairs := []string{"round", round.Code, "unit", d.Code}
	if region != nil {
		pairs = append(pairs, "region", region.Code)
	}
	return pairs
}

// sendReminder is a unit's reminder as a Word file.
func sendReminder(r *request) (answer, error) {
	l, err := r.settled()
	if err != nil {
		return nil, err
	}
	u, err := r.askedUnit(l)
	if err != nil {
		return nil, err
	}
	for _, m := range reminders(l, u.Round) {
		if m.Department == u.Department && m.Region == u.Region {
			files, err := forms.Letters([]forms.Reminder{m})
			if err != nil {
				return nil, err
			}
			return download{files[0].Name, wordType, files[0].Data}, nil
		}
	}
	return nil, errors.New("这个单位没有逾期没报的，不用催")
}

const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// sendReminders are all reminders of a round, or of all, in one zip.
func sendReminders(r *request) (answer, error) {
	l, err := r.settled()
	if err != nil {
		return nil, err
	}
	var list []forms.Reminder
	of := ""
	for _, round := range datedRounds(l) {
		if asked := r.value("round"); asked == "" || asked == round.Code {
			list = append(list, reminders(l, round)...)
			of = round.Name
		}
	}
	if len(list) == 0 {
		return nil, errors.New("到 " + l.Date.String() + " 没有逾期未报的单位，不用催")
	}
	files, err := forms.Letters(list)
	if err != nil {
		return nil, err
	}
	var zip bytes.Buffer
	if err := forms.Pack(&zip, files); err != nil {
		return nil, err
	}
	if r.value("round") == "" {
		of = ""
	}
	return download{of + "催报通知_" + l.Date.String() + ".zip", "application/zip", zip.Bytes()}, nil
}

// dueView is what falls due.
type dueView struct {
	Date   campaign.Date
	Days   int
	Events []dueEvent
	Broken []campaign.Position // files whose days nobody knows
}

type dueEvent struct {
	release.Event
	In string // 今天, 3 天后
}

func (r *request) due() (*project.Loaded, dueView, error) {
	l, err := r.settled()
	if err != nil {
		return nil, dueView{}, err
	}
	v := dueView{Date: l.Date, Days: 30}
	if text := r.value("days"); text != "" {
		if v.Days, err = strconv.Atoi(text); err != nil || v.Days < 0 || v.Days > 3660 {
			return nil, v, errors.New("天数写 0 到 3660 的整数")
		}
	}
	for _, e := range release.Calendar(l.Campaign, l.Date, v.Days) {
		in := fmt.Sprintf("%d 天后", l.Date.DaysUntil(e.On))
		if e.On == l.Date {
			in = "今天"
		}
		v.Events = append(v.Events, dueEvent{e, in})
	}
	for _, at := range l.Campaign.Unreadable {
		v.Broken = append(v.Broken, at)
	}
	slices.SortFunc(v.Broken, func(a, b campaign.Position) int { return strings.Compare(a.String(), b.String()) })
	return l, v, nil
}

func duePage(r *request) (answer, error) {
	_, v, err := r.due()
	return page{"progress-due", v}, err
}

func sendCalendar(r *request) (answer, error) {
	l, v, err := r.due()
	if err != nil {
		return nil, err
	}
	var events []release.Event
	for _, e := range v.Events {
		events = append(events, e.Event)
	}
	return download{l.Campaign.Short + "_日程.ics", "text/calendar; charset=utf-8", release.ICalendar(l.Campaign.Short, events, l.Date)}, nil
}
