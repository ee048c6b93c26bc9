package typeset

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A page holds 22 lines of 28 characters.
func TestGrid(t *testing.T) {
	l := compose(t, &Paragraph{Runs: runsOf(strings.Repeat("监", 22*28+10))})
	lines := textLines(t, l.Pages)
	count := map[int]int{}
	for _, line := range lines {
		count[line.page]++
		if n := len([]rune(line.text)); line.page == 0 && n != A4.Columns {
			t.Errorf("一行 %d 字", n)
		}
	}
	// The last line may not stand alone at the head of a page.
	if len(l.Pages) != 2 || count[0] != 21 || count[1] != 2 {
		t.Errorf("各页行数 %v", count)
	}
	inside(t, lines)
}

// numbered is a paragraph of n lines that all show its number.
func numbered(i, n int) *Paragraph {
	text := strings.TrimSuffix(strings.Repeat(fmt.Sprintf("P%d\n", i), n), "\n")
	return &Paragraph{Runs: runsOf(text), Align: Left}
}

func TestPagination(t *testing.T) {
	r := rand.New(rand.NewPCG(9704, 2012))
	for n := range 60 {
		var blocks []Block
		lengths := map[string]int{}
		for i := range 60 {
			switch r.IntN(4) {
			case 0:
				title := fmt.Sprintf("H%d", i)
				blocks = append(blocks, &Paragraph{Runs: runsOf(title), Align: Left, Heading: &Bookmark{Level: 1 + r.IntN(3), Title: title}})
			case 1:
				blocks = append(blocks, Gap{Height: 8}, numberedTable(i, 1+r.IntN(12)), Gap{Height: 8})
			default:
				k := 1 + r.IntN(9)
				lengths[fmt.Sprintf("P%d", i)] = k
				blocks = append(blocks, numbered(i, k))
			}
		}
		blocks = append(blocks, numbered(60, 3))
		l := compose(t, blocks...)
		lines := textLines(t, l.Pages)
		inside(t, lines)
		for i, line := range lines {
			if strings.HasPrefix(line.text, "H") && (i+1 == len(lines) || lines[i+1].page != line.page) {
				t.Errorf("第 %d 轮：标题 %s 落在第 %d 页末", n, line.text, line.page+1)
			}
		}
		onPage := map[string]map[int]int{}
		for _, line := range lines {
			if onPage[line.text] == nil {
				onPage[line.text] = map[int]int{}
			}
			onPage[line.text][line.page]++
		}
		for name, total := range lengths {
			sum := 0
			for page, k := range onPage[name] {
				sum += k
				if total >= 2 && k == 1 {
					t.Errorf("第 %d 轮：%d 行的段落 %s 在第 %d 页只有一行", n, total, name, page+1)
				}
			}
			if sum != total {
				t.Errorf("第 %d 轮：段落 %s 有 %d 行，只见 %d 行", n, name, total, sum)
			}
		}
	}
}

func numberedTable(i, rows int) *Table {
	t := &Table{Columns: []Column{{}, {}}, Size: 12, Lead: 18, Pad: 3}
	for r := range rows {
		t.Rows = append(t.Rows, Row{{Runs: runsOf(fmt.Sprintf("T%d.%d", i, r))}, {Runs: runsOf("x")}})
	}
	return t
}

func TestBookmarksKnowTheirPage(t *testing.T) {
	heading := func(level int, title string) *Paragraph {
		return &Paragraph{Runs: runsOf(title), Heading: &Bookmark{Level: level, Title: title}}
	}
	l := compose(t, heading(1, "甲"), numbered(1, 20), heading(2, "乙"), numbered(2, 30), Break{}, heading(1, "丙"))
	want := []Bookmark{{Level: 1, Title: "甲", Page: 0}, {Level: 2, Title: "乙", Page: 1}, {Level: 1, Title: "丙", Page: 3}}
	if len(l.Bookmarks) != len(want) {
		t.Fatalf("书签 %v", l.Bookmarks)
	}
	for i, b := range l.Bookmarks {
		if b.Level != want[i].Level || b.Title != want[i].Title || b.Page != want[i].Page {
			t.Errorf("书签 %v，应为 %v", b, want[i])
		}
		if !strings.Contains(l.Pages[b.Page].String(), "anchor "+b.Anchor+" at") {
			t.Errorf("第 %d 页没有 %s 的位置", b.Page+1, b.Title)
		}
	}
}

