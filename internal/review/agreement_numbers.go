package review

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/prose"
)

// penaltyKind is what a sum of money in a penalty is.
type penaltyKind int

const (
	notPenalty  penaltyKind = iota
	fineSum                 // 罚款
	takenSum                // 没收违法所得…
	penaltySum              // 罚没款, of both
	otherAmount             // 销售额, 货值金额…
)

func (k penaltyKind) String() string {
	return [...]string{"", "罚款", "没收", "罚没款合计", ""}[k]
}

// penalty is a sum of money that a text says was imposed.
type penalty struct {
	prose.Sum
	kind penaltyKind
	role string // of somebody beside the party on whom it is imposed: 负责人
}

// penalties of a text, by kind.
type penalties struct {
	list        []penalty
	fines       decimal.Decimal
	taken       decimal.Decimal
	openTaken   bool // something is confiscated without its sum
	openFine    bool // a fine stands without its sum
	distributed bool // 各, 分别: how often a sum counts is not clear
}

func (p *penalties) any(is func(penalty) bool) bool { return slices.ContainsFunc(p.list, is) }

func (p *penalties) has(kind penaltyKind, value decimal.Decimal) bool {
	return p.any(func(x penalty) bool { return x.kind == kind && x.Value.Equal(value) })
}

func (p *penalties) states(kind penaltyKind) bool {
	return p.any(func(x penalty) bool { return x.kind == kind })
}

// closed reports whether the sums are all that is imposed.
func (p *penalties) closed() bool { return !p.openTaken && !p.openFine && !p.distributed }

// penaltyOf reads 处罚内容.
func penaltyOf(text string) penalties {
	p := penalties{list: imposed(text)}
	var last penalty
	for _, x := range p.list {
		repeated := x.kind == last.kind && x.Value.Equal(last.Value) && onlyBracket.MatchString(text[last.To:x.From])
		switch {
		case repeated:
		case x.kind == fineSum:
			p.fines = p.fines.Add(x.Value)
		case x.kind == takenSum:
			p.taken = p.taken.Add(x.Value)
		}
		last = x
	}
	p.openFine = strings.Contains(text, "罚款") && !p.states(fineSum)
	p.openTaken = takesWithoutSum(text)
	p.distributed = containsAny(text, "各罚", "各处", "分别", "每人", "每户", "均处")
	return p
}

// takesWithoutSum reports whether a text confiscates money, or what is called
// so, without saying how much.
func takesWithoutSum(text string) bool {
	text = grouping.ReplaceAllString(text, "$1$2")
	for _, clause := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，,。；;\n", r) }) {
		at := strings.Index(clause, "没收")
		if at < 0 {
			continue
		}
		for _, part := range strings.FieldsFunc(clause[at:], func(r rune) bool { return strings.ContainsRune("、和及与并", r) }) {
			if gains.MatchString(part) && len(prose.Sums(part)) == 0 {
				return true
			}
		}
	}
	return false
}

