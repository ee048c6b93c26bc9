//go:build whole

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// call runs a command of the browser's protocol in the tab.
func call[P, R any](t *testing.T, b *tab, command cdp.Command[P, R], params P) R {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	result, err := chromedp.Call(ctx, command, params)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestAccessibilityTree reads what a screen reader gets of every page kind: the
// landmarks once each, one first heading and none skipped, and a name for
// everything that can be used or looked at.
func TestAccessibilityTree(t *testing.T) {
	b := newTab(t, 390, 844)
	base := fileURL(site(t))
	for _, kind := range pageKinds {
		b.do(t, chromedp.Navigate(base+kind))
		eval[int](t, b, settled)
		for _, fault := range treeFaults(call(t, b, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{}).Nodes) {
			t.Errorf("%s: %s", kind, fault)
		}
	}
}

// named are the roles that say nothing without a name.
var named = map[string]bool{
	"link": true, "button": true, "searchbox": true, "textbox": true, "combobox": true, "checkbox": true, "navigation": true, "image": true, "img": true,
	"DisclosureTriangle": true, "complementary": true, "table": false, "group": false, "Video": false,
}

func treeFaults(nodes []*accessibility.Node) []string {
	var faults []string
	count := map[string]int{}
	level := 0
	for _, n := range nodes {
		if n.Ignored || n.Role == nil {
			continue
		}
		role, name := textOf(n.Role), textOf(n.Name)
		count[role]++
		if named[role] && strings.TrimSpace(name) == "" {
			faults = append(faults, "a "+role+" without a name")
		}
		if role != "heading" {
			continue
		}
		if strings.TrimSpace(name) == "" {
			faults = append(faults, "an empty heading")
		}
		for _, p := range n.Properties {
			var l int
			if p.Name == "level" && json.Unmarshal(p.Value.Value, &l) == nil {
				if l > level+1 {
					faults = append(faults, fmt.Sprintf("after a heading of level %d one of level %d: %s", level, l, name))
				}
				if l == 1 {
					count["first heading"]++
				}
				level = l
			}
		}
	}
	for _, role := range []string{"main", "banner", "contentinfo", "first heading"} {
		if count[role] != 1 {
			faults = append(faults, fmt.Sprintf("%d of %s", count[role], role))
		}
	}
	if count["navigation"] < 2 {
		faults = append(faults, "no navigation")
	}
	return faults
}

func textOf(v *accessibility.Value) string {
	var text string
	if v != nil {
		_ = json.Unmarshal(v.Value, &text)
	}
	return text
}

// TestAccessibilityTreeSees: each fault in a page's tree is noticed.
func TestAccessibilityTreeSees(t *testing.T) {
	b := newTab(t, 800, 600)
	const good = `<header><h1>a</h1><nav aria-label=a><a href=x>a</a></nav></header><main><h2>b</h2></main><footer><nav aria-label=b><a href=x>b</a></nav></footer>`
	for from, to := range map[string]string{
		"": "", "<h2>": "<h3>", "<main>": "<main><h1>c</h1>", "<a href=x>a</a>": "<a href=x></a>", "<nav aria-label=a>": "<nav>", "<footer>": "<div>", "b</h2>": "</h2>", "<h2>b": "<button></button><h2>b",
	} {
		html := strings.Replace(good, from, to, 1)
		b.do(t, chromedp.Navigate("data:text/html,"+strings.ReplaceAll(html, " ", "%20")))
		if faults := treeFaults(call(t, b, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{}).Nodes); (len(faults) > 0) != (from != "") {
			t.Errorf("%q for %q: %v", to, from, faults)
		}
	}
}

// cutOff names text that lies outside of the screen or of a box that hides it,
// where no reader could scroll to it.
const cutOff = `(() => {
	const found = [];
	for (const e of document.querySelectorAll('body *')) {
		if (!e.checkVisibility() || e.closest('svg, .unseen, .skip, .contents-fold, .contents h2')) continue;
		const own = [...e.childNodes].some(n => n.nodeType === 3 && n.nodeValue.trim());
		if (!own) continue;
		const box = e.getBoundingClientRect();
		let scrolls = false;
		for (let p = e; p; p = p.parentElement) {
			const style = getComputedStyle(p);
			if (p !== document.documentElement && p !== document.body && /auto|scroll/.test(style.overflowX)) scrolls = true;
			if (!scrolls && style.overflowX === 'hidden' && p.scrollWidth > p.clientWidth + 1) found.push('hidden: ' + p.className + ' ' + e.textContent.trim().slice(0, 20));
		}
		if (!scrolls && (box.right > innerWidth + 1 || box.left < -1)) found.push(e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 20));
	}
	if (document.documentElement.scrollWidth > innerWidth) found.push('the page is ' + document.documentElement.scrollWidth + ' wide');
	return found.slice(0, 4);
})()`

// TestFourHundredPercent: at 400 % on a desk, which is a screen of 320 by 256, no page is
// scrolled sideways and nothing is cut; nor in large type on a phone.
func TestFourHundredPercent(t *testing.T) {
	base := fileURL(site(t))
	for _, c := range []struct {
		name          string
		width, height int64
		display       string
	}{{"400 %", 320, 256, modes["light"]}, {"large type", 390, 844, modes["elder"]}} {
		t.Run(c.name, func(t *testing.T) {
			b := newTab(t, c.width, c.height)
			b.do(t, chromedp.Navigate(base+"pages/about/index.html"))
			eval[int](t, b, `localStorage.setItem('wangjian.display', '`+c.display+`'), 0`)
			for _, kind := range pageKinds {
				b.do(t, chromedp.Navigate(base+kind))
				eval[int](t, b, settled)
				for _, fault := range eval[[]string](t, b, cutOff) {
					t.Errorf("%s: %s", kind, fault)
				}
			}
		})
	}
}

// TestNothingShifts: nothing on a page moves by itself. A slow machine paints a
// page before all of it is there, and then a right-aligned bar or a column of
// figures settles by a hair: at most 0.003 with a processor slowed down to a
// sixth. Scripts and charts may move nothing at all.
func TestNothingShifts(t *testing.T) {
	const settling = 0.02 // of the window's area times the way moved; 0.1 is where readers notice
	base := fileURL(site(t))
	for _, width := range []int64{390, 1280} {
		b := newTab(t, width, 900)
		call(t, b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
			window.shifts = [];
			new PerformanceObserver(list => list.getEntries().forEach(e => shifts.push({much: e.value, what: e.value.toFixed(5) + ' ' +
				e.sources.map(s => s.node && (s.node.className || s.node.nodeName)).join(', ')}))).observe({ type: 'layout-shift', buffered: true });`})
		for _, kind := range pageKinds {
			b.do(t, chromedp.Navigate(base+kind))
			if shifts := eval[[]shift](t, b, shiftsSoFar); sum(shifts) > settling {
				t.Errorf("%s at %d px while it arrives: %v", kind, width, shifts)
			}
			if kind == "index.html" || kind == "statistics/index.html" {
				eval[int](t, b, drawAll)
				for _, s := range eval[[]shift](t, b, shiftsSoFar) {
					t.Errorf("%s at %d px with its charts: %s", kind, width, s.What)
				}
			}
			for _, table := range eval[[]string](t, b, moved) {
				t.Errorf("%s at %d px: %s", kind, width, table)
			}
		}
	}
}

// shiftsSoFar returns what has moved since it was asked last.
const shiftsSoFar = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(shifts.splice(0)), 50))))`

type shift struct {
	Much float64 `json:"much"`
	What string  `json:"what"`
}

func sum(shifts []shift) (all float64) {
	for _, s := range shifts {
		all += s.Much
	}
	return all
}

// moved names the tables whose heads take other room without their buttons: what
// a reader sees whose first paint comes before the script has put them there.
const moved = `[...document.querySelectorAll('table[data-sort]')].map(table => {
	const room = () => [...table.tHead.rows[0].cells].map(c => [c.offsetHeight, c.offsetWidth].join('×')).join(' ');
	const after = room();
	table.querySelectorAll('.sort').forEach(b => b.replaceWith(...b.childNodes));
	const before = room();
	return before === after ? '' : table.className + ': ' + before + ', then ' + after;
}).filter(Boolean)`

// smallTargets names what a finger would miss in large type. A link in a
// sentence or a table's cell is as high as its line (WCAG 2.5.8).
const smallTargets = `[...document.querySelectorAll('a[href], button, input:not(.contents-fold):not(.nav-fold), select, summary, label.contents-label, label.nav-label')].filter(e => {
	if (!e.checkVisibility() || e.classList.contains('skip') || getComputedStyle(e).display === 'inline' || e.closest('.prose, td, tbody th, .notice')) return false;
	const box = e.getBoundingClientRect();
	return box.height < 59.9;
}).map(e => e.outerHTML.slice(0, 100)).slice(0, 4)`

// TestElderMode: one press makes every page large, also the next ones, without
// a cookie; the navigation keeps what most readers come for.
func TestElderMode(t *testing.T) {
	b := newTab(t, 390, 844)
	base := fileURL(site(t))
	const links = `[...document.querySelectorAll('.site-nav a, .nav-label')].filter(a => a.getClientRects().length).map(a => a.innerText)`
	b.do(t, chromedp.Navigate(base+"index.html"))
	before := eval[[]string](t, b, links)
	b.do(t, chromedp.Click(`[data-toggle="size"]`))
	if after := eval[[]string](t, b, links); !slices.Equal(before, after) || len(after) != 4 {
		t.Errorf("the navigation has %v, and %v in large type", before, after)
	}
	for _, kind := range pageKinds {
		b.do(t, chromedp.Navigate(base+kind))
		eval[int](t, b, settled)
		if small := eval[[]string](t, b, smallTargets); len(small) > 0 {
			t.Errorf("%s has targets of less than 60 px: %q", kind, small)
		}
		for _, size := range eval[[]float64](t, b, `[...document.querySelectorAll('.prose p, .prose li, td:not(.remark), .entry-summary, .card-text')].filter(e => e.checkVisibility()).map(e => parseFloat(getComputedStyle(e).fontSize))`) {
			if size < 22 {
				t.Errorf("%s has main text of %.1f px", kind, size)
				break
			}
		}
	}
	if cookie := eval[string](t, b, `document.cookie`); cookie != "" {
		t.Errorf("cookie %s", cookie)
	}
	b.do(t, chromedp.Click(`[data-toggle="size"]`), chromedp.Navigate(base+"index.html"))
	if !slices.Equal(eval[[]string](t, b, links), before) {
		t.Error("the ordinary size does not come back")
	}
}

// TestReducedMotion: who asks for less motion gets none.
func TestReducedMotion(t *testing.T) {
	b := newTab(t, 800, 600)
	call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	b.do(t, chromedp.Navigate(fileURL(site(t))+"index.html"))
	if moving := eval[[]string](t, b, `[document.documentElement, ...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
		return s.scrollBehavior === 'smooth' || s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0; }).map(e => e.tagName + '.' + e.className)`); len(moving) > 0 {
		t.Errorf("moving: %v", moving)
	}
}

// column returns the cells of a column of the first sorted table, in the order
// shown.
func column(t *testing.T, b *tab, table string, n int) []string {
	t.Helper()
	return eval[[]string](t, b, fmt.Sprintf(`[...document.querySelector('%s').tBodies[0].rows].map(r => r.cells[%d] ? r.cells[%d].textContent.trim() : '')`, table, n, n))
}

// TestSorting presses the heads of tables: exact decimals in order, 无 and what
// is missing last, a row's parts below it, and the form's order back.
func TestSorting(t *testing.T) {
	b := newTab(t, 1280, 900)
	base := fileURL(site(t))
	b.do(t, chromedp.Navigate(base+"regions/index.html"))
	if eval[bool](t, b, `!!document.querySelector('.explorer-tables table .sort, .chart-data .sort')`) {
		t.Error("regions that stand in the campaign's order can be sorted")
	}
	ranked := filepath.Join(t.TempDir(), "ranked")
	command(t, "new", "--sample", ranked)
	settings := filepath.Join(ranked, "data", "campaign.yaml")
	text, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(settings, append([]byte("地区公开: 排序\n"), text...), 0o644); err != nil {
		t.Fatal(err)
	}
	regions := fileURL(build(t, "-C", ranked)) + "regions/index.html"
	b.do(t, chromedp.Navigate(regions))
	const table = ".explorer-tables table"
	first := eval[string](t, b, `(() => { const box = document.querySelector('.explorer-sort'); box.click(); const list = [...document.querySelectorAll('.explorer-list li')].map(l => l.textContent); box.click();
		document.querySelector('.explorer-open').click(); return list[0] + ' ' + list[1] + ' ' + list[19] + ' ' + document.querySelector('.explorer-list li').textContent; })()`)
	if first != "章贡区43 南康区42 石城县— 章贡区43" {
		t.Errorf("the explorer puts the counties in the order %s", first)
	}
	// What a binary float could not tell apart, and a zero before the point.
	eval[int](t, b, `(() => { const cells = ['9007199254740992', '9007199254740993', '无', '0.3000000000000000001', '0.30', '10', '9.99', '未报'];
		[...document.querySelector('.explorer-tables table').tBodies[0].rows].forEach((r, n) => { r.cells[1].textContent = cells[n] || '1'; }); return 0; })()`)
	form := column(t, b, table, 0)
	press := func() []string {
		t.Helper()
		b.do(t, chromedp.Click(table+` th:nth-child(2) .sort`))
		return column(t, b, table, 1)
	}
	down := press()
	if got := strings.Join(down[:4], " "); got != "9007199254740993 9007199254740992 10 9.99" {
		t.Errorf("largest first: %s", got)
	}
	if got := eval[string](t, b, `document.querySelector('.explorer-tables table th:nth-child(2)').getAttribute('aria-sort')`); got != "descending" {
		t.Errorf("aria-sort is %q", got)
	}
	up := press()
	if got := strings.Join(up[:3], " "); got != "0.30 0.3000000000000000001 1" {
		t.Errorf("smallest first: %s", got)
	}
	for _, list := range [][]string{down, up} {
		if last := strings.Join(list[len(list)-2:], " "); last != "无 未报" {
			t.Errorf("last stand %s", last)
		}
	}
	press()
	if back := column(t, b, table, 0); strings.Join(back, "") != strings.Join(form, "") {
		t.Errorf("the form's order does not come back: %v", back)
	}
	if total := eval[string](t, b, `document.querySelector('.explorer-tables table').rows[document.querySelector('.explorer-tables table').rows.length - 1].textContent`); !strings.HasPrefix(total, "合计") {
		t.Errorf("the last row is %s", total)
	}

	b.do(t, chromedp.Navigate(base+"tasks/sanjia-zhibo/index.html"))
	b.do(t, chromedp.Click(`.form-table th:nth-child(4) .sort`), chromedp.Click(`.form-table th:nth-child(4) .sort`))
	if got := strings.Join(column(t, b, ".form-table", 3), " "); got != "131 35 38 44 49" {
		t.Errorf("a row and its parts: %s", got)
	}
	b.do(t, chromedp.Navigate(base+"departments/shijian/index.html"))
	if eval[bool](t, b, `!!document.querySelector('.form-table .sort')`) {
		t.Error("a table of several units can be sorted by its figures")
	}
	// Names in the order of their sounds, in a table that was folded away.
	b.do(t, chromedp.Navigate(regions), chromedp.Click(`.chart-data summary`), chromedp.Click(`.chart-data[open] th:first-child .sort`))
	if got := column(t, b, ".chart-data[open] table", 0); got[0] != "安远县" {
		t.Errorf("names begin with %s", got[0])
	}
}

// mute is a browser's speech that only writes down what it is told.
const mute = `window.said = [];
	window.SpeechSynthesisUtterance = function (text) { this.text = text; };
	Object.defineProperty(window, 'speechSynthesis', { value: {
		speaking: true, getVoices() { return [{ lang: 'en-US' }, { lang: 'zh-CN' }]; },
		speak(u) { said.push(u.lang + ' ' + u.text); setTimeout(() => { if (u.onend && !this.held) u.onend(); else this.left = u; }, 1); },
		pause() { said.push('pause'); this.held = true; }, resume() { said.push('resume'); this.held = false; if (this.left) this.left.onend(); },
		cancel() { said.push('cancel'); } } });`

// TestReadAloud: the main text is heard from its title to its end, and nothing
// of the frame; it can be held and stopped; where there is no speech, or no Chinese
// voice, there is no button.
func TestReadAloud(t *testing.T) {
	base := fileURL(site(t))
	b := newTab(t, 1280, 900)
	call(t, b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: mute})
	b.do(t, chromedp.Navigate(base+"warnings/zhibo-gouwu/index.html"), chromedp.Click(`[data-speak="start"]`))
	const label = `document.querySelector('[data-speak="start"]').textContent`
	eval[int](t, b, `new Promise(done => (function look() { said.length > 3 ? done(0) : setTimeout(look, 5); })())`)
	b.do(t, chromedp.Click(`[data-speak="start"]`))
	if got := eval[string](t, b, label); got != "继续" {
		t.Errorf("while held the button says %s", got)
	}
	held := eval[int](t, b, `new Promise(done => setTimeout(() => done(said.length), 50))`)
	if again := eval[int](t, b, `new Promise(done => setTimeout(() => done(said.length), 50))`); again != held {
		t.Error("it goes on while held")
	}
	// Some browsers tell of a sentence's end only when it is already held.
	if after := eval[int](t, b, `(() => { const v = speechSynthesis, u = v.left; v.left = null; v.speaking = false; u.onend(); return said.length; })()`); after != held {
		t.Error("the end of a sentence while held begins the next")
	}
	b.do(t, chromedp.Click(`[data-speak="start"]`))
	text := eval[string](t, b, `new Promise(done => (function look() { `+label+` === '朗读' ? done(said.join('\n')) : setTimeout(look, 20); })())`)
	for _, want := range []string{"zh-CN 直播间下单前，先看清真正的卖家", "人气是刷出来的", "怎样投诉"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not heard in %.300s", want, text)
		}
	}
	for _, not := range []string{"大字版", "网站标识码", "分享图片", "下一篇"} {
		if strings.Contains(text, not) {
			t.Errorf("%q is heard", not)
		}
	}
	b.do(t, chromedp.Click(`[data-speak="start"]`), chromedp.Click(`[data-speak="stop"]`))
	if got := eval[string](t, b, `said[said.length - 1] + ' ' + document.activeElement.dataset.speak`); got != "cancel start" {
		t.Errorf("after stopping: %s", got)
	}

	const button = `[...document.querySelectorAll('.speak')].some(e => e.getClientRects().length)`
	for _, speech := range []string{"undefined", "{ getVoices() { return []; } }", "{ getVoices() { return [{ lang: 'en-US' }]; } }"} {
		none := newTab(t, 1280, 900)
		call(t, none, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `Object.defineProperty(window, 'speechSynthesis', { value: ` + speech + ` })`})
		none.do(t, chromedp.Navigate(base+"index.html"))
		if eval[bool](t, none, button) {
			t.Errorf("a button for what the browser cannot do: %s", speech)
		}
	}
	// Some browsers find their voices late.
	late := newTab(t, 1280, 900)
	call(t, late, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `window.voices = [];
		Object.defineProperty(window, 'speechSynthesis', { value: { getVoices() { return voices; } } })`})
	late.do(t, chromedp.Navigate(base+"index.html"))
	if eval[bool](t, late, button) || !eval[bool](t, late, `(voices = [{ lang: 'zh_CN' }], speechSynthesis.onvoiceschanged(), `+button+`)`) {
		t.Error("the button does not come with the voice")
	}
}

