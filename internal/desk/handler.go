package desk

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net"
	"net/http"
	"path"
	"runtime/debug"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/preview"
	"wangjian/internal/project"
	"wangjian/layouts"
)

// ownFolder is where the screens are; no site has such a folder.
const ownFolder = "/_desk/"

//go:embed assets
var assets embed.FS

// request is a request to a screen.
type request struct {
	*http.Request
	w      http.ResponseWriter
	desk   *Desk
	work   *work           // the open campaign; nil where there is none
	loaded *project.Loaded // as it was read last; nil where it could not be
	screen *screen
}

// value returns a field of a form or of the address, without the spaces around it.
func (r *request) value(name string) string { return strings.TrimSpace(r.FormValue(name)) }

// fresh reads the campaign as it is on the disk now: what an act goes by.
func (r *request) fresh() (*project.Loaded, error) {
	r.work.site.Refresh()
	loaded, err := r.work.last()
	r.loaded = loaded
	return loaded, err
}

func hostPort(address string) (host, port string) {
	host, port, _ = net.SplitHostPort(address)
	return host, port
}

// ServeHTTP answers a request.
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	own := strings.HasPrefix(r.URL.Path, ownFolder)
	protect(w.Header(), sitePolicy)
	if own {
		protect(w.Header(), policy)
	}
	if !d.admits(w, r) {
		return
	}
	work := d.current()
	switch {
	case own:
		d.show(w, r, work)
	case r.Method == http.MethodPost:
		d.refuse(w, r, http.StatusMethodNotAllowed, "预览只能查看")
	case work == nil:
		http.Redirect(w, r, ownFolder, http.StatusSeeOther)
	default:
		work.site.ServeHTTP(w, r)
	}
}

// show answers with a screen, an act, or a file of the desk's own.
func (d *Desk) show(w http.ResponseWriter, r *http.Request, work *work) {
	rest := strings.TrimPrefix(r.URL.Path, ownFolder)
	if strings.HasPrefix(rest, "assets/") {
		d.asset(w, r, path.Base(rest))
		return
	}
	name, part, _ := strings.Cut(rest, "/")
	if name == "" {
		name = "home"
	}
	req := &request{Request: r, w: w, desk: d, work: work}
	if work != nil {
		req.loaded, _ = work.last()
	}
	if req.screen = screenOf(name); req.screen == nil {
		d.refuse(w, r, http.StatusNotFound, "没有这个页面")
		return
	}
	if work == nil && !req.screen.closed {
		http.Redirect(w, r, ownFolder+"start", http.StatusSeeOther)
		return
	}
	req.finish(req.run(part))
}

// run runs what the address means; a fault of the program's is an error like any
// other.
func (r *request) run(part string) (a answer, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			fmt.Fprintf(r.desk.Log, "程序出错：%v\n%s", fault, debug.Stack())
			err = fmt.Errorf("程序出错：%v。什么也没有写；请记下刚才做了什么，告诉维护的人", fault)
		}
	}()
	s := r.screen
	switch {
	case r.Method == http.MethodPost:
		act := s.acts[part]
		if act == nil {
			return nil, errNotThere
		}
		if err := r.receive(s); err != nil {
			return nil, err
		}
		return act(r)
	case part == "":
		data, err := s.data(r)
		return page{s.name, data}, err
	case s.parts[part] != nil:
		return s.parts[part](r)
	case s.at != nil:
		return s.at(r, part)
	}
	return nil, errNotThere
}

var errNotThere = errors.New("没有这个页面")

// receive reads a form with its files, within the screen's bound.
func (r *request) receive(s *screen) error {
	limit := s.limit
	if limit == 0 {
		limit = mostForm
	}
	r.Body = http.MaxBytesReader(r.w, r.Body, limit)
	err := r.ParseMultipartForm(8 << 20) // what is more stands in a temporary file
	if errors.Is(err, http.ErrNotMultipart) {
		err = nil
	}
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return fmt.Errorf("一次送来的太多，最多 %d MB：分几次来", limit>>20)
	}
	if err != nil {
		return fmt.Errorf("读不出送来的内容：%s", cause.In(err))
	}
	return nil
}

