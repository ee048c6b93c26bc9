package review

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"wangjian/internal/campaign"
	"wangjian/internal/privacy"
	"wangjian/internal/prose"
)

const organisation = `(?:公司|企业|工厂|商店|超市|药店|药房|诊所|医院|门诊部|经营部|批发部|服务部|门市部|营业部|店|厂|部|中心|商行|商贸行|合作社|酒店|宾馆|餐厅|饭店|酒楼|餐馆|茶楼|农庄|馆|行|社|工作室|网吧|俱乐部|幼儿园|学校|事务所|站|城|坊|屋|铺|摊)`

const surname = `(?:欧阳|司徒|上官|诸葛|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦马苗方俞任袁柳唐罗薛伍余顾孟黄萧肖尹姚邵汪祁毛米贝臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫丁邓洪包石崔龚程邢裴陆翁甄封靳段焦侯全班仇宁甘武符刘景詹束龙叶司黎白蒲赖卓蔺屠乔翟谭温庄晏柴阎慕连习向古易廖衡耿匡文寇广欧聂曾关包左])`

var (
	partyLabel  = regexp.MustCompile(`(?:当事人|被处罚人|被处罚单位|被处罚对象|行政相对人|违法行为人|处罚对象)(?:[（(][^（）()]{1,12}[）)]|姓名|名称|姓名或名称|基本情况)?[:：\t][ 　]*([^，,。；;：:（(、\n\t]{2,40})`)
	nameLabel   = regexp.MustCompile(`^(?:企业|单位|主体|字号)?(?:名称|姓名)(?:[（(][^（）()]{1,8}[）)])?[:：][ 　]*([^，,。；;：:（(、\n\t]{2,40})`)
	partyIs     = regexp.MustCompile(`当事人(?:为|系|是)([^，,。；;：:（(、\n\t的]{2,30})`)
	partyNamed  = regexp.MustCompile(`(?:当事人|违法行为人)((?:[\p{Han}]{0,8}某|` + surname + `某{1,2})[\p{Han}]{0,16}?` + organisation + `?)(?:[（(，,]|在|于|未|从|的|利用|通过|销售|经营|发布|存在|作为|不服|违反)`)
	personActed = regexp.MustCompile(`对(` + surname + `[某×*]{1,2})(?:依法|的(?:上述)?(?:违法)?行为)*作出(?:行政)?处罚`)
	personNamed = regexp.MustCompile(`(?:当事人|违法行为人|经营者|业主)(` + surname + `[某×*]{1,2})`)
	firstPerson = regexp.MustCompile(`^(?:近日，|日前，)?(` + surname + `[某×*]{1,2})(?:[（(，,]|未|没有|无证|擅自|销售|经营|利用|通过|以|将|把|发布|使用|虚构|因)`)
	titleParty  = regexp.MustCompile(`(?:查处|查办|处罚|办理|关于|对)(?:了)?([\p{Han}（）()]{0,12}某[\p{Han}（）()]{0,20}?` + organisation + `)`)
	titlePerson = regexp.MustCompile(`(?:查处|查办)([\p{Han}]某{1,2})(?:等)?[\p{Han}]`)
	firstParty  = regexp.MustCompile(`^(?:近日，|日前，)?((?:[\p{Han}]{0,8}[省市县区旗])?某[\p{Han}（）()]{0,16}?` + organisation + `)`)
	actedOn     = regexp.MustCompile(`(?:^|[，,；;局会队])(?:依法|决定)*(?:责令|给予|对)((?:[\p{Han}]{0,8}[省市县区旗])?某[\p{Han}（）()]{0,16}?` + organisation + `)(?:立即|停止|改正|限期|依法|作出|处以?|给予|罚款|的(?:上述)?违法行为)`)
	realParty   = regexp.MustCompile(`(?:查处|查办|责令|对|给予)([\p{Han}（）()]{3,30}?` + organisation + `)`)

	legalForm = regexp.MustCompile(`(?:[（(](?:个人独资|普通合伙|个体工商户|有限合伙|以下简称[^（）()]*)[）)]|有限责任公司|股份有限公司|集团有限公司|有限公司|分公司|公司|集团)$`)
	regionOf  = regexp.MustCompile(`^[\p{Han}]{1,12}?(?:自治区|自治州|自治县|开发区|新区|[省市县区旗州镇乡])`)
)

