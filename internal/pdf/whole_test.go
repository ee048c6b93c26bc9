//go:build whole

package pdf

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"wangjian/internal/campaign"
	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/finish"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/soak"
	"wangjian/internal/stats"
)

// Word's own styles carry the document, as another program sees it.
func TestWordAsOthersReadIt(t *testing.T) {
	v := wholeView(t, nil)
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
	var out []byte
	for _, p := range []*Paper{Report(v, stats.Of(v)), Summary(v, v.Campaign().Departments[0])} {
		file := filepath.Join(t.TempDir(), "总结.docx")
		if err := os.WriteFile(file, wordOf(t, v, p), 0o644); err != nil {
			t.Fatal(err)
		}
		said, err := exec.Command(python(t), "-c", script, file).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		out = append(out, said...)
	}
	for _, want := range []string{
		"Title|临江市2031农资打假“春雷”行动工作总结", "toc 1|", "Heading 1|各部门行动成效", "Heading 2|临江市农业农村局", "Heading 1|二季度统计表", "Heading 1|经验做法",
		"List Paragraph|先查门店，共400个次；", "List Paragraph|一看标签；", "Quote|一粒种子一条路。",
		"Caption|表1　农业农村局统计数据", "page|210 297 37 28", "mark|内部资料　含未公开内容　示例数据", "number|— 1 —",
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
	book, o := stats.Of(v), Options{Charts: &Charts{Find: withCharts(v).Charts.Find}}
	for _, p := range []*Paper{Report(v, book), Cases(v, book), Form(v, book), Album(v, book)} {
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
			if strings.HasPrefix(string(e.Tag), "H") {
				text = listNumber.ReplaceAllString(text, "") // a list counts them
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

var listNumber = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+\.|（[0-9]+）|[①-⑳])`)

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

// blank parts what stands side by side in one line, as above a form; whoever
// goes by the eye reads it as columns.
const blank = "　　"

// structText returns the blocks of a file as pdfinfo reads them from its tree:
// tag and text. Notes come by themselves.
func structText(t *testing.T, file string) (blocks, notes []string) {
	t.Helper()
	out, err := exec.Command("pdfinfo", "-struct-text", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	type open struct {
		depth, block int
		note         bool
	}
	type block struct {
		tag, text string
		note      bool
	}
	var list []block
	var stack []open
	for line := range strings.Lines(string(out)) {
		text := strings.TrimSpace(line)
		depth := len(line) - len(strings.TrimLeft(line, " "))
		if quoted, ok := strings.CutPrefix(text, `"`); ok {
			list[stack[len(stack)-1].block].text += squeeze(strings.TrimSuffix(quoted, `"`))
			continue
		}
		for len(stack) > 0 && stack[len(stack)-1].depth >= depth {
			stack = stack[:len(stack)-1]
		}
		tag, _, _ := strings.Cut(text, " ")
		if tag == "Object" || strings.HasPrefix(tag, "/") { // an annotation, an attribute
			continue
		}
		if len(stack) > 0 && (slices.Contains([]string{"Link", "Reference", "Span"}, tag) || stack[len(stack)-1].note) {
			up := stack[len(stack)-1]
			stack = append(stack, open{depth, up.block, up.note})
			continue
		}
		tag = strings.TrimSuffix(tag, ":") // attributes follow
		stack = append(stack, open{depth, len(list), tag == "Note"})
		list = append(list, block{tag: tag, note: tag == "Note"})
	}
	for _, b := range list {
		switch {
		case b.text == "":
		case b.note:
			notes = append(notes, b.text)
		default:
			blocks = append(blocks, b.tag+" "+b.text)
		}
	}
	return blocks, notes
}

// What was set comes back paragraph by paragraph from every paper, by the eye
// and by the tree, which is one of PDF/UA.
func TestParagraphsComeBack(t *testing.T) {
	for name, v := range map[string]*release.View{"小行动": publicView(t, nil), "样例": sampleView(t)} {
		book, o := stats.Of(v), withCharts(v)
		for _, paper := range Papers(v, book) {
			if name == "样例" && !soak.Long() && (paper.Path == "report-full.pdf" || strings.HasPrefix(paper.Path, "departments/") && paper.Path != "departments/shijian/report.pdf") {
				continue // their parts are in the others, and alike
			}
			t.Run(name+"/"+paper.Path, func(t *testing.T) { paragraphsComeBack(t, v, book, o, paper) })
		}
	}
}