// TestReadAloudInFull: a row of a table is heard with the name of each cell's
// column, also where heads span several; a number that is dialled digit by digit,
// and an amount of the same digits as a number.
func TestReadAloudInFull(t *testing.T) {
	base := fileURL(site(t))
	b := newTab(t, 1280, 900)
	call(t, b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: mute})
	heard := func(path, main string) string {
		b.do(t, chromedp.Navigate(base+path))
		if main != "" {
			eval[int](t, b, "document.querySelector('main').innerHTML = `"+main+"`, 0")
		}
		return eval[string](t, b, `(document.querySelector('[data-speak="start"]').click(), new Promise(done => (function look() {
			said.length > 1 && document.querySelector('[data-speak="start"]').textContent === '朗读' ? done(said.join('\n')) : setTimeout(look, 20); })()))`)
	}
	contact := heard("pages/contact/index.html", "")
	for _, want := range []string{"事项：被骗转账、发现违法犯罪，受理渠道：1 1 0", "1 2 3 1 5热线", "受理渠道：1 2 3 7 7"} {
		if !strings.Contains(contact, want) {
			t.Errorf("the page with the hotlines is not heard with %q:\n%s", want, contact)
		}
	}
	table := heard("pages/about/index.html", `<table><thead><tr><th rowspan="2">地区</th><th colspan="2">立案</th></tr><tr><th>件数</th><th>金额</th></tr></thead>
		<tbody><tr><th scope="row">章贡区</th><td>110件</td><td>437.56</td></tr><tr><th scope="row">南康区</th><td></td><td>无</td></tr></tbody></table>
		<p>共12315件，办理12345个。拨打96110、0797-8123456、400-800-1234。比上期增加120%，编号2022-12315。</p>`)
	for _, want := range []string{"章贡区，立案：件数：110件，立案：金额：437.56", "南康区，立案：金额：无", "共12315件，办理12345个。", "拨打9 6 1 1 0、0 7 9 7 8 1 2 3 4 5 6、4 0 0 8 0 0 1 2 3 4。", "增加120%，编号2022-12315。"} {
		if !strings.Contains(table, want) {
			t.Errorf("%q is not heard in\n%s", want, table)
		}
	}
}

