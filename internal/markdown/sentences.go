package markdown

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// referenceMark stands for a {{…}} in a sentence.
const referenceMark = '\ufffc'

// Sentences lists the sentences of a body that have a number or refer to one; of
// a table, its rows.
func Sentences(tree *Tree) (list []campaign.Sentence) {
	var head []string // of the table being read
	tree.Walk(func(n *Node) bool {
		switch n.Kind {
		case Paragraph, Heading:
			if numbered(n.Children) { // few are: those that are not need no text
				list = append(list, withNumbers(inline(n.Children))...)
			}
			return false
		case Table:
			head = nil
			return true
		case TableRow:
			var row campaign.Sentence
			if head == nil {
				for _, cell := range n.Children {
					head = append(head, inline(cell.Children).Text)
				}
			} else {
				row.Head = head
			}
			for _, cell := range n.Children {
				c := inline(cell.Children)
				row.Cells = append(row.Cells, len(row.Text))
				for _, r := range c.Runs {
					r.Offset += len(row.Text)
					row.Runs = append(row.Runs, r)
				}
				row.Text += c.Text + " "
			}
			if hasNumber(row.Text) {
				list = append(list, row)
			}
			return false
		}
		return true
	})
	return list
}

func hasNumber(text string) bool { return strings.IndexFunc(text, isNumber) >= 0 }

// numbered reports whether inlines have a number, or refer to one.
func numbered(inlines []*Node) (found bool) {
	Walk(inlines, func(n *Node) bool {
		found = found || n.Kind == Figure || n.Kind == Text && hasNumber(n.Text)
		return !found
	})
	return found
}

// isNumber reports whether a character may be of a number, or refers to one.
func isNumber(r rune) bool {
	switch r {
	case '十', '百', '千', referenceMark:
		return true
	}
	return r >= '0' && r <= '9' || r >= '０' && r <= '９'
}

// inline returns the text of inlines; code and pictures are left out.
func inline(inlines []*Node) (s campaign.Sentence) {
	var b strings.Builder
	Walk(inlines, func(n *Node) bool {
		switch n.Kind {
		case Text:
			s.Runs = append(s.Runs, campaign.Run{Offset: b.Len(), At: n.At})
			for _, line := range n.Lines {
				s.Runs = append(s.Runs, campaign.Run{Offset: b.Len() + line.Offset, At: line.At})
			}
			b.WriteString(n.Text)
		case Figure:
			s.Runs = append(s.Runs, campaign.Run{Offset: b.Len(), At: n.At, Reference: n.Reference})
			b.WriteRune(referenceMark)
		case Break:
			b.WriteByte('\n')
		}
		return n.Kind != Code && n.Kind != Image
	})
	s.Text = b.String()
	return s
}

// withNumbers cuts a paragraph into sentences and keeps those with a number.
func withNumbers(p campaign.Sentence) (list []campaign.Sentence) {
	start, number := 0, false
	cut := func(end int) {
		if number {
			s := campaign.Sentence{Text: p.Text[start:end]}
			for n, r := range p.Runs {
				next := len(p.Text)
				if n+1 < len(p.Runs) {
					next = p.Runs[n+1].Offset
				}
				if next <= start || r.Offset >= end {
					continue
				}
				if r.Offset < start {
					r.At.Column += utf8.RuneCountInString(p.Text[r.Offset:start])
					r.Offset = start
				}
				r.Offset -= start
				s.Runs = append(s.Runs, r)
			}
			list = append(list, s)
		}
		start, number = end, false
	}
	for at, r := range p.Text {
		switch r {
		case '。', '！', '？', '；', ';', '\n':
			cut(at + utf8.RuneLen(r))
		default:
			number = number || isNumber(r)
		}
	}
	cut(len(p.Text))
	return list
}

// citedDocument is a title with a number in brackets after it.
var citedDocument = regexp.MustCompile(`《([^《》]{4,120})》[ 　]*[（(]([^（）()《》]{4,60}号)([^（）()]{0,30})[）)]`)

// citations lists the documents that a block of words cites with their numbers.
func citations(n *Node) []campaign.Citation {
	if n.Kind != Paragraph && n.Kind != TableCell && n.Kind != Heading {
		return nil
	}
	text := PlainText(n.Children, nil)
	if !strings.Contains(text, "》") {
		return nil
	}
	var list []campaign.Citation
	for _, m := range citedDocument.FindAllStringSubmatch(text, -1) {
		list = append(list, campaign.Citation{Title: m[1], Number: m[2], Rest: m[3], At: n.At})
	}
	return list
}
