package review

import (
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/draw"
	"wangjian/internal/source"
)

// reading is a text on its way through the rules about wording, cut into lines
// once for all of them.
type reading struct {
	source.Passage
	text  string
	lines []string
	// prose has the lines with what is not prose blanked out, character by
	// character, so that columns stay: comments, code, addresses of links.
	prose []string
	// What the item states, where a rule has asked for it.
	stated bool
	said   []*statement
	// characters are those that papers can show.
	characters *draw.Characters
}

func newReading(p source.Passage) *reading {
	r := &reading{Passage: p, text: string(p.Text)}
	r.lines = strings.Split(r.text, "\n")
	r.prose = make([]string, len(r.lines))
	fenced := false
	for n, line := range r.lines {
		if r.inFront(n) {
			r.prose[n] = withoutComment(line)
			continue
		}
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced
		}
		if !fenced {
			r.prose[n] = masked(line)
		}
	}
	return r
}

// inFront reports whether a line, from 0, is one of YAML: a data file's, or of
// front matter.
func (r *reading) inFront(n int) bool { return r.Item == nil || n+1 < r.Item.Body.FirstLine }

// at returns the position of a byte in a line, both from 0.
func (r *reading) at(n, offset int) campaign.Position {
	return campaign.Position{File: r.File, Line: n + 1, Column: utf8.RuneCountInString(r.lines[n][:offset]) + 1}
}

// inProse returns the position of a byte in the prose of a line, both from 0.
func (r *reading) inProse(n, offset int) campaign.Position {
	return campaign.Position{File: r.File, Line: n + 1, Column: utf8.RuneCountInString(r.prose[n][:offset]) + 1}
}

// masked blanks out what is not prose: code, references, addresses, footnotes.
func masked(line string) string {
	if !strings.ContainsAny(line, "`{]<[") {
		return line
	}
	var b strings.Builder
	done := 0
	for i := 0; i < len(line); i++ {
		n := notWords(line[i:])
		if n == 0 {
			continue
		}
		b.WriteString(line[done:i])
		for range utf8.RuneCountInString(line[i : i+n]) {
			b.WriteByte(0)
		}
		done = i + n
		i = done - 1
	}
	b.WriteString(line[done:])
	return b.String()
}

// notWords returns the length of what a text starts with that is not prose; 0
// where it starts with prose.
func notWords(s string) int {
	enclosed := func(open, close string) int {
		if !strings.HasPrefix(s, open) {
			return 0
		}
		end := strings.Index(s[len(open):], close[:1])
		if end < 0 || !strings.HasPrefix(s[len(open)+end:], close) {
			return 0
		}
		return len(open) + end + len(close)
	}
	switch s[0] {
	case '`':
		return enclosed("`", "`")
	case '{':
		return enclosed("{{", "}}")
	case ']':
		return enclosed("](", ")")
	case '<':
		return max(enclosed("<http:", ">"), enclosed("<https:", ">"))
	case '[':
		n := enclosed("[^", "]")
		if n > 0 && strings.HasPrefix(s[n:], ":") {
			n++
		}
		return n
	}
	return 0
}