func paragraphsComeBack(t *testing.T, v *release.View, book *stats.Table, o Options, paper *Paper) {
	s, err := compose(v, book, o, fonts(), paper)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := draw.Play(typeset.A4, s.pages)
	if err != nil {
		t.Fatal(err)
	}
	data, err := finish.Finish(raw, s.document(v, paper))
	if err != nil {
		t.Fatal(err)
	}
	universal(t, data)
	file := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}

	var order, noted []*typeset.Element
	texts := map[*typeset.Element]string{}
	out, err := exec.Command("pdftotext", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	read := strings.Split(string(out), "\f")
	drawn, err := exec.Command("pdftotext", "-raw", file, "-").Output() // in the order in which it is drawn
	if err != nil {
		t.Fatal(err)
	}
	heads := strings.Split(string(drawn), "\f")
	for i, p := range s.pages {
		page := squeeze(read[i])
		for _, part := range partsOf(p) {
			if part.block == nil {
				continue
			}
			if i == 0 && strings.HasSuffix(part.text, "文件") { // which stands beside the middle of the issuers
				page = squeeze(heads[i])
			}
			for _, piece := range strings.Split(part.text, blank) {
				if together(part.block) && !strings.Contains(page, squeeze(piece)) {
					t.Errorf("第 %d 面取不出 %s %q：%s", i+1, part.block, piece, page)
				}
			}
			if texts[part.block] == "" {
				if part.block.Tag == typeset.TagNote {
					noted = append(noted, part.block)
				} else {
					order = append(order, part.block)
				}
			}
			texts[part.block] += squeeze(part.text)
		}
	}
	inTreeOrder(order)
	var blocks, notes []string
	for _, e := range order {
		tag := e.Tag
		if in := e.Parent; in != nil && in.Tag == typeset.TagText && len(in.Kids) == 1 {
			tag = in.Tag // the only paragraph of an item is the item's text
		}
		blocks = append(blocks, fmt.Sprintf("%s %s", tag, texts[e]))
	}
	for _, e := range noted {
		notes = append(notes, texts[e])
	}
	const readable = 25 // pdfinfo takes minutes for the tree of a long file
	if len(s.pages) > readable {
		return
	}
	gotBlocks, gotNotes := structText(t, file)
	expectSame(t, gotBlocks, blocks)
	expectSame(t, gotNotes, notes)
}

// inTreeOrder brings blocks from the order of the pages into that of the tree,
// which differs where a chart at the head of a page stands between the items of
// a list.
func inTreeOrder(blocks []*typeset.Element) {
	first := map[*typeset.Element]int{}
	paths := map[*typeset.Element][]int{}
	for i, b := range blocks {
		for e := b; e != nil; e = e.Parent {
			if _, ok := first[e]; !ok {
				first[e] = i
			}
			paths[b] = append(paths[b], first[e])
		}
		slices.Reverse(paths[b])
	}
	slices.SortStableFunc(blocks, func(a, b *typeset.Element) int { return slices.Compare(paths[a], paths[b]) })
}

func expectSame(t *testing.T, got, want []string) {
	t.Helper()
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("结构树的第 %d 段是\n%s\n应为\n%s", i+1, got[i], want[i])
			return
		}
	}
	if len(got) != len(want) {
		t.Errorf("结构树有 %d 段，排了 %d 段", len(got), len(want))
	}
}

