//go:build unix

package cache

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestFolderStaysSmall(t *testing.T) {
	root := t.TempDir()
	f := NewFolder(root, "a", 9)
	for i := range 10 {
		key := fmt.Sprintf("k%d", i)
		f.Put(key, []byte("x"))
		at := time.Unix(int64(1000+i), 0)
		if err := os.Chtimes(filepath.Join(root, Dir, "a", key), at, at); err != nil {
			t.Fatal(err)
		}
	}
	next := NewFolder(root, "a", 9)
	next.Put("k9", []byte("y"))
	if _, ok := next.Get("k4"); ok {
		t.Error("an old file is still there")
	}
	if _, ok := next.Get("k5"); !ok {
		t.Error("a new file is gone")
	}
}

// TestEntriesAreBound: an entry counts only under its own key, in its own kind, of its
// own campaign, whole, as a file.
func TestEntriesAreBound(t *testing.T) {
	root, other := t.TempDir(), t.TempDir()
	const key = "0123abcd"
	NewFolder(root, "a", 10).Put(key, []byte("甲"))
	sealed, err := os.ReadFile(filepath.Join(root, Dir, "a", key))
	if err != nil {
		t.Fatal(err)
	}
	put := func(root, kind, key string, raw []byte) {
		t.Helper()
		name := filepath.Join(root, Dir, kind, key)
		os.MkdirAll(filepath.Dir(name), 0o755)
		os.RemoveAll(name)
		if err := os.WriteFile(name, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	get := func(root, kind, key string) bool { _, ok := NewFolder(root, kind, 10).Get(key); return ok }
	if !get(root, "a", key) {
		t.Fatal("the entry is not there")
	}
	put(root, "a", "another", sealed)
	put(root, "b", key, sealed)
	put(other, "a", key, sealed)
	for n := range sealed {
		changed := bytes.Clone(sealed)
		changed[n] ^= 1
		put(root, "a", fmt.Sprint(n), changed)
		put(root, "a", key, changed)
		if get(root, "a", key) {
			t.Errorf("byte %d counts for nothing", n)
		}
	}
	for what, taken := range map[string]bool{"another key": get(root, "a", "another"), "another kind": get(root, "b", key), "another campaign": get(other, "a", key)} {
		if taken {
			t.Errorf("the entry is taken for %s", what)
		}
	}
	for what, raw := range map[string][]byte{"nothing": nil, "half": sealed[:20], "more": append(bytes.Clone(sealed), 0), "no seal": []byte("甲")} {
		if put(root, "a", key, raw); get(root, "a", key) {
			t.Errorf("%s is taken", what)
		}
	}
	put(root, "a", key, sealed)
	if !get(root, "a", key) {
		t.Error("the entry itself is not taken")
	}
	if err := os.Rename(filepath.Join(root, Dir, "a"), filepath.Join(other, "moved")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(other, "moved"), filepath.Join(root, Dir, "a")); err != nil {
		t.Fatal(err)
	}
	if get(root, "a", key) {
		t.Error("a folder outside of the campaign is taken")
	}
	if err := syscall.Mkfifo(filepath.Join(root, Dir, "pipe"), 0o666); err != nil {
		t.Fatal(err)
	}
	if get(root, "pipe", key) {
		t.Error("a pipe is taken for a folder")
	}
	f := NewFolder(root, "a", 0)
	if f.Put("new", []byte("乙")); !has(f, "new") {
		t.Error("what cannot be written is lost at once")
	}
	if left, err := os.ReadDir(filepath.Join(other, "moved")); err != nil || len(left) < 2 {
		t.Errorf("what lies outside of the campaign was touched: %v", left)
	}
}

func has(f *Folder, key string) bool { _, ok := f.Get(key); return ok }

// TestStoreTakesFilesOnly: what lies in an entry's place and is no file is as good as
// none, keeps nobody waiting, and is replaced.
func TestStoreTakesFilesOnly(t *testing.T) {
	root := t.TempDir()
	f := NewFolder(root, "a", 10)
	f.Put("a", []byte("甲"))
	name := func(key string) string { return filepath.Join(root, Dir, "a", key) }
	if err := os.Rename(name("a"), name("b")); err != nil {
		t.Fatal(err)
	}
	for what, make := range map[string]func() error{
		"a link":        func() error { return os.Symlink("b", name("a")) },
		"a pipe":        func() error { return syscall.Mkfifo(name("a"), 0o666) },
		"a folder":      func() error { return os.Mkdir(name("a"), 0o755) },
		"a device":      func() error { return os.Symlink("/dev/zero", name("a")) },
		"a large file":  func() error { return os.WriteFile(name("a"), nil, 0o644) },
		"a link's loop": func() error { return os.Symlink("a", name("a")) },
	} {
		if err := make(); err != nil {
			t.Fatal(err)
		}
		if what == "a large file" {
			if err := os.Truncate(name("a"), 1<<40); err != nil {
				t.Fatal(err)
			}
		}
		f := NewFolder(root, "a", 10)
		if _, ok := f.Get("a"); ok {
			t.Errorf("%s is taken", what)
		}
		f.Put("a", []byte("乙"))
		if data, ok := f.Get("a"); !ok || string(data) != "乙" {
			t.Errorf("over %s nothing can be put", what)
		}
		os.RemoveAll(name("a"))
	}
	if m := (Mark{Mode: fs.ModeDir | 0o755}); !m.IsFolder() || !m.Match(m) {
		t.Error("a folder has no mark")
	}
}

// TestSecret: the key lies outside of the campaign, for nobody else to read; one that
// others could read is replaced, and with it all entries go.
func TestSecret(t *testing.T) {
	home, root := t.TempDir(), t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "caches"))
	NewFolder(root, "a", 10).Put("k", []byte("甲"))
	get := func() bool { _, ok := NewFolder(root, "a", 10).Get("k"); return ok }
	if !get() {
		t.Fatal("the entry is not there")
	}
	keys, err := filepath.Glob(filepath.Join(home, "caches", "wangjian", "*"))
	if err != nil || len(keys) != 1 {
		t.Fatalf("%q, %v", keys, err)
	}
	if info, err := os.Stat(keys[0]); err != nil || info.Mode() != 0o600 || info.Size() != secretLength {
		t.Errorf("%v, %v", info, err)
	}
	secret, err := os.ReadFile(keys[0])
	if err != nil {
		t.Fatal(err)
	}
	if all := readAll(t, root); strings.Contains(all, string(secret)) {
		t.Error("the key lies in the campaign")
	}
	if err := os.Chmod(keys[0], 0o644); err != nil {
		t.Fatal(err)
	}
	if get() {
		t.Error("a key that others can read counts")
	}
	if is, err := os.ReadFile(keys[0]); err != nil || bytes.Equal(is, secret) {
		t.Error("it is not replaced")
	}
	for what, home := range map[string]string{"no folder of the user's": "", "one in the campaign": filepath.Join(root, "home"), "a file": keys[0]} {
		t.Setenv("HOME", "")
		t.Setenv("XDG_CACHE_HOME", home)
		f := NewFolder(root, "b", 10)
		f.Put("k", []byte("甲"))
		if _, err := os.Stat(filepath.Join(root, Dir, "b")); err == nil || !has(f, "k") || has(NewFolder(root, "b", 10), "k") {
			t.Errorf("%s: entries are written to disk", what)
		}
	}
}

