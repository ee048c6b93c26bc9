package review

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/source"
)

// slip is a fault of GB/T 15834 (punctuation) or 15835 (numbers) that can be
// told from the words alone, with how to mend it.
type slip struct {
	form *regexp.Regexp
	mend func(groups []string) string
	what string
	hint string
}

var numberSlips = []slip{
	{
		regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?)[～~—–-]([0-9]+(?:\.[0-9]+)?)([%％])`),
		func(g []string) string { return g[1] + g[3] + "～" + g[2] + g[3] },
		"百分比的范围，前一个数也要带百分号", "GB/T 15835",
	},
	{
		regexp.MustCompile(`([1-9])、([1-9])([个件条次天人年月家户名批种类])`),
		func(g []string) string { return chineseDigit(g[1]) + chineseDigit(g[2]) + g[3] },
		"相邻两数连用表示约数，用汉字，中间不加顿号", "GB/T 15835",
	},
	{
		regexp.MustCompile(`近([0-9]+(?:\.[0-9]+)?[万亿]?)(余|多)`),
		func(g []string) string { return "近" + g[1] },
		"“近”和“余”“多”不能一起用", "GB/T 15835",
	},
	{
		regexp.MustCompile(`(下降|减少|降低|缩短|下跌)了?([0-9]+(?:\.[0-9]+)?)倍`),
		func(g []string) string { return g[1] + "……%" },
		"减少不用倍数，用百分之几或几分之几", "GB/T 15835",
	},
	{
		regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?)个百分比`),
		func(g []string) string { return g[1] + "个百分点" },
		"两个百分比之差是百分点", "GB/T 15835",
	},
}

var markSlips = []slip{
	{
		regexp.MustCompile(`([》”])、([《“])`),
		func(g []string) string { return g[1] + g[2] },
		"书名号之间、引号之间不加顿号", "GB/T 15834",
	},
	{
		regexp.MustCompile(`([\p{Han}”》）])([,;:!?])([\p{Han}“《（]|$)`),
		func(g []string) string { return g[1] + fullWidth[g[2]] + g[3] },
		"中文里的标点用全角", "GB/T 15834",
	},
	{
		regexp.MustCompile(`(\p{Han})\((\p{Han}[^()]*)\)`),
		func(g []string) string { return g[1] + "（" + g[2] + "）" },
		"中文里的括号用全角", "GB/T 15834",
	},
}

var fullWidth = map[string]string{",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}

func chineseDigit(s string) string { return string([]rune("零一二三四五六七八九")[s[0]-'0']) }

var numberStyle = Rule{
	Code: "number-style", Level: campaign.Warning,
	Words:   "数字用法合乎 GB/T 15835：范围两端都带百分号、约数用汉字、“近”与“余”不连用、减少不用倍数、百分点不写成百分比。",
	Inspect: func(p source.Passage) []Remark { return slips(p, numberSlips) },
}

var markStyle = Rule{
	Code: "mark-style", Level: campaign.Warning,
	Words:   "标点用法合乎 GB/T 15834：中文用全角标点，书名号、引号之间不加顿号。",
	Inspect: func(p source.Passage) []Remark { return slips(p, markSlips) },
}

// slips looks for slips in a body, line by line.
func slips(p source.Passage, list []slip) (remarks []Remark) {
	if p.Item == nil {
		return nil
	}
	fenced := false
	for n, raw := range bytes.Split(p.Text, []byte("\n")) {
		if n+1 < p.Item.Body.FirstLine {
			continue
		}
		if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("```")) {
			fenced = !fenced
		}
		if fenced {
			continue
		}
		line := masked(string(raw))
		for _, s := range list {
			for _, m := range s.form.FindAllStringSubmatchIndex(line, -1) {
				groups := make([]string, len(m)/2)
				for g := range groups {
					if m[2*g] >= 0 {
						groups[g] = line[m[2*g]:m[2*g+1]]
					}
				}
				remarks = append(remarks, Remark{
					campaign.Position{File: p.File, Line: n + 1, Column: utf8.RuneCountInString(line[:m[0]]) + 1},
					"“" + groups[0] + "”：" + s.what, "写成“" + s.mend(groups) + "”（" + s.hint + "）",
				})
			}
		}
	}
	return remarks
}

var notWords = regexp.MustCompile("`[^`]*`|\\{\\{[^}]*\\}\\}|\\]\\([^)]*\\)|<https?:[^>]*>|\\[\\^[^\\]]*\\]:?")

// masked blanks out what is not prose, character by character, so that columns
// stay.
func masked(line string) string {
	return notWords.ReplaceAllStringFunc(line, func(s string) string {
		return strings.Repeat("\x00", utf8.RuneCountInString(s))
	})
}
