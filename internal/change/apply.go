package change

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"wangjian/internal/cause"
	"wangjian/internal/disk"
)

// Conflict: a file is no longer what it was when the change was worked out.
type Conflict struct {
	*File
	Now   []byte // as it is
	IsNow bool   // it is there
}

func (c *Conflict) Error() string {
	if !c.IsNow {
		return c.Name + " 刚刚被别的程序删去，没有写；请再来一遍"
	}
	return c.Name + " 刚刚被别的程序改过，没有写；请再来一遍"
}

// Is: it is a [disk.ErrChanged].
func (c *Conflict) Is(err error) bool { return err == disk.ErrChanged }

// Apply writes the changes into a folder and returns what takes them back. Where one
// of the files is not as it was, a *[Conflict] says so and nothing is written; where the
// disk fails, what was written is taken back.
func (s *Set) Apply(dir string) (undo *Set, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, cause.Failed("打开", dir, err)
	}
	defer root.Close()
	files := s.Files()
	for _, f := range files {
		if err := compare(root, f); err != nil {
			return nil, err
		}
	}
	undo = &Set{base: s.base}
	for _, f := range files {
		if err := write(root, dir, f); err != nil {
			if back := undo.revert(root, dir); back != nil {
				err = fmt.Errorf("%w；已经写的没有能全部退回：%w", err, back)
			}
			return nil, err
		}
		undo.list = append([]*File{{
			Name: f.Name, Old: f.New, New: f.Old, OldCopy: f.NewCopy, NewCopy: f.OldCopy, There: f.Stays, Stays: f.There,
		}}, undo.list...)
	}
	return undo, nil
}

func (s *Set) revert(root *os.Root, dir string) (all error) {
	for _, f := range s.list {
		all = errors.Join(all, write(root, dir, f))
	}
	return all
}

// compare fails where a file is not as it was.
func compare(root *os.Root, f *File) error {
	if f.OldCopy != nil {
		return compareCopy(root, f)
	}
	now, err := root.ReadFile(filepath.FromSlash(f.Name))
	switch is := err == nil; {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("读不出 %s：%w", f.Name, err)
	case is != f.There || !bytes.Equal(now, f.Old):
		return &Conflict{f, now, is}
	}
	return nil
}

// compareCopy is compare for a large file.
func compareCopy(root *os.Root, f *File) error {
	is, err := root.Open(filepath.FromSlash(f.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return &Conflict{f, nil, false}
	}
	if err == nil {
		defer is.Close()
		sum := sha256.New()
		if _, err = io.Copy(sum, is); err == nil && !bytes.Equal(sum.Sum(nil), f.OldCopy.Sum[:]) {
			return &Conflict{f, nil, true}
		}
	}
	if err != nil {
		return fmt.Errorf("读不出 %s：%w", f.Name, err)
	}
	return nil
}

// copyTo writes a large content, which must be what it was.
func (c *Content) copyTo(w io.Writer) error {
	from, err := c.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w, sum), from); err != nil {
		return err
	}
	if !bytes.Equal(sum.Sum(nil), c.Sum[:]) {
		return errors.New("它在核对以后被改动过，请再来一遍")
	}
	return nil
}

// write writes or removes a file; its folder must not lead out of the campaign.
func write(root *os.Root, dir string, f *File) error {
	name := filepath.FromSlash(f.Name)
	if !f.Stays {
		if err := root.Remove(name); err != nil {
			return cause.Failed("删除", f.Name, err)
		}
		for parent := filepath.Dir(name); filepath.Dir(parent) != "."; parent = filepath.Dir(parent) {
			if root.Remove(parent) != nil { // it holds more
				break
			}
		}
		return nil
	}
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return cause.Failed("建立文件夹", path.Dir(f.Name), err)
	}
	full := filepath.Join(dir, name)
	if f.There {
		return disk.ReplaceFile(full, f.Old, f.New)
	}
	return disk.CreateFile(full, func(w io.Writer) error {
		if f.NewCopy != nil {
			return f.NewCopy.copyTo(w)
		}
		_, err := w.Write(f.New)
		return err
	})
}