// partyForm is a way to name the party, in some of the places of a case.
type partyForm struct {
	form   *regexp.Regexp
	in     []place // empty for all of the item's own but headings
	unless func(i *campaign.Item, s *statement, name string) bool
}

var (
	attachedPlaces = []place{inDecision, inGrounds}
	belowTitle     = []place{inSummary, inBody, inTable}
)

var partyForms = []partyForm{
	{partyLabel, attachedPlaces, noName},
	{nameLabel, attachedPlaces, noName},
	{partyLabel, nil, noName},
	{partyIs, nil, noName},
	{titleParty, []place{inTitle}, nil},
	{titlePerson, []place{inTitle}, ofOrganisation},
	{firstParty, []place{inSummary}, otherRole},
	{firstPerson, []place{inSummary}, ofOrganisation},
	{personActed, nil, func(i *campaign.Item, s *statement, _ string) bool {
		return isOrganisation(i.Case.Party) || othersAct(s.text[:personActed.FindStringIndex(s.text)[0]], i)
	}},
	{personNamed, nil, ofOrganisation},
	{partyNamed, belowTitle, func(i *campaign.Item, _ *statement, name string) bool {
		return isOrganisation(name) != isOrganisation(i.Case.Party) && !isOrganisation(name)
	}},
	{actedOn, belowTitle, otherRole},
	{realParty, nil, func(i *campaign.Item, _ *statement, name string) bool {
		return isMasked(i.Case.Party) || !nearly(name, i.Case.Party)
	}},
}

// fits reports whether the form counts where a statement stands.
func (f partyForm) fits(s *statement) bool {
	return f.in == nil && !s.attached() || slices.Contains(f.in, s.what)
}

func partiesThatDiffer(_ *campaign.Campaign, i *campaign.Item, s *statement) (list []difference) {
	switch {
	case i.Case == nil || i.Case.Party == "" || s.what == inQuote || s.what == inHeading,
		s.attached() && !strings.ContainsAny(s.text, "当被行违处"),
		!s.attached() && remote.MatchString(s.section):
		return nil
	}
	seen := map[string]bool{}
	for _, f := range partyForms {
		if !f.fits(s) {
			continue
		}
		for _, name := range f.names(i, s) {
			if !seen[name] && !partyAgrees(i.Case.Party, name) {
				seen[name] = true
				list = append(list, difference{written: name, key: "当事人", want: i.Case.Party})
			}
		}
	}
	return list
}

// names lists what a statement calls the party in this way.
func (f partyForm) names(i *campaign.Item, s *statement) (list []string) {
	for _, m := range f.form.FindAllStringSubmatchIndex(s.text, mostFacts) {
		name := strings.Trim(s.text[m[2]:m[3]], " 　*")
		if !quoted(s.text, m[2]) && !elsewhere.MatchString(s.text[m[3]:]) && !notParty.MatchString(name) && (f.unless == nil || !f.unless(i, s, name)) {
			list = append(list, name)
		}
	}
	return list
}

// noName reports whether words after 当事人： are no name.
func noName(_ *campaign.Item, _ *statement, name string) bool {
	return !isOrganisation(name) && !privacy.IsPerson(name) && !personForm.MatchString(name)
}

// ofOrganisation reports whether the case's party is no person.
func ofOrganisation(i *campaign.Item, _ *statement, _ string) bool {
	return isOrganisation(i.Case.Party)
}

var (
	personForm = regexp.MustCompile(`^` + surname + `[某×*]{1,2}$`)
	// elsewhere follows a name that has its own case.
	elsewhere = regexp.MustCompile(`^[^。；;]{0,24}(?:另案|另行|移送|通报|函告)|^(?:职工|员工|学生|家长|患者|顾客|消费者|附近|门口|反映|投诉|举报|周边|对面|旁)`)
)

