package publish

import (
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"wangjian/internal/journal"
	"wangjian/internal/release"
)

// What has not changed is neither rendered nor written. A file depends on three
// things, and is reused while all of them are the same:
//
//   - the program and its layouts;
//   - what the view holds: its [release.View.Digest], and the files that were
//     read while the site was planned;
//   - the files that it read itself when it was rendered, which the view notes.
//
// The last is its key for the next build without anybody having to declare it:
// rendering is a function of the three, so that with the first two the same, it
// reads the same file first; with that the same, the same file second; and so
// on. A file derived from the others (the search index) is reused when all of
// them are, or when it tells that what changed in them does not change it.

// Why a file is rendered.
const (
	whyNew     = "新的"
	whyAll     = "数据、元信息、版式、程序或日期变了"
	whyOutput  = "已发布的文件不在或被改过"
	whyRead    = "读到的文件变了："
	whyDerived = "由别的页面汇成，而有的页面重做了"
)

// reuse is what a build takes over from the one before.
type reuse struct {
	old   string                  // the site that stands in the target
	kept  map[string]journal.File // by path
	read  map[string][]string     // of those: what they read
	why   map[string]string       // of the others
	stood map[string]journal.File // all that stand as they were published, where the view is the same
}

// reusable tells which of the files need no rendering.
func reusable(files []release.File, last *journal.Record, basis *journal.Basis, made *journal.Made, root, target string) *reuse {
	r := &reuse{old: target, kept: map[string]journal.File{}, read: map[string][]string{}, why: map[string]string{}, stood: map[string]journal.File{}}
	since := func() *journal.Since {
		if last == nil || last.Made.Digest != made.Digest {
			return nil
		}
		s := last.Since(basis, root, target, func(name string) bool { return droppings[name] })
		if s == nil {
			return nil
		}
		for _, file := range last.Made.Planned {
			if !s.Input(file) {
				return nil
			}
		}
		return s
	}()
	if since == nil {
		why := whyAll
		if last == nil {
			why = whyNew
		}
		for _, f := range files {
			r.why[f.Path] = why
		}
		return r
	}
	all := true
	for _, f := range files {
		if f.IsDerived() {
			continue
		}
		reads, known := last.Made.Reads[f.Path]
		why := ""
		for _, file := range reads {
			if !since.Input(file) {
				why = whyRead + file
				break
			}
		}
		stands, ok := since.Output(f.Path)
		if ok {
			r.stood[f.Path] = stands
		}
		switch {
		case !known:
			why = whyNew
		case why == "" && !ok:
			why = whyOutput
		}
		if why != "" {
			r.why[f.Path], all = why, false
			continue
		}
		r.kept[f.Path], r.read[f.Path] = stands, reads
	}
	for _, f := range files {
		if !f.IsDerived() {
			continue
		}
		stands, ok := since.Output(f.Path)
		if ok {
			r.stood[f.Path] = stands
		}
		if ok && all {
			r.kept[f.Path] = stands
		} else if r.why[f.Path] = whyDerived; !ok {
			r.why[f.Path] = whyOutput
		}
	}
	return r
}

// finished gives a file that needs no rendering.
func (r *reuse) finished(path string) ([]byte, bool) {
	if !r.Stands(path) {
		return nil, false
	}
	return r.Before(path)
}

// Stands tells whether a file needs no rendering.
func (r *reuse) Stands(path string) bool { _, ok := r.kept[path]; return ok }

// Before gives a file as the build before published it.
func (r *reuse) Before(path string) ([]byte, bool) {
	stood, ok := r.stood[path]
	if !ok {
		return nil, false
	}
	raw, err := os.ReadFile(filepath.Join(r.old, filepath.FromSlash(path)))
	return raw, err == nil && sha256.Sum256(raw) == stood.Sum
}

// rendered notes what the files of a build read.
type rendered struct {
	reuse   *reuse
	scratch *scratch

	mu    sync.Mutex
	reads map[string][]string // by path, as journal.Made has them
	anew  []Rendered
}

// Rendered is a file that a build rendered, for build --trace.
type Rendered struct {
	Path string
	Why  string // Chinese: why what was there did not do
	Took time.Duration
}

// write renders a file.
func (r *rendered) write(f release.File, w io.Writer) error {
	if r == nil {
		return f.Write(w)
	}
	noting := r.noting()
	begin := time.Now()
	err := f.WriteNoting(w, noting)
	r.rendered(Rendered{f.Path, r.reuse.why[f.Path], time.Since(begin)})
	if err == nil && !f.IsDerived() {
		r.note(f.Path, noting.Files())
	}
	return err
}

func (r *rendered) noting() *release.Noting {
	return &release.Noting{Finished: r.reuse.finished, Carried: r.reuse, Scratch: r.scratch}
}

func (r *rendered) rendered(f Rendered) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.anew = append(r.anew, f)
}

func (r *rendered) note(path string, reads []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reads[path] = reads
}

// take puts a file of the old site into the new one, where that is possible.
func (r *rendered) take(f release.File, to Sink) (Sum, bool) {
	if r == nil {
		return Sum{}, false
	}
	stands, ok := r.reuse.kept[f.Path]
	if !ok && f.IsDerived() {
		if stands, ok = r.reuse.stood[f.Path]; ok {
			ok = f.IsSame(r.noting())
		}
	}
	s, staged := to.(*staging)
	if !ok || !staged || !s.take(f.Path, stands.Mark) {
		return Sum{}, false
	}
	if !f.IsDerived() {
		r.note(f.Path, r.reuse.read[f.Path])
	}
	return Sum{f.Path, stands.Sum, stands.Mark.Size}, true
}
