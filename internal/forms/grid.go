package forms

import (
	"strings"

	"wangjian/internal/linebreak"
	"wangjian/internal/ooxml"
)

// cell is one filled cell: the file's own text for it, never a rounded one.
type cell struct {
	row, column int
	kind        ooxml.CellKind
	text        string
	formula     bool
	format      string // number format of a ooxml.NumberCell; "" is General
}

// grid is a sheet: its filled cells and its merged ones.
type grid struct {
	name          string
	hidden        bool
	epoch1904     bool
	cells         map[[2]int]*cell
	merged        []ooxml.Area
	rows, columns int // the last filled ones
	byRow         map[int][]*cell
	// widths has, for a CSV file, how many cells each row is written with, empty
	// ones too; nil for a workbook.
	widths map[int]int
}

func newGrid(name string) *grid { return &grid{name: name, cells: map[[2]int]*cell{}} }

func (g *grid) put(c *cell) {
	g.cells[[2]int{c.row, c.column}] = c
	g.rows, g.columns = max(g.rows, c.row), max(g.columns, c.column)
}

// at returns a cell, or nil for an empty one.
func (g *grid) at(row, column int) *cell { return g.cells[[2]int{row, column}] }

// text returns a cell's text without the spaces around it.
func (g *grid) text(row, column int) string {
	if c := g.at(row, column); c != nil {
		return trim(c.text)
	}
	return ""
}

// areaAt returns the merged block that a cell is in; the cell alone when none.
func (g *grid) areaAt(row, column int) ooxml.Area {
	for _, a := range g.merged {
		if a.Has(row, column) {
			return a
		}
	}
	return ooxml.Area{Top: row, Left: column, Bottom: row, Right: column}
}

// trim takes off spaces of every kind, those that one cannot see too.
func trim(s string) string {
	return strings.Trim(s, " \t\r\n\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff")
}

// fold makes spellings of the same label equal: no spaces, half-width signs.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(" \t\r\n\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff", r):
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
