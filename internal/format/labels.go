package format

import (
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// labels are other words for keys, as forms and papers of offices have them.
var labels = map[string][]string{
	"标题":       {"题目", "名称", "案例名称", "案件名称", "案例标题", "警示标题", "文件名称", "文件标题"},
	"发布日期":     {"发布时间", "公布日期"},
	"来源":       {"信息来源", "供稿单位", "报送单位"},
	"关键词":      {"主题词", "关键字"},
	"摘要":       {"内容摘要", "内容提要", "提要", "导语"},
	"有效期至":     {"公示截止日期", "公示期限至", "有效期截止"},
	"案件类型":     {"案件类别", "案例类型", "工作重点", "重点任务", "所属重点"},
	"办案机关":     {"办案单位", "执法机关", "执法单位", "处罚机关", "作出处罚机关", "行政处罚机关"},
	"决定书文号":    {"文书号", "文书文号", "处罚文号", "处罚决定书号", "处罚决定书文号", "处罚决定书编号", "行政处罚决定书编号", "行政处罚决定文书号"},
	"决定日期":     {"处罚日期", "决定时间", "处罚时间", "处罚决定日期", "作出处罚决定的日期", "作出决定日期", "行政处罚决定日期"},
	"当事人":      {"当事人名称", "当事人姓名", "被处罚人", "被处罚单位", "行政相对人", "行政相对人名称", "违法主体"},
	"违法行为类型":   {"违法类型", "违法行为", "案由", "违法事由"},
	"处罚内容":     {"处罚结果", "处罚决定", "处罚种类及内容", "处理结果", "处罚情况"},
	"公示期":      {"公示时限"},
	"统一社会信用代码": {"社会信用代码", "信用代码", "统一信用代码"},
	"罚没款":      {"罚没金额", "罚没款金额", "罚没总额"},
	"承诺主体":     {"承诺人", "承诺单位", "承诺主体名称", "主体名称"},
	"主体类型":     {"承诺主体类型", "主体类别", "承诺主体类别"},
	"承诺日期":     {"承诺时间", "作出承诺日期", "承诺作出日期"},
	"期限":       {"承诺期限", "承诺有效期", "有效期限"},
	"发布机构":     {"发布单位", "发布机关", "发布部门", "发布者"},
	"期号":       {"期数", "编号", "警示编号"},
	"索引号":      {"信息索引号", "索引"},
	"成文日期":     {"成文时间", "落款日期", "生成日期"},
	"主题分类":     {"主题", "分类", "信息分类"},
	"文号":       {"发文字号", "文件编号", "发文号", "文件号"},
	"体裁":       {"文种", "公文种类", "体裁分类"},
	"有效性":      {"时效性", "时效", "效力状态"},
}

// Labelled returns the key that a label on paper means: the key itself, another
// word for it, or what pages and summaries of penalties call it.
func (t *Table) Labelled(label string) (Key, bool) {
	for _, k := range t.Keys {
		if !k.Misplaced && (k.Name == label || slices.Contains(labels[k.Name], label) || isFieldName(k.Name, label)) {
			return k, true
		}
	}
	return Key{}, false
}

func isFieldName(key, label string) bool {
	return slices.ContainsFunc(campaign.CaseFields, func(f campaign.CaseField) bool {
		return f.Key == key && label != "" && (f.Page == label || f.Summary == label)
	})
}

// IsWritten reports whether a person can write the value of a key on paper, as a
// line of text.
func (k Key) IsWritten() bool {
	return !strings.HasSuffix(k.Name, "已核") && !slices.Contains([]Type{Flag, FlagOrFiles, Object, Objects, Cells, File}, k.Type)
}
