package preview

import (
	"bytes"
	_ "embed"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
)

// The preview's own addresses; no site has such a folder.
const (
	ownFolder  = "/_preview/"
	eventsPath = ownFolder + "events"
	scriptPath = ownFolder + "reload.js"
	stylePath  = ownFolder + "preview.css"
	lastFolder = ownFolder + "last/"
)

var (
	//go:embed assets/reload.js
	script []byte
	//go:embed assets/preview.css
	styles []byte
)

// Protect sets what every answer has that shows what is not public.
func Protect(head http.Header) {
	head.Set("Cache-Control", "no-store")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Referrer-Policy", "no-referrer")
	// What is not public yet must not be drawn into other sites' pages.
	head.Set("Cross-Origin-Resource-Policy", "same-origin")
	head.Set("Content-Security-Policy", "frame-ancestors 'self'")
}

// ServeHTTP answers a request to look at something: whom to answer at all is the
// caller's to decide.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case !isPlain(r.URL.Path):
		http.Error(w, "地址不对", http.StatusBadRequest)
	case r.URL.Path == eventsPath:
		s.events(w, r)
	case r.URL.Path == scriptPath:
		Send(w, r, scriptPath, script)
	case r.URL.Path == stylePath:
		Send(w, r, stylePath, styles)
	case strings.HasPrefix(r.URL.Path, lastFolder):
		s.last(w, r, strings.TrimPrefix(r.URL.Path, lastFolder))
	default:
		s.present(w, r, strings.TrimPrefix(r.URL.Path, "/"))
	}
}

// isPlain reports whether a path has nothing in it that leads elsewhere.
func isPlain(p string) bool {
	return strings.HasPrefix(p, "/") && !strings.ContainsAny(p, "\\\x00") && !slices.Contains(strings.Split(p, "/"), "..")
}

// present answers from the present input: the site when it is good, the page of
// findings when not. What a page is made of (styles, pictures) comes from the
// last good site meanwhile.
func (s *server) present(w http.ResponseWriter, r *http.Request, name string) {
	st := s.state.Load()
	if !st.good && (st.last == nil || isPage(r, name)) {
		s.report(w, r, st, name, nil)
		return
	}
	s.file(w, r, st, name)
}

// last answers from the last good site while the input is wrong, and sends the
// reader back to the present one when it is mended.
func (s *server) last(w http.ResponseWriter, r *http.Request, name string) {
	st := s.state.Load()
	switch {
	case st.good:
		to := url.URL{Path: "/" + strings.TrimLeft(name, "/"), RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
	case st.last == nil:
		s.report(w, r, st, name, nil)
	default:
		s.file(w, r, st, name)
	}
}

// isPage reports whether somebody wants to look at what is asked for, rather than
// a page at its parts.
func isPage(r *http.Request, name string) bool {
	ext := path.Ext(name)
	return ext == "" || ext == ".html" || strings.Contains(r.Header.Get("Accept"), "text/html")
}

// file answers with a file of the last good site.
func (s *server) file(w http.ResponseWriter, r *http.Request, st *state, name string) {
	p, folder := st.last.find(name)
	status := http.StatusOK
	if folder {
		to := url.URL{Path: path.Base(name) + "/", RawQuery: r.URL.RawQuery}
		w.Header().Set("Location", "./"+strings.TrimPrefix(to.String(), "./"))
		w.WriteHeader(http.StatusFound)
		return
	}
	if p == nil {
		status = http.StatusNotFound
		if p = st.last.files["404.html"]; p == nil {
			http.Error(w, "没有这个页面", status)
			return
		}
	}
	content, err := p.render()
	if err != nil {
		s.report(w, r, st, name, err)
		return
	}
	if contentType(p.file.Path) == htmlType {
		content = s.inject(content, st, name)
	}
	if status != http.StatusOK {
		sendStatus(w, r, status, content)
		return
	}
	Send(w, r, p.file.Path, content)
}

// Send answers with a file, or the part of it that was asked for.
func Send(w http.ResponseWriter, r *http.Request, name string, content []byte) {
	w.Header().Set("Content-Type", contentType(name))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// sendStatus answers with a page under another status than 200.
func sendStatus(w http.ResponseWriter, r *http.Request, status int, page []byte) {
	w.Header().Set("Content-Type", htmlType)
	w.Header().Set("Content-Length", fmt.Sprint(len(page)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(page)
	}
}
