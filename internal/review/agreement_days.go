package review

import (
	"cmp"
	"regexp"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/prose"
)

var (
	dayLabel = map[string]*regexp.Regexp{
		"决定日期": regexp.MustCompile(`(?:决定日期|处罚日期|处罚时间|决定时间|作出(?:行政)?处罚(?:决定)?的?(?:日期|时间)|处罚决定书?(?:作出)?的?日期)[:：为是\s（(]*$`),
		"成文日期": regexp.MustCompile(`(?:成文日期|成文时间|发文日期)[:：为是\s]*$`),
		"发布日期": regexp.MustCompile(`(?:发布日期|发布时间|公布日期|公开日期)[:：为是\s]*$`),
	}

	// decidedThen follows the day of a decision anywhere; punishedThen in the
	// parts that tell of the penalty.
	decidedThen  = regexp.MustCompile(`作出[^。；;]{0,40}?处罚|(?:决定|依法)(?:对[^，,。；;]{2,40})?(?:给予|处以|处|没收|作出|罚款)[^。；;]{0,30}(?:罚|没收|警告)|处罚决定书|处罚决定[（(。，,；;]|(?:处以?|并处)[^，,。；;]{0,16}罚款|罚款[0-9０-９一二三四五六七八九十壹贰叁肆伍陆柒捌玖人]`)
	punishedThen = regexp.MustCompile(`决定(?:如下)?[：:]|(?:作出|给予|依法|予以|实施|决定)[^。；;]{0,24}处罚|处罚决定|罚款|没收|警告|吊销`)
	penaltyHead  = regexp.MustCompile(`处罚|处理|结果|查处情况|决定`)
	// otherThen is of another step of the case, or another case.
	otherThen   = regexp.MustCompile(`告知|听证|拟|集体讨论|讨论决定|批准|审批|执法人员|审议|案审会|合议|立案|送达|陈述|申辩|曾|复议|诉讼|移送|另案|缴|交纳|交清|付清|施行|实施|修订|公布|印发|查获|到期|届满|起至|同类|改正通知|整改通知|复查|检验|检测|抽样|备案|公示|上次|前次|此前|执行完毕|履行`)
	otherBefore = regexp.MustCompile(`曾|此前|之前因|另案|前次|上次|同类|送达|自$|截至$|截止$|至$|到$|期限|以来|收到|告知|听证`)
	inDecree    = regexp.MustCompile(`决定书[^。；;]{0,50}$`)
	lawTitle    = regexp.MustCompile(`《[^《》]*(?:法|办法|规定|条例|规则|解释|通知|意见)》`)
)

func datesThatDiffer(c *campaign.Campaign, i *campaign.Item, s *statement) []difference {
	if s.what == inQuote || i.Case == nil && i.Document == nil && i.Warning == nil {
		return nil
	}
	days := prose.Days(s.text)
	if len(days) == 0 {
		return nil
	}
	days = days[:min(len(days), mostFacts)]
	switch {
	case i.Case != nil:
		return daysOfDecision(i, s, days)
	case i.Document != nil && s.attached():
		if s.signs {
			return notDay("成文日期", s, days[0], i.Document.WrittenOn)
		}
	case i.Document != nil:
		return append(daysOfSignature(s, days, "成文日期", i.Document.WrittenOn), daysLabelled(s, days, "发布日期", i.PublishedAt.Date)...)
	case i.Warning != nil:
		return daysOfSignature(s, days, "发布日期", i.PublishedAt.Date)
	}
	return nil
}

func notDay(key string, s *statement, d prose.Day, want campaign.Date) []difference {
	if want.IsZero() || d.Agrees(want) {
		return nil
	}
	return []difference{{written: s.text[d.From:d.To], key: key, want: want.String()}}
}

// daysOfDecision finds the days on which the penalty is said to be decided.
func daysOfDecision(i *campaign.Item, s *statement, days []prose.Day) (list []difference) {
	decided := i.Case.DecidedOn
	if s.attached() {
		return decisionDay(i, s, days)
	}
	for n, d := range days {
		if quoted(s.text, d.From) {
			continue
		}
		from, end := around(s.text, days, n)
		before, after := s.text[from:d.From], s.text[d.To:end]
		if dayLabel["决定日期"].MatchString(before) || isDecisionDay(i, s, d, before, after) {
			list = append(list, notDay("决定日期", s, d, decided)...)
		}
	}
	return list
}

// around bounds the words that belong to the nth day: its sentence, between
// the days before and after it.
func around(text string, days []prose.Day, n int) (from, end int) {
	end = len(text)
	if at := strings.IndexAny(text[days[n].To:], "。！？；;\n"); at >= 0 {
		end = days[n].To + at
	}
	if n+1 < len(days) && days[n+1].From < end {
		end = days[n+1].From
	}
	if at := strings.LastIndexAny(text[:days[n].From], "。！？；;\n"); at >= 0 {
		from = at
	}
	if n > 0 && days[n-1].To > from {
		from = days[n-1].To
	}
	return from, end
}

