package word

import (
	"fmt"
	"math"
	"strings"

	"wangjian/internal/pdf/typeset"
)

// Sizes of type, in points.
const (
	bodySize  = 16.0 // 3号
	titleSize = 22.0 // 2号
	smallSize = 12.0 // 小4号
	noteSize  = 10.5
)

const headingLevels = 5

// look is the type of a style.
type look struct {
	role typeset.Role
	size float64
}

// fontNames are what Word calls the typefaces of GB/T 9704; where one is not
// installed, the font table names another.
var fontNames = [4]string{typeset.Fang: "仿宋", typeset.Song: "方正小标宋简体", typeset.Hei: "黑体", typeset.Kai: "楷体"}

func fonts(role typeset.Role) string {
	name := fontNames[role]
	return fmt.Sprintf(`<w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:eastAsia="%[1]s" w:cs="%[1]s"/>`, name)
}

// style is a paragraph style of the file.
type style struct {
	id, name   string
	look       look
	properties string // of the paragraph
	next       string // style of the paragraph after it; "" for the usual one
}

// Of the grid: 22 lines of 28 characters.
var linePitch = twips(typeset.A4.Lead())

// tracking is the space after a character that puts 28 of 16 points in a line;
// Word holds twentieths of a point.
var tracking = int(math.Floor((typeset.A4.Pitch() - bodySize) * 20))

// offGrid lets small type keep lines of its own height.
const offGrid = `<w:snapToGrid w:val="0"/>`

const noIndent = `<w:ind w:left="0" w:firstLine="0" w:firstLineChars="0"/>`

// styles are Word's own where it has one.
var styles = []style{
	{id: "Title", name: "Title", look: look{typeset.Song, titleSize}, properties: `<w:keepNext/><w:spacing w:before="120" w:after="240" w:line="620" w:lineRule="exact"/>` + noIndent + `<w:jc w:val="center"/>`},
	{id: "Heading1", name: "heading 1", look: look{typeset.Hei, bodySize}, properties: `<w:keepNext/><w:outlineLvl w:val="0"/>`},
	{id: "Heading2", name: "heading 2", look: look{typeset.Kai, bodySize}, properties: `<w:keepNext/><w:outlineLvl w:val="1"/>`},
	{id: "Heading3", name: "heading 3", look: look{typeset.Fang, bodySize}, properties: `<w:keepNext/><w:outlineLvl w:val="2"/>`},
	{id: "Heading4", name: "heading 4", look: look{typeset.Fang, bodySize}, properties: `<w:keepNext/><w:outlineLvl w:val="3"/>`},
	{id: "Heading5", name: "heading 5", look: look{typeset.Fang, bodySize}, properties: `<w:keepNext/><w:outlineLvl w:val="4"/>`},
	{id: "Centred", name: "居中", look: look{typeset.Fang, bodySize}, properties: noIndent + `<w:jc w:val="center"/>`},
	{id: "ListParagraph", name: "List Paragraph", look: look{typeset.Fang, bodySize}, properties: noIndent},
	{id: "Quote", name: "Quote", look: look{typeset.Kai, bodySize}, properties: `<w:ind w:left="640" w:firstLine="0" w:firstLineChars="0"/>`},
	{id: "Caption", name: "caption", look: look{typeset.Hei, smallSize}, properties: offGrid + `<w:spacing w:before="120" w:after="60" w:line="240" w:lineRule="auto"/>` + noIndent + `<w:jc w:val="center"/>`},
	{id: "TableText", name: "表格文字", look: look{typeset.Fang, smallSize}, properties: offGrid + `<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>` + noIndent},
	{id: "TableNote", name: "表注", look: look{typeset.Fang, smallSize}, properties: offGrid + `<w:spacing w:after="120" w:line="240" w:lineRule="auto"/>` + noIndent},
	{id: "Picture", name: "图片", look: look{typeset.Fang, smallSize}, properties: offGrid + `<w:spacing w:before="120" w:line="240" w:lineRule="auto"/>` + noIndent + `<w:jc w:val="center"/>`, next: "Caption"},
	{id: "Rule", name: "分隔线", look: look{typeset.Fang, smallSize}, properties: `<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>` + noIndent},
	{id: "FootnoteText", name: "footnote text", look: look{typeset.Fang, noteSize}, properties: offGrid + `<w:spacing w:line="240" w:lineRule="auto"/>` + noIndent},
	{id: "Header", name: "header", look: look{typeset.Hei, 9}, properties: `<w:spacing w:line="240" w:lineRule="auto"/>` + noIndent + `<w:jc w:val="right"/>`},
	{id: "Footer", name: "footer", look: look{typeset.Song, 14}, properties: `<w:spacing w:line="240" w:lineRule="auto"/>` + noIndent},
}

