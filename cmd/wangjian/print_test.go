//go:build whole

package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
	"wangjian/internal/soak"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/text/unicode/norm"
)

// word is a word of a printed page: its sheet, counted from 1, and its box in
// points from the sheet's top left corner.
type word struct {
	sheet                    int
	left, top, right, bottom float64
	text                     string
}

// paper is a page printed by the browser. Its words stand in the order in which
// they are painted, which is that of the document: what is positioned (a row that
// sticks, say) is painted after everything else and so leaves its place.
type paper struct {
	sheets [][2]float64 // width and height
	words  []word
	text   string      // of all words, one after another
	starts map[int]int // the word that starts at an offset of text
	ends   map[int]int // the word after the one that ends there
	drawn  []bool      // the words of drawings
}

// plain is a text as it is compared: without blanks, one form for characters
// that look alike (a browser may write 行 as the radical ⾏).
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u00ad' || r == '\u200b' {
			return -1
		}
		return r
	}, norm.NFKC.String(text))
}

// papered prints the tab's page and reads the file back.
func papered(t *testing.T, b *tab) (paper, []byte) {
	t.Helper()
	yes := true
	pdf := call(t, b, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &yes, PrintBackground: &yes}).Data
	name := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(name, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-raw", "-bbox", name, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (package poppler-utils): %v", err)
	}
	return readPaper(t, out), pdf
}

func readPaper(t *testing.T, boxes []byte) paper {
	t.Helper()
	var doc struct {
		Pages []struct {
			Width  float64 `xml:"width,attr"`
			Height float64 `xml:"height,attr"`
			Words  []struct {
				Left   float64 `xml:"xMin,attr"`
				Top    float64 `xml:"yMin,attr"`
				Right  float64 `xml:"xMax,attr"`
				Bottom float64 `xml:"yMax,attr"`
				Text   string  `xml:",chardata"`
			} `xml:"word"`
		} `xml:"body>doc>page"`
	}
	decoder := xml.NewDecoder(bytes.NewReader(boxes))
	decoder.Strict = false
	if err := decoder.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	p := paper{starts: map[int]int{}, ends: map[int]int{}}
	var text strings.Builder
	for n, sheet := range doc.Pages {
		p.sheets = append(p.sheets, [2]float64{sheet.Width, sheet.Height})
		for _, w := range sheet.Words {
			content := plain(w.Text)
			if content == "" {
				continue
			}
			// A font's box is far higher than its characters: the middle is enough to
			// see what lies on what.
			high := w.Bottom - w.Top
			p.starts[text.Len()] = len(p.words)
			text.WriteString(content)
			p.words = append(p.words, word{n + 1, w.Left, w.Top + high/3, w.Right, w.Bottom - high/3, content})
			p.ends[text.Len()] = len(p.words)
		}
	}
	p.text = text.String()
	return p
}

// span is words first to last, last not among them.
type span struct{ first, last int }

// find returns every place where words say a text, from their beginning to their
// end.
func (p paper) find(text string) []span {
	var found []span
	for at := 0; text != ""; {
		n := strings.Index(p.text[at:], text)
		if n < 0 {
			break
		}
		at += n
		first, ok := p.starts[at]
		last, whole := p.ends[at+len(text)]
		if ok && whole {
			found = append(found, span{first, last})
		}
		at++
	}
	return found
}

// mark sets what belongs to one of the places.
func mark(words []bool, places []span) {
	for _, r := range places {
		for n := r.first; n < r.last; n++ {
			words[n] = true
		}
	}
}

// box is what words take up together, and their sheet; 0 when they are on more
// than one.
func (p paper) box(r span) word {
	all := p.words[r.first]
	for _, w := range p.words[r.first:r.last] {
		if w.sheet != all.sheet {
			all.sheet = 0
		}
		all.left, all.right = min(all.left, w.left), max(all.right, w.right)
		all.top, all.bottom = min(all.top, w.top), max(all.bottom, w.bottom)
	}
	return all
}

