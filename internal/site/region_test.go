package site

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/tools/corpus"
)

// renderCorpus renders a made-up campaign with the pages asked for.
func renderCorpus(t testing.TB, size corpus.Size, wanted func(path string) bool) rendered {
	t.Helper()
	fsys := fstest.MapFS{}
	err := corpus.Make(size).WriteCampaign(func(path, text string) error {
		fsys[path] = &fstest.MapFile{Data: []byte(text)}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	c, findings := source.Load(fsys)
	if campaign.HasErrors(findings) {
		t.Fatal(findings)
	}
	site := rendered{}
	for _, f := range files(t, release.Public(c, c.ReferenceDate, source.Contents(fsys))) {
		if !wanted(f.Path) {
			continue
		}
		var b strings.Builder
		if err := f.Write(&b); err != nil {
			t.Fatalf("%s：%v", f.Path, err)
		}
		site[f.Path] = b.String()
	}
	return site
}

// A county with narratives from many departments has a page for each, and its
// own page leads to them; links to the narratives follow.
func TestManyNarrativesOfACounty(t *testing.T) {
	site := renderCorpus(t, corpus.Size{Regions: 2, Cases: 2, Warnings: 2}, func(p string) bool {
		return strings.HasPrefix(p, "regions/r0001/") || strings.HasPrefix(p, "cases/c0000")
	})
	county := site["regions/r0001/index.html"]
	for _, d := range corpus.Departments {
		part := strings.ReplaceAll(site["regions/r0001/"+d.Code+"/index.html"], "<wbr>", "")
		for _, want := range []string{"经验做法", "下一步打算", d.Indicators[0].Name, `href="../../../cases/c0000`} {
			if !strings.Contains(part, want) {
				t.Errorf("%s 的页面没有 %s", d.Name, want)
			}
		}
		if href := fmt.Sprintf(`href="../../regions/r0001/%s/index.html#final-%s"`, d.Code, d.Code); !strings.Contains(county, href) {
			t.Errorf("地区页面没有 %s", href)
		}
	}
	if strings.Contains(county, "经验做法</h3>") || strings.Contains(county, "经验做法</h4>") {
		t.Error("地区页面也放了总结的全文")
	}
	if all := site["cases/c00001/index.html"] + site["cases/c00002/index.html"]; !strings.Contains(all, "/shijian/index.html#final-shijian") {
		t.Error("案例的链接没有跟到部门的页面")
	}
}

// A long list names the first page, the last and those near, never all.
func TestPagerOfALongList(t *testing.T) {
	site := renderCorpus(t, corpus.Size{Regions: 1, Cases: 245, Warnings: 1}, func(p string) bool { return strings.HasPrefix(p, "cases/page-7") })
	page := site["cases/page-7.html"]
	_, nav, _ := strings.Cut(page, `<nav class="pager"`)
	nav, _, _ = strings.Cut(nav, "</nav>")
	var names []string
	for part := range strings.SplitSeq(nav, "</li>") {
		if at := strings.Index(part, "…"); at >= 0 {
			names = append(names, "…")
		} else if _, rest, ok := strings.Cut(part, `第</span>`); ok {
			name, _, _ := strings.Cut(rest, "<")
			names = append(names, name)
		}
	}
	if got, want := strings.Join(names, " "), "1 … 5 6 7 8 9 … 13"; got != want {
		t.Errorf("页码是 %s，应当是 %s", got, want)
	}
}

// TestRegionWithNothingHasNoPage: a region of which nothing is public, whose
// absence nobody is told, has no page, and nothing leads to one. Those who may
// know that it has not reported read it there.
func TestRegionWithNothingHasNoPage(t *testing.T) {
	const page = "regions/xicheng/index.html"
	for path, text := range renderPublic(t, smallDir) {
		if path == page || strings.Contains(text, "xicheng") {
			t.Errorf("%s 里有 %s", path, page)
		}
	}
	r, c := deskWith(t, campaign.Date{}, openLedger)
	if !r.hasRegionPage[c.FindRegion("西城区")] {
		t.Error("台账公开时没有西城区的页面")
	}
}
