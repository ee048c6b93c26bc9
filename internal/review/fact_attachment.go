package review

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/attachment"
	"wangjian/internal/campaign"
	"wangjian/internal/prose"
)

// factAttachment counts: files have names for addresses, annexes have titles.
var factAttachment = Rule{
	Code: "fact-attachment", Level: campaign.Error,
	Words: "公文正文里提到的附件都附上了：写在“附件”里、在正文里有链接，或另起一行写“附件”接在正文后面；附件说明列了几个，就附几个。",
	Inspect: func(r *reading) []campaign.Finding {
		if r.Item == nil || r.Item.Document == nil || !strings.Contains(r.text, "附件") {
			return nil
		}
		return annexes(r)
	},
}

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
	i := r.Item
	attached := len(i.Document.Attachments)
	listed, most := 0, 0
	var listAt, mostAt campaign.Position
	for n := i.Body.FirstLine - 1; n < len(r.lines); n++ {
		if annexList.MatchString(r.prose[n]) && !strings.HasPrefix(strings.TrimSpace(r.lines[n]), "#") {
			if count := entries(r.prose[n:]); count > listed {
				listed, listAt = count, r.at(n, strings.Index(r.lines[n], "附"))
			}
		}
	}
	below := map[string]bool{}
	for _, s := range r.statements() {
		if s.what == inTitle || s.what == inSummary || s.what == inQuote {
			continue
		}
		text := strings.Trim(s.text, " 　*")
		if m := annexHead.FindStringSubmatch(text); m != nil && (s.what == inHeading || !strings.ContainsAny(text, ":：")) {
			below[m[1]] = true
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
	linked := linkedFiles(i)
	have := attached + linked + len(below)
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
	case listed > 0 && attached > listed && len(below) == 0:
		return []campaign.Finding{finding(listAt, fmt.Sprintf("附件说明列了 %d 个附件，%s附了 %d 个", listed, key, attached), "补全附件说明，或去掉多附的文件")}
	}
	return nil
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
		if file := l.Attached(); file != "" && !l.Image && !attachment.IsMedia(file) && !slices.Contains(i.Document.Attachments, file) {
			files[file] = true
		}
	}
	return len(files)
}
