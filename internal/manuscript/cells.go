package manuscript

import (
	"regexp"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/prose"
)

// changeHead is the head of a column that does not hold the figure itself.
var changeHead = regexp.MustCompile(`新增|增加|增长|增幅|同比|环比|同期|上年|去年|占比|比例|比重|率$`)

// table compares the numbers of a table whose rows are named as the form's.
func (c *citer) table(b *block) {
	if len(b.grid) < 2 {
		return
	}
	head := b.grid[0]
	for _, line := range b.grid[1:] {
		row := c.rowOfLine(line)
		if row == nil {
			continue
		}
		numbers := 0
		for _, cell := range line {
			if strings.ContainsAny(prose.FoldDigits(textOf(cell.spans)), "0123456789") && isAmount(textOf(cell.spans)) {
				numbers++
			}
		}
		for i, cell := range line {
			title := textOf(head[i].spans)
			round, named := c.roundOf(title)
			if numbers > 1 && !named || changeHead.MatchString(title) || round == nil {
				continue
			}
			c.cell(b.table.at, cell, row, round, hasUnit(row, title, line))
		}
	}
}

// rowOfLine finds the row that one cell of a line names in full.
func (c *citer) rowOfLine(line []*gridCell) *campaign.Row {
	for _, cell := range line {
		text := prose.Plain(textOf(cell.spans))
		var found []*campaign.Row
		for _, r := range c.Rows() {
			if name := prose.Plain(r.Name); text == name && hasUnit(r, "", line) || text == prose.Plain(r.Label()) {
				found = append(found, r)
			}
		}
		if len(found) == 1 {
			return found[0]
		}
	}
	return nil
}

// hasUnit tells whether a line or its column's head says the row's unit.
func hasUnit(row *campaign.Row, title string, line []*gridCell) bool {
	if strings.Contains(title, "（"+row.Unit+"）") || strings.Contains(title, "("+row.Unit+")") {
		return true
	}
	for _, cell := range line {
		text := oneLine(textOf(cell.spans))
		if text == row.Unit || strings.HasSuffix(prose.Plain(text), "("+row.Unit+")") || isAmount(text) && strings.HasSuffix(text, row.Unit) {
			return true
		}
	}
	return false
}

// roundOf tells which round a column is of by its head; nil where it names
// several.
func (c *citer) roundOf(title string) (round *campaign.Round, named bool) {
	round = c.opts.Round
	count := 0
	for _, r := range c.opts.Campaign.Rounds {
		if mentions(title, r.Named) {
			round, count = r, count+1
		}
	}
	if count > 1 {
		return nil, true
	}
	return round, count == 1
}

// cell compares one number of a table.
func (c *citer) cell(at *paragraph, cell *gridCell, row *campaign.Row, round *campaign.Round, hasUnit bool) {
	written := oneLine(textOf(cell.spans))
	number := strings.TrimSpace(strings.TrimSuffix(prose.FoldDigits(written), row.Unit))
	value, ok := prose.ParseNumber(number)
	if !ok || len(number) > campaign.MaxDigits || !hasUnit || len(cell.spans) != 1 {
		return
	}
	f := c.opts.Book.Figure(round, row, c.opts.Region)
	if f == nil {
		return
	}
	if !f.Quantity.IsNumber() || !f.Quantity.Decimal().Equal(value) {
		c.tellDifferent(at, written, f)
		return
	}
	aspect, shown := "", f.Text()
	if !strings.HasSuffix(written, row.Unit) {
		aspect, shown = "|"+string(campaign.Value), f.Quantity.String()
	}
	if ref, ok := c.reference(f, aspect); ok {
		c.said.note("changed-figure", at, "表格里的“%s”改成了引用 {{%s}}，页面上显示“%s”", written, ref, shown)
		cell.spans[0].kind, cell.spans[0].text = citeSpan, ref
	}
}
