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

// Store is where the index puts what pages say while they come in, and their
// grams in runs: so it has no page in memory (12 kB each), and goes through each
// text once.
type Store interface {
	io.ReaderAt
	// Append writes at the end and returns where that is. Several may append at
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

// runLength is how many postings are gathered in memory before they go to the
// store: 8 bytes each.
const runLength = 1 << 19

// stored is where the store has a page's record.
type stored struct {
	at, size int64 // size 0 for a page that was not added
}

func (s stored) read(store Store) ([]byte, error) {
	raw := make([]byte, s.size)
	_, err := store.ReadAt(raw, s.at)
	return raw, err
}

// record returns a page's record.
func (x *Index) record(n int) ([]byte, error) {
	x.mu.Lock()
	store, s := x.store, x.records[n]
	x.mu.Unlock()
	return s.read(store)
}

// batch is postings on their way to the store, by shard.
type batch struct {
	lists [][]posting
	noted int
	raw   []byte // what is written, reused
	// seen has, by their hash, the last postings that were noted, so that what a
	// page repeats is not sorted again (a tenth of a fresh build's CPU).
	seen [1 << 13]posting
	of   int // the generation it is of
	// pages counts the pages that hold a character of the basic plane; last is the
	// slot of the last of them, plus one.
	pages, last [1 << 16]uint32
}

// count counts a page's characters.
func (g *batch) count(text []rune, slot posting) {
	for _, r := range text {
		if r < rune(len(g.last)) && g.last[r] != uint32(slot)+1 {
			g.last[r] = uint32(slot) + 1
			g.pages[r]++
		}
	}
}

// note adds the grams of a text of symbols.
func (g *batch) note(text []rune, of posting) {
	eachGram(text, func(gram posting, hash uint32) {
		p := gram | of
		if last := &g.seen[hash%uint32(len(g.seen))]; *last != p {
			*last = p
			list := &g.lists[shardOf(hash, len(g.lists))]
			*list = append(*list, p)
			g.noted++
		}
	})
}

// run is a batch in the store; ends has where each shard's postings end.
type run struct {
	at   int64
	ends []uint32
}

// Add takes in what a page says. Adding the same again changes nothing; with
// other words, or another store (nil for memory), all pages have to be added
// anew, which the index asks for when one of its files is written.
func (x *Index) Add(path string, text Text, store Store) error {
	n, ok := x.find(path)
	if !ok {
		return fmt.Errorf("程序的错误：%s 不在搜索索引里", path)
	}
	raw, err := json.Marshal(x.page(n, text))
	if err != nil {
		return err
	}
	var head, title, words []rune
	if !x.whole() {
		e := &x.entries[n]
		head, title = symbolsOf(strings.Join(append([]string{e.Title}, e.Answers...), " ")), symbolsOf(e.Title)
		words = symbols(foldRunes(make([]rune, 0, len(text.Words)/2), text.Words))
	}
	if store == nil {
		store = x.own
	}
	// Whoever writes a file waits until the grams of every page are noted.
	x.adding.RLock()
	defer x.adding.RUnlock()
	g, err := x.take(n, raw, store)
	if err != nil || g == nil {
		return err
	}
	slot := posting(x.slotOf[n])
	g.note(head, titleFlag|slot)
	g.note(title, slot)
	g.note(words, slot)
	g.count(title, slot)
	g.count(words, slot)
	if g.noted >= runLength {
		return x.flush(g)
	}
	x.release(g)
	return nil
}

// Has reports whether a page has been added.
func (x *Index) Has(path string) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	n, ok := x.find(path)
	return ok && x.records[n].size > 0
}

