package privacy

import (
	"regexp"
	"strings"
)

// What somebody is, or has, is nobody's business beside a name: each is worth a
// second look.
var (
	// statuses are said of somebody who gets relief, or is in care or custody.
	statuses = []string{
		"低保户", "低保对象", "低保人员", "低保家庭", "五保户", "五保对象", "五保老人", "特困户", "特困人员", "特困对象", "特困供养人员", "特困供养对象", "贫困户", "建档立卡户", "脱贫户", "监测户", "困难户", "困难党员", "困难职工", "困难学生", "低收入户",
		"残疾人", "精神病人", "精神障碍患者", "精神病患者", "艾滋病人", "艾滋病患者", "吸毒人员", "戒毒人员", "服刑人员", "刑满释放人员", "刑释人员", "矫正对象", "矫正人员", "孤儿", "困境儿童", "留守儿童", "留守老人", "病人", "患儿", "感染者", "确诊病例",
	}
	ailments = []string{"患有", "身患", "罹患", "患上", "确诊", "确诊为", "确诊患有", "诊断为", "感染了", "残疾等级", "精神病史"}
	births   = []string{"出生", "生于", "出生于", "出生日期", "出生年月", "出生年月日", "出生时间", "生日", "日生", "月生"}
)

// states takes what is said of somebody's health, need and birth.
func (f *finder) states() {
	for i := range f.line {
		if !f.endsCue(i, stateEnds) {
			continue
		}
		head := f.before(i+1, longestCue)
		switch {
		case endsWithAny(head, statuses):
			if from, to := nameAfter(f.line, i+1); to-from > 2 && !endsWithAny(string(f.line[from:to]), notGiven) || to-from == 2 && from > i+1 {
				f.take("姓名", from, to, false)
			} else {
				f.ofPerson("困难或特殊身份", i+1-longestOf(head, statuses), i+1, copulas)
			}
		case endsWithAny(head, ailments):
			f.ofPerson("健康状况", i+1-longestOf(head, ailments), i+1, adverbs)
		default:
			f.birth(i + 1)
		}
	}
}

// longestOf returns the length of the longest of some words that a text ends with.
func longestOf(text string, words []string) (n int) {
	for _, w := range words {
		if strings.HasSuffix(text, w) {
			n = max(n, len([]rune(w)))
		}
	}
	return n
}

// Words between somebody and what is said of them.
var (
	copulas = []string{"系", "是", "为", "属", "属于", "均为", "均系", "本村", "本镇", ","}
	adverbs = []string{"系", "因", "曾", "长期", "常年", "自幼", "先天", "被", "也", "于", "家中", "本人", "已", "经", "经医院", ","}
)

// ofPerson takes what stands from a place on where it is said of somebody who is
// named right before, in full or masked.
func (f *finder) ofPerson(what string, from, to int, between []string) {
	end := from
	for range 3 {
		head := f.before(end, longestCue)
		if n := longestOf(head, between); n > 0 {
			end -= n
		}
	}
	for _, at := range []int{end, from} {
		if start := f.personEnding(at); start < at {
			f.take(what, start, to, false)
			return
		}
	}
}

// personEnding returns where the person begins whose name ends at a place: a full
// name behind a mark or a word for somebody, or a surname with 某 or marks behind it;
// the place itself for none.
func (f *finder) personEnding(end int) int {
	start := end
	for start > 0 && strings.ContainsRune("某×*", f.line[start-1]) && end-start < 3 {
		start--
	}
	if start < end {
		if start > 0 && strings.ContainsRune(surnames, f.line[start-1]) && f.at(start-2) != '某' {
			return start - 1
		}
		return end
	}
	for _, n := range []int{3, 4, 2} {
		if end >= n && isFullName(f.line[end-n:end]) && f.standsWhole(end-n, n) {
			return end - n
		}
	}
	return end
}

// isFullName reports whether characters look like a name in full that is no public
// figure's.
func isFullName(token []rune) bool {
	s := surnameLength(token, false)
	return mayBeName(token) && !hasPrefix(token, publicFigures) && !endsWithAny(string(token[s:]), append(notGiven, titles...))
}

// standsWhole reports whether a name of n characters may begin at a place: behind a
// word for somebody, and where it has more than two, behind a mark too.
func (f *finder) standsWhole(at, n int) bool {
	if at > 0 && (f.endsCue(at-1, nameEnds) || f.endsCue(at-1, stateEnds)) {
		return true
	}
	return n > 2 && (at == 0 || !isHan(f.line[at-1]) || strings.ContainsRune("村组的子女妻夫父母儿孙", f.line[at-1]))
}

// notGiven end words that are no names.
var notGiven = []string{"的", "是", "系", "为", "有", "被", "因", "山", "河", "江", "湖", "县", "州", "城", "国", "物", "化", "品", "症", "病", "费", "款", "金", "税", "度", "率", "线", "法", "式", "区", "站", "部", "队", "教", "学", "业", "体", "面", "力", "量", "器", "机", "油", "等", "人", "者", "员", "户", "童", "客", "民", "工", "生", "属", "友", "众", "群", "类", "子", "性", "中", "时", "后", "前", "内", "外", "上", "下", "也", "都", "均", "地", "性病", "期", "年", "月", "日"}

var birthday = regexp.MustCompile(`^[ :|\t(]*((?:19|20)\d\d ?[年.\-/] ?\d{1,2} ?[月.\-/] ?\d{1,2}日?)`)

var birthdayBefore = regexp.MustCompile(`(?:19|20)\d\d ?[年.\-/] ?\d{1,2} ?[月.\-/] ?(?:\d{1,2}日?)?$`)

// birth takes a date of birth: behind a label, and beside a name.
func (f *finder) birth(i int) {
	head := f.before(i, longestCue)
	behind := string(f.line[i:min(len(f.line), i+24)])
	if m := birthday.FindStringSubmatchIndex(behind); m != nil {
		from := i + m[2] // what stands before is ASCII
		to := from + len([]rune(behind[m[2]:m[3]]))
		label := endsWithAny(head, []string{"出生日期", "出生年月", "出生年月日", "出生时间", "生日"})
		if label || f.personNear(i-longestOf(head, births)) {
			f.take("出生日期", from, to, false)
		}
		return
	}
	end := i - longestOf(head, []string{"出生", "生", "出生于"})
	written := f.before(end, 14)
	if m := birthdayBefore.FindStringIndex(written); m != nil {
		from := end - len([]rune(written[m[0]:]))
		if f.personNear(from) {
			f.take("出生日期", from, end, false)
		}
	}
}

// personNear reports whether somebody is named right before a place, with no more
// than a sex and a people between.
func (f *finder) personNear(end int) bool {
	for n := 0; n < 14 && end > 0; n++ {
		if f.personEnding(end) < end {
			return true
		}
		head := f.before(end, 5)
		between := longestOf(head, []string{",", "、", "(", " ", "男", "女", "汉族", "族", "于", "公民", "身份证号"})
		if between == 0 {
			return false
		}
		end -= between
		if strings.HasSuffix(head, "族") && !strings.HasSuffix(head, "汉族") { // 畲族, 土家族
			for end > 0 && isHan(f.line[end-1]) {
				end--
			}
		}
	}
	return false
}
