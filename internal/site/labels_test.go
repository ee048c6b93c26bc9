package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// TestHeadsSayTheRecord: dates and sources of articles are those of the record,
// for every kind of article, and no head has a tag that its kind may not have.
func TestHeadsSayTheRecord(t *testing.T) {
	c, contents := read(t, smallDir)
	site := render(t, release.Public(c, c.ReferenceDate, contents))
	known := []string{
		"SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
		"ArticleTitle", "PubDate", "ContentSource", "Keywords", "Description", "description",
		"viewport", "color-scheme", "format-detection", "robots", "referrer", "theme-color",
	}
	for _, page := range site.pages() {
		tags := metas(t, site[page])
		for name := range tags {
			if !slices.Contains(known, name) {
				t.Errorf("%s：不认识的标签 %s（大小写也要照规定）", page, name)
			}
		}
		for name, want := range map[string]string{"SiteName": c.Site.Name, "SiteDomain": c.Site.Domain, "SiteIDCode": c.Site.Code} {
			if tags[name] != want {
				t.Errorf("%s：%s 是“%s”，应为“%s”", page, name, tags[name], want)
			}
		}
		if (tags["ArticleTitle"] == "") != (tags["PubDate"] == "") || (tags["ArticleTitle"] == "") != (tags["ContentSource"] == "") {
			t.Errorf("%s：ArticleTitle、PubDate、ContentSource 要么都有，要么都没有：%v", page, tags)
		}
		if tags["ArticleTitle"] != "" && tags["ColumnName"] == "" {
			t.Errorf("%s：文章页没有栏目", page)
		}
	}
	articles := 0
	for _, i := range c.Items {
		switch i.Kind {
		case campaign.Cases, campaign.Warnings, campaign.Documents:
		default:
			continue
		}
		page, ok := site[string(i.Kind)+"/"+i.Slug+"/index.html"]
		if !ok {
			continue // held back
		}
		articles++
		tags := metas(t, page)
		if tags["PubDate"] != i.PublishedAt.String() || tags["ArticleTitle"] != i.Title {
			t.Errorf("%s：PubDate %s、ArticleTitle %s，应为 %s、%s", i.File, tags["PubDate"], tags["ArticleTitle"], i.PublishedAt, i.Title)
		}
		if _, shown, _ := strings.Cut(page, "</head>"); !strings.Contains(shown, i.PublishedAt.String()) {
			t.Errorf("%s：页面上没有写发布时间 %s", i.File, i.PublishedAt)
		}
	}
	if articles < 3 {
		t.Errorf("只有 %d 篇文章", articles)
	}
}

// TestFootShowsWhatIsConfigured: each item of the foot is there when it is
// configured, alone, and not when it is not.
func TestFootShowsWhatIsConfigured(t *testing.T) {
	day := campaign.Date{Year: 2024, Month: 1, Day: 2}
	items := []struct {
		label, shown string
		set          func(*campaign.Site)
	}{
		{"主办单位", "某局办", func(s *campaign.Site) { s.Host = "某局办" }},
		{"承办单位", "某中心", func(s *campaign.Site) { s.Operator = "某中心" }},
		{"联系电话", "12345-6", func(s *campaign.Site) { s.Phone = "12345-6" }},
		{"地址", "某路1号", func(s *campaign.Site) { s.Address = "某路1号" }},
		{"ICP备案号", "某ICP备1号", func(s *campaign.Site) { s.ICP = "某ICP备1号" }},
		{"公安备案号", "某公网安备1号", func(s *campaign.Site) { s.Police = "某公网安备1号" }},
		{"我为政府网站找错", "https://zfwzgl.www.gov.cn/x", func(s *campaign.Site) { s.ReportLink = "https://zfwzgl.www.gov.cn/x" }},
	}
	footOf := func(c *campaign.Campaign) string {
		for _, f := range files(t, release.Public(c, day, noContents{})) {
			if f.Path != "index.html" {
				continue
			}
			var b strings.Builder
			if err := f.Write(&b); err != nil {
				t.Fatal(err)
			}
			_, foot, ok := strings.Cut(b.String(), `<footer class="site-foot">`)
			if !ok {
				t.Fatal("没有页脚")
			}
			return foot
		}
		return ""
	}
	for n, item := range items {
		t.Run(item.label, func(t *testing.T) {
			c := bare()
			item.set(&c.Site)
			foot := strings.ReplaceAll(footOf(c), "<wbr>", "")
			if !strings.Contains(foot, item.label) || !strings.Contains(foot, item.shown) {
				t.Errorf("写了却没有显示：%s", foot)
			}
			for m, other := range items {
				if m != n && (strings.Contains(foot, "<dt>"+other.label) || other.label == "我为政府网站找错" && strings.Contains(foot, other.label)) {
					t.Errorf("没有写的“%s”也显示了", other.label)
				}
			}
			for _, always := range []string{"网站标识码", "站点地图"} {
				if !strings.Contains(foot, always) {
					t.Errorf("没有%s", always)
				}
			}
		})
	}
}

// TestArchivingChangesNothingElse: an archived site says so on every page, and
// all else stays as it was.
func TestArchivingChangesNothingElse(t *testing.T) {
	c, contents := read(t, smallDir)
	before := render(t, release.Public(c, c.ReferenceDate, contents))
	archived := *c
	archived.Site.ArchivedOn = c.ReferenceDate
	after := render(t, release.Public(&archived, c.ReferenceDate, contents))
	banner := fmt.Sprintf("<p class=\"notice notice-archived\"><span class=\"wrap\">本专栏已于%s归档，内容保留供查阅，不再更新。</span></p>\n", c.ReferenceDate.Chinese())
	if len(before) != len(after) {
		t.Errorf("归档以后有 %d 个文件，以前有 %d 个", len(after), len(before))
	}
	for p, text := range after {
		if strings.HasSuffix(p, ".html") && strings.Count(text, banner) != 1 {
			t.Errorf("%s：没有归档说明", p)
		}
		if strings.Replace(text, banner, "", 1) != before[p] {
			t.Errorf("%s：归档改了别的：%s", p, firstDifference(before[p], strings.Replace(text, banner, "", 1)))
		}
	}
}
