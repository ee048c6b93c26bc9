package word

import (
	"fmt"

	"wangjian/internal/pdf/typeset"
)

// The contents are a field of Word's, which knows the pages once it is updated; until
// then it shows those of the sheets.

// contentsField is what the field lists: the headings of two levels, as links.
const contentsField = ` TOC \o "1-2" \h \z \u `

// contentsLine writes a line of the contents, the first of them with the beginning of
// the field.
func (b *builder) contentsLine(l *typeset.Leader) {
	style := fmt.Sprintf("TOC%d", min(max(l.Level, 1), 2))
	if b.contents {
		b.body.WriteString("</w:p>")
	}
	b.begin(style, "")
	if !b.contents {
		b.body.WriteString(fieldMark("begin", ` w:dirty="true"`) + instruction(contentsField) + fieldMark("separate", ""))
		b.contents = true
	}
	n := b.bookmarks[l.Anchor]
	fmt.Fprintf(&b.body, `<w:hyperlink w:anchor="%s" w:history="1">`, bookmarkName(n))
	b.runs(&b.body, styleOf(style), l.Runs)
	b.body.WriteString("<w:r><w:tab/></w:r>" + fieldMark("begin", "") + instruction(" PAGEREF "+bookmarkName(n)+` \h `) + fieldMark("separate", ""))
	fmt.Fprintf(&b.body, "<w:r><w:t>%s</w:t></w:r>%s</w:hyperlink>", escape(l.Number), fieldMark("end", ""))
}

// endContents ends the field after its last line.
func (b *builder) endContents() {
	if b.contents {
		b.body.WriteString(fieldMark("end", "") + "</w:p>")
		b.contents = false
	}
}

func fieldMark(kind, more string) string {
	return `<w:r><w:fldChar w:fldCharType="` + kind + `"` + more + `/></w:r>`
}

func instruction(text string) string {
	return `<w:r><w:instrText xml:space="preserve">` + escape(text) + `</w:instrText></w:r>`
}

// section ends the pages before page 1, which have no number.
func (b *builder) section() {
	b.endContents()
	b.body.WriteString(`<w:p><w:pPr><w:pStyle w:val="TableNote"/><w:sectPr><w:headerReference w:type="default" r:id="rHeader"/><w:headerReference w:type="even" r:id="rHeader"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="1361" w:footer="1227" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="580"/></w:sectPr></w:pPr></w:p>`)
	b.turn, b.space = false, 0
}