var (
	grouping    = regexp.MustCompile(`([0-9０-９])[,，]([0-9０-９]{3})`)
	gains       = regexp.MustCompile(`所得|收入|货款|销售款|款项|现金|价款|财物|财产`)
	onlyBracket = regexp.MustCompile(`^整?[（(](?:大写|小写|即|人民币|[：:￥¥ ])*$`)

	// Before a sum.
	wordsOfSum = `(?:的?(?:金额|数额|总额|总计|合计|共计|款项|总数|大写|小写|人民币)|为|是|计|共|即|达|各|[（(][\p{Han}]{1,12}[）)]|[：:，,（()） 　￥¥])*$`
	fineBefore = regexp.MustCompile(`(?:罚款|罚金额)` + wordsOfSum)
	bothBefore = regexp.MustCompile(`(?:罚没|罚款和没收|罚款、没收)(?:款|款项|收入|所得)?` + wordsOfSum)
	sumsBefore = regexp.MustCompile(`(?:(?:以上|上述|[两二三四]项|各项)[^，。；]{0,12}(?:合计|共计|总计)|(?:合计|共计|总计)(?:应缴|缴纳|罚没))` + wordsOfSum)
	shortFine  = regexp.MustCompile(`(?:被罚|重罚|处罚|罚|罚了)(?:人民币)?[ ]*$`)
	takenIn    = regexp.MustCompile(`没收([^，,。；;]*)$`)
	takenList  = regexp.MustCompile(`没收[^。；;]*[，,、]$`)
	valueOf    = regexp.MustCompile(`价值|货值|标价|售价|单价|市值|零售|估价|鉴定|每[\p{Han}]?$`)
	gainBefore = regexp.MustCompile(`(?:违法所得|非法所得|违法收入|销售款|货款)[^，,。；;]{0,8}$`)
	listMark   = regexp.MustCompile(`^[、和及与以]+$`)

	// After a sum.
	fineAfter   = regexp.MustCompile(`^(?:[（(][^（）()]{0,24}[）)])?(?:的|之)?(?:行政)?罚款`)
	takenAfter  = regexp.MustCompile(`^(?:[（(][^（）()]{0,24}[）)])?[，,]?(?:依法|全部)?(?:予以|应予|被)?(?:依法|全部)?没收`)
	boundAfter  = regexp.MustCompile(`^(?:[（(]含[^（）()]{0,8}[）)])?[ ]*(?:以上|以下|以内|以外|上下|左右|[至到～~—–-][ ]*(?:人民币)?[0-9０-９一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾]|不等|起步|的[0-9一二三四五六七八九十].{0,6}倍|[0-9０-９.一二三四五六七八九十]+倍|[/／每]|[ ]*[×xX*＊✕乘])`)
	boundBefore = regexp.MustCompile(`(?:[0-9０-９一二三四五六七八九十百千万两元][ ]*[至到～~—–-]|不超过|不得超过|最高(?:为|可达|可处|处)?|最低(?:为)?|不低于|不少于|至少|低于|高于|上限为?|下限为?|满|超过|未达|不足|[×xX*＊✕乘]以?)(?:人民币)?[ ]*$`)

	// unreal words stand before a sum that was not imposed in this case.
	unreal = regexp.MustCompile(`拟(?:对|处|罚|作出|决定|给予|定|将)|原拟|拟处|建议|告知|本应|原应|应当?(?:被|并|依法)?(?:并)?处|可以?(?:并|单)?处|可罚|可被|最高|最低|至少|起步|幅度|加处|逾期|如果|倘若|假如|否则|不然|曾|此前|之前|以往|前次|上次|上一次|先前|早前|另案|另一[案起]|同类|类似|邻[县市区]|外地|检察|法院|判处|罚金|缴纳|交纳|缴清|已缴|分期|首期|不予|免予|免除|原处罚|原决定|变更前|复议前|由原来|赔偿|去年|上年|往年|历年|例如|比如|他人|第三人|保证金|滞纳金|将(?:处|被|面临|依法)|面临|拒不|如[^，,。；;：:]{0,24}(?:未|不|再)`)
	// otherCases makes the rest of a sentence one about more than this case.
	otherCases = regexp.MustCompile(`去年|上年|往年|历年|同类|另案|另一[案起家]|邻[县市区]|全[市省县国区][^，,。；;]{0,6}查处|今年以来|近年来|其中一起|[一二三四]季度|上半年|下半年|全年|本年度|年内|累计(?:查处|立案|罚没)|部门[^，,。；;]{0,10}罚没`)
	// toOthers imposes on somebody who is not the party.
	toOthers = regexp.MustCompile(`(?:对|给予|责令|处罚了?)[^，,。；;]{0,18}(法定代表人|负责人|责任人|主管人员|供货|上游|厂家|生产者|生产商|生产企业|平台|另一|另外|其余|分店|关联|供应商|批发商|出租|房东|主播|中介|店长|经理|厂长|校长|园长|直接负责|直接责任|员工|职工|从业人员|股东)`)
	// lawSays is a rule with its condition: …的，处….
	lawSays = regexp.MustCompile(`的[，,](?:由[^，,。；;]{2,24})?(?:(?:责令|给予|没收|可以|并|情节)[^，,。；;]{0,30}[，,、])*[^，,。；;]{0,12}处`)
	article = regexp.MustCompile(`第[零〇一二三四五六七八九十百0-9]{1,6}条|规定`)
)

// imposed lists the sums of a text that are the penalty of the case.
func imposed(text string) []penalty {
	var list []penalty
	if !containsAny(text, "罚", "没收", "合计", "共计") {
		return nil
	}
	found := 0
	offset := 0
	for _, s := range sentences(text) {
		end, last := 0, notPenalty
		for _, sum := range prose.Sums(s) {
			if found++; found > mostFacts {
				return list
			}
			kind := penaltyIn(s, end, sum, last)
			if kind == penaltySum && !bothBefore.MatchString(s[end:sum.From]) && len(list) == 0 || quoted(text, offset+sum.From) {
				kind = otherAmount
			}
			if kind == fineSum || kind == takenSum || kind == penaltySum {
				role := ""
				if m := toOthers.FindStringSubmatch(prose.Tail(s[end:sum.From], 50)); m != nil {
					role = m[1]
				}
				list = append(list, penalty{prose.Sum{From: offset + sum.From, To: offset + sum.To, Value: sum.Value}, kind, role})
			}
			end, last = sum.To, kind
		}
		offset += len(s)
	}
	return list
}

