//go:build whole

package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/xuri/excelize/v2"
)

// clerk does the work at the desk, with mouse and keyboard.
type clerk struct {
	*tab
	t     *testing.T
	home  string // the folder in which the campaign's is
	outer string // the folder in which mail comes in
	texts map[string]string
	now   atomic.Int64 // seconds
}

// newClerk opens the desk without a campaign, at a clock that the test moves.
func newClerk(t *testing.T, day string) *clerk {
	t.Helper()
	road, err := txtar.ParseFile("testdata/script/road.txtar")
	if err != nil {
		t.Fatal(err)
	}
	c := &clerk{tab: newTab(t, 1280, 900), t: t, home: t.TempDir(), outer: t.TempDir(), texts: map[string]string{}}
	for _, f := range road.Files {
		c.texts[strings.TrimPrefix(f.Name, "work/")] = string(f.Data)
	}
	t.Setenv("HOME", c.home)
	c.set(day)
	c.do(t, chromedp.Navigate(startDesk(t, func() time.Time { return time.Unix(c.now.Load(), 0) }, "desk")))
	return c
}

// do does something in the page; where it cannot be done, the test says what the page
// said.
func (c *clerk) do(_ *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, limit/3)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		c.t.Fatalf("%v:\n%s", err, c.page())
	}
}

func (c *clerk) set(day string) {
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" 10:00", china)
	if err != nil {
		c.t.Fatal(err)
	}
	c.now.Store(at.Unix())
}

// day is the next day of work: the desk notices by itself.
func (c *clerk) day(day string) {
	c.t.Helper()
	c.click("网剑工作台")
	c.wait(`document.querySelector('.desk-cards') !== null`)
	token := eval[string](c.t, c.tab, `document.querySelector('[data-token]').dataset.token`)
	c.set(day)
	c.wait(`document.querySelector('[data-token]')?.dataset.token !== '` + token + `' && document.querySelector('.desk-cards') !== null`)
}

// wait waits until a page that is complete says yes.
func (c *clerk) wait(question string) {
	c.t.Helper()
	eventually(c.t, c.tab, `document.readyState === 'complete' && (`+question+`)`)
}

// sees waits until the page says all of something.
func (c *clerk) sees(words ...string) {
	c.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(30 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(c.ctx, limit)
		missing, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`(words => { const text = %s; return words.find(w => !text.includes(w)) || '' })(%q.split('\u0000'))`, whole, strings.Join(words, "\x00"))))
		cancel()
		if err == nil && missing == "" {
			return
		}
		if time.Now().After(end) {
			c.t.Fatalf("the page does not say %q:\n%s", missing, c.page())
		}
	}
}

// whole is what a page says, also what is folded; nothing while another is on its way.
const whole = `(document.readyState === 'complete' && !window.left ? (document.querySelector('.desk-done')?.textContent || '') + document.querySelector('main').textContent : '')`

// page is what the page says, also what is folded.
func (c *clerk) page() string {
	ctx, cancel := context.WithTimeout(c.ctx, limit)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](whole))
	if err != nil {
		return ""
	}
	return text
}

// find marks what a person would see by its words: the first that begins with them.
const find = `(words => {
	document.querySelectorAll('[data-hit]').forEach(e => e.removeAttribute('data-hit'));
	if (document.readyState !== 'complete' || window.left) return false;
	const e = [...document.querySelectorAll('button, a, summary, label')].find(e => e.checkVisibility() && !e.disabled && e.textContent.trim().startsWith(words));
	if (!e) return false;
	e.setAttribute('data-hit', '');
	e.scrollIntoView({block: 'center', behavior: 'instant'});
	return true;
})`

// click clicks what begins with some words.
func (c *clerk) click(words string) {
	c.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(c.ctx, limit)
		there, err := chromedp.Run(ctx, chromedp.Evaluate[bool](find+`(`+fmt.Sprintf("%q", words)+`)`))
		cancel()
		if err == nil && there {
			break
		}
		if time.Now().After(end) {
			c.t.Fatalf("nothing to click begins with %q:\n%s", words, c.page())
		}
	}
	c.do(c.t, chromedp.Click(`[data-hit]`))
}

