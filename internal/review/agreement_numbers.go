package review

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/prose"
)

var (
	otherDecree = regexp.MustCompile(`曾|此前|另案|另一|前次|上次|同类|去年|上年|告知书|听证|责令改正|责改|立案|扣押|查封|强制|先行登记|行政复议|移送|通知书|案例|参见`)
	decreeKind  = regexp.MustCompile(`罚(?:决|字)?$|处$|处字$|罚决字$|处罚字$|行罚$|罚$|决$|案$|处罚决字$`)
	noticeKind  = regexp.MustCompile(`告|听|改|立|扣|封|强|登|送|通|催|延|撤|终|移`)
	indexNumber = regexp.MustCompile(`[0-9A-Z]{18}/[0-9]{4}-[0-9]{4,6}`)
	indexLabel  = regexp.MustCompile(`索引号[:：为是\s*|]*$`)
	issueNumber = regexp.MustCompile(`(?:((?:19|20)[0-9]{2})年?)?[ ]*第[ ]*([0-9０-９一二三四五六七八九十百]{1,4})[ ]*[号期]`)
	issueOf     = regexp.MustCompile(`(?:消费)?(?:警示|提示|预警|提醒(?:广大)?消费者)[〔（(\s]*$|期号[:：为是\s*|]*$|本期[为是]?[（(\s]*$|^[\s　（(]*$`)
	issueAfter  = regexp.MustCompile(`^[）)〕\s]*(?:消费)?(?:警示|提示|预警)`)
)

func numbersThatDiffer(c *campaign.Campaign, i *campaign.Item, s *statement) []difference {
	switch {
	case i.Case != nil:
		return decreeNumbers(i, s)
	case i.Document != nil:
		return append(ownNumbers(i, s), indexNumbers(i, s)...)
	case i.Warning != nil:
		return issueNumbers(i, s)
	}
	return nil
}

// decreeNumbers finds the numbers of the case's own 决定书.
func decreeNumbers(i *campaign.Item, s *statement) (list []difference) {
	own := prose.DocumentNumbers(i.Case.DecisionNumber)
	if len(own) != 1 {
		return nil
	}
	found := prose.DocumentNumbers(s.text)
	for _, n := range found[:min(len(found), mostFacts)] {
		lead := prose.Tail(s.text[:n.From], 30) + n.Head
		switch {
		case n.Is(own[0]), otherDecree.MatchString(lead), noticeKind.MatchString(prose.Tail(n.Head, 1)), !sameKind(n.Head, own[0].Head):
		case s.attached() && strings.TrimSpace(s.text) != s.text[n.From:n.To] && !containsAny(lead, "文号", "决定书"):
		case !s.attached() && (s.isRemote() || othersAct(s.text[:n.From], i)):
		default:
			list = append(list, difference{written: proper(n, own[0], s.text), key: "决定书文号", want: i.Case.DecisionNumber})
		}
	}
	return list
}

// sameKind reports whether two heads are of one kind of paper: their ends
// agree, or both end as a penalty's number does.
func sameKind(a, b string) bool {
	return prose.Tail(a, 1) == prose.Tail(b, 1) && (prose.Tail(a, 2) == prose.Tail(b, 2) || decreeKind.MatchString(a) && decreeKind.MatchString(b))
}

// proper cuts the words before a number off, as far as its own head tells.
func proper(n, own prose.DocumentNumber, text string) string {
	return strings.TrimPrefix(text[n.From:n.To], headWords(n, own))
}

// ownNumbers finds a document's own 文号 in its text.
func ownNumbers(i *campaign.Item, s *statement) (list []difference) {
	own := prose.DocumentNumbers(i.Document.Number)
	if len(own) != 1 || s.what == inQuote || s.what == inSummary {
		return nil
	}
	for _, n := range prose.DocumentNumbers(s.text) {
		before, after := s.text[:n.From], strings.TrimSpace(s.text[n.To:])
		alone := strings.Trim(before, "（( 　") == "" && strings.Trim(after, "）)") == "" && sameKind(n.Head, own[0].Head)
		before += headWords(n, own[0])
		labelled := numberLabel.MatchString(strings.TrimRight(before, "*| \t"))
		if (alone || labelled || thisDocument.MatchString(before)) && !n.Is(own[0]) {
			list = append(list, difference{written: proper(n, own[0], s.text), key: "文号", want: i.Document.Number})
		}
	}
	return list
}

var (
	numberLabel  = regexp.MustCompile(`(?:文号|发文字号|文件编号)[:：为是\s*|]*$`)
	thisDocument = regexp.MustCompile(`本(?:通知|公告|通报|方案|意见|办法|文件|决定|函)[（(]$`)
)

// headWords returns the words that a number's head begins with and that are
// not of it.
func headWords(n, own prose.DocumentNumber) string {
	head := []rune(n.Head)
	return string(head[:max(0, len(head)-len([]rune(own.Head)))])
}

func indexNumbers(i *campaign.Item, s *statement) (list []difference) {
	if !strings.Contains(s.text, "索引号") || i.Document.IndexNumber == "" {
		return nil
	}
	for _, m := range indexNumber.FindAllStringIndex(s.text, -1) {
		written := s.text[m[0]:m[1]]
		if indexLabel.MatchString(s.text[:m[0]]) && written != i.Document.IndexNumber {
			list = append(list, difference{written: written, key: "索引号", want: i.Document.IndexNumber})
		}
	}
	return list
}

