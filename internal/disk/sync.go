package disk

import (
	"errors"
	"os"
)

// SyncOne waits until a file or folder is on the disk.
func SyncOne(name string, flag int) error {
	f, err := os.OpenFile(name, flag, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
