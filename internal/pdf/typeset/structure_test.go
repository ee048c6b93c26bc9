package typeset

import (
	"fmt"
	"strings"
	"testing"
)

// pieces tells for every stretch of text on the pages which element it is of:
// page, way, text.
func pieces(l *Layout) []string {
	var out []string
	for i, p := range l.Pages {
		var within *Element
		text := ""
		flush := func() {
			if text != "" {
				out = append(out, fmt.Sprintf("%d %s %s", i+1, within, text))
			}
			text = ""
		}
		for _, op := range p.Ops {
			switch op := op.(type) {
			case Into:
				flush()
				within = op.Element
			case Text:
				text += op.Text
			}
		}
		flush()
	}
	return out
}

// elementsOf lists the elements of the pages in the order of their first text.
func elementsOf(l *Layout, tag Tag) []*Element {
	var out []*Element
	seen := map[*Element]bool{}
	for _, p := range l.Pages {
		for _, op := range p.Ops {
			if in, ok := op.(Into); ok && in.Element != nil && in.Element.Tag == tag && !seen[in.Element] {
				seen[in.Element] = true
				out = append(out, in.Element)
			}
		}
	}
	return out
}

func expectPieces(t *testing.T, got []string, want ...string) {
	t.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("结构是\n%s\n应为\n%s", g, w)
	}
}

// Every block has its place without being told.
func TestBlocksHaveTheirPlaces(t *testing.T) {
	note := &Note{Label: runsOf("[1] "), Runs: runsOf("注文")}
	link := Run{Text: "链接", Style: bodyStyle, Link: "处"}
	mark := Run{Text: "[1]", Style: bodyStyle, Note: note}
	expectPieces(t, pieces(compose(t,
		&Leader{Runs: runsOf("目"), Number: "1", Dots: bodyStyle, Lead: 20, Anchor: "h1"},
		&Leader{Runs: runsOf("录"), Number: "2", Level: 2, Dots: bodyStyle, Lead: 20, Anchor: "h2"},
		&Leader{Runs: runsOf("节"), Number: "3", Level: 2, Dots: bodyStyle, Lead: 20, Anchor: "h2"},
		&Leader{Runs: runsOf("章"), Number: "4", Level: 1, Dots: bodyStyle, Lead: 20, Anchor: "h2"},
		&Paragraph{Runs: runsOf("标题"), Heading: &Bookmark{Level: 2}},
		&Paragraph{Runs: []Run{{Text: "甲", Style: bodyStyle}, link, mark, {Text: "乙", Style: bodyStyle}}, Marker: runsOf("号："), Hang: 40, Left: 0},
		&Paragraph{Runs: runsOf("表题"), Tag: TagCaption},
		&Table{Columns: []Column{{Heads: true}, {}}, Head: []Row{{{Runs: runsOf("头")}, {Runs: runsOf("二")}}}, Rows: []Row{{{Runs: runsOf("名")}, {Runs: runsOf("数")}}}, Size: 16, Lead: 20},
	)),
		"1 TOC/TOCI1/Reference1/Link1 目",
		"1 decoration "+strings.Repeat(".", 45),
		"1 TOC/TOCI1/Reference1/Link1 1",
		"1 TOC/TOCI1/TOC2/TOCI1/Reference1/Link1 录",
		"1 decoration "+strings.Repeat(".", 45),
		"1 TOC/TOCI1/TOC2/TOCI1/Reference1/Link1 2",
		"1 TOC/TOCI1/TOC2/TOCI2/Reference1/Link1 节",
		"1 decoration "+strings.Repeat(".", 45),
		"1 TOC/TOCI1/TOC2/TOCI2/Reference1/Link1 3",
		"1 TOC/TOCI2/Reference1/Link1 章",
		"1 decoration "+strings.Repeat(".", 45),
		"1 TOC/TOCI2/Reference1/Link1 4",
		"1 H3 标题",
		"1 P 号：甲",
		"1 P/Link1 链接",
		"1 P/Reference2 [1]",
		"1 P 乙",
		"1 Table/Caption1 表题",
		"1 Table/TR2/TH1 头",
		"1 Table/TR2/TH2 二",
		"1 Table/TR3/TH1 名",
		"1 Table/TR3/TD2 数",
		"1 P/Note3/Lbl1 [1] ",
		"1 P/Note3 注文",
	)
}

