package format

import "wangjian/internal/campaign"

// named is what departments, regions, priorities and rounds share.
var named = []Key{
	{Name: "代号", Type: Code, Required: true, Doc: "用在路径和网址里；数字要加引号"},
	{Name: "名称", Required: true, Doc: "全称"},
	{Name: "简称", Doc: "统计表和网页上的短名"},
	{Name: "别名", Type: List, Doc: "别的叫法"},
}

var divisionForm = campaign.DivisionForm.String()

// mostPeople bounds the numbers that rates are worked out from.
const mostPeople = 2_000_000_000

// sftpServer is a folder of an SFTP server. What signs in is no part of the campaign.
var sftpServer = &Table{Title: "SFTP 服务器", Keys: []Key{
	{Name: "主机", Required: true, Doc: "服务器的名称或地址，如 www.example.gov.cn"},
	{Name: "端口", Type: Integer, Least: 1, Most: 65535, Doc: "不写时是 22"},
	{Name: "用户", Required: true, Doc: "登录的用户名"},
	{Name: "目录", Required: true, Doc: "网站在服务器上的目录，如 /var/www/wangjian；要专门给这个网站用"},
	{Name: "主机公钥", Pattern: campaign.HostKeyForm.String(), Doc: "服务器的公钥，如 ssh-ed25519 AAAA…；不写时照 ~/.ssh/known_hosts"},
	{Name: "私钥", Doc: "登录用的私钥文件，在专项行动的文件夹以外，如 ~/.ssh/id_ed25519；不写时用密码登录"},
}}

// bucket is a folder of a bucket. The secret that belongs to its key is no part of the
// campaign.
var bucket = &Table{Title: "对象存储", Keys: []Key{
	{Name: "服务地址", Type: Address, Required: true, Doc: "如 https://oss-cn-hangzhou.aliyuncs.com"},
	{Name: "桶", Required: true, Doc: "桶（Bucket）的名称"},
	{Name: "目录", Doc: "网站在桶里的目录，如 2022；不写时是整个桶"},
	{Name: "区域", Doc: "如 cn-hangzhou；不写时是 us-east-1"},
	{Name: "访问密钥ID", Required: true, Doc: "AccessKey ID（SecretId、AK）；与它配对的 Secret 不写在这里"},
	{Name: "寻址", Type: Choice, Choices: []string{string(campaign.ByDomain), string(campaign.ByPath)}, Doc: "桶的名称写在域名里还是路径里；不写时是域名"},
	{Name: "载荷签名", Type: Flag, Doc: "上传的内容也签名；不写时只签请求头，内容用 MD5 核对"},
	{Name: "禁止覆盖", Doc: "服务不认 If-None-Match 时，代替它的请求头，如 x-oss-forbid-overwrite（阿里云OSS）、x-cos-forbid-overwrite（腾讯COS）"},
	{Name: "不压缩", Type: Flag, Doc: "网页、样式和脚本照原样存；不写时压缩（gzip）以后存"},
}}

