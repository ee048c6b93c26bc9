package prose

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// Matcher finds the figures of the form that the numbers of a text stand for.
type Matcher struct {
	*vocabulary
	stats      *stats.Table
	round      *campaign.Round
	department *campaign.Department
	region     *campaign.Region
	rows       []*campaign.Row // of the department, else all
}

// vocabulary is what all texts of a campaign are read by.
type vocabulary struct {
	campaign *campaign.Campaign
	spoken   map[*campaign.Department][]string // 公安机关, 市场监管部门
	units    []string                          // of the form, and the longer words that start with one, longest first
	names    map[*campaign.Row]string          // plain, without 数量 and the like
	labels   map[*campaign.Row][2]string       // the name and the label, plain
	named    map[string][]scope                // rounds before regions
}

// scope is a round or a region of which a number is.
type scope struct {
	round  *campaign.Round
	region *campaign.Region
}

// NewMatcher returns a matcher for a text of this round, department (nil for the
// whole campaign) and region (nil for the department's own).
func NewMatcher(c *campaign.Campaign, book *stats.Table, round *campaign.Round, department *campaign.Department, region *campaign.Region) *Matcher {
	v := &vocabulary{campaign: c, spoken: spokenNames(c), units: append(slices.Concat(sameMeasure...), otherUnits...), names: map[*campaign.Row]string{}, labels: map[*campaign.Row][2]string{}, named: map[string][]scope{}}
	for _, r := range c.Form.Rows {
		v.units = append(v.units, r.Unit)
		v.labels[r] = [2]string{quotes.Replace(r.Name), quotes.Replace(r.Label())}
		v.names[r] = countWords.ReplaceAllString(quotes.Replace(r.Name), "")
	}
	add := func(s scope, names []string) {
		for _, name := range names[1:] {
			v.named[name] = append(v.named[name], s)
		}
	}
	for _, r := range c.Rounds {
		add(scope{round: r}, r.Names())
	}
	for _, r := range c.Regions {
		add(scope{region: r}, r.Names())
	}
	delete(v.named, "")
	slices.SortStableFunc(v.units, func(a, b string) int { return len(b) - len(a) })
	return (&Matcher{vocabulary: v, stats: book}).For(round, department, region)
}

// For returns a matcher for another text of the same campaign.
func (m *Matcher) For(round *campaign.Round, department *campaign.Department, region *campaign.Region) *Matcher {
	rows := m.campaign.Form.Rows
	if department != nil {
		rows = m.campaign.Form.RowsOf(department)
	}
	return &Matcher{m.vocabulary, m.stats, round, department, region, rows}
}

// Rows returns the rows that numbers of the text may be of.
func (m *Matcher) Rows() []*campaign.Row { return m.rows }

// Claim is what a number of a text says about a figure.
type Claim struct {
	From, To, End int // bytes: the number is From:To, its unit ends at End
	Unit          string
	Sure          bool // neither rounded nor part of a range
	Aspect        Aspect
	Figure        *stats.Figure
	Round         *campaign.Round
	Region        *campaign.Region

	Since *stats.Figure // of a change: the figure before; nil for 上年同期
	Named bool          // of a change: since when is said
	Equal bool          // the text says what the form says
	Want  string        // what the form says
	verb  string        // of a change: 减少

	sentence *campaign.Sentence // of a claim by Claims
}

// At returns where the claim is written, and Written its words.
func (c *Claim) At() campaign.Position { return c.sentence.Place(c.From) }
func (c *Claim) Written() string       { return c.sentence.Text[c.From:c.End] }

// Aspect is what of a figure a number tells.
type Aspect int

// Aspects of a figure.
const (
	Whole     Aspect = iota // 231件
	Increase                // 新增143件, 较中期增加143件, 减少6件
	Percent                 // 同比增长35%
	WrongUnit               // 231条 for 231件
	Bare                    // a number that equals a figure, and no name beside it
)

// Bounds of what is compared; no person writes so long a sentence.
const longestSentence = 6000

// Claims lists what a sentence of an item, or the cells of a row, say about
// figures: numbers beside the name of their indicator, changes, and numbers
// without a name that equal a figure.
func (m *Matcher) Claims(s *campaign.Sentence) (list []*Claim) {
	add := func(x Claim, from int) {
		x.From, x.To, x.End, x.sentence = x.From+from, x.To+from, x.End+from, s
		list = append(list, &x)
	}
	within := func(from, to int) {
		for _, x := range m.Sentence(s.Text[from:to], func(a, b int) *stats.Figure { return m.citedIn(s, from+a, from+b) }) {
			add(x, from)
		}
	}
	if len(s.Cells) == 0 {
		within(0, len(s.Text))
		return list
	}
	var cells []string
	ends := append(slices.Clone(s.Cells[1:]), len(s.Text))
	for n, from := range s.Cells {
		cells = append(cells, s.Text[from:ends[n]-1])
	}
	told := map[int]bool{}
	for _, x := range m.Line(s.Head, cells) {
		told[x.Cell] = true
		add(x.Claim, s.Cells[x.Cell])
	}
	for n, from := range s.Cells {
		if !told[n] {
			within(from, ends[n]-1)
		}
	}
	return list
}

