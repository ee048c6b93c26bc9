package pdf

import (
	"fmt"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// A few lines that would stand alone on a last sheet are brought in by a line more a
// page; a document that is issued in full keeps its 22 lines.
func TestFewLinesDoNotStandAlone(t *testing.T) {
	const about = "content/warnings/goujizi.md"
	front, _, _ := strings.Cut(fileOf(t, about)[4:], "\n---\n")
	found := 0
	for lines := 20; lines < 60 && found < 2; lines++ {
		var text strings.Builder
		for n := range lines {
			fmt.Fprintf(&text, "第%d条办法。\n\n", n+1)
		}
		v := publicView(t, map[string]string{about: "---\n" + front + "\n---\n\n" + text.String()})
		paper, book := noticePaper(v, v.Campaign().ItemsOf(campaign.Warnings)[0]), stats.Of(v)
		plain, err := composeOn(typeset.A4, v, book, Options{}, fonts(), paper)
		if err != nil {
			t.Fatal(err)
		}
		fitted, err := compose(v, book, Options{}, fonts(), paper)
		if err != nil {
			t.Fatal(err)
		}
		paper.exact = true
		exact, err := compose(v, book, Options{}, fonts(), paper)
		if err != nil {
			t.Fatal(err)
		}
		if len(exact.pages) != len(plain.pages) || exact.sparse != plain.sparse {
			t.Errorf("%d 行：不许调整的有 %d 页，应为 %d 页", lines, len(exact.pages), len(plain.pages))
		}
		switch {
		case plain.sparse == 0 && len(fitted.pages) != len(plain.pages), fitted.sparse > plain.sparse, len(fitted.pages) > len(plain.pages):
			t.Errorf("%d 行：%d 页成了 %d 页", lines, len(plain.pages), len(fitted.pages))
		case len(fitted.pages) < len(plain.pages):
			found++
			if !strings.Contains(textOfPages(fitted.pages), fmt.Sprintf("第%d条办法。", lines)) {
				t.Errorf("%d 行：末行不见了", lines)
			}
		}
	}
	if found == 0 {
		t.Error("没有一篇收拢了末页")
	}
}

// Every table of a text is numbered and named by the heading that it stands under, and
// the caption is of the table.
func TestTablesOfTextsAreNamed(t *testing.T) {
	v := publicView(t, nil)
	s := paperOf(t, v, Options{})
	captions := map[*typeset.Element]string{}
	var tables []*typeset.Element
	for _, page := range s.pages {
		for _, part := range partsOf(page) {
			if part.block != nil && part.block.Tag == typeset.TagCaption && part.block.Parent.Tag == typeset.TagTable {
				if captions[part.block.Parent] == "" {
					tables = append(tables, part.block.Parent)
				}
				captions[part.block.Parent] += part.text
			}
		}
	}
	named := false
	for n, table := range tables {
		text := captions[table]
		if !strings.HasPrefix(text, fmt.Sprintf("表%d　", n+1)) {
			t.Errorf("第 %d 张表题是 %s", n+1, text)
		}
		named = named || text == fmt.Sprintf("表%d　行动成效", n+1)
	}
	if !named {
		t.Errorf("正文里的表没有表题：%v", captions)
	}
}

// What stands right below a heading and says whose a text is, or that it is not public,
// stays with the text.
func TestBylinesStayWithTheirText(t *testing.T) {
	v := wholeView(t, nil)
	w := newWriter(v, stats.Of(v), Options{}, &Paper{})
	w.warnings()
	w.departments()
	if w.err != nil {
		t.Fatal(w.err)
	}
	seen := 0
	for n, block := range w.blocks[1:] {
		heading, ok := w.blocks[n].(*typeset.Paragraph)
		p, below := block.(*typeset.Paragraph)
		if !ok || heading.Heading == nil || !below || p.Heading != nil || len(p.Runs) == 0 {
			continue
		}
		if text := p.Runs[0].Text; strings.HasPrefix(text, "（") || strings.HasSuffix(text, "发布") {
			seen++
			if !p.KeepWithNext {
				t.Errorf("“%s”不与下文在一页", text)
			}
		}
	}
	if seen < 2 {
		t.Errorf("只有 %d 处", seen)
	}
}
