package privacy

import (
	"strings"
	"unicode"
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

// folds are runs of characters and what they become, one after the other or, where
// all is true, each.
var folds = []struct {
	from, to, as rune
	all          bool
}{
	{'！', '～', '!', false},
	{'①', '⑨', '1', false}, {'❶', '❾', '1', false}, {'⒈', '⒐', '1', false}, {'⓪', '⓪', '0', false}, {'⓿', '⓿', '0', false},
	{'₀', '₉', '0', false}, {'⁰', '⁰', '0', false}, {'⁴', '⁹', '4', false}, {'¹', '¹', '1', false}, {'²', '³', '2', false},
	{'　', '　', ' ', true}, {'\u00a0', '\u00a0', ' ', true}, {'\u2000', '\u200a', ' ', true}, {'\u202f', '\u202f', ' ', true},
	{'‐', '—', '-', true}, {'−', '−', '-', true},
	{'•', '•', '·', true}, {'‧', '‧', '·', true}, {'・', '・', '·', true},
}

// formats are marks of direction, joiners, soft hyphens and the like.
var formats = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0xad, Hi: 0xad, Stride: 1}, {Lo: 0x200b, Hi: 0x200f, Stride: 1}, {Lo: 0x202a, Hi: 0x202e, Stride: 1}, {Lo: 0x2060, Hi: 0x206f, Stride: 1}, {Lo: 0xfeff, Hi: 0xfeff, Stride: 1}}, LatinOffset: 1}

// IsInvisible reports whether a character shows nothing and is no blank: a control,
// a mark of direction, a joiner, a soft hyphen, a choice of form.
func IsInvisible(r rune) bool {
	switch {
	case r < 0x7f:
		return r < ' ' && r != '\t' && r != '\n' && r != '\r'
	case r >= 0x3000 && r <= 0x9fff: // nearly all
		return false
	}
	return unicode.In(r, unicode.Cc, formats, unicode.Variation_Selector)
}

func foldRune(r rune) rune {
	switch {
	case r < 0x80 || r >= 0x3100 && r < 0xf900: // nearly all
		return r
	case r >= 0x1D7CE && r <= 0x1D7FF:
		return '0' + (r-0x1D7CE)%10
	case isRadical(r):
		return ordinary(r)
	}
	for _, f := range folds {
		switch {
		case r < f.from || r > f.to:
		case f.all:
			return f.as
		default:
			return f.as + r - f.from
		}
	}
	if IsInvisible(r) {
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

// spelt returns a folded line with spelt-out numerals, and letters O beside digits,
// as digits; nil when there are too few to be a number.
func spelt(line []rune) []rune {
	out := make([]rune, len(line))
	numerals, letters := 0, 0
	for i, r := range line {
		out[i] = r
		if d, ok := chineseDigits[r]; ok {
			out[i] = d
			numerals++
		} else if isLetterO(r) && followsDigit(out[:i]) {
			out[i] = '0'
			letters++
		}
	}
	if numerals < 3 && letters == 0 {
		return nil
	}
	return out
}

// followsDigit reports whether a digit stands at a line's end, or before a gap there.
func followsDigit(line []rune) bool {
	n := len(line)
	return n > 0 && (isDigit(line[n-1]) || n > 1 && strings.ContainsRune(" -"+string(nothing), line[n-1]) && isDigit(line[n-2]))
}

func isLetterO(r rune) bool { return r == 'O' || r == 'o' }

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
