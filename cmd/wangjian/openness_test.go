//go:build whole

package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/layouts"
)

// The regions' figures of the campaign below stand nowhere else in it. 南岭县 has
// not reported the second round and 北川县 was late with it; so was 乙局, and 丙局
// has not reported it. The counties that are in both rounds come to 2961 more
// with the department's own part, and the two sums to 4342 less.
const (
	regionSum    = "24679"
	regionChange = "2961"
)

var (
	regionNames   = []string{"东山县", "西河县", "南岭县", "北川县"}
	regionFigures = []string{"7101", "7202", "7303", "7404", "8111", "8222", "8333", "8220"}
)

// regionCampaign is a campaign on disk whose regions' figures are public as the
// settings say, which open campaign.yaml.
func regionCampaign(t *testing.T, settings string) string {
	t.Helper()
	const record = "公开方式: 主动公开\n发布日期: 2026-05-08\n" + signed
	narrative := func(result string) string {
		return "---\n" + record + "---\n\n## 经验做法\n\n逐店检查。\n\n## 行动成效\n\n" + result + "\n\n## 存在问题\n\n人手少。\n\n## 下一步打算\n\n销号。\n"
	}
	warning := func(title, body string) string {
		return "---\n标题: " + title + "\n发布机构: 甲局\n" + record + "---\n\n## 怎么办\n\n" + body + "\n"
	}
	form := func(unit, day, items string) string {
		return "填报单位: " + unit + "\n填报日期: " + day + "\n项目:\n" + items
	}
	county := func(name, day string, cases, fines string) string {
		return form(name+"甲局", day, "  查处案件: "+cases+"\n  罚没款: "+fines+"\n")
	}
	const sums = "  查处案件: 汇总\n  罚没款: 汇总\n本级:\n  查处案件: "
	files := map[string]string{
		"data/campaign.yaml": settings + `名称: 江口市2026年专项行动
简称: 江口行动
牵头部门: jia
站点: {名称: 江口专栏, 域名: jiangkou.example, 标识码: "0000000000", 主办单位: 江口市甲局}
部门:
  - {代号: jia, 名称: 江口市甲局, 简称: 甲局}
  - {代号: yi, 名称: 江口市乙局, 简称: 乙局}
  - {代号: bing, 名称: 江口市丙局, 简称: 丙局}
地区:
  - {代号: dongshan, 名称: 东山县}
  - {代号: xihe, 名称: 西河县}
  - {代号: nanling, 名称: 南岭县}
  - {代号: beichuan, 名称: 北川县}
工作重点:
  - {代号: zhongdian, 名称: 查处案件, 责任单位: [甲局, 乙局], 摘要: 查处案件。}
  - {代号: qita, 名称: 其他工作, 责任单位: [乙局], 摘要: 其他工作。}
阶段:
  - {名称: 检查, 起: 2026-03-01, 止: 2026-05-31, 摘要: 分两期检查。}
期次:
  - {代号: p1, 名称: 一期, 截止: 2026-03-31, 口径: 累计}
  - {代号: p2, 名称: 二期, 截止: 2026-04-30, 口径: 累计}
`,
		"data/form.yaml": `名称: 统计表
项目:
  - {部门: jia, 名称: 查处案件, 单位: 件, 工作重点: zhongdian}
  - {部门: jia, 名称: 罚没款, 单位: 万元}
  - {部门: yi, 名称: 检查, 单位: 次}
  - {部门: bing, 名称: 巡查, 单位: 次}
`,
		"data/p1/release.yaml": record, "data/p2/release.yaml": record,
		"data/p1/jia.yaml": form("江口市甲局", "2026-03-30", sums+"11\n"), "data/p2/jia.yaml": form("江口市甲局", "2026-04-29", sums+"13\n"),
		"data/p1/yi.yaml": form("江口市乙局", "2026-03-30", "  检查: 5\n"), "data/p2/yi.yaml": form("江口市乙局", "2026-05-03", "  检查: 6\n"),
		"data/p1/bing.yaml":         form("江口市丙局", "2026-03-30", "  巡查: 9\n"),
		"data/p1/jia/dongshan.yaml": county("东山县", "2026-03-30", "7101", "1.5"),
		"data/p1/jia/xihe.yaml":     county("西河县", "2026-03-30", "7202", "1.5"),
		"data/p1/jia/nanling.yaml":  county("南岭县", "2026-03-30", "7303", "1.5"),
		"data/p1/jia/beichuan.yaml": county("北川县", "2026-03-30", "7404", "1.5"),
		"data/p2/jia/dongshan.yaml": county("东山县", "2026-04-28", "8111", "2.5"),
		"data/p2/jia/xihe.yaml":     county("西河县", "2026-04-28", "8222", "2.5"),
		"data/p2/jia/beichuan.yaml": county("北川县", "2026-05-03", "8333", "2.5"),
		"data/corrections.yaml": `更正:
  - {期次: 二期, 部门: 甲局, 地区: 西河县, 项目: 查处案件, 原值: 8220, 现值: 8222, 原因: 漏计两件, 日期: 2026-05-09}
  - {期次: 二期, 部门: 甲局, 项目: 查处案件, 原值: 24677, 现值: 24679, 原因: 合计随之更正, 日期: 2026-05-09}
`,
		"content/narratives/p2/jia.md":          narrative("查处案件{{甲局/查处案件}}，新增{{甲局/查处案件｜新增}}。"),
		"content/narratives/p2/jia/dongshan.md": narrative("东山县查处案件{{甲局@东山县/查处案件}}。"),
		"content/warnings/hao.md":               warning("只说合计", "全市新增{{甲局/查处案件｜新增}}。"),
		"content/warnings/yinyong.md":           warning("引用一个县", "东山县有{{甲局@东山县/查处案件}}。"),
		"content/warnings/tu.md":                warning("放各县的图", "{{图:jia-diqu}}"),
		"content/warnings/lianjie.md":           warning("链接到一个县", "见[做法](../narratives/p2/jia/dongshan.md)。"),
		"content/warnings/dizhi.md":             warning("链接到地区栏目", "见[各地](https://jiangkou.example/regions/index.html)。"),
	}
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// published builds the public folder and reads every file of it, the assets of
// the program apart: HTML with its drawings, CSV, JSON, the search index,
// workbooks unpacked, and papers as pdftotext reads them.
func published(t *testing.T, settings string) map[string]string {
	t.Helper()
	texts := outputs(t, build(t, "-C", regionCampaign(t, settings), "--date", "2026-05-10"))
	for path := range texts {
		if strings.HasPrefix(path, "assets/") {
			delete(texts, path)
		}
	}
	if len(texts) < 30 || texts["report.pdf"] == "" || texts["data/statistics.xlsx"] == "" {
		t.Fatalf("only %d files", len(texts))
	}
	return texts
}

// hold fails for each file that holds one of some words.
func hold(t *testing.T, texts map[string]string, words ...string) {
	t.Helper()
	sums := regexp.MustCompile(`(?m)^[0-9a-f]{64}  `) // of the list of files, only the paths are words
	texts = maps.Clone(texts)
	texts[publish.SumsFile] = sums.ReplaceAllString(texts[publish.SumsFile], "")
	for path, text := range texts {
		for _, word := range words {
			if at := strings.Index(text, word); at >= 0 {
				t.Errorf("%s holds %q: %q", path, word, text[max(0, at-60):min(len(text), at+60)])
			}
			if strings.Contains(path, word) {
				t.Errorf("there is a file %s", path)
			}
		}
	}
}

// withoutDrawings leaves out of pages where the strokes of their charts lie, which
// may have any digits after the point.
func withoutDrawings(texts map[string]string) map[string]string {
	places := regexp.MustCompile(` (d|[cr]?[xy][12]?|r|points|width|height|transform)="[^"]*"`)
	texts = maps.Clone(texts)
	for path, text := range texts {
		texts[path] = places.ReplaceAllString(text, "")
	}
	return texts
}

// missing says which of some words a file lacks, read without line breaks.
func missing(t *testing.T, texts map[string]string, path string, words ...string) {
	t.Helper()
	text := regexp.MustCompile(`\s+`).ReplaceAllString(texts[path], "")
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%s does not say %q", path, word)
		}
	}
}

