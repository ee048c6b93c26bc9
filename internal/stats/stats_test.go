package stats_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

// TestSampleTotals compares the sample's totals with those that another
// program, in another language, added up from the same files.
func TestSampleTotals(t *testing.T) {
	c, findings := source.Load(os.DirFS("../.."))
	if campaign.HasErrors(findings) {
		t.Fatal(findings)
	}
	table := stats.Of(release.Whole(c, c.ReferenceDate, source.Contents(os.DirFS("../.."))))
	f, err := os.Open("testdata/sample-totals.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, r := range rows[1:] {
		round, d := c.FindRound(r[0]), c.FindDepartment(r[1])
		found := c.Form.Find(d, r[2]+"（"+r[3]+"）")
		if len(found) != 1 {
			found = c.Form.Find(d, r[2])
		}
		if round == nil || len(found) != 1 {
			t.Errorf("%v: no such row", r)
			continue
		}
		if got := table.Figure(round, found[0], nil).Quantity.String(); got != r[4] {
			t.Errorf("%v: got %s", r, got)
		}
		checked++
	}
	if checked != 54 {
		t.Errorf("checked %d totals, want 27 in each of two rounds", checked)
	}
}

const settings = `名称: 试验
牵头部门: a
站点: {名称: 试验, 域名: x.example, 标识码: "0000000000", 主办单位: 甲}
部门:
  - {代号: a, 名称: 甲局}
地区:
  - {代号: r1, 名称: 一县}
  - {代号: r2, 名称: 二县}
  - {代号: r3, 名称: 三县}
期次:
  - {代号: p1, 名称: 一期, 截止: 2026-03-31, 口径: BASIS}
  - {代号: p2, 名称: 二期, 截止: 2026-04-30, 口径: BASIS}
`

const form = `名称: 表
项目:
  - {部门: a, 名称: 款, 单位: 万元}
`

func report(whole, own string) string {
	s := "填报单位: 甲\n填报日期: 2026-03-30\n项目:\n  款: " + whole + "\n"
	if own != "" {
		s += "本级:\n  款: " + own + "\n"
	}
	return s
}

func open(t *testing.T, basis string, files map[string]string) (*campaign.Campaign, *stats.Table) {
	t.Helper()
	fsys := fstest.MapFS{
		"data/campaign.yaml": {Data: []byte(strings.ReplaceAll(settings, "BASIS", basis))},
		"data/form.yaml":     {Data: []byte(form)},
	}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	c, findings := source.Load(fsys)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return c, stats.Of(release.Whole(c, campaign.Date{Year: 2026, Month: 5, Day: 1}, source.Contents(fsys)))
}

func TestSums(t *testing.T) {
	for name, test := range map[string]struct {
		whole, own string
		counties   []string
		want       string
	}{
		"counties and own":          {"汇总", "0.25", []string{"1.50", "2"}, "3.75"},
		"own absent is nothing":     {"汇总", "", []string{"1.5", "2"}, "3.5"},
		"none adds nothing":         {"汇总", "无", []string{"无", "2"}, "2"},
		"nothing but none is none":  {"汇总", "无", []string{"无", "无"}, "无"},
		"zero is zero":              {"汇总", "无", []string{"0", "无"}, "0"},
		"no counties: own":          {"汇总", "4.20", nil, "4.20"},
		"no counties, own none":     {"汇总", "无", nil, "无"},
		"nothing at all is zero":    {"汇总", "", nil, "0"},
		"written stands":            {"3.75", "0.25", []string{"1.50", "2"}, "3.75"},
		"exact in the far decimals": {"汇总", "0.1", []string{"0.2", "99999999999999999999.00"}, "99999999999999999999.30"},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"data/p1/a.yaml": report(test.whole, test.own)}
			for i, q := range test.counties {
				files["data/p1/a/"+[]string{"r1", "r2"}[i]+".yaml"] = report(q, "")
			}
			c, table := open(t, "累计", files)
			f := table.Figure(c.Rounds[0], c.Form.Rows[0], nil)
			if f.Quantity.String() != test.want || f.Computed != (test.whole == "汇总") {
				t.Errorf("got %s (computed %v), want %s", f.Quantity, f.Computed, test.want)
			}
			if len(test.counties) > 0 && (len(f.Coverage.Missing) != 1 || f.Coverage.Missing[0].Code != "r3") {
				t.Errorf("missing %v, want 三县", f.Coverage.Missing)
			}
			if len(test.counties) == 0 && len(f.Coverage.Missing) != 0 {
				t.Errorf("no county reports, but %d are missing", len(f.Coverage.Missing))
			}
		})
	}
}

