//go:build whole

package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// written waits until the desk says that something was written.
func (b *tab) written(t *testing.T, text string) {
	t.Helper()
	eventually(t, b, `document.readyState === 'complete' && document.querySelector('.desk-done')?.textContent.includes('`+text+`')`)
}

// TestDeskSigns: by mouse and keyboard a warning gets its day of publication and its
// four signatures, is sent back in between, and the submission is made; every page of
// the road is for everyone, on a desk and on a phone.
func TestDeskSigns(t *testing.T) {
	const file = "content/warnings/weiqian.md"
	dir := smallCopy(t)
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	read := func() string {
		t.Helper()
		raw, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	write("---\n标题: 散装油要看标签\n发布机构: 清河市市场监督管理局\n公开方式:\n发布日期:\n审核: {}\n---\n\n买散装油，先看标签。\n")
	b, root := deskAt(t, dir, "2026-05-05", 1280)
	b.do(t, chromedp.Click(`.desk-nav a[href="/_desk/sign"]`))
	b.says(t, "还没有定公开方式和发布日期的")
	b.everyone(t, "审签")
	b.do(t, chromedp.Click(`a[href*="weiqian"]`))
	b.says(t, "签初审")
	b.everyone(t, "审签一篇")
	b.do(t, chromedp.SetValue("#on", "2026-05-08"), chromedp.SendKeys("#by", "戊"), chromedp.KeyEvent(kb.Enter))
	b.says(t, "初审: {人: 戊, 日期: 2026-05-05")
	b.do(t, chromedp.KeyEvent(kb.Enter)) // 写入
	b.written(t, "已签初审")

	// Sent back with a remark, then mended in an editor: the page follows.
	b.do(t, chromedp.Click(`.sign-stages a[href$="`+url.QueryEscape("复审")+`"]`))
	b.says(t, "散装油要看标签")
	b.do(t, chromedp.Click(`.sign-list a[href*="weiqian"]`))
	b.says(t, "不签，退回去改")
	b.do(t, chromedp.Click(".sign-reject summary"), chromedp.SendKeys("#by2", "己"), chromedp.SendKeys("#remark", "写明是哪种标签"), chromedp.Click(".sign-reject button"))
	b.says(t, "意见: 写明是哪种标签")
	b.do(t, chromedp.KeyEvent(kb.Enter))
	b.written(t, "复审退回")
	write(strings.Replace(read(), "先看标签", "先看生产许可标签", 1))
	b.says(t, "没有等复审的") // its 初审 is of another text
	for _, s := range [][2]string{{"初审", "戊"}, {"复审", "己"}, {"保密审查", "戊"}, {"终审", "庚"}} {
		b.do(t, chromedp.Click(`.sign-stages a[href$="`+url.QueryEscape(s[0])+`"]`))
		b.says(t, "等"+s[0]+"的")
		eventually(t, b, `document.querySelector('.sign-list input[value="`+file+`"]') !== null`)
		b.do(t, chromedp.SetValue("#by", s[1]), chromedp.Click(".signer button"))
		eventually(t, b, `document.readyState === 'complete' && document.querySelector('button.primary') !== null && location.search.includes('by=')`)
		b.do(t, chromedp.Focus(`.sign-list input[value="`+file+`"]`), chromedp.KeyEvent(" "), chromedp.Click(".sign-list + .actions button.primary"))
		b.says(t, s[0]+": {人: "+s[1])
		b.do(t, chromedp.KeyEvent(kb.Enter))
		b.written(t, "已签"+s[0])
	}
	if text := read(); strings.Contains(text, "退回") || strings.Count(text, "指纹:") != 4 {
		t.Errorf("signed:\n%s", text)
	}

	b.do(t, chromedp.Click(`.desk-nav a[href="/_desk/bundle"]`))
	b.says(t, "还缺什么")
	b.everyone(t, "报送")
	b.do(t, chromedp.Click("form button.primary"))
	b.says(t, "已打包")
	b.everyone(t, "报送，打好了")
	if list, _ := filepath.Glob(filepath.Join(dir, "报送", "*.zip")); len(list) != 1 {
		t.Errorf("made %v", list)
	}
	if troubles, _ := b.take(); len(troubles) > 0 {
		t.Errorf("the browser complains: %v", troubles)
	}
	b.do(t, chromedp.EmulateViewport(390, 844))
	for mode, stored := range modes {
		eval[int](t, b, `localStorage.setItem('wangjian.display', '`+stored+`'), 0`)
		for _, page := range []string{"sign", "sign?file=" + file, "sign?file=data/q2/release.yaml", "bundle", "send", "start", "settings", "settings?part=" + url.QueryEscape("项目"), "settings?part=" + url.QueryEscape("发布"), "settings?way=SFTP&part=" + url.QueryEscape("发布") + "&place=" + url.QueryEscape("线上")} {
			b.do(t, chromedp.Navigate(root+"/_desk/"+page))
			eval[int](t, b, `document.querySelectorAll('details').forEach(d => d.open = true), 0`)
			b.everyone(t, page+" "+mode)
		}
	}
}

// TestDeskBegins: a campaign is made in a folder that is clicked to, filled in with
// what an office has in Excel, and its forms go out.
func TestDeskBegins(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	if err := os.Mkdir(filepath.Join(home, "文档"), 0o755); err != nil {
		t.Fatal(err)
	}
	b, _ := deskAt(t, smallCopy(t), "2026-05-05", 1280)
	b.do(t, chromedp.Click(`.desk-nav a[href="/_desk/start"]`))
	b.says(t, "找一个文件夹")
	b.everyone(t, "开始")
	b.do(t, chromedp.Click(`.folders a`))
	b.says(t, "里面没有别的文件夹")
	b.do(t, chromedp.SendKeys("#name", "新的行动"), chromedp.KeyEvent(kb.Enter))
	b.says(t, "要新建文件夹")
	b.everyone(t, "要新建的")
	b.do(t, chromedp.KeyEvent(kb.Enter))
	b.says(t, "通知的文号")
	b.everyone(t, "活动设置")
	save := func(part string, pairs ...string) {
		t.Helper()
		b.do(t, chromedp.Click(`.sign-stages a[href$="`+url.QueryEscape(part)+`"]`))
		b.says(t, "看一看再写")
		for n := 0; n < len(pairs); n += 2 {
			b.do(t, chromedp.SetValue(`[name="`+pairs[n]+`"]`, pairs[n+1]))
		}
		b.do(t, chromedp.Click(".settings-form button.primary"))
		b.says(t, "写入")
		b.everyone(t, "核对"+part)
		if part == "期次" { // not yet: all that was typed is there again
			b.do(t, chromedp.Click(`form[action="/_desk/change/drop"] button`))
			eventually(t, b, `document.getElementById('desk-typed')?.hidden === false`)
			if got := eval[string](t, b, `document.getElementById('text').value`); got != pairs[1] {
				t.Errorf("after 不写 the form has %q", got)
			}
			b.do(t, chromedp.Click(".settings-form button.primary"))
			b.says(t, "写入")
		}
		b.do(t, chromedp.KeyEvent(kb.Enter))
		b.written(t, "已写")
	}
	save("基本", "v:名称", "某市网剑行动")
	save("站点", "v:名称", "某市网剑行动", "v:域名", "a.example", "v:标识码", "3607000001", "v:主办单位", "某市市场监管局")
	save("部门", "text", "部门名称\t简称\n某市市场监督管理局\t市场监管局\n某市公安局\t公安局\n")
	save("期次", "text", "名称\t截止\t口径\n中期\t2026-06-01\t累计\n")
	save("项目", "text", "部门\t项目\t计量单位\n市场监管局\t查处案件\t件\n公安局\t破获案件\t件\n")
	save("统计表", "v:名称", "情况统计表")
	save("基本", "v:牵头部门", "市场监管局")
	b.do(t, chromedp.Click(`.desk-nav a[href="/_desk/send"]`))
	b.says(t, "做好，看一看再写")
	b.everyone(t, "发表")
	b.do(t, chromedp.Click(".send-form button.primary"))
	b.says(t, "发出中期的报表")
	b.do(t, chromedp.KeyEvent(kb.Enter))
	b.says(t, "保存这个包")
	files, _ := filepath.Glob(filepath.Join(home, "文档", "新的行动", "发表", "中期", "*"))
	if len(files) != 6 {
		t.Errorf("sent %v", files)
	}
	if troubles, _ := b.take(); len(troubles) > 0 {
		t.Errorf("the browser complains: %v", troubles)
	}
}
