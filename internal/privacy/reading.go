package privacy

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// reading is a line as somebody reads it who sees through how it is written.
type reading struct {
	runes   []rune
	columns []int // of each, in the line, from 0
	starred bool  // stars between digits are gone, which may be a mask
}

func (r *reading) text() string { return string(r.runes) }

// place returns a trace of the reading as one of the line.
func (r *reading) place(t Trace) Trace {
	if n := t.Column - 1; n < len(r.columns) {
		t.Column = r.columns[n] + 1
	}
	return t
}

// readings returns how a line reads without its escapes, its letter-spacing and
// what shows nothing, and without stars between digits; none where there are none
// of these.
func readings(line string, may holds) (list []*reading) {
	plain := &reading{}
	if escapes := escapesIn(line); escapes != nil || may&hidden != 0 || spaced(line) {
		plain.unescape(line, escapes)
		if plain.condense(); len(plain.runes) < utf8.RuneCountInString(line) {
			list = append(list, plain)
		}
	}
	if strings.IndexByte(line, '*') < 0 && strings.IndexByte(line, '~') < 0 || !betweenDigits.MatchString(line) {
		return list
	}
	starred := &reading{starred: true}
	var spans []escape
	for _, m := range betweenDigits.FindAllStringSubmatchIndex(line, -1) {
		spans = append(spans, escape{m[2], m[3], ""})
	}
	starred.unescape(line, spans)
	return append(list, starred)
}

// betweenDigits are stars and tildes that look like mark-up within a number; more
// of them are a mask.
var betweenDigits = regexp.MustCompile(`[0-9]([*~]{1,3})\b`)

// escape is a stretch of a line, in bytes, and what it stands for.
type escape struct {
	from, to int
	text     string
}

// escaped are the ways of writing a character by its number: of HTML, of
// addresses, of YAML and JavaScript.
var escaped = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});|(?:%[0-9A-Fa-f]{2})+|\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|U[0-9A-Fa-f]{8})`)

// escapesIn lists the escapes of a line.
func escapesIn(line string) (list []escape) {
	if strings.IndexByte(line, '&') < 0 && strings.IndexByte(line, '%') < 0 && strings.IndexByte(line, '\\') < 0 {
		return nil
	}
	for _, m := range escaped.FindAllStringIndex(line, -1) {
		if text := unescape(line[m[0]:m[1]]); text != line[m[0]:m[1]] {
			list = append(list, escape{m[0], m[1], text})
		}
	}
	return list
}

// Unescape writes the characters of a line that are written by their numbers.
func Unescape(line string) string {
	r := &reading{}
	r.unescape(line, escapesIn(line))
	return r.text()
}

func unescape(s string) string {
	switch s[0] {
	case '&':
		return html.UnescapeString(s)
	case '%':
		var b []byte
		for i := 0; i+2 < len(s); i += 3 {
			n, _ := strconv.ParseUint(s[i+1:i+3], 16, 8)
			b = append(b, byte(n))
		}
		if !utf8.Valid(b) {
			return s
		}
		return string(b)
	}
	n, err := strconv.ParseUint(strings.Trim(s[2:], "{}"), 16, 32)
	if err != nil || n > utf8.MaxRune {
		return s
	}
	return string(rune(n))
}

// unescape writes a line with its escapes as what they stand for.
func (r *reading) unescape(line string, escapes []escape) {
	column, at := 0, 0
	copyTo := func(end int) {
		for _, c := range line[at:end] {
			r.runes, r.columns = append(r.runes, c), append(r.columns, column)
			column++
		}
	}
	for _, e := range escapes {
		copyTo(e.from)
		for _, c := range e.text {
			r.runes, r.columns = append(r.runes, c), append(r.columns, column)
		}
		column, at = column+utf8.RuneCountInString(line[e.from:e.to]), e.to
	}
	copyTo(len(line))
}

// spaced reports whether a line may be letter-spaced: 姓 名.
func spaced(line string) bool {
	for _, space := range []string{" ", "　", "\u00a0"} {
		for at := strings.Index(line, space); at >= 0; {
			before, size := utf8.DecodeLastRuneInString(line[:at])
			if isHan(before) {
				further, _ := utf8.DecodeLastRuneInString(line[:at-size])
				after, _ := utf8.DecodeRuneInString(strings.TrimLeft(line[at:], " 　\u00a0"))
				if !isHan(further) && isHan(after) {
					return true
				}
			}
			next := strings.Index(line[at+len(space):], space)
			if next < 0 {
				break
			}
			at += len(space) + next
		}
	}
	return false
}

// condense takes out what shows nothing, and the spaces between characters that
// stand alone.
func (r *reading) condense() {
	alone := func(i int) bool { // no character of a word stands beside it
		return isHan(r.runes[i]) && (i == 0 || !isHan(r.runes[i-1])) && (i+1 == len(r.runes) || !isHan(r.runes[i+1]))
	}
	var runes []rune
	var columns []int
	for i := 0; i < len(r.runes); i++ {
		c := foldRune(r.runes[i])
		if c == nothing {
			continue
		}
		if c == ' ' && i > 0 && alone(i-1) {
			end := i
			for end < len(r.runes) && foldRune(r.runes[end]) == ' ' {
				end++
			}
			if end < len(r.runes) && alone(end) {
				i = end - 1
				continue
			}
		}
		runes, columns = append(runes, r.runes[i]), append(columns, r.columns[i])
	}
	r.runes, r.columns = runes, columns
}
