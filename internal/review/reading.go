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
	stated []*statement
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
	var b strings.Builder
	for {
		at := strings.IndexAny(line, "`{]<[")
		if at < 0 && b.Len() == 0 {
			return line
		} else if at < 0 {
			return b.String() + line
		}
		n := notWords(line[at:])
		b.WriteString(line[:at])
		b.WriteString(strings.Repeat("\x00", utf8.RuneCountInString(line[at:at+n])))
		if n == 0 {
			b.WriteByte(line[at])
			n = 1
		}
		line = line[at+n:]
	}
}

// notProse are the marks around what is no prose.
var notProse = [][2]string{{"`", "`"}, {"{{", "}}"}, {"](", ")"}, {"<http:", ">"}, {"<https:", ">"}, {"[^", "]:"}, {"[^", "]"}}

// notWords returns the length of what a text starts with that is not prose; 0
// where it starts with prose.
func notWords(s string) int {
	for _, m := range notProse {
		if rest, ok := strings.CutPrefix(s, m[0]); ok {
			end := strings.Index(rest, m[1][:1])
			if end >= 0 && strings.HasPrefix(rest[end:], m[1]) {
				return len(m[0]) + end + len(m[1])
			}
		}
	}
	return 0
}

// occurrences lists where a word begins in a text.
func occurrences(text, word string) (list []int) {
	for end := 0; word != ""; end += len(word) {
		at := strings.Index(text[end:], word)
		if at < 0 {
			break
		}
		end += at
		list = append(list, end)
	}
	return list
}
