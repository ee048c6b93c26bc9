// Package xlsx draws workbooks from the top of each sheet down: the downloads of
// package sheet and the forms of package forms. It knows excelize, so that what
// is drawn can be read without it.
//
// A workbook's first error stays; drawing goes on without effect, and whoever
// draws looks once, at the end ([Book.Err]). A text is a text to the spreadsheet
// whatever it begins with, and a figure never passes through a binary float.
package xlsx

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
)

// SampleMark stands on everything that is made from invented figures.
const SampleMark = "示例数据"

// Type is what a workbook is set in: points of its text, and how high its rows
// are.
type Type struct {
	Size, Line, Pad float64 // of the text, of a line of it, above and below the lines
	Family, Bold    string
	Locked          bool // cells are locked but for those to fill in
}

// Book is a workbook being drawn.
type Book struct {
	File   *excelize.File
	Err    error
	face   Type
	sample bool
	styles map[Style]int
}

// New starts a workbook with its properties.
func New(face Type, sample bool, props excelize.DocProperties) *Book {
	b := &Book{File: excelize.NewFile(), face: face, sample: sample, styles: map[Style]int{}}
	props.Language = "zh-CN"
	b.Note(b.File.SetDocProps(&props))
	b.Note(b.File.SetAppProps(&excelize.AppProperties{Application: "wangjian"}))
	return b
}

// Note keeps the first error.
func (b *Book) Note(err error) {
	if b.Err == nil {
		b.Err = err
	}
}

// Align is where a cell's text stands.
type Align string

// Alignments.
const (
	Left   Align = "left"
	Centre Align = "center"
	Right  Align = "right"
)

// Style is a cell's look; the workbook makes each once.
type Style struct {
	Align   Align
	Bold    bool
	Boxed   bool
	Shaded  bool
	Red     bool
	Open    bool    // to be filled in: light yellow and not locked
	Natural bool    // not wrapped
	Size    float64 // 0: that of the workbook
	Indent  int
	Format  string // number format; "" is General
}

func (b *Book) style(s Style) int {
	if id, ok := b.styles[s]; ok {
		return id
	}
	family := b.face.Family
	if s.Bold {
		family = b.face.Bold
	}
	x := &excelize.Style{
		Font:      &excelize.Font{Family: family, Size: b.sizeOf(s), Bold: s.Bold},
		Alignment: &excelize.Alignment{Horizontal: string(s.Align), Vertical: "center", WrapText: !s.Natural, Indent: s.Indent},
	}
	if b.face.Locked {
		x.Protection = &excelize.Protection{Locked: !s.Open}
	}
	if s.Red {
		x.Font.Color = "9E1B16"
	}
	switch {
	case s.Open:
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF8DC"}}
	case s.Shaded:
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F3EEE6"}}
	}
	if s.Boxed {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			x.Border = append(x.Border, excelize.Border{Type: side, Color: "595959", Style: 1})
		}
	}
	if s.Format != "" {
		x.CustomNumFmt = &s.Format
	}
	id, err := b.File.NewStyle(x)
	b.Note(err)
	b.styles[s] = id
	return id
}

func (b *Book) sizeOf(s Style) float64 {
	if s.Size == 0 {
		return b.face.Size
	}
	return s.Size
}

// Footer is the foot of every printed sheet.
func (b *Book) footer() string {
	footer := "&C第 &P 页，共 &N 页"
	if b.sample {
		footer += "&R" + SampleMark
	}
	return footer
}

// exactDigits is how many significant digits a spreadsheet's number keeps.
const exactDigits = 15

var pointAndSign = strings.NewReplacer(".", "", "-", "")

// Fits reports whether a number cell shows all digits of a decimal's text.
func Fits(text string) bool {
	return len(strings.TrimLeft(pointAndSign.Replace(text), "0")) <= exactDigits
}

// Page is a sheet being filled from the top. Columns count from 1.
type Page struct {
	*Book
	Name string
	Row  int // the row being filled, from 1; 0 before the first

	widths []float64
}

// Sheet adds a sheet with the columns' widths, in characters; the first takes
// the place of the one that a new workbook has.
func (b *Book) Sheet(name string, first bool, widths ...float64) *Page {
	if first {
		b.Note(b.File.SetSheetName(b.File.GetSheetName(0), name))
	} else {
		_, err := b.File.NewSheet(name)
		b.Note(err)
	}
	p := &Page{Book: b, Name: name, widths: widths}
	for n, width := range widths {
		b.Note(b.File.SetColWidth(name, campaign.ColumnName(n+1), campaign.ColumnName(n+1), width))
	}
	b.Note(b.File.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: b.footer()}))
	return p
}

