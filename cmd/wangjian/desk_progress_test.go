//go:build whole

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// onPhone looks at pages of the desk in every mode on a phone.
func (b *tab) onPhone(t *testing.T, root string, pages ...string) {
	t.Helper()
	b.do(t, chromedp.EmulateViewport(390, 844))
	for mode, stored := range modes {
		eval[int](t, b, `localStorage.setItem('wangjian.display', '`+stored+`'), 0`)
		for _, page := range pages {
			b.do(t, chromedp.Navigate(root+"/_desk/"+page))
			eval[int](t, b, `document.querySelectorAll('details').forEach(d => d.open = true), 0`)
			b.everyone(t, page+" "+mode)
		}
	}
}

// TestDeskProgress: by mouse and keyboard the table is cut down to who is missing, the
// unit is opened, its reminder copied, and what falls due is looked up; the form that
// came by telephone is typed in, and the unit is no longer missing.
func TestDeskProgress(t *testing.T) {
	dir := smallCopy(t)
	b, root := deskAt(t, dir, "2026-05-10", 1280)
	b.everyone(t, "首页")
	b.do(t, chromedp.Click(`.desk-nav a[href="/_desk/progress"]`))
	b.says(t, "下载全部催报通知（4 份）")
	b.everyone(t, "进度")
	b.do(t, chromedp.SetValue("#f-round", "q2"), chromedp.SetValue("#f-state", "未报"), chromedp.Focus("#f-text"), chromedp.KeyEvent(kb.Enter))
	eventually(t, b, `location.search.includes('round=q2') && document.querySelectorAll('.matrix tbody tr').length === 1`)
	b.everyone(t, "进度，筛选")
	b.do(t, chromedp.Focus(".matrix tbody td a"), chromedp.KeyEvent(kb.Enter))
	b.says(t, "南山镇市场监管局：第二次")
	b.everyone(t, "单位")
	eval[int](t, b, `navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }, 0`)
	b.do(t, chromedp.Click(`[data-copy="letter"]`))
	eventually(t, b, `window.copied === document.getElementById('letter').textContent && window.copied.includes('已逾期10天') && document.querySelector('[data-copy]').textContent === '已复制'`)
	b.do(t, chromedp.Click(`a[href*="sheet=shichang"]`))
	b.says(t, "第二次数据：市场监管局各地")
	b.everyone(t, "各地的数据")
	b.calm(t)
	b.do(t, chromedp.Click(`[name="c/3/nanshan/数量"]`), chromedp.KeyEvent("31"), chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent("0"), chromedp.Click("#grid-form button.primary"))
	b.says(t, "改写第二次数据 2 格：南山镇市场监管局")
	b.do(t, chromedp.KeyEvent(kb.Enter)) // 写入
	b.written(t, "已写 2 格")
	if raw, err := os.ReadFile(filepath.Join(dir, "data/q2/shichang/nanshan.yaml")); err != nil || !strings.HasSuffix(string(raw), "项目:\n  检查食品经营单位: 31\n  立案: 0\n") {
		t.Errorf("%v\n%s", err, raw)
	}
	b.do(t, chromedp.Click(`.desk-nav a[href="/_desk/progress"]`))
	b.says(t, "下载全部催报通知（3 份）")
	b.do(t, chromedp.Click(`a[href="/_desk/progress/due"]`))
	b.says(t, "第三次截止报送")
	b.everyone(t, "近期要办的事")
	if troubles, _ := b.take(); len(troubles) > 0 {
		t.Errorf("the browser complains: %v", troubles)
	}
	b.onPhone(t, root, "", "progress?counties=1", "progress/unit?round=q2&unit=shichang", "progress/unit?round=q1&unit=shichang&region=nanshan", "progress/due", "progress/print")
}

