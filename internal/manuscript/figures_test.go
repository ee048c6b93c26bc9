package manuscript

import (
	"os"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

// The figures of the sample that the cases below speak of: 公安局 231 件 (中期
// 88), 671 个, 清理网上违法有害信息 and so on are looked up, so that the test
// follows the data.
func figure(t *testing.T, o Options, row string) *stats.Figure {
	t.Helper()
	rows := o.Campaign.Form.Find(o.Department, row)
	if len(rows) != 1 {
		t.Fatalf("%s: %d rows", row, len(rows))
	}
	f := o.Book.Figure(o.Round, rows[0], o.Region)
	if f == nil {
		t.Fatalf("%s was not reported", row)
	}
	return f
}

func TestFiguresBecomeReferences(t *testing.T) {
	police, market, customs := sampleOptions(t, "公安局"), sampleOptions(t, "市场监管局"), sampleOptions(t, "赣州海关")
	county := police
	county.Region = police.Campaign.FindRegion("章贡区")
	cases := figure(t, police, "查处相关网络违法案件")
	accounts := figure(t, police, "督促互联网企业关停违法违规账号")
	change, err := police.Book.Change(cases)
	if err != nil {
		t.Fatal(err)
	}
	before := police.Book.Figure(police.Round.Previous, cases.Row, nil)
	zhanggong := police.Book.Figure(police.Round, cases.Row, county.Region)
	N, A, D, B, Z := cases.Quantity.String(), accounts.Quantity.String(), change.Text(), before.Quantity.String(), zhanggong.Quantity.String()
	fine := figure(t, market, "罚没款").Quantity.String()
	batches, pieces := figure(t, customs, "寄递渠道查获侵权货物（批次）").Quantity.String(), figure(t, customs, "寄递渠道查获侵权货物（件）").Quantity.String()
	thousands := func(s string) string { // 10383 → 10,383
		if len(s) > 3 {
			return s[:len(s)-3] + "," + s[len(s)-3:]
		}
		return s
	}
	info := figure(t, police, "清理网上违法有害信息").Quantity.String()
	wide := func(s string) string {
		return strings.Map(func(r rune) rune { return r + '０' - '0' }, s)
	}
	const ref = "{{公安局/查处相关网络违法案件}}"
	for name, c := range map[string]struct {
		o        Options
		in, want string
		differs  string // part of a problem; "" for none
	}{
		"name and number":           {police, "查处相关网络违法案件" + N + "件。", "查处相关网络违法案件" + ref + "。", ""},
		"with a blank":              {police, "查处相关网络违法案件 " + N + " 件。", "查处相关网络违法案件 " + ref + "。", ""},
		"共":                         {police, "全市公安机关共查处相关网络违法案件共计" + N + "件。", "全市公安机关共查处相关网络违法案件共计" + ref + "。", ""},
		"part of the name":          {police, "查处网络违法案件" + N + "件。", "查处网络违法案件" + ref + "。", ""},
		"number first":              {police, "查处" + N + "件网络违法案件。", "查处" + ref + "网络违法案件。", ""},
		"number first, other row":   {police, "关停" + A + "个违法违规账号，", "关停{{公安局/督促互联网企业关停违法违规账号}}违法违规账号，", ""},
		"in brackets":               {police, "查处相关网络违法案件（" + N + "件）。", "查处相关网络违法案件（" + ref + "）。", ""},
		"数量为":                       {police, "查处相关网络违法案件的数量为" + N + "件。", "查处相关网络违法案件的数量为" + ref + "。", ""},
		"full-width digits":         {police, "查处相关网络违法案件" + wide(N) + "件。", "查处相关网络违法案件" + ref + "。", ""},
		"thousands":                 {police, "清理网上违法有害信息" + thousands(info) + "条。", "清理网上违法有害信息{{公安局/清理网上违法有害信息}}。", ""},
		"two in a sentence":         {police, "查处相关网络违法案件" + N + "件，督促关停违法违规账号" + A + "个。", "查处相关网络违法案件" + ref + "，督促关停违法违规账号{{公安局/督促互联网企业关停违法违规账号}}。", ""},
		"APP before the number":     {police, "查处不履行网络安全管理主体责任的网站和APP" + figure(t, police, "查处不履行网络安全管理主体责任的网站和APP").Quantity.String() + "个。", "查处不履行网络安全管理主体责任的网站和APP{{公安局/查处不履行网络安全管理主体责任的网站和APP}}。", ""},
		"increase after it":         {police, "查处相关网络违法案件" + N + "件，中期以后新增" + D + "件。", "查处相关网络违法案件" + ref + "，中期以后新增{{公安局/查处相关网络违法案件|新增}}。", ""},
		"increase by itself":        {police, "新增查处相关网络违法案件" + D + "件。", "新增查处相关网络违法案件{{公安局/查处相关网络违法案件|新增}}。", ""},
		"another increase stays":    {police, "查处相关网络违法案件" + N + "件，其中新增7件。", "查处相关网络违法案件" + ref + "，其中新增7件。", ""},
		"increase differs":          {police, "查处相关网络违法案件" + N + "件，比中期新增9999件。", "查处相关网络违法案件" + ref + "，比中期新增9999件。", "总结写比中期新增“9999件”，按统计表算，“查处相关网络违法案件”的新增是 " + D + "件"},
		"the round before":          {police, "中期查处相关网络违法案件" + B + "件。", "中期查处相关网络违法案件{{中期:公安局/查处相关网络违法案件}}。", ""},
		"a county":                  {police, "章贡区查处相关网络违法案件" + Z + "件。", "章贡区查处相关网络违法案件{{公安局@章贡区/查处相关网络违法案件}}。", ""},
		"a county's own text":       {county, "全区查处相关网络违法案件" + Z + "件。", "全区查处相关网络违法案件{{公安局@章贡区/查处相关网络违法案件}}。", ""},
		"decimals":                  {market, "罚没款" + fine + "万元。", "罚没款{{市场监管局/罚没款}}。", ""},
		"quotes in the name":        {market, "查处三无外卖案件" + figure(t, market, "查处“三无”外卖案件").Quantity.String() + "件。", "查处三无外卖案件{{市场监管局/查处“三无”外卖案件}}。", ""},
		"the longer name":           {market, "查处网售“一老一小”用品质量案件" + figure(t, market, "查处网售“一老一小”用品质量案件").Quantity.String() + "件。", "查处网售“一老一小”用品质量案件{{市场监管局/查处网售“一老一小”用品质量案件}}。", ""},
		"one name, two units":       {customs, "寄递渠道查获侵权货物" + batches + "批次、" + pieces + "件。", "寄递渠道查获侵权货物{{赣州海关/寄递渠道查获侵权货物（批次）}}、{{赣州海关/寄递渠道查获侵权货物（件）}}。", ""},
		"differs":                   {police, "查处相关网络违法案件999件。", "查处相关网络违法案件999件。", "总结写“999件”，终期统计表的“查处相关网络违法案件”是 " + N + "件（data/final/gongan.yaml:5）"},
		"part of the name differs":  {police, "督促关停违法违规账号999个。", "督促关停违法违规账号999个。", "总结写“999个”，终期统计表的“督促互联网企业关停违法违规账号”是 " + A + "个"},
		"county differs":            {police, "章贡区查处相关网络违法案件999件。", "章贡区查处相关网络违法案件999件。", "终期章贡区统计表"},
		"midterm differs":           {police, "中期查处相关网络违法案件999件。", "中期查处相关网络违法案件999件。", "中期统计表的“查处相关网络违法案件”是 " + B + "件"},
		"written out":               {police, "查处相关网络违法案件二百三十件。", "查处相关网络违法案件二百三十件。", "总结写“二百三十件”"},
		"measure word differs":      {police, "查处相关网络违法案件230起。", "查处相关网络违法案件230起。", "总结写“230起”"},
		"ten thousands":             {police, "清理网上违法有害信息2万条。", "清理网上违法有害信息2万条。", "总结写“2万条”"},
		"more than the midterm":     {police, "查处相关网络违法案件" + N + "件，较中期增加9999件。", "查处相关网络违法案件" + ref + "，较中期增加9999件。", "“查处相关网络违法案件”的新增是 " + D + "件"},
		"less than the midterm":     {police, "查处相关网络违法案件" + N + "件，较中期减少" + D + "件。", "查处相关网络违法案件" + ref + "，较中期减少" + D + "件。", "“查处相关网络违法案件”的新增是 " + D + "件"},
		"in percent":                {police, "查处相关网络违法案件" + N + "件，比中期增长3%。", "查处相关网络违法案件" + ref + "，比中期增长3%。", "“查处相关网络违法案件”是增长 "},
		"in percent, right":         {police, "查处相关网络违法案件" + N + "件，比中期增长165.5%。", "查处相关网络违法案件" + ref + "，比中期增长165.5%。", ""},
		"as of the midterm":         {police, "截至9月28日，查处相关网络违法案件999件。", "截至9月28日，查处相关网络违法案件999件。", "中期统计表的“查处相关网络违法案件”是 " + B + "件"},
		"no name":                   {police, "共办理" + N + "件。", "共办理" + N + "件。", ""},
		"another unit":              {police, "查处相关网络违法案件" + N + "起。", "查处相关网络违法案件" + N + "起。", ""},
		"个次 is not 个":               {police, "督促互联网企业关停违法违规账号" + A + "个次。", "督促互联网企业关停违法违规账号" + A + "个次。", "统计表的“督促互联网企业关停违法违规账号”是 " + A + "个"},
		"another sentence":          {police, "查处相关网络违法案件。办结" + N + "件。", "查处相关网络违法案件。办结" + N + "件。", ""},
		"words between":             {police, "查处相关网络违法案件中，刑事立案30件。", "查处相关网络违法案件中，刑事立案30件。", ""},
		"a narrower thing":          {police, "查处刑事网络违法案件30件。", "查处刑事网络违法案件30件。", ""},
		"something of it":           {police, "查处231件网络违法案件线索。", "查处231件网络违法案件线索。", ""},
		"about":                     {police, "查处相关网络违法案件近999件，超过" + N + "件。", "查处相关网络违法案件近999件，超过" + N + "件。", ""},
		"more than":                 {police, "查处相关网络违法案件900余件。", "查处相关网络违法案件900余件。", ""},
		"a range":                   {police, "每月查处相关网络违法案件50～80件。", "每月查处相关网络违法案件50～80件。", ""},
		"the whole province":        {police, "全省公安机关查处相关网络违法案件999件。", "全省公安机关查处相关网络违法案件999件。", ""},
		"last year":                 {police, "去年同期查处相关网络违法案件999件。", "去年同期查处相关网络违法案件999件。", ""},
		"another department":        {police, "配合市场监管局查处相关网络违法案件999件。", "配合市场监管局查处相关网络违法案件999件。", ""},
		"several counties":          {police, "章贡区、南康区分别查处相关网络违法案件31件、20件。", "章贡区、南康区分别查处相关网络违法案件31件、20件。", ""},
		"two rows could be meant":   {market, "查处案件999件。", "查处案件999件。", ""},
		"a date and an article":     {police, "2022年9月以来，依照第231条，查处相关网络违法案件" + N + "件。", "2022年9月以来，依照第231条，查处相关网络违法案件" + ref + "。", ""},
		"a department without rows": {sampleOptions(t, "商务局"), "查处网络违法案件999件。", "查处网络违法案件999件。", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, problems := importedFor(t, newWord(four(p(c.in))...), c.o)
			if got := firstSection(t, r); got != c.want {
				t.Errorf("got  %s\nwant %s\n%s", got, c.want, said(r, problems))
			}
			told := strings.Contains(said(nil, problems), "manuscript-figure")
			if told != (c.differs != "") || !strings.Contains(said(nil, problems), c.differs) {
				t.Errorf("problems %v, want …%s…", problems, c.differs)
			}
			if n := strings.Count(c.want, "{{"); strings.Count(said(r, nil), "改成了引用") != n {
				t.Errorf("%d references, said\n%s", n, said(r, nil))
			}
		})
	}
	t.Run("number and unit look different", func(t *testing.T) {
		r, _ := importedFor(t, newWord(four(para("", run("查处相关网络违法案件", ""), run(N, strg), run("件。", "")))...), police)
		if got := firstSection(t, r); got != "查处相关网络违法案件**{{公安局/查处相关网络违法案件|数值}}**件。" {
			t.Error(got)
		}
	})
	t.Run("a number in two looks stays", func(t *testing.T) {
		r, _ := importedFor(t, newWord(four(para("", run("查处相关网络违法案件", ""), run(N[:1], strg), run(N[1:]+"件。", "")))...), police)
		if got := firstSection(t, r); strings.Contains(got, "{{") {
			t.Error(got)
		}
	})
	t.Run("split over runs of one look", func(t *testing.T) {
		r, _ := importedFor(t, newWord(four(para("", run("查处相关网络", ""), run("违法案件"+N[:1], ""), run(N[1:], ""), run("件。", "")))...), police)
		if got := firstSection(t, r); got != "查处相关网络违法案件"+ref+"。" {
			t.Error(got)
		}
	})
	t.Run("without a book", func(t *testing.T) {
		o := police
		o.Book = nil
		r, problems := importedFor(t, newWord(four(p("查处相关网络违法案件999件。"))...), o)
		if strings.Contains(string(r.Markdown), "{{") || len(problems) > 0 {
			t.Errorf("%s %v", r.Markdown, problems)
		}
	})
	t.Run("in lists, quotes and notes", func(t *testing.T) {
		w := newWord(four(li(1, 0, "查处相关网络违法案件："+N+"件；"), st("Quote", "查处相关网络违法案件"+N+"件。"), para("", run("见注", ""), `<w:r><w:footnoteReference w:id="1"/></w:r>`))...)
		w.numbering, w.notes = wordLists, []string{p("查处相关网络违法案件" + N + "件。")}
		r, _ := importedFor(t, w, police)
		if n := strings.Count(string(r.Markdown), ref); n != 3 {
			t.Errorf("%d references in\n%s", n, r.Markdown)
		}
	})
}

