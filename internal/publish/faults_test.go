package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// linkless is a disk without hard links.
type linkless struct{ realDisk }

func (linkless) Link(file, name string) error { return errors.ErrUnsupported }

// breaking is a disk on which something happens instead of, or after half of,
// the step with a given number; steps count from 1.
type breaking struct {
	realDisk
	noExchange bool
	at         int
	happens    func() error

	mu    sync.Mutex
	steps int
}

func (b *breaking) step() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.steps++
	if b.steps == b.at {
		return b.happens()
	}
	return nil
}

func (b *breaking) Mkdir(dir string) error {
	return errors.Join(b.step(), b.realDisk.Mkdir(dir))
}

func (b *breaking) Create(file string) (io.WriteCloser, error) {
	if err := b.step(); err != nil {
		return nil, err
	}
	w, err := b.realDisk.Create(file)
	return &breakingFile{b, w}, err
}

func (b *breaking) Link(file, name string) error {
	if err := b.step(); err != nil {
		return err
	}
	return b.realDisk.Link(file, name)
}

func (b *breaking) Exchange(x, y string) error {
	if b.noExchange {
		return errors.ErrUnsupported
	}
	if err := b.step(); err != nil {
		return err
	}
	return b.realDisk.Exchange(x, y)
}

func (b *breaking) Rename(from, to string) error {
	if err := b.step(); err != nil {
		return err
	}
	return b.realDisk.Rename(from, to)
}

// Remove breaks once one of the things in the folder is gone.
func (b *breaking) Remove(dir string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 1 {
		os.RemoveAll(filepath.Join(dir, entries[0].Name()))
	}
	if err := b.step(); err != nil {
		return err
	}
	return b.realDisk.Remove(dir)
}

func (b *breaking) Sync(dir string, files []string) error { return b.step() }
func (b *breaking) SyncNames(dir string) error            { return b.step() }

type breakingFile struct {
	b *breaking
	io.WriteCloser
}

// Write breaks in the middle of what it writes.
func (f *breakingFile) Write(p []byte) (int, error) {
	half, err := f.WriteCloser.Write(p[:len(p)/2])
	if err = errors.Join(err, f.b.step()); err != nil {
		return half, err
	}
	rest, err := f.WriteCloser.Write(p[len(p)/2:])
	return half + rest, err
}

func (f *breakingFile) Close() error { return errors.Join(f.WriteCloser.Close(), f.b.step()) }

// manner is a way to bring a site out.
type manner string

const (
	plain      manner = "exchange"
	noExchange manner = "no exchange"
	withSpare  manner = "spare" // of the site before the last, as builds of a campaign do
)

// prepared returns a folder in which the site before stands.
func (m manner) prepared(t *testing.T) Folder {
	t.Helper()
	f := workshop(t)
	if m != withSpare {
		f.mustPublish(t, before)
		return f
	}
	for _, site := range []tree{after, before} {
		m.begin(&f)
		f.mustPublish(t, site)
	}
	if _, err := os.Stat(spareOf(f.Campaign, f.Target)); err != nil {
		t.Fatal(err)
	}
	m.begin(&f)
	return f
}

// begin lets a folder have its record, and so the spare; its program is another
// each time, so that all is rendered.
func (m manner) begin(f *Folder) {
	if m != withSpare {
		return
	}
	program := filepath.Join(f.Campaign, "program")
	if err := os.WriteFile(program, fmt.Append(nil, rand.Uint64()), 0o644); err != nil {
		panic(err)
	}
	f.Begin(Options{Campaign: f.Campaign, Program: program, At: minute(1, 10, 0)})
}

func (m manner) disk(at int, happens func() error) *breaking {
	return &breaking{noExchange: m == noExchange, at: at, happens: happens}
}

// steps counts those of a build that replaces before by after.
func (m manner) steps(t *testing.T) int {
	t.Helper()
	f := m.prepared(t)
	disk := m.disk(0, nil)
	f.Disk, f.Workers = disk, 1
	f.mustPublish(t, after)
	return disk.steps
}

// causes are the ways in which a disk refuses; they come in turn.
var causes = []struct {
	err   error
	words string
}{
	{syscall.ENOSPC, "磁盘满了"}, {syscall.EACCES, "没有权限"}, {syscall.EROFS, "磁盘是只读的"}, {syscall.EDQUOT, "超过了磁盘配额"},
	{syscall.EXDEV, "两处不在同一个磁盘上"}, {syscall.EIO, "磁盘读写出错"},
}

