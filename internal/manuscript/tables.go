package manuscript

import (
	"iter"
	"slices"
	"strconv"

	"wangjian/internal/linebreak"
	"wangjian/internal/prose"
)

// maxColumns bounds a table: what Word itself allows.
const maxColumns = 63

// table reads a w:tbl.
func (r *reader) table(e *element) *table {
	t := &table{}
	if p := e.child("tblPr"); p != nil {
		t.styled = p.child("tblStyle") != nil || isShaded(p)
	}
	shaded := r.shaded
	r.shaded = r.shaded || t.styled
	for _, c := range unwrapped(e, "tr") {
		row, hidden := r.row(c)
		if hidden {
			r.said.note("left-hidden", r.current, "表格里隐藏的一行没有导入：“%s”", linebreak.Clip(c.words(), 20))
			continue
		}
		if len(row) > 0 {
			t.rows = append(t.rows, row)
		}
	}
	r.shaded = shaded
	for p := range t.paragraphs() {
		t.at = p
		break
	}
	return t
}

// paragraphs runs through what the cells hold, row by row.
func (t *table) paragraphs() iter.Seq[*paragraph] {
	return func(yield func(*paragraph) bool) {
		for _, row := range t.rows {
			for _, c := range row {
				for _, p := range c.paragraphs {
					if !yield(p) {
						return
					}
				}
			}
		}
	}
}

// unwrapped returns the children of a name, also those inside content controls
// and the like.
func unwrapped(e *element, name string) []*element {
	var list []*element
	for _, c := range e.children {
		switch {
		case c.is(name):
			list = append(list, c)
		case c.is("sdt"), c.is("sdtContent"), c.is("customXml"), c.is("ins"), c.is("moveTo"):
			list = append(list, unwrapped(c, name)...)
		}
	}
	return list
}

func (r *reader) row(e *element) (row []*cell, hidden bool) {
	columns := 0
	add := func(c *cell) {
		r.cells += c.span
		r.excess = r.excess || r.cells > maxCells
		if columns+c.span <= maxColumns && !r.excess {
			row = append(row, c)
			columns += c.span
		}
	}
	skip := func(p *element, name string) {
		if n, err := strconv.Atoi(p.val(name)); err == nil && n > 0 {
			add(&cell{span: min(n, maxColumns), blank: true})
		}
	}
	properties := e.child("trPr")
	if properties != nil {
		if readToggle(properties, "hidden") == on {
			return nil, true
		}
		skip(properties, "gridBefore")
	}
	for _, c := range unwrapped(e, "tc") {
		add(r.cell(c))
	}
	return row, false
}

// cell reads a w:tc. A table inside it becomes lines of text.
func (r *reader) cell(e *element) *cell {
	c := &cell{span: 1}
	if p := e.child("tcPr"); p != nil {
		if n, err := strconv.Atoi(p.val("gridSpan")); err == nil && n > 1 {
			c.span = min(n, maxColumns)
		}
		if m := p.child("vMerge"); m != nil {
			c.below = m.attr("val") != "restart"
		}
		c.shaded = isShaded(p)
	}
	shaded := r.shaded
	r.shaded = r.shaded || c.shaded
	for _, b := range r.blocks(e.children) {
		switch {
		case b.paragraph != nil:
			c.paragraphs = append(c.paragraphs, b.paragraph)
		case b.table != nil:
			r.said.note("changed-nested", r.current, "表格里套的表格改成了文字")
			c.paragraphs = slices.AppendSeq(c.paragraphs, b.table.paragraphs())
		}
	}
	r.shaded = shaded
	return c
}

// pictures reports whether any cell holds a picture.
func (t *table) pictures() bool {
	for p := range t.paragraphs() {
		if len(p.pictures()) > 0 {
			return true
		}
	}
	return false
}

// grid lays a table out with one cell a column: what Markdown can show.
// Merged cells are taken apart: a label that covers several rows stands in
// each of them, so that a row can be read by itself; a number stands once, so
// that it is not counted twice; what covers several columns stands in the
// first.
func (t *table) grid(said *remarks) [][]*gridCell {
	columns := 0
	for _, row := range t.rows {
		n := 0
		for _, c := range row {
			n += c.span
		}
		columns = max(columns, n)
	}
	var out [][]*gridCell
	across, down := 0, 0
	above := make([]*gridCell, columns)
	for _, row := range t.rows {
		line := make([]*gridCell, 0, columns)
		for _, c := range row {
			g := newGridCell(c)
			if at := len(line); c.below && at < columns && above[at] != nil {
				down++
				g = above[at].repeated()
			}
			if c.span > 1 && !c.blank {
				across++
			}
			line = append(line, g)
			for range c.span - 1 {
				line = append(line, &gridCell{})
			}
		}
		for len(line) < columns {
			line = append(line, &gridCell{})
		}
		copy(above, line)
		out = append(out, line)
	}
	if across > 0 {
		said.note("changed-merged", t.at, "表格里有 %d 处横向合并的单元格拆开了，内容留在第一格", across)
	}
	if down > 0 {
		said.note("changed-merged", t.at, "表格里有 %d 处纵向合并的单元格拆开了，文字在每一行重复，数字只留在第一行", down)
	}
	return out
}

// gridCell is one cell of the Markdown table.
type gridCell struct {
	spans []span
	align string
	once  bool // holds a number that must not be repeated
}

func newGridCell(c *cell) *gridCell {
	g := &gridCell{}
	for _, p := range c.paragraphs {
		if len(g.spans) > 0 {
			g.spans = append(g.spans, span{kind: wordSpan, text: " "})
		}
		if p.mark != nil {
			g.spans = append(g.spans, span{kind: wordSpan, text: p.shownMark()})
		}
		for _, s := range p.spans {
			if s.kind == breakSpan {
				s = span{kind: wordSpan, text: " "}
			}
			g.spans = append(g.spans, s)
		}
		if g.align == "" {
			g.align = p.align
		}
	}
	g.spans = tidy(g.spans)
	return g
}

// repeated returns the cell again for the row below.
func (g *gridCell) repeated() *gridCell {
	if g.once || prose.IsAmount(textOf(g.spans)) {
		return &gridCell{align: g.align, once: true}
	}
	return &gridCell{spans: slices.Clone(g.spans), align: g.align}
}
