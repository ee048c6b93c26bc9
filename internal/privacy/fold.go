package privacy

import (
	"strings"
	"unicode/utf8"
)

// nothing stands for a character that shows nothing and may split a number.
const nothing = '\x01'

// Fold turns letters, digits and marks of other widths and styles into ASCII,
// character by character, so that columns stay. A tab stays: it parts columns.
func Fold(s string) []rune {
	out := make([]rune, 0, utf8.RuneCountInString(s))
	for _, r := range s {
		out = append(out, foldRune(r))
	}
	return out
}

func foldRune(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r >= '！' && r <= '～':
		return r - 0xFEE0
	case r == '　' || r == '\u00a0' || r >= '\u2000' && r <= '\u200a' || r == '\u202f':
		return ' '
	case r == '—' || r == '–' || r == '‑' || r == '‐' || r == '−' || r == '‒':
		return '-'
	case r == '·' || r == '•' || r == '‧' || r == '・':
		return '·'
	case r >= '①' && r <= '⑨':
		return r - '①' + '1'
	case r == '⓪' || r == '⓿':
		return '0'
	case r >= '❶' && r <= '❾':
		return r - '❶' + '1'
	case r >= '⒈' && r <= '⒐':
		return r - '⒈' + '1'
	case r >= '₀' && r <= '₉':
		return r - '₀' + '0'
	case r == '⁰' || r >= '⁴' && r <= '⁹':
		return r - '⁰' + '0'
	case r == '¹':
		return '1'
	case r == '²' || r == '³':
		return r - '²' + '2'
	case r >= 0x1D7CE && r <= 0x1D7FF:
		return '0' + (r-0x1D7CE)%10
	case r == '\u00ad' || r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\u2060' || r == '\ufeff':
		return nothing
	}
	return r
}

// chineseDigits are the numerals by which people spell a number out.
var chineseDigits = map[rune]rune{
	'〇': '0', '零': '0', '○': '0', '◯': '0', '洞': '0',
	'一': '1', '壹': '1', '幺': '1', '么': '1',
	'二': '2', '贰': '2', '两': '2', '三': '3', '叁': '3', '四': '4', '肆': '4', '五': '5', '伍': '5',
	'六': '6', '陆': '6', '七': '7', '柒': '7', '拐': '7', '八': '8', '捌': '8', '九': '9', '玖': '9', '勾': '9',
}

// spelt returns a folded line with spelt-out numerals as digits; nil when there
// are too few to be a number.
func spelt(line []rune) []rune {
	n := 0
	for _, r := range line {
		if _, ok := chineseDigits[r]; ok {
			n++
		}
	}
	if n < 3 {
		return nil
	}
	out := make([]rune, len(line))
	for i, r := range line {
		if d, ok := chineseDigits[r]; ok {
			r = d
		}
		out[i] = r
	}
	return out
}

// Bare returns a number or address without case, gaps and marks between its
// parts, so that two ways of writing it are one.
func Bare(s string) string {
	return strings.Map(func(r rune) rune {
		r = foldRune(r)
		if d, ok := chineseDigits[r]; ok {
			r = d
		}
		switch r {
		case ' ', '-', '(', ')', '·', nothing, '\t':
			return -1
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, s)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x323AF || r == '〇'
}
