//go:build whole

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/chart"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/release"
	"wangjian/internal/search"
	"wangjian/internal/soak"
	"wangjian/tools/corpus"
)

// TestSearchIsExact compares the search of a site of some hundred pages, whose
// index is split, with a scan of its pages: in Chromium, over a server. With SOAK=1
// the sites are of 14,000 and 41,000 files, and the queries 200.
func TestSearchIsExact(t *testing.T) {
	sizes, count := []corpus.Size{{Name: "small", Regions: 20, Cases: 40, Warnings: 40}}, 40
	if soak.Long() {
		sizes, count = corpus.Sizes[2:], 200 // L, XL
	}
	for _, size := range sizes {
		t.Run(size.Name, func(t *testing.T) {
			dir := t.TempDir()
			err := corpus.Make(size).WriteCampaign(func(path, text string) error {
				name := filepath.Join(dir, filepath.FromSlash(path))
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					return err
				}
				return os.WriteFile(name, []byte(text), 0o644)
			})
			if err != nil {
				t.Fatal(err)
			}
			compareWithScan(t, buildPages(t, dir), count)
		})
	}
}

// buildPages builds a made-up campaign's site without papers: the report of three
// thousand counties would take most of the time and the memory.
func buildPages(t *testing.T, dir string) string {
	t.Helper()
	at, err := campaign.ParseInstant(corpus.Today)
	if err != nil {
		t.Fatal(err)
	}
	result, err := project.Open(dir).Load(project.Options{Today: func(*campaign.Campaign) campaign.Moment { return at }})
	if err != nil || campaign.HasErrors(result.Findings) {
		t.Fatal(err, result.Findings)
	}
	files, err := result.Plan(result.Public, blankDrawer{})
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(f release.File) bool { return path.Ext(f.Path) == ".pdf" })
	public := publish.Folder{Target: filepath.Join(t.TempDir(), "public"), Campaign: dir}
	if _, err := public.Publish(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	return public.Target
}

type blankDrawer struct{}

func (blankDrawer) Share(card.Card) ([]byte, error)        { return nil, nil }
func (blankDrawer) Preview(card.Card) ([]byte, error)      { return nil, nil }
func (blankDrawer) Drawing(*chart.Drawing) ([]byte, error) { return nil, nil }

// What a query may load from an open search page before its first results are
// shown: in bytes as a server sends them, in steps that wait for each other.
const mostLoaded, mostSteps = 150_000, 2

func compareWithScan(t *testing.T, public string, count int) {
	pages := scanned(t, public)
	random := rand.New(rand.NewPCG(11, 7))
	server := httptest.NewServer(http.FileServer(http.Dir(public)))
	t.Cleanup(server.Close)
	b, all := newTab(t, 1280, 900), newTab(t, 1280, 900)
	all.limit = 10 * time.Minute // it looks into 24,000 pages for one query, which no reader does
	all.do(t, chromedp.Navigate(server.URL+"/search/index.html"))
	eval[int](t, all, everyHit)
	heaviest, longest := 0, 0
	for _, query := range asks(random, pages, count) {
		want := scan(pages, query)

		b.do(t, chromedp.Navigate(server.URL+"/search/index.html"))
		eventually(t, b, `document.getElementById('_kind').options.length > 1`)
		if ahead := eval[[]string](t, b, askedAhead); !slices.Equal(ahead, []string{"assets/search-split.js", "data/index.js", "data/words.js"}) {
			t.Fatalf("asked for with the page: %q", ahead)
		}
		eval[int](t, b, countSteps)
		first := eval[[]string](t, b, fmt.Sprintf(asked, query))
		if steps := eval[[]string](t, b, `steps`); len(want) > 0 {
			loaded := 0
			for _, names := range steps {
				for _, name := range strings.Fields(names) {
					size, err := sent(filepath.Join(public, filepath.FromSlash(name)))
					if err != nil {
						t.Fatal(err)
					}
					loaded += size
				}
			}
			heaviest, longest = max(heaviest, loaded), max(longest, len(steps))
			if len(first) == 1 {
				t.Errorf("%q: nothing is shown of %d pages: %s", query, len(want), first[0])
			}
			if loaded > mostLoaded || len(steps) > mostSteps {
				t.Errorf("%q: %d bytes in %d steps before the first results (of %d)", query, loaded, len(steps), len(want))
			}
		}

		found := eval[foundPages](t, all, fmt.Sprintf(`everyHit(%q)`, query))
		var got []string
		for page, held := range found.Pages {
			for _, word := range held {
				if !holds(pages[page], word) {
					t.Errorf("%q: %s does not hold %q", query, page, word)
				}
			}
			if !slices.ContainsFunc(found.Terms, func(term string) bool { return !slices.Contains(held, term) }) {
				got = append(got, page)
			} else if len(held) < len(found.Terms) && !found.Any {
				t.Errorf("%q: %s is shown for no reason", query, page)
			}
		}
		slices.Sort(got)
		if found.Notes == 0 && !slices.Equal(got, want) || found.Notes > 0 && len(want) > 0 {
			t.Errorf("%q: finds %d pages, a scan %d", query, len(got), len(want))
		}
	}
	t.Logf("%d pages; at most %d bytes in %d steps", len(pages), heaviest, longest)
}