// styleOf gives the look of a style; "" is the usual paragraph.
func styleOf(id string) look {
	for _, s := range styles {
		if s.id == id {
			return s.look
		}
	}
	return look{typeset.Fang, bodySize}
}

func stylesPart() string {
	var b strings.Builder
	b.WriteString(declaration + `<w:styles ` + namespaces + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts(typeset.Fang) + `<w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`)
	fmt.Fprintf(&b, `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:line="%d" w:lineRule="exact"/><w:ind w:firstLine="640" w:firstLineChars="200"/><w:jc w:val="both"/></w:pPr><w:rPr><w:spacing w:val="%d"/></w:rPr></w:style>`, linePitch, tracking)
	for _, s := range styles {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/>`, s.id, s.name)
		if s.next != "" {
			fmt.Fprintf(&b, `<w:next w:val="%s"/>`, s.next)
		} else if strings.HasPrefix(s.id, "Heading") || s.id == "Title" {
			b.WriteString(`<w:next w:val="Normal"/>`)
		}
		half := int(2 * s.look.size)
		space := 0
		if s.look.size == bodySize {
			space = tracking
		}
		fmt.Fprintf(&b, `<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s<w:spacing w:val="%d"/><w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr></w:style>`, s.properties, fonts(s.look.role), space, half, half)
	}
	b.WriteString(`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>`)
	b.WriteString(`<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/><w:rPr>` + fonts(typeset.Hei) + `<w:b/></w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:qFormat/><w:rPr>` + fonts(typeset.Kai) + `</w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	b.WriteString(`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
	}
	b.WriteString(`</w:tblBorders></w:tblPr></w:style></w:styles>`)
	return b.String()
}

// bulletList is the list that all unnumbered lists are of.
const bulletList = 1

// listLevels is how deep lists go before they look alike.
const listLevels = 3

// listLeft is where the text of a list's item stands, in twips.
func listLeft(level int) int { return 640 + 480*(min(level, listLevels-1)+1) }

func (b *builder) numberingPart() string {
	var out strings.Builder
	out.WriteString(declaration + `<w:numbering ` + namespaces + `>`)
	abstract := func(id int, format func(level int) (kind, text string)) {
		fmt.Fprintf(&out, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="multilevel"/>`, id)
		for level := range listLevels {
			kind, text := format(level)
			fmt.Fprintf(&out, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="480" w:firstLineChars="0"/></w:pPr></w:lvl>`, level, kind, text, listLeft(level))
		}
		out.WriteString(`</w:abstractNum>`)
	}
	abstract(0, func(level int) (string, string) {
		if level == 0 {
			return "bullet", "•"
		}
		return "bullet", "–"
	})
	abstract(1, func(level int) (string, string) {
		if level == 0 {
			return "decimal", "%1."
		}
		return "decimal", fmt.Sprintf("%%%d)", level+1)
	})
	fmt.Fprintf(&out, `<w:num w:numId="%d"><w:abstractNumId w:val="0"/></w:num>`, bulletList)
	for i, l := range b.lists {
		fmt.Fprintf(&out, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/></w:lvlOverride></w:num>`, bulletList+1+i, min(l.level, listLevels-1), l.start)
	}
	out.WriteString(`</w:numbering>`)
	return out.String()
}
