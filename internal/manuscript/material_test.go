package manuscript

import (
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	keys "wangjian/internal/format"
)

// material imports a fixture as a kind of text and returns its front matter.
func material(t *testing.T, kind campaign.Kind, w *word) (values map[string]any, body, told string) {
	t.Helper()
	c, _ := sampleOnce()
	r, problems := ImportMaterial("来稿.docx", w.bytes(), Material{Campaign: c, Kind: kind, Slug: "laigao", Original: "收件/2022-11-25/来稿.docx"})
	if r == nil {
		t.Fatalf("refused: %v", problems)
	}
	for _, p := range problems {
		if p.Rule == "manuscript-proof" {
			t.Errorf("%s\n%s", p.Message, r.Markdown)
		}
	}
	front, body, ok := strings.Cut(strings.TrimPrefix(string(r.Markdown), "---\n"), "\n---\n")
	if !ok || !strings.HasPrefix(front, "# 原件：收件/2022-11-25/来稿.docx\n") {
		t.Fatalf("no front matter:\n%s", r.Markdown)
	}
	if err := yaml.Unmarshal([]byte(front), &values); err != nil {
		t.Fatalf("%v\n%s", err, front)
	}
	return values, strings.TrimSpace(body), said(r, problems)
}

func TestMaterial(t *testing.T) {
	for name, c := range map[string]struct {
		kind campaign.Kind
		in   []string
		want map[string]string // "" for a key that stays empty
		body string
		told string
	}{
		"a case in a table": {campaign.Cases, []string{
			p("典型案例报送表"),
			tbl([]string{"案例名称", "某网店虚假宣传案"}, []string{"案件类别", "严禁网售禁限售商品"}, []string{"处罚机关", "章贡区市场监督管理局"},
				[]string{"文书号", "章市监处罚〔2022〕12号"}, []string{"处罚日期", "2022年11月3日"}, []string{"当 事 人", "某网店"}, []string{"案由", "虚假宣传"},
				[]string{"处罚结果", "责令改正，罚款2万元"}, []string{"罚没金额（万元）", "2.00"}, []string{"基本案情", "该店在直播间宣传虚假功效。"}),
		}, map[string]string{
			"标题": "某网店虚假宣传案", "案件类型": "严禁网售禁限售商品", "办案机关": "章贡区市场监督管理局", "决定书文号": "章市监处罚〔2022〕12号", "决定日期": "2022-11-03",
			"当事人": "某网店", "违法行为类型": "虚假宣传", "处罚内容": "责令改正，罚款2万元", "罚没款": "2", "公开方式": "不予公开", "发布日期": "", "有效期至": "",
		}, "## 基本案情\n\n该店在直播间宣传虚假功效。", "看不出有效期至，空着"},
		"four columns under a group": {campaign.Cases, []string{
			tbl([]string{"案件", "标题", "甲案", "当事人", "某公司"}, []string{"处罚", "决定书文号", "甲〔2022〕1号", "决定日期", "11月3日"}, []string{"办案机关", "甲局", "罚没款", "3000元"}),
			p("经查，当事人有违法行为。"),
		}, map[string]string{"标题": "甲案", "当事人": "某公司", "决定书文号": "甲〔2022〕1号", "办案机关": "甲局", "决定日期": "", "罚没款": ""},
			"经查，当事人有违法行为。", "“罚没款”写的是“3000元”，不是以万元为单位的数，程序不作换算，空着"},
		"values below their labels": {campaign.Warnings, []string{
			tbl([]string{"标题", "发布单位", "期数"}, []string{"警惕低价团购", "市消费者权益保护委员会", "2022年第4号"}), p("请核对商家证照。"),
		}, map[string]string{"标题": "警惕低价团购", "发布机构": "市消费者权益保护委员会", "期号": "2022年第4号"}, "请核对商家证照。", ""},
		"a warning in lines": {campaign.Warnings, []string{
			para(`<w:jc w:val="center"/>`, run("谨防“双11”预售陷阱", "")), p("发布机构：赣州市市场监督管理局　　期号：2022年第3号"), p("关键词：预售、订金；退款"), p("联系人：王某某 联系电话：0797-0000000"),
			p("临近促销，请注意三件事。"), p("一、看清规则"), p("订金和定金不同，付款以前先看退款条件。"), p("发布日期：2022年11月1日"),
		}, map[string]string{"标题": "谨防“双11”预售陷阱", "发布机构": "赣州市市场监督管理局", "期号": "2022年第3号", "发布日期": "2022-11-01"},
			"临近促销，请注意三件事。\n\n## 看清规则\n\n订金和定金不同，付款以前先看退款条件。", "联系人一行没有写进正文"},
		"a document": {campaign.Documents, []string{
			para(`<w:jc w:val="center"/>`, run("关于开展联合检查的", "")), para(`<w:jc w:val="center"/>`, run("通知", "")), p("赣市监〔2022〕19号"), p("索引号：11360700MB1234567X/2022-00012"), p("成文日期：2022.9.21"), p("文种：通知"), p("有效性：现行"),
			p("各县（市、区）市场监管局："), p("现将有关事项通知如下。"), p("当事人：应当配合。"),
		}, map[string]string{"标题": "关于开展联合检查的通知", "文号": "赣市监〔2022〕19号", "索引号": "11360700MB1234567X/2022-00012", "成文日期": "2022-09-21", "体裁": "通知", "有效性": "", "发布机构": "", "主题分类": ""},
			"各县（市、区）市场监管局：\n\n现将有关事项通知如下。\n\n当事人：应当配合。", "“有效性”写的是“现行”，只能写有效、已修改、已废止，空着"},
		"an ordinary table stays": {campaign.Warnings, []string{p("提示"), p("下面是时间安排。"), tbl([]string{"步骤", "时间"}, []string{"发布", "11月"})},
			map[string]string{"标题": "提示", "发布机构": ""}, "下面是时间安排。\n\n| 步骤 | 时间 |\n| --- | --- |\n| 发布 | 11月 |", "看不出发布机构，空着"},
		"told twice": {campaign.Warnings, []string{p("标题：甲"), p("发布机构：甲局"), p("发布单位：乙局"), p("正文一段。")},
			map[string]string{"标题": "甲", "发布机构": "甲局"}, "正文一段。", "“发布机构”写了两处，甲局 和 乙局，用了前一处"},
		"disclosure as proposed": {campaign.Warnings, []string{p("公开方式：主动公开"), p("标题: 甲 # 乙: \"丙\""), p("正文。")},
			map[string]string{"公开方式": "主动公开", "标题": "甲 # 乙: \"丙\""}, "正文。", ""},
	} {
		t.Run(name, func(t *testing.T) {
			values, body, told := material(t, c.kind, newWord(c.in...))
			for key, want := range c.want {
				if got := strings.TrimSuffix(text(values[key]), " 00:00"); got != want {
					t.Errorf("%s: %q, want %q", key, got, want)
				}
			}
			if body != c.body {
				t.Errorf("got\n%s\nwant\n%s", body, c.body)
			}
			if !strings.Contains(told, c.told) {
				t.Errorf("not said: %s\n%s", c.told, told)
			}
			for key := range values {
				if _, known := keys.Front(c.kind).Key(key); !known {
					t.Errorf("no key %s", key)
				}
			}
		})
	}
}

// text is a value as it stands in YAML.
func text(v any) string {
	if v == nil {
		return ""
	}
	raw, err := yaml.Marshal(v)
	if err != nil {
		return err.Error()
	}
	s := strings.TrimSpace(string(raw))
	s = strings.TrimSuffix(s, "T00:00:00Z")
	if strings.HasPrefix(s, "'") {
		return strings.Trim(s, "'")
	}
	return s
}