// take stores a page's record, and returns a batch for its postings that is
// nobody else's; nil where there are none to be noted.
func (x *Index) take(n int, raw []byte, store Store) (*batch, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if store != x.store {
		x.restart(store)
	} else if x.records[n].size > 0 {
		before, err := x.records[n].read(store)
		if err != nil || bytes.Equal(before, raw) {
			return nil, err
		}
		x.restart(store)
	}
	at, err := store.Append(raw)
	if err != nil {
		return nil, err
	}
	x.records[n] = stored{at, int64(len(raw))}
	if x.whole() {
		return nil, nil
	}
	if n := len(x.pending); n > 0 {
		g := x.pending[n-1]
		x.pending = x.pending[:n-1]
		return g, nil
	}
	return &batch{lists: make([][]posting, x.shards), of: x.generation}, nil
}

// release leaves a batch for the next page to add to.
func (x *Index) release(g *batch) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if g.of == x.generation {
		x.pending = append(x.pending, g)
	}
}

// restart forgets every page.
func (x *Index) restart(store Store) {
	x.store, x.records, x.runs, x.complete = store, make([]stored, len(x.entries)), nil, false
	x.pending, x.pages = nil, [1 << 16]int{}
	x.generation++
}

// flush stores a batch, shard after shard.
func (x *Index) flush(g *batch) error {
	x.mu.Lock()
	store, current := x.store, g.of == x.generation
	x.mu.Unlock()
	if !current {
		return nil // it began anew
	}
	r := run{ends: make([]uint32, len(g.lists))}
	g.raw = g.raw[:0]
	for n, list := range g.lists {
		for _, p := range list {
			g.raw = binary.LittleEndian.AppendUint64(g.raw, uint64(p))
		}
		g.lists[n], r.ends[n] = list[:0], uint32(len(g.raw))
	}
	g.noted = 0
	var err error
	if r.at, err = store.Append(g.raw); err != nil {
		return err
	}
	x.mu.Lock()
	if g.of == x.generation {
		x.runs = append(x.runs, r)
	}
	x.mu.Unlock()
	x.release(g)
	return nil
}

// finish has every page added that was not, several at a time.
func (x *Index) finish() error {
	x.finishing.Lock()
	defer x.finishing.Unlock()
	for range 3 {
		missing := x.missing()
		if len(missing) == 0 {
			return x.flushAll()
		}
		errs := make([]error, len(missing))
		var next atomic.Int64
		var workers sync.WaitGroup
		for range min(runtime.GOMAXPROCS(0), len(missing)) {
			workers.Go(func() {
				for n := int(next.Add(1)) - 1; n < len(missing); n = int(next.Add(1)) - 1 {
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

// missing lists the pages that were not added.
func (x *Index) missing() (paths []string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for n, s := range x.records {
		if s.size == 0 && !x.complete {
			paths = append(paths, x.entries[n].Path)
		}
	}
	return paths
}

// flushAll stores the last postings.
func (x *Index) flushAll() error {
	x.adding.Lock()
	defer x.adding.Unlock()
	last := x.pending
	x.pending = nil
	for _, g := range last {
		for r, pages := range g.pages {
			x.pages[r] += int(pages)
		}
		if g.noted > 0 {
			if err := x.flush(g); err != nil {
				return err
			}
		}
	}
	x.complete, x.pending = true, nil
	return nil
}

// sorting is what a shard's postings are sorted in, used again for the next: new
// for each, it was a sixth of all memory that a build asked for.
type sorting struct {
	list, spare []posting
	raw         []byte
}

// postings returns a shard's postings, sorted, each once, until s is used again.
func (x *Index) postings(shard int, s *sorting) ([]posting, error) {
	x.mu.Lock()
	store, runs := x.store, x.runs
	x.mu.Unlock()
	s.list = s.list[:0]
	for _, r := range runs {
		at := uint32(0)
		if shard > 0 {
			at = r.ends[shard-1]
		}
		size := int(r.ends[shard] - at)
		s.raw = slices.Grow(s.raw[:0], size)[:size]
		if _, err := store.ReadAt(s.raw, r.at+int64(at)); err != nil {
			return nil, err
		}
		for from := 0; from < size; from += 8 {
			s.list = append(s.list, posting(binary.LittleEndian.Uint64(s.raw[from:])))
		}
	}
	s.spare = sortPostings(s.list, s.spare)
	return slices.Compact(s.list), nil
}
