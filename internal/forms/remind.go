package forms

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
	"wangjian/internal/xlsx"
)

// Reminder is what to send to a unit that is late with a round.
type Reminder struct {
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region // nil for the department itself
	Unit       string           // whom it is addressed to
	Missing    []string         // 统计表, 工作总结
	DaysLate   int
	Text       string

	letter letter
}

// The things that a round asks for.
const (
	missingForm      = "统计表"
	missingNarrative = "工作总结"
)

// Remind writes a reminder for every unit that is late with a round on a day:
// departments first to last, each followed by its counties. There is none
// before the deadline has passed. The book is of the whole campaign.
func Remind(c *campaign.Campaign, b *stats.Table, round *campaign.Round, date campaign.Date) (list []Reminder) {
	if !date.After(round.Deadline) {
		return nil
	}
	for _, u := range b.Units(round, date) {
		if !u.Owes() {
			continue
		}
		r := Reminder{
			Round: round, Department: u.Department, Region: u.Region,
			Unit: UnitName(c, u.Department, u.Region), DaysLate: round.Deadline.DaysUntil(date),
		}
		if u.Form == stats.NotFiled {
			r.Missing = append(r.Missing, missingForm)
		}
		if u.Narrative == stats.NotFiled {
			r.Missing = append(r.Missing, missingNarrative)
		}
		r.letter = r.write(c, round, date)
		r.Text = r.letter.String()
		list = append(list, r)
	}
	return list
}

// Unread is what a unit has handed in and cannot be read: it gets no reminder,
// and somebody has to mend the file.
type Unread struct {
	Round *campaign.Round
	Unit  string
	What  string            // 统计表 or 工作总结
	At    campaign.Position // of the first fault
}

// UnreadOf lists what was handed in and cannot be read, by the files' paths.
func UnreadOf(c *campaign.Campaign) []Unread {
	var list []Unread
	for _, file := range slices.Sorted(maps.Keys(c.Unreadable)) {
		round, d, region := c.UnitOf(file)
		if round == nil {
			continue
		}
		what := missingForm
		if strings.HasPrefix(file, "content/") {
			what = missingNarrative
		}
		list = append(list, Unread{round, UnitName(c, d, region), what, c.Unreadable[file]})
	}
	return list
}

// letter is an official letter: title, addressee, body, signature and day.
type letter struct {
	mark, title, to string
	body            []string
	signed          string
	day             campaign.Date
}

func (r Reminder) write(c *campaign.Campaign, round *campaign.Round, date campaign.Date) letter {
	things := strings.Join(r.Missing, "和")
	signed := c.Lead
	if r.Region != nil || signed == nil {
		signed = r.Department // a county reports to its own department
	}
	reason := "按照" + c.Name + "有关要求"
	if c.DocumentNumber != "" {
		reason = "按照" + c.Name + "有关要求（" + c.DocumentNumber + "）"
	}
	l := letter{title: fmt.Sprintf("关于报送%s%s%s的提醒", c.Short, round.Name, things), to: r.Unit + "：", signed: signed.Name, day: date}
	if c.Sample {
		l.mark = xlsx.SampleMark
	}
	l.body = append(l.body, fmt.Sprintf("%s，%s%s应于%s前报送。截至%s，尚未收到你单位的%s，已逾期%d天。请尽快报送；已经报送的，请与我们核对。",
		reason, round.Name, things, round.Deadline.Chinese(), date.Chinese(), things, r.DaysLate))
	if slices.Contains(r.Missing, missingForm) {
		l.body = append(l.body, "统计表请逐项填写：没有发生的填 0，无此项的填 无，不要空着。")
	}
	if slices.Contains(r.Missing, missingNarrative) {
		l.body = append(l.body, "工作总结请按"+strings.Join(campaign.NarrativeSections, "、")+"几个部分撰写。")
	}
	if phone := c.Site.Phone; phone != "" {
		l.body = append(l.body, "联系电话："+phone)
	}
	return l
}

// String is the letter as text to copy, its body indented by two characters.
func (l letter) String() string {
	var b strings.Builder
	if l.mark != "" {
		b.WriteString("（" + l.mark + "）\n")
	}
	b.WriteString(l.title + "\n\n" + l.to + "\n")
	for _, p := range l.body {
		b.WriteString("　　" + p + "\n")
	}
	return b.String() + "\n" + l.signed + "\n" + l.day.Chinese() + "\n"
}
