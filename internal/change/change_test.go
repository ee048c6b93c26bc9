package change

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/disk"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
}

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	must(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(raw)
		return err
	}))
	return files
}

// TestApplyAndUndo: sequences of writes and removals, at random, applied and taken
// back one after another, leave every step's files as they were; the file system of
// a set reads as the folder does once it is applied.
func TestApplyAndUndo(t *testing.T) {
	names := []string{"data/a.yaml", "data/b/c.yaml", "content/cases/x/index.md", "content/cases/x/photo.jpg", "收件/2022-11-25/表（1）.xlsx"}
	random := rand.New(rand.NewPCG(1, 2))
	for run := range 60 {
		dir := t.TempDir()
		for _, name := range names[:random.IntN(len(names))] {
			put(t, dir, name, "old "+name)
		}
		states, undos := []map[string]string{tree(t, dir)}, []*Set{}
		for step := range 4 {
			s := Of(os.DirFS(dir))
			for range 1 + random.IntN(4) {
				name := names[random.IntN(len(names))]
				if random.IntN(3) == 0 {
					must(t, s.Remove(name))
				} else if _, there := os.Stat(filepath.Join(dir, name)); there != nil && s.find(name) == nil && random.IntN(2) == 0 {
					text := fmt.Sprintf("%d.%d large %s", run, step, name)
					must(t, s.Copy(name, &Content{
						Size: int64(len(text)), Sum: sha256.Sum256([]byte(text)),
						Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil },
					}))
				} else {
					must(t, s.Write(name, fmt.Appendf(nil, "%d.%d %s", run, step, name)))
				}
			}
			will := map[string]string{}
			must(t, fs.WalkDir(s.FS(), ".", func(name string, e fs.DirEntry, err error) error {
				if err != nil || e.IsDir() {
					return err
				}
				raw, err := fs.ReadFile(s.FS(), name)
				will[name] = string(raw)
				return err
			}))
			undo, err := s.Apply(dir)
			must(t, err)
			if is := tree(t, dir); fmt.Sprint(is) != fmt.Sprint(will) {
				t.Fatalf("is %v, the set showed %v", is, will)
			}
			states, undos = append(states, tree(t, dir)), append(undos, undo)
		}
		for n := len(undos) - 1; n >= 0; n-- {
			_, err := undos[n].Apply(dir)
			must(t, err)
			if is := tree(t, dir); fmt.Sprint(is) != fmt.Sprint(states[n]) {
				t.Fatalf("undone to %v, was %v", is, states[n])
			}
		}
	}
}

func TestOverlayIsAFileSystem(t *testing.T) {
	s := Of(fstest.MapFS{"data/a.yaml": {Data: []byte("a")}, "data/b.yaml": {Data: []byte("b")}})
	must(t, s.Write("data/c/d.yaml", []byte("d")))
	must(t, s.Write("data/a.yaml", []byte("aa")))
	must(t, s.Remove("data/b.yaml"))
	if err := fstest.TestFS(s.FS(), "data/a.yaml", "data/c/d.yaml"); err != nil {
		t.Error(err)
	}
}

// TestConflict: whatever another program did to one of the files meanwhile, nothing
// is written, and both are told.
func TestConflict(t *testing.T) {
	for name, other := range map[string]func(dir string){
		"changed": func(dir string) { put(t, dir, "data/a.yaml", "theirs") },
		"deleted": func(dir string) { must(t, os.Remove(filepath.Join(dir, "data/a.yaml"))) },
		"created": func(dir string) { put(t, dir, "data/new.yaml", "theirs") },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir, "data/a.yaml", "old")
			put(t, dir, "data/b.yaml", "old")
			s := Of(os.DirFS(dir))
			must(t, s.Write("data/b.yaml", []byte("mine")))
			must(t, s.Write("data/a.yaml", []byte("mine")))
			must(t, s.Write("data/new.yaml", []byte("mine")))
			other(dir)
			before := tree(t, dir)
			_, err := s.Apply(dir)
			var c *Conflict
			if !errors.As(err, &c) || !errors.Is(err, disk.ErrChanged) || string(c.New) != "mine" || c.IsNow && string(c.Now) != "theirs" {
				t.Errorf("got %v", err)
			}
			if is := tree(t, dir); fmt.Sprint(is) != fmt.Sprint(before) {
				t.Errorf("written: %v", is)
			}
		})
	}
}

// TestFailureTakesBack: where one of the files cannot be written, the others are as
// they were.
func TestFailureTakesBack(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "data/a.yaml", "old")
	put(t, dir, "data/file", "a file where a folder is needed")
	s := Of(os.DirFS(dir))
	must(t, s.Write("data/a.yaml", []byte("new")))
	must(t, s.Write("content/made.md", []byte("new")))
	s.list = append(s.list, &File{Name: "data/file/x.yaml", New: []byte("new"), Stays: true})
	before := tree(t, dir)
	if _, err := s.Apply(dir); err == nil {
		t.Fatal("applied")
	}
	if is := tree(t, dir); fmt.Sprint(is) != fmt.Sprint(before) {
		t.Errorf("left: %v", is)
	}
}

// TestNothingLeadsOut: neither a name nor a link leads a change out of the campaign.
func TestNothingLeadsOut(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	must(t, os.Symlink(outside, filepath.Join(dir, "content")))
	for _, name := range []string{"../x", "/x", "a/../../x", "", ".", ".wangjian/lock", "data/CON", "data/a:b", `data\x`} {
		if err := Of(os.DirFS(dir)).Write(name, nil); err == nil {
			t.Errorf("%q was taken", name)
		}
	}
	s := Of(os.DirFS(dir))
	s.list = append(s.list, &File{Name: "content/x.md", New: []byte("new"), Stays: true})
	if _, err := s.Apply(dir); err == nil {
		t.Error("a link was followed")
	}
	if is := tree(t, outside); len(is) > 0 {
		t.Errorf("outside: %v", is)
	}
}

func TestLines(t *testing.T) {
	f := &File{Old: []byte("一\n二\n三\n四\n五\n六\n"), New: []byte("\ufeff一\r\n二\r\n三\r\n四\r\n5\r\n六\r\n"), There: true, Stays: true}
	var got []string
	for _, l := range f.Lines() {
		got = append(got, fmt.Sprintf("%s%d%s", l.Sign, l.Number, l.Text))
	}
	if want := "…0, 2二, 3三, 4四,-5五,+55, 6六"; strings.Join(got, ",") != want {
		t.Errorf("got %q", got)
	}
	if (&File{New: []byte{0xff, 0xd8, 0}}).Lines() != nil {
		t.Error("a picture has lines")
	}
}
