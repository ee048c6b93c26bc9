package privacy

import "strings"

// mails takes mail addresses, also those that write the @ as a word.
func (f *finder) mails() {
	local := func(r rune) bool { return isDigit(r) || isLetter(r) || strings.ContainsRune("._%+-", r) }
	for i := range f.line {
		end := 0
		switch {
		case f.line[i] == '@':
			end = i + 1
		case strings.ContainsRune("[(#{", f.line[i]) && i+4 <= len(f.line) && strings.EqualFold(string(f.line[i+1:i+3]), "at") && strings.ContainsRune("])#}", f.line[i+3]):
			end = i + 4
		default:
			continue
		}
		from, to := i, end
		for from > 0 && f.line[from-1] == ' ' && end > i+1 {
			from--
		}
		stop := from
		for from > 0 && local(f.line[from-1]) {
			from--
		}
		for to < len(f.line) && f.line[to] == ' ' && end > i+1 {
			to++
		}
		start := to
		domain := strings.TrimRight(string(f.line[start:f.word(start, ".-")]), ".-")
		to = start + len(domain)
		dot := strings.LastIndexByte(domain, '.')
		if from == stop || dot < 1 || len(domain)-dot-1 < 2 || strings.ContainsAny(domain[dot+1:], "0123456789-") {
			continue
		}
		f.take("邮箱", from, to, true)
	}
}

// app is a service and how its accounts are written.
type app struct {
	what  string
	cue   string // lower case
	words bool   // words are accounts, not numbers alone
}

var apps = []app{
	{"微信号", "微信", true}, {"微信号", "wechat", true}, {"微信号", "weixin", true}, {"微信号", "vx", true}, {"微信号", "v信", true}, {"微信号", "威信", true}, {"微信号", "薇信", true},
	{"QQ号", "qq", false}, {"QQ号", "扣扣", false}, {"QQ号", "企鹅号", false},
	{"抖音号", "抖音", true}, {"快手号", "快手", true}, {"小红书号", "小红书", true}, {"微博账号", "微博", true},
	{"支付宝账号", "支付宝", true}, {"陌陌号", "陌陌", true}, {"闲鱼账号", "闲鱼", true}, {"旺旺号", "旺旺", true},
	{"钉钉号", "钉钉", true}, {"Telegram 账号", "telegram", true}, {"个人账号", "b站", true}, {"个人账号", "淘宝", true}, {"个人账号", "视频号", true},
}

// appsByFirst finds services by the first character of their names.
var appsByFirst = func() map[rune][]app {
	m := map[rune][]app{}
	for _, a := range apps {
		first := []rune(a.cue)[0]
		m[first] = append(m[first], a)
	}
	return m
}()

// accounts takes the account names that stand after the name of a service.
func (f *finder) accounts() {
	for i, r := range f.line {
		for _, a := range appsByFirst[lower(r)] {
			n := len([]rune(a.cue))
			if f.says(i, a.cue) && !(r < 0x80 && (isLetter(f.at(i-1)) || isLetter(f.at(i+n)) && a.cue != "vx" && a.cue != "qq" && a.cue != "wechat")) {
				f.account(a, i+n)
			}
		}
	}
}

// says reports whether a word stands at i; case does not count.
func (f *finder) says(i int, word string) bool {
	for _, w := range word {
		if lower(f.at(i)) != w {
			return false
		}
		i++
	}
	return true
}

func lower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r - 'A' + 'a'
	}
	return r
}

// fillers stand between the name of a service and an account.
var fillers = []string{"账号", "帐号", "账户", "号码", "昵称", "群号", "群", "号", "id", "为", "是", "联系", "同号", "加"}

func (f *finder) account(a app, i int) {
	said := false
	for moved := true; moved; {
		moved = false
		for strings.ContainsRune(" :(\"'“”‘’=*_`@"+string(nothing), f.at(i)) && f.at(i) != 0 {
			said = said || f.at(i) == ':' || f.at(i) == '@'
			i++
			moved = true
		}
		for _, w := range fillers {
			if f.says(i, w) {
				i += len([]rune(w))
				said, moved = true, true
				break
			}
		}
	}
	name := strings.TrimRight(string(f.line[i:f.word(i, "_-.")]), "-._")
	const digits = "0123456789"
	n, to, counts := len(name), i+len(name), strings.ContainsAny(name, digits)
	if n < 5 || n > 24 || f.at(to) == '@' || f.at(to) == ':' || f.at(to) == '/' {
		return
	}
	if strings.Trim(name, digits) == "" {
		if n > 11 || f.unitBehind(to, "个条万件名家次户元人年月日号亿%批") || !said && a.what != "QQ号" {
			return
		}
		if isMobileDigits(name) {
			return // told as a mobile number
		}
		f.take(a.what, i, to, true)
		return
	}
	word := strings.ToLower(name)
	if !a.words || !isLetter(f.line[i]) && !counts || notAccounts[word] || strings.HasPrefix(word, "http") || strings.HasPrefix(word, "www.") {
		return
	}
	if said || counts && a.what == "微信号" {
		f.take(a.what, i, to, true)
	}
}

var notAccounts = map[string]bool{"wechat": true, "weixin": true, "android": true, "windows": true, "iphone": true, "telegram": true, "douyin": true, "kuaishou": true, "weibo": true, "alipay": true}
