package pdf

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/manuscript"
	"wangjian/internal/markdown"
	"wangjian/internal/pdf/typeset"
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
	return release.Whole(c, v.Date(), source.Contents(root))
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

// Every part of the file is sound XML, the same view gives the same bytes, and
// what the document leans on is there.
func TestWordIsSound(t *testing.T) {
	v := wholeView(t, nil)
	for _, p := range []*Paper{WholeSummary(v, stats.Of(v)), Cases(v, stats.Of(v)), Form(v, stats.Of(v)), Album(v, stats.Of(v))} {
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

// Word's own styles carry the document, as another program sees it.
func TestWordAsOthersReadIt(t *testing.T) {
	v := wholeView(t, nil)
	file := filepath.Join(t.TempDir(), "总结.docx")
	if err := os.WriteFile(file, wordOf(t, v, WholeSummary(v, stats.Of(v))), 0o644); err != nil {
		t.Fatal(err)
	}
	const script = `
import sys
from docx import Document
d = Document(sys.argv[1])
for p in d.paragraphs:
    print(p.style.name + "|" + p.text)
for t in d.tables:
    print("table|" + "/".join(c.text for c in t.rows[0].cells))
s = d.sections[0]
print("page|%.0f %.0f %.0f %.0f" % (s.page_width.mm, s.page_height.mm, s.top_margin.mm, s.left_margin.mm))
print("mark|" + s.header.paragraphs[0].text)
print("number|" + s.footer.paragraphs[0].text)
`
	out, err := exec.Command(python(t), "-c", script, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{
		"Title|临江市2031农资打假“春雷”行动工作总结", "Heading 1|一、总体情况", "Heading 2|（一）主要数据",
		"Heading 1|二、工作总结", "Heading 1|三、各部门工作总结", "Heading 3|1. 经验做法",
		"List Paragraph|先查门店，共400个次；", "List Paragraph|一看标签；", "Quote|一粒种子一条路。",
		"Caption|农业农村局统计数据", "page|210 297 37 28", "mark|内部资料　含未公开内容　示例数据", "number|— 1 —",
		"table|环节/数量",
	} {
		if !strings.Contains(string(out), want+"\n") {
			t.Errorf("没有“%s”", want)
		}
	}
	if t.Failed() {
		t.Logf("%s", out)
	}
}

// The document to be edited says what the sheets say: every paragraph, heading,
// caption and cell, and as many tables and pictures.
func TestWordHoldsWhatTheSheetsHold(t *testing.T) {
	const script = `
import sys
from docx import Document
from docx.oxml.ns import qn
d = Document(sys.argv[1])
print("tables|%d" % len(d.tables))
print("pictures|%d" % len(d.inline_shapes))
for p in d.paragraphs: # links, too
    print("text|" + "".join(t.text or "" for t in p._p.iter(qn("w:t"))))
for t in d.tables:
    for r in t.rows:
        for c in r.cells:
            print("text|" + c.text.replace("\n", ""))
`
	v := wholeView(t, nil)
	book, o := stats.Of(v), Options{Charts: withCharts(v).Charts}
	for _, p := range []*Paper{WholeSummary(v, book), Cases(v, book), Form(v, book), Album(v, book)} {
		file := filepath.Join(t.TempDir(), "paper.docx")
		if err := os.WriteFile(file, wordOf(t, v, p), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(python(t), "-c", script, file).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		inWord := map[string]bool{}
		for line := range strings.Lines(string(out)) {
			inWord[squeeze(line)] = true
		}
		s, err := compose(v, book, o, fonts(), p)
		if err != nil {
			t.Fatal(err)
		}
		texts := map[*typeset.Element]string{}
		tables := map[*typeset.Element]bool{}
		pictures := 0
		for _, page := range s.pages[s.front:] {
			for _, part := range partsOf(page) {
				texts[part.block] += part.text
			}
			for _, op := range page.Ops {
				switch op := op.(type) {
				case typeset.Drawing:
					pictures++
				case typeset.Into:
					for e := op.Element; e != nil; e = e.Parent {
						if e.Tag == typeset.TagTable {
							tables[e] = true
						}
					}
				}
			}
		}
		for e, text := range texts {
			if e == nil || e.Tag == typeset.TagNote {
				continue // running heads; notes are in a part of their own
			}
			if text = squeeze(noteMark.ReplaceAllString(text, "")); !inWord["text|"+text] && strings.Trim(text, "•–.0123456789") != "" {
				t.Errorf("%s：Word 文档里没有 %s“%s”", p.Title, e, text)
			}
		}
		for _, want := range []string{fmt.Sprintf("tables|%d", len(tables)), fmt.Sprintf("pictures|%d", pictures)} {
			if !inWord[want] {
				t.Errorf("%s：排出来有 %s，Word 文档里不是", p.Title, want)
			}
		}
	}
}

var noteMark = regexp.MustCompile(`\[\d+\]`)

// python finds the interpreter that has the reader of Word files.
func python(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(name, "-c", "import docx").Run() == nil {
			return name
		}
	}
	t.Fatal("没有 python3-docx：运行 make tools")
	return ""
}
