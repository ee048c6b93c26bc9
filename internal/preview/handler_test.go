package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestAnswers(t *testing.T) {
	r := start(t, newStudio(t))
	for name, tc := range map[string]struct {
		path     string
		status   int
		kind     string
		location string
		text     string
	}{
		"home":                  {"/", 200, htmlType, "", "第一版"},
		"home by name":          {"/index.html", 200, htmlType, "", "第一版"},
		"a folder":              {"/cases/", 200, htmlType, "", "案例"},
		"a folder, no slash":    {"/cases?x=1", 302, "", "./cases/?x=1", ""},
		"a folder in a folder":  {"/cases/%E7%94%B2%20%E4%B9%99", 302, "", "./%E7%94%B2%20%E4%B9%99/", ""},
		"a Chinese name":        {"/cases/%E7%94%B2%20%E4%B9%99/", 200, htmlType, "", "甲乙"},
		"no body":               {"/bare.html", 200, htmlType, "", "没有身体"},
		"style":                 {"/assets/site.css", 200, "text/css; charset=utf-8", "", "body{}"},
		"video":                 {"/gallery/clip.mp4", 200, "video/mp4", "", "0123456789"},
		"feed":                  {"/feed.xml", 200, "application/xml; charset=utf-8", "", "<feed/>"},
		"table":                 {"/data/statistics.csv", 200, "text/csv; charset=utf-8", "", "期次"},
		"paper":                 {"/report.pdf", 200, "application/pdf", "", "%PDF 第一版"},
		"our script":            {"/_preview/reload.js", 200, "text/javascript; charset=utf-8", "", "EventSource"},
		"our style":             {"/_preview/preview.css", 200, "text/css; charset=utf-8", "", ".wangjian-preview"},
		"nothing there":         {"/nothing", 404, htmlType, "", "没有找到"},
		"a folder, not listed":  {"/assets/", 404, htmlType, "", "没有找到"},
		"data, not listed":      {"/data/", 404, htmlType, "", "没有找到"},
		"a form":                {"/data/q3/jiaoyu.yaml", 404, htmlType, "", "没有找到"},
		"an item's source":      {"/content/open/buyu.md", 404, htmlType, "", "没有找到"},
		"a cache":               {"/.wangjian/read/0.gob", 404, htmlType, "", "没有找到"},
		"nothing of ours":       {"/_preview/nothing", 404, htmlType, "", "没有找到"},
		"upwards":               {"/../etc/passwd", 400, "", "", "地址不对"},
		"upwards, hidden":       {"/cases/%2e%2e/%2e%2e/x", 400, "", "", "地址不对"},
		"upwards, backslashes":  {"/..%5c..%5cx", 400, "", "", "地址不对"},
		"a page that fails":     {"/broken.html", 500, htmlType, "", "模板第 3 行 &lt;坏&gt; 了"},
		"a page that stumbles":  {"/stumbling.html", 500, htmlType, "", "程序出错：nil pointer"},
		"a page with a finding": {"/doubtful.html", 500, htmlType, "", "读第二遍才发现"},
		"out of the site":       {"//example.com/", 404, htmlType, "", "没有找到"},
		"out by the last":       {"/_preview/last//example.com/x", 302, "", "/example.com/x", ""},
	} {
		t.Run(name, func(t *testing.T) {
			res, text := r.get(tc.path)
			if res.StatusCode != tc.status {
				t.Errorf("status %d, want %d", res.StatusCode, tc.status)
			}
			if got := res.Header.Get("Content-Type"); tc.kind != "" && got != tc.kind {
				t.Errorf("type %s, want %s", got, tc.kind)
			}
			if got := res.Header.Get("Location"); got != tc.location {
				t.Errorf("sent to %s, want %s", got, tc.location)
			}
			for name, want := range map[string]string{
				"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
				"Cross-Origin-Resource-Policy": "same-origin", "Content-Security-Policy": "frame-ancestors 'self'",
			} {
				if got := res.Header.Get(name); !strings.HasSuffix(got, want) {
					t.Errorf("%s: %s, want %s", name, got, want)
				}
			}
			contains(t, text, tc.text)
			if isHTML := tc.kind == htmlType; isHTML != strings.Contains(text, `<script src="/_preview/reload.js"`) {
				t.Errorf("reloads itself: %v", !isHTML)
			}
		})
	}
}

func TestOnlyReading(t *testing.T) {
	r := start(t, newStudio(t))
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE"} {
		res, _ := r.get("/", func(req *http.Request) { req.Method = method })
		if res.StatusCode != 405 || res.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: status %d, Allow %s", method, res.StatusCode, res.Header.Get("Allow"))
		}
	}
	for _, path := range []string{"/", "/nothing", "/gallery/clip.mp4", "/_preview/events"} {
		got, text := r.get(path, func(req *http.Request) { req.Method = "HEAD" })
		if text != "" {
			t.Errorf("HEAD %s has a body", path)
		}
		if path == eventsPath {
			continue
		}
		want, _ := r.get(path)
		if got.StatusCode != want.StatusCode || got.ContentLength != want.ContentLength || got.ContentLength < 1 {
			t.Errorf("HEAD %s: %d with %d bytes, GET %d with %d", path, got.StatusCode, got.ContentLength, want.StatusCode, want.ContentLength)
		}
	}
}