// penaltyIn returns what a sum is by the words around it; end is where the sum
// before it ends, and last what that one was.
func penaltyIn(text string, end int, sum prose.Sum, last penaltyKind) penaltyKind {
	before, after := text[end:sum.From], text[sum.To:]
	if onlyBracket.MatchString(before) && end > 0 && !boundAfter.MatchString(after) {
		return last // 8000元（捌仟元整）
	}
	kind := kindOfSum(before, after, last)
	switch so := text[:sum.From]; {
	case boundAfter.MatchString(after), boundBefore.MatchString(so), unreal.MatchString(prose.Tail(before, 40)),
		otherCases.MatchString(so), lawSays.MatchString(so) && article.MatchString(text), earlierCase.MatchString(so):
		return otherAmount
	}
	return kind
}

// earlierCase is another year's penalty: 2021年5月因同类行为被….
var earlierCase = regexp.MustCompile(`(?:19|20)[0-9]{2}年[^。；;]{0,40}(?:因|被|再次)[^。；;]{0,30}(?:罚|处)[^。；;]{0,10}$`)

func kindOfSum(before, after string, last penaltyKind) penaltyKind {
	switch { // flat: one case a way to name a sum
	case bothBefore.MatchString(before), sumsBefore.MatchString(before):
		return penaltySum
	case fineBefore.MatchString(before):
		return fineSum
	case (last == takenSum || last == fineSum) && listMark.MatchString(before):
		if fineAfter.MatchString(after) {
			return fineSum
		}
		return last
	}
	if m := takenIn.FindStringSubmatch(before); m != nil && !strings.Contains(m[1], "罚") {
		if valueOf.MatchString(m[1]) {
			return otherAmount
		}
		return takenSum
	}
	inList := last == takenSum && strings.HasPrefix(before, "、") && !strings.Contains(before, "罚")
	switch gain := gainBefore.FindStringIndex(before); {
	case gain != nil && (inList || takenList.MatchString(before[:gain[0]]) || takenAfter.MatchString(after)):
		return takenSum
	case fineAfter.MatchString(after), shortFine.MatchString(before):
		return fineSum
	}
	return otherAmount
}

// mostFacts bounds what is looked at in one statement; no person writes so many
// sums or days into a paragraph.
const mostFacts = 200

// tenThousand turns 万元 into 元.
var tenThousand = decimal.New(10_000, 0)

// forfeitAddsUp compares 罚没款 with 处罚内容.
func forfeitAddsUp(c *Context, i *campaign.Item) {
	if !i.Keys.Has("罚没款") || !i.Case.Forfeit.IsNumber() && i.Case.Forfeit.Kind != campaign.None {
		return
	}
	p := penaltyOf(i.Case.Penalty)
	sum, stated := p.fines.Add(p.taken), i.Case.Forfeit.Decimal().Mul(tenThousand)
	if !p.states(fineSum) && !p.states(takenSum) {
		if p.states(penaltySum) && !p.has(penaltySum, stated) {
			sum = p.list[0].Value
		} else {
			return
		}
	}
	if stated.Equal(sum) || !p.closed() && stated.GreaterThan(sum) {
		return
	}
	relation := "等于罚款与没收金额之和"
	if !p.closed() {
		relation = "不小于写出的罚款与没收金额之和"
	}
	c.Reportf(i.Keys.Of("罚没款"), "核对决定书，把写错的一处改正；罚没款的单位是万元", "罚没款是 %s 万元，“处罚内容”（%s）里合计 %s 元（%s 万元），罚没款应当%s",
		i.Case.Forfeit, i.Keys.Of("处罚内容").Source(), sum, sum.Div(tenThousand), relation)
}

// amountsThatDiffer compares the penalty that a statement tells with 处罚内容.
func amountsThatDiffer(_ *campaign.Campaign, i *campaign.Item, s *statement) (list []difference) {
	if i.Case == nil || s.what == inQuote || s.what == inGrounds || s.what == inTable && !strings.Contains(s.text, "罚") {
		return nil
	}
	if s.what == inBody && s.isRemote() {
		return nil
	}
	found := imposed(s.text)
	if len(found) == 0 {
		return nil
	}
	front := penaltyOf(i.Case.Penalty)
	found = front.withoutParts(found)
	for _, x := range found {
		if !othersAct(s.text[:x.From], i) {
			if key, want := front.against(x, i); key != "" {
				list = append(list, difference{written: s.text[x.From:x.To], key: key, want: want, also: front.forfeitToo(i, key)})
			}
		}
	}
	return list
}

