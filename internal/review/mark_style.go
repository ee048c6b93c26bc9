package review

import (
	"regexp"
	"strings"

	"wangjian/internal/campaign"
)

var markStyle = Rule{
	Code: "mark-style", Level: campaign.Warning,
	Words:   "标点用法合乎 GB/T 15834：中文用全角标点，书名号、引号之间不加顿号。",
	Inspect: func(r *reading) []campaign.Finding { return slips(r, markSlips) },
}

var markSlips = []slip{
	{
		[]string{"》、", "”、"},
		regexp.MustCompile(`》、《|”、“`), // a title beside a quotation keeps its mark
		func(g []string) string { return strings.Replace(g[0], "、", "", 1) },
		"书名号之间、引号之间不加顿号", "GB/T 15834",
	},
	{
		[]string{",", ";", ":", "!", "?"},
		regexp.MustCompile(`([\p{Han}”》）])([,;:!?])([\p{Han}“《（]|$)`),
		func(g []string) string { return g[1] + fullWidth[g[2]] + g[3] },
		"中文里的标点用全角", "GB/T 15834",
	},
	{
		[]string{"("},
		regexp.MustCompile(`(\p{Han})\((\p{Han}[^()]*)\)`),
		func(g []string) string { return g[1] + "（" + g[2] + "）" },
		"中文里的括号用全角", "GB/T 15834",
	},
}

var fullWidth = map[string]string{",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
