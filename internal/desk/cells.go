package desk

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/forms"
	"wangjian/internal/project"
	"wangjian/internal/stats"
)

// gridCell is a cell: one to write in, or words.
type gridCell struct {
	Name     string // of its field; "" for words
	Text     string // as it is written
	Computed string // what a 汇总 is
	State    string // missing, none, zero, sum, wrong, unread, differs; "" for a number
	Empty    string // what stands where nothing is written
	Label    string // for who does not see the table
	Level    string // of the worst finding
	Findings int
	Words    bool // it holds a remark
	Link     string
	Column   string
}

// sheetReader reads the forms of a round, each once.
type sheetReader struct {
	l     *project.Loaded
	round *campaign.Round
	forms map[string]*unitForm
}

// unitForm is what there is of one unit's form.
type unitForm struct {
	file     string
	report   *campaign.Report
	fault    *campaign.Position
	cells    map[cellKey]forms.Written
	findings map[int][]campaign.Finding // by line
	there    bool
	closed   bool // its cells cannot be told apart: it is mended as text first
}

type cellKey struct {
	row   *campaign.Row
	own   bool
	field forms.Field
}

func newSheetReader(l *project.Loaded, round *campaign.Round) *sheetReader {
	return &sheetReader{l: l, round: round, forms: map[string]*unitForm{}}
}

func (s *sheetReader) form(d *campaign.Department, region *campaign.Region) *unitForm {
	file := campaign.ReportFile(s.round, d, region)
	if f := s.forms[file]; f != nil {
		return f
	}
	f := &unitForm{file: file, report: s.l.Campaign.Report(s.round, d, region), cells: map[cellKey]forms.Written{}, findings: map[int][]campaign.Finding{}}
	s.forms[file] = f
	for _, found := range s.l.Findings {
		if found.At.File == file {
			f.findings[found.At.Line] = append(f.findings[found.At.Line], found)
		}
	}
	at, broken := s.l.Campaign.Unread(file)
	if broken && f.report == nil {
		f.fault = &at
	}
	data, err := fs.ReadFile(s.l.Files, file)
	if f.there = err == nil; !f.there {
		f.closed = f.fault != nil
		return f
	}
	list, ok := forms.ReadCells(&s.l.Campaign.Form, d, data)
	if f.closed = !ok; f.closed && f.fault == nil {
		f.fault = &campaign.Position{File: file, Line: 1, Column: 1}
	}
	for _, w := range list {
		f.cells[cellKey{w.Row, w.Own, w.Field}] = w
	}
	return f
}

// of returns a cell's form and what it says.
func (s *sheetReader) of(c forms.Cell) (*unitForm, forms.Written, bool) {
	f := s.form(c.Row.Department, c.Region)
	w, there := f.cells[cellKey{c.Row, c.Own, c.Field}]
	return f, w, there
}

func cellName(c forms.Cell) string {
	place := ""
	switch {
	case c.Own:
		place = ownPlace
	case c.Region != nil:
		place = c.Region.Code
	}
	return "c/" + strconv.Itoa(c.Row.Index) + "/" + place + "/" + string(c.Field)
}

// cellNamed is the cell that a field's name means.
func cellNamed(c *campaign.Campaign, round *campaign.Round, name string) (cell forms.Cell, ok bool) {
	parts := strings.Split(name, "/")
	if len(parts) != 4 || parts[0] != "c" {
		return cell, false
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil || n < 0 || n >= len(c.Form.Rows) {
		return cell, false
	}
	cell = forms.Cell{Round: round, Row: c.Form.Rows[n], Own: parts[2] == ownPlace}
	if cell.Field, ok = forms.FieldOf(parts[3]); !ok {
		return cell, false
	}
	if parts[2] != "" && !cell.Own {
		if cell.Region = c.FindRegion(parts[2]); cell.Region == nil {
			return cell, false
		}
	}
	return cell, true
}

// figure returns the figure that a cell's quantity is, nil for none.
func (s *sheetReader) figure(c forms.Cell) *stats.Figure {
	if c.Own {
		return s.l.Book.Own(s.round, c.Row)
	}
	return s.l.Book.Figure(s.round, c.Row, c.Region)
}

// cell makes a cell to write in.
func (s *sheetReader) cell(c forms.Cell, column string) gridCell {
	f, w, there := s.of(c)
	g := gridCell{Name: cellName(c), Text: w.Text, Words: c.Field == forms.RemarkField, Column: column}
	g.Label = c.Row.Department.Short + " " + c.Row.Label() + " " + column
	if there {
		for _, found := range f.findings[w.Line] {
			g.Findings++
			if g.Level != string(campaign.Error) {
				g.Level = string(found.Level)
			}
		}
	}
	g.state(s, c, f)
	if g.Findings > 0 && c.Field == forms.QuantityField {
		g.Label += fmt.Sprintf("，有 %d 处问题", g.Findings)
	} else {
		g.Findings, g.Level = 0, ""
	}
	return g
}

// state says what kind of value it is, with the words for it.
func (g *gridCell) state(s *sheetReader, c forms.Cell, f *unitForm) {
	if f.closed {
		*g = gridCell{Text: "读不出", State: "unread", Link: address("edit", "file", f.fault.File, "line", strconv.Itoa(f.fault.Line)), Column: g.Column}
		return
	}
	if c.Field == forms.RemarkField {
		return
	}
	if g.Text == "" {
		if c.Field == forms.QuantityField && !c.Own {
			g.State, g.Empty = "missing", "未填"
			if !f.there {
				g.Empty = "未报"
			}
			g.Label += "，" + g.Empty
		}
		return
	}
	q, err := campaign.ParseQuantity(g.Text)
	switch {
	case err != nil:
		g.State = "wrong"
		g.Label += "，不是数量"
	case q.Kind == campaign.None:
		g.State = "none"
	case q.Kind == campaign.Sum:
		g.State = "sum"
		if figure := s.figure(c); figure != nil {
			g.Computed = figure.Quantity.String()
			g.Label += "，算得 " + g.Computed
		}
	case q.Decimal().IsZero():
		g.State = "zero"
	}
}

func words(text, column string) gridCell { return gridCell{Text: text, Column: column} }
