package publish

import (
	"cmp"
	"io"
	"os"
	"path"
	"path/filepath"
	"sync"
	"time"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/cause"
)

// staging is the sink that a new site is written to. A file with the bytes that
// the old site's has is the old file itself, by a hard link, with its time.
type staging struct {
	disk Disk
	dir  string     // the folder being written
	old  *published // the site to be replaced

	progress func(files int) // may be nil

	// spare are the files that dir has had from the beginning: see spare.go.
	spare map[string]cache.Mark

	// making is held for reading while a name is made in dir; whoever holds it
	// for writing and sets closed knows that none will be.
	making sync.RWMutex
	closed bool

	mu      sync.Mutex
	made    map[string]bool       // folders
	written []string              // files of dir that are no links
	linked  map[string]cache.Mark // the others, with the old file's mark
	same    int                   // files with the old one's bytes, SHA256SUMS apart
	begun   int                   // files
	taken   int                   // files of the old site that needed no rendering
}

func newStaging(disk Disk, dir string, old *published) *staging {
	return &staging{disk: disk, dir: dir, old: old, made: map[string]bool{".": true}, linked: map[string]cache.Mark{}}
}

// close returns when no file or folder will be made in the staging folder any
// more; renderers that still run get [ErrStopped].
func (s *staging) close() {
	s.making.Lock()
	defer s.making.Unlock()
	s.closed = true
}

// make calls a function that makes a name in the staging folder, unless that is
// closed.
func (s *staging) make(name func() error) error {
	s.making.RLock()
	defer s.making.RUnlock()
	if s.closed {
		return ErrStopped
	}
	return name()
}

func (s *staging) name(p string) string { return filepath.Join(s.dir, filepath.FromSlash(p)) }

// Put writes a small file.
func (s *staging) Put(sum Sum, content []byte) error {
	s.begin(false)
	if err := s.folder(path.Dir(sum.Path)); err != nil {
		return err
	}
	same := s.old.has(sum)
	if same && s.link(sum.Path) {
		s.countSame(sum.Path)
		return nil
	}
	d := &draft{to: s, path: sum.Path}
	err := d.create()
	if err == nil {
		_, err = d.Write(content)
		err = cmp.Or(err, d.Close())
	}
	if err != nil {
		return err
	}
	return d.done(same)
}

// Create starts a large file.
func (s *staging) Create(p string) (Draft, error) {
	s.begin(false)
	if err := s.folder(path.Dir(p)); err != nil {
		return nil, err
	}
	d := &draft{to: s, path: p}
	if err := d.create(); err != nil {
		return nil, err
	}
	return d, nil
}

// take takes over a file of the old site that is known to be right.
func (s *staging) take(p string) bool {
	if s.folder(path.Dir(p)) != nil || !s.link(p) {
		return false
	}
	s.countSame(p)
	s.begin(true)
	return true
}

func (s *staging) begin(taken bool) {
	s.mu.Lock()
	s.begun++
	if taken {
		s.taken++
	}
	n := s.begun
	s.mu.Unlock()
	if s.progress != nil {
		s.progress(n)
	}
}

// link links the old site's file into the new one, unless the spare has it.
// Where that fails, nothing is there.
func (s *staging) link(p string) bool {
	mark := s.old.marks[p]
	if has, ok := s.spare[p]; !ok || has.Inode != mark.Inode {
		if s.clear(p) != nil || s.make(func() error { return s.disk.Link(s.old.name(p), s.name(p)) }) != nil {
			return false
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.linked[p] = mark
	return true
}

// clear removes the spare's file.
func (s *staging) clear(p string) error {
	if _, ok := s.spare[p]; !ok {
		return nil
	}
	return s.make(func() error { return s.disk.Remove(s.name(p)) })
}

// folder makes a folder once. Two files may both come first: making it again
// does no harm, waiting for each other would.
func (s *staging) folder(dir string) error {
	s.mu.Lock()
	made := s.made[dir]
	s.mu.Unlock()
	if made {
		return nil
	}
	if err := s.make(func() error { return s.disk.Mkdir(s.name(dir)) }); err != nil {
		return cause.Failed("建立文件夹", s.name(dir), err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for ; !s.made[dir]; dir = path.Dir(dir) {
		s.made[dir] = true
	}
	return nil
}

func (s *staging) countSame(p string) {
	if p == SumsFile {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.same++
}

// check looks at what is in the folder once all is written: every file of the
// sums that was linked is still the one that it was taken for, those that were
// written are there, and nothing else is. clock is as in [cache.LookIn].
func (s *staging) check(sums []Sum, clock string) (cache.Files, error) {
	files, err := cache.LookIn(s.dir, clock, ".")
	if err != nil {
		return nil, cause.Failed("查看", s.dir, err)
	}
	sizes := make(map[string]int64, len(sums))
	for _, sum := range sums {
		sizes[sum.Path] = sum.Size
	}
	for _, f := range files {
		if f.Mark.IsFolder() {
			continue
		}
		size, ok := sizes[f.Path]
		if was, linked := s.linked[f.Path]; linked {
			ok = ok && was.MatchLinked(f.Mark)
		}
		if !ok || f.Mark.Size != size {
			return nil, campaign.ErrChanged
		}
		delete(sizes, f.Path)
	}
	if len(sizes) > 0 {
		return nil, campaign.ErrChanged
	}
	return files, nil
}

// draft is a file being written.
type draft struct {
	to   *staging
	path string
	out  io.WriteCloser
}

func (d *draft) create() error {
	err := d.to.clear(d.path)
	if err == nil {
		err = d.to.make(func() (err error) { d.out, err = d.to.disk.Create(d.to.name(d.path)); return err })
	}
	if err != nil {
		return cause.Failed("建立", d.to.name(d.path), err)
	}
	return nil
}

func (d *draft) Write(p []byte) (int, error) {
	n, err := d.out.Write(p)
	if err != nil {
		err = cause.Failed("写", d.to.name(d.path), err)
	}
	return n, err
}

func (d *draft) Close() error {
	if err := d.out.Close(); err != nil {
		return cause.Failed("写", d.to.name(d.path), err)
	}
	return nil
}

// Done ends the file, which is whole.
func (d *draft) Done(sum Sum) error { return d.done(d.to.old.has(sum)) }

// done sets, for a copy of the old site's file that could not be linked, its
// time.
func (d *draft) done(same bool) error {
	name := d.to.name(d.path)
	if same {
		at := time.Unix(0, d.to.old.marks[d.path].Written)
		if err := os.Chtimes(name, at, at); err != nil {
			return cause.Failed("保留文件时间", name, err)
		}
		d.to.countSame(d.path)
	}
	d.to.mu.Lock()
	defer d.to.mu.Unlock()
	d.to.written = append(d.to.written, name)
	return nil
}
