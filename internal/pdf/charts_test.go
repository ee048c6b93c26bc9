package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// withCharts are the options that a publisher has: drawings of a view's
// charts, tables where a drawing is too high.
func withCharts(v *release.View) Options {
	book, c := stats.Of(v), v.Campaign()
	return Options{Fonts: loaded, Charts: ChartsOf(book, c)}
}

// catalogue sets every chart of a view, with nothing else, and returns what was
// drawn of each.
func catalogue(t *testing.T, v *release.View) (pages []*typeset.Page, sketches []*typeset.Sketch) {
	t.Helper()
	w := newWriter(v, stats.Of(v), withCharts(v), &Paper{})
	for _, l := range chart.List(w.stats, w.campaign) {
		w.chart(l.Code, "")
	}
	if w.err != nil {
		t.Fatal(w.err)
	}
	for _, b := range w.blocks {
		if p, ok := b.(*typeset.Picture); ok {
			sketches = append(sketches, p.Sketch)
		}
	}
	layout, err := typeset.Compose(typeset.NewSetter(typeset.A4, fonts(), nil), w.blocks)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range w.blocks {
		if p, ok := p.(*typeset.Picture); ok && (!strings.Contains(p.Alt, "：") || !strings.HasSuffix(p.Alt, "。")) {
			t.Errorf("图的替代文字是“%s”，应为标题和说明", p.Alt)
		}
	}
	return layout.Pages, sketches
}

// Every chart of the sample stands in the text block with all its shapes, each
// of its labels can be taken from the file once, and none is under 7 pt.
func TestEveryChartOnPaper(t *testing.T) {
	v := sampleView(t)
	pages, sketches := catalogue(t, v)
	list := chart.List(stats.Of(v), v.Campaign())
	if len(sketches) != len(list) || len(list) < 15 {
		t.Fatalf("%d 张图，目录里有 %d 张", len(sketches), len(list))
	}
	shapes, labels := 0, map[string]int{}
	for _, s := range sketches {
		for _, m := range s.Marks {
			if l, ok := m.(typeset.Label); ok {
				labels[squeeze(l.Text)]++
			} else {
				shapes++
			}
		}
	}
	hei := fonts().For(typeset.Hei)[0]
	got := map[string]int{}
	for i, p := range pages {
		within(t, i, p)
		for _, line := range runsOf(p) {
			if line[0].Font == hei {
				got[squeeze(joined(line))]++
				if line[0].Size < smallestLabel {
					t.Errorf("“%s”只有 %.2f 磅", joined(line), line[0].Size)
				}
			}
		}
		for _, op := range p.Ops {
			switch op.(type) {
			case typeset.Area, typeset.Trace, typeset.Rule:
				shapes--
			}
		}
	}
	if shapes != 0 {
		t.Errorf("页面上的形状比图里少 %d 个", shapes)
	}
	for text, n := range labels {
		if got[text] != n {
			t.Errorf("“%s”印了 %d 次，应为 %d 次", text, got[text], n)
		}
	}

	raw, err := draw.Play(typeset.A4, pages)
	if err != nil {
		t.Fatal(err)
	}
	for _, transparent := range []string{"/ca ", "/CA ", "/SMask", "/BM "} {
		if bytes.Contains(raw.Bytes, []byte(transparent)) {
			t.Errorf("PDF 里有 %s", transparent)
		}
	}
}

// letters sorts the characters of a text.
func letters(text string) string {
	list := []rune(squeeze(text))
	slices.Sort(list)
	return string(list)
}

// runsOf joins the texts of a page that touch: a label with its fallbacks.
func runsOf(p *typeset.Page) [][]typeset.Text {
	var list [][]typeset.Text
	var end float64
	for _, op := range p.Ops {
		x, ok := op.(typeset.Text)
		if !ok {
			continue
		}
		if n := len(list); n > 0 && list[n-1][0].Y == x.Y && math.Abs(x.X-end) < 0.05 {
			list[n-1] = append(list[n-1], x)
		} else {
			list = append(list, []typeset.Text{x})
		}
		end = x.X + widthOf(x)
	}
	return list
}

func joined(texts []typeset.Text) string {
	var b strings.Builder
	for _, x := range texts {
		b.WriteString(x.Text)
	}
	return b.String()
}

func widthOf(x typeset.Text) float64 {
	width := 0.0
	for _, r := range x.Text {
		_, advance, _ := x.Font.Glyph(r)
		width += float64(advance) * x.Size / 1000
	}
	return width
}

