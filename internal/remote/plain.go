package remote

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
)

// Seen is what a plain request for a file got.
type Seen struct {
	Status int
	Cached bool // a cache stands before the server
}

// Gone reports whether the public gets nothing.
func (s Seen) Gone() bool {
	return slices.Contains([]int{http.StatusNotFound, http.StatusGone, http.StatusForbidden, http.StatusUnauthorized}, s.Status)
}

// Look asks for a file as the public does, without signing in.
func Look(ctx context.Context, address string) (Seen, error) {
	client := &http.Client{Timeout: answerTimeout, CheckRedirect: withinHost}
	var last error
	for n := range attempts {
		if n > 0 {
			if err := pause(ctx, n); err != nil {
				return Seen{}, err
			}
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return Seen{}, err
		}
		req.Header.Set("User-Agent", "wangjian")
		answer, err := client.Do(req)
		if err != nil {
			if failed, ok := errors.AsType[*url.Error](err); ok {
				err = failed.Err
			}
			last = fmt.Errorf("连不上：%w", err)
			continue
		}
		answer.Body.Close()
		if answer.StatusCode >= 500 {
			last = fmt.Errorf("服务器回答 %d", answer.StatusCode)
			continue
		}
		return Seen{answer.StatusCode, passedCache(answer.Header)}, nil
	}
	return Seen{}, last
}

// withinHost follows a redirection only within the host that was named.
func withinHost(req *http.Request, via []*http.Request) error {
	if req.URL.Hostname() != via[0].URL.Hostname() || len(via) > 5 {
		return http.ErrUseLastResponse
	}
	return nil
}

// passedCache reports whether an answer came by a cache, by the headers that caches
// add.
func passedCache(h http.Header) bool {
	for _, name := range []string{"Age", "Via", "X-Cache", "X-Cache-Lookup", "X-Swift-Cachetime", "Cf-Cache-Status", "Ali-Swift-Global-Savetime", "X-Cdn-Request-Id"} {
		if h.Get(name) != "" {
			return true
		}
	}
	return false
}