func TestFootnotesStandOnThePageOfTheirMark(t *testing.T) {
	marked := func(mark, note string) []Run {
		return []Run{{Text: "正文", Style: bodyStyle}, {Text: mark, Style: bodyStyle, Note: &Note{Runs: []Run{{Text: note, Style: NoteStyle(Fang)}}}}}
	}
	l := compose(t,
		numbered(1, 20),
		&Paragraph{Runs: marked("[1]", "[1]甲注"), Align: Left},
		&Paragraph{Runs: marked("[2]", "[2]"+strings.Repeat("乙", 300)), Align: Left},
		numbered(2, 5),
	)
	lines := textLines(t, l.Pages)
	inside(t, lines)
	page := map[string]int{}
	for _, line := range lines {
		switch {
		case strings.HasPrefix(line.text, "正文"):
			page["标"+strings.TrimPrefix(line.text, "正文")] = line.page
		case strings.HasPrefix(line.text, "["):
			page["注"+line.text[:3]] = line.page
		}
	}
	for _, n := range []string{"[1]", "[2]"} {
		if page["标"+n] != page["注"+n] {
			t.Errorf("%s 的标记在第 %d 页，注文在第 %d 页", n, page["标"+n]+1, page["注"+n]+1)
		}
	}
}

func TestLongFootnoteGoesOnOverThePage(t *testing.T) {
	text := strings.Repeat("很长的注文", 1200)
	run := Run{Text: "[1]", Style: bodyStyle, Note: &Note{Runs: []Run{{Text: text, Style: NoteStyle(Fang)}}}}
	l := compose(t, &Paragraph{Runs: []Run{{Text: "正文", Style: bodyStyle}, run}}, numbered(1, 3))
	lines := textLines(t, l.Pages)
	inside(t, lines)
	if got := strings.Count(joined(lines), "注"); len(l.Pages) < 3 || got != 1200 {
		t.Errorf("%d 页，1200 句注文剩下 %d 句", len(l.Pages), got)
	}
}

func TestMissingGlyphIsNamed(t *testing.T) {
	s := NewSetter(A4, fakes{&fake{name: "a", missing: "镕𠮷"}, &fake{name: "b", missing: "𠮷"}}, nil)
	l, err := Compose(s, []Block{&Paragraph{Runs: runsOf("朱镕")}})
	if err != nil {
		t.Fatal(err)
	}
	if page := l.Pages[0].String(); !strings.Contains(page, `text b 16`) || !strings.Contains(page, `"镕"`) {
		t.Errorf("没有逐字换用后备字体：\n%s", page)
	}
	_, err = Compose(s, []Block{&Paragraph{Runs: []Run{{Text: "𠮷", Style: bodyStyle, Source: "content/x.md:7"}}}})
	if err == nil || !strings.Contains(err.Error(), "content/x.md:7") || !strings.Contains(err.Error(), "“𠮷”（U+20BB7）") {
		t.Errorf("错误没有指出文件、行和字：%v", err)
	}
}

// Two characters with one glyph would both come back as the first of them.
func TestOneGlyphStandsForOneCharacter(t *testing.T) {
	s := NewSetter(A4, fakes{&fake{name: "a", same: map[rune]rune{'•': '·'}}, &fake{name: "b"}}, nil)
	l, err := Compose(s, []Block{&Paragraph{Runs: runsOf("约翰·史密斯•")}})
	if err != nil {
		t.Fatal(err)
	}
	if page := l.Pages[0].String(); !strings.Contains(page, `text b 16 at`) || !strings.Contains(page, `"•"`) {
		t.Errorf("• 没有换字体：\n%s", page)
	}
}

