package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"wangjian/internal/cause"
)

// WriteFile writes a file beside its place and moves it there when it is whole
// and on the disk. When write or the disk fails, what was there stays; the
// permissions of a file that is replaced stay too. What a killed process left
// beside the place is deleted.
func WriteFile(name string, write func(io.Writer) error) error {
	return WriteFileAfter(name, write, func() error { return nil })
}

// ErrChanged: a file is not as it was read.
var ErrChanged = errors.New("这个文件刚刚被别的程序改过，没有写；请再来一遍")

// ReplaceFile writes a file as WriteFile does, unless another program has changed it
// since it was read as old.
func ReplaceFile(name string, old, with []byte) error {
	write := func(w io.Writer) error {
		_, err := w.Write(with)
		return err
	}
	err := WriteFileAfter(name, write, func() error {
		if is, err := os.ReadFile(name); err != nil || !bytes.Equal(is, old) {
			return ErrChanged
		}
		return nil
	})
	if err == nil {
		err = SyncNames(filepath.Dir(name))
	}
	return err
}

// WriteFileAfter is [WriteFile]; last is asked when the file is whole, and its error
// stops the exchange.
func WriteFileAfter(name string, write func(io.Writer) error, last func() error) error {
	mode := os.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	deleteDrafts(name)
	f, err := os.CreateTemp(filepath.Dir(name), draftPrefix(name)+"*")
	if err != nil {
		return cause.Failed("写", name, err)
	}
	defer os.Remove(f.Name()) // gone already when all went well
	// Another process that writes here sees that this draft is being written.
	_ = LockFile(f)
	err = write(f)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = last()
	}
	if err != nil {
		return fmt.Errorf("写 %s：%w", name, err)
	}
	if err := Rename(f.Name(), name); err != nil {
		return cause.Failed("写", name, err)
	}
	return nil
}

func draftPrefix(name string) string { return "." + filepath.Base(name) + ".wangjian-draft-" }

// deleteDrafts deletes the drafts of a file that no process writes any more.
func deleteDrafts(name string) {
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		return // WriteFile fails with the reason
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), draftPrefix(name)) {
			continue
		}
		draft := filepath.Join(filepath.Dir(name), e.Name())
		f, err := os.OpenFile(draft, os.O_RDWR, 0)
		if err != nil {
			continue
		}
		abandoned := LockFile(f) == nil
		f.Close()
		if abandoned {
			os.Remove(draft)
		}
	}
}

// CreateFile is [WriteFile] for a file that must not be there: what somebody else put
// there meanwhile stays, and the error is an [ErrChanged].
func CreateFile(name string, write func(io.Writer) error) error {
	err := WriteFileAfter(name, write, func() error {
		if _, err := os.Lstat(name); err == nil {
			return ErrChanged
		}
		return nil
	})
	if err == nil {
		err = SyncNames(filepath.Dir(name))
	}
	return err
}

// ReadBounded reads a file of at most limit bytes and one more, so that the reader
// can say that it is too large.
func ReadBounded(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit+1))
}