// Campaign is data/campaign.yaml.
var Campaign = &Table{Title: "行动的基本情况", Keys: []Key{
	{Name: "版本", Type: Integer, Least: 1, Most: 1, Doc: "本格式的版本"},
	{Name: "名称", Required: true, Doc: "行动的全称"},
	{Name: "简称", Doc: "页面上的短名"},
	{Name: "文号", Doc: "通知的文号"},
	{Name: "印发日期", Type: Date, Doc: "通知的印发日期"},
	{Name: "示例", Type: Flag, Doc: "每页标示例数据"},
	{Name: "基准日", Type: Date, Doc: "只有示例才能写"},
	{Name: "站点", Type: Object, Required: true, Of: site},
	{Name: "台账公开", Type: Flag, Doc: "公开谁报了、谁没有报、谁逾期；不写时公开的地方只说缺几个，不说是谁"},
	{Name: "公开OFD", Type: Flag, Doc: "每个 PDF 旁边再放一个内容相同的 OFD 版式文件（GB/T 33190）"},
	{Name: "地区公开", Type: Choice, Choices: []string{string(campaign.InOrder), string(campaign.Ranked), string(campaign.TotalsOnly)}, Doc: "各县（市、区）的数怎样公开；不写时是次序"},
	{Name: "当事人公示", Type: Choice, Choices: []string{"隐名", "实名"}, Doc: "案例里当事人的写法"},
	{Name: "审核人", Type: Object, Of: &Table{Title: "谁可以签什么", Keys: stages(func(s campaign.Stage) Key {
		return Key{Type: Words, Doc: "可以签" + string(s) + "的人"}
	})}},
	{Name: "索引号格式", Doc: "正则表达式"},
	{Name: "公示", Type: Object, Of: publicity},
	{Name: "发布", Type: Object, Doc: "wangjian publish 发布到哪里，各取一个名字", Of: &Table{Title: "发布到哪里", Each: &Key{Type: Object, Of: &Table{Title: "一处", Keys: []Key{
		{Name: "文件夹", Doc: "网站放到这个文件夹，如 /srv/www/wangjian；送到服务器的，先在这里做好、核对过，不写时是 public"},
		{Name: "上传包", Doc: "做成 zip 文件，自己传到网站平台上，如 上传.zip"},
		{Name: "SFTP", Type: Object, Doc: "送到 SFTP 服务器（OpenSSH 等）", Of: sftpServer},
		{Name: "对象存储", Type: Object, Doc: "送到 S3 兼容的对象存储", Of: bucket},
		{Name: "网址", Type: Address, Doc: "公众从哪里读到送去的网站；写了，撤下的内容照公众的样子再取一次，取不到才算撤下"},
	}}}}},
	{Name: "层级", Type: Choice, Choices: campaign.Tiers, Doc: "谁的行动，不写时是市；“全市”“县（市、区）”等词跟着它"},
	{Name: "报送", Type: Object, Doc: "报送材料给谁；写了抄送的，wangjian bundle 给每家另做一份", Of: &Table{Title: "报送", Keys: []Key{
		{Name: "上级", Doc: "报送的上级主管部门，如 江西省市场监督管理局"},
		{Name: "抄送", Type: Words, Doc: "抄送的同级单位"},
	}}},
	{Name: "区划代码", Pattern: divisionForm, Doc: "全域的行政区划代码（GB/T 2260），不写时从地区的代码得出"},
	{Name: "数据许可", Type: Object, Doc: "别人可以怎样用数据文件，如 署名 4.0 协议国际版（CC BY 4.0）", Of: &Table{Title: "数据许可", Keys: []Key{
		{Name: "名称", Required: true, Doc: "许可协议的名称"},
		{Name: "网址", Type: Address, Required: true, Doc: "许可协议的全文"},
	}}},
	{Name: "发布预告", Type: Objects, Doc: "写了才有发布预告页和日历文件", Of: &Table{Title: "一次发布", Keys: []Key{
		{Name: "名称", Required: true, Doc: "发布什么，如 终期统计数据"},
		{Name: "日期", Type: Date, Required: true, Doc: "哪一天发布；预告以后不改"},
		{Name: "预告日期", Type: Date, Required: true, Doc: "从这一天起预告，在发布四周以前"},
		{Name: "期次", Type: Choice, Refers: Round, Doc: "是哪一期的统计数据"},
	}}},
	{Name: "部门", Type: Objects, Required: true, Doc: "按通知版头的次序", Of: &Table{Title: "部门", Keys: named}},
	{Name: "地区", Type: Objects, Doc: "县（市、区）", Of: &Table{Title: "地区", Keys: with(named,
		Key{Name: "区划代码", Pattern: divisionForm, Doc: "行政区划代码（GB/T 2260），代号就是它的不用写"},
		Key{Name: "位置", Type: Pair, Doc: "在分格图里的 [列, 行]，左上角是 [1, 1]"},
		Key{Name: "人口", Type: Integer, Least: 1, Most: mostPeople, Doc: "常住人口，人；写了才有每万人的数"},
		Key{Name: "商户数", Type: Integer, Least: 1, Most: mostPeople, Doc: "登记的网络经营主体，户；写了才有每千户的数"},
	)}},
	{Name: "牵头部门", Type: Choice, Required: true, Refers: Department, Doc: "代号、简称、名称或别名"},
	{Name: "工作重点", Type: Objects, Doc: "通知里的重点任务", Of: &Table{Title: "工作重点", Keys: with(named,
		Key{Name: "摘要", Doc: "一句话"},
		Key{Name: "责任单位", Type: List, Required: true, Refers: Department, Doc: "按通知的次序"},
	)}},
	{Name: "阶段", Type: Objects, Doc: "行动分几步", Of: &Table{Title: "阶段", Keys: []Key{
		{Name: "名称", Required: true, Doc: "如 动员部署"},
		{Name: "起", Type: Date, Required: true, Doc: "第一天"},
		{Name: "止", Type: Date, Required: true, Doc: "最后一天"},
		{Name: "摘要", Doc: "一句话"},
	}}},
	{Name: "期次", Type: Objects, Required: true, Doc: "先后排列", Of: &Table{Title: "期次", Keys: with(named,
		Key{Name: "截止", Type: Date, Required: true, Doc: "报送截止"},
		Key{Name: "口径", Type: Choice, Required: true, Choices: []string{string(campaign.Cumulative), string(campaign.Current)}, Doc: "累计：行动开始以来；当期：上一期以后"},
		Key{Name: "典型案例不少于", Type: Integer, Most: 10000, Doc: "截止后不够会提醒"},
	)}},
}}