func isDecisionDay(i *campaign.Item, s *statement, d prose.Day, before, after string) bool {
	if otherBefore.MatchString(before) || remote.MatchString(s.section) && !nearParty.MatchString(after) {
		return false
	}
	if inDecree.MatchString(before) && !otherThen.MatchString(before) && !decidedThen.MatchString(after) {
		return true
	}
	form := decidedThen
	if penaltyHead.MatchString(s.section) {
		form = punishedThen
	}
	after = lawTitle.ReplaceAllString(after, "")
	m := form.FindStringIndex(after)
	if m == nil || otherThen.MatchString(firstRunes(after[:m[0]], 30)) || othersAct(after[:m[1]], i) || officeOf(i.Case.Authority).elsewhere(before) || unrealDecision.MatchString(after) {
		return false
	}
	return !isEarlier(d, i.Case.DecidedOn) || !earlierPenalty.MatchString(before+after)
}

// earlierPenalty tells of a penalty of the party before this one.
var earlierPenalty = regexp.MustCompile(`因[^。；;]*被|被[^。；;]*后[，,]?[^。；;]*再|曾|再次|又被|已被|又因|前科`)

func isEarlier(d prose.Day, than campaign.Date) bool {
	d.Year = cmp.Or(d.Year, than.Year)
	return d.Date.Before(than)
}

// unrealDecision is of what was not decided that day, or of a span from it.
var unrealDecision = regexp.MustCompile(`^(?:起|至|前|以来)|(?:未|不予|免予|没有)[^，,。；;]{0,6}处罚|处罚(?:事先)?告知|处罚建议|听证`)

// decisionDay finds the day under a 决定书: alone in its line, below what it
// decides.
func decisionDay(i *campaign.Item, s *statement, days []prose.Day) []difference {
	if len(days) != 1 {
		return nil
	}
	d := days[0]
	before, after := s.text[:d.From], strings.TrimRight(s.text[d.To:], "。 　（印章）()")
	signed := s.signs && after == "" && (before == "" || authorityName.MatchString(before) || dayLabel["决定日期"].MatchString(before))
	if !signed || d.Year == 0 {
		return nil
	}
	return notDay("决定日期", s, d, i.Case.DecidedOn)
}

// daysOfSignature finds the day under a document: alone in its paragraph, or
// with its name before it.
func daysOfSignature(s *statement, days []prose.Day, key string, want campaign.Date) (list []difference) {
	for n, d := range days {
		before := s.text[:d.From]
		if n > 0 {
			before = s.text[days[n-1].To:d.From]
		}
		label := strings.TrimRight(before, "*| \t")
		labelled := dayLabel[key].MatchString(label) && (s.what == inTable || !strings.Contains(before, "》"))
		if labelled || s.what == inBody && len(days) == 1 && isSignature(s.text, d, key, before) ||
			key == "发布日期" && ownNotice.MatchString(s.text[d.To:]) && !strings.Contains(before, "》") {
			list = append(list, notDay(key, s, d, want)...)
		}
	}
	return list
}

// isSignature reports whether the only day of a paragraph is the one under the
// document, or tells when it is published.
func isSignature(text string, d prose.Day, key, before string) bool {
	signs, rest := signature.MatchString(strings.TrimSpace(before)), text[d.To:]
	if d.Year != 0 && strings.Trim(rest, "。 　\t（印章）()") == "" && (signs || strings.TrimSpace(before) == "") {
		return true
	}
	return key == "发布日期" && published.MatchString(rest) && (signs || strings.Trim(before, " （(　") == "")
}

// daysLabelled finds the days that a text has under a key's own name.
func daysLabelled(s *statement, days []prose.Day, key string, want campaign.Date) (list []difference) {
	for _, d := range days {
		if before := strings.TrimRight(s.text[:d.From], "*| \t"); s.what == inTable && dayLabel[key].MatchString(before) {
			list = append(list, notDay(key, s, d, want)...)
		}
	}
	return list
}

var (
	// signature is the unit before a day, with nothing else.
	signature = regexp.MustCompile(`^[\p{Han}、 　（）()]{2,60}(?:局|委|办|委员会|办公室|政府|海关|中心|协会|所)[\s　]*$`)
	published = regexp.MustCompile(`^(?:发布|公布)[）)。\s]*$`)
	ownNotice = regexp.MustCompile(`^[\p{Han}]{0,16}?(?:发布|公布)(?:本|此|这)(?:警示|提示|期)`)
)