var notParty = regexp.MustCompile(`平台|消费者|见附件|详见|如下|名单`)

// otherRole reports whether a name is that of somebody else by its kind.
func otherRole(_ *campaign.Item, _ *statement, name string) bool {
	return containsAny(name, "平台", "供货", "供应", "快递", "检验", "物流")
}

func isMasked(name string) bool { return strings.ContainsAny(name, "某×*＊") }

var organisationEnd = regexp.MustCompile(organisation + `(?:[（(][^（）()]*[）)])?$`)

func isOrganisation(name string) bool {
	return organisationEnd.MatchString(name) && (utf8.RuneCountInString(name) > 3 || isMasked(name) && utf8.RuneCountInString(name) > 2)
}

// nearly reports whether a name is a slip of another: some of its characters
// are other ones.
func nearly(name, of string) bool {
	a, b := coreOf(name), coreOf(of)
	d := levenshtein.ComputeDistance(a, b)
	return len(a) > 0 && d > 0 && d*3 <= max(utf8.RuneCountInString(b), 3)
}

// partyAgrees reports whether two names can be of one party: the same, a part
// of each other, or alike where nothing is hidden.
func partyAgrees(a, b string) bool {
	if parties := strings.Split(a, "、"); len(parties) > 1 { // one of them, of its kind
		alike := slices.DeleteFunc(parties, func(p string) bool { return isOrganisation(p) != isOrganisation(b) })
		return len(alike) == 0 || strings.Contains(a, b) || slices.ContainsFunc(alike, func(p string) bool { return partyAgrees(p, b) })
	}
	a, b = plainName(a), plainName(b)
	if a == b || a == "" || b == "" || strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	if fits([]rune(a), []rune(b)) || fits([]rune(b), []rune(a)) {
		return true
	}
	if !isOrganisation(a) || !isOrganisation(b) {
		return isOrganisation(a) != isOrganisation(b) // a trader is named by the shop's name or by the owner's
	}
	return coresAgree(coreOf(a), coreOf(b), isMasked(a) || isMasked(b))
}

// coresAgree reports whether what is left of two organisations' names can be one.
func coresAgree(x, y string, masked bool) bool {
	if !masked {
		return strings.Contains(x, y) || strings.Contains(y, x)
	}
	if plainX, plainY := kindEnd.ReplaceAllString(x, ""), kindEnd.ReplaceAllString(y, ""); plainX != "" && plainY != "" {
		x, y = plainX, plainY
	}
	return generic[x] || generic[y] || inOrder(x, y) || inOrder(y, x)
}

var (
	// kindEnd is the word for a shop or a firm at the end of its name.
	kindEnd = regexp.MustCompile(`(?:商店|药店|药房|超市|商行|中心|店|部|厂|行|馆|社|站|铺|屋|坊|城|企业)$`)
	// generic names say what kind of party it is and no more.
	generic = map[string]bool{"网": true, "网络": true, "门": true, "药": true, "大药": true, "饭": true, "企业": true, "电商": true, "网上": true, "直播": true, "便利": true, "零售": true}
)

func plainName(s string) string {
	return masks.ReplaceAllString(strings.NewReplacer("(", "（", ")", "）", "*", "某", "×", "某", "＊", "某", "Ｘ", "某").Replace(unspaced(strings.ReplaceAll(s, "　", ""))), "某")
}

var masks = regexp.MustCompile(`某+`)

// coreOf takes the region before a name and the legal form after it away.
func coreOf(name string) string {
	name = plainName(name)
	for {
		shorter := legalForm.ReplaceAllString(name, "")
		if shorter == name || shorter == "" {
			break
		}
		name = shorter
	}
	if rest := regionOf.ReplaceAllString(strings.ReplaceAll(name, "超市", "超亍"), ""); rest != "" {
		name = strings.ReplaceAll(rest, "超亍", "超市")
	}
	if _, after, found := strings.Cut(name, "某"); found && !strings.Contains(after, "某") {
		name = after
	}
	return strings.ReplaceAll(name, "某", "")
}