// withoutParts leaves out sums that are parts of the whole: 罚款5万元，其中罚款
// 3万元、罚款2万元.
func (p *penalties) withoutParts(found []penalty) []penalty {
	for kind, whole := range map[penaltyKind]decimal.Decimal{fineSum: p.fines, takenSum: p.taken} {
		var sum decimal.Decimal
		parts := 0
		isPart := func(x penalty) bool {
			return x.kind == kind && !p.has(kind, x.Value) && !x.Value.Equal(whole)
		}
		for _, x := range found {
			if isPart(x) {
				sum, parts = sum.Add(x.Value), parts+1
			}
		}
		if parts > 1 && sum.Equal(whole) {
			found = slices.DeleteFunc(slices.Clone(found), isPart)
		}
	}
	return found
}

// remote sections speak of more than the case; nearParty brings them back to it.
var (
	remote    = regexp.MustCompile(`意义|启示|点评|提醒|提示|警示|建议|说法|链接|背景|依据`)
	nearParty = regexp.MustCompile(`本案|当事人|该(?:公司|店|企业|药房|超市|商行|经营部|厂|单位)|本局|我局`)
)

// isRemote reports whether a statement speaks of more than the case.
func (s *statement) isRemote() bool {
	return remote.MatchString(s.section) && !nearParty.MatchString(s.text)
}

// against returns the key of the front matter that states another sum, and
// what it says; "" where none does.
func (p *penalties) against(x penalty, i *campaign.Item) (key, want string) {
	forfeit, sum := i.Case.Forfeit.Decimal().Mul(tenThousand), p.fines
	isStated, written := i.Case.Forfeit.IsNumber(), fmt.Sprintf("%s 万元", i.Case.Forfeit)
	if x.kind == takenSum {
		sum = p.taken
	}
	switch total := p.fines.Add(p.taken); { // flat: one case a way to agree or not
	case p.has(x.kind, x.Value):
	case x.kind == penaltySum && (isStated && forfeit.Equal(x.Value) || p.closed() && x.Value.Equal(total)):
	case x.kind == penaltySum && isStated:
		return "罚没款", written
	case x.kind == penaltySum && p.closed() && total.IsPositive():
		return "处罚内容", total.String() + "元"
	case x.kind == penaltySum:
	case sum.Equal(x.Value) && sum.IsPositive(), x.role != "" && !p.any(func(own penalty) bool { return own.role == x.role }):
	case p.states(x.kind):
		return "处罚内容", p.written(x.kind, i)
	case isStated && (x.Value.GreaterThan(forfeit) || x.kind == fineSum && len(p.list) == 0 && !strings.Contains(i.Case.Penalty, "没收") && !x.Value.Equal(forfeit)):
		return "罚没款", written
	}
	return "", ""
}

// forfeitToo names 罚没款 as well, where it agrees with 处罚内容 no more than
// the statement does.
func (p *penalties) forfeitToo(i *campaign.Item, key string) string {
	sum := p.fines.Add(p.taken)
	if key != "处罚内容" || !i.Case.Forfeit.IsNumber() || !p.closed() || i.Case.Forfeit.Decimal().Mul(tenThousand).Equal(sum) {
		return ""
	}
	return fmt.Sprintf("，与“罚没款”（%s）的 %s 万元也不一致", i.Keys.Of("罚没款").Source(), i.Case.Forfeit)
}

// written returns the sums of a kind as 处罚内容 has them.
func (p *penalties) written(kind penaltyKind, i *campaign.Item) string {
	var words []string
	for _, x := range p.list {
		if x.kind == kind {
			words = append(words, kind.String()+i.Case.Penalty[x.From:x.To])
		}
	}
	return strings.Join(words, "、")
}

var (
	otherDecree = regexp.MustCompile(`曾|此前|另案|另一|前次|上次|同类|去年|上年|告知书|听证|责令改正|责改|立案|扣押|查封|强制|先行登记|行政复议|移送|通知书|案例|参见`)
	decreeKind  = regexp.MustCompile(`罚(?:决|字)?$|处$|处字$|罚决字$|处罚字$|行罚$|罚$|决$|案$|处罚决字$`)
	noticeKind  = regexp.MustCompile(`告|听|改|立|扣|封|强|登|送|通|催|延|撤|终|移`)
	indexNumber = regexp.MustCompile(`[0-9A-Z]{18}/[0-9]{4}-[0-9]{4,6}`)
	indexLabel  = regexp.MustCompile(`索引号[:：为是\s*|]*$`)
	issueNumber = regexp.MustCompile(`(?:((?:19|20)[0-9]{2})年?)?[ ]*第[ ]*([0-9０-９一二三四五六七八九十百]{1,4})[ ]*[号期]`)
	issueOf     = regexp.MustCompile(`(?:消费)?(?:警示|提示|预警|提醒(?:广大)?消费者)[〔（(\s]*$|期号[:：为是\s*|]*$|本期[为是]?[（(\s]*$|^[\s　（(]*$`)
	issueAfter  = regexp.MustCompile(`^[）)〕\s]*(?:消费)?(?:警示|提示|预警)`)
)