// citedIn returns the figure of the last whole reference between two places of
// a sentence.
func (m *Matcher) citedIn(s *campaign.Sentence, from, to int) *stats.Figure {
	for _, r := range slices.Backward(s.Runs) {
		if r.Reference == nil || r.Offset < from || r.Offset >= to || r.Reference.Aspect != "" && r.Reference.Aspect != campaign.Value {
			continue
		}
		target, err := m.campaign.Resolve(*r.Reference, m.round)
		if err != nil || target.Row == nil || strings.Contains(s.Text[r.Offset+len(referenceMark):to], referenceMark) {
			return nil
		}
		return m.stats.Figure(target.Round, target.Row, target.Region)
	}
	return nil
}

// Sentence lists what the numbers of a sentence say about figures. cited
// returns the figure of a reference that the text has between two places, or
// nil: what leans on it is compared too.
func (m *Matcher) Sentence(sentence string, cited func(from, to int) *stats.Figure) []Claim {
	return m.claims(sentence, nil, cited)
}

// Remark lists what the 备注 of a figure says about it: 较中期增加6件, 中期88件.
func (m *Matcher) Remark(f *stats.Figure) []Claim {
	return m.For(f.Round, f.Department, f.Region).claims(f.Remark, &Claim{Figure: f, Round: f.Round, Region: f.Region}, nil)
}

func (m *Matcher) claims(sentence string, last *Claim, cited func(from, to int) *stats.Figure) []Claim {
	if len(sentence) > longestSentence {
		return nil
	}
	var list []Claim
	previous := 0
	for _, a := range m.amounts(sentence) {
		if cited != nil {
			if f := cited(previous, a.from); f != nil {
				last = &Claim{Figure: f, Round: f.Round, Region: f.Region}
				previous = max(previous, strings.LastIndex(sentence[:a.from], referenceMark)+len(referenceMark))
			}
		}
		aside := last != nil && inBracket(sentence, a)
		found := m.match(sentence, previous, a, last)
		if !aside {
			previous = a.end
		}
		if found == nil && !a.percent && !aside {
			last = nil
		}
		if found == nil {
			found = m.bare(a)
		}
		if found == nil {
			continue
		}
		found.From, found.To, found.End, found.Unit, found.Sure = a.from, a.to, a.end, a.written, isSure(sentence, a)
		list = append(list, *found)
		if found.Aspect == Whole && !aside {
			last = found
		}
	}
	return list
}

// inBracket reports whether a number ends what a bracket says beside the text:
// 17件，比中期（6件）增加11件.
func inBracket(sentence string, a amount) bool {
	return bracketOpen.MatchString(Tail(sentence[:a.from], 12)) && bracketEnd.MatchString(sentence[a.end:])
}

var (
	bracketOpen = regexp.MustCompile(`[（(][^（）()，。；]*$`)
	bracketEnd  = regexp.MustCompile(`^[）)]`)
	brackets    = regexp.MustCompile(`[（(][^（）()]*[）)]`)
)

// referenceMark stands for a reference in a sentence.
const referenceMark = "\ufffc"

// match finds what a number stands for; nil where that is not sure. previous is
// where the number before it ends, last what that one stood for.
func (m *Matcher) match(sentence string, previous int, a amount, last *Claim) *Claim {
	before, after := sentence[previous:a.from], clauseAfter(sentence[a.end:])
	if c := m.changeOf(before, a, last); c != nil {
		return c
	}
	if a.percent {
		return nil
	}
	if m.namesOther(before) {
		return m.ofAnother(sentence, before, a)
	}
	if c := m.leanOn(before, a, last); c != nil {
		return c
	}
	row, increase := m.rowFor(before, after, func(r *campaign.Row) bool { return counts(a.unit, r) })
	if row == nil {
		if last != nil && last.Figure.Department != m.department {
			if c := m.of(last.Figure.Department, sentence, before, a, clearPart); c != nil {
				return c
			}
		}
		return cmp.Or(m.wrongUnit(sentence, before, a), m.follow(before, a, last))
	}
	f := m.figure(sentence, before, row)
	if f != nil && increase {
		return m.increaseOf(f, a, mentions(before, roundBefore(f)))
	}
	return whole(f, a)
}

func roundBefore(f *stats.Figure) campaign.Named {
	if f.Round.Previous == nil {
		return campaign.Named{}
	}
	return f.Round.Previous.Named
}

// whole makes the claim of a number that is a figure; nil for no figure.
func whole(f *stats.Figure, a amount) *Claim {
	if f == nil {
		return nil
	}
	return &Claim{
		Figure: f, Round: f.Round, Region: f.Region, Want: f.Text(),
		Equal: f.Quantity.IsNumber() && valueOf(f.Quantity, f.Row).Equal(a.value),
	}
}

