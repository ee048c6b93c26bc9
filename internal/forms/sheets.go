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
	a, p := openArchive(data)
	if p != nil {
		return nil, plain(p)
	}
	grids, err := a.grids(mostListCells)
	if err != nil {
		return nil, plain(readError(err))
	}
	var sheets []Sheet
	for _, g := range grids {
		if g.hidden {
			continue
		}
		s := Sheet{Name: g.name}
		width := make([]int, g.rows+1)
		for at := range g.cells {
			width[at[0]] = max(width[at[0]], at[1])
		}
		for row := 1; row <= g.rows; row++ {
			if width[row] == 0 {
				continue
			}
			if width[row] > 1<<8 {
				return nil, plain(readError(ooxml.ErrTooMany))
			}
			cells := make([]string, width[row])
			for column := range cells {
				cells[column] = g.text(row, column+1)
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
