package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"wangjian/tools/corpus"
)

const pagefindVersion = "1.6.0"

// asked is the query whose bytes are counted: four characters that stand in many
// pages, across a boundary of words.
const asked = "虚构原价"

// searches measures the search index beside Pagefind's over the same pages: the
// making, its size, and what a browser loads until ten results of a first query
// are shown. Ours is made while pages are rendered, so its time is that of the
// whole build; Pagefind's is that of reading the finished pages.
func searches(o options) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	modules := npmPackage(o.work, "pagefind", pagefindVersion)
	for _, name := range o.sizes {
		size, err := sizeOf(name)
		if err != nil {
			return err
		}
		s := &searchContest{self: self, modules: modules, dir: filepath.Join(o.work, "search-"+name), title: name + ", "}
		if err := errors.Join(s.run(corpus.Make(size), o.times), remove(s.dir)); err != nil {
			return fmt.Errorf("%s：%w", name, err)
		}
	}
	return nil
}

type searchContest struct {
	self, modules, dir, title string
}

func (s *searchContest) in(name string) string { return filepath.Join(s.dir, name) }

func (s *searchContest) run(c *corpus.Corpus, times int) error {
	if err := remove(s.dir); err != nil {
		return err
	}
	if err := c.WriteCampaign(below(s.in("campaign"))); err != nil {
		return err
	}
	var ours, theirs series
	for range times {
		took, err := s.build()
		if err != nil {
			return err
		}
		ours = append(ours, took)
		if took, err = s.pagefind(); err != nil {
			return err
		}
		theirs = append(theirs, took)
	}
	size, err := written(s.in("site/search/data"))
	if err != nil {
		return err
	}
	row(s.title+"search index", "wangjian, the whole build with it", ours, size)
	if s.modules != "" {
		if size, err = written(s.in("pagefind/index"), s.in("pagefind/fragment")); err != nil {
			return err
		}
		ratios("", "Pagefind "+pagefindVersion+", the index alone", theirs, size, ours)
	}
	return s.queries(times)
}

// build makes the whole site; the index cannot be made without its pages.
func (s *searchContest) build() (run, error) {
	if err := remove(s.in("site"), s.in("campaign/.wangjian")); err != nil {
		return run{}, err
	}
	took, _, err := measure(s.self, "site", "-o", s.in("site"), s.in("campaign"))
	return took, err
}

func (s *searchContest) pagefind() (run, error) {
	if s.modules == "" {
		return run{}, nil
	}
	if err := remove(s.in("pagefind")); err != nil {
		return run{}, err
	}
	programs, err := filepath.Glob(filepath.Join(s.modules, "@pagefind", "*", "bin", "pagefind_extended*"))
	if err != nil {
		return run{}, err
	}
	for _, program := range programs {
		if info, err := os.Stat(program); err == nil && info.Mode()&0o100 != 0 {
			took, _, err := measure(program, "--site", s.in("site"), "--output-path", s.in("pagefind"))
			return took, err
		}
	}
	return run{}, fmt.Errorf("%s 里没有 Pagefind 的程序", s.modules)
}

// queries counts what a query loads, the same each time.
func (s *searchContest) queries(times int) error {
	const tryPage = `<!doctype html><meta charset="utf-8"><ol></ol><script type="module">
const pagefind = await import('/pagefind/pagefind.js');
const found = await pagefind.search(new URLSearchParams(location.search).get('q'));
for (const one of await Promise.all(found.results.slice(0, 10).map(r => r.data()))) {
  const li = document.querySelector('ol').appendChild(document.createElement('li'));
  li.className = 'entry';
  li.innerHTML = one.excerpt;
}
</script>`
	if s.modules != "" {
		if err := os.WriteFile(s.in("pagefind/try.html"), []byte(tryPage), 0o644); err != nil {
			return err
		}
	}
	counted := &counter{dir: s.dir, kept: map[string][]byte{}}
	server := httptest.NewServer(counted)
	defer server.Close()
	sides := []*side{{who: "wangjian", address: "/site/search/index.html"}}
	if s.modules != "" {
		sides = append(sides, &side{who: "Pagefind", address: "/pagefind/try.html"})
	}
	for n := range 3*times + 1 { // the first fills what the server keeps
		for _, one := range sides {
			counted.reset()
			took, err := ask(server.URL + one.address + "?q=" + asked)
			if err != nil {
				return fmt.Errorf("%s：%w", one.who, err)
			}
			if one.sent = counted.sum(); n > 0 {
				one.took = append(one.took, took)
			}
		}
	}
	row(s.title+"a first query ("+asked+") until ten results show", sides[0].who, sides[0].took, sides[0].sent)
	for _, other := range sides[1:] {
		ratios("", other.who, other.took, other.sent, sides[0].took)
	}
	return nil
}

// side is a search page, and what it took.
type side struct {
	who, address string
	took         series
	sent         output
}

// ask opens a search page with a query in a new browser, whose cache is empty, and
// returns how long the results took.
func ask(address string) (run, error) {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	ctx, stopBrowser := browser(ctx)
	defer stopBrowser()
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		return run{}, err
	}
	begin := time.Now()
	if _, err := chromedp.Call(ctx, page.Navigate, page.NavigateParams{URL: address}); err != nil {
		return run{}, err
	}
	for shown := 0; shown < 10; time.Sleep(5 * time.Millisecond) {
		var err error
		if shown, err = chromedp.Run(ctx, chromedp.Evaluate[int]("document.querySelectorAll('.entry').length")); err != nil {
			return run{}, err
		}
	}
	took := run{wall: time.Since(begin)}
	time.Sleep(300 * time.Millisecond) // what is still under way counts too
	return took, nil
}

// counter serves a folder as a web server does that keeps its texts compressed, and
// counts what it sends.
type counter struct {
	dir  string
	mu   sync.Mutex
	kept map[string][]byte // by path
	sent output
}

func (c *counter) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent = output{}
}

func (c *counter) sum() output {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sent
}

func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ending := filepath.Ext(r.URL.Path)
	compressed := slices.Contains([]string{".html", ".js", ".css", ".svg", ".json"}, ending)
	body, err := c.body(r.URL.Path, compressed)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	if compressed {
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.Header().Set("Content-Type", cmp.Or(mime.TypeByExtension(ending), "application/octet-stream"))
	w.Write(body) // a browser that has gone wants no more
}

// body returns what is sent for a path, and counts it.
func (c *counter) body(path string, compressed bool) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	body, ok := c.kept[path]
	if !ok {
		raw, err := os.ReadFile(filepath.Join(c.dir, filepath.FromSlash(path)))
		if err != nil {
			return nil, err
		}
		if body = raw; compressed {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			z.Write(raw) // a bytes.Buffer does not fail
			z.Close()
			body = b.Bytes()
		}
		c.kept[path] = body
	}
	c.sent.files++
	c.sent.bytes += int64(len(body))
	return body, nil
}
