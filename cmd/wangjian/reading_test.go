//go:build whole

package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"wangjian/internal/soak"
)

// phoneHigh is a screen of the phone that pages are measured in.
const phoneHigh = 844

// unfolded opens every fold, for what is said of all that a page holds.
const unfolded = `(document.querySelectorAll('details').forEach(d => d.open = true), 0)`

// tops returns how far down the first element of each selector begins, -1 where
// there is none.
func tops(t *testing.T, b *tab, selectors ...string) (list []float64) {
	t.Helper()
	for _, s := range selectors {
		list = append(list, eval[float64](t, b, fmt.Sprintf(`(e => e ? e.getBoundingClientRect().top + scrollY : -1)(document.querySelector(%q))`, s)))
	}
	return list
}

// sideways names the forms and terms of a page that do not fit a phone.
const sideways = `[...document.querySelectorAll('.form-table, .annex, .rounds')].map(t => t.closest('.table-scroll'))
	.filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1).map(box => box.getAttribute('aria-label'))`

// brokenNumbers names the days and numbers that end a line and go on in the next one.
const brokenNumbers = `(() => {
	const list = [], range = document.createRange();
	for (const cell of document.querySelectorAll('.rounds td, .record td, .directory-brief, .originals td')) {
		const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
		while (walk.nextNode()) for (const m of walk.currentNode.data.matchAll(/\d{4}年\d+月\d+日|\d{4}-\d\d-\d\d|[0-9A-Z]{16,}/g)) {
			range.setStart(walk.currentNode, m.index);
			range.setEnd(walk.currentNode, m.index + m[0].length);
			if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) list.push(m[0]);
		}
	}
	return list;
})()`

// TestReadersOrder: a page of a department or a county is two figures, what it did,
// its form and its counties; what it did begins on a phone's first screen and a half,
// and the form needs no scrolling sideways.
func TestReadersOrder(t *testing.T) {
	b, base := newTab(t, 390, phoneHigh), fileURL(site(t))
	b.do(t, chromedp.Navigate(base+"departments/index.html"))
	units := eval[[]string](t, b, `[...document.querySelectorAll('.cards-units .card-title a')].map(a => a.getAttribute('href').replace('../', ''))`)
	if len(units) != 10 {
		t.Fatalf("%d departments", len(units))
	}
	if text := eval[string](t, b, `[...document.querySelectorAll('.card')].find(c => c.innerText.includes('工业和信息化局')).innerText`); strings.Contains(text, "无统计项目") || !strings.Contains(text, "完成复核") {
		t.Errorf("a card without figures says %q", text)
	}
	for _, unit := range append(units, "regions/360702/index.html", "regions/360731/index.html") {
		b.do(t, chromedp.Navigate(base+strings.TrimPrefix(unit, "departments/departments/")))
		if wide := eval[[]string](t, b, sideways); len(wide) > 0 {
			t.Errorf("%s scrolls %v sideways", unit, wide)
		}
		begins := eval[float64](t, b, `[...document.querySelectorAll('h3')].find(h => h.textContent === '经验做法').getBoundingClientRect().top`)
		if begins > 1.5*phoneHigh {
			t.Errorf("%s: 经验做法 begins after %.2f screens", unit, begins/phoneHigh)
		}
		order := slices.DeleteFunc(tops(t, b, ".figures-unit", ".prose", "#_data", "#_counties", "#_tasks"), func(at float64) bool { return at < 0 })
		if !slices.IsSorted(order) || len(order) < 3 {
			t.Errorf("%s: figures, narrative, form, counties and priorities begin at %v", unit, order)
		}
		if n := eval[int](t, b, `document.querySelectorAll('.figures-unit .figure-card').length`); n > 2 {
			t.Errorf("%s opens with %d figures", unit, n)
		}
	}
	cases := func(page string) string {
		b.do(t, chromedp.Navigate(base+page))
		return eval[string](t, b, `[...document.querySelectorAll('main a[href*="cases/"]')].map(a => a.textContent).join('\n')`)
	}
	for page, want := range map[string]bool{
		"departments/shijian/index.html": true, "departments/gongan/index.html": true, // its office assisted
		"departments/shangwu/index.html": false, "departments/wangxin/index.html": false, // they answer for the priority
		"tasks/sanjia-zhibo/index.html": true,
	} {
		if list := cases(page); strings.Contains(list, "组织刷单炒信") != want {
			t.Errorf("%s lists the cases %q", page, list)
		}
	}
}

