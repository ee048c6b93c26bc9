package intake

import (
	"bytes"
	"encoding/asn1"
	"fmt"
	"image"
	"image/png"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"testing/quick"
)

// words returns all that was read of a file, its metadata too.
func everything(t *testing.T, name string, data []byte) string {
	t.Helper()
	file, err := Read(name, data)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range file.Pieces {
		b.WriteString(p.Text + "\n")
	}
	for _, p := range file.Metadata {
		b.WriteString(p.Value + "\n")
	}
	return b.String()
}

// TestAnyPlace: a text at any place of an office file is read: in a part of any name,
// as what an element of any name says or as the value of any attribute, however deep,
// in paragraphs, tables and properties, split over runs.
func TestAnyPlace(t *testing.T) {
	folders := []string{"", "word/", "xl/", "ppt/", "customXml/", "Doc_0/", `a\b\`}
	elements := []string{"x", "t", "p", "tbl", "tr", "tc", "row", "si", "text", "pt", "v", "item", "备注", "comment", "svg", "Page", "TextCode", "oddHeader", "sharedItems", "docPr"}
	attributes := []string{"descr", "title", "v", "val", "name", "prompt", "tooltip", "formatCode", "alias", "instr"}
	texts := []string{"联系人：王小明", "13800138000", "wang@example.com", "住在红旗大道12号"}
	pick := func(list []string, n uint8) string { return list[int(n)%len(list)] }
	place := func(folder, number uint8, path [5]uint8, attribute, text uint8, asText, split bool) bool {
		want := pick(texts, text)
		inner := ""
		switch runes := []rune(want); {
		case !asText:
			inner = fmt.Sprintf(`<x %s="%s"/>`, pick(attributes, attribute), want)
		case split:
			half := len(runes) / 2
			inner = fmt.Sprintf("<p><r><t>%s</t></r><r><rPr/><t>%s</t></r></p>", string(runes[:half]), string(runes[half:]))
		default:
			inner = want
		}
		for _, n := range path {
			e := pick(elements, n)
			inner = "<" + e + ">" + inner + "</" + e + ">"
		}
		name := fmt.Sprintf("%spart%d.xml", pick(folders, folder), number)
		got := everything(t, "a.docx", packed("word/document.xml", wordXML, name, "<root>"+inner+"</root>"))
		if !strings.Contains(got, want) {
			t.Logf("%s: %s is not in %s", name, inner, got)
			return false
		}
		return true
	}
	if err := quick.Check(place, &quick.Config{MaxCount: 6000, Rand: rand.New(rand.NewSource(1))}); err != nil {
		t.Error(err)
	}
}

// TestRows: the rows of tables have their cells in columns, those of tables within
// tables too.
func TestRows(t *testing.T) {
	rows := func(name string, parts ...string) (list []string) {
		file, err := Read(name, packed(parts...))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range file.Pieces {
			if p.Cells != nil {
				list = append(list, fmt.Sprintf("%d:%s", p.Table, strings.Join(p.Cells, "|")))
			}
		}
		return list
	}
	cell := func(text string) string { return "<w:tc><w:p><w:r><w:t>" + text + "</w:t></w:r></w:p></w:tc>" }
	for what, c := range map[string]struct {
		name, part, text string
		want             []string
	}{
		"Word":       {"a.docx", "word/document.xml", `<w:document xmlns:w="w"><w:tbl><w:tr>` + cell("姓名") + cell("") + cell("职务") + `</w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:t>王小明</w:t></w:p></w:tc>` + cell("科长") + "</w:tr></w:tbl></w:document>", []string{"1:姓名||职务", "1:王小明||科长"}},
		"within":     {"a.docx", "word/document.xml", `<w:document xmlns:w="w"><w:tbl><w:tr>` + cell("外") + "<w:tc><w:tbl><w:tr>" + cell("内") + "</w:tr></w:tbl><w:p><w:t>后</w:t></w:p></w:tc></w:tr></w:tbl></w:document>", []string{"2:内", "1:外|后"}},
		"PowerPoint": {"a.pptx", "ppt/slides/slide1.xml", `<p:sld xmlns:a="a" xmlns:p="p"><a:tbl><a:tr><a:tc gridSpan="2"><a:p><a:t>甲</a:t></a:p></a:tc><a:tc><a:p><a:t>乙</a:t></a:p></a:tc></a:tr></a:tbl></p:sld>`, []string{"1:甲||乙"}},
		"OpenDocument": {"a.ods", "content.xml", `<o:document-content xmlns:o="o" xmlns:t="t" xmlns:x="x"><t:table><t:table-row><t:table-cell o:value="17727.232044"><x:p>17,727.23</x:p></t:table-cell><t:table-cell t:number-columns-repeated="2"/><t:table-cell><x:p>王<x:span>小明</x:span></x:p></t:table-cell><t:table-cell t:number-columns-repeated="16380"/></t:table-row></t:table></o:document-content>`,
			[]string{"1:17,727.23|||王小明"}},
	} {
		if got := rows(c.name, c.part, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
	got := rows("a.xlsx", "xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="名单" r:id="1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="2"><c r="B2" t="str"><v>姓名</v></c><c r="D2" t="str"><v>电话</v></c></row><row r="3"><c r="D3"><v>8221234</v></c></row></sheetData></worksheet>`)
	if want := []string{"1:|姓名||电话", "1:|||8221234"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestDisplayed: a number is read as a spreadsheet shows it.
func TestDisplayed(t *testing.T) {
	for _, c := range []struct{ stored, format, want string }{
		{"43831.042372685202", "", "43831.04237"},
		{"17727.232044", "", "17727.23204"},
		{"0.138001380001", "General", "0.13800138"},
		{"0.1", "", "0.1"},
		{"13800138000.000002", "", "13800138000.0"},
		{"13800138000", "", "13800138000"},
		{"1.3800138E10", "", "13800138000"},
		{"13800138000.000002", "#,##0.00", "13,800,138,000.00"},
		{"43831.042372685202", "yyyy/m/d h:mm", "2020-01-01 01:01:01"},
		{"43831", `yyyy"年"m"月"d"日"`, "2020-01-01 00:00:00"},
		{"0.5", "[h]:mm", "1899-12-30 12:00:00"},
		{"13800138000", "000-0000-0000", "138-0013-8000"},
		{"138000", `"138"00000000`, "13800138000"},
		{"0.256", "0.0%", "25.6%"},
		{"-12.5", "0.00;(0.00)", "(12.50)"},
		{"0", `0;-0;"无"`, "无"},
		{"12345678", "0,", "12346"},
		{"5", `0"件；另附"`, "5件；另附"},
		{"1234.5", "#,##0.00_ ", "1,234.50"},
		{"7", "000", "007"},
		{"1e999999999", "0", "1e999999999"},
		{"abc", "0", "abc"},
		{"13800138000", "# ?/?", "13800138000"},
		{"13800138000", "0.00E+00", "13800138000"},
	} {
		if got := displayNumber(c.stored, c.format, false); got != c.want {
			t.Errorf("%s by %q: %q, want %q", c.stored, c.format, got, c.want)
		}
	}
}

// TestParts: what a part is, is told by its bytes, and what is none of the known is
// unread by its name.
func TestParts(t *testing.T) {
	jpeg := "\xff\xd8\xff\xe1\x00\x00picture"
	printer := strings.Repeat("\x00", 64) + "\x01\x04\x00\x06\xdc\x00" + strings.Repeat("\x00", 200)
	inner := string(packed("word/document.xml", wordXML))
	for what, c := range map[string]struct {
		parts                    []string
		pictures, active, unread int
	}{
		"a picture of any name":    {[]string{"word/x.dat", jpeg}, 1, 0, 0},
		"fonts":                    {[]string{"word/fonts/f.odttf", "\x99\x88", "word/g.bin", "OTTO..."}, 0, 0, 0},
		"a printer's settings":     {[]string{"xl/printerSettings/p.bin", printer}, 0, 0, 0},
		"a document in it":         {[]string{"word/embeddings/a.docx", inner}, 0, 0, 0},
		"an object in it":          {[]string{"word/embeddings/o.bin", CompoundMark + "x"}, 0, 0, 1},
		"bytes":                    {[]string{"word/x.xml.bin", "\x00\x01\x02\xff"}, 0, 0, 1},
		"damaged XML":              {[]string{"word/x.xml", "<a><b></a>"}, 0, 0, 1},
		"XML in UTF-16":            {[]string{"word/x.xml", "\xff\xfe<\x00a\x00/\x00>\x00"}, 0, 0, 0},
		"a macro":                  {[]string{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="1" Type="http://x/vbaProject" Target="y.bin"/></Relationships>`}, 0, 1, 0},
		"a linked picture":         {[]string{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="1" Type="x/image" TargetMode="External" Target="file:///C:/a.png"/></Relationships>`}, 0, 1, 0},
		"a link to a file":         {[]string{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="1" Type="x/hyperlink" TargetMode="External" Target="名单.xlsx"/></Relationships>`}, 0, 1, 0},
		"a link to a page":         {[]string{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="1" Type="x/hyperlink" TargetMode="External" Target="https://example.com/"/></Relationships>`}, 0, 0, 0},
		"a field in one piece":     {[]string{"word/f.xml", `<w:x xmlns:w="w"><w:p><w:fldSimple w:instr=" DDEAUTO c:\\x"/></w:p></w:x>`}, 0, 1, 0},
		"a field in pieces":        {[]string{"word/f.xml", `<w:x xmlns:w="w"><w:p><w:fldChar w:fldCharType="begin"/><w:instrText> DDE</w:instrText><w:instrText>AUTO c:\\x</w:instrText></w:p><w:p><w:fldChar w:fldCharType="end"/></w:p></w:x>`}, 0, 1, 0},
		"a field that fetches":     {[]string{"word/f.xml", `<w:x xmlns:w="w"><w:p><w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://x/y.png&quot; 图片"/></w:p></w:x>`}, 0, 1, 0},
		"a field of the page":      {[]string{"word/f.xml", `<w:x xmlns:w="w"><w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:x>`}, 0, 0, 0},
		"a program's action":       {[]string{"ppt/s.xml", `<p:x xmlns:p="p"><a action="ppaction://program"/></p:x>`}, 0, 1, 0},
		"a file linked":            {[]string{"word/o.xml", `<o:OLEObject xmlns:o="o" Type="Link"/>`}, 0, 1, 0},
		"a formula that fetches":   {[]string{"xl/f.xml", `<w><f>WEBSERVICE("http://x/"&amp;A1)</f></w>`}, 0, 1, 0},
		"a formula that runs":      {[]string{"xl/f.xml", `<w><f>cmd|'/c calc'!A0</f></w>`}, 0, 1, 0},
		"a formula":                {[]string{"xl/f.xml", `<w><f>IF(A1|B1,SUM(A1:A9),1)</f></w>`}, 0, 0, 0},
		"a DDE link":               {[]string{"xl/e.xml", `<externalLink><ddeLink ddeService="cmd"/></externalLink>`}, 0, 1, 0},
		"a file of an OFD's image": {[]string{"Doc_0/Pages/Page_0/Content.xml", `<ofd:Page xmlns:ofd="o"><ofd:ImageObject/></ofd:Page>`}, 0, 0, 1},
	} {
		file, err := Read("a.docx", packed(append([]string{"word/document.xml", wordXML}, c.parts...)...))
		if err != nil || len(file.Pictures) != c.pictures || len(file.Active) != c.active || len(file.Unread) != c.unread {
			t.Errorf("%s: %d pictures, active %q, unread %q, %v", what, len(file.Pictures), file.Active, file.Unread, err)
		}
	}
}

// TestThumbnail: the small picture of itself that a package declares is none that
// shows, unless it is large, or something refers to it; where it was taken counts.
func TestThumbnail(t *testing.T) {
	drawn := func(side int) string {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, side, 10))); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	declared := []string{"_rels/.rels", `<Relationships><Relationship Id="2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail" Target="docProps/Thumbnail.png"/></Relationships>`}
	openDocument := []string{"META-INF/manifest.xml", `<m:manifest xmlns:m="m"><m:file-entry m:full-path="Thumbnails/thumbnail.png"/></m:manifest>`, "content.xml", "<t:p xmlns:t='t'>正文</t:p>"}
	for what, c := range map[string]struct {
		name  string
		parts []string
		shows bool
	}{
		"declared":            {"a.docx", append(declared, "docProps/Thumbnail.png", drawn(256)), false},
		"large":               {"a.docx", append(declared, "docProps/Thumbnail.png", drawn(257)), true},
		"no picture":          {"a.docx", append(declared, "docProps/Thumbnail.png", "\x89PNG\r\n\x1a\nx"), true},
		"not declared":        {"a.docx", []string{"docProps/thumbnail.png", drawn(9)}, true},
		"another one":         {"a.docx", append(declared, "docProps/Thumbnail.png", drawn(9), "word/media/a.png", drawn(9)), true},
		"shown in the text":   {"a.docx", append(declared, "docProps/Thumbnail.png", drawn(9), "word/_rels/document.xml.rels", `<Relationships><Relationship Id="1" Type="x/image" Target="../docProps/thumbnail.png"/></Relationships>`), true},
		"OpenDocument":        {"a.odt", append(openDocument, "Thumbnails/thumbnail.png", drawn(181)), false},
		"OpenDocument, large": {"a.odt", append(openDocument, "Thumbnails/thumbnail.png", drawn(512)), true},
		"OpenDocument, shown": {"a.odt", append(openDocument, "Thumbnails/thumbnail.png", drawn(9), "styles.xml", `<d:image xmlns:d="d" xmlns:x="x" x:href="Thumbnails/thumbnail.png"/>`), true},
	} {
		file, err := Read(c.name, packed(append([]string{"word/document.xml", wordXML}, c.parts...)...))
		if err != nil || len(file.Pictures) == 0 || file.HasPictures() != c.shows {
			t.Errorf("%s: %v, %d pictures, shows %v", what, err, len(file.Pictures), file.HasPictures())
		}
	}
	placed := drawn(9)[:33] + "\x00\x00\x00\x20tEXtXMP\x00exif:GPSLatitude=\"25,49.8N\"...."
	file, err := Read("a.docx", packed(append(declared, "word/document.xml", wordXML, "docProps/Thumbnail.png", placed)...))
	if err != nil || len(file.Pictures) != 1 || !file.Pictures[0].Thumbnail || !file.Pictures[0].Placed {
		t.Errorf("%+v %v", file, err)
	}
}

