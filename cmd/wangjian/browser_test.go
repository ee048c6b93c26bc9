//go:build whole

package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
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
	"github.com/chromedp/chromedp/kb"
)

//go:embed testdata/axe/axe.min.js
var axe string

// pageKinds is one page of every kind of the sample.
var pageKinds = []string{
	"index.html", "departments/index.html", "departments/shijian/index.html", "departments/gongxin/index.html",
	"regions/index.html", "regions/360702/index.html", "tasks/index.html", "tasks/sanjia-zhibo/index.html",
	"statistics/index.html", "summary/index.html", "summary/final/index.html", "cases/index.html", "cases/zhibo-xujia/index.html", "warnings/index.html", "warnings/zhibo-gouwu/index.html",
	"open/index.html", "open/tongzhi/index.html", "commitments/index.html", "commitments/shili-pingtai/index.html", "gallery/index.html", "progress/index.html", "calendar/index.html", "pages/about/index.html",
	"search/index.html", "search/index.html?q=12315", "sitemap/index.html", "404.html",
}

// settled waits for the results of a search that the address asks for.
const settled = `new Promise(done => (function look() {
	if (!new URLSearchParams(location.search).get('q') || document.querySelector('#_results li')) done(0);
	else setTimeout(look, 20);
})())`

// shared builds a campaign's site on the first call and returns its folder on
// every call: the tests read it, none changes it. It is built from a copy, since a
// campaign is built by one process at a time and make test runs these tests in two.
func shared(campaign string, args ...string) func(testing.TB) string {
	once := sync.OnceValues(func() (string, error) {
		dir, err := os.MkdirTemp("", "wangjian-site-")
		if err != nil {
			return "", err
		}
		atEnd(func() { os.RemoveAll(dir) })
		for _, part := range []string{"content", "data"} {
			if err := os.CopyFS(filepath.Join(dir, part), os.DirFS(filepath.Join(campaign, part))); err != nil {
				return "", err
			}
		}
		target := filepath.Join(dir, "public")
		var printed bytes.Buffer
		if code := run(context.Background(), append([]string{"-C", dir, "build", "-o", target}, args...), system{Stdout: &printed, Stderr: &printed, Now: time.Now}); code != 0 {
			return "", fmt.Errorf("exit %d\n%s", code, printed.String())
		}
		return target, nil
	})
	return func(t testing.TB) string {
		t.Helper()
		dir, err := once()
		if err != nil {
			t.Fatalf("building %s %v: %v", campaign, args, err)
		}
		return dir
	}
}

// The sites that more than one test looks at: the sample, and the small campaign
// on a day when items of every state are held back, and on a later one.
var (
	site       = shared("../..")
	smallInMay = shared(smallCampaign, "--date", "2026-05-10")
	smallLater = shared(smallCampaign, "--date", "2026-06-01")
)

// tab is a browser tab that notes what goes wrong in it: messages of the
// console and of the security policy, exceptions, and every request.
type tab struct {
	ctx      context.Context
	mu       sync.Mutex
	troubles []string
	requests []string
	limit    time.Duration // of a script that takes longer than others
}

