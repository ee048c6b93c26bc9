package review

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"wangjian/internal/attachment"
	"wangjian/internal/campaign"
	"wangjian/internal/prose"
)

// decision is a case with what its 决定书, or a row of an attached table,
// states; or a document with what it says as it was issued.
type decision struct {
	item       *campaign.Item
	file       string
	statements []*statement
}

// decisions lists the cases whose 决定书 can be read, once for all rules.
func (c *Context) decisions() []*decision {
	if c.decided != nil {
		return c.decided
	}
	c.decided = []*decision{}
	for _, e := range c.enclosures() {
		switch {
		case e.err != nil:
		case e.item.Case != nil && e.file == e.item.Case.Decision:
			c.decided = append(c.decided, &decision{e.item, e.file, decisionStatements(e.file, e.text)})
		case e.item.Document != nil:
			if list := decisionStatements(e.file, e.text); isDocumentItself(e.item, list) {
				c.decided = append(c.decided, &decision{e.item, e.file, list})
			}
		}
	}
	c.decided = append(c.decided, c.penaltyTables()...)
	return c.decided
}

// isDocumentItself reports whether an attachment is the document as issued: its
// title stands at its head.
func isDocumentItself(i *campaign.Item, list []*statement) bool {
	head := ""
	for _, s := range list[:min(len(list), 8)] {
		head += s.text
	}
	return utf8.RuneCountInString(i.Title) >= 8 && strings.Contains(head, unspaced(i.Title))
}

// differs reports a difference in a 决定书, at the item's key.
func (d *decision) differs(c *Context, s *statement, x difference) {
	other := path.Base(d.file)
	if s.page != "" {
		other += " " + s.page
	}
	what := "决定书"
	if d.item.Case == nil || d.file != d.item.Case.Decision {
		what = "附件"
	}
	c.Report(d.item.Keys.Of(x.key), fmt.Sprintf("“%s”写的是“%s”，与%s（%s）的“%s”不一致", x.key, x.want, what, other, x.written),
		"照"+what+"改正；"+what+"附错了的，换成正确的文件")
}

var (
	pageNumber = regexp.MustCompile(`^[—–\-－·第 ]*[0-9０-９]{1,3}[—–\-－·页 ]*(?:[/／,，]?共?[0-9０-９]{1,3}页?)?$`)
	// decides begins the part of a 决定书 that decides, and endsDecision ends it.
	decides      = regexp.MustCompile(`(?:处罚决定|处理决定|决定内容|处罚内容|处罚种类)(?:如下)?[：:]?$|(?:作出|给予|决定)[^。；]{0,16}(?:如下|以下)[^。；]{0,10}[：:]|决定[：:]$|(?:现|并|特|局|关|会|队)(?:依法)?决定`)
	endsDecision = regexp.MustCompile(`^(?:[（(]?[一二三四五六七八九十]+[）)、.．]?\s*)?(?:履行|缴纳|救济|权利|告知|处罚的履行|执行)|十五日内|15日内|如不服|不服本|当事人应当自|逾期`)
)

// longestDecision is in bytes: no 决定书 is longer.
const longestDecision = 1 << 20

// decisionStatements cuts a 决定书 into paragraphs: lines that a page breaks
// are one, heads of pages and their numbers are left out.
func decisionStatements(file string, text *attachment.Text) []*statement {
	var list []*statement
	broken := strings.ToLower(path.Ext(file)) != ".docx" // lines, not paragraphs
	widest := 0
	repeated := map[string]int{}
	for _, p := range text.Pieces {
		widest = max(widest, utf8.RuneCountInString(unspaced(p.Text)))
		repeated[p.Text]++
	}
	heads := map[string]bool{}
	page := ""
	for _, p := range text.Pieces {
		if p.Where != page && strings.HasSuffix(p.Where, "页") && repeated[p.Text] > 1 {
			heads[p.Text] = true
		}
		page = p.Where
	}
	var last *statement
	open, decided := false, false
	what := inGrounds
	var before [2]string // lines
	size := 0
	for _, p := range text.Pieces {
		line := unspaced(p.Text)
		if size += len(line); size > longestDecision {
			break
		}
		if heads[p.Text] || pageNumber.MatchString(line) || line == "" || line == lastRunes(before[0], 24)+firstRunes(before[1], 24) {
			continue
		}
		before[0], before[1] = before[1], strings.TrimRight(p.Text, " \t")
		if open {
			last.text += line
		} else {
			last = &statement{text: line, page: p.Where, what: what}
			list = append(list, last)
		}
		open = broken && len(last.text) < longestParagraph && utf8.RuneCountInString(line) >= widest-3 && widest > 16 && !strings.ContainsAny(lastRunes(line, 1), "。；：！？:;")
		switch {
		case what == inGrounds && decides.MatchString(last.text) && !containsAny(last.text, "告知", "立案", "扣押", "查封", "登记保存"):
			what, decided = inDecision, true
			last.what = inDecision
		case what == inDecision && !open && endsDecision.MatchString(last.text) && len(imposed(last.text)) == 0:
			what = inGrounds
			last.what = inGrounds
		}
	}
	bound(list)
	markSignature(list)
	if !decided { // it has no such part: all of it may decide
		for _, s := range list {
			s.what = inDecision
		}
	}
	return list
}

// markSignature marks the day under the decision: the first that stands alone
// below what it decides, before receipts and notes.
func markSignature(list []*statement) {
	decided := 0
	for n, s := range list {
		if s.what == inDecision {
			decided = n
		}
	}
	var last *statement
	for n, s := range list {
		days := prose.Days(s.text)
		if len(days) != 1 || strings.Trim(s.text[days[0].To:], "。（印章）()") != "" || utf8.RuneCountInString(s.text[:days[0].From]) > 32 {
			continue
		}
		if last = s; n > decided {
			break
		}
	}
	if last != nil {
		last.signs = true
	}
}

func firstRunes(s string, n int) string {
	s = strings.TrimLeft(s, " \t")
	r := []rune(s)
	return string(r[:min(len(r), n)])
}
