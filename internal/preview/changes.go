package preview

import (
	"maps"
	"slices"
	"sync"
)

// changes are the files that have changed and were not loaded since.
type changes struct {
	ready chan struct{} // one waits here when it is time to take them

	mu    sync.Mutex
	files map[string]bool
	any   bool // nobody knows which
}

func newChanges() *changes {
	return &changes{ready: make(chan struct{}, 1), files: map[string]bool{}}
}

// add notes a file by its path below the root.
func (c *changes) add(file string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files[file] = true
}

// addAny notes that any file may have changed.
func (c *changes) addAny() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.any = true
}

// tell says that it is time to take them.
func (c *changes) tell() {
	select {
	case c.ready <- struct{}{}:
	default: // it is said already
	}
}

// take returns the files and forgets them; nil for any.
func (c *changes) take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	files := append([]string{}, slices.Sorted(maps.Keys(c.files))...)
	if c.any {
		files = nil
	}
	clear(c.files)
	c.any = false
	return files
}
