package disk

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// Claim: Windows does not rename a folder that somebody holds open.
func Claim(string) (release func(), err error) { return func() {}, nil }

// LockFile locks a byte far behind the text, so that who waits can still read
// who holds it.
func LockFile(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &windows.Overlapped{OffsetHigh: 1})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrHeld
	}
	return err
}
