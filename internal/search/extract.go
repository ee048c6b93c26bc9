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

// kind is what an element is to a page's text.
type kind int

const (
	block   kind = iota
	inline       // does not part the words on both sides
	heading      // which a link can lead to
	leftOut      // not the page's own words: navigation, what stands aside, drawings (their summaries and tables are in the text)
)

func kindOf(name []byte) kind {
	switch string(name) {
	case "a", "abbr", "b", "bdi", "cite", "code", "data", "del", "em", "i", "ins", "mark", "q", "small", "span", "strong", "sub", "sup", "time", "u", "wbr":
		return inline
	case "h2", "h3", "h4", "h5", "h6":
		return heading
	case "script", "style", "noscript", "template", "svg", "nav", "aside", "button":
		return leftOut
	}
	return block
}

// Extract returns the visible text of a page's <main>. It reads HTML as this
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
	if bytes.IndexByte(raw, '&') >= 0 {
		raw = []byte(html.UnescapeString(string(raw)))
	}
	start := 0 // of what is not written yet
	for n := 0; n < len(raw); {
		r, size := rune(raw[n]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(raw[n:])
		}
		n += size
		if r == ' ' || r == '\n' || r == 0x3000 || r < 0x3000 && unicode.IsSpace(r) {
			x.words.Write(raw[start : n-size])
			x.gap, start = true, n
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
	x.words.Write(raw[start:])
}

// markup reads a tag or a comment and returns its length.
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
	tag, closing := bytes.CutPrefix(raw[1:max(1, end-1)], []byte{'/'})
	n := bytes.IndexAny(tag, " \t\r\n/")
	if n < 0 {
		n = len(tag)
	}
	name := tag[:n]
	kind := kindOf(name)
	switch {
	case x.skipping != "":
		x.skip(name, tag, closing)
	case closing:
		x.close(name)
	default:
		x.open(name, kind, tag[n:])
	}
	if kind != inline {
		x.gap = true
	}
	if kind == leftOut && !closing && (string(name) == "script" || string(name) == "style") { // what is in them is no markup
		if at := bytes.Index(raw[end:], append([]byte("</"), name...)); at >= 0 {
			return end + at
		}
	}
	return end
}

// skip counts how deep an element that is left out lies in others of its name.
func (x *extractor) skip(name, tag []byte, closing bool) {
	switch {
	case string(name) != x.skipping:
	case closing:
		x.depth--
	case !bytes.HasSuffix(tag, []byte("/")):
		x.depth++
	}
	if x.depth == 0 {
		x.skipping = ""
	}
}

func (x *extractor) open(name []byte, kind kind, attributes []byte) {
	if kind == leftOut || hides(attributes) && !isVoid(name) {
		x.skipping, x.depth = string(name), 1
		return
	}
	if kind != heading {
		return
	}
	if id := attribute(attributes, "id"); id != "" {
		x.anchors = append(x.anchors, Anchor{ID: id, At: x.units + min(1, x.units)})
		x.heading = string(name)
	}
}

func (x *extractor) close(name []byte) {
	if x.heading != "" && string(name) == x.heading {
		last := &x.anchors[len(x.anchors)-1]
		last.Length = max(0, x.units-last.At)
		x.heading = ""
	}
}

// hides reports whether an element is kept from readers' eyes or ears.
func hides(attributes []byte) bool {
	return len(attributes) > 0 && (bytes.Contains(attributes, []byte(` aria-hidden="true"`)) || bytes.Contains(attributes, []byte(` class="unseen"`)))
}

func isVoid(name []byte) bool {
	switch string(name) {
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