// inOrder reports whether the characters of a short name stand in a long one
// in their order.
func inOrder(short, long string) bool {
	for _, r := range short {
		_, rest, found := strings.Cut(long, string(r))
		if !found {
			return false
		}
		long = rest
	}
	return true
}

// fits reports whether a name is what a masked one hides: 某 stands for any
// characters, up to ten in a row.
func fits(masked, name []rune) bool {
	if len(masked) > 60 || len(name) > 60 || strings.Count(string(masked), "某") > 4 {
		return false
	}
	if len(masked) == 0 {
		return len(name) == 0
	}
	if masked[0] != '某' {
		return len(name) > 0 && name[0] == masked[0] && fits(masked[1:], name[1:])
	}
	for n := 0; n <= min(10, len(name)); n++ {
		if fits(masked[1:], name[n:]) {
			return true
		}
	}
	return false
}

// sameOffice lists the names of one kind of office.
var sameOffice = [][]string{
	{"市场监督管理局", "市场监管局", "市监局", "市场监督局", "市场和质量监督管理局"},
	{"综合行政执法局", "综合执法局", "城市管理行政执法局", "行政执法局"},
	{"卫生健康委员会", "卫生健康委", "卫健委", "卫生健康局"},
	{"药品监督管理局", "药监局"},
	{"文化市场综合行政执法支队", "文化执法支队"},
	{"公安局", "公安分局"},
	{"烟草专卖局"}, {"邮政管理局", "邮政局"}, {"税务局"}, {"林业局"}, {"商务局"}, {"农业农村局"}, {"生态环境局"}, {"互联网信息办公室", "网信办"}, {"知识产权局"}, {"城市管理局", "城管局"}, {"文化广电旅游局", "文广新旅局", "文旅局"},
}

var (
	authorityName = regexp.MustCompile(`^[\p{Han}]{2,30}(?:局|委员会|海关|总队|支队|大队|办公室)$`)
	anyAuthority  = regexp.MustCompile(`[\p{Han}]{2,30}?(?:局|委员会|海关|总队|支队|大队|办公室)`)
	// actsNow follows the office that handles the case.
	actsNow   = regexp.MustCompile(`^(?:就|便|随后|随即|及时|迅速|连夜|当天|当日|立即)?(?:的?执法人员|依照|按照|对其|网监人员|监管人员|依法|根据|依据|接到|收到|在|对|开展|检查|核查|调取|调查|立案|监测|巡查|抽查|抽检|发现|责令|决定|作出|处以|没收|给予|安排|派员|组织|办理|查处|查办|查获|现场|突击|随即|当即|迅速|会同|联合|将)`)
	titleActs = regexp.MustCompile(`^([\p{Han}]{2,30}?(?:局|委员会|海关))(?:依法)?(?:查处|查办)`)
	imposes   = regexp.MustCompile(`(?:^|[，,。；;：:日]|近日|日前)([\p{Han}]{3,30}?(?:局|委员会|海关|总队|支队|大队))(?:依法|(?:依据|根据|依照|按照)[^，,。；;]{0,60}?[，,]?)*(?:责令|决定|作出|对|给予|没收|处以)`)
	// addressed ends what is before an office that is spoken to, or with.
	addressed = regexp.MustCompile(`(?:向|由|与|和|经|及|会同|联合|函|报|请|从|到|被|受|、|送|告知|抄告)$`)
	// otherOffice words make an office one that only has to do with the case.
	otherOffice = regexp.MustCompile(`移送|移交|转交|交办|转办|通报|函告|协查|协助|配合|指定|供货|上游|另案|同类|曾|此前|所在地|管辖|部署|统一|全市|全省|指导|督办|批准|抄送|报送|线索来源|复议|诉讼|也|同期|同样|联合印发|牵头`)
)

func authoritiesThatDiffer(c *campaign.Campaign, i *campaign.Item, s *statement) (list []difference) {
	if i.Case == nil || s.what == inQuote || s.what == inHeading {
		return nil
	}
	if own := officeOf(i.Case.Authority); own.function != "" {
		for _, name := range authoritiesIn(c, i, own, s) {
			list = append(list, difference{written: name, key: "办案机关", want: i.Case.Authority})
		}
	}
	return list
}

