package disk

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"wangjian/internal/cache"
	"wangjian/internal/cause"
)

// Lock lets one process at a time publish a campaign or sign in it: it holds
// .wangjian/lock in the campaign's folder until release is called. The system
// lets go of it when the process ends in any way, so that a killed build locks
// nobody out.
func Lock(root string) (release func(), err error) {
	return lock(root, "lock", "生成这个专项行动的网站，或在签字")
}

// LockAct lets one process at a time publish and record what it has published.
// Within it the site is built under [Lock].
func LockAct(root string) (release func(), err error) {
	return lock(root, "publishing", "发布这个专项行动")
}

func lock(root, file, doing string) (release func(), err error) {
	dir := filepath.Join(root, cache.Dir)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, cause.Failed("建立", dir, err)
	}
	name := filepath.Join(dir, file)
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
		os.RemoveAll(name) // a link or a pipe that somebody put there
	}
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, cause.Failed("打开", name, err)
	}
	switch err := LockFile(f); {
	case errors.Is(err, ErrHeld):
		holder, _ := io.ReadAll(io.LimitReader(f, 20))
		f.Close()
		who := ""
		if pid := strings.TrimSpace(string(holder)); pid != "" {
			who = "（进程 " + pid + "）"
		}
		return nil, fmt.Errorf("另一个 wangjian%s正在%s，请等它完成", who, doing)
	case errors.Is(err, errors.ErrUnsupported):
		// A network disk without locks: builds there are not kept apart.
	case err != nil:
		f.Close()
		return nil, cause.Failed("锁定", name, err)
	}
	// The number only helps whom we keep waiting; without it all works too.
	if f.Truncate(0) == nil {
		fmt.Fprintln(f, os.Getpid())
	}
	return func() { f.Close() }, nil
}

// ErrHeld: another process holds the lock.
var ErrHeld = errors.New("locked by another process")
