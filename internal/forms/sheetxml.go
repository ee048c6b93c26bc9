package forms

import (
	"strconv"

	"wangjian/internal/campaign"
	"wangjian/internal/ooxml"
)

// readWorkbook returns the sheets, in their order, of a workbook that has no more
// than most cells.
func readWorkbook(data []byte, most int) ([]*grid, *campaign.Finding) {
	a, p := openArchive(data)
	if p != nil {
		return nil, p
	}
	list, err := grids(a, most)
	if err != nil {
		return nil, readError(err)
	}
	return list, nil
}

func grids(a *ooxml.Archive, most int) ([]*grid, error) {
	book, err := a.Workbook(maxSheets)
	if err != nil {
		return nil, err
	}
	shared, err := a.SharedStrings(maxStrings)
	if err != nil {
		return nil, err
	}
	formats, err := a.CellFormats(builtinFormat)
	if err != nil {
		return nil, err
	}
	var list []*grid
	total := 0
	for _, s := range book.Sheets {
		if !a.Has(s.Part) {
			continue // a chart sheet, or one that is not there
		}
		g := newGrid(s.Name)
		g.hidden, g.epoch1904 = s.Hidden, book.Date1904
		err := a.Cells(s.Part, shared, func(c *ooxml.Cell) error {
			if trim(c.Text) == "" && !c.Formula {
				return nil
			}
			if total++; total > most {
				return ooxml.ErrTooMany
			}
			filled := &cell{row: c.Row, column: c.Column, kind: c.Kind, text: c.Text, formula: c.Formula}
			if n, err := strconv.Atoi(c.Style); err == nil && c.Kind == ooxml.NumberCell && n >= 0 && n < len(formats) {
				filled.format = formats[n]
			}
			g.put(filled)
			return nil
		}, func(merged ooxml.Area) error {
			if len(g.merged) == maxMerged {
				return ooxml.ErrTooMany
			}
			g.merged = append(g.merged, merged)
			return nil
		})
		if err != nil {
			return nil, err
		}
		list = append(list, g)
	}
	return list, nil
}
