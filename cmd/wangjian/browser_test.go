package main

import (
	"context"
	_ "embed"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe/axe.min.js
var axe string

// pageKinds is one page of every kind of the sample.
var pageKinds = []string{
	"index.html", "departments/index.html", "departments/shijian/index.html", "departments/gongxin/index.html",
	"regions/index.html", "regions/360702/index.html", "tasks/index.html", "tasks/sanjia-zhibo/index.html",
	"statistics/index.html", "cases/index.html", "cases/zhibo-xujia/index.html", "warnings/index.html", "warnings/zhibo-gouwu/index.html",
	"open/index.html", "open/tongzhi/index.html", "gallery/index.html", "progress/index.html", "pages/about/index.html",
	"search/index.html", "sitemap/index.html", "404.html",
}

// sampleSite builds the sample once for all browser tests.
var sampleSite = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "wangjian-site-")
	if err != nil {
		return "", err
	}
	target := filepath.Join(dir, "public")
	if code := run(context.Background(), []string{"-C", "../..", "build", "-o", target}, system{Stdout: io.Discard, Stderr: io.Discard, Now: time.Now}); code != 0 {
		return "", os.ErrInvalid
	}
	return target, nil
})

func site(t *testing.T) string {
	t.Helper()
	dir, err := sampleSite()
	if err != nil {
		t.Fatalf("building the sample: %v", err)
	}
	return dir
}

// tab is a browser tab that notes what goes wrong in it: messages of the
// console and of the security policy, exceptions, and every request.
type tab struct {
	ctx      context.Context
	mu       sync.Mutex
	troubles []string
	requests []string
}

func newTab(t *testing.T, width, height int64) *tab {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	t.Cleanup(func() { stop(); stopAllocator() })
	b := &tab{ctx: ctx}
	err := chromedp.Listen(ctx, func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			b.troubles = append(b.troubles, "exception: "+e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			if e.Type == "error" || e.Type == "warning" {
				b.troubles = append(b.troubles, "console "+string(e.Type))
			}
		case *log.EventEntryAdded:
			b.troubles = append(b.troubles, string(e.Entry.Level)+": "+e.Entry.Text+" "+e.Entry.URL)
		case *network.EventRequestWillBeSent:
			b.requests = append(b.requests, e.Request.URL)
		}
	})
	if err == nil {
		_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	}
	if err == nil {
		_, err = chromedp.Call(ctx, log.Enable, cdp.Empty{})
	}
	if err == nil {
		err = chromedp.Do(ctx, chromedp.EmulateViewport(width, height))
	}
	if err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	return b
}

// limit bounds one action, so that a hanging page fails its test.
const limit = 60 * time.Second

func (b *tab) do(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// eval runs a script in the page, waits for its promise, and gives its value.
func eval[T any](t *testing.T, b *tab, script string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%v in %.80s", err, script)
	}
	return v
}

// take gives what was noted since the last call.
func (b *tab) take() (troubles, requests []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	troubles, requests = b.troubles, b.requests
	b.troubles, b.requests = nil, nil
	return troubles, requests
}

// modes are the ways of reading, as the page's own switches remember them.
var modes = map[string]string{
	"light":    `{"theme":"light"}`,
	"dark":     `{"theme":"dark"}`,
	"elder":    `{"size":"elder"}`,
	"contrast": `{"contrast":"high"}`,
}

// TestAccessibility runs axe-core on every page kind in every mode, on a desk
// or on a phone. No finding is excepted.
func TestAccessibility(t *testing.T) {
	server := httptest.NewServer(http.StripPrefix("/a/b/", http.FileServer(http.Dir(site(t)))))
	defer server.Close()
	for mode, stored := range modes {
		t.Run(mode, func(t *testing.T) {
			width := int64(1280)
			if mode == "dark" || mode == "elder" {
				width = 390
			}
			b := newTab(t, width, 900)
			b.do(t, chromedp.Navigate(server.URL+"/a/b/pages/about/index.html"))
			eval[int](t, b, `localStorage.setItem('wangjian.display', '`+stored+`'), 0`)
			for _, page := range pageKinds {
				b.do(t, chromedp.Navigate(server.URL+"/a/b/"+page))
				eval[int](t, b, axe+";0")
				for _, v := range eval[[]string](t, b, runAxe) {
					t.Errorf("%s: %s", page, v)
				}
			}
		})
	}
}

