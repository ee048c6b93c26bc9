package pdf

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/manuscript"
	"wangjian/internal/markdown"
	"wangjian/internal/pdf/word"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

func wordOf(t *testing.T, v *release.View, p *Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := withCharts(v).Word(&b, v, stats.Of(v), p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wholeSample(t *testing.T) *release.View {
	t.Helper()
	v := sampleView(t)
	root := os.DirFS("../../")
	c, _ := source.Load(root)
	return release.Whole(c, v.Date(), source.ContentsWith(root, studio))
}

// A department's summary in Word, handed in again, is the narrative that it was
// made from: every heading, paragraph and item of it.
func TestWordComesBack(t *testing.T) {
	v := wholeSample(t)
	c, book := v.Campaign(), stats.Of(v)
	round := v.LatestRound()
	for _, d := range c.Departments {
		t.Run(d.Short, func(t *testing.T) {
			n := c.Narrative(round, d, nil)
			result, problems := manuscript.Import("总结.docx", wordOf(t, v, Summary(v, d)), manuscript.Options{Campaign: c, Book: book, Round: round, Department: d})
			if result == nil {
				t.Fatalf("没有收下：%v", problems)
			}
			handedIn, err := v.Body(n)
			if err != nil {
				t.Fatal(err)
			}
			_, back, _ := strings.Cut(strings.TrimPrefix(string(result.Markdown), "---\n"), "\n---\n")
			want, got := sayings(t, book, n, string(handedIn)), sayings(t, book, n, back)
			for text := range want {
				if !got[text] {
					t.Errorf("少了“%s”", text)
				}
			}
		})
	}
}

// sayings are the texts of a body's headings, paragraphs and items.
func sayings(t *testing.T, book *stats.Table, n *campaign.Item, body string) map[string]bool {
	t.Helper()
	tree, _ := markdown.Parse([]byte(body), n.File, 1)
	texts := map[string]bool{}
	tree.Walk(func(node *markdown.Node) bool {
		switch node.Kind {
		case markdown.Table, markdown.StatTable, markdown.Chart:
			return false
		case markdown.Heading, markdown.Paragraph:
			texts[squeeze(markdown.PlainText(node.Children, func(ref *campaign.Reference) string {
				cited, err := book.Cite(*ref, n)
				if err != nil {
					t.Error(err)
				}
				return cited.Text
			}))] = true
		}
		return true
	})
	return texts
}

// Every part of the file is sound XML, the same view yields the same bytes, and
// what the document leans on is there.
func TestWordIsSound(t *testing.T) {
	v := wholeView(t, nil)
	for _, p := range []*Paper{Report(v, stats.Of(v)), Cases(v, stats.Of(v)), Form(v, stats.Of(v)), Album(v, stats.Of(v))} {
		file := wordOf(t, v, p)
		if !bytes.Equal(file, wordOf(t, v, p)) {
			t.Errorf("%s：两次的字节不同", p.Title)
		}
		z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
				continue
			}
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			d := xml.NewDecoder(r)
			for err == nil {
				_, err = d.Token()
			}
			if !errors.Is(err, io.EOF) {
				t.Errorf("%s：%s：%v", p.Title, f.Name, err)
			}
			r.Close()
		}
	}
}

// partOf is a part of a Word file.
func partOf(t *testing.T, file []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The summary as a Word document: a cover and the contents as a field before page 1,
// headings that a list numbers, each chart as a picture with its table, no sheet begun by
// force, and dates and units that stay with their numbers.
func TestSummaryInWord(t *testing.T) {
	v := wholeSample(t)
	b := stats.Of(v)
	o := withCharts(v)
	o.Charts.Paint = func(*chart.Drawing) ([]byte, error) { return []byte("图"), nil }
	var out bytes.Buffer
	p := Report(v, b)
	if err := o.Word(&out, v, b, p); err != nil {
		t.Fatal(err)
	}
	text := partOf(t, out.Bytes(), "word/document.xml")
	front, body, found := strings.Cut(text, "</w:sectPr>")
	if !found || !strings.Contains(front, "赣州2022网络市场监管专项行动</w:t><w:br/>") || !strings.Contains(front, `TOC \o &#34;1-2&#34;`) {
		t.Errorf("正文前没有封面和目录：%.2000s", front)
	}
	for _, title := range []string{"经验做法", "建立线索闭环管理机制", "终期统计表"} {
		if !strings.Contains(front, title) {
			t.Errorf("目录没有“%s”", title)
		}
		heading := regexp.MustCompile(`<w:pStyle w:val="Heading[12]"/></w:pPr>(?:<w:bookmarkStart[^>]*>)?<w:r><w:t xml:space="preserve">` + title + "</w:t>")
		if !heading.MatchString(body) {
			t.Errorf("“%s”不是由列表编号的标题", title)
		}
	}
	if got := strings.Count(body, "<w:drawing>"); got != 2 {
		t.Errorf("图有 %d 幅", got)
	}
	if got := strings.Count(body, "<w:tbl>"); got != 5 { // the text's, the form, two of charts, the cases
		t.Errorf("表有 %d 张", got)
	}
	if strings.Contains(body, "<w:pageBreakBefore/>") {
		t.Error("有硬分的页")
	}
	if settings := partOf(t, out.Bytes(), "word/settings.xml"); !regexp.MustCompile(`noLineBreaksBefore w:lang="zh-CN" w:val="[^"]*年月日[^"]*件[^"]*"`).MatchString(settings) {
		t.Errorf("年月日和单位可以在行首：%s", settings)
	}
	if styles := partOf(t, out.Bytes(), "word/styles.xml"); strings.Contains(styles, "<w:b/>") {
		t.Error("黑体又加粗")
	}
}

// A heading that its writer has numbered is in no list, and those after it count as on
// the sheets.
func TestWrittenNumbersInWord(t *testing.T) {
	w := newWriter(publicView(t, nil), nil, Options{}, &Paper{})
	for _, title := range []string{"总体情况", "二、要求", "措施", "结果"} {
		w.heading(1, title, "")
	}
	var out bytes.Buffer
	if err := word.Write(&out, word.Document{}, w.blocks); err != nil {
		t.Fatal(err)
	}
	text := partOf(t, out.Bytes(), "word/document.xml")
	numbers := regexp.MustCompile(`Heading1"/>(.*?)</w:pPr>`).FindAllStringSubmatch(text, -1)
	want := []string{"", `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>`, `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>`, `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>`}
	for n, m := range numbers {
		if m[1] != want[n] {
			t.Errorf("第 %d 个标题：%s，应为 %s", n+1, m[1], want[n])
		}
	}
	if list := partOf(t, out.Bytes(), "word/numbering.xml"); !strings.Contains(list, `<w:num w:numId="3"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/>`) {
		t.Error("第三个标题不从三数起")
	}
}
