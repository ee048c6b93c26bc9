package review

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/markdown"
	"wangjian/internal/prose"
)

// The rules named fact-… hold that one fact is one wherever it is stated. The
// front matter is what the others are compared with: title, 摘要 and body as
// they are read, the attached 决定书 once everything is. What a place does not
// state is no difference, and words that only look like the fact (a range of
// the law, another case) are no statement of it.

var factRules = []Rule{
	factRule("fact-amount", "罚没的金额处处一致：罚没款等于处罚内容里罚款与没收金额之和（没收而没写金额的，不小于罚款），标题、摘要、正文和决定书写的罚款、没收金额与处罚内容相同。", amountsThatDiffer, each(cases, forfeitAddsUp)),
	factRule("fact-date", "日期处处一致：摘要、正文和决定书里作出处罚决定的日期是决定日期，公文的落款日期是成文日期，消费警示的落款日期是发布日期。", datesThatDiffer),
	factRule("fact-number", "文号、索引号和期号处处一致：决定书文号与摘要、正文、决定书里的相同，公文的文号、索引号与正文和别的公文引用它时写的相同，期号与正文的相同。", numbersThatDiffer, noticeAgrees),
	factRule("fact-party", "当事人处处一致：标题、摘要、正文和决定书里的当事人是开头信息里的当事人，简称和隐去的字不算不同。", partiesThatDiffer),
	factRule("fact-authority", "办案机关处处一致：标题、摘要、正文和决定书里作出处罚的机关是开头信息里的办案机关，简称（市监局、我局、合肥市局）不算不同。", authoritiesThatDiffer),
	{ // files have names for addresses, annexes have titles: their numbers are compared
		Code: "fact-attachment", Level: campaign.Error,
		Words:   "公文正文里提到的附件都附上了：写在“附件”里、在正文里有链接，或另起一行写“附件”接在正文后面；附件说明列了几个，就附几个。",
		Inspect: annexes,
	}, { // how the names are spelled is no matter
		Code: "fact-count", Level: campaign.Error,
		Words:   "写“十部门”的，列出名字的部门也是十个：发布机构、落款、正文里的列举和 campaign.yaml 的“部门”。",
		Inspect: departmentCounts,
	},
	factRule("fact-round", "总结的标题和开头写的期次、部门，是它所在文件夹的期次和部门。", senderThatDiffers),
}

// statement is a paragraph, a row of a table, a field of the front matter or a
// paragraph of an attachment.
type statement struct {
	text    string
	section string // the level-2 heading above it
	what    place
	line    int // from 0, where it begins; of the item's own file
	page    string
	signs   bool // of a 决定书: the day of its signature
}

// place is the sort of place that a statement stands in.
type place int

const (
	inTitle place = iota
	inSummary
	inBody
	inTable
	inHeading
	inQuote
	inDecision // in the part of a 决定书 that decides
	inGrounds  // in the rest of it
)

func (p place) String() string {
	return [...]string{"标题", "摘要", "正文", "正文的表格", "正文", "正文", "决定书", "决定书"}[p]
}

// attached reports whether a statement is one of an attachment.
func (s *statement) attached() bool { return s.what >= inDecision }

// difference is a fact that a statement has otherwise than the item's front
// matter.
type difference struct {
	written string // as it stands in the statement
	key     string // of the front matter that states the fact
	want    string // what is stated there
	hint    string // "" for the usual one
	against string // what states it, where it is no key of this item
	also    string // what else states it otherwise
}

// factRule makes a rule of the differences that a statement has; also is checked
// on the campaign beside them.
func factRule(code, words string, differ func(*campaign.Campaign, *campaign.Item, *statement) []difference, also ...func(*Context)) Rule {
	differences := func(c *campaign.Campaign, i *campaign.Item, list []*statement, report func(*statement, difference)) {
		for _, s := range list {
			for _, d := range differ(c, i, s) {
				report(s, d)
			}
		}
	}
	return Rule{
		Code: code, Level: campaign.Error, Words: words,
		Inspect: func(r *reading) (remarks []campaign.Finding) {
			if r.Item != nil {
				differences(r.Campaign, r.Item, r.statements(), func(s *statement, d difference) {
					remarks = append(remarks, r.differs(s, d))
				})
			}
			return remarks
		},
		Check: func(c *Context) {
			for _, check := range also {
				check(c)
			}
			for _, d := range c.decisions() {
				differences(c.Campaign, d.item, d.statements, func(s *statement, x difference) { d.differs(c, s, x) })
			}
		},
	}
}

