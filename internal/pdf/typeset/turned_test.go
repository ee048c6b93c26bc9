package typeset

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// wide is a table of counties by indicators: a head in two rows, the first of
// which groups the columns by fours.
func wide(columns, rows int) *Table {
	t := &Table{
		Columns: []Column{{Heads: true}}, Continued: runsOf("续表"), Size: 12, Lead: 18, Pad: 3,
		Head: []Row{{{Runs: small("县"), RowSpan: 2}}, nil},
	}
	for i := range columns {
		t.Columns = append(t.Columns, Column{Align: Right})
		if i%4 == 0 {
			t.Head[0] = append(t.Head[0], Cell{Runs: small(fmt.Sprintf("部门%d", i/4)), ColSpan: min(4, columns-i)})
		}
		t.Head[1] = append(t.Head[1], Cell{Runs: small(fmt.Sprintf("项目%02d", i))})
	}
	for r := range rows {
		row := Row{{Runs: small(fmt.Sprintf("县%02d", r))}}
		for i := range columns {
			row = append(row, Cell{Runs: small(fmt.Sprintf("%d", 10000+100*r+i))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func small(text string) []Run { return []Run{{Text: text, Style: Style{Size: 12}}} }

// onSheets reports texts and rules that leave the block of their page.
func onSheets(t *testing.T, pages []*Page) {
	t.Helper()
	const hair = 0.05
	for i, p := range pages {
		sheet := A4.Of(p)
		left, top := sheet.Left-hair, sheet.Top-hair
		right, bottom := sheet.Left+sheet.BlockWidth+hair, sheet.Top+sheet.BlockHeight+hair
		for _, op := range p.Ops {
			switch op := op.(type) {
			case Text:
				if to := endOf(op); op.X < left || to > right || op.Y < top || op.Y > bottom {
					t.Errorf("第 %d 页的文字越出版心：%v 到 %.2f", i+1, op, to)
				}
			case Rule:
				if op.X1 < left || op.X2 > right || op.Y1 < top || op.Y2 > bottom {
					t.Errorf("第 %d 页的线越出版心：%v", i+1, op)
				}
			}
		}
	}
}

func endOf(x Text) float64 {
	to := x.X
	for k, r := range []rune(x.Text) {
		_, advance, _ := x.Font.Glyph(r)
		if to += float64(advance) * x.Size / 1000; k > 0 {
			to += x.Spacing
		}
	}
	return to
}

func pageText(p *Page) string {
	var b strings.Builder
	for _, op := range p.Ops {
		if x, ok := op.(Text); ok {
			b.WriteString(x.Text)
		}
	}
	return b.String()
}

// A table that an upright page cannot hold turns the page, with its caption;
// the text after it goes before it, so that no page is left half empty.
func TestWideTableTurnsThePage(t *testing.T) {
	l := compose(t, numbered(1, 5),
		&Paragraph{Runs: runsOf("题"), KeepWithNext: true}, wide(12, 8), Gap{Height: 8},
		numbered(2, 3))
	onSheets(t, l.Pages)
	if len(l.Pages) != 3 || l.Pages[0].Turned || !l.Pages[1].Turned || l.Pages[2].Turned {
		t.Fatalf("%d 页", len(l.Pages))
	}
	text := pageText(l.Pages[1])
	for _, want := range []string{"题", "部门0部门1部门2", "项目11", "1000010001"} {
		if !strings.Contains(text, want) {
			t.Errorf("横排页上没有“%s”：%s", want, text)
		}
	}
	// Without a caption of its own the table lets text go first.
	l = compose(t, numbered(1, 5), wide(12, 8), Gap{Height: 8}, numbered(2, 15), numbered(3, 9))
	if len(l.Pages) != 3 || !l.Pages[1].Turned || !strings.Contains(pageText(l.Pages[0]), "P2") || !strings.Contains(pageText(l.Pages[2]), "P3") {
		t.Errorf("%d 页，首页 %s", len(l.Pages), pageText(l.Pages[0]))
	}
	// A narrow one does not turn, and a wide one at the end leaves no empty page.
	if l = compose(t, wide(8, 3)); len(l.Pages) != 1 || l.Pages[0].Turned {
		t.Error("不宽的表也横排了")
	}
	if l = compose(t, wide(12, 3)); len(l.Pages) != 1 || !l.Pages[0].Turned {
		t.Errorf("末尾的横排表排了 %d 页", len(l.Pages))
	}
}

// Headings stand on the page of what follows them, turned or not.
func TestHeadingTurnsWithItsTable(t *testing.T) {
	l := compose(t, numbered(1, 5), &Paragraph{Runs: runsOf("标题"), Align: Left, Heading: &Bookmark{Level: 2, Title: "标题"}}, wide(12, 40))
	onSheets(t, l.Pages)
	if len(l.Pages) < 3 || l.Bookmarks[0].Page != 1 || !strings.HasPrefix(pageText(l.Pages[1]), "标题") {
		t.Errorf("标题在第 %d 页", l.Bookmarks[0].Page+1)
	}
	for i, p := range l.Pages[2:] {
		if !p.Turned || !strings.HasPrefix(pageText(p), "续表县") {
			t.Errorf("第 %d 页开头是 %.20s", i+3, pageText(p))
		}
	}
}

// A table that is too wide for a turned page as well is divided; every part
// names its rows, and every figure stands once.
func TestTooWideTableIsDivided(t *testing.T) {
	for _, columns := range []int{13, 20, 27, 60} {
		l := compose(t, wide(columns, 14))
		onSheets(t, l.Pages)
		parts, count := 0, map[string]int{}
		for _, p := range l.Pages {
			text := pageText(p)
			for _, op := range p.Ops {
				if x, ok := op.(Text); ok {
					count[x.Text]++
				}
			}
			if !p.Turned || !strings.Contains(text, "县00") {
				t.Errorf("%d 列：没有横排，或没有县名", columns)
			}
			parts += strings.Count(text, "县00")
		}
		if count["续表"] != parts-1 {
			t.Errorf("%d 列：%d 部分，续表字样 %d 处", columns, parts, count["续表"])
		}
		for r := range 14 {
			for i := range columns {
				if n := count[fmt.Sprint(10000+100*r+i)]; n != 1 {
					t.Fatalf("%d 列：第 %d 行第 %d 列出现 %d 次", columns, r, i, n)
				}
			}
		}
		for i := range columns {
			if n := count[fmt.Sprintf("项目%02d", i)]; n != 1 {
				t.Errorf("%d 列：项目%02d 出现 %d 次", columns, i, n)
			}
		}
	}
}

// What stands around the block stays where it is on the sheet, whichever way
// the sheet is read.
func TestDecorationOfATurnedPage(t *testing.T) {
	rule := Rule{X1: 79.37, Y1: 80, X2: 521.57, Y2: 80, Width: 0.4}
	number := Text{Font: &fake{name: "a"}, Size: 14, X: 500, Y: 760, Text: "— 1 —"}
	p := &Page{Turned: true}
	p.Around(A4, []Op{rule}, []Op{number})
	want := "in header\nrule 761.89,79.37 to 761.89,521.57 width 0.4\nin decoration\nin footer\ntext a 14 down at 81.89,500.00+0.000 \"— 1 —\"\nin decoration\n"
	if got := p.String(); got != want {
		t.Errorf("是\n%s应为\n%s", got, want)
	}
	turned := A4.Turned()
	if turned.Width != A4.Height || turned.BlockWidth != A4.BlockHeight || turned.Top != A4.Left || turned.Left+turned.BlockWidth > turned.Width-A4.Top+0.01 {
		t.Errorf("横放的纸是 %+v", turned)
	}
}

// A picture that has no room lets the text after it go first, and stands at the
// head of the next page; sections are never passed.
func TestPicturesFloat(t *testing.T) {
	photo := func() *Picture {
		return &Picture{Image: &Image{Width: 500, Height: 500}, Caption: runsOf("图"), Lead: 18, Space: 8, Floats: true}
	}
	l := compose(t, numbered(1, 12), photo(), Gap{Height: 8}, numbered(2, 9), numbered(3, 5))
	onSheets(t, l.Pages)
	first, second := pageText(l.Pages[0]), pageText(l.Pages[1])
	if len(l.Pages) != 2 || strings.Count(first, "P2") != 9 || !strings.HasPrefix(second, "图P3") {
		t.Errorf("%d 页：%s / %s", len(l.Pages), first, second)
	}
	// In the order that they were given in.
	l = compose(t, numbered(1, 12), photo(), &Picture{Image: &Image{Width: 100, Height: 50}, Caption: runsOf("小"), Lead: 18, Space: 8, Floats: true}, numbered(2, 4))
	if got := pageText(l.Pages[1]); !strings.HasPrefix(got, "图小") {
		t.Errorf("次序是 %s", got)
	}
	heading := &Paragraph{Runs: runsOf("节"), Align: Left, Heading: &Bookmark{Level: 2, Title: "节"}}
	l = compose(t, numbered(1, 12), photo(), heading, numbered(2, 9))
	if got := pageText(l.Pages[1]); !strings.HasPrefix(got, "图节") {
		t.Errorf("图在下一节之后：%s", got)
	}
	// A heading right before a picture stays with the text that goes first.
	sub := &Paragraph{Runs: runsOf("小节"), Align: Left, Heading: &Bookmark{Level: 3, Title: "小节"}}
	l = compose(t, numbered(1, 12), sub, photo(), Gap{Height: 8}, numbered(2, 9))
	if !strings.Contains(pageText(l.Pages[0]), "小节P2") {
		t.Errorf("标题后面是 %s", pageText(l.Pages[0]))
	}
	// A paragraph that goes on below it is on the grid, and no line is lost before the next.
	l = compose(t, numbered(1, 12), photo(), Gap{Height: 8}, numbered(2, 14), numbered(3, 3))
	tops := map[string][]int{}
	for _, op := range l.Pages[1].Ops {
		if x, ok := op.(Text); ok {
			tops[x.Text] = append(tops[x.Text], int(math.Round((x.Y-A4.Top)/A4.Lead()*100)))
		}
	}
	if p2, p3 := tops["P2"], tops["P3"]; len(p2) < 2 || len(p3) != 3 || p3[0]-p2[len(p2)-1] != 100 {
		t.Errorf("图下面接着排的行在 %v，下一段在 %v（百分之一行）", p2, p3)
	}
	// Nothing after it: it stands on a page of its own.
	l = compose(t, numbered(1, 12), photo())
	if len(l.Pages) != 2 || pageText(l.Pages[1]) != "图" {
		t.Error("末尾的图丢了")
	}
	if slices.ContainsFunc(l.Pages, func(p *Page) bool { return len(p.Ops) == 0 }) {
		t.Error("有空页")
	}
}

// What stands on the page before a table that waits is its caption still.
func TestWaitingTableKeepsItsCaption(t *testing.T) {
	l := compose(t, numbered(1, 5), &Paragraph{Runs: runsOf("表题"), Tag: TagCaption}, wide(12, 8), Gap{Height: 8}, numbered(2, 15))
	if !strings.Contains(pageText(l.Pages[0]), "P2") || !l.Pages[1].Turned {
		t.Fatalf("表没有等到下一页：%s", pageText(l.Pages[0]))
	}
	captions := elementsOf(l, TagCaption)
	if len(captions) != 1 || captions[0].String() != "Table/Caption1" {
		t.Errorf("表题属于 %v", captions)
	}
}

// Where no text can fill the page, a picture that may be made smaller is, so
// far as it may.
func TestPicturesShrinkToFillAPage(t *testing.T) {
	photo := func(height int) *Picture {
		return &Picture{Image: &Image{Width: 400, Height: height}, Caption: runsOf("图"), Lead: 18, Space: 8, Floats: true, Smallest: 0.75}
	}
	section := func() *Paragraph {
		return &Paragraph{Runs: runsOf("节"), Align: Left, Heading: &Bookmark{Level: 2, Title: "节"}}
	}
	heightOf := func(l *Layout) float64 {
		for _, op := range l.Pages[0].Ops {
			if d, ok := op.(Drawing); ok {
				return d.H
			}
		}
		return 0
	}
	// 12 of 22 lines are taken; of the 290 points left, 30 go to the caption.
	for _, c := range []struct {
		pixels    int
		low, high float64 // on the first page
	}{{330, 247, 248}, {400, 250, 270}, {500, 0, 0}} {
		for _, blocks := range [][]Block{
			{numbered(1, 12), photo(c.pixels), Gap{Height: 8}, section(), numbered(2, 9)},
			{numbered(1, 11), section(), photo(c.pixels)},
		} {
			l := compose(t, blocks...)
			onSheets(t, l.Pages)
			if h := heightOf(l); h < c.low || h > c.high {
				t.Errorf("%d 像素高的图在首页上高 %.1f，应在 %.0f 和 %.0f 之间", c.pixels, h, c.low, c.high)
			}
			if strings.HasSuffix(pageText(l.Pages[0]), "节") {
				t.Error("标题和它的图分开了")
			}
		}
	}
	// Text goes first where there is some: the picture keeps its size.
	l := compose(t, numbered(1, 12), photo(400), Gap{Height: 8}, numbered(2, 9))
	if heightOf(l) != 0 || !strings.Contains(pageText(l.Pages[0]), "P2") {
		t.Errorf("首页是 %s", pageText(l.Pages[0]))
	}
	// A heading within the section lets it pass.
	sub := section()
	sub.Within = true
	l = compose(t, numbered(1, 12), photo(500), Gap{Height: 8}, numbered(2, 3), sub, numbered(3, 9))
	if got := pageText(l.Pages[0]); !strings.Contains(got, "节P3") {
		t.Errorf("小节没有排到图前面：%s", got)
	}
}

// What waits comes in before headings that would be left alone when a section
// begins right below them; a break is not a heading's page.
func TestNoHeadingIsLeftBehind(t *testing.T) {
	heading := func(level int, title string) *Paragraph {
		return &Paragraph{Runs: runsOf(title), Align: Left, Heading: &Bookmark{Level: level, Title: title}}
	}
	l := compose(t, numbered(1, 3), wide(12, 8), Gap{Height: 8}, numbered(2, 3), heading(3, "小"), heading(2, "大"), numbered(3, 3))
	if got := pageText(l.Pages[0]); strings.Contains(got, "小") || !strings.Contains(got, "P2") {
		t.Errorf("首页是 %s", got)
	}
	if got := pageText(l.Pages[2]); !strings.HasPrefix(got, "小大P3") {
		t.Errorf("第 3 页是 %s", got)
	}
	high := &Picture{Image: &Image{Width: 400, Height: 2000}, Caption: runsOf("图"), Lead: 18, Space: 8}
	l = compose(t, numbered(1, 3), Break{}, heading(1, "章"), high)
	if len(l.Pages) != 2 || !strings.HasPrefix(pageText(l.Pages[1]), "章图") {
		t.Errorf("%d 页，第 2 页是“%s”", len(l.Pages), pageText(l.Pages[1]))
	}
}