// authoritiesIn lists the offices that a statement has act in the case and that
// are not its own.
func authoritiesIn(c *campaign.Campaign, i *campaign.Item, own office, s *statement) (names []string) {
	switch {
	case s.attached():
		words := strings.TrimSuffix(strings.TrimSuffix(s.text, "行政处罚决定书"), "（印章）")
		if other := officeOf(words); authorityName.MatchString(words) && len(s.text) < 120 && other.function != "" && !strings.Contains(words, i.Case.Authority) && !own.agrees(c, other) {
			names = append(names, words)
		}
	case s.what == inTitle:
		if m := titleActs.FindStringSubmatch(s.text); m != nil && !own.agrees(c, officeOf(m[1])) {
			names = append(names, m[1])
		}
	case !remote.MatchString(s.section):
		for _, text := range sentences(s.text) {
			if own.named(text) {
				continue
			}
			name := otherPlaceIn(c, own, text)
			if name == "" {
				name = imposerIn(c, i, own, text)
			}
			if name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}

// otherPlaceIn finds an office of the same kind from another place that a
// sentence has act in this case; "" for none.
func otherPlaceIn(c *campaign.Campaign, own office, text string) string {
	for _, name := range own.names {
		for _, at := range occurrences(text, name) {
			before, after := text[:at], text[at+len(name):]
			region := own.other(before)
			if region == "" || quoted(text, at) || sameRegion(c, own.region, before) || !isPeer(c, own.unit, region) || isSuperior(c, region+name) {
				continue
			}
			if days := prose.Days(after); len(days) > 0 && strings.Trim(after[:days[0].From], "已于") == "" {
				after = after[days[0].To:]
			}
			near := prose.Tail(before, 14) + " " + firstRunes(after, 6)
			if actsNow.MatchString(after) && !otherOffice.MatchString(near) && !addressed.MatchString(strings.TrimSuffix(before, region)) {
				return regionAtEnd(c, before, region) + name
			}
		}
	}
	return ""
}

// imposerIn finds another office that imposes this case's penalty; "" for none.
func imposerIn(c *campaign.Campaign, i *campaign.Item, own office, text string) string {
	for _, m := range imposes.FindAllStringSubmatch(text, -1) {
		if other := officeOf(m[1]); other.function != "" && !own.agrees(c, other) && !containsAny(m[1], "本局", "我局", "该局", "专班", "联合") && ofThisPenalty(i, text) {
			return m[1]
		}
	}
	return ""
}

// ofThisPenalty reports whether a sentence imposes the penalty of the case: on
// its day, or with one of its sums.
func ofThisPenalty(i *campaign.Item, text string) bool {
	p := penaltyOf(i.Case.Penalty)
	return slices.ContainsFunc(prose.Days(text), func(d prose.Day) bool { return d.Date == i.Case.DecidedOn }) ||
		slices.ContainsFunc(prose.Sums(text), func(s prose.Sum) bool { return p.has(fineSum, s.Value) || p.has(takenSum, s.Value) })
}

// isPeer reports whether two regions are of one level: another of the
// campaign's, or one named likewise.
func isPeer(c *campaign.Campaign, own, other string) bool {
	known := func(name string) bool {
		return slices.ContainsFunc(c.Regions, func(r *campaign.Region) bool {
			return strings.HasSuffix(name, r.Name) || strings.HasSuffix(r.Name, name)
		})
	}
	return !strings.HasSuffix(other, "省") && (prose.Tail(own, 1) == prose.Tail(other, 1) || strings.ContainsAny(prose.Tail(own, 1), "县区") && strings.ContainsAny(prose.Tail(other, 1), "县区") || known(own) && known(other))
}

// isSuperior reports whether an office is one of the campaign's own: it may
// stand above the one that handles the case.
func isSuperior(c *campaign.Campaign, name string) bool {
	return slices.ContainsFunc(c.Departments, func(d *campaign.Department) bool {
		return strings.HasSuffix(name, d.Name) || strings.HasSuffix(d.Name, name)
	})
}

// office is an authority's name in its two parts.
type office struct {
	region   string // 兴国县
	unit     string // the last part of region, 兴国县 of 赣州市兴国县
	function string // 市场监督管理局
	names    []string
}

// notRegions are words with a character that ends a region's name.
var notRegions = strings.NewReplacer("市场", "亍场", "城市", "城亍", "市政", "亍政", "市容", "亍容", "社区", "社匚", "超市", "超亍", "市监", "亍监", "州际", "卅际")

var regionEnd = regexp.MustCompile(`自治区|自治州|自治县|开发区|新区|[省市县区旗州盟]`)

func officeOf(name string) (o office) {
	text := notRegions.Replace(name)
	ends := regionEnd.FindAllStringIndex(text, -1)
	start := 0
	for _, m := range ends {
		if m[1] < len(text) {
			if part := name[start:m[1]]; utf8.RuneCountInString(part) > 1 {
				o.unit = part
			} else {
				o.unit += part // 赣县区
			}
			o.region = name[:m[1]]
			start = m[1]
		}
	}
	o.function = strings.TrimSpace(name[start:])
	o.names = []string{o.function}
	for _, same := range sameOffice {
		if slices.Contains(same, o.function) {
			o.names = same
		}
	}
	return o
}

// agrees reports whether two names can be of one office.
func (o office) agrees(c *campaign.Campaign, other office) bool {
	function := slices.Contains(o.names, other.function) || other.function == "局"
	if function && other.region != "" && len([]rune(other.unit)) > 1 && len([]rune(o.unit)) > 1 {
		return strings.HasSuffix(o.region, other.unit) || strings.HasSuffix(other.region, o.unit) || sameRegion(c, o.region, other.region)
	}
	return function
}

var shortZone = strings.NewReplacer("经济技术开发区", "经开区", "高新技术产业开发区", "高新区")

// sameRegion reports whether two texts end with names of one region of the
// campaign's: 赣州经济技术开发区, 经开区.
func sameRegion(c *campaign.Campaign, a, b string) bool {
	if zone := shortZone.Replace(a); strings.HasSuffix(shortZone.Replace(b), prose.Tail(zone, 3)) && (strings.HasSuffix(zone, "经开区") || strings.HasSuffix(zone, "高新区")) {
		return true
	}
	return slices.ContainsFunc(c.Regions, func(r *campaign.Region) bool {
		ends := func(text string) bool {
			return slices.ContainsFunc(r.Names()[1:], func(name string) bool { return name != "" && strings.HasSuffix(text, name) })
		}
		return ends(a) && ends(b)
	})
}

// named reports whether a text names the office with its region.
func (o office) named(text string) bool {
	return slices.ContainsFunc(o.names, func(name string) bool { return strings.Contains(text, o.unit+name) })
}

// elsewhere reports whether words end in an office of the same kind, of another
// region, by which somebody was fined: 由临江县市场监督管理局于.
func (o office) elsewhere(before string) bool {
	before = strings.TrimRight(before, "于在已")
	return slices.ContainsFunc(o.names, func(name string) bool {
		region, found := strings.CutSuffix(before, name)
		return found && o.other(region) != "" && byOther.MatchString(region)
	})
}

// spokenOf reports whether words end with the office itself, whatever it is
// called: 市场监管部门, 我局.
func (o office) spokenOf(text string) bool {
	text = prose.Tail(text, 24)
	return containsAny(text, "本局", "我局") || slices.ContainsFunc(o.names, func(name string) bool {
		return strings.Contains(text, name) || strings.Contains(text, strings.TrimSuffix(name, "局")+"部门")
	})
}

// other returns the region that stands at the end of a text, where it is not
// the office's own; "" where it is, or where none is named (本县, 市).
func (o office) other(before string) string {
	text := notRegions.Replace(before)
	ends := regionEnd.FindAllStringIndex(text, -1)
	if len(ends) == 0 || ends[len(ends)-1][1] != len(text) || o.unit == "" || strings.HasSuffix(before, o.unit) {
		return ""
	}
	last := ends[len(ends)-1]
	r := []rune(before[:last[0]])
	start := max(0, len(r)-2)
	for n := len(r) - 1; n >= start; n-- {
		if strings.ContainsRune("本我该各由向经在与和、，。；日：及对", r[n]) {
			start = n + 1
			break
		}
	}
	name := string(r[start:])
	if name == "" {
		return ""
	}
	return name + before[last[0]:]
}

// othersAct reports whether the words before a penalty have another office, or
// another kind of body, impose it.
func othersAct(before string, i *campaign.Item) bool {
	clause := before[strings.LastIndexAny(before, "。；;！？\n")+1:]
	own := officeOf(i.Case.Authority)
	return otherBodyActs(clause, own, i) || supplied.MatchString(clause) || own.actsElsewhere(clause) ||
		slices.ContainsFunc(otherShop.FindAllStringSubmatch(clause, -1), func(m []string) bool { return !partyAgrees(i.Case.Party, m[1]) })
}

// otherBodyActs reports whether a clause has a body of another kind act.
func otherBodyActs(clause string, own office, i *campaign.Item) bool {
	for _, m := range otherBody.FindAllStringIndex(clause, -1) {
		if own.spokenOf(clause[m[1]:]) {
			continue // 公安机关刑事立案，市场监管部门罚款
		}
		word := strings.TrimRight(clause[m[0]:m[1]], "局机关部门大队支委员会办院")
		if !strings.Contains(i.Case.Authority, word) && !addressed.MatchString(regionBefore.ReplaceAllString(clause[:m[0]], "")) && !withOthers.MatchString(clause[:m[0]]) {
			return true
		}
	}
	return false
}

// actsElsewhere reports whether a clause has an office of the same kind, of
// another region, act.
func (o office) actsElsewhere(clause string) bool {
	for _, m := range anyAuthority.FindAllString(clause, -1) {
		for _, name := range o.names {
			region, found := strings.CutSuffix(m, name)
			if found && o.unit != "" && !strings.HasSuffix(region, o.unit) && o.other(region) != "" && (otherOffice.MatchString(clause) || byOther.MatchString(region)) {
				return true
			}
		}
	}
	return false
}

var (
	regionBefore = regexp.MustCompile(`(?:[\p{Han}]{2,3}[省市县区]|[省市县区])$`)
	withOthers   = regexp.MustCompile(`(?:会同|联合|协同|配合|移送|移交|通报|函告|商请)[^，,。；;]{0,12}$`)
)

// otherShop is a party with its own penalty: 某便利店被罚款….
var otherShop = regexp.MustCompile(`(某[\p{Han}]{0,14}?` + organisation + `)(?:也|另|各|均|则)?(?:被|因|受到|依法被)[^。；;]{0,20}$`)

var (
	// byOther ends in the region of an office by which somebody was fined.
	byOther = regexp.MustCompile(`(?:由|被|受到?)[\p{Han}]{2,12}$`)
	// supplied is somebody upstream with a penalty: 供货方黄某某由外省市场监管部门处….
	supplied = regexp.MustCompile(`(?:供货|供应|批发|上游|进货)(?:方|商|人|商家|企业|厂家)[^。；;，,]{0,30}(?:由|被|受到)`)
)

var otherBody = regexp.MustCompile(`(?:公安|税务|海关|烟草|卫生健康|卫健|生态环境|环保|农业农村|交通运输|消防|城管|应急管理|网信|邮政|林业|文旅|文化|商务|金融监管|法院|检察院|住建|自然资源|教育|民政|司法|药监)(?:[\p{Han}]{0,6}?(?:局|机关|部门|大队|支队|委员会|委|办|院|队|执法|主管|管理))|法院|检察院`)

// regionAtEnd returns the region of the campaign that a text ends with, else
// what was taken for one.
func regionAtEnd(c *campaign.Campaign, text, otherwise string) string {
	for _, r := range c.Regions {
		if strings.HasSuffix(text, r.Name) {
			return r.Name
		}
	}
	return otherwise
}
