package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"wangjian/internal/cause"
)

// long is work that takes long: it is run beside the requests, and the person sees
// how far it is.
type long struct {
	title string // 生成网站
	// run does it. It returns soon after the context ends, with nothing half-done.
	run func(ctx context.Context, p *progress) (answer, error)
}

// progress is how far a job is. Its methods may be called from anywhere.
type progress struct {
	mu          sync.Mutex
	done, total int
	words       string
}

// say sets how much is done of a total, 0 where that is not known, and what is being
// done.
func (p *progress) say(done, total int, format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done, p.total, p.words = done, total, fmt.Sprintf(format, args...)
}

// job is a long work that was started.
type job struct {
	long
	ID       string
	progress progress
	stop     context.CancelFunc
	ended    chan struct{}
	next     string // where it was started
	result   answer
	err      error
}

// Title is for templates.
func (j *job) Title() string { return j.title }

// Running reports whether it has not ended.
func (j *job) Running() bool {
	select {
	case <-j.ended:
		return false
	default:
		return true
	}
}

func (l long) answer(r *request) error {
	j := r.work.start(l, ownAddress(r.Header.Get("Referer")))
	return goTo(ownFolder + "job/" + j.ID).answer(r)
}

// start starts a job; it ends with the campaign's closing at the latest.
func (w *work) start(l long, next string) *job {
	ctx, stop := context.WithCancel(w.desk.ctx)
	j := &job{long: l, stop: stop, ended: make(chan struct{}), next: next}
	w.mu.Lock()
	j.ID = w.id()
	w.jobs = append(w.jobs, j)
	w.mu.Unlock()
	go func() {
		defer close(j.ended)
		defer stop()
		defer func() {
			if fault := recover(); fault != nil {
				fmt.Fprintf(w.desk.Log, "程序出错：%v\n%s", fault, debug.Stack())
				j.err = fmt.Errorf("程序出错：%v", fault)
			}
		}()
		j.result, j.err = l.run(ctx, &j.progress)
		if ctx.Err() != nil && j.err != nil {
			j.err = fmt.Errorf("%s已经停止，没有写完的都没有留下", l.title)
		}
	}()
	return j
}

func (w *work) running() []*job {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(w.jobs), func(j *job) bool { return !j.Running() })
}

func (w *work) job(id string) *job {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := slices.IndexFunc(w.jobs, func(j *job) bool { return j.ID == id }); n >= 0 {
		return w.jobs[n]
	}
	return nil
}

// jobScreen shows a job: /_desk/job/ID, and /state, /result below it.
func jobScreen() *screen {
	return &screen{
		name: "job", title: "正在处理", hidden: true,
		data: func(*request) (any, error) { return nil, errNotThere },
		at:   showJob,
		acts: map[string]act{"stop": func(r *request) (answer, error) {
			j := r.work.job(r.value("id"))
			if j == nil {
				return nil, errNotThere
			}
			j.stop()
			return goTo(ownFolder + "job/" + j.ID), nil
		}},
	}
}

// state is what the page of a job asks for while it runs.
type state struct {
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Words string `json:"words"`
	Ended bool   `json:"ended"`
}

func (j *job) state() state {
	j.progress.mu.Lock()
	defer j.progress.mu.Unlock()
	return state{j.progress.done, j.progress.total, j.progress.words, !j.Running()}
}

func showJob(r *request, rest string) (answer, error) {
	id, part, _ := strings.Cut(rest, "/")
	j := r.work.job(id)
	switch {
	case j == nil:
		return nil, errNotThere
	case part == "state":
		text, err := json.Marshal(j.state())
		return inline{"application/json; charset=utf-8", text}, err
	case part == "" && j.Running():
		return page{"job", struct {
			ID, Title string
			State     state
		}{j.ID, j.title, j.state()}}, nil
	case part == "" || part == "result":
		if j.Running() {
			return goTo(ownFolder + "job/" + id), nil
		}
		if j.err != nil {
			return nil, errors.New(cause.In(j.err))
		}
		if j.result == nil {
			return goTo(j.next), nil
		}
		if file, is := j.result.(download); is && part == "" {
			return page{"downloaded", struct{ ID, Title, Name, Next string }{j.ID, j.title, file.name, j.next}}, nil
		}
		return j.result, nil
	}
	return nil, errNotThere
}
