package site

import (
	"io/fs"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"golang.org/x/net/html"

	"wangjian/internal/search"
	"wangjian/layouts"
)

// visible returns the words of a page's main part as a browser has them,
// read with another reader of HTML than the index is made with: a line a block.
func visible(t *testing.T, page string) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	const inline = " a abbr code data del em small span strong sub sup time mark b i wbr "
	const notRead = " script style noscript template svg nav aside button "
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(strings.NewReplacer("\n", " ").Replace(n.Data))
			return
		}
		hidden := strings.Contains(notRead, " "+n.Data+" ")
		for _, a := range n.Attr {
			hidden = hidden || a.Key == "aria-hidden" && a.Val == "true" || a.Key == "class" && a.Val == "unseen"
		}
		if hidden && n.Type == html.ElementNode {
			return
		}
		block := !strings.Contains(inline, " "+n.Data+" ")
		if block {
			b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			b.WriteByte('\n')
		}
	}
	var find func(n *html.Node)
	find = func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == "main" {
			walk(n)
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			find(c)
		}
	}
	find(doc)
	var lines []string
	for line := range strings.Lines(b.String()) {
		if words := strings.Join(strings.Fields(line), " "); words != "" {
			lines = append(lines, words)
		}
	}
	return lines
}

// searched is the sample's pages as search must find them.
func searched(t *testing.T, site rendered) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, p := range site.pages() {
		switch strings.Split(p, "/")[0] {
		case "search", "sitemap", "leave", "papers", "404.html":
			continue
		}
		found[p] = visible(t, site[p])
	}
	return found
}

// TestFiveHundredSubstrings takes random pieces of what the sample's pages say
// and finds each one's page with the engine that readers use.
func TestFiveHundredSubstrings(t *testing.T) {
	site := renderPublic(t, sampleDir)
	var names []string
	pages := searched(t, site)
	for p, lines := range pages { // the index's reader of HTML against another
		want, got := strings.Join(lines, " "), search.Extract([]byte(site[p])).Words
		if got != want {
			n := 0
			for n < min(len(got), len(want)) && got[n] == want[n] {
				n++
			}
			t.Errorf("%s: …%.60q, want …%.60q", p, got[max(0, n-20):], want[max(0, n-20):])
		}
	}
	for _, p := range site.pages() {
		if pages[p] != nil {
			names = append(names, p)
		}
	}
	source, err := fs.ReadFile(layouts.Over(nil), "assets/search-engine.js")
	if err != nil {
		t.Fatal(err)
	}
	vm := goja.New()
	run := func(script string) goja.Value {
		v, err := vm.RunString(script)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	run(string(source))
	for _, name := range []string{"index", "words", "slips"} {
		run(site["search/data/"+name+".js"])
	}
	if source, err = fs.ReadFile(layouts.Over(nil), "assets/search-readings.js"); err != nil {
		t.Fatal(err)
	}
	run(string(source))
	if size := len(site["search/data/index.js"]); size > 800_000 {
		t.Errorf("the sample's index has %d bytes", size)
	}
	run(`var search = wangjianSearch.engine(function (name) { throw new Error('asks for ' + name); });
	function finds(query, path) {
		var seen = false;
		search.find(query, {}, function (found) {
			found.next(1000, function (pages) {
				seen = pages.some(function (p) { return p.path === path; });
			});
		});
		return seen;
	}`)
	random := rand.New(rand.NewPCG(2022, 11))
	for range 500 {
		p := names[random.IntN(len(names))]
		line := []rune(pages[p][random.IntN(len(pages[p]))])
		from := random.IntN(len(line))
		query := string(line[from:min(len(line), from+1+random.IntN(20))])
		if search.Fold(query) == "" || partOfNumber(line, from) || partOfNumber(line, from+len([]rune(query))) {
			continue
		}
		if !run("finds(" + strconv.Quote(query) + "," + strconv.Quote(p) + ")").ToBoolean() {
			t.Errorf("%q of %s is not found", query, p)
		}
	}
}

// partOfNumber reports whether a place lies within a number, which is found whole.
func partOfNumber(line []rune, at int) bool {
	is := func(n int) bool { return n >= 0 && n < len(line) && strings.ContainsRune("0123456789.,", line[n]) }
	return is(at-1) && is(at)
}

func TestDepartmentOfAUnit(t *testing.T) {
	c, _ := read(t, sampleDir)
	s := &site{campaign: c}
	for unit, want := range map[string]string{
		"赣州市市场监督管理局": "shijian", "市公安局": "gongan", "南康区市场监督管理局": "shijian", "章贡区公安局": "gongan",
		"瑞金市林业局": "linye", "某某管理局": "", "赣州市人民政府": "", "": "", "龙南海关": "",
	} {
		got := ""
		if d := s.departmentNamed(unit); d != nil {
			got = d.Code
		}
		if got != want {
			t.Errorf("%s belongs to %q, want %q", unit, got, want)
		}
	}
}
