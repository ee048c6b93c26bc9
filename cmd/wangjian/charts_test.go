//go:build whole

package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"wangjian/internal/soak"
)

// chartPages are pages of the sample with charts.
var chartPages = []string{
	"index.html", "departments/shijian/index.html", "departments/gongan/index.html", "departments/index.html",
	"tasks/sanjia-zhibo/index.html", "statistics/index.html", "regions/index.html",
}

// countShapes returns how many marks and labels a chart has as it stands on the
// page, and as ECharts draws it.
const countShapes = `[...document.querySelectorAll('figure.chart')].map(f => ['svg.chart-still', '.chart-live svg'].map(name => {
	const svg = [...f.querySelectorAll(name)].filter(s => s.getBoundingClientRect().width > 0)[0];
	if (!svg) return 'nothing';
	const all = [...svg.querySelectorAll('path, circle, text')].filter(e => !e.closest('defs') && (e.tagName === 'text' || e.getBBox().width + e.getBBox().height > 0.001));
	const labels = all.filter(e => e.tagName === 'text').map(e => e.textContent.trim()).sort();
	return all.length - labels.length + ' marks, ' + labels.join('|');
}).concat(f.id))`

// wake brings every chart of the page to life.
const wake = `(async () => { const stages = [...document.querySelectorAll('.chart-stage')];
	for (const s of stages) s.dispatchEvent(new PointerEvent('pointerenter', {pointerType: 'mouse'}));
	const end = Date.now() + 20000;
	while (Date.now() < end && !stages.every(s => s.classList.contains('is-live'))) await new Promise(r => setTimeout(r, 50));
	return stages.filter(s => !s.classList.contains('is-live')).length; })()`

// place is a stage's place on the page.
type place struct{ X, Y, Width, Height int }

// TestDrawnAsECharts compares every chart of the pages as it stands there with
// what ECharts draws in Chromium when it comes to life: the same marks, the same
// labels, and, each px of a drawing as one of the screen, no more than 0.35 % of
// the inked pixels apart, on a desk and on a phone, in light and in dark.
func TestDrawnAsECharts(t *testing.T) {
	base := fileURL(site(t))
	worst := 0.0
	for _, width := range []int64{1280, 390} {
		b := newTab(t, width, 900)
		for _, address := range chartPages {
			for _, theme := range []string{"light", "dark"} {
				b.do(t, chromedp.Navigate(base+address))
				places := eval[[]place](t, b, `(() => { document.documentElement.setAttribute('data-theme', '`+theme+`'); document.documentElement.style.fontFamily = '"Noto Sans CJK SC"';
					for (const svg of document.querySelectorAll('svg.chart-still')) Object.assign(svg.style, {width: svg.viewBox.baseVal.width + 'px', maxWidth: 'none', margin: 0});
					for (const s of document.querySelectorAll('.chart-stage')) { const r = s.getBoundingClientRect(); s.style.left = Math.round(r.left) - r.left + 'px'; s.style.top = Math.round(r.top + scrollY) - r.top - scrollY + 'px'; }
					return [...document.querySelectorAll('.chart-stage')].map(s => { const r = s.getBoundingClientRect(); return {X: Math.round(r.left), Y: Math.round(r.top + scrollY), Width: Math.floor(r.width), Height: Math.floor(r.height)}; }); })()`)
				var before []image.Image
				for _, at := range places {
					before = append(before, shot(t, b, at))
				}
				if still := eval[int](t, b, wake); still > 0 {
					t.Fatalf("%s at %d: %d charts do not come to life", address, width, still)
				}
				for _, counts := range eval[[][]string](t, b, countShapes) {
					if counts[0] != counts[1] || strings.HasPrefix(counts[0], "0 marks") {
						t.Errorf("%s at %d, %s:\nours    %s\nECharts %s", address, width, counts[2], counts[0], counts[1])
					}
				}
				for i, at := range places {
					share := apart(t, before[i], shot(t, b, at))
					worst = max(worst, share)
					if share > 0.0035 {
						t.Errorf("%s at %d in %s, chart %d: %.2f%% of the inked pixels are apart", address, width, theme, i, share*100)
					}
				}
			}
		}
	}
	t.Logf("at most %.2f%% of the inked pixels are apart", worst*100)
}

