package privacy

import "strings"

var cardCues = []string{"卡号", "银行卡", "银行卡号", "账号", "帐号", "账户", "帐户", "户号", "银行账号", "信用卡", "储蓄卡", "借记卡", "开户行", "收款账号"}

// card takes a bank card by its issuer's prefix, its length and its check
// digit (ISO/IEC 7812), and any account number after a cue word.
func (f *finder) card(c candidate) bool {
	if len(c.digits) < 9 || f.at(c.from-1) == '.' || isLetter(f.at(c.from-1)) || !f.endsClean(c.to) || !c.parted(" -") {
		return false
	}
	even := len(c.shape) == 1 || strings.Trim(c.shape[:len(c.shape)-1], "4") == "" || c.shape == "6a" || c.shape == "6d" || c.shape == "465"
	if even && isCard(c.digits) && (f.cued(c.from, cardCues) || !f.innocent(c.from) && c.isolated) {
		return f.take("银行卡号", c.from, c.to, true)
	}
	if len(c.shape) == 1 && c.after == 0 || even && c.after == 0 && len(c.digits) >= 12 {
		if len(c.digits) <= 22 && !isMobileDigits(c.digits) && f.cued(c.from, cardCues) && !f.amountEnds(c.to) {
			return f.take("银行账号", c.from, c.to, true)
		}
	}
	return false
}

func isMobileDigits(d string) bool { return len(d) == 11 && d[0] == '1' && d[1] >= '3' }

// isCard tells a card number.
func isCard(digits string) bool {
	n := len(digits)
	known := false
	switch {
	case digits[:2] == "62": // 银联
		known = n >= 16 && n <= 19
	case digits[0] == '4', digits[:2] >= "51" && digits[:2] <= "55", digits[:2] == "35", digits[:2] == "60", digits[:2] == "65":
		known = n == 16
	case digits[:2] == "34" || digits[:2] == "37":
		known = n == 15
	case digits[:2] == "95" || digits[:2] == "94" || digits[:2] == "99" || digits[:2] == "68" || digits[:2] == "69": // before 62 was given out
		known = n == 16 || n == 19
	}
	return known && luhn(digits)
}

func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
