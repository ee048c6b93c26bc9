package search

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Store is room for what the index puts away while pages come in: what they
// say, and their grams in sorted runs. So it holds no page in memory (12 kB
// each), and goes through each text once.
type Store interface {
	io.ReaderAt
	// Append writes at the end and tells where that is. Several may append at
	// once.
	Append(p []byte) (at int64, err error)
}

// memory is the store of an index that was given none.
type memory struct {
	mu    sync.Mutex
	bytes []byte
}

func (m *memory) Append(p []byte) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.bytes = append(m.bytes, p...)
	return int64(len(m.bytes) - len(p)), nil
}

func (m *memory) ReadAt(p []byte, at int64) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return copy(p, m.bytes[at:]), nil
}

// runLength is how many postings are gathered in memory before they are sorted
// and put away: 8 bytes each.
const runLength = 1 << 20

// said is what is kept of a page: where the store has its record.
type said struct {
	at, size int64 // size 0 for a page that was not heard
	sum      [sha256.Size]byte
}

// gathered is postings on their way to the store, by shard.
type gathered struct {
	lists [][]posting
	count int
}

// run is gathered postings in the store; ends tells where each shard's end.
type run struct {
	at   int64
	ends []uint32
}

// Hear takes in what a page says. Hearing the same again changes nothing; with
// other words, or another store (nil for memory), all pages have to be heard
// anew, which the index asks for when one of its files is written.
func (x *Index) Hear(path string, text Text, store Store) error {
	n, ok := slices.BinarySearchFunc(x.entries, path, func(e Entry, path string) int { return strings.Compare(e.Path, path) })
	if !ok {
		return fmt.Errorf("程序的错误：%s 不在搜索索引里", path)
	}
	raw, err := json.Marshal(x.page(n, text))
	if err != nil {
		return err
	}
	sum := sha256.Sum256(raw)
	var title, words []rune
	if !x.whole() {
		title, words = foldRunes(nil, x.entries[n].Title), foldRunes(make([]rune, 0, len(text.Words)/2), text.Words)
	}
	if store == nil {
		store = x.own
	}
	full, err := x.take(n, raw, sum, title, words, store)
	if err != nil || full == nil {
		return err
	}
	return x.putAway(full)
}

// take notes a page, and gives the postings that are enough for a run.
func (x *Index) take(n int, raw []byte, sum [sha256.Size]byte, title, words []rune, store Store) (full *gathered, err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if s := x.said[n]; store != x.store || s.size > 0 && s.sum != sum {
		x.restart(store)
	} else if s.size > 0 {
		return nil, nil
	}
	at, err := store.Append(raw)
	if err != nil {
		return nil, err
	}
	x.said[n] = said{at, int64(len(raw)), sum}
	if x.whole() {
		return nil, nil
	}
	slot := posting(x.slotOf[n])
	note := func(flags posting) func(posting, uint32) {
		return func(gram posting, hash uint32) {
			list := &x.pending.lists[shardOf(hash, x.shards)]
			*list = append(*list, gram|flags|slot)
			x.pending.count++
		}
	}
	eachGram(title, note(titleFlag))
	eachGram(title, note(0))
	eachGram(words, note(0))
	if x.pending.count < runLength {
		return nil, nil
	}
	full, x.pending = x.pending, x.gathering()
	return full, nil
}

// gathering gives empty lists: those of a run that is put away, or new ones.
func (x *Index) gathering() *gathered {
	if n := len(x.spare); n > 0 {
		g := x.spare[n-1]
		x.spare = x.spare[:n-1]
		return g
	}
	return &gathered{lists: make([][]posting, x.shards)}
}

// restart forgets every page.
func (x *Index) restart(store Store) {
	x.store, x.said, x.runs, x.complete = store, make([]said, len(x.entries)), nil, false
	x.pending, x.spare = &gathered{lists: make([][]posting, x.shards)}, nil
	x.generation++
}

