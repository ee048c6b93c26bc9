//go:build whole

package main

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	pathpkg "path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// outputs returns the text of every published file by its path: a workbook
// unzipped, a PDF as pdftotext reads it, the rest as it is.
func outputs(t *testing.T, dir string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		text := string(data)
		switch filepath.Ext(name) {
		case ".xlsx":
			text = unzipped(t, data)
		case ".pdf":
			out, err := exec.Command("pdftotext", "-raw", name, "-").Output()
			if err != nil {
				t.Fatalf("pdftotext %s: %v", name, err)
			}
			text = string(out)
		case ".html":
			text = strings.ReplaceAll(text, "<wbr>", "")
		}
		path, _ := filepath.Rel(dir, name)
		texts[filepath.ToSlash(path)] = text
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func unzipped(t *testing.T, data []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&text, r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return text.String()
}

// build runs the command as a person would and returns the folder.
func build(t *testing.T, args ...string) string {
	t.Helper()
	target := filepath.Join(t.TempDir(), "public")
	command(t, append(args, "build", "-o", target)...)
	return target
}

// TestNothingHeldBackLeaks looks through every byte of the public site for the
// marks that stand in items of each state that is not public: 依申请公开,
// 不予公开, unsigned, future, expired, of an unreleased round, and a section that
// goes only into the submission. On days when they are out, they are there.
func TestNothingHeldBackLeaks(t *testing.T) {
	texts := outputs(t, smallInMay(t))
	if len(texts) < 30 || texts["report.pdf"] == "" || texts["data/statistics.xlsx"] == "" {
		t.Fatalf("only %d files", len(texts))
	}
	for path, text := range texts {
		for _, secret := range []string{"MARK", "weilai", "yishenqing", "QH-2026-002", ">391<", ",391,", "\"391\"", "392批次"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds %q", path, secret)
			}
		}
	}
	later := outputs(t, smallLater(t))
	if !strings.Contains(later["warnings/weilai/index.html"], "MARK未来正文") || !strings.Contains(later["report-full.pdf"], "MARK未来正文") {
		t.Error("on its day the warning is out, on its page and in the PDF")
	}
}

// TestSignersAreNotPublished looks through every byte of the sample's site, the
// PDF and the workbook unpacked, for its signers.
func TestSignersAreNotPublished(t *testing.T) {
	for path, content := range contentsOf(t, site(t)) {
		texts := []string{string(content)}
		if !slices.Contains([]string{".html", ".css", ".xml", ".csv"}, filepath.Ext(path)) {
			texts = readings(t, path, content, 0)
		}
		for _, name := range []string{"初审员", "复审员", "终审员", "保密员"} {
			if slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, name) }) {
				t.Errorf("%s names a signer", path)
			}
		}
		if strings.HasSuffix(path, ".html") && !strings.Contains(texts[0], "示例数据") {
			t.Errorf("%s is not marked 示例数据", path)
		}
	}
}