// TestContentsFold: on a phone a page's contents are folded away and open
// without any script; on a desk they stand beside the text and stay in sight.
func TestContentsFold(t *testing.T) {
	b := newTab(t, 390, 844)
	base := fileURL(site(t))
	call(t, b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	const shown = `[...document.querySelectorAll('.contents > ol > li')].filter(e => e.getClientRects().length).length`
	for _, kind := range []string{"departments/shijian/index.html", "tasks/sanjia-zhibo/index.html", "statistics/index.html", "open/tongzhi/index.html"} {
		b.do(t, chromedp.EmulateViewport(390, 844), chromedp.Navigate(base+kind))
		if n := eval[int](t, b, shown); n != 0 {
			t.Errorf("%s: %d lines of the contents are open on a phone", kind, n)
		}
		b.do(t, chromedp.Click(".contents-label"))
		if n := eval[int](t, b, shown); n < 3 {
			t.Errorf("%s: %d lines of the contents after opening", kind, n)
		}
		b.do(t, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+kind))
		if n := eval[int](t, b, shown); n < 3 {
			t.Errorf("%s: %d lines of the contents on a desk", kind, n)
		}
		if top := eval[float64](t, b, `(scrollTo({ top: 1200, behavior: 'instant' }), document.querySelector('.contents').getBoundingClientRect().top)`); top < 0 || top > 100 {
			t.Errorf("%s: the contents do not stay in sight: %.0f", kind, top)
		}
	}
}

