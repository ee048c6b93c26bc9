package prose

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// namesOther reports whether words before a number make it someone else's.
func (m *Matcher) namesOther(before string) bool {
	if m.wideScope(before) {
		return true
	}
	for _, r := range m.rows {
		before = strings.ReplaceAll(before, r.Name, "") // 移送公安机关案件
		if name := m.names[r]; strings.Contains(name, "机关") || strings.Contains(name, "部门") {
			before = strings.ReplaceAll(before, name, "") // without 数量
		}
	}
	return slices.ContainsFunc(m.campaign.Departments, func(d *campaign.Department) bool { return d != m.department && m.speaksOf(before, d) })
}

// wideScope reports whether words make a number one of more than the round's
// report, or of another time.
func (m *Matcher) wideScope(before string) bool {
	before = strings.ReplaceAll(before, m.whole(), "")
	return slices.ContainsFunc(wideWords, func(wide string) bool { return strings.Contains(before, wide) })
}

// whole is what everything that the campaign is about is called.
func (m *Matcher) whole() string { return m.campaign.Tier.Say("全市") }

var wideWords = []string{"全省", "全国", "全系统", "季度", "半年", "分局", "直属", "督办", "某", "同期", "上年", "去年", "同比", "环比", "占", "目标", "计划", "力争", "预计", "上级", "省局"}

// scope returns which round and which region a number is of.
func (m *Matcher) scope(sentence, before string) (*campaign.Round, *campaign.Region, bool) {
	round := m.round
	if partOfTime.MatchString(before) && !untilNow.MatchString(before) {
		return nil, nil, false
	}
	rounds := 0
	for _, r := range m.campaign.Rounds {
		if r != m.round && (mentions(before, r.Named) || EndsOn(before, r.Deadline)) {
			round, rounds = r, rounds+1
		}
	}
	if at := strings.Index(sentence, before); at >= 0 {
		if ofSome.MatchString(sentence[:at]) {
			return nil, nil, false
		}
		own, _, _ := strings.Cut(sentence[at+len(before):], "其中") // of a part: 其中章贡区18件
		sentence = sentence[:at+len(before)] + own
	}
	region, clear := m.regionOf(sentence, before)
	if rounds > 1 || !clear || m.region != nil && (strings.Contains(before, m.whole()) || strings.Contains(before, m.campaign.Tier.Say("市本级"))) {
		return nil, nil, false
	}
	return round, region, true
}

// regionOf returns the region that words before a number name, else the
// matcher's; clear is false where a sentence names others.
func (m *Matcher) regionOf(sentence, before string) (region *campaign.Region, clear bool) {
	region, clear = m.region, true
	regions := 0
	for _, r := range m.campaign.Regions {
		switch {
		case mentions(before, r.Named):
			region, regions = r, regions+1
		case r != m.region && mentions(sentence, r.Named):
			clear = false
		}
	}
	return region, clear && regions <= 1
}

// ofSome ends before words that are about some parties only: 对12家企业查处….
var ofSome = regexp.MustCompile(`[对向][0-9０-９一二三四五六七八九十百两]{1,6}[余多]?(?:家|户|名)?(?:企业)?$`)

var (
	// partOfTime is less than a round's report covers: 10月查处62件, 国庆期间.
	partOfTime = regexp.MustCompile(`(?:[0-9０-９]|[一二三四五六七八九十])月(?:份|[上中下]旬|[0-9０-９一二三四五六七八九十]{1,3}日)?(?:[，,]|[至到—~～-]|期间|当[日天]|[\p{Han}“]*$)|[”节日会周假夏]期间`)
	untilNow   = regexp.MustCompile(`截至|截止|以来|至今|开始|月底|月末|日[前起]|月起|[至到—~～-][0-9０-９一二三四五六七八九十]{1,3}月(?:底|末)?[，,]`)
)

// EndsOn reports whether words say that figures are as of a day: 截至9月28日.
func EndsOn(before string, day campaign.Date) bool {
	return (strings.Contains(before, "截至") || strings.Contains(before, "截止")) &&
		slices.ContainsFunc(Days(before), func(d Day) bool { return d.Agrees(day) })
}

// spokenNames lists what a text calls departments beside their names: 公安机关,
// 市场监管部门.
func spokenNames(c *campaign.Campaign) map[*campaign.Department][]string {
	list := map[*campaign.Department][]string{}
	taken := map[string]bool{}
	for _, d := range c.Departments {
		for _, name := range d.Names()[1:] {
			for _, end := range []string{"管理局", "局", "办", "委"} {
				stem := strings.TrimPrefix(strings.TrimSuffix(name, end), "市")
				if stem == name || utf8.RuneCountInString(stem) < 2 || utf8.RuneCountInString(stem) > 5 {
					continue
				}
				for _, body := range []string{"机关", "部门", "管理部门", "系统"} {
					if !taken[stem+body] {
						taken[stem+body] = true
						list[d] = append(list[d], stem+body)
					}
				}
			}
		}
	}
	return list
}

// speaksOf reports whether a text names a department, or calls it 公安机关 and
// the like.
func (m *Matcher) speaksOf(text string, d *campaign.Department) bool {
	return mentions(text, d.Named) || slices.ContainsFunc(m.spoken[d], func(name string) bool { return strings.Contains(text, name) })
}

// mentions reports whether a text has one of the names.
func mentions(text string, n campaign.Named) bool {
	has := func(name string) bool { return utf8.RuneCountInString(name) > 1 && strings.Contains(text, name) }
	return has(n.Short) || has(n.Name) || slices.ContainsFunc(n.Aliases, has)
}
