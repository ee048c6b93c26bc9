// Package schema writes JSON Schemas for every YAML file of a campaign and for
// the front matter of its texts, with the campaign's own departments, regions
// and indicators as enumerations, so that an editor completes and checks while
// a person types.
//
// The schemas say what source reads; a test holds the sample and every broken
// campaign of review against them.
package schema

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// Folder is where the schemas stand in a campaign's folder. The reader passes
// over names that begin with a dot.
const Folder = "data/.schema"

type object = map[string]any

// Files gives the schemas by their file name.
func Files(c *campaign.Campaign) (map[string][]byte, error) {
	schemas := map[string]object{
		"corrections.json": corrections(c),
		"campaign.json":    settings(c),
		"form.json":        form(c),
		"wording.json":     wording(),
		"release.json":     strict("期次数据的公开信息", release(), "公开方式", "发布日期", "审核"),
	}
	for _, d := range c.Departments {
		if rows := c.Form.RowsOf(d); len(rows) > 0 {
			schemas["report-"+d.Code+".json"] = report(c, d, false)
			schemas["report-"+d.Code+"-region.json"] = report(c, d, true)
		}
	}
	for _, kind := range campaign.Kinds {
		schemas["front-"+string(kind)+".json"] = front(c, kind)
	}
	files := map[string][]byte{}
	for name, s := range schemas {
		s["$schema"] = "http://json-schema.org/draft-07/schema#"
		text, err := json.MarshalIndent(s, "", " ")
		if err != nil {
			return nil, fmt.Errorf("写 %s：%w", name, err)
		}
		files[name] = append(text, '\n')
	}
	return files, nil
}

// For names the schema of a data file: "report-gongan.json" for
// data/final/gongan.yaml; "" for a file without one.
func For(c *campaign.Campaign, file string) string {
	switch file {
	case "data/campaign.yaml":
		return "campaign.json"
	case "data/form.yaml":
		return "form.json"
	case "data/corrections.yaml":
		return "corrections.json"
	case "data/wording.yaml":
		return "wording.json"
	}
	for _, r := range c.Rounds {
		if file == "data/"+r.Code+"/release.yaml" {
			return "release.json"
		}
		for _, d := range c.Departments {
			if file == campaign.ReportFile(r, d, nil) {
				return "report-" + d.Code + ".json"
			}
			for _, region := range c.Regions {
				if file == campaign.ReportFile(r, d, region) {
					return "report-" + d.Code + "-region.json"
				}
			}
		}
	}
	return ""
}

// strict is an object that knows no other keys.
func strict(title string, properties object, required ...string) object {
	o := object{"title": title, "type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		o["required"] = required
	}
	return o
}

func text(description string) object {
	return object{"type": []string{"string", "number"}, "description": description}
}

func choice(description string, words ...string) object {
	return object{"enum": words, "description": description}
}

func date(description string) object {
	return object{"type": "string", "pattern": `^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$`, "description": description + "，如 2022-09-21"}
}

func moment(description string) object {
	return object{"type": "string", "pattern": `^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?([ T]\d{1,2}:\d{2})?$`, "description": description + "，如 2022-11-27 09:30"}
}

func flag(description string) object {
	return object{"enum": []any{true, false, "是", "否"}, "description": description}
}

func list(description string, items object) object {
	return object{"type": "array", "items": items, "description": description}
}

// words is a list of words, for which a single word may stand.
func words(description string) object {
	return object{"description": description, "oneOf": []object{{"type": []string{"string", "number"}}, {"type": "array", "items": object{"type": []string{"string", "number"}}}}}
}

// names lists every name that refers to one of the entries.
func names[T interface{ Names() []string }](entries []T) []string {
	var all []string
	for _, e := range entries {
		for _, n := range e.Names() {
			if n != "" && !slices.Contains(all, n) {
				all = append(all, n)
			}
		}
	}
	return all
}

// named is what departments, regions, priorities and rounds share.
func named(more object) object {
	p := object{
		"代号": object{"type": "string", "pattern": `^[\p{L}\p{N}][\p{L}\p{N}_-]*$`, "description": "用在路径和网址里；数字要加引号"},
		"名称": text("全称"), "简称": text("统计表和网页上的短名"), "别名": list("别的叫法", text("")),
	}
	maps.Copy(p, more)
	return p
}

