package prose

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Sum is a sum of money in a text, in 元.
type Sum struct {
	From, To int // bytes, from the number to the end of its unit
	Value    decimal.Decimal
}

var (
	// otherYuan are words that begin with 元 and are no money.
	otherYuan = regexp.MustCompile(`^元(?:旦|月|宵|器|素|年|帅|首|老|件|宇宙)`)
	inMyriads = regexp.MustCompile(`[万亿]$`)
	fined     = regexp.MustCompile(`(?:罚款?|罚没款?)(?:合计|共计|共|人民币|总额|金额|为|是|[:：])*\s*$`)
	currency  = regexp.MustCompile(`(?:人民币|[￥¥]|RMB|CNY)[\s:：]*$`)
)

// Sums lists the sums of money of a text. A number that is not exact (5万余元,
// 约5万元, 近百元) is none.
func Sums(text string) []Sum {
	if !strings.ContainsAny(text, "元圆￥¥整罚") && !strings.Contains(text, "人民币") {
		return nil
	}
	var list []Sum
	for _, n := range Numbers(text) {
		value, end, ok := money(text, n)
		if ok && !roughly.MatchString(Tail(text[:n.From], 8)) {
			list = append(list, Sum{n.From, end, value})
		}
	}
	return list
}

// money reads the unit of a number as one of money; end is where it ends.
func money(text string, n Number) (value decimal.Decimal, end int, ok bool) {
	rest := strings.TrimLeft(text[n.To:], " 　")
	at := len(text) - len(rest)
	if inMyriads.MatchString(text[n.From:n.To]) && endsWord(rest) && fined.MatchString(Tail(text[:n.From], 24)) {
		return n.Value, n.To, true // 被罚5万
	}
	if startsWithAny(rest, "元", "圆") && !otherYuan.MatchString(rest) {
		value, end = yuan(text, n, at+len("元"))
		return value, end, true
	}
	marked := currency.MatchString(Tail(text[:n.From], 12))
	if strings.HasPrefix(rest, "整") && (marked || n.Value.GreaterThanOrEqual(decimal.New(100, 0))) {
		return n.Value, at + len("整"), marked || isHan(text[n.From:n.To])
	}
	return n.Value, n.To, marked && !startsUnit(rest)
}

// endsWord reports whether what follows a number is neither a word, another
// number nor the rest of a range.
func endsWord(rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	return !unicode.IsLetter(next) && !unicode.IsNumber(next) && !strings.ContainsRune("%％-—～~", next)
}

// yuan reads what follows 元: 角, 分 and 整.
func yuan(text string, n Number, end int) (decimal.Decimal, int) {
	value := n.Value
	for _, part := range []struct {
		unit  string
		scale int32
	}{{"角", -1}, {"分", -2}} {
		more, size, found := parseNumber(text[end:])
		if found && more.LessThan(decimal.New(10, 0)) && strings.HasPrefix(text[end+size:], part.unit) {
			value = value.Add(more.Mul(decimal.New(1, part.scale)))
			end += size + len(part.unit)
		}
	}
	if strings.HasPrefix(text[end:], "整") || strings.HasPrefix(text[end:], "正") && isHan(text[n.From:n.To]) {
		end += len("整")
	}
	return value, end
}

func isHan(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	_, digit := digitOf(r)
	return !digit
}

// startsUnit reports whether what follows a number makes it something else
// than a plain sum: 人民币5万余元, 人民币2021年版.
func startsUnit(rest string) bool {
	return startsWithAny(rest, "余", "多", "年", "%", "％", "美元", "港", "欧", "-", "—", "～", "~", "至", "到")
}

// roughly stands before a number that is not exact.
var roughly = regexp.MustCompile(`(?:约|大约|近|将近|超|超过|逾|不足|不到|上|接近|达到近|高达近)(?:人民币)?\s*$`)

// Tail returns the last runes of a text.
func Tail(s string, runes int) string {
	at := len(s)
	for range runes {
		if at == 0 {
			break
		}
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}