func numbersThatDiffer(c *campaign.Campaign, i *campaign.Item, s *statement) []difference {
	switch {
	case i.Case != nil:
		return decreeNumbers(i, s)
	case i.Document != nil:
		return append(ownNumbers(i, s), indexNumbers(i, s)...)
	case i.Warning != nil:
		return issueNumbers(i, s)
	}
	return nil
}

// decreeNumbers finds the numbers of the case's own 决定书.
func decreeNumbers(i *campaign.Item, s *statement) (list []difference) {
	own := prose.DocumentNumbers(i.Case.DecisionNumber)
	if len(own) != 1 {
		return nil
	}
	found := prose.DocumentNumbers(s.text)
	for _, n := range found[:min(len(found), mostFacts)] {
		lead := prose.Tail(s.text[:n.From], 30) + n.Head
		switch {
		case n.Is(own[0]), otherDecree.MatchString(lead), noticeKind.MatchString(prose.Tail(n.Head, 1)), !sameKind(n.Head, own[0].Head):
		case s.attached() && strings.TrimSpace(s.text) != s.text[n.From:n.To] && !containsAny(lead, "文号", "决定书"):
		case !s.attached() && (s.isRemote() || othersAct(s.text[:n.From], i)):
		default:
			list = append(list, difference{written: proper(n, own[0], s.text), key: "决定书文号", want: i.Case.DecisionNumber})
		}
	}
	return list
}

// sameKind reports whether two heads are of one kind of paper: their ends
// agree, or both end as a penalty's number does.
func sameKind(a, b string) bool {
	return prose.Tail(a, 1) == prose.Tail(b, 1) && (prose.Tail(a, 2) == prose.Tail(b, 2) || decreeKind.MatchString(a) && decreeKind.MatchString(b))
}

// proper cuts the words before a number off, as far as its own head tells.
func proper(n, own prose.DocumentNumber, text string) string {
	return strings.TrimPrefix(text[n.From:n.To], headWords(n, own))
}

// ownNumbers finds a document's own 文号 in its text.
func ownNumbers(i *campaign.Item, s *statement) (list []difference) {
	own := prose.DocumentNumbers(i.Document.Number)
	if len(own) != 1 || s.what == inQuote || s.what == inSummary {
		return nil
	}
	for _, n := range prose.DocumentNumbers(s.text) {
		before, after := s.text[:n.From], strings.TrimSpace(s.text[n.To:])
		alone := strings.Trim(before, "（( 　") == "" && strings.Trim(after, "）)") == "" && sameKind(n.Head, own[0].Head)
		before += headWords(n, own[0])
		labelled := numberLabel.MatchString(strings.TrimRight(before, "*| \t"))
		if (alone || labelled || thisDocument.MatchString(before)) && !n.Is(own[0]) {
			list = append(list, difference{written: proper(n, own[0], s.text), key: "文号", want: i.Document.Number})
		}
	}
	return list
}

var (
	numberLabel  = regexp.MustCompile(`(?:文号|发文字号|文件编号)[:：为是\s*|]*$`)
	thisDocument = regexp.MustCompile(`本(?:通知|公告|通报|方案|意见|办法|文件|决定|函)[（(]$`)
)

// headWords returns the words that a number's head begins with and that are
// not of it.
func headWords(n, own prose.DocumentNumber) string {
	head := []rune(n.Head)
	return string(head[:max(0, len(head)-len([]rune(own.Head)))])
}

func indexNumbers(i *campaign.Item, s *statement) (list []difference) {
	if !strings.Contains(s.text, "索引号") || i.Document.IndexNumber == "" {
		return nil
	}
	for _, m := range indexNumber.FindAllStringIndex(s.text, -1) {
		written := s.text[m[0]:m[1]]
		if indexLabel.MatchString(s.text[:m[0]]) && written != i.Document.IndexNumber {
			list = append(list, difference{written: written, key: "索引号", want: i.Document.IndexNumber})
		}
	}
	return list
}

// issueNumbers finds the 期号 of a warning in its own text.
func issueNumbers(i *campaign.Item, s *statement) (list []difference) {
	own := issueNumber.FindStringSubmatch(i.Warning.Number)
	if own == nil || s.what == inQuote {
		return nil
	}
	for _, m := range issueNumber.FindAllStringSubmatchIndex(s.text, -1) {
		if !isIssue(s, m[0], m[1]) {
			continue
		}
		year := ""
		if m[2] >= 0 {
			year = s.text[m[2]:m[3]]
		}
		same, okay := prose.ParseNumber(own[2])
		number, ok := prose.ParseNumber(s.text[m[4]:m[5]])
		if ok && okay && (!number.Equal(same) || year != "" && own[1] != "" && year != own[1]) {
			list = append(list, difference{written: s.text[m[0]:m[1]], key: "期号", want: i.Warning.Number})
		}
	}
	return list
}

