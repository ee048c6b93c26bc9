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
var fillers = []string{"账号", "帐号", "账户", "号码", "证号", "卡号", "编号", "档案", "码", "昵称", "群号", "群", "号", "id", "no.", "no", "为", "是", "联系", "同号", "加"}

func (f *finder) account(a app, i int) {
	i, said := f.fillers(a, i)
	if a.form >= document {
		f.document(a, i, said)
		return
	}
	name := strings.TrimRight(string(f.line[i:f.word(i, "_-.")]), "-._")
	const digits = "0123456789"
	n, to, counts := len(name), i+len(name), strings.ContainsAny(name, digits)
	if n < 5 || n > 24 || f.at(to) == '@' || f.at(to) == ':' || f.at(to) == '/' {
		return
	}
	if strings.Trim(name, digits) == "" {
		if n <= 11 && !f.amountEnds(to) && !strings.ContainsRune("年月日号", f.at(to)) && (said || a.what == "QQ号") && !isMobileDigits(name) {
			f.take(a.what, i, to, true)
		}
		return // a mobile number is told as one
	}
	word := strings.ToLower(name)
	if a.form != anyWord || !isLetter(f.line[i]) && !counts || notAccounts[word] || strings.HasPrefix(word, "http") || strings.HasPrefix(word, "www.") {
		return
	}
	if said || counts && a.what == "微信号" {
		f.take(a.what, i, to, true)
	}
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
	i, letters, digits := from, 0, 0
	if isHan(f.at(i)) && f.at(i+1) == '字' { // 军字第 1234567 号
		i += 2
		if f.at(i) == '第' {
			i++
		}
		said = said || isDigit(f.at(i))
	}
	for ; isLetter(f.at(i)); i++ {
		letters++
	}
	for ; isDigit(f.at(i)) || digits > 0 && f.at(i) == nothing; i++ {
		if f.at(i) != nothing {
			digits++
		}
	}
	least := 6
	if upper(f.at(i)) == 'X' && digits == 17 {
		i++
	}
	if a.form == documentDigits && !said {
		least = 9
	}
	if letters > 2 || digits < least || digits > 20 || letters == 0 && !said || !f.endsClean(i) || f.amountEnds(i) || f.at(i) == '年' {
		return
	}
	f.take(a.what, from, i, true)
}

var notAccounts = map[string]bool{"wechat": true, "weixin": true, "android": true, "windows": true, "iphone": true, "telegram": true, "douyin": true, "kuaishou": true, "weibo": true, "alipay": true}
