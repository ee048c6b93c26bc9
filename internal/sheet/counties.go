package sheet

import (
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
	"wangjian/internal/xlsx"
)

// counties prints a department's regions beside each other, a line a region and
// a column a row of the form, one round after the other. Round and region stand
// on every line, so that the sheet can be filtered and sorted.
func (wb *workbook) counties(d *campaign.Department, b *stats.Table) {
	c := wb.view.Campaign()
	rows := c.Form.RowsOf(d)
	names, widths := []string{"期次", "地区"}, []float64{8, 20}
	for _, row := range rows {
		names, widths = append(names, label(row)), append(widths, 14)
	}
	p := wb.sheet(d.Short+"各地", widths...)
	notes := []string{"“本级”是" + d.Short + "自办部分，“合计”是各地与本级之和；“" + none + "”表示没有数据。"}
	for _, r := range c.Rounds {
		notes = append(notes, wb.unreleased(r))
	}
	p.title(xlsx.Left, d.Name+"各地统计数据", notes...)
	p.headings(2, names...)
	for _, round := range c.Rounds {
		if !slices.ContainsFunc(c.Regions, func(r *campaign.Region) bool { return b.Report(round, d, r) != nil }) {
			continue
		}
		p.countyLine(round, "合计", rows, func(row *campaign.Row) *stats.Figure { return b.Figure(round, row, nil) }, true)
		p.countyLine(round, "本级", rows, func(row *campaign.Row) *stats.Figure { return b.Own(round, row) }, false)
		for _, region := range c.Regions {
			p.countyLine(round, region.Name, rows, func(row *campaign.Row) *stats.Figure { return b.Figure(round, row, region) }, false)
		}
	}
	p.Print("landscape")
}

func (p *page) countyLine(round *campaign.Round, name string, rows []*campaign.Row, figure func(*campaign.Row) *stats.Figure, total bool) {
	p.Next(p.Lines(name, 2, 2))
	p.Text(1, round.Name, style{Align: xlsx.Centre, Boxed: true, Bold: total})
	p.Text(2, name, style{Align: xlsx.Left, Boxed: true, Bold: total})
	for n, row := range rows {
		p.figure(3+n, figure(row))
	}
}
