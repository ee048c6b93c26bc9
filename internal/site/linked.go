package site

import (
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/linebreak"
	"wangjian/internal/pdf"
)

// What pages say to machines: JSON-LD in the words of schema.org, as a data
// block that no browser executes. Addresses are full ones where the site knows
// its own, else relative to the page.

// thing is a node of schema.org. json sorts its keys.
type thing map[string]any

// linked returns the page's JSON-LD; "" for a page that is nobody's destination.
func (r *rendering) linked() (template.JS, error) {
	p := r.page
	if p.absolute || p.movedTo != nil || p.template == "leave" {
		return "", nil
	}
	var graph []thing
	if crumbs := r.breadcrumbs(); crumbs != nil {
		graph = append(graph, crumbs)
	}
	switch {
	case p.path == "index.html":
		graph = append(graph, thing{
			"@type": "WebSite", "name": p.title, "url": r.full("index.html"), "inLanguage": "zh-CN", "publisher": r.organization(),
		})
	case p.item != nil:
		graph = append(graph, r.linkedArticle())
	case p.template == "statistics" && len(r.rounds) > 0:
		graph = append(graph, r.linkedDataset(), r.linkedReport())
	}
	if len(graph) == 0 {
		return "", nil
	}
	raw, err := json.Marshal(thing{"@context": "https://schema.org", "@graph": graph}) // escapes <, > and &
	if err != nil {
		return "", fmt.Errorf("结构化数据：%w", err)
	}
	return template.JS(raw), nil
}

// full is the address of a published file for machines.
func (r *rendering) full(path string) string {
	if r.base == "" {
		return r.to(path)
	}
	return r.absolute(path)
}

// crumb is a thing of nearly every page: as a struct it is written in 0.4 of the
// time.
type crumb struct {
	Type     string `json:"@type"`
	Item     string `json:"item"`
	Name     string `json:"name"`
	Position int    `json:"position"`
}

func (r *rendering) breadcrumbs() thing {
	p := r.page
	if p.path == "index.html" {
		return nil
	}
	var list []crumb
	add := func(name, path string) { list = append(list, crumb{"ListItem", r.full(path), name, len(list) + 1}) }
	add("首页", "index.html")
	for _, t := range p.trail {
		add(t.title, t.path)
	}
	add(p.title, p.path)
	return thing{"@type": "BreadcrumbList", "itemListElement": list}
}

func (r *rendering) organization() thing {
	return thing{"@type": "GovernmentOrganization", "name": r.publisher()}
}

// headlineLength is how long a headline may be.
const headlineLength = 110

func (r *rendering) linkedArticle() thing {
	p, i := r.page, r.page.item
	node := thing{
		"@type": "Article", "headline": linebreak.Shorten(p.title, headlineLength), "url": r.full(p.path), "mainEntityOfPage": r.full(p.path),
		"datePublished": i.PublishedAt.RFC3339(), "dateModified": r.campaign.History.ChangedAt(&i.Release).RFC3339(),
		"author":    thing{"@type": "GovernmentOrganization", "name": p.article.source},
		"publisher": r.organization(), "inLanguage": "zh-CN", "isAccessibleForFree": true,
	}
	if len(p.keywords) > 0 {
		node["keywords"] = strings.Join(p.keywords, ",")
	}
	if d := r.summary(); d != "" {
		node["description"] = d
	}
	if i.Document != nil {
		node["identifier"] = thing{"@type": "PropertyValue", "name": "索引号", "value": i.Document.IndexNumber}
		node["dateCreated"] = i.Document.WrittenOn.String()
	}
	if !i.Expires.IsZero() {
		node["expires"] = i.Expires.String()
	}
	node["image"] = r.full(r.pictureOf(p))
	return node
}

// linkedDataset describes the figures. Search engines ask for a name and a
// description of at least fifty characters.
func (r *rendering) linkedDataset() thing {
	c, p := r.campaign, r.page
	var rounds, regions []string
	for _, round := range r.rounds {
		rounds = append(rounds, round.Name)
	}
	node := thing{
		"@type": "Dataset", "name": c.Name + "统计数据", "url": r.full(p.path), "inLanguage": "zh-CN", "isAccessibleForFree": true,
		"description": fmt.Sprintf("%s的统计数据，按%s逐期公布，共%d个项目。每个数附填报单位、填报日期和来源，可以下载表格、逗号分隔和机器可读三种格式。“无”是没有这一项业务，“0”是结果为零。",
			c.Name, strings.Join(rounds, "、"), len(c.Form.Rows)),
		"keywords": p.keywords, "creator": r.organization(), "publisher": r.organization(),
	}
	if at := r.figures.Changed; !at.IsZero() {
		node["datePublished"], node["dateModified"] = r.roundChange(r.rounds[0]).RFC3339(), at.RFC3339()
	}
	if from, to := c.Term(); !from.IsZero() {
		node["temporalCoverage"] = from.String() + "/" + to.String()
	}
	for _, region := range c.Regions {
		regions = append(regions, region.Name)
	}
	if len(regions) > 0 {
		node["spatialCoverage"] = thing{"@type": "Place", "name": strings.Join(regions, "、")}
	}
	if c.Licence.URL != "" {
		node["license"] = c.Licence.URL
	}
	var measured []thing
	for _, row := range c.Form.Rows {
		measured = append(measured, thing{"@type": "PropertyValue", "name": rowName(row), "unitText": row.Unit})
	}
	node["variableMeasured"] = measured
	var files []thing
	for _, f := range [][2]string{
		{"data/statistics.csv", "text/csv"}, {"data/statistics.json", "application/json"},
		{"data/statistics.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	} {
		files = append(files, thing{"@type": "DataDownload", "encodingFormat": f[1], "contentUrl": r.full(f[0])})
	}
	node["distribution"] = files
	return node
}

func rowName(row *campaign.Row) string {
	if row.Parent != nil {
		return row.Parent.Name + "：" + row.Name
	}
	return row.Name
}

func (r *rendering) linkedReport() thing {
	report := pdf.Report(r.view, r.stats)
	node := thing{
		"@type": "Report", "name": report.Title, "url": r.full(pdf.Kinds[0].Path), "inLanguage": "zh-CN",
		"author": r.organization(), "publisher": r.organization(), "isAccessibleForFree": true,
		"encoding": thing{"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": r.full(pdf.Kinds[0].Path)},
	}
	if r.campaign.OFD {
		node["encoding"] = []thing{node["encoding"].(thing), {"@type": "MediaObject", "encodingFormat": "application/ofd", "contentUrl": r.full(pdf.OFD.Named(pdf.Kinds[0].Path))}}
	}
	if e := report.Edition; !e.Changed.IsZero() {
		node["datePublished"], node["dateModified"] = e.Published.RFC3339(), e.Changed.RFC3339()
	}
	return node
}