// askedAhead lists the parts of the search that the page asks for before its scripts do.
const askedAhead = `performance.getEntriesByType('resource').filter(r => r.initiatorType === 'link' && r.name.endsWith('.js')).map(r => r.name.split('/').slice(-2).join('/')).sort()`

// countSteps notes the scripts that are loaded up to the first results: as many
// lists of paths as there are loads that wait for each other.
const countSteps = `(() => { let loaded = 0; window.steps = []; const append = document.head.appendChild;
	document.addEventListener('load', e => { loaded = Math.max(loaded, e.target.step || 0); }, true);
	document.head.appendChild = function (script) {
		script.step = 1 + Math.max(loaded, (document.currentScript || {}).step || 0);
		if (!document.querySelector('#_results li')) steps[script.step - 1] = (steps[script.step - 1] || '') + ' ' + new URL(script.src).pathname;
		return append.call(this, script);
	}; return 0; })()`

// everyHit is a search of the test's own on the page: all results of a query.
const everyHit = `(() => { const search = wangjianSearch.engine(name => { const script = document.createElement('script');
	script.src = /^(readings|split)$/.test(name) ? '../assets/search-' + name + '.js' : 'data/' + name + '.js';
	document.head.appendChild(script); }, f => queueMicrotask(f));
	window.everyHit = query => new Promise(done => search.find(query, {}, found => {
		const pages = {};
		(function next() { found.next(100000, (some, more) => {
			some.forEach(p => { pages[p.path] = p.held; });
			if (more) next(); else done({ pages, terms: found.terms, notes: found.notes.length, any: found.any });
		}); })();
	})); return 0; })()`

type foundPages struct {
	Pages map[string][]string // the words that each holds
	Terms []string
	Notes int
	Any   bool
}

// asks makes up queries: pieces of pages, titles and their parts, numbers.
func asks(random *rand.Rand, pages map[string]string, count int) (queries []string) {
	paths := slices.Sorted(maps.Keys(pages))
	number := regexp.MustCompile(`[0-9][0-9.]*|[^ ]{4}[0-9]{4}-[0-9]+号?`)
	for len(queries) < count {
		text := pages[paths[random.IntN(len(paths))]]
		runes := []rune(text)
		var query string
		switch from := random.IntN(len(runes)); len(queries) % 4 {
		case 0, 1:
			query = string(runes[from:min(len(runes), from+1+random.IntN(14))])
		case 2:
			title, _, _ := strings.Cut(text, "\n")
			query = title
			if runes := []rune(title); random.IntN(2) == 0 {
				query = string(runes[:min(len(runes), 2+random.IntN(5))])
			}
		case 3:
			if found := number.FindAllString(text, -1); found != nil {
				query = found[random.IntN(len(found))]
			}
		}
		if query = search.Fold(query); query != "" {
			queries = append(queries, query)
		}
	}
	return append(queries, "示市监处罚〔2022〕77号")
}

// scanned has the folded title and text of each page that the index is of.
func scanned(t *testing.T, public string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	texts, err := filepath.Glob(filepath.Join(public, "search/data/t/*.js"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range texts {
		raw := readFile(t, name)
		var list []struct{ U, T string }
		if err := json.Unmarshal(raw[bytes.IndexByte(raw, '['):bytes.LastIndexByte(raw, ']')+1], &list); err != nil {
			t.Fatal(name, err)
		}
		for _, p := range list {
			html := readFile(t, filepath.Join(public, filepath.FromSlash(p.U)))
			pages[p.U] = search.Fold(p.T) + "\n" + search.Fold(search.Extract(html).Words)
		}
	}
	// The index is complete.
	err = fs.WalkDir(os.DirFS(public), ".", func(name string, d fs.DirEntry, err error) error {
		if path.Ext(name) == ".html" && pages[name] == "" && !slices.Contains([]string{"sitemap/index.html", "search/index.html", "404.html"}, name) && !bytes.Contains(readFile(t, filepath.Join(public, name)), []byte(`content="noindex"`)) {
			t.Errorf("%s is not in the index", name)
		}
		return err
	})
	if err != nil || len(pages) < 201 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	return pages
}

func scan(pages map[string]string, query string) (paths []string) {
	for path, text := range pages {
		if !slices.ContainsFunc(strings.Fields(search.Fold(query)), func(term string) bool { return !holds(text, term) }) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// holds reports whether a text holds a term and cuts no number in doing so.
func holds(text, term string) bool {
	cuts := func(at int) bool {
		return at > 0 && at < len(text) && strings.IndexByte("0123456789.", text[at-1]) >= 0 && strings.IndexByte("0123456789.", text[at]) >= 0
	}
	for from := 0; ; from++ {
		at := strings.Index(text[from:], term)
		if at < 0 {
			return false
		}
		if from += at; !cuts(from) && !cuts(from+len(term)) {
			return true
		}
	}
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
