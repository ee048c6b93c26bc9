package review

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/source"
)

var personalData = Rule{
	Code: "personal-data", Level: campaign.Error,
	Words: "能公开的地方都不能有手机号、身份证号、银行卡号、邮箱和个人账号；确须公开的写进“准予公开”。",
	Inspect: func(p source.Passage) (remarks []Remark) {
		var permitted []string
		bodyLine := 1 << 30
		if p.Item != nil {
			bodyLine = p.Item.Body.FirstLine
			for _, text := range p.Item.Permitted {
				permitted = append(permitted, digitsJoined(fold(text)))
			}
		}
		for n, raw := range bytes.Split(p.Text, []byte("\n")) {
			line := string(raw)
			if n+1 < bodyLine {
				line = withoutComment(line)
			}
			for _, m := range personalMatches(fold(line)) {
				if !allowed(m.text, permitted) {
					remarks = append(remarks, Remark{
						campaign.Position{File: p.File, Line: n + 1, Column: m.column},
						"这里有" + m.what + "“" + strings.TrimSpace(m.text) + "”", "删去或打码；确须公开的，由审核人同意后写进这篇的“准予公开”",
					})
				}
			}
		}
		return remarks
	},
}

type personalMatch struct {
	what, text string
	column     int
}

// detector finds one kind of personal detail in a folded line; the first
// group is the detail where there is one, and plausible has the last word.
type detector struct {
	what      string
	form      *regexp.Regexp
	plausible func(digits string) bool
}

const gap = `[ -]?`

var detectors = []detector{
	{"身份证号", regexp.MustCompile(`(?:^|[^0-9A-Za-z])([1-8]\d(?:` + gap + `\d){15}` + gap + `[\dXx])(?:$|[^0-9A-Za-z])`), isIdentity},
	{"身份证号", regexp.MustCompile(`身份证[^0-9]{0,8}(\d{15}|\d{17}[\dXx])`), nil},
	{"手机号", regexp.MustCompile(`(?:^|[^0-9A-Za-z.])((?:\+?86` + gap + `)?1` + gap + `[3-9](?:` + gap + `\d){9})(?:$|[^0-9A-Za-z])`), nil},
	{"银行卡号", regexp.MustCompile(`(?:^|[^0-9A-Za-z])([3-6]\d(?:` + gap + `\d){13,17})(?:$|[^0-9A-Za-z])`), isBankCard},
	{"银行账号", regexp.MustCompile(`(?:账号|帐号|卡号|账户)[^0-9]{0,6}(\d(?:` + gap + `\d){11,20})`), nil},
	{"邮箱", regexp.MustCompile(`([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})`), nil},
	{"个人账号", regexp.MustCompile(`(?i)(?:微信号?|wechat|weixin|vx)[:为是 ]{1,3}([A-Za-z][A-Za-z0-9_-]{5,19})`), nil},
	{"个人账号", regexp.MustCompile(`(?i)(?:qq)(?:群|号|号码)?[:为是 ]{0,3}(\d{5,11})(?:$|[^0-9])`), nil},
	{"个人账号", regexp.MustCompile(`(?:抖音号|快手号|小红书号|微博账?号|支付宝账?号)[:为是 ]{0,3}([A-Za-z0-9_.-]{5,24})`), nil},
}

// personalMatches lists what the detectors find in a folded line, each place
// once.
func personalMatches(line string) []personalMatch {
	var found []personalMatch
	taken := map[int]bool{}
	for _, d := range detectors {
		for _, at := range d.form.FindAllStringSubmatchIndex(line, -1) {
			start, end := at[2], at[3]
			if taken[start] || d.plausible != nil && !d.plausible(digitsJoined(line[start:end])) {
				continue
			}
			for i := start; i < end; i++ {
				taken[i] = true
			}
			found = append(found, personalMatch{d.what, line[start:end], utf8.RuneCountInString(line[:start]) + 1})
		}
	}
	return found
}

// fold turns full-width letters, digits and marks into half-width ones,
// character by character, so that columns stay.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - 0xFEE0
		case r == '　' || r == '\t' || r == '\u00a0' || r >= '\u2000' && r <= '\u200a':
			return ' '
		case r == '－' || r == '—' || r == '–' || r == '‑' || r == '‐':
			return '-'
		case r >= '①' && r <= '⑨':
			return r - '①' + '1'
		}
		return r
	}, s)
}

func digitsJoined(s string) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(s)
}

func allowed(text string, permitted []string) bool {
	text = digitsJoined(text)
	for _, p := range permitted {
		if strings.Contains(p, text) {
			return true
		}
	}
	return false
}

// withoutComment cuts a YAML comment off: nothing publishes it.
func withoutComment(line string) string {
	if strings.HasPrefix(strings.TrimSpace(line), "#") {
		return ""
	}
	if i := strings.Index(line, " #"); i >= 0 && strings.Count(line[:i], `"`)%2 == 0 && strings.Count(line[:i], `'`)%2 == 0 {
		return line[:i]
	}
	return line
}

// isIdentity tells an 18-digit identity number by its province and its date
// of birth (GB 11643); the check character is not asked for, since a mistyped
// number leaks as much.
func isIdentity(digits string) bool {
	if len(digits) != 18 {
		return false
	}
	switch digits[0] {
	case '1', '2', '3', '4', '5', '6', '8':
	default:
		return false
	}
	born, err := campaign.ParseDate(digits[6:10] + "-" + digits[10:12] + "-" + digits[12:14])
	return err == nil && born.Year >= 1900 && born.Year <= 2100
}

// isBankCard tells a card number by its length and its check digit (Luhn).
func isBankCard(digits string) bool {
	if len(digits) < 15 || len(digits) > 19 || isIdentity(digits) {
		return false
	}
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
