//go:build linux || darwin

package publish

import (
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// create makes a file with no more system calls than it takes: os.File asks for
// its flags and for a place among the files that are waited for, which no disk
// has.
func create(name string) (io.WriteCloser, error) {
	for {
		fd, err := unix.Open(name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, 0o666)
		if err == nil {
			return output{fd, name}, nil
		}
		if err != unix.EINTR {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
	}
}

// output is a file that is being written.
type output struct {
	fd   int
	name string
}

func (o output) Write(p []byte) (int, error) {
	done := 0
	for done < len(p) {
		n, err := unix.Write(o.fd, p[done:])
		done += max(n, 0)
		if err != nil && err != unix.EINTR {
			return done, &fs.PathError{Op: "write", Path: o.name, Err: err}
		}
	}
	return done, nil
}

func (o output) Close() error {
	if err := unix.Close(o.fd); err != nil {
		return &fs.PathError{Op: "close", Path: o.name, Err: err}
	}
	return nil
}

func removeAll(dir string) error { return os.RemoveAll(dir) }
