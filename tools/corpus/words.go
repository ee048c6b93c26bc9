package corpus

import (
	"fmt"
	"strings"
)

// Indicator is a row of the form.
type Indicator struct {
	Name, Unit string
	Most       int // figures stay below it
	Decimals   int
}

// Department is one of the ten.
type Department struct {
	Code, Name string
	Indicators []Indicator
}

// Departments are those of the notice; the four without rows in its form get
// two general ones, so that every report has a table.
var Departments = []Department{
	{"shijian", "市场监督管理局", []Indicator{
		{"查处网络违法案件", "件", 400, 0}, {"罚没款", "万元", 900, 2}, {"督促网络交易平台删除违法商品信息", "条", 3000, 0},
		{"责令整改网站", "个次", 300, 0}, {"已提请关闭网站", "个次", 40, 0}, {"已责令停止平台服务的网店", "个次", 90, 0},
		{"开展网售“一老一小”用品抽查", "批次", 200, 0}, {"查处网售“一老一小”用品质量案件", "件", 60, 0},
		{"查处“三无”外卖案件", "件", 80, 0}, {"查处“三假”直播案件", "件", 50, 0}, {"查处不正当价格行为案件", "件", 30, 0},
		{"查处不正当竞争案件", "件", 30, 0}, {"查处其他违法违规案件", "件", 90, 0}, {"移送公安机关案件", "件", 12, 0},
		{"列入严重违法失信名单市场主体", "户", 20, 0},
	}},
	{"gongxin", "工业和信息化局", general},
	{"gongan", "公安局", []Indicator{
		{"查处相关网络违法案件", "件", 150, 0}, {"督促互联网企业关停违法违规账号", "个", 900, 0},
		{"查处不履行网络安全管理主体责任的网站和APP", "个", 40, 0}, {"清理网上违法有害信息", "条", 5000, 0},
	}},
	{"shangwu", "商务局", general},
	{"wenlv", "文广新旅局", general},
	{"linye", "林业局", []Indicator{
		{"提交网上非法交易野生动植物线索数量", "条", 80, 0}, {"配合查处网上非法交易野生动植物案件数量", "件", 30, 0},
	}},
	{"wangxin", "互联网信息办公室", []Indicator{
		{"清理网上违法违规信息", "万条", 12, 2}, {"处置网站平台违法违规账号", "个", 1500, 0},
	}},
	{"shuiwu", "税务局", general},
	{"haiguan", "海关", []Indicator{
		{"寄递渠道查获侵权货物", "批次", 60, 0}, {"寄递渠道查获侵权货物", "件", 4000, 0}, {"进口环节查获含金银箔粉食品", "吨", 3, 3},
	}},
	{"youzheng", "邮政管理局", []Indicator{{"查处违法违规行为", "次", 120, 0}}},
}

var general = []Indicator{{"开展联合检查", "次", 60, 0}, {"出动执法人员", "人次", 500, 0}}

var openers = []string{
	"行动期间，", "自部署以来，", "围绕重点任务，", "在联席会议统筹下，", "针对薄弱环节，",
	"结合辖区实际，", "按照职责分工，", "进入九月以来，", "对照年度目标，", "通过线上巡查，",
}

var bodies = []string{
	"各成员单位把压实平台主体责任摆在首位，逐户核验平台内经营者的身份信息与许可信息，发现问题当场督促改正",
	"执法人员采用关键词巡查与人工复核相结合的办法，对重点商品页面开展多轮排查，固定证据后移交属地办理",
	"建立线索通报、证据移转和案件协查的工作台账，每周汇总一次进展，确保每条线索有人跟、有人办、有回音",
	"组织平台企业、快递网点和直播机构签订信用承诺书，并通过公示系统向社会公开，接受消费者监督",
	"对无实体店铺、无营业执照、无许可证的外卖商户集中清理，督促平台完善入驻审核与定期复查制度",
	"对直播间虚构原价、虚假宣传、货不对板等行为加大监测频次，典型案件同步向社会曝光",
	"以养老照护产品、儿童玩具和文具为重点开展监督抽查，不合格批次全部下架并追溯到生产环节",
	"加强寄递渠道查验，运用风险布控提高查获率，对侵权货物依法扣留并及时通知权利人",
	"开展进企业、进社区、进校园宣传，发布消费警示和典型案例，引导群众理性消费、依法维权",
	"部分乡镇基层力量不足，电子取证设备和专业人员较为紧缺，跨区域案件办理周期仍然偏长",
	"少数平台对审核义务认识不够到位，商户变更信息后没有及时更新公示内容，存在管理盲区",
	"部门间数据共享的口径尚未完全统一，同一线索重复登记的情况时有发生，影响统计的准确程度",
	"继续完善信用监管机制，推动行政许可、行政处罚和承诺信息归集公示，强化失信联合惩戒",
	"紧盯重要促销节点开展行政指导，提前约谈主要平台，防止先涨价后打折等不正当价格行为反弹",
	"加强业务培训和实战练兵，提升网络取证、数据分析和法律适用的能力，形成常态化工作机制",
	"畅通行政执法与刑事司法的衔接，对涉嫌犯罪的线索及时移送，重大案件实行挂牌督办",
}

var closers = []string{
	"，取得了阶段性进展。", "，营造了良好的网络消费环境。", "，相关做法已在全市推广。",
	"，群众满意度有所提升。", "，为后续工作打下基础。", "，仍需持续用力。", "，并纳入年度考核。",
}

var bolds = []string{"线上线下一体化监管", "亮标、亮照、亮规则", "源头追溯", "全网警示", "联合惩戒", "闭环管理"}

var items = []string{
	"开展网络交易监测%d次，发现疑似问题页面%d个", "约谈平台企业%d家，发出行政建议书%d份",
	"组织专题培训%d场，参训人员%d人次", "受理投诉举报%d件，按期办结%d件", "走访市场主体%d户，发放资料%d份",
}

var caseKinds = []string{"销售侵权商品案", "虚假宣传案", "无证经营外卖案", "虚构原价促销案", "网售不合格玩具案", "非法交易野生植物案", "未公示营业执照案", "刷单炒信案"}

var warningKinds = []string{"理性参与促销活动", "谨防直播间低价陷阱", "选购儿童用品看标识", "网购药品认准资质", "外卖订餐查验证照", "警惕保健食品夸大宣传", "预付式消费需谨慎", "妥善保存交易凭证"}

func (m *maker) paragraph(sentences int) Block {
	var b strings.Builder
	for range sentences {
		b.WriteString(m.pick(openers))
		if m.IntN(4) == 0 {
			fmt.Fprintf(&b, "坚持**%s**，", m.pick(bolds))
		}
		b.WriteString(m.pick(bodies))
		b.WriteString(m.pick(closers))
	}
	b.WriteString("\n\n")
	return Block{Markdown: b.String()}
}

func (m *maker) list(n int) Block {
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, "- "+m.pick(items)+"。\n", 1+m.IntN(90), 1+m.IntN(900))
	}
	b.WriteString("\n")
	return Block{Markdown: b.String()}
}

func (m *maker) table(rows int) Block {
	var b strings.Builder
	b.WriteString("| 阶段 | 检查户次 | 发现问题 | 整改率 |\n| --- | ---: | ---: | ---: |\n")
	for n, phase := range []string{"动员部署", "组织实施", "督查总结", "回头检查"}[:rows] {
		fmt.Fprintf(&b, "| %s | %d | %d | %d%% |\n", phase, 20+m.IntN(400), m.IntN(60)+n, 60+m.IntN(41))
	}
	b.WriteString("\n")
	return Block{Markdown: b.String()}
}
