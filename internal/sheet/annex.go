package sheet

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// The annex's columns: department, 其中, item, quantity, remark.
const (
	annexDepartment = iota + 1
	annexAmong
	annexItem
	annexQuantity
	annexRemark
)

// annex prints a round's form as the notice's annex has it: the department's
// cell beside all its rows with the figures of 栏头 in it, the 其中 cell beside
// the rows that divide the one above.
func (wb *workbook) annex(round *campaign.Round, b *stats.Book) {
	c := wb.view.Campaign()
	p := wb.sheet(round.Name+"统计表", 26, 7, 50, 16, 32)
	p.title(centre, c.Form.Name, round.Name+"（"+string(round.Basis)+"，报送截止 "+round.Deadline.Chinese()+"）", wb.unreleased(round))
	p.next(1)
	head := style{align: centre, bold: true, boxed: true, shaded: true}
	p.block(annexDepartment, annexItem, p.row, "项目", head)
	p.text(annexQuantity, "数量", head)
	p.text(annexRemark, "备注", head)
	p.keepHead(0)
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
			p.wide(note, style{align: left})
		}
	}
	p.print("portrait")
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
	first, box := p.row+1, style{align: centre, boxed: true}
	if len(b.Lines) == 0 {
		p.next(lines(name, p.widths[0]))
		p.merge(annexAmong, annexRemark, p.row)
		p.dress(annexAmong, annexRemark, p.row, style{align: left, boxed: true})
	}
	for _, line := range b.Lines {
		p.annexLine(line)
		if n := line.Among(); n > 0 {
			p.block(annexAmong, annexAmong, p.row+n-1, "其中", box)
		}
	}
	last := p.row
	p.row = first
	p.block(annexDepartment, annexDepartment, last, name, box)
	p.row = last
}

func (p *page) annexLine(line stats.AnnexLine) {
	item := annexAmong
	if line.Parent != nil {
		item = annexItem
	}
	p.next(max(lines(line.Label(), p.widths[annexItem-1]), lines(line.Remark, p.widths[annexRemark-1])))
	box := style{align: left, boxed: true}
	p.block(item, annexItem, p.row, line.Label(), box)
	p.quantity(annexQuantity, line.Quantity)
	p.text(annexRemark, line.Remark, box)
}

// unreleased says in the office's sheets that a round is not public yet.
func (wb *workbook) unreleased(round *campaign.Round) string {
	if wb.view.Audience() == release.ForOffice {
		for _, h := range wb.view.Held() {
			if h.Round == round {
				return "本期数据尚未公开：" + strings.Join(h.Reasons, "；")
			}
		}
	}
	return ""
}
