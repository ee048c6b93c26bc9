package typeset

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Titles are broken by sense (GB/T 9704-2012, 7.3.1): not where a line happens
// to be full, but where a reader would draw breath, in lines of about one
// length.

// headWords end titles and are not torn from themselves.
var headWords = []string{"总结报告", "工作报告", "工作总结", "情况报告", "情况通报", "专项行动", "专项整治", "行动方案", "实施方案", "统计表", "情况", "工作", "报告", "通知", "公告", "通报", "行动", "方案"}

// wholeWords are the words of the field that a line's end would tear; those with
// 市, 年 and their like look as if a name ended within.
var wholeWords = []string{
	"市场", "市民", "市级", "县级", "区级", "省级", "县域", "区域", "年度", "年报", "月饼", "日常", "日期", "日用", "和谐", "及时", "季度",
	"网络市场", "网络交易", "监管", "监督", "管理", "联合", "检查", "抽查", "整治", "执法", "交易", "平台", "经营", "信用", "承诺", "指引", "安排", "发布", "印发", "关于",
	"产品", "商品", "食品", "药品", "用品", "质量", "安全", "直播", "外卖", "消费", "警示", "统计", "填报", "说明", "案例", "处罚", "进展", "中期", "终期",
}

// bySense breaks a title into as few lines as it needs.
func (s *Setter) bySense(gs []glyph, width float64) []*line {
	const longest = 300 // characters of a title; the search grows with their square
	if len(gs) > longest || slices.ContainsFunc(gs, func(g glyph) bool { return g.r == '\n' }) {
		return s.fill(gs, width, 0, false)
	}
	may := s.units.breaks(gs)
	fewest := len(s.fill(gs, width, 0, false))
	total := s.natural(gs, false)
	// best[k][i] is the least cost of setting the first i characters in k lines.
	best := make([][]int64, fewest+1)
	from := make([][]int, fewest+1)
	for k := range best {
		best[k] = make([]int64, len(gs)+1)
		from[k] = make([]int, len(gs)+1)
		for i := range best[k] {
			best[k][i] = never
		}
	}
	best[0][0] = 0
	mean := total / float64(fewest)
	for k := 1; k <= fewest; k++ {
		for i := 1; i <= len(gs); i++ {
			if i < len(gs) && !may[i] {
				continue
			}
			for j := i - 1; j >= 0; j-- {
				if best[k-1][j] == never {
					continue
				}
				w := s.natural(trimSpaces(gs[j:i]), false)
				if w > width+0.01 {
					break
				}
				uneven := (w - mean) / gs[0].style.Size
				cost := best[k-1][j] + int64(math.Round((float64(0.1*uneven*uneven)+discord(gs, i))*costUnit))
				if cost < best[k][i] {
					best[k][i], from[k][i] = cost, j
				}
			}
		}
	}
	if fewest == 0 || best[fewest][len(gs)] == never {
		return s.fill(gs, width, 0, false)
	}
	lines := make([]*line, fewest)
	for k, i := fewest, len(gs); k > 0; k-- {
		j := from[k][i]
		piece := trimSpaces(gs[j:i])
		lines[k-1] = &line{glyphs: piece, natural: s.natural(piece, false), last: true}
		i = j
	}
	return lines
}

// heading breaks the text of a heading that stands at the left: its lines are
// full, but the last of them holds some words, and the one before ends where
// the sense allows.
func (s *Setter) heading(gs []glyph, width, indent float64, grid bool) []*line {
	const (
		back  = 8 // characters that a line may give up
		widow = 5 // fewer of them are not left alone in the last line
	)
	lines := s.fill(gs, width, indent, grid)
	n := len(lines)
	if n < 2 || slices.ContainsFunc(gs, func(g glyph) bool { return g.r == '\n' }) {
		return lines
	}
	start, from := lines[n-2].start, lines[n-1].start
	may := s.units.breaks(gs)
	best, least := from, math.Inf(1)
	for i := from; i > start && i >= from-back; i-- {
		if !may[i] || s.natural(trimSpaces(gs[i:]), grid) > width {
			continue
		}
		cost := discord(gs, i) + float64(0.5*float64(from-i))
		if left := len(gs) - i; left < widow {
			cost += float64(10 * float64(widow-left))
		}
		if cost < least {
			best, least = i, cost
		}
	}
	set := func(l *line, piece []glyph) {
		l.glyphs = trimSpaces(piece)
		l.natural = s.natural(l.glyphs, grid)
	}
	set(lines[n-2], gs[start:best])
	set(lines[n-1], gs[best:])
	return lines
}

// discord is what it costs the reader when a line ends before the i-th
// character.
func discord(gs []glyph, i int) float64 {
	if i == len(gs) {
		return 0
	}
	const tearing = 10
	a, b := gs[i-1].r, gs[i].r
	if slices.ContainsFunc(wholeWords, func(w string) bool { return tears(gs, i, w) }) {
		return tearing
	}
	switch {
	case strings.ContainsRune("》）”」』，、：；。", a), strings.ContainsRune("（《“「『", b), a == ' ':
		return 0
	case strings.ContainsRune("的和及与暨年月日市县区省", a):
		return 1
	case strings.ContainsRune("的和及与暨之", b):
		return 8
	case isWord(a) != isWord(b):
		return 5
	}
	for _, w := range headWords {
		if startsWith(gs[i:], w) {
			return 0.5
		}
		if tears(gs, i, w) {
			return tearing
		}
	}
	return 4
}

// tears tells that a break before the i-th character falls within a word.
func tears(gs []glyph, i int, word string) bool {
	for k := 1; k < utf8.RuneCountInString(word) && k <= i; k++ {
		if startsWith(gs[i-k:], word) {
			return true
		}
	}
	return false
}

func startsWith(gs []glyph, word string) bool {
	n := 0
	for _, r := range word {
		if n >= len(gs) || gs[n].r != r {
			return false
		}
		n++
	}
	return true
}
