package publish

import (
	"os"

	"wangjian/internal/disk"

	"golang.org/x/sys/unix"
)

func exchange(a, b string) error {
	return disk.Unsupported(unix.RenamexNp(a, b, unix.RENAME_SWAP), unix.EINVAL, unix.ENOSYS, unix.ENOTSUP)
}

func syncTree(dir string, files []string) error {
	for _, f := range files {
		if err := disk.SyncOne(f, os.O_RDONLY); err != nil {
			return err
		}
	}
	return disk.SyncOne(dir, os.O_RDONLY)
}
