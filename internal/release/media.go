package release

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"

	"wangjian/internal/picture"
)

// ErrPicture is what Open says of a picture: its original never leaves.
var ErrPicture = errors.New("图片只能重新编码后发布")

// allowed refuses what no item of the view publishes, and notes what is read.
func (v *View) allowed(file string) error {
	if !v.files[file] {
		return fmt.Errorf("%s 不属于这里的任何内容，不能发布", file)
	}
	return v.read(file)
}

// Open opens a file that an item of the view publishes; any other file is
// refused. A video comes without its container's metadata. A picture, told by
// its bytes, is refused with ErrPicture: see Picture.
func (v *View) Open(file string) (io.ReadCloser, error) {
	if err := v.allowed(file); err != nil {
		return nil, err
	}
	f, err := v.contents.Open(file)
	if err != nil {
		return nil, err
	}
	head := make([]byte, picture.SniffLength)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		f.Close()
		return nil, err
	}
	switch format := picture.Sniff(head[:n]); {
	case format.IsPicture():
		f.Close()
		return nil, fmt.Errorf("%s：%w", file, ErrPicture)
	case format.IsVideo():
		clean, err := cleanVideo(f, file, format)
		if err != nil {
			f.Close()
			return nil, err
		}
		return v.bound(file, clean, f), nil
	}
	return v.bound(file, io.MultiReader(bytes.NewReader(head[:n]), f), f), nil
}

// bound returns what is read of a file; at its end it must be what was reviewed.
func (v *View) bound(file string, from io.Reader, f io.Closer) io.ReadCloser {
	return &opened{from, f, sha256.New(), func(hash string) error { return v.contents.Bind(file, hash) }}
}

func cleanVideo(f io.Reader, file string, format picture.Format) (io.Reader, error) {
	seeker, ok := f.(io.ReadSeeker)
	if format != picture.MP4 || !ok {
		return nil, fmt.Errorf("%s：这是 %s 视频，只收 MP4", file, format)
	}
	clean, err := picture.CleanVideo(seeker)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", file, err)
	}
	return clean, nil
}

// Picture returns a picture of the view ready to be published.
func (v *View) Picture(file string) (*picture.Picture, error) {
	if err := v.allowed(file); err != nil {
		return nil, err
	}
	return v.contents.Picture(file)
}

// Handout opens a file of the view as it may be published: a picture in its
// widest size, made ready, and everything else as Open returns it.
func (v *View) Handout(file string) (io.ReadCloser, error) {
	f, err := v.Open(file)
	if !errors.Is(err, ErrPicture) {
		return f, err
	}
	p, err := v.Picture(file)
	if err != nil {
		return nil, fmt.Errorf("图片 %s：%w", file, err)
	}
	raw, err := p.Bytes(len(p.Sizes) - 1)
	if err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(raw)), nil
}

// Ending is the ending of the name (".jpg") that fits what Handout returns.
func (v *View) Ending(file string) string {
	if format, err := v.FormatOf(file); err == nil && format.IsPicture() {
		if p, err := v.Picture(file); err == nil {
			return "." + p.Ending
		}
	}
	return path.Ext(file)
}

// Bind says what a file that was read before was, as the same bytes have it now.
func (v *View) Bind(file, hash string) error { return v.contents.Bind(file, hash) }

// Bound returns the hash of what was read of a file; "" for none.
func (v *View) Bound(file string) string { return v.contents.Bound(file) }

// FormatOf tells what a file of the view is by its first bytes.
func (v *View) FormatOf(file string) (picture.Format, error) {
	if err := v.allowed(file); err != nil {
		return picture.Other, err
	}
	f, err := v.contents.Open(file)
	if err != nil {
		return picture.Other, err
	}
	defer f.Close()
	head := make([]byte, picture.SniffLength)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return picture.Other, err
	}
	return picture.Sniff(head[:n]), nil
}

// opened is a file of which all that is read is hashed.
type opened struct {
	from io.Reader
	file io.Closer
	hash hash.Hash
	end  func(hash string) error
}

func (o *opened) Read(p []byte) (int, error) {
	n, err := o.from.Read(p)
	o.hash.Write(p[:n])
	if err == io.EOF {
		err = cmp.Or(o.end(hex.EncodeToString(o.hash.Sum(nil))), err)
	}
	return n, err
}

func (o *opened) Close() error { return o.file.Close() }

func (o *opened) Stat() (fs.FileInfo, error) {
	if known, ok := o.file.(fs.File); ok {
		return known.Stat()
	}
	return nil, fs.ErrInvalid
}
