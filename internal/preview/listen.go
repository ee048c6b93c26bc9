package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Listener is where a server on this machine listens.
type Listener struct {
	net.Listener
	address address
}

// Listen listens at host:port, :port or port. One that other machines reach is
// refused unless remote allows it. listen is net.Listen when nil.
func Listen(addr string, remote bool, listen func(network, address string) (net.Listener, error)) (*Listener, error) {
	a, err := parseAddress(addr)
	if err != nil {
		return nil, err
	}
	if !a.loopback() && !remote {
		return nil, fmt.Errorf("%s 不是本机地址，同一网络里的其他电脑会看到没有公开的内容：确要这样，再加 --allow-remote", a.listen())
	}
	if listen == nil {
		listen = net.Listen
	}
	l, err := listen("tcp", a.listen())
	if err != nil {
		return nil, a.explain(err)
	}
	return &Listener{l, a}, nil
}

// URL is what to open in the browser.
func (l *Listener) URL() string { return l.address.url(l.Addr()) }

// Answers reports whether a request's Host names this server.
func (l *Listener) Answers(host string) bool { return l.address.answers(host) }

// IsLocal reports whether this machine alone reaches it.
func (l *Listener) IsLocal() bool { return l.address.loopback() }

// Serve runs the web server until the context ends, which is no error.
func (l *Listener) Serve(ctx context.Context, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0), // what browsers break off is ignored
		// Open event streams end with the context, so that Shutdown need not wait.
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("网页服务停了：%w", err)
	case <-ctx.Done():
	}
	// The parent is done; what is under way gets a moment of its own.
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		server.Close()
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("网页服务停了：%w", err)
	}
	return nil
}
