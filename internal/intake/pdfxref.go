package intake

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
)

// maxRevisions bounds how often a file was changed by adding to it.
const maxRevisions = 64

var startWord = regexp.MustCompile(`startxref[ \n\r\t\f\x00]*([0-9]{1,12})`)

// revisions returns the file as each of its cross-reference tables resolves it, the
// newest first: wherever one is begun, so that what a later one replaced is read
// too. Where the newest leads to no pages, or names a place where its object is
// not, viewers search the file for objects, and so do the last revisions.
func (f *pdfFile) revisions() ([]pdfRevision, error) {
	starts := startWord.FindAllSubmatch(f.data, maxRevisions+1)
	if len(starts) > maxRevisions {
		return nil, unreadable("PDF 存过太多次修改，没有全读")
	}
	var list []pdfRevision
	whole := false
	for n, m := range slices.Backward(starts) {
		at, _ := strconv.Atoi(string(m[1]))
		c := &pdfChain{file: f, seen: map[int]bool{}, within: map[int]int{}, pdfRevision: pdfRevision{table: map[int]*pdfObject{}}}
		if err := c.read(at); err != nil {
			return nil, err
		}
		f.pdfRevision = c.pdfRevision
		if f.dict(f.dict(c.root)["Pages"]) == nil {
			continue
		}
		whole = whole || n == len(starts)-1 && !c.broken
		if !slices.ContainsFunc(list, func(r pdfRevision) bool { return r.root == c.root && maps.Equal(r.table, c.table) }) {
			list = append(list, c.pdfRevision)
		}
	}
	if whole {
		return list, nil
	}
	table := f.asFound()
	for _, o := range f.objects {
		if d, ok := o.value.(pdfDict); ok && d["Type"] == pdfName("Catalog") && table[o.number] == o {
			list = append(list, pdfRevision{table, pdfRef(o.number)})
		}
	}
	if len(list) == 0 {
		list = append(list, pdfRevision{table: table}) // pages without their tree
	}
	return list, nil
}

// pdfChain collects a table and those before it.
type pdfChain struct {
	file *pdfFile
	seen map[int]bool
	pdfRevision
	within map[int]int // objects of object streams: by number, the stream's number
	free   []int       // numbers that the section leaves free, or to the stream beside it
	broken bool        // an object is not where the table says
}

// read takes the table in that stands at a place, and those that it names.
func (c *pdfChain) read(at int) error {
	for at > 0 && at < len(c.file.data) && !c.seen[at] && len(c.seen) < maxRevisions {
		c.seen[at] = true
		trailer, err := c.section(at)
		if err != nil {
			return err
		}
		for _, number := range c.free {
			if _, listed := c.table[number]; !listed {
				c.table[number] = nil
			}
		}
		c.free = c.free[:0]
		c.broken = c.broken || trailer == nil
		if root, ok := trailer["Root"].(pdfRef); ok && c.root == 0 {
			c.root = root
		}
		before, _ := trailer["Prev"].(float64)
		at = int(before)
	}
	for number, stream := range c.within {
		if holder := c.table[stream]; holder != nil && !holder.packed {
			c.table[number] = c.file.within[holder.at][number]
		}
		c.broken = c.broken || c.table[number] == nil
	}
	return nil
}

// section reads the table at a place, and returns its trailer.
func (c *pdfChain) section(at int) (pdfDict, error) {
	l := &pdfLexer{data: c.file.data, at: at, file: c.file}
	if v, err := l.value(0); v != pdfWord("xref") {
		if boundsOnly(err) != nil {
			return nil, err
		}
		return c.packedTable(at)
	}
	trailer, err := c.plainTable(l)
	if hybrid, ok := trailer["XRefStm"].(float64); ok && err == nil {
		_, err = c.packedTable(int(hybrid))
	}
	c.file.trailers = append(c.file.trailers, trailer)
	return trailer, err
}

