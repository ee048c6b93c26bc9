package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Tree is what stood in some folders at one moment, in the order of walking.
type Tree []File

// errSpecial: there is something of which no mark tells whether it changed.
var errSpecial = errors.New("不是普通文件")

// look walks the folders below root; one that is absent is empty. Nothing is
// read. skip leaves files out by their name.
func look(root string, folders []string, skip func(name string) bool) (Tree, error) {
	var tree Tree
	for _, folder := range folders {
		top := filepath.Join(root, folder)
		if info, err := os.Lstat(top); errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err == nil && !info.IsDir() {
			return nil, fmt.Errorf("%s：%w", top, errSpecial)
		}
		err := filepath.WalkDir(top, func(name string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, name)
			if err != nil {
				return err
			}
			f := File{Path: filepath.ToSlash(rel)}
			switch {
			case e.IsDir():
				f.Folder = true
			case skip(e.Name()):
				return nil
			case !e.Type().IsRegular():
				// A link may lead to anything.
				return fmt.Errorf("%s：%w", name, errSpecial)
			default:
				info, err := e.Info()
				if err != nil {
					return err
				}
				f.Mark = markOf(info)
			}
			tree = append(tree, f)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return tree, nil
}

// age notes which files are young at the moment now.
func (t Tree) age(now int64) {
	for n := range t {
		t[n].Young = !t[n].Folder && t[n].Mark.youngAt(now)
	}
}

// hashYoung reads the young files.
func (t Tree) hashYoung(root string) error {
	for n := range t {
		if !t[n].Young || t[n].Known {
			continue
		}
		var err error
		if t[n].Sum, err = sumOf(filepath.Join(root, filepath.FromSlash(t[n].Path))); err != nil {
			return err
		}
		t[n].Known = true
	}
	return nil
}

// still tells whether the tree now, of the same root, is this one. Where it
// is, what is known of t's files goes over to now's; refreshed tells that now
// is worth more than t, since marks have come of age or were made anew.
func (t Tree) still(root string, now Tree) (same, refreshed bool) {
	if len(t) != len(now) {
		return false, false
	}
	for n := range t {
		if t[n].Path != now[n].Path || t[n].Folder != now[n].Folder || t[n].Mark.Size != now[n].Mark.Size {
			return false, false
		}
	}
	for n := range t {
		was, is := t[n], &now[n]
		if was.Mark == is.Mark && !was.Young {
			is.Sum, is.Known, is.Young = was.Sum, was.Known, false
			continue
		}
		if !was.Known {
			return false, false
		}
		sum, err := sumOf(filepath.Join(root, filepath.FromSlash(was.Path)))
		if err != nil || sum != was.Sum {
			return false, false
		}
		is.Sum, is.Known = sum, true
		refreshed = refreshed || !is.Young
	}
	return true, refreshed
}
