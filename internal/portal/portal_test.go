package portal

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/atom"
)

// figure is a row of a site's table.
type figure struct{ round, region, code, name, unit, quantity string }

// published is a site's folder with what the portal reads.
func published(t *testing.T, n int, basis string, change func(map[string]any), figures ...figure) fstest.MapFS {
	t.Helper()
	url := fmt.Sprintf("https://s%d.example/", n)
	described := map[string]any{
		"campaign": Campaign{fmt.Sprintf("第%d市网剑行动", n), fmt.Sprintf("第%d市<行动>", n), "市", fmt.Sprintf("99%02d00", n), "2022-09-01", "2022-11-30", false, url},
		"created":  "2022-11-30T10:00:00+08:00", "contributors": []map[string]string{{"title": "第一局"}},
		"rounds":    []Round{{"中期", basis, "2022-10-01"}, {"终期", basis, "2022-11-30"}},
		"resources": []map[string]string{{"name": "statistics", "path": "statistics-utf8.csv"}},
	}
	if change != nil {
		change(described)
	}
	raw, err := json.Marshal(described)
	if err != nil {
		t.Fatal(err)
	}
	var table, feed bytes.Buffer
	w := csv.NewWriter(&table)
	rows := [][]string{{"期次", "部门", "地区", "项目", "隶属", "单位", "数量", "备注", "项目代码"}}
	for _, f := range figures {
		rows = append(rows, []string{f.round, "公安局", f.region, f.name, "", f.unit, f.quantity, "", f.code})
	}
	f := atom.Feed{Title: "专栏", Updated: fmt.Sprintf("2022-11-%02dT10:00:00+08:00", n)}
	for k := range 30 {
		f.Entries = append(f.Entries, atom.Entry{Title: fmt.Sprintf("第%d市第%d篇", n, k), Link: atom.Link{Href: fmt.Sprintf("%sx/%d/", url, k)}, ID: fmt.Sprintf("%d-%d", n, k), Updated: fmt.Sprintf("2022-%02d-%02dT10:00:00+08:00", 9+n%3, 30-k)})
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := f.Write(&feed); err != nil {
		t.Fatal(err)
	}
	return sealed(fstest.MapFS{"data/datapackage.json": {Data: raw}, "data/statistics-utf8.csv": {Data: table.Bytes()}, "feed.xml": {Data: feed.Bytes()}})
}

// sealed adds the list of a site's files.
func sealed(files fstest.MapFS) fstest.MapFS {
	delete(files, "SHA256SUMS")
	var sums strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(files[name].Data), name)
	}
	files["SHA256SUMS"] = &fstest.MapFile{Data: []byte(sums.String())}
	return files
}

func read(t *testing.T, files fstest.MapFS) *Site {
	t.Helper()
	s, err := Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func rendered(t *testing.T, sites []*Site, o Options) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, f := range Files(sites, o) {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		if !f.IsPublic() {
			t.Errorf("%s is not for the public", f.Path)
		}
		out[f.Path] = b.String()
	}
	return out
}

// tables are the comparisons of a page: by summary, name and cell of each line.
func tables(page string) map[string][][2]string {
	found := map[string][][2]string{}
	for _, m := range regexp.MustCompile(`(?s)<details[^>]*><summary>([^<]*)</summary>\n<div.*?<tbody>\n(.*?)</table>`).FindAllStringSubmatch(page, -1) {
		for _, l := range regexp.MustCompile(`<tr><th scope="row"><a href="[^"]*">([^<]*)</a><td[^>]*>([^<\n]*)`).FindAllStringSubmatch(m[2], -1) {
			found[html.UnescapeString(m[1])] = append(found[html.UnescapeString(m[1])], [2]string{html.UnescapeString(l[1]), l[2]})
		}
	}
	return found
}