// Cell is the name of a cell: C7.
func Cell(column, row int) string { return campaign.ColumnName(column) + strconv.Itoa(row) }

// At names a cell of the current row.
func (p *Page) At(column int) string { return Cell(column, p.Row) }

// Next goes to the row below, which becomes so many lines high.
func (p *Page) Next(lines int) {
	p.Row++
	p.Note(p.File.SetRowHeight(p.Name, p.Row, min(float64(float64(max(lines, 1))*p.face.Line)+p.face.Pad, excelize.MaxRowHeight)))
}

// Text writes a text cell.
func (p *Page) Text(column int, text string, s Style) {
	p.Note(p.File.SetCellStr(p.Name, p.At(column), text))
	p.Dress(column, column, p.Row, s)
}

// Value writes a number from its text, every digit as written.
func (p *Page) Value(column int, text string, s Style) {
	p.Note(p.File.SetCellDefault(p.Name, p.At(column), text))
	p.Dress(column, column, p.Row, s)
}

// Dress sets the style of the cells from the current row down to the row last.
func (p *Page) Dress(from, to, last int, s Style) {
	p.Note(p.File.SetCellStyle(p.Name, p.At(from), Cell(to, last), p.style(s)))
}

// Merge joins the cells from the current row down to the row last.
func (p *Page) Merge(from, to, last int) {
	if from != to || last != p.Row {
		p.Note(p.File.MergeCell(p.Name, p.At(from), Cell(to, last)))
	}
}

// Block writes a text into the cells from the current row down to the row last,
// joined.
func (p *Page) Block(from, to, last int, text string, s Style) {
	p.Merge(from, to, last)
	p.Dress(from, to, last, s)
	if text != "" {
		p.Text(from, text, s)
	}
}

// Wide writes a text over all columns, as high as it needs.
func (p *Page) Wide(text string, s Style) {
	size := p.sizeOf(s)
	total := p.Width(1, len(p.widths))
	p.Next(int(math.Ceil(float64(p.lines(text, total*p.face.Size/size)) * size / p.face.Size)))
	p.Block(1, len(p.widths), p.Row, text, s)
}

// Width is that of some columns together, in characters.
func (p *Page) Width(from, to int) float64 {
	total := 0.0
	for _, w := range p.widths[from-1 : to] {
		total += w
	}
	return total
}

// Lines reckons how many lines a text takes in some columns.
func (p *Page) Lines(text string, from, to int) int { return p.lines(text, p.Width(from, to)) }

// lines reckons how many lines a text takes in a width: Chinese characters
// count two, others one. A spreadsheet does not do it for merged cells.
func (p *Page) lines(text string, width float64) int {
	count := 0
	for _, line := range strings.Split(text, "\n") {
		cells := 0
		for _, r := range line {
			if cells++; utf8.RuneLen(r) > 2 {
				cells++
			}
		}
		count += max(1, int(math.Ceil(float64(cells)*p.face.Size/11/(width-1.5))))
	}
	return count
}

// Define names cells of the sheet.
func (p *Page) Define(name, cells string) {
	sheet := "'" + strings.ReplaceAll(p.Name, "'", "''") + "'!"
	p.Note(p.File.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: sheet + cells, Scope: p.Name}))
}

// KeepHead repeats the current row on every printed sheet and keeps it in
// sight, with so many columns on the left.
func (p *Page) KeepHead(fixed int, pane string) {
	p.Note(p.File.SetPanes(p.Name, &excelize.Panes{Freeze: true, XSplit: fixed, YSplit: p.Row, TopLeftCell: Cell(fixed+1, p.Row+1), ActivePane: pane}))
	n := strconv.Itoa(p.Row)
	p.Define("_xlnm.Print_Titles", "$"+n+":$"+n)
}

// Print sets the sheet up for A4, as wide as the paper.
func (p *Page) Print(orientation string) {
	a4, one, many, fit := 9, 1, 0, true
	p.Note(p.File.SetPageLayout(p.Name, &excelize.PageLayoutOptions{
		Size: &a4, Orientation: &orientation, FitToWidth: &one, FitToHeight: &many,
	}))
	p.Note(p.File.SetSheetProps(p.Name, &excelize.SheetPropsOptions{FitToPage: &fit}))
}
