package markdown

import (
	"regexp"
	"strings"

	"wangjian/internal/campaign"
)

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
