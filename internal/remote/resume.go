package remote

import (
	"context"
	"io"
)

// resumed reads a file on where the connection broke.
type resumed struct {
	ctx    context.Context
	broken func(error) bool
	from   func(offset int64) (io.ReadCloser, error)
	now    io.ReadCloser
	offset int64
	failed int
}

// open opens a file that from opens at an offset.
func open(ctx context.Context, broken func(error) bool, from func(offset int64) (io.ReadCloser, error)) (io.ReadCloser, error) {
	now, err := from(0)
	if err != nil {
		return nil, err
	}
	return &resumed{ctx: ctx, broken: broken, from: from, now: now}, nil
}

func (r *resumed) Read(p []byte) (int, error) {
	for {
		n, err := r.now.Read(p)
		r.offset += int64(n)
		if n > 0 {
			r.failed = 0
			return n, nil // an error comes again
		}
		if err == nil || err == io.EOF || !r.broken(err) {
			return 0, err
		}
		if r.failed++; r.failed == attempts {
			return 0, err
		}
		if e := pause(r.ctx, r.failed); e != nil {
			return 0, e
		}
		r.now.Close()
		again, e := r.from(r.offset)
		if e != nil {
			return 0, e
		}
		r.now = again
	}
}

func (r *resumed) Close() error { return r.now.Close() }
