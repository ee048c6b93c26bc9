package publish

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"

	"wangjian/internal/release"
)

// Sink is where a site is written to. Create is called for several files at
// once; a file is whole when its Close has returned nil.
type Sink interface {
	Create(path string) (io.WriteCloser, error)
}

// Sum is what a site's SHA256SUMS says of a file.
type Sum struct {
	Path   string
	SHA256 [sha256.Size]byte
	Size   int64
}

// Render renders the files into a sink, workers at a time (as many as there are
// processors when 0), and SHA256SUMS after all of them. The sums come sorted by
// path. Whatever the number of workers, the sink gets the same bytes, and the
// error is that of the first file in the list that has one.
func Render(files []release.File, to Sink, workers int) ([]Sum, error) {
	return render(context.Background(), files, to, workers, nil)
}

// render is Render that takes over what made says and notes what files read;
// made may be nil. When ctx is done it returns at once while the
// last files are still being rendered.
func render(ctx context.Context, files []release.File, to Sink, workers int, made *rendered) ([]Sum, error) {
	if err := checkPaths(files); err != nil {
		return nil, err
	}
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	sums := make([]Sum, len(files))
	queue := &queue{end: len(files)}
	var group sync.WaitGroup
	for range min(workers, len(files)) {
		group.Go(func() {
			buffer := bufio.NewWriterSize(nil, 64<<10)
			for {
				n, ok := queue.next()
				if !ok {
					return
				}
				sum, err := renderOne(files[n], to, buffer, made)
				if err != nil {
					queue.fail(n, fmt.Errorf("生成 %s：%w", files[n].Path, err))
					return
				}
				sums[n] = sum
			}
		})
	}
	rendered := make(chan struct{})
	go func() { group.Wait(); close(rendered) }()
	select {
	case <-rendered:
	case <-ctx.Done():
		queue.fail(-1, ErrStopped)
		return nil, ErrStopped
	}
	if queue.err != nil {
		return nil, queue.err
	}
	slices.SortFunc(sums, func(a, b Sum) int { return cmp.Compare(a.Path, b.Path) })
	if err := writeSums(sums, to); err != nil {
		return nil, fmt.Errorf("生成 %s：%w", SumsFile, err)
	}
	return sums, nil
}

// queue hands the files out in their order. After a failure it hands out no
// more; since everything before the failed file is out already, the earliest
// error is always the same one.
type queue struct {
	mu       sync.Mutex
	at, end  int
	failedAt int
	err      error
}

func (q *queue) next() (int, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.err != nil || q.at == q.end {
		return 0, false
	}
	q.at++
	return q.at - 1, true
}

func (q *queue) fail(n int, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.err == nil || n < q.failedAt {
		q.failedAt, q.err = n, err
	}
}

func renderOne(f release.File, to Sink, buffer *bufio.Writer, made *rendered) (Sum, error) {
	if sum, ok := made.take(f, to); ok {
		return sum, nil
	}
	w, err := to.Create(f.Path)
	if err != nil {
		return Sum{}, err
	}
	sum := Sum{Path: f.Path}
	hash := sha256.New()
	buffer.Reset(io.MultiWriter(w, hash, (*counter)(&sum.Size)))
	err = made.write(f, buffer)
	if err == nil {
		err = buffer.Flush()
	}
	if err != nil {
		w.Close() // it will never be whole: what Close says matters to nobody
		return Sum{}, err
	}
	if err := w.Close(); err != nil {
		return Sum{}, err
	}
	hash.Sum(sum.SHA256[:0])
	return sum, nil
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// writeSums writes the list the way sha256sum -c reads it.
func writeSums(sums []Sum, to Sink) error {
	w, err := to.Create(SumsFile)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	for _, s := range sums {
		fmt.Fprintf(out, "%x  %s\n", s.SHA256, s.Path)
	}
	if err := out.Flush(); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}

// parseSums reads a SHA256SUMS of ours; ok is false for anything that this
// program would not have written.
func parseSums(raw []byte) (paths map[string][sha256.Size]byte, ok bool) {
	paths = map[string][sha256.Size]byte{}
	last := ""
	for line := range bytes.Lines(raw) {
		text, whole := strings.CutSuffix(string(line), "\n")
		sum, p, two := strings.Cut(text, "  ")
		digits, err := hex.DecodeString(sum)
		if !whole || !two || err != nil || len(digits) != sha256.Size || sum != strings.ToLower(sum) || checkPath(p) != nil || p <= last {
			return nil, false
		}
		paths[p] = [sha256.Size]byte(digits)
		last = p
	}
	return paths, len(paths) > 0
}
