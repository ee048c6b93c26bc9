//go:build whole

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// printed prints a page as a browser does and returns how many sheets it has, how
// large they are, and their text.
func printed(t *testing.T, b *tab) (sheets, size, text string) {
	t.Helper()
	yes := true
	pdf := call(t, b, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &yes}).Data
	name := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(name, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	info, err := exec.Command("pdfinfo", name).Output()
	if err != nil {
		t.Fatalf("pdfinfo (package poppler-utils): %v", err)
	}
	words, err := exec.Command("pdftotext", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	field := func(name string) string {
		m := regexp.MustCompile(name + `: +(.*)`).FindSubmatch(info)
		if m == nil {
			return ""
		}
		return string(m[1])
	}
	return field("Pages"), field("Page size"), string(words)
}

// TestPaper prints pages: on A4, without what paper cannot do, with charts, with
// the address after a link that leaves and the page's own at the foot; a warning
// on one sheet, in large type and in the dark as well.
func TestPaper(t *testing.T) {
	dir := site(t)
	base := fileURL(dir)
	b := newTab(t, 1280, 900)
	for kind, want := range map[string][]string{
		"index.html":                      {"主要成效", "497", "本页网址：https://wangjian.example/wangjian2022/"},
		"cases/zhibo-xujia/index.html":    {"（https://", "案情", "wangjian2022/cases/zhibo-xujia/"},
		"regions/index.html":              {"章贡区", "合计"},
		"warnings/zhibo-gouwu/index.html": {"12315"},
	} {
		b.do(t, chromedp.Navigate(base+kind))
		_, size, text := printed(t, b)
		if !strings.Contains(size, "A4") {
			t.Errorf("%s is printed on %s", kind, size)
		}
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s on paper does not say %q", kind, w)
			}
		}
		for _, w := range []string{"跳到正文", "大字版", "本页内容", "展开目录", "站点地图", "放大", "保存图片", "↕"} {
			if strings.Contains(text, w) {
				t.Errorf("%s on paper says %q", kind, w)
			}
		}
	}
	call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	b.do(t, chromedp.Navigate(base+"index.html"))
	if charts := eval[[]int](t, b, `[...document.querySelectorAll('.chart-stage')].map(s => [...s.querySelectorAll('svg.chart-still')].filter(v => v.getBoundingClientRect().width > 100 && getComputedStyle(v).visibility === 'visible').length)`); len(charts) == 0 {
		t.Error("no chart on paper")
	} else {
		for n, c := range charts {
			if c != 1 {
				t.Errorf("chart %d is %d times on paper", n, c)
			}
		}
	}
	call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	warnings, err := filepath.Glob(filepath.Join(dir, "warnings", "*", "index.html"))
	if err != nil || len(warnings) < 6 {
		t.Fatalf("%d warnings: %v", len(warnings), err)
	}
	for n, name := range warnings {
		b.do(t, chromedp.Navigate(base+"warnings/"+filepath.Base(filepath.Dir(name))+"/index.html"))
		mode := []string{"light", "elder", "dark"}[n%3]
		eval[int](t, b, `localStorage.setItem('wangjian.display', '`+modes[mode]+`'), 0`)
		b.do(t, chromedp.Reload())
		if sheets, _, text := printed(t, b); sheets != "1" || !strings.Contains(text, "怎样投诉") && !strings.Contains(text, "12315") {
			t.Errorf("%s (%s) takes %s sheets", filepath.Base(filepath.Dir(name)), mode, sheets)
		}
	}
}
