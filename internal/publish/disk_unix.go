//go:build linux || darwin

package publish

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

var systemCauses = []cause{
	{unix.ENOSPC, "磁盘满了"},
	{unix.EDQUOT, "超过了磁盘配额"},
	{unix.EROFS, "磁盘是只读的"},
	{unix.EBUSY, "正被占用，或是一个挂载点"},
	{unix.EXDEV, "两处不在同一个磁盘上"},
	{unix.EMFILE, "打开的文件太多"},
	{unix.EIO, "磁盘读写出错"},
	{unix.ENAMETOOLONG, "文件名太长"},
}

// unsupported makes one error of the several by which systems and file systems
// say that they cannot do something.
func unsupported(err error, codes ...unix.Errno) error {
	if code, ok := errors.AsType[unix.Errno](err); ok && slices.Contains(codes, code) {
		return fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
	}
	return err
}

func removeAll(dir string) error { return os.RemoveAll(dir) }

func rename(from, to string) error { return os.Rename(from, to) }

func syncNames(dir string) error { return syncOne(dir, os.O_RDONLY) }
