package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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
	counted := &counter{files: http.FileServer(http.Dir(s.dir))}
	server := httptest.NewServer(counted)
	defer server.Close()
	what := s.title + "a first query (" + asked + ") until ten results show"
	var ours series
	for _, side := range []struct{ who, address string }{{"wangjian", "/site/search/index.html"}, {"Pagefind", "/pagefind/try.html"}} {
		if side.who != "wangjian" && s.modules == "" {
			continue
		}
		var took series
		var sent output
		for range times {
			counted.reset()
			it, err := ask(server.URL + side.address + "?q=" + asked)
			if err != nil {
				return fmt.Errorf("%s：%w", side.who, err)
			}
			took, sent = append(took, it), counted.sum()
		}
		ratios(what, side.who, took, sent, ours)
		what, ours = "", took
	}
	return nil
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

// counter serves a folder as a web server does that compresses texts, and counts
// what it sends.
type counter struct {
	files http.Handler
	mu    sync.Mutex
	sent  output
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
	to := &response{ResponseWriter: w, counter: c}
	switch filepath.Ext(r.URL.Path) {
	case ".html", ".js", ".css", ".svg", ".json":
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(to)
		defer z.Close()
		c.files.ServeHTTP(compressing{to, z}, r)
	default:
		c.files.ServeHTTP(to, r)
	}
}

// response counts the bytes of a body.
type response struct {
	http.ResponseWriter
	*counter
}

func (r *response) WriteHeader(code int) {
	if code == http.StatusOK {
		r.mu.Lock()
		r.sent.files++
		r.mu.Unlock()
	}
	r.ResponseWriter.WriteHeader(code)
}

func (r *response) Write(p []byte) (int, error) {
	r.mu.Lock()
	r.sent.bytes += int64(len(p))
	r.mu.Unlock()
	return r.ResponseWriter.Write(p)
}

// compressing passes a body through gzip; its length is not known before.
type compressing struct {
	*response
	body io.Writer
}

func (c compressing) Write(p []byte) (int, error) { return c.body.Write(p) }

func (c compressing) WriteHeader(code int) {
	c.Header().Del("Content-Length")
	c.response.WriteHeader(code)
}
