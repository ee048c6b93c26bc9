// Package handover writes and reads the data that a submission carries: the
// campaign's figures in a form that another wangjian, or any other program, reads
// without the campaign's folder. It is one JSON file with Chinese keys;
// docs/handover.md describes it and [Schema] says it for programs.
//
// [Of] lists the data of the office's view, [Data.Write] writes it and [Read] reads
// it: a version, a key, a name or a quantity that is not known is refused with its
// place. Quantities are text, digit for digit as they were reported; 0, 无 and 未报
// stay three things. Names of persons are not in it.
package handover

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// Version is that of the form. One that adds or changes a key is another.
const Version = 2

// Name says what a file is that has this form.
const Name = "网剑行动数据"

// File is where a submission has the data.
const File = "数据/行动数据.json"

// Schema is the JSON Schema of the form.
//
//go:embed schema.json
var Schema []byte

// Data is what is handed over.
type Data struct {
	Form        string       `json:"格式"`
	Version     int          `json:"版本"`
	Campaign    string       `json:"名称"`
	Short       string       `json:"简称,omitempty"`
	Number      string       `json:"文号,omitempty"`
	Level       string       `json:"层级"` // 省, 市 or 县
	Division    string       `json:"区划代码,omitempty"`
	AsOf        string       `json:"时点"` // to the minute: of two submissions the later replaces the other
	Delivery    Delivery     `json:"报送"`
	Sample      bool         `json:"示例,omitempty"`
	Edition     int          `json:"版次,omitempty"` // of the published figures; 0 where nothing is recorded
	Lead        string       `json:"牵头部门"`
	Departments []Unit       `json:"部门"`
	Regions     []Unit       `json:"地区"`
	Rounds      []Round      `json:"期次"`
	Rows        []Row        `json:"项目"`
	Reports     []Report     `json:"报表"`
	Corrections []Correction `json:"更正"`
	Texts       []Text       `json:"内容"`
}

// Delivery says for whom a submission is made.
type Delivery struct {
	Level string `json:"层级"`           // of who collects it: 国家, 省 or 市
	To    string `json:"单位,omitempty"` // whom it goes to, as the campaign says
	Copy  string `json:"抄送,omitempty"` // the office of the same level whose copy it is; such a copy is not collected
}

// Superior is the level that the submissions of a tier go to.
func Superior(t campaign.Tier) string {
	switch t {
	case campaign.Province:
		return "国家"
	case campaign.County:
		return string(campaign.City)
	}
	return string(campaign.Province)
}

// DeliveryOf says for whom a campaign's submission is made: the superior office, or
// the office of the same level that has a copy; "" for none.
func DeliveryOf(c *campaign.Campaign, copyFor string) Delivery {
	return Delivery{Level: Superior(c.Tier), To: c.Submission.Superior, Copy: copyFor}
}

// Text is a narrative, case, warning or gallery with its files, by their paths in the
// submission. It has no sign-offs: whoever takes it over signs it anew.
type Text struct {
	Kind       string `json:"种类"` // 工作总结, 典型案例, 消费警示 or 影像资料
	Name       string `json:"代号"` // unique among the texts: cases/zhibo
	Title      string `json:"标题"`
	Round      string `json:"期次,omitempty"` // 代号, of a narrative
	Department string `json:"部门,omitempty"` // 代号, of a narrative
	File       string `json:"文件"`           // Markdown

	Attached []Attachment `json:"附件,omitempty"`
}

// ofSender are the keys of a text's head that do not go with it: who signed, when it was
// published, and what was allowed or looked at. Who takes the text over decides on all
// of it anew.
var ofSender = []string{"审核", "退回", "停止公示", "公开方式", "发布日期", "更新日期", "别名", "准予公开", "图片已核", "附件已核", "已核", "指纹"}

// IsOfSender reports whether a key of a text's head is neither handed over nor taken
// over.
func IsOfSender(key string) bool { return slices.Contains(ofSender, key) }

// Attachment is a file of a text.
type Attachment struct {
	Name string `json:"名称"` // as the text writes it
	File string `json:"文件"` // its path in the submission
}

// Unit is a department or a region.
type Unit struct {
	Code    string   `json:"代号"`
	Name    string   `json:"名称"`
	Short   string   `json:"简称"`
	Aliases []string `json:"别名,omitempty"`
}

