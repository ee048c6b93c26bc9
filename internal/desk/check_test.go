package desk

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

const aWarning = "content/warnings/xiaolingshi.md"

// inMay is a day on which the small campaign's second round is out.
func inMay(o *Options) {
	o.Today = func(*campaign.Campaign) campaign.Moment { return campaign.Date{Year: 2026, Month: 5, Day: 10}.Last() }
}

// change replaces a text in a file, which holds it once.
func (b *browser) change(name, from, to string) {
	b.t.Helper()
	text := b.file(name)
	if strings.Count(text, from) != 1 {
		b.t.Fatalf("%q stands %d times in %s:\n%s", from, strings.Count(text, from), name, text)
	}
	must(b.t, os.WriteFile(filepath.Join(b.dir, filepath.FromSlash(name)), []byte(strings.Replace(text, from, to, 1)), 0o644))
}

// has fails where a page lacks one of the texts.
func has(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("no %q in\n%s", text, page)
		}
	}
}

func hasNot(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(page, text) {
			t.Errorf("%q in\n%s", text, page)
		}
	}
}

var mendKey = regexp.MustCompile(`action="/_desk/check/mend"><input type="hidden" name="key" value="([0-9a-f]+)"`)

// TestCheck: findings come by weight and unit, what stops a publication first; the
// filters leave the others out; one click mends one, or all of a kind.
func TestCheck(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := &browser{t: t, dir: dir}
	b.change(aWarning, "看生产日期，看配料表。", "看生产日期,看配料表;看{市场监管局/检查食品经营单位}。")
	b.change("data/q2/jiaoyu.yaml", "抽检（批次）: 0", "抽检（批次）: \"0\"")
	b = opened(t, dir, inMay)
	page := b.get("/_desk/check")
	has(t, page, "不改就发布不了", "<h3>教体局</h3>", "中文里的标点用全角", "引用的数字要用两层花括号", "“&#34;0&#34;” 改成 “0”")
	if strings.Index(page, "数量带了引号") > strings.Index(page, "中文里的标点用全角") {
		t.Error("a warning comes before an error")
	}
	only := b.get("/_desk/check?kind=quantity")
	has(t, only, "数量带了引号")
	hasNot(t, only[strings.Index(only, "<section>"):], "中文里的标点用全角")

	m := mendKey.FindStringSubmatch(only)
	if m == nil {
		t.Fatal(only)
	}
	shown := b.post("/_desk/check/mend", "key", m[1])
	has(t, shown, "data/q2/jiaoyu.yaml", "写入以后少")
	if strings.Contains(b.file("data/q2/jiaoyu.yaml"), "（批次）: 0\n") {
		t.Error("written before the yes")
	}
	b.agree(shown)
	has(t, b.file("data/q2/jiaoyu.yaml"), "抽检（批次）: 0\n")
	has(t, b.post("/_desk/check/mend", "key", m[1]), "这里已经改过")

	b.agree(b.post("/_desk/check/mend-all", "kind", "mark-style"))
	has(t, b.file(aWarning), "看生产日期，看配料表；看{市场监管局")
	hasNot(t, b.get("/_desk/check"), "中文里的标点用全角")
}

// TestCheckOpensEachPlace: wherever a finding stands, the link to its place leads to a
// page that says what to do.
func TestCheckOpensEachPlace(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := &browser{t: t, dir: dir}
	b.change(aWarning, "看生产日期，看配料表。", "看{{市场监管局/没有的项目}}。")
	must(t, os.WriteFile(filepath.Join(dir, "data/q2/别的.xlsx"), []byte("x"), 0o644))
	must(t, os.WriteFile(filepath.Join(dir, "content/cases/坏.md"), []byte("---\n标题: [\n---\n"), 0o644))
	b = opened(t, dir, inMay)
	page := b.get("/_desk/check")
	links := regexp.MustCompile(`href="(/_desk/edit\?[^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(links) < 4 {
		t.Fatalf("%d links in\n%s", len(links), page)
	}
	for _, link := range links {
		place := b.get(html.UnescapeString(link[1]))
		has(t, place, "/_desk/")
		if !strings.Contains(place, `id="text-form"`) && !strings.Contains(place, "callout-warn") {
			t.Errorf("%s leads to\n%s", link[1], place)
		}
	}
	has(t, b.get("/_desk/edit?file="+aWarning+"&line=16"), "第 16 行", "没有的项目", `data-line="16"`, `src="/_desk/edit/page/warnings/xiaolingshi/index.html"`)
	for name, says := range map[string]string{
		"../etc/passwd": "不能在这里改", "data/发布记录/0001.yaml": "发布记录", "收件/a.xlsx": "收到的原件", "data/q3/x.yaml": "还没有这个文件", "content/cases/a.pdf": "不是文字文件", "data": "文件夹", "/etc/passwd": "不能在这里改",
	} {
		has(t, b.get("/_desk/edit?file="+name), says)
	}
}