// TestShownAsPublished: every random figure of twenty sites stands on the page and in
// the table as it was published, digit for digit, in the order of the sites; single
// regions and earlier rounds do not.
func TestShownAsPublished(t *testing.T) {
	r := rand.New(rand.NewPCG(24, 1))
	var sites []*Site
	want := map[string][][2]string{}
	for n := range 20 {
		var figures []figure
		for row := range 6 {
			q := []string{fmt.Sprint(r.Uint64()), "无", "0", fmt.Sprintf("%d.%03d0", r.IntN(1e9), r.IntN(1000)), "3.50", fmt.Sprintf("0.%018d", r.Uint64N(1e18))}[r.IntN(6)]
			name := fmt.Sprintf("项目%d", row)
			figures = append(figures, figure{"中期", "", fmt.Sprintf("c-%d", row), name, "万元", "1"}, figure{"终期", "甲县", fmt.Sprintf("c-%d", row), name, "万元", "2"}, figure{"终期", "", fmt.Sprintf("c-%d", row), name, "万元", q})
			key := "公安局：" + name + "（万元）"
			want[key] = append(want[key], [2]string{fmt.Sprintf("第%d市<行动>", n), q})
		}
		sites = append(sites, read(t, published(t, n, "累计", nil, figures...)))
	}
	out := rendered(t, sites, Options{Title: "全省", URL: "https://all.example/"})
	if got := tables(out["index.html"]); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the page has\n%v, want\n%v", got, want)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out["data/comparison.csv"], "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 1+6*20 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		if !slices.Contains(want["公安局："+row[2]+"（万元）"], [2]string{row[7], row[8]}) || row[9]+row[10] != "" {
			t.Errorf("the table has %v", row)
		}
	}
	if again := rendered(t, sites, Options{Title: "全省", URL: "https://all.example/"}); !maps.Equal(out, again) {
		t.Error("made again it differs")
	}
	var f atom.Feed
	if err := xml.Unmarshal([]byte(out["feed.xml"]), &f); err != nil || len(f.Entries) != 50 || f.ID != "https://all.example/" || f.Updated != "2022-11-19T10:00:00+08:00" ||
		!slices.IsSortedFunc(f.Entries, func(a, b atom.Entry) int { return strings.Compare(b.Updated, a.Updated) }) {
		t.Errorf("%d entries, %s, %s, %v", len(f.Entries), f.ID, f.Updated, err)
	}
	for _, m := range regexp.MustCompile(`<(?:script|link|img)[^>]* (?:src|href)="([^"]*)"`).FindAllStringSubmatch(out["index.html"], -1) {
		if _, ok := out[m[1]]; !ok {
			t.Errorf("the page asks for %s", m[1])
		}
	}
}

// TestWhyNot: a figure whose unit, basis or round is another is not shown, and the page
// says why; what one site alone has is listed.
func TestWhyNot(t *testing.T) {
	same := figure{"终期", "", "c", "案件", "件", "7"}
	var sites []*Site
	for n, site := range []fstest.MapFS{
		published(t, 1, "累计", nil, same, figure{"终期", "", "d", "别的", "件", "1"}),
		published(t, 2, "累计", nil, same),
		published(t, 3, "累计", nil, figure{"终期", "", "c", "案件", "万件", "7"}),
		published(t, 4, "当期", nil, same),
		published(t, 5, "累计", nil, figure{"中期", "", "c", "案件", "件", "7"}),
		published(t, 6, "累计", nil),
		published(t, 7, "累计", func(d map[string]any) { d["rounds"] = []Round{{"终期", "累计", ""}} }, same),
	} {
		sites = append(sites, read(t, site))
		if sites[n].Host != "第一局" {
			t.Error(sites[n].Host)
		}
	}
	page := rendered(t, sites, Options{Title: "全省"})["index.html"]
	var got []string
	for _, l := range tables(page)["公安局：案件（件）"] {
		got = append(got, l[1])
	}
	if want := "7|7|单位不同（万件），不能比|口径不同（当期），不能比|期次不同（中期），不能比|没有公布这一项|没有公布这一项"; strings.Join(got, "|") != want {
		t.Errorf("got %s", strings.Join(got, "|"))
	}
	if !strings.Contains(page, "<li>公安局：别的（件）：第2市&lt;行动&gt;没有公布这一项；") {
		t.Error("what one site alone has is not listed")
	}
}

