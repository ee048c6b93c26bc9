package desk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strings"
	"sync"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/preview"
	"wangjian/internal/project"
	"wangjian/internal/release"
)

// drafts shows the campaign as it would be with what was typed and is not written.
type drafts struct {
	mu      sync.Mutex
	project *project.Project // keeps what it found in the files that stay
	file    string           // the text that was drafted last
	loaded  *project.Loaded
	pages   map[string]release.File
}

// load reads the campaign with changes over it.
func (w *work) draft(set *change.Set) (*project.Loaded, error) {
	w.mu.Lock()
	now := w.now
	w.mu.Unlock()
	var names []string
	for _, f := range set.Files() {
		names = append(names, f.Name)
	}
	if w.drafts.project == nil {
		w.drafts.project = project.Of(set.FS())
	}
	return w.drafts.project.Load(project.Options{Today: w.desk.Today, Now: now.Doubt(names...), Files: set.FS()})
}

// show plans the pages of a draft.
func (d *drafts) show(w *work, file string, l *project.Loaded) error {
	files, err := w.plan(l)
	if err != nil {
		return err
	}
	d.file, d.loaded, d.pages = file, l, make(map[string]release.File, len(files))
	for _, f := range files {
		d.pages[f.Path] = f
	}
	return nil
}

// drafted is what the editor learns of a draft.
type drafted struct {
	Page     string `json:"page"`
	Findings string `json:"findings"` // as a part of a page
	Fault    string `json:"fault"`
}

// draftText shows what was typed as a page, and what would be wrong with it. Nothing
// is written.
func draftText(r *request) (answer, error) {
	name := r.value("file")
	if why := uneditable(name); why != "" {
		return nil, errors.New(why)
	}
	l, err := r.work.last()
	if err != nil {
		return nil, err
	}
	text, _, _, err := r.written(name)
	if err != nil {
		return nil, err
	}
	set := change.Of(l.Files)
	if err := set.Write(name, []byte(text)); err != nil {
		return nil, err
	}
	d := &r.work.drafts
	d.mu.Lock()
	defer d.mu.Unlock()
	will, err := r.work.draft(set)
	if err != nil {
		return nil, err
	}
	result := drafted{Page: pageOf(will, name)}
	if err := d.show(r.work, name, will); err != nil {
		result.Fault = err.Error()
	}
	if !strings.Contains(r.Header.Get("Accept"), "application/json") {
		return goTo(result.Page), nil
	}
	var here []campaign.Finding
	for _, f := range findingsOf(will) {
		if f.At.File == name {
			here = append(here, f)
		}
	}
	if result.Findings, err = fragment("drafted", here); err != nil {
		return nil, err
	}
	raw, err := json.Marshal(result)
	return inline{"application/json; charset=utf-8", raw}, err
}

// fragment executes a part of a page.
func fragment(name string, data any) (string, error) {
	t, err := templates()
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = t.ExecuteTemplate(&out, name, data)
	return out.String(), err
}

// draftFolder is where the pages of the last draft are, by their path on the site; the
// text that they were drafted with follows the name of the file as a query.
const draftFolder = ownFolder + "edit/page/"

// pageOf is the address of the page that shows a file.
func pageOf(l *project.Loaded, file string) string {
	c := l.Campaign
	to, anchor := "index.html", ""
	item, report := c.ItemAt(file), (*campaign.Report)(nil)
	for _, one := range c.Reports {
		if one.File == file {
			report = one
		}
	}
	switch {
	case item != nil && item.Kind == campaign.Narratives:
		to = unitPage(item.Department, item.Region)
		anchor = item.Round.Code
		if item.Region != nil {
			anchor += "-" + item.Department.Code
		}
	case item != nil && item.Kind == campaign.Galleries:
		to, anchor = "gallery/index.html", item.Slug
	case item != nil && item.Kind == campaign.Summaries:
		to = "summary/" + item.Slug + "/index.html"
	case item != nil:
		to = string(item.Kind) + "/" + item.Slug + "/index.html"
	case report != nil:
		to = unitPage(report.Department, report.Region)
	case file == "data/form.yaml" || path.Base(file) == "release.yaml":
		to = "statistics/index.html"
	case file == "data/corrections.yaml":
		to = "statistics/corrections/index.html"
	}
	if anchor != "" {
		to += "#" + anchor
	}
	return draftFolder + to
}

func unitPage(d *campaign.Department, region *campaign.Region) string {
	if region != nil {
		return "regions/" + region.Code + "/index.html"
	}
	return "departments/" + d.Code + "/index.html"
}

// draftFile answers with a page of the last draft, or with what it is made of. Where
// nothing has been drafted, it is the campaign as it was read last.
func draftFile(r *request, rest string) (answer, error) {
	name, is := strings.CutPrefix(rest, "page/")
	if !is {
		return nil, errNotThere
	}
	l, err := r.work.last()
	if err != nil {
		return nil, err
	}
	d := &r.work.drafts
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.pages == nil || r.value("as") == "read" && (d.loaded == nil || d.loaded != l) {
		if err := d.show(r.work, "", l); err != nil {
			return nil, err
		}
	}
	f, there := d.pages[name]
	if !there {
		f, there = d.pages[strings.TrimSuffix(name, "/")+"/index.html"]
	}
	return sitePage{name, f, there}, nil
}

// sitePage is a file of the site as it would be, without the desk's frame.
type sitePage struct {
	name  string
	file  release.File
	there bool
}

func (p sitePage) answer(r *request) (err error) {
	protect(r.w.Header(), sitePolicy)
	var out bytes.Buffer
	if !p.there {
		r.w.WriteHeader(http.StatusNotFound)
		return besidePage.Execute(r.w, "这一页还没有：写好必填的几项，这里就是网页的样子。")
	}
	defer func() {
		if fault := recover(); fault != nil {
			err = besidePage.Execute(r.w, fmt.Sprintf("这一页现在排不出来：%v", fault))
		}
	}()
	if err := p.file.Write(&out); err != nil {
		return besidePage.Execute(r.w, "这一页现在排不出来，请先改正下面列出的错误。")
	}
	preview.Send(r.w, r.Request, p.file.Path, out.Bytes())
	return nil
}

// besidePage stands beside the text where there is no page to show.
var besidePage = template.Must(template.New("beside").Parse(`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>网页的样子</title><link rel="stylesheet" href="/_desk/assets/site.css"><main class="wrap"><p>{{.}}</p></main></html>`))
