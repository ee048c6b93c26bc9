package svg

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/pdf/typeset"
)

var update = flag.Bool("update", false, "write testdata/*.marks anew")

// sketchOf reads what stands in a drawing of 100 × 100.
func sketchOf(t *testing.T, inside string) *typeset.Sketch {
	t.Helper()
	s, err := Sketch(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">` + inside + `</svg>`)
	if err != nil {
		t.Fatalf("%s\n%v", inside, err)
	}
	return s
}

func marksOf(s *typeset.Sketch) string {
	var lines []string
	for _, m := range s.Marks {
		lines = append(lines, m.String())
	}
	return strings.Join(lines, "\n")
}

func areasOf(s *typeset.Sketch) []typeset.Area {
	var list []typeset.Area
	for _, m := range s.Marks {
		if a, ok := m.(typeset.Area); ok {
			list = append(list, a)
		}
	}
	return list
}

// covered is how much an area covers, holes taken off.
func covered(a typeset.Area) float64 {
	sum := 0.0
	for _, r := range a.Rings {
		sum += math.Abs(area(r))
	}
	return sum
}

// The marks of three drawings, for eyes and for diffs.
func TestGoldenMarks(t *testing.T) {
	files, err := filepath.Glob("testdata/*.svg")
	if err != nil || len(files) != 3 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s, err := Sketch(string(text))
			if err != nil {
				t.Fatal(err)
			}
			got := marksOf(s) + "\n"
			golden := strings.TrimSuffix(file, ".svg") + ".marks"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("变了（确认无误后用 -update 更新）：\n%s", got)
			}
			if again, _ := Sketch(string(text)); marksOf(again)+"\n" != got {
				t.Error("再读一遍不一样")
			}
			count(t, string(text), s)
		})
	}
}

var (
	definitions = regexp.MustCompile(`(?s)<defs.*?</defs>`)
	filled      = regexp.MustCompile(`<(?:path|rect|circle|ellipse|polygon)[^>]* fill="(?:#|url)[^>]*>`)
	lined       = regexp.MustCompile(`<(?:path|rect|circle|polyline|line)[^>]* stroke="#[^>]*>`)
	unseen      = regexp.MustCompile(` (?:fill-opacity|stroke-opacity|stroke-width|opacity)="0"`)
	written     = regexp.MustCompile(`<text[^>]*>([^<]+)</text>`)
)

// count compares the marks with what a search through the text of the SVG
// finds.
func count(t *testing.T, text string, s *typeset.Sketch) {
	t.Helper()
	text = definitions.ReplaceAllString(text, "")
	visible := func(list []string) int {
		return len(slices.DeleteFunc(list, unseen.MatchString))
	}
	areas, traces := 0, 0
	var words []string
	for _, m := range s.Marks {
		switch m := m.(type) {
		case typeset.Area:
			areas++
		case typeset.Trace:
			traces++
		case typeset.Label:
			words = append(words, m.Text)
		}
	}
	if want := visible(filled.FindAllString(text, -1)); areas != want {
		t.Errorf("填色形状有 %d 个，SVG 里有 %d 个", areas, want)
	}
	if want := visible(lined.FindAllString(text, -1)); traces != want {
		t.Errorf("线有 %d 条，SVG 里有 %d 条", traces, want)
	}
	var want []string
	for _, m := range written.FindAllStringSubmatch(text, -1) {
		want = append(want, m[1])
	}
	if !slices.Equal(words, want) || len(words) == 0 {
		t.Errorf("文字是 %q，SVG 里是 %q", words, want)
	}
}

