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

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/disk"
	"wangjian/internal/release"
)

// Folder is a public folder on disk.
type Folder struct {
	Target   string // what is replaced
	Campaign string // the campaign's folder: it holds the lock and is never replaced
	Workers  int    // files rendered at once; as many as there are processors when 0
	Disk     Disk   // the machine's own when nil
	// Messages are what the build has told; the record that Begin may return later
	// has it.
	Messages Messages
	// Progress, when there is one, is told how many files have been begun.
	Progress func(files int)

	inputs *Inputs // from Begin, with the record of the build before
	last   *Record // nil for none
}

// Result says what a build did.
type Result struct {
	Target  string // where the site stands, symbolic links followed
	Files   int    // all of them, without SHA256SUMS
	Changed int    // of them, those that are new or no longer what they were
	Reused  int    // of them, those that needed no rendering
	Removed int    // files of the old site that the new one does not have
	Bytes   int64
	Sent    *Transfer // to a server; nil for none
	// Anew lists the files that were rendered, where that was noted, and
	// Rendering and Swapping what both took.
	Anew                []Rendered
	Rendering, Swapping time.Duration
	Notes               []string // Chinese: what went wrong once the new site was out
}

// Publish renders the files and puts them in the target's place. When it
// fails, the old site is as it was. It returns [ErrStopped] as soon as ctx is
// done, without waiting for what is being rendered; from the swap on it goes to
// its end. With [campaign.ErrChanged] something is no longer what was checked: the
// campaign has to be loaded and checked again.
func (f Folder) Publish(ctx context.Context, files []release.File) (Result, error) {
	if len(files) == 0 {
		return Result{}, errors.New("没有可以发布的文件")
	}
	for _, file := range files {
		if !file.IsPublic() {
			return Result{}, fmt.Errorf("%s 不是为公众制作的，不能写进公开的文件夹", file.Path)
		}
	}
	f.Disk = f.disk()
	root, err := resolve(f.Campaign)
	if err != nil {
		return Result{}, err
	}
	unlock, err := disk.Lock(root)
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
		return Result{}, cause.Failed("建立文件夹", filepath.Dir(target), err)
	}
	leftovers, err := tidy(f.Disk, target)
	if err != nil {
		return Result{}, err
	}
	begin := time.Now()
	result, err := f.replace(ctx, root, target, files)
	if _, e := os.Lstat(target); err != nil && errors.Is(e, fs.ErrNotExist) && len(leftovers) > 0 {
		err = errors.Join(err, errors.New(strings.Join(leftovers, "；"))) // where the old site is
	}
	for _, note := range leftovers {
		result.Notes = append(result.Notes, note+nextTime)
	}
	result.Swapping = time.Since(begin) - result.Rendering
	return result, err
}

func (f *Folder) disk() Disk {
	if f.Disk == nil {
		return realDisk{}
	}
	return f.Disk
}

// ErrStopped is returned when publishing was told to stop.
var ErrStopped = errors.New("已按要求停止")

// nextTime ends a note on what could not be deleted.
const nextTime = "；下次生成时再删，不影响网站"

// replace writes the new site beside the target and swaps them.
// flat: one step after another, each with what to do where it fails.
func (f Folder) replace(ctx context.Context, root, target string, files []release.File) (Result, error) {
	old, err := inspect(target, root, f.last, files)
	if err != nil {
		return Result{}, err
	}
	b := f.begin(files, root, old)
	if b != nil {
		defer b.scratch.close()
	}
	to := newStaging(f.Disk, unused(target, strconv.Itoa(os.Getpid())), old)
	to.progress = f.Progress
	spare := spareOf(root, target)
	taken := b != nil && to.takeSpare(spare, files)
	if _, err := os.Lstat(filepath.Dir(spare)); err == nil {
		_ = f.Disk.Remove(filepath.Dir(spare)) // of other targets; what stays is not trusted
	}
	if !taken {
		if err := f.Disk.Mkdir(to.dir); err != nil {
			return Result{}, f.discard(to, cause.Failed("建立文件夹", to.dir, err))
		}
	}
	release, err := disk.Claim(to.dir)
	if err != nil {
		return Result{}, busy(to.dir, target) // it is another's: nothing of it is touched
	}
	defer release()
	made, err := f.write(ctx, to, root, files, b)
	if err == nil && ctx.Err() != nil {
		err = ErrStopped
	}
	if err != nil {
		return Result{}, f.discard(to, err)
	}
	left, err := swap(f.Disk, to.dir, target)
	if err != nil {
		return Result{}, f.discard(to, err)
	}
	// The new site is out: from here on nothing is a failure.
	result := made.Result
	if err := f.Disk.SyncNames(filepath.Dir(target)); err != nil {
		result.Notes = append(result.Notes, cause.Failed("新网站已发布，但写入磁盘", "", err).Error())
	}
	if left != "" && (b == nil || left != to.dir || !putSpare(f.Disk, spare, left)) {
		if err := remove(f.Disk, left, target); err != nil {
			result.Notes = append(result.Notes, "新网站已发布，但"+err.Error()+nextTime)
		}
		made.files = nil // losing a name changes a file's mark
	}
	if b != nil {
		result.Anew = b.anew
		b.keep(root, target, made)
	}
	return result, nil
}

// made is a site that was written.
type made struct {
	Result
	sums  []Sum
	files cache.Files // nil where they have to be looked at again
}

// write renders the new site and sees it safely onto the disk.
func (f Folder) write(ctx context.Context, to *staging, root string, files []release.File, b *building) (m made, err error) {
	begin := time.Now()
	if m.sums, err = render(ctx, files, to, f.Workers, b); err != nil {
		to.close()
		if err != ErrStopped && !b.inputsMatch(root) {
			err = campaign.ErrChanged // and so what it says may be nobody's fault
		}
		return made{}, err
	}
	m.Result = Result{Target: to.old.dir, Files: len(files), Changed: len(files) - to.same, Reused: to.taken, Rendering: time.Since(begin)}
	if b != nil {
		b.scratch.close() // or the disk would be asked to keep it
	}
	if !b.inputsMatch(root) {
		return made{}, campaign.ErrChanged
	}
	if info, err := os.Stat(to.old.dir); err == nil {
		// Who may read the site stays as somebody set it; where that cannot be
		// carried over, a new folder's usual rights are right.
		_ = os.Chmod(to.dir, info.Mode().Perm())
	}
	if m.files, err = to.check(m.sums, filepath.Join(root, cache.Dir)); err != nil {
		return made{}, err
	}
	if err := f.Disk.Sync(to.dir, to.written); err != nil {
		return made{}, cause.Failed("写入磁盘", "", err)
	}
	stays := map[string]bool{}
	for _, s := range m.sums {
		stays[s.Path] = true
		if s.Path != SumsFile {
			m.Bytes += s.Size
		}
	}
	for p := range to.old.marks {
		if !stays[p] {
			m.Removed++
		}
	}
	return m, nil
}

// discard removes what a failed build wrote and returns its error.
func (f Folder) discard(to *staging, why error) error {
	if err := f.Disk.Remove(to.dir); err != nil {
		return errors.Join(why, cause.Failed("删除", to.dir, err))
	}
	return why
}
