package card

import (
	"strings"

	"wangjian/internal/linebreak"
)

// wrap breaks a text into lines that are no wider than width. What has no room
// in the last of most lines is cut, with an ellipsis.
func wrap(text string, width, most int, measure func(string) int) []string {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return nil
	}
	lines := linebreak.Wrap(text, width, measure)
	if len(lines) <= most {
		return lines
	}
	last := []rune(lines[most-1])
	for len(last) > 0 && measure(string(last)+"…") > width {
		last = last[:len(last)-1]
	}
	return append(lines[:most-1:most-1], strings.TrimRight(string(last), "，。、；： ")+"…")
}
