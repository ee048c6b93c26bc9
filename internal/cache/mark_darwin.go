package cache

import (
	"io/fs"
	"syscall"
)

func systemMark(info fs.FileInfo) (changed int64, inode uint64) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctimespec.Nano(), s.Ino
	}
	return 0, 0
}

// nonblock opens a pipe without waiting for who writes into it.
const nonblock = syscall.O_NONBLOCK
