//go:build whole

package main

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/project"
	"wangjian/internal/soak"
	"wangjian/layouts"
)

// madeAt is the public site of a campaign's folder at a time.
func madeAt(t *testing.T, dir, at string, drawer *card.Painter) *renderedSite {
	t.Helper()
	now, err := campaign.ParseInstant(at)
	if err != nil {
		t.Fatal(err)
	}
	r := project.Read(os.DirFS(dir), func(*campaign.Campaign) campaign.Moment { return now })
	for _, f := range r.Findings {
		if f.Level == campaign.Error {
			t.Fatalf("%s: %s %s", at, f.At, f.Message)
		}
	}
	return made(t, r.Public, drawer)
}

// differences lists the files that are not the same in two sites, those of one
// alone marked with + or -.
func differences(before, after *renderedSite) []string {
	files := map[string]bool{}
	for _, p := range slices.Concat(before.Paths(), after.Paths()) {
		files[p] = true
	}
	var list []string
	for _, p := range slices.Sorted(maps.Keys(files)) {
		was, hadIt := before.File(p)
		is, hasIt := after.File(p)
		switch {
		case !hadIt:
			list = append(list, "+"+p)
		case !hasIt:
			list = append(list, "-"+p)
		case !bytes.Equal(was, is):
			list = append(list, p)
		}
	}
	return list
}

func wantDifferences(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: other files are\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// todaysFiles are what shows today's state: how far the campaign is, on the home
// page, under 行动进展 and 发布预告, what the search finds on them, the 日期 of the list of
// figures, and the sums. Nothing else may change when only the day does.
var todaysFiles = []string{
	"SHA256SUMS", "data/statistics.json", "index.html", "progress/index.html", "search/data/index.js",
}

func drawing(t *testing.T) *card.Painter {
	t.Helper()
	drawer := freshDrawer(layouts.Over(nil))
	return drawer
}

// TestBuildOnTwoDays: built a day and a month later from the same
// inputs the site is the same but for what shows today's state: the same papers,
// byte for byte.
func TestBuildOnTwoDays(t *testing.T) {
	drawer := drawing(t)
	first := madeAt(t, "../..", "2022-12-01", drawer)
	papers := 0
	for _, p := range first.Paths() {
		if path.Ext(p) == ".pdf" && path.Base(p) != "juedingshu.pdf" {
			papers++
		}
	}
	if papers < 23 {
		t.Errorf("only %d papers", papers)
	}
	later := map[string][]string{"2022-12-31": {"calendar/index.html"}} // an announced day has passed
	if soak.Long() {
		later["2022-12-02"] = nil
	}
	for day, also := range later {
		wantDifferences(t, "the sample on "+day, differences(first, madeAt(t, "../..", day, drawer)), slices.Concat(todaysFiles, also)...)
	}
	wantDifferences(t, "an hour later", differences(first, madeAt(t, "../..", "2022-12-01 10:00", drawer)))
}

// TestBuildAcrossAnEnd: what ends or falls due with a day does change: an expired
// case is gone from wherever it stood, and the papers that list it are others; a warning
// that comes out is there, and the volume and the brief are of its day. No other paper is
// touched.
func TestBuildAcrossAnEnd(t *testing.T) {
	drawer := drawing(t)
	paper := func(p string) bool { return path.Ext(p) == ".pdf" || path.Ext(p) == ".xlsx" }
	for _, c := range []struct {
		what, before, after, item string
		papers                    []string
	}{
		{"a case ends", "2029-05-06", "2029-05-07", "-cases/guoqi-mianbao/index.html", []string{"report.pdf", "report-full.pdf", "brief.pdf"}},
		{"a warning comes out", "2026-06-01 08:59", "2026-06-01 09:00", "+warnings/weilai/index.html", []string{"report-full.pdf", "brief.pdf", "+warnings/weilai/notice.pdf"}},
	} {
		before, after := madeAt(t, smallCampaign, c.before, drawer), madeAt(t, smallCampaign, c.after, drawer)
		changed := differences(before, after)
		for _, want := range append([]string{c.item, "feed.xml", "index.html", "sitemap.xml", "sitemap/index.html", "search/data/index.js", "SHA256SUMS"}, c.papers...) {
			if !slices.Contains(changed, want) {
				t.Errorf("%s, and %s is as before", c.what, want)
			}
		}
		for _, p := range changed {
			if paper(p) && !slices.Contains(c.papers, p) {
				t.Errorf("%s, and %s is another", c.what, p)
			}
		}
	}
	// The phase that ends on the day is over, and who has not reported is late.
	for at, want := range map[string][2]string{"2026-05-31": {"正处于检查阶段", "未到期"}, "2026-06-01": {"各阶段均已结束", "未报"}} {
		if text := string(fileOf(t, madeAt(t, smallCampaign, at, drawer), "progress/index.html")); !strings.Contains(text, want[0]) {
			t.Errorf("%s: 行动进展 does not say %s", at, want[0])
		}
		now, _ := campaign.ParseInstant(at)
		r := project.Read(os.DirFS(smallCampaign), func(*campaign.Campaign) campaign.Moment { return now })
		missing := slices.ContainsFunc(r.Findings, func(f campaign.Finding) bool {
			return f.Rule == "report-missing" && strings.Contains(f.Message, "第三次")
		})
		if missing != (want[1] == "未报") {
			t.Errorf("%s: 第三次 is missing: %v", at, missing)
		}
	}
}

func fileOf(t *testing.T, site *renderedSite, p string) []byte {
	t.Helper()
	content, ok := site.File(p)
	if !ok {
		t.Fatalf("%s is not there", p)
	}
	return content
}

// paperText is what a paper says, sheet after sheet.
func paperText(t *testing.T, file []byte) string {
	t.Helper()
	cmd := exec.Command("pdftotext", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(file)
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(text)), "")
}