// shot takes a picture of a part of the page.
func shot(t *testing.T, b *tab, at place) image.Image {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	beyond := true
	result, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: "png", CaptureBeyondViewport: &beyond,
		Clip: &page.Viewport{X: float64(at.X), Y: float64(at.Y), Width: float64(at.Width), Height: float64(at.Height), Scale: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(result.Data))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// apart returns the share of the pixels with ink in either picture that differ by
// more than an eighth of the scale.
func apart(t *testing.T, a, b image.Image) float64 {
	t.Helper()
	if a.Bounds() != b.Bounds() {
		t.Fatalf("%v and %v", a.Bounds(), b.Bounds())
	}
	far := func(x, y [3]uint32, limit uint32) bool {
		for i := range x {
			if max(x[i], y[i])-min(x[i], y[i]) > limit {
				return true
			}
		}
		return false
	}
	at := func(m image.Image, x, y int) [3]uint32 {
		r, g, b, _ := m.At(x, y).RGBA()
		return [3]uint32{r >> 8, g >> 8, b >> 8}
	}
	paper := at(a, a.Bounds().Max.X-1, a.Bounds().Max.Y-1)
	inked, different := 0, 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			p, q := at(a, x, y), at(b, x, y)
			if !far(p, paper, 8) && !far(q, paper, 8) {
				continue
			}
			inked++
			if far(p, q, 32) {
				different++
			}
		}
	}
	if inked == 0 {
		t.Fatal("there is no ink")
	}
	return float64(different) / float64(inked)
}

// stage is the middle of a chart's stage in the window.
type stage struct{ X, Y, Width float64 }

// TestHoverEveryChart points at every chart with the mouse: not before that is
// ECharts loaded, then the chart comes to life in the same place and shows its
// tooltips, and nothing breaks the security policy.
func TestHoverEveryChart(t *testing.T) {
	server := httptest.NewServer(http.FileServer(http.Dir(site(t))))
	defer server.Close()
	for _, width := range []int64{1280, 390} {
		b := newTab(t, width, 900)
		for _, address := range chartPages {
			b.do(t, chromedp.Navigate(server.URL+"/"+address))
			eval[int](t, b, `(async () => { for (const s of document.querySelectorAll('.chart-stage')) { s.scrollIntoView({behavior: 'instant'}); await new Promise(r => setTimeout(r, 30)); } return 0 })()`)
			if _, requests := b.take(); strings.Contains(strings.Join(requests, " "), "echarts") {
				t.Errorf("%s at %d loads ECharts before anybody asks", address, width)
			}
			count := eval[int](t, b, `document.querySelectorAll('.chart-stage').length`)
			if count == 0 {
				t.Errorf("%s has no chart", address)
			}
			before := eval[int](t, b, `document.documentElement.scrollHeight`)
			for i := range count {
				at := eval[stage](t, b, fmt.Sprintf(`(() => { const s = document.querySelectorAll('.chart-stage')[%d]; s.scrollIntoView({behavior: 'instant', block: 'center'});
					const r = s.getBoundingClientRect(); return {X: r.left + r.width / 2, Y: Math.min(Math.max(r.top + r.height / 2, 5), innerHeight - 5), Width: r.width}; })()`, i))
				move(t, b, at.X, at.Y)
				if !eval[bool](t, b, fmt.Sprintf(`(async () => { const s = document.querySelectorAll('.chart-stage')[%d]; const end = Date.now() + 15000;
					while (Date.now() < end && !(s.classList.contains('is-live') && s.querySelector('.chart-live svg text'))) await new Promise(r => setTimeout(r, 50));
					return s.classList.contains('is-live') && !!s.querySelector('.chart-live svg path'); })()`, i)) {
					t.Errorf("%s at %d: chart %d does not come to life", address, width, i)
				}
				for step := -10.0; step <= 10; step++ {
					move(t, b, at.X+at.Width*step/25, at.Y+step)
				}
			}
			if after := eval[int](t, b, `document.documentElement.scrollHeight`); after != before {
				t.Errorf("%s at %d: the page moves by %d px when charts come to life", address, width, after-before)
			}
			troubles, _ := b.take()
			for _, trouble := range troubles {
				t.Errorf("%s at %d: %s", address, width, trouble)
			}
		}
	}
}

func move(t *testing.T, b *tab, x, y float64) {
	t.Helper()
	if _, err := chromedp.Call(b.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: "mouseMoved", X: x, Y: y}); err != nil {
		t.Fatal(err)
	}
}