// isIssue reports whether a number of a statement is that of the warning
// itself: alone, beside the word for a warning, or at the end of the title.
func isIssue(s *statement, start, end int) bool {
	before, after := s.text[:start], wholeIssue.ReplaceAllString(s.text[end:], "")
	if quoted(s.text, start) || strings.HasSuffix(strings.TrimRight(before, "（( "), "》") || otherIssue.MatchString(before) || otherIssue.MatchString(firstRunes(after, 14)) {
		return false
	}
	alone := strings.Trim(before, "（( 　") == "" && strings.Trim(after, "）) 　") == ""
	if alone || issueAfter.MatchString(after) || strings.TrimSpace(strings.Trim(before, "（(　 ")) != "" && issueOf.MatchString(before) {
		return true
	}
	return s.what == inTitle && (strings.Trim(after, "）)〕 ") == "" || before == "" && strings.ContainsAny(firstRunes(after, 1), ":：|｜ 　"))
}

// wholeIssue counts all issues of all years: （总第45期）.
var wholeIssue = regexp.MustCompile(`^[（(]总第[^（）()]*[）)]`)

// otherIssue is another issue than this one.
var otherIssue = regexp.MustCompile(`上期|上一期|此前|曾|前期|去年|参见|详见|另见|见本局|已发布|已提醒|已提示|令|条例|标准|公告|提到过|讲过|说过|介绍过|提醒过|提示过`)

// citedDocument finds the document that a title means: its own, or a part of it
// that no other has (方案 for 关于印发方案的通知).
func citedDocument(titles map[string]*campaign.Item, title string) *campaign.Item {
	if i := titles[title]; i != nil || utf8.RuneCountInString(title) < 10 {
		return i
	}
	var found *campaign.Item
	for whole, i := range titles {
		if strings.HasPrefix(whole, "关于") && strings.Contains(whole, title) {
			if found != nil {
				return nil
			}
			found = i
		}
	}
	return found
}

// noticeAgrees compares what documents say of other documents, and of the
// campaign's notice, with the front matter of those.
func noticeAgrees(c *Context) {
	titles := map[string]*campaign.Item{}
	for _, i := range documents(c) {
		if i.Document.Number != "" {
			titles[unspaced(i.Title)] = i
		}
		ownNoticeAgrees(c, i)
	}
	for _, i := range c.Campaign.Items {
		for _, cited := range i.Body.Cited {
			if named := citedDocument(titles, unspaced(cited.Title)); named != nil {
				citationAgrees(c, cited, named)
			}
		}
	}
}

// ownNoticeAgrees compares the notice with what the campaign says of it.
func ownNoticeAgrees(c *Context, i *campaign.Item) {
	ownNotice := strings.Contains(unspaced(i.Title), unspaced(c.Campaign.Name)) && containsAny(i.Title, "方案", "通知") && containsAny(i.Title, "印发", "开展")
	number, day := i.Document.Number == c.Campaign.DocumentNumber, i.Document.WrittenOn == c.Campaign.IssuedOn
	switch {
	case !i.PublishedAt.IsZero() && i.Document.WrittenOn.After(i.PublishedAt.Date): // one fault is told once
	case c.Campaign.DocumentNumber == "" || c.Campaign.IssuedOn.IsZero() || number == day:
	case number:
		c.Reportf(i.Keys.Of("成文日期"), "核对原件，把写错的一处改正", "成文日期是 %s，同一文号的通知在 %s 里的印发日期是 %s",
			i.Document.WrittenOn, c.Campaign.Keys.Of("印发日期").Source(), c.Campaign.IssuedOn)
	case ownNotice && i.Document.Number != "":
		c.Reportf(i.Keys.Of("文号"), "核对原件，把写错的一处改正", "文号是“%s”，同一天印发的通知在 %s 里的文号是“%s”",
			i.Document.Number, c.Campaign.Keys.Of("文号").Source(), c.Campaign.DocumentNumber)
	}
}

// citationAgrees compares what a text says beside a document's title with it.
func citationAgrees(c *Context, cited campaign.Citation, named *campaign.Item) {
	if days := prose.Days(cited.Rest); len(days) == 1 && strings.Contains(cited.Rest, "印发") && !days[0].Agrees(named.Document.WrittenOn) {
		c.Reportf(cited.At, "核对原件，把写错的一处改正", "引用《%s》时写的是“%s”，它的“成文日期”（%s）是 %s",
			cited.Title, strings.Trim(cited.Rest, "，, "), named.Keys.Of("成文日期").Source(), named.Document.WrittenOn)
	}
	own, found := prose.DocumentNumbers(named.Document.Number), prose.DocumentNumbers(cited.Number)
	if len(own) == 1 && len(found) == 1 && !found[0].Is(own[0]) {
		c.Reportf(cited.At, "核对原件，把写错的一处改正", "引用《%s》时文号写的是“%s”，它的“文号”（%s）是“%s”",
			named.Title, cited.Number, named.Keys.Of("文号").Source(), named.Document.Number)
	}
}

