package layouts

import (
	"compress/gzip"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// packing is the ending of files that are embedded compressed: fonts of rare
// characters, which few papers need.
const packing = ".gz"

// packed shows compressed files under their own names, as what they hold.
type packed struct{ embed.FS }

func (p packed) Open(name string) (fs.File, error) {
	f, err := p.FS.Open(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	f, missing := p.FS.Open(name + packing)
	if missing != nil {
		return nil, err
	}
	u, err := unpack(f.(embeddedFile))
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", name+packing, err)
	}
	return u, nil
}

func (p packed) ReadFile(name string) ([]byte, error) {
	data, err := p.FS.ReadFile(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return data, err
	}
	f, err := p.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	data = make([]byte, info.Size())
	_, err = io.ReadFull(f, data)
	return data, err
}

func (p packed) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := p.FS.ReadDir(name)
	for i, e := range entries {
		if plain, ok := strings.CutSuffix(e.Name(), packing); ok {
			info, err := fs.Stat(p, name+"/"+plain)
			if err != nil {
				return nil, err
			}
			entries[i] = fs.FileInfoToDirEntry(info)
		}
	}
	return entries, err
}

// unpacked is a file of what a compressed one holds.
type unpacked struct {
	fs.File
	in   *gzip.Reader
	size int64 // the last thing that the compressed file holds
}

// embeddedFile is what package embed promises of a file that is no folder.
type embeddedFile interface {
	fs.File
	io.ReaderAt
}

func unpack(f embeddedFile) (*unpacked, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	size := make([]byte, 4)
	if _, err := f.ReadAt(size, info.Size()-int64(len(size))); err != nil {
		return nil, err
	}
	in, err := gzip.NewReader(f)
	return &unpacked{f, in, int64(binary.LittleEndian.Uint32(size))}, err
}

func (u *unpacked) Read(b []byte) (int, error) { return u.in.Read(b) }

func (u *unpacked) Stat() (fs.FileInfo, error) {
	info, err := u.File.Stat()
	return unpackedInfo{info, u.size}, err
}

type unpackedInfo struct {
	fs.FileInfo
	size int64
}

func (i unpackedInfo) Name() string { return strings.TrimSuffix(i.FileInfo.Name(), packing) }
func (i unpackedInfo) Size() int64  { return i.size }