// repeated names the figures of a page that stand in sight more than three times.
const repeated = `(() => {
	const texts = [], walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) if (!/SCRIPT|STYLE/.test(walk.currentNode.parentNode.tagName) && walk.currentNode.parentElement.checkVisibility({ contentVisibilityAuto: true })) texts.push(walk.currentNode.data);
	const all = texts.join('\n'), figures = new Set([...document.querySelectorAll('.figure-link, .form-table td > a')].map(a => a.textContent.replace(/[^\d.]/g, '')).filter(f => f.length > 2));
	return [...figures].map(f => [f, all.split(new RegExp('(?<![\\d.])' + f.replace('.', '\\.') + '(?![\\d.])')).length - 1]).filter(([, n]) => n > 3).map(p => p.join(' × '));
})()`

// parted names quantities that a line's end parts from their unit.
const parted = `(() => {
	const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
	const quantity = /(\d(?:[\d.]*\d)?|（)(万元|万条|批次|个次|元|件|条|次|户|吨)）?/g;
	while (walk.nextNode()) {
		const node = walk.currentNode;
		if (!node.parentElement.checkVisibility() || node.parentElement.closest('svg, script, .unseen')) continue;
		for (const m of node.data.matchAll(quantity)) {
			range.setStart(node, m.index);
			range.setEnd(node, m.index + m[0].length);
			if (new Set([...range.getClientRects()].filter(r => r.width > 1).map(r => Math.round(r.top / 8))).size > 1) found.push(node.parentElement.className + ' ' + node.data.slice(Math.max(0, m.index - 8), m.index + 8));
		}
	}
	return found.slice(0, 5);
})()`

// scrollBoxes names what scrolls up and down inside the page.
const scrollBoxes = `[...document.querySelectorAll('body *')].filter(e => /auto|scroll/.test(getComputedStyle(e).overflowY) && e.clientHeight && e.scrollHeight > e.clientHeight + 1).map(e => e.tagName + '.' + e.className)`

// TestPagesOnPhones: on no page does anything but the page itself scroll up and
// down, a figure stand more than three times, or a number part from its unit.
func TestPagesOnPhones(t *testing.T) {
	b, base := newTab(t, 390, phoneHigh), fileURL(site(t))
	for _, kind := range pageKinds {
		b.do(t, chromedp.EmulateViewport(390, phoneHigh), chromedp.Navigate(base+kind))
		eval[int](t, b, settled)
		if many := eval[[]string](t, b, repeated); len(many) > 0 {
			t.Errorf("%s has figures too often: %v", kind, many)
		}
		eval[int](t, b, unfolded)
		if list := eval[[]string](t, b, parted); len(list) > 0 {
			t.Errorf("%s parts %q", kind, list)
		}
		for _, width := range []int64{390, 1280} {
			b.do(t, chromedp.EmulateViewport(width, phoneHigh))
			if boxes := eval[[]string](t, b, scrollBoxes); len(boxes) > 0 {
				t.Errorf("%s at %d has boxes that scroll: %v", kind, width, boxes)
			}
		}
	}
}

// kept scrolls the page to a table's middle and the table to its right, and says
// where its head and its first column are, and whether the form is stacked.
const kept = `new Promise(done => {
	const table = [...document.querySelectorAll(%q)].find(e => e.offsetHeight), box = table.parentNode;
	scrollTo({ top: table.getBoundingClientRect().top + scrollY + table.offsetHeight / 2, behavior: 'instant' });
	box.scrollLeft = 120;
	setTimeout(() => {
		const head = table.tHead.rows[0], row = [...table.tBodies[0].rows].find(r => r.getBoundingClientRect().top > 200) || table.rows[table.rows.length - 1];
		done([box.scrollLeft, head.getBoundingClientRect().top, row.cells[0].getBoundingClientRect().left - box.getBoundingClientRect().left, head.cells[0].getBoundingClientRect().left - box.getBoundingClientRect().left]);
	}, 100);
})`

