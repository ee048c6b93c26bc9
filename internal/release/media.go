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

	"wangjian/internal/campaign"
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
// refused. A video or a recording comes without metadata, and must be what its name
// says. A picture, told by its bytes, is refused with ErrPicture: see Picture.
func (v *View) Open(file string) (io.ReadCloser, error) {
	if err := v.allowed(file); err != nil {
		return nil, err
	}
	f, err := v.contents.Open(file)
	if err != nil {
		return nil, err
	}
	head, format, err := picture.SniffFile(f)
	switch {
	case err != nil:
	case format.IsPicture():
		err = fmt.Errorf("%s：%w", file, ErrPicture)
	case !format.Fits(file):
		err = fmt.Errorf("%s：内容不是它的扩展名 %s 所说的那种文件", file, path.Ext(file))
	case format.IsVideo() || format.IsSound():
		var clean io.Reader
		if clean, err = cleaned(f, format); err == nil {
			return v.bound(file, clean, f), nil
		}
		err = fmt.Errorf("%s：%w", file, err)
	default:
		return v.bound(file, io.MultiReader(bytes.NewReader(head), f), f), nil
	}
	defer f.Close()
	if whole, ok := f.(io.ReadSeeker); ok {
		if _, e := whole.Seek(0, io.SeekStart); e == nil {
			if _, e := io.Copy(io.Discard, v.bound(file, whole, f)); errors.Is(e, campaign.ErrChanged) {
				return nil, e // what is wrong with it now may be nobody's fault
			}
		}
	}
	return nil, err
}

// bound returns what is read of a file; at its end it must be what was reviewed.
func (v *View) bound(file string, from io.Reader, f io.Closer) io.ReadCloser {
	return &opened{from, f, sha256.New(), func(hash string) error { return v.contents.Bind(file, hash) }}
}

func cleaned(f io.Reader, format picture.Format) (io.Reader, error) {
	if seeker, ok := f.(io.ReadSeeker); ok {
		return picture.Clean(seeker, format)
	}
	return nil, errors.ErrUnsupported
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
	_, format, err := picture.SniffFile(f)
	return format, err
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
