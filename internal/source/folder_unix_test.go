//go:build unix

package source

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestNear: reading with a folder kept open finds what reading by the whole
// path finds, also where links lead about in the campaign's folder and out of it.
func TestNear(t *testing.T) {
	dir := t.TempDir()
	if _, err := os.OpenRoot(filepath.Join(dir, "c")); err == nil {
		t.Fatal("it is not there yet")
	}
	for name, text := range map[string]string{"c/data/a.yaml": "甲", "c/data/x/b.yaml": "乙", "c/content/c.md": "丙", "secret": "丁"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range map[string]string{"c/data/x/across": "../../content/c.md", "c/data/x/out": "../../../secret", "c/data/x/near": "b.yaml", "c/data/y": "x", "c/data/z": "../.."} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(filepath.Join(dir, "c"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	n := &files{FS: InRoot(root), near: true}
	defer n.close()
	read := 0
	for range 2 {
		for _, name := range []string{"data/a.yaml", "data/x/b.yaml", "data/x/across", "data/x/out", "data/x/near", "data/x/none", "data/y/b.yaml", "data/z/secret", "content/c.md", "none/d", "../secret", "data/x"} {
			want, wantErr := fs.ReadFile(root.FS(), name)
			got, gotErr := n.read(name)
			if string(got) != string(want) || (gotErr == nil) != (wantErr == nil) {
				t.Errorf("%s: %q, %v; want %q, %v", name, got, gotErr, want, wantErr)
			}
			_, wantErr = fs.Stat(root.FS(), name)
			if _, gotErr = n.Stat(name); (gotErr == nil) != (wantErr == nil) {
				t.Errorf("%s: %v; want %v", name, gotErr, wantErr)
			}
			if len(got) > 0 {
				read++
			}
		}
	}
	if read != 12 {
		t.Errorf("%d were read", read)
	}
}
