package review

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/prose"
)

var (
	annexList  = regexp.MustCompile(`^[\s　>*_-]*附[ 　]*件[*_]*[:：]`)
	annexEntry = regexp.MustCompile(`([1-9１-９][0-9０-９]?)[ ]*[.．、][ 　]*[^0-9０-９ 　]`)
	annexHead  = regexp.MustCompile(`^附[ 　]*件[ 　]*([0-9０-９一二三四五六七八九十]{0,3})[ 　]*(?:[:：].*)?$`)
	annexNamed = regexp.MustCompile(`附件[ 　]*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})?`)
	annexUse   = regexp.MustCompile(`(?:见|参见|参照|按照|对照|依照|随附|填写|所附|下载|使用|依据|按|附|的|在|将|本页|本通知|本公告|本方案|以)$`)
	notOwn     = regexp.MustCompile(`(?:》|方案|通知|办法|公告|文件|号|指南|规定|邮件|陌生|不明|微信|短信|原|其|该)[）)]?(?:的|中的|中|所附|里的)?$`)
	ownPaper   = regexp.MustCompile(`(?:本|此)(?:方案|通知|办法|公告|文件|指南|规定)(?:的|中的|中|所附|里的)?$`)
	alsoAnnex  = regexp.MustCompile(`^[、和及与]+$`)
	notPaper   = regexp.MustCompile(`^(?:大小|格式要求|上传|栏|名)`)
)

func annexes(r *reading) []campaign.Finding {
	if r.Item == nil || r.Item.Document == nil || !strings.Contains(r.text, "附件") {
		return nil
	}
	i := r.Item
	listed, listAt := listedAnnexes(r)
	below, most, mostAt := mentionedAnnexes(r)
	attached := len(i.Document.Attachments)
	have := attached + linkedFiles(i) + below
	key := "开头的信息里没有“附件”"
	if i.Keys.Has("附件") {
		key = fmt.Sprintf("“附件”（%s）", i.Keys.Of("附件").Source())
	}
	const hint = "把附件放在这篇旁边，写进“附件”；附件就在正文后面的，另起一行写“附件”"
	switch {
	case listed > have:
		return []campaign.Finding{finding(listAt, fmt.Sprintf("附件说明列了 %d 个附件，%s", listed, only(key, have)), hint)}
	case most > have:
		return []campaign.Finding{finding(mostAt, fmt.Sprintf("正文提到附件%s，%s", number(most), only(key, have)), hint)}
	case listed > 0 && attached > listed && below == 0:
		return []campaign.Finding{finding(listAt, fmt.Sprintf("附件说明列了 %d 个附件，%s附了 %d 个", listed, key, attached), "补全附件说明，或去掉多附的文件")}
	}
	return nil
}

// listedAnnexes counts the annexes of the longest 附件说明.
func listedAnnexes(r *reading) (count int, at campaign.Position) {
	for n := r.Item.Body.FirstLine - 1; n < len(r.lines); n++ {
		if annexList.MatchString(r.prose[n]) && !strings.HasPrefix(strings.TrimSpace(r.lines[n]), "#") {
			if entries := entries(r.prose[n:]); entries > count {
				count, at = entries, r.at(n, strings.Index(r.lines[n], "附"))
			}
		}
	}
	return count, at
}

// mentionedAnnexes counts the annexes that follow the body, and finds the
// highest number of one that the body mentions.
func mentionedAnnexes(r *reading) (below, most int, mostAt campaign.Position) {
	heads := map[string]bool{}
	for _, s := range r.statements() {
		if s.what == inTitle || s.what == inSummary || s.what == inQuote {
			continue
		}
		text := strings.Trim(s.text, " 　*")
		if m := annexHead.FindStringSubmatch(text); m != nil && (s.what == inHeading || !strings.ContainsAny(text, ":：")) {
			heads[m[1]] = true
			continue
		}
		if annexList.MatchString(text) {
			continue
		}
		own, end := true, 0
		for _, m := range annexNamed.FindAllStringSubmatchIndex(s.text, -1) {
			number, ok := namedAnnex(s.text, m)
			if end > 0 && alsoAnnex.MatchString(s.text[end:m[0]]) {
				ok = ok && own // 其附件1、附件2
			}
			own, end = ok, m[1]
			if ok && number > most {
				most, mostAt = number, r.find(s, s.text[m[0]:m[1]])
			}
		}
	}
	return len(heads), most, mostAt
}

// only says how few annexes there are.
func only(key string, have int) string {
	if have == 0 {
		return key + "，一个也没有附"
	}
	return fmt.Sprintf("%s只附了 %d 个", key, have)
}

