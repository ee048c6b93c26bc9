package intake

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// packed writes a zip of parts, in the order given: name, content, name …
func packed(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const (
	coreXML = `<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc"><dc:title>通报</dc:title><dc:creator>张伟明</dc:creator><cp:lastModifiedBy>李国强</cp:lastModifiedBy></cp:coreProperties>`
	wordXML = `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>电话138</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>0000</w:t></w:r><w:r><w:t>1234</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>格中</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:del w:author="王小红"><w:r><w:delText>删去的</w:delText></w:r></w:del></w:p></w:body></w:document>`
)

func docx() []byte {
	return packed("[Content_Types].xml", "<Types/>", "word/document.xml", wordXML, "word/header1.xml", `<w:hdr xmlns:w="w"><w:p><w:r><w:t>页眉文字</w:t></w:r></w:p></w:hdr>`, "docProps/core.xml", coreXML)
}

func xlsx() []byte {
	return packed("xl/workbook.xml", `<workbook xmlns="m" xmlns:r="r"><sheets><sheet name="名单" r:id="rId1"/><sheet name="藏起来的" state="hidden" r:id="rId2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
		"xl/sharedStrings.xml", `<sst><si><t>联系人</t></si><si><r><t>张伟</t></r><r><t>明</t></r><rPh><t>zhang</t></rPh></si></sst>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="7"><c r="B7" t="s"><v>0</v></c><c r="C7" t="s"><v>1</v></c><c r="D7"><v>1.3800001234E10</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/sheet2.xml", `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>隐藏的</t></is></c></row></sheetData></worksheet>`,
		"docProps/core.xml", coreXML)
}

// pdf writes a file of one page in the way that a simple program does.
func pdf(content, resources string, more ...string) []byte {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write([]byte(content))
	_ = w.Close()
	return fmt.Appendf(nil, "%%PDF-1.5\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1/Resources<<%s>>>> endobj\n3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R>> endobj\n4 0 obj <</Filter/FlateDecode/Length %d>> stream\n%s\nendstream endobj\n%s", resources, z.Len(), z.String(), strings.Join(more, "\n"))
}

const (
	helvetica = "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
	cidFont   = "/Font<</F1 10 0 R>>"
	cidParts  = "10 0 obj <</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 11 0 R/DescendantFonts[<</DW 1000>>]>> endobj\n11 0 obj <<>> stream\n1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar <0001> <7535> <0002> <8BDD> endbfchar 1 beginbfrange <0010> <0019> <0030> endbfrange\nendstream endobj\n"
)

func said(t *testing.T, name string, data []byte) (string, *File) {
	t.Helper()
	text, err := Read(name, data)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var b strings.Builder
	for _, p := range text.Pieces {
		fmt.Fprintf(&b, "%s: %s\n", p.Where, p.Text)
	}
	for _, p := range text.Metadata {
		fmt.Fprintf(&b, "[%s] %s\n", p.Name, p.Value)
	}
	return b.String(), text
}

func TestRead(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("单位,备注\r\n某店,手机\r\n")
	if err != nil {
		t.Fatal(err)
	}
	objects := "20 0 obj <</Author(\xfe\xff\x5f\x20\x4f\x1f)/Producer(x)>> endobj"
	packedObjects := func() string {
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		_, _ = w.Write([]byte("30 0 <</Author(in a stream)/CreationDate(D:2022)>>"))
		_ = w.Close()
		return fmt.Sprintf("21 0 obj <</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>> stream\n%s\nendstream endobj", z.Len(), z.String())
	}()
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a.docx": {docx(), "第 1 段: 电话13800001234\n第 1 个表格第 1 行: 格中\n第 2 段: 删去的\n页眉: 页眉文字\n[批注、修订的作者] 王小红\n[标题] 通报\n[作者] 张伟明\n[上次修改者] 李国强\n"},
		"a.xlsx": {xlsx(), "工作表的名称: 名单\n工作表的名称: 藏起来的\n部件 sharedstrings.xml: zhang\n表“名单”第 7 行: 联系人\t张伟明\t13800001234\n表“藏起来的”第 1 行: 隐藏的\n[标题] 通报\n[作者] 张伟明\n[上次修改者] 李国强\n"},
		"a.csv":  {[]byte(gb), "第 1 行: 单位,备注\n第 2 行: 某店,手机\n"},
		"a.txt":  {[]byte("\xff\xfe\x35\x75\xdd\x8b"), "第 1 行: 电话\n"},
		"a.svg":  {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><text>电话 1380</text></svg>`), "图中文字: 电话 1380\n"},
		"1.pdf":  {pdf("BT /F1 12 Tf 72 700 Td (Tel 138) Tj (00001234) Tj 0 -20 Td [(next)-300(word)] TJ ET", helvetica), "第 1 页: Tel 13800001234\n第 1 页: next word\n"},
		"2.pdf":  {pdf("BT /F1 12 Tf 72 700 Td <000100020011001300180010> Tj ET", cidFont, cidParts), "第 1 页: 电话1380\n"},
		"3.pdf":  {pdf("BT /F1 12 Tf 72 700 Td (no 1380000) Tj 0 -14 Td (1234 x) Tj ET", helvetica), "第 1 页: no 1380000\n第 1 页: 1234 x\n第 1 页: no 13800001234 x\n"},
		"4.pdf":  {pdf("BT /F1 12 Tf 72 700 Td (a) Tj 200 0 Td (b) Tj ET", helvetica), "第 1 页: a\tb\n"},
		"5.pdf":  {pdf("/X Do", "/XObject<</X 9 0 R>>", "9 0 obj <</Subtype/Form/Resources<<"+helvetica+">>/Length 40>> stream\nBT /F1 12 Tf (in a form) Tj ET\nendstream endobj"), "第 1 页: in a form\n"},
		"6.pdf":  {pdf("", "", objects, packedObjects, "22 0 obj <</Type/Annot/Subtype/Link/A<</URI(mailto:a@b.cn)>>/Contents(note)>> endobj"), "批注或表单: note\n链接: mailto:a@b.cn\n[作者] 张伟\n"},
	} {
		got, _ := said(t, name, c.data)
		if name == "6.pdf" {
			// Characters of UTF-16, and the object within a stream.
			if !strings.Contains(got, "链接: mailto:a@b.cn\n批注或表单: note\n") || !strings.Contains(got, "[作者] 张伟\n") || !strings.Contains(got, "[作者] in a stream\n") {
				t.Errorf("%s: got\n%s", name, got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("%s: got\n%swant\n%s", name, got, c.want)
		}
	}
}

// TestSampleDecisions: the sample's decisions, set in subset CID fonts, are
// read whole.
func TestSampleDecisions(t *testing.T) {
	files, err := filepath.Glob("../../content/cases/*.pdf")
	if err != nil || len(files) < 8 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		slug := strings.TrimSuffix(filepath.Base(file), "-jueding.pdf")
		source, err := os.ReadFile("../../tools/decisions/texts/" + slug + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		_, text := said(t, file, data)
		got := strings.Join(strings.Fields(text.String()), "")
		missed := 0
		for line := range strings.Lines(string(source)) {
			for _, sentence := range strings.Split(strings.TrimSpace(line), "。") {
				r := []rune(strings.Join(strings.Fields(sentence), ""))
				if len(r) < 12 {
					continue
				}
				// A page break puts other words within one.
				if !strings.Contains(got, string(r[len(r)-10:])) && !strings.Contains(got, string(r[:10])) {
					missed++
					t.Logf("%s: %s", file, sentence)
				}
			}
		}
		if missed > 1 {
			t.Errorf("%s: %d sentences are not in what was read", file, missed)
		}
	}
}

// TestHostile: each file is told for what it is; none is taken for an empty
// one, and none exhausts the reader.
func TestHostile(t *testing.T) {
	bomb := func(n int) string { return strings.Repeat("网", n) }
	zlibBomb := func() string {
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		for range 120 {
			_, _ = w.Write(make([]byte, 1<<20))
		}
		_ = w.Close()
		return z.String()
	}()
	// forms are drawings within drawings, each drawn several times by the one
	// before.
	forms := func(times int, pack bool) string {
		content, filter := strings.Repeat("/X Do ", times), ""
		if pack {
			var z bytes.Buffer
			w := zlib.NewWriter(&z)
			_, _ = w.Write([]byte(content))
			_ = w.Close()
			content, filter = z.String(), "/Filter/FlateDecode"
		}
		return lots(30, func(i int) string {
			return fmt.Sprintf("%d 0 obj <</Subtype/Form/Resources<</XObject<</X %d 0 R>>>>%s/Length %d>> stream\n%s\nendstream endobj\n", 20+i, 21+i, filter, len(content), content)
		})
	}
	for name, c := range map[string]struct {
		file string
		data []byte
		want any // the error's type
	}{
		"a slip":                   {"a.docx", packed("word/document.xml", wordXML, "../../evil.txt", "x"), &activeError{}},
		"a slip by backslashes":    {"a.xlsx", packed("xl/workbook.xml", "<workbook/>", `..\..\evil.txt`, "x"), &activeError{}},
		"a zip bomb":               {"a.docx", packed("word/document.xml", "<w:document xmlns:w=\"w\"><w:p><w:t>"+bomb(40<<20)+"</w:t></w:p></w:document>"), &unreadableError{}},
		"deep XML":                 {"a.docx", packed("word/document.xml", strings.Repeat("<a>", 5000)), &unreadableError{}},
		"entities of entities":     {"a.docx", packed("word/document.xml", `<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>`), &activeError{}},
		"macros":                   {"a.docx", packed("word/document.xml", wordXML, "word/vbaProject.bin", "x"), &activeError{}},
		"a password":               {"a.docx", []byte(oleMagic + "EncryptedPackage"), &unreadableError{}},
		"no document":              {"a.docx", packed("x", "y"), &unreadableError{}},
		"damaged":                  {"a.xlsx", []byte("PK\x03\x04damaged"), &unreadableError{}},
		"an old file":              {"a.doc", []byte(oleMagic), &unreadableError{}},
		"an archive":               {"a.zip", packed("x", "y"), &Refused{}},
		"a page":                   {"a.html", []byte("<script>"), &Refused{}},
		"a program":                {"a.exe", []byte("MZ"), &Refused{}},
		"no extension":             {"a", []byte("x"), &Refused{}},
		"another kind":             {"a.pdf", []byte("PK\x03\x04"), &Refused{}},
		"an empty file":            {"a.pdf", nil, &Refused{}},
		"a script in a drawing":    {"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), &activeError{}},
		"an event in a drawing":    {"a.svg", []byte(`<svg onload="alert(1)"/>`), &activeError{}},
		"a frame in a drawing":     {"a.svg", []byte(`<svg><foreignObject><iframe/></foreignObject></svg>`), &activeError{}},
		"a drawing from elsewhere": {"a.svg", []byte(`<svg><image href="http://example.com/a.png"/></svg>`), &activeError{}},
		"a link with a script":     {"a.svg", []byte(`<svg><a href=" java&#10;script:alert(1)"/></svg>`), &activeError{}},
		"a style from elsewhere":   {"a.svg", []byte(`<svg><style>@import url(http://example.com/a.css)</style></svg>`), &activeError{}},
		"a scan":                   {"a.pdf", pdf("/I Do", "/XObject<</I 9 0 R>>", "9 0 obj <</Subtype/Image/Length 1>> stream\nx\nendstream endobj"), &unreadableError{}},
		"glyphs without meaning":   {"a.pdf", pdf("BT /F1 12 Tf <000100020003000400050006> Tj ET", cidFont, "10 0 obj <</Subtype/Type0/Encoding/Identity-H/DescendantFonts[<<>>]>> endobj"), &unreadableError{}},
		"encrypted":                {"a.pdf", append(pdf("", ""), "trailer <</Encrypt 5 0 R>>"...), &unreadableError{}},
		"a script in a PDF":        {"a.pdf", pdf("", "", "9 0 obj <</S/JavaScript/JS(app.alert)>> endobj"), &activeError{}},
		"a script by escapes":      {"a.pdf", pdf("", "", "9 0 obj <</#53/Java#53cript>> endobj"), &activeError{}},
		"a program in a PDF":       {"a.pdf", pdf("", "", "9 0 obj <</S/Launch/F(cmd.exe)>> endobj"), &activeError{}},
		"a file in a PDF":          {"a.pdf", pdf("", "", "9 0 obj <</Type/Filespec/EF<</F 8 0 R>>>> endobj"), &unreadableError{}},
		"a PDF bomb":               {"a.pdf", []byte("%PDF-1.5\n1 0 obj <</Type/Catalog/Pages<</Type/Page/Contents 4 0 R>>>> endobj\n4 0 obj <</Filter/FlateDecode>> stream\n" + zlibBomb + "\nendstream endobj"), &unreadableError{}},
		"pages of pages":           {"a.pdf", []byte("%PDF-1.5\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Kids[2 0 R 2 0 R]>> endobj"), &unreadableError{}},
		"objects within objects":   {"a.pdf", []byte("%PDF-1.5\n" + strings.Repeat("1 0 obj [", 200_000)), &unreadableError{}},
		"strings that never end":   {"a.pdf", []byte("%PDF-1.5\n" + lots(100_000, func(i int) string { return fmt.Sprintf("%d 0 obj (", i) })), &unreadableError{}},
		"forms within forms":       {"a.pdf", pdf("/X Do", "/XObject<</X 20 0 R>>", forms(1, false)), &unreadableError{}},
		"a hundred forms in each":  {"a.pdf", pdf("/X Do", "/XObject<</X 20 0 R>>", forms(100, false)), &unreadableError{}},
		"the same, packed":         {"a.pdf", pdf("/X Do", "/XObject<</X 20 0 R>>", forms(100, true)), &unreadableError{}},
		"binary as text":           {"a.txt", []byte("a\x00b"), &unreadableError{}},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := Read(c.file, c.data)
			ok := false
			switch c.want.(type) {
			case *activeError:
				ok = file != nil && len(file.Active) > 0
			case *unreadableError:
				ok = file != nil && len(file.Unread) > 0
			case *Refused:
				ok = errors.As(err, new(*Refused))
			}
			if !ok {
				t.Errorf("want %T, got %+v, %v", c.want, file, err)
			}
		})
	}
}

