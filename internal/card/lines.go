package card

import (
	"strings"
	"unicode"
)

// What may not begin a line, and what may not end one.
const (
	notFirst = "，。、；：？！）》”’】〕」』…—～·,.;:?!)]}%％℃"
	notLast  = "（《“‘【〔「『([{"
)

// pieces cuts a text into what may not be parted: single Chinese characters
// with the marks that cling to them, words and numbers of Latin letters.
func pieces(text string) []string {
	var list []string
	join := false // the next character may not begin a piece
	wordly := false
	for _, r := range text {
		latin := r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-/.@_", r))
		clings := strings.ContainsRune(notFirst, r) || latin && wordly
		if len(list) > 0 && (join || clings) {
			list[len(list)-1] += string(r)
		} else {
			list = append(list, string(r))
		}
		join, wordly = strings.ContainsRune(notLast, r), latin
	}
	return list
}

// wrap breaks a text into lines that are no wider than width. What has no room
// in the last of most lines is cut, with an ellipsis.
func wrap(text string, width, most int, measure func(string) int) []string {
	var lines []string
	line := ""
	for _, p := range pieces(strings.Join(strings.Fields(text), " ")) {
		for measure(p) > width { // longer than a line: cut it where it must be
			runes := []rune(p)
			n := len(runes) - 1
			for n > 1 && measure(line+string(runes[:n])) > width {
				n--
			}
			lines, line, p = append(lines, line+string(runes[:n])), "", string(runes[n:])
		}
		if line != "" && measure(line+p) > width {
			lines, line = append(lines, line), ""
		}
		line += p
		if line == " " {
			line = ""
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(lines) <= most {
		return lines
	}
	last := []rune(lines[most-1])
	for len(last) > 0 && measure(string(last)+"…") > width {
		last = last[:len(last)-1]
	}
	return append(lines[:most-1:most-1], strings.TrimRight(string(last), "，。、；： ")+"…")
}
