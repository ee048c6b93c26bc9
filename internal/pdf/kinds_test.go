package pdf

import (
	"slices"
	"strings"
	"testing"

	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// setOf sets a paper of a view.
func setOf(t *testing.T, v *release.View, o Options, of func(*release.View, *stats.Table) *Paper) *sheets {
	t.Helper()
	b := stats.Of(v)
	s, err := compose(v, b, o, fonts(), of(v, b))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The papers of the sample that are read are short: the summary has the lead office's
// sections, then what they lean on, on twelve sheets at most; the brief is one sheet with
// all key figures and the map.
func TestPapersForTheirReaders(t *testing.T) {
	v := sampleView(t)
	b := stats.Of(v)
	report := setOf(t, v, withCharts(v), Report)
	if n := len(report.pages); n > 12 {
		t.Errorf("工作总结有 %d 面", n)
	}
	want := []string{"一、经验做法", "二、行动成效", "三、存在问题", "四、下一步打算", "五、终期统计表", "六、统计图", "七、违法典型案例"}
	if got := titles(report, 1); !slices.Equal(got, want) {
		t.Errorf("工作总结各部分是 %q，应为 %q", got, want)
	}
	text := words(report.pages...)
	for _, i := range CasesInOrder(v) {
		if !strings.Contains(text, squeeze(i.Title)) {
			t.Errorf("工作总结没有列“%s”", i.Title)
		}
	}
	for _, block := range b.Annex(v.LatestRound()).Blocks {
		for _, line := range block.Lines {
			if !line.Absent() && !strings.Contains(text, squeeze(line.Figure.Quantity.String())) {
				t.Errorf("工作总结的统计表没有%s的“%s”", block.Department.Short, line.Name)
			}
		}
	}
	brief := setOf(t, v, withCharts(v), Brief)
	if len(brief.pages) != 1 {
		t.Fatalf("简报有 %d 面", len(brief.pages))
	}
	text = words(brief.pages...)
	figures := b.KeyFigures(v.LatestRound())
	for _, f := range figures {
		if !strings.Contains(text, squeeze(f.Row.Name+f.Quantity.String()+f.Row.Unit)) {
			t.Errorf("简报没有“%s%s”", f.Row.Name, f.Text())
		}
	}
	for _, r := range v.Campaign().Regions {
		if !strings.Contains(text, r.Short) {
			t.Errorf("简报的图没有%s", r.Short)
		}
	}
}

// Without the lead office's summary its place is taken by each department's results
// under its name, and nothing else is put into words.
func TestReportWithoutASummary(t *testing.T) {
	v := publicView(t, nil)
	report := setOf(t, v, Options{}, Report)
	want := []string{"一、各部门行动成效", "（一）临江市农业农村局", "（二）临江市公安局", "二、二季度统计表", "三、违法典型案例"}
	if got := titles(report, 2); !slices.Equal(got, want) {
		t.Errorf("各部分是 %q，应为 %q", got, want)
	}
	if text := words(report.pages...); strings.Contains(text, "久久为功") || strings.Contains(text, "力量不足") {
		t.Error("别的几节也印进去了")
	}
}

// One changed figure changes every paper of the campaign, and the press release.
func TestAFigureIsInEveryPaper(t *testing.T) {
	const file, old, is = "data/q2/gongan.yaml", "刑事立案: 3", "刑事立案: 8765"
	v := publicView(t, map[string]string{file: strings.Replace(fileOf(t, file), old, is, 1)})
	kinds := append(slices.Clone(Kinds), Kind{Name: "新闻通稿", Of: Press})
	for _, k := range kinds {
		text := words(setOf(t, v, Options{}, k.Of).pages...)
		if !strings.Contains(text, "8765") {
			t.Errorf("%s没有改过的数", k.Name)
		}
	}
}

// A press release holds nothing that is not public, whatever the bundle holds beside it.
func TestPressIsPublic(t *testing.T) {
	text := words(setOf(t, publicView(t, map[string]string{
		"content/cases/jiazhongzi.md": strings.Replace(fileOf(t, "content/cases/jiazhongzi.md"), "公开方式: 主动公开", "公开方式: 不予公开", 1),
		"data/q2/release.yaml":        "",
	}), Options{}, Press).pages...)
	if strings.Contains(text, "二季度") || strings.Contains(text, "典型案例") {
		t.Errorf("说了没有公开的：%s", text)
	}
	if !strings.Contains(text, "一季度数据公布") || !strings.Contains(text, "立案查处40件") {
		t.Errorf("没有说已经公开的：%s", text)
	}
}

// Each paper of the campaign has a path, a name and a flag of its own.
func TestKindsAreNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Kinds {
		for _, name := range []string{k.Path, k.Name, "--" + k.Flag} {
			if seen[name] {
				t.Errorf("两种都叫 %s", name)
			}
			seen[name] = true
		}
		if !slices.Contains(FileNames(), k.Path) {
			t.Errorf("%s 不在 FileNames 里", k.Path)
		}
	}
	if Kinds[0].Flag != "" {
		t.Error("不带选项的是第一种")
	}
}

// A section that nothing stands in has no heading, but for those who may know that it is
// missing.
func TestEmptySections(t *testing.T) {
	const file = "content/narratives/q2/nongye.md"
	text := fileOf(t, file)
	empty := strings.Replace(text, "线上取证不易。\n\n### 人手不足\n\n一人多岗。\n", "", 1)
	settings := fileOf(t, "data/campaign.yaml")
	open := publicView(t, map[string]string{file: empty, "data/campaign.yaml": settings + "\n台账公开: true\n"})
	for name, c := range map[string]struct {
		view *release.View
		want bool
	}{
		"公开的":    {publicView(t, map[string]string{file: empty}), false},
		"公开台账的":  {open, true},
		"报送的和预览": {wholeView(t, map[string]string{file: empty}), true},
	} {
		b := stats.Of(c.view)
		s, err := compose(c.view, b, Options{}, fonts(), Summary(c.view, c.view.Campaign().Departments[0]))
		if err != nil {
			t.Fatal(err)
		}
		heading := slices.Contains(titles(s, 1), "三、存在问题")
		if said := strings.Contains(words(s.pages...), "存在问题未报送。"); heading != c.want || said != c.want {
			t.Errorf("%s：有标题 %v，说未报送 %v，应为 %v", name, heading, said, c.want)
		}
	}
}

// A title page names some departments, of many only the first and how many there are.
func TestManyDepartmentsOnTheTitle(t *testing.T) {
	v := publicView(t, nil)
	c := v.Campaign()
	other := *c.Departments[1]
	other.Name, other.Short = "某局", "某局"
	for len(c.Departments) < 61 {
		c.Departments = append(c.Departments, &other)
	}
	if text := words(setOf(t, v, Options{}, Report).pages[0]); !strings.Contains(text, "等60个部门") || strings.Count(text, "某局") > 10 {
		t.Errorf("封面：%s", text)
	}
}

// Where no key figure has a change, there is no column of changes.
func TestNoColumnOfDashes(t *testing.T) {
	first := map[string]string{"data/q2/release.yaml": ""}
	for _, of := range []func(*release.View, *stats.Table) *Paper{Volume, Brief} {
		if text := words(setOf(t, publicView(t, first), Options{}, of).pages...); strings.Contains(text, "变化") || !strings.Contains(text, "指标数量单位来源") {
			t.Errorf("主要数据有一列没有数的变化：%.600s", text)
		}
	}
}

// Nor any other that has nothing but dashes: a campaign without counties names none of
// who reported.
func TestColumnsOfDashesAreDropped(t *testing.T) {
	v := publicView(t, nil)
	w := newWriter(v, stats.Of(v), Options{}, &Paper{})
	table := withoutDashes(w.table(columns("Lccc"), w.headRow("部门", "县", "项目", "区"), []typeset.Row{w.textRow("甲局", "—", "2项", "—"), w.textRow("乙局", "—", "—", "—")}))
	text := ""
	for _, row := range append(table.Head, table.Rows...) {
		for _, cell := range row {
			text += cell.Runs[0].Text + " "
		}
	}
	if len(table.Columns) != 2 || text != "部门 项目 甲局 2项 乙局 — " {
		t.Errorf("%d 列：%s", len(table.Columns), text)
	}
}

// A region's short name is on one line, however many columns stand beside it.
func TestNamesHeadTheirRows(t *testing.T) {
	v := sampleView(t)
	lines := map[string]bool{}
	for _, page := range setOf(t, v, withCharts(v), Volume).pages {
		for _, text := range textsOf(page) {
			lines[text] = true
		}
	}
	for _, part := range []string{"蓉江新", "赣州经", "赣州经开"} {
		if lines[part] {
			t.Errorf("“%s”单独一行", part)
		}
	}
}
