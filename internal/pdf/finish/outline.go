package finish

import (
	"fmt"
	"strings"
)

// entry is a bookmark's place in the tree; numbers are those of objects.
type entry struct {
	Bookmark
	number, parent, previous, next int
	first, last, kids              int
}

// outline writes the tree of bookmarks. A level that is skipped hangs below the
// nearest higher one.
func (o *objects) outline(bookmarks []Bookmark, pages []int) {
	root := &entry{number: outlineRoot}
	byNumber := map[int]*entry{root.number: root}
	open := []*entry{root} // from the root to the entry before
	var all []*entry
	for _, b := range bookmarks {
		e := &entry{Bookmark: b, number: o.add("")}
		for len(open) > 1 && open[len(open)-1].Level >= b.Level {
			open = open[:len(open)-1]
		}
		parent := open[len(open)-1]
		e.parent, e.previous = parent.number, parent.last
		if parent.first == 0 {
			parent.first = e.number
		} else {
			byNumber[parent.last].next = e.number
		}
		parent.last = e.number
		parent.kids++
		byNumber[e.number] = e
		open = append(open, e)
		all = append(all, e)
	}
	for _, e := range all {
		(*o)[e.number] = e.dictionary(pages)
	}
	(*o)[root.number] = fmt.Appendf(nil, "<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>\n", root.first, root.last, root.kids)
}

// dictionary writes an entry. Its count is negative: what hangs below it shows
// when a reader opens it.
func (e *entry) dictionary(pages []int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<< /Title %s /Parent %d 0 R", textString(e.Title), e.parent)
	for _, link := range []struct {
		name   string
		number int
	}{{"Prev", e.previous}, {"Next", e.next}, {"First", e.first}, {"Last", e.last}} {
		if link.number != 0 {
			fmt.Fprintf(&b, " /%s %d 0 R", link.name, link.number)
		}
	}
	if e.kids > 0 {
		fmt.Fprintf(&b, " /Count %d", -e.kids)
	}
	if e.Page >= 0 && e.Page < len(pages) {
		fmt.Fprintf(&b, " /Dest [%d 0 R /XYZ 0 %.2f null]", pages[e.Page], e.Y)
	}
	b.WriteString(" >>\n")
	return []byte(b.String())
}
