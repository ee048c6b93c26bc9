package source

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"wangjian/internal/cache"
)

// recorder records which files are read.
type recorder struct {
	fs.FS
	mu   *sync.Mutex
	read *[]string
}

func (n recorder) ReadFile(name string) ([]byte, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	*n.read = append(*n.read, name)
	return fs.ReadFile(n.FS, name)
}

// TestMemory: of a campaign that was read before, only what has changed is read
// again, and the outcome is that of reading all; a folder that another program
// wrote, or that is damaged, is as good as none.
func TestMemory(t *testing.T) {
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS("../review/testdata/campaign")); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	settle := func() { // what was just written has a mark that does not tell
		t.Helper()
		for wait := 0; ; wait++ {
			now := cache.Look(root)
			_, first := now.Mark("content/warnings/weilai.md") // edited
			_, last := now.Mark("data/q3/jiaoyu.yaml")         // laid out last
			if first && last {
				return
			}
			if wait > 1000 {
				t.Fatal("the files stay young")
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	write := func(name string) {
		t.Helper()
		file := filepath.Join(root, name)
		text, err := os.ReadFile(file)
		if err == nil {
			err = os.WriteFile(file, append(text, "\n又查了一次。\n"...), 0o644)
		}
		if err == nil {
			err = os.Chtimes(file, old, old)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	load := func(m *Memory) []string {
		t.Helper()
		var read []string
		c, findings := m.Load(recorder{os.DirFS(root), new(sync.Mutex), &read}, cache.Look(root))
		want, wantFindings := Load(os.DirFS(root))
		if !reflect.DeepEqual(findings, wantFindings) || len(c.Items) != len(want.Items) || len(c.Reports) != len(want.Reports) {
			t.Errorf("with a memory: %d items, %d reports, %v; without: %d, %d, %v", len(c.Items), len(c.Reports), findings, len(want.Items), len(want.Reports), wantFindings)
		}
		for n, r := range c.Reports {
			if len(r.Entries) != len(want.Reports[n].Entries) || r.Department != c.Departments[want.Reports[n].Department.Index] || r.Round != c.Rounds[want.Reports[n].Round.Index] {
				t.Errorf("%s is another", r.File)
			}
			for k, e := range r.Entries {
				if w := want.Reports[n].Entries[k]; e.Row != c.Form.Rows[w.Row.Index] || !reflect.DeepEqual(e.Entry, w.Entry) {
					t.Errorf("%s, %s: %v", r.File, e.Row.Name, e.Entry)
				}
			}
		}
		slices.Sort(read)
		return slices.Compact(read)
	}
	settle()
	disk := func(program byte) *Memory { return OnDisk(root, [32]byte{program}) }
	m := new(Memory)
	for name, memory := range map[string]func() *Memory{"in memory": func() *Memory { return m }, "on disk": func() *Memory { return disk(1) }} {
		all := len(load(memory()))
		if again := load(memory()); len(again) > 8 || len(again)*3 > all { // settings and what rounds say of themselves
			t.Errorf("%s: of %d files %q are read again", name, all, again)
		}
		write("content/warnings/weilai.md")
		settle()
		if again := load(memory()); !slices.Contains(again, "content/warnings/weilai.md") || len(again) > 9 {
			t.Errorf("%s: after an edit %q are read", name, again)
		}
	}
	if again := load(disk(2)); len(again) < 20 {
		t.Errorf("what another program kept is taken: only %q are read", again)
	}
	parts, _ := filepath.Glob(filepath.Join(root, ".wangjian", "read", "*"))
	for _, part := range parts {
		if err := os.WriteFile(part, []byte("..."), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if again := load(disk(2)); len(parts) == 0 || len(again) < 20 {
		t.Errorf("a damaged folder of %d parts is taken: only %q are read", len(parts), again)
	}
}
