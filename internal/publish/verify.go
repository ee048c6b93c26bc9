package publish

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"

	"wangjian/internal/cache"
	"wangjian/internal/cause"
	"wangjian/internal/release"
)

// Difference is what is wrong with one file of a published folder.
type Difference struct {
	Path  string
	Words string // Chinese
}

func sorted(list []Difference) []Difference {
	slices.SortFunc(list, func(a, b Difference) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Words, b.Words)) })
	return list
}

// CheckSums compares a published folder with its SHA256SUMS: each file is there
// and has its sum, and nothing else is. It returns the number of files listed.
func CheckSums(dir string) (count int, wrong []Difference, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return 0, nil, cause.Failed("打开", dir, err)
	}
	defer root.Close()
	raw, err := root.ReadFile(SumsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil, fmt.Errorf("%s 里没有 %s：这不是发布完整的网站", dir, SumsFile)
	}
	if err != nil {
		return 0, nil, cause.Failed("读", SumsFile, err)
	}
	sums, ok := parseSums(raw)
	if !ok {
		return 0, nil, fmt.Errorf("%s 不是本程序写的样子，可能被改过", filepath.Join(dir, SumsFile))
	}
	for p, want := range sums {
		switch got, err := sumOf(root, p); {
		case errors.Is(err, fs.ErrNotExist):
			wrong = append(wrong, Difference{p, "缺这个文件"})
		case err != nil:
			wrong = append(wrong, Difference{p, "读不出来：" + cause.Of(err)})
		case got != want:
			wrong = append(wrong, Difference{p, "与 " + SumsFile + " 不符，发布以后被改过"})
		}
	}
	files, err := cache.LookIn(dir, "", ".")
	if err != nil {
		return 0, nil, cause.Failed("查看", dir, err)
	}
	for _, p := range notIn(files, sums) {
		wrong = append(wrong, Difference{p, "多出的文件，" + SumsFile + " 里没有"})
	}
	return len(sums), sorted(wrong), nil
}

// Listed lists the paths of a published folder, by its SHA256SUMS; none where it is
// not ours.
func Listed(dir string) []string {
	raw, err := os.ReadFile(filepath.Join(dir, SumsFile))
	if err != nil {
		return nil
	}
	sums, _ := parseSums(raw)
	return slices.Sorted(maps.Keys(sums))
}

// sumOf hashes a file of a folder; a link or a folder is no file.
func sumOf(root *os.Root, p string) (sum [sha256.Size]byte, err error) {
	name := filepath.FromSlash(p)
	info, err := root.Lstat(name)
	if err != nil {
		return sum, err
	}
	if !info.Mode().IsRegular() {
		return sum, errors.New("不是普通文件")
	}
	f, err := root.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	return hashOf(f)
}

// Compare renders the files and compares them, SHA256SUMS included, with those
// of a published folder, until the context ends. Nothing is written. told, where there
// is one, is called for each file, from anywhere.
func Compare(ctx context.Context, files []release.File, dir string, workers int, told func(n, of int)) ([]Difference, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, cause.Failed("打开", dir, err)
	}
	defer root.Close()
	to := &comparison{ctx: ctx, root: root, of: len(files), told: told}
	if _, err := Render(files, to, workers); err != nil {
		return nil, cmp.Or(ctx.Err(), err)
	}
	wanted := map[string]bool{}
	for _, f := range files {
		wanted[f.Path] = true
	}
	there, err := cache.LookIn(dir, "", ".")
	if err != nil {
		return nil, cause.Failed("查看", dir, err)
	}
	for _, p := range notIn(there, wanted) {
		to.add(p, "重新生成的网站里没有这个文件")
	}
	return sorted(to.wrong), nil
}

// comparison is the sink that holds what is rendered against what is there.
type comparison struct {
	ctx  context.Context
	root *os.Root
	of   int
	told func(n, of int)

	mu    sync.Mutex
	count int
	wrong []Difference
}

// next counts a file, unless it is enough.
func (c *comparison) next() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count++
	if c.told != nil {
		c.told(c.count, c.of)
	}
	return c.ctx.Err()
}

func (c *comparison) add(p, words string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wrong = append(c.wrong, Difference{p, words})
}

// Put compares a file.
func (c *comparison) Put(sum Sum, content []byte) error {
	d, err := c.Create(sum.Path)
	if err != nil {
		return err
	}
	_, err = d.Write(content)
	return errors.Join(err, d.Close())
}

// Create starts comparing a file.
func (c *comparison) Create(p string) (Draft, error) {
	if err := c.next(); err != nil {
		return nil, err
	}
	f, err := c.root.Open(filepath.FromSlash(p))
	if errors.Is(err, fs.ErrNotExist) {
		c.add(p, "发布的文件夹里没有这个文件")
		return &compared{differ: true}, nil
	}
	if err != nil {
		c.add(p, "读不出来："+cause.Of(err))
		return &compared{differ: true}, nil
	}
	return &compared{to: c, path: p, file: f, line: 1}, nil
}

// compared reads on in the published file as its rebuilding comes.
type compared struct {
	to     *comparison
	path   string
	file   *os.File // nil where there is none
	read   []byte
	offset int64
	line   int
	differ bool
}

func (c *compared) Write(p []byte) (int, error) {
	if c.differ {
		return len(p), nil
	}
	if cap(c.read) < len(p) {
		c.read = make([]byte, len(p))
	}
	n, err := io.ReadFull(c.file, c.read[:len(p)])
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return 0, cause.Failed("读", c.path, err)
	}
	same := 0
	for same < n && c.read[same] == p[same] {
		same++
	}
	c.offset += int64(same)
	c.line += bytes.Count(p[:same], []byte("\n"))
	if same < len(p) {
		c.differs()
	}
	return len(p), nil
}

// differs notes where the two part: by line in what people read as text.
func (c *compared) differs() {
	c.differ = true
	switch path.Ext(c.path) {
	case ".html", ".css", ".js", ".json", ".csv", ".xml", ".svg", ".txt", "":
		c.to.add(c.path, fmt.Sprintf("与重新生成的不同，从第 %d 行起", c.line))
	default:
		c.to.add(c.path, fmt.Sprintf("与重新生成的不同，从第 %d 个字节起", c.offset+1))
	}
}

func (c *compared) Close() error {
	if !c.differ {
		if n, _ := c.file.Read(make([]byte, 1)); n > 0 {
			c.differs() // it goes on
		}
	}
	if c.file != nil {
		c.file.Close()
	}
	return nil
}

func (c *compared) Done(Sum) error { return nil }
