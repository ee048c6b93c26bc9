package source

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/soak"
)

const ownForm = `填报单位: 清河市教育体育局
填报日期: 2026-04-29
项目:
  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}
  抽检（批次）: 0
  抽检（份）: 无
`

// slipCases are lines that were typed wrong: each replaces a good one of a file
// of the small campaign, and is told with the line mended.
var slipCases = []struct {
	name, file, good, typed string
	column                  int    // of the typed line; 0 where it is another's
	mended                  string // "" for the good line
}{
	// A filled-in form.
	{"full-width colon", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  抽检（批次）：0", 9, ""},
	{"full-width colon and a blank", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  抽检（批次）： 0", 9, ""},
	{"full-width colon in the first row", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂：45", 9, "  检查学校食堂: 45"},
	{"full-width colon in the last row", "data/q2/jiaoyu.yaml", "  抽检（份）: 无", "  抽检（份）：无", 8, ""},
	{"full-width colon at the top", "data/q2/jiaoyu.yaml", "填报日期: 2026-04-29", "填报日期：2026-04-29", 5, ""},
	{"full-width colon in the first line", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", "填报单位：清河市教育体育局", 5, ""},
	{"full-width colon of a block", "data/q2/jiaoyu.yaml", "项目:", "项目：", 3, ""},
	{"no blank", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  抽检（批次）:0", 9, ""},
	{"no blank in the first row", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂:45", 9, "  检查学校食堂: 45"},
	{"two colons at once", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  抽检（批次）:：0", 9, ""},
	{"full-width blanks about the colon", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  抽检（批次）　:　0", 9, ""},
	{"no blank at the top", "data/q2/jiaoyu.yaml", "填报日期: 2026-04-29", "填报日期:2026-04-29", 5, ""},
	{"no colon", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  抽检（批次） 0", 9, ""},
	{"no colon of a block", "data/q2/jiaoyu.yaml", "项目:", "项目", 3, ""},
	{"full-width commas", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量: 45，备注: 含幼儿园，上年同期: 30}", 18, ""},
	{"full-width comma and colon", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量：45，备注：含幼儿园}", 14, "  检查学校食堂: {数量: 45, 备注: 含幼儿园}"},
	{"full-width colon in brackets", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量：45, 备注: 含幼儿园, 上年同期: 30}", 14, ""},
	{"no blank in brackets", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量:45, 备注: 含幼儿园, 上年同期: 30}", 14, ""},
	{"full-width brackets", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: ｛数量: 45, 备注: 含幼儿园, 上年同期: 30｝", 11, ""},
	{"full-width bracket at the end", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30｝", 38, ""},
	{"bracket not closed", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30", 11, ""},
	{"another bracket at the end", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30]", 38, ""},
	{"thousands in brackets", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量: 1,231, 备注: 含幼儿园}", 17, "  检查学校食堂: {数量: 1231, 备注: 含幼儿园}"},
	{"two colons in brackets", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量: 45, 备注: 其中: 幼儿园}", 26, `  检查学校食堂: {数量: 45, 备注: "其中: 幼儿园"}`},
	{"tab", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "\t抽检（批次）: 0", 1, ""},
	{"full-width blanks", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "　抽检（批次）: 0", 1, ""},
	{"one blank too many", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "   抽检（批次）: 0", 4, ""},
	{"one blank too few", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", " 抽检（批次）: 0", 2, ""},
	{"first row too deep", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "    检查学校食堂: 45", 5, "  检查学校食堂: 45"},
	{"top key too deep", "data/q2/jiaoyu.yaml", "填报日期: 2026-04-29", "  填报日期: 2026-04-29", 3, ""},
	{"full-width comment", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  抽检（批次）: 0 ＃ 没有抽", 13, "  抽检（批次）: 0 # 没有抽"},
	{"value that begins with %", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", "填报单位: %清河市教育体育局", 7, `填报单位: "%清河市教育体育局"`},
	{"value that begins with @", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", "填报单位: @清河市教育体育局", 7, `填报单位: "@清河市教育体育局"`},
	{"value that begins with a backtick", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", "填报单位: `清河市教育体育局", 7, "填报单位: \"`清河市教育体育局\""},
	{"value that begins with *", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", "填报单位: *清河市教育体育局", 7, `填报单位: "*清河市教育体育局"`},
	{"value that begins with >", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", "填报单位: >清河市教育体育局", 7, `填报单位: ">清河市教育体育局"`},
	{"two colons", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", "填报单位: 清河市: 教育体育局", 10, `填报单位: "清河市: 教育体育局"`},
	{"quote not closed", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", `填报单位: "清河市教育体育局`, 7, `填报单位: "清河市教育体育局"`},
	{"quote closed full-width", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", `填报单位: "清河市教育体育局”`, 7, `填报单位: "清河市教育体育局"`},
	{"words behind a quote", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", `填报单位: "清河市"教育体育局`, 7, `填报单位: '"清河市"教育体育局'`},
	{"words behind a bracket", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", `填报单位: [清河]教育体育局`, 7, `填报单位: "[清河]教育体育局"`},
	{"semicolon for the colon", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  抽检（批次）；0", 9, ""},
	{"equals sign for the colon", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  抽检（批次） = 0", 10, ""},
	{"comma for the colon", "data/q2/jiaoyu.yaml", "填报日期: 2026-04-29", "填报日期，2026-04-29", 5, ""},
	{"ratio sign for the colon", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  抽检（批次）∶0", 9, ""},
	{"round brackets", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: （数量：45，备注：含（民办）幼儿园）", 11, "  检查学校食堂: {数量: 45, 备注: 含（民办）幼儿园}"},
	{"half-width round brackets", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: (数量: 45, 备注: 含幼儿园)", 11, "  检查学校食堂: {数量: 45, 备注: 含幼儿园}"},
	{"brackets in a word", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量: 45, 备注: 含【民办】幼儿园[注]}", 24, `  检查学校食堂: {数量: 45, 备注: "含【民办】幼儿园[注]"}`},
	{"brackets before a word", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量: 45, 备注: [注]含幼儿园, 上年同期: 30}", 24, `  检查学校食堂: {数量: 45, 备注: "[注]含幼儿园", 上年同期: 30}`},
	{"a slip beside brackets that are right", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量: 45，备注: 【含幼儿园】, 上年同期: 30}", 18, "  检查学校食堂: {数量: 45, 备注: 【含幼儿园】, 上年同期: 30}"},
	{"two colons, the full-width one first", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  抽检（批次）：: 0", 9, ""},
	{"dashes for the colon", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  抽检（批次）——0", 9, ""},
	{"a dash before a row", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  - 抽检（批次）: 0", 3, ""},
	{"a tight dash before a row", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", "  -抽检（批次）: 0", 3, ""},
	{"a dash before the last row", "data/q2/jiaoyu.yaml", "  抽检（份）: 无", "  - 抽检（份）: 无", 3, ""},
	{"a bracket too many", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}}", 39, ""},
	{"full-width quotes around a name", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", "填报单位: “清河市教育体育局”", 7, `填报单位: "清河市教育体育局"`},
	{"full-width quote closed otherwise", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", "填报单位: “清河市教育体育局\"", 7, `填报单位: "清河市教育体育局"`},
	{"full-width quote not closed", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", "填报单位: “清河市教育体育局", 7, `填报单位: "清河市教育体育局"`},
	{"quote at the end alone", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", `填报单位: 清河市教育体育局"`, 7, `填报单位: "清河市教育体育局"`},
	{"quantity in half a quote", "data/q2/jiaoyu.yaml", "  抽检（批次）: 0", `  抽检（批次）: "0`, 11, ""},
	{"quantity in half a quote, in brackets", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", `  检查学校食堂: {数量: "45, 备注: 含幼儿园, 上年同期: 30}`, 16, ""},
	{"quote behind brackets", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", `  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}"`, 39, ""},
	{"two colons at once in brackets", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量:: 45, 备注: 含幼儿园, 上年同期: 30}", 14, ""},
	{"two full-width colons in brackets", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", "  检查学校食堂: {数量：：45, 备注: 含幼儿园, 上年同期: 30}", 14, ""},
	{"first line indented", "data/q2/jiaoyu.yaml", "填报单位: 清河市教育体育局", " 填报单位: 清河市教育体育局", 2, ""},
	{"first row one blank too few", "data/q2/jiaoyu.yaml", "  检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", " 检查学校食堂: {数量: 45, 备注: 含幼儿园, 上年同期: 30}", 2, ""},
	// campaign.yaml
	{"campaign: quote not closed before a full-width comma", "data/campaign.yaml", "  - {代号: shitang, 名称: 规范学校食堂, 责任单位: [教体局, 市场监管局], 摘要: 看证照、看台账、看后厨，把食堂管住。}", `  - {代号: shitang, 名称: 规范学校食堂, 责任单位: [教体局, 市场监管局], 摘要: "看证照、看台账、看后厨，把食堂管住。}`, 55, `  - {代号: shitang, 名称: 规范学校食堂, 责任单位: [教体局, 市场监管局], 摘要: "看证照、看台账、看后厨，把食堂管住。"}`},
	{"campaign: full-width colon", "data/campaign.yaml", "简称: 清河校园食安行动", "简称：清河校园食安行动", 3, ""},
	{"campaign: two colons", "data/campaign.yaml", "文号: 清食安办〔2026〕3号", "文号: 清食安办: 3号", 9, `文号: "清食安办: 3号"`},
	{"campaign: quote not closed", "data/campaign.yaml", `  联系电话: "12345"`, `  联系电话: "12345`, 9, ""},
	{"campaign: full-width quotes", "data/campaign.yaml", `  标识码: "N000000001"`, `  标识码: “N000000001”`, 8, ""},
	{"campaign: full-width commas in a list", "data/campaign.yaml", "  - {代号: shitang, 名称: 规范学校食堂, 责任单位: [教体局, 市场监管局], 摘要: 看证照、看台账、看后厨，把食堂管住。}", "  - {代号: shitang, 名称: 规范学校食堂, 责任单位: [教体局，市场监管局], 摘要: 看证照、看台账、看后厨，把食堂管住。}", 41, ""},
	{"campaign: 、 in a list", "data/campaign.yaml", "  - {代号: shitang, 名称: 规范学校食堂, 责任单位: [教体局, 市场监管局], 摘要: 看证照、看台账、看后厨，把食堂管住。}", "  - {代号: shitang, 名称: 规范学校食堂, 责任单位: [教体局、市场监管局], 摘要: 看证照、看台账、看后厨，把食堂管住。}", 41, ""},
	{"campaign: full-width brackets of a list", "data/campaign.yaml", "  - {代号: shitang, 名称: 规范学校食堂, 责任单位: [教体局, 市场监管局], 摘要: 看证照、看台账、看后厨，把食堂管住。}", "  - {代号: shitang, 名称: 规范学校食堂, 责任单位: 【教体局, 市场监管局】, 摘要: 看证照、看台账、看后厨，把食堂管住。}", 37, ""},
	{"campaign: brackets ［］", "data/campaign.yaml", "  - {代号: shitang, 名称: 规范学校食堂, 责任单位: [教体局, 市场监管局], 摘要: 看证照、看台账、看后厨，把食堂管住。}", "  - {代号: shitang, 名称: 规范学校食堂, 责任单位: ［教体局, 市场监管局］, 摘要: 看证照、看台账、看后厨，把食堂管住。}", 37, ""},
	{"campaign: no blank behind a dash", "data/campaign.yaml", "  - {代号: jiaoyu, 名称: 清河市教育体育局, 简称: 教体局}", "  -{代号: jiaoyu, 名称: 清河市教育体育局, 简称: 教体局}", 3, ""},
	{"campaign: full-width dash", "data/campaign.yaml", "  - {代号: jiaoyu, 名称: 清河市教育体育局, 简称: 教体局}", "  － {代号: jiaoyu, 名称: 清河市教育体育局, 简称: 教体局}", 3, ""},
	{"campaign: bracket not closed", "data/campaign.yaml", "  - {代号: jiaoyu, 名称: 清河市教育体育局, 简称: 教体局}", "  - {代号: jiaoyu, 名称: 清河市教育体育局, 简称: 教体局", 5, ""},
	{"campaign: tab", "data/campaign.yaml", "  域名: qinghe.example", "\t域名: qinghe.example", 1, ""},
	{"campaign: full-width comment", "data/campaign.yaml", "# 第二个活动：与示例的部门、表式、期次、地区都不同，证明换一套数据就是换一个网站", "＃ 第二个活动：与示例不同", 1, "# 第二个活动：与示例不同"},
	{"campaign: no dash", "data/campaign.yaml", "  - {代号: jiaoyu, 名称: 清河市教育体育局, 简称: 教体局}", "  {代号: jiaoyu, 名称: 清河市教育体育局, 简称: 教体局}", 3, ""},
	{"campaign: no dash before the first", "data/campaign.yaml", "  - {代号: dongcheng, 名称: 东城街道}", "  {代号: dongcheng, 名称: 东城街道}", 3, ""},
	{"campaign: no bracket at the start", "data/campaign.yaml", "  - {代号: jiaoyu, 名称: 清河市教育体育局, 简称: 教体局}", "  - 代号: jiaoyu, 名称: 清河市教育体育局, 简称: 教体局}", 5, ""},
	{"campaign: first row not indented", "data/campaign.yaml", "  名称: 清河市校园食品安全专项行动专栏", "名称: 清河市校园食品安全专项行动专栏", 1, ""},
	{"campaign: colon of a block", "data/campaign.yaml", "部门:", "部门：", 3, ""},
	// form.yaml
	{"form: full-width colon", "data/form.yaml", "    名称: 立案", "    名称：立案", 7, ""},
	{"form: no blank behind a dash", "data/form.yaml", "  - 部门: shichang", "  -部门: shichang", 3, ""},
	{"form: one blank too few", "data/form.yaml", "    单位: 件", "   单位: 件", 4, ""},
	{"form: full-width comma", "data/form.yaml", "  - {部门: jiaoyu, 名称: 抽检, 单位: 份}", "  - {部门: jiaoyu，名称: 抽检, 单位: 份}", 16, ""},
	{"form: bracket not closed", "data/form.yaml", "  - {部门: jiaoyu, 名称: 抽检, 单位: 份}", "  - {部门: jiaoyu, 名称: 抽检, 单位: 份", 5, ""},
	// release.yaml
	{"release: full-width colon", "data/q2/release.yaml", "公开方式: 主动公开", "公开方式：主动公开", 5, ""},
	{"release: colon of a block", "data/q2/release.yaml", "审核:", "审核：", 3, ""},
	{"release: full-width comma", "data/q2/release.yaml", "  复审: {人: 乙, 日期: 2026-05-05}", "  复审: {人: 乙，日期: 2026-05-05}", 12, ""},
	{"release: full-width quotes", "data/q2/release.yaml", "公开方式: 主动公开", "公开方式: “主动公开”", 7, `公开方式: "主动公开"`},
	{"release: tab", "data/q2/release.yaml", "  复审: {人: 乙, 日期: 2026-05-05}", "\t复审: {人: 乙, 日期: 2026-05-05}", 1, ""},
	{"release: no brackets", "data/q2/release.yaml", "  复审: {人: 乙, 日期: 2026-05-05}", "  复审: 人: 乙, 日期: 2026-05-05", 7, ""},
	{"release: no comma", "data/q2/release.yaml", "  复审: {人: 乙, 日期: 2026-05-05}", "  复审: {人: 乙 日期: 2026-05-05}", 12, ""},
	// corrections.yaml
	{"corrections: full-width colon", "data/corrections.yaml", "    原值: 44", "    原值：44", 7, ""},
	{"corrections: dash", "data/corrections.yaml", "  - 期次: 第二次", "  -期次: 第二次", 3, ""},
	{"corrections: two colons", "data/corrections.yaml", "    原因: 重复统计", "    原因: 更正: 重复统计", 11, `    原因: "更正: 重复统计"`},
	{"corrections: quote not closed", "data/corrections.yaml", "    原因: 重复统计", `    原因: "重复统计`, 9, `    原因: "重复统计"`},
	// Front matter; lines count in the file.
	{"front: full-width colon", "content/warnings/xiaolingshi.md", "标题: 校门口零食怎么挑", "标题：校门口零食怎么挑", 3, ""},
	{"front: no blank", "content/warnings/xiaolingshi.md", "期号: 第1期", "期号:第1期", 3, ""},
	{"front: two colons", "content/warnings/xiaolingshi.md", "标题: 校门口零食怎么挑", "标题: 提示: 校门口零食怎么挑", 7, `标题: "提示: 校门口零食怎么挑"`},
	{"front: quotes at the start", "content/warnings/xiaolingshi.md", "标题: 校门口零食怎么挑", `标题: "校门口"零食怎么挑`, 5, `标题: '"校门口"零食怎么挑'`},
	{"front: full-width quote not closed", "content/warnings/xiaolingshi.md", "标题: 校门口零食怎么挑", "标题: “校门口零食怎么挑", 5, `标题: "校门口零食怎么挑"`},
	{"front: full-width comma in a list", "content/warnings/xiaolingshi.md", "标题: 校门口零食怎么挑", "关键词: [零食， 校门口]\n标题: 校门口零食怎么挑", 9, "关键词: [零食, 校门口]"},
	{"front: bracket not closed", "content/warnings/xiaolingshi.md", "  复审: {人: 乙, 日期: 2026-05-05}", "  复审: {人: 乙, 日期: 2026-05-05", 7, ""},
	{"front: full-width comma", "content/narratives/q2/jiaoyu.md", "  复审: {人: 乙, 日期: 2026-05-05}", "  复审: {人: 乙，日期: 2026-05-05}", 12, ""},
	{"front: tab", "content/narratives/q2/jiaoyu.md", "  复审: {人: 乙, 日期: 2026-05-05}", "\t复审: {人: 乙, 日期: 2026-05-05}", 1, ""},
	{"front: colon of a narrative", "content/narratives/q2/jiaoyu.md", "公开方式: 主动公开", "公开方式：主动公开", 5, ""},
}

const ownCorrections = `更正:
  - 期次: 第二次
    部门: 教体局
    项目: 检查学校食堂
    原值: 44
    现值: 45
    原因: 重复统计
    日期: 2026-05-07
`

// slipped is the small campaign with a line typed wrong, and that line's number.
func slipped(t *testing.T, file, good, typed string) (fstest.MapFS, int) {
	t.Helper()
	files := folder(t)
	files["data/corrections.yaml"] = &fstest.MapFile{Data: []byte(ownCorrections)}
	before, after, ok := strings.Cut("\n"+string(files[file].Data), "\n"+good+"\n")
	if !ok {
		t.Fatalf("%s has no line %q", file, good)
	}
	text := strings.TrimPrefix(before+"\n"+typed+"\n"+after, "\n")
	files[file] = &fstest.MapFile{Data: []byte(text)}
	return files, strings.Count(before, "\n") + 1
}

// TestSlips: each of the usual slips is one finding at the line that was typed
// wrong, and shows it mended; the file counts as unreadable, not as missing.
func TestSlips(t *testing.T) {
	for _, s := range slipCases {
		t.Run(s.name, func(t *testing.T) {
			files, line := slipped(t, s.file, s.good, s.typed)
			c, findings := Load(files)
			if len(findings) != 1 {
				t.Fatalf("got %d findings: %v", len(findings), findings)
			}
			f := findings[0]
			if want := fmt.Sprintf("%s:%d:%d", s.file, line, s.column); f.At.String() != want || f.Rule != "yaml-syntax" || f.Level != campaign.Error {
				t.Errorf("got %s [%s], want %s", f.At, f.Rule, want)
			}
			mended := s.mended
			if mended == "" {
				mended = s.good
			}
			if hint, _, _ := strings.Cut(f.Hint, "（前面空"); strings.TrimSuffix(hint, "（顶格写）") != "改成："+mended {
				t.Errorf("%s: hint %q, want %q", f.Message, f.Hint, mended)
			}
			if at, ok := c.Unread(s.file); !ok || at != f.At.Position {
				t.Errorf("unread %v %v", at, ok)
			}
			if i := c.ItemAt(s.file); i != nil {
				t.Error("the item is taken all the same")
			}
			t.Log(f.Message)
		})
	}
}

// TestSlipsAtOnce: nothing stops at the first fault, neither in a file nor
// between files.
func TestSlipsAtOnce(t *testing.T) {
	files := folder(t)
	files["data/q2/jiaoyu.yaml"] = &fstest.MapFile{Data: []byte(`填报单位： 清河市教育体育局
填报日期: 2026年4月31日
项目:
  检查学校食堂: {数量: 45，备注: 含幼儿园}
  抽检（批次）: 1,231
	抽检（份）: 无
`)}
	files["data/q2/shichang/dongcheng.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(string(files["data/q2/shichang/dongcheng.yaml"].Data), "立案: 3", "立案:3", 1))}
	files["content/warnings/xiaolingshi.md"] = &fstest.MapFile{Data: []byte(strings.NewReplacer("标题: ", "标题：", "期号: ", "期号：").Replace(string(files["content/warnings/xiaolingshi.md"].Data)))}
	_, findings := Load(files)
	var got []string
	for _, f := range findings {
		got = append(got, fmt.Sprintf("%s %s", f.Rule, f.At))
	}
	want := []string{
		"yaml-syntax content/warnings/xiaolingshi.md:2:3", "yaml-syntax content/warnings/xiaolingshi.md:4:3",
		"yaml-syntax data/q2/jiaoyu.yaml:1:5", "date data/q2/jiaoyu.yaml:2:7", "yaml-syntax data/q2/jiaoyu.yaml:4:18", "quantity data/q2/jiaoyu.yaml:5:11", "yaml-syntax data/q2/jiaoyu.yaml:6:1",
		"yaml-syntax data/q2/shichang/dongcheng.yaml:5:5",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\n%v", strings.Join(got, "\n"), findings)
	}
}

// TestNoSlips: what is good YAML is none, with whatever Chinese text in it; nor
// is a file that has another fault told of as one.
func TestNoSlips(t *testing.T) {
	good := `# 注：全角的冒号、逗号在文字里没有错
填报单位: "清河市教育体育局：机关"
填报日期: 2026-04-29
项目:
  检查学校食堂:
    数量: 45
    备注: |
      说明：含幼儿园，不含托幼点
      其中:公办30家
      ＃ 以上为初步数
    上年同期: 30
  抽检（批次）: {数量: 0, 备注: 按“双随机”抽取，时间：9:30 至 10:30；见 https://example.com/a:b}
  抽检（份）: 无 # 注：无此项
`
	for name, edit := range map[string]*strings.Replacer{
		"good":           strings.NewReplacer(),
		"folded":         strings.NewReplacer("备注: |", "备注: >-"),
		"over lines":     strings.NewReplacer("备注: |\n      说明", "备注: \"\n      说明", "以上为初步数", "以上为初步数\""),
		"plain text":     strings.NewReplacer("备注: |\n      说明：含", "备注: 说明：含", "其中:公办30家\n", "公办：30家\n", "      ＃ 以上", "      以上"),
		"unknown row":    strings.NewReplacer("  抽检（份）", "  抽查（份）"),
		"wrong quantity": strings.NewReplacer("数量: 45", "数量: 4五"),
		"a key too many": strings.NewReplacer("    数量: 45", "    数量: 45\n    说明：另: 无"),
		"missing day":    strings.NewReplacer("填报日期: 2026-04-29\n", ""),
		"brackets":       strings.NewReplacer("备注: 按“双随机”抽取，时间：9:30 至 10:30；见 https://example.com/a:b}", "备注: 【双随机】}", "抽检（份）", "抽查（份）"),
	} {
		t.Run(name, func(t *testing.T) {
			files := folder(t)
			files["data/q2/jiaoyu.yaml"] = &fstest.MapFile{Data: []byte(edit.Replace(good))}
			_, findings := Load(files)
			for _, f := range findings {
				if f.Rule == "yaml-syntax" {
					t.Errorf("told of a slip: %s %s（%s）", f.At, f.Message, f.Hint)
				}
			}
			if name == "good" && len(findings) > 0 {
				t.Error(findings)
			}
		})
	}
}

// TestWrittenIsNoSlip: whatever text a value holds, YAML that a program has
// written is good, and a fault elsewhere in the file brings no slip with it.
func TestWrittenIsNoSlip(t *testing.T) {
	times := soak.Count(60, 5000)
	files := folder(t)
	random := rand.New(rand.NewPCG(1, 2))
	pieces := strings.Split("：|:|: |，|,|、|“|”|\"|'|【|】|［|｛|｝|[|]|{|}|#| #|＃| ＃|- |-|——|%|@|*|&|!|||> | |　|\n|\n  |备注: |数量：|甲|乙局|2022年|9:30|231|1,231|（|）|https://a.example/b:c", "|")
	for range times {
		text := func() string {
			var b strings.Builder
			for range 1 + random.IntN(9) {
				b.WriteString(pieces[random.IntN(len(pieces))])
			}
			return "文" + b.String() + "字"
		}
		form := map[string]any{"填报单位": text(), "填报日期": "2026-04-29", "项目": map[string]any{
			"检查学校食堂": map[string]any{"数量": 45, "备注": text()}, "抽检（批次）": 0, "抽检（份）": "无",
		}}
		fault := random.IntN(4)
		switch fault {
		case 0:
			form["项目"].(map[string]any)["抽检（份）"] = "三份"
		case 1:
			form["说明："] = text()
		case 2:
			delete(form, "填报日期")
		}
		written, err := yaml.Marshal(form)
		if err != nil {
			t.Fatal(err)
		}
		files["data/q2/jiaoyu.yaml"] = &fstest.MapFile{Data: written}
		_, findings := Load(files)
		for _, f := range findings {
			if f.Rule == "yaml-syntax" || fault == 3 {
				t.Errorf("%s %s（%s）\n%s", f.At, f.Message, f.Hint, written)
			}
		}
	}
}

// TestSampleIsNoSlip: the sample reads as it is, and a wrong value in any of its
// files brings no slip with it.
func TestSampleIsNoSlip(t *testing.T) {
	sample := os.DirFS("../..")
	for _, dir := range []string{"data", "content"} {
		fs.WalkDir(sample, dir, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || path.Ext(name) != ".yaml" && path.Ext(name) != ".md" {
				return err
			}
			text, err := fs.ReadFile(sample, name)
			if err != nil {
				t.Fatal(err)
			}
			if path.Ext(name) == ".md" {
				front, _, _, ok := splitFront(text)
				if text = front; !ok {
					return nil
				}
			}
			broken := append([]byte("不认识的键: 1\n"), text...)
			r := newReader(sample, nil)
			slips, _ := needed(broken, damage{weight: 1}, func(text []byte) damage {
				r.findings = nil
				node := r.parseYAML(name, text, 1)
				return weigh(append(r.findings, campaign.Finding{Level: campaign.Error}), node != nil, 1)
			})
			if len(slips) > 0 {
				t.Errorf("%s: %v", name, slips)
			}
			return nil
		})
	}
}

// FuzzSlips: whatever stands in a file, slips are within their lines and mending
// them all ends; and what can be read and has known keys is none.
func FuzzSlips(f *testing.F) {
	f.Add(ownForm)
	f.Add(ownCorrections)
	for _, s := range slipCases {
		f.Add(s.typed + "\n")
		f.Add(s.good + "\n" + s.typed + "\n" + s.good + "\n")
	}
	for _, seed := range []string{"a: {b: [c, {d: \"e", "- - - a：b\n  - c", "［［［［", "{\"", "a:\n\t- b\n　- c\n", "“", "a: \"\n b\n  c\"\n", "] }", "{a: 1,000,000}", "：", "a: ｛b：c，d：e｝ f"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Split(text, "\n")
		slips := examine([]byte(text))
		for n, s := range slips {
			if s.line < 0 || s.line >= len(lines) || s.from < 0 || s.from > s.to || s.to > len(lines[s.line]) || s.at < 0 || s.at > len(lines[s.line]) || s.message == "" {
				t.Fatalf("slip %d of %q: %+v", n, text, s)
			}
		}
		mend([]byte(text), slips)
		files := folder(t)
		files["data/q2/jiaoyu.yaml"] = &fstest.MapFile{Data: []byte(text)}
		_, findings := Load(files)
		for _, x := range findings {
			if x.At.Line < 1 || x.At.Column < 1 || x.At.File == "data/q2/jiaoyu.yaml" && x.At.Line > len(lines)+1 {
				t.Errorf("out of the file: %+v", x)
			}
		}
	})
}
