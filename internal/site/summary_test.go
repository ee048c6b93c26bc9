package site

import (
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// TestSummaries: the whole campaign's summary is a page of its own with its figures
// and without its 报送部分, and is found from the home page, the statistics, the
// navigation, the site map, the feeds and the search page; a campaign without one
// has none of that.
func TestSummaries(t *testing.T) {
	site := renderPublic(t, smallDir)
	const path, title = "summary/q2/index.html", "临江农资打假二季度工作总结"
	page := strings.ReplaceAll(site[path], "<wbr>", "")
	for _, want := range []string{
		"<h1>" + title + "</h1>", "来源</dt><dd>临江市农业农村局", "期次</dt><dd>二季度",
		`<h2 id="下一步打算">`, `href="../../cases/jia-zhongzi/index.html"`, `name="ColumnName" content="全市总结"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s has no %s", path, want)
		}
	}
	if strings.Contains(page, "{{") || strings.Contains(page, "机密") {
		t.Errorf("%s shows what it must not", path)
	}
	for _, from := range []struct{ page, link string }{
		{"index.html", `<a href="summary/q2/index.html">二季度全市总结</a>`},
		{"index.html", `<a href="summary/index.html">全市总结</a>`},
		{"statistics/index.html", `<a href="../summary/q2/index.html">二季度全市总结</a>`},
		{"summary/index.html", `<a href="../summary/q2/index.html">` + title},
		{"sitemap/index.html", `<a href="../summary/q2/index.html">` + title},
		{"sitemap.xml", "/summary/q2/</loc>"},
		{"feed.xml", "<title>" + title + "</title>"},
		{"summary/feed.xml", "<title>" + title + "</title>"},
	} {
		if !strings.Contains(strings.ReplaceAll(site[from.page], "<wbr>", ""), from.link) {
			t.Errorf("%s does not lead to the summary: %s", from.page, from.link)
		}
	}
	found := false
	for p, text := range site {
		found = found || strings.HasPrefix(p, "search/data/") && strings.Contains(text, path)
	}
	if !found {
		t.Error("searching does not find it")
	}

	if text := renderWhole(t, smallDir)["progress/index.html"]; !strings.Contains(text, `全市总结：<span class="standing done">已报</span>`) {
		t.Error("the office's ledger says nothing of it")
	}
	if strings.Contains(site["progress/index.html"], "全市总结：") {
		t.Error("the public's page tells how the lead office stands with it")
	}

	c, contents := read(t, smallDir)
	without := *c
	without.Items = nil
	for _, i := range c.Items {
		if i.Kind != campaign.Summaries {
			without.Items = append(without.Items, i)
		}
	}
	for p, text := range render(t, release.Public(&without, c.ReferenceDate, contents)) {
		if strings.HasPrefix(p, "summary/") || strings.HasSuffix(p, ".html") && strings.Contains(text, "全市总结") {
			t.Errorf("%s speaks of a summary that is not there", p)
		}
	}
}
