package manuscript

import (
	"regexp"
	"strconv"
	"strings"

	"wangjian/internal/prose"
)

// numberClass is the form of a number before a heading or an item. Official
// writing nests them in this order (GB/T 9704, 7.3.3).
type numberClass uint8

const (
	noNumber    numberClass = iota
	partNumber              // 第一部分
	hanNumber               // 一、
	hanParen                // （一）
	arabic                  // 1.
	arabicParen             // （1）
	circled                 // ①
	dotted                  // 1.1
)

// number is a number at the start of a text.
type number struct {
	class numberClass
	value int
	size  int // its bytes, with the marks and blanks after it
	typed string
}

var numberForms = []struct {
	class numberClass
	form  *regexp.Regexp
}{
	{partNumber, regexp.MustCompile(`^\s*第\s*([一二三四五六七八九十]{1,3}|[0-9]{1,2})\s*(?:部分|章|节|篇)[、.．，,：:\s　]*`)},
	{hanNumber, regexp.MustCompile(`^\s*([一二三四五六七八九十]{1,3})\s*[、.．，,：:][\s　]*`)},
	{hanParen, regexp.MustCompile(`^\s*[（(]\s*([一二三四五六七八九十]{1,3})\s*[）)][、.．，,：:]?[\s　]*`)},
	{dotted, regexp.MustCompile(`^\s*([0-9]{1,2})(?:[.．][0-9]{1,2}){1,3}[、.．]?[\s　]+`)},
	{arabic, regexp.MustCompile(`^\s*([0-9０-９]{1,2})\s*(?:[、.．]|[)）])[\s　]*`)},
	{arabicParen, regexp.MustCompile(`^\s*[（(]\s*([0-9０-９]{1,2})\s*[）)][、.．，,]?[\s　]*`)},
	{circled, regexp.MustCompile(`^\s*([①-⑳])[、.．]?[\s　]*`)},
}

var (
	startsWithDigit = regexp.MustCompile(`^[0-9０-９]`)
	speaksOfPart    = regexp.MustCompile(`^[的是为中里内]`)
)

// numbered takes the number off the start of a text.
func numbered(text string) number {
	for _, f := range numberForms {
		m := f.form.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		if f.class == arabic && startsWithDigit.MatchString(text[m[1]:]) {
			return number{} // 11.11, 3.15: a date, not a number
		}
		if f.class == partNumber && speaksOfPart.MatchString(text[m[1]:]) {
			return number{} // 第一部分的内容是…
		}
		value := numberValue(text[m[2]:m[3]])
		if value == 0 {
			continue
		}
		return number{f.class, value, m[1], strings.TrimSpace(text[:m[1]])}
	}
	return number{}
}

func numberValue(s string) int {
	runes := []rune(s)
	if r := runes[0]; r >= '①' && r <= '⑳' {
		return int(r-'①') + 1
	}
	if n, err := strconv.Atoi(prose.FoldDigits(s)); err == nil {
		return n
	}
	return chineseValue(runes)
}

// chineseValue reads 一 to 九十九; 0 for what is no number.
func chineseValue(runes []rune) int {
	for n := 1; n <= 99; n++ {
		if chineseNumber(n) == string(runes) {
			return n
		}
	}
	return 0
}
