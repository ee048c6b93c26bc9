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
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// outputs gives the text of every published file by its path: a workbook
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

// build runs the command as a person would and gives the folder.
func build(t *testing.T, args ...string) string {
	t.Helper()
	target := filepath.Join(t.TempDir(), "public")
	command(t, append(args, "build", "-o", target)...)
	return target
}

const smallCampaign = "../../internal/review/testdata/campaign"

// TestNothingHeldBackLeaks looks through every byte of the public site for the
// marks that stand in items of each state that is not public: 依申请公开,
// 不予公开, unsigned, future, expired, of an unreleased round, and a section that
// goes only into the submission. On days when they are out, they are there.
func TestNothingHeldBackLeaks(t *testing.T) {
	texts := outputs(t, build(t, "-C", smallCampaign, "--date", "2026-05-10"))
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
	later := outputs(t, build(t, "-C", smallCampaign, "--date", "2026-06-01"))
	if !strings.Contains(later["warnings/weilai/index.html"], "MARK未来正文") || !strings.Contains(later["report.pdf"], "MARK未来正文") {
		t.Error("on its day the warning is out, on its page and in the PDF")
	}
}

// TestSignersAreNotPublished: the sample's signers are in no published file.
func TestSignersAreNotPublished(t *testing.T) {
	for path, text := range outputs(t, site(t)) {
		for _, name := range []string{"初审员", "复审员", "终审员", "保密员"} {
			if strings.Contains(text, name) {
				t.Errorf("%s names a signer", path)
			}
		}
		if strings.HasSuffix(path, ".html") && !strings.Contains(text, "示例数据") {
			t.Errorf("%s is not marked 示例数据", path)
		}
	}
}

// TestBuildTwice: the same inputs and date give the same bytes, whatever the
// number of processors, the time zone, the language, the folder's name, where
// the command is started, who may read new files, and when files were saved.
func TestBuildTwice(t *testing.T) {
	bin := program(t)
	for name, other := range map[string]struct {
		from string
		args []string
		env  []string
	}{
		"sample": {"../..", nil, []string{"GOMAXPROCS=1", "TZ=America/New_York", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8"}},
		"small":  {smallCampaign, []string{"--date", "2026-05-10"}, []string{"GOMAXPROCS=8", "TZ=Pacific/Kiritimati", "LC_ALL=C", "HOME=/nonexistent"}},
	} {
		t.Run(name, func(t *testing.T) {
			first := build(t, append([]string{"-C", other.from}, other.args...)...)
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
			same(t, first, filepath.Join(copied, "网站"))
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

// TestNoDeadLink follows every link, picture and script of the whole site,
// the files of every room included, for the sample and the small campaign.
func TestNoDeadLink(t *testing.T) {
	for name, dir := range map[string]string{"sample": site(t), "small": build(t, "-C", smallCampaign, "--date", "2026-05-10")} {
		t.Run(name, func(t *testing.T) {
			texts := outputs(t, dir)
			links := 0
			for path, text := range texts {
				if filepath.Ext(path) != ".html" || path == "404.html" {
					continue
				}
				for _, link := range hrefs(t, text) {
					links++
					u, err := url.Parse(link)
					if err != nil {
						t.Errorf("%s: %v", path, err)
						continue
					}
					if u.Scheme != "" || u.Path == "" {
						continue
					}
					if target := pathpkg.Join(pathpkg.Dir(path), u.Path); texts[target] == "" {
						t.Errorf("%s: nothing at %s", path, link)
					}
				}
			}
			if links < 500 {
				t.Errorf("only %d links were followed", links)
			}
		})
	}
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
			if a.Key == "href" || a.Key == "src" || a.Key == "poster" {
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
