package pdf

import (
	"slices"
	"strings"
	"testing"

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
