package disk

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// Rename sets the name of a file or folder. It tries for a second: a virus scanner that looks at fresh files holds
// their folder for a moment.
func Rename(from, to string) error {
	for n := 0; ; n++ {
		err := os.Rename(from, to)
		held := errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_ACCESS_DENIED)
		if !held || n == 20 {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// SyncNames: Windows keeps the names of an NTFS disk in its own journal.
func SyncNames(string) error { return nil }