func settings(c *campaign.Campaign) object {
	department := choice("代号、简称、名称或别名", names(c.Departments)...)
	site := strict("站点", object{
		"名称": text("SiteName"), "域名": text("SiteDomain"), "网址": object{"type": "string", "pattern": "^https?://", "description": "可带子路径"},
		"标识码":  object{"type": "string", "pattern": `^(\d{10}|bm\d{8}|N\d{9})$`, "description": "SiteIDCode，加引号"},
		"主办单位": text(""), "承办单位": text(""), "联系电话": text(""), "地址": text(""), "ICP备案号": text(""), "公安备案号": text(""),
		"找错链接": text(""), "归档日期": date("写了以后每页有归档提示，没到的日子是预告"), "投诉热线": text("不写时是 12315"), "投诉热线名称": text(""),
	}, "名称", "域名", "标识码", "主办单位")
	names45 := object{}
	for _, item := range campaign.SummaryItems {
		names45[item] = text("系统里这一列的名字")
	}
	columns := strict("data/penalties.csv 的列名，不写的照总局令第45号", names45)
	reviewers := object{}
	for _, s := range campaign.Stages {
		reviewers[string(s)] = words("可以签" + string(s) + "的人")
	}
	return strict("行动的基本情况", object{
		"版本": object{"const": 1, "description": "本格式的版本"},
		"名称": text("行动的全称"), "简称": text(""), "文号": text(""), "印发日期": date("通知的印发日期"), "牵头部门": department,
		"示例": flag("每页标示例数据"), "基准日": date("只有示例才能写"), "站点": site, "台账公开": flag("公开谁报了、谁没有报、谁逾期；不写时公开的地方只说缺几个，不说是谁"),
		"地区公开":  choice("各"+campaign.LowerUnits+"的数怎样公开；不写时是次序", string(campaign.InOrder), string(campaign.Ranked), string(campaign.TotalsOnly)),
		"当事人公示": choice("案例里当事人的写法", "隐名", "实名"), "审核人": strict("谁可以签什么", reviewers), "索引号格式": text("正则表达式"),
		"公示": strict("公示行政处罚的系统", object{"系统名称": text("如 国家企业信用信息公示系统"), "网址": object{"type": "string", "pattern": "^https?://", "description": "每个案例页链接到它"}, "列": columns}, "系统名称", "网址"),
		"部门": list("按通知版头的次序", strict("部门", named(nil), "代号", "名称")),
		"地区": list("县（市、区）", strict("地区", named(nil), "代号", "名称")),
		"工作重点": list("", strict("工作重点", named(object{
			"责任单位": list("按通知的次序", department), "摘要": text("")}), "代号", "名称", "责任单位")),
		"阶段": list("", strict("阶段", object{"名称": text(""), "起": date("第一天"), "止": date("最后一天"), "摘要": text("")}, "名称", "起", "止")),
		"期次": list("先后排列", strict("期次", named(object{
			"截止": date("报送截止"), "口径": choice("累计：行动开始以来；当期：上一期以后", string(campaign.Cumulative), string(campaign.Current)),
			"典型案例不少于": object{"type": "integer", "minimum": 0}}), "代号", "名称", "截止", "口径")),
	}, "名称", "牵头部门", "站点", "部门", "期次")
}

func form(c *campaign.Campaign) object {
	row := func(more object) object {
		p := object{
			"名称": text("印在表上的名称"), "单位": text("件、个、万元 …"),
			"小数": object{"type": "integer", "minimum": 0, "maximum": 12, "description": "最多几位小数"},
		}
		if len(c.Priorities) > 0 {
			p["工作重点"] = choice("这一行反映的工作重点", names(c.Priorities)...)
		}
		maps.Copy(p, more)
		return p
	}
	part := strict("其中的一行", row(object{"不计入合计": flag("与别的行有重叠，不相加")}), "名称")
	return strict("统计表", object{
		"名称": text("印在表头的名称"), "注": text("印在表下的注"),
		"项目": list("按印刷次序", strict("一行", row(object{
			"部门": choice("", names(c.Departments)...), "位置": choice("印在部门栏里", "栏头"), "其中": list("", part),
		}), "部门", "名称", "单位")),
	}, "名称", "项目")
}