// cells divides a row's words among its cells; false when a word belongs to two.
func (p paper) cells(r span, texts []string) ([]span, bool) {
	list := make([]span, len(texts))
	at := r.first
	for n, text := range texts {
		list[n].first = at
		for text != "" && at < r.last {
			rest, ok := strings.CutPrefix(text, p.words[at].text)
			if !ok {
				return nil, false
			}
			text = rest
			at++
		}
		list[n].last = at
	}
	return list, at == r.last
}

// tableRow is a row of a table of the page: the text of its cells, without those
// that reach over several rows.
type tableRow struct {
	Part  string   `json:"part"` // THEAD, TBODY or TFOOT
	Cells []string `json:"cells"`
	Tall  []string `json:"tall"`
}

// tablesShown reads every table, also those that are folded away, as a reader of
// the screen sees them.
const tablesShown = `[...document.querySelectorAll('table')].map(table => [...table.rows].map(row => {
	const text = cell => { const copy = cell.cloneNode(true);
		copy.querySelectorAll('.unseen, .directory-brief, script').forEach(e => e.remove());
		copy.querySelectorAll('a[rel~="external"], a[data-address]').forEach(a => a.append('（' + (a.dataset.address || a.getAttribute('href')) + '）'));
		return copy.textContent; };
	const cells = [...row.cells];
	return { part: row.parentNode.nodeName, cells: cells.filter(c => c.rowSpan < 2).map(text), tall: cells.filter(c => c.rowSpan > 1).map(text) };
}))`

// drawnText lists what the drawings of the page's charts say, which is no table.
const drawnText = `[...document.querySelectorAll('svg.still-wide')].map(s => [...s.querySelectorAll('text')].map(t => t.textContent).join(''))`

// tableFaults compares the tables of the page with the paper: every row once,
// on one sheet, its cells in a line and in their order, below the row before it;
// the head above the rows of each sheet, and nowhere else.
func tableFaults(p paper, tables [][]tableRow) []string {
	var faults []string
	places, alike := p.places(tables)
	next := map[string]int{} // of the places of rows that say the same
	heads := map[string]int{}
	for _, table := range tables {
		var above word
		var head tableRow
		for _, row := range table {
			for _, tall := range row.Tall {
				if len(p.find(plain(tall))) == 0 {
					faults = append(faults, fmt.Sprintf("%q is not on paper", tall))
				}
			}
			text := row.text()
			if row.Part == "THEAD" {
				head, above = row, word{}
				continue
			}
			if text == "" {
				continue
			}
			n := next[text]
			next[text]++
			if n == 0 && len(places[text]) != alike[text] {
				faults = append(faults, fmt.Sprintf("row %q is %d times on paper, and %d times on the screen", row.Cells, len(places[text]), alike[text]))
			}
			if n >= len(places[text]) {
				continue
			}
			box := p.box(places[text][n])
			if box.sheet == 0 {
				faults = append(faults, fmt.Sprintf("row %q goes over the end of a sheet", row.Cells))
				continue
			}
			faults = append(faults, p.rowFaults(places[text][n], row)...)
			if box.sheet == above.sheet && box.top < above.bottom {
				faults = append(faults, fmt.Sprintf("row %q does not stand below the one before", row.Cells))
			}
			if box.sheet != above.sheet && head.text() != "" {
				heads[head.text()]++
				if !slices.ContainsFunc(places[head.text()], func(r span) bool { h := p.box(r); return h.sheet == box.sheet && h.bottom <= box.top }) {
					faults = append(faults, fmt.Sprintf("sheet %d has no head above row %q", box.sheet, row.Cells))
				}
			}
			above = box
		}
	}
	for head, want := range heads {
		if got := len(places[head]); got != want {
			faults = append(faults, fmt.Sprintf("the head %q is %d times on paper, for rows on %d sheets", head, got, want))
		}
	}
	slices.Sort(faults)
	return faults
}

