package publish

import (
	"io"
	"os"

	"wangjian/internal/disk"
)

// Disk is every change that publishing makes to a disk. Reading goes straight
// to the disk: it can break nothing.
type Disk interface {
	// Mkdir makes a folder and its parents.
	Mkdir(dir string) error
	// Create starts a file that must not be there yet.
	Create(file string) (io.WriteCloser, error)
	// Link adds a second name of a file.
	Link(file, name string) error
	// Exchange lets two folders take each other's names in one step, or fails
	// with errors.ErrUnsupported where the system has no such step.
	Exchange(a, b string) error
	// Rename sets a name of a folder that is not taken.
	Rename(from, to string) error
	// Remove removes a folder with all that is in it; none there is no error.
	Remove(dir string) error
	// Sync returns when a folder written to the disk survives a power cut;
	// files lists those in it that were written and not linked.
	Sync(dir string, files []string) error
	// SyncNames returns when the names in a folder survive a power cut.
	SyncNames(dir string) error
}

// realDisk is the machine's own disk; what differs between systems is in
// disk_linux.go, disk_darwin.go and disk_other.go.
type realDisk struct{}

// Mkdir: mostly the parents are there.
func (realDisk) Mkdir(dir string) error {
	if os.Mkdir(dir, 0o777) == nil {
		return nil
	}
	return os.MkdirAll(dir, 0o777)
}

func (realDisk) Create(file string) (io.WriteCloser, error) { return create(file) }

func (realDisk) Link(file, name string) error          { return os.Link(file, name) }
func (realDisk) Exchange(a, b string) error            { return exchange(a, b) }
func (realDisk) Rename(from, to string) error          { return disk.Rename(from, to) }
func (realDisk) Remove(dir string) error               { return removeAll(dir) }
func (realDisk) Sync(dir string, files []string) error { return syncTree(dir, files) }
func (realDisk) SyncNames(dir string) error            { return disk.SyncNames(dir) }
