package xlsx

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
)

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
	p.Note(p.File.SetRowHeight(p.Name, p.Row, float64(float64(max(lines, 1))*p.face.Line)+p.face.Pad))
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

// Dress returns the cells from the current row down to the row last a style.
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

// Define returns cells of the sheet a name of its own.
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