// browser is the one Chromium of all tests; it is closed at their end. It is the one
// without a window: chromium --headless draws its own window beside every page, which
// took more than half of the processor's time.
var browser = sync.OnceValues(func() (context.Context, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath("chromium-headless-shell"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	atEnd(func() { stop(); stopAllocator() })
	return ctx, chromedp.Do(ctx)
})

// newTab opens a tab that shares nothing with the others.
func newTab(t *testing.T, width, height int64) *tab {
	t.Helper()
	parent, err := browser()
	if err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	ctx, stop := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	b := &tab{ctx: ctx}
	err = chromedp.Listen(ctx, func(event any) {
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

// eval runs a script in the page, waits for its promise, and returns its value.
func eval[T any](t *testing.T, b *tab, script string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, max(limit, b.limit))
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%v in %.80s", err, script)
	}
	return v
}

// take returns what was noted since the last call.
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
	t.Cleanup(server.Close)
	for mode, stored := range modes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			width := int64(1280)
			if mode == "dark" || mode == "elder" {
				width = 390
			}
			b := newTab(t, width, 900)
			b.do(t, chromedp.Navigate(server.URL+"/a/b/pages/about/index.html"))
			eval[int](t, b, `localStorage.setItem('wangjian.display', '`+stored+`'), 0`)
			for _, page := range pageKinds {
				b.do(t, chromedp.Navigate(server.URL+"/a/b/"+page))
				eval[int](t, b, settled)
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
	t.Cleanup(server.Close)
	for name, base := range map[string]string{"file": fileURL(dir), "sub-path": server.URL + "/a/b/"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newTab(t, 390, 844)
			for _, page := range pageKinds {
				if page == "404.html" {
					continue // it stands at any address, so its links are absolute
				}
				b.do(t, chromedp.Navigate(base+page))
				eval[int](t, b, settled)
				if undrawn := eval[int](t, b, drawAll); undrawn > 0 {
					t.Errorf("%s: %d charts are not drawn", page, undrawn)
				}
				if wide := eval[[]string](t, b, tooWide); len(wide) > 0 {
					t.Errorf("%s is wider than a phone: %v", page, wide)
				}
				if list := append(eval[[]string](t, b, sideways), eval[[]string](t, b, brokenNumbers)...); len(list) > 0 {
					t.Errorf("%s does not fit a phone: %v", page, list)
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
		"departments/gongan/index.html":  {"经验做法", "行动成效", "存在问题", "下一步打算", "231", "87", "146"},
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

// TestSearch uses the search page as a reader does, by double click: types,
// walks through the results by keyboard, filters, and follows one to its place.
func TestSearch(t *testing.T) {
	b := newTab(t, 1280, 900)
	base := fileURL(site(t))
	// until waits for a condition and fails with what the page shows.
	until := func(what, condition string) {
		t.Helper()
		shown := eval[string](t, b, `new Promise(done => { const end = Date.now() + 10000; (function look() {
			if (`+condition+`) done('');
			else if (Date.now() > end) done('focus ' + document.activeElement.outerHTML.slice(0, 120) + ' in ' + document.querySelector('main').innerText.slice(0, 600));
			else setTimeout(look, 20);
		})(); })`)
		if shown != "" {
			t.Fatalf("%s: %s", what, shown)
		}
	}
	b.do(t, chromedp.Navigate(base+"search/index.html"))
	until("the box has the focus", `document.activeElement.id === '_query'`)
	b.do(t, chromedp.SendKeys("#_query", "订金不退")) // no Enter: typing is enough
	until("the case is found", `document.querySelector('#_results') && document.querySelector('#_results').innerText.includes('南康区市场监督管理局查处')`)
	until("what was typed is marked", `[...document.querySelectorAll('#_results mark')].some(m => m.textContent === '订金不退')`)
	until("the page says how many", `/找到\d+个页面/.test(document.getElementById('_status').textContent)`)

	ask := func(query string) {
		t.Helper()
		eval[string](t, b, `document.getElementById('_query').value = ''`)
		b.do(t, chromedp.SendKeys("#_query", query))
	}
	b.do(t, chromedp.KeyEvent(kb.ArrowDown))
	until("the arrow goes to the first result", `document.activeElement === document.querySelector('#_results a')`)
	b.do(t, chromedp.KeyEvent(kb.Escape))
	until("Escape goes back to the box", `document.activeElement.id === '_query'`)

	// Full-width digits, several terms, one character.
	for query, want := range map[string]string{"１２３１５ 纽扣电池": "买儿童玩具和文具", "泶": "没有找到", "ccc标志": "CCC标志"} {
		ask(query)
		until(query, `document.querySelector('#_status').textContent.includes('没有找到') === `+strconv.FormatBool(want == "没有找到")+` && document.querySelector('main').innerText.includes('`+want+`')`)
	}

	ask("的")
	until("one character finds much", `!document.getElementById('_more').hidden && document.querySelectorAll('#_results li').length === 10`)
	b.do(t, chromedp.Click("#_more"))
	until("more results come and take the focus", `document.querySelectorAll('#_results li').length > 10 && document.activeElement === document.querySelectorAll('#_results a')[10]`)

	eval[int](t, b, `(() => { const kind = document.getElementById('_kind');
		kind.value = [...kind.options].find(o => o.textContent.startsWith('消费警示')).value;
		kind.dispatchEvent(new Event('change')); return 0; })()`)
	until("only the kind that was chosen", `document.querySelectorAll('#_results li').length > 0 &&
		[...document.querySelectorAll('#_results li .entry-meta')].every(m => m.innerText.startsWith('消费警示'))`)
	until("the address keeps the question", `new URLSearchParams(location.search).get('kind') === '消费警示'`)

	b.do(t, chromedp.Navigate(base+"search/index.html?q="+url.QueryEscape("查处网络违法案件")+"&department="+url.QueryEscape("公安局")))
	until("an address asks with its filter", `document.querySelectorAll('#_results li').length > 0 && document.getElementById('_department').selectedOptions[0].textContent.startsWith('公安局')`)
	b.do(t, chromedp.Navigate(base+"search/index.html?q="+url.QueryEscape("下一步打算")))
	until("results lead to a heading", `[...document.querySelectorAll('#_results a')].some(a => a.hash)`)
	href := eval[string](t, b, `[...document.querySelectorAll('#_results a')].find(a => a.hash).href`)
	b.do(t, chromedp.Navigate(href))
	if !eval[bool](t, b, `document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null`) {
		t.Errorf("%s leads to no heading", href)
	}

	troubles, requests := b.take()
	for _, trouble := range troubles {
		t.Error(trouble)
	}
	for _, r := range requests {
		if !strings.HasPrefix(r, base) {
			t.Errorf("asks for %s", r)
		}
	}
}
