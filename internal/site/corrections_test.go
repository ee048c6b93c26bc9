package site

import (
	"encoding/xml"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"wangjian/internal/atom"
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
		"departments/nongye/index.html": 3, // the form, its sources, and the county in the roll-up
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
		var f atom.Feed
		if err := xml.Unmarshal([]byte(site[p]), &f); err != nil {
			t.Fatal(err)
		}
		told := slices.DeleteFunc(f.Entries, func(e atom.Entry) bool { return e.Category.Term != "数据更正" })
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

// recorded returns the corrected campaign as its record tells of it: a first and a
// second edition, and two items that were withdrawn in writing.
func recorded(t *testing.T) (*campaign.Campaign, release.Contents) {
	t.Helper()
	c, contents := corrected(t)
	whole := c.Corrections[0]
	first := whole.Round.Release.PublishedAt.Date
	shown := func(x *campaign.Correction, q campaign.Quantity) campaign.PublishedFigure {
		return campaign.PublishedFigure{FigureName: campaign.NameOf(x.Round, x.Row, x.Region, x.Own), Quantity: q}
	}
	h := &campaign.History{Changed: map[string][]campaign.Date{}}
	h.Editions = append(h.Editions, campaign.FiguresEdition{Number: 1, On: first})
	h.Editions = append(h.Editions, campaign.FiguresEdition{Number: 2, On: c.ReferenceDate})
	for _, x := range c.Corrections[:2] {
		h.Editions[0].Figures = append(h.Editions[0].Figures, shown(x, x.Old))
		h.Editions[1].Figures = append(h.Editions[1].Figures, shown(x, x.New))
	}
	warning, penalty := c.ItemsOf(campaign.Warnings)[0], c.ItemsOf(campaign.Cases)[0]
	for _, i := range []*campaign.Item{warning, penalty} {
		c.Withdrawals = append(c.Withdrawals, &campaign.Correction{Withdraws: i.File, Withdrawn: true, Reason: "说法<有误>", On: c.ReferenceDate})
	}
	h.Changed[c.ItemsOf(campaign.Documents)[0].File] = []campaign.Date{{Year: 2024, Month: 3, Day: 1}, c.ReferenceDate}
	c.History = h
	return c, contents
}

// TestGoldenCorrections: the page of corrections says of each the edition that told
// it first, and names what was withdrawn, but no party.
func TestGoldenCorrections(t *testing.T) {
	const file = "testdata/corrections.html"
	c, contents := recorded(t)
	site := render(t, release.Public(c, c.ReferenceDate, contents))
	got := site[correctionsPath]
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || got != string(want) {
		t.Errorf("与 %s 不同（确认无误后用 -update 更新）：%v\n%s", file, err, firstDifference(string(want), got))
	}
	checkPage(t, got)
	if title := c.ItemsOf(campaign.Cases)[0].Title; strings.Contains(got, title) {
		t.Errorf("撤下的案例还写着“%s”", title)
	}
	for _, want := range []string{`<a href="../data/2/statistics.csv" download>`, `<a href="../data/1/statistics.json" download>`, "第1版，" + c.History.Editions[0].On.Chinese()} {
		if !strings.Contains(site["statistics/index.html"], want) {
			t.Errorf("统计数据页没有“%s”", want)
		}
	}
	changed := c.ItemsOf(campaign.Documents)[0]
	if page := site["open/"+changed.Slug+"/index.html"]; !strings.Contains(page, c.History.Changed[changed.File][0].String()+"、"+c.ReferenceDate.String()) {
		t.Error("信息公开没有写两次更新的日子")
	}
	checkPage(t, site["statistics/index.html"])
}

// TestDraftHasNoEdition: what was corrected since the last publication is of the
// next edition.
func TestDraftHasNoEdition(t *testing.T) {
	c, contents := recorded(t)
	c.History.Editions = c.History.Editions[:1]
	page := render(t, release.Public(c, c.ReferenceDate, contents))[correctionsPath]
	if strings.Count(page, "下一版") != 2 || strings.Contains(page, "第2版") {
		t.Error("还没有发布的更正不应有版次")
	}
}
