//go:build linux || darwin

package disk

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// Unsupported makes one error of the several by which systems and file systems
// say that they cannot do something.
func Unsupported(err error, codes ...unix.Errno) error {
	if code, ok := errors.AsType[unix.Errno](err); ok && slices.Contains(codes, code) {
		return fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
	}
	return err
}

// Rename sets the name of a file or folder.
func Rename(from, to string) error { return os.Rename(from, to) }

// SyncNames returns when the names in a folder survive a power cut.
func SyncNames(dir string) error { return SyncOne(dir, os.O_RDONLY) }
