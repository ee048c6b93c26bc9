package journal

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
		if got := c.mark.youngAt(now); got != c.young {
			t.Errorf("%s: young %v, want %v", c.name, got, c.young)
		}
	}
}

// TestSameMark: of two files with one mark a young one is told by its content.
func TestSameMark(t *testing.T) {
	root := t.TempDir()
	name := filepath.Join(root, "data", "a.yaml")
	write := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	nothing := func(string) bool { return false }
	write("甲")
	was, err := look(root, []string{"data"}, nothing)
	if err != nil {
		t.Fatal(err)
	}
	was.age(0) // the disk's clock stands
	if err := was.hashYoung(root); err != nil {
		t.Fatal(err)
	}
	write("乙")
	now := append(Tree{}, was...) // and gives the same mark again
	for n := range now {
		now[n].Known = false
	}
	if same, _ := was.still(root, now); same {
		t.Error("another content counts as the same")
	}
	write("甲")
	if same, _ := was.still(root, now); !same {
		t.Error("the same content counts as another")
	}
}