func readAll(t *testing.T, root string) (all string) {
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			raw, err := os.ReadFile(filepath.Join(root, name))
			all += string(raw)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestProgram: a program is told by its build ID and length, or by its file's hash;
// entries of another program are none.
func TestProgram(t *testing.T) {
	root := t.TempDir()
	program := filepath.Join(root, "program")
	sum := func(text string) [32]byte {
		t.Helper()
		if text != "" {
			if err := os.WriteFile(program, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		sum, err := Program(program)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	one := sum("甲")
	if sum("") != one || sum("乙") == one || sum("甲") != one {
		t.Error("the hash is not that of the file")
	}
	elf, exe := "\x7fELF\x04\x00\x00\x00S\x00\x00\x00\x04\x00\x00\x00Go\x00\x00", "MZ \xff Go build ID: \""
	id, other := strings.Repeat("abcd-", 4)+"/"+strings.Repeat("XYZ_9", 4), strings.Repeat("abcd-", 4)+"/"+strings.Repeat("XYZ_8", 4)
	for _, head := range []string{elf, exe} {
		built := sum(head + id + "\"\n \xff code")
		if built != sum(head+id+"\"\n \xff Code") {
			t.Errorf("%q: the build ID is not what tells a program", head)
		}
		if built == sum(head+other+"\"\n \xff code") || built == sum(head+id+"\"\n \xff code and more") {
			t.Errorf("%q: another program is taken for this one", head)
		}
	}
	if self, err := os.ReadFile(os.Args[0]); err != nil || !buildID.Match(self[:buildIDWithin]) {
		t.Errorf("no build ID in a program of Go's linker: %v", err)
	}
	f := NewFolder(root, "a", 10)
	f.bound = func() ([]byte, error) { return one[:], nil }
	f.Put("k", []byte("x"))
	for n, want := range []bool{true, false} {
		f := NewFolder(root, "a", 10)
		f.bound = func() ([]byte, error) { one[0] ^= byte(n); return one[:], nil }
		if got := has(f, "k"); got != want {
			t.Errorf("by program %d: %v", n, got)
		}
	}
	if own := NewFolder(root, "c", 10).OfProgram(); own.write("k", nil) != nil || !has(NewFolder(root, "c", 10).OfProgram(), "k") || has(NewFolder(root, "c", 10), "k") {
		t.Error("entries of this program are not its own")
	}
}