// TestTablesKeepTheirHeads: at a table's middle its head is at the window's top,
// and its first column at the screen's edge however far it was pushed.
func TestTablesKeepTheirHeads(t *testing.T) {
	b, base := newTab(t, 390, phoneHigh), fileURL(site(t))
	for _, at := range []struct {
		page, table string
		width       int64
		slides      bool
	}{
		{"departments/shijian/index.html", ".rollup", 390, true},
		{"departments/shijian/index.html", ".form-table", 390, false},
		{"departments/shijian/index.html", ".rollup", 1280, true},
		{"departments/shijian/index.html", ".form-table", 1280, false},
		{"statistics/index.html", ".annex", 390, false},
		{"statistics/index.html", ".annex", 768, false},
		{"open/index.html", ".directory", 1280, false},
	} {
		b.do(t, chromedp.EmulateViewport(at.width, 400), chromedp.Navigate(base+at.page))
		where := eval[[]float64](t, b, fmt.Sprintf(kept, at.table))
		if slides := where[0] > 60; slides != at.slides {
			t.Errorf("%s %s at %d: the table slides %v, not %v", at.page, at.table, at.width, slides, at.slides)
		}
		if at.page != "open/index.html" && (where[1] < -1 || where[1] > 2) {
			t.Errorf("%s %s at %d: the head is at %.0f px", at.page, at.table, at.width, where[1])
		}
		if at.slides && (where[2] < -1 || where[2] > 2 || where[3] < -1 || where[3] > 2) {
			t.Errorf("%s %s at %d: the first column is at %.0f px, its head at %.0f px", at.page, at.table, at.width, where[2], where[3])
		}
	}
	b.do(t, chromedp.EmulateViewport(390, phoneHigh), chromedp.Navigate(base+"statistics/index.html"))
	if wrong := eval[[]string](t, b, `[...document.querySelectorAll('.annex tbody')].filter(g => {
		const unit = g.querySelector('.annex-unit').getBoundingClientRect();
		return unit.width < 300 || [...g.rows].some(r => [...r.cells].some(c => c.getBoundingClientRect().right > innerWidth || !c.classList.contains('annex-unit') && c.offsetHeight && c.getBoundingClientRect().top < unit.bottom - 1));
	}).map(g => g.innerText.slice(0, 20))`); len(wrong) > 0 {
		t.Errorf("the form does not stand by department: %v", wrong)
	}
	head := eval[string](t, b, `document.querySelector('.annex-head').innerText`)
	if !strings.Contains(head, "填报日期：2022年11月28日") || strings.Contains(head, "公布时间") {
		t.Errorf("the annex has the head %q", head)
	}
}

// TestSectionsOnPhones: what citizens come for is in sight, and every section one
// press away without pushing anything sideways; the way back to the top is there
// for those who are far from it.
func TestSectionsOnPhones(t *testing.T) {
	b, base := newTab(t, 390, phoneHigh), fileURL(site(t))
	const shown = `[...document.querySelectorAll('.site-nav a')].filter(a => a.getClientRects().length && a.getBoundingClientRect().right <= innerWidth && a.getBoundingClientRect().left >= 0).map(a => a.innerText)`
	b.do(t, chromedp.Navigate(base+"progress/index.html"))
	if first := eval[[]string](t, b, shown); !slices.Equal(first, []string{"消费警示", "典型案例", "投诉举报"}) {
		t.Errorf("a phone shows %v", first)
	}
	b.do(t, chromedp.Click(".nav-label"))
	all := eval[[]string](t, b, shown)
	if len(all) != eval[int](t, b, `document.querySelectorAll('.site-nav a').length`) || len(all) < 12 {
		t.Errorf("of all sections a phone shows %v", all)
	}
	const top = `getComputedStyle(document.querySelector('.to-top')).visibility`
	b.do(t, chromedp.Navigate(base+"statistics/index.html"))
	if eval[string](t, b, top) != "hidden" {
		t.Error("the way to the top is shown at the top")
	}
	if far := eval[string](t, b, `(scrollTo({ top: 3000, behavior: 'instant' }), new Promise(done => setTimeout(() => done(`+top+`), 100)))`); far != "visible" {
		t.Error("the way to the top is not shown far below it")
	}
	b.do(t, chromedp.Click(".to-top a"))
	if at := eval[float64](t, b, `new Promise(done => setTimeout(() => done(scrollY), 1500))`); at > 0 {
		t.Errorf("the way to the top leads to %.0f", at)
	}
}

// TestHomeOnPhones: six screens hold the home page, in the order of what people
// come for, with a picture.
func TestHomeOnPhones(t *testing.T) {
	b, base := newTab(t, 390, phoneHigh), fileURL(site(t))
	b.do(t, chromedp.Navigate(base+"index.html"))
	if high := eval[float64](t, b, `document.documentElement.scrollHeight`); high > 6*phoneHigh {
		t.Errorf("the home page is %.2f screens long", high/phoneHigh)
	}
	parts := tops(t, b, ".alert", ".hotline", ".figures-lead", ".home-map", ".home-news", ".home-picture")
	if !slices.IsSorted(parts) || parts[0] < 0 {
		t.Errorf("warning, hotline, figures, map, news and picture begin at %v", parts)
	}
	if n := eval[int](t, b, `document.querySelectorAll('.figures-lead .figure-card').length`); n != 2 {
		t.Errorf("%d figures", n)
	}
	if width := eval[int](t, b, `new Promise(done => { const i = document.querySelector('.home-picture img'); i.scrollIntoView(); i.complete && i.naturalWidth ? done(i.naturalWidth) : i.onload = () => done(i.naturalWidth); })`); width < 300 {
		t.Errorf("the picture is %d px wide", width)
	}
}