func TestTwoRenamesThatFailTellWhereTheOldSiteIs(t *testing.T) {
	f := workshop(t)
	f.mustPublish(t, before)
	disk := &stuck{breaking: breaking{noExchange: true}}
	f.Disk = disk
	_, err := f.Publish(t.Context(), after.files())
	if err == nil || !strings.Contains(err.Error(), mark(f.Target)+oldSite) || !strings.Contains(err.Error(), "没有权限") {
		t.Errorf("got %v", err)
	}
	wantSite(t, mark(f.Target)+oldSite, before)
	f.Disk = nil
	f.mustPublish(t, after)
	wantSite(t, f.Target, after)
	wantNoSiblings(t, f.Target)
}

// TestAnOldSiteThatCannotReturnDoesNotBlock: a process killed between two renames
// left the site beside its place, and something keeps it there. The next build
// goes out all the same; while none has, nothing of the old site is deleted.
func TestAnOldSiteThatCannotReturnDoesNotBlock(t *testing.T) {
	f := workshop(t)
	f.mustPublish(t, before)
	old := mark(f.Target) + oldSite
	if err := os.Rename(f.Target, old); err != nil {
		t.Fatal(err)
	}
	f.Disk = &heldOld{}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := f.Publish(ctx, after.files()); !errors.Is(err, ErrStopped) || !strings.Contains(err.Error(), old) {
		t.Errorf("got %v", err)
	}
	wantSite(t, old, before)
	if r, err := f.Publish(t.Context(), after.files()); err != nil || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], old) {
		t.Errorf("notes %q, %v", r.Notes, err)
	}
	wantSite(t, f.Target, after)
	f.Disk = nil
	f.mustPublish(t, after)
	wantSite(t, f.Target, after)
	wantNoSiblings(t, f.Target)
}

// TestNextStartPutsTheSiteBack: whatever stops the next build, it begins with
// the site in its place.
func TestNextStartPutsTheSiteBack(t *testing.T) {
	f := workshop(t)
	f.mustPublish(t, before)
	if err := os.Rename(f.Target, mark(f.Target)+oldSite); err != nil {
		t.Fatal(err)
	}
	f.Begin(Options{Campaign: f.Campaign, Program: os.Args[0], At: minute(1, 10, 0)})
	wantSite(t, f.Target, before)
	wantNoSiblings(t, f.Target)
}

// heldOld is a disk on which an old site cannot be renamed.
type heldOld struct{ realDisk }

func (d heldOld) Rename(from, to string) error {
	if strings.HasSuffix(from, oldSite) {
		return os.ErrPermission
	}
	return d.realDisk.Rename(from, to)
}

// stuck moves a folder away and then nothing any more.
type stuck struct {
	breaking
	moved bool
}

func (s *stuck) Rename(from, to string) error {
	if s.moved {
		return os.ErrPermission
	}
	s.moved = true
	return s.realDisk.Rename(from, to)
}

func TestAWriterThatFailsLeavesTheOldSite(t *testing.T) {
	for _, workers := range []int{1, 4} {
		f := workshop(t)
		f.Workers = workers
		f.mustPublish(t, before)
		files := after.files()
		for _, n := range []int{2, 5} {
			files[n] = public.File(files[n].Path, func(w io.Writer) error {
				io.WriteString(w, "一半")
				return fmt.Errorf("第 %d 个坏了", n)
			})
		}
		_, err := f.Publish(t.Context(), files)
		if want := "生成 " + files[2].Path + "：第 2 个坏了"; err == nil || err.Error() != want {
			t.Errorf("%d workers: got %v, want %s", workers, err, want)
		}
		wantSite(t, f.Target, before)
		wantNoSiblings(t, f.Target)
	}
}

// The process that the kill tests start is this test binary again; it publishes
// after over before and kills itself at a step.
const killAt, killMode = "WANGJIAN_TEST_KILL_AT", "WANGJIAN_TEST_KILL_MANNER"

func TestMain(m *testing.M) {
	at, err := strconv.Atoi(os.Getenv(killAt))
	if err != nil {
		os.Exit(m.Run())
	}
	root, _ := os.Getwd()
	way := manner(os.Getenv(killMode))
	disk := way.disk(at, func() error {
		self, _ := os.FindProcess(os.Getpid())
		self.Kill()
		select {}
	})
	f := Folder{Campaign: root, Target: filepath.Join(root, "public"), Disk: disk, Workers: 1}
	way.begin(&f)
	if _, err := f.Publish(context.Background(), after.files()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	os.Exit(0)
}
