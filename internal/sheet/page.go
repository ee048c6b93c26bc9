package sheet

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
)

// page is a sheet being filled from the top.
type page struct {
	wb     *workbook
	name   string
	widths []float64
	row    int // the row being filled, from 1; 0 before the first
}

// at names a cell of the current row; columns count from 1.
func (p *page) at(column int) string {
	cell, err := excelize.CoordinatesToCellName(column, p.row)
	p.wb.note(err)
	return cell
}

// next goes to the row below and gives it a height of so many lines.
func (p *page) next(lines int) {
	p.row++
	p.wb.note(p.wb.file.SetRowHeight(p.name, p.row, float64(float64(max(lines, 1))*lineHeight)+6))
}

// lineHeight is a line of 11 pt 宋体, in points.
const lineHeight = 15

// text writes a text cell. It is a string to the spreadsheet whatever it
// begins with.
func (p *page) text(column int, text string, s style) {
	p.wb.note(p.wb.file.SetCellStr(p.name, p.at(column), text))
	p.dress(column, column, p.row, s)
}

// number writes a decimal from its text: as a number that shows every digit as
// written, or, where a spreadsheet's number has too few digits for that, as
// text.
func (p *page) number(column int, text string, s style) {
	if !fits(text) {
		s.format = "@"
		p.text(column, text, s)
		return
	}
	p.raw(column, text, numberFormat(text), s)
}

func (p *page) raw(column int, text, format string, s style) {
	s.format = format
	p.wb.note(p.wb.file.SetCellDefault(p.name, p.at(column), text))
	p.dress(column, column, p.row, s)
}

// numeric is the look of a cell that holds a figure.
var numeric = style{align: right, boxed: true, indent: 1, natural: true}

// quantity writes a cell of the form; a figure that is not there shows as —.
func (p *page) quantity(column int, q campaign.Quantity) {
	s := numeric
	switch {
	case q.IsNumber():
		p.number(column, q.String(), s)
	case q.Kind == campaign.None:
		p.text(column, q.String(), s)
	default:
		p.text(column, none, s)
	}
}

// dress gives the cells from the current row down to the row last a style.
func (p *page) dress(from, to, last int, s style) {
	end, err := excelize.CoordinatesToCellName(to, last)
	p.wb.note(err)
	p.wb.note(p.wb.file.SetCellStyle(p.name, p.at(from), end, p.wb.style(s)))
}

// merge joins the cells from the current row down to the row last.
func (p *page) merge(from, to, last int) {
	if from == to && last == p.row {
		return
	}
	end, err := excelize.CoordinatesToCellName(to, last)
	p.wb.note(err)
	p.wb.note(p.wb.file.MergeCell(p.name, p.at(from), end))
}

// block writes a text into the cells from the current row down to the row last,
// joined.
func (p *page) block(from, to, last int, text string, s style) {
	p.merge(from, to, last)
	p.dress(from, to, last, s)
	p.text(from, text, s)
}

// wide writes a text over all columns, as high as it needs.
func (p *page) wide(text string, s style) {
	total := 0.0
	for _, w := range p.widths {
		total += w
	}
	size := s.size
	if size == 0 {
		size = 11
	}
	p.next(int(math.Ceil(float64(lines(text, total*11/size)) * size / 11)))
	p.block(1, len(p.widths), p.row, text, s)
}

// title writes the head of a sheet: its title, what to know about it, and the
// mark of invented figures.
func (p *page) title(where align, title string, notes ...string) {
	p.wide(title, style{align: where, bold: true, size: 16})
	if p.wb.view.Campaign().Sample {
		p.wide(sampleMark, style{align: where, bold: true, red: true})
	}
	for _, note := range notes {
		if note != "" {
			p.wide(note, style{align: where})
		}
	}
}

// headings writes the table's head, repeats it on every printed sheet and keeps
// it in sight, with so many columns on the left.
func (p *page) headings(fixed int, names ...string) {
	high := 1
	for n, name := range names {
		high = max(high, lines(name, p.widths[n]))
	}
	p.next(high)
	for n, name := range names {
		p.text(n+1, name, style{align: centre, bold: true, boxed: true, shaded: true})
	}
	p.keepHead(fixed)
}

func (p *page) keepHead(fixed int) {
	corner, err := excelize.CoordinatesToCellName(fixed+1, p.row+1)
	p.wb.note(err)
	p.wb.note(p.wb.file.SetPanes(p.name, &excelize.Panes{
		Freeze: true, XSplit: fixed, YSplit: p.row, TopLeftCell: corner, ActivePane: "bottomRight",
	}))
	rows := "'" + strings.ReplaceAll(p.name, "'", "''") + "'!$" + strconv.Itoa(p.row) + ":$" + strconv.Itoa(p.row)
	p.wb.note(p.wb.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: rows, Scope: p.name}))
}

// print sets the sheet up for A4, as wide as the paper.
func (p *page) print(orientation string) {
	a4, one, many, fit := 9, 1, 0, true
	p.wb.note(p.wb.file.SetPageLayout(p.name, &excelize.PageLayoutOptions{
		Size: &a4, Orientation: &orientation, FitToWidth: &one, FitToHeight: &many,
	}))
	p.wb.note(p.wb.file.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &fit}))
}

// lines reckons how many lines a text takes in a column: Chinese characters
// count two, others one. A spreadsheet does not do it for merged cells.
func lines(text string, width float64) int {
	count := 0
	for _, line := range strings.Split(text, "\n") {
		cells := 0
		for _, r := range line {
			if cells++; utf8.RuneLen(r) > 2 {
				cells++
			}
		}
		count += max(1, int(math.Ceil(float64(cells)/(width-1.5))))
	}
	return count
}