func lots(n int, each func(int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(each(i))
	}
	return b.String()
}

// FuzzRead: whatever a file holds, reading it ends without a panic, within
// bounds, and with an error of a kind that review knows.
func FuzzRead(f *testing.F) {
	f.Add("a.docx", docx())
	f.Add("a.xlsx", xlsx())
	f.Add("a.pptx", packed("ppt/slides/slide1.xml", `<p:sld xmlns:a="a" xmlns:p="p"><a:p><a:r><a:t>页</a:t></a:r></a:p></p:sld>`))
	f.Add("a.csv", []byte("甲,乙\n"))
	f.Add("a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><text>图</text></svg>`))
	f.Add("a.pdf", pdf("BT /F1 12 Tf 72 700 Td (Tel 138) Tj [(x)-300(y)] TJ T* (z) ' ET q 1 0 0 1 0 0 cm /X Do Q BI ID x EI", helvetica))
	f.Add("a.pdf", pdf("BT /F1 12 Tf <0001000200110012> Tj ET", cidFont, cidParts, "20 0 obj <</Author(x)/Producer(y)/Title(z)/Parent 1 0 R>> endobj"))
	f.Add("a.pdf", new(pdfWriter).add(page1("BT /F3 12 Tf <0041> Tj ET /Pattern cs /P scn 0 0 9 9 re W f BI /W 1 ID x EI", "/Pattern<</P 4 0 R>>|/Annots[<</AP<</N 4 0 R>>/Rect[0 0 9 9]>>]", "/Metadata 4 0 R"), "").add(map[int]string{9: "<</Type/ObjStm/N 1/First 4/Length 10>>stream\n4 0 <</S/X>>\nendstream", 10: "<</Type/XRef/W[1 2 1]/Size 3/Length 4/DecodeParms<</Predictor 12/Columns 4>>>>stream\nxxxx\nendstream"}, "/XRefStm 10").Bytes())
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		text, err := Read(name, data)
		if err == nil && text == nil {
			t.Error("neither text nor an error")
		}
		if err != nil && !errors.As(err, new(*Refused)) {
			t.Errorf("%T %v", err, err)
		}
	})
}