// paperDates are the dates of a paper as its readers show them, in its Info and
// in its XMP.
func paperDates(t *testing.T, file []byte) (created, changed string) {
	t.Helper()
	find := func(pattern string) string {
		m := regexp.MustCompile(pattern).FindSubmatch(file)
		if m == nil {
			t.Fatalf("nothing like %s", pattern)
		}
		return strings.NewReplacer("+08:00", "", "-", "", "T", "", ":", "").Replace(string(m[1]))
	}
	created, changed = find(`/CreationDate ?\(D:(\d{14})\+08'00'\)`), find(`/ModDate ?\(D:(\d{14})\+08'00'\)`)
	if x, y := find(`<xmp:CreateDate>([^<]+)<`), find(`<xmp:ModifyDate>([^<]+)<`); x != created || y != changed {
		t.Errorf("Info says %s, %s and XMP %s, %s", created, changed, x, y)
	}
	return created, changed
}

// TestEveryPaperCarriesItsDate: whenever it is built, each paper shows its item's
// 发布日期, with 更新日期 beside it where there is one, or the day on which the
// newest of what it holds came out; the file's own dates are the same.
func TestEveryPaperCarriesItsDate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "qinghe")
	if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	site := madeAt(t, dir, "2026-12-01", drawing(t))
	check := func(p, created, changed string, says ...string) {
		t.Helper()
		file := fileOf(t, site, p)
		if c, m := paperDates(t, file); c != created || m != changed {
			t.Errorf("%s is of %s, changed %s; want %s, %s", p, c, m, created, changed)
		}
		text := paperText(t, file)
		for _, word := range says {
			if !strings.Contains(text, word) {
				t.Errorf("%s does not say %s:\n%s", p, word, text)
			}
		}
		if strings.Contains(text, "2026年12月1日") {
			t.Errorf("%s shows the build's day", p)
		}
	}
	const item = "20260506100000"
	check("report-full.pdf", "20260601090000", "20260601090000", "2026年6月1日")
	check("open/fangan/document.pdf", "20260225093000", "20260225093000", "发布日期2026年2月25日")
	check("warnings/xiaolingshi/notice.pdf", item, item, "2026年5月6日")
	check("departments/jiaoyu/report.pdf", item, item, "（2026年5月6日发布）")

	for file, day := range map[string]string{"open/fangan": "2026-06-03", "warnings/xiaolingshi": "2026-06-02", "narratives/q2/jiaoyu": "2026-06-04"} {
		name := filepath.Join(dir, "content", filepath.FromSlash(file)+".md")
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		raw = bytes.Replace(raw, []byte("审核:"), []byte("更新日期: "+day+"\n审核:"), 1)
		raw = regexp.MustCompile(`(终审: .*日期: )[0-9-]+`).ReplaceAll(raw, []byte("${1}"+day))
		if err := os.WriteFile(name, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	site = madeAt(t, dir, "2026-12-01", drawing(t))
	check("report-full.pdf", "20260601090000", "20260604000000", "2026年6月4日", "2026年5月6日发布，2026年6月2日更新")
	check("open/fangan/document.pdf", "20260225093000", "20260603000000", "发布日期2026年2月25日", "更新日期2026年6月3日")
	check("warnings/xiaolingshi/notice.pdf", item, "20260602000000", "2026年5月6日", "更新日期：2026年6月2日")
	check("departments/jiaoyu/report.pdf", item, "20260604000000", "（2026年5月6日发布，2026年6月4日更新）")
	check("departments/shichang/report.pdf", item, item, "（2026年5月6日发布）")
	for p, want := range map[string][]string{
		"open/fangan/index.html":          {"更新日期", "2026-06-03", `"dateModified":"2026-06-03T00:00:00+08:00"`, `"datePublished":"2026-02-25T09:30:00+08:00"`},
		"warnings/xiaolingshi/index.html": {"更新日期", "2026-06-02", `<meta name="PubDate" content="2026-05-06 10:00">`},
		"departments/jiaoyu/index.html":   {"<span>更新日期：2026-06-04</span>"},
		"feed.xml":                        {"<published>2026-05-06T10:00:00+08:00</published>\n  <updated>2026-06-02T00:00:00+08:00</updated>"},
		"sitemap.xml":                     {"<loc>https://qinghe.example/xysa/warnings/xiaolingshi/</loc><lastmod>2026-06-02T00:00:00+08:00</lastmod>"},
	} {
		for _, words := range want {
			if text := string(fileOf(t, site, p)); !strings.Contains(text, words) {
				t.Errorf("%s does not say %s", p, words)
			}
		}
	}
}
