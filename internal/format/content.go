package format

import (
	"slices"

	"wangjian/internal/campaign"
)

// publication is what every item and every release.yaml says of its
// publication.
var publication = []Key{
	{Name: "公开方式", Type: Choice, Required: true, Choices: []string{campaign.Proactive, campaign.OnRequest, campaign.Withheld}, Doc: "只有主动公开的才上网"},
	{Name: "发布日期", Type: Moment, Required: true, Doc: "到这一天、这一刻才公开；第一次公布以后不再改"},
	{Name: "更新日期", Type: Date, Doc: "公布以后改动、重新终审的日子，由 wangjian sign 写"},
	{Name: "有效期至", Type: Date, Doc: "过了这一天就撤下"},
	{Name: "审核", Type: Object, Required: true, Of: &Table{Title: "三审和保密审查", Keys: stages(func(s campaign.Stage) Key {
		return Key{Type: Object, Of: &Table{Title: string(s), Keys: []Key{
			{Name: "人", Required: true, Doc: "签字人，不公布"}, {Name: "日期", Type: Date, Required: true, Doc: "签字日期"},
			{Name: "指纹", Pattern: "^sha256:", Doc: "由 wangjian sign 写"},
		}}}
	})}},
	{Name: "退回", Type: Object, ByProgram: true, Doc: "审核的人退回的，改好重签以后由 wangjian sign 删去；不公布", Of: &Table{Title: "退回", Keys: []Key{
		{Name: "环节", Type: Choice, Required: true, Choices: stageNames(), Doc: "哪一审退回的"},
		{Name: "人", Required: true, Doc: "谁退回的，不公布"}, {Name: "日期", Type: Date, Required: true, Doc: "退回的日子"},
		{Name: "意见", Required: true, Doc: "要改什么，不公布"},
	}}},
}

// Release is data/<期次>/release.yaml.
var Release = &Table{Title: "期次数据的公开信息", Keys: publication}

// common is the head of every text.
var common = with([]Key{{Name: "标题", Type: Heading, Doc: "印在页面上的标题"}}, with(publication,
	Key{Name: "来源", Type: Name, Doc: "转载自哪里、谁提供"},
	Key{Name: "关键词", Type: Words, Doc: "供查找"},
	Key{Name: "摘要", Type: Heading, Doc: "一句话，用在列表里"},
	Key{Name: "别名", Type: Words, Doc: "以前的文件名"},
	Key{Name: "准予公开", Type: Words, Doc: "准许出现的号码、姓名等，逐字写出"},
	stopped(Key{Doc: "会公布；典型案例写信用修复、变更或撤销"}),
	Key{Name: "图片已核", Type: Flag, Doc: "正文和附件里的图片核对过人脸、车牌"},
	Key{Name: "附件已核", Type: FlagOrFiles, Doc: "程序读不了的附件（扫描件等）由人逐页看过，没有个人信息；true 指全部附件"},
)...)

// shown is a picture or a video of a gallery.
var shown = []Key{
	{Name: "说明", Required: true, Doc: "印在下面，也念给看不见的人听"},
	{Name: "拍摄日期", Type: Date, Required: true, Doc: "拍的那一天"},
	{Name: "文件", Type: File, Required: true, Doc: "旁边的文件名"},
	{Name: "已核", Type: Flag, Required: true, Doc: "人脸、车牌核对过"},
}

// stopped is 停止公示. The reasons for which a case is taken down are those of
// 总局令第45号, those of others are free.
func stopped(reason Key) Key {
	reason.Name, reason.Required = "原因", true
	return Key{Name: "停止公示", Type: Object, Doc: "提前撤下，不用重新终审", Of: &Table{Title: "提前撤下", Keys: []Key{
		{Name: "日期", Type: Date, Required: true, Doc: "从这一天起"},
		reason,
		{Name: "签字", Type: Object, Doc: "谁同意撤下；没有签也撤下，会提醒", Of: &Table{Title: "签字", Keys: []Key{
			{Name: "人", Required: true, Doc: "签字人，不公布"}, {Name: "日期", Type: Date, Required: true, Doc: "签字日期"},
		}}},
	}}}
}

// inSections are the keys of narratives and summaries.
var inSections = []Key{
	{Name: "报送部分", Type: List, Choices: campaign.NarrativeSections, Doc: "只随报送稿、不公开的节"},
}