var (
	dayLabel = map[string]*regexp.Regexp{
		"决定日期": regexp.MustCompile(`(?:决定日期|处罚日期|处罚时间|决定时间|作出(?:行政)?处罚(?:决定)?的?(?:日期|时间)|处罚决定书?(?:作出)?的?日期)[:：为是\s（(]*$`),
		"成文日期": regexp.MustCompile(`(?:成文日期|成文时间|发文日期)[:：为是\s]*$`),
		"发布日期": regexp.MustCompile(`(?:发布日期|发布时间|公布日期|公开日期)[:：为是\s]*$`),
	}

	// decidedThen follows the day of a decision anywhere; punishedThen in the
	// parts that tell of the penalty.
	decidedThen  = regexp.MustCompile(`作出[^。；;]{0,40}?处罚|(?:决定|依法)(?:对[^，,。；;]{2,40})?(?:给予|处以|处|没收|作出|罚款)[^。；;]{0,30}(?:罚|没收|警告)|处罚决定书|处罚决定[（(。，,；;]|(?:处以?|并处)[^，,。；;]{0,16}罚款|罚款[0-9０-９一二三四五六七八九十壹贰叁肆伍陆柒捌玖人]`)
	punishedThen = regexp.MustCompile(`决定(?:如下)?[：:]|(?:作出|给予|依法|予以|实施|决定)[^。；;]{0,24}处罚|处罚决定|罚款|没收|警告|吊销`)
	penaltyHead  = regexp.MustCompile(`处罚|处理|结果|查处情况|决定`)
	// otherThen is of another step of the case, or another case.
	otherThen   = regexp.MustCompile(`告知|听证|拟|集体讨论|讨论决定|批准|审批|执法人员|审议|案审会|合议|立案|送达|陈述|申辩|曾|复议|诉讼|移送|另案|缴|交纳|交清|付清|施行|实施|修订|公布|印发|查获|到期|届满|起至|同类|改正通知|整改通知|复查|检验|检测|抽样|备案|公示|上次|前次|此前|执行完毕|履行`)
	otherBefore = regexp.MustCompile(`曾|此前|之前因|另案|前次|上次|同类|送达|自$|截至$|截止$|至$|到$|期限|以来|收到|告知|听证`)
	inDecree    = regexp.MustCompile(`决定书[^。；;]{0,50}$`)
	lawTitle    = regexp.MustCompile(`《[^《》]*(?:法|办法|规定|条例|规则|解释|通知|意见)》`)
)

func datesThatDiffer(c *campaign.Campaign, i *campaign.Item, s *statement) []difference {
	if s.what == inQuote || i.Case == nil && i.Document == nil && i.Warning == nil {
		return nil
	}
	days := prose.Days(s.text)
	if len(days) == 0 {
		return nil
	}
	days = days[:min(len(days), mostFacts)]
	switch {
	case i.Case != nil:
		return daysOfDecision(i, s, days)
	case i.Document != nil && s.attached():
		if s.signs {
			return notDay("成文日期", s, days[0], i.Document.WrittenOn)
		}
	case i.Document != nil:
		return append(daysOfSignature(s, days, "成文日期", i.Document.WrittenOn), daysLabelled(s, days, "发布日期", i.PublishedAt.Date)...)
	case i.Warning != nil:
		return daysOfSignature(s, days, "发布日期", i.PublishedAt.Date)
	}
	return nil
}

func notDay(key string, s *statement, d prose.Day, want campaign.Date) []difference {
	if want.IsZero() || d.Agrees(want) {
		return nil
	}
	return []difference{{written: s.text[d.From:d.To], key: key, want: want.String()}}
}

// daysOfDecision finds the days on which the penalty is said to be decided.
func daysOfDecision(i *campaign.Item, s *statement, days []prose.Day) (list []difference) {
	decided := i.Case.DecidedOn
	if s.attached() {
		return decisionDay(i, s, days)
	}
	for n, d := range days {
		if quoted(s.text, d.From) {
			continue
		}
		from, end := around(s.text, days, n)
		before, after := s.text[from:d.From], s.text[d.To:end]
		if dayLabel["决定日期"].MatchString(before) || isDecisionDay(i, s, d, before, after) {
			list = append(list, notDay("决定日期", s, d, decided)...)
		}
	}
	return list
}

