package forms

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// builtinFormats are the number formats that a workbook may use by number
// (ECMA-376, 18.8.30), as far as they are not dates.
var builtinFormats = map[string]string{
	"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00",
	"12": "# ?/?", "13": "# ??/??", "37": "#,##0 ;(#,##0)", "38": "#,##0 ;[Red](#,##0)", "39": "#,##0.00 ;(#,##0.00)",
	"40": "#,##0.00 ;[Red](#,##0.00)", "41": `_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ `, "42": `_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ `,
	"43": `_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ `, "44": `_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ `,
	"48": "##0.0E+0", "49": "@",
}

// builtinFormat returns a format by number; those of the Chinese locale, 27 to
// 36 and 50 to 58, are dates.
func builtinFormat(id string) string {
	n, _ := strconv.Atoi(id)
	if n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58 {
		return "yyyy/m/d"
	}
	return builtinFormats[id]
}

// look is how a number format shows a number, as far as one needs it to know
// whether the reader of a sheet sees what the file holds.
type look struct {
	general     bool
	date        bool
	odd         string // why the number seen is not the one stored
	least, most int    // decimals shown
	digits      bool   // shows digits at all
	zero        bool   // shows a zero as 0, not as nothing
	literal     string // words around the number

	point  bool // the point was read
	commas int  // behind the last digit that was read
}

// formatToken is a piece of a number format: quoted words, a sign behind \\ or !,
// a blank or filling, what stands in [ ], or one sign.
var formatToken = regexp.MustCompile(`(?s)"[^"]*"?|[\\!].?|[_*][^;]?|\[[^\];]*\]?|(?i:general)|G/通用格式|.`)

// lookOf reads the section of a format that shows a number of that sign.
func lookOf(format string, zero bool) look {
	sections := [][]string{nil}
	for _, token := range formatToken.FindAllString(format, -1) {
		if token == ";" {
			sections = append(sections, nil)
			continue
		}
		last := &sections[len(sections)-1]
		*last = append(*last, token)
	}
	section := sections[0]
	if zero && len(sections) >= 3 {
		section = sections[2]
	}
	if len(section) == 0 && len(sections) > 1 {
		return look{odd: "隐藏数字的格式"}
	}
	l := look{general: trim(strings.Join(section, "")) == ""}
	for _, token := range section {
		l.read(token)
	}
	if l.commas > 0 {
		l.refuse("按千缩小的格式")
	}
	l.literal = trim(l.literal)
	if l.date {
		l.literal, l.odd = "", ""
	}
	return l
}

// read takes in a piece of the format.
func (l *look) read(token string) {
	first, size := utf8.DecodeRuneInString(token)
	switch {
	case first == '"':
		l.literal += strings.Trim(token, `"`)
	case first == '\\', first == '!':
		l.literal += token[1:]
	case first == '_', first == '*':
	case first == '[':
		l.bracket(strings.Trim(token, "[]"))
	case strings.ContainsRune("0?#", first):
		l.digit(first == '0')
	case strings.ContainsRune(".,/%‰", first):
		l.sign(first)
	case first == '@', strings.ContainsRune("Gg", first) && size < len(token):
		l.general = true
	case strings.ContainsRune("Ee", first) && l.digits:
		l.refuse("科学计数格式")
	case strings.ContainsRune("EeGgyYmMdDhHsSbB", first):
		l.date = true
	default:
		l.literal += token
	}
}

func (l *look) digit(zero bool) {
	l.digits, l.commas = true, 0
	l.zero = l.zero || zero
	if l.point {
		l.most++
	}
	if l.point && zero {
		l.least = l.most
	}
}

// sign reads what stands among digits.
func (l *look) sign(sign rune) {
	switch {
	case sign == '.':
		if l.point {
			l.refuse("看不懂的格式")
		}
		if l.commas > 0 {
			l.refuse("按千缩小的格式")
		}
		l.point = true
	case sign == '%', sign == '‰':
		l.refuse("百分比格式")
	case sign == ',' && l.digits:
		l.commas++
	case l.digits:
		l.refuse("分数格式")
	}
}

// refuse notes the first reason for which the number seen is another.
func (l *look) refuse(why string) {
	if l.odd == "" {
		l.odd = why
	}
}

// bracket reads what stands in [ ]: a colour, a currency, a condition, elapsed
// time, or other numerals.
func (l *look) bracket(inside string) {
	lower := strings.ToLower(inside)
	switch {
	case strings.HasPrefix(inside, "$"):
		sign, _, _ := strings.Cut(inside[1:], "-")
		l.literal += sign
	case strings.HasPrefix(inside, "<"), strings.HasPrefix(inside, ">"), strings.HasPrefix(inside, "="):
		l.refuse("带条件的格式")
	case strings.HasPrefix(lower, "dbnum"):
		l.refuse("中文数字格式")
	case lower == "h" || lower == "hh" || lower == "m" || lower == "mm" || lower == "s" || lower == "ss":
		l.date = true
	}
}

// show returns the number as the sheet shows it, without the words around it.
func (l look) show(d decimal.Decimal) string {
	if l.general {
		return d.String()
	}
	rounded := d.Round(int32(l.most))
	if !l.digits || rounded.IsZero() && !l.zero {
		return ""
	}
	return rounded.StringFixed(int32(max(l.least, decimals(rounded))))
}

// decimals counts the digits after the point, without zeros at the end.
func decimals(d decimal.Decimal) int {
	_, fraction, _ := strings.Cut(d.String(), ".")
	return len(fraction)
}
