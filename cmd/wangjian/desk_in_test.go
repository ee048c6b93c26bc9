//go:build whole

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// dropOn drags files from the file manager onto an element and drops them.
func (b *tab) dropOn(t *testing.T, selector string, files ...string) {
	t.Helper()
	at := eval[[]float64](t, b, `(() => { const r = document.querySelector('`+selector+`').getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`)
	for _, kind := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		event := input.DispatchDragEventParams{Type: kind, X: at[0], Y: at[1], Data: &input.DragData{Items: []*input.DragDataItem{}, Files: files, DragOperationsMask: 1}}
		if _, err := chromedp.Call(b.ctx, input.DispatchDragEvent, event); err != nil {
			t.Fatal(err)
		}
	}
}

// came are files as they come in, in a folder of their own.
func came(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	form := "期次,第三次\n部门,教体局\n填报单位,清河市教育体育局\n填报日期,2026-05-18\n项目,单位,数量,备注\n检查学校食堂,家,401,\n抽检,批次,392,\n抽检,份,393,\n"
	for name, data := range map[string]string{"教体局.csv": form, "教体局.et": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "城管局/~$总结.docx": "lock", "关于检查的通知.pdf": "%PDF-1.4\n"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text := []string{"工作总结", "一、经验做法", "先查食堂。", "二、行动成效", "检查有成效。", "三、存在问题", "人手少。", "四、下一步工作打算", "逐项销号。"}
	for _, name := range []string{"城管局/总结.docx", "新建文档.docx"} {
		if err := writeDocx(filepath.Join(dir, name), text...); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestDeskTakesIn: files and a folder are dropped from the file manager; what is doubtful
// or would be written over is settled by one click or a word typed, the rest says what
// to do; a stop keeps what was sent; what was taken is found again. Every page is for
// everyone, on a desk and on a phone.
func TestDeskTakesIn(t *testing.T) {
	dir, from := smallCopy(t), came(t)
	read := func(name string) string {
		t.Helper()
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	b, root := deskAt(t, dir, "2026-05-20", 1280)
	b.do(t, chromedp.Click(`.desk-nav a[href="/_desk/incoming"]`))
	b.says(t, "现在没有等着收下的文件")
	b.everyone(t, "收件，空的")
	b.dropOn(t, "#drop", filepath.Join(from, "教体局.csv"), filepath.Join(from, "教体局.et"), filepath.Join(from, "城管局"), filepath.Join(from, "新建文档.docx"))
	b.says(t, "4 个文件：")
	b.says(t, "可以收下 1 个（其中存疑 1 个，先核对），要改写、等您点头 1 个，退回 2 个")
	b.everyone(t, "收件，有文件")
	file := func(name string) string {
		return `[...document.querySelectorAll('.arrival')].find(a => a.querySelector('.file').textContent.endsWith('` + name + `'))`
	}
	mark := func(name string) string {
		return eval[string](t, b, file(name)+`.id`)
	}

	// One word typed names the unit; the focus stays where it was.
	unit := strings.Replace(mark("新建文档.docx"), "file-", "unit-", 1)
	b.do(t, chromedp.Focus("#"+unit), chromedp.KeyEvent("市场监管局"), chromedp.KeyEvent(kb.Enter))
	eventually(t, b, file("新建文档.docx")+`.textContent.includes('新建 content/narratives/q3/shichang.md')`)
	eventually(t, b, `document.activeElement.id === '`+unit+`'`)
	// One click agrees to the difference that is shown.
	eventually(t, b, file("教体局.csv")+`.querySelector('.difference').textContent.includes('检查学校食堂: 401')`)
	eval[int](t, b, file("教体局.csv")+`.querySelector('[name="over"]').scrollIntoView({block: 'center', behavior: 'instant'}), 0`) // the bar of buttons is over the page's end
	b.do(t, chromedp.Click("#"+mark("教体局.csv")+` button[name="over"]`))
	b.says(t, "可以收下 3 个（其中存疑 ")
	b.says(t, "先核对），退回 1 个")
	b.everyone(t, "收件，选好了")

	// What is refused is sent back in words that can be copied.
	eval[int](t, b, `navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }, 0`)
	eval[int](t, b, file("教体局.et")+`.querySelectorAll('details').forEach(d => d.open = true), 0`)
	b.do(t, chromedp.Click("#"+mark("教体局.et")+" [data-copy]"))
	eventually(t, b, `window.copied && window.copied.includes('你单位报来的“教体局.et”没有收下') && window.copied.includes('另存')`)

	b.do(t, chromedp.Focus(".actions-end button.primary"), chromedp.KeyEvent(kb.Enter))
	b.says(t, "原件存进 收件")
	b.everyone(t, "核对收下的")
	b.do(t, chromedp.KeyEvent(kb.Enter)) // 写入
	b.written(t, "已收下 3 个文件")
	for name, part := range map[string]string{"data/q3/jiaoyu.yaml": "检查学校食堂: 401\n", "content/narratives/q3/shichang.md": "先查食堂。", "content/narratives/q3/chengguan.md": "先查食堂。"} {
		if !strings.Contains(read(name), part) {
			t.Errorf("%s:\n%s", name, read(name))
		}
	}
	b.do(t, chromedp.Click(`main a[href="/_desk/incoming/originals"]`))
	b.says(t, "一共登记了 3 个")
	b.do(t, chromedp.SendKeys("#q", "城管局"), chromedp.KeyEvent(kb.Enter))
	b.says(t, "找到 1 个")
	b.everyone(t, "原件")

	// Many are sent one by one, and a stop keeps those that were.
	b.do(t, chromedp.Click(`.desk-nav a[href="/_desk/incoming"]`))
	b.says(t, "1 个文件：")
	var many []string
	for n := range 100 {
		many = append(many, filepath.Join(from, fmt.Sprintf("照片%d.jpg", n)))
		if err := os.WriteFile(many[n], fmt.Appendf(nil, "%d", n), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	eval[int](t, b, `(() => { const real = fetch; let n = 0; window.fetch = (a, o) => ++n < 3 ? real(a, o) : new Promise((_, no) => o.signal.addEventListener('abort', () => no(new DOMException('', 'AbortError')))); return 0; })()`)
	b.do(t, chromedp.SetUploadFiles("#files", many))
	eventually(t, b, `document.getElementById('sending-words').textContent === '第 3 个，共 100 个：照片2.jpg'`)
	b.everyone(t, "正在放进来")
	b.do(t, chromedp.Focus("#sending-stop"), chromedp.KeyEvent(kb.Enter))
	b.says(t, "3 个文件：")

	// What is too large is not sent at all.
	large := filepath.Join(from, "录像.mp4")
	if err := os.WriteFile(large, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 200<<20); err != nil {
		t.Fatal(err)
	}
	b.do(t, chromedp.SetUploadFiles("#files", []string{large}))
	b.says(t, "文件超过 96 MB，太大了")
	b.do(t, chromedp.Click(`#arrivals form[action="/_desk/incoming/clear"] input[name="all"] + button`))
	b.says(t, "现在没有等着收下的文件")
	if troubles, _ := b.take(); len(troubles) > 0 {
		t.Errorf("the browser complains: %v", troubles)
	}

	form := filepath.Join(from, "教体局.csv")
	if raw, err := os.ReadFile(form); err != nil || os.WriteFile(form, bytes.Replace(raw, []byte("401"), []byte("402"), 1), 0o644) != nil {
		t.Fatal(err)
	}
	b.dropOn(t, "#drop", form, filepath.Join(from, "教体局.et"), filepath.Join(from, "关于检查的通知.pdf"))
	b.says(t, "3 个文件：")
	b.onPhone(t, root, "incoming", "incoming/originals?q=2026")
}