// around bounds the words that belong to the nth day: its sentence, between
// the days before and after it.
func around(text string, days []prose.Day, n int) (from, end int) {
	end = len(text)
	if at := strings.IndexAny(text[days[n].To:], "。！？；;\n"); at >= 0 {
		end = days[n].To + at
	}
	if n+1 < len(days) && days[n+1].From < end {
		end = days[n+1].From
	}
	if at := strings.LastIndexAny(text[:days[n].From], "。！？；;\n"); at >= 0 {
		from = at
	}
	if n > 0 && days[n-1].To > from {
		from = days[n-1].To
	}
	return from, end
}

func isDecisionDay(i *campaign.Item, s *statement, d prose.Day, before, after string) bool {
	if otherBefore.MatchString(before) || remote.MatchString(s.section) && !nearParty.MatchString(after) {
		return false
	}
	if inDecree.MatchString(before) && !otherThen.MatchString(before) && !decidedThen.MatchString(after) {
		return true
	}
	form := decidedThen
	if penaltyHead.MatchString(s.section) {
		form = punishedThen
	}
	after = lawTitle.ReplaceAllString(after, "")
	m := form.FindStringIndex(after)
	if m == nil || otherThen.MatchString(firstRunes(after[:m[0]], 30)) || othersAct(after[:m[1]], i) || officeOf(i.Case.Authority).elsewhere(before) || unrealDecision.MatchString(after) {
		return false
	}
	return !isEarlier(d, i.Case.DecidedOn) || !earlierPenalty.MatchString(before+after)
}

// earlierPenalty tells of a penalty of the party before this one.
var earlierPenalty = regexp.MustCompile(`因[^。；;]*被|被[^。；;]*后[，,]?[^。；;]*再|曾|再次|又被|已被|又因|前科`)

func isEarlier(d prose.Day, than campaign.Date) bool {
	d.Year = cmp.Or(d.Year, than.Year)
	return d.Date.Before(than)
}

// unrealDecision is of what was not decided that day, or of a span from it.
var unrealDecision = regexp.MustCompile(`^(?:起|至|前|以来)|(?:未|不予|免予|没有)[^，,。；;]{0,6}处罚|处罚(?:事先)?告知|处罚建议|听证`)

// decisionDay finds the day under a 决定书: alone in its line, below what it
// decides.
func decisionDay(i *campaign.Item, s *statement, days []prose.Day) []difference {
	if len(days) != 1 {
		return nil
	}
	d := days[0]
	before, after := s.text[:d.From], strings.TrimRight(s.text[d.To:], "。 　（印章）()")
	signed := s.signs && after == "" && (before == "" || authorityName.MatchString(before) || dayLabel["决定日期"].MatchString(before))
	if !signed || d.Year == 0 {
		return nil
	}
	return notDay("决定日期", s, d, i.Case.DecidedOn)
}

// daysOfSignature finds the day under a document: alone in its paragraph, or
// with its name before it.
func daysOfSignature(s *statement, days []prose.Day, key string, want campaign.Date) (list []difference) {
	for n, d := range days {
		before := s.text[:d.From]
		if n > 0 {
			before = s.text[days[n-1].To:d.From]
		}
		label := strings.TrimRight(before, "*| \t")
		labelled := dayLabel[key].MatchString(label) && (s.what == inTable || !strings.Contains(before, "》"))
		if labelled || s.what == inBody && len(days) == 1 && isSignature(s.text, d, key, before) ||
			key == "发布日期" && ownNotice.MatchString(s.text[d.To:]) && !strings.Contains(before, "》") {
			list = append(list, notDay(key, s, d, want)...)
		}
	}
	return list
}

// isSignature reports whether the only day of a paragraph is the one under the
// document, or tells when it is published.
func isSignature(text string, d prose.Day, key, before string) bool {
	signs, rest := signature.MatchString(strings.TrimSpace(before)), text[d.To:]
	if d.Year != 0 && strings.Trim(rest, "。 　\t（印章）()") == "" && (signs || strings.TrimSpace(before) == "") {
		return true
	}
	return key == "发布日期" && published.MatchString(rest) && (signs || strings.Trim(before, " （(　") == "")
}

// daysLabelled finds the days that a text has under a key's own name.
func daysLabelled(s *statement, days []prose.Day, key string, want campaign.Date) (list []difference) {
	for _, d := range days {
		if before := strings.TrimRight(s.text[:d.From], "*| \t"); s.what == inTable && dayLabel[key].MatchString(before) {
			list = append(list, notDay(key, s, d, want)...)
		}
	}
	return list
}

var (
	// signature is the unit before a day, with nothing else.
	signature = regexp.MustCompile(`^[\p{Han}、 　（）()]{2,60}(?:局|委|办|委员会|办公室|政府|海关|中心|协会|所)[\s　]*$`)
	published = regexp.MustCompile(`^(?:发布|公布)[）)。\s]*$`)
	ownNotice = regexp.MustCompile(`^[\p{Han}]{0,16}?(?:发布|公布)(?:本|此|这)(?:警示|提示|期)`)
)
