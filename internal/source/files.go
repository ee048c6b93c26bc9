package source

import (
	"errors"
	"io/fs"
)

// onlyFiles is a file system that opens files and folders and nothing else:
// opening a pipe would wait for ever, a device may do anything.
type onlyFiles struct{ fs.FS }

// safely wraps a file system, once.
func safely(fsys fs.FS) fs.FS {
	if _, done := fsys.(onlyFiles); done {
		return fsys
	}
	return onlyFiles{fsys}
}

var errNoFile = errors.New("不是普通文件")

func (o onlyFiles) check(name string) error {
	info, err := fs.Stat(o.FS, name)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: errNoFile}
	}
	return err
}

func (o onlyFiles) Open(name string) (fs.File, error) {
	if err := o.check(name); err != nil {
		return nil, err
	}
	return o.FS.Open(name)
}

func (o onlyFiles) ReadFile(name string) ([]byte, error) {
	if err := o.check(name); err != nil {
		return nil, err
	}
	return fs.ReadFile(o.FS, name)
}

func (o onlyFiles) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(o.FS, name) }

func (o onlyFiles) Stat(name string) (fs.FileInfo, error) { return fs.Stat(o.FS, name) }

func (o onlyFiles) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(o.FS, name) }

func (o onlyFiles) ReadLink(name string) (string, error) { return fs.ReadLink(o.FS, name) }
