package privacy

import (
	"cmp"
	"slices"
	"strings"
)

// most bounds what is told of one line.
const most = 100

// Find finds everything personal in a line, in the order in which it stands,
// and no more than a hundred traces of it.
func Find(line string) []Trace { return find(line, glance(line)) }

// find looks for what a line may hold, also as it reads when its escapes, gaps and
// marks are gone.
func find(line string, may holds) []Trace {
	var found []Trace
	if may&everything != 0 {
		found = look(line, may)
	}
	for _, s := range readings(line, may) {
		for _, t := range look(s.text(), glance(s.text())) {
			if t = s.place(t); !slices.ContainsFunc(found, t.same) && (!s.starred || t.What == "手机号") && len(found) < most {
				found = append(found, t)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Trace) int { return cmp.Compare(a.Column, b.Column) })
	return found
}

// same reports whether another trace is of the same detail.
func (t Trace) same(other Trace) bool {
	return t.What == other.What && Bare(t.Text) == Bare(other.Text)
}

// look finds what a line may hold as it is written.
func look(line string, may holds) []Trace {
	f := &finder{written: []rune(line), line: Fold(line)}
	f.taken = make([]bool, len(f.line))
	if may&numbers != 0 {
		f.mails()
		f.accounts()
		f.plates()
		f.numbers()
		f.maskedIdentities()
		if s := spelt(f.line); s != nil {
			folded := f.line
			f.line, f.spelt = s, true
			f.numbers()
			f.line, f.spelt = folded, false
		}
	}
	if may&names != 0 {
		f.names()
	}
	if may&homes != 0 {
		f.addresses()
	}
	if may&states != 0 {
		f.states()
	}
	return f.found
}

// finder looks through one line.
type finder struct {
	written, line []rune
	taken         []bool
	spelt         bool // the line's numerals were written as words
	found         []Trace
}

// take notes a detail; false when its place is taken already.
func (f *finder) take(what string, from, to int, certain bool) bool {
	if len(f.found) == most {
		return false
	}
	for i := from; i < to; i++ {
		if f.taken[i] {
			return false
		}
	}
	for i := from; i < to; i++ {
		f.taken[i] = true
	}
	text := strings.TrimSpace(string(f.written[from:to]))
	f.found = append(f.found, Trace{What: what, Text: text, Column: from + 1, Certain: certain})
	return true
}

// group is a run of digits.
type group struct{ from, to int }

// candidate is a number written as one or more groups of digits.
type candidate struct {
	from, to int
	digits   string // without gaps; the check character X of an identity number is not in it
	shape    string // lengths of the groups: "344"
	gaps     string // the first character of each gap
	isolated bool   // no further group of digits stands at either end
	before   rune   // the gap before, 0 when there is none
	after    rune   // likewise behind
	listed   bool   // a comma parts it from another number
}

// parted reports whether no gap has a mark other than these.
func (c candidate) parted(marks string) bool { return strings.Trim(c.gaps, marks) == "" }

// longest is the number of digits of the longest number looked for.
const longest = 24

// numbers looks at every run of groups of digits.
func (f *finder) numbers() {
	var run []group
	for i := 0; i < len(f.line); {
		if !isDigit(f.line[i]) {
			i++
			continue
		}
		g := group{from: i}
		for i < len(f.line) && (isDigit(f.line[i]) || f.line[i] == nothing) {
			i++
		}
		for f.line[i-1] == nothing {
			i--
		}
		g.to = i
		if len(run) > 0 && f.gap(run[len(run)-1].to, g.from) == 0 {
			f.judge(run)
			run = run[:0]
		}
		run = append(run, g)
		for i < len(f.line) && f.line[i] == nothing {
			i++
		}
	}
	f.judge(run)
}

// gap returns the mark that parts two groups of digits; 0 when it is more than a
// gap.
func (f *finder) gap(from, to int) rune {
	mark := rune(0)
	n := 0
	for _, r := range f.line[from:to] {
		switch r {
		case nothing:
			continue
		case ' ', '-', '.', '·', '(', ')', '_', '/', ',', '、':
		default: // a * masks
			return 0
		}
		if n++; n > 3 {
			return 0
		}
		if mark == 0 || mark == ' ' {
			mark = r
		}
	}
	return mark
}

// judge takes what a run of groups of digits says, the shortest numbers first.
func (f *finder) judge(run []group) {
	for i := 0; i < len(run); i++ {
		c := candidate{from: run[i].from}
		for j := i; j < len(run) && j < i+longest; j++ {
			if j > i {
				c.gaps += string(f.gap(run[j-1].to, run[j].from))
			}
			if f.extend(&c, run[j]); len(c.digits) > longest {
				break
			}
			if len(c.digits) >= fewestDigits && f.isNumber(c, run[:i], run[j+1:]) {
				i = j
				break
			}
		}
	}
}

// extend adds a group of digits to a candidate.
func (f *finder) extend(c *candidate, g group) {
	before := len(c.digits)
	for _, r := range f.line[g.from:g.to] {
		if isDigit(r) && len(c.digits) <= longest {
			c.digits += string(r)
		}
	}
	if c.to = g.to; len(c.digits) <= longest {
		c.shape += "0123456789abcdefghijklmno"[len(c.digits)-before:][:1]
	}
}

// isNumber takes a candidate that is a number, with the groups before and behind it.
func (f *finder) isNumber(c candidate, before, behind []group) bool {
	if f.spelt && !f.hasNumerals(c.from, c.to) {
		return false
	}
	if n := len(before); n > 0 {
		c.before = c.neighbour(f.gap(before[n-1].to, c.from))
	}
	if len(behind) > 0 {
		c.after = c.neighbour(f.gap(c.to, behind[0].from))
	}
	c.isolated = c.before == 0 && c.after == 0
	return f.identity(c) || f.card(c) || f.mobile(c) || f.landline(c)
}

// neighbour takes the gap to another number; a comma only lists numbers.
func (c *candidate) neighbour(gap rune) rune {
	if gap == ',' || gap == '、' {
		c.listed = true
		return 0
	}
	return gap
}

func (f *finder) hasNumerals(from, to int) bool {
	for _, r := range f.written[from:to] {
		r = foldRune(r)
		if _, ok := chineseDigits[r]; ok || isLetterO(r) {
			return true
		}
	}
	return false
}

// at returns a character of the line, 0 outside of it.
func (f *finder) at(i int) rune { return runeAt(f.line, i) }

func runeAt(line []rune, i int) rune {
	if i < 0 || i >= len(line) {
		return 0
	}
	return line[i]
}

// word returns where the letters, digits and marks from a place on end.
func (f *finder) word(from int, marks string) (to int) {
	for to = from; to < len(f.line) && (isDigit(f.line[to]) || isLetter(f.line[to]) || strings.ContainsRune(marks, f.line[to])); {
		to++
	}
	return to
}

// measures are units behind amounts, asides words that begin like one and follow
// a telephone.
var (
	measures = []string{"元", "万", "亿", "%", "‰", "吨", "字", "件", "个", "条", "次", "户", "人", "家", "名", "批", "台", "套", "只", "箱", "包", "袋", "瓶", "盒", "份", "张", "本", "辆", "头", "株", "亩", "公", "千", "平方", "立方", "升", "克", "米", "册", "起", "宗", "笔", "票", "单", "枚", "支", "双", "款", "种", "类", "美元", "港元", "欧元"}
	asides   = []string{"个人", "家长", "家属", "家里", "家中", "次日", "户主", "名叫", "名为", "人员", "条件", "起诉", "公安", "公司", "公开", "单位", "本人", "张先", "张女", "张某", "张老", "升级", "支持", "包某", "包括", "包含", "头像", "字样", "起止"}
)

// amountEnds reports whether what stands at a place makes the number before it a
// quantity.
func (f *finder) amountEnds(to int) bool {
	if f.at(to) == ' ' {
		to++
	}
	rest := f.line[min(to, len(f.line)):min(to+2, len(f.line))]
	return hasPrefix(rest, measures) && !hasPrefix(rest, asides)
}

// before returns the n characters before a place, as written in the folded line.
func (f *finder) before(from, n int) string { return string(f.line[max(0, from-n):from]) }

// cued reports whether one of the cue words stands directly before a place, with
// nothing but marks and such words as 号码 between.
func (f *finder) cued(from int, cues []string) bool {
	head := f.before(from, 24)
	for {
		trimmed := strings.TrimRight(head, " :\t()[]\"'“”‘’=,*_`|>-")
		for _, filler := range []string{"号码", "为", "是", "号", "NO.", "No."} {
			if rest, ok := strings.CutSuffix(trimmed, filler); ok && !endsWithAny(trimmed, cues) {
				trimmed = rest
			}
		}
		if endsWithAny(trimmed, cues) {
			return true
		}
		if trimmed == head || trimmed == "" {
			return false
		}
		head = trimmed
	}
}

func endsWithAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return len(s) >= len(w) && strings.EqualFold(s[len(s)-len(w):], w) })
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// innocent reports whether words before a number say that it is a code of
// something else.
func (f *finder) innocent(from int) bool { return containsAny(f.before(from, 12), otherCodes) }

// standsAlone reports whether nothing beside a number says that it is something else.
func (f *finder) standsAlone(c candidate) bool { return c.isolated && !f.innocent(c.from) }

var otherCodes = []string{
	"订单", "单号", "运单", "流水", "编号", "批号", "批次", "货号", "条码", "条形码", "证号", "文号", "许可", "备案", "注册", "专利",
	"索引", "代码", "型号", "标准", "ISBN", "序列", "IMEI", "追溯", "商品ID", "商品id", "店铺ID", "房间号", "直播间", "检验报告", "报告号", "案号", "发票", "编码", "校验", "哈希", "sha256",
}
