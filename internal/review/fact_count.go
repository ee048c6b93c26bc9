package review

import (
	"fmt"
	"regexp"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/prose"
)

// factCount compares how many departments a text says there are with how many
// names are listed; how the names are spelled is no matter.
var factCount = Rule{
	Code: "fact-count", Level: campaign.Error,
	Words: "写“十部门”的，列出名字的部门也是十个：发布机构、落款、正文里的列举和 campaign.yaml 的“部门”。",
	Inspect: func(r *reading) []campaign.Finding {
		if r.Item == nil || r.Item.Document == nil && r.Item.Kind != campaign.Pages || !containsAny(r.text, "部门", "单位") {
			return nil
		}
		return departmentCounts(r)
	},
}

var (
	countOf    = regexp.MustCompile(`([0-9０-９]{1,2}|[一二两三四五六七八九十]{1,3})个?(?:市级|市直|县级|相关|有关|成员)?(?:部门|单位|委办局)`)
	issueTo    = regexp.MustCompile(`^(?:联合|共同|会同)?(?:印发|发布|发文|下发|制定|出台|会签|研究|决定)`)
	ofItself   = regexp.MustCompile(`^(?:联合|共同|会商|开会)?(?:研究|决定)|^(?:联合|共同)?(?:印发|制定|发布)(?:本|此)`) // not the paper of others
	byDuty     = regexp.MustCompile(`^按(?:照)?(?:各自)?职责`)
	startOf    = regexp.MustCompile(`^(?:联合|共同)(?:开展|部署|组织)(?:的|了)?[^，,。；;]{0,20}(?:专项行动|网剑行动|整治行动)`)
	actionBy   = regexp.MustCompile(`行动由[^，,。；;]{0,24}$`)
	fromAbove  = regexp.MustCompile(`总局|国家|国务院|中央|全国|[^全本]省|部委`)
	listBefore = regexp.MustCompile(`([\p{Han}（）()]{2,24}(?:[、和及 　][\p{Han}（）()]{2,24})+?)(等)?$`)
	unitEnd    = regexp.MustCompile(`(?:局|委|办|办公室|委员会|海关|中心|支队|大队|法院|检察院|公司|院|部|会|署|所|部门|机关|监管|公安|网信|税务|邮政|商务|林业|文旅|工信)$`)
)

func departmentCounts(r *reading) (remarks []campaign.Finding) {
	signed, signedAt := signingUnits(r)
	issuers := unitsIn(r.Item.Source)
	if r.Item.Document != nil {
		issuers = unitsIn(r.Item.Document.Issuer)
	}
	for _, s := range r.statements() {
		if s.what == inQuote {
			continue
		}
		for _, m := range countOf.FindAllStringSubmatchIndex(s.text, -1) {
			value, ok := prose.ParseNumber(s.text[m[2]:m[3]])
			n := int(value.IntPart())
			if !ok || n < 2 || quoted(s.text, m[0]) {
				continue
			}
			before, after := clauseBefore(s.text[:m[0]]), s.text[m[1]:]
			want, where := 0, ""
			named, rest := listed(before)
			isIssue := byDuty.MatchString(after) || issueTo.MatchString(after) || startOf.MatchString(after) || actionBy.MatchString(before)
			switch {
			case named > n, named >= 2 && named != n && !rest, named >= 5 && named*2 > n && named != n:
				want, where = named, "前面列出的名字"
			case named > 2 && !ofItself.MatchString(after) || fromAbove.MatchString(sentenceBefore(s.text[:m[0]])) || !isIssue:
			case issuers > 2:
				want, where = issuers, fmt.Sprintf("“发布机构”（%s）", r.Item.Keys.Of("发布机构").Source())
			case signed > 2:
				want, where = signed, fmt.Sprintf("落款（%s）", signedAt.Source())
			case ofCampaign(r, s.text, m[1]):
				want, where = len(r.Campaign.Departments), fmt.Sprintf("%s 的“部门”", r.Campaign.Keys.Of("部门").Source())
			}
			if want != 0 && want != n {
				written := s.text[m[0]:m[1]]
				remarks = append(remarks, finding(r.find(s, written), fmt.Sprintf("这里写的是“%s”，%s有 %d 个", written, where, want), "数一数，把写错的一处改正"))
			}
		}
	}
	return remarks
}

// ofCampaign reports whether a count is of those who run the campaign.
func ofCampaign(r *reading, text string, end int) bool {
	after := text[end:]
	if at := strings.IndexAny(after, "。；;"); at >= 0 {
		after = after[:at]
	}
	own := r.Item.Document != nil && r.Campaign.DocumentNumber != "" && r.Item.Document.Number == r.Campaign.DocumentNumber
	return own || startOf.MatchString(text[end:]) || containsAny(after, r.Campaign.Name, r.Campaign.Short, "行动方案") || actionBy.MatchString(beforeCount(text, end))
}

func beforeCount(text string, end int) string {
	m := countOf.FindAllStringIndex(text[:end], -1)
	if len(m) == 0 {
		return ""
	}
	return text[:m[len(m)-1][0]]
}

// listed counts the names before a count: A、B、C等; rest reports 等.
func listed(before string) (names int, rest bool) {
	m := listBefore.FindStringSubmatch(before)
	if m == nil {
		return 0, strings.HasSuffix(before, "等")
	}
	return unitsIn(m[1]), m[2] != "" || strings.HasSuffix(m[1], "等")
}

func unitsIn(text string) (count int) {
	text = strings.TrimSuffix(text, "等")
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、和及,，; ；　", r) }) {
		if unitEnd.MatchString(name) {
			count++
		}
	}
	return count
}

func clauseBefore(s string) string {
	if at := strings.LastIndexAny(s, "，,。；;：:！？\n\t"); at >= 0 {
		r := []rune(s[at:])
		return string(r[1:])
	}
	return s
}

func sentenceBefore(s string) string {
	if at := strings.LastIndexAny(s, "。；;\n"); at >= 0 {
		return s[at:]
	}
	return s
}

// signingUnits counts the units that sign at the end of a body, one or more a line.
func signingUnits(r *reading) (count int, at campaign.Position) {
	for n := len(r.prose) - 1; n >= r.Item.Body.FirstLine-1 && n >= 0; n-- {
		text := strings.Trim(r.prose[n], " \t　")
		if days := prose.Days(text); text == "" || len(days) == 1 && days[0].To-days[0].From == len(text) {
			continue
		}
		names := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、 　\t", r) })
		for _, name := range names {
			if !authorityName.MatchString(name) {
				return count, at
			}
		}
		count += len(names)
		at = campaign.Position{File: r.File, Line: n + 1, Column: 1}
	}
	return count, at
}
