//go:build whole

package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// servePreview starts the preview of a campaign and returns its address.
func servePreview(t *testing.T, dir string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	log, said := io.Pipe()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		run(ctx, []string{"-C", dir, "--date", "2026-05-10", "serve", "--addr", "127.0.0.1:0"}, system{Stdout: said, Stderr: said, Now: time.Now})
		said.Close()
	}()
	t.Cleanup(func() { stop(); log.Close(); <-ended })
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		if address := regexp.MustCompile(`http://[0-9.:]+`).FindString(lines.Text()); address != "" {
			go io.Copy(io.Discard, log)
			return address
		}
	}
	t.Fatal("the preview did not say where it is")
	return ""
}

// TestPreviewInBrowser serves the second campaign and uses it as its clerk
// does: reads the findings of the page, edits the file, finds the page where it
// was left, and asks where a paragraph and a figure come from.
func TestPreviewInBrowser(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../internal/review/testdata/campaign")); err != nil {
		t.Fatal(err)
	}
	address := servePreview(t, dir)
	b := newTab(t, 1000, 600)
	page := address + "/departments/shichang/index.html"
	b.do(t, chromedp.Navigate(page))
	const file = "content/narratives/q2/shichang.md"

	// The findings of this page come first, with their place.
	bar := eval[string](t, b, `document.querySelector('.wangjian-preview summary').textContent`)
	if !strings.Contains(bar, "本页 1 处提醒") {
		t.Errorf("the bar says %s", bar)
	}
	if at := eval[string](t, b, `document.querySelector('.wangjian-preview [data-copy]').textContent`); at != "data/q2/shichang.yaml:4" {
		t.Errorf("the finding is at %s", at)
	}

	// Alt-click on a paragraph and on a figure tells the file and the line.
	where := func(selector string) string {
		t.Helper()
		at := eval[[]float64](t, b, `(function () { var e = document.querySelector('`+selector+`'); e.scrollIntoView({block: 'center', behavior: 'instant'}); var r = e.getClientRects()[0]; return [r.left + 4, r.top + r.height / 2]; })()`)
		b.do(t, chromedp.MouseClickXY(at[0], at[1], chromedp.ButtonModifiers(chromedp.ModifierAlt)))
		return strings.TrimPrefix(eval[string](t, b, `document.querySelector('.wangjian-preview-said').textContent`), "已复制 ")
	}
	lineOf := func(place string) string {
		name, line, _ := strings.Cut(place, ":")
		raw, _ := os.ReadFile(filepath.Join(dir, name))
		for n, text := range strings.Split(string(raw), "\n") {
			if strconv.Itoa(n+1) == line {
				return text
			}
		}
		return ""
	}
	paragraph := eval[string](t, b, `document.querySelector('.prose p').textContent`)
	if place := where(".prose p"); !strings.HasPrefix(place, file+":") || !strings.HasPrefix(paragraph, strings.SplitN(lineOf(place), "{", 2)[0]) {
		t.Errorf("the paragraph %q is said to be at %s: %q", paragraph, place, lineOf(place))
	}
	if place := where(".form-table td > a"); !strings.HasPrefix(place, "data/q") || lineOf(place) == "" {
		t.Errorf("the figure is said to be at %q", place)
	}
	if now := eval[string](t, b, `location.href`); now != page {
		t.Errorf("alt-click left the page for %s", now)
	}
	// So does Alt+Enter on what has the focus.
	eval[bool](t, b, `(document.querySelector('.prose a, .form-table td > a').focus({preventScroll: true}), true)`)
	b.do(t, chromedp.KeyEvent("\r", chromedp.KeyModifiers(chromedp.ModifierAlt)))
	if place := eval[string](t, b, `document.querySelector('.wangjian-preview-said').textContent`); !strings.Contains(place, ":") || eval[string](t, b, `location.href`) != page {
		t.Errorf("Alt+Enter says %q", place)
	}

	// After an edit the page is new and stands where it stood.
	y := eval[float64](t, b, `(scrollTo({top: 500, behavior: 'instant'}), scrollY)`)
	if y < 100 {
		t.Fatalf("the page is too short to scroll: %g", y)
	}
	raw, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, file), append(raw, "\n新加的一段。\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	eventually(t, b, `document.body && document.body.textContent.includes('新加的一段。') && document.readyState === 'complete'`)
	eventually(t, b, `Math.abs(scrollY - `+strconv.FormatFloat(y, 'f', -1, 64)+`) < 2`)

	if troubles, _ := b.take(); len(troubles) > 0 {
		t.Errorf("the browser complains: %v", troubles)
	}
	// What the preview adds can be used by everyone.
	faults := eval[string](t, b, axe+`; document.querySelector('.wangjian-preview details').open = true; axe.run('.wangjian-preview').then(r => r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html).join(' ')).join('\n'))`)
	if faults != "" {
		t.Error(faults)
	}
}

// eventually waits until a page says yes; it may be loading meanwhile.
func eventually(t *testing.T, b *tab, question string) {
	t.Helper()
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(b.ctx, limit)
		yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool](question))
		cancel()
		if err == nil && yes {
			return
		}
	}
	t.Fatalf("never: %s", question)
}

// TestStyleguideForEveryone: the page that documents the pages' look keeps what
// it preaches: axe finds nothing in any mode, Tab reaches everything in order,
// and its tree is whole.
func TestStyleguideForEveryone(t *testing.T) {
	address := servePreview(t, "../../internal/review/testdata/campaign")
	b := newTab(t, 1280, 900)
	for mode, stored := range modes {
		b.do(t, chromedp.Navigate(address+"/styleguide/index.html"))
		eval[int](t, b, `localStorage.setItem('wangjian.display', '`+stored+`'), 0`)
		b.do(t, chromedp.Reload())
		eval[int](t, b, axe+";0")
		for _, v := range eval[[]string](t, b, runAxe) {
			t.Errorf("%s: %s", mode, v)
		}
	}
	for _, fault := range treeFaults(call(t, b, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{}).Nodes) {
		t.Error(fault)
	}
	count := eval[int](t, b, walk)
	for range count {
		pressTab(t, b)
	}
	for _, fault := range walkFaults(eval[[]step](t, b, `walked`), count) {
		t.Error(fault)
	}
}
