package desk

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/disk"
	"wangjian/internal/publish"
)

// publishing opens a desk on a day of May 2026, when the small campaign is public.
func publishing(t *testing.T, dir, day string) *browser {
	t.Helper()
	at, err := campaign.ParseInstant(day)
	must(t, err)
	return opened(t, dir, func(o *Options) { o.Today = func(*campaign.Campaign) campaign.Moment { return at } })
}

// edit replaces a text in a file of the campaign.
func edit(t *testing.T, dir, file, old, with string) {
	t.Helper()
	name := filepath.Join(dir, filepath.FromSlash(file))
	text, err := os.ReadFile(name)
	must(t, err)
	if !strings.Contains(string(text), old) {
		t.Fatalf("%s has no %q", file, old)
	}
	must(t, os.WriteFile(name, []byte(strings.Replace(string(text), old, with, 1)), 0o644))
}

var agreedField = regexp.MustCompile(`name="agreed" value="(\w+)"`)

// publish looks at the screen and publishes.
func (b *browser) publish(pairs ...string) string {
	b.t.Helper()
	m := agreedField.FindStringSubmatch(b.get("/_desk/publish"))
	if m == nil {
		b.t.Fatal("nothing can be published")
	}
	return b.wait(b.post("/_desk/publish/out", append(pairs, "agreed", m[1], "looked", "1")...))
}

func wants(t *testing.T, page string, texts ...string) {
	t.Helper()
	page = html.UnescapeString(page)
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not say %q", text)
			t.Log(page)
		}
	}
}

func lacks(t *testing.T, page string, texts ...string) {
	t.Helper()
	page = html.UnescapeString(page)
	for _, text := range texts {
		if strings.Contains(page, text) {
			t.Errorf("the page says %q", text)
		}
	}
}

// reload has the desk read what is on the disk.
func (b *browser) reload() {
	b.t.Helper()
	b.post("/_desk/publish/correct") // an act reads what is on the disk
}

// TestPublish: what goes out is shown first, is what goes out, and is recorded; it is
// verified, told of, and a second publication of the same changes nothing.
func TestPublish(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := publishing(t, dir, "2026-05-10 10:00")
	page := b.get("/_desk/publish")
	wants(t, page, "这是第一次发布", "新公开 13 项", "东城街道市场监管所查处某超市经营过期面包案", "第二次的数第一次公布", "没有公开的",
		`<a href="/_desk/sign?file=`, `<a href="/_desk/edit?file=`)
	lacks(t, page, "处错误，改好才能发布")
	if _, err := os.Stat(filepath.Join(dir, "public")); err == nil {
		t.Error("looking has written a site")
	}
	wants(t, b.post("/_desk/publish/out", "place", "文件夹", "folder", "public"), "没有确认")
	wants(t, b.get("/_desk/publish/site/"), "没有这个页面")
	wants(t, b.publish("place", "文件夹", "folder", "public"), "发布好了", "核对过，相符", "已记入 data/发布记录/0001-2026-05-10.yaml", `href="/_desk/publish/site/"`)
	if page := b.get("/_desk/publish/site/"); page != b.file("public/index.html") {
		t.Errorf("the published site is not shown: %s", page)
	}
	wants(t, b.get("/_desk/publish/site/%2e%2e/data/campaign.yaml"), "没有这个页面")
	if n, wrong, err := publish.CheckSums(filepath.Join(dir, "public")); err != nil || len(wrong) > 0 || n < 30 {
		t.Errorf("%d files, %v %v", n, wrong, err)
	}
	wants(t, b.file("data/发布记录/0001-2026-05-10.yaml"), "content/warnings/xiaolingshi.md,校门口零食怎么挑,公开")
	b.reload()
	wants(t, b.get("/_desk/publish"), "公众看到的没有变化")
	wants(t, b.publish("place", "文件夹", "folder", "public"), "其中 0 个有变化", "发布记录没有加")
	wants(t, b.wait(b.post("/_desk/publish/verify", "place", "文件夹", "folder", "public")), "与校验值相符，与现在重新生成的逐字节相同")
	edit(t, dir, "public/index.html", "<title>", "<title>改")
	wants(t, b.wait(b.post("/_desk/publish/verify", "place", "文件夹", "folder", "public")), "index.html</span>：与 SHA256SUMS 不符")
	wants(t, b.get("/_desk/history"), "第1次　2026-05-10　数据第1版", "公布 第二次的数")
}