// putAway writes a run: each shard's postings sorted, each once, as the
// distances between them.
func (x *Index) putAway(g *gathered) error {
	x.mu.Lock()
	store, generation := x.store, x.generation
	x.mu.Unlock()
	r := run{ends: make([]uint32, len(g.lists))}
	raw := make([]byte, 0, 3*g.count)
	for n, list := range g.lists {
		slices.Sort(list)
		last := posting(0)
		for _, p := range slices.Compact(list) {
			raw = binary.AppendUvarint(raw, uint64(p-last))
			last = p
		}
		r.ends[n] = uint32(len(raw))
	}
	var err error
	if r.at, err = store.Append(raw); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if generation == x.generation {
		x.runs = append(x.runs, r)
	}
	for n := range g.lists {
		g.lists[n] = g.lists[n][:0]
	}
	g.count = 0
	x.spare = append(x.spare, g)
	return nil
}

// finish has every page heard that was not, several at a time.
func (x *Index) finish() error {
	x.finishing.Lock()
	defer x.finishing.Unlock()
	for range 3 {
		missing := x.missing()
		if len(missing) == 0 {
			return x.settle()
		}
		errs := make([]error, len(missing))
		var next atomic.Int64
		var workers sync.WaitGroup
		for range min(runtime.GOMAXPROCS(0), len(missing)) {
			workers.Go(func() {
				for {
					n := int(next.Add(1)) - 1
					if n >= len(missing) {
						return
					}
					errs[n] = x.ask(missing[n])
				}
			})
		}
		workers.Wait()
		for _, err := range errs {
			if err != nil {
				return err
			}
		}
	}
	return fmt.Errorf("网页在编入搜索索引时还在变化")
}

// missing lists the pages that were not heard.
func (x *Index) missing() (paths []string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.complete {
		return nil
	}
	for n, s := range x.said {
		if s.size == 0 {
			paths = append(paths, x.entries[n].Path)
		}
	}
	return paths
}

// Heard tells whether a page has been heard.
func (x *Index) Heard(path string) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	n, ok := slices.BinarySearchFunc(x.entries, path, func(e Entry, path string) int { return strings.Compare(e.Path, path) })
	return ok && x.said[n].size > 0
}

// settle puts the last postings away.
func (x *Index) settle() error {
	x.mu.Lock()
	last, done := x.pending, x.complete
	if !done {
		x.pending = &gathered{} // of a whole site: there are no more
	}
	x.mu.Unlock()
	if done {
		return nil
	}
	if last.count > 0 {
		if err := x.putAway(last); err != nil {
			return err
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.complete, x.spare = true, nil
	return nil
}

// record gives a page's record.
func (x *Index) record(n int) ([]byte, error) {
	x.mu.Lock()
	store, s := x.store, x.said[n]
	x.mu.Unlock()
	raw := make([]byte, s.size)
	_, err := store.ReadAt(raw, s.at)
	return raw, err
}

// postings gives a shard's postings, sorted, each once. A posting in a title is
// also one without the flag.
func (x *Index) postings(shard int) ([]posting, error) {
	x.mu.Lock()
	store, runs := x.store, x.runs
	x.mu.Unlock()
	var lists [][]posting
	for _, r := range runs {
		from := uint32(0)
		if shard > 0 {
			from = r.ends[shard-1]
		}
		raw := make([]byte, r.ends[shard]-from)
		if len(raw) == 0 {
			continue
		}
		if _, err := store.ReadAt(raw, r.at+int64(from)); err != nil {
			return nil, err
		}
		list := make([]posting, 0, len(raw)/2)
		last := posting(0)
		for len(raw) > 0 {
			distance, size := binary.Uvarint(raw)
			raw, last = raw[size:], last+posting(distance)
			list = append(list, last)
		}
		lists = append(lists, list)
	}
	return merged(lists), nil
}

// merged puts sorted lists together two by two; none has what another has.
func merged(lists [][]posting) []posting {
	if len(lists) == 0 {
		return nil
	}
	for len(lists) > 1 {
		half := (len(lists) + 1) / 2
		for n := half; n < len(lists); n++ {
			lists[n-half] = merge(lists[n-half], lists[n])
		}
		lists = lists[:half]
	}
	return lists[0]
}

func merge(a, b []posting) []posting {
	out := make([]posting, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0] < b[0] {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
