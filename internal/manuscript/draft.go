package manuscript

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wangjian/internal/linebreak"
)

// narrative is what a Word file says: as it is read, then with its parts
// recognised.
type narrative struct {
	title     string
	blocks    []*block
	footnotes map[int][]*paragraph // by their number in the text
	noteOrder []int                // those numbers, in the order in which they are written
}

// block is a paragraph or a table; shape sets its part in the narrative.
type block struct {
	paragraph *paragraph
	table     *table
	grid      [][]*gridCell // of a table, cell by cell
	part      part
	level     int // of a heading: 2 to 6; of a list's item: its depth
	ordered   bool
	value     int // of an ordered item
	pictures  []*drawing
}

// part is what a block is in the narrative.
type part uint8

const (
	textPart part = iota
	headingPart
	itemPart
	quotePart
	tablePart
	picturePart
)

// paragraph is one paragraph of the Word file.
type paragraph struct {
	number int // 0 until it is known to hold something
	spans  []span
	mark   *mark // what a list puts before it
	level  int   // outline level by style, 0 for none
	role   role
	align  string
	drop   bool   // a drop cap: the start of the next paragraph
	start  string // its first words as Word shows them
}

// span is a run of characters of one style, or a single thing among them.
type span struct {
	kind    spanKind
	text    string // words; the reference between the braces
	format  format
	face    face
	link    string
	picture *drawing
	note    int
}

type spanKind uint8

const (
	wordSpan spanKind = iota
	breakSpan
	pictureSpan // a picture
	noteSpan    // a footnote's mark
	citeSpan    // a data reference
)

// format is what Markdown can keep of a style.
type format uint8

const (
	boldFormat format = 1 << iota
	italicFormat
	strikeFormat
)

// text returns the paragraph's words; a line break is a newline.
func (p *paragraph) text() string { return textOf(p.spans) }

func textOf(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.kind {
		case wordSpan:
			b.WriteString(s.text)
		case breakSpan:
			b.WriteByte('\n')
		case citeSpan:
			b.WriteString("{{" + s.text + "}}")
		}
	}
	return b.String()
}

// label is the number that a list puts before the paragraph.
func (p *paragraph) label() string {
	if p.mark == nil || p.mark.bullet {
		return ""
	}
	return p.mark.text
}

// shownMark is what stands before the paragraph where it is no list in
// Markdown.
func (p *paragraph) shownMark() string {
	switch {
	case p.mark == nil:
		return ""
	case p.mark.bullet:
		return "• "
	}
	return p.mark.text
}

// excerpt returns the first words, as a person finds them in Word.
func (p *paragraph) excerpt() string {
	if p.start != "" {
		return p.start
	}
	return linebreak.Clip(p.label()+p.text(), 16)
}

func (p *paragraph) pictures() []*drawing {
	var list []*drawing
	for _, s := range p.spans {
		if s.kind == pictureSpan {
			list = append(list, s.picture)
		}
	}
	return list
}

// empty reports whether there is nothing to see in the paragraph.
func (p *paragraph) empty() bool {
	for _, s := range p.spans {
		if s.kind == pictureSpan || s.kind == noteSpan || s.kind == citeSpan || strings.TrimSpace(s.text) != "" {
			return false
		}
	}
	return true
}

// cut takes spans apart at a byte offset of their text.
func cut(spans []span, at int) (before, after []span) {
	for i, s := range spans {
		size := len(textOf(spans[i : i+1]))
		switch {
		case at >= size && !(at == 0 && size > 0):
			before = append(before, s)
			at -= size
		case at > 0 && s.kind == wordSpan:
			first, second := s, s
			first.text, second.text = s.text[:at], s.text[at:]
			before = append(before, first)
			return before, append([]span{second}, spans[i+1:]...)
		default:
			return before, slices.Clone(spans[i:])
		}
	}
	return before, nil
}

// tidy joins what belongs together and drops blanks at the ends of lines. A
// blank carries a format only inside words that do.
func tidy(spans []span) []span {
	parts := apart(spans)
	for i := range parts {
		if !parts[i].blank() {
			continue
		}
		parts[i].format = 0
		if i > 0 && i < len(parts)-1 {
			parts[i].format = parts[i-1].format & parts[i+1].format
		}
	}
	var out []span
	for _, s := range parts {
		n := len(out)
		switch {
		case s.kind == breakSpan:
			if out = endLine(out); len(out) > 0 {
				out = append(out, s)
			}
		case s.blank() && (n == 0 || out[n-1].kind == breakSpan):
		case n > 0 && s.continues(out[n-1]):
			out[n-1].text += s.text
		default:
			out = append(out, s)
		}
	}
	for out = endLine(out); len(out) > 0 && out[len(out)-1].kind == breakSpan; {
		out = endLine(out[:len(out)-1])
	}
	return out
}

// apart parts the blanks at both ends of words from them.
func apart(spans []span) (parts []span) {
	for _, s := range spans {
		texts := []string{s.text}
		if s.kind == wordSpan {
			core := strings.TrimSpace(s.text)
			at := strings.Index(s.text, core)
			texts = []string{s.text[:at], core, s.text[at+len(core):]}
		}
		for _, text := range texts {
			if text != "" || s.kind != wordSpan {
				s.text = text
				parts = append(parts, s)
			}
		}
	}
	return parts
}

func (s span) blank() bool { return s.kind == wordSpan && strings.TrimSpace(s.text) == "" }

// continues reports whether words look as those before them do.
func (s span) continues(before span) bool {
	return s.kind == wordSpan && before.kind == wordSpan && s.format == before.format && s.link == before.link && s.face == before.face
}

// endLine drops blanks at the end of a line.
func endLine(spans []span) []span {
	for n := len(spans) - 1; n >= 0 && spans[n].kind == wordSpan; n-- {
		if spans[n].text = strings.TrimRightFunc(spans[n].text, unicode.IsSpace); spans[n].text != "" {
			break
		}
		spans = spans[:n]
	}
	return spans
}

// uniform reports whether every letter and digit of the paragraph has a property.
func (p *paragraph) uniform(has func(span) bool) bool {
	any := false
	for _, s := range p.spans {
		if s.kind != wordSpan || !hasLetters(s.text) {
			continue
		}
		if !has(s) {
			return false
		}
		any = true
	}
	return any
}

func hasLetters(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

func (p *paragraph) allBold() bool {
	return p.uniform(func(s span) bool { return s.format&boldFormat != 0 })
}

// face returns the face of a paragraph that is all in one.
func (p *paragraph) face() face {
	for _, f := range []face{heiFace, kaiFace, titleFace} {
		if p.uniform(func(s span) bool { return s.face == f }) {
			return f
		}
	}
	return plainFace
}

// oneLine folds every run of blanks, full-width ones too, into one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func length(s string) int { return utf8.RuneCountInString(s) }

// table is a table of the Word file.
type table struct {
	rows   [][]*cell
	styled bool // has a table style, which may colour its ground
	at     *paragraph
}

// cell is one cell as it stands in the file.
type cell struct {
	paragraphs []*paragraph
	span       int  // columns that it covers
	below      bool // continues the cell above
	blank      bool // stands for columns without a cell
	shaded     bool
}
