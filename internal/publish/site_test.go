package publish

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// tree is a small site, or any folder, by path.
type tree map[string]string

var public = release.Public(&campaign.Campaign{}, campaign.Date{Year: 2030, Month: 1, Day: 1}, nil)

// files returns the site as promises, in the order of the paths.
func (t tree) files() []release.File {
	var list []release.File
	for _, p := range slices.Sorted(maps.Keys(t)) {
		list = append(list, public.File(p, func(w io.Writer) error {
			for rest := t[p]; rest != ""; { // in pieces, as templates write
				n := min(7, len(rest))
				if _, err := io.WriteString(w, rest[:n]); err != nil {
					return err
				}
				rest = rest[n:]
			}
			return nil
		}))
	}
	return list
}

// readTree reads a folder back; nil when there is none.
func readTree(t testing.TB, dir string) tree {
	t.Helper()
	if _, err := os.Lstat(dir); os.IsNotExist(err) {
		return nil
	}
	found := tree{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		found[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// withSums is the site as it stands on disk.
func (t tree) withSums() tree {
	whole := maps.Clone(t)
	var sums strings.Builder
	for _, p := range slices.Sorted(maps.Keys(t)) {
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256([]byte(t[p])), p)
	}
	whole[SumsFile] = sums.String()
	return whole
}

var before = tree{
	"index.html":            "旧首页",
	"cases/a/index.html":    "案例甲，没有变化",
	"cases/b/index.html":    "案例乙，后来撤下",
	"assets/site.css":       strings.Repeat("body{}", 20000),
	"open/1/附件.pdf":         "附件",
	"data/statistics.csv":   "期次\r\n",
	"warnings/x/index.html": "警示",
}

var after = tree{
	"index.html":            "新首页",
	"cases/a/index.html":    "案例甲，没有变化",
	"cases/c/index.html":    "案例丙，新的",
	"assets/site.css":       strings.Repeat("body{}", 20000),
	"open/1/附件.pdf":         "附件换了",
	"data/statistics.csv":   "期次\r\n中期\r\n",
	"warnings/x/index.html": "警",
}

// workshop is a campaign's folder with a target in it.
func workshop(t testing.TB) Folder {
	t.Helper()
	root := t.TempDir()
	return Folder{Campaign: root, Target: filepath.Join(root, "public")}
}

func (f Folder) mustPublish(t testing.TB, site tree) Result {
	t.Helper()
	r, err := f.Publish(t.Context(), site.files())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Notes) > 0 {
		t.Fatal(r.Notes)
	}
	return r
}

func wantSite(t testing.TB, dir string, site tree) {
	t.Helper()
	if got := readTree(t, dir); !maps.Equal(got, site.withSums()) {
		t.Errorf("%s holds %v, want %v", dir, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(site)))
	}
}

// wantNoSiblings fails when a staging folder is left beside the target.
func wantNoSiblings(t testing.TB, target string) {
	t.Helper()
	left, err := filepath.Glob(mark(target) + "*")
	if err != nil {
		t.Fatal(err)
	}
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestPublishReplacesASiteWhole(t *testing.T) {
	f := workshop(t)
	first := f.mustPublish(t, before)
	wantSite(t, f.Target, before)
	if first.Files != 7 || first.Changed != 7 || first.Removed != 0 {
		t.Errorf("first build: %+v", first)
	}
	second := f.mustPublish(t, after)
	wantSite(t, f.Target, after)
	wantNoSiblings(t, f.Target)
	if second.Files != 7 || second.Changed != 5 || second.Removed != 1 {
		t.Errorf("second build: %+v", second)
	}
	if third := f.mustPublish(t, after); third.Changed != 0 {
		t.Errorf("third build: %+v", third)
	}
	wantSite(t, f.Target, after)
}

func TestSumsAreWhatSha256sumReads(t *testing.T) {
	f := workshop(t)
	f.mustPublish(t, before)
	sums := readTree(t, f.Target)[SumsFile]
	line := regexp.MustCompile(`^[0-9a-f]{64}  [^ \n].*$`)
	lines := strings.Split(strings.TrimSuffix(sums, "\n"), "\n")
	for _, l := range lines {
		if !line.MatchString(l) {
			t.Errorf("line %q", l)
		}
	}
	if !slices.IsSortedFunc(lines, func(a, b string) int { return strings.Compare(a[66:], b[66:]) }) {
		t.Error("not sorted by path")
	}
	paths, ok := parseSums([]byte(sums))
	if !ok || len(paths) != len(before) {
		t.Errorf("our own sums are not recognised: %v, %d paths", ok, len(paths))
	}
}

func TestUnchangedFilesStayTheSameFiles(t *testing.T) {
	for name, disk := range map[string]Disk{"with links": realDisk{}, "without links": linkless{}} {
		t.Run(name, func(t *testing.T) {
			f := workshop(t)
			f.Disk = disk
			f.mustPublish(t, before)
			stat := func(p string) os.FileInfo {
				info, err := os.Stat(filepath.Join(f.Target, p))
				if err != nil {
					t.Fatal(err)
				}
				return info
			}
			old := map[string]os.FileInfo{}
			for p := range before {
				old[p] = stat(p)
			}
			f.mustPublish(t, after)
			for p := range after {
				if before[p] == "" {
					continue
				}
				same := before[p] == after[p]
				_, links := disk.(realDisk)
				if links && os.SameFile(old[p], stat(p)) != same {
					t.Errorf("%s: the same file: %v", p, !same)
				}
				if old[p].ModTime().Equal(stat(p).ModTime()) != same {
					t.Errorf("%s: the same time: %v", p, !same)
				}
			}
		})
	}
}

func TestTamperedOldSiteIsReplaced(t *testing.T) {
	f := workshop(t)
	f.mustPublish(t, before)
	for p, text := range map[string]string{"cases/a/index.html": "被人改过", "index.html": "旧首页，后面多了一截", "assets/site.css": ""} {
		if err := os.WriteFile(filepath.Join(f.Target, p), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f.mustPublish(t, before)
	wantSite(t, f.Target, before)
}
