package search

import (
	"bytes"
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
const runLength = 1 << 19

// said is what is kept of a page: where the store has its record.
type said struct {
	at, size int64 // size 0 for a page that was not heard
}

// gathered is postings on their way to the store, by shard.
type gathered struct {
	lists [][]posting
	count int
	raw   []byte    // room for what is written
	room  []posting // for sorting
	// seen has, by their hash, the last postings that were noted, so that what a
	// page repeats is not sorted again (a tenth of a fresh build's CPU).
	seen [1 << 13]posting
	of   int // the generation it is of
}

// note adds the grams of a folded text.
func (g *gathered) note(text []rune, of posting) {
	eachGram(text, func(gram posting, hash uint32) {
		p := gram | of
		if last := &g.seen[hash%uint32(len(g.seen))]; *last != p {
			*last = p
			list := &g.lists[shardOf(hash, len(g.lists))]
			*list = append(*list, p)
			g.count++
		}
	})
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
	var title, words []rune
	if !x.whole() {
		title, words = foldRunes(nil, x.entries[n].Title), foldRunes(make([]rune, 0, len(text.Words)/2), text.Words)
	}
	if store == nil {
		store = x.own
	}
	// Whoever writes a file waits until what was heard is also noted.
	x.noting.RLock()
	defer x.noting.RUnlock()
	g, err := x.take(n, raw, store)
	if err != nil || g == nil {
		return err
	}
	slot := posting(x.slotOf[n])
	g.note(title, titleFlag|slot)
	g.note(title, slot)
	g.note(words, slot)
	if g.count >= runLength {
		return x.putAway(g)
	}
	x.spare(g)
	return nil
}

// take puts a page's record away, and returns room for its postings that is nobody
// else's; nil where there are none to be noted.
func (x *Index) take(n int, raw []byte, store Store) (*gathered, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if s := x.said[n]; store == x.store && s.size > 0 {
		before := make([]byte, s.size)
		if _, err := store.ReadAt(before, s.at); err != nil {
			return nil, err
		}
		if bytes.Equal(before, raw) {
			return nil, nil
		}
		x.restart(store)
	} else if store != x.store {
		x.restart(store)
	}
	at, err := store.Append(raw)
	if err != nil {
		return nil, err
	}
	x.said[n] = said{at, int64(len(raw))}
	if x.whole() {
		return nil, nil
	}
	if n := len(x.pending); n > 0 {
		g := x.pending[n-1]
		x.pending = x.pending[:n-1]
		return g, nil
	}
	return &gathered{lists: make([][]posting, x.shards), of: x.generation}, nil
}

// spare returns gathered postings, or empty room, for the next page to add to.
func (x *Index) spare(g *gathered) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if g.of == x.generation {
		x.pending = append(x.pending, g)
	}
}

// restart forgets every page.
func (x *Index) restart(store Store) {
	x.store, x.said, x.runs, x.complete = store, make([]said, len(x.entries)), nil, false
	x.pending = nil
	x.generation++
}

// putAway writes a run: each shard's postings sorted, each once, as the
// distances between them.
func (x *Index) putAway(g *gathered) error {
	x.mu.Lock()
	store, current := x.store, g.of == x.generation
	x.mu.Unlock()
	if !current {
		return nil // it began anew
	}
	r := run{ends: make([]uint32, len(g.lists))}
	raw := g.raw[:0]
	for n, list := range g.lists {
		g.room = sortPostings(list, g.room)
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
	for n := range g.lists {
		g.lists[n] = g.lists[n][:0]
	}
	g.count, g.raw = 0, raw
	x.mu.Lock()
	if g.of == x.generation {
		x.runs = append(x.runs, r)
	}
	x.mu.Unlock()
	x.spare(g)
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

// Heard reports whether a page has been heard.
func (x *Index) Heard(path string) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	n, ok := slices.BinarySearchFunc(x.entries, path, func(e Entry, path string) int { return strings.Compare(e.Path, path) })
	return ok && x.said[n].size > 0
}

// settle puts the last postings away.
func (x *Index) settle() error {
	x.noting.Lock()
	defer x.noting.Unlock()
	x.mu.Lock()
	last := x.pending
	x.pending = nil
	x.mu.Unlock()
	for _, g := range last {
		if g.count > 0 {
			if err := x.putAway(g); err != nil {
				return err
			}
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.complete, x.pending = true, nil
	return nil
}

// record returns a page's record.
func (x *Index) record(n int) ([]byte, error) {
	x.mu.Lock()
	store, s := x.store, x.said[n]
	x.mu.Unlock()
	raw := make([]byte, s.size)
	_, err := store.ReadAt(raw, s.at)
	return raw, err
}

// merging is room for putting the runs of a shard together, used again for the
// next: new for each, it was a sixth of all memory that a build asked for.
type merging struct {
	from, to []posting
	ends     []int // of the lists in from
	raw      []byte
}

// postings returns a shard's postings, sorted, each once. A posting in a title is
// also one without the flag. They stand in the room until it is used again.
func (x *Index) postings(shard int, m *merging) ([]posting, error) {
	x.mu.Lock()
	store, runs := x.store, x.runs
	x.mu.Unlock()
	m.from, m.ends = m.from[:0], m.ends[:0]
	for _, r := range runs {
		at := uint32(0)
		if shard > 0 {
			at = r.ends[shard-1]
		}
		size := int(r.ends[shard] - at)
		if size == 0 {
			continue
		}
		m.raw = slices.Grow(m.raw[:0], size)[:size]
		if _, err := store.ReadAt(m.raw, r.at+int64(at)); err != nil {
			return nil, err
		}
		last := posting(0)
		for rest := m.raw; len(rest) > 0; {
			distance, size := binary.Uvarint(rest)
			rest, last = rest[size:], last+posting(distance)
			m.from = append(m.from, last)
		}
		m.ends = append(m.ends, len(m.from))
	}
	for len(m.ends) > 1 {
		m.halve()
	}
	return m.from, nil
}

// halve merges the sorted lists two by two; none has what another has.
func (m *merging) halve() {
	m.to = slices.Grow(m.to[:0], len(m.from))
	start, ends := 0, m.ends[:0]
	for n := 0; n < len(m.ends); n += 2 {
		middle := m.ends[n]
		end := middle
		if n+1 < len(m.ends) {
			end = m.ends[n+1]
		}
		a, b := m.from[start:middle], m.from[middle:end]
		for len(a) > 0 && len(b) > 0 {
			if a[0] < b[0] {
				m.to, a = append(m.to, a[0]), a[1:]
			} else {
				m.to, b = append(m.to, b[0]), b[1:]
			}
		}
		m.to = append(append(m.to, a...), b...)
		ends = append(ends, end)
		start = end
	}
	m.from, m.to, m.ends = m.to, m.from, ends
}
