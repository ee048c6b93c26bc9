package publish

import (
	"bytes"
	"io"
	"os"
	"path"
	"path/filepath"
	"sync"

	"wangjian/internal/journal"
)

// staging is the sink that a new site is written to. While a file's bytes are
// those of the old site's file nothing is written; if they are to the end, the
// new site gets the old file itself by a hard link, with its time.
type staging struct {
	disk Disk
	dir  string // the folder being written
	old  string // the site to be replaced; it need not be there

	progress func(files int) // may be nil

	// making is held for reading while a name is made in dir; whoever holds it
	// for writing and sets closed knows that none will be.
	making sync.RWMutex
	closed bool

	mu      sync.Mutex
	made    map[string]bool // folders
	written []string        // files of dir that are no links
	begun   int             // files
	taken   int             // files of the old site that were not even compared
	kept    int             // files of the old site, SHA256SUMS apart
}

func newStaging(disk Disk, dir, old string) *staging {
	return &staging{disk: disk, dir: dir, old: old, made: map[string]bool{".": true}}
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

// Create starts a file.
func (s *staging) Create(p string) (io.WriteCloser, error) {
	s.begin()
	if err := s.folder(path.Dir(p)); err != nil {
		return nil, err
	}
	d := &draft{to: s, name: filepath.Join(s.dir, filepath.FromSlash(p))}
	previous := filepath.Join(s.old, filepath.FromSlash(p))
	if info, err := os.Lstat(previous); err == nil && info.Mode().IsRegular() {
		d.old, _ = os.Open(previous) // unreadable is as good as absent
	}
	if d.old == nil {
		return d, d.part(0)
	}
	return d, nil
}

// take links a file of the old site that is known to be right, without reading
// it. Where it cannot, or where the file no longer has its mark, nothing is there
// afterwards.
func (s *staging) take(p string, mark journal.Mark) bool {
	if s.folder(path.Dir(p)) != nil {
		return false
	}
	name := filepath.Join(s.dir, filepath.FromSlash(p))
	if s.link(filepath.Join(s.old, filepath.FromSlash(p)), name) != nil {
		return false
	}
	if info, err := os.Lstat(name); err != nil || !mark.Fits(info) {
		s.disk.Remove(name) // where that fails, making the file anew fails and says so
		return false
	}
	s.keptOne(name)
	s.begin()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken++
	return true
}

func (s *staging) begin() {
	s.mu.Lock()
	s.begun++
	n := s.begun
	s.mu.Unlock()
	if s.progress != nil {
		s.progress(n)
	}
}

func (s *staging) link(file, name string) error {
	return s.make(func() error { return s.disk.Link(file, name) })
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
	name := filepath.Join(s.dir, filepath.FromSlash(dir))
	if err := s.make(func() error { return s.disk.Mkdir(name) }); err != nil {
		return failed("建立文件夹", name, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for ; !s.made[dir]; dir = path.Dir(dir) {
		s.made[dir] = true
	}
	return nil
}

func (s *staging) wrote(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.written = append(s.written, name)
}

func (s *staging) keptOne(name string) {
	if name == filepath.Join(s.dir, SumsFile) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept++
}

// draft is a file being written. As long as old is open, what was written so
// far is what the old file begins with.
type draft struct {
	to   *staging
	name string
	old  *os.File
	same int64
	read []byte
	out  io.WriteCloser // nil until the bytes part
}

func (d *draft) Write(p []byte) (int, error) {
	if d.old != nil {
		if d.agrees(p) {
			d.same += int64(len(p))
			return len(p), nil
		}
		if err := d.part(d.same); err != nil {
			return 0, err
		}
	}
	n, err := d.out.Write(p)
	if err != nil {
		err = failed("写", d.name, err)
	}
	return n, err
}

// agrees tells whether the old file goes on with p.
func (d *draft) agrees(p []byte) bool {
	if cap(d.read) < len(p) {
		d.read = make([]byte, len(p))
	}
	next := d.read[:len(p)]
	_, err := io.ReadFull(d.old, next)
	return err == nil && bytes.Equal(next, p)
}

// part starts a file of its own with the first bytes of the old one.
func (d *draft) part(same int64) error {
	var out io.WriteCloser
	err := d.to.make(func() (err error) { out, err = d.to.disk.Create(d.name); return err })
	if err != nil {
		d.closeOld()
		return failed("建立", d.name, err)
	}
	d.out = out
	if same > 0 {
		if _, err := io.Copy(out, io.NewSectionReader(d.old, 0, same)); err != nil {
			d.closeOld()
			return failed("写", d.name, err)
		}
	}
	d.closeOld()
	return nil
}

func (d *draft) closeOld() {
	if d.old != nil {
		d.old.Close()
		d.old = nil
	}
}

// Close makes the file whole: by a link where the old one is the same to its
// end.
func (d *draft) Close() error {
	if d.old != nil {
		if info, err := d.old.Stat(); err == nil && info.Size() == d.same {
			return d.keep(info)
		}
		if err := d.part(d.same); err != nil {
			return err
		}
	}
	if d.out == nil {
		return nil // it failed before
	}
	if err := d.out.Close(); err != nil {
		return failed("写", d.name, err)
	}
	d.to.wrote(d.name)
	return nil
}

// keep links the old file into the new site, or copies it with its time where
// the disk has no links.
func (d *draft) keep(info os.FileInfo) error {
	defer d.closeOld()
	if d.to.link(d.old.Name(), d.name) == nil {
		d.to.keptOne(d.name)
		return nil
	}
	if err := d.part(d.same); err != nil {
		return err
	}
	if err := d.out.Close(); err != nil {
		return failed("写", d.name, err)
	}
	if err := os.Chtimes(d.name, info.ModTime(), info.ModTime()); err != nil {
		return failed("保留文件时间", d.name, err)
	}
	d.to.wrote(d.name)
	d.to.keptOne(d.name)
	return nil
}