// TestAuthors: a name in an author's place is one whatever the part.
func TestAuthors(t *testing.T) {
	for _, part := range []string{
		`<x:a xmlns:x="x"><x:author>王小明</x:author></x:a>`, `<w:ins xmlns:w="w" w:author="王小明"/>`, `<people><person displayName="王小明"/></people>`,
		`<pivotCacheDefinition refreshedBy="王小明"/>`, `<p:cmAuthorLst xmlns:p="p"><p:cmAuthor name="王小明"/></p:cmAuthorLst>`, `<users><userInfo name="王小明"/></users>`,
		`<m:meta xmlns:m="m"><m:initial-creator>王小明</m:initial-creator></m:meta>`, `<Properties><Manager>王小明</Manager></Properties>`,
		`<Properties><property name="经办人"><lpwstr>王小明</lpwstr></property></Properties>`, `<fileSharing userName="王小明"/>`,
	} {
		file, err := Read("a.docx", packed("word/document.xml", "<w:p xmlns:w='w'><w:t>正文</w:t></w:p>", "x.xml", part))
		if err != nil || !slices.ContainsFunc(file.Metadata, func(p Property) bool { return p.Author && p.Value == "王小明" }) {
			t.Errorf("%s: %+v %v", part, file.Metadata, err)
		}
	}
}

