package word

import (
	"fmt"
	"strings"

	"wangjian/internal/pdf/typeset"
)

// table writes a table; rows of its head are repeated on every page.
func (b *builder) table(t *typeset.Table) {
	widths := columnWidths(t)
	total := 0
	for _, w := range widths {
		total += w
	}
	fmt.Fprintf(&b.body, `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, total)
	for _, w := range widths {
		fmt.Fprintf(&b.body, `<w:gridCol w:w="%d"/>`, w)
	}
	b.body.WriteString("</w:tblGrid>")
	b.rows(t, t.Head, widths, true)
	b.rows(t, t.Rows, widths, false)
	b.body.WriteString("</w:tbl>")
	if t.Note != nil {
		b.plain("TableNote", "", t.Note.Runs)
		return
	}
	// Two tables that touch would become one.
	b.plain("TableNote", "", nil)
}

// columnWidths shares the page's width in twips: columns without a share take
// of what is left by the length of what they hold.
func columnWidths(t *typeset.Table) []int {
	longest := make([]float64, len(t.Columns))
	for _, rows := range [][]typeset.Row{t.Head, t.Rows} {
		place(rows, len(t.Columns), func(_, col int, c typeset.Cell, _ bool) {
			if max(c.ColSpan, 1) == 1 {
				longest[col] = max(longest[col], min(ems(c.Runs), 16))
			}
		})
	}
	room := float64(twips(typeset.A4.BlockWidth - t.Left))
	shares := make([]float64, len(t.Columns))
	left, short, long := 1.0, 0.0, 0.0
	for i, c := range t.Columns {
		switch shares[i] = c.Share; {
		case c.Share > 0:
			left -= c.Share
		case longest[i] <= shortText:
			short += longest[i] + cellSides
		default:
			long += longest[i] + cellSides
		}
	}
	// Short texts have the width that they take, long ones what it leaves, if that is
	// much; else all are narrower alike.
	em := t.Size * 20 / room
	all := left / (short + long)
	ofShort, ofLong := all, all
	if rest := left - float64(em*short); long > 0 && rest > left/4 {
		ofShort, ofLong = em, rest/long
	}
	widths := make([]int, len(t.Columns))
	for i, share := range shares {
		switch {
		case share > 0:
		case longest[i] <= shortText:
			share = ofShort * (longest[i] + cellSides)
		default:
			share = ofLong * (longest[i] + cellSides)
		}
		widths[i] = int(share * room)
	}
	return widths
}

// Of a table's columns, in characters.
const (
	shortText = 8.0
	cellSides = 1.5 // left and right of a cell's text
)

// ems is about how wide a text's longest line is, in Chinese characters.
func ems(runs []typeset.Run) float64 {
	var text strings.Builder
	for _, r := range runs {
		text.WriteString(r.Text)
	}
	longest := 0.0
	for line := range strings.SplitSeq(text.String(), "\n") {
		longest = max(longest, emsOf(line))
	}
	return longest
}

// emsOf is about how wide a line is, in Chinese characters.
func emsOf(text string) float64 {
	wide := 0.0
	for _, c := range text {
		if c < 0x2000 {
			wide += 0.5
		} else {
			wide++
		}
	}
	return wide
}

// place visits the cells of rows, each in its row and column; below is true
// where a cell of a row above reaches down.
func place(rows []typeset.Row, columns int, visit func(row, col int, c typeset.Cell, below bool)) {
	type reach struct {
		typeset.Cell
		rows int
	}
	from := make([]reach, columns)
	for n, row := range rows {
		next := 0
		for col := 0; col < columns; {
			if from[col].rows > 0 {
				from[col].rows--
				visit(n, col, from[col].Cell, true)
				col += max(from[col].ColSpan, 1)
				continue
			}
			c := typeset.Cell{}
			if next < len(row) {
				c = row[next]
				next++
			}
			c.ColSpan = min(max(c.ColSpan, 1), columns-col)
			visit(n, col, c, false)
			from[col] = reach{c, max(c.RowSpan, 1) - 1}
			col += c.ColSpan
		}
	}
}

func (b *builder) rows(t *typeset.Table, rows []typeset.Row, widths []int, head bool) {
	at := -1
	place(rows, len(widths), func(row, col int, c typeset.Cell, below bool) {
		if row != at {
			if at >= 0 {
				b.body.WriteString("</w:tr>")
			}
			at = row
			b.body.WriteString("<w:tr><w:trPr><w:cantSplit/>")
			if head {
				b.body.WriteString("<w:tblHeader/>")
			}
			b.body.WriteString("</w:trPr>")
		}
		b.cell(t, col, c, widths, below, head || t.Joined(row) || row+1 == len(rows) && t.Note != nil)
	})
	if at >= 0 {
		b.body.WriteString("</w:tr>")
	}
}

// cell writes a cell, which may keep its row with the next.
func (b *builder) cell(t *typeset.Table, col int, c typeset.Cell, widths []int, below, keep bool) {
	width := 0
	for _, w := range widths[col:min(col+max(c.ColSpan, 1), len(widths))] {
		width += w
	}
	fmt.Fprintf(&b.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
	if c.ColSpan > 1 {
		fmt.Fprintf(&b.body, `<w:gridSpan w:val="%d"/>`, c.ColSpan)
	}
	switch {
	case below:
		b.body.WriteString("<w:vMerge/>")
	case c.RowSpan > 1:
		b.body.WriteString(`<w:vMerge w:val="restart"/>`)
	}
	b.body.WriteString(`<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/>`)
	if keep {
		b.body.WriteString(keepNext)
	}
	if t.Form {
		b.body.WriteString(`<w:spacing w:before="0" w:after="0"/>`)
	}
	align := c.Align
	if align == typeset.Justify && col < len(t.Columns) {
		align = t.Columns[col].Align
	}
	if jc := map[typeset.Align]string{typeset.Left: "left", typeset.Center: "center", typeset.Right: "right"}[align]; jc != "" {
		b.body.WriteString(`<w:jc w:val="` + jc + `"/>`)
	}
	b.body.WriteString("</w:pPr>")
	if !below {
		b.runs(&b.body, styleOf("TableText"), trimmed(c.Runs))
	}
	b.body.WriteString("</w:p></w:tc>")
}

// trimmed drops the line break at the end of a cell's text.
func trimmed(runs []typeset.Run) []typeset.Run {
	if n := len(runs); n > 0 && strings.HasSuffix(runs[n-1].Text, "\n") {
		runs = append([]typeset.Run{}, runs...)
		runs[n-1].Text = strings.TrimRight(runs[n-1].Text, "\n")
	}
	return runs
}
