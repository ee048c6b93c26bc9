package linebreak

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Titles are broken by phrase (GB/T 9704-2012, 7.3.1): not where a line happens
// to be full, but where a reader would draw breath, in lines of about one
// length.

// headWords end titles and are not torn from themselves.
var headWords = []string{"总结报告", "工作报告", "工作总结", "情况报告", "情况通报", "专项行动", "专项整治", "行动方案", "实施方案", "统计表", "情况", "工作", "报告", "通知", "公告", "通报", "行动", "方案"}

// wholeWords are the words of the field that a line's end would tear; those with
// 市, 年 and their like look as if a name ended within.
var wholeWords = []string{
	"市场", "市民", "市级", "县级", "区级", "省级", "县域", "区域", "年度", "年报", "月饼", "日常", "日期", "日用", "和谐", "及时", "季度",
	"网络市场", "市场监管", "罚没款", "网络交易", "监管", "监督", "管理", "联合", "检查", "抽查", "整治", "执法", "交易", "平台", "经营", "信用", "承诺", "指引", "安排", "发布", "印发", "关于",
	"网售", "网络", "组织", "无证", "虚假", "宣传", "刷单", "炒信", "儿童", "玩具", "家具", "处方", "处方药", "订金", "定金", "条款", "格式", "合格", "不合格", "药房", "店铺", "部门", "部署",
	"产品", "商品", "食品", "药品", "用品", "质量", "安全", "直播", "外卖", "消费", "警示", "统计", "填报", "说明", "案例", "处罚", "进展", "中期", "终期",
}

// wordsAcross are the whole words that a break between two characters may tear.
var wordsAcross = func() map[[2]rune][]string {
	words := map[[2]rune][]string{}
	for _, w := range wholeWords {
		text := []rune(w)
		for i := range len(text) - 1 {
			pair := [2]rune{text[i], text[i+1]}
			words[pair] = append(words[pair], w)
		}
	}
	return words
}()

// nameEnds end the name of an office, a company or a shop.
const nameEnds = "局厅院司店部房"

// tearing is the discord of a torn word.
const tearing = 10

// Discord is what it costs the reader when a line ends before the i-th
// character.
func Discord(text []rune, i int) float64 {
	if i == len(text) {
		return 0
	}
	a, b := text[i-1], text[i]
	if slices.ContainsFunc(wordsAcross[[2]rune{a, b}], func(w string) bool { return tears(text, i, w) }) {
		return tearing
	}
	switch {
	case strings.ContainsRune("》）”」』，、：；。", a), strings.ContainsRune("（《“「『", b), a == ' ':
		return 0
	case strings.ContainsRune("的和及与暨年月日市县区省", a):
		return 1
	case strings.ContainsRune("的和及与暨之", b):
		return 8
	case i < len(text)-1 && strings.ContainsRune(nameEnds, a):
		return 1
	case IsWord(a) != IsWord(b):
		return 5
	}
	for _, w := range headWords {
		if startsWith(text[i:], w) {
			return 0.5
		}
		if tears(text, i, w) {
			return tearing
		}
	}
	return 4
}

// longestPhrase is how many characters of a title go on one line if they can:
// as many as a telephone has room for in large type.
const longestPhrase = 8

// Phrases parts a title into what a browser, which measures it by itself, keeps on
// a line: phrases, and of those that are too long for it parts that tear no word.
func Phrases(text string) []string {
	runes := []rune(text)
	if len(runes) <= longestPhrase {
		return []string{text}
	}
	costs := make([]float64, len(runes))
	closed := 0 // up to here a short bracket or quotation goes
	for i, may := range usual.Breaks(runes) {
		costs[i] = tearing
		if may && i >= closed {
			costs[i] = Discord(runes, i)
			if i == len(runes)-1 {
				costs[i] += 3 // a line of one character
			}
		}
		closed = max(closed, i+shortBracket(runes[i:]))
	}
	return phrases(runes, costs)
}

// phrases parts a text by what a break costs before each of its characters: at
// every good place, and else at the best one, the nearest to the middle.
func phrases(text []rune, costs []float64) []string {
	best, middle := 0, len(text)/2
	for i := 1; i < len(text); i++ {
		if off := func(n int) int { return max(n-middle, middle-n) }; best == 0 || costs[i] < costs[best] || costs[i] == costs[best] && off(i) < off(best) {
			best = i
		}
	}
	if best == 0 || costs[best] > 1 && len(text) <= longestPhrase || costs[best] >= 8 {
		return []string{string(text)}
	}
	return append(phrases(text[:best], costs[:best]), phrases(text[best:], costs[best:])...)
}

// shortBracket returns the length of a bracket or quotation that a text begins
// with, which a title does not part; 0 for a long one and for none.
func shortBracket(text []rune) int {
	marks := []rune("（）“”《》")
	at := slices.Index(marks, text[0])
	if at < 0 || at%2 == 1 {
		return 0
	}
	return slices.Index(text[:min(len(text), longestQuotation+3)], marks[at+1]) + 1
}

// tears reports whether a break before the i-th character falls within a word.
func tears(text []rune, i int, word string) bool {
	for k := 1; k < utf8.RuneCountInString(word) && k <= i; k++ {
		if startsWith(text[i-k:], word) {
			return true
		}
	}
	return false
}

func startsWith(text []rune, word string) bool {
	n := 0
	for _, r := range word {
		if n >= len(text) || text[n] != r {
			return false
		}
		n++
	}
	return true
}
