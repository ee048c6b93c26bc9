package stats

import (
	"wangjian/internal/campaign"
)

// Annex is the form of one round filled in, as the notice's annex prints it:
// site, workbook and PDF only lay it out.
type Annex struct {
	Round  *campaign.Round
	Blocks []AnnexBlock
	Among  bool   // it has 其中 rows
	Note   string // 注, of the form
	// Without says which of the figures are without regions' forms.
	Without []string
}

// AnnexBlock is a department's part of the form: its cell stands beside all of
// its lines and holds the figures of the heading (栏头).
type AnnexBlock struct {
	Department *campaign.Department
	Report     *campaign.Report // nil where none was handed in
	Heading    []AnnexLine
	Lines      []AnnexLine
}

// Span is how many lines the department's cell stands beside: an empty one
// where it has none.
func (b AnnexBlock) Span() int { return max(1, len(b.Lines)) }

// AnnexLine is a row of the form.
type AnnexLine struct {
	*campaign.Row
	AnnexCell        // its quantity
	Remark    string // 备注
}

// AnnexField is what the annex says of an indicator, a column of its table. The
// outputs walk AnnexFields: a column is one entry there.
type AnnexField struct {
	Name       string
	Share      float64 // of the paper's width
	Characters float64 // in workbooks
	Figure     bool    // its cells are quantities
	Of         func(AnnexLine) AnnexCell
}

// AnnexCell is a line's cell in a column.
type AnnexCell struct {
	Text   string  // words, or the quantity, or what stands in its place
	Figure *Figure // whose quantity it is; nil for words and where there is none
}

// AnnexFields are those of the form.
var AnnexFields = []AnnexField{
	{Name: "数量", Share: 0.11, Characters: 16, Figure: true, Of: func(l AnnexLine) AnnexCell { return l.AnnexCell }},
	{Name: "备注", Share: 0.18, Characters: 32, Of: func(l AnnexLine) AnnexCell { return AnnexCell{Text: l.Remark} }},
}

// Absent reports whether there is no figure.
func (c AnnexCell) Absent() bool { return c.Figure == nil || c.Figure.Quantity.Kind == campaign.Blank }

// WithUnit is the text as the heading prints it: 3.50万元; 无 and what stands in
// the place of a figure have no unit.
func (l AnnexLine) WithUnit() string {
	if l.Absent() {
		return l.Text
	}
	return l.Figure.Text()
}

// Annex fills in the form of a round.
func (t *Table) Annex(round *campaign.Round) Annex {
	form := &t.campaign.Form
	a := Annex{Round: round, Note: form.Note}
	var figures []*Figure
	for _, block := range form.Blocks() {
		filled := AnnexBlock{Department: block.Department, Report: t.Report(round, block.Department, nil)}
		for _, row := range block.Heading {
			filled.Heading = append(filled.Heading, t.annexLine(round, row))
		}
		for _, row := range block.Rows {
			filled.Lines = append(filled.Lines, t.annexLine(round, row))
			a.Among = a.Among || row.Parent != nil
		}
		a.Blocks = append(a.Blocks, filled)
	}
	for _, row := range form.Rows {
		figures = append(figures, t.Figure(round, row, nil))
	}
	a.Without = t.WithoutNotes(figures...)
	return a
}

func (t *Table) annexLine(round *campaign.Round, row *campaign.Row) AnnexLine {
	l := AnnexLine{Row: row, AnnexCell: AnnexCell{Figure: t.Figure(round, row, nil)}}
	if l.Figure != nil {
		l.Text, l.Remark = l.Figure.Quantity.String(), l.Figure.Note()
	}
	if !l.Absent() {
		return l
	}
	if l.Text = t.absence(round, row.Department, nil); l.Figure != nil && t.Absent() == NotReported {
		l.Text = string(Unread) // a part of the sum cannot be read
	}
	return l
}
