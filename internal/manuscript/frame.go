package manuscript

import (
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

var (
	documentNumber = regexp.MustCompile(`〔\s*[0-9]{4}\s*〕\s*[0-9]+\s*号$|\[\s*[0-9]{4}\s*\]\s*[0-9]+\s*号$`)
	dateLine       = regexp.MustCompile(`^[（(]?\s*(?:[0-9０-９]{4}|[二〇○零一三四五六七八九]{4})\s*年\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*月(?:\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*日)?\s*[）)]?$`)
	titleWord      = regexp.MustCompile(`总结|报告|汇报|小结|情况`)
	attachmentHead = regexp.MustCompile(`^附\s*件?\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[：:]?$`)
	attachmentList = regexp.MustCompile(`^附\s*件?\s*[：:]`)
	contactLine    = regexp.MustCompile(`^[（(]?\s*(?:联\s*系\s*人|联系电话|联系方式|填报人|审核人|签发人|经办人|电\s*话)(?:及电话)?\s*[：:]`)
	addressee      = regexp.MustCompile(`^[^，。；]*：$`)
	disclosureLine = regexp.MustCompile(`^[（(]\s*此件.*[）)]$`)
)

// longestLead is how many paragraphs are looked at for what stands around the
// title.
const longestLead = 12

// takeTitle takes off the start of a text what surrounds it: the title, a
// document number, who it is addressed to, the unit and the date below the
// title. What is left before the first section stays in the text.
func takeTitle(lead []*block, m manner, opts Options, gone map[*block]bool, said *remarks) string {
	var title []string
	done := false
	for i, b := range lead[:min(len(lead), longestLead)] {
		p := b.paragraph
		if p == nil {
			done = true
			continue
		}
		text := oneLine(p.text())
		if p.label() != "" {
			break
		}
		switch {
		case documentNumber.MatchString(text) && length(text) < longHeading:
			said.note("left-frame", p, "文号没有写进正文")
		case dateLine.MatchString(text), isUnit(text, opts) && (len(title) > 0 || !nextIsTitle(lead, i, m)):
			said.note("left-frame", p, "题目旁边的单位或日期没有写进正文")
		case !done && couldBeTitle(text) && isTitleLine(p, text, m, i):
			title = append(title, text)
		case addressee.MatchString(text) && length(text) <= longHeading:
			said.note("left-frame", p, "主送单位没有写进正文")
			done = true
		default:
			done = true
			continue
		}
		gone[b] = true
	}
	whole := strings.Join(title, "")
	tellOtherSender(whole, opts, said)
	return whole
}

func couldBeTitle(text string) bool {
	return length(text) <= longestHeading && !strings.HasSuffix(text, "。") && !strings.Contains(text, "{{")
}

// isTitleLine tells a line of the title by its style or its place, or the
// very first line by its words.
func isTitleLine(p *paragraph, text string, m manner, at int) bool {
	if p.role == titleRole || p.align == "center" || p.level == 1 || m.stands(p) == inHei {
		return true
	}
	return at == 0 && titleWord.MatchString(text) && !finalStop.MatchString(text)
}

// nextIsTitle tells a unit's name that the title starts with.
func nextIsTitle(lead []*block, at int, m manner) bool {
	if at+1 >= len(lead) || lead[at+1].paragraph == nil {
		return false
	}
	p := lead[at+1].paragraph
	return isTitleLine(p, oneLine(p.text()), m, at+1)
}

// isUnit tells a line that is a name of the unit, and nothing else.
func isUnit(text string, opts Options) bool {
	text = strings.ReplaceAll(text, " ", "")
	names := slices.Clone(opts.Department.Names())
	if opts.Region != nil {
		for _, d := range opts.Department.Names() {
			for _, r := range opts.Region.Names() {
				names = append(names, r+d)
			}
		}
		names = append(names, opts.Region.Names()...)
		if r := report(opts); r != nil {
			names = append(names, r.Unit)
		}
	}
	return text != "" && slices.Contains(names, text)
}

// report is the form that the same unit handed in for the round.
func report(opts Options) *campaign.Report {
	if opts.Book == nil {
		return nil
	}
	return opts.Book.Report(opts.Round, opts.Department, opts.Region)
}

// tellOtherSender warns when a text is headed as another department's.
func tellOtherSender(title string, opts Options, said *remarks) {
	if title == "" || opts.Whole || mentions(title, opts.Department.Named) {
		return
	}
	for _, d := range opts.Campaign.Departments {
		if d != opts.Department && mentions(title, d.Named) {
			said.problem("manuscript-other-sender", nil, "核对文件和部门；导入错了就换 --department 再导入一次", "题目“%s”写的是%s，现在当作%s的总结导入", title, d.Short, opts.Department.Short)
			return
		}
	}
}

// mentions reports whether a text has any name of something; single characters
// and codes say nothing.
func mentions(text string, n campaign.Named) bool {
	for _, name := range n.Names()[1:] {
		if length(name) > 1 && strings.Contains(text, name) {
			return true
		}
	}
	return false
}

// takeTail takes off the end of a text its signature, its date, whom to ask,
// and attachments that stand in the same file.
func takeTail(tail []*block, opts Options, gone map[*block]bool, said *remarks) {
	end := len(tail)
	for i, b := range tail {
		if b.paragraph != nil && i > 0 && attachmentHead.MatchString(oneLine(b.paragraph.text())) {
			said.note("left-frame", b.paragraph, "从这里起是附件，没有导入（共 %d 段、表、图）", len(tail)-i)
			for _, later := range tail[i:] {
				gone[later] = true
			}
			end = i
			break
		}
	}
	signed := false
	for i := end - 1; i >= 0; i-- {
		b := tail[i]
		p := b.paragraph
		if p == nil {
			if b.part == picturePart && (signed || isEnding(b.pictures[0].at, opts)) {
				continue // a seal may stand among the lines of the signature
			}
			return
		}
		text := oneLine(p.text())
		switch {
		case isEnding(p, opts):
			said.note("left-frame", p, "落款没有写进正文")
			signed = true
		case contactLine.MatchString(text):
			said.note("left-frame", p, "联系人一行没有写进正文")
		case disclosureLine.MatchString(text), attachmentList.MatchString(text) && length(text) <= longestHeading:
			said.note("left-frame", p, "文末的附注没有写进正文")
		default:
			return
		}
		gone[b] = true
		dropSeals(tail[i+1:end], gone, said)
	}
}

// isEnding tells a line of the signature: the unit, the date, or both.
func isEnding(p *paragraph, opts Options) bool {
	text := oneLine(p.text())
	if dateLine.MatchString(text) || isUnit(text, opts) {
		return true
	}
	for _, name := range opts.Department.Names()[1:] {
		if rest, ok := strings.CutPrefix(text, name); ok && rest != "" && dateLine.MatchString(strings.TrimSpace(rest)) {
			return true
		}
	}
	return false
}

// dropSeals leaves out pictures that stand below a line of the signature.
func dropSeals(below []*block, gone map[*block]bool, said *remarks) {
	for _, b := range below {
		if b.part == picturePart && !gone[b] {
			gone[b] = true
			said.note("left-frame", b.pictures[0].at, "落款处的图片（可能是印章）没有导入")
		}
	}
}
