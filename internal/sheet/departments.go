package sheet

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
	"wangjian/internal/xlsx"
)

// department prints a department's rows over all rounds, with the change since
// the round before and the remarks.
func (wb *workbook) department(d *campaign.Department, b *stats.Table) {
	c := wb.view.Campaign()
	names := []string{"项目", "单位"}
	widths := []float64{48, 8}
	add := func(name string, width float64) {
		names, widths = append(names, name), append(widths, width)
	}
	for _, r := range c.Rounds {
		add(r.Name, 14)
	}
	compared := comparedRounds(c.Rounds)
	for _, r := range compared {
		add(r.Name+"较"+r.Previous.Name+changeName(r), 14)
	}
	for _, r := range c.Rounds {
		add(r.Name+"备注", 30)
	}
	p := wb.sheet(d.Short, widths...)
	var notes []string
	for _, r := range c.Rounds {
		notes = append(notes, wb.unreleased(r))
	}
	p.title(xlsx.Left, d.Name+"统计数据", append(notes, figureNotes(d, compared, b, c)...)...)
	p.headings(1, names...)
	for _, row := range c.Form.RowsOf(d) {
		p.departmentRow(row, compared, b)
	}
	p.Print("landscape")
}

// figureNotes says which figures are without regions' forms, and which changes
// are of some regions alone.
func figureNotes(d *campaign.Department, compared []*campaign.Round, b *stats.Table, c *campaign.Campaign) []string {
	figures := func(rounds []*campaign.Round) []*stats.Figure {
		var list []*stats.Figure
		for _, r := range rounds {
			for _, row := range c.Form.RowsOf(d) {
				list = append(list, b.Figure(r, row, nil))
			}
		}
		return list
	}
	return append(b.WithoutNotes(figures(c.Rounds)...), b.ScopeNotes(figures(compared)...)...)
}

// comparedRounds returns the rounds whose round before is in the view too and
// counted the same way.
func comparedRounds(rounds []*campaign.Round) []*campaign.Round {
	var list []*campaign.Round
	for n, r := range rounds {
		if n > 0 && r.Previous == rounds[n-1] && r.Previous.Basis == r.Basis {
			list = append(list, r)
		}
	}
	return list
}

func changeName(r *campaign.Round) string {
	if r.Basis == campaign.Cumulative {
		return "新增"
	}
	return "增幅"
}

func (p *page) departmentRow(row *campaign.Row, compared []*campaign.Round, b *stats.Table) {
	rounds := p.wb.view.Campaign().Rounds
	name, remarks := row.Line(), make([]string, len(rounds))
	high := p.Lines(name, 1, 1)
	for n, r := range rounds {
		if f := b.Figure(r, row, nil); f != nil {
			remarks[n] = f.Note()
		}
		column := 3 + len(rounds) + len(compared) + n
		high = max(high, p.Lines(remarks[n], column, column))
	}
	p.Next(high)
	named := box
	if row.Parent != nil {
		named.Indent = 2
	}
	p.Text(1, name, named)
	p.Text(2, row.Unit, centred)
	column := 3
	for _, r := range rounds {
		p.figure(column, b.Figure(r, row, nil))
		column++
	}
	for _, r := range compared {
		p.change(column, b.Figure(r, row, nil), b)
		column++
	}
	for _, remark := range remarks {
		p.Text(column, remark, box)
		column++
	}
}

// change writes how a figure moved; — where there is nothing to compare.
func (p *page) change(column int, f *stats.Figure, b *stats.Table) {
	s := numeric
	if f == nil {
		p.Text(column, none, s)
		return
	}
	c, err := b.Change(f)
	switch {
	case err != nil:
		p.Text(column, none, s)
	case c.Basis == campaign.Cumulative:
		p.number(column, c.Text(), s)
	default:
		p.percent(column, c, s)
	}
}

// percent writes 12.5% as the number 0.125 shown in percent, the way a
// spreadsheet reckons with it.
func (p *page) percent(column int, c stats.Change, s style) {
	places := c.Ratio.Places()
	text := c.Ratio.Percent.Shift(-2).StringFixed(places + 2)
	if !xlsx.Fits(text) {
		p.Text(column, c.Text(), s)
		return
	}
	s.Format = "0." + strings.Repeat("0", int(places)) + "%"
	p.Value(column, text, s)
}