// places returns where each row of the tables is on paper, and how many rows of the
// page say the same. What a drawing or a longer row says is no place of another.
func (p paper) places(tables [][]tableRow) (places map[string][]span, alike map[string]int) {
	alike = map[string]int{}
	var texts []string
	for _, table := range tables {
		for _, row := range table {
			text := row.text()
			if alike[text]++; alike[text] == 1 {
				texts = append(texts, text)
			}
		}
	}
	slices.SortStableFunc(texts, func(a, b string) int { return len(b) - len(a) })
	places = map[string][]span{}
	taken := slices.Clone(p.drawn)
	for _, text := range texts {
		for _, r := range p.find(text) {
			if !slices.Contains(taken[r.first:r.last], true) {
				places[text] = append(places[text], r)
			}
		}
		mark(taken, places[text])
	}
	return places, alike
}

func (r tableRow) text() string { return plain(strings.Join(r.Cells, "")) }

// rowFaults says which cells of a row on paper do not stand beside its name, in
// the order of the columns.
func (p paper) rowFaults(place span, row tableRow) []string {
	var texts []string
	for _, c := range row.Cells {
		if text := plain(c); text != "" {
			texts = append(texts, text)
		}
	}
	cells, ok := p.cells(place, texts)
	if !ok {
		return []string{fmt.Sprintf("the cells of row %q run into one another", row.Cells)}
	}
	var faults []string
	name := p.box(cells[0])
	before := name
	for n, c := range cells[1:] {
		box := p.box(c)
		if box.top > name.bottom || box.bottom < name.top {
			faults = append(faults, fmt.Sprintf("%q is not beside %q", texts[n+1], texts[0]))
		}
		if box.left < before.right {
			faults = append(faults, fmt.Sprintf("%q is not to the right of %q in row %q", texts[n+1], texts[n], texts[0]))
		}
		if c.last > c.first && p.words[c.first].bottom < p.words[c.last-1].top && !strings.ContainsFunc(texts[n+1], unicode.IsLetter) {
			faults = append(faults, fmt.Sprintf("%q of row %q is broken over lines", texts[n+1], texts[0]))
		}
		before = box
	}
	return faults
}

// The margins of a sheet, in points.
const sideMargin, endMargin = 18 / 25.4 * 72, 20 / 25.4 * 72

// The smallest type that can be read, in points, and in a drawing, whose figures stand
// in the table below it; a Chinese character is as broad as its type is high.
const leastType, leastDrawn = 7, 5

// boxFaults says which words lie on one another or outside of the text's area, or
// are too small, and which sheets are empty.
func boxFaults(p paper) []string {
	var faults []string
	bySheet := make([][]word, len(p.sheets)+1)
	for n, w := range p.words {
		size := p.sheets[w.sheet-1]
		hanging := 2.0 // half of a mark that closes is blank, and may hang over a line's end
		if strings.HasSuffix(w.text, "”") || strings.HasSuffix(w.text, "。") || strings.HasSuffix(w.text, ",") || strings.HasSuffix(w.text, ")") {
			hanging = w.bottom - w.top
		}
		if w.left < sideMargin-2 || w.right > size[0]-sideMargin+hanging || w.top < endMargin-2 || w.bottom > size[1]-endMargin+2 {
			faults = append(faults, fmt.Sprintf("%q is outside of the text on sheet %d (%.0f–%.0f, %.0f–%.0f)", w.text, w.sheet, w.left, w.right, w.top, w.bottom))
		}
		for _, other := range bySheet[w.sheet] {
			// Within a line 。“ move together: the blank half of one lies on the other's.
			allowed := 1.0
			if other == p.words[max(0, n-1)] && math.Abs(other.top-w.top) < 3 {
				allowed = w.bottom - w.top
			}
			if math.Min(w.right, other.right)-math.Max(w.left, other.left) > allowed && math.Min(w.bottom, other.bottom)-math.Max(w.top, other.top) > 0.5 {
				faults = append(faults, fmt.Sprintf("%q lies on %q on sheet %d", w.text, other.text, w.sheet))
			}
		}
		bySheet[w.sheet] = append(bySheet[w.sheet], w)
		least := float64(leastType)
		if p.drawn[n] {
			least = leastDrawn
		}
		if size := (w.right - w.left) / float64(utf8.RuneCountInString(w.text)); size < least && !strings.ContainsFunc(w.text, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
			faults = append(faults, fmt.Sprintf("%q is set in %.1f points", w.text, size))
		}
	}
	for n, words := range bySheet[1:] {
		if len(words) == 0 {
			faults = append(faults, fmt.Sprintf("sheet %d is empty", n+1))
		}
	}
	return faults
}

