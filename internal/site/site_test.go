package site

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
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
	_, site := publicOf(t, dir)
	return site
}

// publicOf returns the public view of a campaign with its site.
func publicOf(t testing.TB, dir string) (*release.View, rendered) {
	t.Helper()
	c, contents := read(t, dir)
	v := release.Public(c, c.ReferenceDate, contents)
	return v, renderOnce(t, dir, v)
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

// TestGoldenPages: every page of the small campaign, and no other; of the pages of
// papers, which differ in a name and an address, that of the summary.
func TestGoldenPages(t *testing.T) {
	site := renderPublic(t, smallDir)
	const folder = "testdata/golden"
	if *update {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
	}
	golden := slices.DeleteFunc(slices.Concat(site.pages(), []string{"feed.xml", "sitemap.xml", "robots.txt"}), func(p string) bool {
		return strings.HasPrefix(p, "papers/") && !strings.Contains(site[p], `href="../../report.pdf"`)
	})
	for _, page := range golden {
		t.Run(page, func(t *testing.T) {
			got, file := withoutDrawings(site[page]), filepath.Join(folder, filepath.FromSlash(page))
			if *update {
				if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(got), 0o644)); err != nil {
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
	err := filepath.WalkDir(folder, func(file string, e fs.DirEntry, err error) error {
		if page, _ := filepath.Rel(folder, file); err == nil && !e.IsDir() && !slices.Contains(golden, filepath.ToSlash(page)) {
			t.Errorf("没有 %s", page)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// chartFigures are the charts of a page, whose words and drawings the tests of
// package chart compare.
var chartFigures = regexp.MustCompile(`(?s)<figure class="chart"[^>]* data-chart="([^"]*)".*?</figure>\n`)

// withoutDrawings leaves of each chart its code.
func withoutDrawings(page string) string {
	return chartFigures.ReplaceAllString(page, "[图 $1]\n")
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
	mayKnow := []string{"404.html", "feed.xml", "sitemap.xml", "robots.txt", shareName, "picture.svg", "picture.png"}
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
