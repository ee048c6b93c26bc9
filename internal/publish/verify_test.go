package publish

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// byPath returns the differences by path.
func byPath(list []Difference) map[string]string {
	by := map[string]string{}
	for _, d := range list {
		by[d.Path] = d.Words
	}
	return by
}

// tampered publishes a site and does things to it.
func tampered(t *testing.T, change func(dir string)) string {
	t.Helper()
	f := workshop(t)
	f.mustPublish(t, after)
	change(f.Target)
	return f.Target
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	// A published file is replaced, not written into.
	os.Remove(name)
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestSumsAreChecked(t *testing.T) {
	dir := tampered(t, func(dir string) {
		put(t, dir, "index.html", "被换掉的首页")
		put(t, dir, "cases/c/新.html", "多出来的")
		put(t, dir, ".DS_Store", "")
		if err := os.Remove(filepath.Join(dir, "assets", "site.css")); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, "cases", "a", "index.html")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(dir, "index.html"), filepath.Join(dir, "cases", "a", "index.html")); err != nil {
			t.Fatal(err)
		}
	})
	count, wrong, err := CheckSums(dir)
	if err != nil || count != len(after) {
		t.Fatalf("%d, %v", count, err)
	}
	want := map[string]string{
		"index.html":         "与 SHA256SUMS 不符，发布以后被改过",
		"cases/c/新.html":     "多出的文件，SHA256SUMS 里没有",
		"assets/site.css":    "缺这个文件",
		"cases/a/index.html": "读不出来：不是普通文件",
	}
	if got := byPath(wrong); !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	_, wrong, err = CheckSums(tampered(t, func(string) {}))
	if err != nil || len(wrong) > 0 {
		t.Errorf("a site as it was published: %v %v", wrong, err)
	}
}

func TestWhatHasNoSumsIsNoSite(t *testing.T) {
	for name, want := range map[string]string{"": "这不是发布完整的网站", "index.html\n": "不是本程序写的样子", strings.Repeat("0", 64) + "  ../x\n": "不是本程序写的样子"} {
		dir := t.TempDir()
		if name != "" {
			put(t, dir, SumsFile, name)
		}
		if _, _, err := CheckSums(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestARebuildIsCompared(t *testing.T) {
	for _, workers := range []int{1, 4} {
		dir := tampered(t, func(string) {})
		if wrong, err := Compare(t.Context(), after.files(), dir, workers, nil); err != nil || len(wrong) > 0 {
			t.Fatalf("the same site: %v %v", wrong, err)
		}
		ctx, stop := context.WithCancel(t.Context())
		told := 0
		_, err := Compare(ctx, after.files(), dir, 1, func(n, of int) {
			if told = n; n == 2 {
				stop()
			}
		})
		if !errors.Is(err, context.Canceled) || told != 2 {
			t.Errorf("stopped at the second of %d files: %v after %d", len(after), err, told)
		}
		now := maps.Clone(after)
		now["index.html"] = "新首页\n又改了"
		now["新/index.html"] = "新的页"
		now["cases/c/index.html"] = "案例丙"    // shorter than what is there
		now["cases/a/index.html"] += "\n多一行" // longer
		delete(now, "assets/site.css")
		wrong, err := Compare(t.Context(), now.files(), dir, workers, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{
			"index.html":         "与重新生成的不同，从第 1 行起",
			"新/index.html":       "发布的文件夹里没有这个文件",
			"cases/c/index.html": "与重新生成的不同，从第 1 行起",
			"cases/a/index.html": "与重新生成的不同，从第 1 行起",
			"assets/site.css":    "重新生成的网站里没有这个文件",
			SumsFile:             "与重新生成的不同，从第 1 行起",
		}
		if got := byPath(wrong); !maps.Equal(got, want) {
			t.Errorf("got %v", got)
		}
		if got := readTree(t, dir); !maps.Equal(got, after.withSums()) {
			t.Error("comparing changed the folder")
		}
	}
}