// TestFigureToSource: a figure leads to a line that is in sight, on a phone too,
// with its name and the number.
func TestFigureToSource(t *testing.T) {
	b, base := newTab(t, 390, phoneHigh), fileURL(site(t))
	for _, page := range []string{"index.html", "departments/shijian/index.html", "departments/linye/index.html", "regions/360702/index.html", "statistics/index.html", "summary/final/index.html", "tasks/sanwu-waimai/index.html"} {
		b.do(t, chromedp.Navigate(base+page))
		links := eval[[][]string](t, b, `[...document.querySelectorAll('main .figure-link, main .form-table td:not(.by) > a')].map(a => [a.href, a.textContent])`)
		if len(links) == 0 {
			t.Errorf("%s has no figure that leads to its source", page)
			continue
		}
		for _, n := range []int{0, len(links) / 2, len(links) - 1} {
			b.do(t, chromedp.Navigate("about:blank"), chromedp.Navigate(links[n][0]))
			seen := eval[[]string](t, b, `new Promise(done => setTimeout(() => done([...document.querySelectorAll('tr:target > *')].filter(c => {
				const box = c.getBoundingClientRect();
				return box.height && box.left >= 0 && box.right <= innerWidth + 1 && box.top >= 0 && box.bottom <= innerHeight;
			}).map(c => c.innerText)), 900))`)
			number := strings.TrimRight(links[n][1], "0123456789.无")
			number = strings.TrimSuffix(links[n][1], number)
			if !slices.ContainsFunc(seen, func(text string) bool { return strings.HasPrefix(text, number) }) || len(strings.Join(seen, "")) < len(number)+9 {
				t.Errorf("%s: %s leads to %s, where in sight is %q", page, links[n][1], links[n][0], seen)
			}
		}
	}
}

// torn names the words that lines of titles and labels part, by the words that the
// browser itself knows, and the titles and labels that are not broken by their sense.
const torn = `(() => {
	const words = new Intl.Segmenter('zh', { granularity: 'word' }), range = document.createRange(), found = [];
	document.querySelectorAll('details').forEach(d => { d.open = true; });
	for (const e of document.querySelectorAll('h1, h2, h3, h4, th, dt, caption, .facts dd')) if (e.innerText.length > 1 && !/keep-all/.test(getComputedStyle(e).wordBreak)) found.push('not by sense: ' + e.innerText);
	for (const e of document.querySelectorAll('wbr')) if (/flex|grid/.test(getComputedStyle(e.parentElement).display)) found.push('laid out in pieces: ' + e.parentElement.innerText);
	const texts = new Map(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const node = walk.currentNode;
		let block = node.parentElement;
		if (!/[^\s]/.test(node.data) || block.closest('script, noscript, svg, .unseen') || getComputedStyle(block).wordBreak !== 'keep-all') continue;
		while (/^inline/.test(getComputedStyle(block).display)) block = block.parentElement;
		texts.set(block, (texts.get(block) || []).concat(node));
	}
	for (const nodes of texts.values()) {
		const text = nodes.map(n => n.data).join('');
		const place = (at, end) => { let n = 0; while (at >= nodes[n].data.length + end) at -= nodes[n++].data.length; return [nodes[n], at]; };
		for (const { segment, index, isWordLike } of words.segment(text)) if (isWordLike && segment.length > 1) {
			range.setStart(...place(index + 1, 0));
			range.setEnd(...place(index + segment.length, 1));
			const last = [...range.getClientRects()].pop();
			range.setStart(...place(index, 0));
			const first = range.getClientRects()[0];
			if (first && last && last.top - first.top > first.height / 2 && last.left < first.left) found.push(segment + ' in ' + text.trim());
		}
	}
	return found;
})()`

// TestTitlesBreakBySense: at no width does a line of a title or a label end within a
// word, on any kind of page; with SOAK=1 on every page.
func TestTitlesBreakBySense(t *testing.T) {
	pages, widths := append(slices.Clone(pageKinds), "open/zongjie-baogao/index.html", "cases/dingjin-butui/index.html"), []int64{360, 390, 768}
	dir := site(t)
	papers, err := filepath.Glob(filepath.Join(dir, "papers/*/index.html"))
	if soak.Long() {
		widths = []int64{320, 360, 390, 430, 768, 1280}
		papers, err = filepath.Glob(filepath.Join(dir, "*/*/index.html"))
	}
	if err != nil || len(papers) == 0 {
		t.Fatal(err)
	}
	for _, name := range papers[:soak.Count(min(2, len(papers)), len(papers))] {
		pages = append(pages, strings.TrimPrefix(filepath.ToSlash(name), filepath.ToSlash(dir)+"/"))
	}
	b, base := newTab(t, 390, phoneHigh), fileURL(dir)
	for _, page := range pages {
		b.do(t, chromedp.Navigate(base+page))
		for _, width := range widths {
			b.do(t, chromedp.EmulateViewport(width, phoneHigh))
			if list := eval[[]string](t, b, torn); len(list) > 0 {
				t.Errorf("%s at %d tears %q", page, width, list)
			}
		}
	}
}
