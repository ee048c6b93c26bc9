package review

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// markSlip is a mark of Markdown that was written so that it shows as it is, with
// the line as it was meant; "" where a line has no such slip. at is the byte at
// which the slip begins.
type markSlip struct {
	what string
	mend func(line string) (at int, mended string)
}

// replacing is a slip that a pattern finds and a replacement mends.
func replacing(what, pattern, with string) markSlip {
	form := regexp.MustCompile(pattern)
	return markSlip{what, func(line string) (int, string) {
		m := form.FindStringIndex(line)
		if m == nil {
			return 0, ""
		}
		return m[0], form.ReplaceAllString(line, with)
	}}
}

var lineSlips = []markSlip{
	{"标题的井号要用半角，后面空一格", fullWidthHeading},
	replacing("标题的井号后面要空一格，不然照样印出来", `^(#{1,6})([^#\s\x00][^#]*)$`, "$1 $2"),
	replacing("编号后面要空一格才成为列表", `^(\s{0,3})(\d{1,3})[.．]([^\s\d.．].*)$`, "$1$2. $3"),
	replacing("链接的方括号、圆括号要用半角", `[\[［]([^\[\]［］\n]+)[\]］]\s?（([^（）()\s]+\.[A-Za-z0-9]+(?:[?#][^（）()\s]*)?|https?:[^（）()\s]+)）`, "[$1]($2)"),
	replacing("链接的方括号、圆括号要用半角", `［([^\[\]［］\n]+)］\s?\(([^（）()\s]+)\)`, "[$1]($2)"),
}

var fullWidthMark = regexp.MustCompile(`^[#＃]{1,6}`)

// fullWidthHeading mends ＃＃ 标题.
func fullWidthHeading(line string) (at int, mended string) {
	marks := fullWidthMark.FindString(line)
	text := strings.TrimLeft(line[len(marks):], " \u3000")
	if !strings.Contains(marks, "＃") || text == "" || strings.Contains(text, "＃") {
		return 0, ""
	}
	return 0, strings.Repeat("#", len([]rune(marks))) + " " + text
}

// pairs are marks that stand around words.
var pairs = []struct{ mark, what string }{{"**", "加粗"}, {"~~", "删去"}}

// unpaired returns the slips of marks that have no partner in their paragraph.
func unpaired(r *reading) (list []campaign.Finding) {
	for _, p := range paragraphs(r) {
		for _, pair := range pairs {
			count, line, at := 0, 0, 0
			for n := p[0]; n < p[1]; n++ {
				for _, where := range occurrences(r.prose[n], pair.mark) {
					if where == 0 || r.prose[n][where-1] != '\\' {
						count, line, at = count+1, n, where
					}
				}
			}
			if count%2 == 1 {
				text := strings.TrimRight(r.lines[line], " ")
				list = append(list, finding(r.inProse(line, at), "“"+pair.mark+"”没有成对，照样印出来",
					"写成“"+text+pair.mark+"”（"+pair.what+"的文字前后各写一个），不要"+pair.what+"的写成“"+strings.Replace(text, pair.mark, "", 1)+"”"))
			}
		}
	}
	return list
}

