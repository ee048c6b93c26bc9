package word

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"

	"wangjian/internal/pdf/typeset"
)

// twips are twentieths of a point, Word's measure of lengths.
func twips(points float64) int { return int(math.Round(points * 20)) }

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}

// plain writes a paragraph of a style; properties are further ones of it.
func (b *builder) plain(style, properties string, runs []typeset.Run) {
	b.begin(style, properties)
	b.runs(&b.body, styleOf(style), runs)
	b.body.WriteString("</w:p>")
}

// begin opens a paragraph. Word wants the properties in the standard's order.
func (b *builder) begin(style, properties string) {
	b.body.WriteString("<w:p><w:pPr>")
	if style != "" {
		b.body.WriteString(`<w:pStyle w:val="` + style + `"/>`)
	}
	properties, keep := strings.CutPrefix(properties, keepNext)
	if keep {
		b.body.WriteString(keepNext)
	}
	if b.turn {
		b.body.WriteString("<w:pageBreakBefore/>")
		b.turn = false
	}
	number, rest := "", properties
	if at := strings.Index(rest, "</w:numPr>"); at >= 0 {
		number, rest = rest[:at+len("</w:numPr>")], rest[at+len("</w:numPr>"):]
	}
	b.body.WriteString(number + b.spacing(style) + rest + "</w:pPr>")
}

// spacing is what a paragraph has of its own above it and between its lines.
func (b *builder) spacing(style string) string {
	var grid, own string
	if b.space > 0 {
		own = fmt.Sprintf(` w:before="%d"`, twips(b.space))
		b.filled += b.space
	}
	if b.lead > 0 && (style == "" || style == "Centred") {
		own += fmt.Sprintf(` w:line="%d" w:lineRule="exact"`, twips(b.lead))
		grid = `<w:snapToGrid w:val="0"/>`
	}
	b.space, b.lead = 0, 0
	if own == "" {
		return ""
	}
	return grid + "<w:spacing" + own + "/>"
}

func (b *builder) paragraph(p *typeset.Paragraph) {
	style, properties := b.kind(p)
	if p.KeepWithNext && !strings.HasPrefix(properties, keepNext) {
		properties = keepNext + properties
	}
	if p.Lead != typeset.A4.Lead() {
		b.lead = p.Lead
	}
	b.begin(style, properties)
	end := b.bookmark(p.Anchor)
	runs := p.Runs
	if p.ByPhrase {
		runs = byPhrase(runs)
	}
	if p.Heading != nil {
		runs = withoutNumber(runs, p.Heading.Number)
	}
	b.filled += float64(float64(linesOf(p)) * cmp.Or(p.Lead, typeset.A4.Lead()))
	if style == "Title" {
		b.filled += titleSpace
	}
	if p.Marker != nil && !strings.Contains(properties, "<w:numPr>") {
		runs = append(append([]typeset.Run{}, p.Marker...), runs...)
	}
	b.runs(&b.body, styleOf(style), runs)
	b.body.WriteString(end + "</w:p>")
}

// bookmark marks the place of an anchor, once; what it returns ends the mark.
func (b *builder) bookmark(anchor string) string {
	n := b.bookmarks[anchor]
	if n == 0 || b.marked[anchor] {
		return ""
	}
	b.marked[anchor] = true
	fmt.Fprintf(&b.body, `<w:bookmarkStart w:id="%d" w:name="%s"/>`, n, bookmarkName(n))
	return fmt.Sprintf(`<w:bookmarkEnd w:id="%d"/>`, n)
}

func bookmarkName(n int) string { return "_p" + strconv.Itoa(n) }

// kind says which style a paragraph has, and what it has besides.
func (b *builder) kind(p *typeset.Paragraph) (style, properties string) {
	first := typeset.Style{}
	if len(p.Runs) > 0 {
		first = p.Runs[0].Style
	}
	switch {
	case p.Heading != nil:
		return "Heading" + strconv.Itoa(min(max(p.Heading.Level, 1), headingLevels)), b.counted(p.Heading)
	case p.Tag == typeset.TagCaption:
		return "Caption", ""
	case b.depth() > 0:
		return "ListParagraph", b.numbering(p)
	case first.Role == typeset.Song && first.Color == typeset.Red:
		return "Masthead", ""
	case first.Role == typeset.Song && first.Size >= titleSize:
		return "Title", ""
	case b.within(typeset.TagQuote):
		return "Quote", ""
	case p.Align == typeset.Center:
		return "Centred", ""
	case first.Size > 0 && first.Size < bodySize && p.Indent == 0 && p.Marker == nil:
		return "TableNote", ""
	}
	switch {
	case p.Align == typeset.Right:
		return "", noIndent + `<w:jc w:val="right"/>`
	case p.Align == typeset.Left && p.Left+p.Hang+p.Indent == 0:
		return "", noIndent
	case p.Hang > 0 && p.Marker != nil:
		return "", fmt.Sprintf(`<w:ind w:left="%d" w:hanging="%d" w:hangingChars="0"/><w:jc w:val="left"/>`, twips(p.Left+p.Hang), twips(p.Hang))
	case p.Left > 0 || p.Hang > 0:
		return "", fmt.Sprintf(`<w:ind w:left="%d" w:firstLine="0" w:firstLineChars="0"/>`, twips(p.Left+p.Hang))
	}
	return "", ""
}

