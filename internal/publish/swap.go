package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// mark stands in the name of every folder that publishing makes beside a
// target: .public.wangjian-123 is being written by process 123, and
// .public.wangjian-old is the old site while a system that cannot exchange two
// folders moves the new one in.
func mark(target string) string {
	return filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+".wangjian-")
}

func oldName(target string) string { return mark(target) + "old" }

// swap puts the new site in the target's place. Where the system can, that is
// one step, after which the folder fresh holds the old site; else two, and a
// process killed between them leaves the old site to tidy. It gives the folder
// that is left to remove, "" for none.
func swap(disk Disk, fresh, target string) (left string, err error) {
	const doing = "换上新网站"
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		if err := disk.Rename(fresh, target); err != nil {
			return "", failed(doing, "", err)
		}
		return "", nil
	}
	switch err := disk.Exchange(fresh, target); {
	case err == nil:
		return fresh, nil
	case !errors.Is(err, errors.ErrUnsupported):
		return "", failed(doing, "", err)
	}
	old := oldName(target)
	if err := disk.Rename(target, old); err != nil {
		return "", failed(doing, "", err)
	}
	if err := disk.Rename(fresh, target); err != nil {
		if disk.Rename(old, target) != nil {
			return "", failed(doing+"（旧网站暂时在 "+old+"，下次生成时会放回原处）", "", err)
		}
		return "", failed(doing, "", err)
	}
	return old, nil
}

// busy says that another process publishes to the same place.
func busy(fresh, target string) error {
	return fmt.Errorf("另一个 wangjian（进程 %s）正在往 %s 发布，请等它完成", strings.TrimPrefix(fresh, mark(target)), target)
}

// tidy puts right what a killed build left beside the target. What a live build
// of another campaign writes there is left alone, and this one turned away.
func tidy(disk Disk, target string) error {
	old := oldName(target)
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(old); err == nil {
			if err := disk.Rename(old, target); err != nil {
				return failed("恢复上一次的网站", old, err)
			}
		}
	}
	entries, err := os.ReadDir(filepath.Dir(target))
	if err != nil {
		return failed("查看", filepath.Dir(target), err)
	}
	for _, e := range entries {
		name := filepath.Join(filepath.Dir(target), e.Name())
		if !e.IsDir() || !strings.HasPrefix(name, mark(target)) {
			continue
		}
		release, err := claim(name)
		if err != nil {
			return busy(name, target)
		}
		err = disk.Remove(name)
		release()
		if err != nil {
			return failed("删除上次没有完成的", name, err)
		}
	}
	return nil
}
