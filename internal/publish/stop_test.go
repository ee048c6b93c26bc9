package publish

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// TestStoppedPublishReturnsAtOnce: a file whose rendering does not end does not
// keep a stopped build, the old site is whole, and nothing is left beside it,
// not even by renderers that go on.
func TestStoppedPublishReturnsAtOnce(t *testing.T) {
	f := workshop(t)
	f.mustPublish(t, before)
	ctx, stop := context.WithCancel(t.Context())
	goOn, ended := make(chan struct{}), make(chan error, 1)
	files := after.files()
	files[2] = public.File(files[2].Path, func(w io.Writer) error {
		stop()
		<-goOn
		_, err := io.WriteString(w, strings.Repeat("迟到", 1<<20))
		ended <- err
		return err
	})
	if _, err := f.Publish(ctx, files); !errors.Is(err, ErrStopped) {
		t.Fatalf("got %v", err)
	}
	wantSite(t, f.Target, before)
	wantNoSiblings(t, f.Target)
	close(goOn)
	<-ended
	wantSite(t, f.Target, before)
	wantNoSiblings(t, f.Target)
	f.mustPublish(t, after)
	wantSite(t, f.Target, after)
}

// TestStoppedBeforeTheSwapLeavesTheOldSite: everything is rendered, and still the
// old site stays.
func TestStoppedBeforeTheSwapLeavesTheOldSite(t *testing.T) {
	f := workshop(t)
	f.mustPublish(t, before)
	ctx, stop := context.WithCancel(t.Context())
	f.Disk = &stopping{stop: stop}
	if _, err := f.Publish(ctx, after.files()); !errors.Is(err, ErrStopped) {
		t.Fatalf("got %v", err)
	}
	wantSite(t, f.Target, before)
	wantNoSiblings(t, f.Target)
}

// stopping stops the build when the new site is whole on the disk.
type stopping struct {
	realDisk
	stop func()
}

func (s *stopping) Sync(dir string, files []string) error {
	s.stop()
	return s.realDisk.Sync(dir, files)
}

// TestStoppedBundleLeavesWhatWasThere: neither the new file nor a draft of it.
func TestStoppedBundleLeavesWhatWasThere(t *testing.T) {
	root := t.TempDir()
	target := filepath.Join(t.TempDir(), "报送.zip")
	var old bytes.Buffer
	z := zip.NewWriter(&old)
	for _, f := range [][2]string{{"甲.txt", "甲"}, {listText, fmt.Sprintf("%x  甲.txt\n", sha256.Sum256([]byte("甲")))}, {listSheet, ""}} {
		w, err := z.Create(f[0])
		must(t, err)
		_, err = io.WriteString(w, f[1])
		must(t, err)
	}
	must(t, z.Close())
	must(t, os.WriteFile(target, old.Bytes(), 0o600))
	ctx, stop := context.WithCancel(t.Context())
	block := make(chan struct{})
	defer close(block)
	whole := release.Whole(&campaign.Campaign{}, campaign.Date{Year: 2030, Month: 1, Day: 1}, nil)
	parts := []release.Part{{File: whole.File("甲.txt", func(io.Writer) error { stop(); <-block; return nil })}}
	if _, err := (Bundle{Target: target, Campaign: root}).Write(ctx, whole, parts); !errors.Is(err, ErrStopped) {
		t.Fatalf("got %v", err)
	}
	if raw, err := os.ReadFile(target); err != nil || !bytes.Equal(raw, old.Bytes()) {
		t.Errorf("%q %v", raw, err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(target)); len(entries) != 1 {
		t.Errorf("left over: %v", entries)
	}
}

// clinging is a disk on which a folder cannot be deleted while one file in it is
// open elsewhere, as on Windows: all of it goes but that file. It has no
// exchange, and where pinned is set, such a folder cannot be renamed either.
type clinging struct {
	realDisk
	open   string // path of the file in a site
	pinned bool
}

var errInUse = errors.New("正被占用")

func (c *clinging) Exchange(a, b string) error { return errors.ErrUnsupported }

func (c *clinging) contains(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, c.open))
	old := strings.Contains(dir, mark("public")+oldSite) || strings.Contains(dir, mark("public")+leftover)
	return c.open != "" && err == nil && old
}

func (c *clinging) Remove(dir string) error {
	if !c.contains(dir) {
		return c.realDisk.Remove(dir)
	}
	raw, err := os.ReadFile(filepath.Join(dir, c.open))
	if err != nil {
		return err
	}
	return errors.Join(errInUse, c.realDisk.Remove(dir), os.MkdirAll(filepath.Dir(filepath.Join(dir, c.open)), 0o755), os.WriteFile(filepath.Join(dir, c.open), raw, 0o644))
}

func (c *clinging) Rename(from, to string) error {
	if c.pinned && c.contains(from) {
		return errInUse
	}
	return c.realDisk.Rename(from, to)
}

// TestLeftoverNeverBlocks: a file of the old site that another program keeps open
// stops none of the builds that follow; each says where the leftover is, and it
// goes as soon as it can.
func TestLeftoverNeverBlocks(t *testing.T) {
	for _, pinned := range []bool{false, true} {
		f := workshop(t)
		f.mustPublish(t, before)
		disk := &clinging{open: "index.html", pinned: pinned}
		f.Disk = disk
		for n, site := range []tree{after, before, after, before} {
			r, err := f.Publish(t.Context(), site.files())
			must(t, err)
			wantSite(t, f.Target, site)
			if len(r.Notes) == 0 || !strings.Contains(r.Notes[0], ".public.wangjian-") || !strings.Contains(r.Notes[0], "下次生成时再删") {
				t.Errorf("pinned %v, build %d says %v", pinned, n, r.Notes)
			}
		}
		// A kill between the two renames, with half-deleted sites around.
		disk.pinned = false
		moved := unused(f.Target, oldSite)
		must(t, os.Rename(f.Target, moved))
		if _, err := tidy(disk, f.Target); err != nil {
			t.Fatal(err)
		}
		wantSite(t, f.Target, before)
		disk.open = ""
		f.mustPublish(t, after)
		wantSite(t, f.Target, after)
		wantNoSiblings(t, f.Target)
	}
}