func TestChange(t *testing.T) {
	for name, test := range map[string]struct {
		basis, before, now, want, fault string
	}{
		"increase":               {"累计", "172.04", "437.56", "265.52", ""},
		"increase keeps scale":   {"累计", "1.50", "2", "0.50", ""},
		"increase from none":     {"累计", "无", "0.37", "0.37", ""},
		"none has no increase":   {"累计", "3", "无", "", "没有新增"},
		"decrease is shown":      {"累计", "5", "3", "-2", ""},
		"growth":                 {"当期", "40", "45", "12.5%", ""},
		"growth half away up":    {"当期", "8", "8.01", "0.1%", ""},
		"growth half away exact": {"当期", "2000", "2001", "0.1%", ""},
		"growth down half away":  {"当期", "2000", "1999", "-0.1%", ""},
		"growth of a third":      {"当期", "3", "4", "33.3%", ""},
		"no growth from zero":    {"当期", "0", "4", "", "不能算增幅"},
		"no growth from none":    {"当期", "无", "4", "", "不能算增幅"},
	} {
		t.Run(name, func(t *testing.T) {
			c, table := open(t, test.basis, map[string]string{"data/p1/a.yaml": report(test.before, ""), "data/p2/a.yaml": report(test.now, "")})
			change, err := table.Change(table.Figure(c.Rounds[1], c.Form.Rows[0], nil))
			if test.fault != "" {
				if err == nil || !strings.Contains(err.Error(), test.fault) {
					t.Errorf("got %v %v, want …%s…", change, err, test.fault)
				}
				return
			}
			if err != nil || change.Text() != test.want {
				t.Errorf("got %s %v, want %s", change.Text(), err, test.want)
			}
		})
	}
	t.Run("first round", func(t *testing.T) {
		c, table := open(t, "累计", map[string]string{"data/p1/a.yaml": report("1", "")})
		if _, err := table.Change(table.Figure(c.Rounds[0], c.Form.Rows[0], nil)); err == nil {
			t.Error("the first round has nothing to compare with")
		}
	})
}

func TestPercentHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct{ part, whole, want string }{
		{"1", "2000", "0.1"}, {"-1", "2000", "-0.1"}, {"1", "3", "33.3"}, {"2", "3", "66.7"}, {"1249", "10000", "12.5"}, {"1245", "10000", "12.5"}, {"-1245", "10000", "-12.5"},
		// A part is never shown as nothing or as the whole, nor as twice as much.
		{"1", "3000", "0.03"}, {"-1", "30000", "-0.003"}, {"4999", "5000", "99.98"}, {"-29999", "30000", "-99.997"}, {"10001", "10000", "100.01"},
		{"0", "7", "0.0"}, {"7", "7", "100.0"}, {"-7", "7", "-100.0"}, {"14", "7", "200.0"},
	} {
		got, ok := stats.Percent(decimal.RequireFromString(c.part), decimal.RequireFromString(c.whole))
		if !ok || got.String() != c.want+"%" {
			t.Errorf("%s of %s = %s, want %s", c.part, c.whole, got, c.want)
		}
	}
}

// TestRoundedSharesAreKnown: whoever shows a share can say that it is rounded.
func TestRoundedSharesAreKnown(t *testing.T) {
	for _, c := range []struct {
		part, whole string
		rounded     bool
	}{{"1", "16", true}, {"1", "4", false}, {"1", "3", true}, {"0", "3", false}, {"3", "3", false}, {"1", "1000", false}, {"1", "2000", true}} {
		if got, _ := stats.Percent(decimal.RequireFromString(c.part), decimal.RequireFromString(c.whole)); got.Rounded != c.rounded {
			t.Errorf("%s of %s: %v, rounded %v", c.part, c.whole, got, got.Rounded)
		}
	}
}

// TestCiteChange: what 新增, 增幅 and 变化 print of a figure that rises, falls or
// stays, and what the value is that a program reads.
func TestCiteChange(t *testing.T) {
	for name, test := range map[string]struct {
		basis, before, now, aspect string
		text, value, fault         string
	}{
		"increase":              {"累计", "1.5", "4", "新增", "2.5万元", "2.5", ""},
		"increase of nothing":   {"累计", "4", "4", "新增", "0万元", "0", ""},
		"increase of a fall":    {"累计", "4", "1.5", "新增", "", "", "把“新增”改成“变化”，印出的就是“减少2.5万元”"},
		"movement up":           {"累计", "1.5", "4", "变化", "增加2.5万元", "2.5", ""},
		"movement down":         {"累计", "4", "1.5", "变化", "减少2.5万元", "-2.5", ""},
		"no movement":           {"累计", "4", "4.0", "变化", "持平", "0.0", ""},
		"movement from none":    {"累计", "无", "4", "变化", "增加4万元", "4", ""},
		"movement to none":      {"累计", "4", "无", "变化", "", "", "没有变化可算"},
		"movement of a current": {"当期", "4", "1.5", "变化", "减少2.5万元", "-2.5", ""},
		"movement from zero":    {"当期", "0", "1.5", "变化", "增加1.5万元", "1.5", ""},
		"growth":                {"当期", "4", "1.5", "增幅", "-62.5%", "-62.5", ""},
		"growth by a hair":      {"当期", "5000", "5001", "增幅", "0.02%", "0.02", ""},
		"fall to one":           {"当期", "5000", "1", "增幅", "-99.98%", "-99.98", ""},
		"increase of a current": {"当期", "1", "2", "新增", "", "", "只能用“增幅”或“变化”"},
		"growth of a total":     {"累计", "1", "2", "增幅", "", "", "只能用“新增”或“变化”"},
	} {
		t.Run(name, func(t *testing.T) {
			c, table := open(t, test.basis, map[string]string{"data/p1/a.yaml": report(test.before, ""), "data/p2/a.yaml": report(test.now, "")})
			row := c.Form.Rows[0]
			got, err := table.Cite(campaign.Reference{Round: c.Rounds[1].Name, Department: row.Department.Short, Row: row.Name, Aspect: campaign.Aspect(test.aspect)}, nil)
			if test.fault != "" {
				if err == nil || !strings.Contains(err.Error(), test.fault) {
					t.Errorf("got %q %v, want an error with %q", got.Text, err, test.fault)
				}
				return
			}
			if err != nil || got.Text != test.text || got.Value != test.value {
				t.Errorf("got %q %q %v, want %q %q", got.Text, got.Value, err, test.text, test.value)
			}
		})
	}
}