// Every number of the contents is the label of the page that its heading
// stands on, and where its link and its bookmark lead.
func TestContentsLeadToTheirHeadings(t *testing.T) {
	v := sampleView(t)
	book := stats.Of(v)
	for _, paper := range Papers(v, book) {
		s, err := compose(v, book, Options{Fonts: loaded}, fonts(), paper)
		if err != nil {
			t.Fatal(err)
		}
		labels := s.document(v, paper).Labels
		anchors := map[string]typeset.Bookmark{}
		for _, b := range s.bookmarks {
			anchors[b.Anchor] = b
		}
		lines := 0
		for _, p := range s.pages[:s.front] {
			numbers := map[*typeset.Element]string{} // the last text of a line
			texts := map[*typeset.Element]string{}
			var within *typeset.Element
			for _, op := range p.Ops {
				switch op := op.(type) {
				case typeset.Into:
					within = op.Element
				case typeset.Text:
					numbers[within] = op.Text
					texts[within] += squeeze(op.Text)
				case typeset.Link:
					if op.Anchor == "" {
						continue // to the sheet's state on the site
					}
					b, ok := anchors[op.Anchor]
					if !ok {
						t.Fatalf("%s：%q 没有去处", paper.Title, op.Text)
					}
					lines++
					if want := labelOf(labels, b.Page); numbers[op.Element] != want {
						t.Errorf("%s：%s 的页码印成 %s，标签是 %s", paper.Title, b.Title, numbers[op.Element], want)
					}
					if want := squeeze(b.Title) + numbers[op.Element]; texts[op.Element] != want {
						t.Errorf("%s：目录印的是 %s，应为 %s", paper.Title, texts[op.Element], want)
					}
					headed := slices.ContainsFunc(partsOf(s.pages[b.Page]), func(p part) bool {
						return p.block != nil && strings.HasPrefix(string(p.block.Tag), "H") && squeeze(p.text) == squeeze(b.Title)
					})
					if !headed {
						t.Errorf("%s：第 %d 面上没有标题 %s", paper.Title, b.Page+1, b.Title)
					}
				}
			}
		}
		listed := 0
		for _, b := range s.bookmarks {
			if b.Level <= contentLevels {
				listed++
			}
		}
		if s.front > 0 && lines != listed {
			t.Errorf("%s：目录有 %d 行，标题有 %d 个", paper.Title, lines, listed)
		}
	}
}

// Other programs take the letters out of every chart as they are printed.
func TestChartsReadBack(t *testing.T) {
	pages, _ := catalogue(t, sampleView(t))
	raw, err := draw.Play(typeset.A4, pages)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "charts.pdf")
	if err := os.WriteFile(file, raw.Bytes, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range strings.Split(strings.TrimSuffix(string(out), "\f"), "\f") {
		if got, want := letters(text), letters(words(pages[i])); got != want {
			t.Errorf("第 %d 页取出的字是\n%s\n印的是\n%s", i+1, got, want)
		}
	}
}

