package publish

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"wangjian/internal/cause"
)

// What reading a site back may take: a file, all of them, and one answer.
const (
	mostOfFetched = 2 << 30
	mostFetched   = 16 << 30
	mostSums      = 64 << 20
	fetchTimeout  = 2 * time.Minute
	fetchAtOnce   = 4
)

// fetcher reads a published site back from its address, as citizens see it.
type fetcher struct {
	client *http.Client
	base   *url.URL
	dir    string

	mu   sync.Mutex
	size int64
}

// Fetch reads the site at an address into a folder: its SHA256SUMS and every file
// that it names. A file that is not there is left out. Only the host that was
// named is asked.
func Fetch(ctx context.Context, address, dir string, progress func(files, of int)) error {
	base, err := url.Parse(strings.TrimSuffix(strings.TrimSuffix(address, "index.html"), "/") + "/")
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return fmt.Errorf("“%s”不是网址，写成 https://……", address)
	}
	base.RawQuery, base.Fragment = "", ""
	f := &fetcher{base: base, dir: dir, client: &http.Client{Timeout: fetchTimeout, CheckRedirect: sameHost}}
	if err := f.fetch(ctx, SumsFile, mostSums); err != nil {
		return fmt.Errorf("%s 上没有读到 %s：%w", address, SumsFile, err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, SumsFile))
	if err != nil {
		return cause.Failed("读", SumsFile, err)
	}
	sums, ok := parseSums(raw)
	if !ok {
		return fmt.Errorf("%s 上的 %s 不是本程序写的样子：那里不是本程序生成的网站，或者它被改过", address, SumsFile)
	}
	return f.fetchAll(ctx, slices.Sorted(maps.Keys(sums)), progress)
}

// sameHost follows a redirection only within the host that was named.
func sameHost(req *http.Request, via []*http.Request) error {
	if req.URL.Hostname() != via[0].URL.Hostname() || len(via) > 5 {
		return fmt.Errorf("它转到了 %s", req.URL.Host)
	}
	return nil
}

// fetchAll fetches the files, a few at a time, and stops at the first that the
// network fails on.
func (f *fetcher) fetchAll(ctx context.Context, paths []string, progress func(files, of int)) error {
	queue := &queue{end: len(paths)}
	var group sync.WaitGroup
	for range fetchAtOnce {
		group.Go(func() {
			for {
				n, ok := queue.next()
				if !ok {
					return
				}
				progress(n+1, len(paths))
				if err := f.fetch(ctx, paths[n], mostOfFetched); err != nil && !errors.Is(err, errAbsent) {
					queue.fail(n, fmt.Errorf("读 %s：%w", paths[n], err))
				}
			}
		})
	}
	group.Wait()
	return queue.err
}

// errAbsent: the server has no such file.
var errAbsent = errors.New("没有这个文件")

// fetch fetches a file of the site.
func (f *fetcher) fetch(ctx context.Context, p string, most int64) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.base.ResolveReference(&url.URL{Path: p}).String(), nil)
	if err != nil {
		return err
	}
	req.Header.Set("User-Agent", "wangjian")
	req.Header.Set("Accept-Encoding", "identity")
	req.Header.Set("Cache-Control", "no-cache")
	answer, err := f.client.Do(req)
	if err != nil {
		return offline(err)
	}
	defer answer.Body.Close()
	switch {
	case answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusGone:
		return errAbsent
	case answer.StatusCode != http.StatusOK:
		return fmt.Errorf("服务器回答 %d", answer.StatusCode)
	}
	body := io.Reader(answer.Body)
	if answer.Header.Get("Content-Encoding") == "gzip" { // as object storage has it, whatever is asked for
		if body, err = gzip.NewReader(answer.Body); err != nil {
			return offline(err)
		}
	}
	return f.store(p, body, most)
}

// offline says why a server could not be asked.
func offline(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		if failed.Timeout() {
			return errors.New("服务器没有按时回答")
		}
		err = failed.Err
	}
	return fmt.Errorf("连不上，或没有读完：%w", err)
}

func (f *fetcher) store(p string, from io.Reader, most int64) error {
	name := filepath.Join(f.dir, filepath.FromSlash(p))
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return cause.Failed("建立文件夹", filepath.Dir(name), err)
	}
	to, err := os.Create(name)
	if err != nil {
		return cause.Failed("写", name, err)
	}
	n, err := io.Copy(to, io.LimitReader(from, most+1))
	if e := to.Close(); err == nil {
		err = e
	}
	f.mu.Lock()
	f.size += n
	size := f.size
	f.mu.Unlock()
	switch {
	case err != nil:
		return offline(err)
	case n > most || size > mostFetched:
		return errors.New("大得不正常，没有读完")
	}
	return nil
}
