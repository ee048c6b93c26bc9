package search

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

const (
	// wholeLimit is up to how many pages the index is one file.
	wholeLimit = 200
	// textsAFile is how many slots share a file of texts.
	textsAFile = 4
	// pagesAShard is how many pages there are to a shard of grams.
	pagesAShard = 16
	// longRecord is the size of a record that is looked at after all others, in
	// bytes: of a split index's texts the few that are lists of counties.
	longRecord = 40_000
)

// Entry is what is known of a page before it is rendered.
type Entry struct {
	Path        string // as published
	Title       string
	Kind        string
	Departments []string
	Date        string // of the last change, "" when unknown
	Rank        int    // of its kind; the lower the earlier among equals
	// Answers are words for which a reader wants this page before others that
	// hold them; Keywords are those that its authors chose.
	Answers, Keywords []string
}

// First is the rank of the few pages that come before all others.
const First = -1

// File is one script of the index.
type File struct {
	Name  string // below the index's folder
	Write func(io.Writer) error
}

// Index is the index of a site's pages. Pages are added ([Index.Add]), then
// files can be written.
type Index struct {
	entries []Entry
	ask     func(path string) error
	slots   []int // slot → entry, -1 for none
	slotOf  []int // entry → slot
	shards  int

	kinds, departments []string

	finishing  sync.Mutex   // held by whoever has missing pages added
	sortings   sync.Pool    // of *sorting
	own        *memory      // the store where none is given
	adding     sync.RWMutex // held for reading while a page is added
	mu         sync.Mutex   // of all below
	store      Store
	records    []stored // by entry
	pending    []*batch // that nobody adds to now
	runs       []run
	pages      [1 << 16]int // how many pages hold a character, once complete
	complete   bool         // every page was added and flushed
	generation int          // how often it began anew
}

