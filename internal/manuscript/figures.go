package manuscript

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/prose"
	"wangjian/internal/stats"
)

// citer compares the literal figures of a text with the department's form.
type citer struct {
	*prose.Matcher
	opts Options
	said *remarks
}

// citeFigures turns literal figures that equal the form's into references and
// reports those that differ. What prose.Matcher is not sure of is left as it
// stands.
func citeFigures(n *narrative, opts Options, said *remarks) {
	if opts.Book == nil {
		return
	}
	c := &citer{prose.NewMatcher(opts.Campaign, opts.Book, opts.Round, opts.Department, opts.Region), opts, said}
	if len(c.Rows()) == 0 {
		return
	}
	for _, b := range n.blocks {
		switch b.part {
		case textPart, itemPart, quotePart:
			c.paragraph(b.paragraph)
		case tablePart:
			c.table(b)
		}
	}
	for i := range len(n.footnotes) {
		for _, p := range n.footnotes[i+1] {
			c.paragraph(p)
		}
	}
}

// mostCited bounds the references of a paragraph; no person writes so many.
const mostCited = 300

func (c *citer) paragraph(p *paragraph) {
	if p == nil {
		return
	}
	text := p.text()
	type replacement struct {
		from, to int
		with     string
	}
	var todo []replacement
	start := 0
	for start < len(text) {
		end := len(text)
		if i := strings.IndexAny(text[start:], "。！？!?；;\n"); i >= 0 {
			_, size := utf8.DecodeRuneInString(text[start+i:])
			end = start + i + size
		}
		sentence := text[start:end]
		if len(todo) > mostCited {
			break
		}
		for _, found := range c.Sentence(sentence, nil) {
			if !found.Sure {
				continue
			}
			if from, to, ref := c.settle(p, sentence, found, start); ref != "" {
				todo = append(todo, replacement{from, to, ref})
			}
		}
		start = end
	}
	for _, r := range slices.Backward(todo) {
		before, rest := cut(p.spans, r.from)
		what, after := cut(rest, r.to-r.from)
		one := what[0]
		one.kind, one.text = citeSpan, r.with
		p.spans = slices.Concat(before, []span{one}, what[1:], after) // a footnote's mark may follow
	}
}

// settle takes up what a number says: what equals the form becomes a
// reference, what differs is a problem. It returns what to replace in the
// paragraph, if anything.
func (c *citer) settle(p *paragraph, sentence string, found prose.Claim, offset int) (from, to int, ref string) {
	written := sentence[found.From:found.End]
	f := found.Figure
	if !found.Equal {
		switch {
		case found.Aspect == prose.Whole, found.Aspect == prose.WrongUnit:
			c.tellDifferent(p, written, f)
		case found.Named:
			c.tellChange(p, written, found)
		} // else it may be another increase
		return 0, 0, ""
	}
	change := found.Aspect == prose.Increase
	// Other measure words (231起), other changes and numbers without a name are
	// right as they stand.
	if found.Aspect == prose.Percent || found.Aspect == prose.Bare || found.Unit != f.Row.Unit || change && !c.isIncrease(found) {
		return 0, 0, ""
	}
	aspect, shown := "", f.Text()
	if change {
		aspect, shown = "|"+string(campaign.Increase), strings.TrimPrefix(found.Want, "增加 ")
	}
	whole := oneSpan(p.spans, offset+found.From, offset+found.End)
	from, to = offset+found.From, offset+found.End
	if !whole {
		// The number looks one way and its unit another: the unit stays.
		if aspect != "" || !oneSpan(p.spans, offset+found.From, offset+found.To) {
			return 0, 0, ""
		}
		to, aspect, shown = offset+found.To, "|"+string(campaign.Value), f.Quantity.String()
		written = sentence[found.From:found.To]
	}
	ref, ok := c.reference(f, aspect)
	if !ok {
		return 0, 0, ""
	}
	c.said.note("changed-figure", p, "“%s”改成了引用 {{%s}}，页面上显示“%s”", written, ref, shown)
	return from, to, ref
}

// isIncrease reports whether a change is what 新增 prints: of a 累计 figure,
// since the round before, and upwards.
func (c *citer) isIncrease(found prose.Claim) bool {
	return found.Since != nil && found.Since.Round == c.opts.Book.Before(found.Round) && found.Round.Basis == campaign.Cumulative && strings.HasPrefix(found.Want, "增加")
}

const checkFigure = "核对总结和统计表，改正写错的一个"

func (c *citer) tellChange(p *paragraph, written string, found prose.Claim) {
	since := "上年同期"
	if found.Since != nil {
		since = found.Since.Round.Name
	}
	told := found.Told(written)
	if told == written && found.Aspect == prose.Increase && strings.HasPrefix(found.Want, "增加 ") && c.isIncrease(found) {
		c.said.problem("manuscript-figure", p, checkFigure, "总结写比%s新增“%s”，按统计表算，“%s”的新增是 %s", since, written, found.Figure.Row.Name, strings.TrimPrefix(found.Want, "增加 "))
		return
	}
	c.said.problem("manuscript-figure", p, checkFigure, "总结写比%s变化“%s”，按统计表算，“%s”是%s（%s）", since, told, found.Figure.Row.Name, found.Want, found.Figure.At.Source())
}

func (c *citer) tellDifferent(p *paragraph, written string, f *stats.Figure) {
	where := f.Round.Name
	if f.Region != nil {
		where += f.Region.Short
	}
	c.said.problem("manuscript-figure", p, checkFigure, "总结写“%s”，%s统计表的“%s”是 %s（%s）",
		written, where, f.Row.Name, f.Text(), f.At.Source())
}

// reference writes a figure's reference without its braces.
func (c *citer) reference(f *stats.Figure, aspect string) (string, bool) {
	ref := f.Department.Short
	if f.Round != c.opts.Round {
		ref = f.Round.Short + ":" + ref
	}
	if f.Region != nil {
		ref += "@" + f.Region.Short
	}
	ref += "/" + c.opts.Campaign.Form.Key(f.Row) + aspect
	parsed, err := campaign.ParseReference(ref)
	if err != nil || strings.ContainsAny(ref, "{}\n\\") {
		return "", false
	}
	target, err := c.opts.Campaign.Resolve(parsed, c.opts.Round)
	return ref, err == nil && target.Row == f.Row && target.Round == f.Round && target.Region == f.Region
}

// oneSpan reports whether a stretch of a paragraph's text lies in one span of
// words without a link.
func oneSpan(spans []span, from, to int) bool {
	at := 0
	for _, s := range spans {
		size := len(textOf([]span{s}))
		if s.kind == wordSpan && from >= at && to <= at+size {
			return s.link == ""
		}
		at += size
	}
	return false
}

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