// shownWithoutScripts tells what is wrong with a chart of the page: one still
// drawing shows, none of its text is small, and its table opens.
const shownWithoutScripts = `[...document.querySelectorAll('figure.chart')].flatMap(f => {
	const wrong = [], seen = [...f.querySelectorAll('svg.chart-still')].filter(s => s.getBoundingClientRect().width > 0);
	if (seen.length !== 1) return [f.id + ': ' + seen.length + ' drawings show'];
	const scale = seen[0].getBoundingClientRect().width / seen[0].viewBox.baseVal.width;
	for (const text of seen[0].querySelectorAll('text'))
		if (text.getAttribute('font-size') * scale < 11.9) { wrong.push(f.id + ': text of ' + text.getAttribute('font-size') * scale + ' px'); break; }
	if (!seen[0].querySelector('path') || !seen[0].querySelector('text')) wrong.push(f.id + ': the drawing is empty');
	f.querySelector('details').open = true;
	if (!(f.querySelector('details td').getBoundingClientRect().height > 0)) wrong.push(f.id + ': no table');
	if (getComputedStyle(f.querySelector('.chart-tool')).display !== 'none') wrong.push(f.id + ': a button without a use');
	return wrong;
})`

// TestChartsWithoutScripts: every chart and its table are there.
func TestChartsWithoutScripts(t *testing.T) {
	base := fileURL(site(t))
	for _, width := range []int64{1280, 390} {
		b := newTab(t, width, 900)
		if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
			t.Fatal(err)
		}
		for _, address := range chartPages {
			b.do(t, chromedp.Navigate(base+address))
			for _, wrong := range eval[[]string](t, b, shownWithoutScripts) {
				t.Errorf("%s at %d: %s", address, width, wrong)
			}
			if eval[int](t, b, `document.querySelectorAll('svg.chart-still').length`) == 0 {
				t.Errorf("%s has no chart", address)
			}
		}
	}
}

// sizes returns the charts that show type of less than %g px, and those higher
// than two screens of a phone.
const sizes = `[...document.querySelectorAll('figure.chart')].flatMap(f => {
	const seen = [...f.querySelectorAll('svg.chart-still')].filter(s => s.getBoundingClientRect().width > 0)[0];
	const box = seen.getBoundingClientRect(), scale = box.width / seen.viewBox.baseVal.width;
	const least = Math.min(...[...seen.querySelectorAll('text')].map(t => t.getAttribute('font-size') * scale));
	return [...(least < %g ? [f.id + ': type of ' + least + ' px'] : []), ...(box.height > %d ? [f.id + ': ' + box.height + ' px high'] : [])];
})`

// TestSizesOfCharts: type in charts is 12 px or more at any width, in large type
// 18, and no chart is higher than two screens of a phone.
func TestSizesOfCharts(t *testing.T) {
	base := fileURL(site(t))
	for _, width := range []int64{360, 390, 600, 768, 1024, 1280} {
		b := newTab(t, width, 844)
		for _, address := range chartPages {
			b.do(t, chromedp.Navigate(base+address))
			high := 1 << 20
			if width <= 390 {
				high = 2 * 844
			}
			for _, wrong := range eval[[]string](t, b, fmt.Sprintf(sizes, 11.9, high)) {
				t.Errorf("%s at %d: %s", address, width, wrong)
			}
			eval[int](t, b, `(document.documentElement.setAttribute('data-size', 'elder'), 0)`)
			least := 17.9
			if width < 390 {
				least = 16
			}
			for _, wrong := range eval[[]string](t, b, fmt.Sprintf(sizes, least, 1<<20)) {
				t.Errorf("%s at %d in large type: %s", address, width, wrong)
			}
		}
	}
}

// saved presses a button of the first chart and returns what is saved as a data
// address.
const saved = `new Promise((done, failed) => {
	URL.createObjectURL = blob => { const r = new FileReader(); r.onload = () => done(r.result); r.readAsDataURL(blob); return '#'; };
	HTMLAnchorElement.prototype.click = () => {};
	document.querySelector('figure.chart [data-tool=%s]').click();
	setTimeout(() => failed(new Error('no picture')), 20000);
})`

