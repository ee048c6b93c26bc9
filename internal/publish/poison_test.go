//go:build unix

package publish

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/project"
	"wangjian/internal/release"
	"wangjian/internal/soak"
)

// TestPoisonedCachesPublishNothing: whatever is done to the caches of a campaign, by
// chance, with entries of its own or with those of a campaign that publishes more, a
// build publishes what one without caches does.
func TestPoisonedCachesPublishNothing(t *testing.T) {
	t.Parallel()
	own, other := pictured(t), pictured(t)
	replaceIn(t, filepath.Join(other, "content/open/buyu.md"), "公开方式: 不予公开", "公开方式: 主动公开")
	replaceIn(t, filepath.Join(other, "content/warnings/xiaolingshi.md"), "标题: ", "标题: 不该公开的")
	clean := pictured(t)
	want := buildOf(t, clean)
	if is := buildOf(t, own); !sameTree(is, want) {
		t.Fatal("two builds of one campaign are not the same")
	}
	if sameTree(buildOf(t, other), want) {
		t.Fatal("the other campaign publishes the same")
	}
	r := rand.New(rand.NewPCG(19, 8))
	way := 0
	for round := range soak.Count(12, 30) {
		var done []string
		for range 1 + r.IntN(4) {
			done = append(done, poison(t, r, way, filepath.Join(own, cache.Dir), filepath.Join(other, cache.Dir)))
			way++
		}
		switch r.IntN(3) {
		case 0: // nothing can be taken over
			must(t, os.RemoveAll(filepath.Join(own, "public")))
		case 1: // written again, so that all is looked at
			file := filepath.Join(own, "content/pages/about.md")
			text, err := os.ReadFile(file)
			must(t, err)
			must(t, os.WriteFile(file, text, 0o644))
		}
		if is := buildOf(t, own); !sameTree(is, want) {
			for name, text := range is {
				if want[name] != text {
					t.Errorf("%s is another", name)
				}
			}
			t.Fatalf("round %d, after %q", round, done)
		}
	}
}

// pictured is the small campaign with a photo of its own.
func pictured(t *testing.T) (root string) {
	root = t.TempDir()
	must(t, os.CopyFS(root, os.DirFS("../review/testdata/campaign")))
	photo, err := os.ReadFile("../review/testdata/gate/gps.jpg")
	must(t, err)
	must(t, os.WriteFile(filepath.Join(root, "content/pages/xianchang.jpg"), photo, 0o644))
	drawing, err := os.ReadFile("../review/testdata/gate/red.webp")
	must(t, err)
	must(t, os.WriteFile(filepath.Join(root, "content/pages/tu.webp"), drawing, 0o644))
	about := filepath.Join(root, "content/pages/about.md")
	text, err := os.ReadFile(about)
	must(t, err)
	must(t, os.WriteFile(about, append(text, "\n![检查现场](xianchang.jpg)\n\n![示意图](tu.webp)\n"...), 0o644))
	replaceIn(t, about, "标题:", "图片已核: true\n标题:")
	return root
}

func replaceIn(t *testing.T, file, old, text string) {
	t.Helper()
	raw, err := os.ReadFile(file)
	must(t, err)
	if !strings.Contains(string(raw), old) {
		t.Fatalf("%s has no %q", file, old)
	}
	must(t, os.WriteFile(file, []byte(strings.Replace(string(raw), old, text, 1)), 0o644))
}

// buildOf builds a campaign with its caches, without papers, and returns the site.
func buildOf(t *testing.T, root string) tree {
	t.Helper()
	day, err := campaign.ParseInstant("2026-05-10")
	must(t, err)
	folder := Folder{Target: filepath.Join(root, "public"), Campaign: root}
	if folder.Begin(Options{Campaign: root, Program: os.Args[0], At: day, Asked: true}) == nil {
		p := project.Open(root)
		p.KeepOnDisk([sha256.Size]byte{8})
		result, err := p.Load(project.Options{Today: func(*campaign.Campaign) campaign.Moment { return day }, Now: cache.Look(root)})
		must(t, err)
		files, err := result.Plan(result.Public, card.NewPainter(result.Layouts, cache.NewFolder(root, "cards", 100).OfProgram()))
		must(t, err)
		folder.Messages.Span = release.Unchanged(result.Campaign, result.At)
		_, err = folder.Publish(t.Context(), slices.DeleteFunc(files, func(f release.File) bool { return path.Ext(f.Path) == ".pdf" }))
		must(t, err)
	}
	return readTree(t, folder.Target)
}

