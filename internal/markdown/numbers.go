package markdown

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// referenceMark stands for a {{…}} in the words of a sentence.
const referenceMark = '\ufffc'

// writtenNumber is a number with up to four characters after it, the first of
// which can begin a unit. Years, dates, and numbers of statutes are told apart
// by what surrounds them: see numbers.
var writtenNumber = regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?) ?([\p{Han}]{1,4})`)

// numbers lists the written-out numbers of a block that holds words: a
// paragraph or heading sentence by sentence, a table row as a whole.
func numbers(n *Node, section string) []campaign.Literal {
	switch n.Kind {
	case Paragraph, Heading:
		return inSentences(n.Children, section)
	case TableRow:
		row := ""
		for _, cell := range n.Children {
			row += words(cell.Children) + " "
		}
		var list []campaign.Literal
		for _, cell := range n.Children {
			for _, number := range inSentences(cell.Children, section) {
				number.Sentence = row
				list = append(list, number)
			}
		}
		return list
	}
	return nil
}

// words gives the text of inlines with a mark for each reference; code is left
// out.
func words(inlines []*Node) string {
	var b strings.Builder
	Walk(inlines, func(n *Node) bool {
		switch n.Kind {
		case Text:
			b.WriteString(n.Text)
		case Figure:
			b.WriteRune(referenceMark)
		case Break:
			b.WriteByte('\n')
		}
		return n.Kind != Code && n.Kind != Image
	})
	return b.String()
}

var sentenceEnd = regexp.MustCompile(`[。！？；;\n]`)

func inSentences(inlines []*Node, section string) []campaign.Literal {
	all := words(inlines)
	var list []campaign.Literal
	before := 0 // bytes of all before the current text node
	Walk(inlines, func(n *Node) bool {
		switch n.Kind {
		case Text:
			for _, m := range writtenNumber.FindAllStringSubmatchIndex(n.Text, -1) {
				if m[0] > 0 && strings.ContainsRune("0123456789.-第〔", lastRune(n.Text[:m[0]])) {
					continue
				}
				at := n.At
				at.Column += utf8.RuneCountInString(n.Text[:m[0]])
				list = append(list, campaign.Literal{
					Text: n.Text[m[2]:m[3]], After: n.Text[m[4]:m[5]],
					Sentence: sentenceAround(all, before+m[0]), Section: section, At: at,
				})
			}
			before += len(n.Text)
		case Figure:
			before += utf8.RuneLen(referenceMark)
		case Break:
			before++
		}
		return n.Kind != Code && n.Kind != Image
	})
	return list
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// sentenceAround cuts the sentence out of text that the byte at offset is in.
func sentenceAround(text string, offset int) string {
	start, end := 0, len(text)
	for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
		if m[1] <= offset {
			start = m[1]
		} else {
			end = m[0]
			break
		}
	}
	return text[start:end]
}
