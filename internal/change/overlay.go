package change

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// FS returns the campaign's files as they will be.
func (s *Set) FS() fs.FS { return overlay{s} }

// overlay is a file system with a set's changes over it.
type overlay struct{ set *Set }

// Open opens a file as it will be; a folder lists what it will hold.
func (o overlay) Open(name string) (fs.File, error) {
	if f := o.set.find(name); f != nil {
		if !f.Stays {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
		info := entry{path.Base(name), f.Size(), 0o644}
		if f.NewCopy != nil {
			from, err := f.NewCopy.Open()
			return &streamed{from, info}, err
		}
		return &opened{info: info, text: bytes.NewReader(f.New)}, nil
	}
	below := o.below(name)
	file, err := o.set.base.Open(name)
	if err != nil {
		if len(below) > 0 {
			return &opened{info: entry{path.Base(name), 0, fs.ModeDir | 0o755}, list: below}, nil
		}
		return nil, err
	}
	info, err := file.Stat()
	if err != nil || !info.IsDir() || !o.touches(name) {
		return file, err
	}
	defer file.Close()
	list, err := fs.ReadDir(o.set.base, name)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(e fs.DirEntry) bool {
		f := o.set.find(path.Join(name, e.Name()))
		return f != nil || slices.ContainsFunc(below, func(b fs.DirEntry) bool { return b.Name() == e.Name() })
	})
	list = append(list, below...)
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return &opened{info: entry{path.Base(name), 0, fs.ModeDir | 0o755}, list: list}, nil
}

// touches reports whether a folder directly holds a file or folder of the set.
func (o overlay) touches(dir string) bool {
	return slices.ContainsFunc(o.set.list, func(f *File) bool { return dir == "." || strings.HasPrefix(f.Name, dir+"/") })
}

// below lists the files of the set in a folder that will be there, and the folders
// that hold such.
func (o overlay) below(dir string) (list []fs.DirEntry) {
	for _, f := range o.set.list {
		rest := f.Name
		if dir != "." {
			var within bool
			if rest, within = strings.CutPrefix(f.Name, dir+"/"); !within {
				continue
			}
		}
		first, _, deeper := strings.Cut(rest, "/")
		e := entry{first, f.Size(), 0o644}
		if deeper {
			e = entry{first, 0, fs.ModeDir | 0o755}
		}
		known := slices.ContainsFunc(list, func(is fs.DirEntry) bool { return is.Name() == first })
		if f.Stays && !known {
			list = append(list, e)
		}
	}
	return list
}

// entry is a file's or folder's information.
type entry struct {
	name string
	size int64
	mode fs.FileMode
}

func (e entry) Name() string               { return e.name }
func (e entry) Size() int64                { return e.size }
func (e entry) Mode() fs.FileMode          { return e.mode }
func (e entry) Type() fs.FileMode          { return e.mode.Type() }
func (e entry) ModTime() time.Time         { return time.Time{} }
func (e entry) IsDir() bool                { return e.mode.IsDir() }
func (e entry) Sys() any                   { return nil }
func (e entry) Info() (fs.FileInfo, error) { return e, nil }

// streamed is an open large file of the set.
type streamed struct {
	io.ReadCloser
	info entry
}

func (s *streamed) Stat() (fs.FileInfo, error) { return s.info, nil }

// opened is an open file or folder of the set.
type opened struct {
	info entry
	text *bytes.Reader
	list []fs.DirEntry
}

func (o *opened) Stat() (fs.FileInfo, error) { return o.info, nil }
func (o *opened) Close() error               { return nil }

func (o *opened) Read(p []byte) (int, error) {
	if o.text == nil {
		return 0, &fs.PathError{Op: "read", Path: o.info.name, Err: fs.ErrInvalid}
	}
	return o.text.Read(p)
}

func (o *opened) Seek(offset int64, whence int) (int64, error) {
	if o.text == nil {
		return 0, &fs.PathError{Op: "seek", Path: o.info.name, Err: fs.ErrInvalid}
	}
	return o.text.Seek(offset, whence)
}

func (o *opened) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(o.list) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(o.list) {
		n = len(o.list)
	}
	list := o.list[:n:n]
	o.list = o.list[n:]
	return list, nil
}