// press presses a button or ticks a box by the space bar.
func (c *clerk) press(field string) {
	c.t.Helper()
	c.do(c.t, chromedp.Focus(field), chromedp.KeyEvent(" "))
}

// leads clicks something that leads to another page, and waits for what that says.
func (c *clerk) leads(words string, says ...string) {
	c.t.Helper()
	c.leaves()
	c.click(words)
	c.sees(says...)
}

// leaves has the page be gone for sees and click until another is there.
func (c *clerk) leaves() {
	c.t.Helper()
	eval[int](c.t, c.tab, `addEventListener('submit', () => { window.left = true }), addEventListener('click', e => { if (e.target.closest('a[href]:not([download], [target])')) window.left = true }), 0`)
}

// to opens a screen from the menu.
func (c *clerk) to(screen string, says ...string) {
	c.t.Helper()
	c.leaves()
	c.do(c.t, chromedp.Click(`.desk-nav a[href="/_desk/`+screen+`"]`))
	c.sees(says...)
}

// enter presses Enter, which leads to another page.
func (c *clerk) enter(says ...string) {
	c.t.Helper()
	c.leaves()
	c.do(c.t, chromedp.KeyEvent(kb.Enter))
	c.sees(says...)
}

// writes looks at what is to be written, and has it written by the key: the button has
// the focus.
func (c *clerk) writes(shown string, says ...string) {
	c.t.Helper()
	c.sees(shown)
	c.wait(`document.activeElement.textContent === '写入'`)
	c.enter(says...)
}

// fill writes over a field, as by pasting.
func (c *clerk) fill(field, text string) {
	c.t.Helper()
	c.do(c.t, chromedp.Focus(field), chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	c.insert(text)
}

func (c *clerk) insert(text string) {
	c.t.Helper()
	if _, err := chromedp.Call(c.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		c.t.Fatal(err)
	}
}

// date types a day into a field for days, as the browser has it.
func (c *clerk) date(field, day string) {
	c.t.Helper()
	c.do(c.t, chromedp.Focus(field), chromedp.KeyEvent(day[5:7]+day[8:10]+day[:4]))
	if is := eval[string](c.t, c.tab, `document.activeElement.value`); is != day {
		c.t.Fatalf("typed %s, the field has %q", day, is)
	}
}

// choose chooses a line of a list by typing its beginning.
func (c *clerk) choose(field, words string) {
	c.t.Helper()
	c.do(c.t, chromedp.Focus(field), chromedp.KeyEvent(words))
	if is := eval[string](c.t, c.tab, `document.activeElement.selectedOptions[0].textContent`); !strings.HasPrefix(is, words) {
		c.t.Fatalf("typed %s, the list has %q", words, is)
	}
}

// drop brings files in, as the person chooses them from a folder.
func (c *clerk) drop(field string, names ...string) {
	c.t.Helper()
	var files []string
	for _, name := range names {
		files = append(files, filepath.Join(c.outer, name))
	}
	object, err := chromedp.Call(c.ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: `document.querySelector('` + field + `')`})
	if err == nil {
		_, err = chromedp.Call(c.ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: files, ObjectID: object.Result.ObjectID})
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

// receive brings files in at 收件 and waits for what is said of them.
func (c *clerk) receive(says string, names ...string) {
	c.t.Helper()
	c.to("incoming", "把收到的文件拖到这里")
	c.leaves()
	c.drop("#files", names...)
	c.sees(says)
}

// file is a file of the campaign; the test fails where it is not there.
func (c *clerk) file(name string) string {
	c.t.Helper()
	raw, err := os.ReadFile(filepath.Join(c.home, "yunxi", filepath.FromSlash(name)))
	if err != nil {
		c.t.Fatal(err)
	}
	return string(raw)
}

func (c *clerk) has(name string, patterns ...string) {
	c.t.Helper()
	text := c.file(name)
	for _, p := range patterns {
		if !regexp.MustCompile(p).MatchString(text) {
			c.t.Errorf("%s does not have %s", name, p)
		}
	}
}

func (c *clerk) lacks(name string, patterns ...string) {
	c.t.Helper()
	text := c.file(name)
	for _, p := range patterns {
		if at := regexp.MustCompile(p).FindString(text); at != "" {
			c.t.Errorf("%s has %s", name, at)
		}
	}
}

// units fills in a form that went out, as a unit does, and sends it back.
func (c *clerk) unit(form, name string, cells ...string) {
	c.t.Helper()
	book, err := excelize.OpenFile(filepath.Join(c.home, "yunxi", "发表", filepath.FromSlash(form)))
	if err != nil {
		c.t.Fatal(err)
	}
	defer book.Close()
	for _, cell := range cells {
		at, value, _ := strings.Cut(cell, "=")
		sheet := book.GetSheetName(0)
		if other, below, is := strings.Cut(at, "!"); is {
			sheet, at = other, below
		}
		if err := book.SetCellDefault(sheet, at, value); err != nil {
			c.t.Fatal(err)
		}
	}
	c.must(os.MkdirAll(filepath.Dir(filepath.Join(c.outer, name)), 0o755))
	c.must(book.SaveAs(filepath.Join(c.outer, name)))
}

func (c *clerk) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// word is a Word file that somebody sends.
func (c *clerk) word(text, name string) {
	c.t.Helper()
	c.must(writeDocx(filepath.Join(c.outer, name), strings.Split(strings.TrimSpace(c.texts[text]), "\n")...))
}

func (c *clerk) zip(name string, files ...string) {
	c.t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(c.outer, f))
		c.must(err)
		w, err := z.Create(filepath.Base(f))
		c.must(err)
		w.Write(raw)
	}
	c.must(z.Close())
	c.must(os.WriteFile(filepath.Join(c.outer, name), out.Bytes(), 0o644))
}