// corrections is the list of published figures that changed. What is withdrawn
// can be a row that the form no longer has, a whole form or a whole round.
func corrections(c *campaign.Campaign) object {
	number := object{"oneOf": []object{{"type": "number", "minimum": 0}, {"enum": []string{"无"}}}, "description": "公布过的数"}
	now := object{"oneOf": []object{{"type": "number", "minimum": 0}, {"enum": []string{"无", campaign.Withdrawn}}}, "description": "现在的数；不再公布写 撤下"}
	var keys []string
	for _, d := range c.Departments {
		for _, row := range c.Form.RowsOf(d) {
			for _, key := range []string{c.Form.Key(row), row.Label()} {
				if !slices.Contains(keys, key) {
					keys = append(keys, key)
				}
			}
		}
	}
	entry := strict("一个数的更正", object{
		"期次": choice("", names(c.Rounds)...), "部门": choice("", names(c.Departments)...),
		"地区": choice("不写是全口径", append(names(c.Regions), "本级")...), "项目": text("统计表的项目"),
		"原值": number, "现值": now, "原因": text("会公布"), "日期": date("更正公布的那一天"),
	}, "期次", "现值", "原因", "日期")
	entry["if"] = object{"properties": object{"现值": object{"const": campaign.Withdrawn}}}
	entry["else"] = object{"required": []string{"部门", "项目", "原值"}}
	if len(keys) > 0 {
		entry["else"].(object)["properties"] = object{"项目": object{"enum": keys}}
	}
	return strict("已公布数据的更正", object{"更正": list("一个数一条", entry)}, "更正")
}

func wording() object {
	term := strict("一条", object{
		"误": object{"type": "string", "minLength": 2, "description": "不该出现的写法"}, "正": text("应当写成"),
		"级别": choice("不写时是提醒", "错误", "提醒"), "说明": text("为什么"), "除外": list("包含它而没有错的词", text("")),
	}, "误")
	protected := strict("一条", object{
		"词": text("一个字也不能错的姓名或提法"), "类型": choice("不写时是用语", "人名", "用语"),
		"级别": choice("不写时是错误；不查：自带的这一条不用", "错误", "提醒", "不查"), "说明": text("为什么"),
		"职务": list("只在这些职务旁边查，常见的姓名要写", text("")), "误": list("另外几种错的写法", text("")), "除外": list("像它而没有错的词", text("")),
	}, "词")
	lists := strict("用语表", object{
		"用语": list("不该出现的写法", term), "保护用语": list("一个字也不能错的词", object{"anyOf": []object{text(""), protected}}),
		"自带保护用语": choice("不写时是用", "用", "不用"),
	})
	lists["minProperties"] = 1
	return lists
}

// quantity is what a cell of a row may hold.
func quantity(row *campaign.Row, sum bool) object {
	number := object{"type": "number", "minimum": 0}
	if row.MaxDecimals() == 0 {
		number["type"] = "integer"
	}
	special := []string{"无"}
	if sum {
		special = append(special, "汇总")
	}
	return object{"oneOf": []object{number, {"enum": special}}}
}

func cell(row *campaign.Row, sum bool) object {
	q := quantity(row, sum)
	detailed := strict("", object{"数量": q, "备注": text(""), "上年同期": quantity(row, false)}, "数量")
	return object{"description": row.Label(), "oneOf": append(slices.Clone(q["oneOf"].([]object)), detailed)}
}

// report is a department's form. Rows can be written in several ways, so the
// ways are alternatives: one of them must be there.
func report(c *campaign.Campaign, d *campaign.Department, region bool) object {
	items, own := object{}, object{}
	var present []object
	for _, row := range c.Form.RowsOf(d) {
		key := c.Form.Key(row)
		ways := []string{key}
		if label := row.Label(); label != key && len(c.Form.Find(d, label)) == 1 {
			ways = append(ways, label)
		}
		var either []object
		for _, w := range ways {
			items[w], own[w] = cell(row, !region), cell(row, false)
			either = append(either, object{"required": []string{w}})
		}
		present = append(present, object{"anyOf": either})
	}
	cells := strict("项目", items)
	cells["allOf"] = present
	properties := object{"填报单位": text(""), "填报日期": date(""), "项目": cells}
	if !region {
		properties["本级"] = strict("部门自己办的部分", own)
	}
	return strict(d.Short+"报表", properties, "填报单位", "填报日期", "项目")
}

