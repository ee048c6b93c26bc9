//go:build whole

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"wangjian/internal/soak"
)

// mainKinds are the seven page kinds that most readers see.
var mainKinds = []string{
	"index.html", "departments/shijian/index.html", "regions/360702/index.html", "tasks/sanjia-zhibo/index.html",
	"statistics/index.html", "cases/zhibo-xujia/index.html", "warnings/zhibo-gouwu/index.html",
}

// atHome serves the sample under its own sub-path, as a web server does: text
// compressed, which the weights that a phone waits for depend on. The server's
// own address stands in the place of the sample's: canonical addresses are those
// of the pages looked at.
func atHome(t testing.TB, dir string) string {
	t.Helper()
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(r.URL.Path, "/wangjian2022/")))
		kind := mime.TypeByExtension(filepath.Ext(name))
		if !strings.HasPrefix(kind, "text/") && !strings.HasPrefix(kind, "image/svg") {
			http.StripPrefix("/wangjian2022/", http.FileServer(http.Dir(dir))).ServeHTTP(w, r)
			return
		}
		page, err := os.ReadFile(name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		packed.Write(bytes.ReplaceAll(page, []byte("https://wangjian.example/"), []byte(server.URL+"/")))
		packed.Close()
	}))
	t.Cleanup(server.Close)
	return server.URL + "/wangjian2022/"
}

// ownCalls are what Chromium asks for by itself, whatever the page.
var ownCalls = regexp.MustCompile(`^(accounts|clients\d*|android\.clients)\.google\.com|^(update|optimizationguide-pa|safebrowsing|content-autofill)\.googleapis\.com`)

var callTo = regexp.MustCompile(`^[A-Z]+ (?:[a-z]+://)?([^/: ]+)`)

// fence is where Chromium is told to send all that is not for this machine. It
// lets nothing out and keeps what the page asked for.
func fence(t testing.TB) (address string, calls func() []string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	var mu sync.Mutex
	var list []string
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			first := make([]byte, 200)
			n, _ := c.Read(first)
			if m := callTo.FindSubmatch(first[:n]); m == nil || !ownCalls.Match(m[1]) {
				mu.Lock()
				list = append(list, string(first[:n]))
				mu.Unlock()
			}
			c.Close()
		}
	}()
	return l.Addr().String(), func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(list)
	}
}

// homebound keeps Lighthouse itself on this machine.
const homebound = `const net = require('net'), connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
	const o = Array.isArray(args[0]) ? args[0][0] : args[0];
	if (o && typeof o === 'object' && !o.path && o.host && !/^(127\.|localhost$|::1$)/.test(o.host)) throw new Error('a call to the outside: ' + o.host);
	return connect.apply(this, args);
};`

// score is what Lighthouse says of a page: each category out of 100, and what
// cost points.
type score struct {
	categories map[string]float64
	faults     []string
}

// lighthouse runs it on a page, as on a phone, with no way out of this machine.
func lighthouse(t testing.TB, address, categories string) score {
	t.Helper()
	if out, err := exec.Command("make", "-s", "-C", "../..", "lighthouse").CombinedOutput(); err != nil {
		t.Fatalf("Lighthouse is missing: %s", out)
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal(err)
	}
	tool, err := filepath.Abs("../../.wangjian/lighthouse/node_modules/lighthouse/cli/index.js")
	if err != nil {
		t.Fatal(err)
	}
	guard := filepath.Join(t.TempDir(), "homebound.js")
	if err := os.WriteFile(guard, []byte(homebound), 0o644); err != nil {
		t.Fatal(err)
	}
	proxy, calls := fence(t)
	cmd := exec.Command("node", "--require", guard, tool, address, "--quiet", "--output=json", "--no-enable-error-reporting", "--only-categories="+categories,
		"--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-quic --proxy-server="+proxy+" --host-resolver-rules='MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'")
	cmd.Env = append(os.Environ(), "CHROME_PATH="+chromium)
	var said bytes.Buffer
	cmd.Stderr = &said
	raw, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", address, err, said.String())
	}
	for _, call := range calls() {
		t.Errorf("%s: a call to the outside: %q", address, call)
	}
	var report struct {
		Categories map[string]struct {
			Score     float64
			AuditRefs []struct {
				ID     string
				Weight float64
			}
		}
		Audits map[string]struct {
			Score        *float64
			Title        string
			DisplayValue string
		}
	}
	if err := json.Unmarshal(raw, &report); err != nil {
		t.Fatal(err)
	}
	s := score{categories: map[string]float64{}}
	for name, c := range report.Categories {
		s.categories[name] = math.Round(c.Score * 100)
		for _, ref := range c.AuditRefs {
			if a := report.Audits[ref.ID]; ref.Weight > 0 && a.Score != nil && *a.Score < 1 {
				s.faults = append(s.faults, fmt.Sprintf("%s %s (%s) %s", name, ref.ID, a.Title, a.DisplayValue))
			}
		}
	}
	return s
}

// TestLighthouse holds every kind of page to what Lighthouse asks for.
func TestLighthouse(t *testing.T) {
	if !soak.Long() {
		return // a page takes a quarter of a minute
	}
	base := atHome(t, site(t))
	for _, kind := range pageKinds {
		t.Run(strings.ReplaceAll(kind, "/", " "), func(t *testing.T) {
			s := lighthouse(t, base+kind, "accessibility,best-practices,seo")
			for _, name := range []string{"accessibility", "best-practices", "seo"} {
				t.Logf("%s %.0f", name, s.categories[name])
				if s.categories[name] < 98 {
					t.Errorf("%s is %.0f: %s", name, s.categories[name], strings.Join(s.faults, "; "))
				}
			}
		})
	}
}

// BenchmarkLighthouse prints the performance scores, out of 100 on a slow phone
// as Lighthouse has it. The machine's load counts in them: no test asserts them.
func BenchmarkLighthouse(b *testing.B) {
	base := atHome(b, site(b))
	for _, kind := range mainKinds {
		b.Run(strings.ReplaceAll(kind, "/", " "), func(b *testing.B) {
			for b.Loop() {
				s := lighthouse(b, base+kind, "performance")
				b.ReportMetric(s.categories["performance"], "points")
				b.Log(strings.Join(s.faults, "; "))
			}
		})
	}
}