// signs signs all that waits for a stage.
func (c *clerk) signs(stage, by string) {
	c.t.Helper()
	c.to("sign", "审签")
	if stage != "初审" {
		c.leads(stage, "等"+stage+"的")
	}
	if eval[string](c.t, c.tab, `document.querySelector('#by').value`) != by {
		c.fill("#by", by)
		c.enter("等" + stage + "的")
	}
	c.leads("全部签", "写入")
	c.writes("签"+stage, "已签"+stage)
}

// signsAll signs at all stages, each on its day.
func (c *clerk) signsAll() {
	c.t.Helper()
	for _, s := range [][2]string{{"初审", "甲"}, {"复审", "乙"}, {"保密审查", "丁"}, {"终审", "丙"}} {
		c.signs(s[0], s[1])
	}
}

// publishes publishes what the page shows.
func (c *clerk) publishes(shown, entry string) {
	c.t.Helper()
	c.to("publish", shown)
	c.press("#looked")
	c.leaves()
	c.press("#out button.primary")
	c.sees("发布好了", "已记入 data/发布记录/"+entry)
}

// corrects writes the reason for what has changed.
func (c *clerk) corrects(count int, why string) {
	c.t.Helper()
	c.to("publish", fmt.Sprintf("更正 %d 条", count))
	c.fill("#reason", why)
	c.enter("写入")
	c.writes("原因: "+why, "已写进 data/corrections.yaml")
}

// counties are the counties that answer in both rounds, and those of the second.
var counties = []string{"东山区", "西湖区", "南溪县", "北岗县", "石台县", "青源县", "白沙县"}

// TestDeskRoad does the whole campaign of testdata/script/road.txtar at the desk, by
// mouse and keyboard alone, and reads back what is published.
func TestDeskRoad(t *testing.T) {
	c := newClerk(t, "2025-07-01")
	c.begins()
	c.sendsOut()
	c.takesIn()
	c.publishesFirst()
	c.correctsTwice()
	c.takesDown()
	c.secondRound()
	c.ends()
	if troubles, _ := c.take(); len(troubles) > 0 {
		t.Errorf("the browser complains: %v", troubles)
	}
}

