package privacy

import "strings"

// mobileShapes are the ways of grouping a mobile number's eleven digits.
var mobileShapes = map[string]bool{
	"b": true, "344": true, "38": true, "74": true, "434": true, "335": true, "56": true, "443": true, "47": true,
	"3422": true, "3224": true, "3332": true, "11111111111": true, "2225": true, "32222": true,
}

var phoneCues = []string{"电话", "手机", "手机号", "座机", "传真", "热线", "拨打", "致电", "联系方式", "来电", "固话", "Tel", "Tel.", "Phone", "Mobile", "Fax", "微信", "微信同号", "短信", "联系"}

// orderCues say that eleven digits are an order's or a parcel's.
var orderCues = []string{"订单", "单号", "运单", "流水", "批号", "条码", "条形码", "商品ID", "商品id", "直播间", "房间号", "货号", "编号"}

// mobile takes a mobile number of the mainland: 1[3-9] and nine digits, also
// behind 86 or 0.
func (f *finder) mobile(c candidate) bool {
	digits, shape, gaps := withoutPrefix(c)
	if len(digits) != 11 || digits[0] != '1' || digits[1] < '3' || !mobileShapes[shape] || !sameGaps(gaps, shape) {
		return false
	}
	cue := f.cued(c.from, phoneCues)
	if !f.startsClean(c.from, cue) || !f.endsClean(c.to) || !cue && f.isFigures(c, shape, gaps) || strings.ContainsAny(gaps, ",、") && (shape != "344" || c.listed) {
		return false
	}
	certain := cue || !containsAny(f.before(c.from, 8), orderCues)
	return f.take("手机号", c.from, c.to, certain)
}

// withoutPrefix returns a number, its shape and its gaps without 86 or 0 in front.
func withoutPrefix(c candidate) (digits, shape, gaps string) {
	digits, shape, gaps = c.digits, c.shape, c.gaps
	n := len(digits) - 11
	switch {
	case n == 2 && strings.HasPrefix(digits, "86"), n == 4 && strings.HasPrefix(digits, "0086"), n == 1 && digits[0] == '0':
	default:
		return digits, shape, gaps
	}
	first := strings.IndexByte("0123456789abcdef", shape[0]) - n
	switch {
	case first == 0 && len(shape) > 1 && gaps[0] != '.':
		return digits[n:], shape[1:], gaps[len(string([]rune(gaps)[0])):]
	case len(shape) == 1:
		return digits[n:], "b", gaps
	case first > 0:
		return digits[n:], string("0123456789abcdef"[first]) + shape[1:], gaps
	}
	return "", "", ""
}

// sameGaps reports whether the gaps of a number are of one kind.
func sameGaps(gaps, shape string) bool {
	var first rune
	for n, g := range gaps {
		if n == 0 {
			first = g
		}
		if !strings.ContainsRune(" -.·_/,、", g) || g != first && shape != "344" {
			return false
		}
	}
	return true
}

// isFigures reports whether digits like a mobile number's are an amount, a decimal or
// figures in a row.
func (f *finder) isFigures(c candidate, shape, gaps string) bool {
	switch {
	case shape == "b":
		return f.amountEnds(c.to) || c.before == '.' || c.after == '.' && isDigit(f.at(c.to+1))
	case strings.ContainsAny(gaps, ",、") && f.amountEnds(c.to), len(shape) == 2 && gaps == ".":
		return true
	}
	return !c.isolated && strings.ContainsRune(gaps, ' ') && (c.before == ' ' || c.after == ' ')
}

// startsClean reports whether a number starts here and is not the tail of a
// code; a few letters are a cue themselves.
func (f *finder) startsClean(from int, cue bool) bool {
	if f.at(from-1) == '+' {
		return true
	}
	if !isLetter(f.at(from - 1)) {
		return f.at(from-1) != '.' || cue || !isDigit(f.at(from-2))
	}
	start := from
	for start > 0 && isLetter(f.line[start-1]) {
		start--
	}
	switch strings.ToLower(string(f.line[start:from])) {
	case "tel", "mobile", "phone", "vx", "wx", "v", "m", "mob", "t", "p", "call", "add", "fax":
		return !isDigit(f.at(start - 1))
	}
	return false
}

// endsNumber reports whether a number ends here that is no quantity and no year.
func (f *finder) endsNumber(to int) bool {
	return f.endsClean(to) && f.at(to) != '年' && !f.amountEnds(to)
}

func (f *finder) endsClean(to int) bool { return !isLetter(f.at(to)) && !isDigit(f.at(to)) }

// landline takes a number with its area code, and one without it after a cue
// word. 400, 800, 95… and 12… numbers are no person's and do not fit.
func (f *finder) landline(c candidate) bool {
	if !f.startsClean(c.from, false) || !f.endsNumber(c.to) || !c.parted(" -()") {
		return false
	}
	digits, abroad := c.digits, strings.HasPrefix(c.digits, "86") && len(c.shape) > 2 && c.shape[0] == '2'
	if abroad {
		digits = "0" + digits[2:]
	}
	if n := areaLength(digits); n > 0 {
		return f.withArea(c, abroad, n)
	}
	return !abroad && strings.Contains(" 7 8 34 44 43 ", " "+c.shape+" ") && isSubscriber(digits[0]) && c.before == 0 && f.cued(c.from, phoneCues[:11]) && f.take("固定电话", c.from, c.to, true)
}

// isSubscriber reports whether a number within an area begins with a digit.
func isSubscriber(digit byte) bool { return digit >= '2' && digit <= '8' }

// withArea takes a number with an area code of n digits, behind 86 or not.
func (f *finder) withArea(c candidate, abroad bool, n int) bool {
	if len(c.shape) == 1 && (c.before == '-' || c.after == '-' || f.innocent(c.from)) || !abroad && len(c.shape) > 1 && c.shape[0] != "0123456789"[n] {
		return false
	}
	from := c.from
	if f.at(from-1) == '(' {
		from--
	}
	return f.take("固定电话", from, c.to, true)
}

// areaLength tells how long the area code is that digits start with, and the number
// of a subscriber follow; 0 when they start with none.
func areaLength(digits string) int {
	n := 4
	switch {
	case len(digits) < 10 || digits[0] != '0' || digits[1] == '0' || digits[1] == '1' && digits[2] != '0':
		return 0
	case digits[1] <= '2':
		n = 3
	}
	if rest := len(digits) - n; !isSubscriber(digits[n]) || rest != 8 && (rest != 7 || n == 3) {
		return 0
	}
	return n
}