// paragraphs lists the lines of a body between empty ones; a row of a table, whose
// cells are apart, and a line of a list stand alone.
func paragraphs(r *reading) (list [][2]int) {
	open := false
	for n, line := range r.prose {
		isCode := !open && (strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t"))
		line = strings.TrimSpace(line)
		if r.inFront(n) || line == "" || isCode {
			open = false
			continue
		}
		if alone := strings.HasPrefix(line, "|") || listItem.MatchString(line); !open || alone {
			list = append(list, [2]int{n, n + 1})
		} else {
			list[len(list)-1][1] = n + 1
		}
		open = !strings.HasPrefix(line, "|")
	}
	return list
}

var listItem = regexp.MustCompile(`^(?:[-*+]|\d{1,3}[.)])\s`)

// singleBrace is a reference to a figure in one pair of braces.
var singleBrace = regexp.MustCompile(`\{([^{}/]{1,40}/[^{}]{1,60})\}`)

func isHan(c rune) bool { return unicode.Is(unicode.Han, c) }

// singleBraces returns references that were written with one brace: both
// sides of the slash are Chinese, or the first names a department.
func singleBraces(r *reading) (list []campaign.Finding) {
	if r.Item == nil || !strings.Contains(r.text, "{") {
		return nil
	}
	for n, line := range r.lines {
		if r.inFront(n) {
			continue
		}
		for _, m := range singleBrace.FindAllStringSubmatchIndex(line, -1) {
			written := line[m[2]:m[3]]
			if strings.HasSuffix(line[:m[0]], "{") || strings.HasPrefix(line[m[1]:], "}") {
				continue // two braces
			}
			name, _, _ := strings.Cut(written, "/")
			if at := strings.LastIndexAny(name, ":："); at >= 0 {
				name = strings.TrimLeft(name[at:], ":：")
			}
			name, _, _ = strings.Cut(name, "@")
			if r.Campaign.FindDepartment(strings.TrimSpace(name)) != nil || strings.ContainsFunc(name, isHan) && strings.ContainsFunc(written[strings.Index(written, "/"):], isHan) {
				f := finding(r.at(n, m[0]), "引用的数字要用两层花括号，现在照样印出来", "写成“"+line[:m[0]]+"{{"+written+"}}"+line[m[1]:]+"”")
				f.Mend = f.At.Mend("{"+written+"}", "{{"+written+"}}")
				list = append(list, f)
			}
		}
	}
	return list
}

var markupRules = []Rule{
	{
		Code: "markup-slip", Level: campaign.Warning,
		Words: "Markdown 的记号写得起作用：标题的 # 和列表的编号后面空一格，** 和 ~~ 成对，链接用半角括号。",
		Inspect: func(r *reading) (list []campaign.Finding) {
			if r.Item == nil {
				return nil
			}
			for n, line := range r.prose {
				if r.inFront(n) {
					continue
				}
				for _, s := range lineSlips {
					if at, slip := s.mend(line); slip != "" {
						_, mended := s.mend(r.lines[n])
						f := finding(r.inProse(n, at), s.what, "写成“"+cmp.Or(mended, slip)+"”")
						if mended != "" {
							f.Mend = r.at(n, 0).MendLine(r.lines[n], mended)
						}
						list = append(list, f)
						break
					}
				}
			}
			return append(list, unpaired(r)...)
		},
	}, {
		Code: "heading-step", Level: campaign.Warning,
		Words: "标题一级一级往下写：## 下面是 ###，不隔一级；朗读软件和导航按级别读（GB/T 37668、ISO 14289-1）。",
		Check: each(items, checkSteps),
	}, {
		Code: "reference-brace", Level: campaign.Error,
		Words:   "引用的数字用两层花括号：{{公安局/项目}}。",
		Inspect: singleBraces,
	}, {
		Code: "empty-body", Level: campaign.Warning,
		Words: "除影像资料外，每一篇都有正文。",
		Inspect: func(r *reading) []campaign.Finding {
			if r.Item == nil || r.Item.Kind == campaign.Galleries || slices.ContainsFunc(r.lines[min(r.Item.Body.FirstLine-1, len(r.lines)):], func(line string) bool { return strings.TrimSpace(line) != "" }) {
				return nil
			}
			return []campaign.Finding{finding(campaign.InFile(r.File), "正文是空的", "在第二行 --- 下面写正文，如“"+example(r.Item)+"”")}
		},
	},
}

// checkSteps reports headings that skip a level. A heading of level 1 counts as one of
// level 2, since the item's title stands above all of them.
func checkSteps(c *Context, i *campaign.Item) {
	const highest = 2
	above := highest - 1
	for _, h := range i.Body.Headings {
		level := max(h.Level, highest)
		if level > above+1 {
			c.Reportf(h.At, "写成“"+strings.Repeat("#", above+1)+" "+h.Text+"”", "标题“%s”隔了一级：上面没有 %s", h.Text, strings.Repeat("#", level-1))
			level = above + 1
		}
		above = level
	}
}

// example is how a body of a kind may begin.
func example(i *campaign.Item) string {
	switch i.Kind {
	case campaign.Summaries, campaign.Narratives:
		return "## " + campaign.NarrativeSections[0]
	case campaign.Cases:
		return "## 基本案情"
	}
	return i.Title + "……"
}

// slip is a fault of GB/T 15834 (punctuation) or 15835 (numbers) that can be
// told from the words alone, with how to mend it.
type slip struct {
	// signs: a line that has none of them cannot have the slip. Looking for
	// them first makes the check of a text ten times faster.
	signs []string
	form  *regexp.Regexp
	mend  func(groups []string) string
	what  string
	hint  string
	// sure: mending it leaves every number and every name what it is.
	sure bool
}

func (s slip) mayBeIn(text string) bool {
	return slices.ContainsFunc(s.signs, func(sign string) bool { return strings.Contains(text, sign) })
}

// slips looks for slips in a body, line by line.
func slips(r *reading, list []slip) (remarks []campaign.Finding) {
	if r.Item == nil {
		return nil
	}
	list = slices.DeleteFunc(slices.Clone(list), func(s slip) bool { return !s.mayBeIn(r.text) })
	if len(list) == 0 {
		return nil
	}
	for n, line := range r.prose {
		if r.inFront(n) {
			continue
		}
		for _, s := range list {
			if !s.mayBeIn(line) {
				continue
			}
			for _, m := range s.form.FindAllStringSubmatchIndex(line, -1) {
				groups := groupsOf(line, m)
				f := finding(r.inProse(n, m[0]), "“"+groups[0]+"”："+s.what, "写成“"+s.mend(groups)+"”（"+s.hint+"）")
				if s.sure {
					f.Mend = r.mending(n, m, s)
				}
				remarks = append(remarks, f)
			}
		}
	}
	return remarks
}

// groupsOf returns what a match found in a line of prose.
func groupsOf(line string, m []int) []string {
	groups := make([]string, len(m)/2)
	for g := range groups {
		if m[2*g] >= 0 {
			groups[g] = strings.ReplaceAll(line[m[2*g]:m[2*g+1]], "\x00", "")
		}
	}
	return groups
}

// mending mends a slip in the line as it is written, where what is no prose stands
// as itself.
func (r *reading) mending(n int, m []int, s slip) campaign.Mend {
	written := []rune(r.lines[n])
	column := func(offset int) int { return utf8.RuneCountInString(r.prose[n][:offset]) }
	groups := make([]string, len(m)/2)
	for g := range groups {
		if m[2*g] >= 0 {
			groups[g] = string(written[column(m[2*g]):column(m[2*g+1])])
		}
	}
	at := r.inProse(n, m[0])
	mend := at.MendLine(groups[0], s.mend(groups))
	mend.At.Column += at.Column - 1
	return mend
}

var styleRules = []Rule{
	{
		Code: "number-style", Level: campaign.Warning,
		Words:   "数字用法合乎 GB/T 15835：范围两端都带百分号、约数用汉字、“近”与“余”不连用、减少不用倍数、百分点不写成百分比。",
		Inspect: func(r *reading) []campaign.Finding { return slips(r, numberSlips) },
	}, {
		Code: "mark-style", Level: campaign.Warning,
		Words:   "标点用法合乎 GB/T 15834：中文用全角标点，书名号、引号之间不加顿号。",
		Inspect: func(r *reading) []campaign.Finding { return slips(r, markSlips) },
	},
}

var numberSlips = []slip{
	{
		[]string{"%", "％"},
		regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?)[～~—–－-]([0-9]+(?:\.[0-9]+)?)([%％])`),
		func(g []string) string { return g[1] + g[3] + "～" + g[2] + g[3] },
		"百分比的范围，前一个数也要带百分号", "GB/T 15835", false,
	},
	{
		[]string{"－"},
		regexp.MustCompile(`((?:^|[^0-9A-Za-z.．－ ])(?:0|[1-9][0-9]{0,5})(?:\.[0-9]+)?)－([0-9]{1,6}(?:\.[0-9]+)?(?:个|件|条|次|户|人|家|名|天|日|月|年|周|岁|元|万|亿|吨|米|倍|分|时|小时|公里|千克))`),
		func(g []string) string { return g[1] + "～" + g[2] },
		"数的范围用浪纹线", "GB/T 15835", true,
	},
	{
		[]string{"1、", "2、", "3、", "4、", "5、", "6、", "7、", "8、", "9、"},
		regexp.MustCompile(`([1-9])、([1-9])([个件条次天人年月家户名批种类])`),
		func(g []string) string { return chineseDigit(g[1]) + chineseDigit(g[2]) + g[3] },
		"相邻两数连用表示约数，用汉字，中间不加顿号", "GB/T 15835", false,
	},
	{
		[]string{"近"},
		regexp.MustCompile(`近([0-9]+(?:\.[0-9]+)?[万亿]?)(余|多)`),
		func(g []string) string { return "近" + g[1] },
		"“近”和“余”“多”不能一起用", "GB/T 15835", false,
	},
	{
		[]string{"倍"},
		regexp.MustCompile(`(下降|减少|降低|缩短|下跌)了?([0-9]+(?:\.[0-9]+)?)倍`),
		func(g []string) string { return g[1] + "……%" },
		"减少不用倍数，用百分之几或几分之几", "GB/T 15835", false,
	},
	{
		[]string{"百分比"},
		regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?)个百分比`),
		func(g []string) string { return g[1] + "个百分点" },
		"两个百分比之差是百分点", "GB/T 15835", true,
	},
}

