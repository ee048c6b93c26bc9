//go:build whole

package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"wangjian/internal/chart"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// chartPages are pages of the sample with charts.
var chartPages = []string{
	"index.html", "departments/shijian/index.html", "departments/gongan/index.html", "departments/linye/index.html",
	"tasks/sanjia-zhibo/index.html", "statistics/index.html", "regions/index.html",
}

// sideBySide has a chart as it is drawn with the page, and as ECharts draws it
// in the browser, both in the colours of a theme.
const sideBySide = `<!doctype html><html data-theme="%[6]s"><meta charset="utf-8"><link rel="stylesheet" href="/site.css"><style>
html, body { margin: 0; padding: 0; max-width: none; } * { font-family: "Noto Sans CJK SC" !important; }
#still, #live { width: %[1]dpx; height: %[2]dpx; background: var(--surface); } svg { display: block; }
</style><div id="still">%[3]s</div><div id="live"></div><script type="application/json" id="option">%[4]s</script>
<script src="/echarts.min.js"></script><script>
const page = getComputedStyle(document.documentElement), tokens = %[5]s;
const themed = v => typeof v === 'string' && tokens[v] ? page.getPropertyValue(tokens[v]).trim() : Array.isArray(v) ? v.map(themed) :
	v && typeof v === 'object' ? Object.fromEntries(Object.entries(v).map(([k, w]) => [k, themed(w)])) : v;
const option = themed(JSON.parse(document.getElementById('option').textContent));
option.textStyle.fontFamily = '"Noto Sans CJK SC"';
echarts.init(document.getElementById('live'), null, {renderer: 'svg', width: %[1]d, height: %[2]d}).setOption(option);
</script>`

// countShapes returns how many visible marks and labels each of the two has. A
// bar of no width is not visible, nor is a hairline that ECharts draws a second
// time in the same place.
const countShapes = `['#still', '#live'].map(box => {
	const all = [...document.querySelectorAll(box + ' svg *')].filter(e => !e.closest('defs'));
	const seen = e => e.getAttribute('opacity') !== '0' && (
		e.getAttribute('fill') !== 'none' && e.getAttribute('fill-opacity') !== '0' && e.getBBox().width > 0.001 ||
		!['none', null].includes(e.getAttribute('stroke')) && e.getAttribute('stroke-width') !== '0' && e.getAttribute('stroke-opacity') !== '0');
	const marks = all.filter(e => ['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon'].includes(e.tagName) && seen(e));
	const lines = marks.filter(e => e.getAttribute('fill') === 'none').map(e => e.getAttribute('d'));
	const labels = all.filter(e => e.tagName === 'text').map(e => e.textContent.trim());
	return marks.length - lines.length + new Set(lines).size + ' marks, ' + labels.length + ' labels: ' + labels.join('|');
})`

// tokensOf returns the custom properties of the page that stand for an option's
// colours, as charts.js has them.
func tokensOf(option []byte) string {
	tokens := map[string]string{}
	for _, colour := range regexp.MustCompile(`#[0-9a-f]{6}`).FindAllString(string(option), -1) {
		tokens[colour] = "--" + chart.Token(colour)
	}
	tokens["#ffffff"] = "--surface" // what lies behind the stage
	text, err := json.Marshal(tokens)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// TestDrawnAsECharts compares every chart of the sample as it is drawn with the
// page with what ECharts draws in Chromium of the option beside it: the same
// marks, the same labels, and no more than 0.35 % of the inked pixels apart, on
// a desk and on a phone, in light and in dark.
func TestDrawnAsECharts(t *testing.T) {
	fsys := os.DirFS("../..")
	c, _ := source.Load(fsys)
	view := release.Public(c, c.ReferenceDate, source.Contents(fsys))
	book := stats.Of(view)
	var body string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.ServeFileFS(w, r, layouts.Over(nil), "assets"+r.URL.Path)
			return
		}
		fmt.Fprint(w, body)
	}))
	defer server.Close()
	b := newTab(t, 800, 900)
	worst := 0.0
	for _, listed := range chart.List(book, view.Campaign()) {
		ch, err := chart.Find(book, view.Campaign(), listed.Code)
		if err != nil {
			t.Fatal(err)
		}
		for _, look := range []struct {
			width int
			theme string
		}{{720, "light"}, {720, "dark"}, {340, "light"}, {340, "dark"}} {
			svg, err := ch.SVG(look.width, "drawn", ch.Code)
			if err != nil {
				t.Fatal(err)
			}
			height := ch.Draw(look.width).Height
			body = fmt.Sprintf(sideBySide, look.width, height, svg, ch.Option(), tokensOf(ch.Option()), look.theme)
			b.do(t, chromedp.Navigate(server.URL+"/"))
			counts := eval[[]string](t, b, countShapes)
			if counts[0] != counts[1] || strings.HasPrefix(counts[0], "0 marks") {
				t.Errorf("%s at %d:\nours    %s\nECharts %s", ch.Code, look.width, counts[0], counts[1])
			}
			share := apart(t, shot(t, b, 0, look.width, height), shot(t, b, height, look.width, height))
			worst = max(worst, share)
			if share > 0.0035 {
				t.Errorf("%s at %d in %s: %.2f%% of the inked pixels are apart", ch.Code, look.width, look.theme, share*100)
			}
		}
	}
	t.Logf("at most %.2f%% of the inked pixels are apart", worst*100)
}

