package wording

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// Row is a row of an office's list of wrong words.
type Row struct {
	Place string // 第 3 行, 表“错敏词”第 3 行
	Cells []string
}

// Entry is what a row says.
type Entry struct {
	Wrong, Right, Why string
	Level             campaign.Level // "" where the list does not say
	Place             string
}

// The heads of the columns that lists have.
var (
	wrongHeads  = []string{"错误表述", "错误写法", "错误用语", "错误说法", "错误词", "错误词语", "错误内容", "错误", "错词", "错字", "错误字词", "错误词汇", "错敏词", "错别字", "易错词", "误", "误用", "不规范表述", "不规范用语", "不当表述", "禁用词", "禁用语", "敏感词", "原词", "问题词", "词语", "关键词", "词"}
	rightHeads  = []string{"正词", "正字", "正确字词", "正确词汇", "正确表述", "正确写法", "正确用语", "正确说法", "正确词", "正确词语", "正确内容", "正确", "正", "规范表述", "规范用语", "规范写法", "建议", "建议词", "建议修改", "修改建议", "建议改为", "建议表述", "推荐", "替换为", "应为", "改为"}
	levelHeads  = []string{"级别", "等级", "错误级别", "错误等级", "严重程度", "程度", "错误程度"}
	reasonHeads = []string{"说明", "备注", "依据", "解释", "理由", "原因"}

	// nothing stands for a right form where there is none.
	nothing = []string{"", "无", "—", "-", "/", "删除", "删去", "不用", "不使用", "禁用", "禁止使用", "不得使用"}

	severe = []string{"错误", "严重", "严重错误", "重大", "高", "高级", "一级", "1级", "1", "必改", "禁用", "必须修改", "政治错误", "政治性错误"}
	mild   = []string{"提醒", "提示", "一般", "一般错误", "疑似", "疑似错误", "建议", "建议修改", "中", "低", "轻微", "二级", "三级", "2级", "3级", "2", "3"}
)

// columns tells which cell of a row is what; -1 for none.
type columns struct{ wrong, right, level, reason int }

// ReadList reads a list in any of the usual layouts: columns with or without a
// head, a term a line, 错→对. What it cannot use it names.
func ReadList(rows []Row) (entries []Entry, faults []string) {
	halves, start := layoutOf(rows)
	seen := map[string]string{} // the right form of each wrong one
	for _, row := range rows[start:] {
		var list []Entry
		for _, c := range halves {
			list = append(list, c.entries(row)...)
		}
		for _, e := range list {
			fault := e.fault()
			if was, again := seen[e.Wrong]; fault == "" && again {
				if was != e.Right {
					faults = append(faults, fmt.Sprintf("%s：“%s”前面写的是改成“%s”，这里是“%s”，照前面的", e.Place, e.Wrong, was, e.Right))
				}
				continue
			}
			if fault != "" {
				faults = append(faults, e.Place+"："+fault)
				continue
			}
			seen[e.Wrong] = e.Right
			entries = append(entries, e)
		}
	}
	return entries, faults
}

func (e Entry) fault() string {
	switch n := utf8.RuneCountInString(e.Wrong); {
	case n == 0:
		return "没有错误的写法，没有收"
	case n < 2:
		return fmt.Sprintf("“%s”只有一个字，会到处误报，没有收", e.Wrong)
	case n > 60 || utf8.RuneCountInString(e.Right) > 60:
		return fmt.Sprintf("“%s…”太长，不像一个词，没有收", string([]rune(e.Wrong)[:min(n, 12)]))
	case e.Wrong == e.Right:
		return fmt.Sprintf("“%s”错的和对的一样，没有收", e.Wrong)
	}
	return ""
}

// layoutOf finds the head among the first rows, or what the columns are without
// one, and the row after it. A head may repeat: lists are printed in two halves.
func layoutOf(rows []Row) ([]columns, int) {
	for n, row := range rows[:min(len(rows), 10)] {
		if list := headsOf(row); len(list) > 0 {
			return list, n + 1
		}
	}
	c := columns{0, -1, -1, -1}
	if numbered(rows) {
		c.wrong = 1
	}
	widest := 0
	for _, row := range rows {
		widest = max(widest, len(row.Cells))
	}
	if widest > c.wrong+1 {
		c.right = c.wrong + 1
	}
	if widest > c.wrong+2 {
		c.level = c.wrong + 2
	}
	return []columns{c}, 0
}

// headsOf reads a row as a head; a column of a kind that is there already begins
// another half.
func headsOf(row Row) (list []columns) {
	none := columns{-1, -1, -1, -1}
	c := none
	add := func() {
		if c.wrong >= 0 && (c.right >= 0 || c.level >= 0 || len(row.Cells) == 1) {
			list = append(list, c)
		}
		c = none
	}
	for i, cell := range row.Cells {
		head := strings.TrimRight(aside.ReplaceAllString(squeezed(cell), ""), ":：*")
		for _, k := range []struct {
			at    *int
			heads []string
		}{{&c.wrong, wrongHeads}, {&c.right, rightHeads}, {&c.level, levelHeads}, {&c.reason, reasonHeads}} {
			if !slices.Contains(k.heads, head) {
				continue
			}
			if *k.at >= 0 && c.wrong >= 0 && c.right >= 0 {
				add()
			}
			if *k.at < 0 {
				*k.at = i
			}
		}
	}
	add()
	return list
}

