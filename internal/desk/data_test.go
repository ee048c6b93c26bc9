package desk

import (
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var aCell = regexp.MustCompile(`(?s)<td class="cell([^"]*)"><input name="(c/[^"]*)" value="([^"]*)" aria-label="([^"]*)"([^>]*)>(?:<span class="computed">= ([^<]*)</span>)?`)

// gridOf reads the cells of a page back: by name, their state and what they say.
func gridOf(page string) map[string]string {
	cells := map[string]string{}
	for _, m := range aCell.FindAllStringSubmatch(page, -1) {
		says := html.UnescapeString(m[3])
		if m[6] != "" {
			says += "=" + m[6]
		}
		if _, empty, found := strings.Cut(m[5], `placeholder="`); found {
			says = strings.TrimSuffix(strings.SplitN(empty, `"`, 2)[0], `"`)
		}
		cells[m[2]] = strings.TrimSpace(strings.TrimSpace(m[1]) + " " + says)
	}
	return cells
}

var seenCells = regexp.MustCompile(`name="seen" value="([^"]*)"`)

// fill submits the grid of an address with other texts in some cells, as a browser
// without scripts does: all cells, and what they said.
func (b *browser) fill(address string, texts map[string]string) string {
	b.t.Helper()
	page := b.get(address)
	m := seenCells.FindStringSubmatch(page)
	if m == nil {
		b.t.Fatalf("no grid in\n%s", page)
	}
	text := html.UnescapeString(m[1])
	var cells map[string]string
	must(b.t, json.Unmarshal([]byte(text), &cells))
	pairs := []string{"seen", text}
	for _, key := range []string{"round", "sheet", "field"} {
		v := regexp.MustCompile(`name="` + key + `" value="([^"]*)"`).FindStringSubmatch(page)
		pairs = append(pairs, key, html.UnescapeString(v[1]))
	}
	for name, text := range texts {
		if _, there := cells[name]; !there {
			b.t.Fatalf("there is no cell %s", name)
		}
		cells[name] = text
	}
	for name, text := range cells {
		pairs = append(pairs, name, text)
	}
	return b.post("/_desk/data/propose", pairs...)
}

// TestData: the sheet of a round says of every cell what kind of value it is, of every
// sum what it comes to, and where it is written; a number that is none can be mended
// there, a file that is none cannot.
func TestData(t *testing.T) {
	dir := copied(t, smallCampaign)
	edit(t, dir, "data/q2/shichang.yaml", "立案: 8", "立案: 9")
	edit(t, dir, "data/q2/jiaoyu.yaml", "抽检（份）: 无", "抽检（份）: 约30")
	edit(t, dir, "data/q1/shichang.yaml", "  罚没款: 1.50\n", "")
	must(t, os.WriteFile(filepath.Join(dir, "data/q1/jiaoyu.yaml"), []byte("填报单位: [\n"), 0o644))
	b := opened(t, dir, at("2026-05-10"))
	page := b.get("/_desk/data?round=q2")
	cells := gridOf(page)
	for name, want := range map[string]string{
		"c/0//数量": "45", "c/0//备注": "is-words 含幼儿园", "c/0//上年同期": "30",
		"c/1//数量": "is-zero 0", "c/2//数量": "is-wrong has-error 约30",
		"c/3//数量": "is-sum has-warning 汇总=150", "c/4//数量": "has-error 9", "c/8//数量": "1.55",
	} {
		if cells[name] != want {
			t.Errorf("%s: %q, want %q", name, cells[name], want)
		}
	}
	wants(t, page, "第二次数据：总表", "市场监管局各地", "清河市市场监督管理局，2026-05-02 填报", ">shichang.yaml:4</a>",
		`<td class="cell is-differs">8<strong class="computed">差 1</strong>`)
	if t.Failed() {
		t.Log(page)
	}

	cells = gridOf(b.get("/_desk/data?round=q2&sheet=shichang"))
	for name, want := range map[string]string{
		"c/3//数量": "is-sum has-warning 汇总=150", "c/3/*/数量": "20", "c/3/dongcheng/数量": "60", "c/7/xicheng/数量": "is-none 无", "c/7/dongcheng/数量": "is-zero 0",
		"c/8/dongcheng/数量": "0.50", "c/3/nanshan/数量": "is-missing 未报",
	} {
		if cells[name] != want {
			t.Errorf("%s: %q, want %q", name, cells[name], want)
		}
	}

	page = b.get("/_desk/data?round=q1")
	if cells = gridOf(page); cells["c/8//数量"] != "is-missing 未填" {
		t.Errorf("not filled in: %v", cells)
	}
	if _, there := cells["c/0//数量"]; there || strings.Count(page, `<a href="/_desk/edit?file=data%2Fq1%2Fjiaoyu.yaml&amp;line=1">读不出</a>`) != 9 {
		t.Errorf("a file that cannot be read: %s", page)
	}
	wants(t, b.get("/_desk/data"), "第三次数据：总表") // the round that is being gathered
	must(t, os.RemoveAll(filepath.Join(dir, "data/q3")))
	late := opened(t, dir, at("2026-12-01"))
	wants(t, late.get("/_desk/data"), "第二次数据：总表", "其中：") // the latest that has anything
	wants(t, b.get("/_desk/data?round=q9&sheet=jiaoyu&field=x"), "第三次数据：总表")
}

// TestDataCell: beside a cell stands all that is known of it: its file and line, who
// filled it in and when it arrived, its original, the sum, the change, the findings.
func TestDataCell(t *testing.T) {
	b := gathering(t)
	text := b.get("/_desk/data/cell?round=q2&cell=c/3//数量")
	if strings.Contains(text, "<html") {
		t.Error("the fragment is a page")
	}
	wants(t, text, "市场监管局“检查食品经营单位（户次）”的数量", `href="/_desk/edit?file=data%2Fq2%2Fshichang.yaml&line=5">data/q2/shichang.yaml:5</a>`,
		"<dt>算得</dt><dd>150</dd>", "<dt>填报日期</dt><dd>2026-04-29</dd>", "<dt>收到日期</dt><dd>2026-05-02</dd>", "市场局报表.csv", "<dt>上期</dt><dd>200</dd>", "未含南山镇",
		`<th scope="row">东城街道</th><td>60</td>`, `<th scope="row">各地加本级</th><td>150</td>`, "sum-incomplete", "看这个单位")
	wants(t, b.get("/_desk/data/cell?round=q2&cell=c/7/xicheng/数量"), "无：没有这项工作")
	wants(t, b.get("/_desk/data/cell?round=q2&cell=c/7/dongcheng/数量"), "0：有这项工作，没有发生")
	wants(t, b.get("/_desk/data/cell?round=q2&cell=c/7/nanshan/数量"), "没有填：这不是 0，也不是 无")
	wants(t, b.get("/_desk/data/cell?round=q2&cell=c/0//数量"), "整个文件读不出，先改好")
	wants(t, b.get("/_desk/data?round=q2&cell=c/3//数量"), `<th scope="row">各地加本级</th><td>150</td>`) // without scripts
	for _, cell := range []string{"c/99//数量", "c/-1//数量", "c/x//数量", "c/0/nowhere/数量", "c/0//备", "", "c/0//数量/x"} {
		wants(t, b.get("/_desk/data/cell?round=q2&cell="+cell), "没有这个页面")
	}
}

// TestDataTSV: a sheet goes out as a spreadsheet takes it, sums worked out.
func TestDataTSV(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), at("2026-05-10"))
	_, data := b.fetch("/_desk/data/tsv?round=q2&sheet=shichang")
	lines := strings.Split(strings.TrimSuffix(strings.TrimPrefix(string(data), "\ufeff"), "\r\n"), "\r\n")
	if len(lines) != 8 || lines[0] != "部门\t项目\t单位\t合计\t各地加本级\t本级\t东城街道\t西城街道\t南山镇" || lines[1] != "市场监管局\t检查食品经营单位\t户次\t150\t150\t20\t60\t70\t" {
		t.Errorf("got %q", lines)
	}
	_, data = b.fetch("/_desk/data/tsv?round=q2")
	if !strings.Contains(string(data), "\t45\t含幼儿园\t30\t40\t增加5家\t\tjiaoyu.yaml:4\r\n") {
		t.Errorf("got %s", data)
	}
}

