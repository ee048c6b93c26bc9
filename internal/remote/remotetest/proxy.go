//go:build whole

package remotetest

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// Fault is what a proxy does to a request.
type Fault int

// The faults.
const (
	None Fault = iota
	Busy       // it answers 503
	Cut        // it takes up the request's body, and breaks the line before the answer
	Torn       // it breaks the line within the body
	Lost       // the server does what is asked, and the answer is lost
	Slow       // it waits a little
)

// Request is what was asked of a proxy before object storage.
type Request struct {
	Method, Host, Path, Query string
	Header                    http.Header
	Body                      []byte
	Coding                    []string // Transfer-Encoding
}

// Proxy stands before a server, and keeps the Host header, which signatures cover.
type Proxy struct {
	listener net.Listener

	mu       sync.Mutex
	fault    func(n int, r Request) Fault
	requests []Request
	rewrite  func(*http.Request)
	after    int64 // bytes after which each connection breaks, -1 for never
	breaks   int   // how many connections still break
}

// Fault sets what happens to request n, from 0.
func (p *Proxy) Fault(of func(n int, r Request) Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fault, p.requests = of, nil
}

// Rewrite sets what is changed of each request on its way.
func (p *Proxy) Rewrite(how func(*http.Request)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rewrite = how
}

// Break has the next connections to an SFTP server, so many of them, break after so
// many bytes were sent.
func (p *Proxy) Break(connections int, after int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.breaks, p.after = connections, after
}

// Requests returns what was asked since Fault was called last.
func (p *Proxy) Requests() []Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.requests
}

// Puts counts the files that were put, but for the program's own.
func (p *Proxy) Puts() (n int) {
	for _, r := range p.Requests() {
		if r.Method == http.MethodPut && !strings.Contains(r.Path, "/.wangjian/") {
			n++
		}
	}
	return n
}

func newProxy(t testing.TB, server string, speaksHTTP bool) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	p := &Proxy{listener: l, after: -1}
	if !speaksHTTP {
		t.Cleanup(func() { l.Close() })
		go p.relay(server)
		return p
	}
	to := &httputil.ReverseProxy{
		Transport: &http.Transport{}, // not the one that a test may redirect to the proxy
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "http", Host: server})
			r.Out.Host = r.In.Host
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	s := &http.Server{Handler: p.handler(to)}
	t.Cleanup(func() { s.Close() })
	go s.Serve(l)
	return p
}

func (p *Proxy) handler(to http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := Request{Method: r.Method, Host: r.Host, Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header.Clone(), Coding: r.TransferEncoding}
		p.mu.Lock()
		fault := None
		if p.fault != nil {
			fault = p.fault(len(p.requests), asked)
		}
		if p.rewrite != nil {
			p.rewrite(r)
		}
		p.mu.Unlock()
		if fault == Torn {
			_, _ = io.CopyN(io.Discard, r.Body, 3)
			hangUp(w)
			return
		}
		asked.Body, _ = io.ReadAll(r.Body)
		p.mu.Lock()
		p.requests = append(p.requests, asked)
		p.mu.Unlock()
		r.Body = io.NopCloser(bytes.NewReader(asked.Body))
		switch fault {
		case Busy:
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		case Cut:
			hangUp(w)
			return
		case Lost:
			to.ServeHTTP(discard{http.Header{}}, r)
			hangUp(w)
			return
		case Slow:
			time.Sleep(300 * time.Millisecond)
		}
		to.ServeHTTP(w, r)
	})
}

// discard is an answer that nobody gets.
type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) Write(p []byte) (int, error) { return len(p), nil }
func (d discard) WriteHeader(int)             {}

func hangUp(w http.ResponseWriter) {
	if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
		c.Close()
	}
}

// relay passes connections on to a server.
func (p *Proxy) relay(server string) {
	for {
		in, err := p.listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer in.Close()
			out, err := net.Dial("tcp", server)
			if err != nil {
				return
			}
			defer out.Close()
			p.mu.Lock()
			after := int64(-1)
			if p.breaks > 0 {
				p.breaks--
				after = p.after
			}
			p.mu.Unlock()
			go func() {
				_, _ = io.Copy(in, out)
				in.Close()
			}()
			if after >= 0 {
				_, _ = io.CopyN(out, in, after)
				return
			}
			_, _ = io.Copy(out, in)
		}()
	}
}
