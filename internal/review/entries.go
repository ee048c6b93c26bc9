package review

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// Entry is an entry that data/corrections.yaml needs, all but its reason, which
// only a person knows.
type Entry struct {
	At     campaign.Target // of a form or a round one of its figures
	Fields [][2]string     // key and value, in their order
	On     campaign.Date
}

// Correction is the entry as far as it says what it is about.
func (e Entry) Correction() *campaign.Correction {
	return &campaign.Correction{Round: e.At.Round, Department: e.At.Department, Region: e.At.Region, Row: e.At.Row, Item: e.field("项目"), Own: e.field("地区") == "本级"}
}

// field is the value of a key; "" for none.
func (e Entry) field(key string) string {
	for _, f := range e.Fields {
		if f[0] == key {
			return f[1]
		}
	}
	return ""
}

func newEntry(at campaign.Target, on campaign.Date, fields ...[2]string) Entry {
	e := Entry{At: at, On: on}
	for _, f := range fields {
		if f[1] != "" {
			e.Fields = append(e.Fields, f)
		}
	}
	return e
}

// Withdrawal is the entry that withdraws an item in writing; an error says why there
// can be none.
func Withdrawal(c *campaign.Campaign, file string, on campaign.Date) (Entry, error) {
	if _, shown := c.FirstPublished(file); !shown {
		return Entry{}, fmt.Errorf("发布记录里没有 %s：没有公布过的不用撤下；核对文件名，写 content/ 里的 .md 文件", file)
	}
	i := c.ItemAt(file)
	for _, x := range c.Withdrawals {
		if x.Withdraws == file && (i == nil || c.TakenDown(i, on) != nil) {
			return Entry{}, fmt.Errorf("%s 在 %s 已经撤下", file, x.On)
		}
	}
	name := strings.TrimSuffix(strings.TrimPrefix(file, "content/"), ".md")
	return newEntry(campaign.Target{}, on, [2]string{"内容", name}, [2]string{"现值", campaign.Withdrawn}), nil
}

// entryFor is the entry for a figure that is another now.
func entryFor(c *Context, f *stats.Figure, old string) Entry {
	region := ""
	switch {
	case f.Own:
		region = "本级"
	case f.Region != nil:
		region = f.Region.Short
	}
	at := campaign.Target{Round: f.Round, Department: f.Department, Region: f.Region, Row: f.Row}
	return newEntry(at, c.Date, [2]string{"期次", f.Round.Name}, [2]string{"部门", f.Department.Short}, [2]string{"地区", region},
		[2]string{"项目", c.Campaign.Form.Key(f.Row)}, [2]string{"原值", old}, [2]string{"现值", f.Quantity.String()})
}

// Whose names the round and the department that the entry is about.
func (e Entry) Whose() string {
	text := ""
	if e.At.Round != nil {
		text = e.At.Round.Name
	}
	if e.At.Department != nil {
		text += e.At.Department.Short
	}
	return text
}

// String writes the entry ready to copy but for its reason.
func (e Entry) String() string { return e.With("") }

// With writes the entry with its reason, as an element of the list.
func (e Entry) With(reason string) string {
	var parts []string
	for _, f := range e.Fields {
		value := f[1]
		if f[0] != "原值" && f[0] != "现值" { // a quoted number is none
			value = flow(value)
		}
		parts = append(parts, f[0]+": "+value)
	}
	return fmt.Sprintf("- {%s, 原因: %s, 日期: %s}", strings.Join(parts, ", "), flow(reason), e.On)
}

// flow writes a text so that YAML reads it as that text inside { }.
func flow(s string) string {
	var read yaml.Node
	plain := yaml.Unmarshal([]byte(s), &read) == nil && (s == "" || len(read.Content) == 1 && read.Content[0].ShortTag() == "!!str" && read.Content[0].Value == s)
	if !plain || strings.ContainsAny(s, ",[]{}#&*!|>'\"%@`\\\n\t") || strings.Contains(s, ": ") || strings.HasSuffix(s, ":") || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "?") {
		quoted, _ := json.Marshal(s)
		return string(quoted)
	}
	return s
}

// propose reports what has changed with the entry that tells of it.
func (c *Context) propose(at campaign.Position, hint string, e Entry, format string, args ...any) {
	c.differs(at, hint+"，在 data/corrections.yaml 的“更正:”下加一条："+e.String()+"（或运行 wangjian correct）", format, args...)
	c.proposed = append(c.proposed, e)
}

// Stale is an entry of data/corrections.yaml that nobody has been shown yet, and
// that says another figure than is there now.
type Stale struct {
	Entry *campaign.Correction
	Now   campaign.Quantity
}

// Proposal is what data/corrections.yaml needs for what differs from what was
// published, with every sum that depends on it.
type Proposal struct {
	Entries []Entry // to be added
	Stale   []Stale // to be changed by hand
	// Unnamed are the differences of which no entry can tell: a name is gone.
	Unnamed []campaign.Finding
}

// Propose compares the figures with what was published.
func Propose(s Subject) (p Proposal) {
	missing := slices.IndexFunc(correctionRules, func(r Rule) bool { return r.Code == "correction-missing" })
	c := &Context{Subject: s, said: map[string]bool{}, rule: correctionRules[missing]}
	for _, x := range changes(c) {
		if !x.isTold() {
			before, told := len(c.proposed), len(c.findings)
			if reportChange(c, x); len(c.proposed) == before {
				p.Unnamed = append(p.Unnamed, c.findings[told:]...)
			}
			continue
		}
		last := x.entries[len(x.entries)-1]
		switch {
		case x.now == nil || !last.Withdrawn && last.New.Equal(x.now.Quantity):
		case x.late && last.Withdrawn:
			c.proposed = append(c.proposed, entryFor(c, x.now, campaign.NotReported))
		case !x.late && last.New.Equal(x.Quantity): // the last that was published
			c.proposed = append(c.proposed, entryFor(c, x.now, x.Quantity.String()))
		case !last.Withdrawn:
			p.Stale = append(p.Stale, Stale{last, x.now.Quantity})
		}
	}
	p.Entries = c.proposed
	return p
}
