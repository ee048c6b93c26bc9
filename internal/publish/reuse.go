package publish

import (
	"crypto/sha256"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"wangjian/internal/cache"
	"wangjian/internal/release"
)

// What has not changed is neither rendered nor written. A file of the site is a
// result, and its inputs are three:
//
//   - the program and its layouts;
//   - what the view holds: its [release.View.Digest], and the files that were
//     read while the site was planned;
//   - the files that it read itself when it was rendered, and the files of the site
//     whose size it shows, which the view notes.
//
// Nobody has to declare the last: rendering is a function of the three, so that
// with the first two the same, it reads the same file first; with that the same,
// the same file second; and so on. A file derived from the others (the search
// index) is reused when all of them are, or when it tells that what changed in
// them does not change it.

// Why a file is rendered.
const (
	whyNew     = "新的"
	whyAll     = "数据、元信息、版式、程序或日期变了"
	whyOutput  = "已发布的文件不在或被改过"
	whyRead    = "读到的文件变了："
	whySize    = "写明大小的文件重做了："
	whyDerived = "由别的页面汇成，而有的页面重做了"
)

// building is a build that can take over files of the one before and be recorded.
type building struct {
	inputs  *Inputs
	read    map[string]cache.Mark // the campaign's files as the build before read them
	old     *published
	scratch *scratch
	record  *Record // of this build
	// unchanged are the files that need no rendering; standing those that stand
	// as they were published, where the view is the same.
	unchanged, outputs map[string]Output
	why                map[string]string // of the others

	mu   sync.Mutex
	made map[string]Output // what it has rendered or taken over
	anew []Rendered
}

// Rendered is a file that a build rendered, for build --trace.
type Rendered struct {
	Path string
	Why  string // Chinese: why what was there did not do
	Took time.Duration
}

// begin finds out what need not be rendered; nil where this build cannot be
// recorded.
func (f Folder) begin(files []release.File, root string, old *published) *building {
	view := files[0].View()
	if f.inputs == nil || view == nil {
		return nil
	}
	digest, err := view.Digest()
	if err != nil {
		return nil
	}
	b := &building{
		inputs: f.inputs, old: old, scratch: newScratch(root),
		record:    &Record{Program: f.inputs.Program, Outside: f.inputs.outside, Inputs: f.inputs.Files.Files, Messages: f.Messages, View: digest, Planned: view.Planned()},
		unchanged: map[string]Output{}, outputs: map[string]Output{}, why: map[string]string{}, made: map[string]Output{},
	}
	switch {
	case f.last == nil:
		b.renderAll(files, whyNew)
	case !b.viewMatches(f.last):
		b.renderAll(files, whyAll)
	default:
		b.compare(files)
	}
	return b
}

func (b *building) renderAll(files []release.File, why string) {
	for _, f := range files {
		b.why[f.Path] = why
	}
}

// viewMatches reports whether all that every file depends on is as it was.
func (b *building) viewMatches(last *Record) bool {
	b.read = last.Inputs.Marks()
	return last.Program == b.record.Program && last.View == b.record.View && layoutsOf(last).Match(layoutsOf(b.record)) &&
		b.changed(last.Planned) == ""
}

func layoutsOf(r *Record) (layouts cache.Files) {
	for _, f := range r.Inputs {
		if strings.HasPrefix(f.Path, "layouts/") {
			layouts = append(layouts, f)
		}
	}
	return layouts
}

// changed returns the first of some campaign files that is not as it was, "" for
// none.
func (b *building) changed(files []string) string {
	for _, file := range files {
		is, sure := b.inputs.Files.Mark(file)
		if was, ok := b.read[file]; !ok || !sure || !was.Match(is) {
			return file
		}
	}
	return ""
}

