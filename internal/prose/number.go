package prose

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Number is a number in a text, in Arabic digits, Chinese numerals or both.
type Number struct {
	From, To int // bytes
	Value    decimal.Decimal
}

// longestNumber bounds a number, in runes.
const longestNumber = 40

var hanDigits = map[rune]int64{
	'零': 0, '〇': 0, '○': 0, '一': 1, '壹': 1, '二': 2, '贰': 2, '貳': 2, '两': 2, '三': 3, '叁': 3, '四': 4, '肆': 4,
	'五': 5, '伍': 5, '六': 6, '陆': 6, '七': 7, '柒': 7, '八': 8, '捌': 8, '九': 9, '玖': 9,
}

var hanUnits = map[rune]int64{
	'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000, '万': 10_000, '萬': 10_000, '亿': 100_000_000, '億': 100_000_000,
}

const myriad = 10_000

// digitOf returns the ASCII digit of a half-width or full-width one.
func digitOf(r rune) (byte, bool) {
	switch {
	case r >= '0' && r <= '9':
		return byte(r), true
	case r >= '０' && r <= '９':
		return byte(r-'０') + '0', true
	}
	return 0, false
}

func startsNumber(r rune) bool {
	if _, ok := digitOf(r); ok {
		return true
	}
	_, ok := hanDigits[r]
	return ok || r == '十' || r == '拾'
}

// Numbers lists the numbers of a text, in their order. Words that begin like a
// number (一般, 十分) are listed too: what follows tells them apart.
func Numbers(text string) []Number {
	var list []Number
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !startsNumber(r) {
			at += size
			continue
		}
		value, n, ok := parseNumber(text[at:])
		if n == 0 {
			n = size
		}
		if ok {
			list = append(list, Number{at, at + n, value})
		}
		at += n
	}
	return list
}

// ParseNumber reads a text that is a number and nothing else.
func ParseNumber(text string) (decimal.Decimal, bool) {
	value, n, ok := parseNumber(text)
	return value, ok && n == len(text)
}

// parseNumber reads the number that a text starts with, and returns its bytes.
func parseNumber(text string) (value decimal.Decimal, size int, ok bool) {
	t := tally{small: 10 * myriad, big: 1 << 62}
	for size < len(text) {
		if t.runes++; t.runes > longestNumber {
			return decimal.Zero, size, false
		}
		n, tooLong := t.step(text[size:])
		size += n
		if tooLong {
			return decimal.Zero, size, false
		}
		if n == 0 {
			break
		}
	}
	if size == 0 {
		return decimal.Zero, 0, false
	}
	return t.sum(), size, true
}

// step takes the next part of a number: Arabic digits, a Chinese digit, a
// fraction or a unit; 0 where the text does not go on with one.
func (t *tally) step(rest string) (size int, tooLong bool) {
	r, n := utf8.DecodeRuneInString(rest)
	if _, isDigit := digitOf(r); isDigit {
		return t.arabic(rest)
	}
	if d, isHan := hanDigits[r]; isHan {
		if t.pending {
			if t.units > 0 || !t.han {
				return 0, false
			}
			t.digits++
		}
		t.hanDigit(d)
		return n, false
	}
	if r == '点' && t.pending && t.han {
		part, digits := hanFraction(rest[n:])
		if digits == 0 {
			return 0, false
		}
		t.value, t.fraction = t.value.Add(part), true
		return n + digits, false
	}
	unit, isUnit := hanUnits[r]
	if !isUnit || measures(unit, rest[n:]) || !t.unit(unit) {
		return 0, false
	}
	return n, false
}

// arabic takes Arabic digits.
func (t *tally) arabic(rest string) (size int, tooLong bool) {
	written, n := arabic(rest)
	if t.pending || t.zero || written == "" {
		return 0, false
	}
	number, err := decimal.NewFromString(written)
	if err != nil || len(written) > longestNumber {
		return n, true
	}
	t.number(number, false)
	return n, false
}

// measures reports whether a unit is the head of a unit of measure: 千克, 百分.
func measures(unit int64, after string) bool {
	if unit != 1000 && unit != 100 {
		return false
	}
	return startsWithAny(after, "克", "米", "瓦", "卡", "伏", "帕", "赫", "分之", "分点", "货", "姓")
}

