package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// browser is a client of a running desk, with its cookie.
type browser struct {
	from   string // the page that forms are sent from; "" for their screen
	t      testing.TB
	client *http.Client
	root   string // http://127.0.0.1:port
	log    *lines
	dir    string // the campaign's folder
}

// lines is a log that may be read while it is written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// copied copies a folder of a test's data into one of its own.
func copied(t testing.TB, from string) string {
	t.Helper()
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS(from)))
	return dir
}

const smallCampaign = "../review/testdata/campaign"

// today is a day on which the small campaign is under way.
func today(*campaign.Campaign) campaign.Moment {
	at, err := campaign.ParseInstant("2023-09-01 10:00")
	if err != nil {
		panic(err)
	}
	return at
}

// opened starts a desk over a folder ("" for none) and comes in as the person's
// browser does.
func opened(t testing.TB, dir string, options ...func(*Options)) *browser {
	t.Helper()
	log := new(lines)
	ctx, stop := context.WithCancel(context.Background())
	o := Options{Dir: dir, Today: today, Log: log, Config: t.TempDir()}
	addresses := make(chan string, 9)
	o.Browse = func(address string) error { addresses <- address; return nil }
	for _, set := range options {
		set(&o)
	}
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, o) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the desk ended with %v", err)
		}
	})
	var address string
	select {
	case address = <-addresses:
	case err := <-ended:
		t.Fatalf("the desk does not start: %v", err)
	case <-time.After(time.Minute):
		t.Fatal("the desk does not start")
	}
	jar, err := cookiejar.New(nil)
	must(t, err)
	b := &browser{t: t, client: &http.Client{Jar: jar}, log: log, dir: dir, root: address[:strings.Index(address, "/_desk/")]}
	if text := b.get(strings.TrimPrefix(address, b.root)); !strings.Contains(text, "网剑工作台") {
		t.Fatalf("got %s", text)
	}
	return b
}

// get returns a page of the desk.
func (b *browser) get(path string) string {
	b.t.Helper()
	r, err := b.client.Get(b.root + path)
	must(b.t, err)
	return b.read(r)
}

func (b *browser) read(r *http.Response) string {
	b.t.Helper()
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	must(b.t, err)
	return string(raw)
}

// post submits a form, with fields in pairs, and returns the page that it leads to.
func (b *browser) post(path string, pairs ...string) string {
	b.t.Helper()
	form := url.Values{}
	for n := 0; n+1 < len(pairs); n += 2 {
		form.Add(pairs[n], pairs[n+1])
	}
	return b.send(path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// upload submits a form with files, by name, in the field “files”.
func (b *browser) upload(path string, files map[string][]byte, pairs ...string) string {
	b.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for n := 0; n+1 < len(pairs); n += 2 {
		must(b.t, m.WriteField(pairs[n], pairs[n+1]))
	}
	for name, data := range files {
		w, err := m.CreateFormFile("files", name)
		must(b.t, err)
		w.Write(data)
	}
	must(b.t, m.Close())
	return b.send(path, m.FormDataContentType(), &body)
}

func (b *browser) send(path, kind string, body io.Reader) string {
	b.t.Helper()
	r, err := http.NewRequest(http.MethodPost, b.root+path, body)
	must(b.t, err)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Origin", b.root)
	from := path[:strings.LastIndex(path, "/")]
	if b.from != "" {
		from = b.from
	}
	r.Header.Set("Referer", b.root+from)
	answer, err := b.client.Do(r)
	must(b.t, err)
	return b.read(answer)
}

var proposed = regexp.MustCompile(`action="/_desk/change/apply"><input type="hidden" name="id" value="(\d+)"`)

// agree writes what a page proposes, and returns the page that it leads to.
func (b *browser) agree(page string) string {
	b.t.Helper()
	m := proposed.FindStringSubmatch(page)
	if m == nil {
		b.t.Fatalf("nothing is proposed:\n%s", page)
	}
	return b.post("/_desk/change/apply", "id", m[1])
}

var underWay = regexp.MustCompile(`data-job="(\d+)"`)

// wait returns the page that a job ends in.
func (b *browser) wait(page string) string {
	b.t.Helper()
	m := underWay.FindStringSubmatch(page)
	for m != nil && strings.Contains(page, `id="job-progress"`) {
		time.Sleep(10 * time.Millisecond)
		page = b.get("/_desk/job/" + m[1])
	}
	return page
}

// file is a file of the campaign, "" for none.
func (b *browser) file(name string) string {
	raw, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(name)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		b.t.Fatal(err)
	}
	return string(raw)
}

// with adds a screen for one test.
func with(t *testing.T, s *screen) {
	s.hidden = true
	if s.data == nil {
		s.data = func(*request) (any, error) { return nil, nil }
	}
	was := screens
	screens = append(screens[:len(screens):len(screens)], s)
	t.Cleanup(func() { screens = was })
}

// TestGuard: who does not come from the person's own browser and a page of the desk
// gets nothing of the campaign, whatever is asked for.
func TestGuard(t *testing.T) {
	ran := false
	with(t, &screen{name: "probe", acts: map[string]act{"act": func(*request) (answer, error) {
		ran = true
		return goTo(ownFolder), nil
	}}})
	b := opened(t, copied(t, smallCampaign))
	cookie := b.client.Jar.Cookies(must1(url.Parse(b.root)))[0]
	for name, c := range map[string]struct {
		method, path string
		head         map[string]string
		status       int
	}{
		"no cookie":              {"GET", "/_desk/", map[string]string{"Cookie": ""}, 403},
		"no cookie, preview":     {"GET", "/", map[string]string{"Cookie": ""}, 403},
		"no cookie, style":       {"GET", "/_desk/assets/desk.css", map[string]string{"Cookie": ""}, 403},
		"wrong cookie":           {"GET", "/_desk/", map[string]string{"Cookie": cookie.Name + "=AAAA"}, 403},
		"empty cookie":           {"GET", "/", map[string]string{"Cookie": cookie.Name + "="}, 403},
		"token guessed":          {"GET", "/_desk/?token=AAAA", map[string]string{"Cookie": ""}, 403},
		"other host":             {"GET", "/_desk/", map[string]string{"Host": "evil.example"}, 421},
		"rebound name":           {"GET", "/", map[string]string{"Host": "127.0.0.1.evil.example"}, 421},
		"other origin":           {"POST", "/_desk/probe/act", map[string]string{"Origin": "http://evil.example"}, 403},
		"no origin":              {"POST", "/_desk/probe/act", map[string]string{}, 403},
		"null origin":            {"POST", "/_desk/probe/act", map[string]string{"Origin": "null"}, 403},
		"other port":             {"POST", "/_desk/probe/act", map[string]string{"Origin": "http://127.0.0.1:1"}, 403},
		"https":                  {"POST", "/_desk/probe/act", map[string]string{"Origin": strings.Replace(b.root, "http", "https", 1)}, 403},
		"cross-site fetch":       {"GET", "/_desk/", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		"fetch of another port":  {"GET", "/_desk/", map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		"opened from elsewhere":  {"GET", "/", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 403},
		"two hosts":              {"GET", "/_desk/", map[string]string{"Host": "127.0.0.1@evil.example"}, 421},
		"two origins":            {"POST", "/_desk/probe/act", map[string]string{"Origin": b.root + " http://evil.example"}, 403},
		"origin in a path":       {"POST", "/_desk/probe/act", map[string]string{"Origin": b.root + "/"}, 403},
		"other name, own origin": {"POST", "/_desk/probe/act", map[string]string{"Host": "evil.localhost", "Origin": b.root}, 403},
		"own name of another":    {"POST", "/_desk/probe/act", map[string]string{"Host": "evil.example", "Origin": "http://evil.example"}, 421},
		"act without the cookie": {"POST", "/_desk/probe/act", map[string]string{"Origin": b.root, "Cookie": ""}, 403},
		"delete":                 {"DELETE", "/_desk/probe/act", map[string]string{"Origin": b.root}, 405},
		"preflight":              {"OPTIONS", "/_desk/probe/act", map[string]string{"Origin": "http://evil.example"}, 405},
		"post to the site":       {"POST", "/index.html", map[string]string{"Origin": b.root}, 405},
		"act by a link":          {"GET", "/_desk/probe/act", nil, 404},
		"upwards":                {"GET", "/_desk/assets/..%2f..%2fserve.go", nil, 404},
		"its template":           {"GET", "/_desk/assets/frame.html", nil, 404},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequest(c.method, b.root+c.path, nil)
			must(t, err)
			r.Header.Set("Cookie", cookie.Name+"="+cookie.Value)
			for key, value := range c.head {
				r.Header.Set(key, value)
			}
			if host := r.Header.Get("Host"); host != "" {
				r.Host = host
			}
			if r.Header.Get("Cookie") == "" {
				r.Header.Del("Cookie")
			}
			answer, err := http.DefaultTransport.RoundTrip(r)
			must(t, err)
			text := b.read(answer)
			if answer.StatusCode != c.status || strings.Contains(text, "示例市") {
				t.Errorf("status %d, want %d:\n%s", answer.StatusCode, c.status, text)
			}
			if answer.Header.Get("Access-Control-Allow-Origin") != "" || answer.Header.Get("Cache-Control") != "no-store" || !strings.Contains(answer.Header.Get("Content-Security-Policy"), "frame-ancestors 'self'") {
				t.Errorf("head %v", answer.Header)
			}
		})
	}
	if ran {
		t.Error("the act ran")
	}
	if !cookie.HttpOnly && cookie.Value == "" {
		t.Errorf("cookie %v", cookie)
	}
}

func must1[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestTokenIsSpent: an address opens the desk once; the cookie that it sets is one
// that other sites cannot send along.
func TestTokenIsSpent(t *testing.T) {
	var address string
	again := make(chan struct{})
	addresses := make(chan string, 9)
	b := opened(t, copied(t, smallCampaign), func(o *Options) {
		first := o.Browse
		o.Browse = func(a string) error { addresses <- a; return first(a) }
		o.Again = func() <-chan struct{} { return again }
	})
	fresh := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	spent := <-addresses
	again <- struct{}{}
	address = <-addresses
	if address == spent {
		t.Fatal("the token is the same again")
	}
	for _, c := range []struct {
		address string
		status  int
	}{{spent, 403}, {address, 303}, {address, 403}} {
		r, err := fresh.Get(c.address)
		must(t, err)
		b.read(r)
		if r.StatusCode != c.status {
			t.Errorf("status %d, want %d", r.StatusCode, c.status)
		}
		if set := r.Header.Get("Set-Cookie"); (c.status == 303) != (strings.Contains(set, "SameSite=Strict") && strings.Contains(set, "HttpOnly")) {
			t.Errorf("cookie %q", set)
		}
	}
}

// TestProposal: what an act proposes is shown, written after the yes and no sooner,
// and taken back; a file that another program changes meanwhile is kept, both are
// shown, and the person chooses.
func TestProposal(t *testing.T) {
	const name = "data/corrections.yaml"
	dir := copied(t, smallCampaign)
	before := string(must1(os.ReadFile(filepath.Join(dir, "data/campaign.yaml"))))
	with(t, &screen{name: "probe", acts: map[string]act{"act": func(r *request) (answer, error) {
		loaded, err := r.fresh()
		if err != nil {
			return nil, err
		}
		s := change.Of(loaded.Files)
		must(t, s.Write(name, []byte(r.FormValue("text"))))
		return proposal{title: "写更正", set: s, next: ownFolder + "home"}, nil
	}}})
	b := opened(t, dir)
	page := b.post("/_desk/probe/act", "text", "不是列表\n")
	if b.file(name) == "不是列表\n" || !strings.Contains(page, `<td class="line-text">不是列表</td>`) || !strings.Contains(page, "写入以后会有的新问题") {
		t.Fatalf("got %s", page)
	}
	dropped := proposed.FindStringSubmatch(page)[1]
	b.post("/_desk/change/drop", "id", dropped)
	if page := b.post("/_desk/change/apply", "id", dropped); b.file(name) == "不是列表\n" || !strings.Contains(page, "已经写了，或者不写了") {
		t.Errorf("got %s", page)
	}
	page = b.agree(b.post("/_desk/probe/act", "text", "[]\n"))
	if b.file(name) != "[]\n" || !strings.Contains(page, "已写：写更正") {
		t.Fatalf("got %s", page)
	}

	page = b.post("/_desk/probe/act", "text", "[] # 我的\n")
	must(t, os.WriteFile(filepath.Join(dir, name), []byte("[] # 他的\n"), 0o644))
	id := proposed.FindStringSubmatch(page)[1]
	page = b.agree(page)
	if b.file(name) != "[] # 他的\n" || !strings.Contains(page, "[] # 他的") || !strings.Contains(page, "[] # 我的") {
		t.Fatalf("got %s", page)
	}
	b.agree(b.post("/_desk/change/mine", "id", id))
	if b.file(name) != "[] # 我的\n" {
		t.Errorf("got %q", b.file(name))
	}
	for n, want := range []string{"[] # 他的\n", "[]\n"} {
		list := regexp.MustCompile(`undo/back"><input type="hidden" name="id" value="(\d+)"`).FindAllStringSubmatch(b.get("/_desk/undo"), -1)
		undo := b.post("/_desk/undo/back", "id", list[n][1])
		if n == 0 {
			b.agree(undo)
		} else if page := b.agree(undo); b.file(name) == want || !strings.Contains(page, "刚刚被别的程序改过") {
			t.Errorf("taken back over another's text: %q\n%s", b.file(name), page)
		}
	}
	if b.file("data/campaign.yaml") != before {
		t.Error("another file was changed")
	}
}

// TestJob: work that takes long shows how far it is, can be stopped, and ends in its
// answer or its error.
func TestJob(t *testing.T) {
	step := make(chan struct{})
	with(t, &screen{name: "probe", acts: map[string]act{"act": func(r *request) (answer, error) {
		return long{"数数", func(ctx context.Context, p *progress) (answer, error) {
			p.say(1, 2, "第 1 个，共 2 个")
			select {
			case <-step:
				return download{"数.txt", "text/plain; charset=utf-8", []byte("二")}, nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}}, nil
	}}})
	b := opened(t, copied(t, smallCampaign))
	page := b.post("/_desk/probe/act")
	id := underWay.FindStringSubmatch(page)[1]
	for !strings.Contains(b.get("/_desk/job/"+id+"/state"), `"words":"第 1 个，共 2 个"`) {
		time.Sleep(time.Millisecond)
	}
	if home := b.get("/_desk/home"); !strings.Contains(home, "正在数数") {
		t.Errorf("got %s", home)
	}
	step <- struct{}{}
	if page = b.wait(page); !strings.Contains(page, "数数：完成") {
		t.Errorf("got %s", page)
	}
	if file := b.get("/_desk/job/" + id + "/result"); file != "二" {
		t.Errorf("got %q", file)
	}
	page = b.post("/_desk/probe/act")
	page = b.wait(b.post("/_desk/job/stop", "id", underWay.FindStringSubmatch(page)[1]))
	if !strings.Contains(page, "数数已经停止") {
		t.Errorf("got %s", page)
	}
}

// TestRecent: the campaign that was open last is opened again, and one that is gone
// is passed over.
func TestRecent(t *testing.T) {
	config := t.TempDir()
	keep := func(o *Options) { o.Config = config }
	dir, gone := copied(t, smallCampaign), copied(t, smallCampaign)
	for _, d := range []string{dir, gone} {
		t.Run("", func(t *testing.T) { opened(t, d, keep) })
	}
	must(t, os.RemoveAll(gone))
	b := opened(t, "", keep)
	if page := b.get("/_desk/home"); !strings.Contains(page, fmt.Sprintf("title=%q", dir)) {
		t.Errorf("got %s", page)
	}
}

// TestHugeForm: what is larger than a screen takes is refused with words.
func TestHugeForm(t *testing.T) {
	with(t, &screen{name: "probe", limit: 1 << 20, acts: map[string]act{"act": func(r *request) (answer, error) {
		t.Error("it ran")
		return goTo(ownFolder), nil
	}}})
	b := opened(t, copied(t, smallCampaign))
	page := b.upload("/_desk/probe/act", map[string][]byte{"大.bin": make([]byte, 2<<20)})
	if !strings.Contains(page, "最多 1 MB") {
		t.Errorf("got %s", page)
	}
}

// TestAddressInUse: a desk whose address is taken says so.
func TestAddressInUse(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	err = Serve(t.Context(), Options{Addr: l.Addr().String(), Today: today, Log: io.Discard})
	if err == nil || !strings.Contains(err.Error(), "已被别的程序占用") {
		t.Errorf("got %v", err)
	}
}