// plainTable reads a table in plain text, and returns its trailer.
func (c *pdfChain) plainTable(l *pdfLexer) (pdfDict, error) {
	for {
		first, err := l.value(0)
		if first == pdfWord("trailer") {
			v, err := l.value(0)
			d, _ := v.(pdfDict)
			return d, boundsOnly(err)
		}
		count, err2 := l.value(0)
		from, ok := first.(float64)
		length, ok2 := count.(float64)
		if err != nil || err2 != nil || !ok || !ok2 {
			return nil, boundsOnly(err)
		}
		for n := range int(length) {
			offset, _ := l.value(0)
			_, _ = l.value(0)
			state, err := l.value(0)
			if err != nil {
				return nil, boundsOnly(err)
			}
			place, _ := offset.(float64)
			kind := 0
			if state == pdfWord("n") {
				kind = 1
			}
			if err := c.enter(int(from)+n, kind, int(place)); err != nil {
				return nil, err
			}
		}
	}
}

// packedTable reads a table in a stream, and returns its dictionary.
func (c *pdfChain) packedTable(at int) (pdfDict, error) {
	f := c.file
	o, err := f.objectAt(at, -1)
	if err != nil || o == nil {
		return nil, err
	}
	s, ok := o.value.(*pdfStream)
	if !ok {
		return nil, nil
	}
	data, ok, err := f.decode(s)
	width, three := f.numbers(s.dict["W"], 3)
	if err != nil || !ok || !three {
		return nil, err
	}
	index := f.list(s.dict["Index"])
	if index == nil {
		index = []any{0.0, s.dict["Size"]}
	}
	var w [3]int
	for i := range w {
		w[i] = min(max(0, int(width[i])), 8)
	}
	row := w[0] + w[1] + w[2]
	for i := 0; i+1 < len(index); i += 2 {
		first, _ := f.get(index[i]).(float64)
		count, _ := f.get(index[i+1]).(float64)
		for n := int(first); n < int(first)+int(count) && row > 0 && len(data) >= row; n++ {
			kind := codeOf(pdfString(data[:w[0]]))
			if w[0] == 0 {
				kind = 1
			}
			second := codeOf(pdfString(data[w[0] : w[0]+w[1]]))
			data = data[row:]
			if err := c.enter(n, kind, second); err != nil {
				return nil, err
			}
		}
	}
	return s.dict, nil
}

// enter notes where an object stands, unless a newer table has told: by itself at a
// place, or in an object stream.
func (c *pdfChain) enter(number, kind, where int) (err error) {
	if _, newer := c.table[number]; newer || number < 0 || len(c.table)+len(c.free) > maxObjects {
		return nil
	}
	if c.file.work -= 64; c.file.work < 0 { // what an entry takes in memory
		return errBounds
	}
	switch {
	case kind == 0:
		c.free = append(c.free, number)
	case kind == 1 && where > 0:
		c.table[number], err = c.file.objectAt(where, number)
		c.broken = c.broken || c.table[number] == nil
	case kind == 2:
		c.table[number] = nil
		c.within[number] = where
	}
	return err
}

// objectAt returns the object whose head stands at a place; nil where another number
// or nothing stands there.
func (f *pdfFile) objectAt(at, number int) (*pdfObject, error) {
	if at >= len(f.data) || at < 0 {
		return nil, nil
	}
	l := &pdfLexer{data: f.data, at: at, file: f}
	n, err1 := l.value(0)
	_, err2 := l.value(0)
	word, err3 := l.value(0)
	if err := cmp.Or(err1, err2, err3); err != nil {
		return nil, boundsOnly(err)
	}
	is, ok := n.(float64)
	if !ok || word != pdfWord("obj") || number >= 0 && int(is) != number {
		return nil, nil
	}
	if f.at[l.at] == nil { // a head that is written oddly
		f.at[l.at] = &pdfObject{number: int(is), at: l.at}
		f.objects = append(f.objects, f.at[l.at])
		return f.at[l.at], f.open(f.at[l.at])
	}
	return f.at[l.at], nil
}
