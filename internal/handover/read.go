package handover

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/stats"
)

// most bounds what is read: a province's counties with some hundred rows.
const most = 256 << 20

// mostNamed bounds what has a 代号: ten thousand regions are many.
const mostNamed = 20_000

// Read reads data that a submission carries. Its errors are Chinese and name the
// place within the data.
func Read(r io.Reader) (*Data, error) {
	raw, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("读不出这份数据：%s", cause.In(err))
	case len(raw) > most:
		return nil, errors.New("这份数据大得不正常")
	}
	var head struct {
		Form    string `json:"格式"`
		Version int    `json:"版本"`
	}
	switch err := json.Unmarshal(raw, &head); {
	case err != nil || head.Form != Name:
		return nil, fmt.Errorf("不是“%s”：请用报送材料里“数据”文件夹的那一个文件", Name)
	case head.Version != Version:
		return nil, fmt.Errorf("这份数据的版本是 %d，这个程序只认版本 %d：请换用同一版的网剑", head.Version, Version)
	}
	d := &Data{}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(d); err != nil {
		return nil, errors.New(jsonFault(raw, err))
	}
	if err := d.check(); err != nil {
		return nil, err
	}
	return d, nil
}

// jsonFault says where JSON is not of this form.
func jsonFault(raw []byte, err error) string {
	at := int64(-1)
	what := "有不认识的键或不对的值"
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at, what = syntax.Offset, "不是完整的 JSON"
	}
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		at, what = kind.Offset, "“"+kind.Field+"”的值不是该有的那一种"
	}
	if _, key, ok := strings.Cut(err.Error(), "unknown field "); ok {
		what = "有不认识的键 " + key
	}
	if at < 0 {
		return "这份数据" + what
	}
	return fmt.Sprintf("这份数据第 %d 行%s", bytes.Count(raw[:min(at, int64(len(raw)))], []byte("\n"))+1, what)
}

// checker looks at all that a datum refers to; the first fault is reported.
type checker struct {
	*Data
	err                          error
	departments, regions, rounds map[string]bool // by 代号
}

func (c *checker) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("这份数据不对："+format, args...)
	}
}

// check reports the first name, quantity or day that does not fit.
func (d *Data) check() error {
	c := &checker{Data: d}
	c.departments, c.regions = c.units("部门", d.Departments), c.units("地区", d.Regions)
	rounds := make([]Unit, len(d.Rounds))
	for n, r := range d.Rounds {
		rounds[n] = r.Unit
		where := fmt.Sprintf("第 %d 个期次", n+1)
		c.day(where+"的截止", r.Deadline)
		c.oneOf(where+"的口径", r.Basis, string(campaign.Cumulative), string(campaign.Current))
	}
	c.rounds = c.units("期次", rounds)
	c.code("牵头部门", d.Lead, c.departments)
	c.oneOf("层级", d.Level, campaign.Tiers...)
	c.oneOf("报送的层级", d.Delivery.Level, "国家", "省", "市")
	if at, err := campaign.ParseMoment(d.AsOf); err != nil || at.String() != d.AsOf {
		c.fail("时点“%s”不是 2022-11-26 09:30 这样的时刻", d.AsOf)
	}
	if d.Division != "" && !campaign.DivisionForm.MatchString(d.Division) {
		c.fail("区划代码“%s”不对", d.Division)
	}
	codes := map[string]bool{}
	if len(d.Rows) > mostNamed {
		c.fail("项目多得不正常")
	}
	for n, r := range d.Rows {
		if c.row(n, r); r.Code == "" || codes[r.Code] {
			c.fail("第 %d 个项目没有代号，或者代号“%s”重复", n+1, r.Code)
		}
		codes[r.Code] = true
	}
	seen := map[[3]string]bool{}
	for n, r := range d.Reports {
		where := fmt.Sprintf("第 %d 份报表", n+1)
		if key := [3]string{r.Round, r.Department, r.Region}; seen[key] {
			c.fail("%s重复", where)
		} else {
			seen[key] = true
		}
		c.report(where, r)
	}
	for n, x := range d.Corrections {
		c.correction(fmt.Sprintf("第 %d 条更正", n+1), x)
	}
	c.texts()
	return c.err
}

// texts looks at the texts; their paths are looked at where they are opened.
func (c *checker) texts() {
	seen := map[string]bool{}
	for n, t := range c.Texts {
		where := fmt.Sprintf("第 %d 篇内容", n+1)
		c.oneOf(where+"的种类", t.Kind, campaign.Narratives.Chinese(), campaign.Cases.Chinese(), campaign.Warnings.Chinese(), campaign.Galleries.Chinese())
		if t.Name == "" || seen[t.Name] || t.File == "" {
			c.fail("%s没有代号或文件，或者代号“%s”重复", where, t.Name)
		}
		seen[t.Name] = true
		if t.Kind == campaign.Narratives.Chinese() {
			c.code(where+"的期次", t.Round, c.rounds)
			c.code(where+"的部门", t.Department, c.departments)
		}
	}
}

