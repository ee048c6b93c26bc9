package manuscript

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

// sectionsOf returns the level-2 headings of a result.
func sectionsOf(r *Result) []string {
	var list []string
	for _, line := range strings.Split(string(r.Markdown), "\n") {
		if name, ok := strings.CutPrefix(line, "## "); ok {
			list = append(list, name)
		}
	}
	return list
}

func TestEveryWayOfWritingTheHeadings(t *testing.T) {
	plain := []string{"经验做法", "行动成效", "存在问题", "下一步打算"}
	typed := func(numbers ...string) func(int, string) string {
		return func(i int, name string) string { return p(numbers[i] + name) }
	}
	styled := func(style string) func(int, string) string {
		return func(_ int, name string) string { return st(style, name) }
	}
	for name, c := range map[string]struct {
		heading func(int, string) string
		names   []string
		prepare func(*word)
	}{
		"一、":              {typed("一、", "二、", "三、", "四、"), plain, nil},
		"一 、 with blanks": {typed("　　一 、 ", "　　二 、 ", "　　三 、 ", "　　四 、 "), plain, nil},
		"一．":              {typed("一．", "二．", "三．", "四．"), plain, nil},
		"一：":              {typed("一：", "二：", "三：", "四："), plain, nil},
		"（一）":             {typed("（一）", "（二）", "（三）", "（四）"), plain, nil},
		"(一) half-width":  {typed("(一)", "(二)", "(三)", "(四)"), plain, nil},
		"1. ":             {typed("1. ", "2. ", "3. ", "4. "), plain, nil},
		"1、":              {typed("1、", "2、", "3、", "4、"), plain, nil},
		"1．":              {typed("1．", "2．", "3．", "4．"), plain, nil},
		"１、 full-width":   {typed("１、", "２、", "３、", "４、"), plain, nil},
		"（1）":             {typed("（1）", "（2）", "（3）", "（4）"), plain, nil},
		"①":               {typed("①", "②", "③", "④"), plain, nil},
		"第一部分":            {typed("第一部分　", "第二部分　", "第三部分　", "第四部分　"), plain, nil},
		"第一部分：":           {typed("第一部分：", "第二部分：", "第三部分：", "第四部分："), plain, nil},
		"第1部分":            {typed("第1部分 ", "第2部分 ", "第3部分 ", "第4部分 "), plain, nil},
		"bare bold":       {func(_ int, n string) string { return para("", run(n, strg)) }, plain, nil},
		"bold by a character style": {func(_ int, n string) string {
			return para("", run(n, `<w:rStyle w:val="Strong"/>`))
		}, plain, nil},
		"bare 黑体":                  {func(_ int, n string) string { return para("", run(n, hei)) }, plain, nil},
		"bare, nothing at all":     {func(_ int, n string) string { return p(n) }, plain, nil},
		"heading 1":                {styled("1"), plain, nil},
		"heading 2":                {styled("2"), plain, nil},
		"标题 1":                     {styled("Biaoti1"), plain, nil},
		"标题 2":                     {styled("Biaoti2"), plain, nil},
		"outline level of a style": {styled("Zuo"), plain, nil},
		"outline level of the paragraph": {func(_ int, n string) string {
			return para(`<w:outlineLvl w:val="0"/>`, run(n, ""))
		}, plain, nil},
		"heading 1 with a typed number": {func(i int, n string) string { return st("1", chineseNumber(i+1)+"、"+n) }, plain, nil},
		"automatic 一、":                  {func(_ int, n string) string { return li(3, 0, n) }, plain, func(w *word) { w.numbering = wordLists }},
		"automatic （一）":                 {func(_ int, n string) string { return li(4, 0, n) }, plain, func(w *word) { w.numbering = wordLists }},
		"automatic 1.":                  {func(_ int, n string) string { return li(2, 0, n) }, plain, func(w *word) { w.numbering = wordLists }},
		"number by the style":           {styled("Numbered1"), plain, func(w *word) { w.numbering = wordLists }},
		"split over runs": {func(i int, n string) string {
			r := []rune(n)
			return para("", run(chineseNumber(i+1), ""), run("、", hei), run(string(r[:2]), ""), run(string(r[2:]), strg))
		}, plain, nil},
		"brackets": {func(_ int, n string) string { return para("", run("【"+n+"】", strg)) }, plain, nil},
		"blanks between words": {func(i int, n string) string {
			return p(chineseNumber(i+1) + "、" + strings.Join(strings.Split(n, ""), " "))
		}, plain, nil},
		"colon":             {func(i int, n string) string { return p(chineseNumber(i+1) + "、" + n + "：") }, plain, nil},
		"full stop":         {func(i int, n string) string { return p(chineseNumber(i+1) + "、" + n + "。") }, plain, nil},
		"主要经验做法":            {typed("一、", "二、", "三、", "四、"), []string{"主要经验做法", "工作成效", "存在的问题", "下一步工作打算"}, nil},
		"主要做法":              {typed("一、", "二、", "三、", "四、"), []string{"主要做法", "取得的成效", "存在问题及原因", "下一步工作计划"}, nil},
		"做法与经验":             {typed("一、", "二、", "三、", "四、"), []string{"做法与经验", "取得成效", "问题和不足", "下步工作安排"}, nil},
		"工作举措":              {typed("一、", "二、", "三、", "四、"), []string{"工作举措", "工作成果", "当前存在的困难和问题", "今后打算"}, nil},
		"工作开展情况":            {typed("一、", "二、", "三、", "四、"), []string{"工作开展情况", "行动取得的阶段性成效", "存在的主要问题及原因分析", "下一阶段工作思路"}, nil},
		"long words":        {typed("一、", "二、", "三、", "四、"), []string{"聚焦重点领域，形成的经验做法", "专项行动取得的初步成效", "当前监管工作面临的突出问题", "针对存在问题的下一步打算"}, nil},
		"问题及整改措施":           {typed("一、", "二、", "三、", "四、"), []string{"采取的主要措施", "成效", "问题及整改措施", "下一步整改措施"}, nil},
		"bare, other words": {func(_ int, n string) string { return para("", run(n, strg)) }, []string{"主要做法", "工作成效", "存在的问题", "下一步工作安排"}, nil},
		"one in another manner": {func(i int, n string) string {
			if i == 2 {
				return para("", run(n, strg))
			}
			return p(chineseNumber(i+1) + "、" + n)
		}, plain, nil},
		"run on into the text": {func(i int, n string) string {
			return p(chineseNumber(i+1) + "、" + n + "。各地认真落实，工作有序推进。")
		}, plain, nil},
		"line break after it": {func(i int, n string) string {
			return para("", run(chineseNumber(i+1)+"、"+n, ""), "<w:r><w:br/></w:r>", run("换行后的文字。", ""))
		}, plain, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWord(p("赣州市公安局网剑行动工作总结"))
			if c.prepare != nil {
				c.prepare(w)
			}
			for i, n := range c.names {
				w.add(c.heading(i, n), p(fmt.Sprintf("这是第%d部分的文字，各地认真落实。", i+1)))
			}
			r, problems := imported(t, w)
			if got := sectionsOf(r); !slices.Equal(got, campaign.NarrativeSections) {
				t.Fatalf("sections %q\n%s\n%s", got, r.Markdown, said(r, problems))
			}
			if len(problems) > 0 {
				t.Errorf("problems: %v", problems)
			}
			body := bodyOf(r)
			for i, n := range campaign.NarrativeSections {
				_, rest, _ := strings.Cut(body, "## "+n+"\n")
				rest, _, _ = strings.Cut(rest, "\n## ")
				if !strings.Contains(rest, fmt.Sprintf("这是第%d部分的文字，各地认真落实。", i+1)) {
					t.Errorf("%s lost its text:\n%s", n, body)
				}
				if c.names[i] != n && !strings.Contains(said(r, problems), "改成了“"+n+"”") {
					t.Errorf("%s became %s without a word", c.names[i], n)
				}
			}
		})
	}
}