// differs reports a difference within the item's own file.
func (r *reading) differs(s *statement, d difference) campaign.Finding {
	other := d.against
	if other == "" {
		other = fmt.Sprintf("“%s”（%s）", d.key, r.Item.Keys.Of(d.key).Source())
	}
	return finding(r.find(s, d.written), fmt.Sprintf("%s写的是“%s”，与%s的“%s”不一致%s", s.what, d.written, other, d.want, d.also), cmp.Or(d.hint, "核对原件，把写错的一处改正"))
}

// find returns where words of a statement stand in the file.
func (r *reading) find(s *statement, words string) campaign.Position {
	for n := s.line; n < len(r.lines); n++ {
		if at := strings.Index(r.lines[n], words); at >= 0 {
			return r.at(n, at)
		}
		if n > s.line && (strings.TrimSpace(r.lines[n]) == "" || r.inFront(n) && n > s.line+6) {
			break
		}
	}
	return campaign.Position{File: r.File, Line: s.line + 1, Column: 1}
}

// statements lists what an item states, once for all rules.
func (r *reading) statements() []*statement {
	if r.stated != nil {
		return r.stated
	}
	r.stated = []*statement{}
	for _, front := range []statement{{what: inTitle, text: r.Item.Title}, {what: inSummary, text: r.Item.Summary}} {
		if key := front.what.String(); front.text != "" && r.Item.Keys.Has(key) {
			front.line = r.Item.Keys.Of(key).Line - 1
			r.stated = append(r.stated, &front)
		}
	}
	if r.Tree != nil {
		r.state(r.Tree.Blocks, inBody, new(string))
		r.state(r.Tree.Footnotes, inBody, new(string))
	}
	bound(r.stated)
	return r.stated
}

// longestParagraph is in bytes: of a longer one the beginning is looked at.
const longestParagraph = 6000

func bound(list []*statement) {
	for _, s := range list {
		if len(s.text) > longestParagraph {
			s.text = strings.ToValidUTF8(s.text[:longestParagraph], "")
		}
	}
}

func (r *reading) state(nodes []*markdown.Node, what place, section *string) {
	for _, n := range nodes {
		add := func(what place, text string) {
			r.stated = append(r.stated, &statement{text: text, section: *section, what: what, line: n.At.Line - 1})
		}
		switch n.Kind {
		case markdown.Heading:
			text := markdown.PlainText(n.Children, nil)
			if n.Level == 2 {
				*section = text
			}
			add(inHeading, text)
		case markdown.Paragraph:
			add(what, markdown.PlainText(n.Children, nil))
		case markdown.TableRow:
			var cells []string
			for _, cell := range n.Children {
				cells = append(cells, markdown.PlainText(cell.Children, nil))
			}
			add(inTable, strings.Join(cells, "\t"))
		case markdown.Quote:
			r.state(n.Children, inQuote, section)
		case markdown.CodeBlock:
		default:
			r.state(n.Children, what, section)
		}
	}
}

// sentences cuts a text at the ends of its sentences; nothing of it is lost.
func sentences(text string) (list []string) {
	start := 0
	for at, r := range text {
		if strings.ContainsRune("。！？；;\n", r) {
			end := at + utf8.RuneLen(r)
			list, start = append(list, text[start:end]), end
		}
	}
	return append(list, text[start:])
}

// quoted reports whether a place of a text is inside of quotation marks.
func quoted(text string, at int) bool {
	before := text[:at]
	return strings.Count(before, "“") > strings.Count(before, "”") || strings.Count(before, "「") > strings.Count(before, "」")
}