// issueNumbers finds the 期号 of a warning in its own text.
func issueNumbers(i *campaign.Item, s *statement) (list []difference) {
	own := issueNumber.FindStringSubmatch(i.Warning.Number)
	if own == nil || s.what == inQuote {
		return nil
	}
	for _, m := range issueNumber.FindAllStringSubmatchIndex(s.text, -1) {
		if !isIssue(s, m[0], m[1]) {
			continue
		}
		year := ""
		if m[2] >= 0 {
			year = s.text[m[2]:m[3]]
		}
		same, okay := prose.ParseNumber(own[2])
		number, ok := prose.ParseNumber(s.text[m[4]:m[5]])
		if ok && okay && (!number.Equal(same) || year != "" && own[1] != "" && year != own[1]) {
			list = append(list, difference{written: s.text[m[0]:m[1]], key: "期号", want: i.Warning.Number})
		}
	}
	return list
}

// isIssue reports whether a number of a statement is that of the warning
// itself: alone, beside the word for a warning, or at the end of the title.
func isIssue(s *statement, start, end int) bool {
	before, after := s.text[:start], wholeIssue.ReplaceAllString(s.text[end:], "")
	if quoted(s.text, start) || strings.HasSuffix(strings.TrimRight(before, "（( "), "》") || otherIssue.MatchString(before) || otherIssue.MatchString(firstRunes(after, 14)) {
		return false
	}
	alone := strings.Trim(before, "（( 　") == "" && strings.Trim(after, "）) 　") == ""
	if alone || issueAfter.MatchString(after) || strings.TrimSpace(strings.Trim(before, "（(　 ")) != "" && issueOf.MatchString(before) {
		return true
	}
	return s.what == inTitle && (strings.Trim(after, "）)〕 ") == "" || before == "" && strings.ContainsAny(firstRunes(after, 1), ":：|｜ 　"))
}

// wholeIssue counts all issues of all years: （总第45期）.
var wholeIssue = regexp.MustCompile(`^[（(]总第[^（）()]*[）)]`)

// otherIssue is another issue than this one.
var otherIssue = regexp.MustCompile(`上期|上一期|此前|曾|前期|去年|参见|详见|另见|见本局|已发布|已提醒|已提示|令|条例|标准|公告|提到过|讲过|说过|介绍过|提醒过|提示过`)

// citedDocument finds the document that a title means: its own, or a part of it
// that no other has (方案 for 关于印发方案的通知).
func citedDocument(titles map[string]*campaign.Item, title string) *campaign.Item {
	if i := titles[title]; i != nil || utf8.RuneCountInString(title) < 10 {
		return i
	}
	var found *campaign.Item
	for whole, i := range titles {
		if strings.HasPrefix(whole, "关于") && strings.Contains(whole, title) {
			if found != nil {
				return nil
			}
			found = i
		}
	}
	return found
}

// noticeAgrees compares what documents say of other documents, and of the
// campaign's notice, with the front matter of those.
func noticeAgrees(c *Context) {
	titles := map[string]*campaign.Item{}
	for _, i := range documents(c) {
		if i.Document.Number != "" {
			titles[unspaced(i.Title)] = i
		}
		ownNoticeAgrees(c, i)
	}
	for _, i := range c.Campaign.Items {
		for _, cited := range i.Body.Cited {
			if named := citedDocument(titles, unspaced(cited.Title)); named != nil {
				citationAgrees(c, cited, named)
			}
		}
	}
}

// ownNoticeAgrees compares the notice with what the campaign says of it.
func ownNoticeAgrees(c *Context, i *campaign.Item) {
	ownNotice := strings.Contains(unspaced(i.Title), unspaced(c.Campaign.Name)) && containsAny(i.Title, "方案", "通知") && containsAny(i.Title, "印发", "开展")
	number, day := i.Document.Number == c.Campaign.DocumentNumber, i.Document.WrittenOn == c.Campaign.IssuedOn
	switch {
	case !i.PublishedAt.IsZero() && i.Document.WrittenOn.After(i.PublishedAt.Date): // one fault is told once
	case c.Campaign.DocumentNumber == "" || c.Campaign.IssuedOn.IsZero() || number == day:
	case number:
		c.Reportf(i.Keys.Of("成文日期"), "核对原件，把写错的一处改正", "成文日期是 %s，同一文号的通知在 %s 里的印发日期是 %s",
			i.Document.WrittenOn, c.Campaign.Keys.Of("印发日期").Source(), c.Campaign.IssuedOn)
	case ownNotice && i.Document.Number != "":
		c.Reportf(i.Keys.Of("文号"), "核对原件，把写错的一处改正", "文号是“%s”，同一天印发的通知在 %s 里的文号是“%s”",
			i.Document.Number, c.Campaign.Keys.Of("文号").Source(), c.Campaign.DocumentNumber)
	}
}

// citationAgrees compares what a text says beside a document's title with it.
func citationAgrees(c *Context, cited campaign.Citation, named *campaign.Item) {
	if days := prose.Days(cited.Rest); len(days) == 1 && strings.Contains(cited.Rest, "印发") && !days[0].Agrees(named.Document.WrittenOn) {
		c.Reportf(cited.At, "核对原件，把写错的一处改正", "引用《%s》时写的是“%s”，它的“成文日期”（%s）是 %s",
			cited.Title, strings.Trim(cited.Rest, "，, "), named.Keys.Of("成文日期").Source(), named.Document.WrittenOn)
	}
	own, found := prose.DocumentNumbers(named.Document.Number), prose.DocumentNumbers(cited.Number)
	if len(own) == 1 && len(found) == 1 && !found[0].Is(own[0]) {
		c.Reportf(cited.At, "核对原件，把写错的一处改正", "引用《%s》时文号写的是“%s”，它的“文号”（%s）是“%s”",
			named.Title, cited.Number, named.Keys.Of("文号").Source(), named.Document.Number)
	}
}
