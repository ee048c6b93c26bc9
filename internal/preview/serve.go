package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
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
	// the last good site; the findings are shown either way.
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
	address, err := parseAddress(o.Addr)
	if err != nil {
		return err
	}
	if !address.loopback() && !o.Remote {
		return fmt.Errorf("%s 不是本机地址，同一网络里的其他电脑会看到没有公开的内容：确要这样，再加 --allow-remote", address.listen())
	}
	defer o.fill()()
	listener, err := o.Listen("tcp", address.listen())
	if err != nil {
		return address.explain(err)
	}
	defer listener.Close()
	if !address.loopback() {
		fmt.Fprintf(o.Log, "注意：在 %s 上预览，同一网络里的其他电脑也能看到没有公开的内容\n", address.listen())
	}

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	changed := newChanges()
	watching, err := watch(ctx, o.Root, o.Watch, o.Log, changed) // before loading, so that no change slips in between
	if err != nil {
		return err
	}
	s := newServer(o.Load, o.Log, address)
	s.reload(nil)
	reloading := make(chan struct{})
	go func() {
		defer close(reloading)
		s.follow(ctx, o, changed)
	}()
	fmt.Fprintf(o.Log, "预览：%s （按 Ctrl+C 结束）\n", address.url(listener.Addr()))
	s.tell("")

	err = serve(ctx, listener, s)
	stop()
	<-reloading
	<-watching
	return err
}

// fill sets what is not said; the function that it returns ends it.
func (o *Options) fill() (end func()) {
	end = func() {}
	if o.Listen == nil {
		o.Listen = net.Listen
	}
	if o.Overtaken == nil {
		o.Overtaken = func() bool { return false }
	}
	if o.Tick == nil {
		seconds := time.NewTicker(time.Second)
		o.Tick, end = seconds.C, seconds.Stop
	}
	o.Log = &lineLog{to: o.Log}
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
			s.reload(changed.take())
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

// serve runs the web server until the context ends.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0), // what browsers break off is ignored
		// Open event streams end with the context, so that Shutdown need not wait.
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("预览的服务停了：%w", err)
	case <-ctx.Done():
	}
	// The parent is done; what is under way gets a moment of its own.
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		server.Close()
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("预览的服务停了：%w", err)
	}
	return nil
}
