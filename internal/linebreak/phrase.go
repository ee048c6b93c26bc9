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
var wholeWords = wordsOf(headWords, strings.Fields(`
	市场 市民 市级 县级 区级 省级 县域 区域 年度 年报 月饼 日常 日期 日用 和谐 及时 季度
	网络市场 市场监管 罚没款 网络 网络交易 网上 网售 网店 网购 网站 网信 网剑 网剑行动 互联网 电子商务 直播 直播间 外卖 快递 寄递 邮政 海关 税务 商务 公安 林业 农业
	监管 监督 管理 联合 检查 抽查 整治 打击 查处 查获 清理 规范 执法 交易 平台 经营 经营者 经营部 信用 承诺 承诺书 指引 安排 发布 印发 提交 移送 公开 关于 责令 整改 提请 关闭 关停 停止 服务 删除 督促 主体 名单 失信 账号 履行 竞争
	产品 商品 食品 药品 用品 化妆品 医疗 医疗器械 器械 处方 处方药 玩具 文具 保健 限售 禁限售 进口 货物 动植物 野生 质量 合格 不合格 安全 侵权 虚假 宣传 广告 刷单 炒信 违法 违规 非法
	消费 消费者 警示 权益 保障 人体 许可 餐饮 销售 违法所得 公众 投诉 举报 统计 填报 说明 案例 案件 处罚 行为 线索 信息 数量 数据 问题 环节 渠道 节点 重要 促销 活动 责任 单位 部门 有限 公司 企业 科技 发展 合计 进展 中期 终期 截至 累计 增加
	传播 店员 旅游 旅行社 线上 线下 在线 元旦 春节 有限公司 得到 妥善 处置 巡查 疏漏 帮助 他人 虚假交易
	正当 不正当 竞争 价格 主体 责任 履行 服务 停止 责令 关停 关闭 提请 账号 网店 有害 删除 督促 失信 严重 名单 提供 接受 相关 其他 从事 健康 公众 人身 财产 标准 国家 地区 全部 金银箔 获取 配合
	人民 共和国 机关 机构 声明 技术 开发区 协议 资料 儿童 老人 母婴 门店 标识 付款 看清 怎么 真正 定金 家具 店铺 无证 条款 格式 组织 药房 订金 部署`))

// longestWord is how many characters the longest of them has.
var longestWord = longestOf(wholeWords)

func longestOf(w words) (longest int) {
	for _, list := range w {
		for _, word := range list {
			longest = max(longest, len(word))
		}
	}
	return longest
}

// nameEnds end the name of an office, a company or a shop.
const nameEnds = "局厅院司店部房"

// wordEnds are characters that words end with and hardly any begins with, wordStarts
// those that keep with what follows.
const (
	wordEnds   = "的和及与暨之县区省州者性率额款类书例们罪处件"
	wordStarts = "不未无某"
)

// The discord of a torn word, and of a quotation parted from what it names or what names
// it: 网售 from “特供”酒.
const (
	tearing = 10
	quoted  = 2.5
)

// Discord is what it costs the reader when a line ends before the i-th
// character.
func Discord(text []rune, i int) float64 {
	if i == len(text) {
		return 0
	}
	if tears(text, i) {
		return tearing
	}
	return pause(text, i)
}

// pause is the discord of a line's end between words.
func pause(text []rune, i int) float64 {
	a, b := text[i-1], text[i]
	switch {
	case strings.ContainsRune("）」』，、：；。", a), b == '（', a == ' ':
		return 0
	case strings.ContainsRune(wordStarts, a), strings.ContainsRune(wordEnds, b):
		return 8
	case strings.ContainsRune("的和及与暨年月日市县区省", a):
		return 1
	case i < len(text)-1 && (strings.ContainsRune(nameEnds, a) || i > 1 && startsWith(text[i-2:], "海关")):
		return 1
	case strings.ContainsRune("》”", a), strings.ContainsRune("《“「『", b):
		return quoted
	case IsWord(a) != IsWord(b):
		return 4.5
	}
	for _, w := range headWords {
		if startsWith(text[i:], w) {
			return 0.5
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
	closed, whole := 0, 0 // up to here a short bracket or quotation goes, and a word
	for i, may := range usual.Breaks(runes) {
		costs[i] = tearing
		if may && i >= closed && i >= whole {
			costs[i] = pause(runes, i)
			if i == 1 || i == len(runes)-1 {
				costs[i] += 3 // a line of one character
			}
		}
		closed, whole = max(closed, i+shortBracket(runes[i:])), max(whole, i+wholeWords.at(runes, i))
	}
	return phrases(runes, costs)
}

// Words parts a label, which stands in columns narrower than a phrase, as Phrases
// does, and further between words of the list.
func Words(text string) (list []string) {
	runes := []rune(text)
	whole, ends := 0, map[int]bool{} // up to here a word goes; where words end
	from := 0
	at := 0 // of the phrase
	for _, phrase := range Phrases(text) {
		at += utf8.RuneCountInString(phrase)
		for i := from; i < at; i++ {
			n := wholeWords.at(runes, i)
			if i > from && n > 0 && i >= whole && ends[i] {
				list, from = append(list, string(runes[from:i])), i
			}
			if n > 0 {
				whole, ends[i+n] = max(whole, i+n), true
			}
		}
		list, from = append(list, string(runes[from:at])), at
	}
	return list
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
func tears(text []rune, i int) bool {
	for from := max(0, i-longestWord+1); from < i; from++ {
		if from+wholeWords.at(text, from) > i {
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
