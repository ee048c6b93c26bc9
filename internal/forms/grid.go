package forms

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"unicode"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/linebreak"
	"wangjian/internal/privacy"
)

// grid is a sheet: its filled cells and its merged ones.
type grid struct {
	name      string
	hidden    bool
	epoch1904 bool
	cells     map[int]map[int]*intake.Cell // by row and column
	merged    []intake.Area
	// widths has, for a CSV file, how many cells each row is written with, empty
	// ones too; nil for a workbook.
	widths map[int]int
}

func newGrid(name string) *grid { return &grid{name: name, cells: map[int]map[int]*intake.Cell{}} }

func (g *grid) put(c *intake.Cell) {
	if g.cells[c.Row] == nil {
		g.cells[c.Row] = map[int]*intake.Cell{}
	}
	g.cells[c.Row][c.Column] = c
}

func (g *grid) at(row, column int) *intake.Cell { return g.cells[row][column] }

// rowCells returns a row's filled cells from left to right.
func (g *grid) rowCells(row int) []*intake.Cell {
	return slices.SortedFunc(maps.Values(g.cells[row]), func(a, b *intake.Cell) int { return a.Column - b.Column })
}

func (g *grid) filledRows() []int { return slices.Sorted(maps.Keys(g.cells)) }

// text returns a cell's text without the spaces around it.
func (g *grid) text(row, column int) string {
	if c := g.at(row, column); c != nil {
		return trim(c.Text)
	}
	return ""
}

// areaAt returns the merged block that a cell is in; the cell alone when none.
func (g *grid) areaAt(row, column int) intake.Area {
	for _, a := range g.merged {
		if a.Has(row, column) {
			return a
		}
	}
	return intake.Area{Top: row, Left: column, Bottom: row, Right: column}
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || privacy.IsInvisible(r) }

// trim takes off spaces of every kind, those that one cannot see too.
func trim(s string) string {
	return strings.TrimFunc(s, isBlank)
}

// fold makes spellings of the same label equal: no spaces, half-width signs.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isBlank(r):
			return -1
		case r == '“' || r == '”' || r == '＂':
			return '"'
		case r == '‘' || r == '’':
			return '\''
		}
		return halfWidth(r)
	}, s)
}

// halfWidth returns the half-width form of a full-width letter, digit or sign.
func halfWidth(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - 0xFEE0
	}
	if r == '　' {
		return ' '
	}
	return r
}

// clip shortens a stranger's text for a message.
func clip(s string) string {
	return linebreak.Clip(s, 40)
}

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

func grids(a *intake.Archive, most int) ([]*grid, error) {
	book, err := a.Workbook(maxSheets)
	if err != nil {
		return nil, err
	}
	shared, err := a.SharedStrings(maxStrings)
	if err != nil {
		return nil, err
	}
	formats, err := a.CellFormats()
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
		err := a.Cells(s.Part, shared, formats, func(c *intake.Cell) error {
			if trim(c.Text) == "" && !c.Formula {
				return nil
			}
			if total++; total > most {
				return intake.ErrTooMany
			}
			g.put(c)
			return nil
		}, func(merged intake.Area) error {
			if len(g.merged) == maxMerged {
				return intake.ErrTooMany
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
			width := filled[len(filled)-1].Column
			if width > 1<<8 {
				return nil, plain(readError(intake.ErrTooMany))
			}
			cells := make([]string, width)
			for _, c := range filled {
				cells[c.Column-1] = trim(c.Text)
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
