package campaign

import (
	"path"
	"slices"
	"strings"
)

// Correction is an entry of data/corrections.yaml: a figure that had been
// published was found wrong, and is another now. The entries that withdraw an
// item are apart from the others, in [Campaign.Withdrawals].
type Correction struct {
	Withdraws  string // 内容: the item's file; the entry is then about no figure
	Round      *Round
	Department *Department // nil: every figure of the round was withdrawn
	Region     *Region     // nil for the whole, and for 本级
	Own        bool        // 地区: 本级
	Row        *Row        // nil for a withdrawn form, or for a row that the form no longer has
	Item       string      // 项目 as written
	Old        Quantity    // 原值, as it was published; Blank when Late
	Late       bool        // 原值: 未报
	New        Quantity    // 现值; Blank when withdrawn
	Withdrawn  bool        // 现值: 撤下
	Reason     string      // 原因
	On         Date        // 日期, the day of the correction
	Keys       Keys        // positions of the entry's keys
}

// Stopped takes an item down early. It has a sign-off of its own, and needs no
// other.
type Stopped struct {
	On       Date
	Reason   string // of a case one of StopReasons
	By       string // who signed it, "" for nobody; never published
	SignedOn Date
	Written  bool // in data/corrections.yaml, and not as 停止公示
}

// StopReasons are those of 总局令第45号 for which a case is taken down.
var StopReasons = []string{"信用修复", "变更", "撤销"}

// Word says how something was taken down.
func (s *Stopped) Word() string {
	if s.Written {
		return Withdrawn
	}
	return "停止公示"
}

// TakenDown returns what takes an item down on a day, nil for nothing: its 停止公示,
// or what withdraws it in writing until it has a later 更新日期.
func (c *Campaign) TakenDown(i *Item, day Date) *Stopped {
	if i.Stopped != nil && !i.Stopped.On.After(day) {
		return i.Stopped
	}
	for _, x := range slices.Backward(c.Withdrawals) {
		if x.Withdraws == i.File && !x.On.After(day) && !i.ChangedAt().Date.After(x.On) {
			return x.Stopped()
		}
	}
	return nil
}

// Stopped is what the entry does to its item.
func (x *Correction) Stopped() *Stopped { return &Stopped{On: x.On, Reason: x.Reason, Written: true} }

// ItemFile returns the file of an item that is named by its path, with or
// without content/ and .md; "" for what can be no item.
func ItemFile(name string) string {
	name = strings.TrimSuffix(strings.TrimPrefix(name, "content/"), ".md")
	if round, ok := strings.CutPrefix(name, string(Summaries)+"/"); ok { // as its page is named
		name = string(Narratives) + "/" + round + "/" + strings.TrimSuffix(SummaryName, ".md")
	}
	kind, file := KindOf(name+".md"), "content/"+name+".md"
	if path.Clean(name) != name || !slices.Contains(Kinds, kind) || !strings.HasPrefix(file, kind.Folder()+"/") {
		return ""
	}
	return file
}

// NotReported is what stands for 原值 where a figure comes late into a published
// round.
const NotReported = "未报"

// Withdrawn is what stands for 现值 where a published figure is no longer
// published.
const Withdrawn = "撤下"

// NewText is the 现值 as written.
func (x *Correction) NewText() string {
	if x.Withdrawn {
		return Withdrawn
	}
	return x.New.String()
}

// OldText is the 原值 as written; — where a whole form or round was withdrawn.
func (x *Correction) OldText() string {
	switch {
	case x.Item == "":
		return "—"
	case x.Late:
		return NotReported
	}
	return x.Old.String()
}

// Whose names the department, with the region or 本级; 全部 for a round that was
// withdrawn.
func (x *Correction) Whose() string {
	switch {
	case x.Department == nil:
		return "全部"
	case x.Region != nil:
		return x.Region.Short + "（" + x.Department.Short + "）"
	case x.Own:
		return x.Department.Short + "（本级）"
	}
	return x.Department.Short
}

// What names the row with its unit, or says that it is all of a form.
func (x *Correction) What() string {
	switch {
	case x.Row != nil:
		return x.Row.Label()
	case x.Item == "":
		return "整张报表"
	}
	return x.Item
}

// Covers reports whether the entry is about a figure. One that withdraws a form
// is about every figure of that form, one that withdraws a round about every
// figure of the round.
func (x *Correction) Covers(round *Round, row *Row, region *Region, own bool) bool {
	switch {
	case x.Round != round:
		return false
	case x.Department == nil:
		return true
	case x.Department != row.Department || x.Region != region || x.Own != own:
		return false
	}
	return x.Row == row || x.Item == ""
}

// CorrectionsOf returns the entries about a figure in the order of their days.
func (c *Campaign) CorrectionsOf(round *Round, row *Row, region *Region, own bool) []*Correction {
	return all(c.Corrections, func(x *Correction) bool { return x.Covers(round, row, region, own) })
}

// CorrectionsIn returns the entries about a round.
func (c *Campaign) CorrectionsIn(round *Round) []*Correction {
	return all(c.Corrections, func(x *Correction) bool { return x.Round == round })
}

// Edition counts what has been published of the figures: by the record, else 1
// until something is corrected, and one more for each day of corrections.
func (c *Campaign) Edition() int {
	if e := c.History.Latest(); e != nil {
		return e.Number
	}
	return 1 + len(c.CorrectionDays())
}

// EditionOf returns the edition of the figures with which a correction was first
// published, by the record where there is one; 0 for one that was not yet.
func (c *Campaign) EditionOf(x *Correction) int {
	if c.History.Latest() != nil {
		return c.History.EditionOf(x)
	}
	return 2 + slices.Index(c.CorrectionDays(), x.On)
}

// CorrectionDays lists the days of corrections, each once, the first one first.
func (c *Campaign) CorrectionDays() []Date {
	var days []Date
	for _, x := range c.Corrections {
		days = append(days, x.On)
	}
	slices.SortFunc(days, Date.Compare)
	return slices.Compact(days)
}

// FindPublished looks up which figure of the campaign a published one is. A
// name that has changed since is found when it is still an 别名. The row is nil
// when the form no longer has it; ok is false when its round, department or
// region is gone.
func (c *Campaign) FindPublished(p PublishedFigure) (t Target, own, ok bool) {
	return c.PublishedFinder()(p)
}

// PublishedFinder returns FindPublished for many figures.
func (c *Campaign) PublishedFinder() func(PublishedFigure) (t Target, own, ok bool) {
	rounds, departments, regions := memo(c.FindRound), memo(c.FindDepartment), memo(c.FindRegion)
	type rowName struct {
		of                 *Department
		name, parent, unit string
	}
	rows := map[rowName]*Row{}
	for _, row := range c.Form.Rows {
		name := rowName{row.Department, row.Name, "", row.Unit}
		if row.Parent != nil {
			name.parent = row.Parent.Name
		}
		rows[name] = row
	}
	return func(p PublishedFigure) (t Target, own, ok bool) {
		t.Round, t.Department = rounds(p.Round), departments(p.Department)
		t.Row = rows[rowName{t.Department, p.Row, p.Parent, p.Unit}]
		own = p.Region == "本级"
		if p.Region != "" && !own {
			t.Region = regions(p.Region)
		}
		return t, own, t.Round != nil && t.Department != nil && (t.Region != nil || p.Region == "" || own)
	}
}

// memo returns a look-up by name that looks each up once.
func memo[T any](find func(string) T) func(string) T {
	known := map[string]T{}
	return func(name string) T {
		found, ok := known[name]
		if !ok {
			found = find(name)
			known[name] = found
		}
		return found
	}
}
