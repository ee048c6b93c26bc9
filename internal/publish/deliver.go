package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"wangjian/internal/cause"
	"wangjian/internal/disk"
	"wangjian/internal/record"
	"wangjian/internal/release"
)

// Delivery is a way in which a site comes to where its readers find it.
type Delivery interface {
	// Publish renders the files and delivers them, whole or not at all.
	Publish(ctx context.Context, files []release.File) (Result, error)
	// Verify compares what was delivered with the files rendered again.
	Verify(files []release.File) ([]Difference, error)
	// Recorded is called once the publication is in the record.
	Recorded()
}

// Verify compares the folder with its sums and with the files rendered again. It is
// out: this does not stop.
func (f Folder) Verify(files []release.File) ([]Difference, error) {
	_, wrong, err := CheckSums(f.Target)
	if err != nil || len(wrong) > 0 {
		return wrong, err
	}
	return Compare(context.Background(), files, f.Target, f.Workers, nil)
}

// Recorded does nothing: the folder itself is what was delivered last.
func (f Folder) Recorded() {}

// AppendRecord adds an entry to a campaign's record of publications, which must
// still end as it did when the entry was made.
func AppendRecord(root string, e *record.Entry) error {
	if r, findings := record.Read(os.DirFS(root)); len(findings) > 0 || !r.EndsBefore(e) {
		return errors.New("发布记录在发布过程中被别的程序改过，这一次没有记下：再运行一次 wangjian publish")
	}
	name := filepath.Join(root, filepath.FromSlash(e.File()))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return cause.Failed("建立文件夹", filepath.Dir(name), err)
	}
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("已经有 %s", e.File())
	}
	err := disk.WriteFile(name, func(w io.Writer) error {
		_, err := w.Write(e.Bytes())
		return err
	})
	if err != nil {
		return err
	}
	return disk.SyncNames(filepath.Dir(name))
}
