package privacy

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// homeCues are the words after which a person's home stands.
var homeCues = []string{"住址", "家庭住址", "家庭地址", "家住", "现住", "现住址", "居住地", "居住于", "居住在", "居住地址", "户籍地", "户籍地址", "户籍所在地", "户籍住址", "住在", "收货地址", "收件地址", "寄件地址", "通讯地址", "通信地址", "租住", "租住在", "暂住地", "暂住"}

// detail is what makes an address a home and not only a place: a street and
// number, an estate, a village.
var detail = regexp.MustCompile(`[路街道巷弄村组屯](?:[\p{Han}]{0,6})?[0-9一二三四五六七八九十百〇零]+(?:号楼?)?|[0-9一二三四五六七八九十百]+(?:号楼?|栋|幢|单元|室|组|户|弄|座)|小区|花园|花苑|家园|公寓|新村|苑|(?:\p{Han}{2,}(?:镇|乡|街道))\p{Han}{1,}(?:村|社区)`)

// home is an address within an estate or a village that only a home has.
var home = regexp.MustCompile(`\p{Han}{2,12}(?:小区|花园|花苑|家园|公寓|新村|苑|城|府|湾|社区|村|庭|居)[^，。；,;\s]{0,12}?[0-9一二三四五六七八九十]+(?:栋|幢|号楼|座|单元)[^，。；,;\s]{0,8}[0-9一二三四五六七八九十]+(?:室|号|户|房)`)

var addressEnd = regexp.MustCompile(`[。；;！？!?\n|"”]|，[^，]{0,2}(?:电话|联系|身份|系|是|因|于|在)`)

// reach is how far behind a cue word an address is looked for.
const reach = 90

// addresses takes homes: certain after a cue word, doubtful without one.
func (f *finder) addresses() {
	parts := false
	for i, r := range f.line {
		if f.endsCue(i, homeEnds) {
			near := string(f.line[i+1 : min(len(f.line), i+1+reach)])
			if from, to := addressAfter(near, 0); to > from {
				start := i + 1 + utf8.RuneCountInString(near[:from])
				f.take("住址", start, start+utf8.RuneCountInString(near[from:to]), true)
			}
		}
		parts = parts || strings.ContainsRune("栋幢座", r) || r == '楼' && f.at(i-1) == '号' || r == '元' && f.at(i-1) == '单'
	}
	if !parts {
		return
	}
	folded, at, seen := string(f.line), 0, 0
	for _, m := range home.FindAllStringIndex(folded, -1) {
		text := folded[m[0]:m[1]]
		if hides(text) || containsAny(text, []string{"公司", "大厦", "办公", "产业园", "工业园", "市场"}) {
			continue
		}
		if i := strings.LastIndexAny(text[:strings.IndexAny(text, "0123456789一二三四五六七八九十")], "的住在于为是到"); i >= 0 {
			_, size := utf8.DecodeRuneInString(text[i:])
			m[0] += i + size
		}
		at, seen = at+utf8.RuneCountInString(folded[seen:m[0]]), m[0]
		f.take("住址", at, at+utf8.RuneCountInString(folded[m[0]:m[1]]), false)
	}
}

func addressAfter(line string, from int) (int, int) {
	for from < len(line) {
		rest := strings.TrimLeft(line[from:], " :\"'*_`=\t|(")
		rest = strings.TrimPrefix(rest, "“")
		for _, w := range []string{"为", "是", "在", "于", "地址"} {
			if !strings.HasPrefix(rest, "于都") {
				rest = strings.TrimPrefix(rest, w)
			}
		}
		if len(line)-len(rest) == from {
			break
		}
		from = len(line) - len(rest)
	}
	text := line[from:]
	if m := addressEnd.FindStringIndex(text); m != nil {
		text = text[:m[0]]
	}
	if r := []rune(text); len(r) > 60 {
		text = string(r[:60])
	}
	m := detail.FindStringIndex(text)
	if m == nil || hides(text) || !startsPlace(text) {
		return 0, 0
	}
	end := m[1]
	for _, m := range detail.FindAllStringIndex(text, -1) {
		end = max(end, m[1])
	}
	return from, from + end
}

// startsPlace reports whether a text starts as an address does: with a word that
// soon ends in a level of division or a way.
func startsPlace(text string) bool {
	n := 0
	for _, r := range text {
		if strings.ContainsRune("省市县区镇乡村街路巷弄州盟旗组苑园栋幢号道屯里庄坊桥港湾寨", r) {
			return n > 0
		}
		if n++; n > 10 || !isHan(r) && !isDigit(r) && r != ' ' {
			return false
		}
	}
	return false
}

func hides(text string) bool {
	return strings.ContainsAny(text, "某*×＊") || strings.Contains(text, "xx") || strings.Contains(text, "XX")
}