// containsAny reports whether a text holds one of the words.
func containsAny(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// decision is a case with what its 决定书, or a row of an attached table,
// states; or a document with what it says as it was issued.
type decision struct {
	item       *campaign.Item
	file       string
	statements []*statement
}

// decisions lists the cases whose 决定书 can be read, once for all rules.
func (c *Context) decisions() []*decision {
	if c.decided != nil {
		return c.decided
	}
	c.decided = []*decision{}
	for _, e := range readable(c) {
		switch {
		case !e.text.IsWhole():
		case e.item.Case != nil && e.file == e.item.Case.Decision:
			c.decided = append(c.decided, &decision{e.item, e.file, decisionStatements(e.file, e.text)})
		case e.item.Document != nil:
			if list := decisionStatements(e.file, e.text); isDocumentItself(e.item, list) {
				c.decided = append(c.decided, &decision{e.item, e.file, list})
			}
		}
	}
	c.decided = append(c.decided, c.penaltyTables()...)
	return c.decided
}

// isDocumentItself reports whether an attachment is the document as issued: its
// title stands at its head.
func isDocumentItself(i *campaign.Item, list []*statement) bool {
	head := ""
	for _, s := range list[:min(len(list), 8)] {
		head += s.text
	}
	return utf8.RuneCountInString(i.Title) >= 8 && strings.Contains(head, unspaced(i.Title))
}

// differs reports a difference in a 决定书, at the item's key.
func (d *decision) differs(c *Context, s *statement, x difference) {
	other := path.Base(d.file)
	if s.page != "" {
		other += " " + s.page
	}
	what := "决定书"
	if d.item.Case == nil || d.file != d.item.Case.Decision {
		what = "附件"
	}
	c.Report(d.item.Keys.Of(x.key), fmt.Sprintf("“%s”写的是“%s”，与%s（%s）的“%s”不一致", x.key, x.want, what, other, x.written),
		"照"+what+"改正；"+what+"附错了的，换成正确的文件")
}

var (
	pageNumber = regexp.MustCompile(`^[—–\-－·第 ]*[0-9０-９]{1,3}[—–\-－·页 ]*(?:[/／,，]?共?[0-9０-９]{1,3}页?)?$`)
	// decides begins the part of a 决定书 that decides, and endsDecision ends it.
	decides      = regexp.MustCompile(`(?:处罚决定|处理决定|决定内容|处罚内容|处罚种类)(?:如下)?[：:]?$|(?:作出|给予|决定)[^。；]{0,16}(?:如下|以下)[^。；]{0,10}[：:]|决定[：:]$|(?:现|并|特|局|关|会|队)(?:依法)?决定`)
	endsDecision = regexp.MustCompile(`^(?:[（(]?[一二三四五六七八九十]+[）)、.．]?\s*)?(?:履行|缴纳|救济|权利|告知|处罚的履行|执行)|十五日内|15日内|如不服|不服本|当事人应当自|逾期`)
)

// partyCell is the cell before the one with the party's name.
var partyCell = regexp.MustCompile(`^(?:当事人|被处罚人|被处罚单位|行政相对人)(?:姓名|名称|姓名或名称|姓名（名称）|名称（姓名）)?：?$`)

// longestDecision is in bytes: no 决定书 is longer.
const longestDecision = 1 << 20

// paragraphsOf returns what a file says in its place, each cell of a table for itself.
func paragraphsOf(text *intake.File) []intake.Piece {
	var list []intake.Piece
	for _, p := range text.Pieces {
		switch {
		case p.Aside:
		case p.Cells == nil:
			list = append(list, p)
		default:
			for _, cell := range p.Cells {
				if cell != "" {
					list = append(list, intake.Piece{Where: p.Where, Text: cell})
				}
			}
		}
	}
	return list
}

// decree is a 决定书 being cut into paragraphs.
type decree struct {
	list       []*statement
	heads      map[string]bool // of pages
	broken     bool            // its pieces are lines, not paragraphs
	widest     int             // of its lines
	before     [2]string       // lines
	what       place
	open       bool // the last paragraph goes on
	cellBefore bool // it is a cell that names the next
	decided    bool // it has a part that decides
}

// decisionStatements cuts a 决定书 into paragraphs: lines that a page breaks
// are one, heads of pages and their numbers are left out.
func decisionStatements(file string, text *intake.File) []*statement {
	pieces := paragraphsOf(text)
	d := decree{what: inGrounds, heads: pageHeads(pieces), broken: strings.ToLower(path.Ext(file)) != ".docx"}
	for _, p := range pieces {
		d.widest = max(d.widest, utf8.RuneCountInString(unspaced(p.Text)))
	}
	size := 0
	for _, p := range pieces {
		line := unspaced(p.Text)
		if size += len(line); size > longestDecision {
			break
		}
		if d.heads[p.Text] || pageNumber.MatchString(line) || line == "" || line == prose.Tail(d.before[0], 24)+firstRunes(d.before[1], 24) {
			continue
		}
		d.before[0], d.before[1] = d.before[1], strings.TrimRight(p.Text, " \t")
		d.add(line, p.Where)
	}
	bound(d.list)
	markSignature(d.list)
	if !d.decided { // it has no such part: all of it may decide
		for _, s := range d.list {
			s.what = inDecision
		}
	}
	return d.list
}

// pageHeads are the lines that begin one page and stand on others.
func pageHeads(pieces []intake.Piece) map[string]bool {
	repeated, heads := map[string]int{}, map[string]bool{}
	for _, p := range pieces {
		repeated[p.Text]++
	}
	page := ""
	for _, p := range pieces {
		if p.Where != page && strings.HasSuffix(p.Where, "页") && repeated[p.Text] > 1 {
			heads[p.Text] = true
		}
		page = p.Where
	}
	return heads
}

// add adds a line to the paragraph that it goes on with, else begins one.
func (d *decree) add(line, page string) {
	if !d.open && !d.cellBefore {
		d.list = append(d.list, &statement{page: page, what: d.what})
	}
	last := d.list[len(d.list)-1]
	last.text += line
	if d.cellBefore = partyCell.MatchString(last.text); d.cellBefore && !strings.HasSuffix(last.text, "：") {
		last.text += "："
	}
	d.open = d.broken && len(last.text) < longestParagraph && d.fills(line)
	switch {
	case d.what == inGrounds && decides.MatchString(last.text) && !containsAny(last.text, "告知", "立案", "扣押", "查封", "登记保存"):
		d.what, d.decided = inDecision, true
		last.what = inDecision
	case d.what == inDecision && !d.open && endsDecision.MatchString(last.text) && len(imposed(last.text)) == 0:
		d.what = inGrounds
		last.what = inGrounds
	}
}

// fills reports whether a line is as long as a line can be and ends no sentence.
func (d *decree) fills(line string) bool {
	return d.widest > 16 && utf8.RuneCountInString(line) >= d.widest-3 && !strings.ContainsAny(prose.Tail(line, 1), "。；：！？:;")
}

// markSignature marks the day under the decision: the first that stands alone
// below what it decides, before receipts and notes.
func markSignature(list []*statement) {
	decided := 0
	for n, s := range list {
		if s.what == inDecision {
			decided = n
		}
	}
	var last *statement
	for n, s := range list {
		days := prose.Days(s.text)
		if len(days) != 1 || strings.Trim(s.text[days[0].To:], "。（印章）()") != "" || utf8.RuneCountInString(s.text[:days[0].From]) > 32 {
			continue
		}
		if last = s; n > decided {
			break
		}
	}
	if last != nil {
		last.signs = true
	}
}

func firstRunes(s string, n int) string {
	s = strings.TrimLeft(s, " \t")
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

// penaltyTables reads the tables of penalties that are attached (penalties.csv,
// under the names of 总局令第45号 or those that campaign.yaml has for them): a
// row is compared with the case of its 决定书文号 as a 决定书 is.
func (c *Context) penaltyTables() (list []*decision) {
	numbers := map[string]*campaign.Item{}
	for _, i := range cases(c) {
		numbers[plainNumber(i.Case.DecisionNumber)] = i
	}
	for _, e := range readable(c) {
		if strings.ToLower(path.Ext(e.file)) != ".csv" {
			continue
		}
		var columns map[string]int
		for _, p := range e.text.Pieces {
			row, err := csv.NewReader(strings.NewReader(p.Text)).Read()
			switch {
			case err != nil:
				continue
			case columns != nil:
				list = append(list, c.rowOfPenalty(numbers, e.file, columns, row, p.Where)...)
				continue
			}
			columns = c.penaltyColumns(row)
			if _, ok := columns["行政处罚决定书文号"]; !ok {
				break
			}
		}
	}
	return list
}

// penaltyColumns finds the columns by their heads.
func (c *Context) penaltyColumns(head []string) map[string]int {
	columns := map[string]int{}
	for n, name := range head {
		name = strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))
		for _, item := range campaign.SummaryItems {
			if name == item || name != "" && name == c.Campaign.Publicity.Columns[item] {
				columns[item] = n
			}
		}
	}
	return columns
}

