package prose

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
)

// otherUnits start like a unit of the form and are another.
var otherUnits = []string{"个次", "人次", "批次", "户次", "家次", "件次", "件套", "条次", "场次", "万条", "万元", "万件", "万个", "亿元", "个月", "个百分点", "次日", "条例", "个人", "件事", "条龙", "家企业", "人民币", "起来", "起步", "名单", "名义", "名称", "位置", "所在", "份额"}

// sameMeasure lists measure words that count the same thing: 起 for 件, 名 for
// 人.
var sameMeasure = [][]string{
	{"件", "起", "宗", "例", "个"}, {"人", "名", "位", "个"}, {"户", "家", "所", "个"}, {"次", "回", "场次"}, {"批次", "批"}, {"条", "则", "个"}, {"千克", "公斤"}, {"份", "个"}, {"台", "部", "个"}, {"元", "块"},
}

// amount is a number of a sentence with what it counts.
type amount struct {
	from, to, end int
	value         decimal.Decimal // in the unit without its 万
	unit          string          // without its 万
	written       string          // as it stands
	percent       bool
	places        int32 // of a percentage, as written
}

var (
	rounded = regexp.MustCompile(`(?:近|约|超|过|逾|上|不足|不到|达到近|数|几|[0-9][^\s，。0-9]{0,2}\s*[-~～—至到])\s*$`)
	ranged  = regexp.MustCompile(`^\s*(?:[-~～—]|左右|以上|以下|以内|上下|多|余)`)
	gluedTo = regexp.MustCompile(`(?:[./]|第\s*|[0-9][,，])$`)
)

// amounts lists the numbers of a sentence that have a unit, or are a percentage.
func (m *Matcher) amounts(sentence string) []amount {
	var list []amount
	for _, n := range Numbers(sentence) {
		if gluedTo.MatchString(FoldDigits(sentence[max(0, n.From-12):n.From])) || n.To-n.From > campaign.MaxDigits*3 {
			continue
		}
		if isHan(sentence[n.From:n.To]) && utf8.RuneCountInString(sentence[n.From:n.To]) < 2 {
			continue // 一件, 三无, 十部门
		}
		after := strings.TrimLeft(sentence[n.To:], " 　")
		at := len(sentence) - len(after)
		a := amount{from: n.From, to: n.To, value: n.Value}
		switch sign, size := utf8.DecodeRuneInString(after); sign {
		case '%', '％':
			a.percent, a.end, a.places = true, at+size, max(0, -n.Value.Exponent())
		case '倍':
			a.percent, a.end, a.places = true, at+size, max(0, -n.Value.Exponent())-2
			a.value = n.Value.Mul(decimal.New(100, 0))
		default:
			if a.unit = m.unitOf(after); a.unit == "" {
				continue
			}
			a.end = at + len(a.unit)
			if scale, base := scaleOf(a.unit); scale.GreaterThan(decimal.New(1, 0)) { // 12.23 万条
				a.value, a.unit = a.value.Mul(scale), base
			}
		}
		for _, myriad := range []string{"万", "亿"} {
			if number := strings.TrimSuffix(sentence[a.from:a.to], myriad); number != sentence[a.from:a.to] && !a.percent && !isHan(number) {
				a.to = a.from + len(number)
			}
		}
		a.written = strings.TrimLeft(sentence[a.to:a.end], " 　")
		list = append(list, a)
	}
	return list
}

// isSure reports whether a number is neither rounded nor part of a range.
func isSure(sentence string, a amount) bool {
	return !rounded.MatchString(FoldDigits(Tail(sentence[:a.from], 16))) && !ranged.MatchString(sentence[a.to:]) && !ranged.MatchString(sentence[a.end:])
}

// scaleOf parts a unit into its 万 or 亿 and the rest.
func scaleOf(unit string) (scale decimal.Decimal, base string) {
	switch {
	case strings.HasPrefix(unit, "万"):
		return decimal.New(myriad, 0), strings.TrimPrefix(unit, "万")
	case strings.HasPrefix(unit, "亿"):
		return decimal.New(myriad*myriad, 0), strings.TrimPrefix(unit, "亿")
	}
	return decimal.New(1, 0), unit
}

// unitOf returns the unit that a text starts with: the longest that is known,
// so that 个次 is not taken for 个.
func (m *Matcher) unitOf(text string) string {
	for _, u := range m.units {
		if u != "" && strings.HasPrefix(text, u) {
			return u
		}
	}
	return ""
}

// counts reports whether a unit counts what a row counts.
func counts(unit string, row *campaign.Row) bool {
	_, base := scaleOf(row.Unit)
	return unit == base || slices.ContainsFunc(sameMeasure, func(same []string) bool { return slices.Contains(same, unit) && slices.Contains(same, base) })
}

// valueOf returns a figure in its row's unit without its 万.
func valueOf(q campaign.Quantity, row *campaign.Row) decimal.Decimal {
	scale, _ := scaleOf(row.Unit)
	return q.Decimal().Mul(scale)
}