func TestShapes(t *testing.T) {
	for _, c := range []struct{ name, svg, want string }{
		{"矩形", `<rect x="10" y="20" width="30" height="40" fill="#102030"/>`, "area #102030 10.00,20.00 40.00,20.00 40.00,60.00 10.00,60.00"},
		{"没有宽度的矩形", `<rect x="10" y="20" width="0" height="40"/>`, ""},
		{"没说颜色是黑", `<polygon points="1,1 9,1 9,9"/>`, "area #000000 1.00,1.00 9.00,1.00 9.00,9.00"},
		{"相对命令", `<path d="M10 20l30 0l0 40l-30 0Z" fill="#102030"/>`, "area #102030 10.00,20.00 40.00,20.00 40.00,60.00 10.00,60.00"},
		{"横竖命令", `<path d="M10 20H40V60h-30z" fill="#102030"/>`, "area #102030 10.00,20.00 40.00,20.00 40.00,60.00 10.00,60.00"},
		{"移动后的点是线", `<path d="m10 20 30 0 0 40-30 0" fill="#102030"/>`, "area #102030 10.00,20.00 40.00,20.00 40.00,60.00 10.00,60.00"},
		{"闭合后从起点再画", `<path d="M10 10l5 0l0 5Zl-5 0l0-5Z" fill="none" stroke="#000000"/>`,
			"trace #000000 width 1 closed 10.00,10.00 15.00,10.00 15.00,15.00\ntrace #000000 width 1 closed 10.00,10.00 5.00,10.00 5.00,5.00"},
		{"线和线宽", `<line x1="1" y1="2" x2="3" y2="4" stroke="#ff0000" stroke-width="2"/>`, "trace #ff0000 width 2 1.00,2.00 3.00,4.00"},
		{"折线不闭合", `<polyline points="1,1 9,1 9,9" fill="none" stroke="#000000"/>`, "trace #000000 width 1 1.00,1.00 9.00,1.00 9.00,9.00"},
		{"线宽零", `<path d="M1 1L9 9" fill="none" stroke="#000000" stroke-width="0"/>`, ""},
		{"看不见", `<path d="M1 1L9 9L9 1Z" fill="#000000" fill-opacity="0"/>`, ""},
		{"透明落在白纸上", `<path d="M1 1L9 9L9 1Z" fill="#0000ff" fill-opacity="0.5"/>`, "area #8080ff 1.00,1.00 9.00,9.00 9.00,1.00"},
		{"组的透明相乘", `<g opacity="0.5"><path d="M1 1L9 9L9 1Z" fill="#0000ff" opacity="0.5"/></g>`, "area #bfbfff 1.00,1.00 9.00,9.00 9.00,1.00"},
		{"平移和放大", `<g transform="translate(10 20)"><path d="M0 0L2 0L2 2Z" transform="matrix(5,0,0,5,1,1)" stroke="#000000"/></g>`,
			"area #000000 11.00,21.00 21.00,21.00 21.00,31.00\ntrace #000000 width 5 closed 11.00,21.00 21.00,21.00 21.00,31.00"},
		{"旋转", `<rect x="0" y="-10" width="20" height="10" transform="translate(50,50) rotate(90)" fill="#010101"/>`, "area #010101 60.00,50.00 60.00,70.00 50.00,70.00 50.00,50.00"},
		{"绕点旋转", `<path d="M10 0L20 0L20 5Z" transform="rotate(180 20 20)scale(1)"/>`, "area #000000 30.00,40.00 20.00,40.00 20.00,35.00"},
		{"画面以外的切掉", `<rect x="-10" y="90" width="30" height="30" fill="#010101"/>`, "area #010101 0.00,90.00 20.00,90.00 20.00,100.00 0.00,100.00"},
		{"线也切", `<path d="M-10 50L50 50L50 150L60 150L60 50" fill="none" stroke="#000000"/>`,
			"trace #000000 width 1 0.00,50.00 50.00,50.00 50.00,100.00\ntrace #000000 width 1 60.00,100.00 60.00,50.00"},
		{"裁剪相交", `<defs><clipPath id="a"><rect width="50" height="50"/></clipPath><clipPath id="b"><path d="M0 0l30 0l0 30l-30 0Z" transform="translate(40 40)"/></clipPath></defs>
			<g clip-path="url(#a)"><g clip-path="url(#b)"><rect width="100" height="100" fill="#010101"/></g></g>`, "area #010101 50.00,40.00 50.00,50.00 40.00,50.00 40.00,40.00"},
		{"虚线", `<path d="M0 10L10 10L10 20" fill="none" stroke="#000000" stroke-dasharray="4,4"/>`,
			"trace #000000 width 1 0.00,10.00 4.00,10.00\ntrace #000000 width 1 8.00,10.00 10.00,10.00 10.00,12.00\ntrace #000000 width 1 10.00,16.00 10.00,20.00"},
		{"虚线错开", `<path d="M0 10L10 10" fill="none" stroke="#000000" stroke-dasharray="4" stroke-dashoffset="2"/>`,
			"trace #000000 width 1 0.00,10.00 2.00,10.00\ntrace #000000 width 1 6.00,10.00 10.00,10.00"},
		{"方头的线", `<path d="M10 10L20 10" fill="none" stroke="#000000" stroke-width="4" stroke-linecap="square"/>`, "trace #000000 width 4 8.00,10.00 22.00,10.00"},
		{"文字居中落基线", `<text x="50" y="10" dominant-baseline="central" text-anchor="middle" font-size="10" fill="#1c2127">甲&lt;乙</text>`, `label 10 #1c2127 at 50.00,13.70 center "甲<乙"`},
		{"文字缩放", `<g transform="translate(5 5) scale(2)"><text x="1" y="1" font-size="6" text-anchor="end">丙</text></g>`, `label 12 #000000 at 7.00,7.00 right "丙"`},
		{"标题不画", `<title>题</title><desc>说明</desc>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := marksOf(sketchOf(t, c.svg)); got != c.want {
				t.Errorf("画成\n%s\n应为\n%s", got, c.want)
			}
		})
	}
}

// Curves enclose what they should, whichever way they are told.
func TestCurves(t *testing.T) {
	disc := math.Pi * 20 * 20
	for name, c := range map[string]struct {
		svg  string
		area float64
	}{
		"圆":     {`<circle cx="50" cy="50" r="20"/>`, disc},
		"椭圆":    {`<ellipse cx="50" cy="50" rx="40" ry="10"/>`, disc},
		"两段弧":   {`<path d="M30 50A20 20 0 1 1 70 50A20 20 0 1 1 30 50Z"/>`, disc},
		"旗标连写":  {`<path d="M30 50A20 20 0 1170 50A20 20 0 1 1 30 50Z"/>`, disc},
		"小弧":    {`<path d="M50 50L70 50A20 20 0 0 1 50 70Z"/>`, disc / 4},
		"反向大弧":  {`<path d="M50 50L70 50A20 20 0 1 0 50 70Z"/>`, disc * 3 / 4},
		"相对弧":   {`<path d="M50 50l20 0a20 20 0 0 1 -20 20z"/>`, disc / 4},
		"半径太小":  {`<path d="M30 50A1 1 0 0 1 70 50Z"/>`, disc / 2},
		"斜椭圆":   {`<path d="M30 50A40 10 90 0 1 50 50Z"/>`, math.Pi * 40 * 10 / 2},
		"贝塞尔":   {`<path d="M30 50C30 38.954 38.954 30 50 30C61.046 30 70 38.954 70 50Z"/>`, disc / 2},
		"放大的圆":  {`<circle r="1" transform="matrix(20,0,0,20,50,50)"/>`, disc},
		"圆角矩形":  {`<rect x="10" y="10" width="60" height="50" rx="10"/>`, 3000 - 400 + math.Pi*100},
		"圆环":    {`<path d="M70 50A20 20 0 1 1 30 50A20 20 0 1 1 70 50ZM60 50A10 10 0 1 0 40 50A10 10 0 1 0 60 50Z"/>`, disc * 3 / 4},
		"奇偶的圆环": {`<path fill-rule="evenodd" d="M70 50A20 20 0 1 1 30 50A20 20 0 1 1 70 50ZM60 50A10 10 0 1 1 40 50A10 10 0 1 1 60 50Z"/>`, disc * 3 / 4},
	} {
		t.Run(name, func(t *testing.T) {
			areas := areasOf(sketchOf(t, c.svg))
			if len(areas) != 1 || len(areas[0].Rings) != 1 {
				t.Fatalf("%d 个形状", len(areas))
			}
			if name == "斜椭圆" {
				for _, p := range areas[0].Rings[0] {
					if (p.X-40)*(p.X-40)/100+(p.Y-50)*(p.Y-50)/1600 > 1.01 {
						t.Errorf("%v 在椭圆外", p)
					}
				}
			}
			if got := covered(areas[0]); math.Abs(got-c.area) > c.area*0.005 {
				t.Errorf("面积 %.1f，应为 %.1f", got, c.area)
			}
		})
	}
}

// Rings that lie apart stay apart: a bridge between them would be seen.
func TestRingsApart(t *testing.T) {
	areas := areasOf(sketchOf(t, `<path d="M0 0l10 0l0 10l-10 0ZM50 50l10 0l0 10l-10 0ZM52 52l0 6l6 0l0-6Z"/>`))
	if len(areas) != 1 || len(areas[0].Rings) != 2 || math.Abs(covered(areas[0])-164) > 0.01 {
		t.Errorf("%v", areas)
	}
}

const stripes = `<defs><pattern id="p" width="1" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><g>
	<path d="M0 -6l1 0l0 2l-1 0Z" fill="#ffffff"/><path d="M0 0l1 0l0 2l-1 0Z" fill="#ffffff"/><path d="M1 0l1 0l0 2l-1 0Z" fill="#ffffff"/></g></pattern></defs>`

// Stripes lie in their bar and nowhere else, one piece each, and take the part
// of it that the pattern says.
func TestHatch(t *testing.T) {
	for name, shape := range map[string]struct {
		svg  string
		area float64
	}{
		"条形":  {`<rect x="10" y="20" width="80" height="12" fill="url(#p)"/>`, 960},
		"圆":   {`<circle cx="50" cy="50" r="30" fill="url(#p)"/>`, math.Pi * 900},
		"移动的": {`<path d="M0 0l50 0l0 50l-50 0Z" transform="translate(25 25)" fill="url(#p)"/>`, 2500},
	} {
		t.Run(name, func(t *testing.T) {
			areas := areasOf(sketchOf(t, stripes+shape.svg))
			plain := areasOf(sketchOf(t, strings.Replace(shape.svg, "url(#p)", "#000000", 1)))
			if len(areas) != 1 || areas[0].Color != (typeset.Color{R: 255, G: 255, B: 255}) {
				t.Fatalf("%v", areas)
			}
			bar := boundsOf(plain[0].Rings[0])
			for _, r := range areas[0].Rings {
				if b := boundsOf(r); b.and(bar) != b {
					t.Errorf("%v 越出 %v", b, bar)
				}
			}
			if got := covered(areas[0]); math.Abs(got-shape.area/3) > shape.area*0.02 {
				t.Errorf("条纹占 %.1f，应为 %.1f", got, shape.area/3)
			}
			width := (bar.x1 - bar.x0 + bar.y1 - bar.y0) / math.Sqrt2
			if n := float64(len(areas[0].Rings)); n > width/6+2 || n < width/12 {
				t.Errorf("条纹有 %.0f 条", n)
			}
		})
	}
	dots := `<defs><pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse"><rect x="3" y="3" width="4" height="4" fill="#ff0000"/></pattern></defs>`
	areas := areasOf(sketchOf(t, dots+`<rect x="0" y="0" width="40" height="15" fill="url(#p)"/>`))
	if len(areas) != 1 || len(areas[0].Rings) != 8 || math.Abs(covered(areas[0])-4*16-4*8) > 0.01 {
		t.Errorf("点纹：%v", areas)
	}
}

func TestGradient(t *testing.T) {
	areas := areasOf(sketchOf(t, `<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="0"><stop offset="0%" stop-color="#ff0000"/><stop offset="1" stop-color="#0000ff"/></linearGradient></defs>
		<rect x="10" y="10" width="80" height="20" fill="url(#g)"/>`))
	if len(areas) != bands {
		t.Fatalf("%d 条色带", len(areas))
	}
	first, last := areas[0], areas[len(areas)-1]
	if first.Color.R < 250 || last.Color.B < 250 || first.Rings[0][0].X != 10 {
		t.Errorf("从 %v 到 %v", first, last)
	}
}

// What is not known is named, wherever it stands.
// Transparent inks come out opaque, as they look on what lies below them.
func TestTransparentInks(t *testing.T) {
	under := `<rect x="10" y="10" width="40" height="40" fill="#000000"/><rect x="20" y="20" width="20" height="20" fill="#0000ff"/>`
	s := sketchOf(t, under+`<g opacity="0.5"><rect x="0" y="20" width="30" height="20" fill="#ff0000" fill-opacity="0.5"/></g>`)
	want := []string{
		"area #000000 10.00,10.00 50.00,10.00 50.00,50.00 10.00,50.00",
		"area #0000ff 20.00,20.00 40.00,20.00 40.00,40.00 20.00,40.00",
		"area #ffbfbf 0.00,20.00 30.00,20.00 30.00,40.00 0.00,40.00", // on white
		"area #400000 10.00,20.00 30.00,20.00 30.00,40.00 10.00,40.00",
		"area #4000bf 20.00,20.00 30.00,20.00 30.00,40.00 20.00,40.00",
	}
	if got := marksOf(s); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	for in, want := range map[string]string{
		`<path d="M0 0L9 9" fill="none" stroke="#000000" stroke-opacity="0.5"/>`:     "trace #808080",
		`<text x="1" y="1" font-size="9" fill="#000000" fill-opacity="0.5">字</text>`: "label 9 #808080",
	} {
		if got := marksOf(sketchOf(t, in)); !strings.HasPrefix(got, want) {
			t.Errorf("%s\ngot %s, want %s", in, got, want)
		}
	}
	hollow := `<path fill-rule="evenodd" d="M0 0H40V40H0ZM10 10H30V30H10Z" fill="#ff0000" fill-opacity="0.5"/>`
	if got := areasOf(sketchOf(t, under+hollow)); len(got) != 5 {
		t.Errorf("%d areas", len(got))
	}
	if _, err := Sketch(`<svg viewBox="0 0 100 100">` + strings.Repeat(hollow, 2) + `</svg>`); err == nil {
		t.Error("two hollow shapes over each other")
	}
}

func TestUnknownIsNamed(t *testing.T) {
	for name, c := range map[string]struct{ svg, want string }{
		"元素":    {`<g><image href="a.png"/></g>`, "<image>"},
		"定义里":   {`<defs><filter id="f"/></defs>`, "<filter>"},
		"没用到的":  {`<defs><radialGradient id="f"/></defs>`, "<radialGradient>"},
		"裁剪里":   {`<defs><clipPath id="f"><use/></clipPath></defs>`, "<use>"},
		"属性":    {`<rect width="1" height="1" filter="url(#f)"/>`, "filter=“url(#f)”"},
		"样式":    {`<rect width="1" height="1" style="fill:red"/>`, "style=“fill:red”"},
		"颜色":    {`<rect width="1" height="1" fill="hotpink"/>`, "hotpink"},
		"线的颜色":  {`<rect width="1" height="1" stroke="var(--x)"/>`, "var(--x)"},
		"填充":    {`<rect width="1" height="1" fill="url(#no)"/>`, "url(#no)"},
		"裁剪":    {`<g clip-path="url(#no)"/>`, "url(#no)"},
		"裁剪不方":  {`<defs><clipPath id="c"><circle r="9"/></clipPath></defs><g clip-path="url(#c)"/>`, "<circle>"},
		"路径命令":  {`<path d="M0 0S1 1 2 2"/>`, "命令 S"},
		"缺数值":   {`<path d="M0 0L1"/>`, "命令 L"},
		"变换":    {`<g transform="skewX(20)"/>`, "skewX"},
		"坏变换":   {`<g transform="scale(a)"/>`, "scale(a)"},
		"数":     {`<rect width="很宽" height="1"/>`, "很宽"},
		"转向的文字": {`<text font-size="9" transform="rotate(90)">纵轴</text>`, "纵轴"},
		"字里的元素": {`<text font-size="9">甲<tspan>乙</tspan></text>`, "<tspan>"},
		"对齐":    {`<text font-size="9" dominant-baseline="hanging">甲</text>`, "hanging"},
		"没有字号":  {`<text>甲</text>`, "字号"},
		"规则":    {`<path d="M0 0L9 9L0 9Z" fill-rule="odd"/>`, "odd"},
		"花纹单位":  {`<defs><pattern id="p" width="1" height="1"/></defs><rect width="9" height="9" fill="url(#p)"/>`, "patternUnits"},
		"花纹凹形":  {`<defs><pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><path d="M0 0L9 0L4 4L0 9Z"/></pattern></defs><rect width="9" height="9" fill="url(#p)"/>`, "凹"},
		"控制字符":  {"<text font-size=\"9\">\x01</text>", "U+0001"},
		"没有写完":  {`<g>`, "svg"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Sketch(`<svg viewBox="0 0 100 100">` + c.svg + `</svg>`)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("错误是 %v，应说到 %s", err, c.want)
			}
		})
	}
	for _, text := range []string{"", "<html/>", `<svg/>`, `<svg viewBox="0 0 0 9"/>`} {
		if _, err := Sketch(text); err == nil {
			t.Errorf("%q 没有错误", text)
		}
	}
}

func BenchmarkSketch(b *testing.B) {
	text, err := os.ReadFile("testdata/gongan-bijiao.svg")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Sketch(string(text)); err != nil {
			b.Fatal(err)
		}
	}
}