const runAxe = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
	.then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0] || n.all[0] || n.none[0] || {}).message).join(' | ')))`

// drawAll brings every chart to life and counts those that had no still drawing
// before or are not drawn after.
const drawAll = `(async () => {
	const stages = [...document.querySelectorAll('.chart-stage')];
	const still = stages.filter(s => [...s.querySelectorAll('svg.chart-still')].filter(v => v.getBoundingClientRect().width > 0 && v.querySelector('path') && v.querySelector('text')).length === 1).length;
	for (const s of stages) {
		s.scrollIntoView();
		s.click();
		await new Promise(r => setTimeout(r, 100));
	}
	const end = Date.now() + 20000;
	while (Date.now() < end && stages.some(s => !s.querySelector('.chart-live svg')))
		await new Promise(r => setTimeout(r, 100));
	return stages.length - still + stages.filter(s => !s.querySelector('.chart-live svg :is(path, rect, text)')).length;
})()`

// tooWide names what reaches over the screen's right edge where the page as a
// whole does.
const tooWide = `document.documentElement.scrollWidth <= innerWidth ? [] :
	[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map(e => e.tagName + '.' + e.className)`

// TestPagesInBrowser opens every page kind by double click and under a
// sub-path: nothing is fetched from elsewhere, nothing breaks the security
// policy, every chart is drawn, and no page is wider than a phone.
func TestPagesInBrowser(t *testing.T) {
	dir := site(t)
	server := httptest.NewServer(http.StripPrefix("/a/b/", http.FileServer(http.Dir(dir))))
	defer server.Close()
	for name, base := range map[string]string{"file": fileURL(dir), "sub-path": server.URL + "/a/b/"} {
		t.Run(name, func(t *testing.T) {
			b := newTab(t, 390, 844)
			for _, page := range pageKinds {
				if page == "404.html" {
					continue // it stands at any address, so its links are absolute
				}
				b.do(t, chromedp.Navigate(base+page))
				if undrawn := eval[int](t, b, drawAll); undrawn > 0 {
					t.Errorf("%s: %d charts are not drawn", page, undrawn)
				}
				if wide := eval[[]string](t, b, tooWide); len(wide) > 0 {
					t.Errorf("%s is wider than a phone: %v", page, wide)
				}
				troubles, requests := b.take()
				for _, trouble := range troubles {
					t.Errorf("%s: %s", page, trouble)
				}
				for _, r := range requests {
					if !strings.HasPrefix(r, base) && !strings.HasPrefix(r, "data:") && !strings.HasSuffix(r, "/favicon.ico") {
						t.Errorf("%s asks for %s", page, r)
					}
				}
			}
		})
	}
}

func fileURL(dir string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir) + "/"}).String()
}

// TestWithoutScripts: everything can be read with scripts off.
func TestWithoutScripts(t *testing.T) {
	b := newTab(t, 1280, 900)
	base := fileURL(site(t))
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	for page, want := range map[string][]string{
		"index.html":                     {"497", "437.56", "示例数据", "12315", "督查总结"},
		"departments/gongan/index.html":  {"经验做法", "行动成效", "存在问题", "下一步打算", "231", "87", "144"},
		"statistics/index.html":          {"移送公安机关案件", "无", "罚没款"},
		"regions/360702/index.html":      {"章贡区", "查处网络违法案件"},
		"search/index.html":              {"站点地图"},
		"cases/zhibo-xujia/index.html":   {"决定书", "当事人", "示例数据"},
		"departments/gongxin/index.html": {"无统计项目", "经验做法"},
	} {
		b.do(t, chromedp.Navigate(base+page))
		text, err := chromedp.Run(b.ctx, chromedp.Text("body"))
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s without scripts does not say %q", page, w)
			}
		}
	}
}

// TestSearch finds a phrase from the middle of a text.
func TestSearch(t *testing.T) {
	b := newTab(t, 1280, 900)
	b.do(t,
		chromedp.Navigate(fileURL(site(t))+"search/index.html"),
		chromedp.SendKeys("main input[type=search]", "订金不退\r"),
	)
	results := eval[string](t, b, `new Promise(r => setTimeout(() => r(document.querySelector('main').innerText), 800))`)
	if !strings.Contains(results, "南康区市场监督管理局查处") {
		t.Errorf("the case is not found: %.300s", results)
	}
}
