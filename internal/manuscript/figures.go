package manuscript

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// citer compares the literal figures of a text with the department's form.
type citer struct {
	opts  Options
	said  *remarks
	rows  []*campaign.Row
	units []string // every unit of the form and the longer words that start with one, longest first
}

// citeFigures turns literal figures that equal the form's into references and
// reports those that differ. It needs the row's name, or a clear part of it,
// right beside the number, and the row's unit after it; anything less sure is
// left as it stands.
func citeFigures(n *narrative, opts Options, said *remarks) {
	if opts.Book == nil {
		return
	}
	c := &citer{opts: opts, said: said, rows: opts.Campaign.Form.RowsOf(opts.Department)}
	if len(c.rows) == 0 {
		return
	}
	c.units = slices.Clone(otherUnits)
	for _, r := range opts.Campaign.Form.Rows {
		c.units = append(c.units, r.Unit)
	}
	slices.SortFunc(c.units, func(a, b string) int { return len(b) - len(a) })
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

// otherUnits start like a unit of the form and are another.
var otherUnits = []string{"个次", "人次", "批次", "户次", "家次", "件次", "件套", "条次", "场次", "万条", "万元", "万件", "万个", "亿元", "个月", "个百分点", "次日", "条例", "个人", "件事"}

var numeral = regexp.MustCompile(`[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?`)

// amountAt is a number with its unit in a sentence.
type amountAt struct {
	from, to, end int // the number is from:to, its unit ends at end
	value         decimal.Decimal
	unit          string
	sure          bool // neither rounded nor part of a range
}

// cited is a figure of the form that a number stands for.
type cited struct {
	figure *stats.Figure
	round  *campaign.Round
	region *campaign.Region
	change *stats.Change // for 新增
	named  bool          // 新增, and since which round
}

// Bounds of what is compared; no person writes so long a sentence, or so many
// figures in one paragraph.
const (
	longestSentence = 6000
	mostCited       = 300
)

// paragraph compares every number of a paragraph.
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
		if len(sentence) > longestSentence || len(todo) > mostCited {
			start = end
			continue
		}
		var last *cited
		previous := 0
		for _, a := range c.amounts(sentence) {
			found := c.match(sentence, previous, a, last)
			previous = a.end
			last = found
			if found == nil || !a.sure {
				continue
			}
			if from, to, ref := c.settle(p, sentence, a, found, start); ref != "" {
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

// amounts finds the numbers of a sentence that have one of the form's units.
// Offsets are of the sentence as it stands, full-width digits too.
func (c *citer) amounts(sentence string) []amountAt {
	folded, at := foldWithOffsets(sentence)
	var list []amountAt
	for _, m := range numeral.FindAllStringIndex(folded, -1) {
		if glued(folded[:m[0]]) {
			continue
		}
		after := strings.TrimLeft(folded[m[1]:], " ")
		unitAt := len(folded) - len(after)
		unit := c.unitOf(after)
		if unit == "" {
			continue
		}
		value, err := decimal.NewFromString(strings.ReplaceAll(folded[m[0]:m[1]], ",", ""))
		if err != nil || m[1]-m[0] > campaign.MaxDigits {
			continue
		}
		list = append(list, amountAt{
			from: at[m[0]], to: at[m[1]], end: at[unitAt+len(unit)], value: value, unit: unit,
			sure: !rounded.MatchString(folded[:m[0]]) && !ranged.MatchString(folded[unitAt+len(unit):]),
		})
	}
	return list
}

var (
	rounded = regexp.MustCompile(`(?:近|约|超|过|逾|上|不足|不到|[0-9][^\s，。0-9]{0,2}\s*[-~～—至到])\s*$`)
	ranged  = regexp.MustCompile(`^\s*(?:[-~～—]|左右|以上|以下|以内|上下|多|余)`)
	gluedTo = regexp.MustCompile(`(?:[./]|第\s*|[0-9][,，])$`)
)

// glued tells a number that belongs to what stands before it: 第3, 1，231.
func glued(before string) bool { return gluedTo.MatchString(before) }

// unitOf gives the unit that a text starts with: the longest that is known, so
// that 个次 is not taken for 个.
func (c *citer) unitOf(text string) string {
	for _, u := range c.units {
		if u != "" && strings.HasPrefix(text, u) {
			return u
		}
	}
	return ""
}

// foldWithOffsets folds full-width digits and gives, for each byte of the
// folded text, where it stands in the original.
func foldWithOffsets(s string) (string, []int) {
	var b strings.Builder
	var at []int
	for i, r := range s {
		one := foldDigits(string(r))
		for range len(one) {
			at = append(at, i)
		}
		b.WriteString(one)
	}
	return b.String(), append(at, len(s))
}

// match finds the figure that a number stands for; nil when that is not sure.
// previous is where the number before it ends, last what that one stood for.
func (c *citer) match(sentence string, previous int, a amountAt, last *cited) *cited {
	before, after := sentence[previous:a.from], clauseAfter(sentence[a.end:])
	if c.namesOther(before) {
		return nil
	}
	row, increase := c.rowFor(before, after, a.unit)
	if row == nil {
		return c.follow(before, a, last)
	}
	round, region, ok := c.scope(sentence, before)
	if !ok {
		return nil
	}
	f := c.opts.Book.Figure(round, row, region)
	if f == nil {
		return nil
	}
	found := &cited{figure: f, round: round, region: region}
	if increase {
		return c.increaseOf(found)
	}
	return found
}

var (
	increaseOnly = regexp.MustCompile(`^[\s，,、（(；]*(?:其中)?(?:(?:比|较)[^0-9，。]{1,8}|[^0-9，。]{1,6}(?:以后|以来|之后))?(?:新增|增加)了?[\s：:]*$`)
	unitsOnly    = regexp.MustCompile(`^[\s、，,（(和及]*(?:共|共计|合计|计)?\s*$`)
)

// follow finds the figure of a number that leans on the one before it: an
// increase (231件，新增143件), or the same row in another unit (12批次、340件).
func (c *citer) follow(before string, a amountAt, last *cited) *cited {
	if last == nil || last.change != nil {
		return nil
	}
	row := last.figure.Row
	switch {
	case increaseOnly.MatchString(before) && row.Unit == a.unit:
		found := c.increaseOf(last)
		if found != nil {
			found.named = mentions(before, found.change.Previous.Round.Named)
		}
		return found
	case unitsOnly.MatchString(before) && row.Unit != a.unit:
		for _, other := range c.rows {
			if other.Name == row.Name && other.Parent == row.Parent && other.Unit == a.unit {
				if f := c.opts.Book.Figure(last.round, other, last.region); f != nil {
					return &cited{figure: f, round: last.round, region: last.region}
				}
			}
		}
	}
	return nil
}

func (c *citer) increaseOf(of *cited) *cited {
	change, err := c.opts.Book.Change(of.figure)
	if err != nil || change.Basis != campaign.Cumulative {
		return nil
	}
	return &cited{figure: of.figure, round: of.round, region: of.region, change: &change}
}

// namesOther tells words before a number that make it someone else's.
func (c *citer) namesOther(before string) bool {
	for _, wide := range []string{"全省", "全国", "全系统", "同期", "上年", "去年", "同比", "环比", "占"} {
		if strings.Contains(before, wide) {
			return true
		}
	}
	for _, d := range c.opts.Campaign.Departments {
		if d != c.opts.Department && mentions(before, d.Named) {
			return true
		}
	}
	return false
}

// scope tells which round and which region a number is of.
func (c *citer) scope(sentence, before string) (*campaign.Round, *campaign.Region, bool) {
	round, region := c.opts.Round, c.opts.Region
	rounds := 0
	for _, r := range c.opts.Campaign.Rounds {
		if r != c.opts.Round && mentions(before, r.Named) {
			round, rounds = r, rounds+1
		}
	}
	regions, elsewhere := 0, false
	for _, r := range c.opts.Campaign.Regions {
		switch {
		case mentions(before, r.Named):
			region, regions = r, regions+1
		case r != c.opts.Region && mentions(sentence, r.Named):
			elsewhere = true
		}
	}
	if rounds > 1 || regions > 1 || elsewhere {
		return nil, nil, false
	}
	if c.opts.Region != nil && (strings.Contains(before, "全市") || strings.Contains(before, "市本级")) {
		return nil, nil, false
	}
	return round, region, true
}

// settle compares a number with its figure: equal ones become a reference,
// others a problem. It gives what to replace in the paragraph, if anything.
func (c *citer) settle(p *paragraph, sentence string, a amountAt, found *cited, offset int) (from, to int, ref string) {
	written := sentence[a.from:a.end]
	f := found.figure
	want, shown := f.Quantity.Decimal(), f.Text()
	equal := f.Quantity.IsNumber() && want.Equal(a.value)
	aspect := ""
	if found.change != nil {
		equal, shown = found.change.Amount.Equal(a.value), found.change.Text()+f.Row.Unit
		aspect = "|" + string(campaign.Increase)
	}
	switch {
	case equal:
	case found.change == nil:
		c.tellDifferent(p, written, found)
		return 0, 0, ""
	case found.named:
		scope := found.change.Scope()
		if scope != "" {
			scope = "（" + scope + "）"
		}
		c.said.problem("manuscript-figure", p, checkFigure, "总结写比%s新增“%s”，按统计表算，“%s”的新增是 %s%s", found.change.Previous.Round.Name, written, f.Row.Name, shown, scope)
		return 0, 0, ""
	default: // it may be another increase
		return 0, 0, ""
	}
	whole := oneSpan(p.spans, offset+a.from, offset+a.end)
	from, to = offset+a.from, offset+a.end
	if !whole {
		// The number looks one way and its unit another: the unit stays.
		if aspect != "" || !oneSpan(p.spans, offset+a.from, offset+a.to) {
			return 0, 0, ""
		}
		to, aspect, shown = offset+a.to, "|"+string(campaign.Value), f.Quantity.String()
		written = sentence[a.from:a.to]
	}
	ref, ok := c.reference(found, aspect)
	if !ok {
		return 0, 0, ""
	}
	c.said.note("changed-figure", p, "“%s”改成了引用 {{%s}}，页面上显示“%s”", written, ref, shown)
	return from, to, ref
}

const checkFigure = "核对总结和统计表，改正写错的一个"

func (c *citer) tellDifferent(p *paragraph, written string, found *cited) {
	f := found.figure
	where := found.round.Name
	if found.region != nil {
		where += found.region.Short
	}
	c.said.problem("manuscript-figure", p, checkFigure, "总结写“%s”，%s统计表的“%s”是 %s（%s）",
		written, where, f.Row.Name, f.Text(), f.At.Source())
}

// reference writes a figure's reference without its braces.
func (c *citer) reference(found *cited, aspect string) (string, bool) {
	f := found.figure
	ref := f.Department.Short
	if found.round != c.opts.Round {
		ref = found.round.Short + ":" + ref
	}
	if found.region != nil {
		ref += "@" + found.region.Short
	}
	ref += "/" + c.opts.Campaign.Form.Key(f.Row) + aspect
	parsed, err := campaign.ParseReference(ref)
	if err != nil || strings.ContainsAny(ref, "{}\n\\") {
		return "", false
	}
	target, err := c.opts.Campaign.Resolve(parsed, c.opts.Round)
	return ref, err == nil && target.Row == f.Row && target.Round == found.round && target.Region == found.region
}

// oneSpan tells whether a stretch of a paragraph's text lies in one span of
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
