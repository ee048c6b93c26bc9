package pdf

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// formalPages sets what a writer of the small campaign is told to write.
func formalPages(t *testing.T, write func(*writer)) []*typeset.Page {
	t.Helper()
	v := publicView(t, nil)
	w := newWriter(v, stats.Of(v), Options{}, &Paper{})
	w.setter = typeset.NewSetter(typeset.A4, fonts(), nil)
	write(w)
	l, err := typeset.Compose(typeset.NewSetter(typeset.A4, fonts(), nil), w.blocks)
	if err != nil {
		t.Fatal(err)
	}
	return l.Pages
}

// square is a text with the edges of its characters' squares, in points from
// the text block's upper left corner.
type square struct {
	typeset.Text
	left, right, top, bottom float64
}

func squares(p *typeset.Page) []square {
	var list []square
	for _, op := range p.Ops {
		if x, ok := op.(typeset.Text); ok {
			s := square{Text: x, left: x.X - typeset.A4.Left, top: x.Y - 0.88*x.Size - typeset.A4.Top, bottom: x.Y + 0.12*x.Size - typeset.A4.Top}
			s.right = s.left
			chars := []rune(x.Text)
			for i, r := range chars {
				_, advance, _ := x.Font.Glyph(r)
				s.right += float64(advance) * x.Size / 1000
				if i < len(chars)-1 {
					s.right += x.Spacing
				}
			}
			list = append(list, s)
		}
	}
	return list
}

// line joins the squares of one baseline; it is the one that starts with text.
func lineOf(t *testing.T, pages []*typeset.Page, text string) (square, int) {
	t.Helper()
	for n, p := range pages {
		var joined square
		for _, s := range squares(p) {
			if joined.Text.Text != "" && joined.Y == s.Y {
				joined.Text.Text += s.Text.Text
				joined.right = s.right
				continue
			}
			if strings.HasPrefix(joined.Text.Text, text) {
				return joined, n
			}
			joined = s
		}
		if strings.HasPrefix(joined.Text.Text, text) {
			return joined, n
		}
	}
	t.Fatalf("没有以“%s”开头的行", text)
	return square{}, 0
}

func rulesOf(p *typeset.Page) []typeset.Rule {
	var list []typeset.Rule
	for _, op := range p.Ops {
		if r, ok := op.(typeset.Rule); ok {
			list = append(list, r)
		}
	}
	return list
}

// near tells a measure that is not within a tenth of a millimetre.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.1*typeset.Millimetre {
		t.Errorf("%s是 %.2f 毫米，应为 %.2f 毫米", what, got/typeset.Millimetre, want/typeset.Millimetre)
	}
}

const mm = typeset.Millimetre

func TestSignatureStandsAsTheStandardSays(t *testing.T) {
	pitch, lead := typeset.A4.Pitch(), typeset.A4.Lead()
	date := campaign.Date{Year: 2031, Month: 9, Day: 21}
	for _, c := range []struct {
		name   string
		issuer string
	}{{"署名长", "临江市人民政府办公室农业农村局"}, {"署名短", "县海关"}} {
		t.Run(c.name, func(t *testing.T) {
			pages := formalPages(t, func(w *writer) {
				w.paragraph("特此通知。", body)
				w.attachmentList("任务清单", "一个名称很长很长的附件因而非要回行不可的联系人名单和登记表")
				w.signature([]string{c.issuer}, date)
			})
			text, _ := lineOf(t, pages, "特此")
			attached, _ := lineOf(t, pages, "附件：1. 任务")
			near(t, "附件说明在正文下空一行", attached.Y-text.Y, 2*lead)
			near(t, "附件说明左空二字", attached.left, 2*pitch)
			second, _ := lineOf(t, pages, "2. 一个名称")
			near(t, "序号对齐", second.left, 5*pitch)
			name, _ := lineOf(t, pages, c.issuer)
			day, _ := lineOf(t, pages, "2031年9月21日")
			near(t, "日期比署名右移二字", day.left-name.left, 2*pitch)
			if c.name == "署名长" {
				near(t, "署名右空二字", 156*mm-name.right, 2*pitch)
			} else {
				near(t, "日期右空二字", 156*mm-day.right, 2*pitch)
			}
			near(t, "日期在署名下一行", day.Y-name.Y, lead)
		})
	}
	// The second line of a long name starts below the first character of the name.
	pages := formalPages(t, func(w *writer) {
		w.attachmentList("一个名称很长很长的附件因而非要回行不可的联系人名单和登记表")
	})
	var lines []square
	for _, s := range squares(pages[0]) {
		if s.Text.Text != "附件：" {
			lines = append(lines, s)
		}
	}
	if len(lines) < 2 {
		t.Fatalf("没有回行：%v", lines)
	}
	near(t, "回行对齐附件名称首字", lines[len(lines)-1].left, 5*pitch)
	near(t, "附件名称", lines[0].left, 5*pitch)
}

