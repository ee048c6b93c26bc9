package search

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is what a page says.
type Text struct {
	Words   string // single spaces between blocks
	Anchors []Anchor
}

// Anchor is a heading that a link can lead to.
type Anchor struct {
	At, Length int // of the heading in Words, in UTF-16 units, as scripts count
	ID         string
}

// leftOut are the elements of a page's main part that are not its own words:
// navigation, what stands aside, drawings (their summaries and tables are in
// the text).
var leftOut = map[string]bool{
	"script": true, "style": true, "noscript": true, "template": true, "svg": true, "nav": true, "aside": true, "button": true,
}

// inline elements do not part the words on both sides.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdi": true, "cite": true, "code": true, "data": true, "del": true, "em": true,
	"i": true, "ins": true, "mark": true, "q": true, "small": true, "span": true, "strong": true, "sub": true, "sup": true,
	"time": true, "u": true, "wbr": true,
}

// Extract gives the visible text of a page's <main>. It reads HTML as this
// program's templates write it: every element closed, every text escaped.
func Extract(page []byte) Text {
	from := bytes.Index(page, []byte("<main"))
	if from < 0 {
		return Text{}
	}
	x := extractor{}
	x.words.Grow(8 << 10)
	for rest := page[from:]; len(rest) > 0; {
		at := bytes.IndexByte(rest, '<')
		if at < 0 {
			at = len(rest)
		}
		if at > 0 && x.skipping == "" {
			x.text(rest[:at])
		}
		rest = rest[at:]
		if bytes.HasPrefix(rest, []byte("</main>")) {
			break
		}
		rest = rest[x.markup(rest):]
	}
	return Text{strings.TrimRight(x.words.String(), " "), x.anchors}
}

type extractor struct {
	words    strings.Builder
	units    int  // length of words in UTF-16 units
	gap      bool // a space is due before the next character
	skipping string
	depth    int // of skipping elements of that name
	anchors  []Anchor
	heading  string // the heading that is open
}

func (x *extractor) text(raw []byte) {
	s := string(raw)
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	start := 0 // of what is not written yet
	for n, r := range s {
		if r < 0x3000 && (r == ' ' || r == '\n' || unicode.IsSpace(r)) || r == 0x3000 {
			x.words.WriteString(s[start:n])
			x.gap, start = true, n+utf8.RuneLen(r)
			continue
		}
		if x.gap && x.units > 0 {
			x.words.WriteByte(' ') // what was before is written
			x.units++
		}
		x.gap = false
		x.units++
		if r > 0xffff {
			x.units++
		}
	}
	x.words.WriteString(s[start:])
}

// markup reads a tag or a comment and gives its length.
func (x *extractor) markup(raw []byte) int {
	if len(raw) == 0 {
		return 0
	}
	if bytes.HasPrefix(raw, []byte("<!--")) {
		if end := bytes.Index(raw, []byte("-->")); end >= 0 {
			return end + 3
		}
		return len(raw)
	}
	end := tagEnd(raw)
	tag := raw[1:max(1, end-1)]
	closing := len(tag) > 0 && tag[0] == '/'
	tag = bytes.TrimPrefix(tag, []byte("/"))
	n := bytes.IndexAny(tag, " \t\r\n/")
	if n < 0 {
		n = len(tag)
	}
	name := strings.ToLower(string(tag[:n]))
	switch {
	case x.skipping != "":
		if name == x.skipping && closing {
			x.depth--
		} else if name == x.skipping && !bytes.HasSuffix(tag, []byte("/")) {
			x.depth++
		}
		if x.depth == 0 {
			x.skipping = ""
		}
	case closing:
		x.close(name)
	default:
		x.open(name, tag[n:])
	}
	if !inline[name] {
		x.gap = true
	}
	if !closing && (name == "script" || name == "style") { // what is in them is no markup
		if at := bytes.Index(raw[end:], []byte("</"+name)); at >= 0 {
			return end + at
		}
	}
	return end
}

func (x *extractor) open(name string, attributes []byte) {
	if leftOut[name] || !isVoid(name) && hides(attributes) {
		x.skipping, x.depth = name, 1
		return
	}
	if id := attribute(attributes, "id"); id != "" && isHeading(name) {
		x.anchors = append(x.anchors, Anchor{ID: id, At: x.units + min(1, x.units)})
		x.heading = name
	}
}

func (x *extractor) close(name string) {
	if name == x.heading {
		last := &x.anchors[len(x.anchors)-1]
		last.Length = max(0, x.units-last.At)
		x.heading = ""
	}
}

// hides tells whether an element is kept from readers' eyes or ears.
func hides(attributes []byte) bool {
	return bytes.Contains(attributes, []byte(`aria-hidden="true"`)) || attribute(attributes, "class") == "unseen"
}

func isHeading(name string) bool {
	return len(name) == 2 && name[0] == 'h' && name[1] >= '2' && name[1] <= '6'
}

func isVoid(name string) bool {
	switch name {
	case "br", "hr", "img", "input", "meta", "link", "wbr", "col", "source", "track":
		return true
	}
	return false
}

// tagEnd is where a tag ends, quoted values passed over.
func tagEnd(raw []byte) int {
	if end := bytes.IndexByte(raw, '>'); end >= 0 && bytes.IndexByte(raw[:end], '\'') < 0 && bytes.Count(raw[:end], []byte{'"'})%2 == 0 {
		return end + 1 // nearly all
	}
	var quote byte
	for n, c := range raw {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return n + 1
		}
	}
	return len(raw)
}

func attribute(raw []byte, name string) string {
	key := []byte(" " + name + `="`)
	at := bytes.Index(raw, key)
	if at < 0 {
		return ""
	}
	value := raw[at+len(key):]
	end := bytes.IndexByte(value, '"')
	if end < 0 {
		return ""
	}
	return html.UnescapeString(string(value[:end]))
}