func TestFiguresInTables(t *testing.T) {
	o := sampleOptions(t, "公安局")
	cases := figure(t, o, "查处相关网络违法案件")
	N := cases.Quantity.String()
	B := o.Book.Figure(o.Round.Previous, cases.Row, nil).Quantity.String()
	for name, c := range map[string]struct {
		in, want, differs string
	}{
		"unit in the name":    {tbl([]string{"项目", "数量"}, []string{"查处相关网络违法案件（件）", N}), "| 查处相关网络违法案件（件） | {{公安局/查处相关网络违法案件|数值}} |", ""},
		"unit in a column":    {tbl([]string{"项目", "单位", "数量"}, []string{"查处相关网络违法案件", "件", N}), "| 查处相关网络违法案件 | 件 | {{公安局/查处相关网络违法案件|数值}} |", ""},
		"unit with the value": {tbl([]string{"项目", "数量"}, []string{"查处相关网络违法案件", N + "件"}), "| 查处相关网络违法案件 | {{公安局/查处相关网络违法案件}} |", ""},
		"a column a round":    {tbl([]string{"项目", "中期（件）", "终期（件）", "新增（件）"}, []string{"查处相关网络违法案件（件）", B, N, "9"}), "| 查处相关网络违法案件（件） | {{中期:公安局/查处相关网络违法案件|数值}} | {{公安局/查处相关网络违法案件|数值}} | 9 |", ""},
		"differs":             {tbl([]string{"项目", "数量"}, []string{"查处相关网络违法案件（件）", "999"}), "| 查处相关网络违法案件（件） | 999 |", "总结写“999”"},
		"no unit":             {tbl([]string{"项目", "数量"}, []string{"查处相关网络违法案件", "999"}), "| 查处相关网络违法案件 | 999 |", ""},
		"another name":        {tbl([]string{"项目", "数量"}, []string{"查处刑事案件（件）", "999"}), "| 查处刑事案件（件） | 999 |", ""},
		"two unnamed columns": {tbl([]string{"项目", "甲", "乙"}, []string{"查处相关网络违法案件（件）", "999", N}), "| 查处相关网络违法案件（件） | 999 | " + N + " |", ""},
		"last year":           {tbl([]string{"项目", "上年同期"}, []string{"查处相关网络违法案件（件）", "999"}), "| 查处相关网络违法案件（件） | 999 |", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, problems := imported(t, newWord(four(c.in)...))
			if got := firstSection(t, r); !strings.HasSuffix(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if told := said(nil, problems); strings.Contains(told, "manuscript-figure") != (c.differs != "") || !strings.Contains(told, c.differs) {
				t.Error(told)
			}
		})
	}
}

// TestNoneIsNotANumber: 无 on the form and a number in the text differ.
func TestNoneIsNotANumber(t *testing.T) {
	fsys := os.DirFS("../review/testdata/campaign")
	c, findings := source.Load(fsys)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	date := campaign.Date{Year: 2026, Month: 5, Day: 10}
	book := stats.Of(release.Whole(c, date, source.Contents(fsys)))
	for _, r := range c.Reports {
		for _, e := range r.Entries {
			row := e.Row
			if e.Quantity.Kind != campaign.None || r.Region != nil {
				continue
			}
			o := Options{Campaign: c, Book: book, Round: r.Round, Department: r.Department}
			_, problems := importedFor(t, newWord(four(p(row.Name+"7"+row.Unit+"。"))...), o)
			if !strings.Contains(said(nil, problems), "是 无") {
				t.Errorf("%s: %v", row.Label(), problems)
			}
			return
		}
	}
	t.Fatal("the campaign of review's tests has no 无")
}