// sameTree compares two sites.
func sameTree(a, b tree) bool {
	if len(a) != len(b) {
		return false
	}
	for name, text := range a {
		if b[name] != text {
			return false
		}
	}
	return true
}

// poison does something to a cache, in one of its ways after the other, and says what.
func poison(t *testing.T, r *rand.Rand, n int, own, other string) string {
	t.Helper()
	names, strange := filesIn(t, own), filesIn(t, other)
	if len(names) == 0 || len(strange) == 0 {
		t.Fatal("there is no cache")
	}
	name, with := names[r.IntN(len(names))], names[r.IntN(len(names))]
	foreign := strange[r.IntN(len(strange))]
	read := func(dir, name string) []byte {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		must(t, err)
		return raw
	}
	target := filepath.Join(own, name)
	put := func(raw []byte) {
		must(t, os.RemoveAll(target))
		must(t, os.WriteFile(target, raw, 0o644))
	}
	kind := path.Dir(name)
	raw := read(own, name)
	ways := []struct {
		what string
		do   func()
	}{
		{"a byte", func() {
			if len(raw) > 0 {
				raw[r.IntN(len(raw))] ^= byte(1 + r.IntN(255))
			}
			put(raw)
		}},
		{"cut short", func() { put(raw[:r.IntN(len(raw)+1)]) }},
		{"noise", func() {
			for n := range raw {
				raw[n] = byte(r.Uint32())
			}
			put(raw)
		}},
		{"exchanged with " + with, func() {
			one, two := raw, read(own, with)
			put(two)
			must(t, os.WriteFile(filepath.Join(own, with), one, 0o644))
		}},
		{"another campaign's " + foreign, func() { put(read(other, foreign)) }},
		{"the other campaign's", func() {
			if slices.Contains(strange, name) {
				put(read(other, name))
			}
		}},
		{"all of the other campaign", func() {
			must(t, os.RemoveAll(own))
			must(t, os.CopyFS(own, os.DirFS(other)))
		}},
		{"a link to " + with, func() { must(t, os.RemoveAll(target)); must(t, os.Symlink(filepath.Join(own, with), target)) }},
		{"a link to zeros", func() { must(t, os.RemoveAll(target)); must(t, os.Symlink("/dev/zero", target)) }},
		{"a pipe", func() { must(t, os.RemoveAll(target)); must(t, syscall.Mkfifo(target, 0o666)) }},
		{"a folder", func() { must(t, os.RemoveAll(target)); must(t, os.Mkdir(target, 0o755)) }},
		{"the folder a link to the other campaign's", func() {
			if kind != "." {
				must(t, os.RemoveAll(filepath.Join(own, kind)))
				must(t, os.Symlink(filepath.Join(other, kind), filepath.Join(own, kind)))
			}
		}},
		{"the folder a pipe", func() {
			if kind != "." {
				must(t, os.RemoveAll(filepath.Join(own, kind)))
				must(t, syscall.Mkfifo(filepath.Join(own, kind), 0o666))
			}
		}},
		{"gone", func() { must(t, os.RemoveAll(target)) }},
	}
	way := ways[n%len(ways)]
	way.do()
	return fmt.Sprint(name, ": ", way.what)
}

// filesIn lists the files below a folder; links to folders are not followed.
func filesIn(t *testing.T, dir string) (names []string) {
	must(t, filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			rel, _ := filepath.Rel(dir, name)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	}))
	return names
}