// shot takes a picture of a part of the page.
func shot(t *testing.T, b *tab, top, width, height int) image.Image {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	beyond := true
	result, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: "png", CaptureBeyondViewport: &beyond,
		Clip: &page.Viewport{Y: float64(top), Width: float64(width), Height: float64(height), Scale: 1},
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
		if (text.getAttribute('font-size') * scale < 10.7) { wrong.push(f.id + ': text of ' + text.getAttribute('font-size') * scale + ' px'); break; }
	if (!seen[0].querySelector('path') || !seen[0].querySelector('text')) wrong.push(f.id + ': the drawing is empty');
	f.querySelector('details').open = true;
	if (!(f.querySelector('details td').getBoundingClientRect().height > 0)) wrong.push(f.id + ': no table');
	if (getComputedStyle(f.querySelector('.chart-save')).display !== 'none') wrong.push(f.id + ': a button without a use');
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

// savePicture saves the first chart and returns the picture as a data address.
const savePicture = `new Promise((done, failed) => {
	URL.createObjectURL = blob => { const r = new FileReader(); r.onload = () => done(r.result); r.readAsDataURL(blob); return '#'; };
	HTMLAnchorElement.prototype.click = () => {};
	document.querySelector('.chart-save').click();
	setTimeout(() => failed(new Error('no picture')), 20000);
})`

// TestSavePicture: the button returns a picture with the chart in it.
func TestSavePicture(t *testing.T) {
	b := newTab(t, 390, 900)
	b.do(t, chromedp.Navigate(fileURL(site(t))+"index.html"))
	data, ok := strings.CutPrefix(eval[string](t, b, savePicture), "data:image/png;base64,")
	raw, err := base64.StdEncoding.DecodeString(data)
	if !ok || err != nil {
		t.Fatalf("not a picture: %.60s, %v", data, err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	red := 0
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			if r, g, _, _ := picture.At(x, y).RGBA(); r>>8 == 0xbe && g>>8 == 0x30 {
				red++
			}
		}
	}
	if picture.Bounds().Dx() != 2*(720+56) || red < 10000 {
		t.Errorf("%v with %d red dots", picture.Bounds(), red)
	}
	if troubles, _ := b.take(); len(troubles) > 0 {
		t.Error(troubles)
	}
}

// zoomed enlarges the first chart, and returns the widths of its stage, of what
// can be scrolled in it, and of the same once it is small again.
const zoomed = `new Promise((done, failed) => {
	const stage = document.querySelector('.chart-stage'), button = document.querySelector('.chart-zoom');
	const wait = (ready, then) => ready() ? then() : setTimeout(() => wait(ready, then), 30);
	setTimeout(() => failed(new Error('no larger chart')), 20000);
	button.click();
	wait(() => stage.classList.contains('is-live'), () => {
		const large = [stage.clientWidth, stage.scrollWidth, button.getAttribute('aria-pressed') === 'true' && stage.tabIndex === 0 ? 1 : 0];
		button.click();
		done(large.concat([stage.scrollWidth, button.getAttribute('aria-pressed') === 'false' ? 1 : 0]));
	});
})`

// TestZoom: a reader can have a chart twice as large and scroll it, also by the
// keyboard, and back.
func TestZoom(t *testing.T) {
	b := newTab(t, 390, 900)
	b.do(t, chromedp.Navigate(fileURL(site(t))+"index.html"))
	got := eval[[]int](t, b, zoomed)
	if len(got) != 5 || got[1] < got[0]*19/10 || got[2] != 1 || got[3] > got[0] || got[4] != 1 {
		t.Errorf("stage, scrolled, state, back, state: %v", got)
	}
	if troubles, _ := b.take(); len(troubles) > 0 {
		t.Error(troubles)
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
