package picture

import (
	"cmp"
	"fmt"
	"io"
	"slices"
)

// container is a video or a recording being looked through. What it holds is read in
// windows, so that memory does not grow with it.
type container struct {
	file    io.ReadSeeker
	size    int64
	window  []byte
	from    int64 // where the window lies
	patches []patch
}

// patch says what a stretch of a file is replaced by: bytes, and then zeros.
type patch struct {
	at, length int64
	bytes      []byte
}

type stretch struct{ from, to int64 }

const windowLength = 64 << 10

// read returns bytes of the file, which the caller may change.
func (c *container) read(at, length int64) ([]byte, error) {
	if at < 0 || length < 0 || length > c.size-at {
		return nil, fmt.Errorf("文件已损坏或不完整")
	}
	if at < c.from || at+length > c.from+int64(len(c.window)) {
		window := make([]byte, max(length, min(windowLength, c.size-at)))
		if _, err := c.file.Seek(at, io.SeekStart); err != nil {
			return nil, fmt.Errorf("文件读不出来")
		}
		if _, err := io.ReadFull(c.file, window); err != nil {
			return nil, fmt.Errorf("文件读不出来")
		}
		c.window, c.from = window, at
	}
	return slices.Clone(c.window[at-c.from:][:length]), nil
}

func (c *container) zero(at, length int64) {
	if length > 0 {
		c.patches = append(c.patches, patch{at, length, nil})
	}
}

// patched returns the file as it may be published.
func (c *container) patched() (io.Reader, error) {
	if _, err := c.file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("文件读不出来")
	}
	slices.SortFunc(c.patches, func(a, b patch) int { return cmp.Compare(a.at, b.at) })
	return &patched{from: c.file, patches: c.patches}, nil
}

// patched reads a file with its patches.
type patched struct {
	from    io.Reader
	at      int64
	patches []patch // by place, none within another
}

func (p *patched) Read(to []byte) (int, error) {
	n, err := p.from.Read(to)
	for len(p.patches) > 0 && p.patches[0].at < p.at+int64(n) {
		first := p.patches[0]
		for at := max(first.at, p.at); at < min(first.at+first.length, p.at+int64(n)); at++ {
			value := byte(0)
			if k := at - first.at; k < int64(len(first.bytes)) {
				value = first.bytes[k]
			}
			to[at-p.at] = value
		}
		if first.at+first.length > p.at+int64(n) {
			break
		}
		p.patches = p.patches[1:]
	}
	p.at += int64(n)
	return n, err
}
