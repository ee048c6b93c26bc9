package source

import (
	"errors"
	"io/fs"
	"os"
	"path"
)

// InRoot is a campaign's folder on disk as a file system: nothing in it leads
// out of it. It is root.FS() that can be asked for a folder within.
func InRoot(root *os.Root) fs.FS {
	return rooted{root.FS().(rootFS), root}
}

// rootFS is what [os.Root] provides.
type rootFS interface {
	fs.StatFS
	fs.ReadFileFS
	fs.ReadDirFS
	fs.ReadLinkFS
}

type rooted struct {
	rootFS
	root *os.Root
}

// files opens files and folders of a file system and nothing else: opening a pipe
// would wait for ever, a device may do anything.
type files struct {
	fs.FS
	// tracked has the names of files that were looked at; nil where nobody asks.
	// listed reports that a folder was listed, which no mark covers.
	tracked map[string]bool
	listed  bool
	// A root opens every folder on the way to a file, each time. Where most files
	// lie beside the last one, near has that one's folder kept open (a third of a
	// fresh build's system calls); it is for one goroutine.
	near   bool
	dir    string
	folder *os.Root // nil for none
}

// safely wraps a file system, once.
func safely(fsys fs.FS) *files {
	if f, done := fsys.(*files); done {
		return f
	}
	return &files{FS: fsys}
}

func (f *files) track(name string) {
	if f.tracked != nil {
		f.tracked[name] = true
	}
}

var errNoFile = errors.New("不是普通文件")

func (f *files) check(name string) error {
	info, err := f.Stat(name)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: errNoFile}
	}
	return err
}

func (f *files) Open(name string) (fs.File, error) {
	if err := f.check(name); err != nil {
		return nil, err
	}
	return f.FS.Open(name)
}

func (f *files) ReadFile(name string) ([]byte, error) {
	if err := f.check(name); err != nil {
		return nil, err
	}
	return f.read(name)
}

// read is ReadFile of what is known to be a file.
func (f *files) read(name string) ([]byte, error) {
	f.track(name)
	if folder, base := f.inFolder(name); folder != nil {
		if raw, err := folder.ReadFile(base); err == nil {
			return raw, nil
		}
	}
	return fs.ReadFile(f.FS, name)
}

func (f *files) Stat(name string) (fs.FileInfo, error) {
	f.track(name)
	if folder, base := f.inFolder(name); folder != nil {
		if info, err := folder.Stat(base); err == nil {
			return info, nil
		}
	}
	return fs.Stat(f.FS, name)
}

func (f *files) ReadDir(name string) ([]fs.DirEntry, error) {
	if f.tracked != nil {
		f.listed = true
	}
	return fs.ReadDir(f.FS, name)
}

// Links are followed only where no mark is taken: see package cache.

func (f *files) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(f.FS, name) }

func (f *files) ReadLink(name string) (string, error) { return fs.ReadLink(f.FS, name) }

// inFolder returns the open folder that a file is in and its name there; nil where
// none is kept. Where the folder does not have a file as it stands, as with a link
// that leads elsewhere, the file system is asked.
func (f *files) inFolder(name string) (*os.Root, string) {
	from, ok := f.FS.(rooted)
	if !f.near || !ok || !fs.ValidPath(name) {
		return nil, ""
	}
	dir, base := path.Split(name)
	if dir != f.dir {
		f.close()
		f.dir = dir
		f.folder, _ = from.root.OpenRoot(path.Clean(dir)) // if it fails, the file system says why
	}
	return f.folder, base
}

func (f *files) close() {
	if f.folder != nil {
		f.folder.Close()
		f.folder = nil
	}
}