// Wherever the text ends, the signature has lines of it on its page.
func TestSignatureNeverStandsAlone(t *testing.T) {
	for n := 1; n < 60; n++ {
		pages := formalPages(t, func(w *writer) {
			w.heading(1, "总体要求", "")
			w.paragraph(strings.Repeat("正", 28*n-9), body)
			w.attachmentList("清单", "名单")
			w.signature([]string{"临江市农业农村局", "临江市公安局"}, campaign.Date{Year: 2031, Month: 9, Day: 21})
		})
		day, page := lineOf(t, pages, "2031年")
		_, first := lineOf(t, pages, "临江市农")
		_, attached := lineOf(t, pages, "附件：")
		lines := 0
		for _, s := range squares(pages[page]) {
			if strings.HasPrefix(s.Text.Text, "正") {
				lines++
			}
		}
		if page != len(pages)-1 || first != page || attached != page || lines < min(n, 2) || day.bottom > 225*mm {
			t.Errorf("%d 行的正文：日期在第 %d 页，署名在第 %d 页，附件说明在第 %d 页，该页正文 %d 行", n, page+1, first+1, attached+1, lines)
		}
	}
}

// The page of GB/T 9704-2012 (5.2, 6.1, 7.5), measured on what is drawn: margins,
// 22 lines of 28 characters, the page number.
func TestPageGeometry(t *testing.T) {
	var dresser *writer
	pages := formalPages(t, func(w *writer) {
		w.paragraph(strings.Repeat("监", 28*22*2-2), body)
		dresser = w
	})
	if len(pages) != 2 {
		t.Fatalf("%d 页", len(pages))
	}
	dresser.dress(typeset.NewSetter(typeset.A4, fonts(), nil), &sheets{pages: pages})
	sheet := typeset.A4
	near(t, "纸宽", sheet.Width, 210*mm)
	near(t, "纸高", sheet.Height, 297*mm)
	near(t, "订口", sheet.Left, 28*mm)
	near(t, "天头", sheet.Top, 37*mm)
	for n, page := range pages {
		var lines []typeset.Text
		for _, op := range page.Ops {
			if x, ok := op.(typeset.Text); ok && strings.Contains(x.Text, "监") {
				lines = append(lines, x)
			}
		}
		if len(lines) != 22 {
			t.Fatalf("第 %d 页有 %d 行", n+1, len(lines))
		}
		for i, x := range lines {
			first, count := 0.0, 28
			if n == 0 && i == 0 {
				first, count = 2, 26
			}
			if got := len([]rune(x.Text)); got != count {
				t.Errorf("第 %d 页第 %d 行有 %d 字", n+1, i+1, got)
			}
			near(t, "字距", x.Size+x.Spacing, 156*mm/28)
			near(t, "行首", x.X, 28*mm+first*156*mm/28)
			near(t, "行的中线", x.Y-0.38*16, 37*mm+(float64(i)+0.5)*225*mm/22)
		}
		number := lastText(page)
		near(t, "一字线在版心下边缘下 7 毫米", number.Y-14.0/3, (37+225+7)*mm)
		if want := fmt.Sprintf("— %d —", n+1); number.Text != want || number.Size != 14 || !strings.HasPrefix(number.Font.Name(), "NotoSerifSC") {
			t.Errorf("页码是 %v", number)
		}
		own := squares(&typeset.Page{Ops: []typeset.Op{number}})[0]
		if n == 1 {
			near(t, "双页页码左空一字", own.left, 14)
		} else {
			near(t, "单页页码右空一字", 156*mm-own.right, 14)
		}
	}
}