// within reports what leaves the text block.
func within(t *testing.T, page int, p *typeset.Page) {
	t.Helper()
	const hair = 0.05
	sheet := typeset.A4
	check := func(op typeset.Op, points ...typeset.Point) {
		for _, q := range points {
			x, y := q.X-sheet.Left, q.Y-sheet.Top
			if x < -hair || x > sheet.BlockWidth+hair || y < -hair || y > sheet.BlockHeight+hair {
				t.Errorf("第 %d 面越出版心：%s", page+1, op)
				return
			}
		}
	}
	for _, op := range p.Ops {
		switch op := op.(type) {
		case typeset.Area:
			for _, r := range op.Rings {
				check(op, r...)
			}
		case typeset.Trace:
			check(op, op.Points...)
		case typeset.Rule:
			check(op, typeset.Point{X: op.X1, Y: op.Y1}, typeset.Point{X: op.X2, Y: op.Y2})
		case typeset.Text:
			check(op, typeset.Point{X: op.X, Y: op.Y}, typeset.Point{X: op.X + widthOf(op), Y: op.Y})
		}
	}
}

// The sample's report shows every chart of the site and those that its texts
// place, once each, numbered with the pictures in the order of reading.
func TestChartsOfTheReport(t *testing.T) {
	v := sampleView(t)
	o := withCharts(v)
	asked := map[string]int{}
	find := o.Charts.Find
	o.Charts.Find = func(code string) (*chart.Chart, error) {
		asked[code]++
		return find(code)
	}
	p := paperOf(t, v, o)
	want := map[string]int{}
	for _, code := range o.Charts.All {
		want[code] = 1
	}
	for _, code := range []string{"zongti", "anjian", "shijian-zucheng", "shijian-diqu", "shijian-reli", "gongan-reli", "zeren", "jindu", "zhongdian-sanjia-zhibo"} {
		if want[code] == 0 {
			t.Errorf("没有打算放图 %s", code)
		}
	}
	for _, d := range v.Campaign().Departments {
		if code := o.Charts.Own(d); code != "" {
			want[code] = 1
		}
	}
	for _, i := range v.Campaign().Items {
		for _, ref := range i.Body.References {
			if ref.Kind == campaign.ChartReference && i.Kind == campaign.Narratives && i.Round == v.LatestRound() {
				want[ref.Chart] = 1
			}
		}
	}
	if len(want) < 5 || fmt.Sprint(asked) != fmt.Sprint(want) {
		t.Errorf("画了 %v，应画 %v", asked, want)
	}
	number := regexp.MustCompile(`^图(\d+)　`)
	next, charts := 1, 0
	for _, page := range p.pages {
		shapes := false
		for _, op := range page.Ops {
			switch op := op.(type) {
			case typeset.Area:
				shapes = shapes || op.Rings[0][0].Y < typeset.A4.Top+typeset.A4.BlockHeight // not the code below
			case typeset.Text:
				m := number.FindStringSubmatch(op.Text)
				if m == nil {
					continue
				}
				if m[1] != fmt.Sprint(next) {
					t.Errorf("图%s 之前应有图%d", m[1], next)
				}
				next++
				if shapes {
					charts++
				}
				shapes = false
			}
		}
		if shapes {
			t.Error("有一张图的图题不在同一页")
		}
	}
	if charts != len(want) || next-1 <= charts {
		t.Errorf("%d 张图表有图题，应为 %d 张；共编到图%d", charts, len(want), next-1)
	}
	if strings.Contains(words(p.pages...), "各项数据（中期与终期）项目单位") {
		t.Error("图的数据表还在")
	}
}

// bar is a drawing of one bar.
func bar(height int, label string) *chart.Drawing {
	return &chart.Drawing{Width: 720, Height: height, Marks: []chart.Mark{
		chart.Box{X: 100 * chart.Px, Y: 20 * chart.Px, W: 500 * chart.Px, H: 14 * chart.Px, Color: "#be3029"},
		chart.Label{Text: label, At: chart.Place{Y: 27 * chart.Px}, Size: 13, Color: "#1c2127"},
	}}
}

func drawing(height int, label string) *Charts {
	return &Charts{
		Find: func(string) (*chart.Chart, error) {
			return &chart.Chart{Title: "各县比较", Summary: "东乡县最多。", Head: []string{"县", "立案"}, Rows: [][]string{{"东乡县", "10"}}}, nil
		},
		Draw: func(*chart.Chart, int) *chart.Drawing { return bar(height, label) },
	}
}

