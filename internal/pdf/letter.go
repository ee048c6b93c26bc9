package pdf

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
)

// The other forms of an official document: 信函 (10.1) and 纪要 (10.3).

// Measures of a letter. Those of its red double rules, a thick and a thin one each, are to
// their upper edges.
const (
	letterMast  = 30 * typeset.Millimetre  // the issuer's name below the edge of the sheet
	letterDrop  = 4 * typeset.Millimetre   // the first double rule below it
	letterFoot  = 20 * typeset.Millimetre  // the second above the lower edge
	letterWide  = 170 * typeset.Millimetre // both, in the middle of the sheet
	letterThick = 1 * typeset.Millimetre
	letterThin  = 0.35 * typeset.Millimetre
	letterApart = 0.6 * typeset.Millimetre // between the two rules of one
	letterGap   = bodySize * 7 / 8         // between a double rule and the characters at it
)

// letterHead adds the head of a letter: the name of the issuer in charge alone, the double
// rule, and right below it what the document is marked with, at the left, and its number,
// at the right.
func (w *writer) letterHead(i *campaign.Item, size float64) {
	w.letter = true
	d := i.Document
	w.from(i.Keys.Of("发文机关", "发布机构"))
	sheet := typeset.A4
	rule := func(width float64) typeset.Block {
		return typeset.Stroke{
			Width: width, Height: width, Inset: (sheet.BlockWidth - letterWide) / 2,
			Shift: float64((sheet.Width-sheet.BlockWidth)/2) - sheet.Left, Color: typeset.Red,
		}
	}
	w.add(
		&typeset.Masthead{
			Names: d.Parts.Issuers[:1], Style: typeset.Style{Role: typeset.Song, Size: size, Color: typeset.Red},
			Smallest: mastSmallest, Drop: letterMast - sheet.Top, Source: w.source,
		},
		typeset.Space{By: letterDrop}, rule(letterThick), typeset.Space{By: letterApart}, rule(letterThin),
		typeset.Space{By: letterGap - float64(belowSquare(sheet.Lead(), bodySize))},
	)
	marks := marksOf(i)
	if d.Number != "" {
		line := &typeset.Ends{}
		if len(marks) > 0 {
			w.from(marks[0].at)
			line.Left, marks = w.runs(marks[0].text, marks[0].style), marks[1:]
		}
		w.from(i.Keys.Of("文号"))
		line.Right = w.runs(d.Number, body)
		w.add(line)
	}
	for _, m := range marks {
		w.from(m.at)
		w.add(&typeset.Paragraph{Runs: w.runs(m.text, m.style), Align: typeset.Left, Lead: sheet.Lead()})
	}
	w.add(typeset.Space{By: 2 * sheet.Lead()})
}

// letterRules is the second double rule of a letter, at the foot of its first sheet.
func letterRules() []typeset.Op {
	sheet := typeset.A4
	left, top := float64((sheet.Width-letterWide)/2), sheet.Height-letterFoot
	rule := func(y, width float64) typeset.Op {
		return typeset.Rule{X1: left, Y1: y, X2: left + letterWide, Y2: y, Width: width, Color: typeset.Red}
	}
	return []typeset.Op{
		rule(top+letterThin/2, letterThin),
		rule(top+letterThin+letterApart+letterThick/2, letterThick),
	}
}

// minutesHead adds the head of minutes: what met, with 纪要; the number; who writes it and
// the day; the red rule.
func (w *writer) minutesHead(i *campaign.Item, size float64) {
	d := i.Document
	w.officialMarks(marksOf(i))
	w.from(i.Keys.Of("发文机关", "发布机构"))
	w.masthead([]string{strings.TrimSuffix(d.Parts.Issuers[0], campaign.MinutesSheet)}, campaign.MinutesSheet, size)
	w.add(typeset.Space{By: typeset.A4.Lead()})
	if d.Number != "" {
		w.from(i.Keys.Of("文号"))
		w.centred(d.Number, body)
	}
	w.from(i.Keys.Of("发布机构"))
	w.add(&typeset.Ends{Left: w.runs(d.Issuer, body), Right: w.runs(d.WrittenOn.Chinese(), body), Inset: typeset.A4.Pitch()})
	w.redRule(true)
}

// attendance adds who was at a meeting, a line below the text: the names stand below one
// another. Minutes are not signed.
func (w *writer) attendance(i *campaign.Item) {
	space := w.lead()
	for _, list := range i.Document.Attendance() {
		w.from(i.Keys.Of(strings.TrimSuffix(list[0], "：")))
		w.add(&typeset.Paragraph{
			Runs: w.runs(list[1], body), Marker: w.runs(list[0], typeset.Style{Role: typeset.Hei, Size: bodySize}),
			Align: typeset.Left, Left: em2, Space: space,
		})
		space = 0
	}
	w.from(i.Keys.Of("附注", "公开方式"))
	w.add(&typeset.Paragraph{Runs: w.runs(i.Document.NoteOf(i), body), Indent: em2, Space: space})
}