// TestSavePicture: a chart is saved as SVG and as PNG, with its title, source,
// day and address.
func TestSavePicture(t *testing.T) {
	b := newTab(t, 390, 900)
	b.do(t, chromedp.Navigate(fileURL(site(t))+"index.html"))
	read := func(tool, kind string) []byte {
		data, ok := strings.CutPrefix(eval[string](t, b, fmt.Sprintf(saved, tool)), "data:image/"+kind+";base64,")
		raw, err := base64.StdEncoding.DecodeString(data)
		if !ok || err != nil {
			t.Fatalf("not a picture: %.60s, %v", data, err)
		}
		return raw
	}
	picture, err := png.Decode(bytes.NewReader(read("png", "png")))
	if err != nil {
		t.Fatal(err)
	}
	tinted := 0
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			if r, g, _, _ := picture.At(x, y).RGBA(); r>>8 == 0xa7 && g>>8 == 0xc6 {
				tinted++
			}
		}
	}
	if picture.Bounds().Dx() != 2*(640+56) || tinted < 10000 {
		t.Errorf("%v with %d tinted dots", picture.Bounds(), tinted)
	}
	var drawing struct {
		Texts  []string `xml:"text"`
		Inside struct {
			Paths []struct{} `xml:"path"`
			Links []struct{} `xml:"a"`
		} `xml:"svg"`
	}
	raw := read("svg", "svg+xml")
	if err := xml.Unmarshal(raw, &drawing); err != nil {
		t.Fatal(err)
	}
	said := strings.Join(drawing.Texts, "")
	for _, want := range []string{"终期各地查处网络违法案件合计474件", "来源：赣州市市场监督管理局", "2022年11月30日公布", "https://wangjian.example/wangjian2022/", "示例数据"} {
		if !strings.Contains(said, want) {
			t.Errorf("the picture does not say %q: %s", want, said)
		}
	}
	if bytes.Contains(raw, []byte("var(")) || len(drawing.Inside.Links)+len(drawing.Inside.Paths) < 20 {
		t.Errorf("the drawing is not whole: %+v", drawing.Inside)
	}
	if troubles, _ := b.take(); len(troubles) > 0 {
		t.Error(troubles)
	}
}

// opened opens every chart over the window, and returns how many marks it has measured
// and what is wrong; type must have %g px.
const opened = `(async () => { const wrong = [];
	let measured = 0;
	for (const f of document.querySelectorAll('figure.chart')) {
		const say = text => wrong.push(f.id + ': ' + text), button = f.querySelector('[data-tool=full]'), end = Date.now() + 10000;
		const until = async good => { while (!good() && Date.now() < end) await new Promise(r => setTimeout(r, 20)); return good(); };
		const values = JSON.parse(f.querySelector('.chart-option').textContent).series[0].data.map(d => parseFloat(d.value));
		const script = '/charts/' + f.dataset.chart + '.js';
		button.focus();
		button.click();
		if (!await until(() => performance.getEntriesByType('resource').some(r => r.name.endsWith(script)) || [...document.scripts].some(s => s.src.endsWith(script)))) say('its layouts are not loaded');
		const dialog = document.querySelector('dialog.chart-full'), box = dialog.getBoundingClientRect();
		await new Promise(r => setTimeout(r, 60));
		if (!await until(() => dialog.querySelector('.chart-live svg text'))) say('it does not come to life');
		const svg = dialog.querySelector('svg.chart-still'), drawn = svg.getBoundingClientRect(), scale = drawn.width / svg.viewBox.baseVal.width;
		const inline = [...f.querySelectorAll('svg.chart-still')].filter(s => s.getBoundingClientRect().width > 0)[0];
		const before = inline.getBoundingClientRect().width / inline.viewBox.baseVal.width;
		if (box.width < innerWidth - 20 || box.height < innerHeight - 1) say('the dialog has ' + box.width + ' × ' + box.height);
		if (box.width - drawn.width > 60) say('it has ' + drawn.width + ' of ' + box.width);
		if (dialog.scrollWidth > dialog.clientWidth || drawn.left < box.left || drawn.right > box.right) say('it is cut off');
		if (scale < before * 1.19 && 12 * scale < 21) say('type grows from ' + before + ' to ' + scale);
		// Every label is whole, legible and clear of the others; every mark is in the drawing.
		const texts = [...svg.querySelectorAll('text')].map(e => [e, e.getBoundingClientRect()]);
		const least = Math.min(...texts.map(([e]) => e.getAttribute('font-size') * scale));
		if (least < %g) say('type of ' + least + ' px');
		for (const e of svg.querySelectorAll('text, path, circle')) {
			const r = e.getBoundingClientRect(), line = e.tagName === 'text' ? 1 + r.height / 5 : 1; // a line is higher than its characters
			if (r.left < drawn.left - 1 || r.right > drawn.right + 1 || r.top < drawn.top - line || r.bottom > drawn.bottom + line) { say('out of the drawing: ' + e.outerHTML); break; }
		}
		texts.forEach(([e, r], n) => texts.slice(n + 1).forEach(([o, s]) => {
			const over = [Math.min(r.right, s.right) - Math.max(r.left, s.left), Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top)];
			if (over[0] > 2 && over[1] > 5 * scale) say(e.textContent + ' stands on ' + o.textContent);
		}));
		// Bars are as long as their numbers, and dots as far along, on the scale of their panel.
		let unit = 0, zero = 0;
		for (const e of texts.some(([e]) => e.textContent.startsWith('单位：')) ? svg.querySelectorAll('text, path, circle') : []) {
			const r = e.getBoundingClientRect(), value = values[e.dataset.n - 1], line = /^M([\d.]+) ([\d.]+)L[\d.]+ ([\d.]+)$/.exec(e.getAttribute('d'));
			if (e.textContent.startsWith('单位：')) unit = 0;
			if (line && line[2] === line[3]) zero = r.left;
			if (e.tagName === 'text' || !(value > 0)) continue;
			const length = e.tagName === 'path' ? r.width : r.left + r.width / 2 - zero;
			unit = unit || length / value;
			measured++;
			if (Math.abs(length - unit * value) > 1) say('the mark of ' + value + ' is ' + length + ' px long, where one of 1 is ' + unit);
		}
		dialog.querySelector('button').click();
		if (!await until(() => !document.querySelector('dialog'))) say('it does not close');
		if (document.activeElement !== button) say('the focus is lost');
	}
	return [String(measured)].concat(wrong); })()`

