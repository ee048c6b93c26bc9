package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"wangjian/internal/cause"

	"github.com/fsnotify/fsnotify"
)

const (
	// settle is how long it must be quiet before a change counts: an editor
	// saves in several steps, and half of them is not a file. It is the largest
	// part of what a clerk waits for (the sample is read again in 45 ms); a slower
	// editor is read twice.
	settle = 30 * time.Millisecond
	// longest is when a change counts though it never gets quiet.
	longest = time.Second
	// patrol is how often it is looked whether the folders are still the same
	// ones; where a parent folder goes, no event tells.
	patrol = time.Second
)

// watch notes in changed what changes in the folders below root, and tells when it
// is time to take it. It ends with the context; then done is closed.
func watch(ctx context.Context, root string, folders []string, log io.Writer, changed *changes) (done <-chan struct{}, err error) {
	root, err = filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("找不到 %s：%w", root, err)
	}
	w := &watcher{root: root, log: log, changed: changed, known: map[string]os.FileInfo{}}
	for _, f := range folders {
		w.roots = append(w.roots, filepath.Join(root, f))
	}
	switch notify, err := fsnotify.NewWatcher(); {
	case err != nil:
		w.fallBack(watchError(err))
	case isNetwork(root):
		w.fallBack(errors.New("文件夹在网络盘上"))
		fallthrough
	default:
		w.notify = notify
	}
	return w.start(ctx), nil
}

// start watches until the context ends; then done is closed.
func (w *watcher) start(ctx context.Context) (done <-chan struct{}) {
	w.look()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.run(ctx)
	}()
	return ended
}

// watcher watches folders with all folders in them, and the folders around
// them, in which they can come and go.
type watcher struct {
	notify  *fsnotify.Watcher // nil where the system has none left
	log     io.Writer
	changed *changes
	root    string
	roots   []string
	known   map[string]os.FileInfo // what each watched root and parent was when it was added
	polled  *poll                  // where the system does not tell of all changes
}

func (w *watcher) run(ctx context.Context) {
	var events <-chan fsnotify.Event
	var faults <-chan error
	if w.notify != nil {
		defer w.notify.Close()
		events, faults = w.notify.Events, w.notify.Errors
	}
	patrols := time.NewTicker(patrol)
	defer patrols.Stop()
	quiet := time.NewTimer(settle)
	quiet.Stop()
	var since time.Time // of the first change that has not been told; zero for none
	stir := func() {
		if since.IsZero() {
			since = time.Now()
		}
		quiet.Reset(min(settle, max(0, longest-time.Since(since))))
	}
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-events:
			if w.take(e) {
				stir()
			}
		case err := <-faults:
			// Events were lost: whatever they were, everything is looked at again.
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				clear(w.known)
			}
			w.look()
			w.changed.addAny()
			stir()
		case <-patrols.C:
			if w.look() {
				w.changed.addAny()
				stir()
			}
			for _, name := range w.polled.look(w.roots) {
				w.note(name)
				stir()
			}
		case <-quiet.C:
			since = time.Time{}
			w.changed.tell()
		}
	}
}

// take notes an event of a file; false where nothing in it changed.
func (w *watcher) take(e fsnotify.Event) bool {
	if e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename) {
		// A new folder of this name may even be given the old one's number.
		delete(w.known, e.Name)
	}
	if !w.matters(e.Name) {
		return false
	}
	w.note(e.Name)
	if e.Op == fsnotify.Chmod { // which programs do that only look
		return false
	}
	w.add(e.Name)
	return true
}

// note notes a file that has changed.
func (w *watcher) note(name string) {
	rel, err := filepath.Rel(w.root, name)
	if err != nil {
		w.changed.addAny()
		return
	}
	w.changed.add(filepath.ToSlash(rel))
}

// fallBack has the folders looked through every second, and says why.
func (w *watcher) fallBack(why error) {
	if w.polled == nil {
		w.polled = newPoll(w.roots)
		fmt.Fprintf(w.log, "注意：系统不能告知全部改动（%s），改为每隔一秒查看一遍文件，改动后约两秒刷新\n", cause.In(why))
	}
}

// matters reports whether a file is one of the content.
func (w *watcher) matters(name string) bool {
	if isScratch(filepath.Base(name)) {
		return false
	}
	for _, root := range w.roots {
		if name == root || strings.HasPrefix(name, root+string(filepath.Separator)) {
			return true
		}
	}
	return false
}

// isScratch tells the files that editors and office programs make beside the
// one being edited.
func isScratch(name string) bool {
	switch {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "~$"), strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"):
		return true
	case strings.HasSuffix(name, "~"), strings.HasSuffix(name, ".tmp"), strings.HasSuffix(name, ".swp"), name == "4913": // vim's trial of a folder
		return true
	}
	return false
}

// look adds the roots, and the folders that they are in, which have come or
// have been replaced since; it reports whether there were any, or one has gone.
func (w *watcher) look() (changed bool) {
	for _, root := range w.roots {
		for _, dir := range []string{filepath.Dir(root), root} {
			is, err := os.Stat(dir)
			was := w.known[dir]
			switch {
			case err != nil && was != nil:
				delete(w.known, dir)
				changed = true
			case err == nil && (was == nil || !os.SameFile(was, is)):
				w.known[dir] = is
				changed = true
				if dir == root {
					w.add(root)
				} else {
					w.addOne(dir)
				}
			}
		}
	}
	return changed
}

// add watches a folder and all folders in it; anything else is passed over. It
// is watched before it is read, so that no folder slips in between.
func (w *watcher) add(dir string) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() || !w.addOne(dir) {
		return
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // it has gone; its parent tells
	}
	for _, e := range entries {
		if e.IsDir() && !isScratch(e.Name()) {
			w.add(filepath.Join(dir, e.Name()))
		}
	}
}

func (w *watcher) addOne(dir string) bool {
	if w.notify == nil {
		return false
	}
	err := w.notify.Add(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.fallBack(watchError(err))
	}
	return err == nil
}

func watchError(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return errors.New("系统允许监视的文件夹数已到上限，请调大 fs.inotify.max_user_watches")
	case errors.Is(err, syscall.EMFILE):
		return errors.New("系统允许的监视数已到上限，请关掉别的编辑器或预览，或调大 fs.inotify.max_user_instances")
	}
	return err
}
