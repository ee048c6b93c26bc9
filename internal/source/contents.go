package source

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/picture"
)

// contents returns the second pass its bytes.
type contents struct {
	fsys     fs.FS
	attached fs.FS // what of it may go out as it is
	studio   *picture.Studio
}

// Contents reads bodies and attachments again, one at a time, so that memory
// does not grow with the number of pages. Its type is release.Contents.
func Contents(fsys fs.FS) contents {
	return ContentsWith(fsys, picture.NewStudio(cache.NewMemory()))
}

// ContentsWith is Contents with the studio that develops the pictures.
func ContentsWith(fsys fs.FS, studio *picture.Studio) contents {
	return contents{safely(fsys), publishable{safely(fsys), contentFolder}, studio}
}

// Body returns an item's Markdown. It refuses a file that has changed since the
// first pass: what is rendered must be what was checked.
func (c contents) Body(i *campaign.Item) ([]byte, error) {
	raw, err := fs.ReadFile(c.fsys, i.File)
	if err != nil {
		return nil, fmt.Errorf("读 %s：%w", i.File, err)
	}
	if sha256.Sum256(raw) != i.Body.Hash {
		return nil, fmt.Errorf("%s 在生成过程中被改动了，请重新运行", i.File)
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
func (c contents) Open(file string) (io.ReadCloser, error) { return c.attached.Open(file) }

// Picture returns a picture ready to be published.
func (c contents) Picture(file string) (*picture.Picture, error) {
	return c.studio.Picture(c.attached, file)
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