// Round is a reporting round.
type Round struct {
	Unit
	Deadline  string `json:"截止"`
	Basis     string `json:"口径"`
	Published string `json:"发布日期,omitempty"`
	Digest    string `json:"校验值,omitempty"` // of all that its sign-offs cover
}

// Row is a row of the statistical form.
type Row struct {
	Number     int    `json:"序号"` // from 1, in the order of print
	Department string `json:"部门"` // 代号
	Code       string `json:"代号"` // from year to year and from campaign to campaign
	Name       string `json:"名称"`
	Unit       string `json:"单位"`
	Parent     int    `json:"隶属,omitempty"` // 序号 of the row that this one is an 其中 of
	Uncounted  bool   `json:"不计入合计,omitempty"`
	Decimals   *int   `json:"小数,omitempty"` // decimals allowed; any where absent
}

// Report is the form of a department, or of one of its regions, of one round.
type Report struct {
	Round      string   `json:"期次"`           // 代号
	Department string   `json:"部门"`           // 代号
	Region     string   `json:"地区,omitempty"` // 代号; "" for the department's whole
	Standing   string   `json:"状态"`           // 已报, 逾期, 未报, 未到期, 报了但读不出
	Unit       string   `json:"填报单位,omitempty"`
	FiledOn    string   `json:"填报日期,omitempty"`
	Figures    []Figure `json:"数据,omitempty"`
	Own        []Figure `json:"本级,omitempty"`
	Without    []string `json:"未含地区,omitempty"` // 代号 of those that a whole is without
}

// Figure is one quantity.
type Figure struct {
	Row      int    `json:"项目"` // its 序号
	Quantity string `json:"数量"` // as written, or 无
	Sum      bool   `json:"汇总,omitempty"`
	Remark   string `json:"备注,omitempty"`
	LastYear string `json:"上年同期,omitempty"`
	Source   string `json:"来源"` // file and line
}

// Correction is a published figure that changed.
type Correction struct {
	Round      string `json:"期次"`
	Department string `json:"部门,omitempty"`
	Region     string `json:"地区,omitempty"`   // 代号 or 本级
	Row        int    `json:"项目,omitempty"`   // 0 for more than one, and for a row that the form no longer has
	Named      string `json:"项目名称,omitempty"` // as the correction writes it
	Old        string `json:"原值"`
	New        string `json:"现值"` // or 撤下
	Reason     string `json:"原因"`
	On         string `json:"日期"`
}

const own = "本级"

// Of lists the data of the office's view of a campaign at a time, without its texts.
func Of(v *release.View, t *stats.Table, at campaign.Moment, to Delivery) *Data {
	c := v.Campaign()
	d := &Data{
		Form: Name, Version: Version, Campaign: c.Name, Short: c.Short, Number: c.DocumentNumber, Sample: c.Sample,
		Level: string(c.Tier), Division: c.DivisionCode(), AsOf: at.String(), Delivery: to, Texts: []Text{},
		Lead: c.Lead.Code, Departments: []Unit{}, Regions: []Unit{}, Rounds: []Round{}, Rows: []Row{}, Reports: []Report{}, Corrections: []Correction{},
	}
	if e := c.History.Latest(); e != nil {
		d.Edition = e.Number
	}
	for _, x := range c.Departments {
		d.Departments = append(d.Departments, unitOf(x.Named))
	}
	for _, x := range c.Regions {
		d.Regions = append(d.Regions, unitOf(x.Named))
	}
	for _, row := range c.Form.Rows {
		d.Rows = append(d.Rows, rowOf(row))
	}
	for _, r := range c.Rounds {
		d.Rounds = append(d.Rounds, roundOf(r))
		for _, l := range t.Ledger(r, v.Date()) {
			d.Reports = append(d.Reports, reportsOf(c, t, r, l)...)
		}
	}
	for _, x := range c.Corrections {
		if x.Round == nil {
			continue // of an item, not of a figure
		}
		d.Corrections = append(d.Corrections, correctionOf(x))
	}
	return d
}

func unitOf(n campaign.Named) Unit { return Unit{n.Code, n.Name, n.Short, n.Aliases} }

