package sheet

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// writePackage describes the downloads as a Frictionless Data Package
// (https://specs.frictionlessdata.io/data-package/).
func writePackage(w io.Writer, v *release.View) error {
	c := v.Campaign()
	var fields []map[string]any
	for _, c := range columns {
		field := map[string]any{"name": c.name, "type": "string", "description": v.Campaign().Tier.Say(c.about)}
		if c.name == "状态" && v.ShowsLedger() {
			field["description"] = c.about + "、" + stats.NotReported + "（到期没有收到）"
		}
		if kind := map[string]string{"填报日期": "date", "数值": "number"}[c.name]; kind != "" {
			field["type"] = kind
		}
		fields = append(fields, field)
	}
	var rounds []map[string]any
	for _, r := range c.Rounds {
		rounds = append(rounds, map[string]any{"名称": r.Name, "口径": string(r.Basis), "截止": r.Deadline.String(), "公布": published(r)})
	}
	description := c.Form.Note + "同样的数据另有 statistics.json 和 statistics.xlsx；电子表格打开名称里没有 -utf8 的 CSV。"
	if c.Sample {
		description = sampleMark + "。" + description
	}
	resources := []map[string]any{
		table("statistics", CSVPath, map[string]any{"fields": fields, "primaryKey": []string{"期次", "部门", "地区", "项目", "隶属", "单位"}, "missingValues": []string{""}}),
	}
	if len(v.ItemsOf(campaign.Cases)) > 0 {
		var columns []map[string]any
		for n, name := range penaltyColumns(c) {
			column := map[string]any{"name": name, "type": "string", "description": campaign.SummaryItems[n] + "（总局令第45号）"}
			if campaign.SummaryItems[n] == "作出行政处罚决定的日期" {
				column["type"] = "date"
			}
			columns = append(columns, column)
		}
		penalties := table("penalties", PenaltiesPath, map[string]any{"fields": columns, "missingValues": []string{""}})
		penalties["title"] = "行政处罚决定信息摘要"
		resources = append(resources, penalties)
	}
	if len(v.ItemsOf(campaign.Commitments)) > 0 {
		var fields []map[string]any
		for _, column := range commitmentColumns {
			field := map[string]any{"name": column.name, "type": "string", "description": column.about}
			if strings.HasSuffix(column.name, "日期") {
				field["type"] = "date"
			}
			fields = append(fields, field)
		}
		commitments := table("commitments", CommitmentsPath, map[string]any{"fields": fields, "missingValues": []string{""}})
		commitments["title"] = campaign.Commitments.Chinese()
		resources = append(resources, commitments)
	}
	if c.History != nil {
		for _, e := range c.History.Editions {
			described := table(fmt.Sprintf("statistics-%d", e.Number), e.Path("csv"), map[string]any{"fields": fields[:len(earlier)], "missingValues": []string{""}})
			described["title"] = fmt.Sprintf("第%d版（%s公布）", e.Number, e.On.Chinese())
			resources = append(resources, described)
		}
	}
	from, to := c.Term()
	described := map[string]any{
		"campaign": map[string]any{ // ours; the specification allows it
			"名称": c.Name, "简称": c.Short, "层级": string(c.Tier), "区划代码": c.DivisionCode(), "起": from.String(), "止": to.String(), "示例": c.Sample, "网址": c.Site.Base(),
		},
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
	if l := c.Licence; l.URL != "" {
		described["licenses"] = []map[string]any{{"title": l.Name, "path": l.URL}}
	}
	if edition := v.Edition(v.ItemsOf(campaign.Cases), v.Reported(), c.Corrections).Changed; !edition.IsZero() {
		described["created"] = edition.RFC3339()
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(described)
}

// table describes a CSV file, by the one of its two that has no mark. JSON and xlsx
// are no tables of the specification.
func table(name, path string, schema map[string]any) map[string]any {
	return map[string]any{
		"profile": "tabular-data-resource", "name": name, "path": strings.TrimPrefix(plainPath(path), "data/"), "format": "csv", "schema": schema,
		"mediatype": "text/csv", "encoding": "utf-8", "dialect": map[string]any{"lineTerminator": "\r\n", "header": true},
	}
}

func published(r *campaign.Round) string {
	if r.Release == nil {
		return ""
	}
	return r.Release.PublishedAt.String()
}
