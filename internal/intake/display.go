package intake

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
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
		return "yyyy-mm-dd hh:mm:ss"
	}
	return builtinFormats[id]
}

// displayed returns a cell's text as a spreadsheet shows it.
func (c *Cell) displayed(date1904 bool) string {
	if c.Kind != NumberCell || c.Text == "" {
		if c.Text == "" {
			return c.Inline
		}
		return c.Text
	}
	return displayNumber(c.Text, c.Format, date1904)
}

// storedNumber is a number as files hold it.
var storedNumber = regexp.MustCompile(`^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?$`)

func parseNumber(s string) (*big.Rat, bool) {
	if len(s) > 400 || !storedNumber.MatchString(s) {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// general returns a number as a cell without a format shows it: whole ones in full,
// others in eleven characters. What is no number is returned as it is.
func general(s string) string {
	if !strings.ContainsAny(s, ".eE") {
		return s
	}
	r, ok := parseNumber(s)
	switch {
	case !ok:
		return s
	case r.IsInt():
		return r.Num().String()
	}
	length := len(new(big.Int).Quo(new(big.Int).Abs(r.Num()), r.Denom()).String())
	// At least one decimal stays: what has decimals is no telephone.
	whole, decimals, _ := strings.Cut(r.FloatString(max(1, 10-length)), ".")
	return whole + "." + decimals[:1] + strings.TrimRight(decimals[1:], "0")
}

// formatToken is a piece of a number format: a placeholder, or what is shown as it is.
type formatToken struct {
	sign  byte   // 0 # ? . , % @; 0 for text
	shown string // text
}

// formatSection splits a section of a number format; isDate reports that it is for
// days or times.
func formatSection(section string) (tokens []formatToken, isDate bool) {
	for i := 0; i < len(section); i++ {
		switch c := section[i]; c {
		case '"':
			text, _, _ := strings.Cut(section[i+1:], `"`)
			tokens = append(tokens, formatToken{shown: text})
			i += len(text) + 1
		case '\\', '_', '*':
			if i++; i < len(section) && c == '\\' {
				tokens = append(tokens, formatToken{shown: section[i : i+1]})
			}
		case '[':
			text, _, _ := strings.Cut(section[i+1:], "]")
			isDate = isDate || strings.Trim(strings.ToLower(text), "hms") == "" && text != ""
			i += len(text) + 1
		case '0', '#', '?', '.', ',', '%', '@':
			tokens = append(tokens, formatToken{sign: c})
		default:
			isDate = isDate || strings.IndexByte("ymdhsYMDHS", c) >= 0
			tokens = append(tokens, formatToken{shown: section[i : i+1]})
		}
	}
	return tokens, isDate
}

// sections splits a number format at the semicolons outside of quotes.
func sections(format string) []string {
	var list []string
	start, quoted := 0, false
	for i := 0; i < len(format); i++ {
		switch {
		case format[i] == '\\':
			i++
		case format[i] == '"':
			quoted = !quoted
		case format[i] == ';' && !quoted:
			list = append(list, format[start:i])
			start = i + 1
		}
	}
	return append(list, format[min(start, len(format)):])
}

// displayNumber returns a stored number in its number format.
func displayNumber(stored, format string, date1904 bool) string {
	r, ok := parseNumber(stored)
	if !ok || format == "" || len(format) > 1000 || strings.Contains(strings.ToLower(format), "general") || strings.Contains(format, "G/") {
		return general(stored)
	}
	list := sections(format)
	section := list[0]
	switch {
	case r.Sign() < 0 && len(list) > 1:
		section, r = list[1], new(big.Rat).Abs(r)
	case r.Sign() == 0 && len(list) > 2:
		section = list[2]
	}
	tokens, isDate := formatSection(section)
	if isDate {
		return displayDay(r, date1904)
	}
	if strings.ContainsAny(section, "/Ee") { // a fraction or a power of ten: its digits are the number's
		return general(stored)
	}
	return fill(tokens, r, stored)
}

// displayDay returns a day and a time that are stored as a number of days.
func displayDay(r *big.Rat, date1904 bool) string {
	seconds, _ := strconv.ParseInt(new(big.Rat).Mul(r, big.NewRat(86400, 1)).FloatString(0), 10, 64)
	if seconds < 0 || seconds > 86400*3_000_000 {
		return "########"
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return start.AddDate(0, 0, int(seconds/86400)).Add(time.Duration(seconds%86400) * time.Second).Format("2006-01-02 15:04:05")
}

// layout is what the placeholders of a section ask for.
type layout struct {
	places, zeros, decimals int // before the point, of them always shown, behind it
	last, point             int // the tokens of the last placeholder and of the point
	grouped                 bool
}

func layoutOf(tokens []formatToken) (l layout) {
	comma := false
	l.last, l.point = -1, len(tokens)
	for n, t := range tokens {
		switch {
		case t.sign == '.':
			l.point = min(l.point, n)
		case t.sign == ',':
			comma = l.last >= 0
		case t.sign != '0' && t.sign != '#' && t.sign != '?':
		case n > l.point:
			l.decimals, l.last = l.decimals+1, n
		default:
			l.places, l.last, l.grouped = l.places+1, n, l.grouped || comma
			if t.sign == '0' {
				l.zeros++
			}
		}
	}
	return l
}

// fill puts a number's digits into the placeholders of a section.
func fill(tokens []formatToken, r *big.Rat, stored string) string {
	l := layoutOf(tokens)
	whole, fraction, _ := strings.Cut(new(big.Rat).Mul(new(big.Rat).Abs(r), scaleOf(tokens, l.last)).FloatString(l.decimals), ".")
	whole = strings.Repeat("0", max(0, l.zeros-len(whole))) + whole
	var b strings.Builder
	if r.Sign() < 0 {
		b.WriteByte('-')
	}
	place, behind := 0, 0 // placeholders filled before and behind the point
	for n, t := range tokens {
		switch {
		case t.sign == 0:
			b.WriteString(t.shown)
		case t.sign == '@':
			b.WriteString(general(stored))
		case t.sign == '%' || t.sign == '.':
			b.WriteByte(t.sign)
		case t.sign == ',':
		case n > l.point:
			b.WriteByte(fraction[behind])
			behind++
		default:
			place++
			b.WriteString(l.digitsAt(whole, place))
		}
	}
	return b.String()
}

// digitsAt returns the digits for a placeholder before the point: the first takes all
// that have no place of their own.
func (l layout) digitsAt(digits string, place int) string {
	to := len(digits) - (l.places - place)
	from := to - 1
	if place == 1 {
		from = 0
	}
	var b strings.Builder
	for i := max(0, from); i < to; i++ {
		b.WriteByte(digits[i])
		if left := len(digits) - 1 - i; l.grouped && left > 0 && left%3 == 0 {
			b.WriteByte(',')
		}
	}
	return b.String()
}

// scaleOf returns by what a section multiplies: a hundred for %, a thousandth for a
// comma behind the last placeholder.
func scaleOf(tokens []formatToken, last int) *big.Rat {
	scale := big.NewRat(1, 1)
	for n, t := range tokens {
		switch {
		case t.sign == '%':
			scale.Mul(scale, big.NewRat(100, 1))
		case t.sign == ',' && n > last && last >= 0:
			scale.Mul(scale, big.NewRat(1, 1000))
		}
	}
	return scale
}
