package word

import (
	"fmt"

	"wangjian/internal/pdf/typeset"
)

// Sizes of type, in points.
const (
	bodySize    = 16.0 // 3号
	titleSize   = 22.0 // 2号
	smallSize   = 12.0 // 小4号
	contentSize = 14.0 // 4号
	mastSize    = 36.0
	titleSpace  = 18.0 // above and below a title
	noteSize    = 10.5
)

const headingLevels = 5

// fonts names what Word calls a typeface of GB/T 9704; where it is not
// installed, parts/word/fontTable.xml names another.
func fonts(role typeset.Role) string {
	name := [typeset.Roles]string{typeset.Fang: "仿宋", typeset.Song: "方正小标宋简体", typeset.Hei: "黑体", typeset.Kai: "楷体", typeset.Plain: "宋体"}[role]
	return fmt.Sprintf(`<w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:eastAsia="%[1]s" w:cs="%[1]s"/>`, name)
}

var (
	usualStyle = typeset.Style{Role: typeset.Fang, Size: bodySize}
	smallStyle = typeset.Style{Role: typeset.Fang, Size: smallSize}
)

// styles is the type of the styles of parts/word/styles.xml that text is
// written in, where it is not the usual one.
var styles = map[string]typeset.Style{
	"Title": {Role: typeset.Song, Size: titleSize}, "Masthead": {Role: typeset.Song, Size: mastSize}, "TOC1": {Role: typeset.Hei, Size: contentSize}, "TOC2": {Role: typeset.Fang, Size: contentSize},
	"Heading1": {Role: typeset.Hei, Size: bodySize}, "Heading2": {Role: typeset.Kai, Size: bodySize},
	"Quote": {Role: typeset.Kai, Size: bodySize}, "Caption": {Role: typeset.Hei, Size: smallSize}, "FootnoteText": {Role: typeset.Fang, Size: noteSize},
	"TableText": smallStyle, "TableNote": smallStyle, "Picture": smallStyle, "Rule": smallStyle,
}

// styleOf returns the type of a style; "" is the usual paragraph.
func styleOf(id string) typeset.Style {
	if s, ok := styles[id]; ok {
		return s
	}
	return usualStyle
}

// bulletList is the list that all unnumbered lists are of, headingList that of the
// headings; others come behind.
const (
	bulletList  = 1
	headingList = 2
)

// listLevels is how deep lists go before they are indented alike.
const listLevels = 3

// listLeft is where the text of a list's item stands, in twips.
func listLeft(level int) int { return 640 + 480*(min(level, listLevels-1)+1) }
