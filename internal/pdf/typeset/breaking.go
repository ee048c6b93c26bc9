package typeset

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

// isChinese tells characters that stand on the grid, any two of which may be
// parted.
func isChinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// isWord tells characters that a Latin word or a number is made of.
func isWord(r rune) bool {
	if r < 0x80 {
		return r > ' ' && !strings.ContainsRune("()[]{}<>;!?\"", r)
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) && !isChinese(r)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isNumeral tells digits, full-width ones too.
func isNumeral(r rune) bool { return isDigit(r) || r >= '０' && r <= '９' }

// inNumber reports whether a line that ends before the i-th glyph would part a
// number: its digits, its point, its sign, its percent.
func inNumber(gs []glyph, i int) bool {
	if i <= 0 || i >= len(gs) {
		return false
	}
	at := func(i int) rune {
		if i < 0 || i >= len(gs) {
			return ' '
		}
		return gs[i].r
	}
	a, b := gs[i-1].r, gs[i].r
	switch {
	case isNumeral(a):
		return isNumeral(b) || strings.ContainsRune(".,．", b) && isNumeral(at(i+1)) || strings.ContainsRune("%％‰", b)
	case strings.ContainsRune(".,．", a):
		return isNumeral(b) && isNumeral(at(i-2))
	case strings.ContainsRune("+-−±＋－≈≥≤", a):
		return isNumeral(b) && !isWord(at(i-2))
	}
	return false
}

// units knows the units of measure of more than one character: 万元, 个次.
type units map[rune][][]rune

// usualUnits are the units that stand in any report.
var usualUnits = []string{
	"万元", "亿元", "万条", "万件", "万个", "万户", "万人", "万次", "万批", "万家", "批次", "件次", "个次", "人次", "户次", "家次", "条次",
	"个月", "小时", "分钟", "公里", "千米", "公斤", "千克", "平方米", "立方米", "公顷", "千瓦时", "工作日", "个工作日", "百分点", "个百分点",
}

func newUnits(more []string) units {
	u := units{}
	for _, name := range append(slices.Clone(usualUnits), more...) {
		if rs := []rune(name); len(rs) > 1 {
			u[rs[0]] = append(u[rs[0]], rs)
		}
	}
	return u
}

// at gives the length of the longest unit that stands at gs[i], 0 for none.
func (u units) at(gs []glyph, i int) int {
	longest := 0
	for _, unit := range u[gs[i].r] {
		if len(unit) <= longest || i+len(unit) > len(gs) {
			continue
		}
		same := true
		for k, r := range unit {
			same = same && gs[i+k].r == r
		}
		if same {
			longest = len(unit)
		}
	}
	return longest
}

// breaks tells before which characters a line may break.
func (u units) breaks(gs []glyph) []bool {
	may := make([]bool, len(gs))
	held := 0 // up to here a unit holds on to its number
	for i := 1; i < len(gs); i++ {
		a, b := gs[i-1].r, gs[i].r
		may[i] = i >= held && mayPart(a, b) && !inNumber(gs, i) && gs[i].run.Note == nil
		switch n := u.at(gs, i); {
		case n == 0:
		case isDigit(a) && isChinese(b):
			held = max(held, i+n)
		case (a == '（' || a == '(') && i+n < len(gs) && (gs[i+n].r == '）' || gs[i+n].r == ')'):
			held = max(held, i+n+1) // 罚没款（万元）
		}
	}
	return may
}

// mayPart tells whether a line may end with a and the next start with b.
func mayPart(a, b rune) bool {
	switch {
	case b == ' ' || b == '\u00a0' || a == '\u00a0':
		return false // a space stays at the line's end
	case notFirst[b] || notLast[a] || unicode.IsMark(b):
		return false
	case a == '\n' || a == ' ':
		return true
	case isWord(a) && isWord(b):
		return false
	case isDigit(a) && isChinese(b), a == '第' && isDigit(b): // 231件, 第20条
		return false
	case a == '〕' && isDigit(b), b == '〔' && isChinese(a): // 字〔2022〕19号
		return false
	case a == b && (a == '—' || a == '…' || a == '─'):
		return false
	}
	return true
}