// titled is a heading: its level, and its text.
type titled struct {
	Level int    `json:"level"`
	Text  string `json:"text"`
	Alone bool   `json:"alone"` // a link, which need not stand above anything
}

// headingsOnPaper lists what stands above something else and is printed: the
// headings, below them what opens a part that is folded away on the screen, the
// titles of charts and of tables.
const headingsOnPaper = `(() => {
	document.querySelectorAll('details').forEach(d => d.open = true);
	return [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6), summary, figcaption.chart-title, caption')].filter(e =>
		e.getClientRects().length && !e.closest('.unseen') && !e.querySelector('h1, h2, h3')).map(e =>
		({ level: /^H\d$/.test(e.nodeName) ? +e.nodeName[1] : e.nodeName === 'SUMMARY' ? 7 : 8, text: e.textContent, alone: e.children.length === 1 && e.firstElementChild.matches('a') && e.firstElementChild.textContent === e.textContent }));
})()`

// headingFaults says which headings are the last thing on a sheet, and which
// stand above nothing.
func headingFaults(p paper, headings []titled) []string {
	var faults []string
	at := 0
	var before titled
	for _, h := range headings {
		text := plain(h.Text)
		places := p.find(text)
		n := slices.IndexFunc(places, func(r span) bool { return r.first >= at })
		if n < 0 {
			faults = append(faults, fmt.Sprintf("the heading %q is not on paper, or not in its place", h.Text))
			continue
		}
		place := places[n]
		if before.Level > 0 && !before.Alone && place.first == at && h.Level <= before.Level {
			faults = append(faults, fmt.Sprintf("nothing stands under %q", before.Text))
		}
		at, before = place.last, h
		switch {
		case at == len(p.words) || strings.HasPrefix(p.words[at].text, "本页网址"):
			faults = append(faults, fmt.Sprintf("nothing stands under %q", h.Text))
		case p.words[at].sheet != p.words[place.first].sheet:
			faults = append(faults, fmt.Sprintf("%q is the last on sheet %d", h.Text, p.words[place.first].sheet))
		}
	}
	return faults
}

