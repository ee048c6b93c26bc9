package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wangjian/internal/cause"
	"wangjian/internal/disk"
)

// mark is the beginning of the name of every folder that publishing makes beside
// a target: .public.wangjian-123 is being written by process 123,
// .public.wangjian-old is the old site while a system that cannot exchange two
// folders moves the new one in, and .public.wangjian-left is what could not be
// deleted yet.
func mark(target string) string {
	return filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+".wangjian-")
}

const (
	oldSite  = "old"
	leftover = "left"
)

// unused returns a path beside the target that nothing has: mark and purpose,
// with a number behind them where a leftover has that name.
func unused(target, purpose string) string {
	name := mark(target) + purpose
	for n := 2; ; n++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name
		}
		name = fmt.Sprintf("%s%s-%d", mark(target), purpose, n)
	}
}

// swap puts the new site in the target's place. Where the system can, that is
// one step, after which the folder fresh is the old site; else two, and a
// process killed between them leaves the old site to tidy. It returns the folder
// that is left to remove, "" for none.
func swap(disk Disk, fresh, target string) (left string, err error) {
	const doing = "换上新网站"
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		if err := disk.Rename(fresh, target); err != nil {
			return "", cause.Failed(doing, "", err)
		}
		return "", nil
	}
	switch err := disk.Exchange(fresh, target); {
	case err == nil:
		return fresh, nil
	case !errors.Is(err, errors.ErrUnsupported):
		return "", cause.Failed(doing, "", err)
	}
	old := unused(target, oldSite)
	if err := disk.Rename(target, old); err != nil {
		return "", cause.Failed(doing, "", err)
	}
	if err := disk.Rename(fresh, target); err != nil {
		if disk.Rename(old, target) != nil {
			return "", cause.Failed(doing+"（旧网站暂时在 "+old+"，下次生成时会放回原处）", "", err)
		}
		return "", cause.Failed(doing, "", err)
	}
	return old, nil
}

// busy says that another process publishes to the same place.
func busy(fresh, target string) error {
	return fmt.Errorf("另一个 wangjian（进程 %s）正在往 %s 发布，请等它完成", strings.TrimPrefix(fresh, mark(target)), target)
}

// tidy puts right what a killed build left beside the target: an old site that
// was moved away returns to its place, everything else is deleted. What cannot
// be deleted, because a program has a file of it open, is renamed out of the way
// and returned in notes; the next build tries again. What a live build of another
// campaign writes there is left alone, and this one turned away.
func tidy(d Disk, target string) (notes []string, err error) {
	names, err := siblings(target)
	if err != nil {
		return nil, cause.Failed("查看", filepath.Dir(target), err)
	}
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		if old := slices.IndexFunc(names, func(name string) bool { return isOldSite(name, target) }); old >= 0 {
			// Where that fails it stays as it is: until the new site is out it is
			// the only one.
			if err := d.Rename(names[old], target); err != nil {
				notes = append(notes, cause.Failed("恢复上一次的网站", names[old], err).Error())
			}
			names = slices.Delete(names, old, old+1)
		}
	}
	for _, name := range names {
		release, err := disk.Claim(name)
		if err != nil {
			return nil, busy(name, target)
		}
		note := remove(d, name, target)
		release()
		if note != nil {
			notes = append(notes, note.Error())
		}
	}
	return notes, nil
}

// beside lists the folders beside the target that publishing made, sorted.
func siblings(target string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Dir(target))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if name := filepath.Join(filepath.Dir(target), e.Name()); e.IsDir() && strings.HasPrefix(name, mark(target)) {
			names = append(names, name)
		}
	}
	return names, nil
}

// isOldSite reports whether a folder is a site that was moved away to make room
// and is still whole: one that was half deleted is not.
func isOldSite(name, target string) bool {
	if !strings.HasPrefix(name, mark(target)+oldSite) {
		return false
	}
	raw, err := os.ReadFile(filepath.Join(name, SumsFile))
	if err != nil {
		return false
	}
	sums, _ := parseSums(raw)
	for p := range sums {
		if _, err := os.Lstat(filepath.Join(name, filepath.FromSlash(p))); err != nil {
			return false
		}
	}
	return len(sums) > 0
}

// remove deletes a folder beside the target. Where that fails, the folder gets
// another name if it can, and the error says where it is.
func remove(disk Disk, name, target string) error {
	err := disk.Remove(name)
	if err == nil {
		return nil
	}
	if !strings.HasPrefix(name, mark(target)+leftover) {
		if other := unused(target, leftover); disk.Rename(name, other) == nil {
			name = other
		}
	}
	return cause.Failed("删除旧文件夹", name, err)
}
