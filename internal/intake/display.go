package intake

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// builtinFormats are the number formats that have no more than a number; those of
// dates are listed by their ranges.
var builtinFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 49: "@",
}

func builtinFormat(id string) string {
	n, _ := strconv.Atoi(id)
	if n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58 {
		return "yyyy-mm-dd hh:mm:ss"
	}
	return builtinFormats[n]
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

// storedNumber is a number as files hold it, of a size that a sheet can have.
var storedNumber = regexp.MustCompile(`^[-+]?(?:[0-9]{1,330}(?:\.[0-9]{0,330})?|\.[0-9]{1,330})(?:[eE][-+]?[0-9]{1,2})?$`)

func parseNumber(s string) (*big.Rat, bool) {
	if !storedNumber.MatchString(s) {
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
	last                    int // the last placeholder's token
	grouped                 bool
}

func layoutOf(tokens []formatToken) (l layout) {
	point, comma := false, false
	l.last = -1
	for n, t := range tokens {
		switch {
		case t.sign == '.':
			point = true
		case t.sign == ',':
			comma = l.last >= 0
		case t.sign != '0' && t.sign != '#' && t.sign != '?':
		case point:
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
	scale := big.NewRat(1, 1)
	for n, t := range tokens {
		switch {
		case t.sign == '%':
			scale.Mul(scale, big.NewRat(100, 1))
		case t.sign == ',' && n > l.last && l.last >= 0:
			scale.Mul(scale, big.NewRat(1, 1000))
		}
	}
	digits, fraction, _ := strings.Cut(new(big.Rat).Mul(new(big.Rat).Abs(r), scale).FloatString(l.decimals), ".")
	digits = strings.Repeat("0", max(0, l.zeros-len(digits))) + digits
	var b strings.Builder
	if r.Sign() < 0 {
		b.WriteByte('-')
	}
	place, point := 0, false
	for _, t := range tokens {
		switch t.sign {
		case 0:
			b.WriteString(t.shown)
		case '@':
			b.WriteString(general(stored))
		case '%':
			b.WriteByte('%')
		case '.':
			point = true
			b.WriteByte('.')
		case '0', '#', '?':
			if point {
				b.WriteString(fraction[:1])
				fraction = fraction[1:]
				continue
			}
			place++
			// The first place takes all that has no place of its own.
			from, to := max(0, len(digits)-(l.places-place)-1), max(0, len(digits)-(l.places-place))
			if place == 1 {
				from = 0
			}
			for i := from; i < to; i++ {
				b.WriteByte(digits[i])
				if left := len(digits) - 1 - i; l.grouped && left > 0 && left%3 == 0 {
					b.WriteByte(',')
				}
			}
		}
	}
	return b.String()
}