// wrongUnit finds a figure that is named in full and whose value is written
// with a unit that counts something else.
func (m *Matcher) wrongUnit(sentence, before string, a amount) *Claim {
	plain := quotes.Replace(before)
	row, increase := m.rowFor(before, "", func(r *campaign.Row) bool {
		return strings.Contains(plain, m.names[r]) && m.nameLength(r, plain, "") > wholeWeight
	})
	if row == nil || increase {
		return nil
	}
	f := m.figure(sentence, before, row)
	if f == nil || !f.Quantity.IsNumber() || !f.Quantity.Decimal().Equal(a.value) && !valueOf(f.Quantity, row).Equal(a.value) || a.value.IsInteger() && a.value.LessThan(decimal.New(2, 0)) {
		return nil
	}
	c := whole(f, a)
	c.Aspect, c.Equal = WrongUnit, false
	return c
}

// figure returns what the form says of a row in the round and region that a
// sentence speaks of.
func (m *Matcher) figure(sentence, before string, row *campaign.Row) *stats.Figure {
	if round, region, ok := m.scope(sentence, before); ok {
		if f := m.stats.Figure(round, row, region); f != nil && f.Quantity.Kind != campaign.Blank {
			return f
		}
	}
	return nil
}

var unitsOnly = regexp.MustCompile(`^[\s、，,（(和及]*(?:共|共计|合计|计)?\s*$`)

// leanOn finds the figure of a number that is the one before it in another
// round or region: 中期88件，终期231件; 全市231件，其中章贡区18件.
func (m *Matcher) leanOn(before string, a amount, last *Claim) *Claim {
	if last == nil || last.Aspect != Whole || !counts(a.unit, last.Figure.Row) {
		return nil
	}
	word := leanWords.ReplaceAllString(strings.NewReplacer(referenceMark, "", "累计", "").Replace(before), "")
	for _, f := range m.named[word] {
		if f := m.stats.Figure(cmp.Or(f.round, last.Figure.Round), last.Figure.Row, cmp.Or(f.region, last.Figure.Region)); f != nil {
			return whole(f, a)
		}
	}
	return nil
}

// leanWords may stand around the name of a round or region.
var leanWords = regexp.MustCompile(`^[\s，,、；;（(：:]*(?:其中|而|比|较)?|(?:填报|上报|报送|数)?(?:为|是|达到?|有|的)?[\s：:（(]*$`)

// follow finds the figure of a number that states the row before it in another
// unit: 12批次、340件.
func (m *Matcher) follow(before string, a amount, last *Claim) *Claim {
	if last == nil || last.Aspect != Whole || !unitsOnly.MatchString(before) || counts(a.unit, last.Figure.Row) {
		return nil
	}
	row := last.Figure.Row
	for _, other := range m.rows {
		if other.Name == row.Name && other.Parent == row.Parent && counts(a.unit, other) {
			if f := m.stats.Figure(last.Round, other, last.Region); f != nil {
				return whole(f, a)
			}
		}
	}
	return nil
}

// ofAnother finds the figure of another department that is named, with the
// whole name of its row, before a number.
func (m *Matcher) ofAnother(sentence, before string, a amount) *Claim {
	named := slices.DeleteFunc(slices.Clone(m.campaign.Departments), func(d *campaign.Department) bool { return !m.speaksOf(before, d) })
	if len(named) != 1 || m.wideScope(before) || helping.MatchString(before) {
		return nil
	}
	return m.of(named[0], sentence, before, a, wholeWeight)
}

// helping words make a department one that somebody else works with.
var helping = regexp.MustCompile(`配合|协助|会同|联合|移送|移交|通报|[向与]`)

// of finds the figure of another department's row, of whose name so much at
// least stands before a number.
func (m *Matcher) of(department *campaign.Department, sentence, before string, a amount, least int) *Claim {
	other := m.For(m.round, department, nil)
	row, increase := other.rowFor(before, "", func(r *campaign.Row) bool {
		return counts(a.unit, r) && other.nameLength(r, quotes.Replace(before), "") >= least
	})
	if row == nil || increase {
		return nil
	}
	return whole(other.figure(sentence, before, row), a)
}

// bare finds a figure of the department that a number without a name equals,
// with its very unit; nil for small numbers, which equal many things.
func (m *Matcher) bare(a amount) *Claim {
	if a.percent || a.value.LessThan(leastBare) {
		return nil
	}
	for _, row := range m.rows {
		if row.Unit != a.written {
			continue
		}
		if f := m.stats.Figure(m.round, row, m.region); f != nil && f.Quantity.IsNumber() && valueOf(f.Quantity, row).Equal(a.value) {
			c := whole(f, a)
			c.Aspect = Bare
			return c
		}
	}
	return nil
}

var leastBare = decimal.New(10, 0)
