package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// The rules named fact-… hold that one fact is one wherever it is stated. The
// front matter is what the others are compared with: title, 摘要 and body as
// they are read, the attached 决定书 once everything is. What a place does not
// state is no difference, and words that only look like the fact (a range of
// the law, another case) are no statement of it.

// statement is a paragraph, a row of a table, a field of the front matter or a
// paragraph of an attachment.
type statement struct {
	text    string
	section string // the level-2 heading above it
	what    place
	line    int // from 0, where it begins; of the item's own file
	page    string
	signs   bool // of a 决定书: the day of its signature
}

// place is the sort of place that a statement stands in.
type place int

const (
	inTitle place = iota
	inSummary
	inBody
	inTable
	inHeading
	inQuote
	inDecision // in the part of a 决定书 that decides
	inGrounds  // in the rest of it
)

func (p place) String() string {
	return [...]string{"标题", "摘要", "正文", "正文的表格", "正文", "正文", "决定书", "决定书"}[p]
}

// attached reports whether a statement is one of an attachment.
func (s *statement) attached() bool { return s.what >= inDecision }

// difference is a fact that a statement gives otherwise than the item's front
// matter.
type difference struct {
	written string // as it stands in the statement
	key     string // of the front matter that states the fact
	want    string // what is stated there
	hint    string // "" for the usual one
	against string // what states it, where it is no key of this item
	also    string // what else states it otherwise
	offset  int    // bytes of the statement
}

// factRule makes a rule of the differences that a statement has.
func factRule(code, words string, differ func(*campaign.Campaign, *campaign.Item, *statement) []difference) Rule {
	rule := Rule{Code: code, Level: campaign.Error, Words: words}
	rule.Inspect = func(r *reading) (remarks []campaign.Finding) {
		if r.Item == nil {
			return nil
		}
		for _, s := range r.statements() {
			for _, d := range differ(r.Campaign, r.Item, s) {
				remarks = append(remarks, r.differs(s, d))
			}
		}
		return remarks
	}
	rule.Check = func(c *Context) {
		for _, d := range c.decisions() {
			for _, s := range d.statements {
				for _, x := range differ(c.Campaign, d.item, s) {
					d.differs(c, s, x)
				}
			}
		}
	}
	return rule
}

// differs reports a difference within the item's own file.
func (r *reading) differs(s *statement, d difference) campaign.Finding {
	other := d.against
	if other == "" {
		other = fmt.Sprintf("“%s”（%s）", d.key, r.Item.Keys.Of(d.key).Source())
	}
	return finding(r.find(s, d.written), fmt.Sprintf("%s写的是“%s”，与%s的“%s”不一致%s", s.what, d.written, other, d.want, d.also), cmp.Or(d.hint, "核对原件，把写错的一处改正"))
}

// find returns where words of a statement stand in the file.
func (r *reading) find(s *statement, words string) campaign.Position {
	for n := s.line; n < len(r.lines); n++ {
		if at := strings.Index(r.lines[n], words); at >= 0 {
			return r.at(n, at)
		}
		if n > s.line && (strings.TrimSpace(r.lines[n]) == "" || r.inFront(n) && n > s.line+6) {
			break
		}
	}
	return campaign.Position{File: r.File, Line: s.line + 1, Column: 1}
}

// statements lists what an item states, once for all rules.
func (r *reading) statements() []*statement {
	if r.stated {
		return r.said
	}
	r.stated = true
	i := r.Item
	front := func(what place, key, text string) {
		if text != "" && i.Keys.Has(key) {
			r.said = append(r.said, &statement{text: text, what: what, line: i.Keys.Of(key).Line - 1})
		}
	}
	front(inTitle, "标题", i.Title)
	front(inSummary, "摘要", i.Summary)
	if r.Tree != nil {
		section := ""
		r.state(r.Tree.Blocks, inBody, &section)
		section = ""
		r.state(r.Tree.Footnotes, inBody, &section)
	}
	bound(r.said)
	return r.said
}

// longestParagraph is in bytes: of a longer one the beginning is looked at.
const longestParagraph = 6000

func bound(list []*statement) {
	for _, s := range list {
		if len(s.text) > longestParagraph {
			s.text = strings.ToValidUTF8(s.text[:longestParagraph], "")
		}
	}
}

func (r *reading) state(nodes []*markdown.Node, what place, section *string) {
	for _, n := range nodes {
		switch n.Kind {
		case markdown.Heading:
			text := markdown.PlainText(n.Children, nil)
			if n.Level == 2 {
				*section = text
			}
			r.said = append(r.said, &statement{text: text, section: *section, what: inHeading, line: n.At.Line - 1})
		case markdown.Paragraph:
			r.said = append(r.said, &statement{text: markdown.PlainText(n.Children, nil), section: *section, what: what, line: n.At.Line - 1})
		case markdown.TableRow:
			var cells []string
			for _, cell := range n.Children {
				cells = append(cells, markdown.PlainText(cell.Children, nil))
			}
			r.said = append(r.said, &statement{text: strings.Join(cells, "\t"), section: *section, what: inTable, line: n.At.Line - 1})
		case markdown.Quote:
			r.state(n.Children, inQuote, section)
		case markdown.CodeBlock:
		default:
			r.state(n.Children, what, section)
		}
	}
}

// sentence is a sentence with its place in a statement.
type sentence struct {
	text   string
	offset int
}

// sentences cuts a text at the ends of its sentences.
func sentences(text string) []sentence {
	var list []sentence
	start := 0
	for at, r := range text {
		if strings.ContainsRune("。！？；;\n", r) {
			end := at + utf8.RuneLen(r)
			list = append(list, sentence{text[start:end], start})
			start = end
		}
	}
	if start < len(text) {
		list = append(list, sentence{text[start:], start})
	}
	return list
}

// quoted reports whether a place of a text is inside of quotation marks.
func quoted(text string, at int) bool {
	before := text[:at]
	return strings.Count(before, "“") > strings.Count(before, "”") || strings.Count(before, "「") > strings.Count(before, "」")
}

// containsAny reports whether a text holds one of the words.
func containsAny(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}
