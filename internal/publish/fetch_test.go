package publish

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// served is a site on a server: its files by path, and what the server was asked.
type served struct {
	files map[string]string
	mu    sync.Mutex
	asked []string
	agent string
}

func (s *served) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked, s.agent = append(s.asked, r.URL.Path), r.UserAgent()
	s.mu.Unlock()
	content, ok := s.files[strings.TrimPrefix(r.URL.Path, "/a/")]
	switch to, redirected := strings.CutPrefix(content, "-> "); {
	case redirected:
		http.Redirect(w, r, to, http.StatusFound)
	case !ok:
		http.NotFound(w, r)
	default:
		fmt.Fprint(w, content)
	}
}

// onServer serves a site of three files with its sums.
func onServer(t *testing.T, change func(files map[string]string)) (*served, string) {
	t.Helper()
	files := map[string]string{"index.html": "<p>首页</p>", "a/通知.txt": "通知", "data/statistics.json": "{}"}
	var sums string
	for _, p := range []string{"a/通知.txt", "data/statistics.json", "index.html"} {
		sums += fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(files[p])), p)
	}
	files[SumsFile] = sums
	change(files)
	s := &served{files: files}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL + "/a"
}

func fetched(t *testing.T, address string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	return dir, Fetch(context.Background(), address, dir, func(int, int) {})
}

// TestFetch: what is read back is the site as it is served; a file that is changed
// or gone there is found by the sums.
func TestFetch(t *testing.T) {
	for name, c := range map[string]struct {
		change func(map[string]string)
		want   string
	}{
		"sound":      {func(map[string]string) {}, "[]"},
		"changed":    {func(f map[string]string) { f["index.html"] = "<p>换掉了</p>" }, "[{index.html 与 SHA256SUMS 不符，发布以后被改过}]"},
		"gone":       {func(f map[string]string) { delete(f, "a/通知.txt") }, "[{a/通知.txt 缺这个文件}]"},
		"redirected": {func(f map[string]string) { f["index.html"] = "-> /a/b.html"; f["b.html"] = "<p>首页</p>" }, "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			s, address := onServer(t, c.change)
			for _, form := range []string{address, address + "/", address + "/index.html"} {
				dir, err := fetched(t, form)
				if err != nil {
					t.Fatal(err)
				}
				if _, wrong, err := CheckSums(dir); err != nil || fmt.Sprint(wrong) != c.want {
					t.Errorf("got %v, %v, want %s", wrong, err, c.want)
				}
			}
			if s.agent != "wangjian" {
				t.Errorf("User-Agent %q", s.agent)
			}
		})
	}
}

// TestFetchAsksOnlyTheHost: no other host is asked, whatever the site says, and
// nothing is written outside the folder.
func TestFetchAsksOnlyTheHost(t *testing.T) {
	other := &served{files: map[string]string{}}
	elsewhere := httptest.NewServer(other)
	defer elsewhere.Close()
	away := strings.Replace(elsewhere.URL, "127.0.0.1", "localhost", 1)
	for name, change := range map[string]func(map[string]string){
		"redirection": func(f map[string]string) { f["index.html"] = "-> " + away + "/x" },
		"of the sums": func(f map[string]string) { f[SumsFile] = "-> " + away + "/x" },
		"outside":     func(f map[string]string) { f[SumsFile] = strings.Repeat("0", 64) + "  ../../x\n" },
		"no site":     func(f map[string]string) { delete(f, SumsFile) },
		"no sums":     func(f map[string]string) { f[SumsFile] = "<html>找不到</html>" },
	} {
		t.Run(name, func(t *testing.T) {
			_, address := onServer(t, change)
			dir, err := fetched(t, address)
			if err == nil {
				t.Error("no error")
			}
			if _, err := os.Stat(filepath.Join(dir, "../../x")); err == nil {
				t.Error("wrote outside")
			}
		})
	}
	if len(other.asked) > 0 {
		t.Errorf("another host was asked for %v", other.asked)
	}
	for _, address := range []string{"ftp://a/b", "https://", "http:// x"} {
		if err := Fetch(context.Background(), address, t.TempDir(), nil); err == nil {
			t.Errorf("%s: no error", address)
		}
	}
}
