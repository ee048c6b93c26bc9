package cache

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestYoung: a file written in the tick in which it was looked at, or on a disk
// that counts whole seconds within two of them, is not told by its mark.
func TestYoung(t *testing.T) {
	const now = int64(1_700_000_000_123_456_789)
	at := func(before time.Duration) Mark { return Mark{Written: now - int64(before)} }
	for _, c := range []struct {
		name  string
		mark  Mark
		young bool
	}{
		{"this very moment", at(0), true},
		{"a tick ago", at(10 * time.Millisecond), true},
		{"a second ago", at(time.Second), false},
		{"in the future", at(-time.Hour), true},
		{"whole seconds, a second ago", Mark{Written: 1_699_999_999_000_000_000}, true},
		{"whole seconds, three seconds ago", Mark{Written: 1_699_999_997_000_000_000}, false},
		{"written long ago, changed now", Mark{Written: 1, Changed: now}, true},
	} {
		if got := c.mark.youth(now) > 0; got != c.young {
			t.Errorf("%s: young %v, want %v", c.name, got, c.young)
		}
	}
}

// TestMarksAreOld: a file that was written right before it is looked at has a mark
// all the same, which its next writing changes; one of the future has none, and
// nothing matches what has none.
func TestMarksAreOld(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(root, "data", name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.yaml", "甲")
	write("b.yaml", "乙")
	after := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(root, "data", "b.yaml"), after, after); err != nil {
		t.Fatal(err)
	}
	was := Look(root)
	mark, sure := was.Mark("data/a.yaml")
	if !sure || !mark.IsSure() {
		t.Fatal("a file just written has no mark")
	}
	write("a.yaml", "丙")
	now := Look(root)
	if is, _ := now.Mark("data/a.yaml"); mark.Match(is) {
		t.Error("another content of the same size has the same mark")
	}
	b, sure := now.Mark("data/b.yaml")
	if sure || b.Match(b) || now.Files.Match(now.Files) {
		t.Error("a file of the future has a mark")
	}
	if !now.Files.Unchanged(Look(root).Files) || was.Files.Unchanged(now.Files) {
		t.Error("what is young counts as changed, or what is changed does not")
	}
}

// TestLinksAreNotTold: a link may lead to anything.
func TestLinksAreNotTold(t *testing.T) {
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	if Look(root) == nil {
		t.Error("nothing can be told of a folder")
	}
	if err := os.Symlink(root, filepath.Join(root, "content", "link")); err != nil {
		t.Fatal(err)
	}
	if Look(root) != nil {
		t.Error("a link counts as told")
	}
}