// TestNothingStraggles looks at places where there was too little room, or too
// much: no sentence of the home page's head ends in a line of two characters, a
// phone shows the rounds without scrolling and names of the ledger on one line,
// and beside a case stands where its parts are.
func TestNothingStraggles(t *testing.T) {
	base := fileURL(site(t))
	desk, phone := newTab(t, 1280, 900), newTab(t, 390, 844)
	desk.do(t, chromedp.Navigate(base+"index.html"))
	if high := eval[int](t, desk, `document.querySelector('.brand-lede span:last-child').offsetHeight`); high > 40 {
		t.Errorf("the last sentence of the home page's head is broken: %d px high", high)
	}
	phone.do(t, chromedp.Navigate(base+"progress/index.html"))
	if hidden := eval[int](t, phone, `(box => box.scrollWidth - box.clientWidth)(document.querySelector('.rounds').parentNode)`); hidden > 0 {
		t.Errorf("%d px of the rounds are out of sight on a phone", hidden)
	}
	if high := eval[int](t, phone, `(e => { e.innerHTML = '<table class="ledger"><tbody><tr><th scope="row">工业和信息化局</th>' + '<td>无统计项目</td>'.repeat(6) + '</tr></tbody></table>';
		document.querySelector('.rounds').parentNode.replaceWith(e); return e.querySelector('th').offsetHeight; })(Object.assign(document.createElement('div'), { className: 'table-scroll' }))`); high > 50 {
		t.Errorf("a name in the ledger is broken on a phone: %d px high", high)
	}
	const contents = `[...document.querySelectorAll('.side-contents a')].filter(a => a.getClientRects().length && document.getElementById(decodeURIComponent(a.hash.slice(1)))).length`
	for b, want := range map[*tab]int{desk: 5, phone: 0} {
		b.do(t, chromedp.Navigate(base+"cases/zhibo-xujia/index.html"))
		if got := eval[int](t, b, contents); got != want {
			t.Errorf("%d parts of a case are named beside it, not %d", got, want)
		}
	}
}

