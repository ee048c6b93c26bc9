package review

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

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