// TestDataEdit: cells that were typed or pasted are one proposal: in the files these
// values change and nothing else, numbers stand as they were typed, and it is undone
// as one; forms that are not there begin.
func TestDataEdit(t *testing.T) {
	dir := copied(t, smallCampaign)
	edit(t, dir, "data/q2/jiaoyu.yaml", "项目:\n", "# 按电话里说的\n项目:\n")
	b := opened(t, dir, at("2026-05-10"))
	before := b.file("data/q2/jiaoyu.yaml")
	page := b.fill("/_desk/data?round=q2", map[string]string{
		"c/0//数量": "46", "c/0//备注": "含托幼机构", "c/1//上年同期": " 7 ", "c/8//数量": "1.550",
	})
	wants(t, page, "改写第二次数据 4 格：教体局、市场监管局", "罚没款: 1.550")
	if b.file("data/q2/jiaoyu.yaml") != before {
		t.Error("written before the yes")
	}
	wants(t, b.agree(page), "已写 4 格", "第二次数据：总表")
	want := strings.NewReplacer("{数量: 45, 备注: 含幼儿园, ", "{数量: 46, 备注: 含托幼机构, ", "抽检（批次）: 0", "抽检（批次）: {数量: 0, 上年同期: 7}").Replace(before)
	if got := b.file("data/q2/jiaoyu.yaml"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	wants(t, b.file("data/q2/shichang.yaml"), "  罚没款: 1.550\n", "检查食品经营单位: 汇总\n")

	undo := regexp.MustCompile(`undo/back"><input type="hidden" name="id" value="(\d+)"`).FindStringSubmatch(b.get("/_desk/undo"))
	b.agree(b.post("/_desk/undo/back", "id", undo[1]))
	if b.file("data/q2/jiaoyu.yaml") != before {
		t.Error("not taken back")
	}

	b.agree(b.fill("/_desk/data?round=q2&sheet=shichang", map[string]string{"c/3/nanshan/数量": "5", "c/8/nanshan/数量": "无", "c/4/dongcheng/数量": "4", "c/3/*/数量": "21"}))
	if got := b.file("data/q2/shichang/nanshan.yaml"); !strings.HasSuffix(got, "填报日期: 2026-05-10\n项目:\n  检查食品经营单位: 5\n  罚没款: 无\n") {
		t.Errorf("begun:\n%s", got)
	}
	wants(t, b.file("data/q2/shichang/dongcheng.yaml"), "立案: 4\n")
	wants(t, b.file("data/q2/shichang.yaml"), "本级:\n  检查食品经营单位: 21\n")
	b.agree(b.fill("/_desk/data?round=q2&sheet=shichang&field=备注", map[string]string{"c/3/nanshan/备注": "电话报的"}))
	wants(t, b.file("data/q2/shichang/nanshan.yaml"), "检查食品经营单位: {数量: 5, 备注: 电话报的}\n")
	wants(t, b.fill("/_desk/data?round=q2", nil), "没有改动，不用写")
}

// TestDataRefuses: what cannot be taken is shown by cell with what to do, and nothing
// of the block is written.
func TestDataRefuses(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := opened(t, dir, at("2026-05-10"))
	before := b.file("data/q2/jiaoyu.yaml")
	page := b.fill("/_desk/data?round=q2", map[string]string{"c/0//数量": "约40", "c/1//数量": "3.5", "c/8//数量": "2"})
	wants(t, page, "还没有写：有填得不对的", "教体局“检查学校食堂（家）”的数量", "不是确切的数字", "只能是整数", `href="/_desk/data?field=`, "回去改")
	if b.file("data/q2/jiaoyu.yaml") != before || strings.Contains(page, "change/apply") {
		t.Error("it can be written")
	}
	wants(t, b.fill("/_desk/data?round=q2&sheet=shichang", map[string]string{"c/3/dongcheng/数量": "汇总"}), "只有部门的总表可以")
	wants(t, b.fill("/_desk/data?round=q2&sheet=shichang&field=备注", map[string]string{"c/3/nanshan/备注": "说明"}), "还没有填数量")
	for _, name := range []string{"c/0/nowhere/数量", "c/99//数量"} {
		wants(t, b.post("/_desk/data/propose", "round", "q2", "seen", "{}", name, "1"), "请刷新以后再来")
	}
	wants(t, b.post("/_desk/data/propose", "round", "q2", "seen", "x", "c/0//数量", "1"), "没有送完整")
	wants(t, b.post("/_desk/data/propose", "round", "q9", "seen", "{}", "c/0//数量", "1"), "没有这一期了")
}

// TestDataMends: a number that is none is
// mended in its cell.
func TestDataMends(t *testing.T) {
	dir := copied(t, smallCampaign)
	edit(t, dir, "data/q2/jiaoyu.yaml", "抽检（份）: 无", "抽检（份）: 约30")
	b := opened(t, dir, at("2026-05-10"))
	page := b.fill("/_desk/data?round=q2", map[string]string{"c/2//数量": "30"})
	wants(t, page, "写入以后少")
	b.agree(page)
	wants(t, b.file("data/q2/jiaoyu.yaml"), "抽检（份）: 30\n")
	if got := gridOf(b.get("/_desk/data?round=q2"))["c/2//数量"]; got != "30" {
		t.Errorf("got %q", got)
	}
}

// TestDataMeanwhile: a cell that somebody has changed since the page was made is told
// of before it is written over, and other cells keep what they got.
func TestDataMeanwhile(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), at("2026-05-10"))
	seen := html.UnescapeString(seenCells.FindStringSubmatch(b.get("/_desk/data?round=q2"))[1])
	edit(t, b.dir, "data/q2/jiaoyu.yaml", "{数量: 45,", "{数量: 47,")
	edit(t, b.dir, "data/q2/jiaoyu.yaml", "抽检（批次）: 0", "抽检（批次）: 5")
	page := b.post("/_desk/data/propose", "round", "q2", "seen", seen, "c/0//数量", "46", "c/1//数量", "0")
	wants(t, page, "教体局“检查学校食堂（家）”的数量在打开这一页以后被改成了“47”（原来是“45”），这里要写“46”")
	b.agree(page)
	wants(t, b.file("data/q2/jiaoyu.yaml"), "{数量: 46,", "抽检（批次）: 5\n")
}
