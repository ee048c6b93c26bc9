package desk

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/disk"
	"wangjian/internal/project"
)

// pending is a proposal that waits for the person's yes.
type pending struct {
	*proposal
	ID       string
	checked  bool
	findings []campaign.Finding // those that it would bring
	gone     int                // those that it would end
	conflict *change.Conflict
	will     *campaign.Campaign // as it would be; nil where that was not read
}

// undone is a proposal that was written and can be taken back.
type undone struct {
	ID    string
	Title string
	Done  string
	set   *change.Set
	Back  bool // it was taken back
}

// mostPending is how many proposals wait at once; older ones are forgotten.
const mostPending = 100

var errNothing = errors.New("没有变化，不用写")

func (w *work) propose(p *proposal, from string) (id string, err error) {
	if p.set.IsEmpty() {
		return "", errNothing
	}
	if p.next == "" {
		p.next = ownAddress(from)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	id = w.id()
	w.open[id] = &pending{proposal: p, ID: id}
	if len(w.open) > mostPending {
		delete(w.open, fmt.Sprint(w.count-mostPending))
	}
	return id, nil
}

// ownAddress is an address of the desk's own, without the host.
func ownAddress(text string) string {
	if n := strings.Index(text, ownFolder); n >= 0 && !strings.ContainsAny(text[:n], "?#") {
		return text[n:]
	}
	return ownFolder
}

// changeScreen shows what is to be written: /_desk/change/ID.
func changeScreen() *screen {
	return &screen{
		name: "change", title: "核对要写的内容", hidden: true,
		data: func(*request) (any, error) { return nil, errNotThere },
		at:   showChange,
		acts: map[string]act{"apply": applyChange, "drop": dropChange, "mine": keepMine},
	}
}

// waiting returns the proposal that a request is about.
func (r *request) waiting(id string) (*pending, error) {
	r.work.mu.Lock()
	defer r.work.mu.Unlock()
	p := r.work.open[id]
	if p == nil {
		return nil, errors.New("这一次要写的已经写了，或者不写了。要再写，请从头来一遍")
	}
	return p, nil
}

func (w *work) forget(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.open, id)
}

// shownChange is what the template of a proposal shows.
type shownChange struct {
	ID       string
	Title    string
	Words    []string
	Next     string
	Files    []toldFile
	Findings []campaign.Finding
	Hidden   bool // faults of the settings may have kept these from being found before
	Gone     int
	Conflict *shownConflict
}

// shownConflict is a file that another program has changed meanwhile.
type shownConflict struct {
	Name   string
	Gone   bool          // the other has deleted it
	Theirs []change.Line // from what it was to what it is
}

func showChange(r *request, id string) (answer, error) {
	p, err := r.waiting(id)
	if err != nil {
		return nil, err
	}
	r.judge(p)
	s := shownChange{ID: id, Title: p.title, Words: p.words, Next: p.next, Files: toldFiles(p.set.Files(), r.campaigns(p)...), Findings: p.findings, Gone: p.gone}
	s.Hidden = r.loaded != nil && (r.loaded.Campaign.IsDoubtful(settingsFile) || r.loaded.Campaign.IsDoubtful(formFile))
	if c := p.conflict; c != nil {
		theirs := change.File{Name: c.Name, Old: c.Old, New: c.Now, There: c.There, Stays: c.IsNow}
		s.Conflict = &shownConflict{Name: c.Name, Gone: !c.IsNow, Theirs: theirs.Lines()}
	}
	return page{"change", s}, nil
}

// campaigns are the campaign as it would be and as it is, as far as they can be read.
func (r *request) campaigns(p *pending) (list []*campaign.Campaign) {
	if p.will != nil {
		list = append(list, p.will)
	}
	if r.loaded != nil {
		list = append(list, r.loaded.Campaign)
	}
	return list
}

// judge works out which findings the proposal would bring and end.
func (r *request) judge(p *pending) {
	if p.checked || r.loaded == nil {
		return
	}
	will := project.Read(p.set.FS(), r.desk.Today)
	p.will = will.Campaign
	now := told(r.loaded.Findings)
	then := told(will.Findings)
	p.findings = slices.DeleteFunc(slices.Clone(will.Findings), func(f campaign.Finding) bool { return now[tellingOf(f)] })
	for f := range now {
		if !then[f] {
			p.gone++
		}
	}
	p.checked = true
}

// telling is what makes two findings the same, wherever the line has moved to.
type telling struct{ rule, file, message string }

func tellingOf(f campaign.Finding) telling { return telling{f.Rule, f.At.File, f.Message} }

func told(list []campaign.Finding) map[telling]bool {
	m := map[telling]bool{}
	for _, f := range list {
		m[tellingOf(f)] = true
	}
	return m
}

// applyChange writes a proposal. Nobody else signs or builds meanwhile.
func applyChange(r *request) (answer, error) {
	id := r.value("id")
	p, err := r.waiting(id)
	if err != nil {
		return nil, err
	}
	unlock, err := disk.Lock(r.work.dir)
	if err != nil {
		return nil, err
	}
	defer unlock()
	undo, err := p.set.Apply(r.work.dir)
	if c, ok := errors.AsType[*change.Conflict](err); ok {
		p.conflict, p.checked = c, false
		return showChange(r, id)
	}
	if err != nil {
		return nil, err
	}
	r.work.forget(id)
	done := r.work.wrote(p, undo)
	if p.written != nil {
		p.written()
	}
	r.work.site.Refresh()
	return goTo(withDone(p.next, done)), nil
}