// TestRefused: what is no published site, or no longer as it was published, is refused.
func TestRefused(t *testing.T) {
	same := figure{"终期", "", "c", "案件", "件", "7"}
	address := func(to string) func(map[string]any) {
		return func(d map[string]any) { c := d["campaign"].(Campaign); c.URL = to; d["campaign"] = c }
	}
	altered := published(t, 1, "累计", nil, same)
	altered["data/statistics-utf8.csv"] = &fstest.MapFile{Data: append(slices.Clone(altered["data/statistics-utf8.csv"].Data), ' ')}
	gone := published(t, 1, "累计", nil, same)
	delete(gone, "feed.xml")
	broken := published(t, 1, "累计", nil, same)
	broken["feed.xml"] = &fstest.MapFile{Data: []byte("<feed")}
	for want, files := range map[string]fstest.MapFS{
		"没有 SHA256SUMS": {},
		"data/statistics-utf8.csv 和生成时不一样": altered,
		"读“feed.xml”失败":                    gone,
		"feed.xml 不是完整的 XML":               sealed(broken),
		"没有行动的名称：用这一版的网剑重新生成":              published(t, 1, "累计", func(d map[string]any) { delete(d, "campaign") }),
		"没有网址，不能链接到它":                      published(t, 1, "累计", address("")),
		"第1市<行动>没有网址":                      published(t, 1, "累计", address("javascript:alert(1)")),
		"第 2 行的数量“1e3”不是数":                 published(t, 1, "累计", nil, figure{"终期", "", "c", "案件", "件", "1e3"}),
		"网站里没有 data/none.csv": published(t, 1, "累计", func(d map[string]any) {
			d["resources"] = []map[string]string{{"name": "statistics", "path": "none.csv"}}
		}),
		"网站里没有 ../../etc/passwd": published(t, 1, "累计", func(d map[string]any) {
			d["resources"] = []map[string]string{{"name": "statistics", "path": "../../../etc/passwd"}}
		}),
	} {
		if _, err := Read(files); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	site := published(t, 1, "累计", nil)
	site["feed.xml"].Data = bytes.Replace(site["feed.xml"].Data, []byte("https://s1.example/x/0/"), []byte("javascript:alert(1)"), 1)
	if page := rendered(t, []*Site{read(t, sealed(site))}, Options{})["index.html"]; strings.Contains(page, "javascript:") || strings.Contains(page, "第1市第0篇") {
		t.Error("a link that leads to no site is shown")
	}
}

// TestDistinguish: sites of the same short name stand by their full names, and those that
// nothing tells apart are refused, each with where it is.
func TestDistinguish(t *testing.T) {
	site := func(short, name, url string) *Site {
		return &Site{Campaign: Campaign{Short: short, Name: name, URL: url}}
	}
	sites := []*Site{site("网剑", "某市2021年网剑行动", "https://a/"), site("网剑", "某市2022年网剑行动", "https://b/"), site("食安", "食安行动", "https://c/")}
	if err := Distinguish(sites, []string{"a", "b", "c"}); err != nil || sites[0].Title != "某市2021年网剑行动" || sites[1].Title != "某市2022年网剑行动" || sites[2].Title != "食安" {
		t.Errorf("%v, %v", sites, err)
	}
	for want, other := range map[string]*Site{
		"c 和 d 的名称、简称都是“食安行动”":   site("食安", "食安行动", "https://d/"),
		"a 和 d 的网址都是 https://a/": site("别的", "别的行动", "https://a/"),
	} {
		if err := Distinguish(append(sites[:3:3], other), []string{"a", "b", "c", "d"}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