// attachments and attachmentTitles are how documents and commitments name the files
// that are published with them.
var (
	attachments = Key{Name: "附件", Type: Objects, Bare: true, Doc: "旁边的文件名，带名称的写 {文件: …, 名称: …}", Of: &Table{Title: "一个附件", Keys: []Key{
		{Name: "文件", Type: File, Required: true, Doc: "旁边的文件名"},
		{Name: "名称", Type: Name, Doc: "写在网页、附件说明和附件页上，不写书名号"},
	}}}
	attachmentTitles = Key{Name: "附件名称", Type: Words, Doc: "附件的名称，与附件一一对应；名称也可以写在附件里"}
)

// kinds are the keys that a kind of text has beside the common ones.
var kinds = map[campaign.Kind][]Key{
	campaign.Summaries:  inSections,
	campaign.Narratives: inSections,
	campaign.Cases: {
		{Name: "案件类型", Type: Choice, Required: true, Refers: Priority, Doc: "工作重点"},
		{Name: "办案机关", Type: Name, Required: true, Doc: "作出决定的机关"},
		{Name: "协办单位", Type: Words, Doc: "一起办案的单位，案例也列在它的部门页"},
		{Name: "决定书文号", Required: true, Doc: "行政处罚决定书的文号"},
		{Name: "决定日期", Type: Date, Required: true, Doc: "作出决定的日子"},
		{Name: "公示期", Type: Choice, Choices: campaign.Terms, Doc: "总局令第45号第十三条；依限制期限的另写有效期至"},
		{Name: "当事人", Type: Name, Required: true, Doc: "隐名写“某”"},
		{Name: "统一社会信用代码", Doc: "当事人的，18 位，公开"},
		{Name: "违法行为类型", Required: true, Doc: "照决定书"},
		{Name: "处罚内容", Required: true, Doc: "照决定书"},
		{Name: "罚没款", Type: Quantity, Doc: "万元"},
		{Name: "决定书", Type: File, Doc: "旁边的文件名"},
	},
	campaign.Warnings: {
		{Name: "发布机构", Type: Name, Required: true, Doc: "发布警示的单位"},
		{Name: "期号", Doc: "如 2022年第3号"},
	},
	campaign.Documents: {
		{Name: "索引号", Required: true, Doc: "一经公布不再改"},
		{Name: "发布机构", Type: Name, Required: true, Doc: "发布文件的单位"},
		{Name: "成文日期", Type: Date, Required: true, Doc: "落款的日子"},
		{Name: "主题分类", Required: true, Doc: "如 市场监管"},
		{Name: "文号", Doc: "发文字号"},
		{Name: "体裁", Doc: "如 通知"},
		{Name: "有效性", Type: Choice, Choices: []string{"有效", "已修改", "已废止"}, Doc: "不写时是有效"},
		attachments,
		attachmentTitles,
		{Name: "版式", Type: Choice, Choices: campaign.Layouts, Doc: "公文、信函、纪要照 GB/T 9704 带红头排印全文；不写时是登记页。下面各项只有这三种才印"},
		{Name: "发文机关", Type: Words, Doc: "一个或几个，主办的在前；不写时是发布机构。纪要写会议的名称，红头是它加“纪要”"},
		{Name: "份号", Doc: "六位数字，加引号"},
		{Name: "密级", Doc: "与保密期限一起写，如 秘密★1年；主动公开的不能有"},
		{Name: "紧急程度", Type: Choice, Choices: []string{"特急", "加急"}, Doc: "不急的不写"},
		{Name: "签发人", Type: Words, Doc: "上行文才有，与发文机关同样次序"},
		{Name: "主送机关", Type: Words, Doc: "照原文写，末尾不写冒号"},
		{Name: "出席", Type: Words, Doc: "纪要才有：单位、姓名"},
		{Name: "请假", Type: Words, Doc: "纪要才有"},
		{Name: "列席", Type: Words, Doc: "纪要才有"},
		{Name: "附注", Doc: "如 此件公开发布；不写时照公开方式"},
		{Name: "抄送机关", Type: Words, Doc: "照原文写，末尾不写句号"},
		{Name: "印发机关", Type: Name, Doc: "印在版记"},
		{Name: "印发日期", Type: Date, Doc: "印在版记，不早于成文日期"},
	},
	campaign.Commitments: {
		{Name: "承诺主体", Type: Name, Required: true, Doc: "作出承诺的平台、商家、快递企业；自然人隐名写“某”"},
		{Name: "主体类型", Type: Name, Required: true, Doc: "如 网络交易平台、平台内经营者、快递企业，列表按它筛选"},
		{Name: "承诺日期", Type: Date, Required: true, Doc: "作出承诺的日子"},
		{Name: "期限", Doc: "承诺到哪一天，或 长期"},
		{Name: "统一社会信用代码", Doc: "承诺主体的，18 位，公开"},
		attachments,
		attachmentTitles,
	},
	campaign.Galleries: {
		{Name: "图片", Type: Objects, Required: true, Doc: "一张一条", Of: &Table{Keys: shown}},
		{Name: "视频", Type: Objects, Doc: "一段一条", Of: &Table{Keys: with(shown,
			Key{Name: "封面", Type: File, Doc: "旁边的图片"},
			Key{Name: "文字稿", Type: File, Doc: "旁边的 .txt 文件"},
		)}},
	},
}