var site = &Table{Title: "站点", Keys: []Key{
	{Name: "名称", Required: true, Doc: "SiteName"},
	{Name: "域名", Required: true, Doc: "SiteDomain"},
	{Name: "网址", Type: Address, Doc: "可带子路径"},
	{Name: "标识码", Required: true, Pattern: `^(\d{10}|bm\d{8}|N\d{9})$`, Doc: "SiteIDCode，加引号"},
	{Name: "主办单位", Required: true, Doc: "印在每页底部"},
	{Name: "联系电话", Doc: "主办单位的公开电话"},
	{Name: "承办单位", Doc: "印在每页底部"},
	{Name: "地址", Doc: "主办单位的地址"},
	{Name: "ICP备案号", Doc: "如 赣ICP备…号，链接到工业和信息化部的备案查询"},
	{Name: "公安备案号", Doc: "如 赣公网安备…号；备案图标放在 layouts/gongan.svg 或 .png"},
	{Name: "党政机关标识", Type: Address, Doc: "党政机关网站标识点开的网址；图案放在 layouts/dangzheng.svg 或 .png，没有图案的写文字"},
	{Name: "上级站点", Type: Object, Doc: "本专栏所在的门户，印在路径的开头和每页底部", Of: &Table{Title: "上级站点", Keys: []Key{
		{Name: "名称", Required: true, Doc: "如 赣州市人民政府门户网站"},
		{Name: "网址", Type: Address, Required: true, Doc: "门户的网址"},
	}}},
	{Name: "找错链接", Doc: "“我为政府网站找错”的网址"},
	{Name: "归档日期", Type: Date, Doc: "写了以后每页有归档提示，没到的日子是预告"},
	{Name: "投诉热线", Doc: "不写时是 12315"},
	{Name: "投诉热线名称", Doc: "印在号码旁边"},
}}

var publicity = &Table{Title: "公示行政处罚的系统", Keys: []Key{
	{Name: "系统名称", Required: true, Doc: "如 国家企业信用信息公示系统"},
	{Name: "网址", Type: Address, Required: true, Doc: "每个案例页链接到它"},
	{Name: "列", Type: Object, Of: &Table{Title: "data/penalties.csv 的列名，不写的照总局令第45号", Keys: func() (keys []Key) {
		for _, item := range campaign.SummaryItems {
			keys = append(keys, Key{Name: item, Doc: "系统里这一列的名字"})
		}
		return keys
	}()}},
}}

