package sheet

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
	"wangjian/internal/xlsx"
)

// The annex's first columns; those of stats.AnnexFields follow.
const (
	annexDepartment = iota + 1
	annexAmong
	annexItem
)

// annex prints a round's form as the notice's annex has it: the department's
// cell beside all its rows with the figures of 栏头 in it, the 其中 cell beside
// the rows that divide the one above.
func (wb *workbook) annex(round *campaign.Round, b *stats.Table) {
	c := wb.view.Campaign()
	widths := []float64{26, 7, 50}
	for _, column := range stats.AnnexFields {
		widths = append(widths, column.Characters)
	}
	p := wb.sheet(round.Name+"统计表", widths...)
	p.title(xlsx.Centre, c.Form.Name, round.Name+"（"+string(round.Basis)+"，报送截止 "+round.Deadline.Chinese()+"）", wb.unreleased(round))
	p.Next(1)
	p.Block(annexDepartment, annexItem, p.Row, "项目", headed)
	for n, column := range stats.AnnexFields {
		p.Text(annexItem+1+n, column.Name, headed)
	}
	p.KeepHead(0, "bottomRight")
	filled := b.Annex(round)
	var notes []string
	if filled.Note != "" {
		notes = append(notes, "注："+filled.Note)
	}
	for _, block := range filled.Blocks {
		p.annexBlock(block)
		for _, line := range block.Heading { // the form has no cell for their remarks
			if line.Remark != "" {
				notes = append(notes, block.Department.Short+"“"+line.Name+"”备注："+line.Remark)
			}
		}
	}
	for _, note := range append(notes, missingNote(round, b)) {
		if note != "" {
			p.Wide(note, style{Align: xlsx.Left})
		}
	}
	p.Print("portrait")
}

// annexBlock prints a department's lines, its cell beside all of them.
func (p *page) annexBlock(b stats.AnnexBlock) {
	name := b.Department.Short
	var heading []string
	for _, line := range b.Heading {
		heading = append(heading, line.Name+line.WithUnit())
	}
	if len(heading) > 0 {
		name += "\n" + strings.Join(heading, "；\n") + "。"
	}
	first := p.Row + 1
	if len(b.Lines) == 0 {
		p.Next(p.Lines(name, annexDepartment, annexDepartment))
		p.Block(annexAmong, annexItem+len(stats.AnnexFields), p.Row, "", box)
	}
	for _, line := range b.Lines {
		p.annexLine(line)
		if n := line.Among(); n > 0 {
			p.Block(annexAmong, annexAmong, p.Row+n-1, "其中", centred)
		}
	}
	last := p.Row
	p.Row = first
	p.Block(annexDepartment, annexDepartment, last, name, centred)
	p.Row = last
}

func (p *page) annexLine(line stats.AnnexLine) {
	item := annexAmong
	if line.Parent != nil {
		item = annexItem
	}
	high := p.Lines(line.Label(), annexItem, annexItem)
	for n, column := range stats.AnnexFields {
		if !column.Figure {
			high = max(high, p.Lines(column.Of(line).Text, annexItem+1+n, annexItem+1+n))
		}
	}
	p.Next(high)
	p.Block(item, annexItem, p.Row, line.Label(), box)
	for n, column := range stats.AnnexFields {
		if cell := column.Of(line); column.Figure {
			p.figure(annexItem+1+n, cell.Figure)
		} else {
			p.Text(annexItem+1+n, cell.Text, box)
		}
	}
}

// unreleased says in the office's sheets that a round is not public yet.
func (wb *workbook) unreleased(round *campaign.Round) string {
	if reasons := wb.view.MarkRound(round); reasons != nil {
		return "本期数据尚未公开：" + strings.Join(reasons, "；")
	}
	return ""
}
