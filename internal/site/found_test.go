package site

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"wangjian/internal/atom"
	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// TestFeedsAreAtom holds the feeds to what RFC 4287 asks for: ids that are
// absolute and each once, times with a zone, a link and an author.
func TestFeedsAreAtom(t *testing.T) {
	c, contents := read(t, smallDir)
	nowhere := *c
	nowhere.Site.URL, nowhere.Site.Domain = "", ""
	for name, c := range map[string]*campaign.Campaign{"with an address": c, "without": &nowhere} {
		t.Run(name, func(t *testing.T) {
			site := render(t, release.Public(c, c.ReferenceDate, contents))
			feeds := 0
			for p, text := range site {
				if !strings.HasSuffix(p, "feed.xml") {
					continue
				}
				feeds++
				var f atom.Feed
				if err := xml.Unmarshal([]byte(text), &f); err != nil {
					t.Fatalf("%s: %v", p, err)
				}
				seen := map[string]bool{}
				check := func(id, updated string) {
					scheme, _, _ := strings.Cut(id, ":")
					if scheme != "https" && scheme != "urn" || seen[id] {
						t.Errorf("%s: id %q", p, id)
					}
					seen[id] = true
					if _, err := time.Parse(time.RFC3339, updated); err != nil {
						t.Errorf("%s: %v", p, err)
					}
				}
				check(f.ID, f.Updated)
				if f.Author == "" || len(f.Links) != 2 || f.Links[0].Rel != "self" || len(f.Entries) == 0 {
					t.Errorf("%s: %+v", p, f)
				}
				for _, e := range f.Entries {
					check(e.ID, e.Updated)
					if e.Title == "" || e.Author == "" || e.Link.Href == "" {
						t.Errorf("%s: %+v", p, e)
					}
				}
			}
			for _, p := range []string{"feed.xml", "warnings/feed.xml", "cases/feed.xml", "summary/feed.xml", "departments/nongye/feed.xml"} {
				if site[p] == "" {
					t.Errorf("no %s", p)
				}
			}
			if feeds != 5 { // 供销社 has published nothing
				t.Errorf("%d feeds", feeds)
			}
			if strings.Contains(site["warnings/feed.xml"], "典型案例") || !strings.Contains(site["cases/feed.xml"], "jiu-zhongzi") == (c.Site.URL != "") {
				t.Error("a feed holds what is not its own, or an id has moved with the item")
			}
		})
	}
}

// head returns a page's elements of the head by a short name.
func head(t *testing.T, page string) map[string]string {
	t.Helper()
	found := map[string]string{}
	elements(t, page, func(n *html.Node) {
		value := func(key string) string { v, _ := attribute(n, key); return v }
		switch {
		case n.Data == "link":
			found[value("rel")+" "+value("title")] = value("href")
		case n.Data == "meta":
			found[value("name")+value("property")+value("http-equiv")] = value("content")
		case n.Data == "script" && value("type") == "application/ld+json":
			found["linked"] = n.FirstChild.Data
		}
	})
	return found
}

func TestFormerAddress(t *testing.T) {
	h := head(t, renderPublic(t, smallDir)["cases/jiu-zhongzi/index.html"])
	for name, want := range map[string]string{
		"refresh": "0; url=../../cases/jia-zhongzi/index.html", "robots": "noindex", "og:url": "", "linked": "",
		"canonical ": "https://linjiang.example/zt/nongzi/cases/jia-zhongzi/",
	} {
		if h[name] != want {
			t.Errorf("%s is %q, want %q", name, h[name], want)
		}
	}
}

// linkedTypes returns the nodes of a page's JSON-LD by type.
func linkedTypes(t *testing.T, page string) map[string]map[string]any {
	t.Helper()
	var data struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	raw := head(t, page)["linked"]
	if err := json.Unmarshal([]byte(raw), &data); err != nil || data.Context != "https://schema.org" {
		t.Fatalf("JSON-LD: %v in %.200s", err, raw)
	}
	found := map[string]map[string]any{}
	for _, node := range data.Graph {
		found[node["@type"].(string)] = node
	}
	return found
}

