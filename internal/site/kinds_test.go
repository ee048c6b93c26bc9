package site

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

// Tags of a head that every page has, and those that lists and articles add.
var (
	everyHead   = []string{"SiteName", "SiteDomain", "SiteIDCode"}
	columnHead  = slices.Concat(everyHead, []string{"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"})
	articleHead = slices.Concat(columnHead, []string{"ArticleTitle", "PubDate", "ContentSource"})
)

// pageKind is what tests know of a kind of page.
type pageKind struct {
	of func(*site) []*page
	// paths are the pages that a campaign has of the kind, its first page first;
	// nil for a kind that leads elsewhere or that only the office sees.
	paths func(*campaign.Campaign) []string
	first []string // tags of the first page's head
	each  []string // of the others'
}

// pageKinds has every kind of page: a new one is an entry here.
var pageKinds = []pageKind{
	{homePages, only("index.html"), everyHead, nil},
	{taskPages, func(c *campaign.Campaign) []string { return below("tasks", codesOf(c.Priorities)) }, columnHead, columnHead},
	{departmentPages, func(c *campaign.Campaign) []string { return below("departments", codesOf(c.Departments)) }, columnHead, articleHead},
	{regionPages, func(c *campaign.Campaign) []string {
		var codes []string
		for _, r := range c.Regions {
			if slices.ContainsFunc(c.Reports, func(report *campaign.Report) bool { return report.Region == r }) {
				codes = append(codes, r.Code)
			}
		}
		return below("regions", codes)
	}, columnHead, articleHead},
	{statisticsPages, only("statistics/index.html"), columnHead, nil},
	{correctionsPages, func(c *campaign.Campaign) []string {
		if len(c.Corrections) == 0 {
			return nil
		}
		return []string{correctionsPath}
	}, nil, nil},
	{summaryPages, ofKind(campaign.Summaries), columnHead, articleHead},
	{casePages, ofKind(campaign.Cases), columnHead, articleHead},
	{warningPages, ofKind(campaign.Warnings), columnHead, articleHead},
	{documentPages, ofKind(campaign.Documents), columnHead, articleHead},
	{commitmentPages, ofKind(campaign.Commitments), columnHead, articleHead},
	{galleryPages, only("gallery/index.html"), columnHead, nil},
	{progressPages, only("progress/index.html"), columnHead, nil},
	{forthcomingPages, func(c *campaign.Campaign) []string {
		if len(c.Forthcoming) == 0 {
			return nil
		}
		return []string{forthcomingPath}
	}, columnHead, nil},
	{plainPages, func(c *campaign.Campaign) []string { return ofKind(campaign.Pages)(c)[1:] }, articleHead, articleHead},
	{searchPages, only("search/index.html"), everyHead, nil},
	{sitemapPages, only("sitemap/index.html"), everyHead, nil},
	{error404Pages, only("404.html"), everyHead, nil},
	{of: styleguidePages}, {of: leavePages}, {of: movedPages}, {of: withdrawnPages}, {of: paperPages},
}

func only(path string) func(*campaign.Campaign) []string {
	return func(*campaign.Campaign) []string { return []string{path} }
}

func ofKind(kind campaign.Kind) func(*campaign.Campaign) []string {
	return func(c *campaign.Campaign) []string {
		var slugs []string
		for _, i := range c.ItemsOf(kind) {
			slugs = append(slugs, i.Slug)
		}
		return below(string(kind), slugs)
	}
}

func below(folder string, codes []string) []string {
	paths := []string{folder + "/index.html"}
	for _, code := range codes {
		paths = append(paths, folder+"/"+code+"/index.html")
	}
	return paths
}

func codesOf[T campaign.Entity](list []T) (codes []string) {
	for _, e := range list {
		codes = append(codes, reflect.ValueOf(e).Elem().FieldByName("Code").String())
	}
	return codes
}

func TestEveryKindOfPage(t *testing.T) {
	for n, kind := range kinds {
		if !slices.ContainsFunc(pageKinds, func(k pageKind) bool { return reflect.ValueOf(k.of).Pointer() == reflect.ValueOf(kind).Pointer() }) {
			t.Errorf("kind %d of site.go is not in pageKinds", n)
		}
	}
	if len(pageKinds) != len(kinds) {
		t.Errorf("%d kinds for %d", len(pageKinds), len(kinds))
	}
}

func TestHeads(t *testing.T) {
	v, site := publicOf(t, smallDir)
	for _, kind := range pageKinds {
		if kind.paths == nil {
			continue
		}
		for n, path := range kind.paths(v.Campaign()) {
			want := kind.first
			if n > 0 {
				want = kind.each
			}
			if path == "departments/gongxiao/index.html" {
				want = everyHead // nothing of it is out yet
			}
			t.Run(path, func(t *testing.T) {
				tags := metas(t, site[path])
				for _, name := range articleHead {
					if (tags[name] != "") != slices.Contains(want, name) {
						t.Errorf("%s 是“%s”", name, tags[name])
					}
				}
			})
		}
	}
	tags := metas(t, site["cases/jia-zhongzi/index.html"])
	for name, want := range map[string]string{
		"PubDate": "2024-05-20 08:30", "ContentSource": "东城区农业农村局", "ArticleTitle": "某农资店销售<假>种子案",
		"ColumnName": "典型案例", "SiteIDCode": "1111111111", "Keywords": "种子",
	} {
		if tags[name] != want {
			t.Errorf("%s 是“%s”，应为“%s”", name, tags[name], want)
		}
	}
}

func TestPublishedPaths(t *testing.T) {
	for _, dir := range []string{smallDir, sampleDir} {
		v, site := publicOf(t, dir)
		want := []string{
			"robots.txt", "sitemap.xml", "feed.xml",
			"assets/site.css", "assets/site.js", "assets/charts.js", "assets/echarts.min.js", "assets/search-engine.js", "assets/search.js", "search/data/index.js",
		}
		for _, kind := range pageKinds {
			if kind.paths != nil {
				want = append(want, kind.paths(v.Campaign())...)
			}
		}
		for _, i := range v.Campaign().ItemsOf(campaign.Cases) {
			if i.Case.Decision != "" {
				want = append(want, "cases/"+i.Slug+i.Case.Decision[strings.LastIndex(i.Case.Decision, "/"):])
			}
		}
		for _, p := range want {
			if site[p] == "" {
				t.Errorf("%s：没有 %s", dir, p)
			}
		}
	}
}
