package sheet

import (
	"encoding/json"
	"io"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// about says what each column of the list holds, for people and programs.
var about = map[string]string{
	"期次":   "报送期次的名称；口径见 rounds",
	"部门":   "填报部门的简称",
	"地区":   "空为全部，本级为部门自己的部分，其余是县（市、区）的名称",
	"项目":   "统计表的项目名称",
	"隶属":   "“其中”的行所属的项目；别的行为空",
	"单位":   "计量单位；不同单位之间不换算",
	"数量":   "照填报的写法；无 表示没有这一项，与 0 不同",
	"备注":   "填报单位的说明；公布后改过的数，记着“更正：原来的数，更正的日期”；缺县（市、区）报表的合计，记着未含多少",
	"填报单位": "填这张表的单位",
	"填报日期": "填报日期",
	"来源":   "数字所在的文件和行；汇总的数指到写“汇总”的那一行",
}

// writePackage describes the downloads as a Frictionless Data Package
// (https://specs.frictionlessdata.io/data-package/).
func writePackage(w io.Writer, v *release.View) error {
	c := v.Campaign()
	var fields []map[string]any
	for _, name := range header {
		field := map[string]any{"name": name, "type": "string", "description": about[name]}
		if name == "填报日期" {
			field["type"] = "date"
		}
		fields = append(fields, field)
	}
	var rounds []map[string]any
	for _, r := range c.Rounds {
		rounds = append(rounds, map[string]any{"名称": r.Name, "口径": string(r.Basis), "截止": r.Deadline.String(), "公布": published(r)})
	}
	description := c.Form.Note
	if c.Sample {
		description = sampleMark + "。" + description
	}
	resources := []map[string]any{
		{
			"profile": "tabular-data-resource", "name": "statistics", "path": "statistics.csv", "format": "csv",
			"mediatype": "text/csv", "encoding": "utf-8", "dialect": map[string]any{"lineTerminator": "\r\n", "header": true},
			"schema": map[string]any{"fields": fields, "primaryKey": []string{"期次", "部门", "地区", "项目", "隶属", "单位"}, "missingValues": []string{""}},
		},
		{"name": "statistics-json", "path": "statistics.json", "format": "json", "mediatype": "application/json"},
		{"name": "statistics-xlsx", "path": "statistics.xlsx", "format": "xlsx", "mediatype": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	}
	if len(c.ItemsOf(campaign.Cases)) > 0 {
		var columns []map[string]any
		for n, name := range penaltyColumns(c) {
			column := map[string]any{"name": name, "type": "string", "description": campaign.SummaryItems[n] + "（总局令第45号）"}
			if n == len(campaign.SummaryItems)-1 {
				column["type"] = "date"
			}
			columns = append(columns, column)
		}
		resources = append(resources, map[string]any{
			"profile": "tabular-data-resource", "name": "penalties", "path": "penalties.csv", "format": "csv", "title": "行政处罚决定信息摘要",
			"mediatype": "text/csv", "encoding": "utf-8", "dialect": map[string]any{"lineTerminator": "\r\n", "header": true},
			"schema": map[string]any{"fields": columns, "missingValues": []string{""}},
		})
	}
	described := map[string]any{
		"profile":     "tabular-data-package",
		"name":        "statistics",
		"title":       c.Form.Name,
		"description": description,
		"homepage":    c.Site.URL,
		"contributors": []map[string]any{
			{"title": c.Site.Host, "role": "publisher"},
		},
		"rounds":    rounds,
		"resources": resources,
	}
	if edition := v.Edition(c.ItemsOf(campaign.Cases), v.Reported(), c.Corrections).Changed; !edition.IsZero() {
		described["created"] = edition.RFC3339()
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(described)
}

func published(r *campaign.Round) string {
	if r.Release == nil {
		return ""
	}
	return r.Release.PublishedAt.String()
}