// printFaults prints the tab's page and says what is wrong with it.
func printFaults(t *testing.T, b *tab) (paper, []string) {
	t.Helper()
	tables := eval[[][]tableRow](t, b, tablesShown)
	drawings := eval[[]string](t, b, drawnText)
	p, _ := papered(t, b)
	p.drawn = make([]bool, len(p.words))
	for _, text := range drawings {
		mark(p.drawn, p.find(plain(text)))
	}
	call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	headings := eval[[]titled](t, b, headingsOnPaper)
	call(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	return p, slices.Concat(tableFaults(p, tables), boxFaults(p), headingFaults(p, headings))
}

// htmlPages lists a site's pages but those that only lead elsewhere; of the counties'
// pages, of the cases and the warnings, which are many of a kind, the first ones.
func htmlPages(t *testing.T, dir string) []string {
	t.Helper()
	var pages []string
	count := map[string]int{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".html" {
			return err
		}
		if text, err := os.ReadFile(name); err != nil || bytes.Contains(text, []byte(`http-equiv="refresh"`)) {
			return err
		}
		name, _ = filepath.Rel(dir, name)
		name = filepath.ToSlash(name)
		kind, _, _ := strings.Cut(name, "/")
		if count[kind]++; count[kind] <= 3 || kind == "departments" || strings.Count(name, "/") == 1 || soak.Long() {
			pages = append(pages, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// broadCampaign is the second campaign with a department of 27 rows, whose figures
// have eight digits, a table of 16 columns in a text, and the kinds of pages that
// it has not: corrections, a case that was withdrawn, a link that leaves, an
// address that has moved.
func broadCampaign(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	edit := func(name, old, replacement string) {
		t.Helper()
		name = filepath.Join(dir, filepath.FromSlash(name))
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.Replace(string(text), old, replacement, 1)
		if old == "" {
			changed = string(text) + replacement
		}
		if err := os.WriteFile(name, []byte(changed), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rows := func(line string) string {
		var lines strings.Builder
		for n := range 20 {
			lines.WriteString(strings.NewReplacer("NN", fmt.Sprintf("%02d", n), "FIGURE", fmt.Sprint(12345678+n)).Replace(line))
		}
		return lines.String()
	}
	edit("data/form.yaml", "", rows("  - {部门: shichang, 名称: 检查网络食品经营第NN类, 单位: 万户次}\n"))
	edit("data/q2/shichang.yaml", "本级:", rows("  检查网络食品经营第NN类: 汇总\n")+"本级:")
	for _, name := range []string{"q1/shichang", "q2/shichang", "q2/shichang/xicheng", "q2/shichang/dongcheng"} {
		edit("data/"+name+".yaml", "", rows("  检查网络食品经营第NN类: FIGURE\n"))
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "corrections.yaml"), []byte(`更正:
- {期次: 第二次, 部门: 市场监管局, 项目: 检查食品经营单位, 原值: 149, 现值: 150, 原因: 东城街道漏计一户次，复核台账后补上, 日期: 2026-05-12}
- {期次: 第二次, 部门: 市场监管局, 地区: 东城街道, 项目: 检查食品经营单位, 原值: 59, 现值: 60, 原因: 漏计一户次, 日期: 2026-05-12}
`), 0o644); err != nil {
		t.Fatal(err)
	}
	edit("content/cases/guoqi-mianbao.md", "公开方式:", "停止公示: {日期: 2026-05-12, 原因: 信用修复}\n公开方式:")
	edit("content/pages/about.md", "公开方式:", "别名: [jiu]\n公开方式:")
	edit("content/pages/about.md", "", "\n见[示例](https://example.com/a)。\n\n## 各月\n\n| 街道 |"+strings.Repeat(" 检查户数 |", 15)+"\n|---|"+strings.Repeat("--:|", 15)+
		"\n| 东城 |"+strings.Repeat(" 12345678 |", 15)+"\n| 西城 |"+strings.Repeat(" 87654321 |", 15)+"\n")
	return dir
}

// TestPrint prints the pages of the sample, of the second campaign and of one with
// tables too broad for a sheet from the browser. Every row of every table is on paper, once and whole, its figures
// beside its name; no two words lie on one another, and none outside of the
// sheet's margins; heads are repeated and totals are not; no heading ends a sheet
// or stands above nothing.
func TestPrint(t *testing.T) {
	sites := map[string]string{
		"sample": site(t), "second": smallLater(t), "broad": build(t, "-C", broadCampaign(t), "--date", "2026-06-01"),
	}
	for name, dir := range sites {
		pages := htmlPages(t, dir)
		base := fileURL(dir)
		for half := range 2 {
			t.Run(fmt.Sprint(name, half), func(t *testing.T) {
				t.Parallel()
				b := newTab(t, 800, 600) // what sticks or scrolls on it would show on paper
				for n, address := range pages {
					if n%2 != half {
						continue
					}
					b.do(t, chromedp.Navigate(base+address))
					eval[int](t, b, settled)
					_, faults := printFaults(t, b)
					for _, fault := range faults {
						t.Errorf("%s: %s", address, fault)
					}
				}
			})
		}
	}
}

// alike are pages that are printed in every way of reading: with tables that scroll,
// that are sorted and folded away, a list of documents, charts, a warning.
var alike = []string{
	"departments/gongan/index.html", "regions/index.html", "open/index.html", "warnings/zhibo-gouwu/index.html", "progress/index.html",
}

// intoTable scrolls so far that the first table's head stands away from its place.
const intoTable = `(async () => {
	const table = document.querySelector('.table-scroll > table');
	if (table) scrollTo({top: scrollY + table.tHead.getBoundingClientRect().top + 60, behavior: 'instant'});
	for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
	return 0;
})()`

// TestPrintIsOne: what is on paper, and where, does not depend on how the screen
// shows the page: dark, in large type, in high contrast, on a phone, without
// scripts, after its charts came to life, or in the middle of a table. Every sheet
// looks the same.
func TestPrintIsOne(t *testing.T) {
	base := fileURL(site(t))
	type way struct {
		name          string
		width, height int64
		stored        string
		scripts, live bool
	}
	first := map[string]paper{}
	looks := map[string][]byte{}
	print := func(t *testing.T, w way, each func(address string, p paper, look []byte)) {
		b := newTab(t, w.width, w.height)
		b.do(t, chromedp.Navigate(base+"pages/about/index.html"))
		if w.scripts {
			eval[int](t, b, `localStorage.setItem('wangjian.display', '`+w.stored+`'), 0`)
		} else {
			call(t, b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		}
		for _, address := range alike {
			b.do(t, chromedp.Navigate(base+address))
			if w.live {
				eval[int](t, b, drawAll)
				eval[int](t, b, intoTable)
			}
			p, pdf := papered(t, b)
			each(address, p, pixels(t, pdf))
		}
	}
	print(t, way{"desk", 1280, 900, modes["light"], true, false}, func(address string, p paper, look []byte) {
		first[address], looks[address] = p, look
		whole := func(w word) bool { return w.text == "11360700MB00000002/2022-00035" }
		if address == "open/index.html" && !slices.ContainsFunc(p.words, whole) {
			t.Errorf("%s: 索引号 is broken over lines", address)
		}
	})
	for _, w := range []way{
		{"dark", 1280, 900, modes["dark"], true, false},
		{"elder", 1280, 900, modes["elder"], true, false},
		{"largest", 390, 844, `{"size":"largest","contrast":"high"}`, true, false},
		{"contrast", 1280, 900, modes["contrast"], true, false},
		{"phone", 390, 844, modes["light"], true, true},
		{"without scripts", 1280, 900, "", false, false},
	} {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			print(t, w, func(address string, p paper, look []byte) {
				switch n := firstApart(p.words, first[address].words); {
				case n >= 0:
					t.Errorf("%s printed from %s: %v, and from a desk %v", address, w.name, at(p.words, n), at(first[address].words, n))
				case !bytes.Equal(look, looks[address]):
					t.Errorf("%s printed from %s looks another way", address, w.name)
				}
			})
		})
	}
}

// firstApart is the first word that is not the same in the same place; -1
// when all are.
func firstApart(a, b []word) int {
	for n := range max(len(a), len(b)) {
		if n >= len(a) || n >= len(b) || a[n].text != b[n].text || a[n].sheet != b[n].sheet || math.Abs(a[n].left-b[n].left) > 0.1 || math.Abs(a[n].top-b[n].top) > 0.1 {
			return n
		}
	}
	return -1
}

func at(words []word, n int) string {
	if n >= len(words) {
		return "nothing"
	}
	return fmt.Sprintf("%q on sheet %d at %.0f, %.0f", words[n].text, words[n].sheet, words[n].left, words[n].top)
}

// pixels returns the sheets as coarse pictures.
func pixels(t *testing.T, pdf []byte) []byte {
	t.Helper()
	name := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(name, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftoppm", "-r", "20", name).Output()
	if err != nil || len(out) == 0 {
		t.Fatalf("pdftoppm (package poppler-utils): %v, %d bytes", err, len(out))
	}
	return out
}

// TestPrintSees shows that each fault of a printed page is noticed.
func TestPrintSees(t *testing.T) {
	b := newTab(t, 1280, 900)
	rows := func(n int) string {
		var all strings.Builder
		for i := range n {
			fmt.Fprintf(&all, "<tr><th>r%d</th><td>%d</td><td>%d</td></tr>", i, 1000+i, 7000+i)
		}
		return all.String()
	}
	table := func(style string) string {
		return `<h2>one</h2><table><thead><tr><th>name</th><th>first</th><th>second</th></tr></thead><tbody>` + rows(90) + `</tbody><tfoot><tr><th>sum</th><td>55</td><td>66</td></tr></tfoot></table><p>end</p><style>` + style + `</style>`
	}
	for name, c := range map[string]struct{ html, want string }{
		"good":        {table(""), ""},
		"sticks":      {table("tfoot td, tfoot th { position: sticky; bottom: 0; background: #fff }"), "on paper"},
		"totals":      {table("tfoot { display: table-footer-group }"), `"sum" "55" "66"] is 3 times on paper`},
		"head":        {table("thead { display: table-row-group }"), "has no head"},
		"hidden":      {table("tbody tr:nth-child(7) td { display: none }"), `"r6" "1006" "7006"] is 0 times`},
		"folded":      {`<details><summary>s</summary>` + table("details::details-content { display: block; content-visibility: hidden }") + `</details>`, "is 0 times"},
		"twice":       {table("") + `<div><h2>two</h2><p>r3 1003 7003</p></div>`, "is 2 times"},
		"cut":         {`<div style="overflow: auto">` + table("td { padding-left: 90mm }") + `</div>`, `"r3" "1003" "7003"] is 0 times`},
		"outside":     {table("") + `<p style="margin-left: -9mm">outside</p>`, "outside of the text"},
		"over":        {table("tbody tr:nth-child(5) { position: relative; top: 5mm }"), "lies on"},
		"away":        {table("th, td { vertical-align: top } tbody tr:nth-child(5) td { vertical-align: bottom; height: 30mm }"), `is not beside "r4"`},
		"order":       {table("table { direction: rtl }"), "is not to the right"},
		"small":       {table("") + `<p style="font-size: 6pt">很小的字看不清</p>`, "is set in 6.0 points"},
		"broken":      {table("td { max-width: 2em; overflow-wrap: anywhere } table { width: 1px } .none {}"), "broken over lines"},
		"end heading": {`<div style="height: 230mm">a</div><h2 style="break-after: auto">last</h2><div style="break-inside: avoid; height: 60mm">b</div>`, `"last" is the last on sheet 1`},
		"empty":       {`<p>a</p><div style="break-before: page; height: 1px"></div><div style="break-before: page">b</div>`, "sheet 2 is empty"},
		"no text":     {`<h2>nothing</h2><h2>more</h2><p>text</p>`, `nothing stands under "nothing"`},
	} {
		b.do(t, chromedp.Navigate("about:blank"))
		html := `<style>@page { size: A4; margin: 20mm 18mm } body { margin: 0; font: 11pt/1.5 sans-serif } h2 { break-after: avoid } tr { break-inside: avoid } tfoot { display: table-row-group } table { width: 100% }</style><main>` + c.html + `</main>`
		eval[int](t, b, fmt.Sprintf("document.write(%q), document.close(), 0", html))
		_, faults := printFaults(t, b)
		all := strings.Join(faults, "\n")
		if c.want == "" && all != "" || !strings.Contains(all, c.want) {
			t.Errorf("%s: %.1000s", name, all)
		}
	}
}