// mostForm bounds a form without files, in bytes.
const mostForm = 8 << 20

// finish answers a request, with an error as a page.
func (r *request) finish(a answer, err error) {
	if r.MultipartForm != nil {
		defer r.MultipartForm.RemoveAll()
	}
	if err == nil {
		err = a.answer(r)
	}
	if err == nil {
		return
	}
	status := http.StatusUnprocessableEntity
	if errors.Is(err, errNotThere) {
		status = http.StatusNotFound
	}
	fault := problem{Message: cause.In(err), Back: r.Header.Get("Referer")}
	if with, ok := errors.AsType[interface {
		error
		Findings() []campaign.Finding
	}](err); ok {
		fault.Findings = with.Findings()
	}
	if err := r.execute(status, "problem", fault); err != nil {
		http.Error(r.w, cause.In(err), http.StatusInternalServerError)
	}
}

// problem is what keeps something from being done.
type problem struct {
	Message  string
	Findings []campaign.Finding
	Back     string // the page that the person comes from
}

// refuse answers who is not let in, or has lost the way.
func (d *Desk) refuse(w http.ResponseWriter, _ *http.Request, status int, why string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	refusal.Execute(w, why)
}

var refusal = template.Must(template.New("refusal").Parse(`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>网剑</title><h1>没有打开</h1><p>{{.}}</p></html>`))

// asset answers with a script or style of the desk's, or of the site's.
func (d *Desk) asset(w http.ResponseWriter, r *http.Request, name string) {
	raw, err := fs.ReadFile(assets, "assets/"+name)
	if err != nil || strings.HasSuffix(name, ".html") {
		raw, err = fs.ReadFile(layouts.Over(nil), "assets/"+name)
	}
	if err != nil {
		d.refuse(w, r, http.StatusNotFound, "没有这个文件")
		return
	}
	preview.Send(w, r, name, raw)
}

// frame is what every screen's page is executed with.
type frame struct {
	Title    string
	Screen   string
	Campaign string // its name; "" where none is open
	Dir      string
	Sample   bool
	Token    string // names the state of the files that the page shows
	Menu     []menuItem
	Said     string // what was done last
	CanUndo  bool
	Jobs     []*job
	Typed    *sentForm // to be filled in again
	Data     any
}

type menuItem struct {
	Name, Title string
	Waiting     int
	Current     bool
}

// execute answers with a template in the frame.
func (r *request) execute(status int, name string, data any) error {
	t, err := templates()
	if err != nil {
		return err
	}
	if t.Lookup(name) == nil {
		return fmt.Errorf("没有模板 %s", name)
	}
	f := frame{Title: r.screen.title, Screen: r.screen.name, Data: data}
	if r.work != nil {
		f.Dir = r.work.dir
		f.Campaign = r.work.name()
		f.Sample = r.loaded != nil && r.loaded.Campaign.Sample
		f.Token = r.work.site.Token()
		f.Said, f.CanUndo = r.work.said(r.value("done"))
		f.Jobs = r.work.running()
		f.Typed = r.work.typedForm(r.value("typed"))
	}
	for _, s := range screens {
		if s.hidden || r.work == nil && !s.closed {
			continue
		}
		f.Menu = append(f.Menu, menuItem{s.name, s.title, s.ask(r).Count, s.name == r.screen.name})
	}
	var out bytes.Buffer
	body, err := renderBody(t, name, &f)
	if err != nil {
		return err
	}
	if err := t.ExecuteTemplate(&out, "frame", struct {
		*frame
		Body template.HTML
	}{&f, body}); err != nil {
		return err
	}
	r.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	r.w.WriteHeader(status)
	r.w.Write(out.Bytes())
	return nil
}

// renderBody executes a screen's own template.
func renderBody(t *template.Template, name string, f *frame) (template.HTML, error) {
	var out bytes.Buffer
	err := t.ExecuteTemplate(&out, name, f)
	return template.HTML(out.String()), err // html/template wrote it
}
