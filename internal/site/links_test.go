package site

import (
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/url"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// elsewhere are the files that other packages publish.
var elsewhere = map[string]bool{
	"data/statistics.csv": true, "data/statistics.json": true, "data/statistics.xlsx": true, "data/datapackage.json": true,
}

// elements visits the elements of a page.
func elements(t *testing.T, page string, visit func(*html.Node)) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			visit(n)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
}

func attribute(n *html.Node, name string) (value string, ok bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func ids(t *testing.T, page string) map[string]bool {
	found := map[string]bool{}
	elements(t, page, func(n *html.Node) {
		if id, ok := attribute(n, "id"); ok {
			found[id] = true
		}
	})
	return found
}

// checkLinks reports every href, src and poster that leads nowhere: to no file,
// to no place in it, to a folder, or to another host without saying so.
func checkLinks(t *testing.T, site rendered) {
	t.Helper()
	places := map[string]map[string]bool{}
	for _, page := range site.pages() {
		places[page] = ids(t, site[page])
	}
	for _, page := range site.pages() {
		if page == "404.html" {
			continue // its links are full addresses; see TestErrorPage
		}
		elements(t, site[page], func(n *html.Node) {
			for _, name := range []string{"href", "src", "poster", "action"} {
				if link, ok := attribute(n, name); ok {
					checkLink(t, site, places, page, n, link)
				}
			}
		})
	}
}

func checkLink(t *testing.T, site rendered, places map[string]map[string]bool, page string, n *html.Node, link string) {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil || link == "" {
		t.Errorf("%s：坏链接“%s”", page, link)
		return
	}
	if rel, _ := attribute(n, "rel"); rel == "canonical" {
		return
	}
	switch u.Scheme {
	case "":
	case "tel":
		return
	case "http", "https":
		rel, _ := attribute(n, "rel")
		leaving := strings.HasPrefix(page, "leave/") && strings.Contains(rel, "nofollow")
		if n.Data != "a" || !leaving && !strings.HasSuffix(u.Hostname(), ".gov.cn") {
			t.Errorf("%s：<%s> 直接离开本站：%s", page, n.Data, link)
		}
		return
	default:
		t.Errorf("%s：不安全的链接 %s", page, link)
		return
	}
	target := page
	if u.Path != "" {
		if strings.HasPrefix(u.Path, "/") || strings.HasSuffix(u.Path, "/") {
			t.Errorf("%s：链接没有写到文件：%s", page, link)
			return
		}
		target = path.Join(path.Dir(page), u.Path)
	}
	if _, ok := site[target]; !ok && !elsewhere[target] && path.Ext(target) != ".csv" {
		t.Errorf("%s：死链接 %s", page, link)
		return
	}
	if u.Fragment != "" && !places[target][u.Fragment] {
		t.Errorf("%s：%s 里没有 #%s", page, target, u.Fragment)
	}
}

// withPapers renders a site and names the papers that lie beside its pages.
func withPapers(t *testing.T, v *release.View) rendered { return addPapers(render(t, v), v) }

func addPapers(pages rendered, v *release.View) rendered {
	site := maps.Clone(pages)
	for _, p := range pdf.Papers(v, stats.Of(v)) {
		for _, f := range pdf.FormatsOf(v.Campaign()) {
			site[f.Named(p.Path)] = ""
		}
	}
	return site
}

// TestPapersAsOFD: with 公开OFD every page that links to a PDF links to the same as
// OFD beside it, which is there; without it no page does.
func TestPapersAsOFD(t *testing.T) {
	c, contents := read(t, smallDir)
	for _, c.OFD = range []bool{false, true} {
		site := withPapers(t, release.Public(c, c.ReferenceDate, contents))
		checkLinks(t, site)
		for _, p := range pdf.Papers(release.Public(c, c.ReferenceDate, contents), stats.Of(release.Public(c, c.ReferenceDate, contents))) {
			page := path.Dir(p.Path) + "/index.html"
			if path.Dir(p.Path) == "." {
				page = "statistics/index.html"
			}
			for _, f := range pdf.Formats {
				linked := strings.Contains(site[page], "/"+f.Named(p.Path)+`" download`)
				if linked != (f.Name == pdf.PDF.Name || c.OFD) {
					t.Errorf("公开OFD: %v: %s links to %s: %v", c.OFD, page, f.Named(p.Path), linked)
				}
			}
		}
	}
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	for _, dir := range []string{sampleDir, smallDir} {
		c, contents := read(t, dir)
		t.Run("公众版 "+c.Short, func(t *testing.T) {
			checkLinks(t, addPapers(renderPublic(t, dir), release.Public(c, c.ReferenceDate, contents)))
		})
		t.Run("内部版 "+c.Short, func(t *testing.T) {
			checkLinks(t, addPapers(renderWhole(t, dir), release.Whole(c, c.ReferenceDate, contents)))
		})
	}
}

func TestErrorPage(t *testing.T) {
	site := renderPublic(t, smallDir)
	base := "https://linjiang.example/zt/nongzi/"
	beside := map[string]bool{"assets/site.js": true} // for a look at it without a server
	if !strings.Contains(site["404.html"], `"`+base+"assets/site.js") {
		t.Error("404.html 没有写全 assets/site.js 的地址")
	}
	// Its style comes with it, and the policy lets in that one.
	_, style, _ := strings.Cut(site["404.html"], "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	sum := sha256.Sum256([]byte(style))
	if style != site["assets/site.css"] || !strings.Contains(html.UnescapeString(site["404.html"]), "style-src 'self' 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
		t.Errorf("404.html has no style of its own: %d bytes", len(style))
	}
	elements(t, site["404.html"], func(n *html.Node) {
		for _, name := range []string{"href", "src"} {
			link, ok := attribute(n, name)
			switch {
			case !ok, strings.HasPrefix(link, "#"), strings.HasPrefix(link, "tel:"), beside[link]:
			case !strings.HasPrefix(link, base):
				t.Errorf("404.html 在任何一层都可能出现，链接要写全：%s", link)
			case site[strings.TrimPrefix(link, base)] == "":
				t.Errorf("404.html 的死链接：%s", link)
			}
		}
	})
}

func TestLeavingIsSaid(t *testing.T) {
	site := renderPublic(t, smallDir)
	page := site["cases/jia-zhongzi/index.html"]
	if !strings.Contains(page, `<a href="https://www.gov.cn/fa.html" rel="external noopener"`) {
		t.Error("政府网站应当直接链接")
	}
	if strings.Contains(page, `href="https://baike`) {
		t.Error("政府网站以外的链接应当先到提示页")
	}
	if strings.Contains(page, "javascript:") {
		t.Error("不安全的链接应当只剩文字")
	}
	found := 0
	for p, text := range site {
		if !strings.HasPrefix(p, "leave/") {
			continue
		}
		found++
		if strings.Contains(text, "baike.example.com") && !strings.Contains(text, `href="https://baike.example.com/a?b=1&amp;c=2"`) {
			t.Errorf("%s 没有写出要去的地址", p)
		}
		if strings.Contains(site["sitemap.xml"], strings.TrimSuffix(p, "index.html")) {
			t.Error("提示页不应进站点地图")
		}
	}
	if found != 2 {
		t.Errorf("有 %d 个提示页，应为 2 个（正文一个，找错链接一个）", found)
	}
}

func TestAttachmentsOfOneName(t *testing.T) {
	taken := map[string]bool{}
	var names []string
	for _, base := range []string{"表.xlsx", "表.xlsx", "index.html", "INDEX.HTML", "2-表.xlsx"} {
		names = append(names, freeName("open/x", base, taken))
	}
	if got, want := strings.Join(names, " "), "表.xlsx 2-表.xlsx 2-index.html 3-INDEX.HTML 2-2-表.xlsx"; got != want {
		t.Errorf("得到 %s，应为 %s", got, want)
	}
}

// TestWhoLeaves: .gov.cn and the site itself are at home; a name that only looks
// like them is not.
func TestWhoLeaves(t *testing.T) {
	s := &site{campaign: &campaign.Campaign{Site: campaign.Site{Domain: "zhuanlan.example"}}, base: "https://www.zhuanlan.example/zt/"}
	for host, leaves := range map[string]bool{
		"www.gov.cn": false, "gov.cn": false, "GOV.CN.": false, "zhuanlan.example": false, "www.zhuanlan.example": false,
		"evilgov.cn": true, "gov.cn.evil.example": true, "www.zhuanlan.example.evil": true, "baike.example": true,
	} {
		if got := s.leaves(host); got != leaves {
			t.Errorf("%s leaves: %v", host, got)
		}
	}
}

// TestLeavingToThePublicitySystem: the cases' link to the province's system goes
// over a page too; without cases nothing links there.
func TestLeavingToThePublicitySystem(t *testing.T) {
	const system = "https://gsxt.example/jiangxi"
	s := &site{campaign: &campaign.Campaign{Publicity: campaign.Publicity{URL: system}}, base: "https://www.zhuanlan.example/zt/"}
	if list, _ := s.findDepartures(); len(list) > 0 {
		t.Errorf("without cases: %v", list)
	}
	s.byKind = map[campaign.Kind][]*campaign.Item{campaign.Cases: {{}}}
	if list, pages := s.findDepartures(); len(list) != 1 || list[0].url != system || pages[system] != list[0].path {
		t.Errorf("%v, %v", list, pages)
	}
}
