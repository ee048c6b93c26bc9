package publish

import (
	"errors"
	"os"

	"wangjian/internal/disk"

	"golang.org/x/sys/unix"
)

func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	return disk.Unsupported(err, unix.EINVAL, unix.ENOSYS, unix.EOPNOTSUPP)
}

// syncTree asks for the whole file system at once: a site has thousands of
// folders, and each would have to be asked for alone.
func syncTree(dir string, _ []string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(unix.Syncfs(int(f.Fd())), f.Close())
}
