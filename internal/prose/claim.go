package prose

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

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
	rows       []*campaign.Row // of the department
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

// NewMatcher returns a matcher for a text of this round, department and
// region (nil for the department's own).
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
	return &Matcher{m.vocabulary, m.stats, round, department, region, m.campaign.Form.RowsOf(department)}
}

// Rows returns the rows of the matcher's department.
func (m *Matcher) Rows() []*campaign.Row { return m.rows }

// otherUnits start like a unit of the form and are another.
var otherUnits = []string{"个次", "人次", "批次", "户次", "家次", "件次", "件套", "条次", "场次", "万条", "万元", "万件", "万个", "亿元", "个月", "个百分点", "次日", "条例", "个人", "件事", "条龙", "家企业", "人民币", "起来", "起步", "名单", "名义", "名称", "位置", "所在", "份额"}

// sameMeasure lists measure words that count the same thing: 起 for 件, 名 for
// 人.
var sameMeasure = [][]string{
	{"件", "起", "宗", "例", "个"}, {"人", "名", "位", "个"}, {"户", "家", "所", "个"}, {"次", "回", "场次"}, {"批次", "批"}, {"条", "则", "个"}, {"千克", "公斤"}, {"份", "个"}, {"台", "部", "个"}, {"元", "块"},
}

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

// amount is a number of a sentence with what it counts.
type amount struct {
	from, to, end int
	value         decimal.Decimal // in the unit without its 万
	unit          string          // without its 万
	written       string          // as it stands
	percent       bool
	places        int32 // of a percentage, as written
}

var (
	rounded = regexp.MustCompile(`(?:近|约|超|过|逾|上|不足|不到|达到近|数|几|[0-9][^\s，。0-9]{0,2}\s*[-~～—至到])\s*$`)
	ranged  = regexp.MustCompile(`^\s*(?:[-~～—]|左右|以上|以下|以内|上下|多|余)`)
	gluedTo = regexp.MustCompile(`(?:[./]|第\s*|[0-9][,，])$`)
)

// Bounds of what is compared; no person writes so long a sentence.
const longestSentence = 6000

// amounts lists the numbers of a sentence that have a unit, or are a percentage.
func (m *Matcher) amounts(sentence string) []amount {
	var list []amount
	for _, n := range Numbers(sentence) {
		if gluedTo.MatchString(FoldDigits(sentence[max(0, n.From-12):n.From])) || n.To-n.From > campaign.MaxDigits*3 {
			continue
		}
		if isHan(sentence[n.From:n.To]) && utf8.RuneCountInString(sentence[n.From:n.To]) < 2 {
			continue // 一件, 三无, 十部门
		}
		after := strings.TrimLeft(sentence[n.To:], " 　")
		at := len(sentence) - len(after)
		a := amount{from: n.From, to: n.To, value: n.Value}
		switch sign, size := utf8.DecodeRuneInString(after); sign {
		case '%', '％':
			a.percent, a.end, a.places = true, at+size, max(0, -n.Value.Exponent())
		case '倍':
			a.percent, a.end, a.places = true, at+size, max(0, -n.Value.Exponent())-2
			a.value = n.Value.Mul(decimal.New(100, 0))
		default:
			if a.unit = m.unitOf(after); a.unit == "" {
				continue
			}
			a.end = at + len(a.unit)
			if scale, base := scaleOf(a.unit); scale.GreaterThan(decimal.New(1, 0)) { // 12.23 万条
				a.value, a.unit = a.value.Mul(scale), base
			}
		}
		for _, myriad := range []string{"万", "亿"} {
			if number := strings.TrimSuffix(sentence[a.from:a.to], myriad); number != sentence[a.from:a.to] && !a.percent && !isHan(number) {
				a.to = a.from + len(number)
			}
		}
		a.written = strings.TrimLeft(sentence[a.to:a.end], " 　")
		list = append(list, a)
	}
	return list
}

// isSure reports whether a number is neither rounded nor part of a range.
func isSure(sentence string, a amount) bool {
	return !rounded.MatchString(FoldDigits(Tail(sentence[:a.from], 16))) && !ranged.MatchString(sentence[a.to:]) && !ranged.MatchString(sentence[a.end:])
}

// scaleOf parts a unit into its 万 or 亿 and the rest.
func scaleOf(unit string) (scale decimal.Decimal, base string) {
	switch {
	case strings.HasPrefix(unit, "万"):
		return decimal.New(myriad, 0), strings.TrimPrefix(unit, "万")
	case strings.HasPrefix(unit, "亿"):
		return decimal.New(myriad*myriad, 0), strings.TrimPrefix(unit, "亿")
	}
	return decimal.New(1, 0), unit
}

// unitOf returns the unit that a text starts with: the longest that is known,
// so that 个次 is not taken for 个.
func (m *Matcher) unitOf(text string) string {
	for _, u := range m.units {
		if u != "" && strings.HasPrefix(text, u) {
			return u
		}
	}
	return ""
}

// counts reports whether a unit counts what a row counts.
func counts(unit string, row *campaign.Row) bool {
	_, base := scaleOf(row.Unit)
	return unit == base || slices.ContainsFunc(sameMeasure, func(same []string) bool { return slices.Contains(same, unit) && slices.Contains(same, base) })
}

