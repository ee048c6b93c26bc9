package privacy

import (
	"regexp"
	"strings"
)

// mails takes mail addresses, also those that write the @ as a word.
func (f *finder) mails() {
	local := func(r rune) bool { return isDigit(r) || isLetter(r) || isAmong(r, "._%+-") }
	for i := range f.line {
		stop, start := f.atSign(i)
		from := stop
		for local(f.at(from - 1)) {
			from--
		}
		if from == stop {
			continue
		}
		domain := strings.TrimRight(string(f.line[start:f.word(start, ".-")]), ".-")
		dot := strings.LastIndexByte(domain, '.')
		if dot < 1 || len(domain)-dot-1 < 2 || strings.ContainsAny(domain[dot+1:], "0123456789-") {
			continue
		}
		f.take("邮箱", from, start+len(domain), true)
	}
}

// atSign returns where what stands before an @ ends and what stands behind it begins:
// also of one written [at], with blanks around it. Both are 0 where there is none.
func (f *finder) atSign(i int) (stop, start int) {
	if f.line[i] == '@' {
		return i, i + 1
	}
	if !isAmong(f.line[i], "[(#{") || !f.says(i+1, "at") || !isAmong(f.at(i+3), "])#}") {
		return 0, 0
	}
	for stop, start = i, i+4; f.at(stop-1) == ' '; {
		stop--
	}
	for f.at(start) == ' ' {
		start++
	}
	return stop, start
}

// app is a service, or who hands documents out, and how its numbers are written.
type app struct {
	what string
	cue  string // lower case
	form form
}

// form is how the numbers of an app are written.
type form int

const (
	digitsOnly     form = iota
	anyWord             // words are accounts, not numbers alone
	document            // up to two letters before the digits, which need no more than the cue
	documentDigits      // of a document whose digits alone need a word such as 号
)

var apps = []app{
	{"微信号", "微信", anyWord}, {"微信号", "wechat", anyWord}, {"微信号", "weixin", anyWord}, {"微信号", "vx", anyWord}, {"微信号", "v信", anyWord}, {"微信号", "威信", anyWord}, {"微信号", "薇信", anyWord},
	{"QQ号", "qq", digitsOnly}, {"QQ号", "扣扣", digitsOnly}, {"QQ号", "企鹅号", digitsOnly},
	{"抖音号", "抖音", anyWord}, {"快手号", "快手", anyWord}, {"小红书号", "小红书", anyWord}, {"微博账号", "微博", anyWord},
	{"支付宝账号", "支付宝", anyWord}, {"陌陌号", "陌陌", anyWord}, {"闲鱼账号", "闲鱼", anyWord}, {"旺旺号", "旺旺", anyWord},
	{"钉钉号", "钉钉", anyWord}, {"Telegram 账号", "telegram", anyWord}, {"个人账号", "b站", anyWord}, {"个人账号", "淘宝", anyWord}, {"个人账号", "视频号", anyWord},
	{"护照号", "护照", document}, {"护照号", "passport", document}, {"通行证号", "通行证", document}, {"台胞证号", "台胞证", document}, {"回乡证号", "回乡证", document},
	{"社保卡号", "社保", documentDigits}, {"社保卡号", "社会保障卡", documentDigits}, {"社保卡号", "社会保障号", documentDigits}, {"社保卡号", "社会保险号", documentDigits}, {"社保卡号", "市民卡", documentDigits},
	{"医保号", "医保", documentDigits}, {"医保号", "医疗保险", documentDigits}, {"军官证号", "军官证", document}, {"军官证号", "士兵证", document}, {"军官证号", "军人证", document}, {"警官证号", "警官证", document},
	{"驾驶证号", "驾驶证", documentDigits}, {"驾驶证号", "驾照", documentDigits}, {"居住证号", "居住证", documentDigits}, {"居留证号", "居留证", document}, {"残疾人证号", "残疾人证", documentDigits}, {"残疾人证号", "残疾证", documentDigits},
	{"病历号", "病历", documentDigits}, {"病历号", "住院", documentDigits}, {"学籍号", "学籍", documentDigits},
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
			if f.says(i, a.cue) && !(r < 0x80 && (isLetter(f.at(i-1)) || isLetter(f.at(i+n)) && a.cue != "vx" && a.cue != "qq" && a.cue != "wechat")) && !f.inKey(i) {
				f.account(a, i+n)
			}
		}
	}
}