// New promises the index of the pages. When a file is written and a page has not
// been added, ask is called to have it added.
func New(entries []Entry, ask func(path string) error) (*Index, error) {
	x := &Index{entries: slices.Clone(entries), ask: ask, own: &memory{}, sortings: sync.Pool{New: func() any { return &sorting{} }}}
	slices.SortFunc(x.entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	for _, e := range x.entries {
		if !slices.Contains(x.kinds, e.Kind) {
			x.kinds = append(x.kinds, e.Kind)
		}
		for _, d := range e.Departments {
			if !slices.Contains(x.departments, d) {
				x.departments = append(x.departments, d)
			}
		}
	}
	slices.Sort(x.kinds)
	slices.Sort(x.departments)
	if x.whole() {
		x.restart(x.own)
		return x, nil
	}
	var paths []string
	for _, e := range x.entries {
		paths = append(paths, e.Path)
	}
	x.slots = placed(paths)
	if len(x.slots) > maxSlots {
		return nil, fmt.Errorf("搜索索引最多容纳 %d 页，现有 %d 页", maxSlots*4/5, len(entries))
	}
	x.shards = 1
	for x.shards*pagesAShard < len(entries) {
		x.shards *= 2
	}
	x.slotOf = make([]int, len(entries))
	for slot, n := range x.slots {
		if n >= 0 {
			x.slotOf[n] = slot
		}
	}
	x.restart(x.own)
	return x, nil
}

// find returns the place of a page among the entries.
func (x *Index) find(path string) (int, bool) {
	return slices.BinarySearchFunc(x.entries, path, func(e Entry, path string) int { return strings.Compare(e.Path, path) })
}

func (x *Index) whole() bool { return len(x.entries) <= wholeLimit }

// Split reports whether the index is of many files, which search-split.js reads.
func (x *Index) Split() bool { return !x.whole() }

// Files lists the index's files; each can be written by itself, and several at
// a time.
func (x *Index) Files() []File {
	complete := func(write func(io.Writer) error) func(io.Writer) error {
		return func(w io.Writer) error {
			if err := x.finish(); err != nil {
				return err
			}
			return write(w)
		}
	}
	files := []File{{"index.js", complete(x.writeRoot)}}
	if x.whole() {
		return files
	}
	for n := range x.shards {
		name := "g/" + shardName(n)
		files = append(files, File{name + ".js", complete(func(w io.Writer) error { return x.writeGrams(w, name, n) })})
	}
	for n := range (len(x.slots) + textsAFile - 1) / textsAFile {
		name := "t/" + shardName(n)
		files = append(files, File{name + ".js", complete(func(w io.Writer) error { return x.writeTexts(w, name, n) })})
	}
	return files
}

// shardName has digits alone: with letters the 14,000th file was aux.js, which is
// no name for a file on Windows.
func shardName(n int) string { return strconv.Itoa(n) }

// page is a page's record as scripts read it; the short keys keep it small.
type page struct {
	Slot        int      `json:"s"`
	Path        string   `json:"u"`
	Title       string   `json:"t"`
	Kind        int      `json:"k"`
	Departments []int    `json:"p,omitempty"`
	Date        string   `json:"d,omitempty"`
	Rank        int      `json:"r,omitempty"`
	Answers     []string `json:"q,omitempty"`
	Keywords    []string `json:"w,omitempty"`
	Text        string   `json:"x"`
	Anchors     [][]any  `json:"a,omitempty"` // at, length, id
}

func (x *Index) page(n int, text Text) page {
	e := x.entries[n]
	p := page{Slot: n, Path: e.Path, Title: e.Title, Date: e.Date, Rank: e.Rank, Answers: e.Answers, Keywords: e.Keywords, Text: text.Words}
	p.Kind, p.Departments = x.labels(e)
	if !x.whole() {
		p.Slot = x.slotOf[n]
	}
	for _, a := range text.Anchors {
		p.Anchors = append(p.Anchors, []any{a.At, a.Length, a.ID})
	}
	return p
}

// labels returns an entry's kind and departments as numbers.
func (x *Index) labels(e Entry) (kind int, departments []int) {
	kind, _ = slices.BinarySearch(x.kinds, e.Kind)
	for _, d := range e.Departments {
		n, _ := slices.BinarySearch(x.departments, d)
		departments = append(departments, n)
	}
	return kind, departments
}

// root is what index.js holds.
type root struct {
	Kinds       []string          `json:"kinds"`
	Departments []string          `json:"departments"`
	Pages       []json.RawMessage `json:"pages,omitempty"`  // a whole index
	Count       int               `json:"count,omitempty"`  // a split one: how many pages
	Shards      int               `json:"shards,omitempty"` // of grams
	TextsAFile  int               `json:"texts,omitempty"`
	Groups      [][]any           `json:"groups,omitempty"` // kind, departments; slots name one, the first is that of none
	Slots       string            `json:"slots,omitempty"`  // a digit a slot, two where there are more than 64 groups: its group
	Ranks       string            `json:"ranks,omitempty"`  // a digit for two slots, three bits each: the lower the earlier
	Characters  string            `json:"chars,omitempty"`  // of the basic plane, in order
	PagesWith   string            `json:"holds,omitempty"`  // for each of them, how many pages hold it
	Traditional string            `json:"traditional,omitempty"`
}

func (x *Index) writeRoot(w io.Writer) error {
	r := root{Kinds: x.kinds, Departments: x.departments}
	if !x.whole() {
		r.Count, r.Shards, r.TextsAFile = len(x.entries), x.shards, textsAFile
		x.groups(&r)
		r.setCharacters(&x.pages)
		return put(w, "index", r)
	}
	for n := range x.entries {
		raw, err := x.record(n)
		if err != nil {
			return err
		}
		r.Pages = append(r.Pages, raw)
	}
	return r.putWhole(w)
}

// putWhole writes a whole index once it has its pages.
func (r *root) putWhole(w io.Writer) error {
	characters := map[rune]bool{}
	for _, raw := range r.Pages {
		var p page
		if err := json.Unmarshal(raw, &p); err != nil {
			return err
		}
		for _, c := range foldRunes(foldRunes(nil, p.Title), p.Text) {
			characters[c] = true
		}
	}
	r.Traditional = traditional(characters)
	return put(w, "index", r)
}

// setCharacters says how many pages hold each character.
func (r *root) setCharacters(pages *[1 << 16]int) {
	var characters []rune
	var holds []byte
	are := map[rune]bool{}
	for c, n := range pages {
		if n > 0 && c != ' ' {
			characters, are[rune(c)] = append(characters, rune(c)), true
			holds = appendNumber(holds, n)
		}
	}
	r.Characters, r.PagesWith, r.Traditional = string(characters), string(holds), traditional(are)
}

// characters reads what setCharacters has written.
func (r *root) characters() (pages *[1 << 16]int, ok bool) {
	pages = new([1 << 16]int)
	rest := r.PagesWith
	for _, c := range r.Characters {
		n := 0
		if n, rest, ok = readNumber(rest); !ok || int(c) >= len(pages) {
			return nil, false
		}
		pages[c] = n
	}
	return pages, rest == ""
}

// groups says of each slot which kind and departments it is of, and in which of
// eight ranks. All pages were added.
func (x *Index) groups(r *root) {
	order := make([]int, len(x.entries))
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(x.entries[a].Rank-x.entries[b].Rank, strings.Compare(x.entries[b].Date, x.entries[a].Date))
	})
	rank := make([]int, len(order))
	for place, n := range order {
		switch {
		case x.records[n].size > longRecord:
			rank[n] = 7 // these alone
		case x.entries[n].Rank != First:
			rank[n] = 1 + place*6/len(order)
		}
	}
	at := map[string]int{}
	r.Groups = [][]any{{-1, []int{}}}
	groups, ranks := make([]int, len(x.slots)), make([]byte, (len(x.slots)+1)/2)
	for slot, n := range x.slots {
		if n < 0 {
			continue
		}
		kind, departments := x.labels(x.entries[n])
		key := fmt.Sprint(kind, departments)
		g, ok := at[key]
		if !ok {
			g = len(r.Groups)
			at[key] = g
			if departments == nil {
				departments = []int{}
			}
			r.Groups = append(r.Groups, []any{kind, departments})
		}
		groups[slot] = g
		ranks[slot/2] |= byte(rank[n] << (slot % 2 * 3))
	}
	var slots []byte
	for _, g := range groups {
		if len(r.Groups) > 64 {
			slots = append(slots, digits[g/64%64])
		}
		slots = append(slots, digits[g%64])
	}
	for n, six := range ranks {
		ranks[n] = digits[six]
	}
	r.Slots, r.Ranks = string(slots), string(ranks)
}