// rowOfPenalty makes statements of a row; none where it is of no case here.
func (c *Context) rowOfPenalty(numbers map[string]*campaign.Item, file string, columns map[string]int, row []string, where string) []*decision {
	cell := func(item string) string {
		if n, ok := columns[item]; ok && n < len(row) {
			return strings.TrimSpace(row[n])
		}
		return ""
	}
	number, party, day := cell("行政处罚决定书文号"), cell("当事人基本情况"), cell("作出行政处罚决定的日期")
	item := numbers[plainNumber(number)]
	if days := prose.Days(day); item == nil && len(days) == 1 {
		for _, i := range cases(c) {
			if i.Case.Party == party && days[0].Agrees(i.Case.DecidedOn) {
				item = i
			}
		}
	}
	if item == nil {
		return nil
	}
	d := &decision{item: item, file: file}
	for _, text := range []string{"文号：" + number, "当事人：" + party, cell("行政处罚内容"), cell("作出行政处罚决定的行政机关名称"), day} {
		d.statements = append(d.statements, &statement{text: text, what: inDecision, page: where})
	}
	d.statements[4].signs = true
	return []*decision{d}
}

// plainNumber writes a 文号 in one form; "" for what is none.
func plainNumber(s string) string {
	n := prose.DocumentNumbers(s)
	if len(n) != 1 {
		return ""
	}
	return n[0].Head + "〔" + n[0].Year + "〕" + n[0].Serial
}