// The words that nothing public says of a unit while the ledger is closed.
var lateness = []string{"未报", "逾期", "迟报", "缺报", "没有报", "没有填", "截止以后"}

// sumsSay holds in every setting: the sum, that it lacks one region, and a
// change of the regions that both rounds have, and never of unequal ones.
func sumsSay(t *testing.T, texts map[string]string, lacks string) {
	t.Helper()
	scope := "按两期都报的3个县（市、区）计"
	missing(t, texts, "index.html", regionSum, lacks, regionChange+"件", "（"+scope+"）")
	missing(t, texts, "departments/jia/index.html", regionSum, lacks, regionChange, scope)
	missing(t, texts, "statistics/index.html", regionSum, lacks)
	missing(t, texts, "tasks/index.html", regionSum, lacks)
	missing(t, texts, "tasks/zhongdian/index.html", regionSum, lacks, regionChange, scope)
	missing(t, texts, "data/charts/zongti.csv", regionSum, lacks, regionChange, scope)
	missing(t, texts, "data/statistics.csv", regionSum, lacks)
	missing(t, texts, "data/statistics.json", regionSum, lacks)
	missing(t, texts, "data/statistics.xlsx", regionSum, lacks, regionChange, scope)
	missing(t, texts, "report.pdf", regionSum, lacks, regionChange, scope)
	missing(t, texts, "departments/jia/report.pdf", regionSum, regionChange)
	missing(t, texts, "warnings/hao/index.html", regionChange+"件")
	hold(t, texts, "4342")
}

