package desk

import (
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"slices"
	"sync"

	"wangjian/internal/preview"
)

// guard tells the person's own browser from everybody else. The address that opens
// the desk has a token; its first use, and no other, is answered with a cookie that
// no page of another site can send along.
type guard struct {
	mu     sync.Mutex
	tokens []string
	cookie string
}

func newGuard() guard { return guard{cookie: rand.Text()} }

// token returns a new token.
func (g *guard) token() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	t := rand.Text()
	g.tokens = append(g.tokens, t)
	return t
}

// spend reports whether a token is good, and makes it good no more.
func (g *guard) spend(token string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for n, t := range g.tokens {
		if same(t, token) {
			g.tokens = append(g.tokens[:n], g.tokens[n+1:]...)
			return true
		}
	}
	return false
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// cookieName differs from that of a desk on another port: cookies know no ports.
func (d *Desk) cookieName() string {
	_, port := hostPort(d.listener.Addr().String())
	return "wangjian-desk-" + port
}

// ownFetches is what a browser says of a request that a page of the desk makes, or the
// person: not one of another site, nor of another port of this machine, to which the
// cookie goes along. An old browser says nothing.
var ownFetches = []string{"", "none", "same-origin"}

// admits reports whether a request comes from the person's own browser and a page of
// the desk, and answers it where not.
func (d *Desk) admits(w http.ResponseWriter, r *http.Request) bool {
	refuse := func(status int, why string) bool {
		d.refuse(w, r, status, why)
		return false
	}
	isRead := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch {
	case !d.listener.Answers(r.Host):
		return refuse(http.StatusMisdirectedRequest, "工作台不认识这个主机名，请用 127.0.0.1 打开")
	case !isRead && r.Method != http.MethodPost:
		w.Header().Set("Allow", "GET, HEAD, POST")
		return refuse(http.StatusMethodNotAllowed, "工作台没有这种操作")
	case !slices.Contains(ownFetches, r.Header.Get("Sec-Fetch-Site")):
		return refuse(http.StatusForbidden, "这个请求来自别的网站，没有理会")
	case !isRead && r.Header.Get("Origin") != "http://"+r.Host:
		return refuse(http.StatusForbidden, "这个请求不是从工作台的页面发出的，没有理会")
	}
	if token := r.URL.Query().Get("token"); r.URL.Path == ownFolder && token != "" && isRead {
		if r.Method == http.MethodHead || !d.guard.spend(token) {
			return refuse(http.StatusForbidden, "这个地址已经用过一次，不能再用。请回到网剑的窗口，按回车再打开一次工作台")
		}
		http.SetCookie(w, &http.Cookie{Name: d.cookieName(), Value: d.guard.cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
		http.Redirect(w, r, ownFolder, http.StatusSeeOther)
		return false
	}
	cookie, err := r.Cookie(d.cookieName())
	if err != nil || !same(cookie.Value, d.guard.cookie) {
		return refuse(http.StatusForbidden, "请从网剑打开工作台：回到网剑的窗口，按回车再打开一次")
	}
	return true
}

// policy is what pages of the desk may load: nothing from elsewhere, no script or
// style within a page, and no page of another site around them.
const policy = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

// sitePolicy is that of the preview: a picture with a script in it does not run.
const sitePolicy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

func protect(head http.Header, policy string) {
	preview.Protect(head)
	head.Set("Content-Security-Policy", policy)
	// The Origin of a form is null where no referrer is sent.
	head.Set("Referrer-Policy", "same-origin")
	head.Set("Cross-Origin-Opener-Policy", "same-origin")
}
