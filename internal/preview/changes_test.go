package preview

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// named collects what is said to have changed until all of some files are.
func named(t *testing.T, c *changes, files ...string) {
	t.Helper()
	got := map[string]bool{}
	for deadline := time.After(20 * time.Second); ; {
		select {
		case <-c.ready:
		case <-deadline:
			t.Fatalf("named %v, want %v", got, files)
		}
		took := c.take()
		if took == nil {
			return
		}
		for _, file := range took {
			got[file] = true
		}
		if !slices.ContainsFunc(files, func(file string) bool { return !got[file] }) {
			return
		}
	}
}

// TestChangesAreNamed: whatever is done to files and folders, what is told has
// their names, or says that it may be any.
func TestChangesAreNamed(t *testing.T) {
	for name, start := range map[string]func(s *studio, c *changes) (<-chan struct{}, context.CancelFunc){
		"by events": func(s *studio, c *changes) (<-chan struct{}, context.CancelFunc) {
			ctx, stop := context.WithCancel(context.Background())
			done, err := watch(ctx, s.dir, []string{"content", "layouts"}, &bytes.Buffer{}, c)
			if err != nil {
				t.Fatal(err)
			}
			return done, stop
		},
		"by looking": func(s *studio, c *changes) (<-chan struct{}, context.CancelFunc) {
			ctx, stop := context.WithCancel(context.Background())
			var log bytes.Buffer
			w := &watcher{root: s.dir, roots: []string{filepath.Join(s.dir, "content"), filepath.Join(s.dir, "layouts")}, log: &log, changed: c, known: map[string]os.FileInfo{}}
			w.fallBack(errors.New("已到上限"))
			if !strings.Contains(log.String(), "已到上限") || !strings.Contains(log.String(), "每隔一秒") {
				t.Errorf("said %s", log.String())
			}
			return w.start(ctx), stop
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStudio(t)
			s.write(t, "content/old/x.txt", "x")
			c := newChanges()
			done, stop := start(s, c)
			defer func() { stop(); <-done }()
			path := func(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			s.write(t, "content/home.txt", "第二版")
			named(t, c, "content/home.txt")
			must(os.WriteFile(path("content/.home.txt.swp"), []byte("第三版，换了长短"), 0o644))
			must(os.Rename(path("content/.home.txt.swp"), path("content/home.txt")))
			named(t, c, "content/home.txt")
			s.write(t, "content/new/deep/y.txt", "y")
			named(t, c, "content/new")
			s.write(t, "content/new/deep/y.txt", "yy")
			named(t, c, "content/new/deep/y.txt")
			must(os.Rename(path("content/old"), path("content/other")))
			named(t, c, "content/old", "content/other")
			must(os.Remove(path("content/home.txt")))
			named(t, c, "content/home.txt")
			s.write(t, "layouts/words.yaml", "首页: 首 页")
			named(t, c, "layouts")
			var many []string
			for n := range 300 {
				file := "content/many" + strings.Repeat("0", n%7) + string(rune('a'+n%26)) + ".txt"
				s.write(t, file, strings.Repeat("字", n+1))
				many = append(many, file)
			}
			named(t, c, many...)
		})
	}
}

// TestAFailedLoadIsMadeUpFor: what had changed when loading failed is not
// forgotten.
func TestAFailedLoadIsMadeUpFor(t *testing.T) {
	var asked [][]string
	fails := false
	s := newServer(func(changed []string) ([]release.File, []campaign.Finding, error) {
		asked = append(asked, changed)
		if fails {
			return nil, nil, errors.New("坏了")
		}
		return []release.File{}, nil, nil
	}, &bytes.Buffer{})
	s.reload([]string{"a"})
	fails = true
	s.reload([]string{"b"})
	fails = false
	s.reload([]string{"c"})
	s.reload([]string{"d"})
	if len(asked) != 4 || asked[2] != nil || asked[3] == nil {
		t.Errorf("asked for %q", asked)
	}
}
