package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"wangjian/internal/journal"
	"wangjian/internal/release"
)

// Folder is a public folder on disk.
type Folder struct {
	Target   string // what is replaced
	Campaign string // the campaign's folder: it holds the lock and is never replaced
	Workers  int    // files rendered at once; as many as there are processors when 0
	Disk     Disk   // the machine's own when nil
	// Said is what the build has told; the record that Begin may give later
	// has it.
	Said journal.Said
	// Progress, when there is one, is told how many files have been begun.
	Progress func(files int)

	basis *journal.Basis  // from Begin, with the record of the build before
	last  *journal.Record // nil for none
}

// Result says what a build did.
type Result struct {
	Target  string // where the site stands, symbolic links followed
	Files   int    // all of them, without SHA256SUMS
	Changed int    // of them, those that are new or no longer what they were
	Reused  int    // of them, those that needed no rendering
	Removed int    // files of the old site that the new one does not have
	Bytes   int64
	// Anew lists the files that were rendered, where that was noted, and
	// Rendering and Swapping what both took.
	Anew                []Rendered
	Rendering, Swapping time.Duration
	Notes               []string // Chinese: what went wrong once the new site was out
}

// Publish renders the files and puts them in the target's place. When it
// fails, the old site is as it was. It returns [ErrStopped] as soon as ctx is
// done, without waiting for what is being rendered; from the swap on it goes to
// its end.
func (f Folder) Publish(ctx context.Context, files []release.File) (Result, error) {
	if len(files) == 0 {
		return Result{}, errors.New("没有可以发布的文件")
	}
	for _, file := range files {
		if !file.IsPublic() {
			return Result{}, fmt.Errorf("%s 不是为公众制作的，不能写进公开的文件夹", file.Path)
		}
	}
	if f.Disk == nil {
		f.Disk = realDisk{}
	}
	root, err := resolve(f.Campaign)
	if err != nil {
		return Result{}, err
	}
	unlock, err := lock(root)
	if err != nil {
		return Result{}, err
	}
	defer unlock()
	target, err := resolve(f.Target)
	if err != nil {
		return Result{}, err
	}
	if err := checkPlace(target, root); err != nil {
		return Result{}, err
	}
	if err := f.Disk.Mkdir(filepath.Dir(target)); err != nil {
		return Result{}, failed("建立文件夹", filepath.Dir(target), err)
	}
	leftovers, err := tidy(f.Disk, target)
	if err != nil {
		return Result{}, err
	}
	b := f.begin(files, root, target)
	if b != nil {
		defer b.files.scratch.close()
	}
	begin := time.Now()
	result, sums, err := f.replace(ctx, target, files, b)
	if errors.Is(err, errUnsteady) {
		// What is read now is what is published, and nothing of before.
		b = nil
		result, sums, err = f.replace(ctx, target, files, b)
	}
	if _, e := os.Lstat(target); err != nil && errors.Is(e, fs.ErrNotExist) && len(leftovers) > 0 {
		err = errors.Join(err, errors.New(strings.Join(leftovers, "；"))) // where the old site is
	}
	for _, note := range leftovers {
		result.Notes = append(result.Notes, note+later)
	}
	if err == nil && b != nil && len(result.Notes) == 0 {
		f.remember(root, target, sums, b)
	}
	result.Swapping = time.Since(begin) - result.Rendering
	return result, err
}

// ErrStopped is returned when publishing was told to stop.
var ErrStopped = errors.New("已按要求停止")

// later ends a note on what could not be deleted.
const later = "；下次生成时再删，不影响网站"

// replace writes the new site beside the target and swaps them.
func (f Folder) replace(ctx context.Context, target string, files []release.File, b *building) (Result, []Sum, error) {
	before, err := inspect(target)
	if err != nil {
		return Result{}, nil, err
	}
	fresh := unused(target, strconv.Itoa(os.Getpid()))
	if err := f.Disk.Mkdir(fresh); err != nil {
		return Result{}, nil, f.discard(fresh, failed("建立文件夹", fresh, err))
	}
	release, err := claim(fresh)
	if err != nil {
		return Result{}, nil, busy(fresh, target) // it is another's: nothing of it is touched
	}
	defer release()
	result, sums, err := f.write(ctx, fresh, target, files, b)
	if err != nil {
		return Result{}, nil, f.discard(fresh, err)
	}
	if ctx.Err() != nil {
		return Result{}, nil, f.discard(fresh, ErrStopped)
	}
	left, err := swap(f.Disk, fresh, target)
	if err != nil {
		return Result{}, nil, f.discard(fresh, err)
	}
	// The new site is out: from here on nothing is a failure.
	if err := f.Disk.SyncNames(filepath.Dir(target)); err != nil {
		result.Notes = append(result.Notes, failed("新网站已发布，但写入磁盘", "", err).Error())
	}
	if left != "" {
		if err := remove(f.Disk, left, target); err != nil {
			result.Notes = append(result.Notes, "新网站已发布，但"+err.Error()+later)
		}
	}
	for _, file := range files {
		delete(before, file.Path)
	}
	result.Removed = len(before)
	return result, sums, nil
}

// write renders the new site into the folder fresh and sees it safely onto the
// disk.
func (f Folder) write(ctx context.Context, fresh, target string, files []release.File, b *building) (Result, []Sum, error) {
	to := newStaging(f.Disk, fresh, target)
	to.progress = f.Progress
	begin := time.Now()
	sums, err := render(ctx, files, to, f.Workers, b.rendered())
	if err != nil {
		to.close()
		return Result{}, nil, err
	}
	rendering := time.Since(begin)
	if b != nil {
		b.files.scratch.close() // or the disk would be asked to keep it
	}
	if !b.steady() {
		return Result{}, nil, errUnsteady
	}
	if info, err := os.Stat(target); err == nil {
		// Who may read the site stays as somebody set it; where that cannot be
		// carried over, a new folder's usual rights are right.
		_ = os.Chmod(fresh, info.Mode().Perm())
	}
	if err := f.Disk.Sync(fresh, to.written); err != nil {
		return Result{}, nil, failed("写入磁盘", "", err)
	}
	result := Result{Target: target, Files: len(files), Changed: len(files) - to.kept, Reused: to.taken, Rendering: rendering}
	if b != nil {
		result.Anew = b.files.anew
	}
	for _, s := range sums {
		result.Bytes += s.Size
	}
	return result, sums, nil
}

// discard removes what a failed build wrote and gives its error.
func (f Folder) discard(fresh string, cause error) error {
	if err := f.Disk.Remove(fresh); err != nil {
		return errors.Join(cause, failed("删除", fresh, err))
	}
	return cause
}
