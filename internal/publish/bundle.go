package publish

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"wangjian/internal/cause"
	"wangjian/internal/release"
	"wangjian/internal/sheet"
)

// The lists that a bundle ends with: one for people, one for sha256sum -c.
const (
	listSheet = "清单.xlsx"
	listText  = "清单.txt"
)

// Bundle is a zip file on disk that holds a submission. It is never public.
type Bundle struct {
	Target   string
	Campaign string // the campaign's folder
	Workers  int    // files rendered at once; as many as there are processors when 0
	// Told, where there is one, is called as each part is about to be written.
	Told func(done, total int, path string)
}

// Write renders a submission into the bundle and moves it to its place when it
// is whole; the file that was there stays otherwise. The same submission has
// the same bytes. It returns [ErrStopped] as soon as ctx is done.
func (b Bundle) Write(ctx context.Context, v *release.View, parts []release.Part) (size int64, err error) {
	files := make([]release.File, len(parts))
	for i, p := range parts {
		if files[i] = p.File; p.IsPublic() {
			return 0, fmt.Errorf("%s 不是为报送制作的，不能放进报送材料", p.Path)
		}
	}
	if err := checkPaths(files); err != nil {
		return 0, err
	}
	if err := b.checkName(); err != nil {
		return 0, err
	}
	out := Deliverable{Path: b.Target, Campaign: b.Campaign, Office: "报送材料"}
	err = out.Write(func(w io.Writer) error {
		counted := &counter{to: w}
		defer func() { size = counted.size }()
		return b.fill(ctx, counted, v, parts)
	})
	return size, err
}

func (b Bundle) checkName() error {
	if !strings.EqualFold(filepath.Ext(b.Target), ".zip") {
		return fmt.Errorf("报送材料是一个 zip 文件，%s 的末尾要是 .zip", b.Target)
	}
	return nil
}

// counter counts what is written.
type counter struct {
	to   io.Writer
	size int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.size += int64(n)
	return n, err
}

// fill writes the zip file: the parts in their order, then the lists.
func (b Bundle) fill(ctx context.Context, to io.Writer, v *release.View, parts []release.Part) error {
	p := bundling{Writer: zip.NewWriter(to), day: v.LatestEdition().Changed.Midnight()}
	for n, content := range b.rendered(ctx, parts) {
		if b.Told != nil {
			b.Told(n, len(parts), parts[n].Path)
		}
		if content.err != nil {
			return fmt.Errorf("生成 %s：%w", parts[n].Path, content.err)
		}
		if err := p.add(parts[n].Path, parts[n].What, content); err != nil {
			return err
		}
	}
	return p.end(v)
}

// bundling is a bundle that is being written.
type bundling struct {
	*zip.Writer
	day  time.Time
	list []sheet.Listed
}

// add writes a file and notes it for the lists.
func (p *bundling) add(name, what string, content io.Reader) error {
	h := sha256.New()
	size, err := p.put(name, io.TeeReader(content, h))
	p.list = append(p.list, sheet.Listed{Path: name, What: what, Size: size, SHA256: [sha256.Size]byte(h.Sum(nil))})
	return err
}

func (p *bundling) put(name string, content io.Reader) (size int64, err error) {
	method := zip.Store // the rest is packed already
	if slices.Contains([]string{".txt", ".csv", ".md", ".json"}, strings.ToLower(path.Ext(name))) {
		method = zip.Deflate
	}
	w, err := p.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: p.day})
	if err != nil {
		return 0, cause.Failed("写", name, err)
	}
	if size, err = io.Copy(w, content); err != nil {
		return 0, cause.Failed("写", name, err)
	}
	return size, nil
}

// end writes the lists.
func (p *bundling) end(v *release.View) error {
	var text, table bytes.Buffer
	slices.SortFunc(p.list, func(a, b sheet.Listed) int { return cmp.Compare(a.Path, b.Path) })
	for _, l := range p.list {
		fmt.Fprintf(&text, "%x  %s\n", l.SHA256, l.Path)
	}
	if err := sheet.WriteList(&table, v, p.list); err != nil {
		return err
	}
	if _, err := p.put(listText, &text); err != nil {
		return err
	}
	if _, err := p.put(listSheet, &table); err != nil {
		return err
	}
	return p.Close()
}

// content is a rendered part.
type content struct {
	bytes.Buffer
	err error
}

// rendered returns the parts' contents in their order, some being rendered ahead
// at the same time.
func (b Bundle) rendered(ctx context.Context, parts []release.Part) func(yield func(int, *content) bool) {
	workers := b.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return func(yield func(int, *content) bool) {
		ahead := make([]chan *content, len(parts))
		for n := range parts {
			ahead[n] = make(chan *content, 1)
		}
		start := func(n int) {
			if n >= len(parts) {
				return
			}
			go func() {
				c := &content{}
				c.err = parts[n].Write(&c.Buffer)
				ahead[n] <- c
			}()
		}
		for n := range workers {
			start(n)
		}
		for n := range parts {
			var c *content
			select {
			case c = <-ahead[n]:
			case <-ctx.Done():
				yield(n, &content{err: ErrStopped})
				return
			}
			start(n + workers)
			if !yield(n, c) {
				return
			}
		}
	}
}
