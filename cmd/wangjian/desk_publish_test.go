//go:build whole

package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wangjian/internal/publish"
)

// deskAt starts the desk over a campaign on a day, as a person does, and opens it in
// a tab.
func deskAt(t *testing.T, dir, day string, width int64) (b *tab, root string) {
	t.Helper()
	b = newTab(t, width, 900)
	address := startDesk(t, time.Now, "-C", dir, "desk", "--date", day)
	b.do(t, chromedp.Navigate(address))
	return b, address[:strings.Index(address, "/_desk/")]
}

// startDesk starts the desk and returns the address that opens it, once.
func startDesk(t *testing.T, now func() time.Time, args ...string) string {
	t.Helper()
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	ctx, stop := context.WithCancel(t.Context())
	addresses, ended := make(chan string, 1), make(chan int, 1)
	var out bytes.Buffer
	sys := system{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Now: now, Browse: func(address string) error { addresses <- address; return nil }}
	go func() { ended <- run(ctx, args, sys) }()
	t.Cleanup(func() { stop(); <-ended })
	select {
	case address := <-addresses:
		return address
	case <-ended:
		t.Fatalf("the desk ended: %s", out.String())
	}
	return ""
}

// signAgain signs a file at all stages.
func signAgain(t *testing.T, dir, file, day string) {
	t.Helper()
	for _, s := range [][2]string{{"初审", "甲"}, {"复审", "乙"}, {"保密审查", "甲"}, {"终审", "丙"}} {
		command(t, "-C", dir, "sign", file, "--as", s[0], "--by", s[1], "--date", day)
	}
}

// says waits until the page says something.
func (b *tab) says(t *testing.T, text string) {
	t.Helper()
	eventually(t, b, `document.readyState === 'complete' && document.querySelector('main').textContent.includes('`+text+`')`)
}

// everyone checks the page for axe's findings, for its width, and that the keyboard
// reaches all of it.
func (b *tab) everyone(t *testing.T, what string) {
	t.Helper()
	eventually(t, b, `[...document.querySelectorAll('iframe[src]')].every(f => !f.contentDocument || f.contentDocument.URL !== 'about:blank' && f.contentDocument.readyState === 'complete')`)
	eval[int](t, b, axe+";0")
	for _, v := range eval[[]string](t, b, runAxe) {
		t.Errorf("%s: %s", what, v)
	}
	if wide := eval[[]string](t, b, tooWide); len(wide) > 0 {
		t.Errorf("%s is too wide: %v", what, wide)
	}
}

// TestDeskPublishes: by mouse and keyboard a campaign is published, a figure is
// corrected with its reason, a text is withdrawn, and the record tells of it all; every
// page of the road is for everyone, on a desk and on a phone.
func TestDeskPublishes(t *testing.T) {
	dir := smallCopy(t)
	b, root := deskAt(t, dir, "2026-05-10", 1280)
	eval[int](t, b, `document.querySelectorAll('details').forEach(d => d.open = true), 0`)
	b.do(t, chromedp.Click(`.desk-nav a[href="/_desk/publish"]`))
	b.says(t, "这是第一次发布")
	b.everyone(t, "发布")
	b.do(t, chromedp.Click(`#looked`), chromedp.Click(`#out button.primary`))
	b.says(t, "已记入 data/发布记录/0001-2026-05-10.yaml")
	b.everyone(t, "发布好了")
	b.do(t, chromedp.Click(`main a[href="/_desk/history"]`))
	b.says(t, "第1次　2026-05-10")
	b.everyone(t, "发布记录")

	// A figure changes in an editor; the desk follows, and asks for the reason. Enter in
	// the field is enough, and Enter again writes it.
	put := func(file, old, with string) {
		t.Helper()
		name := filepath.Join(dir, file)
		raw, err := os.ReadFile(name)
		if err != nil || !bytes.Contains(raw, []byte(old)) {
			t.Fatal(file, err)
		}
		if err := os.WriteFile(name, bytes.Replace(raw, []byte(old), []byte(with), 1), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b.do(t, chromedp.Click(`.desk-nav a[href="/_desk/publish"]`))
	put("data/q2/shichang/dongcheng.yaml", "检查食品经营单位: 60", "检查食品经营单位: 61")
	b.says(t, "更正 2 条")
	b.everyone(t, "发布，有更正")
	b.do(t, chromedp.SendKeys("#reason", "漏计一户"))
	b.do(t, chromedp.KeyEvent(kb.Enter))
	b.says(t, "现值: 61, 原因: 漏计一户")
	b.do(t, chromedp.KeyEvent(kb.Enter))
	eventually(t, b, `document.querySelector('.desk-done') !== null && document.querySelector('.desk-done').textContent.includes('已写进 data/corrections.yaml，2 条')`)
	b.says(t, "签字还是公布时的")
	signAgain(t, dir, "data/q2/release.yaml", "2026-05-10")
	b.says(t, "数据变化 2 个")

	// Withdrawn by the keyboard alone, from the record.
	b.do(t, chromedp.Click(`.desk-nav a[href="/_desk/history"]`))
	b.says(t, "撤下一篇")
	b.do(t, chromedp.Focus("#file"), chromedp.KeyEvent("东"), chromedp.KeyEvent("\t"), chromedp.KeyEvent(kb.ArrowDown))
	eventually(t, b, `document.querySelector('#way-write').checked`)
	b.do(t, chromedp.SendKeys("#why", "说法有误"), chromedp.KeyEvent(kb.Enter))
	b.says(t, "{内容: cases/guoqi-mianbao, 现值: 撤下, 原因: 说法有误")
	b.everyone(t, "核对要写的内容")
	b.do(t, chromedp.KeyEvent(kb.Enter))
	b.says(t, "要撤下的 1 项还在网站上")
	b.do(t, chromedp.Focus("#looked"), chromedp.KeyEvent(" "), chromedp.KeyEvent(kb.Enter))
	b.says(t, "已记入 data/发布记录/0002-2026-05-10.yaml")
	if _, wrong, err := publish.CheckSums(filepath.Join(dir, "public")); err != nil || len(wrong) > 0 {
		t.Errorf("%v %v", wrong, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "public/cases/guoqi-mianbao/guoqi-mianbao.txt")); err == nil {
		t.Error("what was withdrawn is still there")
	}
	if troubles, _ := b.take(); len(troubles) > 0 {
		t.Errorf("the browser complains: %v", troubles)
	}

	b.do(t, chromedp.EmulateViewport(390, 844))
	for mode, stored := range modes {
		eval[int](t, b, `localStorage.setItem('wangjian.display', '`+stored+`'), 0`)
		for _, page := range []string{"publish", "history", "history?on=2026-05-10", "history?q=cases/guoqi-mianbao"} {
			b.do(t, chromedp.Navigate(root+"/_desk/"+page))
			eval[int](t, b, `document.querySelectorAll('details').forEach(d => d.open = true), 0`)
			b.everyone(t, page+" "+mode)
		}
	}
	eval[int](t, b, `localStorage.clear(), 0`)
	b.do(t, chromedp.Navigate(root+"/_desk/publish"))
	count := eval[int](t, b, walk)
	for range count {
		pressTab(t, b)
	}
	for _, fault := range walkFaults(eval[[]step](t, b, `walked`), count) {
		t.Error(fault)
	}
}