// begins makes the campaign and fills in its settings.
func (c *clerk) begins() {
	c.to("start", "新建")
	c.fill("#name", "yunxi")
	c.enter("要新建文件夹", "data/campaign.yaml")
	c.wait(`document.activeElement.textContent === '新建'`)
	c.enter("活动设置")
	form := func(part string, pairs ...string) {
		c.t.Helper()
		c.leads(part, "看一看再写")
		for n := 0; n < len(pairs); n += 2 {
			c.fill(`[name="v:`+pairs[n]+`"]`, pairs[n+1])
		}
		c.leads("看一看再写", "写入")
		c.writes("改写", "已写")
	}
	list := func(part, text string) {
		c.t.Helper()
		c.leads(part, "看一看再写")
		c.fill("#text", text)
		c.leads("看一看再写", "写入")
		c.writes("改写", "已写")
	}
	form("基本情况", "名称", "云溪市2025年夏季旅游市场秩序专项行动", "简称", "云溪旅游秩序行动", "文号", "云旅联〔2025〕6号", "印发日期", "2025-06-20")
	form("网站", "名称", "云溪市旅游市场秩序专项行动专栏", "域名", "yunxi.example", "标识码", "N000000002", "主办单位", "云溪市文化和旅游局")
	list("部门", "代号\t名称\t简称\nwenlv\t云溪市文化和旅游局\t文旅局\nshichang\t云溪市市场监督管理局\t市场监管局\ngongan\t云溪市公安局\t公安局\n"+
		"jiaotong\t云溪市交通运输局\t交通局\nchengguan\t云溪市城市管理局\t城管局\nxiaofang\t云溪市消防救援支队\t消防支队\n")
	list("地区", "代号\t名称\ndongshan\t东山区\nxihu\t西湖区\nnanxi\t南溪县\nbeigang\t北岗县\nshitai\t石台县\nqingyuan\t青源县\nbaisha\t白沙县\nlongkou\t龙口市\n")
	list("工作重点", "代号\t名称\t责任单位\t摘要\nheidao\t查处无证经营\t文旅局、公安局、交通局\t查无证的旅行社、导游和包车。\njiage\t规范价格行为\t市场监管局、城管局、消防支队\t明码标价，不强迫购物。\n")
	list("阶段", "名称\t起\t止\n部署\t2025-06-20\t2025-06-30\n整治\t2025-07-01\t2025-10-31\n")
	list("期次", "代号\t名称\t截止\t口径\t典型案例不少于\nmidterm\t中期\t2025-08-20\t累计\t\nfinal\t终期\t2025-10-31\t累计\t1\n")
	form("统计表的名称", "名称", "云溪市旅游市场秩序专项行动统计表", "注", "各项填行动开始以来的累计数。")
	list("统计表的项目", "部门\t名称\t单位\t工作重点\n文旅局\t检查旅行社\t家次\theidao\n文旅局\t查处无证导游\t人\t\n市场监管局\t检查经营户\t户次\tjiage\n市场监管局\t立案\t件\t\n"+
		"公安局\t办理治安案件\t件\t\n交通局\t查处无证客运车辆\t辆\t\n城管局\t整治流动摊点\t个\t\n消防支队\t检查民宿\t家次\t\n")
	c.leads("基本情况", "看一看再写")
	c.choose(`[name="v:牵头部门"]`, "文旅局")
	c.leads("看一看再写", "写入")
	c.writes("改写", "已写")
	c.to("check", "没有发现问题")
}