// noIndent has the first line begin where the others do.
const noIndent = `<w:ind w:firstLine="0" w:firstLineChars="0"/>`

// keepNext keeps a paragraph on the page of the next.
const keepNext = "<w:keepNext/>"

// numbering makes the first paragraph of an item a member of its list, and
// indents the others alike.
func (b *builder) numbering(p *typeset.Paragraph) string {
	level := b.depth() - 1
	item, in := b.innermost(typeset.TagItem), b.innermost(typeset.TagList)
	if item == nil || item.text || p.Marker == nil {
		return fmt.Sprintf(`<w:ind w:left="%d" w:firstLine="0" w:firstLineChars="0"/>`, listLeft(level))
	}
	item.text = true
	if in.list == 0 {
		in.list = bulletList
		if start, err := strconv.Atoi(strings.TrimRight(p.Marker[0].Text, ".) ")); err == nil {
			b.lists = append(b.lists, list{start: start, level: min(level, listLevels-1)})
			in.list = headingList + len(b.lists)
		}
	}
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, min(level, listLevels-1), in.list)
}

// runs writes runs into a paragraph whose style looks as told.
func (b *builder) runs(out *strings.Builder, base typeset.Style, runs []typeset.Run) {
	for _, r := range runs {
		if r.Note != nil {
			b.mark(out, r)
			continue
		}
		n := b.bookmarks[r.Link]
		if r.Link != "" && n > 0 {
			fmt.Fprintf(out, `<w:hyperlink w:anchor="%s" w:history="1">`, bookmarkName(n))
		}
		out.WriteString("<w:r>" + runProperties(base, r.Style))
		for i, line := range strings.Split(r.Text, "\n") {
			if i > 0 {
				out.WriteString("<w:br/>")
			}
			if line != "" {
				out.WriteString(`<w:t xml:space="preserve">` + escape(line) + "</w:t>")
			}
		}
		out.WriteString("</w:r>")
		if r.Link != "" && n > 0 {
			out.WriteString("</w:hyperlink>")
		}
	}
}

// runProperties says what a run has that its paragraph's style has not.
func runProperties(base typeset.Style, s typeset.Style) string {
	var p strings.Builder
	role := s.Role
	switch {
	case role == base.Role:
	case role == typeset.Hei:
		p.WriteString(`<w:rStyle w:val="Strong"/>`)
	case role == typeset.Kai:
		p.WriteString(`<w:rStyle w:val="Emphasis"/>`)
	default:
		p.WriteString(fonts(role))
	}
	if s.Strike {
		p.WriteString("<w:strike/>")
	}
	if s.Color != typeset.Black {
		fmt.Fprintf(&p, `<w:color w:val="%02X%02X%02X"/>`, s.Color.R, s.Color.G, s.Color.B)
	}
	if s.Size != base.Size && s.Size > 0 {
		half := int(math.Round(2 * s.Size))
		fmt.Fprintf(&p, `<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, half, half)
	}
	if p.Len() == 0 {
		return ""
	}
	return "<w:rPr>" + p.String() + "</w:rPr>"
}

// mark writes the mark of a footnote, which Word numbers. A note that is marked
// again keeps its number.
func (b *builder) mark(out *strings.Builder, r typeset.Run) {
	n, again := b.seen[r.Note]
	if again {
		fmt.Fprintf(out, `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>%d</w:t></w:r>`, n)
		return
	}
	b.notes++
	n = b.notes
	b.seen[r.Note] = n
	fmt.Fprintf(out, `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, n)
	var note strings.Builder
	b.runs(&note, styleOf("FootnoteText"), r.Note.Runs)
	fmt.Fprintf(&b.footnotes, `<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>%s</w:p></w:footnote>`, n, note.String())
}
