package review

import (
	"regexp"

	"wangjian/internal/campaign"
)

var numberStyle = Rule{
	Code: "number-style", Level: campaign.Warning,
	Words:   "数字用法合乎 GB/T 15835：范围两端都带百分号、约数用汉字、“近”与“余”不连用、减少不用倍数、百分点不写成百分比。",
	Inspect: func(r *reading) []campaign.Finding { return slips(r, numberSlips) },
}

var numberSlips = []slip{
	{
		[]string{"%", "％"},
		regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?)[～~—–-]([0-9]+(?:\.[0-9]+)?)([%％])`),
		func(g []string) string { return g[1] + g[3] + "～" + g[2] + g[3] },
		"百分比的范围，前一个数也要带百分号", "GB/T 15835",
	},
	{
		[]string{"、"},
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
