package fasthtml

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"reflect"
	"sync"
	"sync/atomic"
)

// Set is a set of templates.
type Set struct {
	*template.Template
	// Left counts what was left to html/template.
	Left atomic.Int64

	texts map[string]func(string) template.HTML
	mu    sync.Mutex
	ready map[string]step
}

// New makes a set of templates, which must not be changed any more; texts are the
// functions of a text that they have beside html/template's.
func New(templates *template.Template, texts map[string]func(string) template.HTML) *Set {
	return &Set{Template: templates, texts: texts, ready: map[string]step{}}
}

// step is a part of a template.
type step func(*run) error

// run is an execution.
type run struct {
	out  *bytes.Buffer
	dot  reflect.Value
	vars []reflect.Value
}

// errUnknown is of what only html/template knows to do.
var errUnknown = errors.New("left to html/template")

// ExecuteTemplate is html/template's ExecuteTemplate.
func (s *Set) ExecuteTemplate(out *bytes.Buffer, name string, data any) error {
	start := out.Len()
	if s.execute(out, name, data) == nil {
		return nil
	}
	out.Truncate(start)
	s.Left.Add(1)
	return s.Template.ExecuteTemplate(out, name, data)
}

func (s *Set) execute(out *bytes.Buffer, name string, data any) (err error) {
	defer func() {
		if recover() != nil {
			err = errUnknown // html/template tells which method fails
		}
	}()
	dot := reflect.ValueOf(data)
	return s.step(name)(&run{out: out, dot: dot, vars: append(make([]reflect.Value, 0, 16), dot)})
}

// step returns a template made ready.
func (s *Set) step(name string) step {
	s.mu.Lock()
	defer s.mu.Unlock()
	do, known := s.ready[name]
	if !known {
		// Without data it fails, but not before it is escaped.
		_ = s.Template.ExecuteTemplate(io.Discard, name, nil)
		c := &compiler{set: s.Template, texts: s.texts, made: map[string]*step{}}
		do = c.template(name)
		s.ready[name] = do
	}
	return do
}
