// Package linebreak says where a line of Chinese may end and where a reader
// would have it end: [Units.Breaks] by the rules of GB/T 15834, which no line
// breaks, [Discord] by the sense, for titles. The papers, which measure glyphs,
// ask these two; pages have [Phrases] of a title and [Words] of a label; charts and cards let [Wrap] and [Even] break a text and only
// measure it, and [Clip] cuts what has no more than some characters.
package linebreak

import (
	"slices"
	"strings"
	"unicode"
)

// The marks that GB/T 15834 and good practice keep from a line's start and
// end. 连接号 and 间隔号 must not start a line, 分隔号 neither start nor end one.
const (
	neverFirst = "。，、；：？！’”」』）》〉】〕］｝〗…‥～·／％‰℃°′″.,;:?!)]}%>~/¹²³⁰⁴⁵⁶⁷⁸⁹"
	neverLast  = "‘“「『（《〈【〔［｛〖～／￥¥＄$№＃#([{</~"
)

var notFirst, notLast = setOf(neverFirst), setOf(neverLast)

func setOf(marks string) map[rune]bool {
	set := map[rune]bool{}
	for _, r := range marks {
		set[r] = true
	}
	// 省略号 may start a line; only its two halves stay together.
	delete(set, '…')
	return set
}

// NotFirst reports whether a line never starts with a mark, NotLast whether it
// never ends with one.
func NotFirst(r rune) bool { return notFirst[r] }

// NotLast is described at [NotFirst].
func NotLast(r rune) bool { return notLast[r] }

// isChinese reports the characters that stand on the grid, any two of which may be
// parted.
func isChinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// IsWord reports the characters that a Latin word or a number is made of.
func IsWord(r rune) bool {
	if r < 0x80 {
		return r > ' ' && !strings.ContainsRune("()[]{}<>;!?\"", r)
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) && !isChinese(r)
}

// IsDigit reports the digits 0 to 9.
func IsDigit(r rune) bool { return r >= '0' && r <= '9' }

// IsNumeral reports digits, full-width ones too.
func IsNumeral(r rune) bool { return IsDigit(r) || r >= '０' && r <= '９' }

// InNumber reports whether a line that ends before the i-th character would part a
// number: its digits, its point, its sign, its percent.
func InNumber(text []rune, i int) bool {
	if i <= 0 || i >= len(text) {
		return false
	}
	at := func(i int) rune {
		if i < 0 || i >= len(text) {
			return ' '
		}
		return text[i]
	}
	a, b := text[i-1], text[i]
	switch {
	case IsNumeral(a):
		return IsNumeral(b) || strings.ContainsRune(".,．", b) && IsNumeral(at(i+1)) || strings.ContainsRune("%％‰", b)
	case strings.ContainsRune(".,．", a):
		return IsNumeral(b) && IsNumeral(at(i-2))
	case strings.ContainsRune("+-−±＋－≈≥≤", a):
		return IsNumeral(b) && !IsWord(at(i-2))
	}
	return false
}

// inRange reports that the i-th character and the one before it are of a range:
// one of its numbers, with or without a unit, and the dash between them (9—11月).
func inRange(text []rune, i int) bool {
	dash := func(i int) bool { return text[i] == '—' || text[i] == '–' || text[i] == '-' }
	ends := func(r rune) bool { return IsNumeral(r) || strings.ContainsRune("年月日号时分周%％℃", r) }
	switch {
	case dash(i) && i+1 < len(text):
		return ends(text[i-1]) && IsNumeral(text[i+1])
	case dash(i-1) && i > 1:
		return ends(text[i-2]) && IsNumeral(text[i])
	}
	return false
}

// words are words by their first character.
type words map[rune][][]rune

// wordsOf returns the words of some lists; those of one character stand by
// themselves without.
func wordsOf(lists ...[]string) words {
	w := words{}
	for _, list := range lists {
		for _, word := range list {
			if rs := []rune(word); len(rs) > 1 {
				w[rs[0]] = append(w[rs[0]], rs)
			}
		}
	}
	return w
}

// at returns the length of the longest word that stands at text[i], 0 for none.
func (w words) at(text []rune, i int) int {
	longest := 0
	for _, word := range w[text[i]] {
		if len(word) > longest && i+len(word) <= len(text) && slices.Equal(text[i:i+len(word)], word) {
			longest = len(word)
		}
	}
	return longest
}

// Units are units of measure of more than one character: 万元, 个次.
type Units words

// usualUnits are the units that stand in any report.
var usualUnits = []string{
	"万元", "亿元", "万条", "万件", "万个", "万户", "万人", "万次", "万批", "万家", "批次", "件次", "个次", "人次", "户次", "家次", "条次",
	"个月", "小时", "分钟", "公里", "千米", "公斤", "千克", "平方米", "立方米", "公顷", "千瓦时", "工作日", "个工作日", "百分点", "个百分点",
}

// NewUnits returns the usual units and more.
func NewUnits(more []string) Units { return Units(wordsOf(usualUnits, more)) }

// shortUnits are the units of one character.
const shortUnits = "元件个条户批次吨人家份起万亿"

// Quantities returns where in a text numbers stand together with their units.
func (u Units) Quantities(text []rune) (list [][2]int) {
	for from := 0; from < len(text); from++ {
		if !IsDigit(text[from]) {
			continue
		}
		to := from + 1
		for InNumber(text, to) {
			to++
		}
		if to < len(text) {
			n := words(u).at(text, to)
			if n == 0 && strings.ContainsRune(shortUnits, text[to]) {
				n = 1
			}
			if n > 0 {
				list = append(list, [2]int{from, to + n})
				to += n
			}
		}
		from = to - 1
	}
	return list
}

// Breaks returns before which characters a line may break.
func (u Units) Breaks(text []rune) []bool {
	may := make([]bool, len(text))
	held := 0 // up to here a unit holds on to its number
	for i := 1; i < len(text); i++ {
		a, b := text[i-1], text[i]
		may[i] = i >= held && mayPart(a, b) && !InNumber(text, i) && !inRange(text, i)
		switch n := words(u).at(text, i); {
		case n == 0:
		case IsDigit(a) && isChinese(b):
			held = max(held, i+n)
		case (a == '（' || a == '(') && i+n < len(text) && (text[i+n] == '）' || text[i+n] == ')'):
			held = max(held, i+n+1) // 罚没款（万元）
		}
	}
	return may
}

// mayPart reports whether a line may end with a and the next start with b.
func mayPart(a, b rune) bool { // flat: one case a rule
	switch {
	case b == ' ' || b == '\u00a0' || a == '\u00a0':
		return false // a space stays at the line's end
	case notFirst[b] || notLast[a] || unicode.IsMark(b):
		return false
	case a == '\n' || a == ' ':
		return true
	case IsWord(a) && IsWord(b):
		return false
	case IsDigit(a) && isChinese(b), a == '第' && IsDigit(b): // 231件, 第20条
		return false
	case a == '〕' && IsDigit(b), b == '〔' && isChinese(a): // 字〔2022〕19号
		return false
	case a == b && (a == '—' || a == '…' || a == '─'):
		return false
	}
	return true
}