func (x *Index) writeTexts(w io.Writer, name string, n int) error {
	var list [][]byte
	for slot := n * textsAFile; slot < min((n+1)*textsAFile, len(x.slots)); slot++ {
		if x.slots[slot] < 0 {
			continue
		}
		raw, err := x.record(x.slots[slot])
		if err != nil {
			return err
		}
		list = append(list, raw)
	}
	_, err := fmt.Fprintf(w, "wangjianSearch.put(%q,[%s]);\n", name, bytes.Join(list, []byte{','})) // they are JSON
	return err
}

func (x *Index) writeGrams(w io.Writer, name string, shard int) error {
	m := x.sortings.Get().(*sorting)
	defer x.sortings.Put(m)
	postings, err := x.postings(shard, m)
	if err != nil {
		return err
	}
	return writePostings(w, name, postings)
}

// writePostings writes a shard; its postings come sorted.
func writePostings(w io.Writer, name string, postings []posting) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "wangjianSearch.put(%q,{", name)
	var slots, inTitle []int
	var gram []rune
	var key, list []byte
	var err error
	for from := 0; from < len(postings); {
		to := from
		slots, inTitle = slots[:0], inTitle[:0]
		for ; to < len(postings) && postings[to].gram() == postings[from].gram(); to++ {
			if postings[to].inTitle() {
				inTitle = append(inTitle, postings[to].slot())
			} else {
				slots = append(slots, postings[to].slot())
			}
		}
		gram = postings[from].appendText(gram[:0])
		if key, err = appendKey(key[:0], gram); err != nil {
			return err
		}
		if from > 0 {
			b.WriteByte(',')
		}
		list = appendPostings(list[:0], slots)
		if len(inTitle) > 0 {
			list = appendPostings(append(list, '~'), inTitle)
		}
		b.Write(key)
		b.WriteString(`:"`)
		b.Write(list)
		b.WriteByte('"')
		from = to
	}
	b.WriteString("});\n")
	return b.Flush()
}

// appendKey writes a gram as JSON does; most need no escaping.
func appendKey(to []byte, gram []rune) ([]byte, error) {
	plain := append(to, '"')
	for _, r := range gram {
		if !(r >= 0x3000 && r < 0xd800 || r >= 'a' && r <= 'z' || r >= '0' && r <= '9') {
			raw, err := json.Marshal(string(gram))
			return append(to, raw...), err
		}
		plain = utf8.AppendRune(plain, r)
	}
	return append(plain, '"'), nil
}

// put writes a script that hands its data to the engine under its name.
// json.Marshal escapes <, > and &, and the two line ends that only scripts know,
// so the JSON is also a script.
func put(w io.Writer, name string, data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "wangjianSearch.put(%q,%s);\n", name, raw)
	return err
}