// TestLinkedData holds JSON-LD to the properties that schema.org's readers ask
// for, and to the words of the page.
func TestLinkedData(t *testing.T) {
	site := renderPublic(t, smallDir)
	dataset := linkedTypes(t, site["statistics/index.html"])["Dataset"]
	for _, key := range []string{"name", "description", "url", "creator", "publisher", "distribution", "temporalCoverage", "spatialCoverage", "variableMeasured", "isAccessibleForFree", "dateModified"} {
		if dataset[key] == nil {
			t.Errorf("Dataset has no %s", key)
		}
	}
	if n := len([]rune(dataset["description"].(string))); n < 50 || n > 5000 {
		t.Errorf("a description of %d characters", n)
	}
	if dataset["license"] != nil {
		t.Error("a licence that nobody gave")
	}
	for _, d := range dataset["distribution"].([]any) {
		address := d.(map[string]any)["contentUrl"].(string)
		if p, ok := strings.CutPrefix(address, "https://linjiang.example/zt/nongzi/"); !ok || !elsewhere[p] {
			t.Errorf("%s is not published", address)
		}
	}
	if report := linkedTypes(t, site["statistics/index.html"])["Report"]; report["url"] != "https://linjiang.example/zt/nongzi/report.pdf" {
		t.Errorf("Report %v", report)
	}
	item := linkedTypes(t, site["cases/jia-zhongzi/index.html"])
	if item["Article"]["headline"] != "某农资店销售<假>种子案" || item["Article"]["datePublished"] != "2024-05-20T08:30:00+08:00" {
		t.Errorf("Article %v", item["Article"])
	}
	crumbs := item["BreadcrumbList"]["itemListElement"].([]any)
	if len(crumbs) != 3 || crumbs[1].(map[string]any)["item"] != "https://linjiang.example/zt/nongzi/cases/" {
		t.Errorf("breadcrumbs %v", crumbs)
	}
	if strings.Contains(site["cases/jia-zhongzi/index.html"], "<假>") {
		t.Error("a title is not escaped")
	}
	for _, p := range site.pages() {
		if p != "404.html" && p != "index.html" && !strings.HasPrefix(p, "leave/") && p != "cases/jiu-zhongzi/index.html" && linkedTypes(t, site[p])["BreadcrumbList"] == nil {
			t.Errorf("%s has no breadcrumbs", p)
		}
	}
}

// TestPicturesOfLinks: every page names a picture that is there, by its full
// address or not at all.
func TestPicturesOfLinks(t *testing.T) {
	c, contents := read(t, smallDir)
	site := render(t, release.Public(c, c.ReferenceDate, contents))
	for _, p := range site.pages() {
		image, there := head(t, site[p])["og:image"]
		picture, ok := strings.CutPrefix(image, "https://linjiang.example/zt/nongzi/")
		if there && (!ok || !strings.HasPrefix(site[picture], "\x89PNG")) {
			t.Errorf("%s: %s is not published", p, image)
		}
	}
	if got := head(t, site["warnings/mai-zhongzi/index.html"])["og:image"]; !strings.HasSuffix(got, "/warnings/mai-zhongzi/preview.png") {
		t.Errorf("a warning's picture is %s", got)
	}
	nowhere := *c
	nowhere.Site.URL, nowhere.Site.Domain = "", ""
	v := release.Public(&nowhere, c.ReferenceDate, contents)
	list, err := Files(v, stats.Of(v), layouts.Over(nil), drawer(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if f.Path == "sitemap.xml" {
			t.Error("a site map without addresses")
		}
		var b strings.Builder
		if f.Path == "warnings/mai-zhongzi/index.html" {
			if err := f.Write(&b); err != nil {
				t.Fatal(err)
			}
			if h := head(t, b.String()); h["og:image"] != "" || h["canonical "] != "" {
				t.Errorf("addresses of a site that does not know its own: %v", h)
			}
		}
	}
}

func TestSitemapOfManyPagesIsInParts(t *testing.T) {
	c := many(1)
	v := release.Whole(c, campaign.Date{Year: 2060, Month: 1, Day: 1}, noContents{"正文。"})
	s, err := newSite(v, stats.Of(v), layouts.Over(nil), drawer(t))
	if err != nil {
		t.Fatal(err)
	}
	for n := range sitemapLimit + 10 {
		s.pages = append(s.pages, &page{path: listPath("x", n)})
	}
	parts := map[string]int{}
	for _, f := range sitemapXML(s) {
		var b strings.Builder
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		parts[f.Path] = strings.Count(b.String(), "<loc>")
	}
	if len(parts) != 3 || parts["sitemap.xml"] != 2 || parts["sitemap-1.xml"] != sitemapLimit || parts["sitemap-2.xml"] != 10 {
		t.Errorf("parts %v", parts)
	}
}
