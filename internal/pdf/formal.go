package pdf

import (
	"fmt"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
)

// The parts of a formal document as GB/T 9704-2012 prints them, in the order
// of the page. What is measured there from the edge of characters is measured
// here from the edge of their squares.

// Measures of the head (7.2.4 to 7.2.7, 7.3.1).
const (
	mastDrop     = 35 * typeset.Millimetre // the issuer's name below the top of the text block
	mastSize     = 44.0                    // or less, so that the name fits
	mastSmallest = 26.0
	mastHeight   = 60 * typeset.Millimetre // of several names, so that the text starts on the page
	redDrop      = 4 * typeset.Millimetre  // the red rule below the number
	redWidth     = 0.5 * typeset.Millimetre
	titleLead    = titleSize * 1.6
)

// redHead adds the head of a document: the issuers' names, the number, if the
// document has one, and the red rule. suffix is 文件 or nothing.
func (w *writer) redHead(issuers []string, suffix, number string) {
	red := typeset.Style{Role: typeset.Song, Size: mastSize, Color: typeset.Red}
	w.add(&typeset.Masthead{Names: issuers, Suffix: suffix, Style: red, Smallest: mastSmallest, Drop: mastDrop, Height: mastHeight, Source: w.source})
	drop := redDrop
	if number != "" {
		w.add(typeset.Space{By: 2 * typeset.A4.Lead()})
		w.centred(number, body)
		// The line is higher than the characters that it holds.
		drop -= float64(belowSquare(typeset.A4.Lead(), bodySize))
	}
	w.add(
		typeset.Stroke{Width: redWidth, Height: 2 * drop, Color: typeset.Red},
		typeset.Space{By: 2*typeset.A4.Lead() - drop},
	)
}

// belowSquare is the room below the squares of characters in a line.
func belowSquare(lead, size float64) float64 { return (lead - size) / 2 }

// documentTitle adds a title in 2号 小标宋, broken by sense.
func (w *writer) documentTitle(text string) {
	w.add(&typeset.Paragraph{
		Runs:  w.runs(text, typeset.Style{Role: typeset.Song, Size: titleSize}),
		Align: typeset.Center, Lead: titleLead, ByPhrase: true, KeepWithNext: true,
	})
}

// attachmentList adds 附件说明 a line below the text (7.3.4). Names carry no mark
// at their end.
func (w *writer) attachmentList(names ...string) {
	lead, pitch := typeset.A4.Lead(), typeset.A4.Pitch()
	for i, name := range names {
		para := &typeset.Paragraph{Runs: w.runs(name, body), Align: typeset.Left, Left: em2, KeepWithPrevious: true}
		marker := "附件："
		if i == 0 {
			para.Space = lead
		} else {
			marker, para.Left = "", em2+float64(3*pitch)
		}
		if len(names) > 1 {
			marker += fmt.Sprintf("%d. ", i+1)
		}
		para.Marker = w.runs(marker, body)
		w.add(para)
	}
}

// signature adds 署名 and 成文日期 a line below what stands before (7.3.5.2).
func (w *writer) signature(issuers []string, date campaign.Date) {
	w.add(&typeset.Signature{Names: issuers, Date: date.Chinese(), Style: body, Space: typeset.A4.Lead(), Source: w.source})
}