// TestSummaryFilledIntoATable: some hand in a form with a row a section.
func TestSummaryFilledIntoATable(t *testing.T) {
	var rows []string
	for i, n := range []string{"一、经验做法", "二、行动成效", "三、存在问题", "四、下一步打算"} {
		rows = append(rows, "<w:tr>"+tc("", para("", run(n, strg)))+tc("", p(fmt.Sprintf("第%d部分的文字。", i+1)), li(1, 0, "一点"))+"</w:tr>")
	}
	w := newWord(p("工作总结"), "<w:tbl>"+strings.Join(rows, "")+"</w:tbl>")
	w.numbering = wordLists
	r, problems := imported(t, w)
	if got := sectionsOf(r); !slices.Equal(got, campaign.NarrativeSections) || len(problems) > 0 {
		t.Errorf("%q %v", got, problems)
	}
	if got := firstSection(t, r); got != "第1部分的文字。\n\n- 一点" {
		t.Errorf("got\n%s", got)
	}
}

func TestContentsTypedByHand(t *testing.T) {
	w := newWord(p("一、经验做法……………1"), p("二、行动成效.......2"), p("三、存在问题·······3"), p("四、下一步打算 …………… 12")).add(four(p("文字。"))...)
	r, problems := imported(t, w)
	if got := sectionsOf(r); !slices.Equal(got, campaign.NarrativeSections) || len(problems) > 0 || !strings.Contains(said(r, nil), "目录没有导入（4 处）") {
		t.Errorf("%q %s", got, said(r, problems))
	}
}

