package change

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// Set is what is to be changed. It serves one goroutine at a time.
type Set struct {
	base fs.FS
	list []*File // in the order in which they were first named, which is that of writing
}

// File is one file, by its path below the campaign's folder with slashes.
type File struct {
	Name     string
	Old, New []byte
	// OldCopy and NewCopy take the place of Old and New of a file that is too large to be
	// in memory; nil for others.
	OldCopy, NewCopy *Content
	// There says that the file was there, Stays that it will be.
	There, Stays bool
}

// Content is what a large file holds: it is read anew each time.
type Content struct {
	Open func() (io.ReadCloser, error)
	Size int64 // bytes
	Sum  [sha256.Size]byte
}

// Size is how many bytes the file will have.
func (f *File) Size() int64 {
	if f.NewCopy != nil {
		return f.NewCopy.Size
	}
	return int64(len(f.New))
}

// Changed reports whether the file will be another than it was.
func (f *File) Changed() bool {
	return f.There != f.Stays || f.Stays && !bytes.Equal(f.Old, f.New)
}

// Of returns an empty set over a campaign's files.
func Of(files fs.FS) *Set { return &Set{base: files} }

// Read returns a file as it will be; its error is that of fs.ReadFile.
func (s *Set) Read(name string) ([]byte, error) {
	f := s.find(name)
	switch {
	case f == nil:
		return fs.ReadFile(s.base, name)
	case !f.Stays:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if f.NewCopy == nil {
		return f.New, nil
	}
	from, err := f.NewCopy.Open()
	if err != nil {
		return nil, err
	}
	defer from.Close()
	return io.ReadAll(from)
}

// Copy notes that a file, which is not there, will hold a large content.
func (s *Set) Copy(name string, c *Content) error {
	f, err := s.file(name)
	if err != nil {
		return err
	}
	if f.There || f.Stays {
		return fmt.Errorf("%s 已经有了", name)
	}
	f.NewCopy, f.Stays = c, true
	return nil
}

// Write notes that a file will hold data.
func (s *Set) Write(name string, data []byte) error {
	f, err := s.file(name)
	if err != nil {
		return err
	}
	f.New, f.NewCopy, f.Stays = slices.Clone(data), nil, true
	return nil
}

// Replace is Write for a file that was read as old before, nil for one that was not
// there: what it was judged by.
func (s *Set) Replace(name string, old, data []byte) error {
	if s.find(name) == nil {
		if err := fault(name); err != nil {
			return err
		}
		s.list = append(s.list, &File{Name: name, Old: slices.Clone(old), There: old != nil})
	}
	return s.Write(name, data)
}

// Hold reads files as they are now. What is worked out from a later look at the
// campaign is written only while they are still so.
func (s *Set) Hold(names ...string) error {
	for _, name := range names {
		if _, err := s.file(name); err != nil {
			return err
		}
	}
	return nil
}

// Remove notes that a file will not be there.
func (s *Set) Remove(name string) error {
	f, err := s.file(name)
	if err != nil {
		return err
	}
	f.New, f.NewCopy, f.Stays = nil, nil, false
	return nil
}

// Files lists the files that will be other than they were, in the order of writing.
func (s *Set) Files() (list []*File) {
	for _, f := range s.list {
		if f.Changed() {
			list = append(list, f)
		}
	}
	return list
}

// IsEmpty reports whether nothing changes.
func (s *Set) IsEmpty() bool { return len(s.Files()) == 0 }

func (s *Set) find(name string) *File {
	if n := slices.IndexFunc(s.list, func(f *File) bool { return f.Name == name }); n >= 0 {
		return s.list[n]
	}
	return nil
}

// file returns a file of the set, read as it is where it was not named before.
func (s *Set) file(name string) (*File, error) {
	if f := s.find(name); f != nil {
		return f, nil
	}
	if err := fault(name); err != nil {
		return nil, err
	}
	old, err := fs.ReadFile(s.base, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("读不出 %s：%w", name, err)
	}
	f := &File{Name: name, Old: old, New: old, There: err == nil, Stays: err == nil}
	s.list = append(s.list, f)
	return f, nil
}

// fault refuses a path that leads out of the campaign or into what is not its own.
func fault(name string) error {
	if !fs.ValidPath(name) || name == "." {
		return fmt.Errorf("不能写到“%s”：不在活动文件夹里", name)
	}
	for _, part := range strings.Split(name, "/") {
		if why := campaign.NameFault(part); why != "" {
			return fmt.Errorf("不能写到“%s”：%s", name, why)
		}
		if strings.HasPrefix(part, ".") && name != path.Join(".vscode", path.Base(name)) {
			return fmt.Errorf("不能写到“%s”：以点开头的文件夹不是活动的内容", name)
		}
	}
	return nil
}
