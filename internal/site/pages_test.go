package site

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// TestHeads: the tags of 国办发〔2017〕47号, by the kind of page.
func metas(t *testing.T, page string) map[string]string {
	t.Helper()
	tags := map[string]string{}
	elements(t, page, func(n *html.Node) {
		name, ok := attribute(n, "name")
		if n.Data != "meta" || !ok {
			return
		}
		content, _ := attribute(n, "content")
		if strings.TrimSpace(content) == "" || content == "null" || content == "undefined" {
			t.Errorf("空的 meta：%s", name)
		}
		tags[name] = content
	})
	return tags
}

var publishedAt = regexp.MustCompile(`^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$`)

// TestEveryPage: what holds of every page of both sites, for both audiences.
func TestEveryPage(t *testing.T) {
	for _, dir := range []string{sampleDir, smallDir} {
		c, _ := read(t, dir)
		for name, site := range map[string]rendered{"公众版 ": renderPublic(t, dir), "内部版 ": renderWhole(t, dir)} {
			for _, page := range site.pages() {
				t.Run(name+c.Short+" "+page, func(t *testing.T) { checkPage(t, site[page]) })
			}
		}
	}
}

func checkPage(t *testing.T, page string) {
	t.Helper()
	if tags := metas(t, page); tags["PubDate"] != "" && !publishedAt.MatchString(tags["PubDate"]) {
		t.Errorf("PubDate 的形式不对：%s", tags["PubDate"])
	}
	if !strings.Contains(page, "示例数据") {
		t.Error("示例没有标明")
	}
	seen := map[string]bool{}
	level, titles := 0, 0
	elements(t, page, func(n *html.Node) {
		checkAttributes(t, n)
		if id, ok := attribute(n, "id"); ok {
			if seen[id] || id == "" {
				t.Errorf("id 重复或为空：%s", id)
			}
			seen[id] = true
		}
		switch n.Data {
		case "style":
			if !strings.Contains(html.UnescapeString(page), "style-src 'self' 'sha256-") { // 404.html has its own
				t.Error("页面里有 <style>")
			}
		case "script":
			if kind, _ := attribute(n, "type"); n.FirstChild != nil && kind != "application/json" && kind != "application/ld+json" { // data, which no browser runs
				t.Error("页面里有内嵌脚本")
			}
		case "html":
			if lang, _ := attribute(n, "lang"); lang != "zh-CN" {
				t.Errorf("lang 是 %s", lang)
			}
		case "img":
			if alt, _ := attribute(n, "alt"); strings.TrimSpace(alt) == "" {
				t.Error("图片没有替代文字")
			}
		case "h1", "h2", "h3", "h4", "h5", "h6":
			next, _ := strconv.Atoi(n.Data[1:])
			if next > level+1 {
				t.Errorf("标题从 h%d 跳到 h%d", level, next)
			}
			level = next
			if next == 1 {
				titles++
			}
		}
	})
	if titles != 1 {
		t.Errorf("有 %d 个 h1", titles)
	}
	if !strings.Contains(page, `content="default-src &#39;self&#39;`) && !strings.Contains(page, `content="default-src 'self'`) {
		t.Error("没有内容安全策略")
	}
}

func checkAttributes(t *testing.T, n *html.Node) {
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			t.Errorf("<%s> 有内嵌的 %s", n.Data, a.Key)
		}
		if strings.Contains(a.Val, "ZgotmplZ") {
			t.Errorf("<%s %s> 的值被模板挡下了", n.Data, a.Key)
		}
	}
}

// TestNothingHeldBackShows: on the day before the final round is out, nothing
// of it is in any byte of the public site.
func TestNothingHeldBackShows(t *testing.T) {
	c, contents := read(t, smallDir)
	for name, site := range map[string]rendered{
		"全部公开后": render(t, release.Public(c, c.ReferenceDate, contents)),
		"二季度之前": render(t, release.Public(c, c.Rounds[1].Release.PublishedAt.AddDays(-1), contents)),
	} {
		for page, text := range site {
			for _, secret := range []string{"机密词语", "初审员甲", "保密员丁", "weilai"} {
				if strings.Contains(text, secret) || strings.Contains(page, secret) {
					t.Errorf("%s：%s 里有“%s”", name, page, secret)
				}
			}
			if name == "二季度之前" && (strings.Contains(text, "二季度") || strings.Contains(text, "12.50")) {
				t.Errorf("%s 里有还没有公开的一期", page)
			}
		}
	}
}

func TestOfficeSeesWhatIsHeldBack(t *testing.T) {
	c, contents := read(t, smallDir)
	day := c.Rounds[1].Release.PublishedAt.AddDays(-1)
	office := render(t, release.Whole(c, day, contents))
	for page, want := range map[string]string{
		"warnings/weilai/index.html":    `<strong>未公开</strong>：发布日期未到（2024-12-01）`,
		"warnings/index.html":           `机密词语乙：尚未发布的警示</a> <span class="badge badge-held">未公开</span>`,
		"departments/nongye/index.html": `机密词语甲`,
		"statistics/index.html":         `二季度统计表 <span class="badge badge-held">未公开</span>`,
		"index.html":                    `内部预览`,
		"progress/index.html":           `二季度报送台账`,
	} {
		if !strings.Contains(strings.ReplaceAll(office[page], "<wbr>", ""), want) {
			t.Errorf("内部版的 %s 没有“%s”", page, want)
		}
	}
	public := render(t, release.Public(c, day, contents))
	if strings.Contains(public["progress/index.html"], "台账") {
		t.Error("台账只供内部，不应在公众版出现")
	}
	open := *c
	open.LedgerPublic = true
	// A narrative that is held back has been handed in: the public ledger may
	// say that it is not out, and never that it was not reported.
	held := c.ItemAt("content/narratives/q2/nongye.md")
	open.Items = slices.DeleteFunc(slices.Clone(c.Items), func(i *campaign.Item) bool { return i == held })
	kept := *held
	kept.Disclosure = campaign.OnRequest
	open.Items = append(open.Items, &kept)
	ledger := render(t, release.Public(&open, c.ReferenceDate, contents))["progress/index.html"]
	if !strings.Contains(ledger, "一季度报送台账") {
		t.Error("台账公开: true 时公众版应有台账")
	}
	if !strings.Contains(ledger, "未公布</span>") || !strings.Contains(ledger, "已公布</span>") {
		t.Error("公众版的台账只说总结公布了没有，不说报了没有")
	}
}

func TestBanners(t *testing.T) {
	c, contents := read(t, smallDir)
	archived := *c
	archived.Sample = false
	archived.Site.ArchivedOn = c.ReferenceDate
	site := render(t, release.Public(&archived, c.ReferenceDate, contents))
	for _, page := range site.pages() {
		if strings.Contains(site[page], "示例数据") {
			t.Errorf("%s：不是示例却标了示例数据", page)
		}
		if !strings.Contains(site[page], "本专栏已于2024年7月10日归档") {
			t.Errorf("%s：没有归档说明", page)
		}
	}
	// A day that has not come is announced, and nothing is said to have been done.
	archived.Site.ArchivedOn = c.ReferenceDate.AddDays(1)
	site = render(t, release.Public(&archived, c.ReferenceDate, contents))
	for _, page := range site.pages() {
		if strings.Contains(site[page], "已于") || !strings.Contains(site[page], "本专栏将于2024年7月11日归档") {
			t.Errorf("%s：没有说将要归档", page)
		}
	}
}