func number(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprint(n)
}

// entries counts what an 附件说明 lists, from its first line on.
func entries(lines []string) int {
	first := annexList.ReplaceAllString(lines[0], "")
	count := len(annexEntry.FindAllString(first, -1))
	blanks := 0
	for _, line := range lines[1:] {
		text := strings.TrimLeft(line, " 　\t>")
		if text == "" {
			if blanks++; blanks > 1 {
				break
			}
			continue
		}
		if m := annexEntry.FindStringIndex(text); m == nil || m[0] > 0 {
			break
		}
		count++
	}
	if count == 0 && strings.TrimSpace(first) != "" {
		return 1
	}
	return count
}

// namedAnnex returns which annex of the document itself a mention is of; ok is
// false where it is another paper's, or a word in another sense.
func namedAnnex(text string, m []int) (which int, ok bool) {
	before, after := text[:m[0]], text[m[1]:]
	if quoted(text, m[0]) || notOwn.MatchString(before) && !ownPaper.MatchString(before) || notPaper.MatchString(after) {
		return 0, false
	}
	if m[2] >= 0 {
		n, ok := prose.ParseNumber(text[m[2]:m[3]])
		if !ok || n.IntPart() > 50 {
			return 0, false
		}
		return int(n.IntPart()), true
	}
	return 1, annexUse.MatchString(before) || strings.HasSuffix(before, "（") || strings.HasSuffix(before, "(")
}

// linkedFiles counts the files that a body links to, those of 附件 left out.
func linkedFiles(i *campaign.Item) int {
	files := map[string]bool{}
	for _, l := range i.Body.Links {
		if file := l.Attached(); file != "" && !l.Image && !intake.IsMedia(file) && !slices.ContainsFunc(i.Document.Attachments, func(a campaign.Attachment) bool { return a.File == file }) {
			files[file] = true
		}
	}
	return len(files)
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
	if r.Item == nil || r.Item.Document == nil && r.Item.Kind != campaign.Pages || !containsAny(r.text, "部门", "单位") {
		return nil
	}
	list := unitLists{reading: r, issuers: unitsIn(r.Item.Source)}
	list.signed, list.signedAt = signingUnits(r)
	if r.Item.Document != nil {
		list.issuers = unitsIn(r.Item.Document.Issuer)
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
			if want, where := list.counted(s.text, m[0], m[1], n); want != 0 && want != n {
				written := s.text[m[0]:m[1]]
				remarks = append(remarks, finding(r.find(s, written), fmt.Sprintf("这里写的是“%s”，%s有 %d 个", written, where, want), "数一数，把写错的一处改正"))
			}
		}
	}
	return remarks
}

// unitLists are the lists of units that a document has.
type unitLists struct {
	*reading
	issuers  int
	signed   int
	signedAt campaign.Position
}

// counted returns how many units the list has that a count in a text is of, and
// where it stands; 0 where it is of none.
func (l unitLists) counted(text string, start, end, n int) (want int, where string) {
	before, after := clauseBefore(text[:start]), text[end:]
	named, rest := listed(before)
	isIssue := actionBy.MatchString(before) || slices.ContainsFunc([]*regexp.Regexp{byDuty, issueTo, startOf}, func(r *regexp.Regexp) bool { return r.MatchString(after) })
	switch {
	case named > n, named < n && (named >= 2 && !rest || named >= 5 && named*2 > n):
		return named, "前面列出的名字"
	case named > 2 && !ofItself.MatchString(after) || fromAbove.MatchString(sentenceBefore(text[:start])) || !isIssue:
	case l.issuers > 2:
		return l.issuers, fmt.Sprintf("“发布机构”（%s）", l.Item.Keys.Of("发布机构").Source())
	case l.signed > 2:
		return l.signed, fmt.Sprintf("落款（%s）", l.signedAt.Source())
	case ofCampaign(l.reading, text, start, end):
		return len(l.Campaign.Departments), fmt.Sprintf("%s 的“部门”", l.Campaign.Keys.Of("部门").Source())
	}
	return 0, ""
}

// ofCampaign reports whether a count is of those who run the campaign.
func ofCampaign(r *reading, text string, start, end int) bool {
	after := text[end:]
	if at := strings.IndexAny(after, "。；;"); at >= 0 {
		after = after[:at]
	}
	own := r.Item.Document != nil && r.Campaign.DocumentNumber != "" && r.Item.Document.Number == r.Campaign.DocumentNumber
	return own || startOf.MatchString(text[end:]) || containsAny(after, r.Campaign.Name, r.Campaign.Short, "行动方案") || actionBy.MatchString(text[:start])
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
