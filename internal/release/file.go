package release

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
)

// File is a file to render, made from a view. Write renders it.
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

// File returns a file that carries the view's audience and shows what the view's
// campaign has. It reads no file through the view: where reading is tracked, that
// is an error.
func (v *View) File(path string, write func(io.Writer) error) File {
	return v.Reading(path, func(w io.Writer, _ *View) error { return write(w) })
}

// Reading returns a file that also shows bodies, pictures or attachments. write
// reads them through the view that it is passed, which tracks what is read, and
// through no other.
func (v *View) Reading(path string, write func(io.Writer, *View) error) File {
	return File{Path: path, view: v, audience: v.audience, write: write}
}

// Derived returns a file that is worked out from the other files of the view, and
// so has to be rendered as soon as one of them is: unless same reports that it
// comes out as in the site before.
func (v *View) Derived(path string, same func(*View) bool, write func(io.Writer, *View) error) File {
	f := v.Reading(path, write)
	f.derived, f.same = true, same
	return f
}

// IsPublic reports whether the file was made from a public view.
func (f File) IsPublic() bool { return f.audience == ForPublic }

// IsDerived reports whether the file is worked out from the others.
func (f File) IsDerived() bool { return f.derived }

// IsSame reports whether a derived file comes out as in the tracker's site before.
func (f File) IsSame(t *Tracker) bool { return f.same != nil && f.same(f.view.tracked(t)) }

// View is the view that the file was made from.
func (f File) View() *View { return f.view }

// Write renders the file.
func (f File) Write(w io.Writer) error { return f.WriteTracked(w, nil) }

// WriteTracked renders the file and tracks what it reads.
func (f File) WriteTracked(w io.Writer, t *Tracker) error {
	return f.write(w, f.view.tracked(t))
}

// Tracker tracks which files of the campaign a renderer reads: its dependencies.
type Tracker struct {
	// Previous is the site before of the same view; nil for none.
	Previous Previous
	// Scratch stores what renderers need until all files are written; nil where
	// they have to keep it in memory.
	Scratch Scratch
	// Sizes are those of the files that are rendered before; nil where files are
	// rendered one by one, as they are asked for.
	Sizes Sizes

	mu     sync.Mutex
	files  map[string]bool
	sizes  map[string]bool
	sealed bool
}

// Sizes are how large files come out.
type Sizes interface {
	// Size returns the size in bytes of a file that comes before the one that is
	// rendered, once it is finished; ok is false where there is no such file.
	Size(path string) (bytes int64, ok bool, err error)
}

// Previous is the site before, made by the same program and layouts of a view
// that differed only in what is read through it.
type Previous interface {
	// Unchanged reports whether a file needs no rendering.
	Unchanged(path string) bool
	// Published returns a file as it was published.
	Published(path string) ([]byte, bool)
}

// Scratch is a temporary file. Several may append at once.
type Scratch interface {
	io.ReaderAt
	// Append writes at the end and returns where that is.
	Append(p []byte) (at int64, err error)
}

func (t *Tracker) add(file string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sealed && !t.files[file] {
		return fmt.Errorf("程序的错误：%s 是在登记以外读的", file)
	}
	if t.files == nil {
		t.files = map[string]bool{}
	}
	t.files[file] = true
	return nil
}

// Files lists the campaign files that were read, sorted.
func (t *Tracker) Files() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Sorted(maps.Keys(t.files))
}

// Sized lists the files of the site whose size was asked for, sorted.
func (t *Tracker) Sized() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Sorted(maps.Keys(t.sizes))
}

func (t *Tracker) size(path string) (bytes int64, ok bool, err error) {
	if t.Sizes == nil {
		return 0, false, nil
	}
	t.mu.Lock()
	if t.sizes == nil {
		t.sizes = map[string]bool{}
	}
	t.sizes[path] = true
	t.mu.Unlock()
	return t.Sizes.Size(path)
}

// untracked is what tracks nothing and has nothing.
var untracked = new(Tracker)

// tracked returns the view for a renderer whose reading is tracked.
func (v *View) tracked(t *Tracker) *View {
	if v == nil {
		return nil
	}
	other := *v
	other.tracker = t
	return &other
}

// Planning returns the view to plan files with. What is read through it until
// seal is called concerns all of them; later reading through it is refused.
func (v *View) Planning() (planning *View, seal func()) {
	t := &Tracker{}
	return v.tracked(t), func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.sealed = true
	}
}

// Planned lists what was read while the view's files were planned.
func (v *View) Planned() []string { return v.dependencies().Files() }

// Previous is the site before; nil for none.
func (v *View) Previous() Previous { return v.dependencies().Previous }

// Scratch is where to put what is needed until all files are written; nil where
// there is no such place.
func (v *View) Scratch() Scratch { return v.dependencies().Scratch }

// Size returns how many bytes another file of the site has, which must come before
// the one that is rendered; ok is false where it is not known, as in a preview, or
// there is no such file.
func (v *View) Size(path string) (bytes int64, ok bool, err error) {
	return v.dependencies().size(path)
}

// Finished returns a published file that needs no rendering.
func (v *View) Finished(path string) ([]byte, bool) {
	if p := v.Previous(); p != nil && p.Unchanged(path) {
		return p.Published(path)
	}
	return nil, false
}

func (v *View) dependencies() *Tracker {
	if v.tracker == nil {
		return untracked
	}
	return v.tracker
}

// Depends tracks that what is rendered follows from the bytes of files, as a digest of
// them does, and reads none of them.
func (v *View) Depends(files ...string) error {
	for _, file := range files {
		if err := v.read(file); err != nil {
			return err
		}
	}
	return nil
}

// read tracks that a file of the campaign is about to be read.
func (v *View) read(file string) error {
	if v.tracker == nil {
		return nil
	}
	return v.tracker.add(file)
}