func startsWithAny(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(text, word) })
}

// arabic returns the plain decimal that a text starts with, without grouping,
// and its bytes.
func arabic(text string) (written string, size int) {
	var b strings.Builder
	point := false
	for size < len(text) {
		r, n := utf8.DecodeRuneInString(text[size:])
		if d, ok := digitOf(r); ok {
			b.WriteByte(d)
			size += n
			continue
		}
		next := text[size+n:]
		if (r == ',' || r == '，' && isWide(text)) && !point && grouped(b.String(), next) {
			size += n
			continue
		}
		if (r == '.' || r == '．') && !point && b.Len() > 0 && digitsAhead(next) > 0 {
			point = true
			b.WriteByte('.')
			size += n
			continue
		}
		break
	}
	return b.String(), size
}

// isWide reports whether a number is written in full-width digits: its grouping
// mark is then full-width too.
func isWide(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r >= '０' && r <= '９'
}

func digitsAhead(text string) (n int) {
	for _, r := range text {
		if _, ok := digitOf(r); !ok {
			break
		}
		n++
	}
	return n
}

// grouped reports whether a comma after these digits groups thousands.
func grouped(before, after string) bool {
	return len(before) > 0 && (len(before) <= 3 || len(before)%3 == 0 || len(before) < 12) && digitsAhead(after) == 3
}

func hanFraction(text string) (part decimal.Decimal, size int) {
	scale := int32(0)
	for size < len(text) {
		r, n := utf8.DecodeRuneInString(text[size:])
		d, ok := hanDigits[r]
		if !ok {
			break
		}
		scale--
		part = part.Add(decimal.New(d, scale))
		size += n
	}
	return part, size
}

// tally adds up a number as it is read: 一亿二千三百万零五 in its steps.
type tally struct {
	total, section decimal.Decimal
	value          decimal.Decimal // read, and not yet multiplied by its unit
	pending        bool
	han            bool // the pending value is in Chinese digits
	zero           bool // 零 stands before what is pending
	fraction       bool
	digits, units  int
	small, big     int64 // the last unit below 万, and from 万 on
	last           int64 // the last unit of all
	runes          int
}

func (t *tally) number(value decimal.Decimal, han bool) {
	t.value, t.pending, t.han = value, true, han
}

// hanDigit takes a Chinese digit; digits in a row are read by place, 二〇二二.
func (t *tally) hanDigit(d int64) {
	switch {
	case t.pending:
		t.value = t.value.Mul(decimal.New(10, 0)).Add(decimal.New(d, 0))
	case d == 0 && t.units > 0:
		t.zero = true
	default:
		t.number(decimal.New(d, 0), true)
	}
}

// unit multiplies by a unit; false where the unit is not in its order.
func (t *tally) unit(unit int64) bool {
	if unit < myriad {
		if !t.pending {
			if unit != 10 || t.section.IsPositive() && !t.zero {
				return false
			}
			t.number(decimal.New(1, 0), true) // 十五, 一百零十五
		}
		if unit >= t.small || t.digits > 0 || t.fraction {
			return false
		}
		t.section = t.section.Add(t.value.Mul(decimal.New(unit, 0)))
		t.small, t.pending, t.zero = unit, false, false
		t.units, t.last = t.units+1, unit
		return true
	}
	if unit >= t.big {
		return false
	}
	if t.pending {
		t.section = t.section.Add(t.value)
	}
	if !t.section.IsPositive() {
		return false
	}
	t.total = t.total.Add(t.section.Mul(decimal.New(unit, 0)))
	t.section, t.pending, t.zero, t.fraction = decimal.Zero, false, false, false
	t.small, t.big, t.digits = 10*myriad, unit, 0
	t.units, t.last = t.units+1, unit
	return true
}

func (t *tally) sum() decimal.Decimal {
	sum := t.total.Add(t.section)
	if !t.pending {
		return sum
	}
	if t.han && !t.zero && t.digits == 0 && t.last > 10 && t.value.IsPositive() && !t.fraction {
		return sum.Add(t.value.Mul(decimal.New(t.last/10, 0))) // 三万五
	}
	return sum.Add(t.value)
}