func TestYearOnYear(t *testing.T) {
	for name, test := range map[string]struct{ now, before, want string }{
		"up":        {"45", "30", "上年同期30万元，同比增长50.0%"},
		"down":      {"20", "30", "上年同期30万元，同比下降33.3%"},
		"level":     {"3.50", "3.5", "上年同期3.5万元，同比持平"},
		"from zero": {"4", "0", "上年同期0万元"},
		"from none": {"4", "无", "上年同期无"},
		"49 times":  {"50", "1", "上年同期1万元，同比增长4900.0%"},
		"now none":  {"无", "4", "上年同期4万元"},
		"to one":    {"1", "5000", "上年同期5000万元，同比下降99.98%"},
		"by a hair": {"5001", "5000", "上年同期5000万元，同比增长0.02%"},
		"half away": {"2001", "2000", "上年同期2000万元，同比增长0.1%"},
	} {
		t.Run(name, func(t *testing.T) {
			c, table := open(t, "累计", map[string]string{"data/p1/a.yaml": report("{数量: "+test.now+", 备注: 说明, 上年同期: "+test.before+"}", "")})
			f := table.Figure(c.Rounds[0], c.Form.Rows[0], nil)
			if got := f.YearOnYear(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if got := f.Note(); got != "说明；"+test.want {
				t.Errorf("note %s", got)
			}
		})
	}
}

// TestUnreadLedger: what is there and cannot be read is neither reported nor
// missing, and a sum over it is none.
func TestUnreadLedger(t *testing.T) {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"data/campaign.yaml":                strings.ReplaceAll(settings, "BASIS", "当期"),
		"data/form.yaml":                    "名称: 表\n项目:\n  - {部门: a, 名称: 案件, 单位: 件}\n",
		"data/p1/a.yaml":                    "填报单位: 甲\n填报日期: 2022-01-01\n项目:\n  案件: 汇总\n",
		"data/p1/a/r1.yaml":                 "填报单位: 子\n填报日期: 2022-01-01\n项目:\n  案件: 3\n",
		"data/p1/a/r2.yaml":                 "填报单位: 丑\n填报日期: 2022-01-01\n项目:\n  案件：4\n",
		"content/narratives/p1/a.md":        "---\n公开方式：主动公开\n---\n",
		"data/p2/a.yaml":                    "填报单位：甲\n",
		"content/narratives/p2/a/notes.txt": "x",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	c, _ := source.Load(files)
	date, _ := campaign.ParseDate("2030-01-01")
	table := stats.Of(release.Whole(c, date, source.Contents(files)))
	line := table.Ledger(c.Rounds[0], date)[0]
	if line.Form != stats.Filed && line.Form != stats.LateFile || line.Narrative != stats.Unread || line.Counties != 1 ||
		len(line.UnreadRegions) != 1 || line.UnreadRegions[0].Code != "r2" {
		t.Errorf("%+v", line)
	}
	for _, region := range line.MissingRegions {
		if region.Code == "r2" {
			t.Error("r2 is said to be missing")
		}
	}
	f := table.Figure(c.Rounds[0], c.Form.Rows[0], nil)
	if f.Quantity.Kind != campaign.Blank || len(f.Coverage.Unread) != 1 {
		t.Errorf("a sum without what cannot be read: %q, %v", f.Quantity, f.Coverage.Unread)
	}
	for _, region := range f.Coverage.Missing {
		if region.Code == "r2" {
			t.Error("the sum says that r2 is missing")
		}
	}
	if got := table.Ledger(c.Rounds[1], date)[0]; got.Form != stats.Unread || got.Narrative != stats.NotFiled {
		t.Errorf("%+v", got)
	}
}
