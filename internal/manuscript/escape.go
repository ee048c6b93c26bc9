package manuscript

import (
	"regexp"
	"strconv"
	"strings"

	"wangjian/internal/markdown"
)

// care is how much of a style is written, and how carefully: where Markdown
// would read something else, the next is tried.
type care uint8

const (
	fully       care = iota
	withoutTilt      // no italics
	wordsOnly        // no formats and no links
	characters       // every mark as a character reference
)

var (
	inLine    = regexp.MustCompile("[\\\\`*_\\[\\]<|~{^]")
	atStart   = regexp.MustCompile(`^(?:[-+](?:\s|$)|--|#|>|=|:-)`)
	listStart = regexp.MustCompile(`^([0-9]{1,9})([.)](?:\s|$))`)
	entity    = regexp.MustCompile(`&(#?[0-9A-Za-z]+;)`)
	lastHash  = regexp.MustCompile(`(^|\s)#`)
	marks     = regexp.MustCompile("[!-/:-@\\[-`{-~]")
)

// escape writes words so that Markdown shows what Word showed. start tells
// that they begin a line.
func escape(text string, start bool, c care) string {
	if c == characters {
		return marks.ReplaceAllStringFunc(text, func(m string) string {
			switch m { // these two must not be made anew by a reference
			case "&":
				return "&amp;"
			case `\`:
				return `\\`
			}
			return "&#" + strconv.Itoa(int(m[0])) + ";"
		})
	}
	text = entity.ReplaceAllString(text, "&amp;$1")
	text = inLine.ReplaceAllString(text, `\$0`)
	text = lastHash.ReplaceAllString(text, `$1\#`)
	if start {
		text = listStart.ReplaceAllString(text, `$1\$2`)
		text = atStart.ReplaceAllString(text, `\$0`)
	}
	return text
}

// formats, the outermost first.
var formats = []struct {
	format format
	mark   string
}{{strikeFormat, "~~"}, {boldFormat, "**"}, {italicFormat, "*"}}

// mostSpans bounds how often a line may change its style.
const mostSpans = 3000

// inline writes a line of spans as Markdown. It is read back: what would be
// read otherwise is written with more care, and what is lost by that is said.
func (w *writer) inline(spans []span, at *paragraph) string {
	if len(spans) == 0 {
		return ""
	}
	care := fully
	if len(spans) > mostSpans {
		care = wordsOnly
	}
	text := w.attempt(spans, care)
	for care < characters && !reads(text, spans, care) {
		care++
		text = w.attempt(spans, care)
	}
	if meant(spans, fully) != meant(spans, care) {
		w.said.note("left-format", at, "有加粗、倾斜或链接在这里写不成 Markdown，只留下文字")
	}
	return text
}

// styledText writes the marks of formats and links around words.
type styledText struct {
	strings.Builder
	open []format // outermost first
	link string
}

// attempt writes spans with a certain care.
func (w *writer) attempt(spans []span, c care) string {
	var b styledText
	start, noted := true, false
	for _, s := range spans {
		if b.change(kept(s, c)) {
			start = false
		}
		switch s.kind {
		case wordSpan:
			text := escape(s.text, start, c)
			if noted && strings.HasPrefix(text, ":") {
				text = `\` + text // else it could define the footnote
			}
			b.WriteString(text)
		case citeSpan:
			b.WriteString("{{" + s.text + "}}")
		case noteSpan:
			b.WriteString("[^" + strconv.Itoa(w.noteNumber(s.note)) + "]")
		case breakSpan:
			if strings.HasSuffix(b.String(), `\`) {
				b.WriteString("  \n")
				break
			}
			b.WriteString("\\\n")
		}
		start, noted = s.kind == breakSpan, s.kind == noteSpan
	}
	b.change(0, "")
	return b.String()
}

// change closes and opens formats and links for what comes next. It reports whether
// something was opened.
func (b *styledText) change(to format, link string) (opened bool) {
	if link != b.link {
		b.closeBut(0)
		if b.link != "" {
			b.WriteString("](" + b.link + ")")
		}
		if link != "" {
			b.WriteString("[")
			opened = true
		}
		b.link = link
	}
	same := 0
	for _, one := range formats {
		if to&one.format == 0 {
			continue
		}
		if same < len(b.open) && b.open[same] == one.format {
			same++
			continue
		}
		b.closeBut(same)
		b.open = append(b.open, one.format)
		b.WriteString(one.mark)
		same, opened = same+1, true
	}
	b.closeBut(same)
	return opened
}

// closeBut closes the inner formats.
func (b *styledText) closeBut(n int) {
	for ; len(b.open) > n; b.open = b.open[:len(b.open)-1] {
		for _, one := range formats {
			if one.format == b.open[len(b.open)-1] {
				b.WriteString(one.mark)
			}
		}
	}
}

// kept returns what is written of a span's style.
func kept(s span, c care) (format, string) {
	if s.kind == noteSpan || s.kind == breakSpan {
		return 0, ""
	}
	f, link := s.format, s.link
	if c >= withoutTilt {
		f &^= italicFormat
	}
	if c >= wordsOnly {
		f, link = 0, ""
	}
	return f, link
}

// meant returns spans as reading them back should.
func meant(spans []span, c care) string {
	var r reading
	r.spans(spans, c)
	return r.String()
}

// reads reports whether a line of Markdown says what the spans say.
func reads(text string, spans []span, c care) bool {
	tree, findings := markdown.Parse(withNotes(text), "", 1)
	if len(findings) > 0 || len(tree.Blocks) != 1 || tree.Blocks[0].Kind != markdown.Paragraph {
		return false
	}
	var r reading
	r.nodes(tree.Blocks[0].Children, 0, "")
	return r.String() == meant(spans, c)
}

var noteLike = regexp.MustCompile(`\^[0-9]{1,9}`)

// withNotes returns a line of Markdown with a footnote for each mark that could
// be read in it, as there may be one in the whole text.
func withNotes(text string) []byte {
	defined := []byte(text)
	for _, m := range noteLike.FindAllString(text, -1) {
		defined = append(defined, "\n\n["+m+"]: 注"...)
	}
	return defined
}
