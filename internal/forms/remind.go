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
	Department *campaign.Department
	Region     *campaign.Region // nil for the department itself
	Unit       string           // whom it is addressed to
	Missing    []string         // 统计表, 工作总结
	DaysLate   int
	Text       string
}

// The things that a round asks for.
const (
	missingForm      = "统计表"
	missingNarrative = "工作总结"
)

// Remind writes a reminder for every unit that is late with a round on a day:
// departments first to last, each followed by its counties. There is none
// before the deadline has passed. The book is of the whole campaign.
func Remind(c *campaign.Campaign, b *stats.Table, round *campaign.Round, date campaign.Date) []Reminder {
	if !date.After(round.Deadline) {
		return nil
	}
	var list []Reminder
	counties := b.CountyDepartments()
	for _, line := range b.Ledger(round, date) {
		d := line.Department
		var missing []string
		if line.Form == stats.NotFiled {
			missing = append(missing, missingForm)
		}
		if line.Narrative == stats.NotFiled {
			missing = append(missing, missingNarrative)
		}
		if len(missing) > 0 {
			list = append(list, remind(c, round, date, d, nil, missing))
		}
		if !slices.Contains(counties, d) {
			continue
		}
		for _, region := range c.Regions {
			if b.Report(round, d, region) == nil && !slices.Contains(line.UnreadRegions, region) {
				list = append(list, remind(c, round, date, d, region, []string{missingForm}))
			}
		}
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

func remind(c *campaign.Campaign, round *campaign.Round, date campaign.Date, d *campaign.Department, region *campaign.Region, missing []string) Reminder {
	r := Reminder{
		Department: d, Region: region, Unit: UnitName(c, d, region),
		Missing: missing, DaysLate: round.Deadline.DaysUntil(date),
	}
	r.Text = r.letter(c, round, date)
	return r
}

// letter writes the reminder in the shape of an official letter: title,
// addressee, body indented by two characters, signature and date.
func (r Reminder) letter(c *campaign.Campaign, round *campaign.Round, date campaign.Date) string {
	things := strings.Join(r.Missing, "和")
	signed := c.Lead
	if r.Region != nil || signed == nil {
		signed = r.Department // a county reports to its own department
	}
	reason := "按照" + c.Name + "有关要求"
	if c.DocumentNumber != "" {
		reason = "按照" + c.Name + "有关要求（" + c.DocumentNumber + "）"
	}
	var b strings.Builder
	if c.Sample {
		b.WriteString("（" + xlsx.SampleMark + "）\n")
	}
	fmt.Fprintf(&b, "关于报送%s%s%s的提醒\n\n%s：\n", c.Short, round.Name, things, r.Unit)
	fmt.Fprintf(&b, "　　%s，%s%s应于%s前报送。截至%s，尚未收到你单位的%s，已逾期%d天。请尽快报送；已经报送的，请与我们核对。\n",
		reason, round.Name, things, round.Deadline.Chinese(), date.Chinese(), things, r.DaysLate)
	if slices.Contains(r.Missing, missingForm) {
		b.WriteString("　　统计表请逐项填写：没有发生的填 0，无此项的填 无，不要空着。\n")
	}
	if slices.Contains(r.Missing, missingNarrative) {
		b.WriteString("　　工作总结请按" + strings.Join(campaign.NarrativeSections, "、") + "几个部分撰写。\n")
	}
	if phone := c.Site.Phone; phone != "" {
		b.WriteString("　　联系电话：" + phone + "\n")
	}
	fmt.Fprintf(&b, "\n%s\n%s\n", signed.Name, date.Chinese())
	return b.String()
}