// The report with its charts is whole to other programs, and the same whatever
// the number of processors.
func TestReportWithCharts(t *testing.T) {
	write := func() []byte {
		v := sampleView(t)
		var b bytes.Buffer
		if err := writeReport(&b, v, withCharts(v)); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	first := write()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if !bytes.Equal(first, write()) {
		t.Error("两次生成的字节不同")
	}
	file := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(file, first, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", "--check", file).CombinedOutput(); err != nil {
		t.Errorf("qpdf：%v\n%s", err, out)
	}
}

// The file as programs that know nothing of it see it.
func TestToolsAgree(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.pdf")
	v := publicView(t, nil)
	if err := os.WriteFile(file, bytesOf(t, v), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", "--check", file).CombinedOutput(); err != nil {
		t.Errorf("qpdf：%v\n%s", err, out)
	}
	out, err := exec.Command("pdftotext", file, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext：%v\n%s", err, out)
	}
	for _, want := range []string{
		"临江市2031农资打假“春雷”行动", "人名用字如“镕”“瞭”“𬭎”，约翰·史密斯也要印得出来•不混。",
		"共400个次", "比上期变化25.0%", "东农罚〔2031〕3号",
	} {
		if !strings.Contains(squeeze(string(out)), want) {
			t.Errorf("取出的文字里没有 %s", want)
		}
	}
}

// rendered returns the first sheet of a document whose body is the text, as a
// printer draws it, and its words.
func rendered(t *testing.T, text string) (picture []byte, words string) {
	t.Helper()
	front, _, _ := strings.Cut(fileOf(t, "content/open/tongzhi.md")[4:], "\n---\n")
	v := publicView(t, map[string]string{"content/open/tongzhi.md": "---\n" + front + "\n---\n\n" + text + "\n"})
	file := filepath.Join(t.TempDir(), "document.pdf")
	var b bytes.Buffer
	if err := (Options{Fonts: loaded}).Write(&b, v, stats.Of(v), documentPaper(v, v.Campaign().ItemsOf(campaign.Documents)[0])); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	picture, err := exec.Command("pdftoppm", "-r", "60", "-gray", "-f", "1", "-l", "1", file).Output()
	if err != nil {
		t.Fatalf("pdftoppm（软件包 poppler-utils）：%v", err)
	}
	out, err := exec.Command("pdftotext", "-raw", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return picture, string(out)
}

// What the fonts would draw as another character, or as nothing, prints as it is
// written: it looks like neither, and comes back as itself.
func TestCharactersPrintAsWritten(t *testing.T) {
	for _, c := range []struct{ written, not string }{
		{"罚款￥50000元", "罚款＄50000元"}, {"**￥50000**", "**＄50000**"},
		{"> 第ⅱ类", "> 第　类"}, {"> ńǐɡ", "> 　ǐ　"}, {"标準", "标准"}, {"有餘", "有余"},
	} {
		picture, words := rendered(t, c.written)
		other, _ := rendered(t, c.not)
		if bytes.Equal(picture, other) {
			t.Errorf("“%s”印得和“%s”一样", c.written, c.not)
		}
		if want := strings.Trim(c.written, "*> "); !strings.Contains(words, want) {
			t.Errorf("“%s”取出来是 %q", c.written, words)
		}
	}
	_, words := rendered(t, "### 第ⅱ类（ńǐ）\n\n罚没款12345.678万元。")
	for _, want := range []string{"第ⅱ类（ńǐ）", "12345.678"} {
		if !strings.Contains(words, want) {
			t.Errorf("没有“%s”：%s", want, words)
		}
	}
}

// TestStatusIsReadFromTheSheet: the code of a paper is read from the sheet as a printer
// draws it.
func TestStatusIsReadFromTheSheet(t *testing.T) {
	v := publicView(t, addressed(t))
	b := stats.Of(v)
	for _, p := range Papers(v, b) {
		var data bytes.Buffer
		if err := (Options{Fonts: loaded}).Write(&data, v, b, p); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "paper.pdf")
		if err := os.WriteFile(file, data.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		sheet, left := "1", typeset.A4.Left
		if strings.HasPrefix(p.Path, "open/") { // words stand at its left
			sheet, left = "2", typeset.A4.Left+typeset.A4.BlockWidth-0.85*statusSide
		}
		const dots = 300.0 // an inch
		at := func(length float64) string { return fmt.Sprint(int(length * dots / 72)) }
		picture, err := exec.Command("pdftoppm", "-r", "300", "-gray", "-f", sheet, "-l", sheet, "-x", at(left-1), "-W", at(0.85*statusSide+2),
			"-y", at(typeset.A4.Top+typeset.A4.BlockHeight+statusDrop), "-H", at(statusSide), file).Output()
		if err != nil {
			t.Fatalf("pdftoppm（软件包 poppler-utils）：%v", err)
		}
		want := siteAddress + "papers/" + p.Published(v, b).Digest + "/"
		if got := readCode(t, sampled(t, picture)); got != want {
			t.Errorf("%s：二维码读出来是 %q，应为 %q", p.Path, got, want)
		}
	}
}

// sampled returns the modules of the one QR code in a picture (PGM), which is square to
// it. Its edges are those of what is dark; the upper left square, seven modules wide,
// tells how large a module is.
func sampled(t *testing.T, picture []byte) [][]bool {
	t.Helper()
	var width, height, most int
	if n, err := fmt.Sscanf(string(picture[:32]), "P5\n%d %d\n%d\n", &width, &height, &most); n != 3 {
		t.Fatal(err)
	}
	pixels := picture[len(picture)-width*height:]
	dark := func(x, y int) bool { return int(pixels[y*width+x]) < most/2 }
	column := func(x int) bool {
		for y := range height {
			if dark(x, y) {
				return true
			}
		}
		return false
	}
	top, left := 0, 0
	for ; !column(left); left++ {
	}
	for ; !dark(left+2, top); top++ {
	}
	square := 0
	for ; dark(left+square, top+2); square++ {
	}
	module, bottom := float64(square)/7, top
	for y := top; y < height; y++ {
		if dark(left+2, y) {
			bottom = y + 1
		}
	}
	size := int(float64(bottom-top)/module + 0.5)
	modules := make([][]bool, size)
	module = float64(bottom-top) / float64(size)
	for y := range modules {
		for x := range size {
			modules[y] = append(modules[y], dark(left+int((float64(x)+0.5)*module), top+int((float64(y)+0.5)*module)))
		}
	}
	return modules
}