// sendsOut sends the forms of the first round; the counties report to 市场监管局.
func (c *clerk) sendsOut() {
	c.to("send", "做好，看一看再写")
	c.click("也发给 8 个县（市、区），市场监管局")
	c.click("连总结模板和通知")
	c.leads("做好", "写入")
	c.writes("发出中期的报表", "保存这个包", "中期的 14 个文件已打成一个包")
	c.unit("中期/文旅局.xlsx", "来件/文旅局.xlsx", "E4=2025-08-18", "E6=126", "E7=9")
	c.unit("中期/公安局.xlsx", "来件/公安局.xlsx", "E4=2025-08-19", "E6=约14")
	c.unit("中期/公安局.xlsx", "再来/公安局.xlsx", "E4=2025-08-20", "E6=14")
	c.unit("中期/城管局.xlsx", "来件/城管局.xlsx", "E4=2025-08-19", "E6=310")
	c.unit("中期/交通局.xlsx", "交通局.xlsx", "E4=2025-08-20", "E6=37")
	for n, county := range [][2]string{{"40", "3"}, {"55", "4"}, {"20", "0"}, {"18", "1"}, {"12", "无"}, {"25", "2"}, {"16", "0"}} {
		c.unit("中期/市场监管局_"+counties[n]+".xlsx", "县/"+counties[n]+".xlsx", "E5=2025-08-16", "E7="+county[0], "E8="+county[1])
	}
	c.unit("中期/市场监管局.xlsx", "县/市场监管局.xlsx", "E4=2025-08-19", "E6=汇总", "E7=汇总", "本级!E6=14", "本级!E7=1")
	var packed []string
	for _, name := range append(counties, "市场监管局") {
		packed = append(packed, "县/"+name+".xlsx")
	}
	c.zip("各县.zip", packed...)
	c.must(os.WriteFile(filepath.Join(c.outer, "消防支队来信.eml"), []byte(c.texts["消防支队来信.eml"]), 0o644))
	for _, name := range []string{"文旅局", "公安局", "市场监管局"} {
		c.word(name+".txt", name+"中期总结.docx")
	}
	c.word("案例.txt", "无证导游案.docx")
	c.word("警示.txt", "警示.docx")
}

// takesIn takes in what comes: by mail, in an archive, as files, all at once. One
// figure can be read in two ways: its form goes back, and comes again. One unit is late.
func (c *clerk) takesIn() {
	c.day("2025-08-19")
	c.receive("可以收下 8 个", "各县.zip")
	c.leads("收下 8 个文件", "写入")
	c.writes("收下 8 个文件", "已收下 8 个文件")
	c.day("2025-08-20")
	c.receive("可以收下 3 个，退回 1 个", "消防支队来信.eml", "来件/文旅局.xlsx", "来件/公安局.xlsx", "来件/城管局.xlsx")
	c.sees("约14", "你单位报来的“公安局.xlsx”没有收下")
	c.leads("收下 3 个文件", "写入")
	c.writes("收下 3 个文件", "已收下 3 个文件")
	c.leads("退回的、不收的清掉", "现在没有等着收下的文件")
	c.receive("可以收下 4 个", "再来/公安局.xlsx", "文旅局中期总结.docx", "公安局中期总结.docx", "市场监管局中期总结.docx")
	c.leads("收下 4 个文件", "写入")
	c.writes("收下 4 个文件", "已收下 4 个文件")
	c.has("content/narratives/midterm/wenlv.md", `检查旅行社\{\{文旅局/检查旅行社\}\}`)
	c.has("data/midterm/xiaofang.yaml", "收到日期: 2025-08-19", "检查民宿: 88")

	// After the deadline: who has not reported, and the reminder.
	c.day("2025-08-21")
	c.to("progress", "下载全部催报通知（4 份）", "缺龙口市")
	c.leads("云溪市交通运输局统计表：未报", "云溪市交通运输局：中期")
	if page := c.page(); !strings.Contains(page, "已逾期1天") {
		c.t.Errorf("the reminder is not on the page:\n%s", page)
	}
	c.day("2025-08-22")
	c.receive("可以收下 1 个", "交通局.xlsx")
	c.leads("收下 1 个文件", "写入")
	c.writes("收下 1 个文件", "已收下 1 个文件")
	c.to("progress", "逾期", "缺龙口市")

	// A case and a warning come as Word files too; the summary of all is drafted.
	c.receive("2 个文件", "无证导游案.docx", "警示.docx")
	c.named("无证导游案.docx", "content/cases/wuzheng-daoyou.md")
	c.named("警示.docx", "content/warnings/diya-tuan.md")
	c.leads("收下 2 个文件", "写入")
	c.writes("收下 2 个文件", "已收下 2 个文件")
	c.to("edit", "新写一篇")
	c.click("中期还没有写的（1）")
	c.leads("照各部门的总结起草全市的总结", "写入")
	c.writes("新写一篇", "已新建，接着填写")
	c.has("content/narratives/midterm/index.md", "摘自文旅局")
}