// TestPublishStopped: whenever it is stopped, all of it is out and recorded or nothing.
func TestPublishStopped(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := publishing(t, dir, "2026-05-10 10:00")
	m := agreedField.FindStringSubmatch(b.get("/_desk/publish"))
	for n := range 6 {
		page := b.post("/_desk/publish/out", "agreed", m[1], "looked", "1", "place", "文件夹", "folder", "public")
		job := underWay.FindStringSubmatch(page)
		if job == nil {
			wants(t, page, "发布好了")
			break
		}
		for range n * 20 {
			b.get("/_desk/job/" + job[1] + "/state")
		}
		page = b.wait(b.post("/_desk/job/stop", "id", job[1]))
		_, site := os.Stat(filepath.Join(dir, "public"))
		list, _ := os.ReadDir(filepath.Join(dir, "data/发布记录"))
		if done := strings.Contains(page, "发布好了"); done != (site == nil) || done != (len(list) == 1) || !done && !strings.Contains(page, "已经停止") {
			t.Errorf("site %v, record %v:\n%s", site, list, page)
		} else if done {
			return
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".public*")); len(left) > 0 {
			t.Errorf("left %v", left)
		}
	}
}

// TestPublishUnseen: what has changed since the person looked does not go out.
func TestPublishUnseen(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := publishing(t, dir, "2026-05-10 10:00")
	m := agreedField.FindStringSubmatch(b.get("/_desk/publish"))
	edit(t, dir, "data/campaign.yaml", "联系电话: ", "承办单位: 清河市市场监督管理局办公室\n  联系电话: ")
	page := b.wait(b.post("/_desk/publish/out", "agreed", m[1], "looked", "1", "place", "文件夹", "folder", "public"))
	wants(t, page, "没有发布成", "您看过以后资料又改了", `href="/_desk/publish"`)
	for _, name := range []string{"public", "data/发布记录"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			t.Errorf("%s is there", name)
		}
	}
}

// TestPublishFaults: errors are listed with links to be mended, and nothing goes out; a
// folder that is somebody else's is refused, and a second publication beside the first.
func TestPublishFaults(t *testing.T) {
	dir := copied(t, smallCampaign)
	edit(t, dir, "content/warnings/xiaolingshi.md", "\n---\n", "\n---\n请打 13800138000。\n")
	b := publishing(t, dir, "2026-05-10 10:00")
	wants(t, b.get("/_desk/publish"), "处错误，改好才能发布", "/_desk/edit?file=content%2Fwarnings%2Fxiaolingshi.md&line=", "现在不能发布")
	page := b.wait(b.post("/_desk/publish/out", "agreed", "0", "looked", "1", "place", "文件夹", "folder", "public"))
	wants(t, page, "没有发布成", `href="/_desk/check"`)
	if _, err := os.Stat(filepath.Join(dir, "public")); err == nil {
		t.Error("it is published")
	}
	edit(t, dir, "content/warnings/xiaolingshi.md", "请打 13800138000。\n", "")
	b.reload()
	for folder, why := range map[string]string{"data": "专项行动自己的文件", ".": "自己的文件夹", "": "没有写放到哪个文件夹", "content/x": "专项行动自己的文件"} {
		wants(t, b.publish("place", "文件夹", "folder", folder), why)
	}
	wants(t, b.publish("place", "目标:线上", "folder", ""), "没有叫“线上”的目标")
	must(t, os.Mkdir(filepath.Join(dir, "照片"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "照片", "1.jpg"), nil, 0o644))
	wants(t, b.publish("place", "文件夹", "folder", "照片"), "不是本程序生成的")
	unlock, err := disk.LockAct(dir)
	must(t, err)
	wants(t, b.publish("place", "文件夹", "folder", "public"), "正在发布这个专项行动，请等它完成")
	unlock()
	if list, _ := os.ReadDir(filepath.Join(dir, "data/发布记录")); len(list) > 0 {
		t.Errorf("recorded %v", list)
	}
	wants(t, b.publish("place", "文件夹", "folder", "public"), "发布好了")
}

