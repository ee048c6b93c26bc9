//go:build unix

package review

import "golang.org/x/sys/unix"

func makePipe(file string) error { return unix.Mkfifo(file, 0o644) }
