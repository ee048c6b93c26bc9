package sheet

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
	"wangjian/internal/xlsx"
)

// page is a sheet being filled from the top.
type page struct {
	*xlsx.Page
	wb *workbook
}

var (
	box     = style{Align: xlsx.Left, Boxed: true}
	centred = style{Align: xlsx.Centre, Boxed: true}
	headed  = style{Align: xlsx.Centre, Bold: true, Boxed: true, Shaded: true}
	// numeric is the look of a cell that holds a figure.
	numeric = style{Align: xlsx.Right, Boxed: true, Indent: 1, Natural: true}
)

type style = xlsx.Style

// number writes a decimal from its text: as a number that shows every digit as
// written, or, where a spreadsheet's number has too few digits for that, as
// text.
func (p *page) number(column int, text string, s style) {
	if !xlsx.Fits(text) {
		s.Format = "@"
		p.Text(column, text, s)
		return
	}
	s.Format = "0"
	if _, fraction, ok := strings.Cut(text, "."); ok {
		s.Format = "0." + strings.Repeat("0", len(fraction))
	}
	p.Value(column, text, s)
}

// quantity writes a cell of the form; a figure that is not there shows as —.
func (p *page) quantity(column int, q campaign.Quantity) {
	switch {
	case q.IsNumber():
		p.number(column, q.String(), numeric)
	case q.Kind == campaign.None:
		p.Text(column, q.String(), numeric)
	default:
		p.Text(column, none, numeric)
	}
}

// figure writes a figure's cell; nil is one that is not there.
func (p *page) figure(column int, f *stats.Figure) {
	q := campaign.Quantity{}
	if f != nil {
		q = f.Quantity
	}
	p.quantity(column, q)
}

// title writes the head of a sheet: its title, what to know about it, and the
// mark of invented figures.
func (p *page) title(where xlsx.Align, title string, notes ...string) {
	p.Wide(title, style{Align: where, Bold: true, Size: 16})
	if p.wb.view.Campaign().Sample {
		p.Wide(sampleMark, style{Align: where, Bold: true, Red: true})
	}
	for _, note := range notes {
		if note != "" {
			p.Wide(note, style{Align: where})
		}
	}
}

// headings writes the table's head, with so many columns kept in sight.
func (p *page) headings(fixed int, names ...string) {
	high := 1
	for n, name := range names {
		high = max(high, p.Lines(name, n+1, n+1))
	}
	p.Next(high)
	for n, name := range names {
		p.Text(n+1, name, headed)
	}
	p.KeepHead(fixed, "bottomRight")
}