// notes say what wants thought before such a text is written.
var notes = map[campaign.Kind]string{
	campaign.Summaries: `全市总结：整个行动一期的总结，由牵头部门写，放在这一期的文件夹里，文件名是 index.md。
正文的四个二级标题不要改：经验做法、行动成效、存在问题、下一步打算。
不写标题时是“简称＋期次＋工作总结”，不写来源时是牵头部门。数字引用统计表，不手写。`,
	campaign.Narratives: `工作总结：文件夹是期次，文件名是部门代号；县（市、区）的放在部门文件夹里，文件名是地区代码。
正文的四个二级标题不要改：经验做法、行动成效、存在问题、下一步打算。
“报送部分”一节只随报送稿，不上网。
数字尽量引用统计表，不手写，写法见使用说明；能放的图由 wangjian chart list 列出。`,
	campaign.Cases: `典型案例：当事人隐名写“某”，罚没款的单位是万元，处罚决定书放在同一文件夹。
公示期：三个月（通报批评、较低数额罚款）、三年（其他处罚），从发布日期起算，到期由程序撤下；限制开展生产经营活动等更长的写依限制期限，另写有效期至。
提前撤下时，停止公示的原因写信用修复、变更或撤销。`,
	campaign.Warnings: `消费警示：摘要会出现在首页和分享图上，写一句能单独读懂的话。`,
	campaign.Documents: `信息公开文件：索引号一经公布不再改；失效、废止的改“有效性”，不要删文件。
版式: 公文 的照印发的样子排全文：正文、“# ”一级标题另起一面的印发件，最后是附件。
附件放在同一文件夹，程序看不懂的附件（如扫描件）人看过后加一行：附件已核: true，或只写看过的文件名：附件已核: [saomiao.pdf]`,
	campaign.Commitments: `信用承诺：平台、商家、快递企业公开作出的承诺，一家一篇；正文写承诺的内容，签了字的承诺书可以作附件。
承诺主体是自然人的，与案例的当事人一样写（隐名写“某”），身份证号、手机号、住址不公开。`,
	campaign.Pages:     `专栏自己的说明页，如关于本专栏、联系我们。`,
	campaign.Galleries: `影像资料：每张都要有说明；人看过、可以公开的才写“已核”。原图不上网，拍摄地点等信息由程序去掉。`,
}

// ofEvery is noted for every kind of text.
const ofEvery = `提前撤下时加一行：停止公示: {日期: 2023-01-01, 原因: 内容有误, 签字: {人: 姓名, 日期: 2023-01-01}}
公开方式：主动公开、依申请公开、不予公开；只有主动公开、审核齐全、到了发布日期的才上网。
发布日期：第一次公布的日子，可以写到几点几分，到那一刻才公开；公布以后改过的加一行：更新日期: 2023-01-01
审核：初审、复审、终审三个人先后签，保密审查在初审和终审之间；签名可以用 wangjian sign 写，人名不上网。`

var fronts = func() map[campaign.Kind]*Table {
	all := map[campaign.Kind]*Table{}
	for _, kind := range campaign.Kinds {
		t := &Table{Title: kind.Chinese() + "开头的信息", Note: notes[kind] + "\n" + ofEvery, Keys: with(common, kinds[kind]...)}
		if !kind.InSections() {
			t = t.need("标题")
		}
		if kind == campaign.Cases {
			t = t.need("有效期至")
			term := slices.IndexFunc(t.Keys, func(k Key) bool { return k.Name == "有效期至" })
			t.Keys[term].Or, t.Keys[term].Doc = "公示期", "过了这一天就撤下；公示期写三个月、三年的可以不写，从发布日期起算"
			n := slices.IndexFunc(t.Keys, func(k Key) bool { return k.Name == "停止公示" })
			t.Keys[n] = stopped(Key{Type: Choice, Choices: campaign.StopReasons, Doc: "会公布"})
		}
		all[kind] = t
	}
	return all
}()

// Front is the front matter of a kind of text.
func Front(kind campaign.Kind) *Table { return fronts[kind] }