// TestWarningInOneScreen: a phone's first screen says what a warning is about,
// who warns, what to do and whom to call; a desk's shows every risk's heading.
func TestWarningInOneScreen(t *testing.T) {
	dir := site(t)
	base := fileURL(dir)
	warnings, err := filepath.Glob(filepath.Join(dir, "warnings", "*", "index.html"))
	if err != nil || len(warnings) < 6 {
		t.Fatalf("%d warnings: %v", len(warnings), err)
	}
	// below returns what of a selector is not on the first screen, and how often it
	// is there at all.
	const below = `(selector => { const all = [...document.querySelectorAll(selector)].filter(e => e.getClientRects().length);
		return [String(all.length), ...all.filter(e => e.getBoundingClientRect().bottom > innerHeight).map(e => Math.round(e.getBoundingClientRect().bottom) + ' ' + e.textContent.trim().slice(0, 30))]; })`
	phone, desk := newTab(t, 390, 844), newTab(t, 1280, 900)
	for _, name := range warnings {
		page := base + "warnings/" + filepath.Base(filepath.Dir(name)) + "/index.html"
		phone.do(t, chromedp.Navigate(page))
		for _, selector := range []string{"h1", ".page-head .facts dd", ".gist > p", ".gist li span", ".gist .hotline"} {
			if got := eval[[]string](t, phone, below+`('`+selector+`')`); got[0] == "0" || len(got) > 1 {
				t.Errorf("%s on a phone: %s: %v", page[len(base):], selector, got)
			}
		}
		desk.do(t, chromedp.Navigate(page))
		for _, selector := range []string{"h1", ".prose-warning h2", ".article-side .hotline"} {
			if got := eval[[]string](t, desk, below+`('`+selector+`')`); got[0] == "0" || len(got) > 1 {
				t.Errorf("%s on a desk: %s: %v", page[len(base):], selector, got)
			}
		}
	}
}

