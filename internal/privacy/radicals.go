package privacy

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// supplement maps those of the CJK Radicals Supplement that look like a
// character: printers of PDF name a character by them, and Unicode has for them no
// decomposition.
var supplement = func() map[rune]rune {
	m := map[rune]rune{}
	pairs := []rune("⺁厂⺌小⺎兀⺕彐⺝月⺟母⺠民⺢水⺩王⺪疋⺬示⺭示⺰纟⺶羊⺷羊⻁虎⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻋车⻐钅⻑长⻒长⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟食⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻱龟⻲龟⻳龟")
	for n := 0; n+1 < len(pairs); n += 2 {
		m[pairs[n]] = pairs[n+1]
	}
	return m
}()

// Ordinary writes radicals and compatibility ideographs as the characters that
// they look like: ⽰ and ⺠ of a printed PDF are 示 and 民. Their number stays.
func Ordinary(text string) string {
	if strings.IndexFunc(text, isRadical) < 0 {
		return text
	}
	return strings.Map(ordinary, text)
}

func isRadical(r rune) bool { return r >= 0x2E80 && r <= 0x2FD5 || r >= 0xF900 && r <= 0xFAFF }

func ordinary(r rune) rune {
	if !isRadical(r) {
		return r
	}
	if usual, ok := supplement[r]; ok {
		return usual
	}
	if s := norm.NFKC.String(string(r)); utf8.RuneCountInString(s) == 1 {
		usual, _ := utf8.DecodeRuneInString(s)
		return usual
	}
	return r
}
