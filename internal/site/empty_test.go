package site

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/picture"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// bare is a campaign with nothing in it but its name, a department and a round.
func bare() *campaign.Campaign {
	d := &campaign.Department{Named: campaign.Named{Code: "ju", Name: "某局", Short: "某局"}}
	return &campaign.Campaign{
		Name: "某行动", Short: "某行动", Lead: d, Departments: []*campaign.Department{d},
		Rounds: []*campaign.Round{{Named: campaign.Named{Code: "q", Name: "本期", Short: "本期"}, Basis: campaign.Current}},
		Site:   campaign.Site{Name: "某专栏", Domain: "x.example", Code: "0000000000"},
	}
}

type noContents struct{ body string }

func (n noContents) Body(*campaign.Item) ([]byte, error)    { return []byte(n.body), nil }
func (noContents) Picture(string) (*picture.Picture, error) { return nil, nil }
func (noContents) Bind(string, string) error                { return nil }
func (noContents) Bound(string) string                      { return "" }
func (noContents) Open(file string) (io.ReadCloser, error)  { return nil, fmt.Errorf("没有 %s", file) }

func TestEmptyKindsAreNoBlankColumns(t *testing.T) {
	day := campaign.Date{Year: 2024, Month: 1, Day: 2}
	for name, v := range map[string]*release.View{
		"公众版": release.Public(bare(), day, noContents{}),
		"内部版": release.Whole(bare(), day, noContents{}),
	} {
		t.Run(name, func(t *testing.T) {
			site := render(t, v)
			for folder, words := range map[string]string{
				"tasks": "未列出工作重点", "regions": "无分地区数据", "cases": "暂无公布的内容", "warnings": "暂无公布的内容",
				"open": "暂无主动公开的信息", "gallery": "暂无公布的影像资料", "statistics": "统计数据尚未公布",
			} {
				page := folder + "/index.html"
				if !strings.Contains(site[page], words) {
					t.Errorf("%s 应当直说“%s”", page, words)
				}
				if strings.Contains(site["index.html"], `href="`+page) || strings.Contains(site["sitemap.xml"], folder) || strings.Contains(site["sitemap/index.html"], folder) {
					t.Errorf("%s 没有内容，不应有链接指向它", page)
				}
			}
			if !strings.Contains(site["departments/ju/index.html"], "无统计项目") {
				t.Error("没有统计项目的部门应当写明")
			}
			for p := range site {
				if strings.HasPrefix(p, "regions/") && p != "regions/index.html" {
					t.Errorf("没有分地区的内容，不应有 %s", p)
				}
			}
			checkLinks(t, site)
		})
	}
}

// many returns a campaign with n warnings.
func many(n int) *campaign.Campaign {
	c := bare()
	for i := range n {
		item := &campaign.Item{
			Kind: campaign.Warnings, File: fmt.Sprintf("content/warnings/w%03d.md", i), Slug: fmt.Sprintf("w%03d", i),
			Title: fmt.Sprintf("警示%03d", i), Warning: &campaign.WarningRecord{Issuer: "某局"},
		}
		item.Disclosure = campaign.Proactive
		item.PublishedAt = campaign.Moment{Date: campaign.Date{Year: 2024, Month: 1, Day: 1}.AddDays(i)}
		item.Signoffs = nil
		for _, s := range campaign.Stages {
			item.Signoffs = append(item.Signoffs, campaign.Signed{Stage: s, Signoff: campaign.Signoff{By: "某人"}})
		}
		c.Items = append(c.Items, item)
	}
	return c
}

func TestLongListsTurnPages(t *testing.T) {
	c := many(45)
	site := withPapers(t, release.Public(c, campaign.Date{Year: 2025, Month: 1, Day: 1}, noContents{"正文。"}))
	count := func(page string) int { return strings.Count(site[page], `class="entry"`) }
	if a, b, d := count("warnings/index.html"), count("warnings/page-2.html"), count("warnings/page-3.html"); a != 20 || b != 20 || d != 5 {
		t.Errorf("各页有 %d、%d、%d 条，应为 20、20、5", a, b, d)
	}
	if _, ok := site["warnings/page-4.html"]; ok {
		t.Error("多出第4页")
	}
	first, second := site["warnings/index.html"], site["warnings/page-2.html"]
	if !strings.Contains(first, "警示044") || strings.Contains(first, "警示020") || !strings.Contains(second, "警示024") {
		t.Error("列表应当新的在前")
	}
	if !strings.Contains(second, `<meta name="ColumnName" content="消费警示">`) {
		t.Error("后面各页也是这个栏目的页面")
	}
	checkLinks(t, site)
	if got := strings.Count(site["feed.xml"], "<entry>"); got != 45 {
		t.Errorf("订阅里有 %d 条", got)
	}
}

func TestTwoContentsOfOneAddress(t *testing.T) {
	c := many(2)
	c.Items[1].Slug = strings.ToUpper(c.Items[0].Slug)
	v := release.Whole(c, campaign.Date{Year: 2025, Month: 1, Day: 1}, noContents{})
	_, err := Files(v, stats.Of(v), layouts.Over(nil), drawer(t))
	if err == nil || !strings.Contains(err.Error(), "同一个地址") {
		t.Errorf("两个内容同一个地址，应当报错：%v", err)
	}
}

func TestNewestStandFirst(t *testing.T) {
	c := many(3)
	items := slices.Clone(c.Items)
	slices.SortStableFunc(items, newestFirst)
	if items[0].Title != "警示002" || items[2].Title != "警示000" {
		t.Errorf("次序不对：%s、%s、%s", items[0].Title, items[1].Title, items[2].Title)
	}
}
