package pdf

import (
	"fmt"

	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
)

// Measures of what stands around the text block.
const (
	headBase   = 27 * typeset.Millimetre // baseline of the running head
	headRule   = 29 * typeset.Millimetre
	headSize   = 9.0
	headLead   = 11.0 // of a running head that takes several lines, upwards
	headLines  = 4    // that it may take
	numberSize = 14.0 // 4号
	// The dash of a page number is 7 mm below the text block; the baseline is
	// a third of an em below the dash.
	numberDrop = 7*typeset.Millimetre + numberSize/3
)

// dress puts the running head on every sheet, the page number on those after the
// contents, and on one sheet where the paper can be looked up. The number is the last text of its page.
func (w *writer) dress(s *typeset.Setter, p *sheets) {
	sheet := typeset.A4
	left, right := sheet.Left, sheet.Left+sheet.BlockWidth
	title := typeset.Style{Role: typeset.Kai, Size: headSize, Color: typeset.Grey}
	mark := typeset.Style{Role: typeset.Hei, Size: headSize, Color: typeset.Red}
	plain := typeset.Style{Role: typeset.Plain, Size: numberSize}
	at := -1 // the sheet that says where the paper can be looked up
	switch {
	case !w.hasStatus():
	case w.colophoned:
		at = len(p.pages) - 1
	default:
		at = 0
	}
	for i, page := range p.pages {
		var head []typeset.Op
		named := i > 0 && w.paper.Head != ""
		if named {
			room := sheet.BlockWidth - s.Width(w.sheetMark(), mark) - 2*headSize
			head = append(head, s.Lines(w.paper.Head, title, left, headBase, room, headLead, headLines)...)
		}
		if text := w.sheetMark(); text != "" {
			head = append(head, s.Line(text, mark, right, headBase, typeset.Right)...)
		}
		if named {
			head = append(head, typeset.Rule{X1: left, Y1: headRule, X2: right, Y2: headRule, Width: 0.4, Color: typeset.Grey})
		}
		var foot []typeset.Op
		letter := w.letter && i == 0
		if letter {
			foot = letterRules()
		} else if n := i - p.front + 1; n > 0 && !page.Bare {
			y := sheet.Top + sheet.BlockHeight + numberDrop
			x, align := right-numberSize, typeset.Right
			if n%2 == 0 {
				x, align = left+numberSize, typeset.Left
			}
			foot = s.Line(fmt.Sprintf("— %d —", n), plain, x, y, align)
		}
		if i == at {
			page.Add(sheet, w.status(s, (i-p.front)%2 == 1, letter))
		}
		page.Around(sheet, head, foot)
	}
}

// sheetMark is what every sheet is marked with.
func (w *writer) sheetMark() string {
	sample, office := "", ""
	if w.campaign.Sample {
		sample = sampleMark
	}
	if w.view.Audience() == release.ForOffice {
		office = "内部资料　含未公开内容"
	}
	return join("　", office, sample)
}
