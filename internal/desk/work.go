package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/inbox"
	"wangjian/internal/preview"
	"wangjian/internal/project"
	"wangjian/internal/release"
)

// work is the open campaign.
type work struct {
	desk    *Desk
	dir     string // its folder, absolute
	project *project.Project
	site    *preview.Site
	stop    context.CancelFunc

	mu     sync.Mutex
	now    *cache.Snapshot
	post   cache.Files // what stands in the folders for mail
	state  int         // of the files: another where they may be other ones
	loaded *project.Loaded
	failed error // of the last load
	shown  *campaign.Span
	count  int // of proposals and jobs, which they are named by
	open   map[string]*pending
	undos  []*undone
	jobs   []*job
	kept   map[string]any
	drafts drafts
}

// openWork opens a campaign's folder.
func openWork(d *Desk, dir string) (*work, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, "data", "campaign.yaml")); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s 不是专项行动的文件夹：里面没有 data/campaign.yaml。选里面有 data 和 content 的那个文件夹", dir)
		}
		return nil, cause.Failed("打开", dir, err)
	}
	ctx, stop := context.WithCancel(d.ctx)
	w := &work{desk: d, dir: dir, project: project.Open(dir), stop: stop, open: map[string]*pending{}, kept: map[string]any{}}
	w.site, err = preview.Open(ctx, preview.Options{
		Load: w.load, Overtaken: w.overtaken,
		Root: dir, Watch: append([]string{"data", "content", "layouts"}, mailFolders...), Log: d.Log,
	})
	if err != nil {
		stop()
		return nil, err
	}
	return w, nil
}

func (w *work) close() {
	if w != nil {
		w.stop()
		w.site.Wait()
		if a, ok := w.keptAs("incoming").(*arrivals); ok {
			a.clear()
		}
	}
}

// mailFolders are what screens show beside what is read for the site.
var mailFolders = []string{inbox.Received, inbox.Sent}

func isMail(file string) bool {
	folder, _, _ := strings.Cut(file, "/")
	return slices.Contains(mailFolders, folder)
}

// load reads the campaign for the preview and the screens. The preview calls it, one
// at a time. What the desk has written itself was loaded by then: when the watcher
// tells of it, nothing is done.
func (w *work) load(changed []string) ([]release.File, []campaign.Finding, error) {
	if changed != nil {
		changed = slices.DeleteFunc(slices.Clone(changed), isMail)
	}
	now := w.now.Update(w.dir, changed) // nobody else sets it
	post, err := cache.LookIn(w.dir, filepath.Join(w.dir, cache.Dir), mailFolders...)
	if err == nil && w.now.Match(now) && w.post.Match(post) && w.isGood() && !w.overtaken() {
		return nil, nil, preview.ErrUnchanged
	}
	loaded, err := w.project.Load(project.Options{Today: w.desk.Today, Now: now})
	if err == nil {
		loaded.TryTemplates()
	}
	w.mu.Lock()
	if !w.now.Match(now) {
		w.state++
	}
	w.now, w.post, w.loaded, w.failed, w.shown = now, post, loaded, err, nil
	if err == nil {
		w.shown = new(release.Unchanged(loaded.Campaign, loaded.At))
	}
	w.mu.Unlock()
	if err != nil {
		return nil, nil, err
	}
	if campaign.HasErrors(loaded.Findings) {
		return nil, loaded.Findings, nil
	}
	files, err := w.plan(loaded)
	return files, loaded.Findings, err
}

// plan lists the files of the office's view.
func (w *work) plan(loaded *project.Loaded) ([]release.File, error) {
	return loaded.Plan(loaded.Whole, w.project.Drawer(loaded.Layouts))
}

// last returns the campaign as it was read last.
func (w *work) last() (*project.Loaded, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.loaded, w.failed
}

func (w *work) isGood() bool {
	loaded, err := w.last()
	return loaded != nil && err == nil
}

// lastState returns the campaign as it was read last, and the state of its files.
func (w *work) lastState() (*project.Loaded, int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.loaded, w.state, w.failed
}

// overtaken reports whether the campaign shows something else by now.
func (w *work) overtaken() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.shown != nil && !w.shown.Covers(w.desk.Today(w.loaded.Campaign))
}

// name is the campaign's, or its folder's where that cannot be read.
func (w *work) name() string {
	if loaded, err := w.last(); err == nil && loaded.Campaign.Name != "" {
		return loaded.Campaign.Name
	}
	return filepath.Base(w.dir)
}

// keep keeps a value for a screen as long as the campaign is open; kept returns it,
// nil for none.
func (w *work) keep(key string, value any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.kept[key] = value
}

func (w *work) keptAs(key string) any {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.kept[key]
}

// id returns a name for a proposal or a job; the lock is held.
func (w *work) id() string {
	w.count++
	return fmt.Sprint(w.count)
}