func TestLeaderIsOneLine(t *testing.T) {
	s := newFake()
	l, err := Compose(s, []Block{
		&Leader{Runs: runsOf("一、总体情况"), Number: "1", Dots: bodyStyle, Lead: 24, Anchor: "h1"},
		&Leader{Runs: runsOf(strings.Repeat("很长的标题", 9)), Number: "128", Dots: bodyStyle, Lead: 24, Hang: 32, Anchor: "h2"},
	})
	if err != nil {
		t.Fatal(err)
	}
	// Text, dots and number of a line share its baseline.
	var lines []textLine
	for _, piece := range textLines(t, l.Pages) {
		if n := len(lines); n > 0 && lines[n-1].y == piece.y {
			lines[n-1].text += piece.text
			lines[n-1].to = piece.to
			continue
		}
		lines = append(lines, piece)
	}
	inside(t, lines)
	if len(lines) != 3 {
		t.Fatalf("目录排成 %d 行", len(lines))
	}
	for _, i := range []int{0, 2} {
		if !strings.Contains(lines[i].text, "....") || lines[i].to < A4.Left+A4.BlockWidth-0.1 {
			t.Errorf("没有点线或页码没有靠右：%q", lines[i].text)
		}
	}
	if !strings.HasSuffix(lines[2].text, "128") || strings.Contains(lines[1].text, ".") {
		t.Errorf("长标题的页码没有在最后一行：%q %q", lines[1].text, lines[2].text)
	}
}

func BenchmarkCompose(b *testing.B) {
	text := strings.Repeat("市场监管部门查处网络违法案件231件，罚没款437.56万元，责令整改网站99个次。", 8)
	for b.Loop() {
		var blocks []Block
		for range 200 {
			blocks = append(blocks, &Paragraph{Runs: runsOf(text), Indent: 32})
		}
		if _, err := Compose(newFake(), blocks); err != nil {
			b.Fatal(err)
		}
	}
}

// A part starts a page, but leaves none with a line or two behind.
func TestBreakLeavesNoShortPage(t *testing.T) {
	quarter := Break{Filled: A4.BlockHeight / 4}
	for lines, pages := range map[int]int{0: 1, 2: 1, 5: 1, 6: 2} {
		var blocks []Block
		if lines > 0 {
			blocks = append(blocks, numbered(1, lines))
		}
		l := compose(t, append(blocks, quarter, numbered(2, 3))...)
		if len(l.Pages) != pages {
			t.Errorf("前面 %d 行：%d 页", lines, len(l.Pages))
		}
	}
	if l := compose(t, numbered(1, 2), Break{}, numbered(2, 3)); len(l.Pages) != 2 {
		t.Error("没有换页")
	}
	l := compose(t, numbered(1, 24), quarter, &Paragraph{Runs: runsOf("章"), Align: Left, Heading: &Bookmark{Level: 1, Title: "章"}}, numbered(3, 4))
	if got := pageText(l.Pages[1]); !strings.HasPrefix(got, "P1P1章P3") {
		t.Errorf("第 2 页是 %s", got)
	}
}

// A page after the first that holds a few lines is sparse, and one with nothing but a
// colophon at its foot; one that is filled to a third is not.
func TestSparsePages(t *testing.T) {
	colophon := func() *Colophon { return &Colophon{Print: &Ends{Left: runsOf("办公室"), Right: runsOf("印发")}} }
	for _, c := range []struct {
		name   string
		blocks []Block
		sparse int
	}{
		{"一页", []Block{numbered(1, 2)}, 0},
		{"末页两行", []Block{numbered(1, 24)}, 1},
		{"末页七行", []Block{numbered(1, 29)}, 1},
		{"末页八行", []Block{numbered(1, 30)}, 0},
		{"中间一页两行", []Block{numbered(1, 24), Break{}, numbered(2, 20)}, 1},
		{"末页只有版记", []Block{numbered(1, 22), colophon()}, 1},
		{"末页有八行和版记", []Block{numbered(1, 30), colophon()}, 0},
	} {
		if got := compose(t, c.blocks...).Sparse(); got != c.sparse {
			t.Errorf("%s：%d 页几乎是空的，应为 %d", c.name, got, c.sparse)
		}
	}
}