func rowOf(row *campaign.Row) Row {
	r := Row{Number: row.Index + 1, Department: row.Department.Code, Code: row.Code(), Name: row.Name, Unit: row.Unit, Uncounted: row.Uncounted}
	if row.Parent != nil {
		r.Parent = row.Parent.Index + 1
	}
	if most := row.MaxDecimals(); most >= 0 {
		r.Decimals = &most
	}
	return r
}

func roundOf(x *campaign.Round) Round {
	r := Round{Unit: unitOf(x.Named), Deadline: x.Deadline.String(), Basis: string(x.Basis)}
	if x.Release != nil {
		r.Published, r.Digest = x.Release.PublishedAt.Brief(), x.Release.Digest
	}
	return r
}

// reportsOf lists a department's form of a round and its regions'; nothing where
// it owes none.
func reportsOf(c *campaign.Campaign, t *stats.Table, round *campaign.Round, l stats.LedgerLine) []Report {
	if l.Form == stats.NoForm {
		return nil
	}
	rows := c.Form.RowsOf(l.Department)
	whole := reportOf(t, round, l.Department, nil, rows)
	whole.Standing = string(l.Form)
	if l.Counties > 0 {
		for _, region := range slices.Concat(l.MissingRegions, l.UnreadRegions) {
			whole.Without = append(whole.Without, region.Code)
		}
	}
	list := []Report{whole}
	for _, region := range c.Regions {
		if l.CountiesDue == 0 {
			break
		}
		r := reportOf(t, round, l.Department, region, rows)
		switch {
		case slices.Contains(l.UnreadRegions, region):
			r.Standing = string(stats.Unread)
		case slices.Contains(l.LateRegions, region):
			r.Standing = string(stats.LateFile)
		case t.Report(round, l.Department, region) != nil:
			r.Standing = string(stats.Filed)
		case l.Form == stats.NotDue:
			r.Standing = string(stats.NotDue)
		default:
			r.Standing = string(stats.NotFiled)
		}
		list = append(list, r)
	}
	return list
}

// reportOf is a form without its standing.
func reportOf(t *stats.Table, round *campaign.Round, d *campaign.Department, region *campaign.Region, rows []*campaign.Row) Report {
	r := Report{Round: round.Code, Department: d.Code}
	if region != nil {
		r.Region = region.Code
	}
	report := t.Report(round, d, region)
	if report == nil {
		return r
	}
	r.Unit, r.FiledOn = report.Unit, report.FiledOn.String()
	for _, row := range rows {
		if f := t.Figure(round, row, region); f != nil {
			r.Figures = append(r.Figures, figureOf(f))
		}
		if f := t.Own(round, row); f != nil && region == nil {
			r.Own = append(r.Own, figureOf(f))
		}
	}
	return r
}

func figureOf(f *stats.Figure) Figure {
	return Figure{
		Row: f.Row.Index + 1, Quantity: f.Quantity.String(), Sum: f.Computed, Remark: f.Remark, LastYear: f.LastYear.String(), Source: f.At.Source(),
	}
}

func correctionOf(x *campaign.Correction) Correction {
	c := Correction{Round: x.Round.Code, Named: x.Item, Old: x.OldText(), New: x.NewText(), Reason: x.Reason, On: x.On.String()}
	if x.Department != nil {
		c.Department = x.Department.Code
	}
	if x.Row != nil {
		c.Row = x.Row.Index + 1
	}
	switch {
	case x.Region != nil:
		c.Region = x.Region.Code
	case x.Own:
		c.Region = own
	}
	return c
}

// Slip says in words for whom a submission is and of when.
func (d *Data) Slip() string {
	to := d.Delivery.To
	if to == "" {
		to = d.Delivery.Level + "级主管部门"
	}
	lines := []string{"行动：" + d.Campaign, "层级：" + d.Level, "报送：" + to + "（" + d.Delivery.Level + "）"}
	if d.Delivery.Copy != "" {
		lines = append(lines, "这一份抄送："+d.Delivery.Copy+"（只供了解，不参加汇总）")
	}
	lines = append(lines, "编成："+d.AsOf)
	if d.Edition > 0 {
		lines = append(lines, fmt.Sprintf("公布数据：第%d版", d.Edition))
	}
	return strings.Join(lines, "\n") + "\n"
}

// Write writes the data; the same data has the same bytes.
func (d *Data) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false) // <, > and & as themselves
	e.SetIndent("", " ")
	return e.Encode(d)
}
