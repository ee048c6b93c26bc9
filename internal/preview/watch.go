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

// watch sends to changed, without waiting, when anything in the folders has
// changed. It ends with the context; then done is closed.
func watch(ctx context.Context, folders []string, log io.Writer, changed chan<- struct{}) (done <-chan struct{}, err error) {
	ended := make(chan struct{})
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		close(ended)
		return ended, watchError(err)
	}
	w := &watcher{notify: notify, log: log, known: map[string]os.FileInfo{}}
	for _, f := range folders {
		abs, err := filepath.Abs(f)
		if err != nil {
			notify.Close()
			close(ended)
			return ended, fmt.Errorf("找不到 %s：%w", f, err)
		}
		w.roots = append(w.roots, abs)
	}
	w.look()
	go func() {
		defer close(ended)
		defer notify.Close()
		w.run(ctx, changed)
	}()
	return ended, nil
}

// watcher watches folders with all folders in them, and the folders around
// them, in which they can come and go.
type watcher struct {
	notify *fsnotify.Watcher
	log    io.Writer
	roots  []string
	known  map[string]os.FileInfo // what each watched root and parent was when it was added
	warned bool
}

func (w *watcher) run(ctx context.Context, changed chan<- struct{}) {
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
		case e := <-w.notify.Events:
			if e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename) {
				// A new folder of this name may even be given the old one's number.
				delete(w.known, e.Name)
			}
			if w.matters(e) {
				w.add(e.Name)
				stir()
			}
		case err := <-w.notify.Errors:
			// Events were lost: whatever they were, everything is read again.
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				clear(w.known)
			}
			w.look()
			stir()
		case <-patrols.C:
			if w.look() {
				stir()
			}
		case <-quiet.C:
			since = time.Time{}
			select {
			case changed <- struct{}{}:
			default: // one is waiting already
			}
		}
	}
}

// matters tells whether an event is about the content.
func (w *watcher) matters(e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod || isScratch(filepath.Base(e.Name)) {
		return false
	}
	for _, root := range w.roots {
		if e.Name == root || strings.HasPrefix(e.Name, root+string(filepath.Separator)) {
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
// have been replaced since; it tells whether there were any, or one has gone.
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
	err := w.notify.Add(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !w.warned {
		w.warned = true
		fmt.Fprintf(w.log, "注意：有的文件夹不能监视（%v），改动后请重新运行\n", watchError(err))
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
