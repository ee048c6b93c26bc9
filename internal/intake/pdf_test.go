package intake

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// pdfWriter writes a file with a true cross-reference table, and adds to it.
type pdfWriter struct {
	bytes.Buffer
	last int // where the newest table is
}

// page1 are the objects of a file of one page: catalog, tree, page, content, font.
func page1(content, page, catalog string) map[int]string {
	return map[int]string{
		1: "<</Type/Catalog/Pages 2 0 R" + catalog + ">>",
		2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R/F3 7 0 R>>" + strings.Replace(page, "|", ">>", 1) + ">>",
		4: streamOf(content),
		5: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		6: "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</DW 1000>>]>>",
		7: "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-V/ToUnicode 8 0 R/DescendantFonts[<</DW 1000>>]>>",
		8: streamOf("1 beginbfrange <0000> <ffff> <0000> endbfrange"),
	}
}

func streamOf(content string) string {
	return fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content)
}

// add writes objects, and a table that names them and the one before.
func (w *pdfWriter) add(objects map[int]string, trailer string) *pdfWriter {
	if w.Len() == 0 {
		w.WriteString("%PDF-1.7\n")
	}
	numbers := []int{}
	for n := range objects {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	var table strings.Builder
	for _, n := range numbers {
		fmt.Fprintf(&table, "%d 1\n%010d 00000 n \n", n, w.Len())
		fmt.Fprintf(w, "%d 0 obj\n%s\nendobj\n", n, objects[n])
	}
	if w.last > 0 {
		trailer += fmt.Sprintf("/Prev %d", w.last)
	}
	w.last = w.Len()
	fmt.Fprintf(w, "xref\n0 1\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", table.String(), numbers[len(numbers)-1]+1, trailer, w.last)
	return w
}

// pageOf writes a file of one page. What a page has besides goes before and behind
// a | that ends its resources.
func pageOf(content, page, catalog string) []byte {
	if !strings.Contains(page, "|") {
		page = "|" + page
	}
	return new(pdfWriter).add(page1(content, page, catalog), "").Bytes()
}

// utf16Hex writes words as codes of the fonts F2 and F3.
func utf16Hex(s string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, "%04x", r)
	}
	return "<" + b.String() + ">"
}

