package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/preview"
	"wangjian/internal/project"
	"wangjian/internal/release"
	"wangjian/internal/soak"
)

// TestPreviewIsNeverStale edits a campaign as people and programs do while it is
// previewed: after each edit the preview comes to show the findings and the pages
// that a process finds which starts then.
func TestPreviewIsNeverStale(t *testing.T) {
	edits := soak.Count(8, 200)
	original := t.TempDir() // without what other tests leave in .wangjian
	for _, folder := range []string{"data", "content"} {
		if err := os.CopyFS(filepath.Join(original, folder), os.DirFS(filepath.Join(smallCampaign, folder))); err != nil {
			t.Fatal(err)
		}
	}
	c := &changing{t: t, dir: t.TempDir(), original: os.DirFS(original), random: rand.New(rand.NewPCG(17, uint64(edits)))}
	if err := os.CopyFS(c.dir, c.original); err != nil {
		t.Fatal(err)
	}
	at, err := campaign.ParseInstant("2026-05-10")
	if err != nil {
		t.Fatal(err)
	}
	system := system{Stdout: io.Discard, Stderr: io.Discard, Now: time.Now}
	a := &app{system: system, dir: c.dir, project: project.Open(c.dir), asked: &at}
	loaded := make(chan shown, 100)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- preview.Serve(ctx, preview.Options{
			Addr: "127.0.0.1:0", Root: c.dir, Watch: []string{"data", "content", "layouts"}, Log: io.Discard,
			Load: func(changed []string) ([]release.File, []campaign.Finding, error) {
				site, findings, err := a.loadPreview(changed)
				loaded <- render(site, findings, err)
				return site, findings, err
			},
		})
	}()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	is, sound := <-loaded, 0
	for n := range edits {
		what := c.edit(n, len(is.pages) > 0)
		fresh := &app{system: system, dir: c.dir, project: project.Open(c.dir), asked: &at}
		want := render(fresh.loadPreview(nil))
		for !reflect.DeepEqual(is, want) {
			select {
			case is = <-loaded:
			case <-time.After(time.Minute):
				t.Fatalf("after edit %d (%s) the preview stays at another state: %s", n, what, is.difference(want))
			}
		}
		if len(is.pages) > 0 {
			sound++
		}
	}
	if sound < edits/4 {
		t.Errorf("only %d of %d states had pages", sound, edits)
	}
}

// shown is a state of the preview.
type shown struct {
	findings []campaign.Finding
	pages    map[string]string
	err      string
}

// render makes every page, and what is light beside them.
func render(files []release.File, findings []campaign.Finding, err error) shown {
	s := shown{findings: findings, err: fmt.Sprint(err)}
	if files == nil {
		return s
	}
	s.pages = map[string]string{}
	var mu sync.Mutex
	var group sync.WaitGroup
	for part := range slices.Chunk(files, len(files)/4+1) {
		group.Go(func() {
			for _, f := range part {
				text := "not rendered"
				if ext := filepath.Ext(f.Path); ext == ".html" || ext == ".csv" || ext == ".xml" || ext == ".css" || ext == ".json" {
					var out bytes.Buffer
					err := f.Write(&out)
					text = fmt.Sprint(out.String(), err)
				}
				mu.Lock()
				s.pages[f.Path] = text
				mu.Unlock()
			}
		})
	}
	group.Wait()
	return s
}

func (s shown) difference(want shown) string {
	for n, f := range want.findings {
		if n >= len(s.findings) || !reflect.DeepEqual(f, s.findings[n]) {
			return fmt.Sprintf("finding %d of %d and %d: want %v %s", n, len(s.findings), len(want.findings), f.At, f.Message)
		}
	}
	if len(s.findings) > len(want.findings) {
		f := s.findings[len(want.findings)]
		return fmt.Sprintf("still %v %s", f.At, f.Message)
	}
	for path, text := range want.pages {
		if s.pages[path] != text {
			return path
		}
	}
	return fmt.Sprintf("%d pages, want %d; %s, want %s", len(s.pages), len(want.pages), s.err, want.err)
}

// changing is a campaign that is being changed.
type changing struct {
	t        *testing.T
	dir      string
	original fs.FS
	random   *rand.Rand
}