func TestListsAndQuotations(t *testing.T) {
	item := func(text string) *Paragraph {
		return &Paragraph{Runs: runsOf(text), Marker: runsOf("•"), Hang: 20, Left: 20}
	}
	expectPieces(t, pieces(compose(t,
		Open{Tag: TagQuote}, &Paragraph{Runs: runsOf("引")}, Close{},
		Open{Tag: TagList},
		Open{Tag: TagItem}, item("一"), &Paragraph{Runs: runsOf("续")},
		Open{Tag: TagList}, Open{Tag: TagItem}, item("内"), Close{}, Close{}, Close{},
		Open{Tag: TagItem}, item("二"), Close{},
		Close{}, &Paragraph{Runs: runsOf("后")},
	)),
		"1 BlockQuote/P1 引",
		"1 L/LI1/Lbl1 •", "1 L/LI1/LBody2/P1 一", "1 L/LI1/LBody2/P2 续",
		"1 L/LI1/LBody2/L3/LI1/Lbl1 •", "1 L/LI1/LBody2/L3/LI1/LBody2/P1 内",
		"1 L/LI2/Lbl1 •", "1 L/LI2/LBody2/P1 二",
		"1 P 后",
	)
}

// What goes on over a page's end is one element; what a page repeats is none.
func TestOneElementOverPages(t *testing.T) {
	long := compose(t, &Paragraph{Runs: runsOf(strings.Repeat("国", 28*30))})
	if n := len(elementsOf(long, TagParagraph)); len(long.Pages) != 2 || n != 1 {
		t.Errorf("%d 页上的一段是 %d 个元素", len(long.Pages), n)
	}

	rows := []Row{{{Runs: runsOf("高"), RowSpan: 60}, {Runs: runsOf("1")}}}
	for n := 2; n <= 60; n++ {
		rows = append(rows, Row{{Runs: runsOf(fmt.Sprint(n))}})
	}
	table := compose(t, &Table{
		Columns: []Column{{Share: 0.5}, {Share: 0.5}}, Head: []Row{{{Runs: runsOf("头")}, {Runs: runsOf("数")}}},
		Rows: rows, Continued: runsOf("续表"), Size: 16, Lead: 20,
	})
	if n := len(elementsOf(table, TagCell)); n != 61 {
		t.Errorf("61 格是 %d 个元素", n)
	}
	decoration := 0
	for _, p := range pieces(table) {
		if strings.HasSuffix(p, " decoration 续表头数高") {
			decoration++
		}
	}
	if len(table.Pages) < 2 || decoration != len(table.Pages)-1 {
		t.Errorf("%d 页上有 %d 处重复的表头：\n%s", len(table.Pages), decoration, strings.Join(pieces(table), "\n"))
	}

	// A row that is higher than a page is cut; its cells are not.
	split := compose(t, &Table{Columns: []Column{{Share: 0.3}, {Share: 0.7}}, Rows: []Row{{{Runs: runsOf(strings.Repeat("长", 28*40))}, {Runs: runsOf("短")}}}, Size: 16, Lead: 20})
	if cells := elementsOf(split, TagCell); len(split.Pages) < 2 || len(cells) != 2 || cells[0].Parent != cells[1].Parent {
		t.Errorf("%d 页上的一行有 %d 格", len(split.Pages), len(cells))
	}

	// A footnote that goes on at the foot of the next page.
	mark := Run{Text: "[1]", Style: bodyStyle, Note: &Note{Runs: []Run{{Text: strings.Repeat("注", 60*40), Style: Style{Size: 10}}}}}
	noted := compose(t, &Paragraph{Runs: []Run{{Text: "文", Style: bodyStyle}, mark}}, &Paragraph{Runs: runsOf("后")})
	if n := len(elementsOf(noted, TagNote)); len(noted.Pages) < 2 || n != 1 {
		t.Errorf("%d 页上的一条脚注是 %d 个元素", len(noted.Pages), n)
	}
}

// A character drawn with another's glyph says what it is.
func TestActualTextOfSharedGlyphs(t *testing.T) {
	font := &fake{name: "a", same: map[rune]rune{'·': '•'}}
	l, err := Compose(NewSetter(A4, fakes{font}, nil), []Block{&Paragraph{Runs: runsOf("甲•乙·丙")}})
	if err != nil {
		t.Fatal(err)
	}
	expectPieces(t, pieces(l), "1 P 甲•乙", "1 P/Span1 ·", "1 P 丙")
	if spans := elementsOf(l, TagSpan); spans[0].Actual != "·" {
		t.Errorf("写成 %q", spans[0].Actual)
	}
}
