package site

import (
	"encoding/xml"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

const smallBase = "https://linjiang.example/zt/nongzi/"

// addressOf is the address under which the small campaign's page is public.
func addressOf(p string) string { return smallBase + strings.TrimSuffix(p, "index.html") }

// isRedirect tells a former address from a page.
func isRedirect(t *testing.T, page string) bool { return head(t, page)["refresh"] != "" }

type mapped struct {
	URLs []struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
	} `xml:"url"`
}

// TestSitemapHoldsEveryPage: the address of every page that search engines may
// keep, once, with the time of its record; of nothing held back, and of no page
// that says noindex.
func TestSitemapHoldsEveryPage(t *testing.T) {
	c, contents := read(t, smallDir)
	site := render(t, release.Public(c, c.ReferenceDate, contents))
	var m mapped
	if err := xml.Unmarshal([]byte(site["sitemap.xml"]), &m); err != nil {
		t.Fatal(err)
	}
	changed := map[string]string{}
	for _, u := range m.URLs {
		if _, twice := changed[u.Loc]; twice {
			t.Errorf("%s stands there twice", u.Loc)
		}
		changed[u.Loc] = u.LastMod
	}
	hidden := []string{"cases/jiu-zhongzi/index.html", "gallery/index.html"}
	for _, p := range site.pages() {
		_, listed := changed[addressOf(p)]
		delete(changed, addressOf(p))
		noindex := head(t, site[p])["robots"] == "noindex"
		if listed == (noindex || p == "404.html") {
			t.Errorf("%s: in the site map %v, noindex %v", p, listed, noindex)
		}
		if noindex != (slices.Contains(hidden, p) || strings.HasPrefix(p, "leave/") || strings.HasPrefix(p, "papers/")) {
			t.Errorf("%s says noindex: %v", p, noindex)
		}
	}
	for address := range changed {
		t.Errorf("%s is no page", address)
	}
	for address, want := range map[string]string{
		"cases/jia-zhongzi/": "2024-05-20T08:30:00+08:00",
		"cases/":             "2024-05-20T08:30:00+08:00",
		"pages/about/":       c.Items[slices.IndexFunc(c.Items, func(i *campaign.Item) bool { return i.Slug == "about" })].PublishedAt.RFC3339(),
	} {
		got := ""
		for _, u := range m.URLs {
			if u.Loc == smallBase+address {
				got = u.LastMod
			}
		}
		if got != want {
			t.Errorf("%s was changed %q, want %q", address, got, want)
		}
	}
	if strings.Contains(site["sitemap.xml"], "weilai") {
		t.Error("a warning of the future is in the site map")
	}
}

// TestSitemapHoldsLaterPages: a list's second page too.
func TestSitemapHoldsLaterPages(t *testing.T) {
	c := many(2*pageSize + 1)
	c.Site.URL = smallBase
	site := render(t, release.Whole(c, campaign.Date{Year: 2060, Month: 1, Day: 1}, noContents{"正文。"}))
	later := 0
	for _, p := range site.pages() {
		if strings.Contains(path.Base(p), "page-") {
			later++
			if strings.Count(site["sitemap.xml"], "<loc>"+addressOf(p)+"</loc>") != 1 {
				t.Errorf("%s is not in the site map", p)
			}
		}
	}
	if later == 0 {
		t.Error("no later page")
	}
}

// TestRobots: everything may be read, and the site map is named where it is.
func TestRobots(t *testing.T) {
	site := renderPublic(t, smallDir)
	if want := "User-agent: *\nAllow: /\n\nSitemap: " + smallBase + "sitemap.xml\n"; site["robots.txt"] != want {
		t.Errorf("robots.txt is %q, want %q", site["robots.txt"], want)
	}
	c, contents := read(t, smallDir)
	nowhere := *c
	nowhere.Site.URL, nowhere.Site.Domain = "", ""
	if got := render(t, release.Public(&nowhere, c.ReferenceDate, contents))["robots.txt"]; strings.Contains(got, "Sitemap") {
		t.Errorf("a site that does not know its address names a site map: %q", got)
	}
}

// TestSitemapPageLeadsEverywhere: from the HTML site map every page can be
// reached with one press, but for the later pages of lists.
func TestSitemapPageLeadsEverywhere(t *testing.T) {
	for _, dir := range []string{smallDir, sampleDir} {
		site := renderPublic(t, dir)
		linked := map[string]int{}
		elements(t, site["sitemap/index.html"], func(n *html.Node) {
			if href, ok := attribute(n, "href"); ok && n.Data == "a" && within(n, "main") {
				linked[path.Join("sitemap", href)]++
			}
		})
		for _, p := range site.pages() {
			reachable := head(t, site[p])["robots"] != "noindex" && p != "sitemap/index.html" && p != "404.html"
			if reachable != (linked[p] == 1) {
				t.Errorf("%s: linked %d times", p, linked[p])
			}
		}
	}
}

func within(n *html.Node, tag string) bool {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && n.Data == tag {
			return true
		}
	}
	return false
}

// TestEveryPageKnowsItsAddress: canonical and og:url are the page's own address,
// a picture is there, and the kinds of JSON-LD are those of the page.
func TestEveryPageKnowsItsAddress(t *testing.T) {
	site := renderPublic(t, smallDir)
	kinds := map[string]string{
		"index.html": "WebSite", "statistics/index.html": "BreadcrumbList Dataset Report",
		"cases/jia-zhongzi/index.html": "Article BreadcrumbList", "warnings/mai-zhongzi/index.html": "Article BreadcrumbList",
		"open/tongzhi/index.html": "Article BreadcrumbList", "pages/about/index.html": "Article BreadcrumbList",
		"summary/q2/index.html": "Article BreadcrumbList", "commitments/nongzi-dian/index.html": "Article BreadcrumbList",
	}
	for _, p := range site.pages() {
		h := head(t, site[p])
		if p == "404.html" || isRedirect(t, site[p]) {
			if h["og:url"] != "" || h["linked"] != "" || p == "404.html" && h["canonical "] != "" {
				t.Errorf("%s is at no address of its own: %v", p, h)
			}
			continue
		}
		if h["canonical "] != addressOf(p) || h["og:url"] != addressOf(p) {
			t.Errorf("%s: canonical %q, og:url %q", p, h["canonical "], h["og:url"])
		}
		for _, name := range []string{"og:title", "og:description", "og:image", "og:image:alt", "og:site_name", "og:type"} {
			if h[name] == "" {
				t.Errorf("%s has no %s", p, name)
			}
		}
		if picture := strings.TrimPrefix(h["og:image"], smallBase); site[picture] == "" {
			t.Errorf("%s: no picture %s", p, h["og:image"])
		}
		if strings.HasPrefix(p, "leave/") {
			continue
		}
		var got []string
		for kind := range linkedTypes(t, site[p]) {
			got = append(got, kind)
		}
		slices.Sort(got)
		want, ok := kinds[p]
		if !ok {
			want = "BreadcrumbList"
		}
		if fmt.Sprint(got) != fmt.Sprint(strings.Fields(want)) {
			t.Errorf("%s: JSON-LD of %v, want %s", p, got, want)
		}
	}
}
