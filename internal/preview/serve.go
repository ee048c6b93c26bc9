package preview

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"sync"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// DefaultAddr is where the preview listens when it is not told.
const DefaultAddr = "127.0.0.1:8080"

// rest is how long nothing has to happen before memory is tidied up: with 12,000
// pages a collection takes longer than an edit.
const rest = 500 * time.Millisecond

// Options says what to serve and where.
type Options struct {
	Addr string // DefaultAddr when empty; a port alone means this machine
	// Remote allows an Addr that other machines reach: what is not public shows
	// there. Without it such an address is refused.
	Remote bool
	// Load reads what the folders hold. Only the files named, by their paths below
	// Root with slashes, can have changed since it was called last; nil stands for
	// any, as the first time. Findings of error level, an error, or no files keep
	// the last good site; the findings are shown either way. ErrUnchanged keeps all
	// that is shown.
	Load func(changed []string) ([]release.File, []campaign.Finding, error)
	// Overtaken reports whether time has made another site of what was loaded
	// last: a day has begun, something has come out. It is asked every second; nil
	// for never.
	Overtaken func() bool
	Root      string
	Watch     []string  // folders below Root; they need not be there
	Log       io.Writer // one line when ready and one a reload
	// Listen is net.Listen when nil.
	Listen func(network, address string) (net.Listener, error)
	// Tick is when to ask whether it is overtaken; every second when nil.
	Tick <-chan time.Time
}

// Serve serves the preview until the context ends, which is no error.
func Serve(ctx context.Context, o Options) error {
	listener, err := Listen(o.Addr, o.Remote, o.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	o.Log = &lineLog{to: o.Log}
	if !listener.address.loopback() {
		fmt.Fprintf(o.Log, "注意：在 %s 上预览，同一网络里的其他电脑也能看到没有公开的内容\n", listener.address.listen())
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	site, err := Open(ctx, o)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.Log, "预览：%s （按 Ctrl+C 结束）\n", listener.URL())
	site.tell("")
	err = listener.Serve(ctx, only{listener, site})
	stop()
	site.Wait()
	return err
}

// only answers whom the preview is for.
type only struct {
	listener *Listener
	site     *Site
}

func (o only) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	Protect(w.Header())
	switch {
	case !o.listener.Answers(r.Host):
		http.Error(w, "预览不认识这个主机名，请用 127.0.0.1 打开", http.StatusMisdirectedRequest)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "预览只能查看", http.StatusMethodNotAllowed)
	default:
		o.site.ServeHTTP(w, r)
	}
}

// Site is a campaign's site as it is now. It loads again when something changes.
type Site struct {
	*server
	ended []<-chan struct{}
}

// Open loads the site and follows its files until the context ends. Options on
// where to listen do not count.
func Open(ctx context.Context, o Options) (*Site, error) {
	end := o.fill()
	changed := newChanges()
	watching, err := watch(ctx, o.Root, o.Watch, o.Log, changed) // before loading, so that no change slips in between
	if err != nil {
		end()
		return nil, err
	}
	reloading := make(chan struct{})
	s := &Site{server: newServer(o.Load, o.Log), ended: []<-chan struct{}{watching, reloading}}
	s.reload(nil)
	go func() {
		defer close(reloading)
		defer end()
		s.follow(ctx, o, changed)
	}()
	return s, nil
}

// Wait returns when nothing is followed any more, after the context's end.
func (s *Site) Wait() {
	for _, ended := range s.ended {
		<-ended
	}
}

// Refresh loads the site from the disk as it is, whatever the watcher has noticed.
func (s *Site) Refresh() { s.reload(nil) }

// Token names what there is to show: it is another after every load.
func (s *Site) Token() string { return s.state.Load().token }

// fill sets what is not said; the function that it returns ends it.
func (o *Options) fill() (end func()) {
	end = func() {}
	if o.Overtaken == nil {
		o.Overtaken = func() bool { return false }
	}
	if o.Tick == nil {
		seconds := time.NewTicker(time.Second)
		o.Tick, end = seconds.C, seconds.Stop
	}
	return end
}

// follow loads the site again whenever something has changed, or time has.
func (s *server) follow(ctx context.Context, o Options, changed *changes) {
	idle := time.NewTimer(rest)
	for {
		select {
		case <-ctx.Done():
			return
		case <-idle.C:
			runtime.GC() // the next change need not wait for it
			continue
		case <-changed.ready:
			if !s.reload(changed.take()) {
				continue
			}
			s.tell("内容有改动：")
		case <-o.Tick:
			if !o.Overtaken() {
				continue
			}
			s.reload(changed.take())
			s.tell("时间到了：")
		}
		idle.Reset(rest)
	}
}

// lineLog lets the watcher and the server log at once.
type lineLog struct {
	mu sync.Mutex
	to io.Writer
}

func (l *lineLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(p)
}