// Form is data/form.yaml. A row of 其中 has the priority and the unit of its
// parent where it says nothing else.
var (
	Form = &Table{Title: "统计表", Keys: []Key{
		{Name: "名称", Required: true, Doc: "印在表头的名称"},
		{Name: "注", Doc: "印在表下的注"},
		{Name: "项目", Type: Objects, Required: true, Doc: "按印刷次序", Of: (&Table{Title: "一行", Keys: with(
			[]Key{{Name: "部门", Type: Choice, Required: true, Refers: Department, Doc: "填这一行的部门"}},
			with(row,
				Key{Name: "位置", Type: Choice, Choices: []string{"栏头"}, Doc: "印在部门栏里"},
				Key{Name: "不计入合计", Type: Flag, Misplaced: true},
				Key{Name: "其中", Type: Objects, Doc: "这一行里的几行", Of: part},
			)...)}).need("单位")},
	}}
	part = &Table{Title: "其中的一行", Keys: with(row, Key{Name: "不计入合计", Type: Flag, Doc: "与别的行有重叠，不相加"})}
	row  = []Key{
		{Name: "名称", Required: true, Doc: "印在表上的名称"},
		{Name: "代号", Type: Code, Doc: "数据文件里的项目代码，改名、换次序也不变；不写时由程序从名称得出"},
		{Name: "单位", Doc: "件、个、万元 …"},
		{Name: "小数", Type: Integer, Most: 12, Doc: "最多几位小数"},
		{Name: "工作重点", Type: Choice, Refers: Priority, Doc: "这一行反映的工作重点"},
	}
)

// Report is a department's filled-in form, CountyReport a county's.
var (
	Report       = &Table{Title: "报表", Keys: with(CountyReport.Keys, Key{Name: "本级", Type: Cells, Doc: "部门自己办的部分"})}
	CountyReport = &Table{Title: "报表", Keys: []Key{
		{Name: "填报单位", Type: Name, Required: true, Doc: "填表的单位"},
		{Name: "填报日期", Type: Date, Required: true, Doc: "填表的日子"},
		{Name: "收到日期", Type: Date, Doc: "收到的日子，由 wangjian form import 写，不公布；是否逾期按它算，不写时按填报日期"},
		{Name: "项目", Type: Cells, Required: true, Doc: "统计表里本部门的各行"},
	}}
	// Cell is a quantity with what is said about it.
	Cell = &Table{Keys: []Key{
		{Name: "数量", Type: Quantity, Required: true, Doc: "数字、无 或 汇总"},
		{Name: "备注", Doc: "会公布"},
		{Name: "上年同期", Type: Quantity, Doc: "数字或 无"},
	}}
)

// Corrections is data/corrections.yaml. Of what is withdrawn 部门 and 项目 may
// be left out: it can be a whole form or a whole round. An item that is withdrawn
// has 内容 in the place of 期次.
var Corrections = &Table{Title: "已公布数据的更正", Keys: []Key{
	{Name: "更正", Type: Objects, Required: true, Doc: "一个数一条", Of: &Table{Title: "一个数的更正", Keys: []Key{
		{Name: "原因", Required: true, Doc: "会公布"},
		{Name: "日期", Type: Date, Required: true, Doc: "更正公布的那一天"},
		{Name: "现值", Type: Quantity, Required: true, Choices: []string{campaign.Withdrawn}, Doc: "现在的数；不再公布写 撤下"},
		{Name: "内容", Doc: "撤下一篇时写它的文件，如 warnings/x；别的键只写现值、原因、日期"},
		{Name: "期次", Type: Choice, Refers: Round, Doc: "哪一期的数"},
		{Name: "部门", Type: Choice, Refers: Department, Doc: "哪个部门的数；撤下一整期时不写"},
		{Name: "地区", Type: Choice, Refers: Region, Choices: []string{"本级"}, Doc: "不写是全口径"},
		{Name: "项目", Doc: "统计表的项目；撤下整张表时不写"},
		{Name: "原值", Type: Quantity, Doc: "公布过的数；写了项目就要写"},
	}}},
}}

// NotTaken stands in a pairing for what has no place in this campaign, or none below.
const NotTaken = "不取"

