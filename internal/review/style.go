package review

import (
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

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
				groups := make([]string, len(m)/2)
				for g := range groups {
					if m[2*g] >= 0 {
						groups[g] = strings.ReplaceAll(line[m[2*g]:m[2*g+1]], "\x00", "")
					}
				}
				remarks = append(remarks, finding(r.inProse(n, m[0]), "“"+groups[0]+"”："+s.what, "写成“"+s.mend(groups)+"”（"+s.hint+"）"))
			}
		}
	}
	return remarks
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
		"百分比的范围，前一个数也要带百分号", "GB/T 15835",
	},
	{
		[]string{"－"},
		regexp.MustCompile(`((?:^|[^0-9A-Za-z.．－ ])(?:0|[1-9][0-9]{0,5})(?:\.[0-9]+)?)－([0-9]{1,6}(?:\.[0-9]+)?(?:个|件|条|次|户|人|家|名|天|日|月|年|周|岁|元|万|亿|吨|米|倍|分|时|小时|公里|千克))`),
		func(g []string) string { return g[1] + "～" + g[2] },
		"数的范围用浪纹线", "GB/T 15835",
	},
	{
		[]string{"1、", "2、", "3、", "4、", "5、", "6、", "7、", "8、", "9、"},
		regexp.MustCompile(`([1-9])、([1-9])([个件条次天人年月家户名批种类])`),
		func(g []string) string { return chineseDigit(g[1]) + chineseDigit(g[2]) + g[3] },
		"相邻两数连用表示约数，用汉字，中间不加顿号", "GB/T 15835",
	},
	{
		[]string{"近"},
		regexp.MustCompile(`近([0-9]+(?:\.[0-9]+)?[万亿]?)(余|多)`),
		func(g []string) string { return "近" + g[1] },
		"“近”和“余”“多”不能一起用", "GB/T 15835",
	},
	{
		[]string{"倍"},
		regexp.MustCompile(`(下降|减少|降低|缩短|下跌)了?([0-9]+(?:\.[0-9]+)?)倍`),
		func(g []string) string { return g[1] + "……%" },
		"减少不用倍数，用百分之几或几分之几", "GB/T 15835",
	},
	{
		[]string{"百分比"},
		regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?)个百分比`),
		func(g []string) string { return g[1] + "个百分点" },
		"两个百分比之差是百分点", "GB/T 15835",
	},
}

func chineseDigit(s string) string { return string([]rune("零一二三四五六七八九")[s[0]-'0']) }

var markSlips = []slip{
	{
		[]string{"》、", "”、"},
		regexp.MustCompile(`》、《|”、“`), // a title beside a quotation keeps its mark
		func(g []string) string { return strings.Replace(g[0], "、", "", 1) },
		"书名号之间、引号之间不加顿号", "GB/T 15834",
	},
	{
		[]string{",", ";", ":", "!", "?"},
		regexp.MustCompile(`([\p{Han}”》）])([,;:!?]) ?([\p{Han}“《（"'0-9\x00]|$)`),
		func(g []string) string { return g[1] + fullWidth[g[2]] + g[3] },
		"中文里的标点用全角", "GB/T 15834",
	},
	{
		[]string{"."},
		regexp.MustCompile(`(\p{Han}[\p{Han}”》）])\.(\p{Han}|$)`),
		func(g []string) string { return g[1] + "。" + g[2] },
		"中文里的标点用全角", "GB/T 15834",
	},
	{
		[]string{"\""},
		regexp.MustCompile(`"([^"\x00]*\p{Han}[^"\x00]*)"`),
		func(g []string) string { return "“" + g[1] + "”" },
		"中文里的引号用“”", "GB/T 15834",
	},
	{
		[]string{"("},
		regexp.MustCompile(`(\p{Han})\(([^()\x00]*\p{Han}[^()\x00]*)\)`),
		func(g []string) string { return g[1] + "（" + g[2] + "）" },
		"中文里的括号用全角", "GB/T 15834",
	},
}

var fullWidth = map[string]string{",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