// release is the record of publication.
func release() object {
	signs := object{}
	for _, s := range campaign.Stages {
		sign := object{"人": text("签字人，不公布"), "日期": date("签字日期")}
		if s == campaign.FinalReview {
			sign["指纹"] = object{"type": "string", "pattern": "^sha256:"}
		}
		signs[string(s)] = strict(string(s), sign, "人", "日期")
	}
	return object{
		"公开方式": choice("只有主动公开的才上网", campaign.Proactive, campaign.OnRequest, campaign.Withheld),
		"发布日期": moment("到这一天、这一刻才公开；第一次公布以后不再改"), "更新日期": date("公布以后改动的日子"), "有效期至": date("过了这一天就撤下"), "审核": strict("三审和保密审查", signs),
	}
}

func front(c *campaign.Campaign, kind campaign.Kind) object {
	p := release()
	maps.Copy(p, object{
		"标题": text(""), "来源": text(""), "关键词": words(""), "摘要": text(""), "别名": words("以前的文件名"), "准予公开": words("准许出现的号码、姓名等，逐字写出"), "附件已核": flag("程序读不了的附件（扫描件等）由人逐页看过，没有个人信息"),
		"图片已核": flag("正文和附件里的图片核对过人脸、车牌"),
	})
	required := []string{"公开方式", "发布日期", "审核"}
	if kind != campaign.Narratives {
		required = append(required, "标题")
	}
	need := func(more object, keys ...string) {
		maps.Copy(p, more)
		required = append(required, keys...)
	}
	file := text("旁边的文件名")
	switch kind {
	case campaign.Narratives:
		need(object{"报送部分": list("只随报送稿、不公开的节", choice("", campaign.NarrativeSections...))})
	case campaign.Cases:
		need(object{
			"案件类型": choice("工作重点", names(c.Priorities)...), "办案机关": text(""), "决定书文号": text(""), "决定日期": date(""),
			"当事人": text(""), "违法行为类型": text(""), "处罚内容": text(""), "罚没款": object{"oneOf": []object{{"type": "number", "minimum": 0}, {"enum": []string{"无"}}}, "description": "万元"},
			"决定书": file, "停止公示": strict("", object{"日期": date(""), "原因": choice("", "信用修复", "变更", "撤销")}, "日期", "原因"),
		}, "案件类型", "办案机关", "决定书文号", "决定日期", "当事人", "违法行为类型", "处罚内容", "有效期至")
	case campaign.Warnings:
		need(object{"发布机构": text(""), "期号": text("")}, "发布机构")
	case campaign.Documents:
		need(object{
			"索引号": text(""), "发布机构": text(""), "成文日期": date(""), "主题分类": text(""), "文号": text(""), "体裁": text(""),
			"有效性": choice("", "有效", "已修改", "已废止"), "附件": words("旁边的文件名"),
		}, "索引号", "发布机构", "成文日期", "主题分类")
	case campaign.Galleries:
		picture := object{"文件": file, "说明": text(""), "拍摄日期": date(""), "已核": flag("人脸、车牌核对过")}
		video := maps.Clone(picture)
		maps.Copy(video, object{"封面": file, "文字稿": file})
		need(object{
			"图片": list("", strict("", picture, "文件", "说明", "拍摄日期", "已核")),
			"视频": list("", strict("", video, "文件", "说明", "拍摄日期", "已核")),
		}, "图片")
	}
	return strict(kind.Chinese()+"开头的信息", p, required...)
}

// Modeline is the comment by which an editor finds the schema of a data file.
func Modeline(file, schema string) string {
	return "# yaml-language-server: $schema=" + strings.Repeat("../", strings.Count(file, "/")-1) + ".schema/" + schema
}
