package site

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

var update = flag.Bool("update", false, "write the golden pages anew")

const (
	sampleDir = "../.."
	smallDir  = "testdata/small"
)

// read loads a campaign that must be without errors. The contents of a folder are
// the same for all tests, so that its photos are developed once.
func read(t testing.TB, dir string) (*campaign.Campaign, release.Contents) {
	t.Helper()
	fsys := os.DirFS(dir)
	c, findings := source.Load(fsys)
	for _, f := range findings {
		if f.Level == campaign.Error {
			t.Fatalf("%s：%s", f.At, f.Message)
		}
	}
	if contentsOnce[dir] == nil {
		contentsOnce[dir] = source.Contents(fsys)
	}
	return c, contentsOnce[dir]
}

var contentsOnce = map[string]release.Contents{}

// files returns a view's files with the built-in layouts.
func files(t testing.TB, v *release.View) []release.File {
	t.Helper()
	list, err := Files(v, stats.Of(v), layouts.Over(nil), drawer(t))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// drawer draws the cards of all tests; what one of them has drawn the next does
// not draw again.
func drawer(testing.TB) Drawer { return sharedDrawer }

var sharedDrawer = card.NewPainter(layouts.Over(nil), cache.NewMemory())

// rendered is a site in memory, by path.
type rendered map[string]string

func render(t testing.TB, v *release.View) rendered {
	t.Helper()
	site := rendered{}
	for _, f := range files(t, v) {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatalf("%s：%v", f.Path, err)
		}
		site[f.Path] = b.String()
	}
	return site
}

// renderPublic returns the public site of a campaign.
func renderPublic(t testing.TB, dir string) rendered {
	t.Helper()
	c, contents := read(t, dir)
	return renderOnce(t, dir, release.Public(c, c.ReferenceDate, contents))
}

// renderWhole returns the office's site of a campaign.
func renderWhole(t testing.TB, dir string) rendered {
	t.Helper()
	c, contents := read(t, dir)
	return renderOnce(t, dir, release.Whole(c, c.ReferenceDate, contents))
}

// renderOnce renders the site of a folder's campaign for all tests: they read it,
// none changes it.
func renderOnce(t testing.TB, dir string, v *release.View) rendered {
	t.Helper()
	key := fmt.Sprint(dir, v.Audience())
	if renderedOnce[key] == nil {
		renderedOnce[key] = render(t, v)
	}
	return renderedOnce[key]
}

var renderedOnce = map[string]rendered{}

// pages returns the paths of the HTML pages in order.
func (s rendered) pages() []string {
	var list []string
	for p := range s {
		if strings.HasSuffix(p, ".html") {
			list = append(list, p)
		}
	}
	slices.Sort(list)
	return list
}

func TestGoldenPages(t *testing.T) {
	site := renderPublic(t, smallDir)
	for _, page := range []string{
		"index.html", "404.html", "feed.xml", "sitemap.xml", "robots.txt",
		"departments/index.html", "departments/nongye/index.html", "departments/gongxiao/index.html",
		"regions/index.html", "regions/dongcheng/index.html",
		"tasks/index.html", "tasks/zhongzi/index.html", "statistics/index.html",
		"cases/index.html", "cases/jia-zhongzi/index.html", "cases/jiu-zhongzi/index.html",
		"warnings/index.html", "warnings/mai-zhongzi/index.html",
		"open/index.html", "open/tongzhi/index.html", "pages/about/index.html",
		"gallery/index.html", "progress/index.html", "search/index.html", "sitemap/index.html",
	} {
		t.Run(page, func(t *testing.T) {
			got, ok := site[page]
			if !ok {
				t.Fatal("没有这个文件")
			}
			got = withoutOptions(got)
			file := filepath.Join("testdata", "golden", filepath.FromSlash(page))
			if *update {
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("与 %s 不同（确认无误后用 -update 更新）：\n%s", file, firstDifference(string(want), got))
			}
		})
	}
}

