package cache

import (
	"fmt"
	"os"
	"testing"
	"time"
)

func TestFolderStaysSmall(t *testing.T) {
	dir := t.TempDir()
	f := NewFolder(dir, ".svg", 100)
	for i := range 10 {
		f.Put(fmt.Sprintf("k%d", i), []byte("x"))
		at := time.Unix(int64(1000+i), 0)
		if err := os.Chtimes(f.path(fmt.Sprintf("k%d", i)), at, at); err != nil {
			t.Fatal(err)
		}
	}
	f.Thin(9)
	if _, ok := f.Get("k4"); ok {
		t.Error("an old file is still there")
	}
	if _, ok := f.Get("k5"); !ok {
		t.Error("a new file is gone")
	}
}
