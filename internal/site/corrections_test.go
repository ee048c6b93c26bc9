package site

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// corrected returns the small campaign with a county's count, and with it the
// department's, mended after they were out.
func corrected(t *testing.T) (*campaign.Campaign, release.Contents) {
	t.Helper()
	c, contents := read(t, smallDir)
	d := c.FindDepartment("农业农村局")
	row := c.Form.Find(d, "检查门店")[0]
	number := func(n int64) campaign.Quantity { return campaign.Number(decimal.NewFromInt(n)) }
	whole := &campaign.Correction{
		Round: c.Rounds[1], Department: d, Row: row, Item: row.Name, Old: number(39), New: number(40),
		Reason: "东城区<漏计>一个次", On: c.ReferenceDate,
	}
	county, own := *whole, *whole
	county.Region, county.Old, county.New = c.FindRegion("东城区"), number(32), number(33)
	own.Own, own.Old, own.New, own.On = true, number(8), number(7), c.ReferenceDate.AddDays(1)
	c.Corrections = []*campaign.Correction{whole, &county, &own}
	return c, contents
}

func TestCorrectionsAreToldAndMarked(t *testing.T) {
	c, contents := corrected(t)
	site := withPapers(t, release.Public(c, c.ReferenceDate, contents))
	list := site[correctionsPath]
	for _, want := range []string{
		"第2版", `<tr id="_gengzheng-1"><td>农业农村局</td><th scope="row">检查门店（个次）</th><td class="num">39</td>`, `<td class="nowrap">二季度</td><td class="date">2024-07-10</td>`,
		`<li><a href="../../statistics/index.html">统计数据</a></li><li><span aria-current="page">数据更正</span></li>`,
		`<td>东城区（农业农村局）</td>`, `东城区&lt;漏计&gt;一个次`, `href="../../departments/nongye/index.html#_laiyuan-`,
	} {
		if !strings.Contains(list, want) {
			t.Errorf("更正记录里没有“%s”", want)
		}
	}
	if strings.Contains(list, "本级") {
		t.Error("还没有到日期的更正不应公布")
	}
	mark := func(root string) string { return `href="` + root + `statistics/corrections/index.html#_gengzheng-` }
	for page, want := range map[string]int{
		"departments/nongye/index.html": 5, // the form, a cited table, the sources, and county and whole of the roll-up
		"regions/dongcheng/index.html":  2, // the form and its sources
		"departments/gongan/index.html": 0,
	} {
		if got := strings.Count(site[page], mark("../../")); got != want {
			t.Errorf("%s 里有 %d 处更正标记，应为 %d 处", page, got, want)
		}
	}
	for _, want := range []string{`有2处更正，最近一次在2024年7月10日，现为第2版`, `href="corrections/index.html">数据更正</a>`} {
		if !strings.Contains(strings.ReplaceAll(site["statistics/index.html"], "../statistics/", ""), want) {
			t.Errorf("统计数据页没有“%s”", want)
		}
	}
	if !strings.Contains(site["statistics/index.html"], "更正：原 39，2024-07-10") {
		t.Error("统计表的备注没有写原来的数")
	}
	if !strings.Contains(site["sitemap.xml"], "statistics/corrections/") {
		t.Error("更正记录应当在站点地图里")
	}
	for p, want := range map[string]int{"feed.xml": 2, "departments/nongye/feed.xml": 2, "cases/feed.xml": 0} {
		var f atom
		if err := xml.Unmarshal([]byte(site[p]), &f); err != nil {
			t.Fatal(err)
		}
		told := slices.DeleteFunc(f.Entries, func(e atomEntry) bool { return e.Category.Term != "数据更正" })
		if len(told) != want {
			t.Errorf("%s 说到 %d 处更正，应为 %d 处", p, len(told), want)
		}
		if want > 0 && (told[1].Title != "数据更正：二季度农业农村局“检查门店（个次）”" || told[1].Summary != "原 39，现 40。原因：东城区<漏计>一个次" || !strings.HasSuffix(told[1].Link.Href, correctionsPath[:len(correctionsPath)-len("index.html")]+"#_gengzheng-1") && !strings.HasSuffix(told[1].Link.Href, correctionsPath+"#_gengzheng-1")) {
			t.Errorf("%s: %+v", p, told[1])
		}
	}
	if !strings.Contains(site["statistics/index.html"], `href="../data/penalties.csv"`) {
		t.Error("统计数据页没有行政处罚决定信息摘要")
	}
	checkLinks(t, site)
	checkPage(t, list)
	for p, text := range renderPublic(t, smallDir) {
		if strings.Contains(text, "更正") && strings.HasSuffix(p, ".html") || p == correctionsPath {
			t.Errorf("没有更正，%s 却说到更正", p)
		}
	}
}

// TestNoCorrectionOfWhatIsNotOut: an entry about a round that is not released
// shows nowhere.
func TestNoCorrectionOfWhatIsNotOut(t *testing.T) {
	c, contents := corrected(t)
	day := c.Rounds[1].Release.PublishedAt.AddDays(-1)
	for p, text := range render(t, release.Public(c, day, contents)) {
		if strings.Contains(text, "漏计") || p == correctionsPath {
			t.Errorf("%s 里有没有公开的一期的更正", p)
		}
	}
}
