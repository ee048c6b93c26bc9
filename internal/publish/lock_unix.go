//go:build linux || darwin

package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// claim marks a folder as being worked on until release is called or the process
// ends; it returns errHeld when another process does. Two campaigns may publish
// to one place, where their own locks do not keep them apart.
func claim(dir string) (release func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return func() {}, nil // it cannot be told; the steps that follow will say
	}
	if err := lockFile(f); errors.Is(err, errHeld) {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}

func lockFile(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return errHeld
	}
	return unsupported(err, unix.ENOSYS, unix.ENOLCK, unix.EOPNOTSUPP, unix.EINVAL)
}
