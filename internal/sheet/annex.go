package sheet

import (
	"slices"
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
	p.merge(annexDepartment, annexItem, p.row)
	p.dress(annexDepartment, annexRemark, p.row, head)
	p.text(annexDepartment, "项目", head)
	p.text(annexQuantity, "数量", head)
	p.text(annexRemark, "备注", head)
	p.keepHead(0)
	var notes []string
	for _, d := range reporting(&c.Form) {
		notes = append(notes, p.annexBlock(round, d, b)...)
	}
	if c.Form.Note != "" {
		notes = append([]string{"注：" + c.Form.Note}, notes...)
	}
	for _, note := range append(notes, missingNote(round, b)) {
		if note != "" {
			p.wide(note, style{align: left})
		}
	}
	p.print("portrait")
}

// reporting gives the departments that the form has rows for, as it prints them.
func reporting(form *campaign.Form) []*campaign.Department {
	var list []*campaign.Department
	for _, row := range form.Rows {
		if !slices.Contains(list, row.Department) {
			list = append(list, row.Department)
		}
	}
	return list
}

// annexBlock prints a department's rows, and gives the remarks on its 栏头
// figures, for which the form has no cell.
func (p *page) annexBlock(round *campaign.Round, d *campaign.Department, b *stats.Book) (notes []string) {
	var body []*campaign.Row
	var heading []string
	for _, row := range p.wb.view.Campaign().Form.RowsOf(d) {
		if !row.InHeading {
			body = append(body, row)
			continue
		}
		f := b.Figure(round, row, nil)
		heading = append(heading, row.Name+headingQuantity(f)+row.Unit)
		if f != nil && f.Note() != "" {
			notes = append(notes, d.Short+"“"+row.Name+"”备注："+f.Note())
		}
	}
	name := d.Short
	if len(heading) > 0 {
		name += "\n" + strings.Join(heading, "；\n") + "。"
	}
	first := p.row + 1
	if len(body) == 0 {
		p.next(lines(name, p.widths[0]))
		p.merge(annexAmong, annexRemark, p.row)
		p.dress(annexAmong, annexRemark, p.row, style{align: left, boxed: true})
	}
	for n, row := range body {
		p.annexRow(row, b.Figure(round, row, nil))
		if row.Parent != nil && (n == 0 || body[n-1].Parent != row.Parent) {
			p.amongCell(body[n:])
		}
	}
	last := p.row
	p.row = first
	p.merge(annexDepartment, annexDepartment, last)
	p.dress(annexDepartment, annexDepartment, last, style{align: centre, boxed: true})
	p.text(annexDepartment, name, style{align: centre, boxed: true})
	p.row = last
	return notes
}

func headingQuantity(f *stats.Figure) string {
	if f == nil || f.Quantity.Kind == campaign.Blank {
		return none
	}
	return f.Quantity.String()
}

func (p *page) annexRow(row *campaign.Row, f *stats.Figure) {
	item, remark := annexAmong, ""
	if row.Parent != nil {
		item = annexItem
	}
	if f != nil {
		remark = f.Note()
	}
	p.next(max(lines(row.Label(), p.widths[annexItem-1]), lines(remark, p.widths[annexRemark-1])))
	box := style{align: left, boxed: true}
	p.merge(item, annexItem, p.row)
	p.dress(item, annexItem, p.row, box)
	p.text(item, row.Label(), box)
	if f != nil {
		p.quantity(annexQuantity, f.Quantity)
	} else {
		p.quantity(annexQuantity, campaign.Quantity{})
	}
	p.text(annexRemark, remark, box)
}

// amongCell joins the 其中 cell beside the rows that share the first one's
// parent, starting on the current row.
func (p *page) amongCell(rows []*campaign.Row) {
	count := 0
	for count < len(rows) && rows[count].Parent == rows[0].Parent {
		count++
	}
	p.merge(annexAmong, annexAmong, p.row+count-1)
	p.dress(annexAmong, annexAmong, p.row+count-1, style{align: centre, boxed: true})
	p.text(annexAmong, "其中", style{align: centre, boxed: true})
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
