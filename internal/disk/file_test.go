package disk

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestWriteFileDeletesDraftsOfKilledProcesses: a draft that nobody writes goes,
// one that is being written stays; the file keeps its permissions.
func TestWriteFileDeletesDraftsOfKilledProcesses(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a[1].pdf")
	must(t, os.WriteFile(name, []byte("旧的"), 0o600))
	dead, live, other := draftPrefix(name)+"1", draftPrefix(name)+"2", ".b.pdf.wangjian-draft-3"
	for _, d := range []string{dead, live, other} {
		must(t, os.WriteFile(filepath.Join(dir, d), nil, 0o644))
	}
	f, err := os.OpenFile(filepath.Join(dir, live), os.O_RDWR, 0)
	must(t, err)
	defer f.Close()
	must(t, LockFile(f))
	must(t, WriteFile(name, func(w io.Writer) error { _, err := io.WriteString(w, "新的"); return err }))
	var got []string
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if want := []string{live, other, "a[1].pdf"}; strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got %v, want %v", got, want)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}