// TestNothingNamesTheMissing: without 台账公开 nothing public says of a unit or
// region that it has not reported or was late, and sums count what they lack.
// The office's view names them.
func TestNothingNamesTheMissing(t *testing.T) {
	for _, setting := range []string{"", "地区公开: 排序\n", "地区公开: 只公布合计\n"} {
		t.Run(setting, func(t *testing.T) {
			texts := published(t, setting)
			hold(t, texts, lateness...)
			sumsSay(t, texts, "未含1个县（市、区）")
			missing(t, texts, "departments/index.html", "巡查（一期）", "9次")
			hold(t, map[string]string{"departments/index.html": texts["departments/index.html"]}, "暂无公布的统计数据")
			if page := texts["regions/nanling/index.html"]; strings.Contains(page, "二期") {
				t.Error("南岭县's own page has a column for the round that it has not reported")
			}
		})
	}
	r := project.Read(os.DirFS(regionCampaign(t, "")), func(*campaign.Campaign) campaign.Moment { return campaign.Date{Year: 2026, Month: 5, Day: 10}.Last() })
	drawer := freshDrawer(layouts.Over(nil))
	office := made(t, r.Whole, drawer)
	for path, want := range map[string]string{"regions/index.html": "南岭县未报", "progress/index.html": "北川县", "departments/jia/index.html": "未含南岭县"} {
		if page, _ := office.File(path); !strings.Contains(string(page), want) {
			t.Errorf("the office's %s does not say %s", path, want)
		}
	}
}

// TestOpenLedgerNames: with 台账公开 the public learns who has not reported and
// who was late.
func TestOpenLedgerNames(t *testing.T) {
	texts := published(t, "台账公开: true\n")
	sumsSay(t, texts, "未含南岭县")
	missing(t, texts, "regions/index.html", "南岭县未报")
	missing(t, texts, "regions/nanling/index.html", "二期未报")
	missing(t, texts, "progress/index.html", "南岭县", "北川县", "逾期", "未报")
	missing(t, texts, "report.pdf", "未含南岭县", "未报")
}

// regionRows are the regions of the chart's table, in its order.
func regionRows(texts map[string]string) []string {
	var rows []string
	for _, line := range strings.Split(texts["data/charts/jia-diqu.csv"], "\n") {
		if name, _, _ := strings.Cut(line, ","); slices.Contains(regionNames, name) {
			rows = append(rows, name)
		}
	}
	return rows
}

var ranks = regexp.MustCompile(`最多|最高|并列|排名|名列|领先|第[一二三四1-4]名|从多到少`)