// compare tells the files that need no rendering from the others.
func (b *building) compare(files []release.File) {
	all := true
	for _, f := range files {
		if f.IsDerived() {
			continue
		}
		o, ok := b.old.output(f.Path)
		if ok {
			b.outputs[f.Path] = o
		}
		was := b.old.was[f.Path]
		switch {
		case was == nil || was.Derived:
			b.why[f.Path] = whyNew
		case !ok:
			b.why[f.Path] = whyOutput
		default:
			if file := b.changed(was.Reads); file != "" {
				b.why[f.Path] = whyRead + file
			} else if file := b.anewOf(was.Sizes); file != "" {
				b.why[f.Path] = whySize + file
			} else {
				b.unchanged[f.Path] = o
			}
		}
		all = all && b.why[f.Path] == ""
	}
	for _, f := range files {
		if !f.IsDerived() {
			continue
		}
		o, ok := b.old.output(f.Path)
		switch {
		case !ok:
			b.why[f.Path] = whyOutput
			continue
		case all:
			b.unchanged[f.Path] = o
		default:
			b.why[f.Path] = whyDerived
		}
		b.outputs[f.Path] = o
	}
}

// anewOf returns the first of some files of the site, earlier in the list, that is
// rendered again, "" for none.
func (b *building) anewOf(files []string) string {
	for _, file := range files {
		if !b.Unchanged(file) {
			return file
		}
	}
	return ""
}

// Unchanged reports whether a file needs no rendering.
func (b *building) Unchanged(path string) bool { _, ok := b.unchanged[path]; return ok }

// Published returns a file as the build before published it.
func (b *building) Published(path string) ([]byte, bool) {
	o, ok := b.outputs[path]
	if !ok {
		return nil, false
	}
	raw, err := os.ReadFile(b.old.name(path))
	return raw, err == nil && sha256.Sum256(raw) == o.Sum
}

func (b *building) tracker(sizes release.Sizes) *release.Tracker {
	return &release.Tracker{Previous: b, Scratch: b.scratch, Sizes: sizes}
}

// render renders a file.
func (b *building) render(f release.File, w io.Writer, sizes release.Sizes) error {
	if b == nil {
		return f.WriteTracked(w, &release.Tracker{Sizes: sizes})
	}
	tracker := b.tracker(sizes)
	begin := time.Now()
	err := f.WriteTracked(w, tracker)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.anew = append(b.anew, Rendered{f.Path, b.why[f.Path], time.Since(begin)})
	o := Output{Derived: f.IsDerived()}
	if !o.Derived {
		o.Reads, o.Sizes = tracker.Files(), tracker.Sized()
	}
	b.made[f.Path] = o
	return err
}

// take puts a file of the old site into the new one, where that is possible.
func (b *building) take(f release.File, to Sink, sizes release.Sizes) (Sum, bool) {
	if b == nil {
		return Sum{}, false
	}
	o, ok := b.unchanged[f.Path]
	if !ok && f.IsDerived() {
		if o, ok = b.outputs[f.Path]; ok {
			ok = f.IsSame(b.tracker(sizes))
		}
	}
	s, staged := to.(*staging)
	if !ok || !staged || !s.take(f.Path) {
		return Sum{}, false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.made[f.Path] = o
	return Sum{f.Path, o.Sum, o.Mark.Size}, true
}

// inputsMatch reports whether the campaign's files are still what they were
// before anything was read, as far as that was taken down.
func (b *building) inputsMatch(root string) bool {
	if b == nil {
		return true
	}
	now := cache.Look(root)
	return now != nil && b.inputs.Files.Files.Unchanged(now.Files)
}

// keep records the build.
func (b *building) keep(root, target string, m made) {
	if m.files == nil {
		now, err := lookAtSite(target, root, nil)
		if err != nil || len(now.marks) != len(m.sums) {
			return
		}
		m.files = now.files
	}
	for _, s := range m.sums {
		o := b.made[s.Path]
		o.Sum = s.SHA256
		b.made[s.Path] = o
	}
	for _, f := range m.files {
		o := b.made[f.Path]
		o.File = f
		b.record.Outputs = append(b.record.Outputs, o)
	}
	b.record.write(root, target)
}
