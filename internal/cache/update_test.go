package cache

import (
	"os"
	"path/filepath"
	"testing"
)

// TestUpdateLooksAtWhatIsNamed: what is named is looked at again and nothing else; the names are the
// same ones until a file or folder comes or goes.
func TestUpdateLooksAtWhatIsNamed(t *testing.T) {
	root := t.TempDir()
	write := func(file, text string) {
		t.Helper()
		name := filepath.Join(root, file)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("data/a.yaml", "a")
	write("data/b.yaml", "b")
	first := Look(root)
	write("data/a.yaml", "longer")
	write("data/b.yaml", "longer")
	second := first.Update(root, []string{"data/a.yaml", "data/passing.tmp"})
	size := func(s *Snapshot, file string) int64 { m, _ := s.Mark(file); return m.Size }
	if size(first, "data/a.yaml") != 1 || size(second, "data/a.yaml") != 6 || size(second, "data/b.yaml") != 1 {
		t.Errorf("a is %d and then %d, b not named %d", size(first, "data/a.yaml"), size(second, "data/a.yaml"), size(second, "data/b.yaml"))
	}
	if second.Names() != first.Names() {
		t.Error("an edit made other names")
	}
	if all := second.Update(root, nil); size(all, "data/b.yaml") != 6 {
		t.Error("not everything was looked at")
	}
	for what, change := range map[string]func() []string{
		"a new file":     func() []string { write("data/c.yaml", "c"); return []string{"data/c.yaml"} },
		"a new folder":   func() []string { write("data/q1/d.yaml", "d"); return []string{"data/q1"} },
		"a file removed": func() []string { os.Remove(filepath.Join(root, "data/b.yaml")); return []string{"data/b.yaml"} },
	} {
		if next := second.Update(root, change()); next.Names() == second.Names() {
			t.Errorf("%s left the names the same", what)
		}
	}
	write("data/q2/e.yaml", "e")
	third := second.Update(root, []string{"data/q2"})
	if size(third, "data/q2/e.yaml") != 1 {
		t.Error("what is in a new folder is not seen")
	}
	if err := os.Rename(filepath.Join(root, "data/q2"), filepath.Join(root, "data/q3")); err != nil {
		t.Fatal(err)
	}
	fourth := third.Update(root, []string{"data/q2", "data/q3"})
	if m, sure := fourth.Mark("data/q2/e.yaml"); m != (Mark{}) || !sure || size(fourth, "data/q3/e.yaml") != 1 {
		t.Errorf("a folder renamed: %v %v", m, sure)
	}
	if err := os.Symlink("a.yaml", filepath.Join(root, "data/link.yaml")); err != nil {
		t.Fatal(err)
	}
	if s := fourth.Update(root, []string{"data/link.yaml"}); s != nil {
		t.Error("a link was told from a changed one")
	}
}
