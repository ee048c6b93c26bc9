package review

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/privacy"
)

var factParty = factRule("fact-party", "当事人处处一致：标题、摘要、正文和决定书里的当事人是开头信息里的当事人，简称和隐去的字不算不同。", partiesThatDiffer)

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

func partiesThatDiffer(_ *campaign.Campaign, i *campaign.Item, s *statement) (list []difference) {
	if i.Case == nil || i.Case.Party == "" || s.what == inQuote {
		return nil
	}
	seen := map[string]bool{}
	tell := func(name string, offset int) {
		if seen[name] || partyAgrees(i.Case.Party, name) {
			return
		}
		seen[name] = true
		list = append(list, difference{written: name, key: "当事人", want: i.Case.Party, offset: offset})
	}
	each := func(form *regexp.Regexp, unless func(name string) bool) {
		for _, m := range form.FindAllStringSubmatchIndex(s.text, mostFacts) {
			name := strings.Trim(s.text[m[2]:m[3]], " 　*")
			if !quoted(s.text, m[2]) && !elsewhere.MatchString(s.text[m[3]:]) && !notParty.MatchString(name) && (unless == nil || !unless(name)) {
				tell(name, m[2])
			}
		}
	}
	if s.attached() {
		if !strings.ContainsAny(s.text, "当被行违处") {
			return nil
		}
		each(partyLabel, noName)
		each(nameLabel, noName)
		return list
	}
	if remote.MatchString(s.section) || s.what == inHeading {
		return nil
	}
	each(partyLabel, noName)
	each(partyIs, noName)
	switch s.what {
	case inTitle:
		each(titleParty, nil)
		each(titlePerson, func(string) bool { return isOrganisation(i.Case.Party) })
	case inSummary:
		each(firstParty, otherRole)
		each(firstPerson, func(string) bool { return isOrganisation(i.Case.Party) })
	}
	each(personActed, func(string) bool {
		return isOrganisation(i.Case.Party) || othersAct(s.text[:personActed.FindStringIndex(s.text)[0]], i)
	})
	each(personNamed, func(string) bool { return isOrganisation(i.Case.Party) })
	if s.what != inTitle {
		each(partyNamed, func(name string) bool {
			return isOrganisation(name) != isOrganisation(i.Case.Party) && !isOrganisation(name)
		})
		each(actedOn, otherRole)
	}
	if !isMasked(i.Case.Party) {
		each(realParty, func(name string) bool { return !nearly(name, i.Case.Party) })
	}
	return list
}

// noName reports whether words after 当事人： are no name.
func noName(name string) bool {
	return !isOrganisation(name) && !privacy.IsPerson(name) && !personForm.MatchString(name)
}

var (
	personForm = regexp.MustCompile(`^` + surname + `[某×*]{1,2}$`)
	// elsewhere follows a name that has its own case.
	elsewhere = regexp.MustCompile(`^[^。；;]{0,24}(?:另案|另行|移送|通报|函告)|^(?:职工|员工|学生|家长|患者|顾客|消费者|附近|门口|反映|投诉|举报|周边|对面|旁)`)
)

var notParty = regexp.MustCompile(`平台|消费者|见附件|详见|如下|名单`)

// otherRole reports whether a name is that of somebody else by its kind.
func otherRole(name string) bool {
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
	d := distance([]rune(a), []rune(b))
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
		if isOrganisation(a) != isOrganisation(b) {
			return true // a trader is named by the shop's name or by the owner's
		}
		return false
	}
	x, y := coreOf(a), coreOf(b)
	if isMasked(a) || isMasked(b) {
		if plainX, plainY := kindEnd.ReplaceAllString(x, ""), kindEnd.ReplaceAllString(y, ""); plainX != "" && plainY != "" {
			x, y = plainX, plainY
		}
		if generic[x] || generic[y] {
			return true
		}
		return inOrder(x, y) || inOrder(y, x)
	}
	return strings.Contains(x, y) || strings.Contains(y, x)
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
	if before, after, found := strings.Cut(name, "某"); found && !strings.Contains(after, "某") {
		_ = before
		name = after
	}
	return strings.ReplaceAll(name, "某", "")
}

// inOrder reports whether the characters of a short name stand in a long one
// in their order.
func inOrder(short, long string) bool {
	rest := []rune(long)
	for _, r := range short {
		at := strings.IndexRune(string(rest), r)
		if at < 0 {
			return false
		}
		rest = []rune(string(rest)[at+utf8.RuneLen(r):])
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