// A drawing, its caption and its note stand on one page, wherever it comes to
// lie.
func TestCaptionStaysWithItsChart(t *testing.T) {
	for height := 390; height < 440; height += 6 {
		sketch := sketchOf(bar(height, "东乡县"))
		for lines := range 30 {
			var blocks []typeset.Block
			for range lines {
				blocks = append(blocks, &typeset.Paragraph{Runs: []typeset.Run{{Text: "正文", Style: body}}})
			}
			blocks = append(blocks, &typeset.Picture{
				Sketch: sketch, Caption: []typeset.Run{{Text: "图题", Style: small}}, Note: []typeset.Run{{Text: "注：说明", Style: small}},
				Space: tableSpace, Lead: smallLead,
			})
			layout, err := typeset.Compose(typeset.NewSetter(typeset.A4, fonts(), nil), blocks)
			if err != nil {
				t.Fatal(err)
			}
			for i, p := range layout.Pages {
				within(t, i, p)
				text := words(p)
				has := strings.Contains(text, "东乡县")
				area := slices.ContainsFunc(p.Ops, func(op typeset.Op) bool { _, ok := op.(typeset.Area); return ok })
				if has != area || has != strings.Contains(text, "图题") || has != strings.Contains(text, "注：说明") {
					t.Errorf("前面有 %d 行时，第 %d 页上只有一部分：%s", lines, i+1, text)
				}
			}
		}
	}
}

// placing returns the small campaign with a chart in its first narrative.
func placing(t *testing.T, codes ...string) *release.View {
	t.Helper()
	marks := ""
	for _, c := range codes {
		marks += "{{图:" + c + "}}\n\n"
	}
	narrative := strings.Replace(fileOf(t, "content/narratives/q2/nongye.md"), "{{表:农业农村局}}", marks, 1)
	return publicView(t, map[string]string{"content/narratives/q2/nongye.md": narrative})
}

func TestChartIsPrintedOnce(t *testing.T) {
	o := Options{Charts: drawing(80, "东乡县")}
	o.Charts.Own = func(d *campaign.Department) string {
		if d.Code == "shangwu" {
			return ""
		}
		return d.Code + "-bijiao"
	}
	text := words(paperOf(t, placing(t, "nongye-bijiao", "nongye-bijiao"), o).pages...)
	if n := strings.Count(text, "各县比较注：东乡县最多。"); n != 2 {
		t.Errorf("图印了 %d 次，应在农业农村局和公安局各一次", n)
	}
	for _, want := range []string{"图1各县比较", "（见图1。）", "图2各县比较", "图3检查人员", "图4标签的样子"} {
		if !strings.Contains(text, want) {
			t.Errorf("没有“%s”", want)
		}
	}
}

// A label gets its characters where the document does, and one that no font
// has is told with the line that asks for the chart.
func TestLabelsOfCharts(t *testing.T) {
	v := placing(t, "bijiao")
	text := words(paperOf(t, v, Options{Charts: drawing(80, "㛃县与𬭎县 <b>")}).pages...)
	if !strings.Contains(text, "㛃县与𬭎县<b>") {
		t.Error("图里的字不全")
	}
	for want, o := range map[string]Options{
		"（U+1F33E）":      {Charts: drawing(80, "\U0001F33E")},
		"图“bijiao”：画不出来": {Charts: &Charts{Find: func(string) (*chart.Chart, error) { return nil, errors.New("画不出来") }}},
	} {
		err := writeReport(&bytes.Buffer{}, v, o)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "content/narratives/q2/nongye.md:") {
			t.Errorf("错误是 %v，应有 %s", err, want)
		}
	}
}

// A chart that would be too small to read on one page comes as its table.
func TestChartTooHighForAPage(t *testing.T) {
	o := Options{Charts: drawing(3000, "东乡县")}
	if text := words(paperOf(t, placing(t, "bijiao"), o).pages...); !strings.Contains(text, "各县比较县立案东乡县10") {
		t.Error("太高的图没有换成表")
	}
}

func TestInksOfThePrinter(t *testing.T) {
	for in, want := range map[typeset.Color]typeset.Color{
		{R: 0x1c, G: 0x21, B: 0x27}: typeset.Black,
		{R: 0x56, G: 0x60, B: 0x6b}: {R: 94, G: 94, B: 94},
		{R: 0xd3, G: 0xd8, B: 0xde}: {R: 215, G: 215, B: 215},
		{R: 0xbe, G: 0x30, B: 0x29}: {R: 0xbe, G: 0x30, B: 0x29},
		{R: 237, G: 243, B: 250}:    {R: 237, G: 243, B: 250}, // a light blue tint
		{R: 255, G: 255, B: 255}:    {R: 255, G: 255, B: 255},
	} {
		if got := ofPrinter(in); got != want {
			t.Errorf("%s 印成 %s，应为 %s", in, got, want)
		}
	}
}