// named names a text that came in.
func (c *clerk) named(came, file string) {
	c.t.Helper()
	id := eval[string](c.t, c.tab, `[...document.querySelectorAll('.arrival')].find(e => e.querySelector('.file').textContent === '`+came+`').querySelector('[name="slug"]').id`)
	c.fill("#"+id, strings.TrimSuffix(filepath.Base(file), ".md"))
	c.do(c.t, chromedp.KeyEvent(kb.Enter))
	c.sees("新建 " + file)
}

// publishesFirst signs the round and its texts, and publishes them on their day.
func (c *clerk) publishesFirst() {
	c.day("2025-08-26")
	c.to("sign", "还没有定公开方式和发布日期的")
	c.fill("#by-open", "甲")
	c.date("#on", "2025-08-29")
	c.do(c.t, chromedp.Focus("#at"), chromedp.KeyEvent("0900AM"))
	c.press("#undecided [data-all]")
	c.press("#closed [data-all]")
	c.wait(`document.querySelectorAll('.sign-list :checked').length === 7`)
	c.leads("定发布日期，签选中的", "写入")
	c.writes("签初审", "已签初审")
	c.has("data/midterm/release.yaml", "公开方式: 主动公开", "发布日期: 2025-08-29 09:00")
	c.day("2025-08-27")
	c.signs("复审", "乙")
	c.day("2025-08-28")
	c.signs("保密审查", "丁")
	c.signs("终审", "丙")
	c.to("check", "没有妨碍发布的错误")
	c.to("publish", "发布日期未到（2025-08-29）")
	c.day("2025-08-29")
	c.publishes("新公开 7 项", "0001-2025-08-29.yaml")
	c.verifies()
	c.has("public/departments/shichang/index.html", `检查经营户<a .*>200户次<`)
	c.has("public/summary/midterm/index.html", `检查旅行社<a .*>126家次<`)
	c.lacks("public/data/statistics.json", `甲|收到日期|2025-08-22`)
}

// verifies compares what is public with the campaign.
func (c *clerk) verifies() {
	c.t.Helper()
	c.to("publish", "发布")
	c.click("核对已经发布的网站")
	c.leaves()
	c.press("#verify button")
	c.sees("与现在重新生成的逐字节相同")
}

