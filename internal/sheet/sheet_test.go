package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

var day = campaign.Date{Year: 2030, Month: 6, Day: 30}

// released is a record of publication that is in force on day.
func released() *campaign.Release {
	r := &campaign.Release{
		Disclosure: campaign.Proactive, PublishedAt: campaign.Moment{Date: day.AddDays(-1)},
	}
	for _, s := range campaign.Stages {
		r.Signoffs = append(r.Signoffs, campaign.Signed{Stage: s, Signoff: campaign.Signoff{By: "某", On: day.AddDays(-2)}})
	}
	return r
}

func quantity(t testing.TB, s string) campaign.Quantity {
	t.Helper()
	q, err := campaign.ParseQuantity(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// small is a campaign of two rounds, two departments with rows (one with
// regions, 栏头 and 其中), and one without. The second round's sum is a 汇总.
func small(t testing.TB) *campaign.Campaign {
	named := func(code, name, short string) campaign.Named {
		return campaign.Named{Code: code, Name: name, Short: short}
	}
	c := &campaign.Campaign{Name: "甲市乙行动", Sample: true, Site: campaign.Site{Host: "甲市某局"}}
	c.Departments = []*campaign.Department{
		{Named: named("a", "甲市甲局", "甲局")}, {Named: named("b", "甲市乙局", "乙局")}, {Named: named("c", "甲市丙局", "丙局")},
	}
	c.Regions = []*campaign.Region{{Named: named("r1", "东区人民政府", "东区")}, {Named: named("r2", "西区人民政府", "西区"), Index: 1}, {Named: named("r3", "北区人民政府", "北区"), Index: 2}}
	first := &campaign.Round{Named: named("one", "首期", "首期"), Basis: campaign.Cumulative, Release: released(), Deadline: day.AddDays(-60)}
	second := &campaign.Round{Named: named("two", "末期", "末期"), Basis: campaign.Cumulative, Release: released(), Deadline: day.AddDays(-5), Previous: first}
	c.Rounds = []*campaign.Round{first, second}

	cases := &campaign.Row{Department: c.Departments[1], Name: "案件", Unit: "件"}
	part := &campaign.Row{Department: c.Departments[1], Name: "移送", Unit: "件", Parent: cases}
	other := &campaign.Row{Department: c.Departments[1], Name: "退回", Unit: "件", Parent: cases}
	fine := &campaign.Row{Department: c.Departments[1], Name: "罚没款", Unit: "万元", InHeading: true}
	money := &campaign.Row{Department: c.Departments[0], Name: "货值", Unit: "万元"}
	cases.Children = []*campaign.Row{part, other}
	c.Form = campaign.Form{Name: "甲市统计表", Note: "一案计一次。", Rows: []*campaign.Row{fine, cases, part, other, money}}

	report := func(round *campaign.Round, d *campaign.Department, region *campaign.Region, own map[*campaign.Row]string, entries map[*campaign.Row]string) {
		file := "data/" + round.Code + "/" + d.Code + ".yaml"
		if region != nil {
			file = "data/" + round.Code + "/" + d.Code + "/" + region.Code + ".yaml"
		}
		fill := func(from map[*campaign.Row]string, line int) campaign.Entries {
			filled := campaign.Entries{}
			for n, row := range c.Form.Rows {
				if text, ok := from[row]; ok {
					text, remark, _ := strings.Cut(text, "|")
					filled.Set(row, campaign.Entry{Quantity: quantity(t, text), Remark: remark, At: campaign.Position{File: file, Line: line + n, Column: 3}})
				}
			}
			return filled
		}
		c.Reports = append(c.Reports, &campaign.Report{
			Round: round, Department: d, Region: region, Unit: d.Name, FiledOn: day.AddDays(-10),
			Entries: fill(entries, 5), Own: fill(own, 20), File: file,
		})
	}
	a, b := c.Departments[0], c.Departments[1]
	type rows = map[*campaign.Row]string
	report(first, a, nil, nil, rows{money: "12345678901234567.89"})
	report(first, b, nil, nil, rows{fine: "3.50", cases: "7", part: "无", other: "1"})
	report(second, a, nil, nil, rows{money: "12345678901234568.90|=HYPERLINK(\"x\")"})
	report(second, b, nil, rows{cases: "1"}, rows{fine: "4.25|含滞纳金", cases: "汇总", part: "汇总", other: "2"})
	report(second, b, c.Regions[0], nil, rows{fine: "4.25", cases: "5", part: "无", other: "2"})
	report(second, b, c.Regions[1], nil, rows{cases: "3", part: "无"})
	return c
}

func public(c *campaign.Campaign) *release.View { return release.Public(c, day, nil) }

func render(t testing.TB, v *release.View, path string) []byte {
	t.Helper()
	files, err := Files(v, stats.Of(v))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Path == path {
			var out bytes.Buffer
			if err := f.Write(&out); err != nil {
				t.Fatal(err)
			}
			return out.Bytes()
		}
	}
	t.Fatalf("no %s", path)
	return nil
}

func TestCSVListsEveryFigureInOrder(t *testing.T) {
	c := small(t)
	for n, row := range c.Form.Rows {
		row.Given = fmt.Sprintf("x-%d", n+1)
	}
	c.Regions[0].Division, c.Regions[1].Code = "360702", "360703"
	last, _ := c.Reports[1].Entries.Of(c.Form.Rows[1])
	last.LastYear = quantity(t, "0")
	c.Reports[1].Entries.Set(c.Form.Rows[1], last)
	text := string(render(t, public(c), CSVPath))
	want := strings.Join([]string{
		"\uFEFF期次,部门,地区,项目,隶属,单位,数量,备注,填报单位,填报日期,来源,区划代码,项目代码,数值,状态,上年同期",
		"首期,乙局,,罚没款,,万元,3.50,,甲市乙局,2030-06-20,data/one/b.yaml:5,360700,x-1,3.50,已报,",
		"首期,乙局,,案件,,件,7,,甲市乙局,2030-06-20,data/one/b.yaml:6,360700,x-2,7,已报,0",
		"首期,乙局,,移送,案件,件,无,,甲市乙局,2030-06-20,data/one/b.yaml:7,360700,x-3,,无,",
		"首期,乙局,,退回,案件,件,1,,甲市乙局,2030-06-20,data/one/b.yaml:8,360700,x-4,1,已报,",
		"首期,甲局,,货值,,万元,12345678901234567.89,,甲市甲局,2030-06-20,data/one/a.yaml:9,360700,x-5,12345678901234567.89,已报,",
		"末期,乙局,,罚没款,,万元,4.25,含滞纳金；未含1个县（市、区）,甲市乙局,2030-06-20,data/two/b.yaml:5,360700,x-1,4.25,已报,",
		"末期,乙局,东区人民政府,罚没款,,万元,4.25,,甲市乙局,2030-06-20,data/two/b/r1.yaml:5,360702,x-1,4.25,已报,",
		"末期,乙局,,案件,,件,9,未含1个县（市、区）,甲市乙局,2030-06-20,data/two/b.yaml:6,360700,x-2,9,已报,",
		"末期,乙局,本级,案件,,件,1,,甲市乙局,2030-06-20,data/two/b.yaml:21,360700,x-2,1,已报,",
		"末期,乙局,东区人民政府,案件,,件,5,,甲市乙局,2030-06-20,data/two/b/r1.yaml:6,360702,x-2,5,已报,",
		"末期,乙局,西区人民政府,案件,,件,3,,甲市乙局,2030-06-20,data/two/b/r2.yaml:6,360703,x-2,3,已报,",
		"末期,乙局,,移送,案件,件,无,未含1个县（市、区）,甲市乙局,2030-06-20,data/two/b.yaml:7,360700,x-3,,无,",
		"末期,乙局,东区人民政府,移送,案件,件,无,,甲市乙局,2030-06-20,data/two/b/r1.yaml:7,360702,x-3,,无,",
		"末期,乙局,西区人民政府,移送,案件,件,无,,甲市乙局,2030-06-20,data/two/b/r2.yaml:7,360703,x-3,,无,",
		"末期,乙局,,退回,案件,件,2,未含1个县（市、区）,甲市乙局,2030-06-20,data/two/b.yaml:8,360700,x-4,2,已报,",
		"末期,乙局,东区人民政府,退回,案件,件,2,,甲市乙局,2030-06-20,data/two/b/r1.yaml:8,360702,x-4,2,已报,",
		`末期,甲局,,货值,,万元,12345678901234568.90,"'=HYPERLINK(""x"")",甲市甲局,2030-06-20,data/two/a.yaml:9,360700,x-5,12345678901234568.90,已报,`,
	}, "\r\n") + "\r\n"
	if text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	if plain := string(render(t, public(c), "data/statistics-utf8.csv")); plain != strings.TrimPrefix(want, "\uFEFF") {
		t.Errorf("without a mark:\n%s", plain)
	}
}

// TestStates: what has no number, zero, and, where the ledger is public, what was
// not reported are three states; nobody is named as missing where it is not.
func TestStates(t *testing.T) {
	for name, ledger := range map[string]bool{"kept": false, "public": true} {
		t.Run(name, func(t *testing.T) {
			c := small(t)
			c.LedgerPublic = ledger
			zero, _ := c.Reports[1].Entries.Of(c.Form.Rows[1])
			zero.Quantity = quantity(t, "0")
			c.Reports[1].Entries.Set(c.Form.Rows[1], zero)
			c.Reports = slices.DeleteFunc(c.Reports, func(r *campaign.Report) bool { return r.Round.Code == "one" && r.Department.Code == "a" })
			got := map[string]string{}
			missing := 0
			for _, row := range csvRows(t, render(t, public(c), CSVPath)) {
				got[row[0]+row[1]+row[2]+row[3]] = row[13] + "|" + row[14]
				if row[14] == "未报" {
					missing++
				}
			}
			want := map[string]string{"首期乙局案件": "0|0", "首期乙局移送": "|无", "首期乙局罚没款": "3.50|已报", "首期甲局货值": "", "末期乙局北区人民政府案件": ""}
			if ledger {
				want["首期甲局货值"], want["末期乙局北区人民政府案件"] = "|未报", "|未报"
			}
			for figure, state := range want {
				if got[figure] != state {
					t.Errorf("%s: %s, want %s", figure, got[figure], state)
				}
			}
			if ledger != (missing > 0) {
				t.Errorf("%d figures are told to be missing", missing)
			}
		})
	}
}

func TestNoCellOfTheCSVIsAFormula(t *testing.T) {
	for name, tc := range map[string]struct{ in, want string }{
		"formula":             {"=1+1", "'=1+1"},
		"plus":                {"+86", "'+86"},
		"minus":               {"-a", "'-a"},
		"at":                  {"@SUM(A1)", "'@SUM(A1)"},
		"full-width":          {"＝1+1", "'＝1+1"},
		"after spaces":        {" \u3000=1", "' \u3000=1"},
		"after a line":        {"\n=1", "'\n=1"},
		"tab":                 {"\t1", "'\t1"},
		"negative":            {"-480", "-480"},
		"negative, decimals":  {"-12.50", "-12.50"},
		"negative, percent":   {"-3.1%", "-3.1%"},
		"two numbers":         {"-1-2", "'-1-2"},
		"exponent":            {"-1e3", "'-1e3"},
		"a call":              {"-SUM(A1)", "'-SUM(A1)"},
		"sign inside":         {"a=b", "a=b"},
		"number":              {"12.50", "12.50"},
		"empty":               {"", ""},
		"only spaces":         {"  ", "  "},
		"a Chinese dash":      {"——无", "——无"},
		"apostrophe as typed": {"'x", "'x"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := inert(tc.in); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestFallingFiguresAreNumbersInCSV: a figure that fell is a negative number in
// the tables behind the charts, with nothing before its sign.
func TestFallingFiguresAreNumbersInCSV(t *testing.T) {
	c := full(t)
	row := c.Form.Rows[1]
	c.Reports[1].Entries.Set(row, campaign.Entry{Quantity: quantity(t, "489"), At: campaign.Position{File: "data/one/b.yaml", Line: 6, Column: 3}})
	files, err := Files(public(c), stats.Of(public(c)))
	if err != nil {
		t.Fatal(err)
	}
	fallen := 0
	for _, f := range files {
		if !strings.HasPrefix(f.Path, "data/charts/") {
			continue
		}
		text := string(render(t, public(c), f.Path))
		if strings.Contains(text, "'") {
			t.Errorf("%s quotes a number:\n%s", f.Path, text)
		}
		if strings.Contains(text, ",-480") {
			fallen++
		}
	}
	if fallen == 0 {
		t.Error("no chart's table has the fall of 480")
	}
}

func TestJSONSaysTheSameAsCSV(t *testing.T) {
	v := public(small(t))
	raw := render(t, v, JSONPath)
	var file struct {
		Name    string              `json:"名称"`
		Sample  bool                `json:"示例"`
		Date    string              `json:"日期"`
		Figures []map[string]string `json:"figures"`
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&file); err != nil {
		t.Fatal(err)
	}
	if file.Name != "甲市乙行动" || !file.Sample || file.Date != "2030-06-30" {
		t.Errorf("head is %q %v %q", file.Name, file.Sample, file.Date)
	}
	rows, err := csv.NewReader(bytes.NewReader(render(t, v, CSVPath)[3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(file.Figures) != len(rows)-1 {
		t.Fatalf("%d figures, %d lines of CSV", len(file.Figures), len(rows)-1)
	}
	for n, f := range file.Figures {
		if len(f) != len(rows[0]) {
			t.Errorf("figure %d has %d keys", n, len(f))
		}
		for column, key := range rows[0] {
			if want := strings.TrimPrefix(rows[n+1][column], "'"); f[key] != want {
				t.Errorf("figure %d, %s: %q, in CSV %q", n, key, f[key], want)
			}
		}
	}
	if line := `  {"期次":"首期","部门":"乙局","地区":"","项目":"罚没款","隶属":"","单位":"万元","数量":"3.50","备注":"",`; !strings.Contains(string(raw), line) {
		t.Errorf("keys are not in the columns' order, one figure a line:\n%s", raw)
	}
	if !strings.Contains(string(raw), `"=HYPERLINK(\"x\")"`) {
		t.Error("JSON must carry a remark as it was written")
	}
}

func TestOtherCampaigns(t *testing.T) {
	long := strings.Repeat("长", 40)
	for name, tc := range map[string]struct {
		change func(*campaign.Campaign)
		sheets []string
	}{
		"one round, no regions": {
			func(c *campaign.Campaign) { c.Rounds, c.Reports = c.Rounds[:1], c.Reports[:2] },
			[]string{"首期统计表", "乙局", "甲局"},
		},
		"the second round held back": {
			func(c *campaign.Campaign) { c.Rounds[1].Release = nil },
			[]string{"首期统计表", "乙局", "甲局"},
		},
		"nothing released": {
			func(c *campaign.Campaign) { c.Rounds[0].Release, c.Rounds[1].Release = nil, nil },
			[]string{"统计表"},
		},
		"names that no sheet may have": {
			func(c *campaign.Campaign) {
				c.Rounds[1].Release = nil
				c.Rounds[0].Name = "[1]/2:3"
				c.Departments[0].Short, c.Departments[1].Short = "History", "history"
			},
			[]string{"［1］／2：3统计表", "表history", "表History（2）"},
		},
		"long names that differ late": {
			func(c *campaign.Campaign) {
				c.Rounds[1].Release = nil
				c.Departments[0].Short, c.Departments[1].Short = long+"一", long+"二"
			},
			[]string{"首期统计表", strings.Repeat("长", 31), strings.Repeat("长", 28) + "（2）"},
		},
		"a department with 栏头 figures only": {
			func(c *campaign.Campaign) {
				c.Rounds[1].Release = nil
				c.Form.Rows[4].InHeading = true
			},
			[]string{"首期统计表", "乙局", "甲局"},
		},
		"not invented": {
			func(c *campaign.Campaign) { c.Sample = false },
			[]string{"首期统计表", "末期统计表", "乙局", "甲局", "乙局各地"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := small(t)
			tc.change(c)
			v := public(c)
			f := open(t, render(t, v, XLSXPath))
			if got := f.GetSheetList(); !slices.Equal(got, tc.sheets) {
				t.Errorf("sheets %q, want %q", got, tc.sheets)
			}
			for _, path := range []string{CSVPath, JSONPath, XLSXPath} {
				raw := render(t, v, path)
				if path == XLSXPath {
					raw = parts(t, raw)
				}
				if bytes.Contains(raw, []byte("示例数据")) != (c.Sample && path == XLSXPath) {
					t.Errorf("%s: the mark of invented figures is wrong", path)
				}
				if len(v.Campaign().Rounds) < 2 && bytes.Contains(raw, []byte("末期")) {
					t.Errorf("%s names a round that is held back", path)
				}
			}
		})
	}
}

// parts returns everything inside a workbook.
func parts(t *testing.T, raw []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, part...)
	}
	return all
}

func TestOfficeSheetSaysWhatIsNotPublic(t *testing.T) {
	c := small(t)
	c.Rounds[1].Release = nil
	f := open(t, render(t, release.Whole(c, day, nil), XLSXPath))
	if got := rowsOf(t, f, "末期统计表")[3][0]; got != "本期数据尚未公开：没有 release.yaml" {
		t.Errorf("the held-back round's sheet says %q", got)
	}
	if got := rowsOf(t, f, "首期统计表")[3][0]; got != "项目" {
		t.Errorf("the released round's sheet says %q", got)
	}
}

func TestSameViewSameBytes(t *testing.T) {
	for _, path := range []string{CSVPath, JSONPath, XLSXPath} {
		if !bytes.Equal(render(t, public(small(t)), path), render(t, public(small(t)), path)) {
			t.Errorf("%s differs between two builds", path)
		}
	}
	raw := parts(t, render(t, public(small(t)), XLSXPath))
	if bytes.Contains(raw, []byte("xuri")) {
		t.Error("the workbook names the library's author as its own")
	}
}

// TestFilesCarryTheirEdition: on two days the files are the same but for the day
// that the list says it is of; the workbook, the entries in it and the package
// carry the day of the figures, that of the last correction where there is one.
func TestFilesCarryTheirEdition(t *testing.T) {
	c := small(t)
	c.Rounds[0].Release.PublishedAt, c.Rounds[1].Release.PublishedAt = moment(day.AddDays(-50)), campaign.Moment{Date: day.AddDays(-3), Hour: 9, Minute: 30}
	carries := func(v *release.View, published, edition string) {
		t.Helper()
		workbook := render(t, v, XLSXPath)
		for property, day := range map[string]string{"created": published, "modified": edition} {
			if want := ">" + day + "T00:00:00Z</dcterms:" + property; !bytes.Contains(parts(t, workbook), []byte(want)) {
				t.Errorf("the workbook is not %s on %s", property, day)
			}
		}
		z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if got := f.Modified.In(time.FixedZone("", 8*3600)).Format(time.DateOnly); got != edition {
				t.Errorf("%s in the workbook is of %s, want %s", f.Name, got, edition)
			}
		}
		if about := render(t, v, PackagePath); !bytes.Contains(about, []byte(`"created": "`+edition+"T")) {
			t.Errorf("the package is not of %s: %s", edition, about)
		}
	}
	first := day.AddDays(-3).String()
	carries(public(c), first, first)
	carries(release.Whole(c, day, nil), first, first)
	for _, path := range []string{CSVPath, XLSXPath, PackagePath} {
		if !bytes.Equal(render(t, public(c), path), render(t, release.Public(c, day.AddDays(1), nil), path)) {
			t.Errorf("%s is another on the next day", path)
		}
	}
	today, tomorrow := string(render(t, public(c), JSONPath)), string(render(t, release.Public(c, day.AddDays(1), nil), JSONPath))
	if strings.Replace(today, `"日期": "`+day.String(), `"日期": "`+day.AddDays(1).String(), 1) != tomorrow {
		t.Errorf("%s differs in more than its day", JSONPath)
	}
	c.Corrections = []*campaign.Correction{{Round: c.Rounds[0], On: day.AddDays(-1)}}
	carries(public(c), first, day.AddDays(-1).String())
	// What is not out is dated by what came in, and nothing by a day to come.
	c.Corrections, c.Rounds[1].Release = nil, nil
	came := day.AddDays(-10).String()
	carries(release.Whole(c, day, nil), came, came)
}

func moment(d campaign.Date) campaign.Moment { return campaign.Moment{Date: d} }

func TestTextThatASpreadsheetWouldCut(t *testing.T) {
	c := small(t)
	row := c.Form.Rows[4]
	e, _ := c.Reports[0].Entries.Of(row)
	e.Remark = strings.Repeat("长", maxCell+1)
	c.Reports[0].Entries.Set(row, e)
	v := public(c)
	_, err := Files(v, stats.Of(v))
	if err == nil || !strings.Contains(err.Error(), "data/one/a.yaml:9：“备注”") {
		t.Errorf("got %v", err)
	}
}

func BenchmarkFiles(b *testing.B) {
	c := small(b)
	for n := range 1000 {
		region := &campaign.Region{Named: campaign.Named{Code: fmt.Sprint(n), Name: fmt.Sprint("地区", n), Short: fmt.Sprint("区", n)}, Index: len(c.Regions)}
		c.Regions = append(c.Regions, region)
		county := *c.Reports[len(c.Reports)-1]
		county.Region = region
		c.Reports = append(c.Reports, &county)
	}
	for _, path := range []string{CSVPath, JSONPath, XLSXPath} {
		b.Run(strings.TrimPrefix(path, "data/"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				render(b, public(c), path)
			}
		})
	}
}
