//go:build linux || darwin

package disk

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// Claim marks a folder as being worked on until release is called or the process
// ends; it returns ErrHeld when another process does. Two campaigns may publish
// to one place, where their own locks do not keep them apart.
func Claim(dir string) (release func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return func() {}, nil // it cannot be told; the steps that follow will say
	}
	if err := LockFile(f); errors.Is(err, ErrHeld) {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}

func LockFile(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return ErrHeld
	}
	return Unsupported(err, unix.ENOSYS, unix.ENOLCK, unix.EOPNOTSUPP, unix.EINVAL)
}