// correctsTwice takes in forms that are other ones than what was published, writes the
// reasons, and publishes again; the missing county comes at last.
func (c *clerk) correctsTwice() {
	c.day("2025-09-02")
	c.unit("中期/市场监管局_东山区.xlsx", "东山区（更正）.xlsx", "E5=2025-09-01", "E7=42", "E8=3")
	c.receive("要改写、等您点头 1 个", "东山区（更正）.xlsx")
	c.sees("检查经营户: 40")
	c.click("改写成这一份")
	c.leads("收下 1 个文件", "写入")
	c.writes("检查经营户: 42", "已收下 1 个文件")
	c.corrects(2, "东山区漏计两户")
	c.to("publish", "公布过的改了，到“审签”重签以后再发布", "去初审")
	c.signsAll()
	c.publishes("202", "0002-2025-09-02.yaml")
	c.has("data/midterm/release.yaml", "发布日期: 2025-08-29 09:00", "更新日期: 2025-09-02")

	c.day("2025-09-05")
	c.unit("中期/交通局.xlsx", "交通局（更正）.xlsx", "E4=2025-09-04", "E6=36")
	c.receive("要改写、等您点头 1 个", "交通局（更正）.xlsx")
	c.click("改写成这一份")
	c.leads("收下 1 个文件", "写入")
	c.writes("查处无证客运车辆: 36", "已收下 1 个文件")
	c.corrects(1, "一辆重复登记")
	c.signsAll()
	c.publishes("36", "0003-2025-09-05.yaml")
	c.has("public/statistics/corrections/index.html", "东山区漏计两户", "一辆重复登记")

	c.day("2025-09-08")
	c.unit("中期/市场监管局_龙口市.xlsx", "龙口市.xlsx", "E5=2025-09-08", "E7=30", "E8=2")
	c.receive("可以收下 1 个", "龙口市.xlsx")
	c.leads("收下 1 个文件", "写入")
	c.writes("检查经营户: 30", "已收下 1 个文件")
	c.corrects(4, "龙口市补报")
	c.signsAll()
	c.publishes("232", "0004-2025-09-08.yaml")
	c.has("public/departments/shichang/index.html", `检查经营户<a .*>232户次<`)

	// What was public on which day.
	c.to("history", "第4次　2025-09-08")
	c.fill("#q", "市场监管局/检查经营户")
	c.enter("2025-08-29 第1次发布", "2025-09-02 第2次发布", "2025-09-08 第4次发布", "200", "202", "232")
	c.date("#on", "2025-09-03")
	c.enter("2025-09-03 公布着的", "202")
}

// takesDown takes a case down and puts it back, and withdraws the warning.
func (c *clerk) takesDown() {
	const page = "public/cases/wuzheng-daoyou/index.html"
	c.day("2025-09-12")
	c.to("sign", "签齐了的")
	c.click("签齐了的")
	c.leads("云溪市文化和旅游局查处某公司安排无证导游案", "停止公示（提前撤下）")
	c.click("停止公示（提前撤下）")
	c.fill("#by3", "戊")
	c.choose("#reason", "变更")
	c.leaves()
	c.press(`form[action="/_desk/sign/stop"] button`)
	c.writes("停止公示", "已签停止公示")
	c.publishes("要撤下的 1 项还在网站上", "0005-2025-09-12.yaml")
	c.has(page, "自2025年9月12日起停止公示，原因：变更。")
	c.lacks(page, "没有导游证的人员带团")
	c.day("2025-09-15")
	c.to("history", "停止公示的")
	c.leads("恢复公示", "写入")
	c.writes("恢复公示", "已恢复公示")
	c.lacks("content/cases/wuzheng-daoyou.md", "(?m)^停止公示")
	c.publishes("新公开 1 项", "0006-2025-09-15.yaml")
	c.has(page, "2025-08-29 09:00", "没有导游证的人员带团")
	c.day("2025-09-16")
	c.to("history", "撤下一篇")
	c.choose("#file", "谨防低价游")
	c.click("撤下：内容本身有误")
	c.fill("#why", "内容有误")
	c.enter("写入")
	c.writes("{内容: warnings/diya-tuan, 现值: 撤下, 原因: 内容有误", "已写进 data/corrections.yaml")
	c.publishes("要撤下的 1 项还在网站上", "0007-2025-09-16.yaml")
	c.has("public/warnings/diya-tuan/index.html", "自2025年9月16日起停止公示，原因：内容有误。")
	c.lacks("public/warnings/diya-tuan/index.html", "行程、购物次数和价格")
}