// TestLostPage: the page for what is not there works at any depth of the site's
// address: it looks as the others, keeps the reader's mode, and its search finds.
func TestLostPage(t *testing.T) {
	dir := site(t)
	lost, err := os.ReadFile(filepath.Join(dir, "404.html"))
	if err != nil {
		t.Fatal(err)
	}
	var server *httptest.Server
	files := http.StripPrefix("/wangjian2022/", http.FileServer(http.Dir(dir)))
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(r.URL.Path, "/wangjian2022/")))
		if _, err := os.Stat(name); err == nil && filepath.Base(name) != "404.html" {
			files.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.WriteHeader(http.StatusNotFound)
		w.Write(bytes.ReplaceAll(lost, []byte("https://wangjian.example/"), []byte(server.URL+"/")))
	}))
	defer server.Close()
	b := newTab(t, 1280, 900)
	const size = `getComputedStyle(document.body).fontSize + ' ' + getComputedStyle(document.querySelector('.site-head')).backgroundColor`
	b.do(t, chromedp.Navigate(server.URL+"/wangjian2022/a/b/c/"))
	if got := eval[string](t, b, size); got != "17px rgb(149, 27, 30)" {
		t.Errorf("at depth: %s", got)
	}
	b.do(t, chromedp.Click(`[data-toggle="size"]`))
	// Beside its files both of its names for the script lead to it.
	for _, path := range []string{"x", "d/e.html", "404.html?"} {
		b.do(t, chromedp.Navigate(server.URL+"/wangjian2022/"+path))
		if got := eval[string](t, b, size); got != "23.375px rgb(149, 27, 30)" {
			t.Errorf("in large type at %s: %s", path, got)
		}
	}
	// As another host shows it, which has none of the site's files.
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		w.Write(lost)
	}))
	defer elsewhere.Close()
	bare := newTab(t, 1280, 900)
	bare.do(t, chromedp.Navigate(elsewhere.URL+"/another/place/"))
	if got := eval[string](t, bare, size); got != "17px rgb(149, 27, 30)" {
		t.Errorf("at another host: %s", got)
	}
	b.do(t, chromedp.Click(`[data-toggle="theme"]`))
	if got := eval[string](t, b, `document.documentElement.dataset.theme`); got != "dark" {
		t.Errorf("one press gives the theme %q", got)
	}
	b.do(t, chromedp.SendKeys("#_query", "订金不退"), chromedp.Click(".search-form button"))
	eventually(t, b, `!!document.querySelector('#_results li')`)
	if got := eval[string](t, b, `location.pathname + ' ' + document.querySelector('#_results').innerText`); !strings.HasPrefix(got, "/wangjian2022/search/") || !strings.Contains(got, "订金不退") {
		t.Errorf("its search leads to %.200s", got)
	}
}