// wrote notes what can be taken back.
func (w *work) wrote(p *pending, undo *change.Set) (id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	done := p.done
	if done == "" {
		done = "已写：" + p.title
	}
	w.undos = append(w.undos, &undone{ID: p.ID, Title: p.title, Done: done, set: undo})
	return p.ID
}

// withDone adds to an address which change the person is to be told of.
func withDone(to, id string) string { return withField(to, "done", id) }

// withField sets done or typed in an address, and drops the other.
func withField(to, field, value string) string {
	to, hash, hasHash := strings.Cut(to, "#")
	base, query, _ := strings.Cut(to, "?")
	var kept []string
	for _, q := range strings.Split(query, "&") {
		if q != "" && !strings.HasPrefix(q, "done=") && !strings.HasPrefix(q, "typed=") {
			kept = append(kept, q)
		}
	}
	to = base + "?" + strings.Join(append(kept, field+"="+value), "&")
	if hasHash {
		to += "#" + hash
	}
	return to
}

// said returns what was written last, when the address says so.
func (w *work) said(id string) (words string, canUndo bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range w.undos {
		if u.ID == id && id != "" {
			return u.Done, !u.Back
		}
	}
	return "", false
}

// sentForm is a form that was sent and not written.
type sentForm struct {
	page   string     // that it stands on; "" where an act has shown it
	Action string     `json:"action"`
	Fields url.Values `json:"fields"`
}

func (r *request) sentForm() *sentForm {
	f := &sentForm{page: ownAddress(r.Header.Get("Referer")), Action: r.URL.Path, Fields: r.PostForm}
	if r.MultipartForm != nil {
		f.Fields = r.MultipartForm.Value
	}
	base, _, _ := strings.Cut(strings.TrimPrefix(f.page, ownFolder), "?")
	name, part, _ := strings.Cut(base, "/")
	if s := screenOf(name); s != nil && s.acts[part] != nil && s.parts[part] == nil {
		f.page = ""
	}
	return f
}

// backToForm is the page of a form that was not written, as it was filled in.
func (w *work) backToForm(p *pending) goTo {
	to := cmp.Or(p.form.page, p.next)
	w.keep("form", &keptForm{p.ID, p.form})
	return goTo(withField(to, "typed", p.ID))
}

type keptForm struct {
	id   string
	form *sentForm
}

// typedForm returns the form that an address says is to be filled in again, nil for
// none. Only the last one is kept.
func (w *work) typedForm(id string) *sentForm {
	if k, ok := w.keptAs("form").(*keptForm); ok && k.id == id {
		return k.form
	}
	return nil
}

func dropChange(r *request) (answer, error) {
	p, err := r.waiting(r.value("id"))
	if err != nil {
		return nil, err
	}
	r.work.forget(p.ID)
	if p.conflict != nil { // what the other program has written is wanted
		return goTo(p.next), nil
	}
	return r.work.backToForm(p), nil
}

// keepMine proposes anew to write over what another program has written meanwhile.
func keepMine(r *request) (answer, error) {
	p, err := r.waiting(r.value("id"))
	if err != nil {
		return nil, err
	}
	loaded, err := r.fresh()
	if err != nil {
		return nil, err
	}
	again := change.Of(loaded.Files)
	for _, f := range p.set.Files() {
		if !f.Stays {
			_, err = fs.Stat(loaded.Files, f.Name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			err = again.Remove(f.Name)
		} else if f.NewCopy != nil {
			err = again.Copy(f.Name, f.NewCopy)
		} else {
			err = again.Write(f.Name, f.New)
		}
		if err != nil {
			return nil, err
		}
	}
	r.work.forget(p.ID)
	next := *p.proposal
	next.set = again
	return next, nil
}

// undoScreen lists what was written since the window was opened, to be taken back.
func undoScreen() *screen {
	return &screen{
		name: "undo", title: "撤销", hidden: true,
		data: func(r *request) (any, error) {
			r.work.mu.Lock()
			defer r.work.mu.Unlock()
			list := slices.Clone(r.work.undos)
			slices.Reverse(list)
			return list, nil
		},
		acts: map[string]act{"back": takeBack},
	}
}

// takeBack proposes the opposite of what was written.
func takeBack(r *request) (answer, error) {
	id := r.value("id")
	r.work.mu.Lock()
	n := slices.IndexFunc(r.work.undos, func(u *undone) bool { return u.ID == id && !u.Back })
	r.work.mu.Unlock()
	if n < 0 {
		return nil, errors.New("这一次写的已经撤销了，或者不是这次打开工作台以后写的")
	}
	u := r.work.undos[n]
	return proposal{
		title: "撤销：" + u.Title, set: u.set, done: "已撤销：" + u.Title, next: ownAddress(r.value("next")),
		written: func() {
			r.work.mu.Lock()
			defer r.work.mu.Unlock()
			u.Back = true
		},
	}, nil
}