func TestHeadingsThatNeedAPerson(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  []string // level-2 headings
		says  []string
	}{
		"missing section": {
			[]string{"一、经验做法", "文字。", "二、行动成效", "文字。", "三、下一步打算", "文字。"},
			[]string{"经验做法", "行动成效", "下一步打算"}, []string{"没有“存在问题”这一节"}},
		"two in one": {
			[]string{"一、主要做法及成效", "文字。", "二、存在问题及下一步打算", "文字。"},
			[]string{"经验做法", "存在问题"}, []string{"把经验做法和行动成效写在了一节里", "把存在问题和下一步打算写在了一节里"}},
		"order": {
			[]string{"一、行动成效", "文字。", "二、经验做法", "文字。", "三、存在问题", "文字。", "四、下一步打算", "文字。"},
			[]string{"行动成效", "经验做法", "存在问题", "下一步打算"}, []string{"“经验做法”的次序不对"}},
		"a fifth": {
			[]string{"一、经验做法", "文字。", "二、行动成效", "文字。", "三、存在问题", "文字。", "四、下一步打算", "文字。", "五、典型经验交流会情况", "文字。"},
			[]string{"经验做法", "行动成效", "存在问题", "下一步打算"}, []string{"“经验做法”写了两节"}},
		"a stranger": {
			[]string{"一、经验做法", "文字。", "二、行动成效", "文字。", "三、宣传报道", "文字。", "四、存在问题", "文字。", "五、下一步打算", "文字。"},
			[]string{"经验做法", "行动成效", "存在问题", "下一步打算"}, []string{"“宣传报道”不是四节之一，作为小标题接在了“行动成效”里"}},
		"two for the first": {
			[]string{"一、工作开展情况", "文字。", "二、主要做法", "文字。", "三、行动成效", "文字。", "四、存在问题", "文字。", "五、下一步打算", "文字。"},
			[]string{"经验做法", "行动成效", "存在问题", "下一步打算"}, []string{"“工作开展情况”归入“经验做法”", "“主要做法”归入“经验做法”"}},
		"none": {
			[]string{"今年以来，我局认真开展行动。", "各项工作有序推进。"},
			nil, []string{"没有认出经验做法、行动成效、存在问题、下一步打算这四个标题"}},
		"before the four": {
			[]string{"一、总体目标", "文字。", "二、经验做法", "文字。", "三、行动成效", "文字。", "四、存在问题", "文字。", "五、下一步打算", "文字。"},
			[]string{"经验做法", "行动成效", "存在问题", "下一步打算"}, []string{"“总体目标”写在四节之前"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWord()
			for _, l := range c.lines {
				w.add(p(l))
			}
			r, problems := imported(t, w)
			if got := sectionsOf(r); !slices.Equal(got, c.want) {
				t.Errorf("sections %q, want %q\n%s", got, c.want, r.Markdown)
			}
			for _, s := range c.says {
				if !strings.Contains(said(r, problems), s) {
					t.Errorf("not said: %s\n%s", s, said(r, problems))
				}
			}
		})
	}
}