// units looks at a list of what has a 代号 and returns those.
func (c *checker) units(what string, list []Unit) map[string]bool {
	seen := map[string]bool{}
	if len(list) > mostNamed {
		c.fail("%s多得不正常", what)
	}
	for n, u := range list {
		if u.Code == "" || u.Name == "" || seen[u.Code] {
			c.fail("第 %d 个%s没有代号或名称，或者代号“%s”重复", n+1, what, u.Code)
		}
		seen[u.Code] = true
	}
	return seen
}

func (c *checker) code(where, code string, known map[string]bool) {
	if !known[code] {
		c.fail("%s“%s”不在名单里", where, code)
	}
}

func (c *checker) oneOf(where, text string, words ...string) {
	if !slices.Contains(words, text) {
		c.fail("%s“%s”不认识", where, text)
	}
}

func (c *checker) day(where, text string) {
	if d, err := campaign.ParseDate(text); err != nil || d.String() != text {
		c.fail("%s“%s”不是 2022-11-26 这样的日期", where, text)
	}
}

func (c *checker) row(n int, r Row) {
	where := fmt.Sprintf("第 %d 个项目", n+1)
	if r.Number != n+1 || r.Name == "" || r.Unit == "" || r.Parent < 0 || r.Parent > n || r.Decimals != nil && *r.Decimals < 0 {
		c.fail("%s的序号、名称、单位、隶属或小数不对", where)
		return
	}
	c.code(where+"的部门", r.Department, c.departments)
	if r.Parent > 0 && c.Rows[r.Parent-1].Department != r.Department {
		c.fail("%s隶属别的部门的项目", where)
	}
}

func (c *checker) report(where string, r Report) {
	c.code(where+"的期次", r.Round, c.rounds)
	c.code(where+"的部门", r.Department, c.departments)
	if r.Region != "" {
		c.code(where+"的地区", r.Region, c.regions)
	}
	for _, code := range r.Without {
		c.code(where+"的未含地区", code, c.regions)
	}
	c.oneOf(where+"的状态", r.Standing, string(stats.Filed), string(stats.LateFile), string(stats.NotFiled), string(stats.NotDue), string(stats.Unread))
	filed := r.Standing == string(stats.Filed) || r.Standing == string(stats.LateFile)
	switch {
	case filed:
		c.day(where+"的填报日期", r.FiledOn)
	case len(r.Figures)+len(r.Own) > 0:
		c.fail("%s%s，却有数", where, r.Standing)
	}
	if r.Region != "" && len(r.Own) > 0 {
		c.fail("%s是地区的，不能有本级", where)
	}
	c.figures(where+"的数据", r.Department, r.Figures)
	c.figures(where+"的本级", r.Department, r.Own)
}

func (c *checker) figures(where, department string, list []Figure) {
	seen := map[int]bool{}
	for n, f := range list {
		place := where + "里第 " + strconv.Itoa(n+1) + " 个数"
		if f.Row < 1 || f.Row > len(c.Rows) || c.Rows[f.Row-1].Department != department || seen[f.Row] {
			c.fail("%s的项目 %d 不是这个部门的，或者重复", place, f.Row)
			return
		}
		seen[f.Row] = true
		row := c.Rows[f.Row-1]
		c.quantity(place, row, f.Quantity)
		if f.LastYear != "" {
			c.quantity(place+"的上年同期", row, f.LastYear)
		}
	}
}

func (c *checker) quantity(where string, row Row, text string) {
	q, err := campaign.ParseQuantity(text)
	switch {
	case err != nil || q.Kind == campaign.Sum:
		c.fail("%s“%s”不是数，也不是 无", where, text)
	case row.Decimals != nil && q.Decimals() > *row.Decimals:
		c.fail("%s“%s”的小数多于 %d 位", where, text, *row.Decimals)
	}
}

func (c *checker) correction(where string, x Correction) {
	c.code(where+"的期次", x.Round, c.rounds)
	if x.Department != "" {
		c.code(where+"的部门", x.Department, c.departments)
	}
	if x.Region != "" && x.Region != own {
		c.code(where+"的地区", x.Region, c.regions)
	}
	if x.Row < 0 || x.Row > len(c.Rows) {
		c.fail("%s的项目 %d 不在表里", where, x.Row)
	}
	c.day(where+"的日期", x.On)
}
