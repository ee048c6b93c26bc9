package word

import (
	"fmt"
	"math"
	"strings"

	"wangjian/internal/linebreak"
	"wangjian/internal/pdf/typeset"
)

// Headings are numbered by a list of Word's, so that one that is added or taken out
// numbers the others anew. What the list would count otherwise than the document does
// starts another list.

// counted makes a heading a member of the list, or of none where it has no number; ""
// where its style does.
func (b *builder) counted(h *typeset.Bookmark) string {
	level := min(max(h.Level, 1), headingLevels) - 1
	if h.Count == 0 {
		return `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>`
	}
	b.counts[level]++
	clear(b.counts[level+1:])
	if b.counts[level] != h.Count {
		b.counts[level] = h.Count
		b.lists = append(b.lists, list{start: h.Count, level: level, headings: true})
		b.headings = headingList + len(b.lists)
	}
	if b.headings == headingList {
		return ""
	}
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, b.headings)
}

// withoutNumber drops the number that the list writes.
func withoutNumber(runs []typeset.Run, number string) []typeset.Run {
	if number == "" || len(runs) == 0 {
		return runs
	}
	rest := append([]typeset.Run{}, runs...)
	if rest[0].Text = strings.TrimPrefix(rest[0].Text, number); rest[0].Text == "" {
		rest = rest[1:]
	}
	return rest
}

// byPhrase ends the lines of a title by sense, as the sheets do.
func byPhrase(runs []typeset.Run) []typeset.Run {
	var text []rune
	for _, r := range runs {
		text = append(text, []rune(r.Text)...)
	}
	if len(text) == 0 || strings.ContainsRune(string(text), '\n') {
		return runs
	}
	size := runs[0].Style.Size
	wide := func(from, to int) float64 { return emsOf(string(text[from:to])) * size }
	starts := linebreak.TitleWithin(typeset.A4.BlockWidth, text, size, linebreak.EvenTitle, wide)
	var broken []typeset.Run
	at := 0
	for _, r := range runs {
		var b strings.Builder
		for _, c := range r.Text {
			if at > 0 && len(starts) > 1 && at == starts[1] {
				b.WriteByte('\n')
				starts = starts[1:]
			}
			b.WriteRune(c)
			at++
		}
		r.Text = b.String()
		broken = append(broken, r)
	}
	return broken
}

// linesOf is about how many lines a paragraph takes.
func linesOf(p *typeset.Paragraph) int {
	if len(p.Runs) == 0 {
		return 1
	}
	width := typeset.A4.BlockWidth - p.Left - p.Hang
	return max(1, int(math.Ceil(ems(p.Runs)*p.Runs[0].Style.Size/max(width, 1))))
}

// masthead writes who issues a paper, in type that fits the page.
func (b *builder) masthead(m *typeset.Masthead) {
	for _, name := range m.Names {
		style := m.Style
		style.Size = min(mastSize, max(m.Smallest, math.Floor(typeset.A4.BlockWidth/emsOf(name))))
		b.plain("Masthead", "", []typeset.Run{{Text: name, Style: style}})
		b.filled += float64(style.Size * 1.3)
	}
}

// rule writes a rule over the page, or a part of it.
func (b *builder) rule(s typeset.Stroke) {
	c := s.Color
	b.plain("Rule", fmt.Sprintf(`<w:pBdr><w:bottom w:val="single" w:sz="%d" w:space="1" w:color="%02X%02X%02X"/></w:pBdr><w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="exact"/>`, max(4, int(math.Round(s.Width*8))), c.R, c.G, c.B), nil)
	b.filled += smallSize
}
