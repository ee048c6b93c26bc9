package change

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"
)

// Line is one line of a difference.
type Line struct {
	Sign   string // "+" is new, "-" goes, " " stays, "…" stands for lines left out
	Number int    // of the line in the new file, in the old one where it goes; 0 for "…"
	Text   string
}

// IsText reports whether the file is text, before and after, that a person can read
// as lines.
func (f *File) IsText() bool {
	return f.OldCopy == nil && f.NewCopy == nil && isText(f.Old) && isText(f.New)
}

func isText(data []byte) bool { return utf8.Valid(data) && !bytes.ContainsRune(data, 0) }

var hunk = regexp.MustCompile(`^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@`)

// Lines is the difference of a text file with three lines around each change; none
// for any other file.
func (f *File) Lines() (list []Line) {
	if !f.IsText() {
		return nil
	}
	text := string(diff.Diff("old", plain(f.Old), "new", plain(f.New)))
	old, now := 0, 0
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if m := hunk.FindStringSubmatch(line); m != nil {
			old, _ = strconv.Atoi(m[1])
			now, _ = strconv.Atoi(m[2])
			if len(list) > 0 || now > 1 {
				list = append(list, Line{Sign: "…"})
			}
			continue
		}
		if old+now == 0 || line == "" || strings.HasPrefix(line, `\`) {
			continue // the head, and what it says of a last line without an end
		}
		l := Line{Sign: line[:1], Number: now, Text: line[1:]}
		switch l.Sign {
		case "-":
			l.Number = old
			old++
		case "+":
			now++
		default:
			old, now = old+1, now+1
		}
		list = append(list, l)
	}
	return list
}

// plain leaves out what no person sees: the mark before the text, and the other end
// of a line.
func plain(text []byte) []byte {
	return bytes.ReplaceAll(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
}
