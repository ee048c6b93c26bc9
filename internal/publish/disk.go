package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
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
func (realDisk) Rename(from, to string) error          { return rename(from, to) }
func (realDisk) Remove(dir string) error               { return removeAll(dir) }
func (realDisk) Sync(dir string, files []string) error { return syncTree(dir, files) }
func (realDisk) SyncNames(dir string) error            { return syncNames(dir) }

// syncOne waits until a file or folder is on the disk.
func syncOne(name string, flag int) error {
	f, err := os.OpenFile(name, flag, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// diskError says in Chinese what failed, with which file, and why.
type diskError struct {
	doing, name string
	err         error
}

func failed(doing, name string, err error) error { return &diskError{doing, name, err} }

func (e *diskError) Error() string {
	what := e.doing
	if e.name != "" {
		what += "“" + e.name + "”"
	}
	why := reason(e.err)
	if do := remedies[why]; do != "" {
		why += "，请" + do
	}
	return what + "失败：" + why
}

func (e *diskError) Unwrap() error { return e.err }

// reason puts the usual causes into words; anything else stays as the system
// says it.
func reason(err error) string {
	for _, cause := range append(systemCauses, []cause{
		{fs.ErrPermission, "没有权限"},
		{fs.ErrNotExist, "文件或文件夹不存在"},
		{fs.ErrExist, "已经有同名的文件或文件夹"},
	}...) {
		if errors.Is(err, cause.err) {
			return cause.words
		}
	}
	if of, ok := errors.AsType[*fs.PathError](err); ok {
		err = of.Err // the message has its own path
	}
	return err.Error()
}

// remedies say what to do about a cause.
var remedies = map[string]string{
	"磁盘满了": "腾出空间再运行", "超过了磁盘配额": "腾出空间再运行", "磁盘读写出错": "先检查磁盘",
	"没有权限": "用有权限的账号运行，或用 -o 换一个能写的文件夹", "磁盘是只读的": "用 -o 换到能写的磁盘",
	"两处不在同一个磁盘上": "把它们放在同一个磁盘上", "正被占用，或是一个挂载点": "关掉占用它的程序再运行，或用 -o 换一个文件夹",
	"打开的文件太多": "关掉别的程序再运行", "文件名太长": "把文件名改短",
}

type cause struct {
	err   error
	words string
}