// secondRound goes the same way, and everybody is in time. A figure that was typed in
// the summary is made a reference.
func (c *clerk) secondRound() {
	c.day("2025-10-15")
	c.to("send", "做好，看一看再写")
	c.choose("#round", "终期")
	c.click("连总结模板和通知")
	c.leads("做好", "写入")
	c.writes("发出终期的报表", "终期的 14 个文件已打成一个包")
	var names []string
	unit := func(form, name string, cells ...string) {
		c.t.Helper()
		c.unit("终期/"+form+".xlsx", "终期/"+name+".xlsx", cells...)
		names = append(names, "终期/"+name+".xlsx")
	}
	for name, cells := range map[string]string{"文旅局": "E6=410 E7=21", "公安局": "E6=31", "城管局": "E6=702", "交通局": "E6=64", "消防支队": "E6=230", "市场监管局": "E6=汇总 E7=汇总 本级!E6=20 本级!E7=1"} {
		unit(name, name, append(strings.Fields(cells), "E4=2025-10-28")...)
	}
	for n, county := range [][2]string{{"80", "5"}, {"90", "6"}, {"50", "1"}, {"40", "1"}, {"30", "无"}, {"50", "4"}, {"40", "1"}, {"60", "3"}} {
		name := append(counties[:7:7], "龙口市")[n]
		unit("市场监管局_"+name, name, "E5=2025-10-28", "E7="+county[0], "E8="+county[1])
	}
	c.word("全市.txt", "全市终期总结.docx")
	c.day("2025-10-30")
	c.receive("可以收下 15 个", append(names, "全市终期总结.docx")...)
	c.leads("收下 15 个文件", "写入")
	c.writes("收下 15 个文件", "已收下 15 个文件")
	c.to("check", "410家次 与统计表里的“检查旅行社”相同，却是手写的")
	c.leads("改正这 2 处", "写入")
	c.writes("{{市场监管局/检查经营户}}", "已写")
	c.day("2025-11-03")
	c.to("sign", "还没有定公开方式和发布日期的")
	c.fill("#by-open", "甲")
	c.date("#on", "2025-11-06")
	c.press("#undecided [data-all]")
	c.press("#closed [data-all]")
	c.wait(`document.querySelectorAll('.sign-list :checked').length === 2`)
	c.leads("定发布日期，签选中的", "写入")
	c.writes("签初审", "已签初审")
	c.signs("复审", "乙")
	c.signs("保密审查", "丁")
	c.signs("终审", "丙")
	c.day("2025-11-06")
	c.publishes("终期的数第一次公布", "0008-2025-11-06.yaml")
	c.verifies()
	c.has("public/summary/final/index.html", `检查旅行社<a .*>410家次<`)
	c.has("public/data/statistics.csv", "终期,市场监管局,,检查经营户,,户次,460")
}

// ends makes what goes to the superior office, and next year's campaign.
func (c *clerk) ends() {
	c.day("2025-11-07")
	c.to("bundle", "还缺什么")
	c.leaves()
	c.press("form button.primary")
	c.sees("已打包", "报送材料_2025-11-07.zip")
	z, err := zip.OpenReader(filepath.Join(c.home, "yunxi", "报送", "报送材料_2025-11-07.zip"))
	c.must(err)
	defer z.Close()
	data, err := fs.ReadFile(z, "数据/行动数据.json")
	if err != nil || !strings.Contains(string(data), "云溪") {
		c.t.Errorf("the bundle's data: %v", err)
	}

	c.to("start", "最近打开过的")
	c.fill("#name", "yunxi2026")
	c.click("照上一次的行动")
	c.fill("#from", filepath.Join(c.home, "yunxi"))
	c.enter("要新建文件夹", "data/campaign.yaml")
	if page := c.page(); strings.Contains(page, "data/midterm") || strings.Contains(page, "发布记录") {
		c.t.Errorf("last year's figures come along:\n%s", page)
	}
	c.leads("新建", "活动设置")
	if _, err := os.Stat(filepath.Join(c.home, "yunxi2026/data/midterm")); err == nil {
		c.t.Error("last year's figures came along")
	}
	raw, err := os.ReadFile(filepath.Join(c.home, "yunxi2026/data/campaign.yaml"))
	if err != nil || !strings.Contains(string(raw), "代号: dongshan") {
		c.t.Errorf("next year's settings: %v", err)
	}
	c.to("check", "“截止”没有填")
	if page := c.page(); strings.Contains(page, "sample-material") || strings.Contains(page, "发布记录里") {
		c.t.Errorf("next year's campaign has this year's findings:\n%s", page)
	}
}
