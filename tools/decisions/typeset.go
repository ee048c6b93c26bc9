package main

import (
	"fmt"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/finish"
	"wangjian/internal/pdf/typeset"
)

// The body is set in 四号, smaller than GB/T 9704 has it, so that a decision
// needs two sheets at the most.
const (
	sheetRows = 26
	columns   = 31
	titleSize = 22.0
	bodySize  = 14.0
	markSize  = 10.5
	maxSheets = 2
)

var (
	song  = typeset.Style{Role: typeset.Song, Size: titleSize}
	fang  = typeset.Style{Role: typeset.Fang, Size: bodySize}
	hei   = typeset.Style{Role: typeset.Hei, Size: bodySize}
	page  = typeset.Style{Role: typeset.Song, Size: bodySize}
	above = typeset.Style{Role: typeset.Hei, Size: markSize}
)

// mark stands at the head of every sheet of the sample.
const mark = "示例数据"

// set returns a decision as the program's own documents are made: tagged, and
// PDF/A-1b.
func set(d decision, fonts *draw.Fonts) ([]byte, error) {
	sheet := typeset.A4
	sheet.Lines, sheet.Columns, sheet.Body = sheetRows, columns, bodySize
	setter := typeset.NewSetter(sheet, fonts, nil)
	layout, err := typeset.Compose(setter, d.blocks(sheet))
	if err != nil {
		return nil, err
	}
	if n := len(layout.Pages); n > maxSheets {
		return nil, fmt.Errorf("%d sheets, at most %d are wanted: shorten the text", n, maxSheets)
	}
	middle, edge := sheet.Left+sheet.BlockWidth/2, sheet.Left+sheet.BlockWidth-bodySize
	for i, p := range layout.Pages {
		p.Ops = append(setter.Line(mark, above, middle, 20*typeset.Millimetre, typeset.Center), p.Ops...)
		x, align := edge, typeset.Right
		if i%2 == 1 {
			x, align = sheet.Left+bodySize, typeset.Left
		}
		y := sheet.Top + sheet.BlockHeight + 7*typeset.Millimetre + bodySize/3
		p.Ops = append(p.Ops, setter.Line(fmt.Sprintf("— %d —", i+1), page, x, y, align)...)
	}
	if err := setter.Err(); err != nil {
		return nil, err
	}
	raw, err := draw.Play(sheet, layout.Pages)
	if err != nil {
		return nil, err
	}
	day := campaign.Moment{Date: campaign.DateOf(d.date)}.Time()
	return finish.Finish(raw, finish.Document{
		Title: d.name(), Author: d.authority, Keyword: mark,
		Language: "zh-CN", Creator: "wangjian", Published: day, Changed: day,
		Labels: []finish.Label{{Style: "D"}},
	})
}

// blocks are the parts of a decision from the authority's name to the date.
func (d decision) blocks(sheet typeset.Sheet) []typeset.Block {
	centred := func(text string, style typeset.Style) *typeset.Paragraph {
		return &typeset.Paragraph{Runs: runs(text, style), Align: typeset.Center, ByPhrase: true, KeepWithNext: true}
	}
	title := centred(d.title, song)
	title.Tag = "H1"
	list := []typeset.Block{
		centred(d.authority, song), title, typeset.Gap{Height: sheet.Lead()},
		centred(d.number, fang), typeset.Gap{Height: sheet.Lead()},
	}
	for _, line := range d.body {
		p := &typeset.Paragraph{Runs: runs(line, fang), Indent: 2 * sheet.Pitch()}
		if isHeading(line) {
			p.Runs, p.Align, p.KeepWithNext, p.Tag = runs(line, hei), typeset.Left, true, "H2"
		}
		list = append(list, p)
	}
	return append(list, &typeset.Signature{Names: []string{d.signer}, Date: d.dateText, Style: fang, Space: sheet.Lead()})
}

func runs(text string, style typeset.Style) []typeset.Run {
	return []typeset.Run{{Text: text, Style: style}}
}