// TestPublishPackage: the upload package is made, recorded and can be saved; a place of
// 发布 is chosen by its name.
func TestPublishPackage(t *testing.T) {
	dir := copied(t, smallCampaign)
	edit(t, dir, "data/campaign.yaml", "名称: ", "发布: {线上: {文件夹: 网站}}\n名称: ")
	b := publishing(t, dir, "2026-05-10 10:00")
	wants(t, b.get("/_desk/publish"), `value="目标:线上" checked`, "线上（网站）")
	wants(t, b.get("/_desk/publish/package"), "没有这个页面")
	page := b.publish("place", "上传包", "folder", "")
	wants(t, page, "发布好了", "这个包里是整个网站", `href="/_desk/publish/package"`, "已记入 data/发布记录/0001-2026-05-10.yaml")
	r, err := b.client.Get(b.root + "/_desk/publish/package")
	must(t, err)
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	must(t, err)
	if !strings.Contains(r.Header.Get("Content-Disposition"), "attachment") || r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", r.Header)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	must(t, err)
	if z.File[len(z.File)-1].Name != "上传说明.txt" {
		t.Error("the package is not whole")
	}
	wants(t, b.publish("place", "上传包"), "与上一个上传包比没有变化")
	wants(t, b.publish("place", "上传包", "full", "1"), "保存上传包")
	wants(t, b.publish("place", "目标:线上"), "发布好了")
	if _, wrong, err := publish.CheckSums(filepath.Join(dir, "网站")); err != nil || len(wrong) > 0 {
		t.Errorf("%v %v", wrong, err)
	}
	wants(t, b.wait(b.post("/_desk/publish/verify", "place", "目标:线上")), "逐字节相同")
}

// TestDraft: a draft is made anywhere and as often as one likes, and is not recorded.
func TestDraft(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := publishing(t, dir, "2026-05-10 10:00")
	wants(t, b.wait(b.post("/_desk/publish/draft", "folder", "草稿")), "草稿生成好了", "草稿：")
	wants(t, b.wait(b.post("/_desk/publish/draft", "folder", "草稿")), "草稿生成好了")
	if _, err := os.Stat(filepath.Join(dir, "草稿/index.html")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "data/发布记录")); err == nil {
		t.Error("a draft is recorded")
	}
}

var entryField = regexp.MustCompile(`name="(reason\.\w+)" aria-label="第二次市场监管局 ([^"]*)的原因"`)

// TestCorrections: what was published and is another now is asked for one by one, old
// and new, with what changes with it; what has no reason is not written.
func TestCorrections(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := publishing(t, dir, "2026-05-10 10:00")
	b.publish("place", "文件夹", "folder", "public")
	edit(t, dir, "data/q2/shichang/dongcheng.yaml", "检查食品经营单位: 60", "检查食品经营单位: 61")
	wants(t, b.post("/_desk/publish/correct", "reason", " "), "没有写原因")
	page := b.get("/_desk/publish")
	wants(t, page, "更正 2 条", "先写上面的<a href=\"#corrections\">更正</a>", `<caption>第二次市场监管局</caption>`, `<td class="num">60</td><td class="num"><strong>61</strong></td>`, `<td class="num">150</td><td class="num"><strong>151</strong></td>`,
		"regions/dongcheng/index.html（东城街道）", "departments/shichang/report.pdf")
	lacks(t, page, "correction-missing")
	fields := map[string]string{}
	for _, m := range entryField.FindAllStringSubmatch(page, -1) {
		fields[m[2]] = m[1]
	}
	if len(fields) != 2 {
		t.Fatalf("%v", fields)
	}
	proposal := b.post("/_desk/publish/correct", fields["东城街道 检查食品经营单位"], "漏计: 一户")
	wants(t, proposal, "写 1 条更正", "还有 1 条没有写原因", `原值: 60, 现值: 61, 原因: "漏计: 一户"`)
	if b.file("data/corrections.yaml") != "" {
		t.Error("written before it was agreed to")
	}
	wants(t, b.agree(proposal), "已写进 data/corrections.yaml，1 条", "更正 1 条")
	wants(t, b.agree(b.post("/_desk/publish/correct", "reason", "随之重算")), "已写进 data/corrections.yaml，1 条", "公布以后改过，签字还是公布时的")
	wants(t, b.file("data/corrections.yaml"), "原值: 150, 现值: 151, 原因: 随之重算")
	wants(t, b.get("/_desk/history"), "第二次市场监管局（东城街道）“检查食品经营单位”", "漏计: 一户")
	wants(t, b.post("/_desk/publish/correct", "reason", "又"), "没有要写的更正")
	edit(t, dir, "data/q2/shichang/dongcheng.yaml", "检查食品经营单位: 61", "检查食品经营单位: 62")
	b.reload()
	wants(t, b.get("/_desk/publish"), "写过的更正和现在的数不一样", "现值写的是 61，现在是 62", "/_desk/edit?file=data%2Fcorrections.yaml&line=")
}

