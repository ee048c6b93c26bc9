package privacy

import "strings"

var cardCues = []string{"卡号", "银行卡", "银行卡号", "账号", "帐号", "账户", "帐户", "户号", "银行账号", "信用卡", "储蓄卡", "借记卡", "开户行", "收款账号"}

// card takes a bank card by its issuer's prefix, its length and its check
// digit (ISO/IEC 7812), and any account number after a cue word.
func (f *finder) card(c candidate) bool {
	if before := f.at(c.from - 1); before == '.' || isLetter(before) || !f.endsClean(c.to) || !c.parted(" -") || !c.isEven() {
		return false
	}
	cue := f.cued(c.from, cardCues)
	if isCard(c.digits) && (cue || f.standsAlone(c)) {
		return f.take("银行卡号", c.from, c.to, true)
	}
	return cue && c.after == 0 && c.isAccount() && !f.amountEnds(c.to) && f.take("银行账号", c.from, c.to, true)
}

// isAccount reports whether a number behind a cue word may be an account's: in groups
// only a longer one.
func (c candidate) isAccount() bool {
	n := len(c.digits)
	return n >= 9 && n <= 22 && (len(c.shape) == 1 || n >= 12) && !isMobileDigits(c.digits)
}

// isEven reports whether a number is written in groups as those of cards are.
func (c candidate) isEven() bool {
	return strings.Trim(c.shape[:len(c.shape)-1], "4") == "" || c.shape == "6a" || c.shape == "6d" || c.shape == "465"
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