// TestRegionsInOrder: with 次序, which holds where nothing is written, the regions
// stand in the campaign's order in every chart and table, nothing says who has
// most, and no table of regions offers to be sorted.
func TestRegionsInOrder(t *testing.T) {
	for _, setting := range []string{"", "地区公开: 次序\n"} {
		texts := published(t, setting)
		for path, text := range texts {
			if at := ranks.FindStringIndex(text); at != nil {
				t.Errorf("%s ranks: %q", path, text[max(0, at[0]-60):min(len(text), at[1]+60)])
			}
		}
		if got := regionRows(texts); !slices.Equal(got, regionNames) {
			t.Errorf("the chart's regions are %v", got)
		}
		for _, path := range []string{"regions/index.html", "departments/jia/index.html"} {
			for _, table := range regexp.MustCompile(`(?s)<table[^>]*data-sort.*?</table>`).FindAllString(texts[path], -1) {
				if strings.Contains(table, "东山县") {
					t.Errorf("%s has a table of regions to sort", path)
				}
			}
		}
		missing(t, texts, "regions/index.html", "不是名次", "二期4个县（市、区）中3个已报")
		for _, name := range regionNames {
			missing(t, texts, "regions/index.html", name)
		}
	}
}

// TestRegionsRanked: with 排序 the chart is sorted and says so, and names who has
// most of those that have reported.
func TestRegionsRanked(t *testing.T) {
	texts := published(t, "地区公开: 排序\n")
	if got, want := regionRows(texts), []string{"北川县", "西河县", "东山县", "南岭县"}; !slices.Equal(got, want) {
		t.Errorf("the chart's regions are %v", got)
	}
	for _, path := range []string{"index.html", "regions/index.html", "report.pdf"} {
		missing(t, texts, path, "北川县8333件最多", "在已报的3个中，北川县最多")
	}
	missing(t, texts, "regions/index.html", "按数量从多到少")
}

// TestOnlyTotals: with 只公布合计 nothing public has a region's name, figure,
// page, narrative or chart, nor anything that cites or leads to one; what the
// gate holds back it says with the reason.
func TestOnlyTotals(t *testing.T) {
	const setting = "地区公开: 只公布合计\n"
	texts := published(t, setting)
	hold(t, texts, regionNames...)
	hold(t, withoutDrawings(texts), regionFigures...)
	hold(t, texts, "regions/", "jia-diqu", "jia-reli", "dongshan", "本级,", "引用一个县", "放各县的图", "链接到一个县", "链接到地区栏目", "地区情况", "西河")
	r := project.Read(os.DirFS(regionCampaign(t, setting)), func(*campaign.Campaign) campaign.Moment { return campaign.Date{Year: 2026, Month: 5, Day: 10}.Last() })
	for _, f := range r.Findings {
		if f.Level == campaign.Error {
			t.Errorf("%s [%s] %s", f.At, f.Rule, f.Message)
		}
	}
	drawer := freshDrawer(layouts.Over(nil))
	office := made(t, r.Whole, drawer)
	for _, path := range []string{"regions/index.html", "regions/xihe/index.html", "departments/jia/index.html"} {
		if page, _ := office.File(path); !strings.Contains(string(page), "8222") || !strings.Contains(string(page), "未公开") {
			t.Errorf("the office's %s does not show the figure, marked", path)
		}
	}
	var held strings.Builder
	printHeld(&held, r.Public.Held())
	for _, want := range []string{
		"没有公开的有 6 项", "7张县（市、区）报表：只公布它们的合计（地区公开: 只公布合计）",
		"content/narratives/p2/jia/dongshan.md", "不公开单个县（市、区）的总结",
		"content/warnings/yinyong.md  引用一个县：引用的“{{甲局@东山县/查处案件}}”是单个县（市、区）的数",
		"content/warnings/tu.md  放各县的图：引用的“{{图:jia-diqu}}”", "content/warnings/lianjie.md  链接到一个县：链接的“../narratives/p2/jia/dongshan.md”", "content/warnings/dizhi.md",
	} {
		if !strings.Contains(held.String(), want) {
			t.Errorf("build does not say %q:\n%s", want, &held)
		}
	}
	for _, i := range r.Public.Campaign().Reports {
		if i.Region != nil || i.Own != nil {
			t.Errorf("the public campaign holds %s", i.File)
		}
	}
	if c := r.Public.Campaign(); len(c.Regions) != 0 || len(c.Corrections) != 1 {
		t.Errorf("the public campaign holds %d regions, %d corrections", len(c.Regions), len(c.Corrections))
	}
	if open := published(t, ""); !strings.Contains(open["data/statistics.csv"], "8111") || fmt.Sprint(open["regions/dongshan/index.html"]) == "" {
		t.Error("where they are public, the regions' figures are there")
	}
}
