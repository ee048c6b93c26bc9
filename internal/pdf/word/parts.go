package word

import (
	"fmt"
	"strings"
	"time"

	"wangjian/internal/pdf/typeset"
)

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

const (
	relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordType      = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// part is a file of the package.
type part struct {
	name string
	data []byte
}

// own are the parts below word/ that the document is related to.
var own = []struct{ id, kind, file, content string }{
	{"rStyles", "styles", "styles.xml", "styles+xml"},
	{"rNumbering", "numbering", "numbering.xml", "numbering+xml"},
	{"rSettings", "settings", "settings.xml", "settings+xml"},
	{"rFonts", "fontTable", "fontTable.xml", "fontTable+xml"},
	{"rFootnotes", "footnotes", "footnotes.xml", "footnotes+xml"},
	{"rHeader", "header", "header1.xml", "header+xml"},
	{"rOdd", "footer", "footer1.xml", "footer+xml"},
	{"rEven", "footer", "footer2.xml", "footer+xml"},
}

// parts gives the files of the package in their order.
func (b *builder) parts(d Document) []part {
	var types, related strings.Builder
	types.WriteString(declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	related.WriteString(declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, o := range own {
		fmt.Fprintf(&types, `<Override PartName="/word/%s" ContentType="%s%s"/>`, o.file, wordType, o.content)
		fmt.Fprintf(&related, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, o.id, relationships, o.kind, o.file)
	}
	for n := range b.images {
		fmt.Fprintf(&related, `<Relationship Id="%s" Type="%simage" Target="media/image%d.jpg"/>`, imageID(n+1), relationships, n+1)
	}
	types.WriteString(`</Types>`)
	related.WriteString(`</Relationships>`)
	text := func(name, data string) part { return part{name, []byte(data)} }
	list := []part{
		text("[Content_Types].xml", types.String()),
		text("_rels/.rels", declaration+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rDocument" Type="`+relationships+`officeDocument" Target="word/document.xml"/><Relationship Id="rCore" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`),
		text("docProps/core.xml", properties(d)),
		text("word/document.xml", b.documentPart()),
		text("word/_rels/document.xml.rels", related.String()),
		text("word/styles.xml", stylesPart()),
		text("word/numbering.xml", b.numberingPart()),
		text("word/settings.xml", declaration+`<w:settings `+namespaces+`><w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val="`+fmt.Sprint(linePitch)+`"/><w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`),
		text("word/fontTable.xml", fontTable()),
		text("word/footnotes.xml", declaration+`<w:footnotes `+namespaces+`><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`+b.footnotes.String()+`</w:footnotes>`),
		text("word/header1.xml", declaration+`<w:hdr `+namespaces+`><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>`+markRun(d.Mark)+`</w:p></w:hdr>`),
		text("word/footer1.xml", footer("right")),
		text("word/footer2.xml", footer("left")),
	}
	for n, image := range b.images {
		list = append(list, part{fmt.Sprintf("word/media/image%d.jpg", n+1), image})
	}
	return list
}

// properties are what the file says about itself.
func properties(d Document) string {
	day := func(property string, at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return `<dcterms:` + property + ` xsi:type="dcterms:W3CDTF">` + at.UTC().Format("2006-01-02T15:04:05Z") + `</dcterms:` + property + `>`
	}
	return declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` + escape(d.Title) + `</dc:title><dc:subject>` + escape(d.Subject) + `</dc:subject><dc:creator>` + escape(d.Author) + `</dc:creator><dc:language>zh-CN</dc:language><cp:lastModifiedBy>` + escape(d.Author) + `</cp:lastModifiedBy>` + day("created", d.Published) + day("modified", d.Changed) + `</cp:coreProperties>`
}

// documentPart is the text on its page: A4, a block of 156 × 225 mm, 22 lines of
// 28 characters.
func (b *builder) documentPart() string {
	a4 := typeset.A4
	right, bottom := a4.Width-a4.Left-a4.BlockWidth, a4.Height-a4.Top-a4.BlockHeight
	// The page number stands 7 mm below the block; Word measures from the edge.
	const footerHeight = 18.0
	edge := bottom - 7*typeset.Millimetre - footerHeight
	return declaration + `<w:document ` + namespaces + `><w:body>` + b.body.String() + fmt.Sprintf(
		`<w:sectPr><w:headerReference w:type="default" r:id="rHeader"/><w:headerReference w:type="even" r:id="rHeader"/><w:footerReference w:type="default" r:id="rOdd"/><w:footerReference w:type="even" r:id="rEven"/><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="%d"/></w:sectPr></w:body></w:document>`,
		twips(a4.Width), twips(a4.Height), twips(a4.Top), twips(right), twips(bottom), twips(a4.Left), twips(24*typeset.Millimetre), twips(edge), linePitch)
}

// footer is the page number: — 1 —, one character in from the edge.
func footer(side string) string {
	return declaration + `<w:ftr ` + namespaces + `><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:left="280" w:right="280" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="` + side + `"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`
}

func markRun(mark string) string {
	if mark == "" {
		return ""
	}
	return `<w:r><w:rPr><w:color w:val="C81014"/></w:rPr><w:t xml:space="preserve">` + escape(mark) + `</w:t></w:r>`
}

// fontTable names what stands in for a font that is not installed.
func fontTable() string {
	var b strings.Builder
	b.WriteString(declaration + `<w:fonts ` + namespaces + `>`)
	for _, f := range [][2]string{
		{fontNames[typeset.Fang], "仿宋_GB2312"}, {fontNames[typeset.Song], "华文中宋"},
		{fontNames[typeset.Hei], "SimHei"}, {fontNames[typeset.Kai], "楷体_GB2312"},
	} {
		fmt.Fprintf(&b, `<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/></w:font>`, f[0], f[1])
	}
	b.WriteString(`</w:fonts>`)
	return b.String()
}