// TestWithdraw: a text is taken down in writing or by 停止公示, and comes back.
func TestWithdraw(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := publishing(t, dir, "2026-05-10 10:00")
	b.publish("place", "文件夹", "folder", "public")
	b.reload()
	const file, item = "content/cases/guoqi-mianbao.md", "public/cases/guoqi-mianbao/index.html"
	page := b.get("/_desk/history?file=" + file)
	wants(t, page, `<option value="content/cases/guoqi-mianbao.md" selected>`)
	lacks(t, page, `<option value="data/`)
	wants(t, b.post("/_desk/history/withdraw", "way", "write", "file", file), "没有写原因")
	wants(t, b.post("/_desk/history/withdraw", "way", "stop", "file", file, "reason", "变更"), "没有写签字人")
	wants(t, b.post("/_desk/history/withdraw", "way", "write", "file", "content/../../x.md", "reason", "变更"), "发布记录里没有")
	wants(t, b.post("/_desk/history/withdraw", "way", "stop", "file", "content/../../x.md", "reason", "变更", "by", "丁"), "没有做成")
	page = b.post("/_desk/history/withdraw", "way", "stop", "file", file, "reason", "写错了", "by", "丁")
	wants(t, page, "“东城街道市场监管所查处某超市经营过期面包案”是典型案例，停止公示的原因只能是信用修复、变更、撤销")
	lacks(t, page, file)
	wants(t, b.agree(b.post("/_desk/history/withdraw", "way", "stop", "file", file, "reason", "变更", "by", "丁")), "再发布一次才撤下", "要撤下的 1 项还在网站上", "不再公开 1 项")
	wants(t, b.publish("place", "文件夹", "folder", "public"), "发布好了")
	if b.file(item) != "" && !strings.Contains(b.file(item), "停止公示") {
		t.Error("it is still there")
	}
	b.reload()
	wants(t, b.get("/_desk/history"), "停止公示 东城街道市场监管所查处某超市经营过期面包案", "恢复公示")
	wants(t, b.agree(b.post("/_desk/history/restore", "file", file)), "已恢复公示", "新公开 1 项")
	wants(t, b.publish("place", "文件夹", "folder", "public"), "发布好了")
	wants(t, b.agree(b.post("/_desk/history/withdraw", "way", "write", "file", file, "reason", "说法\n有误")), "再发布一次才撤下")
	wants(t, b.file("data/corrections.yaml"), "{内容: cases/guoqi-mianbao, 现值: 撤下, 原因: 说法 有误, 日期: 2026-05-10}")
	wants(t, b.publish("place", "文件夹", "folder", "public"), "发布好了")
	b.reload()
	wants(t, b.get("/_desk/history?q=cases/guoqi-mianbao"), "第4次发布：撤下", "现在没有公布", "初审 ")
}

// TestHistoryScreen: what was public on a day is shown and downloaded, and a figure's
// history; a record that was edited is said to be doubtful, and answers nothing.
func TestHistoryScreen(t *testing.T) {
	dir := copied(t, smallCampaign)
	b := publishing(t, dir, "2026-05-10 10:00")
	wants(t, b.get("/_desk/history"), "还没有发布过")
	wants(t, b.get("/_desk/history/day?on=2026-05-10"), "还没有发布过")
	b.publish("place", "文件夹", "folder", "public")
	b.reload()
	page := b.get("/_desk/history?on=2026-05-10")
	wants(t, page, "2026-05-10 公布着的", "内容 13 项，数 41 个", `href="/_desk/history/day?on=2026-05-10"`)
	wants(t, b.get("/_desk/history?on=2026-05-09"), "2026-05-09 还没有公布任何内容（第一次发布在 2026-05-10）")
	wants(t, b.get("/_desk/history?on=昨天"), "写成 2022-09-02")
	raw := b.get("/_desk/history/day?on=2026-05-10")
	z, err := zip.NewReader(strings.NewReader(raw), int64(len(raw)))
	must(t, err)
	names := ""
	for _, f := range z.File {
		names += f.Name + " "
	}
	if names != "statistics.csv 内容清单.csv " {
		t.Error(names)
	}
	wants(t, b.get("/_desk/history?q=教体局/检查学校食堂"), "2026-05-10 第1次发布：第二次教体局“检查学校食堂”（家） <strong>45</strong>")
	wants(t, b.get("/_desk/history?q=没有局/没有"), "没有公布过")
	wants(t, b.get("/_desk/history?q=<b>"), "没有叫“<b>”的内容")
	if strings.Contains(b.get("/_desk/history?q=<b>"), "“<b>”") {
		t.Error("what was asked for is markup")
	}
	edit(t, dir, "data/发布记录/0001-2026-05-10.yaml", "版次: 1", "版次: 一")
	b.reload()
	wants(t, b.get("/_desk/history"), "发布记录不可信", "record-entry")
	wants(t, b.get("/_desk/publish"), "处错误，改好才能发布", "record-entry")
}
