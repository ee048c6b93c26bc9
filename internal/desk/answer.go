package desk

import (
	"mime"
	"net/http"
	"strconv"

	"wangjian/internal/change"
)

// answer is how a request ends.
type answer interface {
	answer(*request) error
}

// page is a template, in the frame, with what it finds in .Data.
type page struct {
	template string
	data     any
}

func (p page) answer(r *request) error { return r.execute(http.StatusOK, p.template, p.data) }

// goTo is another address of the desk.
type goTo string

func (g goTo) answer(r *request) error {
	http.Redirect(r.w, r.Request, string(g), http.StatusSeeOther)
	return nil
}

// download is a file that the browser saves.
type download struct {
	name string // as it is saved
	kind string // its media type
	data []byte
}

func (d download) answer(r *request) error {
	head := r.w.Header()
	head.Set("Content-Type", d.kind)
	head.Set("Content-Length", strconv.Itoa(len(d.data)))
	saveAs(head, d.name)
	_, err := r.w.Write(d.data)
	return ignore(err)
}

// saveAs has the browser save what it gets under a name.
func saveAs(head http.Header, name string) {
	head.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}

// inline is what a page of the desk shows in itself: a fragment, a picture, JSON.
type inline struct {
	kind string
	data []byte
}

func (i inline) answer(r *request) error {
	r.w.Header().Set("Content-Type", i.kind)
	_, err := r.w.Write(i.data)
	return ignore(err)
}

// ignore: who has gone away needs no answer.
func ignore(error) error { return nil }

// proposal is what is to be written. See proposal.go.
type proposal struct {
	title string // what it does: “改写公安局的统计表”
	set   *change.Set
	done  string // what is said when it is written
	next  string // where the person goes then; where they come from when ""
	// words are what else there is to know before it is written.
	words []string
	// written, where there is one, is called when it is written.
	written func()
	// form is what was sent, which is there again where the person does not write it.
	form *sentForm
}

func (p proposal) answer(r *request) error {
	if p.form == nil {
		p.form = r.sentForm()
	}
	id, err := r.work.propose(&p, r.Header.Get("Referer"))
	if err != nil {
		return err
	}
	return goTo(ownFolder + "change/" + id).answer(r)
}
