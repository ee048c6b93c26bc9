package word

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The files of the package as they lie in parts/, a line an element; the text
// and what the document says about itself stand in braces. The page and the
// styles are those of GB/T 9704: a block of 156 × 225 mm with 22 lines of 28
// characters, measured in twips.
//
//go:embed all:parts
var parts embed.FS

const relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// partNames are the files of the package in their order.
var partNames = []string{
	contentTypes, "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "word/numbering.xml",
	"word/settings.xml", "word/fontTable.xml", "word/footnotes.xml", "word/header1.xml", "word/footer1.xml", "word/footer2.xml",
}

const contentTypes = "[Content_Types].xml"

// part is a file of the package.
type part struct {
	name string
	data []byte
}

// parts returns the files of the package in their order.
func (b *builder) parts(d Document) ([]part, error) {
	var images, lists, mark strings.Builder
	for n, i := range b.images {
		fmt.Fprintf(&images, `<Relationship Id="%s" Type="%simage" Target="media/image%d.%s"/>`, imageID(n+1), relationships, n+1, i.kind)
	}
	for i, l := range b.lists {
		of := 1
		if l.headings {
			of = 2
		}
		fmt.Fprintf(&lists, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/><w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/></w:lvlOverride></w:num>`, headingList+1+i, of, l.level, l.start)
	}
	if d.Mark != "" {
		mark.WriteString(`<w:r><w:rPr><w:color w:val="C81014"/></w:rPr><w:t xml:space="preserve">` + escape(d.Mark) + `</w:t></w:r>`)
	}
	filled := strings.NewReplacer(
		"{title}", escape(d.Title), "{subject}", escape(d.Subject), "{author}", escape(d.Author), "{times}", day("created", d.Published)+day("modified", d.Changed),
		"{body}", b.body.String(), "{notes}", b.footnotes.String(), "{images}", images.String(), "{lists}", lists.String(), "{mark}", mark.String(),
		"{after}", escape(notLast), "{before}", escape(notFirst+firsts(d.Units)),
	)
	var list []part
	for _, name := range partNames {
		file := "parts/" + name
		if name == contentTypes {
			file = "parts/content_types.xml"
		}
		text, err := parts.ReadFile(file)
		if err != nil {
			return nil, err
		}
		declaration, elements, _ := strings.Cut(string(text), "\n")
		list = append(list, part{name, []byte(declaration + "\n" + filled.Replace(strings.ReplaceAll(elements, "\n", "")))})
	}
	for n, i := range b.images {
		list = append(list, part{fmt.Sprintf("word/media/image%d.%s", n+1, i.kind), i.data})
	}
	return list, nil
}

// The characters with which no line ends and begins. Word goes by characters alone: for
// dates to stay whole, no line begins with 年, 月 or 日 or ends with the first two, and
// none begins as a unit does.
const (
	notLast  = "([{‘“〈《「『【〔〖（［｛￥年月"
	notFirst = "!%),.:;?]}’”…、。〃〉》」』】〕〗！％），．：；？］｝年月日"
)

// firsts are the characters that units begin with, each once.
func firsts(units []string) string {
	var list []rune
	for _, u := range units {
		r, size := utf8.DecodeRuneInString(u)
		if size > 0 && !slices.Contains(list, r) && !strings.ContainsRune(notFirst, r) {
			list = append(list, r)
		}
	}
	return string(list)
}

// day is a time of the contents among the file's properties.
func day(property string, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return `<dcterms:` + property + ` xsi:type="dcterms:W3CDTF">` + at.UTC().Format("2006-01-02T15:04:05Z") + `</dcterms:` + property + `>`
}