// Collected is data/collected.yaml, which wangjian collect writes: what came from
// below, and how it stands for this campaign's.
var Collected = &Table{Title: "汇集来的报送材料，由 wangjian collect 写", Keys: []Key{
	{Name: "汇集", Type: Objects, Required: true, Doc: "一个地区一条", Of: &Table{Title: "一个地区的报送材料", Keys: []Key{
		{Name: "地区", Type: Choice, Required: true, Refers: Region, Doc: "哪个地区报来的"},
		{Name: "活动", Required: true, Doc: "对方行动的短名"},
		{Name: "版次", Type: Integer, Most: 1_000_000, Doc: "对方公布过的数据的第几版，没有公布过的不写"},
		{Name: "时点", Type: Moment, Required: true, Doc: "编成的时刻；以后编成的才替换它"},
		{Name: "校验值", Required: true, Pattern: digestForm, Doc: "里面 清单.txt 的校验值"},
		{Name: "收到日期", Type: Date, Required: true, Doc: "收到的日子"},
		{Name: "原件", Required: true, Doc: "在 收件/ 里的哪一个"},
		{Name: "对照", Type: Objects, Doc: "代号不同的怎样对应，确认过的", Of: &Table{Title: "一项对照", Keys: []Key{
			{Name: "种类", Type: Choice, Required: true, Choices: []string{string(Round), string(Department), "项目"}, Doc: "对应的是什么"},
			{Name: "下级", Required: true, Doc: "下级的代号；下级没有的写 " + NotTaken},
			{Name: "名称", Required: true, Doc: "名称，供核对"},
			{Name: "本级", Required: true, Doc: "本活动的代号；不取的写 " + NotTaken},
		}}},
		{Name: "报表", Type: Objects, Doc: "写成了哪些报表", Of: &Table{Title: "一份报表", Keys: []Key{
			{Name: "文件", Required: true, Doc: "本活动的报表"},
			{Name: "校验值", Required: true, Pattern: digestForm, Doc: "写成时的校验值，改过就对不上"},
			{Name: "含地区", Type: Words, Doc: "数里已经含了哪些再下一级的地区（代号）"},
		}}},
		{Name: "取用", Type: Objects, Doc: "取用了哪几篇", Of: &Table{Title: "一篇", Keys: []Key{
			{Name: "文件", Required: true, Doc: "本活动的文件"},
			{Name: "来自", Required: true, Doc: "在报送材料里的代号"},
			{Name: "校验值", Required: true, Pattern: digestForm, Doc: "取用时原文的校验值"},
		}}},
	}}},
}}

const digestForm = `^sha256:[0-9a-f]{64}$`

// Wording is data/wording.yaml.
var Wording = &Table{Title: "用语表", Keys: []Key{
	{Name: "用语", Type: Objects, Doc: "不该出现的写法", Of: &Table{Title: "一条", Keys: []Key{
		{Name: "误", Required: true, Least: 2, Doc: "不该出现的写法"},
		{Name: "正", Doc: "应当写成"},
		{Name: "说明", Doc: "为什么"},
		{Name: "除外", Type: List, Doc: "包含它而没有错的词"},
		{Name: "级别", Type: Choice, Choices: []string{"错误", "提醒"}, Doc: "不写时是提醒"},
	}}},
	{Name: "保护用语", Type: Objects, Bare: true, Doc: "一个字也不能错的词", Of: &Table{Title: "一条", Keys: []Key{
		{Name: "词", Required: true, Doc: "一个字也不能错的姓名或提法"},
		{Name: "类型", Type: Choice, Choices: []string{"人名", "用语"}, Doc: "不写时是用语"},
		{Name: "级别", Type: Choice, Choices: []string{"错误", "提醒", "不查"}, Doc: "不写时是错误；不查：自带的这一条不用"},
		{Name: "职务", Type: List, Doc: "只在这些职务旁边查，常见的姓名要写"},
		{Name: "误", Type: List, Doc: "另外几种错的写法"},
		{Name: "除外", Type: List, Doc: "像它而没有错的词"},
		{Name: "说明", Doc: "为什么"},
	}}},
	{Name: "自带保护用语", Type: Choice, Choices: []string{"用", "不用"}, Doc: "不写时是用"},
}}

// Synonyms is data/synonyms.yaml.
var Synonyms = &Table{Title: "同义词", Keys: []Key{
	{Name: "同义词", Type: Object, Required: true, Doc: "每行一个词：读者搜索时写的词，如 网红带货: [直播]；也可以是常打错的词", Of: &Table{
		Title: "读者写的词", Each: &Key{Type: Words, Doc: "网页上的说法"},
	}},
}}