// withoutOptions leaves the charts' own words and drawings to the tests of
// package chart.
func withoutOptions(page string) string {
	const open, end = `<figure class="chart"`, "</figure>\n"
	for {
		at := strings.Index(page, open)
		if at < 0 {
			return page
		}
		to := strings.Index(page[at:], end)
		page = page[:at] + "[图]\n" + page[at+to+len(end):]
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for n := range a {
		if n >= len(b) || a[n] != b[n] {
			return "应为 " + a[n] + "\n实为 " + strings.Join(b[min(n, len(b)):min(n+1, len(b))], "")
		}
	}
	return "后面多出内容"
}

func TestPublishedPaths(t *testing.T) {
	site := renderPublic(t, sampleDir)
	want := []string{
		"index.html", "404.html", "robots.txt", "sitemap.xml", "feed.xml",
		"departments/index.html", "regions/index.html", "tasks/index.html", "cases/index.html", "warnings/index.html", "open/index.html",
		"statistics/index.html", "gallery/index.html", "progress/index.html", "search/index.html", "sitemap/index.html",
		"assets/site.css", "assets/site.js", "assets/charts.js", "assets/echarts.min.js", "assets/search-engine.js", "assets/search.js", "search/data/index.js",
	}
	c, _ := read(t, sampleDir)
	for _, d := range c.Departments {
		want = append(want, "departments/"+d.Code+"/index.html")
	}
	for _, r := range c.Regions {
		want = append(want, "regions/"+r.Code+"/index.html")
	}
	for _, p := range c.Priorities {
		want = append(want, "tasks/"+p.Code+"/index.html")
	}
	for _, i := range c.Items {
		switch i.Kind {
		case campaign.Cases, campaign.Warnings, campaign.Documents, campaign.Pages:
			want = append(want, string(i.Kind)+"/"+i.Slug+"/index.html")
		}
		if i.Case != nil {
			want = append(want, "cases/"+i.Slug+"/"+filepath.Base(i.Case.Decision))
		}
	}
	for _, p := range want {
		if site[p] == "" {
			t.Errorf("没有 %s", p)
		}
	}
}

func TestSameBytesEveryTime(t *testing.T) {
	c, contents := read(t, sampleDir)
	first, second := renderPublic(t, sampleDir), render(t, release.Public(c, c.ReferenceDate, contents))
	for p := range first {
		if first[p] != second[p] {
			t.Errorf("两次生成的 %s 不同", p)
		}
	}
}

// TestAnySubPath: only what must be absolute may know where the site is.
func TestAnySubPath(t *testing.T) {
	c, contents := read(t, smallDir)
	here := render(t, release.Public(c, c.ReferenceDate, contents))
	moved := *c
	moved.Site.URL = "https://elsewhere.example/deep/er/"
	there := render(t, release.Public(&moved, c.ReferenceDate, contents))
	mayKnow := []string{"404.html", "feed.xml", "sitemap.xml", "robots.txt", shareName}
	absolute := func(line string) bool {
		return strings.HasPrefix(line, `<link rel="canonical"`) || strings.HasPrefix(line, `<meta property="og:`) ||
			strings.HasPrefix(line, `<script type="application/ld+json">`) || strings.HasPrefix(line, `<p class="wrap foot-address">`)
	}
	for p := range here {
		if slices.Contains(mayKnow, filepath.Base(p)) {
			if here[p] == there[p] {
				t.Errorf("%s 应当用站点的网址", p)
			}
			continue
		}
		a, b := strings.Split(here[p], "\n"), strings.Split(there[p], "\n")
		for n := range a {
			if a[n] != b[n] && !absolute(a[n]) {
				t.Errorf("%s 第 %d 行随网址而变：%s", p, n+1, a[n])
			}
		}
	}
}

func TestOwnLayoutsLieOver(t *testing.T) {
	c, contents := read(t, smallDir)
	v := release.Public(c, c.ReferenceDate, contents)
	own := fstest.MapFS{
		"templates/error404.html": {Data: []byte(`{{template "top" .}}<h1>自定的页面</h1>{{template "bottom" .}}`)},
		"assets/own.css":          {Data: []byte("p{}")},
	}
	list, err := Files(v, stats.Of(v), layouts.Over(own), drawer(t))
	if err != nil {
		t.Fatal(err)
	}
	got := rendered{}
	for _, f := range list {
		if f.Path == "404.html" || f.Path == "assets/own.css" || f.Path == "assets/site.css" {
			var b bytes.Buffer
			if err := f.Write(&b); err != nil {
				t.Fatal(err)
			}
			got[f.Path] = b.String()
		}
	}
	if !strings.Contains(got["404.html"], "自定的页面") || got["assets/own.css"] != "p{}" || got["assets/site.css"] == "" {
		t.Errorf("活动自带的模板和样式没有盖上去：%v", got)
	}
}

func TestBrokenTemplateIsNamed(t *testing.T) {
	c, contents := read(t, smallDir)
	v := release.Public(c, c.ReferenceDate, contents)
	_, err := Files(v, stats.Of(v), layouts.Over(fstest.MapFS{"templates/home.html": {Data: []byte("{{range}")}}), drawer(t))
	if err == nil || !strings.Contains(err.Error(), "home.html") {
		t.Errorf("坏模板的错误没有写明文件：%v", err)
	}
}
