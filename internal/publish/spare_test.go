package publish

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSpareIsNotTrusted: whatever is done to the site that was put away, the next
// one is as it should be, with the rights that folders have, and only one is spares.
func TestSpareIsNotTrusted(t *testing.T) {
	page := filepath.Join("cases", "a", "index.html")
	for what, poison := range map[string]func(t *testing.T, spare string) error{
		"nothing":              func(*testing.T, string) error { return nil },
		"a page is spoiled":    func(t *testing.T, spare string) error { swapByte(t, filepath.Join(spare, page)); return nil },
		"a page is another":    func(t *testing.T, spare string) error { return replaced(filepath.Join(spare, page)) },
		"a page is gone":       func(t *testing.T, spare string) error { return os.Remove(filepath.Join(spare, page)) },
		"a stranger":           func(t *testing.T, spare string) error { return os.WriteFile(filepath.Join(spare, "x"), nil, 0o644) },
		"a folder is a link":   func(t *testing.T, spare string) error { return linkedAway(filepath.Join(spare, "cases")) },
		"a page is a link":     func(t *testing.T, spare string) error { return linkedAway(filepath.Join(spare, page)) },
		"all is a link":        func(t *testing.T, spare string) error { return linkedAway(spare) },
		"a page is a folder":   func(t *testing.T, spare string) error { return swapped(filepath.Join(spare, page), os.Mkdir) },
		"all is a file":        func(t *testing.T, spare string) error { return swapped(spare, touched) },
		"a folder is a file":   func(t *testing.T, spare string) error { return swapped(filepath.Join(spare, "cases"), touched) },
		"a folder is shut":     func(t *testing.T, spare string) error { return os.Chmod(filepath.Join(spare, "cases", "a"), 0o700) },
		"a folder is for all":  func(t *testing.T, spare string) error { return os.Chmod(filepath.Join(spare, "cases"), 0o777) },
		"a page is executable": func(t *testing.T, spare string) error { return replaced(filepath.Join(spare, "index.html")) },
	} {
		t.Run(what, func(t *testing.T) {
			f := withSpare.prepared(t)
			rights := rightsIn(t, f.Target)
			must(t, poison(t, spareOf(f.Campaign, f.Target)))
			withSpare.begin(&f)
			f.mustPublish(t, before)
			wantSite(t, f.Target, before)
			wantNoSiblings(t, f.Target)
			if got := rightsIn(t, f.Target); !maps.Equal(got, rights) {
				t.Errorf("rights %v, want %v", got, rights)
			}
			if spares, _ := os.ReadDir(filepath.Dir(spareOf(f.Campaign, f.Target))); len(spares) != 1 {
				t.Errorf("%d spares are spares", len(spares))
			}
		})
	}
}

// TestSpareOfAnotherTargetGoes: a campaign keeps one spare.
func TestSpareOfAnotherTargetGoes(t *testing.T) {
	f := withSpare.prepared(t)
	other := f
	other.Target = filepath.Join(f.Campaign, "other")
	for _, site := range []tree{before, after} {
		withSpare.begin(&other)
		other.mustPublish(t, site)
	}
	spares, err := os.ReadDir(filepath.Dir(spareOf(f.Campaign, f.Target)))
	if err != nil || len(spares) != 1 || spares[0].Name() != keyOf(other.Target) {
		t.Errorf("spares %v, %v", spares, err)
	}
	withSpare.begin(&f)
	f.mustPublish(t, after)
	wantSite(t, f.Target, after)
	wantSite(t, other.Target, after)
}

// replaced puts another file of the same size and time in a file's place.
func replaced(name string) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	raw[0] ^= 1
	if err := os.Remove(name); err != nil {
		return err
	}
	if err := os.WriteFile(name, raw, 0o755); err != nil {
		return err
	}
	return os.Chtimes(name, info.ModTime(), info.ModTime())
}

func linkedAway(name string) error {
	if err := os.Rename(name, name+".away"); err != nil {
		return err
	}
	return os.Symlink(name+".away", name)
}

func swapped(name string, by func(string, fs.FileMode) error) error {
	if err := os.RemoveAll(name); err != nil {
		return err
	}
	return by(name, 0o755)
}

func touched(name string, mode fs.FileMode) error { return os.WriteFile(name, []byte("别的"), mode) }

// rightsIn returns the rights of all that is in a folder.
func rightsIn(t *testing.T, dir string) map[string]fs.FileMode {
	t.Helper()
	rights := map[string]fs.FileMode{}
	must(t, filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil {
			rights[name] = info.Mode()
		}
		return err
	}))
	return rights
}

// undeletable is a disk on which what could not be deleted stays.
type undeletable struct{ realDisk }

func (d undeletable) Remove(dir string) error {
	if strings.Contains(dir, leftover) {
		return os.ErrPermission
	}
	return d.realDisk.Remove(dir)
}

// TestLeftoverDoesNotRenderAll: what cannot be deleted beside the target is told of
// each time, and costs no rendering.
func TestLeftoverDoesNotRenderAll(t *testing.T) {
	f := workshop(t)
	program := filepath.Join(f.Campaign, "program")
	must(t, os.WriteFile(program, nil, 0o644))
	f.Disk = undeletable{}
	must(t, os.MkdirAll(mark(f.Target)+leftover, 0o755))
	for n := range 3 {
		if f.Begin(Options{Campaign: f.Campaign, Program: program, At: minute(1, 10, 0)}) != nil {
			t.Fatal("nothing to do, though something is left")
		}
		r, err := f.Publish(t.Context(), before.files())
		must(t, err)
		if len(r.Notes) != 1 || n > 0 && r.Reused != len(before) {
			t.Errorf("build %d: notes %q, %d files of %d taken over", n, r.Notes, r.Reused, len(before))
		}
	}
	wantSite(t, f.Target, before)
}
