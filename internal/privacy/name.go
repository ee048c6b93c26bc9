package privacy

import (
	"slices"
	"strings"
)

// nameCues are the words after which a person is named.
var nameCues = []string{
	"法定代表人", "法人代表", "法定代表人姓名", "负责人", "经营者", "经营者姓名", "业主", "投资人", "实际控制人", "股东", "联系人", "投诉人", "举报人", "消费者", "当事人", "被处罚人",
	"委托代理人", "代理人", "受委托人", "委托人", "店主", "店长", "老板", "主播", "证人", "收件人", "寄件人", "收货人", "姓名", "直接责任人", "责任人", "主管人员", "责任人员", "犯罪嫌疑人", "嫌疑人",
	"被告人", "被告", "原告", "患者", "受害人", "被害人", "受骗人", "网民", "网友", "司机", "快递员", "顾客", "户主", "户名", "开户人", "持卡人", "车主", "家长", "学生", "村民", "居民", "市民", "员工", "客服", "经办人", "申请人", "被申请人", "作者", "签收人", "监护人", "个体工商户", "个体户",
}

// surnames of one character, the usual ones first; those of commonWords need a
// mark between the cue and the name.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边阙肖付闫邝揭钭晏巫丘骆连缪蓝饶习舒沙涂池蒲刁闻植尧胥敖阚郁臧瞿卞冷宗鄢幸谌楼符邬占褚郜粟娄宫匡鞠乐喻应仇卓储花苑佘储狄"

// commonWords are surnames that are more often something else: 于, 和, 向.
const commonWords = "万方成向应安高任关路文常易强包单解边位查项管施严温史康华司车景成时连占乐习花苑储宗幸冷楼"

