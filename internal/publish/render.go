package publish

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"

	"wangjian/internal/release"
)

// Sink is where a site is written to. It is called for several files at once.
type Sink interface {
	// Put writes a file.
	Put(sum Sum, content []byte) error
	// Create starts a file that is too large to be held in memory.
	Create(path string) (Draft, error)
}

// Draft is a file that is being written: it is whole when it was closed and Done
// has returned nil.
type Draft interface {
	io.WriteCloser
	Done(sum Sum) error
}

// Sum is what a site's SHA256SUMS says of a file.
type Sum struct {
	Path   string
	SHA256 [sha256.Size]byte
	Size   int64
}

// Render renders the files into a sink, workers at a time (as many as there are
// processors when 0), and SHA256SUMS after all of them. The sums come sorted by
// path, its own at the end. Whatever the number of workers, the sink gets the same bytes, and the
// error is that of the first file in the list that has one.
func Render(files []release.File, to Sink, workers int) ([]Sum, error) {
	return render(context.Background(), files, to, workers, nil)
}

// render is Render that takes over what b has of the build before; b may be nil.
// When ctx is done it returns at once while the last files are still being
// rendered.
func render(ctx context.Context, files []release.File, to Sink, workers int, b *building) ([]Sum, error) {
	if err := checkPaths(files); err != nil {
		return nil, err
	}
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	done := newFinished(files)
	queue := &queue{end: len(files)}
	var group sync.WaitGroup
	for range min(workers, len(files)) {
		group.Go(func() {
			held := &page{to: to, content: make([]byte, 0, mostHeld)}
			for {
				n, ok := queue.next()
				if !ok {
					return
				}
				sum, err := renderOne(files[n], held, b, done.before(n))
				done.finish(n, sum, err)
				if err != nil {
					queue.fail(n, fmt.Errorf("生成 %s：%w", files[n].Path, err))
					return
				}
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
	sums := done.sums
	slices.SortFunc(sums, func(a, b Sum) int { return cmp.Compare(a.Path, b.Path) })
	list := listOf(sums)
	sum := Sum{SumsFile, sha256.Sum256(list), int64(len(list))}
	if err := to.Put(sum, list); err != nil {
		return nil, fmt.Errorf("生成 %s：%w", SumsFile, err)
	}
	return append(sums, sum), nil
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

// finished has the sums of the files that are finished, so that a page can say how
// large a paper is.
type finished struct {
	files []release.File
	sums  []Sum
	index func() map[string]int // of a path

	mu      sync.Mutex
	changed *sync.Cond
	state   []state
}

type state uint8

const (
	pending state = iota
	whole
	failed
)

func newFinished(files []release.File) *finished {
	d := &finished{files: files, sums: make([]Sum, len(files)), state: make([]state, len(files))}
	d.changed = sync.NewCond(&d.mu)
	d.index = sync.OnceValue(func() map[string]int {
		index := make(map[string]int, len(files))
		for n, f := range files {
			index[f.Path] = n
		}
		return index
	})
	return d
}

func (d *finished) finish(n int, sum Sum, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sums[n], d.state[n] = sum, whole
	if err != nil {
		d.state[n] = failed
	}
	d.changed.Broadcast()
}

// before returns the sizes that the nth file may ask for: of the files that come
// before it. They were handed out before it, so that waiting for them ends.
func (d *finished) before(n int) release.Sizes { return sizesBefore{d, n} }

type sizesBefore struct {
	*finished
	end int
}

func (d sizesBefore) Size(path string) (int64, bool, error) {
	n, ok := d.index()[path]
	if !ok {
		return 0, false, nil
	}
	if n >= d.end {
		return 0, false, fmt.Errorf("程序的错误：%s 排在后面，还不知道有多大", path)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.state[n] == pending {
		d.changed.Wait()
	}
	if d.state[n] == failed {
		return 0, false, fmt.Errorf("%s 没有生成", path)
	}
	return d.sums[n].Size, true, nil
}

func renderOne(f release.File, held *page, b *building, sizes release.Sizes) (Sum, error) {
	if sum, ok := b.take(f, held.to, sizes); ok {
		return sum, nil
	}
	held.begin(f.Path)
	if err := b.render(f, held, sizes); err != nil {
		held.fail()
		return Sum{}, err
	}
	return held.end()
}

// mostHeld is how much of a file is held in memory before it is written out.
const mostHeld = 256 << 10

// page is a file being rendered. A worker uses one again and again.
type page struct {
	to      Sink
	path    string
	content []byte
	size    int64
	// Of a large file:
	out  Draft // nil for any other
	hash hash.Hash
	err  error
}

func (p *page) begin(path string) { *p = page{to: p.to, path: path, content: p.content[:0]} }

func (p *page) Write(b []byte) (int, error) {
	if len(p.content)+len(b) > mostHeld {
		if err := p.flush(); err != nil {
			return 0, err
		}
	}
	p.size += int64(len(b))
	if len(b) > mostHeld {
		return len(b), p.send(b)
	}
	p.content = append(p.content, b...)
	return len(b), nil
}

// WriteString spares io.WriteString a copy.
func (p *page) WriteString(s string) (int, error) {
	if len(p.content)+len(s) > mostHeld {
		return p.Write([]byte(s))
	}
	p.size += int64(len(s))
	p.content = append(p.content, s...)
	return len(s), nil
}

// flush writes out what is held.
func (p *page) flush() error {
	if p.out == nil && p.err == nil {
		p.hash = sha256.New()
		p.out, p.err = p.to.Create(p.path)
	}
	err := p.send(p.content)
	p.content = p.content[:0]
	return err
}

func (p *page) send(b []byte) error {
	if p.err == nil {
		p.hash.Write(b)
		_, p.err = p.out.Write(b)
	}
	return p.err
}

// fail stops; what closing says of a file that will never be whole matters to
// nobody.
func (p *page) fail() {
	if p.out != nil {
		p.out.Close()
	}
}

func (p *page) end() (Sum, error) {
	sum := Sum{Path: p.path, Size: p.size}
	if p.out == nil && p.err == nil {
		sum.SHA256 = sha256.Sum256(p.content)
		return sum, p.to.Put(sum, p.content)
	}
	if err := p.flush(); err != nil {
		p.fail()
		return sum, err
	}
	p.hash.Sum(sum.SHA256[:0])
	if err := p.out.Close(); err != nil {
		return sum, err
	}
	return sum, p.out.Done(sum)
}

// listOf lists the sums the way sha256sum -c reads it.
func listOf(sums []Sum) []byte {
	var list []byte
	for _, s := range sums {
		list = append(hex.AppendEncode(list, s.SHA256[:]), "  "+s.Path+"\n"...)
	}
	return list
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