// numbered reports whether the first column does nothing but count.
func numbered(rows []Row) bool {
	counted := 0
	for _, row := range rows {
		if len(row.Cells) < 2 || !ordinal.MatchString(squeezed(row.Cells[0])) {
			continue
		}
		counted++
	}
	return counted > 0 && counted*2 > len(rows)
}

var (
	ordinal  = regexp.MustCompile(`^\d{1,5}[.、．)）]?$`)
	leading  = regexp.MustCompile(`^\s*(?:\d{1,5}[.、．)）]\s*|[（(]\d{1,5}[)）]\s*|[-*•·]\s+)`)
	arrow    = regexp.MustCompile(`\s*(?:→|⇒|➔|➡|[-—=]+>|\t+|\|)\s*|，?\s*(?:应改为|应当写成|应写成|应为|改为|改成)\s*[:：]?\s*`)
	several  = regexp.MustCompile(`[；;\n/]+`)
	aside    = regexp.MustCompile(`[（(][^（）()]*[)）]$`)
	marked   = regexp.MustCompile(`^(?:错误|错|误|×|✗|✘)[:：]?\s*(.+?)[\s，,；;]*(?:正确|正|对|√|✓|✔)[:：]?\s*(\S+)$`)
	behind   = regexp.MustCompile(`^([^（()）]+)[（(](应为|正确[:：]?|正[:：])?([^（()）]+)[)）]$`)
	spaced   = regexp.MustCompile(`^(\S+)[\s\x{3000}]+(\S+)$`)
	enclosed = regexp.MustCompile(`^[“"「『《‘'](.*)[”"」』》’']$`)
)

// entries reads a row. Several wrong forms may stand in one cell.
func (c columns) entries(row Row) (list []Entry) {
	cell := func(i int) string {
		if i < 0 || i >= len(row.Cells) {
			return ""
		}
		return strings.TrimSpace(row.Cells[i])
	}
	wrong, right, level, why := cell(c.wrong), cell(c.right), cell(c.level), cell(c.reason)
	if wrong == "" && right == "" || strings.HasPrefix(wrong, "#") {
		return nil
	}
	wrong = leading.ReplaceAllString(wrong, "")
	if right == "" {
		wrong, right, level = parted(wrong, level)
	}
	if slices.Contains(nothing, aside.ReplaceAllString(right, "")) {
		right = ""
	}
	e := Entry{Place: row.Place, Why: why}
	e.grade(squeezed(level))
	wrongs, rights := inPairs(wrong, right)
	for n, w := range wrongs {
		e.Wrong, e.Right = bare(w), bare(rights[n])
		if e.Wrong != "" || len(wrongs) == 1 {
			list = append(list, e)
		}
	}
	return list
}

// grade sets what a cell says of how bad a fault is, or why it is one.
func (e *Entry) grade(level string) {
	switch {
	case slices.Contains(severe, level):
		e.Level = campaign.Error
	case slices.Contains(mild, level):
		e.Level = campaign.Warning
	case e.Why == "":
		e.Why = level
	}
}

// inPairs parts cells that have several wrong forms, with the right form of each.
func inPairs(wrong, right string) (wrongs, rights []string) {
	if w, r := strings.Split(wrong, "、"), strings.Split(right, "、"); len(w) > 1 && len(w) == len(r) && !alike(w, r) {
		return w, r
	}
	wrongs, rights = several.Split(wrong, -1), several.Split(right, -1)
	if len(rights) != len(wrongs) {
		rights = slices.Repeat([]string{right}, len(wrongs))
	}
	return wrongs, rights
}

// alike reports whether some of the parts are the same: then they are parts of
// one term.
func alike(a, b []string) bool {
	for n := range a {
		if a[n] == b[n] {
			return true
		}
	}
	return false
}

// parted reads a line that has the wrong form and the right one.
func parted(line, level string) (wrong, right, lvl string) {
	if m := marked.FindStringSubmatch(line); m != nil {
		return m[1], m[2], level
	}
	if m := behind.FindStringSubmatch(line); m != nil && (m[2] != "" || misprinted([]rune(m[1]), []rune(m[3]))) {
		return m[1], m[3], level
	}
	if at := arrow.FindStringIndex(line); at != nil && at[0] > 0 {
		wrong, right = line[:at[0]], line[at[1]:]
		if at := arrow.FindStringIndex(right); at != nil {
			right, level = right[:at[0]], right[at[1]:]
		}
		return wrong, right, level
	}
	if m := spaced.FindStringSubmatch(line); m != nil {
		return m[1], m[2], level
	}
	if w, r, ok := strings.Cut(line, "："); ok && misprinted([]rune(w), []rune(r)) {
		return w, r, level // 步署：部署
	}
	return line, "", level
}

// misprinted reports whether each character of one word may stand for that of
// another by mistake.
func misprinted(a, b []rune) bool {
	return slices.EqualFunc(a, b, func(x, y rune) bool { return x == y || Mistakable(x, y) })
}

// bare takes off the quotation marks around a word.
func bare(s string) string {
	s = strings.TrimSpace(s)
	if m := enclosed.FindStringSubmatch(s); m != nil && !strings.ContainsAny(m[1], "“”「」") {
		return strings.TrimSpace(m[1])
	}
	return s
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }
