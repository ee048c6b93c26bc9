//go:build whole

package publish

import (
	"archive/zip"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/remote"
	"wangjian/internal/remote/remotetest"
	"wangjian/internal/soak"
)

// place is a way of delivery under test: a delivery for each publication, and what its
// readers find.
type place struct {
	delivery func() Delivery
	read     func(t *testing.T) tree
}

// places are all ways of delivery.
var places = map[string]func(t *testing.T) place{
	"folder": func(t *testing.T) place {
		f := workshop(t)
		return place{func() Delivery { return f }, func(t *testing.T) tree { return readTree(t, f.Target) }}
	},
	"package": func(t *testing.T) place {
		root, has := t.TempDir(), tree{}
		name := filepath.Join(root, "上传.zip")
		return place{func() Delivery { return &Upload{Target: name, Campaign: root} }, func(t *testing.T) tree { return takenUp(t, name, has) }}
	},
	"sftp": func(t *testing.T) place {
		d, folder, _ := remotetest.SFTP(t, "线上")
		return atServer(t, d, func(t *testing.T) tree { return readTree(t, folder) })
	},
	"bucket": func(t *testing.T) place {
		t.Setenv(remote.SecretVariable, remotetest.Secret)
		d, _, _ := remotetest.Bucket(t, "线上")
		return atServer(t, d, func(t *testing.T) tree { return readStore(t, d) })
	},
}

func atServer(t *testing.T, d *campaign.Destination, read func(t *testing.T) tree) place {
	f := workshop(t)
	return place{func() Delivery { return &Server{Folder: f, Destination: d} }, read}
}

// takenUp does with a package what it says, by hand.
func takenUp(t *testing.T, name string, has tree) tree {
	t.Helper()
	z, err := zip.OpenReader(name)
	if errors.Is(err, os.ErrNotExist) {
		return has
	}
	must(t, err)
	defer z.Close()
	for _, f := range z.File {
		content, err := f.Open()
		must(t, err)
		raw, err := io.ReadAll(content)
		must(t, err)
		switch f.Name {
		case uploadText:
		case removedText:
			for _, p := range strings.Fields(string(raw)) {
				delete(has, p)
			}
		default:
			has[f.Name] = string(raw)
		}
	}
	return has
}

// readStore reads all files of a server by a store of its own.
func readStore(t *testing.T, d *campaign.Destination) tree {
	t.Helper()
	s, err := remote.Open(t.Context(), d)
	must(t, err)
	defer s.Close()
	objects, err := s.List(t.Context())
	must(t, err)
	found := tree{}
	for _, o := range objects {
		raw, err := read(t.Context(), s, o.Path)
		must(t, err)
		found[o.Path] = string(raw)
	}
	return found
}

// TestDeliveries: whatever the way, a publication's readers find the site and nothing
// else, what is withdrawn is gone, what did not change is not sent again, and what is
// not public is refused with nothing changed.
func TestDeliveries(t *testing.T) {
	for name, make := range places {
		t.Run(name, func(t *testing.T) {
			at := make(t)
			publish := func(site tree) Result {
				t.Helper()
				d := at.delivery()
				r, err := d.Publish(t.Context(), site.files())
				must(t, err)
				wrong, err := d.Verify(site.files())
				if err != nil || len(wrong) > 0 {
					t.Fatal(wrong, err)
				}
				d.Recorded()
				if got := at.read(t); !maps.Equal(got, site.withSums()) {
					t.Fatalf("readers find %v, want %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(site)))
				}
				return r
			}
			publish(before)
			// The new home page, data and attachment, a new case, a shorter warning; one case gone.
			r := publish(after)
			if r.Sent != nil && (r.Sent.Files != 6 || r.Sent.Deleted != 1) {
				t.Errorf("sent %+v", r.Sent)
			}
			if r := publish(after); r.Changed != 0 || r.Sent != nil && r.Sent.Files+r.Sent.Deleted != 0 {
				t.Errorf("nothing changed, and %+v was sent", r.Sent)
			}
			whole := release.Whole(&campaign.Campaign{}, campaign.Date{Year: 2030, Month: 1, Day: 1}, nil).File("secret.html", func(io.Writer) error { return nil })
			if _, err := at.delivery().Publish(t.Context(), append(before.files(), whole)); err == nil {
				t.Error("what is not public was delivered")
			}
			stopped, stop := context.WithCancel(t.Context())
			stop()
			if _, err := at.delivery().Publish(stopped, before.files()); err == nil {
				t.Error("a stopped delivery says that it is done")
			}
			if name != "package" {
				if got := at.read(t); !maps.Equal(got, after.withSums()) {
					t.Error("a refused or stopped delivery changed what readers find")
				}
			}
		})
	}
}

// servers are the ways of delivery to a server, each with its proxy and a reader of
// what is there.
func eachServer(t *testing.T, test func(t *testing.T, d *campaign.Destination, p *remotetest.Proxy)) {
	t.Setenv(remote.SecretVariable, remotetest.Secret)
	t.Run("sftp", func(t *testing.T) {
		d, _, p := remotetest.SFTP(t, "线上")
		test(t, d, p)
	})
	t.Run("bucket", func(t *testing.T) {
		d, _, p := remotetest.Bucket(t, "线上")
		test(t, d, p)
	})
}

func (s *Server) mustPublish(t *testing.T, site tree) Result {
	t.Helper()
	r, err := s.Publish(t.Context(), site.files())
	must(t, err)
	return r
}

func wantOnServer(t *testing.T, d *campaign.Destination, site tree) {
	t.Helper()
	if got := readStore(t, d); !maps.Equal(got, site.withSums()) {
		t.Errorf("the server has %v, want %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(site.withSums())))
	}
}

// dying is a store whose process is killed after so many writes.
type dying struct {
	remote.Store
	mu   sync.Mutex
	left int
}

var errKilled = errors.New("killed")

func (d *dying) write() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.left--; d.left < 0 {
		return errKilled
	}
	return nil
}

func (d *dying) Put(ctx context.Context, p string, content io.ReadSeeker, size int64) error {
	if err := d.write(); err != nil {
		return err
	}
	return d.Store.Put(ctx, p, content, size)
}

func (d *dying) Create(ctx context.Context, p string, content []byte) error {
	if err := d.write(); err != nil {
		return err
	}
	return d.Store.Create(ctx, p, content)
}

func (d *dying) Delete(ctx context.Context, p string) error {
	if err := d.write(); err != nil {
		return err
	}
	return d.Store.Delete(ctx, p)
}

// TestKilledWhileSending: wherever a sending is killed, each page of the old site is
// there, whole, as it was or as it is to be; the next publication finishes it, and what
// was sent and is withdrawn before that is gone.
func TestKilledWhileSending(t *testing.T) {
	eachServer(t, func(t *testing.T, d *campaign.Destination, _ *remotetest.Proxy) {
		f := workshop(t)
		(&Server{Folder: f, Destination: d}).mustPublish(t, before)
		step := 4
		if soak.Long() {
			step = 1
		}
		finished := false
		for writes := 0; !finished; writes += step {
			killed := &Server{Folder: f, Destination: d, Open: func(ctx context.Context, d *campaign.Destination) (remote.Store, error) {
				s, err := remote.Open(ctx, d)
				return &dying{Store: s, left: writes}, err
			}}
			_, err := killed.Publish(t.Context(), after.files())
			finished = err == nil
			if !finished && !errors.Is(err, errKilled) {
				t.Fatal(err)
			}
			has := readStore(t, d)
			for p, was := range before {
				if got, there := has[p]; got != was && got != after[p] || !there && (p != "cases/b/index.html" || has[SumsFile] != after.withSums()[SumsFile]) {
					t.Errorf("killed after %d writes: %s is %q", writes, p, got)
				}
			}
			// The new case is withdrawn before anybody finished publishing it.
			(&Server{Folder: f, Destination: d}).mustPublish(t, before)
			wantOnServer(t, d, before)
			if t.Failed() {
				t.Fatalf("killed after %d writes", writes)
			}
		}
	})
}

// TestResumed: a sending that ended early is gone on with: what was sent is not sent
// again.
func TestResumed(t *testing.T) {
	t.Setenv(remote.SecretVariable, remotetest.Secret)
	d, _, p := remotetest.Bucket(t, "线上")
	f, site := workshop(t), tree{"index.html": "首页"}
	for n := range 40 {
		site[fmt.Sprintf("cases/%d/index.html", n)] = fmt.Sprintf("案例%d", n)
	}
	p.Fault(func(n int, r remotetest.Request) remotetest.Fault { return remotetest.None })
	killed := &Server{Folder: f, Destination: d, Open: func(ctx context.Context, d *campaign.Destination) (remote.Store, error) {
		s, err := remote.Open(ctx, d)
		return &dying{Store: s, left: 33}, err // the lease three times
	}}
	if _, err := killed.Publish(t.Context(), site.files()); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	if n := p.Puts(); n != 30 {
		t.Fatalf("%d files were put", n)
	}
	p.Fault(nil)
	r := (&Server{Folder: f, Destination: d}).mustPublish(t, site)
	if n := p.Puts(); n != 12 || r.Sent.Files != 12 {
		t.Errorf("%d files were put again, %+v", n, r.Sent)
	}
	wantOnServer(t, d, site)
}

// TestFaultyLines: answers 503, broken lines, lost answers and slow ones do not keep a
// publication from its end, nor make another of it.
func TestFaultyLines(t *testing.T) {
	eachServer(t, func(t *testing.T, d *campaign.Destination, p *remotetest.Proxy) {
		f := workshop(t)
		faults := []remotetest.Fault{remotetest.Busy, remotetest.Cut, remotetest.Torn, remotetest.Lost, remotetest.Slow}
		failed := map[string]bool{}
		p.Fault(func(n int, r remotetest.Request) remotetest.Fault {
			key := r.Method + r.Path
			if n%3 != 1 || failed[key] { // each request fails once at most
				return remotetest.None
			}
			failed[key] = true
			return faults[n/3%len(faults)]
		})
		p.Break(1, 6000)
		for _, site := range []tree{before, after} {
			s := &Server{Folder: f, Destination: d}
			s.mustPublish(t, site)
			if wrong, err := s.Verify(nil); err != nil || len(wrong) > 0 {
				t.Error(wrong, err)
			}
			p.Break(2, 5000)
		}
		p.Break(0, 0)
		p.Fault(nil)
		wantOnServer(t, d, after)
	})
}

// TestOnePublisher: while one computer sends, another is refused, and changes nothing;
// told to take over, it goes on.
func TestOnePublisher(t *testing.T) {
	eachServer(t, func(t *testing.T, d *campaign.Destination, _ *remotetest.Proxy) {
		first := &Server{Folder: workshop(t), Destination: d}
		second := &Server{Folder: workshop(t), Destination: d}
		var refused error
		var once sync.Once
		first.Sending = func(n, _ int) {
			if n > 0 {
				once.Do(func() { _, refused = second.Publish(t.Context(), after.files()) })
			}
		}
		first.mustPublish(t, before)
		if _, taken := errors.AsType[*Taken](refused); !taken || HasBegun(refused) {
			t.Errorf("the second: %v", refused)
		}
		wantOnServer(t, d, before)
		// One that is killed leaves its lease.
		first.Open = func(ctx context.Context, d *campaign.Destination) (remote.Store, error) {
			s, err := remote.Open(ctx, d)
			return &dying{Store: s, left: 4}, err
		}
		if _, err := first.Publish(t.Context(), after.files()); err == nil {
			t.Fatal("it was not killed")
		}
		if _, err := second.Publish(t.Context(), after.files()); err == nil {
			t.Error("the second does not ask")
		}
		second.TakeOver = true
		second.mustPublish(t, after)
		wantOnServer(t, d, after)
	})
}

// TestRaceForTheLease: of many that begin at once, one publishes.
func TestRaceForTheLease(t *testing.T) {
	eachServer(t, func(t *testing.T, d *campaign.Destination, _ *remotetest.Proxy) {
		var group sync.WaitGroup
		var won atomic.Int32
		for range 8 {
			root := t.TempDir()
			group.Go(func() {
				s, err := remote.Open(t.Context(), d)
				if err != nil {
					t.Error(err)
					return
				}
				defer s.Close()
				switch l, err := takeLease(t.Context(), s, root, false); {
				case err == nil && l.excludes:
					won.Add(1)
				case err == nil:
					t.Error("the server is said not to exclude")
				default:
					if _, taken := errors.AsType[*Taken](err); !taken {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		if won.Load() != 1 {
			t.Errorf("%d hold the lease", won.Load())
		}
	})
}

// TestIgnoredCondition: a service that writes over what is there, whatever it is told,
// is said not to keep two publishers apart; one that wants a header of its own is not.
func TestIgnoredCondition(t *testing.T) {
	t.Setenv(remote.SecretVariable, remotetest.Secret)
	d, _, p := remotetest.Bucket(t, "线上")
	const note = "挡不住两个人同时发布"
	p.Rewrite(func(r *http.Request) { // as OSS does; the condition is not signed there
		if r.Header.Get("X-Oss-Forbid-Overwrite") == "true" {
			r.Header.Set("If-None-Match", "*")
		}
	})
	d.Bucket.ForbidOverwrite = "x-oss-forbid-overwrite"
	if r := (&Server{Folder: workshop(t), Destination: d}).mustPublish(t, before); strings.Contains(strings.Join(r.Notes, ""), note) {
		t.Error(r.Notes)
	}
	d.Bucket.ForbidOverwrite = "x-unknown"
	if r := (&Server{Folder: workshop(t), Destination: d}).mustPublish(t, after); !strings.Contains(strings.Join(r.Notes, ""), note) {
		t.Error(r.Notes)
	}
	wantOnServer(t, d, after)
}

// TestWithdrawn: what is withdrawn is looked for as the public does; while a cache has
// it, the publication is not done, and the next one looks again.
func TestWithdrawn(t *testing.T) {
	t.Setenv(remote.SecretVariable, remotetest.Secret)
	d, folder, _ := remotetest.SFTP(t, "线上")
	var cached atomic.Bool
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Cache", "HIT")
		if cached.Load() && r.URL.Path == "/x/cases/b/index.html" {
			_, _ = io.WriteString(w, "案例乙")
			return
		}
		http.StripPrefix("/x", http.FileServer(http.Dir(folder))).ServeHTTP(w, r)
	}))
	defer site.Close()
	d.Address = site.URL + "/x/"
	s := &Server{Folder: workshop(t), Destination: d}
	s.mustPublish(t, before)
	cached.Store(true)
	for range 2 {
		_, err := s.Publish(t.Context(), after.files())
		still, ok := errors.AsType[*Remaining](err)
		if !ok || len(still.Differences) != 1 || !strings.Contains(still.Differences[0].Words, "/x/cases/b/index.html 仍然读得到（回答 200）") {
			t.Fatalf("got %v", err)
		}
	}
	cached.Store(false)
	if r := s.mustPublish(t, after); !strings.Contains(strings.Join(r.Notes, ""), "缓存（CDN）") {
		t.Errorf("the cache is not told of: %v", r.Notes)
	}
	wantOnServer(t, d, after)
}

// TestVersionsRemain: a bucket that keeps versions is said to have older copies.
func TestVersionsRemain(t *testing.T) {
	t.Setenv(remote.SecretVariable, remotetest.Secret)
	d, _, _ := remotetest.Bucket(t, "线上")
	c, err := minio.New(strings.TrimPrefix(d.Bucket.Endpoint, "http://"), &minio.Options{Creds: credentials.NewStaticV4(remotetest.KeyID, remotetest.Secret, ""), Region: "us-east-1"})
	must(t, err)
	must(t, c.EnableVersioning(t.Context(), "site"))
	s := &Server{Folder: workshop(t), Destination: d}
	s.mustPublish(t, before)
	if r := s.mustPublish(t, after); !strings.Contains(strings.Join(r.Notes, ""), "旧版本还在桶里") {
		t.Errorf("got %v", r.Notes)
	}
}

// TestOnTheWire: files are put whole, with their length and sum, compressed where that
// is told, and never in chunks of a signature, which OSS and COS refuse; the settings of
// addressing and signing are kept to.
func TestOnTheWire(t *testing.T) {
	t.Setenv(remote.SecretVariable, remotetest.Secret)
	d, _, p := remotetest.Bucket(t, "线上")
	dial := http.DefaultTransport.(*http.Transport).DialContext
	defer func() { http.DefaultTransport.(*http.Transport).DialContext = dial }()
	to := strings.TrimPrefix(d.Bucket.Endpoint, "http://")
	http.DefaultTransport.(*http.Transport).DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return dial(ctx, network, to)
	}
	type put struct{ contentType, cache, encoding string }
	want := map[string]put{
		"index.html":       {"text/html; charset=utf-8", "no-cache", "gzip"},
		"assets/site.css":  {"text/css; charset=utf-8", "no-cache", "gzip"},
		"data/figures.csv": {"text/csv; charset=utf-8", "no-cache", ""},
		"report.pdf":       {"application/pdf", "no-cache", ""},
		SumsFile:           {"text/plain; charset=utf-8", "no-cache", ""},
		// What it says of a paper changes when the paper is corrected.
		campaign.PaperPage(strings.Repeat("0a", 16)): {"text/html; charset=utf-8", "no-cache", "gzip"},
	}
	site := tree{}
	for name := range want {
		if name != SumsFile {
			site[name] = strings.Repeat("字", 100) + name
		}
	}
	for _, c := range []struct {
		name   string
		set    func(b *campaign.Bucket)
		host   string
		prefix string
		signed bool
		plain  bool
	}{
		{"by path", func(*campaign.Bucket) {}, to, "/site/", false, false},
		{"by domain", func(b *campaign.Bucket) {
			b.Addressing, b.Dir, b.Endpoint = campaign.ByDomain, "2022/行动", "http://localhost"
		}, "site.localhost", "/2022/行动/", false, false},
		{"signed", func(b *campaign.Bucket) { b.SignsPayload, b.Dir, b.Plain = true, "b", true }, to, "/site/b/", true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			own := *d
			b := *d.Bucket
			own.Bucket = &b
			c.set(&b)
			p.Fault(nil)
			(&Server{Folder: workshop(t), Destination: &own}).mustPublish(t, site)
			found := map[string]put{}
			for _, r := range p.Requests() {
				if r.Host != c.host {
					t.Errorf("%s %s asked %s", r.Method, r.Path, r.Host)
				}
				if r.Method != http.MethodPut {
					continue
				}
				name := strings.TrimPrefix(r.Path, c.prefix)
				payload, sum := r.Header.Get("X-Amz-Content-Sha256"), md5.Sum(r.Body)
				wantPayload := "UNSIGNED-PAYLOAD"
				if c.signed {
					wantPayload = fmt.Sprintf("%x", sha256.Sum256(r.Body))
				}
				if len(r.Coding) > 0 || strings.Contains(r.Header.Get("Content-Encoding"), "chunked") || r.Header.Get("X-Amz-Decoded-Content-Length") != "" || r.Header.Get("X-Amz-Trailer") != "" || payload != wantPayload {
					t.Errorf("%s was put as %v %v", name, r.Coding, r.Header)
				}
				if r.Header.Get("Content-Length") != fmt.Sprint(len(r.Body)) || r.Header.Get("Content-Md5") != base64.StdEncoding.EncodeToString(sum[:]) {
					t.Errorf("%s was put without its length and sum: %v", name, r.Header)
				}
				if !strings.HasPrefix(name, remote.Own) {
					found[name] = put{r.Header.Get("Content-Type"), r.Header.Get("Cache-Control"), r.Header.Get("Content-Encoding")}
				}
			}
			for name, w := range want {
				if c.plain {
					w.encoding = ""
				}
				if found[name] != w {
					t.Errorf("%s was put as %+v, want %+v", name, found[name], w)
				}
			}
			wantOnServer(t, &own, site)
		})
	}
}

// TestOrder: what leads to other pages is sent after them, SHA256SUMS after all, and
// nothing is deleted before.
func TestOrder(t *testing.T) {
	t.Setenv(remote.SecretVariable, remotetest.Secret)
	d, _, p := remotetest.Bucket(t, "线上")
	s := &Server{Folder: workshop(t), Destination: d}
	s.mustPublish(t, before)
	p.Fault(nil)
	s.mustPublish(t, after)
	last := -1
	for _, r := range p.Requests() {
		name, now := strings.TrimPrefix(r.Path, "/site/"), -1
		switch {
		case strings.HasPrefix(name, remote.Own):
		case r.Method == http.MethodDelete:
			now = 4
		case r.Method == http.MethodPut && name == SumsFile:
			now = 3
		case r.Method == http.MethodPut:
			now = turn(name)
		}
		if now >= 0 && now < last {
			t.Errorf("%s %s comes too late", r.Method, name)
		}
		last = max(last, now)
	}
	if last != 4 {
		t.Error("nothing was deleted")
	}
}

// TestReadBack: a server is read back against the last recorded publication: what is
// missing, extra and altered there is found, even where its SHA256SUMS was made to fit;
// publishing again mends it.
func TestReadBack(t *testing.T) {
	t.Setenv(remote.SecretVariable, remotetest.Secret)
	d, folder, _ := remotetest.SFTP(t, "线上")
	s := &Server{Folder: workshop(t), Destination: d}
	s.mustPublish(t, after)
	back := func() string {
		t.Helper()
		_, wrong, notes, err := s.ReadBack(t.Context(), t.TempDir(), func(int, int) {})
		must(t, err)
		return fmt.Sprint(wrong, len(notes))
	}
	if got := back(); got != "[] 1" { // not recorded on this machine: told
		t.Errorf("got %s", got)
	}
	s.Recorded()
	if got := back(); got != "[] 0" {
		t.Errorf("got %s", got)
	}
	altered := maps.Clone(after)
	altered["index.html"] = "黑首页"
	must(t, os.WriteFile(filepath.Join(folder, "index.html"), []byte(altered["index.html"]), 0o644))
	must(t, os.WriteFile(filepath.Join(folder, SumsFile), []byte(altered.withSums()[SumsFile]), 0o644))
	must(t, os.Remove(filepath.Join(folder, "data/statistics.csv")))
	must(t, os.WriteFile(filepath.Join(folder, "cases/x.html"), nil, 0o644))
	if got := back(); got != "[{SHA256SUMS 与上一次发布的不同} {cases/x.html 多出的文件，上一次发布里没有} {data/statistics.csv 缺这个文件} {index.html 与上一次发布的不同，发布以后被改过}] 0" {
		t.Errorf("got %s", got)
	}
	must(t, os.Remove(filepath.Join(folder, "cases/x.html")))
	s.mustPublish(t, after)
	wantOnServer(t, d, after)
}

// TestOthersSites: files of somebody else are not written over, nor the site of another
// campaign unless the person says so; nothing is changed there, not even by a lease.
func TestOthersSites(t *testing.T) {
	eachServer(t, func(t *testing.T, d *campaign.Destination, _ *remotetest.Proxy) {
		s := &Server{Folder: workshop(t), Destination: d}
		put := func(p, content string) {
			t.Helper()
			store, err := remote.Open(t.Context(), d)
			must(t, err)
			defer store.Close()
			must(t, store.Put(t.Context(), p, strings.NewReader(content), int64(len(content))))
		}
		refused := func(site tree, want string) {
			t.Helper()
			is := readStore(t, d)
			_, published := s.Publish(t.Context(), site.files())
			_, tried := s.Preview(t.Context(), site.files())
			for _, err := range []error{published, tried} {
				if err == nil || !strings.Contains(err.Error(), want) || HasBegun(err) {
					t.Errorf("got %v, want %s", err, want)
				}
			}
			if got := readStore(t, d); !maps.Equal(got, is) {
				t.Errorf("the server has %v", slices.Sorted(maps.Keys(got)))
			}
		}
		put("index.html", "别人的首页")
		put("data/statistics.csv", before["data/statistics.csv"]) // as it is to be
		put("别人.txt", "别人的")
		refused(before, "不是本程序传的同名文件（index.html），传上去会盖掉它们")
		put("index.html", before["index.html"])
		r := s.mustPublish(t, before)
		s.Recorded()
		if len(r.Sent.Strangers) != 1 {
			t.Errorf("others' files are %v", r.Sent.Strangers)
		}
		named := func(name string) tree {
			site := maps.Clone(after)
			site["data/statistics.json"] = fmt.Sprintf("{\n \"名称\": %q,\n \"figures\": []}", name)
			return site
		}
		must(t, os.RemoveAll(s.Folder.Target))
		withSpare.begin(&s.Folder)
		s.mustPublish(t, named("甲行动"))
		s.Recorded()
		withSpare.begin(&s.Folder)
		s.mustPublish(t, named("甲专项行动")) // its own, by what it remembers
		s.Recorded()
		put("别处/index.html", "别人的首页") // what was sent under this name to another place is not there
		elsewhere := *d
		if d.SFTP != nil {
			server := *d.SFTP
			server.Dir += "/别处"
			elsewhere.SFTP = &server
		} else {
			bucket := *d.Bucket
			bucket.Dir = "别处"
			elsewhere.Bucket = &bucket
		}
		s.Destination = &elsewhere
		refused(named("甲专项行动"), "不是本程序传的同名文件（index.html）")
		s = &Server{Folder: workshop(t), Destination: d}
		refused(named("乙行动"), "服务器上现在是“甲专项行动”的网站，会整个被换掉")
		s = &Server{Folder: workshop(t), Destination: d}
		s.mustPublish(t, named("甲专项行动")) // on another computer
		s = &Server{Folder: workshop(t), Destination: d, TakeOver: true}
		s.mustPublish(t, named("乙行动"))
		want := named("乙行动").withSums()
		want["别人.txt"], want["别处/index.html"] = "别人的", "别人的首页"
		if got := readStore(t, d); !maps.Equal(got, want) {
			t.Errorf("the server has %v", slices.Sorted(maps.Keys(got)))
		}
	})
}

// TestRefusedToSignIn: a wrong secret, a server that is another, and one that nobody has
// looked at are refused, each with what to do.
func TestRefusedToSignIn(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	sftp, _, _ := remotetest.SFTP(t, "线上")
	bucket, _, _ := remotetest.Bucket(t, "云")
	known := sftp.SFTP.HostKey
	for _, c := range []struct {
		name   string
		d      *campaign.Destination
		secret string
		set    func()
		want   string
	}{
		{"no secret", bucket, "", func() {}, "没有“云”的密码"},
		{"wrong secret", bucket, "x", func() {}, "访问密钥"},
		{"no bucket", bucket, remotetest.Secret, func() { bucket.Bucket.Bucket = "other" }, "没有叫“other”的桶"},
		{"another region", bucket, remotetest.Secret, func() { bucket.Bucket.Bucket, bucket.Bucket.Region = "site", "cn-other" }, "服务不认这样的请求（400）：核对“服务地址”“区域”"},
		{"unknown server", sftp, "", func() { sftp.SFTP.HostKey = "" }, "没有核对过这台服务器"},
		{"another server", sftp, "", func() {
			sftp.SFTP.HostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		}, "服务器的公钥与核对过的不同"},
		{"another known server", sftp, "", func() {
			sftp.SFTP.HostKey = ""
			must(t, os.MkdirAll(filepath.Join(home, ".ssh"), 0o700))
			must(t, os.WriteFile(filepath.Join(home, ".ssh/known_hosts"), []byte(fmt.Sprintf("[127.0.0.1]:%d ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", sftp.SFTP.Port)), 0o600))
		}, "服务器的公钥与核对过的不同"},
		{"known server", sftp, "", func() {
			must(t, os.WriteFile(filepath.Join(home, ".ssh/known_hosts"), []byte(fmt.Sprintf("[127.0.0.1]:%d %s\n", sftp.SFTP.Port, known)), 0o600))
		}, ""},
		{"no folder", sftp, "", func() { sftp.SFTP.Dir += "/none" }, "服务器上没有目录"},
		{"unknown user", sftp, "", func() { sftp.SFTP.User = "nobody-of-that-name" }, "服务器不让“nobody-of-that-name”登录"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv(remote.SecretVariable, c.secret)
			c.set()
			s, err := remote.Open(t.Context(), c.d)
			if err == nil {
				s.Close()
			}
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}
