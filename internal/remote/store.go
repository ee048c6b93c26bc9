package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"wangjian/internal/campaign"
)

// Store is a folder on a server. Its paths are relative to the folder, with slashes.
// It is called from several goroutines at once.
type Store interface {
	// List returns all files of the folder, in no order.
	List(ctx context.Context) ([]Object, error)
	// Get reads a file, decompressed; its error is fs.ErrNotExist where there is none.
	Get(ctx context.Context, path string) (io.ReadCloser, error)
	// Put writes a file of so many bytes over what is there.
	Put(ctx context.Context, path string, content io.ReadSeeker, size int64) error
	// Create writes a small file unless one is there, which is fs.ErrExist. A server
	// that ignores the condition writes over it.
	Create(ctx context.Context, path string, content []byte) error
	// Has reports whether the server has this content under the path of o, which is
	// one that List returned. It may read it.
	Has(ctx context.Context, o Object, content io.ReadSeeker, size int64) (bool, error)
	// Delete deletes a file. It is no error where there is none.
	Delete(ctx context.Context, path string) error
	// Address returns where a file can be read without signing in, "" where nobody
	// knows.
	Address(path string) string
	// Remains says in Chinese where older copies of the files may stay on the server.
	Remains(ctx context.Context) string
	// Close signs out, and removes what this process left of its own.
	Close() error
}

// Object is a file on a server.
type Object struct {
	Path     string
	Size     int64     // as it is stored
	Modified time.Time // by the clock of the server
	tag      string    // of object storage
}

// Own is the folder in which a program stores what belongs to no site: its lock, and
// files on their way. Its files are listed like any other.
const Own = ".wangjian/"

// AtOnce is how many files are best put at once.
const AtOnce = 8

// attempts is how often something is tried over a connection that breaks.
const attempts = 5

// Open signs in to a destination that is on a server.
func Open(ctx context.Context, d *campaign.Destination) (Store, error) {
	secret, err := Secret(d)
	if err != nil {
		return nil, err
	}
	var s Store
	switch {
	case d.SFTP != nil:
		s, err = openSFTP(ctx, d, secret)
	case d.Bucket != nil:
		s, err = openBucket(ctx, d, secret)
	default:
		err = errors.New("它不在服务器上")
	}
	if err != nil {
		return nil, fmt.Errorf("连接“%s”（%s）：%w", d.Name, d.Where(), err)
	}
	return s, nil
}

// pause waits longer each time before something is tried again.
func pause(ctx context.Context, attempt int) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Duration(attempt*attempt) * 200 * time.Millisecond):
		return nil
	}
}