// TestFull: 放大 shows a chart over the whole window, laid out for it: larger than
// it stood, from edge to edge, every label whole and apart, bars as long as their
// figures; on phones and desks, upright and turned, in large type too. SOAK=1 opens
// those of all pages.
func TestFull(t *testing.T) {
	base := fileURL(site(t))
	for _, window := range []struct {
		wide, high int64
		elder      bool
	}{{390, 844, false}, {768, 1024, false}, {1280, 800, false}, {1920, 1080, false}, {844, 390, false}, {390, 844, true}, {1920, 1080, true}} {
		b, pages := newTab(t, window.wide, window.high), []string{"index.html", "statistics/index.html"} // every kind of chart
		if soak.Long() {
			pages = chartPages
		}
		measured := 0
		for _, address := range pages {
			b.do(t, chromedp.Navigate(base+address))
			least := 11.9
			if window.elder {
				eval[int](t, b, `(document.documentElement.setAttribute('data-size', 'elder'), 0)`)
				least = 17.9
			}
			wrong := eval[[]string](t, b, fmt.Sprintf(opened, least))
			count, _ := strconv.Atoi(wrong[0])
			measured += count
			for _, wrong := range wrong[1:] {
				t.Errorf("%s at %v: %s", address, window, wrong)
			}
			if troubles, _ := b.take(); len(troubles) > 0 {
				t.Errorf("%s at %v: %v", address, window, troubles)
			}
		}
		if measured < 10 {
			t.Errorf("at %v %d marks were measured", window, measured)
		}
	}
}

// explored chooses the nth indicator by a basis, and returns what the explorer
// shows: about what, and the values and lengths by county.
const explored = `(() => { const s = document.querySelector('[data-explorer]'), i = s.querySelector('.explorer-indicator'), b = s.querySelector('.explorer-basis');
	i.selectedIndex = %d; b.value = '%s'; i.dispatchEvent(new Event('change'));
	return [s.querySelector('.explorer-about').textContent].concat([...s.querySelectorAll('.explorer-list li')].map(l => l.querySelector('.explorer-name').textContent + ' ' +
		l.querySelector('.explorer-value').textContent + ' ' + Math.round(100 * l.querySelector('.explorer-bar').getBoundingClientRect().width / l.querySelector('.explorer-track').getBoundingClientRect().width)));
})()`