var compoundSurnames = []string{"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "端木", "司徒", "长孙", "宇文", "轩辕", "南宫", "百里", "呼延", "闻人", "澹台", "申屠", "太史", "公冶", "万俟", "赫连"}

// notNames begin with a surname and name nobody.
var notNames = []string{
	"安全", "安装", "安排", "高度", "高价", "高额", "方便", "方面", "方式", "应当", "应该", "应于", "应依", "向社", "向其", "向当", "向本", "向市", "向消", "成立", "成功", "成为", "关于", "关系", "关注", "关停", "关闭", "关店", "万元", "任何", "任意", "任职", "文明", "文化", "文件", "常见", "常用", "易于", "单位", "单独", "包括", "包装", "解除", "解决", "查看", "查询", "查验", "查处", "项目", "管理", "施行", "施工", "严重", "严格", "温馨", "强制", "强迫", "强调", "华东", "车辆", "时间", "连续", "连锁",
	"石油", "金额", "金融", "金银", "白酒", "白色", "江西", "江苏", "江南", "江北", "马上", "马路", "黄金", "黄色", "田间", "林业", "林地", "林木", "龙头", "毛利", "孔雀", "雷同", "汤料", "武器", "武装", "牛肉", "牛奶", "段落", "季度", "章贡", "章程", "申请", "申辩", "申诉", "申报", "尤其", "毕业", "焦点", "齐全", "左右", "祝福", "阳光", "席位", "卫生", "宁都", "于都", "兴国", "柏油", "桂花", "鲁莽", "司法", "游戏", "游客", "盛大", "费用", "纪律", "纪念", "童装", "凌晨", "房间", "房东", "房屋", "通过", "平台", "平均", "权益", "权利", "和平", "伍佰", "陆续", "余额", "余下", "何时", "何地", "何种", "程序", "程度", "曾经", "曾因", "谢绝", "谢谢", "许可", "许多", "康复", "顾客", "顾问", "钱款", "洪水", "陶瓷", "夏季", "夏天", "秦皇", "姜汁", "胡乱", "周边", "周期", "周围", "孙子", "梁山", "宋体", "郑重", "韩国", "唐装", "董事", "沈阳", "苏州", "蒋介", "蔡甸", "叶片", "杜绝", "范围", "钟表", "汪洋", "谷物", "卜卦", "苗木", "苗圃", "欧盟", "欧元", "甄别", "曲线", "裴多", "景区", "薄利", "柴油", "边界", "冉冉", "包容", "屈服", "鲍鱼", "霍乱", "翁婿", "付款", "付费", "付清", "连带", "习惯", "舒适", "沙发", "池塘", "闻讯", "乐于", "储存", "花费", "储备", "应急", "符合", "宫廷", "匡算", "占用", "占比", "楼层", "楼下", "花生", "位于", "位置", "白天", "史料", "广告", "全部", "明确", "时任", "路边", "路口", "关联", "万一", "成都", "任务", "常州", "安远", "安徽", "信丰", "全南", "丁烷", "康养", "车站", "车间", "司机", "易燃", "管制", "解释", "强化", "项下", "史上", "查获", "严禁", "文具", "施救", "温度", "高新", "方向", "万余", "石城", "龙南", "会昌", "大余", "马甲", "马克", "金华", "白条", "黄牛", "杨梅", "梅花", "兰花", "葛根", "莫名", "柳州", "庄严", "左侧", "耿直", "尹始", "黎明", "贺卡", "文书", "文号", "程控", "阳性", "单价", "金币", "金额", "经营",
	// labels of forms
	"车牌", "车型", "车主", "党派", "党员", "党组", "国籍", "国家", "别名", "全称", "成绩", "成员", "常住", "毕业", "商品", "商标", "商户", "商家", "水平", "平时", "平方", "权限", "米数", "全国", "全市", "全县", "全省", "全区", "海关", "海域", "高校", "管辖", "强度", "单号", "应得", "应付", "应缴", "温饱", "康养", "时长", "和谐", "明细", "高级", "米面", "时段", "时限",
}

// titles say that a name is not given in full, or is an office.
var titles = []string{"女士", "先生", "主任", "科长", "处长", "局长", "所长", "经理", "老师", "同志", "师傅", "医生", "老板", "大姐", "阿姨", "小姐", "同学", "警官", "律师", "会计", "总", "姓", "氏", "某", "家", "等", "方", "们", "记", "店", "厂", "行", "部", "馆", "铺", "社", "院", "校", "局", "委", "所", "县", "市", "区", "镇", "乡", "村", "路", "街"}

// verbs follow a name.
var verbs = []string{"在", "于", "因", "将", "向", "称", "说", "表示", "从", "未", "对", "以", "通过", "提供", "承认", "不服", "利用", "伙同", "经营", "销售", "使用", "是", "为", "有", "自", "到", "被", "已", "曾", "的", "与", "和", "及", "系", "陈述", "反映", "投诉", "举报", "购买", "发现", "拨打", "来电", "等", "开设", "私自", "明知", "本人", "现场", "当场", "违反", "擅自", "涉嫌", "申请", "男", "女", "身份证", "电话", "手机", "联系", "住", "出生", "家里", "家中", "送", "领", "一次", "一家", "名下", "现年", "今年", "生活", "患"}

// names takes full names: after a cue word, and before a sex or an honorific
// without one.
func (f *finder) names() {
	for i, r := range f.line {
		if f.endsCue(i, nameEnds) {
			if from, to := nameAfter(f.line, i+1); to > from {
				f.take("姓名", from, to, true)
			}
		}
		if strings.ContainsRune(sexOrHonorific, r) {
			if from, to, certain := nameBefore(f.line, i); to > from {
				f.take("姓名", from, to, certain)
			}
		}
	}
}

// nameAfter finds a full name directly behind a cue word, with or without a
// mark between; from == to for none.
func nameAfter(line []rune, i int) (from, to int) {
	i, marked := skipAside(line, i), false
	for ; i < len(line); i++ {
		switch r := line[i]; {
		case strings.ContainsRune(":|\"'“”‘’=*_`\t(", r), strings.ContainsRune("为是叫", r) && !marked:
			marked = true
		case r == ' ':
			marked = marked || i+1 < len(line) && !isHan(line[i+1])
		default:
			return i, i + nameLength(line, i, marked)
		}
	}
	return i, i
}

// skipAside passes over a second word for the same person: 负责人（经营者）：
func skipAside(line []rune, i int) int {
	if runeAt(line, i) != '(' {
		return i
	}
	n := slices.Index(line[i:min(len(line), i+12)], ')')
	if next := runeAt(line, i+n+1); n < 0 || next == 0 || !strings.ContainsRune(": \t|", next) {
		return i
	}
	return i + n + 1
}

// masks hide a character of a name.
const masks = "某×*XxＸ＊○"

// nameLength tells how long a full name is that starts at i; 0 when none does.
func nameLength(line []rune, i int, marked bool) int {
	end := i + hanLength(line[i:min(len(line), i+12)])
	if n := dottedLength(line[i:], end-i); n > 0 && marked {
		return n
	}
	token := line[i:end]
	first := surnameLength(token, marked)
	if first == 0 || first == 1 && hasPrefix(token, notNames) {
		return 0
	}
	for n := first + 2; n > first; n-- {
		switch {
		case len(token) < n || masked(token[:n]) || endsWithAny(string(token[first:n]), titles):
		case len(token) == n && isAmong(runeAt(line, end), "×X*xＸ＊○"):
			return 0
		case len(token) == n, hasPrefix(token[n:], verbs) && !(n == first+2 && isAmong(token[n-1], goOn)):
			return n
		}
	}
	return 0
}

// hanLength tells how many Chinese characters a line begins with.
func hanLength(line []rune) int {
	if n := slices.IndexFunc(line, func(r rune) bool { return !isHan(r) }); n >= 0 {
		return n
	}
	return len(line)
}

// goOn are characters that no name of three ends with before a verb.
const goOn = "在于因将向称说从未对以是为有自到被已曾的与和及系等男女住"

// dottedLength tells how long a name of another people is, which is written with a
// dot behind its first part; 0 where there is none.
func dottedLength(line []rune, first int) int {
	if first < 2 || runeAt(line, first) != '·' || !isHan(runeAt(line, first+1)) || !isHan(runeAt(line, first+2)) {
		return 0
	}
	n := first + 1
	for n < 20 && (isHan(runeAt(line, n)) || runeAt(line, n) == '·') {
		n++
	}
	return n
}

// masked reports whether one of the characters hides a name.
func masked(token []rune) bool { return strings.ContainsAny(string(token), masks) }

func hasPrefix(token []rune, words []string) bool {
	text := string(token)
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

func surnameLength(token []rune, marked bool) int {
	if len(token) == 0 {
		return 0
	}
	if hasPrefix(token[:min(len(token), 2)], compoundSurnames) {
		return 2
	}
	if !strings.ContainsRune(surnames, token[0]) && !(marked && strings.ContainsRune("于高全国权海明和平时别党米水商", token[0])) {
		return 0
	}
	if !marked && strings.ContainsRune(commonWords, token[0]) {
		return 0
	}
	return 1
}

// honorifics stand behind a full name that needs a second look.
var honorifics = []string{"同志", "先生", "女士", "同学", "警官", "医生", "老师"}

// publicFigures are leaders and publicly honoured models, whom texts call 同志;
// their names are nobody's private matter.
var publicFigures = []string{
	"毛泽东", "周恩来", "刘少奇", "邓小平", "江泽民", "胡锦涛", "习近平", "李克强", "朱镕基", "温家宝", "胡耀邦", "叶剑英", "李先念", "董必武",
	"任弼时", "习仲勋", "赵乐际", "王沪宁", "丁薛祥", "栗战书", "焦裕禄", "孔繁森", "黄大年", "张桂梅", "廖俊波", "张富清", "白求恩", "王进喜", "时传祥", "黄文秀",
}

// sexOrHonorific are the characters at which what stands behind a name begins.
const sexOrHonorific = "(,，同先女警医老"

// nameBefore finds a full name that ends at i: certain where a sex or an age
// follows in a bracket, doubtful before an honorific.
func nameBefore(line []rune, i int) (from, to int, certain bool) {
	rest := line[i:]
	certain = isAmong(runeAt(rest, 0), "(,，") && isAmong(runeAt(rest, 1), "男女") && isAmong(runeAt(rest, 2), ",，)、")
	lengths := []int{3, 2, 4}
	if !certain {
		if len(rest) < 2 || !hasPrefix(rest[:2], honorifics) {
			return 0, 0, false
		}
		lengths = lengths[:1]
	}
	for _, n := range lengths {
		if i >= n && isNameBefore(line[:i], n) && (certain || !hasPrefix(line[i-n:i], publicFigures)) {
			return i - n, i, certain
		}
	}
	return 0, 0, false
}

// isNameBefore reports whether the last n characters are a name, and no shorter part
// of one.
func isNameBefore(line []rune, n int) bool {
	at := len(line) - n
	if !mayBeName(line[at:]) || surnameLength(line[at:], false) == n || masked(line[at:]) {
		return false
	}
	return n > 2 || at == 0 || !isHan(line[at-1]) || surnameLength(line[at-1:], false) == 0
}

// mayBeName reports whether characters are a surname and up to two more.
func mayBeName(token []rune) bool {
	n, s := len(token), surnameLength(token, false)
	return s > 0 && n-s <= 2 && (n < 4 || s == 2) && !hasPrefix(token, notNames) && allHan(token)
}

func isAmong(r rune, set string) bool { return r != 0 && strings.ContainsRune(set, r) }

func allHan(token []rune) bool {
	return !slices.ContainsFunc(token, func(r rune) bool { return !isHan(r) })
}

// IsPerson reports whether a party's name is a natural person's in full.
func IsPerson(name string) bool {
	r := Fold(strings.TrimSpace(name))
	if len(r) < 2 || len(r) > 4 {
		return len(r) > 4 && len(r) < 20 && strings.ContainsRune(string(r), '·') && allHan([]rune(strings.ReplaceAll(string(r), "·", "")))
	}
	return nameLength(r, 0, true) == len(r)
}

// Mask writes a full name as it may be published.
func Mask(name string) string {
	r := []rune(name)
	n := surnameLength(r, true)
	if n == 0 {
		n = 1
	}
	return string(r[:n]) + strings.Repeat("某", max(1, min(2, len(r)-n)))
}
