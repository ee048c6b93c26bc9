package preview

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

var office = release.Whole(&campaign.Campaign{}, campaign.Date{Year: 2030, Month: 1, Day: 1}, nil)

// studio is a folder with a text in it, and the site made of it: the text is
// the home page's. A line with 错 is an error, one with 疑 a warning.
type studio struct {
	dir   string
	loads atomic.Int32
	// overtaken: time has made another site of it since the last load.
	overtaken atomic.Bool
	rendered  sync.Map // path → *atomic.Int32
}

func newStudio(t *testing.T) *studio {
	t.Helper()
	s := &studio{dir: t.TempDir()}
	s.write(t, "content/home.txt", "第一版")
	return s
}

func (s *studio) write(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// load reads the text, and every text in the folders of content.
func (s *studio) load([]string) ([]release.File, []campaign.Finding, error) {
	s.loads.Add(1)
	s.overtaken.Store(false)
	raw, err := os.ReadFile(filepath.Join(s.dir, "content", "home.txt"))
	if err != nil {
		return nil, nil, errors.New("content/home.txt 不见了")
	}
	more, _ := filepath.Glob(filepath.Join(s.dir, "content", "*", "*.txt"))
	if strings.Contains(string(raw), "崩") {
		panic("stumbled")
	}
	text := fmt.Sprintf("%s，另有 %d 个", raw, len(more))
	var findings []campaign.Finding
	for n, line := range strings.Split(string(raw), "\n") {
		at := campaign.Position{File: "content/home.txt", Line: n + 1, Column: 2}
		if strings.Contains(line, "错") {
			findings = append(findings, campaign.Finding{Level: campaign.Error, Rule: "a-rule", At: at.Place(), Message: "写<错>了", Hint: "改 & 正", Line: line})
		}
		if strings.Contains(line, "疑") {
			if n > 0 {
				at.File = "content/other.txt" // that the page is not made from
			}
			findings = append(findings, campaign.Finding{Level: campaign.Warning, Rule: "b-rule", At: at.Place(), Message: "可<疑>", Line: line})
		}
	}
	if campaign.HasErrors(findings) {
		return nil, findings, nil
	}
	return []release.File{
		s.file("index.html", "<!doctype html><body><p data-source=\"content/home.txt:1\">"+text+"</p></BODY></html>"),
		s.file("cases/index.html", "<body>案例</body>"),
		s.file("cases/甲 乙/index.html", "<body>甲乙</body>"),
		s.file("404.html", "<body>没有找到</body>"),
		s.file("assets/site.css", "body{}"),
		s.file("gallery/clip.mp4", "0123456789"),
		s.file("report.pdf", "%PDF "+text),
		s.file("feed.xml", "<feed/>"),
		s.file("data/statistics.csv", "期次"),
		s.file("bare.html", "没有身体"),
		office.File("broken.html", func(w io.Writer) error {
			io.WriteString(w, "一半")
			return errors.New("模板第 3 行 <坏> 了")
		}),
		office.File("stumbling.html", func(w io.Writer) error { panic("nil pointer") }),
		office.File("doubtful.html", func(w io.Writer) error { return fmt.Errorf("页面：%w", faulty{}) }),
	}, findings, nil
}

// faulty is an error that carries a finding.
type faulty struct{}

func (faulty) Error() string { return "faulty" }
func (faulty) Findings() []campaign.Finding {
	return []campaign.Finding{{Level: campaign.Error, Rule: "late-rule", At: campaign.InFile("content/x.md").Place(), Message: "读第二遍才发现"}}
}

func (s *studio) file(name, text string) release.File {
	return office.File(name, func(w io.Writer) error {
		n, _ := s.rendered.LoadOrStore(name, new(atomic.Int32))
		n.(*atomic.Int32).Add(1)
		_, err := io.WriteString(w, text)
		return err
	})
}

func (s *studio) count(name string) int32 {
	if n, ok := s.rendered.Load(name); ok {
		return n.(*atomic.Int32).Load()
	}
	return 0
}

// running is a preview under test.
type running struct {
	t    *testing.T
	addr string
	log  *record
	tick chan time.Time
	stop func() error
}

type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *record) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *record) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func start(t *testing.T, s *studio) *running {
	t.Helper()
	r := &running{t: t, log: &record{}, tick: make(chan time.Time)}
	ready := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- Serve(ctx, Options{
			Addr: "127.0.0.1:0", Load: s.load, Overtaken: s.overtaken.Load, Tick: r.tick, Root: s.dir, Watch: []string{"content", "layouts"}, Log: r.log,
			Listen: func(network, address string) (net.Listener, error) {
				l, err := net.Listen(network, address)
				if err == nil {
					r.addr = l.Addr().String()
				}
				close(ready)
				return l, err
			},
		})
	}()
	<-ready
	stopped := false
	r.stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(patience):
			return errors.New("it does not end")
		}
	}
	t.Cleanup(func() {
		if err := r.stop(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// get asks for a path; change may alter the request.
func (r *running) get(path string, change ...func(*http.Request)) (*http.Response, string) {
	r.t.Helper()
	req, err := http.NewRequest(http.MethodGet, "http://"+r.addr+path, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, c := range change {
		c(req)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	res, err := transport.RoundTrip(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return res, string(body)
}

// token reads the state's name out of a page.
func token(page string) string {
	_, rest, _ := strings.Cut(page, `data-token="`)
	token, _, _ := strings.Cut(rest, `"`)
	return token
}

// listen returns the reloads that a page with the token is told of.
func (r *running) listen(token string) <-chan string {
	r.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+r.addr+eventsPath+"?token="+token, nil)
	res, err := (&http.Transport{}).RoundTrip(req)
	if err != nil {
		r.t.Fatal(err)
	}
	if got := res.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/event-stream") {
		r.t.Fatalf("events come as %s", got)
	}
	reloads := make(chan string, 10)
	go func() {
		defer close(reloads)
		event := ""
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			if e, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				event = e
			}
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && event == "reload" {
				reloads <- data
			}
		}
	}()
	r.t.Cleanup(func() {
		cancel()
		res.Body.Close()
	})
	return reloads
}

// patience bounds a wait, so that what never comes fails its test. No test asks
// how soon it came.
const patience = time.Minute

// wantReload waits for the event.
func (r *running) wantReload(reloads <-chan string) {
	r.t.Helper()
	select {
	case _, ok := <-reloads:
		if !ok {
			r.t.Fatal("the stream of events broke off")
		}
	case <-time.After(patience):
		r.t.Fatal("no page was told to reload")
	}
}

func contains(t *testing.T, text string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			t.Errorf("no “%s” in\n%s", w, text)
		}
	}
}

func lacks(t *testing.T, text string, unwanted ...string) {
	t.Helper()
	for _, w := range unwanted {
		if strings.Contains(text, w) {
			t.Errorf("“%s” is in\n%s", w, text)
		}
	}
}

// wantLog waits for lines of the log: they follow the reload that they tell of.
func (r *running) wantLog(lines string) {
	r.t.Helper()
	for begun := time.Now(); !strings.Contains(r.log.String(), lines); time.Sleep(time.Millisecond) {
		if time.Since(begun) > patience {
			r.t.Fatalf("no %q in the log %q", lines, r.log)
		}
	}
}