// TestExplorer: a reader chooses an indicator and a basis of the counties, on one
// scale; the order is the campaign's. Without scripts there are the tables.
func TestExplorer(t *testing.T) {
	b := newTab(t, 390, 844)
	b.do(t, chromedp.Navigate(fileURL(site(t))+"regions/index.html"))
	got := strings.Join(eval[[]string](t, b, fmt.Sprintf(explored, 0, "数量")), "\n")
	for _, want := range []string{"查处网络违法案件，单位：件", "\n章贡区 43 100\n南康区 42 98\n", "\n石城县 — 0\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	got = strings.Join(eval[[]string](t, b, fmt.Sprintf(explored, 1, "每万人")), "\n")
	for _, want := range []string{"罚没款，单位：万元／万人", "按常住人口计", "\n章贡区 0.50 "} { // 34.35 of 690,000 people
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	if eval[bool](t, b, `!!document.querySelector('.explorer-sort, .explorer-tables table[data-sort]')`) {
		t.Error("counties that are not ranked can be sorted")
	}
	if eval[bool](t, b, `document.querySelector('.explorer-tables').getBoundingClientRect().height > 0`) {
		t.Error("the tables stand open")
	}
	if !eval[bool](t, b, `(document.querySelector('.explorer-open').click(), document.querySelector('.explorer-tables').getBoundingClientRect().height > 0)`) {
		t.Error("the tables do not open")
	}
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.do(t, chromedp.Navigate(fileURL(site(t))+"regions/index.html"))
	if !eval[bool](t, b, `document.querySelector('.explorer').getBoundingClientRect().height === 0 && document.querySelectorAll('.explorer-tables td').length > 20 * 19 && document.querySelector('.explorer-tables').getBoundingClientRect().height > 0`) {
		t.Error("without scripts the tables are not there")
	}
}

// TestMapLeadsToCounties: a tile is a link to its county's page, as it stands and
// when ECharts has drawn it.
func TestMapLeadsToCounties(t *testing.T) {
	b := newTab(t, 1280, 900)
	b.do(t, chromedp.Navigate(fileURL(site(t))+"index.html"))
	if got := eval[string](t, b, `[...document.querySelectorAll('.home-map .still-wide a')].map(a => a.getAttribute('href') + ' ' + a.textContent).slice(0, 2).join(' ')`); got != "regions/360702/index.html 章贡区43 regions/360703/index.html 南康区42" {
		t.Errorf("the tiles are %s", got)
	}
	at := eval[stage](t, b, `(() => { const a = document.querySelector('.home-map .still-wide a'); a.scrollIntoView({behavior: 'instant', block: 'center'}); const r = a.getBoundingClientRect(); return {X: r.left + r.width / 2, Y: r.top + r.height / 2, Width: r.width}; })()`)
	move(t, b, at.X, at.Y)
	eval[int](t, b, wake)
	for _, kind := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
		if _, err := chromedp.Call(b.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: at.X, Y: at.Y, Button: "left", ClickCount: 1}); err != nil {
			t.Fatal(err)
		}
	}
	time.Sleep(time.Second) // the page that asked is gone
	if got := eval[string](t, b, `location.href`); !strings.HasSuffix(got, "regions/360702/index.html") {
		t.Errorf("a tile leads to %s", got)
	}
}

const covered = `(function () {
	document.documentElement.setAttribute('data-size', 'elder');
	return [].filter.call(document.querySelectorAll('figure.chart'), function (chart) {
		var range = document.createRange();
		range.selectNodeContents(chart.querySelector('.chart-data summary'));
		var words = range.getBoundingClientRect();
		return [].some.call(chart.querySelectorAll('.chart-tools button'), function (button) {
			var box = button.getBoundingClientRect();
			return box.width && box.left < words.right && box.right > words.left && box.top < words.bottom && box.bottom > words.top;
		});
	}).map(function (chart) { return chart.id; });
})()`

// TestToolsCoverNothing: on a phone, in large type, the buttons of a chart leave
// the words beside them to be read.
func TestToolsCoverNothing(t *testing.T) {
	b := newTab(t, 390, 900)
	b.do(t, chromedp.Navigate(fileURL(site(t))+"statistics/index.html"))
	if got := eval[[]string](t, b, covered); len(got) > 0 {
		t.Errorf("covered in %v", got)
	}
}