// drawn reports whether a character is drawn as itself: not as nothing, and not as
// the box that stands for what no font has.
const drawn = `((text, style) => {
	const paint = c => { const v = document.createElement('canvas'); v.width = v.height = 64; const x = v.getContext('2d', { willReadFrequently: true });
		x.font = style.fontWeight + ' 48px ' + style.fontFamily; x.fillText(c, 4, 50); return x.getImageData(0, 0, 64, 64).data.join(); };
	const none = paint(''), box = paint(String.fromCodePoint(0x2FFFF));
	return [...text].filter(c => [none, box].includes(paint(c)));
})`

// TestRareCharacters: characters of names from the extensions of GB 18030 are
// drawn, in the text and in headings.
func TestRareCharacters(t *testing.T) {
	b := newTab(t, 800, 600)
	b.do(t, chromedp.Navigate(fileURL(site(t))+"cases/zhibo-xujia/index.html"))
	for _, selector := range []string{".prose p", "h1", ".record td"} {
		if missing := eval[[]string](t, b, drawn+`('㛃𬭚𬭎龘𠮷', getComputedStyle(document.querySelector('`+selector+`')))`); len(missing) > 0 {
			t.Errorf("%s: not drawn: %q", selector, missing)
		}
	}
	if missing := eval[[]string](t, b, drawn+`('A\u{2FFFF}', getComputedStyle(document.body))`); len(missing) != 1 {
		t.Errorf("the test does not see what no font has: %q", missing)
	}
}