// keyDigits are fewer than the characters of any public key in base64 (the shortest,
// of ed25519, has 68), and more than anybody writes without a space.
const keyDigits = 60

// inKey reports whether a character is one of a key in base64, whose letters say
// nothing.
func (f *finder) inKey(i int) bool {
	digit := func(i int) bool { return isLetter(f.at(i)) || isDigit(f.at(i)) || isAmong(f.at(i), "+/=") }
	from, to := i, i
	for ; to-from < keyDigits && digit(from-1); from-- {
	}
	for ; to-from < keyDigits && digit(to); to++ {
	}
	return to-from >= keyDigits
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
var fillers = []string{"账号", "帐号", "账户", "号码", "证号", "卡号", "编号", "档案", "码", "昵称", "群号", "群", "号", "id", "no.", "no", "为", "是", "联系", "同号", "加"}

func (f *finder) account(a app, i int) {
	i, said := f.fillers(a, i)
	if a.form >= document {
		f.document(a, i, said)
		return
	}
	name := strings.TrimRight(string(f.line[i:f.word(i, "_-.")]), "-._")
	to := i + len(name)
	if len(name) < 5 || len(name) > 24 || isAmong(f.at(to), "@:/") {
		return
	}
	isOne := a.isAccount(name, said)
	if strings.Trim(name, "0123456789") == "" { // a mobile number is told as one
		isOne = (said || a.what == "QQ号") && len(name) <= 11 && !isMobileDigits(name) && !f.amountEnds(to) && !isAmong(f.at(to), "年月日号")
	}
	if isOne {
		f.take(a.what, i, to, true)
	}
}

// isAccount reports whether a word is an account of an app: one that says so, or
// announces it.
func (a app) isAccount(word string, said bool) bool {
	return a.form == anyWord && (said || a.what == "微信号" && strings.ContainsAny(word, "0123456789")) && !notAccount.MatchString(word)
}

// fillers skips what may stand between a cue and a number, and reports whether it
// announces one.
func (f *finder) fillers(a app, i int) (to int, said bool) {
	for moved := true; moved; {
		moved = false
		for strings.ContainsRune(" :(\"'“”‘’=*_`@|\t)"+string(nothing), f.at(i)) && f.at(i) != 0 {
			if strings.ContainsRune("|\t)", f.at(i)) && a.form < document {
				return i, said
			}
			said = said || strings.ContainsRune(":@|\t", f.at(i))
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
		if a.form == documentDigits && (f.says(i, "卡") || f.says(i, "证")) {
			i++
			moved = true
		}
	}
	return i, said
}

// document takes the number of a personal document: a word of the army's, up to two
// letters, six digits and more.
func (f *finder) document(a app, from int, said bool) {
	start, army := f.armyWord(from)
	said = said || army
	i := start
	for isLetter(f.at(i)) {
		i++
	}
	letters, least := i-start, 6
	i, digits := f.digits(i)
	if a.form == documentDigits && !said {
		least = 9
	}
	if letters > 2 || letters == 0 && !said || digits < least || digits > 20 || !f.endsNumber(i) {
		return
	}
	f.take(a.what, from, i, true)
}

// digits passes over digits, and an X behind 17 of them, and counts them.
func (f *finder) digits(i int) (to, n int) {
	for ; isDigit(f.at(i)) || n > 0 && f.at(i) == nothing; i++ {
		if f.at(i) != nothing {
			n++
		}
	}
	if upper(f.at(i)) == 'X' && n == 17 {
		i++
	}
	return i, n
}

// armyWord passes over a word before the number of a soldier, and reports whether
// digits follow it: 军字第 1234567 号.
func (f *finder) armyWord(i int) (to int, numbered bool) {
	if !isHan(f.at(i)) || f.at(i+1) != '字' {
		return i, false
	}
	if i += 2; f.at(i) == '第' {
		i++
	}
	return i, isDigit(f.at(i))
}

// notAccount are words beside the names of apps that are no accounts: names of apps,
// addresses, and marks with no digit.
var notAccount = regexp.MustCompile(`(?i)^(?:[_.-][^0-9]*$|(?:wechat|weixin|android|windows|iphone|telegram|douyin|kuaishou|weibo|alipay)$|http|www\.)`)
