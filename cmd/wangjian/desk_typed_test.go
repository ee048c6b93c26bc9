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

// TestDeskKeepsTyped: a page follows the files until something is typed in it; from then
// on it says that they have changed. What is typed while the page is already on its way
// to load again stands in it afterwards. Saved after an editor wrote elsewhere in the same
// file, both are there.
func TestDeskKeepsTyped(t *testing.T) {
	const warning = "content/warnings/xiaolingshi.md"
	dir := smallCopy(t)
	b, root := deskAt(t, dir, "2026-05-10", 1280)
	file := filepath.Join(dir, filepath.FromSlash(warning))
	edited := func(old, now string) {
		t.Helper()
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(raw), old) {
			t.Fatalf("%s does not say %s", warning, old)
		}
		if err := os.WriteFile(file, []byte(strings.Replace(string(raw), old, now, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const field = `document.querySelector('[name="f.摘要"]')`
	b.do(t, chromedp.Navigate(root+"/_desk/edit?file="+warning))
	eventually(t, b, field+` !== null`)

	edited("看生产日期", "先看生产日期")
	eventually(t, b, `document.querySelector('[name="body"]')?.value.includes('先看生产日期')`)

	eval[int](t, b, `(addEventListener('beforeunload', () => { const f = `+field+`; f.value = '在路上写的'; f.dispatchEvent(new Event('input', {bubbles: true})); }, {once: true}), 0)`)
	edited("先看生产日期", "再看生产日期")
	eventually(t, b, `document.getElementById('desk-typed')?.hidden === false && `+field+`.value === '在路上写的'`)

	b.do(t, chromedp.Focus(`[name="f.摘要"]`), chromedp.KeyEvent(kb.End), chromedp.KeyEvent("，又写"))
	edited("再看生产日期", "还看生产日期")
	eventually(t, b, `!document.getElementById('desk-changed').hidden`)
	if got := eval[string](t, b, field+`.value`); got != "在路上写的，又写" {
		t.Errorf("the field holds %q", got)
	}
	b.do(t, chromedp.Click(`form[action="/_desk/edit/save"] button.primary`))
	b.says(t, "两边改的不在一处，已经合在一起")
	b.says(t, "在路上写的，又写")
	b.do(t, chromedp.KeyEvent(kb.Enter)) // 写入
	b.written(t, "已保存")
	if raw, err := os.ReadFile(file); err != nil || !strings.Contains(string(raw), "还看生产日期") || !strings.Contains(string(raw), "摘要: 在路上写的，又写") {
		t.Errorf("what was typed and what the editor wrote are not both there: %v\n%s", err, raw)
	}
}