// TestDeleted: what was deleted is read, and does not hide what it stands within.
func TestDeleted(t *testing.T) {
	got := everything(t, "a.docx", packed("word/document.xml", `<w:p xmlns:w="w"><w:t>138001</w:t><w:del><w:delText>旧的</w:delText></w:del><w:t>38000</w:t></w:p>`))
	for _, want := range []string{"13800138000\n", "138001旧的38000\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
}

// TestPrintedPage: objects of text of an OFD page make lines by their places.
func TestPrintedPage(t *testing.T) {
	object := func(x, y int, text string) string {
		return fmt.Sprintf(`<ofd:TextObject Boundary="%d %d 5 5"><ofd:TextCode X="0" Y="4">%s</ofd:TextCode></ofd:TextObject>`, x, y, text)
	}
	page := `<ofd:Page xmlns:ofd="o"><ofd:Content><ofd:Layer>` + object(20, 30, "电") + object(25, 30, "话") + object(60, 31, "13800138000") + object(20, 40, "下一行") + `</ofd:Layer></ofd:Content></ofd:Page>`
	file, err := Read("a.ofd", packed("OFD.xml", `<ofd:OFD xmlns:ofd="o"/>`, "Doc_0/Pages/Page_1/Content.xml", page))
	if err != nil || !file.IsWhole() || len(file.Pieces) != 2 || file.Pieces[0].Text != "电话\t13800138000" || file.Pieces[0].Where != "第 2 页" {
		t.Errorf("%+v %v", file, err)
	}
}

// TestPrintedTable: lines of an OFD page with several cells are rows of a table,
// whatever the order of its objects; a number that a line break splits is whole.
func TestPrintedTable(t *testing.T) {
	object := func(x, y, width int, text string) string {
		return fmt.Sprintf(`<TextObject Boundary="%d %d %d 5"><TextCode>%s</TextCode></TextObject>`, x, y, width, text)
	}
	page := `<Page>` + object(60, 40, 10, "局长") + object(20, 30, 10, "姓名") + object(20, 40, 15, "王小明") + object(60, 30, 10, "职务") + object(20, 60, 60, "电话138001") + object(20, 70, 30, "38000") +
		`<TextObject><TextCode>没有</TextCode></TextObject><TextObject><TextCode>边界</TextCode></TextObject></Page>`
	file, err := Read("a.ofd", packed("Doc_0/Pages/Page_0/Content.xml", page))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range file.Pieces {
		if !p.Aside {
			got = append(got, fmt.Sprintf("%d:%s", p.Table, strings.Join(append(p.Cells, p.Text), "|")))
		}
	}
	want := []string{"1:姓名|职务|姓名\t职务", "1:王小明|局长|王小明\t局长", "0:电话138001", "0:38000", "0:没有", "0:边界", "0:电话13800138000"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSeal: of the seal on an OFD file the picture and the names are read; what is
// something else stays unread.
func TestSeal(t *testing.T) {
	der := func(v any) []byte {
		data, err := asn1.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	type seal struct {
		Name    string `asn1:"utf8"`
		Hash    []byte
		Picture []byte
	}
	for _, c := range []struct {
		data             []byte
		pictures, unread int
	}{
		{der(seal{"王小明", make([]byte, 32), []byte("\x89PNG\r\n\x1a\n")}), 1, 0},
		{der(seal{"王小明", nil, der(seal{"内", make([]byte, 512), []byte("GIF89a")})}), 1, 0},
		{der(seal{"王小明", nil, make([]byte, 5000)}), 0, 1},
		{[]byte("\x30\x82\xff\xff\x00"), 0, 1},
	} {
		file, err := Read("a.ofd", packed("Doc_0/Pages/Page_0/Content.xml", "<Page><TextCode>通知</TextCode></Page>", "Doc_0/Signs/Sign_0/Seal.esl", string(c.data)))
		hasName := err == nil && (c.unread > 0 || slices.ContainsFunc(file.Pieces, func(p Piece) bool { return p.Text == "王小明" }))
		if err != nil || len(file.Pictures) != c.pictures || len(file.Unread) != c.unread || !hasName {
			t.Errorf("%d bytes: pictures %v, unread %v, pieces %v, %v", len(c.data), file.Pictures, file.Unread, file.Pieces, err)
		}
	}
}