// valueOf returns a figure in its row's unit without its 万.
func valueOf(q campaign.Quantity, row *campaign.Row) decimal.Decimal {
	scale, _ := scaleOf(row.Unit)
	return q.Decimal().Mul(scale)
}

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
	if len(named) != 1 || wideScope(before) || helping.MatchString(before) {
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

// namesOther reports whether words before a number make it someone else's.
func (m *Matcher) namesOther(before string) bool {
	if wideScope(before) {
		return true
	}
	for _, r := range m.rows {
		before = strings.ReplaceAll(before, r.Name, "") // 移送公安机关案件
		if name := m.names[r]; strings.Contains(name, "机关") || strings.Contains(name, "部门") {
			before = strings.ReplaceAll(before, name, "") // without 数量
		}
	}
	return slices.ContainsFunc(m.campaign.Departments, func(d *campaign.Department) bool { return d != m.department && m.speaksOf(before, d) })
}

// wideScope reports whether words make a number one of more than the round's
// report, or of another time.
func wideScope(before string) bool {
	return slices.ContainsFunc(wideWords, func(wide string) bool { return strings.Contains(before, wide) })
}

var wideWords = []string{"全省", "全国", "全系统", "季度", "半年", "分局", "直属", "督办", "某", "同期", "上年", "去年", "同比", "环比", "占", "目标", "计划", "力争", "预计", "上级", "省局"}

// scope returns which round and which region a number is of.
func (m *Matcher) scope(sentence, before string) (*campaign.Round, *campaign.Region, bool) {
	round, region := m.round, m.region
	if partOfTime.MatchString(before) && !untilNow.MatchString(before) {
		return nil, nil, false
	}
	rounds := 0
	for _, r := range m.campaign.Rounds {
		if r != m.round && (mentions(before, r.Named) || EndsOn(before, r.Deadline)) {
			round, rounds = r, rounds+1
		}
	}
	regions, elsewhere := 0, false
	if at := strings.Index(sentence, before); at >= 0 {
		if ofSome.MatchString(sentence[:at]) {
			return nil, nil, false
		}
		own, _, _ := strings.Cut(sentence[at+len(before):], "其中") // of a part: 其中章贡区18件
		sentence = sentence[:at+len(before)] + own
	}
	for _, r := range m.campaign.Regions {
		switch {
		case mentions(before, r.Named):
			region, regions = r, regions+1
		case r != m.region && mentions(sentence, r.Named):
			elsewhere = true
		}
	}
	if rounds > 1 || regions > 1 || elsewhere {
		return nil, nil, false
	}
	if m.region != nil && (strings.Contains(before, "全市") || strings.Contains(before, "市本级")) {
		return nil, nil, false
	}
	return round, region, true
}

// ofSome ends before words that are about some parties only: 对12家企业查处….
var ofSome = regexp.MustCompile(`[对向][0-9０-９一二三四五六七八九十百两]{1,6}[余多]?(?:家|户|名)?(?:企业)?$`)

var (
	// partOfTime is less than a round's report covers: 10月查处62件, 国庆期间.
	partOfTime = regexp.MustCompile(`(?:[0-9０-９]|[一二三四五六七八九十])月(?:份|[上中下]旬|[0-9０-９一二三四五六七八九十]{1,3}日)?(?:[，,]|[至到—~～-]|期间|当[日天]|[\p{Han}“]*$)|[”节日会周假夏]期间`)
	untilNow   = regexp.MustCompile(`截至|截止|以来|至今|开始|月底|月末|日[前起]|月起|[至到—~～-][0-9０-９一二三四五六七八九十]{1,3}月(?:底|末)?[，,]`)
)

// EndsOn reports whether words say that figures are as of a day: 截至9月28日.
func EndsOn(before string, day campaign.Date) bool {
	return (strings.Contains(before, "截至") || strings.Contains(before, "截止")) &&
		slices.ContainsFunc(Days(before), func(d Day) bool { return d.Agrees(day) })
}

// spokenNames lists what a text calls departments beside their names: 公安机关,
// 市场监管部门.
func spokenNames(c *campaign.Campaign) map[*campaign.Department][]string {
	list := map[*campaign.Department][]string{}
	taken := map[string]bool{}
	for _, d := range c.Departments {
		for _, name := range d.Names()[1:] {
			for _, end := range []string{"管理局", "局", "办", "委"} {
				stem := strings.TrimPrefix(strings.TrimSuffix(name, end), "市")
				if stem == name || utf8.RuneCountInString(stem) < 2 || utf8.RuneCountInString(stem) > 5 {
					continue
				}
				for _, body := range []string{"机关", "部门", "管理部门", "系统"} {
					if !taken[stem+body] {
						taken[stem+body] = true
						list[d] = append(list[d], stem+body)
					}
				}
			}
		}
	}
	return list
}

// speaksOf reports whether a text names a department, or calls it 公安机关 and
// the like.
func (m *Matcher) speaksOf(text string, d *campaign.Department) bool {
	return mentions(text, d.Named) || slices.ContainsFunc(m.spoken[d], func(name string) bool { return strings.Contains(text, name) })
}

// mentions reports whether a text has one of the names.
func mentions(text string, n campaign.Named) bool {
	has := func(name string) bool { return utf8.RuneCountInString(name) > 1 && strings.Contains(text, name) }
	return has(n.Short) || has(n.Name) || slices.ContainsFunc(n.Aliases, has)
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
