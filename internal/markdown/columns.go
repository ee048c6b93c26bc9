package markdown

import (
	"regexp"
	"strings"

	"wangjian/internal/campaign"
)

// aFigure is a number as a table cell shows it, or what stands in place of one.
var aFigure = regexp.MustCompile(`^(?:[+\-−]?\d[\d,]*(?:\.\d+)?[%％]?|[—－\-]+|无)$`)

// alignFigures sets the columns flush right whose alignment the author left open
// and that hold nothing but figures, so that units stand below units.
func alignFigures(rows []*Node) {
	if len(rows) < 2 {
		return
	}
	for column, head := range rows[0].Children {
		if head.Align != AlignNone || !allFigures(rows[1:], column) {
			continue
		}
		for _, row := range rows {
			if column < len(row.Children) {
				row.Children[column].Align = AlignRight
			}
		}
	}
}

// allFigures tells that a column has numbers, and no words.
func allFigures(rows []*Node, column int) bool {
	some := false
	for _, row := range rows {
		if column >= len(row.Children) {
			continue
		}
		text := strings.TrimSpace(PlainText(row.Children[column].Children, func(*campaign.Reference) string { return "0" }))
		if text == "" {
			continue
		}
		if !aFigure.MatchString(text) {
			return false
		}
		some = some || strings.ContainsAny(text, "0123456789")
	}
	return some
}