// edit does something to the campaign and says what. What is broken is mended
// mostly.
func (c *changing) edit(n int, sound bool) string {
	c.t.Helper()
	if !sound && c.random.IntN(3) > 0 {
		c.restore()
		return "restored"
	}
	file := c.any(`\.(md|yaml)$`)
	switch c.random.IntN(14) {
	case 0, 1:
		file = c.any(`\.md$`)
		c.write(file, c.read(file)+fmt.Sprintf("\n又立案%d件，见《办法》（市监发〔2026〕%d号）。\n", n, n))
		return "a sentence in " + file
	case 2, 3:
		file = c.any(`^data/.*/.*\.yaml$`)
		c.write(file, c.otherDigit(file))
		return "a digit in " + file
	case 4: // neither size nor time tells
		c.t.Helper()
		info, err := os.Stat(filepath.Join(c.dir, file))
		c.must(err)
		c.write(file, c.otherDigit(file))
		c.must(os.Chtimes(filepath.Join(c.dir, file), info.ModTime(), info.ModTime()))
		return "a digit behind the clock's back in " + file
	case 5:
		c.must(os.Remove(filepath.Join(c.dir, file)))
		return "removed " + file
	case 6:
		to := c.any(`\.(md|yaml)$`)
		c.must(os.Rename(filepath.Join(c.dir, file), filepath.Join(c.dir, to)))
		return file + " renamed to " + to
	case 7:
		c.write(file, c.read(file)[:c.random.IntN(len(c.read(file))+1)])
		return "cut " + file
	case 8:
		folder := fmt.Sprintf("content/cases/new%d/deep", n)
		c.write(folder+"/附件.txt", "附件\n")
		c.write(fmt.Sprintf("content/cases/new%d.md", n), strings.Replace(c.read(c.any(`^content/.*\.md$`)), "\n\n", "\n\n[附件](new"+fmt.Sprint(n)+"/deep/附件.txt)。", 1))
		return "new " + folder
	case 9:
		folder := filepath.Dir(c.any(`^(data|content)/.*/.*/`))
		c.must(os.Rename(filepath.Join(c.dir, folder), filepath.Join(c.dir, fmt.Sprint(folder, n))))
		return folder + " renamed"
	case 10:
		looks := map[string]string{
			"layouts/words.yaml":              "首页: 首 页\n",
			"layouts/style.yaml":              fmt.Sprintf("font-size: %dpx\n", 10+n),
			"layouts/assets/note.txt":         fmt.Sprintf("第%d版\n", n),
			"layouts/templates/error404.html": "{{define \"error404\"}}没有" + fmt.Sprint(n) + "{{end}}\n",
		}
		for name, text := range looks {
			if c.random.IntN(3) == 0 {
				c.write(name, text)
			}
		}
		return "layouts"
	case 11:
		c.must(os.RemoveAll(filepath.Join(c.dir, "layouts")))
		return "layouts removed"
	}
	// As git checks out: all that is not as it was, and nothing beside it.
	for _, top := range []string{"layouts", "content", "data"} {
		c.must(os.RemoveAll(filepath.Join(c.dir, top)))
	}
	c.must(os.CopyFS(c.dir, c.original))
	return "checked out"
}

// restore puts back what is not as it was, and takes away what is beside it.
func (c *changing) restore() {
	c.t.Helper()
	for _, file := range c.files(`.`) {
		if _, err := fs.Stat(c.original, file); err != nil {
			for name := filepath.Join(c.dir, file); os.Remove(name) == nil; { // and folders that are empty by now
				name = filepath.Dir(name)
			}
		}
	}
	c.must(fs.WalkDir(c.original, ".", func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		want, err := fs.ReadFile(c.original, file)
		if is, gone := os.ReadFile(filepath.Join(c.dir, file)); err == nil && (gone != nil || !bytes.Equal(is, want)) {
			c.write(file, string(want))
		}
		return err
	}))
}

func (c *changing) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *changing) read(file string) string {
	c.t.Helper()
	raw, err := os.ReadFile(filepath.Join(c.dir, file))
	c.must(err)
	return string(raw)
}

// write writes a file in place, or as careful editors do.
func (c *changing) write(file, text string) {
	c.t.Helper()
	name := filepath.Join(c.dir, file)
	c.must(os.MkdirAll(filepath.Dir(name), 0o755))
	if c.random.IntN(2) == 0 {
		c.must(os.WriteFile(name, []byte(text), 0o644))
		return
	}
	c.must(os.WriteFile(name+".tmp", []byte(text), 0o644))
	c.must(os.Rename(name+".tmp", name))
}

// any returns one of the files whose path matches.
func (c *changing) any(pattern string) string {
	c.t.Helper()
	files := c.files(pattern)
	return files[c.random.IntN(len(files))]
}

func (c *changing) files(pattern string) (files []string) {
	c.t.Helper()
	c.must(filepath.WalkDir(c.dir, func(name string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(c.dir, name)
		if e != nil && e.Name() == ".wangjian" {
			return filepath.SkipDir
		}
		if err == nil && !e.IsDir() && regexp.MustCompile(pattern).MatchString(filepath.ToSlash(rel)) {
			files = append(files, filepath.ToSlash(rel))
		}
		return err
	}))
	return files
}

func (c *changing) otherDigit(file string) string {
	text := []byte(c.read(file))
	places := regexp.MustCompile(`[0-9]`).FindAllIndex(text, -1)
	if len(places) > 0 {
		at := places[c.random.IntN(len(places))][0]
		text[at] = '0' + (text[at]-'0'+byte(1+c.random.IntN(9)))%10
	}
	return string(text)
}
