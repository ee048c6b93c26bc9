package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"wangjian/internal/disk"
)

func create(name string) (io.WriteCloser, error) {
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// exchange: Windows has no step in which two folders change names.
func exchange(a, b string) error { return errors.ErrUnsupported }

// removeAll goes file by file where the file system lacks the way in which
// os.RemoveAll deletes, and deletes what it can: a file that a program has open
// keeps only itself and its folders.
func removeAll(dir string) error {
	if os.RemoveAll(dir) == nil {
		return nil
	}
	var folders []string
	var first error
	note := func(err error) {
		if first == nil && !errors.Is(err, fs.ErrNotExist) {
			first = err
		}
	}
	filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			note(err)
		case e.IsDir():
			folders = append(folders, name)
		default:
			note(os.Remove(name))
		}
		return nil
	})
	for _, name := range slices.Backward(folders) {
		note(os.Remove(name))
	}
	return first
}

func syncTree(dir string, files []string) error {
	for _, f := range files {
		if err := disk.SyncOne(f, os.O_RDWR); err != nil {
			return err
		}
	}
	return nil
}
