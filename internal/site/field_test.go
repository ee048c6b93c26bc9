package site

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// TestFootLinks: the numbers of the foot lead to where they are looked up, a
// telephone is called, the marks that a campaign supplies stand before them, and
// the portal begins every trail.
func TestFootLinks(t *testing.T) {
	c, contents := read(t, smallDir)
	c.Site.ICP, c.Site.Police, c.Site.Phone = "赣ICP备00000000号", "赣公网安备 36070002000000号", "0797-0000000"
	c.Site.OrganURL, c.Site.PortalName, c.Site.PortalURL = "https://bszs.conac.cn/sitename?id=0", "临江市人民政府", "https://www.linjiang.gov.cn/"
	c.Site.Hotline = "12315"
	c.Looks.Emblems = map[string]campaign.Logo{campaign.PoliceEmblem: {File: "gongan.png", Width: 22, Height: 24}}
	site := rendered{}
	v := release.Public(c, c.ReferenceDate, contents)
	list, err := Files(v, stats.Of(v), layouts.Over(fstest.MapFS{"gongan.png": {Data: []byte("a picture")}}), drawer(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if strings.HasSuffix(f.Path, ".html") {
			var b bytes.Buffer
			if err := f.Write(&b); err != nil {
				t.Fatal(err)
			}
			site[f.Path] = b.String()
		}
	}
	hrefs := func(page string) map[string]string {
		list := map[string]string{}
		elements(t, site[page], func(n *html.Node) {
			if href, ok := attribute(n, "href"); ok && n.Data == "a" {
				list[textIn(n)] = href
			}
		})
		return list
	}
	home := hrefs("index.html")
	for text, want := range map[string]string{
		"赣ICP备00000000号": "https://beian.miit.gov.cn/", "赣公网安备 36070002000000号": "https://beian.mps.gov.cn/#/query/webSearch?code=36070002000000",
		"0797-0000000": "tel:0797-0000000", "临江市人民政府": "https://www.linjiang.gov.cn/",
	} {
		if home[text] != want {
			t.Errorf("%s leads to %q, want %q", text, home[text], want)
		}
	}
	// What is outside .gov.cn is left for over a page that says so.
	for _, text := range []string{"党政机关", "网上投诉：全国12315平台"} {
		if !strings.HasPrefix(home[text], "leave/") {
			t.Errorf("%s leads to %q", text, home[text])
		}
	}
	if !strings.Contains(site["index.html"], `src="assets/gongan.png"`) {
		t.Error("the mark of 公安备案 is not shown")
	}
	if strings.Contains(site["index.html"], "dangzheng") {
		t.Error("a mark that nobody supplied")
	}
	if trail := hrefs("warnings/index.html"); trail["临江市人民政府"] == "" || trail["首页"] == "" {
		t.Errorf("the trail is %v", trail)
	}
}

// TestForthcoming: what is announced stands on its page and in the calendar, what is
// not announced yet stands in neither; a campaign that asks for none has none.
func TestForthcoming(t *testing.T) {
	c, contents := read(t, smallDir)
	day := c.ReferenceDate
	if site := render(t, release.Public(c, day, contents)); site[forthcomingPath]+site[calendarPath] != "" {
		t.Error("an announcement that nobody asked for")
	}
	c.Forthcoming = []campaign.Forthcoming{
		{Name: "二季度统计数据，含各县", On: c.Rounds[1].Release.PublishedAt.Date, Announced: day.AddDays(-60), Round: c.Rounds[1]},
		{Name: "年度报告", On: day.AddDays(28), Announced: day},
		{Name: "明年的计划", On: day.AddDays(60), Announced: day.AddDays(1)},
	}
	site := render(t, release.Public(c, day, contents))
	page, calendar := site[forthcomingPath], site[calendarPath]
	for _, want := range []string{"年度报告", day.AddDays(28).Chinese(), "待发布", "已发布", "statistics/index.html#q2", "calendar.ics"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	for _, want := range []string{
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "SUMMARY:年度报告\r\n", "二季度统计数据，含各县",
		"DTSTART;VALUE=DATE:" + strings.ReplaceAll(day.AddDays(28).String(), "-", "") + "\r\n", "\r\nEND:VCALENDAR\r\n",
	} {
		if !strings.Contains(calendar, want) {
			t.Errorf("the calendar does not have %q:\n%s", want, calendar)
		}
	}
	// A round that is held back is not told to be out.
	held := *c.Rounds[1].Release
	held.PublishedAt.Date, c.Rounds[1].Release = day.AddDays(3), &held
	if page := render(t, release.Public(c, day, contents))[forthcomingPath]; strings.Contains(page, "已发布") || !strings.Contains(page, "二季度统计数据") {
		t.Error("what is held back is told to be out")
	}
	if strings.Contains(page+calendar, "明年的计划") {
		t.Error("it says what is not announced yet")
	}
	for _, line := range strings.Split(strings.TrimSuffix(calendar, "\r\n"), "\r\n") {
		if len(line) > mostOctets || strings.Contains(line, "\n") {
			t.Errorf("a line of %d octets: %s", len(line), line)
		}
	}
	if !strings.Contains(site["progress/index.html"], "calendar/index.html") {
		t.Error("行动进展 does not lead to it")
	}
}

// TestCommitments: the list counts by 主体类型, the list and the priorities lead to it,
// and one that is held back is nowhere.
func TestCommitments(t *testing.T) {
	c, contents := read(t, smallDir)
	held := *c.ItemsOf(campaign.Commitments)[0]
	made := *held.Commitment
	made.Party, held.Commitment, held.File, held.Slug, held.Disclosure = "某某不公开的店", &made, "content/commitments/bu.md", "bu", campaign.OnRequest
	c.Items = append(c.Items, &held)
	site := render(t, release.Public(c, c.ReferenceDate, contents))
	list := site["commitments/index.html"]
	for _, want := range []string{`href="../commitments/nongzi-dian/index.html"`, "东城区某农资店", "<dt>平台内经营者</dt><dd>1份</dd>", "../data/commitments.csv", "2024-03-11"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list does not have %s", want)
		}
	}
	if page := site["commitments/nongzi-dian/index.html"]; !strings.Contains(page, "不卖假种子") || !strings.Contains(page, `<span class="download-name">承诺书原件</span>`) {
		t.Error("the commitment does not say what is promised, or has no attachment")
	}
	for _, path := range []string{"index.html", "tasks/index.html"} {
		if !strings.Contains(site[path], "公开的信用承诺1份") {
			t.Errorf("%s does not count the commitments", path)
		}
	}
	for path, text := range site {
		if strings.Contains(text, made.Party) {
			t.Errorf("%s shows what is held back", path)
		}
	}
}

// TestNoFilePaths: the public's pages name no file of the campaign's folder.
func TestNoFilePaths(t *testing.T) {
	path := regexp.MustCompile(`(?:data|content)/[\w/-]+\.(?:yaml|md)\b`)
	for name, text := range renderPublic(t, sampleDir) {
		if found := path.FindString(text); found != "" && (strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".xml")) {
			t.Errorf("%s names %s", name, found)
		}
	}
}
