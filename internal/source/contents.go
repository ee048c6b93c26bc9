package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/picture"
)

// contents returns the second pass its bytes.
type contents struct {
	fsys     fs.FS
	attached fs.FS // what of it may go out as it is
	studio   *picture.Studio
	bound    *bound
}

// bound are the hashes of files as they were reviewed.
type bound struct {
	mu       sync.Mutex
	hashes   map[string]string
	reviewed bool
}

func newBound() *bound { return &bound{hashes: map[string]string{}} }

// bind compares a file with what was read of it first.
func (b *bound) bind(file, hash string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	first, known := b.hashes[file]
	if !known && !b.reviewed {
		b.hashes[file] = hash
		return nil
	}
	if first != hash {
		return fmt.Errorf("%s %w", file, campaign.ErrChanged)
	}
	return nil
}

// open reads a file that others read by parts, and binds it.
func (b *bound) open(f fs.File, info fs.FileInfo, name string) (fs.File, error) {
	raw := bytes.NewBuffer(make([]byte, 0, info.Size()+bytes.MinRead)) // fonts are large
	if _, err := raw.ReadFrom(f); err != nil {
		return f, err
	}
	sum := sha256.Sum256(raw.Bytes())
	return &inMemory{bytes.NewReader(raw.Bytes()), f, info}, b.bind(name, hex.EncodeToString(sum[:]))
}

// inMemory is a file that was read whole.
type inMemory struct {
	*bytes.Reader
	io.Closer
	info fs.FileInfo
}

func (f *inMemory) Stat() (fs.FileInfo, error) { return f.info, nil }

// Contents reads bodies and attachments again, one at a time, so that memory
// does not grow with the number of pages. Its type is release.Contents.
func Contents(fsys fs.FS) contents {
	return ContentsWith(fsys, picture.NewStudio(cache.NewMemory()))
}

// ContentsWith is Contents with the studio that develops the pictures.
func ContentsWith(fsys fs.FS, studio *picture.Studio) contents {
	return contents{safely(fsys), publishable{safely(fsys), contentFolder, nil}, studio, newBound()}
}

// Reviewed ends the review: what nobody has read by now is not opened any more.
func (c contents) Reviewed() {
	c.bound.mu.Lock()
	defer c.bound.mu.Unlock()
	c.bound.reviewed = true
}

// Bound returns the hash of a file that was read, "" for none.
func (c contents) Bound(file string) string {
	c.bound.mu.Lock()
	defer c.bound.mu.Unlock()
	return c.bound.hashes[file]
}

// Bind compares a file with what was read of it first.
func (c contents) Bind(file, hash string) error { return c.bound.bind(file, hash) }

// Body returns an item's Markdown. It refuses a file that has changed since the
// first pass: what is rendered must be what was checked.
func (c contents) Body(i *campaign.Item) ([]byte, error) {
	raw, err := fs.ReadFile(c.fsys, i.File)
	if err != nil {
		return nil, fmt.Errorf("读 %s：%w", i.File, err)
	}
	if sha256.Sum256(raw) != i.Body.Hash {
		return nil, fmt.Errorf("%s %w", i.File, campaign.ErrChanged)
	}
	text, err := Decode(raw)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", i.File, err)
	}
	_, body, _, ok := splitFront(text)
	if !ok {
		return nil, fmt.Errorf("%s 没有开头的信息", i.File)
	}
	return body, nil
}

// Open opens a file that items publish with themselves, and no other.
func (c contents) Open(file string) (io.ReadCloser, error) {
	f, err := c.attached.Open(file)
	if err != nil {
		return nil, c.unlessBound(file, err)
	}
	return f, nil
}

// unlessBound returns why a file cannot be read: where it could be before, because
// it was changed.
func (c contents) unlessBound(file string, err error) error {
	if c.Bound(file) != "" {
		return fmt.Errorf("%s %w", file, campaign.ErrChanged)
	}
	return err
}

// Picture returns a picture ready to be published.
func (c contents) Picture(file string) (*picture.Picture, error) {
	p, err := c.studio.Picture(c.attached, file)
	if err != nil {
		return nil, c.unlessBound(file, err)
	}
	return p, c.Bind(file, p.Key())
}

// Lines returns a text file line by line, for showing where a finding is; nil
// when it cannot be read.
func Lines(fsys fs.FS, file string) []string {
	info, err := fs.Stat(fsys, file)
	if err != nil || info.Size() > MaxFile {
		return nil
	}
	text, err := readDecoded(fsys, file)
	if err != nil {
		return nil
	}
	return strings.Split(string(text), "\n")
}