func TestRanges(t *testing.T) {
	r := start(t, newStudio(t))
	for want, asked := range map[string]string{"234": "bytes=2-4", "89": "bytes=-2", "56789": "bytes=5-"} {
		res, text := r.get("/gallery/clip.mp4", func(req *http.Request) { req.Header.Set("Range", asked) })
		if res.StatusCode != 206 || text != want || res.Header.Get("Content-Type") != "video/mp4" {
			t.Errorf("%s: status %d, %q", asked, res.StatusCode, text)
		}
	}
	if res, _ := r.get("/gallery/clip.mp4", func(req *http.Request) { req.Header.Set("Range", "bytes=99-") }); res.StatusCode != 416 {
		t.Errorf("beyond the end: status %d", res.StatusCode)
	}
}

func TestForeignNamesAreTurnedAway(t *testing.T) {
	for name, tc := range map[string]struct {
		addr    string
		host    string
		answers bool
	}{
		"the address":              {"127.0.0.1:8080", "127.0.0.1:8080", true},
		"over a tunnel":            {"127.0.0.1:8080", "localhost:9000", true},
		"by name":                  {"127.0.0.1:8080", "LOCALHOST.", true},
		"a name of this machine":   {"127.0.0.1:8080", "wangjian.localhost:8080", true},
		"IPv6":                     {"127.0.0.1:8080", "[::1]:8080", true},
		"another loopback":         {"127.0.0.1:8080", "127.1.2.3", true},
		"a foreign site":           {"127.0.0.1:8080", "evil.example:8080", false},
		"a foreign site, no port":  {"127.0.0.1:8080", "evil.example", false},
		"looks like localhost":     {"127.0.0.1:8080", "localhost.evil.example", false},
		"ends like localhost":      {"127.0.0.1:8080", "notlocalhost", false},
		"another machine":          {"127.0.0.1:8080", "192.168.1.5:8080", false},
		"none":                     {"127.0.0.1:8080", "", false},
		"told an address":          {"192.168.1.5:8080", "192.168.1.5:8080", true},
		"told an address, another": {"192.168.1.5:8080", "192.168.1.6:8080", false},
		"told a name":              {"preview.bureau.example:80", "Preview.bureau.example", true},
		"everywhere, by address":   {"0.0.0.0:8080", "192.168.1.5:8080", true},
		"everywhere, by IPv6":      {"[::]:8080", "[fe80::1]:8080", true},
		"everywhere, by name":      {"0.0.0.0:8080", "evil.example:8080", false},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := parseAddress(tc.addr)
			if err != nil {
				t.Fatal(err)
			}
			if got := a.answers(tc.host); got != tc.answers {
				t.Errorf("answers %v", got)
			}
		})
	}
	r := start(t, newStudio(t))
	foreign := func(req *http.Request) { req.Host = "evil.example" }
	for _, path := range []string{"/", "/_preview/events", "/nothing"} {
		// First without a body: a stream of events that answers never ends.
		head, _ := r.get(path, foreign, func(req *http.Request) { req.Method = http.MethodHead })
		if head.StatusCode != 421 {
			t.Fatalf("HEAD %s: status %d", path, head.StatusCode)
		}
		res, text := r.get(path, foreign)
		if res.StatusCode != 421 {
			t.Errorf("%s: status %d", path, res.StatusCode)
		}
		lacks(t, text, "第一版")
	}
}

func TestAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"": "127.0.0.1:8080", ":9000": "127.0.0.1:9000", "9000": "127.0.0.1:9000", "localhost:1": "localhost:1",
		"0.0.0.0:80": "0.0.0.0:80", "[::1]:80": "[::1]:80",
	} {
		if a, err := parseAddress(text); err != nil || a.listen() != want {
			t.Errorf("%q: %s %v", text, a.listen(), err)
		}
	}
	for _, text := range []string{"127.0.0.1:http!", "a:b:c", "127.0.0.1:70000", "127.0.0.1:-1", "eight"} {
		if _, err := parseAddress(text); err == nil || !strings.Contains(err.Error(), "预览的") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestABusyPortIsTold(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	port := busy.Addr().(*net.TCPAddr).Port
	s := newStudio(t)
	err = Serve(t.Context(), Options{Addr: busy.Addr().String(), Load: s.load, Log: io.Discard})
	want := fmt.Sprintf("端口 %d 已被别的程序占用（也许另一个预览还开着）：请先关掉它，或换一个端口，如 --addr 127.0.0.1:%d", port, port+1)
	if port < 65535 && (err == nil || err.Error() != want) {
		t.Errorf("got %v, want %s", err, want)
	}
	if s.loads.Load() != 0 {
		t.Error("it loaded the site first")
	}
	refused := func(string, string) (net.Listener, error) {
		return nil, &net.OpError{Op: "listen", Err: os.ErrPermission}
	}
	err = Serve(t.Context(), Options{Addr: "127.0.0.1:80", Load: s.load, Log: io.Discard, Listen: refused})
	if err == nil || !strings.Contains(err.Error(), "没有权限使用端口 80") {
		t.Errorf("got %v", err)
	}
}

func TestAnAddressForOthersIsWarnedOf(t *testing.T) {
	for addr, warned := range map[string]bool{"127.0.0.1:0": false, "localhost:0": false, "0.0.0.0:0": true} {
		ctx, cancel := context.WithCancel(t.Context())
		var out record
		ended := make(chan error, 1)
		s := newStudio(t)
		go func() { ended <- Serve(ctx, Options{Addr: addr, Remote: true, Load: s.load, Log: &out}) }()
		for begun := time.Now(); !strings.Contains(out.String(), "预览：http://") && time.Since(begun) < patience; {
			time.Sleep(time.Millisecond)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if text := out.String(); !strings.Contains(text, "预览：http://") || strings.Contains(text, "没有公开的内容") != warned {
			t.Errorf("%s: %s", addr, out.String())
		}
	}
}

// TestAnAddressForOthersMustBeAllowed: without being told so a second time the
// preview listens where only this machine reaches it.
func TestAnAddressForOthersMustBeAllowed(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", "[::]:0", "192.0.2.1:8080", "example.gov.cn:8080"} {
		listen := func(network, address string) (net.Listener, error) {
			t.Errorf("%s: it listened on %s", addr, address)
			return nil, net.ErrClosed
		}
		err := Serve(t.Context(), Options{Addr: addr, Load: newStudio(t).load, Log: io.Discard, Listen: listen})
		if err == nil || !strings.Contains(err.Error(), "不是本机地址") || !strings.Contains(err.Error(), "--allow-remote") {
			t.Errorf("%s: %v", addr, err)
		}
	}
}

func TestPagesAreRenderedWhenAskedFor(t *testing.T) {
	s := newStudio(t)
	r := start(t, s)
	_, page := r.get("/")
	reloads := r.listen(token(page))
	if s.count("cases/index.html") != 0 || s.count("report.pdf") != 0 {
		t.Error("something was rendered that nobody asked for")
	}
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			for _, path := range []string{"/", "/cases/", "/report.pdf"} {
				r.get(path)
			}
		})
	}
	group.Wait()
	for _, name := range []string{"index.html", "cases/index.html", "report.pdf"} {
		if n := s.count(name); n != 1 {
			t.Errorf("%s was rendered %d times", name, n)
		}
	}
	s.write(t, "content/home.txt", "第二版")
	r.wantReload(reloads)
	r.get("/")
	if s.count("index.html") != 2 || s.count("cases/index.html") != 1 {
		t.Errorf("after a change: home %d times, cases %d times", s.count("index.html"), s.count("cases/index.html"))
	}
}

func TestReadingWhileItChanges(t *testing.T) {
	s := newStudio(t)
	r := start(t, s)
	r.get("/")
	stop := make(chan struct{})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				res, page := r.get("/")
				if good := strings.Contains(page, "另有"); good != (res.StatusCode == 200) {
					t.Errorf("status %d with %s", res.StatusCode, page)
					return
				}
			}
		})
	}
	for n := range 6 {
		s.write(t, "content/home.txt", []string{"新版", "错"}[n%2])
		time.Sleep(2 * settle)
	}
	close(stop)
	group.Wait()
}

func TestOpenEventStreamsDoNotHoldUpTheEnd(t *testing.T) {
	s := newStudio(t)
	r := start(t, s)
	_, page := r.get("/")
	var streams []<-chan string
	for range 3 {
		streams = append(streams, r.listen(token(page)))
	}
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	for _, stream := range streams {
		if _, open := <-stream; open {
			t.Error("a stream told to reload at the end")
		}
	}
	if _, err := net.Dial("tcp", r.addr); err == nil {
		t.Error("it still listens")
	}
}

func TestAListenerThatBreaksIsTold(t *testing.T) {
	s := newStudio(t)
	listen := func(network, address string) (net.Listener, error) { return broken{}, nil }
	err := Serve(t.Context(), Options{Load: s.load, Log: io.Discard, Listen: listen})
	if err == nil || !strings.Contains(err.Error(), "网页服务停了") {
		t.Errorf("got %v", err)
	}
}

type broken struct{}

func (broken) Accept() (net.Conn, error) { return nil, errors.New("no more") }
func (broken) Close() error              { return nil }
func (broken) Addr() net.Addr            { return &net.TCPAddr{Port: 8080} }