func TestLowerHeadings(t *testing.T) {
	long := p("各地按照方案要求逐项落实，线上发现与线下核查同步推进，形成了闭环。")
	for name, c := range map[string]struct {
		body []string
		want string
	}{
		"（一） 1. （1）": {[]string{p("（一）强化组织"), long, para("", run("1.成立专班", strg)), long, p("（二）强化协作"), long},
			"### 强化组织\n\nL\n\n#### 成立专班\n\nL\n\n### 强化协作\n\nL"},
		"（一） ends with a stop":   {[]string{p("（一）强化组织。"), long}, "### 强化组织\n\nL"},
		"（一） runs on":            {[]string{p("（一）强化组织。各地成立专班。"), p("（二）强化协作。各部门联动。")}, "### 强化组织\n\n各地成立专班。\n\n### 强化协作\n\n各部门联动。"},
		"（一） in 楷体 runs on":      {[]string{para("", run("（一）强化组织，成立专班，统一调度指挥。", kai), run("各地成立专班。", ""))}, "### 强化组织，成立专班，统一调度指挥\n\n各地成立专班。"},
		"a numbered sentence":    {[]string{p("（一）今年以来，各地按照方案要求，逐项落实，共出动人员参加检查。效果良好。")}, "（一）今年以来，各地按照方案要求，逐项落实，共出动人员参加检查。效果良好。"},
		"bold line":              {[]string{para("", run("线上线下同步走", strg)), long}, "### 线上线下同步走\n\nL"},
		"bold sentence stays":    {[]string{para("", run("坚持线上线下同步走。", strg)), long}, "**坚持线上线下同步走。**\n\nL"},
		"bold lead stays":        {[]string{para("", run("一是强化组织。", strg), run("各地成立专班。", ""))}, "**一是强化组织。**各地成立专班。"},
		"楷体 line":                {[]string{para("", run("线上线下同步走", kai)), long}, "### 线上线下同步走\n\nL"},
		"styles":                 {[]string{st("2", "强化组织"), long, st("3", "成立专班"), long, st("2", "强化协作"), long}, "### 强化组织\n\nL\n\n#### 成立专班\n\nL\n\n### 强化协作\n\nL"},
		"style with number":      {[]string{st("2", "（一）强化组织"), long, st("3", "1.1 成立专班"), long}, "### 强化组织\n\nL\n\n#### 成立专班\n\nL"},
		"deeper first":           {[]string{st("3", "成立专班"), long, st("2", "强化协作"), long}, "### 成立专班\n\nL\n\n### 强化协作\n\nL"},
		"1. with text below":     {[]string{p("1.充实技术力量"), long, p("2.统一数据格式"), long}, "### 充实技术力量\n\nL\n\n### 统一数据格式\n\nL"},
		"1. items":               {[]string{p("1.充实技术力量；"), p("2.统一数据格式。"), long}, "1. 充实技术力量；\n2. 统一数据格式。\n\nL"},
		"1. short items":         {[]string{p("1.充实技术力量"), p("2.统一数据格式"), p("3.开展培训")}, "1. 充实技术力量\n2. 统一数据格式\n3. 开展培训"},
		"a lone 1. stays":        {[]string{p("1. 充实技术力量。"), long}, "1\\. 充实技术力量。\n\nL"},
		"（1） stays":              {[]string{p("（1）充实技术力量；"), p("（2）统一数据格式。")}, "（1）充实技术力量；\n\n（2）统一数据格式。"},
		"a date is no number":    {[]string{p("11.11促销期间，安排人员值守。"), p("3.15晚会")}, "11.11促销期间，安排人员值守。\n\n3.15晚会"},
		"caption of a table":     {[]string{para("", run("表1 检查情况", strg)), long}, "**表1 检查情况**\n\nL"},
		"automatic （一）":          {[]string{li(4, 0, "强化组织"), long, li(4, 0, "强化协作"), long}, "### 强化组织\n\nL\n\n### 强化协作\n\nL"},
		"a heading with a break": {[]string{para(`<w:pStyle w:val="2"/>`, run("强化组织", ""), "<w:r><w:br/></w:r>", run("落实责任", "")), long}, "### 强化组织 落实责任\n\nL"},
		"marks in a heading":     {[]string{st("2", "推进 *C#* 与 a_b #"), long}, "### 推进 \\*C#\\* 与 a\\_b \\#\n\nL"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWord(four(c.body...)...)
			w.numbering = wordLists
			if strings.Contains(name, "style") || name == "deeper first" || strings.Contains(name, "heading") {
				for i, b := range w.body { // the four by style too
					for n, s := range campaign.NarrativeSections {
						if b == p(chineseNumber(n+1)+"、"+s) {
							w.body[i] = st("1", s)
						}
					}
				}
			}
			r, problems := imported(t, w)
			want := strings.ReplaceAll(c.want, "L", "各地按照方案要求逐项落实，线上发现与线下核查同步推进，形成了闭环。")
			if got := firstSection(t, r); got != want {
				t.Errorf("got\n%s\nwant\n%s\n%s", got, want, said(r, problems))
			}
		})
	}
}