func readFile(t *testing.T, data []byte) *File {
	t.Helper()
	f, err := Read("a.pdf", data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestPDFLines: whatever the order and the direction in which words are drawn, they
// are read as they are seen.
func TestPDFLines(t *testing.T) {
	name, tel := utf16Hex("联系人：王小明"), utf16Hex("手机13800138000")
	boxed := ""
	for n, c := range "13800138000" {
		boxed += fmt.Sprintf("BT /F1 12 Tf %d 700 Td (%c) Tj ET ", 140+22*n, c)
	}
	for of, c := range map[string]struct{ content, page, want string }{
		"upright":               {"BT /F2 14 Tf 50 700 Td " + name + " Tj 0 -20 Td " + tel + " Tj ET", "", "联系人：王小明|手机13800138000"},
		"turned left":           {"BT /F2 14 Tf 0 1 -1 0 300 100 Tm " + name + " Tj 0 -20 Td " + tel + " Tj ET", "/Rotate 90", "联系人：王小明|手机13800138000"},
		"turned right":          {"BT /F2 14 Tf 0 -1 1 0 300 700 Tm " + name + " Tj 0 -20 Td " + tel + " Tj ET", "/Rotate 270", "联系人：王小明|手机13800138000"},
		"upside down":           {"q -1 0 0 -1 595 842 cm BT /F2 14 Tf 50 700 Td " + name + " Tj 0 -20 Td " + tel + " Tj ET Q", "/Rotate 180", "联系人：王小明|手机13800138000"},
		"slanted":               {"BT /F2 14 Tf 0.7 0.7 -0.7 0.7 100 100 Tm " + name + " Tj 0 -20 Td " + tel + " Tj ET", "", "联系人：王小明|手机13800138000"},
		"from a mirror":         {"1 0 0 -1 0 842 cm BT /F2 14 Tf 1 0 0 -1 50 100 Tm " + name + " Tj ET", "", "联系人：王小明"},
		"vertical, of Unicode":  {"BT /F3 14 Tf 300 700 Td " + name + " Tj 30 0 Td " + tel + " Tj ET", "", "手机13800138000|联系人：王小明"},
		"a value first":         {"BT /F2 14 Tf 150 700 Td " + utf16Hex("王小明") + " Tj ET BT /F2 14 Tf 50 700 Td " + utf16Hex("姓名") + " Tj ET", "", "姓名+王小明"},
		"letter-spaced":         {"BT /F1 12 Tf 6 Tc 50 700 Td (13800138000) Tj ET", "", "13800138000"},
		"far letter-spaced":     {"BT /F1 12 Tf 50 700 Td [(1)-1500(3)-1500(8)-1500(0)-1500(0)-1500(1)-1500(3)-1500(8)-1500(0)-1500(0)-1500(0)] TJ ET", "", "13800138000"},
		"a box a digit":         {"BT /F2 14 Tf 50 700 Td " + utf16Hex("手机号") + " Tj ET " + boxed, "", "手机号+13800138000"},
		"digits from the right": {"BT /F1 12 Tf 162 700 Td (8) Tj -22 0 Td (3) Tj -22 0 Td (1) Tj 66 0 Td (0) Tj ET", "", "1380"},
		"printed twice":         {"BT /F1 12 Tf 50 700 Td (Tel 1380) Tj ET BT /F1 12 Tf 50.3 700 Td (Tel 1380) Tj ET", "", "Tel 1380"},
		"words with blanks":     {"BT /F1 12 Tf 50 700 Td (in a form) Tj ET", "", "in a form"},
		"a table": {"BT /F2 10 Tf 50 700 Td " + utf16Hex("序号") + " Tj 60 0 Td " + utf16Hex("姓名") + " Tj 100 0 Td " + utf16Hex("职务") + " Tj -160 -20 Td (\x001) Tj 160 0 Td " + utf16Hex("科长") + " Tj -100 -20 Td " + utf16Hex("王小明") + " Tj ET", "",
			"序号+姓名+职务|1++科长|王小明"},
		"one below the other": {"BT /F2 14 Tf 50 700 Td " + utf16Hex("王") + " Tj 0 -16 Td " + utf16Hex("小") + " Tj 0 -16 Td " + utf16Hex("明") + " Tj ET", "", "王|小|明|王小明"},
		"hidden under OCR":    {"BT /F1 12 Tf 3 Tr 50 700 Td (13800138000) Tj ET", "", "13800138000"},
		"in a pattern":        {"/Pattern cs /P scn 0 0 100 100 re f", "/Pattern<</P 9 0 R>>|", "13800138000"},
		"alternate words":     {"/Span <</ActualText " + utf16Hex("\ufeff王小明13800138000") + ">> BDC BT /F1 12 Tf 50 700 Td (abcdefghij) Tj ET EMC", "", "abcdefghij|王小明13800138000"},
	} {
		t.Run(of, func(t *testing.T) {
			objects := page1(c.content, c.page, "")
			if !strings.Contains(c.page, "|") {
				objects = page1(c.content, "|"+c.page, "")
			}
			objects[9] = "<</PatternType 1/Resources<</Font<</F1 5 0 R>>>>/Length 39>>stream\nBT /F1 12 Tf 5 5 Td (13800138000) Tj ET \nendstream"
			f := readFile(t, new(pdfWriter).add(objects, "").Bytes())
			var got []string
			for _, p := range f.Pieces {
				line := p.Text
				if p.Cells != nil {
					line = strings.Join(p.Cells, "+")
				}
				if p.Where != "第 1 页" {
					line = p.Where + line
				}
				got = append(got, line)
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}

// TestPDFUnread: a page whose words cannot be known is unread, and one with pictures
// or drawings beside its words is read.
func TestPDFUnread(t *testing.T) {
	text := "BT /F1 12 Tf 50 50 Td (Page 1 of the annual report of the bureau) Tj ET "
	picture := "/XObject<</I 9 0 R>>|"
	letters := strings.Repeat("50 700 m 55 705 60 710 60 720 c 50 720 l h 62 700 m 72 700 l 72 720 l 68 715 l 66 712 l 62 720 l h f ", 20)
	embedded := "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+SimSun/FontDescriptor<</Flags 4/FontFile2 4 0 R>>"
	for of, c := range map[string]struct {
		content, page, font string
		unread              bool
	}{
		"text":                             {text, "", "", false},
		"a scan":                           {"q 595 0 0 842 0 0 cm /I Do Q", picture, "", true},
		"a scan with a footer":             {"q 595 0 0 842 0 0 cm /I Do Q " + text, picture, "", true},
		"a scan with hidden text":          {"q 595 0 0 842 0 0 cm /I Do Q 3 Tr " + text, picture, "", true},
		"a scan in strips":                 {"q 595 0 0 200 0 0 cm /I Do Q q 595 0 0 200 0 200 cm /I Do Q q 595 0 0 200 0 400 cm /I Do Q " + text, picture, "", true},
		"an inline scan":                   {"q 595 0 0 842 0 0 cm BI /W 1 /H 1 ID x\nEI Q " + text, "", "", true},
		"a scan as a pattern":              {"/Pattern cs /P scn 0 0 595 842 re f " + text, "/Pattern<</P 10 0 R>>|", "", true},
		"a turned scan":                    {"q 0 842 -595 0 595 0 cm /I Do Q " + text, picture, "", true},
		"a photo":                          {"q 400 0 0 300 50 300 cm /I Do Q " + text, picture, "", false},
		"a photo of which little is shown": {"q 50 50 100 100 re W n 2000 0 0 2000 0 0 cm /I Do Q " + text, picture, "", false},
		"one photo drawn over itself":      {strings.Repeat("q 300 0 0 300 50 300 cm /I Do Q ", 9) + text, picture, "", false},
		"letters as shapes":                {letters, "", "", true},
		"letters as shapes, with a footer": {letters + text, "", "", true},
		"a chart":                          {text + strings.Repeat("50 700 m 90 750 l S 10 10 50 300 re f ", 60), "", "", false},
		"a hatched bar":                    {text + strings.Repeat("50 700 m 55 700 l 60 710 l 55 710 l h f ", 60), "", "", false},
		"a page of rules":                  {"50 700 500 1 re f", "", "", false},
		"an embedded font":                 {text, "", embedded + ">>", true},
		"an embedded font with encoding":   {text, "", strings.Replace(embedded, "/Flags 4", "/Flags 32", 1) + "/Encoding/WinAnsiEncoding>>", false},
		"a font with strange names":        {text, "", embedded + "/Encoding<</Differences[65/g1/g2 97/g3/g4/g5/g6/g7]>>>>", true},
		"glyph numbers":                    {"BT /F1 12 Tf 50 50 Td <000100020003> Tj ET " + strings.ReplaceAll(text, "F1", "F2"), "", "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<<>>]>>", true},
		"private characters":               {"BT /F1 12 Tf 50 50 Td <01020304> Tj ET", "", "<</Type/Font/Subtype/TrueType/ToUnicode 11 0 R>>", true},
		"an ornament":                      {"BT /F1 12 Tf 50 50 Td <01> Tj ET " + strings.ReplaceAll(text, "F1", "F4"), "/Font<</F1 12 0 R/F4 5 0 R>>|", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", false},
	} {
		t.Run(of, func(t *testing.T) {
			page := c.page
			if !strings.Contains(page, "|") {
				page = "|" + page
			}
			objects := page1(c.content, page, "")
			if strings.HasPrefix(page, "/Font") {
				objects[3] = strings.Replace(objects[3], "/Font<</F1 5 0 R/F2 6 0 R/F3 7 0 R>>", "", 1)
			}
			if c.font != "" {
				objects[5] = c.font
			}
			objects[9] = "<</Subtype/Image/Width 200/Height 280/Length 1>>stream\nx\nendstream"
			objects[10] = "<</PatternType 1/Resources<</XObject<</I 9 0 R>>>>/Length 33>>stream\nq 600 0 0 900 0 0 cm /I Do Q     \nendstream"
			objects[11] = streamOf("1 beginbfrange <00> <ff> <E000> endbfrange")
			objects[12] = "<</Type/Font/Subtype/TrueType/ToUnicode 11 0 R>>"
			f := readFile(t, new(pdfWriter).add(objects, "").Bytes())
			if unread := len(f.Unread) > 0; unread != c.unread {
				t.Errorf("unread %v %v", unread, f.Unread)
			}
		})
	}
}

// TestPDFStrings: what a viewer shows beside the page is read.
func TestPDFStrings(t *testing.T) {
	secret := utf16Hex("\ufeff王小明13800138000")
	look := "<</N 10 0 R>>"
	for of, c := range map[string]struct{ page, catalog, object string }{
		"a note":                   {"/Annots[<</Subtype/Text/Contents " + secret + ">>]", "", ""},
		"a note elsewhere":         {"/Annots[9 0 R]", "", "<</Subtype/FreeText/RC 11 0 R>>"},
		"a field's choice":         {"/Annots[9 0 R]", "", "<</Subtype/Widget/FT/Ch/Opt[[(a)" + secret + "]]>>"},
		"a stamp":                  {"/Annots[9 0 R]", "", "<</Subtype/Stamp/Rect[50 600 350 620]/AP" + look + ">>"},
		"a state of a button":      {"/Annots[9 0 R]", "", "<</Subtype/Widget/FT/Btn/Rect[50 600 350 620]/AP<</D<</On 10 0 R>>>>>>"},
		"a bookmark":               {"", "/Outlines 9 0 R", "<</First<</Title" + secret + "/Parent 9 0 R>>>>"},
		"a page label":             {"", "/PageLabels<</Nums[0<</P" + secret + ">>]>>", ""},
		"a page piece":             {"/PieceInfo<</X<</Private<</Note" + secret + ">>>>>>", "", ""},
		"an alternate":             {"", "/StructTreeRoot 9 0 R", "<</K<</S/Figure/Alt" + secret + ">>>>"},
		"a mail address":           {"/Annots[9 0 R]", "", "<</Subtype/Link/A<</S/URI/URI(mailto:13800138000@qq.com)>>>>"},
		"a telephone":              {"/Annots[9 0 R]", "", "<</Subtype/Link/A<</S/URI/URI(tel:13800138000)>>>>"},
		"metadata":                 {"", "/Metadata 9 0 R", "<</Type/Metadata/Subtype/XML/Length 84>>stream\n<x><rdf:li xmlns:rdf='r'>13800138000</rdf:li><d a='13800138000'/><e>王小</e></x>\nendstream"},
		"metadata in an attribute": {"", "/Metadata 9 0 R", "<</Type/Metadata/Subtype/XML/Length 27>>stream\n<x><d a='13800138000'/></x>\nendstream"},
		"an object nobody names":   {"", "", "<</Contents " + secret + ">>"},
	} {
		t.Run(of, func(t *testing.T) {
			objects := page1("BT /F1 12 Tf 50 700 Td (nothing here) Tj ET", "|"+c.page, c.catalog)
			objects[9] = c.object
			objects[10] = "<</Subtype/Form/BBox[0 0 300 20]/Resources<</Font<</F1 5 0 R>>>>/Length 39>>stream\nBT /F1 12 Tf 5 5 Td (13800138000) Tj ET \nendstream"
			objects[11] = streamOf("<p>13800138000</p>")
			if !strings.Contains(of, "stamp") && !strings.Contains(of, "state") {
				delete(objects, 10)
			}
			if of != "a note elsewhere" {
				delete(objects, 11)
			}
			f := readFile(t, new(pdfWriter).add(objects, "").Bytes())
			if !strings.Contains(f.join("\n"), "13800138000") || len(f.Active)+len(f.Unread) > 0 {
				t.Errorf("%+v", f)
			}
		})
	}
}

// TestPDFProperties: persons are named by the properties of the file, and by a note;
// a field's name is none, and stands as the label of its value.
func TestPDFProperties(t *testing.T) {
	objects := page1("BT /F1 12 Tf 50 700 Td (nothing here) Tj ET", "|/Annots[9 0 R 10 0 R]", "/Metadata 12 0 R")
	objects[9] = "<</Subtype/Text/T" + utf16Hex("\ufeff李国强") + "/Contents(x)>>"
	objects[10] = "<</Subtype/Widget/FT/Tx/T" + utf16Hex("\ufeff姓名") + "/V" + utf16Hex("\ufeff王小明") + ">>"
	objects[11] = "<</Title(x)/Author" + utf16Hex("\ufeff张伟明") + ">>"
	objects[12] = "<</Type/Metadata/Subtype/XML/Length 88>>stream\n<x xmlns:dc='d' xmlns:r='r'><dc:creator><r:Seq><r:li>ZhaoWei</r:li></r:Seq></dc:creator></x>\nendstream"
	f := readFile(t, new(pdfWriter).add(objects, "/Info 11 0 R").Bytes())
	var authors []string
	for _, p := range f.Metadata {
		if p.Author {
			authors = append(authors, p.Value)
		}
	}
	slices.Sort(authors)
	if got := strings.Join(authors, " "); got != "ZhaoWei 张伟明 李国强" {
		t.Errorf("authors %s", got)
	}
	if !slices.ContainsFunc(f.Pieces, func(p Piece) bool { return slices.Equal(p.Cells, []string{"姓名", "王小明"}) && p.Table > 0 }) {
		t.Errorf("%+v", f.Pieces)
	}
}

// TestPDFActive: what a file does is found wherever it is kept, and what a viewer
// does itself is not.
func TestPDFActive(t *testing.T) {
	for action, active := range map[string]bool{
		"<</S/JavaScript/JS(a)>>": true, "<</#53/J#61vaScript>>": true, "<</S/Launch/F(cmd.exe)>>": true, "<</S/SubmitForm/F(http://x)>>": true, "<</S/ImportData>>": true,
		"<</S/Rendition/R<<>>>>": true, "<</S/GoToR/F(a.pdf)>>": true, "<</S/GoToE/T<<>>>>": true, "<</S/Movie>>": true, "<</S/Sound>>": true,
		"<</S/URI/URI(javascript:alert\\(1\\))>>": true, "<</S/URI/URI(java\\nscript:x)>>": true, "<</S/URI/URI(FILE:///c:/x)>>": true, "<</S/URI/URI(\\\\\\\\host\\\\x)>>": true,
		"<</S/GoTo/D[3 0 R/Fit]/Next<</S/Launch>>>>": true, "<</S/Thread/F(other.pdf)>>": true, "<</S 10 0 R>>": true, "<</S/URI/URI 11 0 R>>": true,
		"<</S/GoTo/D[3 0 R/Fit]>>": false, "<</S/URI/URI(https://www.gov.cn/)>>": false, "<</S/URI/URI(#page)>>": false, "<</S/Named/N/NextPage>>": false, "<</S/Thread/D 0>>": false,
	} {
		for _, where := range []struct{ page, catalog string }{
			{"", "/OpenAction 9 0 R"}, {"/AA<</O 9 0 R>>", ""}, {"/Annots[<</Subtype/Link/A 9 0 R>>]", ""}, {"", "/Names<</JavaScript<</Names[(a)" + action + "]>>>>"}, {"", ""},
		} {
			objects := page1("BT /F1 12 Tf 50 700 Td (nothing here) Tj ET", "|"+where.page, where.catalog)
			objects[9], objects[10], objects[11] = action, "<<>>", "(mailto:x)"
			if strings.Contains(action, "10 0 R") {
				objects[10] = "/JavaScript"
			}
			if strings.Contains(action, "11 0 R") {
				objects[11] = "(javascript:x)"
			}
			if f := readFile(t, new(pdfWriter).add(objects, "").Bytes()); len(f.Active) > 0 != active {
				t.Errorf("%s in %+v: %v", action, where, f.Active)
			}
		}
	}
}

// TestPDFRevisions: objects are those that a viewer takes, in every revision that
// the file keeps, and where its table is broken.
func TestPDFRevisions(t *testing.T) {
	first := page1("BT /F1 12 Tf 50 700 Td (Tel 13800138000) Tj ET", "|", "")
	changed := map[int]string{4: streamOf("BT /F1 12 Tf 50 700 Td (Nothing else) Tj ET")}
	twice := new(pdfWriter).add(first, "").add(changed, "")
	f := readFile(t, twice.Bytes())
	if got := f.join("|"); got != "Nothing else|Tel 13800138000|" || f.Pieces[1].Where != "第 1 页（修改以前的）" {
		t.Errorf("an update: %s", got)
	}
	unchanged := new(pdfWriter).add(first, "").add(map[int]string{30: "<</Type/X>>"}, "")
	if got := readFile(t, unchanged.Bytes()).join("|"); got != "Tel 13800138000|" {
		t.Errorf("an update elsewhere: %s", got)
	}
	decoy := append(new(pdfWriter).add(first, "").Bytes(), "\n% 4 0 obj\n"+streamOf("BT /F1 12 Tf 50 700 Td (Nothing) Tj ET")+"\nendobj\n"...)
	if got := readFile(t, decoy).join("|"); got != "Tel 13800138000|" {
		t.Errorf("a decoy behind the end: %s", got)
	}
	broken := bytes.ReplaceAll(new(pdfWriter).add(first, "").Bytes(), []byte("00000 n"), []byte("00001 f"))
	if got := readFile(t, broken).join("|"); got != "Tel 13800138000|" {
		t.Errorf("a table without entries: %s", got)
	}
	shifted := bytes.Replace(new(pdfWriter).add(first, "").Bytes(), []byte("%PDF-1.7\n"), []byte("%PDF-1.7\n% a line more\n"), 1)
	if got := readFile(t, shifted).join("|"); got != "Tel 13800138000|" {
		t.Errorf("a table that is off: %s", got)
	}
	odd := bytes.Replace(new(pdfWriter).add(first, "").Bytes(), []byte("4 0 obj\n"), []byte("4%\n0 obj"), 1)
	if got := readFile(t, odd).join("|"); got != "Tel 13800138000|" {
		t.Errorf("a head with a comment: %s", got)
	}
	lost := bytes.Replace(odd, []byte("startxref"), []byte("startless"), 1)
	if f := readFile(t, lost); len(f.Unread) == 0 {
		t.Errorf("a content that is not found: %+v", f)
	}
}

// TestPDFTables: tables without end are given up.
func TestPDFTables(t *testing.T) {
	w := new(pdfWriter).add(page1("", "|", ""), "")
	for range 60 { // each one entry longer than all before it
		at := w.Len()
		fmt.Fprintf(w, "70 0 obj\n<</Type/XRef/W[1 0 0]/Size 290000/Root 1 0 R/Filter/FlateDecode/Index[0 290000]/Prev %d/Length %d>>stream\n", w.last, len(zeros))
		w.WriteString(zeros)
		fmt.Fprintf(w, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", at)
		w.last = at
	}
	if f := readFile(t, w.Bytes()); len(f.Unread) == 0 {
		t.Errorf("%+v", f)
	}
}

// zeros are packed entries that are free.
var zeros = func() string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(make([]byte, 290_000))
	_ = z.Close()
	return b.String()
}()

// TestPDFPictures: pictures are handed on with their place, photographs as they are.
func TestPDFPictures(t *testing.T) {
	objects := page1("BT /F1 12 Tf 50 700 Td (photo below) Tj ET q 90 0 0 90 0 0 cm /I Do /I Do /K Do Q", "/XObject<</I 9 0 R/K 10 0 R>>|", "")
	objects[9] = "<</Subtype/Image/Filter[/ASCIIHexDecode/DCTDecode]/Length 9>>stream\nffd8ffe1>\nendstream"
	objects[10] = "<</Subtype/Image/Length 1>>stream\nx\nendstream"
	objects[11] = "<</Subtype/Image/Filter/DCTDecode/Length 4>>stream\n\xff\xd8\xff\xe2\nendstream"
	f := readFile(t, new(pdfWriter).add(objects, "").Bytes())
	want := []Embedded{{Name: "第 1 页的图片", Data: []byte("\xff\xd8\xff\xe1")}, {Name: "第 1 页的图片"}, {Name: "文件里没有画出来的图片", Data: []byte("\xff\xd8\xff\xe2")}}
	if fmt.Sprint(f.Pictures) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", f.Pictures, want)
	}
}