func senderThatDiffers(c *campaign.Campaign, i *campaign.Item, s *statement) (list []difference) {
	if !i.Kind.InSections() || s.what == inTable || s.what == inQuote {
		return nil
	}
	text := s.text
	if s.what != inTitle {
		if text = reportName(s.text); text == "" {
			return nil
		}
	}
	const hint = "放错文件夹的移到对的文件夹；写错的改正"
	if name := otherName(text, i.Round, c.Rounds); name != "" {
		list = append(list, difference{written: name, against: "文件夹 " + path.Dir(i.File), want: i.Round.Name, hint: hint})
	}
	if i.Department == nil {
		return list
	}
	if name := otherName(text, i.Department, c.Departments); name != "" {
		list = append(list, difference{written: name, against: "文件名 " + i.File, want: i.Department.Name, hint: hint})
	}
	return list
}

// otherName returns the first name in a text that is another's than the own,
// where the own is not there.
func otherName[T interface{ Names() []string }](text string, own T, all []T) string {
	for _, n := range all {
		if name := nameIn(text, n); name != "" && nameIn(text, own) == "" {
			return name
		}
	}
	return ""
}

// reportName returns the part of a paragraph that names the report itself:
// 现将…中期工作总结报告如下.
func reportName(text string) string {
	if !containsAny(text, "总结", "报告") {
		return ""
	}
	for _, end := range []string{"总结如下", "总结报告如下", "情况报告如下", "总结", "工作报告"} {
		at := strings.Index(text, end)
		switch {
		case at < 0 || at > 200:
		case strings.HasSuffix(end, "如下"):
			return clauseBefore(text[:at])
		case at+len(end) == len(text) && utf8.RuneCountInString(text) < 50:
			return text
		}
	}
	return ""
}

func hasName(text string, n campaign.Named) bool { return nameIn(text, n) != "" }

// nameIn returns the longest of the names that a text has.
func nameIn(text string, n interface{ Names() []string }) (longest string) {
	for _, name := range n.Names()[1:] {
		if utf8.RuneCountInString(name) > 1 && len(name) > len(longest) && strings.Contains(text, name) {
			longest = name
		}
	}
	return longest
}
