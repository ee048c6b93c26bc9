package prose

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// How a number is tied to a row of the form by the words beside it.

var (
	// quotes takes quotation marks, blanks and 的 out of a text, and makes brackets
	// half-width, so that names can be compared.
	quotes = strings.NewReplacer("“", "", "”", "", "‘", "", "’", "", `"`, "", "'", "", " ", "", "　", "", "\u00a0", "", "（", "(", "）", ")", "的", "")
	// countWords end a row's name without adding to it.
	countWords = regexp.MustCompile(`(?:数量|总数|数|情况)$`)
	// filler may stand between a name and its number.
	filler = regexp.MustCompile(`^(?:的?数量|的?总数|总数|总量|数|总计|合计|共计|累计|达到|达|一共|共|计|为|是|有|了|到|已|填报|上报|报送|[：:，,(“”])*$`)
	// linkWord may stand between a number and its name: 231件相关网络违法案件.
	linkWord = regexp.MustCompile(`^(?:的|相关|涉嫌)*`)
	increase = regexp.MustCompile(`(?:新增|增加|增长|上升|减少|下降|提高)了?[^，。；]{0,24}$`)
	adding   = regexp.MustCompile(`(?:新增|增加)了?[^，。；]{0,24}$`)
)

// rowFor finds the row of the department that the words around a number name,
// among those that fit; nil where none or more than one can be meant. increase
// reports a number that is a change and not the figure.
func (m *Matcher) rowFor(before, after string, fits func(*campaign.Row) bool) (row *campaign.Row, isIncrease bool) {
	before, after = quotes.Replace(before), quotes.Replace(after)
	best, tie := 0, false
	for _, r := range m.rows {
		if !fits(r) {
			continue
		}
		n := m.nameLength(r, before, after)
		switch {
		case n > best:
			row, best, tie = r, n, false
		case n == best && n > 0:
			tie = true
		}
	}
	if row == nil || tie {
		return nil, false
	}
	isIncrease = increase.MatchString(before)
	if isIncrease && !adding.MatchString(before) {
		return nil, false
	}
	return row, isIncrease
}

// Parts of a name that are clear enough: this many characters, or half of the
// name and at least the lesser number.
const (
	clearPart   = 6
	leastPart   = 4
	wholeWeight = 100
)

// nameLength returns how much of a row's name stands right before a number, or
// around it; 0 for too little. The whole name weighs more than any part.
func (m *Matcher) nameLength(r *campaign.Row, before, after string) int {
	name := m.names[r]
	if n := commonEnd(name, before); n > 0 {
		return n
	}
	// 查处231件网络违法案件: the clause with its number taken out.
	after = linkWord.ReplaceAllString(after, "")
	if after == "" || !strings.HasSuffix(name, after) || utf8.RuneCountInString(after) < leastPart {
		return 0
	}
	return commonEnd(name, lastClause(before)+after)
}

// commonEnd weighs the longest end of name that stands at the end of text, but
// for filler.
func commonEnd(name, text string) int {
	runes := []rune(name)
	for i := range runes {
		part := string(runes[i:])
		at := strings.LastIndex(text, part)
		if at < 0 || !filler.MatchString(countWords.ReplaceAllString(text[at+len(part):], "")) {
			continue
		}
		n := len(runes) - i
		switch {
		case i == 0:
			return wholeWeight + n
		case n < clearPart && (n < leastPart || n*2 < len(runes)):
			return 0
		case !narrowed(name, text[:at]):
			return n
		} // else a shorter part may stand by itself: 林业部门提交…线索
	}
	return 0
}

// narrower are words that may stand before a part of a row's name without
// making it mean less.
var narrower = regexp.MustCompile(`(?:^|[^\p{Han}]|共|共计|累计|总计|了|已|依法|各类|各种|办理|查办|侦办|办结|查获|完成|全市|全省|辖区|网上|机关|部门|企业|平台)$`)

// narrowed reports a part of a name that words before it restrict, as in
// 刑事网络违法案件.
func narrowed(name, before string) bool {
	runes := []rune(before)
	if last := string(runes[max(0, len(runes)-2):]); len(runes) >= 2 && strings.Contains(name, last) {
		return false
	}
	return !narrower.MatchString(before)
}

// clauseAfter returns the words after a number up to the next mark.
func clauseAfter(s string) string {
	if i := strings.IndexAny(s, "，,。；;、：:（(）)！？!?\n0123456789"); i >= 0 {
		s = s[:i]
	}
	return s
}

// lastClause returns the words before a number from the last mark on.
func lastClause(s string) string {
	const marks = "，,。；;、：:\n"
	return strings.TrimLeft(s[max(0, strings.LastIndexAny(s, marks)):], marks)
}
