package manuscript

import (
	"wangjian/internal/campaign"
	"wangjian/internal/prose"
)

// table compares the numbers of a table whose rows are named as the form's.
func (c *citer) table(b *block) {
	if len(b.grid) < 2 {
		return
	}
	head := texts(b.grid[0])
	for _, line := range b.grid[1:] {
		for _, found := range c.Line(head, texts(line)) {
			c.cell(b.table.at, line[found.Cell], found.Claim)
		}
	}
}

func texts(line []*gridCell) (list []string) {
	for _, cell := range line {
		list = append(list, textOf(cell.spans))
	}
	return list
}

// cell takes up what one number of a table says.
func (c *citer) cell(at *paragraph, cell *gridCell, found prose.Claim) {
	if len(cell.spans) != 1 {
		return
	}
	f, written := found.Figure, oneLine(textOf(cell.spans))
	if !found.Equal {
		c.tellDifferent(at, written, f)
		return
	}
	aspect, shown := "", f.Text()
	if found.Unit == "" {
		aspect, shown = "|"+string(campaign.Value), f.Quantity.String()
	}
	if ref, ok := c.reference(f, aspect); ok {
		c.said.note("changed-figure", at, "表格里的“%s”改成了引用 {{%s}}，页面上显示“%s”", written, ref, shown)
		cell.spans[0].kind, cell.spans[0].text = citeSpan, ref
	}
}