// BenchmarkRead measures the reading of attachments at build time, by their
// size: ten times the pages or rows should take ten times as long.
func BenchmarkRead(b *testing.B) {
	files, err := filepath.Glob("../../content/cases/*.pdf")
	if err != nil || len(files) == 0 {
		b.Fatal(files, err)
	}
	decision, err := os.ReadFile(files[0])
	if err != nil {
		b.Fatal(err)
	}
	sheet := func(rows int) []byte {
		return packed("xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="名单" r:id="1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml", "<worksheet><sheetData>"+lots(rows, func(i int) string {
				return fmt.Sprintf(`<row r="%d"><c r="A%[1]d" t="inlineStr"><is><t>某店第%[1]d号</t></is></c><c r="B%[1]d"><v>%[1]d</v></c></row>`, i+1)
			})+"</sheetData></worksheet>")
	}
	pages := func(n int) []byte {
		page := "BT /F1 12 Tf 72 700 Td " + strings.Repeat("(Tel 12345) Tj 0 -14 Td ", 45) + "ET"
		return pdf(strings.Repeat(page, n), helvetica)
	}
	for _, c := range []struct {
		name, file string
		data       []byte
	}{
		{"decision", "a.pdf", decision}, {"xlsx/1000", "a.xlsx", sheet(1000)}, {"xlsx/10000", "a.xlsx", sheet(10_000)},
		{"pdf/20", "a.pdf", pages(20)}, {"pdf/200", "a.pdf", pages(200)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.data)))
			b.ReportAllocs()
			for b.Loop() {
				if text, err := Read(c.file, c.data); err != nil || len(text.Pieces) == 0 {
					b.Fatal(err)
				}
			}
		})
	}
}