func chineseDigit(s string) string { return string([]rune("零一二三四五六七八九")[s[0]-'0']) }

var markSlips = []slip{
	{
		[]string{"》、", "”、"},
		regexp.MustCompile(`》、《|”、“`), // a title beside a quotation keeps its mark
		func(g []string) string { return strings.Replace(g[0], "、", "", 1) },
		"书名号之间、引号之间不加顿号", "GB/T 15834", true,
	},
	{
		[]string{",", ";", ":", "!", "?"},
		regexp.MustCompile(`([\p{Han}”》）])([,;:!?]) ?([\p{Han}“《（"'0-9\x00]|$)`),
		func(g []string) string { return g[1] + fullWidth[g[2]] + g[3] },
		"中文里的标点用全角", "GB/T 15834", true,
	},
	{
		[]string{"."},
		regexp.MustCompile(`(\p{Han}[\p{Han}”》）])\.(\p{Han}|$)`),
		func(g []string) string { return g[1] + "。" + g[2] },
		"中文里的标点用全角", "GB/T 15834", true,
	},
	{
		[]string{"\""},
		regexp.MustCompile(`"([^"\x00]*\p{Han}[^"\x00]*)"`),
		func(g []string) string { return "“" + g[1] + "”" },
		"中文里的引号用“”", "GB/T 15834", true,
	},
	{
		[]string{"("},
		regexp.MustCompile(`(\p{Han})\(([^()\x00]*\p{Han}[^()\x00]*)\)`),
		func(g []string) string { return g[1] + "（" + g[2] + "）" },
		"中文里的括号用全角", "GB/T 15834", true,
	},
}

var fullWidth = map[string]string{",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
