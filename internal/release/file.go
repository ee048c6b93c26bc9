package release

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
)

// File is a promise of one file, made from a view. Write renders it.
type File struct {
	Path     string
	view     *View
	audience Audience
	derived  bool
	write    func(io.Writer, *View) error
	same     func(*View) bool
}

// Part is a file of a submission and what it is.
type Part struct {
	File
	What string
}

// File makes a promise of a file that carries the view's audience and shows
// what the view's campaign holds. It reads no file through the view: where
// reading is noted, that is an error.
func (v *View) File(path string, write func(io.Writer) error) File {
	return v.Reading(path, func(w io.Writer, _ *View) error { return write(w) })
}

// Reading makes a promise of a file that also shows bodies, pictures or
// attachments. write reads them through the view that it is given, which notes
// what is read, and through no other.
func (v *View) Reading(path string, write func(io.Writer, *View) error) File {
	return File{Path: path, view: v, audience: v.audience, write: write}
}

// Derived makes a promise of a file that is worked out from the other files of
// the view, and so has to be made anew as soon as one of them is: unless same
// can tell that it comes out as it was in what is carried over.
func (v *View) Derived(path string, same func(*View) bool, write func(io.Writer, *View) error) File {
	f := v.Reading(path, write)
	f.derived, f.same = true, same
	return f
}

// IsPublic tells whether the file was made from a public view.
func (f File) IsPublic() bool { return f.audience == ForPublic }

// IsDerived tells whether the file is worked out from the others.
func (f File) IsDerived() bool { return f.derived }

// IsSame tells of a derived file whether it comes out as it was in what n says
// is carried over.
func (f File) IsSame(n *Noting) bool { return f.same != nil && f.same(f.view.noted(n)) }

// View gives the view that the file was made from.
func (f File) View() *View { return f.view }

// Write renders the file.
func (f File) Write(w io.Writer) error { return f.WriteNoting(w, nil) }

// WriteNoting renders the file and notes what it reads.
func (f File) WriteNoting(w io.Writer, n *Noting) error {
	return f.write(w, f.view.noted(n))
}

// Noting is what a renderer's reading is known by.
type Noting struct {
	// Finished gives a file of the site that is already rendered; nil where
	// there is none.
	Finished func(path string) (content []byte, ok bool)
	// Carried is what the site before has of the same view; nil for nothing.
	Carried Carried
	// Scratch is where renderers put away what they need until all files are
	// written; nil where they have to keep it in memory.
	Scratch Scratch

	mu     sync.Mutex
	files  map[string]bool
	sealed bool
}

// Carried is the site before, made by the same program and layouts of a view
// that differed only in what is read through it.
type Carried interface {
	// Stands tells whether a file needs no rendering.
	Stands(path string) bool
	// Before gives a file as it was published.
	Before(path string) ([]byte, bool)
}

// Scratch is a file for a while. Several may append at once.
type Scratch interface {
	io.ReaderAt
	// Append writes at the end and tells where that is.
	Append(p []byte) (at int64, err error)
}

func (n *Noting) add(file string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.sealed && !n.files[file] {
		return fmt.Errorf("程序的错误：%s 是在登记以外读的", file)
	}
	if n.files == nil {
		n.files = map[string]bool{}
	}
	n.files[file] = true
	return nil
}

// Files lists the campaign files that were read, sorted.
func (n *Noting) Files() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Sorted(maps.Keys(n.files))
}

// noted gives the view to somebody whose reading is noted.
func (v *View) noted(n *Noting) *View {
	if v == nil {
		return nil
	}
	other := *v
	other.noting = n
	return &other
}

// Planning gives the view to plan files with. What is read through it until
// seal is called concerns all of them; later reading through it is refused.
func (v *View) Planning() (planning *View, seal func()) {
	n := &Noting{}
	return v.noted(n), func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.sealed = true
	}
}

// Planned lists what was read while the view's files were planned.
func (v *View) Planned() []string {
	if v.noting == nil {
		return nil
	}
	return v.noting.Files()
}

// Finished gives a file of the site that stands rendered and needs no
// rendering.
func (v *View) Finished(path string) ([]byte, bool) {
	if v.noting == nil || v.noting.Finished == nil {
		return nil, false
	}
	return v.noting.Finished(path)
}

// Carried gives what the site before has; nil for nothing.
func (v *View) Carried() Carried {
	if v.noting == nil {
		return nil
	}
	return v.noting.Carried
}

// Scratch is where to put away what is needed until all files are written; nil
// where there is no such place.
func (v *View) Scratch() Scratch {
	if v.noting == nil {
		return nil
	}
	return v.noting.Scratch
}

// read notes that a file of the campaign is about to be read.
func (v *View) read(file string) error {
	if v.noting == nil {
		return nil
	}
	return v.noting.add(file)
}
