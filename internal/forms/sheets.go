package forms

import (
	"errors"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/ooxml"
)

// Sheet is a sheet of any workbook, row by row, as texts.
type Sheet struct {
	Name string
	Rows []SheetRow
}

// SheetRow is a row with something in it; its cells go up to the last filled one.
type SheetRow struct {
	Number int // from 1
	Cells  []string
}

// mostListCells bounds the cells of a list, which is longer than a form.
const mostListCells = 400_000

// ReadSheets reads the visible sheets of a workbook that is no form, within the
// bounds of one.
func ReadSheets(data []byte) ([]Sheet, error) {
	grids, p := readWorkbook(data, mostListCells)
	if p != nil {
		return nil, plain(p)
	}
	var sheets []Sheet
	for _, g := range grids {
		if g.hidden {
			continue
		}
		s := Sheet{Name: g.name}
		for _, row := range g.filledRows() {
			filled := g.rowCells(row)
			width := filled[len(filled)-1].column
			if width > 1<<8 {
				return nil, plain(readError(ooxml.ErrTooMany))
			}
			cells := make([]string, width)
			for _, c := range filled {
				cells[c.column-1] = trim(c.text)
			}
			s.Rows = append(s.Rows, SheetRow{row, cells})
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// plain returns a problem's words without what is only so of forms.
func plain(p *campaign.Finding) error {
	if strings.Contains(p.Hint, exportAnew) || strings.Contains(p.Message, "报表") {
		return errors.New(strings.ReplaceAll(p.Message, "报表", "词表"))
	}
	return errors.New(p.Message + "（" + p.Hint + "）")
}