// TestDeskData: the grid is a spreadsheet: arrows, Enter and Tab move, typing writes
// over, F2 writes on, Esc takes back; a block is copied out and a block from Excel
// pasted in, as one proposal, and what was typed survives a page turned meanwhile.
func TestDeskData(t *testing.T) {
	dir := smallCopy(t)
	b, root := deskAt(t, dir, "2026-05-10", 1280)
	read := func(name string) string {
		t.Helper()
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	at := func(name string) {
		t.Helper()
		eventually(t, b, `document.activeElement.name === '`+name+`'`)
	}
	value := func(name, want string) {
		t.Helper()
		if got := eval[string](t, b, `document.getElementsByName('`+name+`')[0].value`); got != want {
			t.Errorf("%s holds %q, want %q", name, got, want)
		}
	}
	b.do(t, chromedp.Click(`.desk-nav a[href="/_desk/data"]`))
	b.says(t, "第三次数据：总表")
	b.do(t, chromedp.Click(`.sheets a[href*="q2"]`))
	b.says(t, "第二次数据：总表")
	b.calm(t)
	b.everyone(t, "数据")

	b.do(t, chromedp.Click(`[name="c/0//数量"]`))
	eventually(t, b, `document.getElementById('cell-detail').textContent.includes('data/q2/jiaoyu.yaml:4')`)
	b.do(t, chromedp.KeyEvent(kb.ArrowDown))
	at("c/1//数量")
	b.do(t, chromedp.KeyEvent(kb.ArrowRight))
	at("c/1//备注")
	b.do(t, chromedp.KeyEvent(kb.Tab))
	at("c/1//上年同期")
	b.do(t, chromedp.KeyEvent(kb.ArrowLeft), chromedp.KeyEvent(kb.ArrowLeft))
	at("c/1//数量")
	b.do(t, chromedp.KeyEvent("14"), chromedp.KeyEvent(kb.Escape))
	value("c/1//数量", "0")
	b.do(t, chromedp.KeyEvent("15"), chromedp.KeyEvent(kb.Enter))
	at("c/2//数量")
	value("c/1//数量", "15")
	b.do(t, chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.F2), chromedp.KeyEvent("6"))
	value("c/1//数量", "156")
	eventually(t, b, `document.getElementById('grid-said').textContent === '改了 1 格，还没有写。'`)
	b.do(t, chromedp.Click(`#grid-drop`))
	value("c/1//数量", "0")

	// A block is copied out as Excel takes it, and one pasted in as Excel copies it.
	b.do(t, chromedp.Focus(`[name="c/0//数量"]`))
	eventually(t, b, `document.activeElement.name === 'c/0//数量'`)
	for range 2 {
		eval[int](t, b, `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', shiftKey: true, bubbles: true, cancelable: true})), 0`)
	}
	eval[int](t, b, `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', shiftKey: true, bubbles: true, cancelable: true})), 0`)
	if got := eval[string](t, b, `(() => { const d = new DataTransfer(); document.activeElement.dispatchEvent(new ClipboardEvent('copy', {clipboardData: d, bubbles: true, cancelable: true})); return d.getData('text/plain'); })()`); got != "45\t含幼儿园\r\n0\t\r\n无\t" {
		t.Errorf("copied %q", got)
	}
	b.do(t, chromedp.KeyEvent(kb.Escape))
	eval[int](t, b, `(() => { const d = new DataTransfer(); d.setData('text/plain', '47\t"含托幼\n机构"\r\n3\t\r\n4\t抽样\r\n'); document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: d, bubbles: true, cancelable: true})); return 0; })()`)
	value("c/0//备注", "含托幼 机构")
	value("c/2//备注", "抽样")
	eventually(t, b, `document.getElementById('grid-said').textContent.startsWith('粘贴了 3 行，改了 5 格')`)
	b.everyone(t, "数据，粘贴以后")
	before := read("data/q2/jiaoyu.yaml")
	b.do(t, chromedp.Click("#grid-form button.primary"))
	b.says(t, "改写第二次数据 5 格：教体局")
	b.everyone(t, "核对数据")

	// Not written yet: what was pasted waits in the grid.
	b.do(t, chromedp.Click(`form[action="/_desk/change/drop"] button`))
	b.says(t, "第二次数据：总表")
	eventually(t, b, `document.getElementById('grid-said')?.textContent === '改了 5 格，还没有写。'`)
	value("c/0//数量", "47")
	if read("data/q2/jiaoyu.yaml") != before {
		t.Error("written without a yes")
	}
	b.calm(t)
	b.do(t, chromedp.Click("#grid-form button.primary"))
	b.says(t, "改写第二次数据 5 格：教体局")
	b.do(t, chromedp.KeyEvent(kb.Enter)) // 写入
	b.written(t, "已写 5 格")
	if got := read("data/q2/jiaoyu.yaml"); !strings.Contains(got, "检查学校食堂: {数量: 47, 备注: 含托幼 机构, 上年同期: 30}\n  抽检（批次）: 3\n  抽检（份）: {数量: 4, 备注: 抽样}\n") {
		t.Errorf("written:\n%s", got)
	}
	if got := eval[string](t, b, `document.getElementById('grid-said').textContent`); got != "" {
		t.Errorf("after writing it says %q", got)
	}

	// A sum that does not come out is found beside its cell, and mended.
	b.do(t, chromedp.Click(`[name="c/4//数量"]`), chromedp.KeyEvent("9"), chromedp.Click("#grid-form button.primary"))
	b.says(t, "写入以后会有的新问题")
	b.do(t, chromedp.KeyEvent(kb.Enter))
	b.written(t, "已写 1 格")
	eventually(t, b, `document.querySelector('.is-differs')?.textContent.includes('差 1')`)
	b.do(t, chromedp.Click(`[name="c/4//数量"]`), chromedp.KeyEvent("约八"), chromedp.Click("#grid-form button.primary"))
	b.says(t, "不是确切的数字")
	b.everyone(t, "填得不对的")
	b.do(t, chromedp.Click(`.actions a.primary`))
	b.says(t, "第二次数据：总表")
	value("c/4//数量", "约八")
	b.do(t, chromedp.Click(`#grid-drop`))
	value("c/4//数量", "9")
	if troubles, _ := b.take(); len(troubles) > 0 {
		t.Errorf("the browser complains: %v", troubles)
	}
	b.onPhone(t, root, "data?round=q2&cell=c/3//数量", "data?round=q2&sheet=shichang")
}
