package cache

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"wangjian/internal/campaign"
)

// Dir is where a campaign's caches lie.
const Dir = ".wangjian"

// inputFolders are the folders of a campaign that are read.
var inputFolders = []string{"data", "content", "layouts"}

// File is a file or a folder with its mark.
type File struct {
	Path string // with slashes, relative to what was looked at
	Mark Mark
}

// Files are all that stood in some folders at one moment, by path.
type Files []File

// Match reports whether the same files stand there, with the same marks that are
// sure.
func (f Files) Match(now Files) bool {
	return slices.EqualFunc(f, now, func(a, b File) bool { return a.Path == b.Path && a.Mark.Match(b.Mark) })
}

// Unchanged is Match for a moment that is little later: what was young may be.
func (f Files) Unchanged(now Files) bool {
	return slices.EqualFunc(f, now, func(a, b File) bool {
		if a.Mark.Mode == young {
			a.Mark.Mode = b.Mark.Mode
		}
		return a == b
	})
}

// Marks returns the marks by path, without the folders.
func (f Files) Marks() map[string]Mark {
	marks := make(map[string]Mark, len(f))
	for _, file := range f {
		if !file.Mark.IsFolder() {
			marks[file.Path] = file.Mark
		}
	}
	return marks
}

// LookIn looks at some paths below root and at all that stands in those that are
// folders; what is absent is left out. Nothing is read, and no link followed.
// clock is a folder on the same disk where a file may be made, by which the young
// files are told, after waiting until few are; "" where marks are not asked for.
func LookIn(root, clock string, paths ...string) (Files, error) {
	l := &looker{root: root, slots: make(chan bool, runtime.GOMAXPROCS(0)-1)}
	var now int64
	if clock != "" {
		now = diskTime(clock)
	}
	for _, name := range paths {
		info, err := os.Lstat(filepath.Join(root, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if name != "." {
			l.add(Files{{name, MarkOf(info)}}, nil)
		}
		if info.IsDir() {
			l.folder(name)
		}
	}
	l.busy.Wait()
	if l.err != nil {
		return nil, l.err
	}
	if clock != "" {
		l.wait(now)
	}
	slices.SortFunc(l.files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return l.files, nil
}

// LookAt looks at one file as LookIn does; a link is followed.
func LookAt(name, clock string) (Mark, error) {
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return Mark{}, err
	}
	files, err := LookIn(filepath.Dir(real), clock, filepath.Base(real))
	if err == nil && (len(files) != 1 || files[0].Mark.IsFolder()) {
		err = fs.ErrNotExist
	}
	if err != nil {
		return Mark{}, err
	}
	return files[0].Mark, nil
}

// looker looks at several folders at once.
type looker struct {
	root  string
	busy  sync.WaitGroup
	slots chan bool // one for each folder that is looked at beside the first

	mu    sync.Mutex
	files Files
	err   error
}

// folder looks at a folder and those in it.
func (l *looker) folder(dir string) {
	files, err := l.list(dir)
	l.add(files, err)
	for _, f := range files {
		if !f.Mark.IsFolder() {
			continue
		}
		select {
		case l.slots <- true:
			l.busy.Go(func() {
				l.folder(f.Path)
				<-l.slots
			})
		default:
			l.folder(f.Path)
		}
	}
}

func (l *looker) add(files Files, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.files, l.err = append(l.files, files...), cmp.Or(l.err, err)
}

func (l *looker) list(dir string) (Files, error) {
	entries, err := os.ReadDir(filepath.Join(l.root, filepath.FromSlash(dir)))
	if err != nil {
		return nil, err
	}
	files := make(Files, len(entries))
	for n, e := range entries {
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		files[n] = File{path.Join(dir, e.Name()), MarkOf(info)}
	}
	return files, nil
}

// wait looks again at the files that were young at the moment now, when they no
// longer are; where that takes long, they stay young.
func (l *looker) wait(now int64) {
	var longest time.Duration
	var again []*File
	for n := range l.files {
		f := &l.files[n]
		if f.Mark.Mode != 0 {
			continue
		}
		if youth := f.Mark.youth(now); youth > 0 {
			f.Mark.Mode = young
			if youth <= tick {
				again, longest = append(again, f), max(longest, youth)
			}
		}
	}
	if len(again) == 0 {
		return
	}
	time.Sleep(longest)
	for _, f := range again {
		was := f.Mark
		was.Mode = 0
		if info, err := os.Lstat(filepath.Join(l.root, filepath.FromSlash(f.Path))); err == nil && MarkOf(info) == was {
			f.Mark = was
		}
	}
}

// Snapshot is what stands in the folders of a campaign at one moment. A nil one
// is sure of nothing.
type Snapshot struct {
	Files Files

	marks map[string]Mark // of folders too
	names *Names
}

// Names are the files and folders that stand there, whatever they hold: while
// they are the same, snapshots made by Update have the same Names.
type Names struct {
	folded func() map[string]bool // as a disk may tell them apart
}

// Names returns those of the snapshot; nil where nothing is sure.
func (s *Snapshot) Names() *Names {
	if s == nil {
		return nil
	}
	return s.names
}

// Look takes it down; nil where it cannot be told.
func Look(folder string) *Snapshot {
	dir := filepath.Join(folder, Dir)
	if os.MkdirAll(dir, 0o777) != nil {
		return nil
	}
	files, err := LookIn(folder, dir, inputFolders...)
	if err != nil {
		return nil
	}
	return newSnapshot(files, make(map[string]Mark, len(files)))
}

// Update returns a snapshot for which only the paths that may have changed are looked
// at again, and those that are young; all of them where nobody knows which these
// are (nil). It is nil where it cannot be told.
func (s *Snapshot) Update(campaign string, changed []string) *Snapshot {
	if s == nil || changed == nil {
		return Look(campaign)
	}
	for name, m := range s.marks {
		if m.Mode == young && !slices.Contains(changed, name) {
			changed = append(changed, name)
		}
	}
	files, err := LookIn(campaign, filepath.Join(campaign, Dir), changed...)
	if err != nil {
		return nil
	}
	there := map[string]bool{} // whether it is a file
	for _, f := range files {
		there[f.Path] = !f.Mark.IsFolder()
	}
	marks, same := s.without(changed, there)
	next := newSnapshot(files, marks)
	if next != nil && same && s.names != nil {
		next.names = s.names
	}
	return next
}

// Match reports whether the same stands there now, and both are sure of all of it.
func (s *Snapshot) Match(now *Snapshot) bool {
	return s != nil && now != nil && maps.EqualFunc(s.marks, now.marks, Mark.Match)
}

// Doubt returns a snapshot that is not sure of some files: they are other ones than
// stand there, or will be there.
func (s *Snapshot) Doubt(files ...string) *Snapshot {
	if s == nil {
		return nil
	}
	doubtful := &Snapshot{Files: s.Files, marks: maps.Clone(s.marks), names: s.names}
	isNew := false
	for _, name := range files {
		_, known := s.marks[name]
		isNew = isNew || !known
		doubtful.marks[name] = Mark{Mode: young}
	}
	if isNew {
		doubtful.names = newSnapshot(nil, doubtful.marks).names
	}
	return doubtful
}

// without returns the marks but for what has changed, and reports whether the names
// are the same with what is there now.
func (s *Snapshot) without(changed []string, there map[string]bool) (marks map[string]Mark, same bool) {
	marks, same = maps.Clone(s.marks), true
	for _, name := range changed {
		isFile, is := there[name]
		was, known := marks[name]
		same = same && is == known && (!is || isFile) && !was.IsFolder()
		if was.IsFolder() {
			maps.DeleteFunc(marks, func(below string, _ Mark) bool { return strings.HasPrefix(below, name+"/") })
		}
		delete(marks, name)
	}
	return marks, same
}

// newSnapshot adds files to marks.
func newSnapshot(files Files, marks map[string]Mark) *Snapshot {
	for _, f := range files {
		if f.Mark.isSpecial() {
			return nil
		}
		marks[f.Path] = f.Mark
	}
	return &Snapshot{Files: files, marks: marks, names: &Names{sync.OnceValue(func() map[string]bool {
		names := make(map[string]bool, len(marks))
		for name := range marks {
			names[campaign.FoldedName(name)] = true
		}
		return names
	})}}
}

// Mark returns the mark of a file, the zero one of a file that is not there. It is
// sure where the content cannot become another without the mark's changing.
func (s *Snapshot) Mark(file string) (mark Mark, sure bool) {
	if s == nil {
		return Mark{}, false
	}
	if mark, ok := s.marks[file]; ok {
		return mark, mark.Mode == 0
	}
	folder, _, _ := strings.Cut(file, "/")
	return Mark{}, slices.Contains(inputFolders, folder) && !s.names.folded()[campaign.FoldedName(file)]
}

// Inputs are the files that were looked at for a result, by path. One that was
// not there has the zero mark.
type Inputs []File

// Match reports whether the result would be the same if it were worked out again.
func (in Inputs) Match(now *Snapshot) bool {
	for _, was := range in {
		if is, sure := now.Mark(was.Path); !sure || is != was.Mark {
			return false
		}
	}
	return true
}