// TestBuildTwice: the same inputs and date lead to the same bytes, whatever the
// number of processors, the time zone, the language, the folder's name, where
// the command is started, who may read new files, and when files were saved.
func TestBuildTwice(t *testing.T) {
	bin := program(t)
	for name, other := range map[string]struct {
		from  string
		first func(testing.TB) string
		args  []string
		env   []string
	}{
		"sample": {"../..", site, nil, []string{"GOMAXPROCS=1", "TZ=America/New_York", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8"}},
		"small":  {smallCampaign, smallInMay, []string{"--date", "2026-05-10"}, []string{"GOMAXPROCS=8", "TZ=Pacific/Kiritimati", "LC_ALL=C", "HOME=", "XDG_CACHE_HOME="}},
	} {
		t.Run(name, func(t *testing.T) {
			place := t.TempDir()
			copied := filepath.Join(place, "别处 2")
			long := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
			for _, dir := range []string{"data", "content"} {
				if err := os.CopyFS(filepath.Join(copied, dir), os.DirFS(filepath.Join(other.from, dir))); err != nil {
					t.Fatal(err)
				}
			}
			err := filepath.WalkDir(copied, func(name string, _ fs.DirEntry, err error) error {
				if err != nil {
					return err
				}
				return os.Chtimes(name, long, long)
			})
			if err != nil {
				t.Fatal(err)
			}
			// A process of its own, so that the environment counts.
			child := exec.Command("sh", append([]string{"-c", `umask 077; exec "$0" "$@"`, bin, "-C", "别处 2", "build", "-o", "网站"}, other.args...)...)
			child.Dir = place
			child.Env = append(os.Environ(), other.env...)
			if out, err := child.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			same(t, other.first(t), filepath.Join(copied, "网站"))
		})
	}
}

// same compares two folders byte by byte.
func same(t *testing.T, a, b string) {
	t.Helper()
	one, two := contentsOf(t, a), contentsOf(t, b)
	if len(one) != len(two) {
		t.Errorf("%d files and %d files", len(one), len(two))
	}
	for path, data := range one {
		if !bytes.Equal(data, two[path]) {
			t.Errorf("%s differs", path)
		}
	}
}

// TestNoDeadLink follows every link of the whole site, the files of every package
// included, for the sample and the small campaign: in pages (with the place
// that they lead to), in styles, feed, site map, robots.txt, search index, the
// description of the data, and papers.
func TestNoDeadLink(t *testing.T) {
	for name, site := range map[string]struct{ dir, base string }{
		"sample": {site(t), ""},
		"small":  {smallInMay(t), "https://qinghe.example/xysa/"},
	} {
		t.Run(name, func(t *testing.T) { newLinkCheck(t, site.dir, site.base).all() })
	}
}

// linkCheck follows the links of a built site.
type linkCheck struct {
	t      *testing.T
	files  map[string][]byte
	places map[string]map[string]bool // page → its ids
	base   string                     // the site's own address; "" reads it from robots.txt
	counts map[string]int             // links by the kind of file that they stand in
}

func newLinkCheck(t *testing.T, dir, base string) *linkCheck {
	c := &linkCheck{t: t, files: map[string][]byte{}, places: map[string]map[string]bool{}, base: base, counts: map[string]int{}}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		path, _ := filepath.Rel(dir, name)
		c.files[filepath.ToSlash(path)] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, at, ok := strings.Cut(string(c.files["robots.txt"]), "Sitemap: ")
	if !ok {
		t.Fatal("robots.txt names no site map")
	}
	if own := strings.TrimSuffix(strings.TrimSpace(at), "sitemap.xml"); c.base == "" {
		c.base = own
	} else if own != c.base {
		t.Errorf("robots.txt: %s, want %s", own, c.base)
	}
	return c
}

var (
	cssURL     = regexp.MustCompile(`url\("?([^")]+)"?\)`)
	xmlAddress = regexp.MustCompile(`(?:<loc>|href=")([^<"]+)`)
	searchPath = regexp.MustCompile(`"u":"([^"]+)"`)
	dataPath   = regexp.MustCompile(`"path": "([^"]+)"`)
	pdfURI     = regexp.MustCompile(`/URI ?\(((?:[^()\\]|\\.)*)\)`)
)

func (c *linkCheck) all() {
	for path, data := range c.files {
		text := string(data)
		switch {
		case path == "404.html": // shown at any depth: its links are full addresses
			for _, link := range hrefs(c.t, text) {
				if strings.HasPrefix(link, c.base) {
					c.follow(path, link)
				}
			}
		case strings.HasSuffix(path, ".html"):
			for _, link := range hrefs(c.t, text) {
				c.follow(path, link)
			}
		case strings.HasSuffix(path, ".css"):
			c.each(path, cssURL.FindAllStringSubmatch(text, -1))
		case path == "feed.xml", path == "sitemap.xml":
			c.each(path, xmlAddress.FindAllStringSubmatch(text, -1))
		case strings.HasPrefix(path, "search/data/"):
			for _, m := range searchPath.FindAllStringSubmatch(text, -1) {
				c.follow("index.html", m[1]) // paths from the site's root
				c.counts["search"]++
			}
		case path == "data/datapackage.json":
			c.each(path, dataPath.FindAllStringSubmatch(text, -1))
		case strings.HasSuffix(path, ".pdf"):
			c.each(path, pdfURI.FindAllStringSubmatch(text, -1))
			for _, m := range pdfStream.FindAllSubmatch(data, -1) {
				c.each(path, pdfURI.FindAllStringSubmatch(string(inflated(m[1])), -1))
			}
		}
	}
	for kind, least := range map[string]int{".html": 500, ".xml": 30, "search": 15, ".json": 2} {
		if c.counts[kind] < least {
			c.t.Errorf("only %d links were followed in %s", c.counts[kind], kind)
		}
	}
}

func (c *linkCheck) each(path string, matches [][]string) {
	for _, m := range matches {
		c.follow(path, m[1])
	}
}

// follow checks that a link leads to a file of the site, and to a place in it.
func (c *linkCheck) follow(from, link string) {
	c.counts[filepath.Ext(from)]++
	// The site's own address is the site.
	link = strings.TrimSpace(link)
	inside := from
	if rest, ok := strings.CutPrefix(link, c.base); ok {
		link, inside = rest, "index.html"
		if link == "" || strings.HasSuffix(link, "/") {
			link += "index.html"
		}
	}
	u, err := url.Parse(link)
	if err != nil {
		c.t.Errorf("%s: %v", from, err)
		return
	}
	if u.Scheme != "" || u.Host != "" {
		return // leaves the site; see TestLeavingIsSaid
	}
	target := inside
	if u.Path != "" {
		target = pathpkg.Join(pathpkg.Dir(inside), u.Path)
	}
	if _, ok := c.files[target]; !ok {
		c.t.Errorf("%s: nothing at %s", from, link)
		return
	}
	if u.Fragment == "" || !strings.HasSuffix(target, ".html") {
		return
	}
	if c.places[target] == nil {
		c.places[target] = placesOf(c.t, string(c.files[target]))
	}
	if !c.places[target][u.Fragment] {
		c.t.Errorf("%s: no #%s in %s", from, u.Fragment, target)
	}
}

func placesOf(t *testing.T, page string) map[string]bool {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]bool{}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "id" {
				places[a.Val] = true
			}
		}
	}
	return places
}

func hrefs(t *testing.T, page string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var links []string
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "href", "src", "poster", "action":
				links = append(links, a.Val)
			}
			if a.Key == "srcset" {
				for one := range strings.SplitSeq(a.Val, ", ") {
					link, _, _ := strings.Cut(one, " ")
					links = append(links, link)
				}
			}
		}
	}
	return links
}
